//! What a template may see: plain values, the contract with themes. `docs/themes.md` explains it to their authors.
//!
//! Names that end in `_html` hold HTML that is safe to print as it is (`{{ x | safe }}`); everything else is text and is
//! escaped by the template engine. An `address` leads from the site's root: templates print `{{ root }}{{ address }}`.

use schemars::JsonSchema;
use serde::Serialize;

mod listing;
mod parts;
mod seen;
mod shape;

pub use listing::{
    AzView, Cell, Entry, Group, HandoutPlan, HandoutView, HomeView, Letter, ListView, MatrixView, Name,
    Pager, Row,
};
pub use parts::{
    CareCards, Change, DateView, Diary, DoseView, Explained, Item, MedicineView, Picture, PlanView,
    ReviewView, SourceView, TermView, Warning,
};
pub use seen::{EVERYWHERE, Seen, TEMPLATES, seen_by};
pub use shape::{Form, Shape, Shapes};

/// What every template sees, made once for a build.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct SiteView {
    /// The site's title.
    pub title: String,
    /// The language of the site, BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The notice that stands on every page and sheet.
    pub notice_html: Option<String>,
    /// Who publishes the site.
    pub publisher: Option<Publisher>,
    /// The logo.
    pub logo: Option<Picture>,
    /// The telephone numbers for an emergency.
    pub emergency: String,
    /// The same as HTML, with a link on each number that calls it.
    pub emergency_html: String,
    /// Whom to ask when it is urgent.
    pub urgent: Option<String>,
    /// The same as HTML, with a link on each number that calls it.
    pub urgent_html: Option<String>,
    /// Whether search engines are asked to leave the site out.
    pub noindex: bool,
    /// The sections for the main navigation.
    pub sections: Vec<Link>,
    /// Pages at the site's root, such as "About", for the foot of the page.
    pub pages: Vec<Link>,
    /// How the publisher chooses sources: the page `content/sourcing-policy.md`, if there is one.
    pub policy: Option<Link>,
    /// The feed of what was reviewed or changed last, if there is one.
    pub feed: Option<String>,
    /// The A to Z.
    pub az: Link,
    /// The colour of links and headings, as `#rrggbb`.
    pub accent: Option<String>,
    /// Whether pages list their sources.
    pub show_sources: bool,
}

/// Who publishes the site.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Publisher {
    /// Name.
    pub name: String,
    /// Postal address, line by line.
    pub address: Option<String>,
    /// A page on which to get in touch.
    pub contact_url: Option<String>,
    /// An address to write to.
    pub contact_email: Option<String>,
    /// When somebody is there.
    pub opening_hours: Option<String>,
}

/// A link to a page of the site.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Link {
    /// The page's title.
    pub title: String,
    /// Where it is; nothing for something that has no page.
    pub address: Option<String>,
}

/// A page in a list.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// Its main message.
    pub summary: String,
    /// Where it is.
    pub address: String,
    /// Its kind: `exercise`.
    pub kind: String,
    /// Its kind as a word: "Exercise".
    pub kind_name: String,
    /// Whom it is for, in words, where that is not patients: "For carers".
    pub audience: Option<Named>,
}

/// What the head and the frame of every page need.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Frame {
    /// The way from this page to the site's root: empty, `../` or `../../`. On `404.html` the path of `base_url`.
    pub root: String,
    /// This page's address.
    pub address: String,
    /// The address on the web, where the site gives a `base_url`.
    pub canonical: Option<String>,
    /// Title.
    pub title: String,
    /// Main message.
    pub summary: String,
    /// Language, BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The pages above this one, from the start page on; without this one.
    pub breadcrumbs: Vec<Link>,
    /// The section of the main navigation in which the page lies, by its address.
    pub section: Option<String>,
    /// Whether search engines are asked to leave this page out.
    pub noindex: bool,
    /// Whether this is a draft, shown only to its makers.
    pub draft: bool,
    /// The version of the page or handout; none for lists.
    pub version: Option<String>,
    /// A link with which a reader reports a problem with this page, prefilled with the page and its version. Its last
    /// part is the text of the report, so that a script may add to it.
    pub report: Option<String>,
}

/// A heading in a table of contents.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Toc {
    /// The heading's id.
    pub id: String,
    /// Its words.
    pub title: String,
}

/// A section of a body.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Section {
    /// The id of its heading.
    pub id: String,
    /// The words of its heading.
    pub title: String,
    /// Its heading's level on this page, 2 to 6.
    pub level: u8,
    /// What stands under the heading, up to the next one of its level or above.
    pub html: String,
}

/// A word with the id that the front matter gives it: `lying-on-back`, "Lying on your back".
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The words.
    pub name: String,
}

/// A page that has a file of its own. The start page of a site without `content/index.md` has none.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PageView {
    /// The kind: `exercise`.
    pub kind: String,
    /// The kind as a word.
    pub kind_name: String,
    /// The id.
    pub id: String,
    /// Whom it is for, in words, where that is not patients: "For carers".
    pub audience: Option<Named>,
    /// The whole body.
    pub body_html: String,
    /// The body before its first section.
    pub intro_html: String,
    /// The sections of the body, in order.
    pub sections: Vec<Section>,
    /// The footnotes, which stand below the last section; `body_html` has them too.
    pub notes_html: String,
    /// Its headings, on a page that is long enough to need a table of contents; else empty.
    pub toc: Vec<Toc>,
    /// Other names.
    pub aka: Vec<String>,
    /// The conditions it is for.
    pub conditions: Vec<Link>,
    /// The phases it is for.
    pub phases: Vec<Link>,
    /// The handouts it is part of.
    pub handouts: Vec<Link>,
    /// For an exercise: how much to do.
    pub dose: Option<DoseView>,
    /// For an exercise: how to begin.
    pub start_position: Option<Named>,
    /// For an exercise: what it trains.
    pub category: Option<Named>,
    /// For an exercise: what it takes.
    pub equipment: Vec<String>,
    /// Easier exercises.
    pub easier: Vec<Link>,
    /// Harder exercises.
    pub harder: Vec<Link>,
    /// For an exercise or a plan: when to do more.
    pub progress_html: Option<String>,
    /// Who should not do it.
    pub avoid_if: Vec<Link>,
    /// Who should ask first.
    pub check_if: Vec<Link>,
    /// Whether a clinician must be present.
    pub supervised: bool,
    /// For an exercise without a section `stop-if`: the site's own words.
    pub stop_if_html: Vec<String>,
    /// For an exercise: the pictures of its front matter that show no step; the others stand below their steps.
    pub images: Vec<Picture>,
    /// What the advice rests on.
    pub evidence: Option<Named>,
    /// For a phase: when to go on to the next.
    pub move_on_html: Option<String>,
    /// The phase before.
    pub previous: Option<Link>,
    /// The phase after.
    pub next: Option<Link>,
    /// For a condition: the part of the body.
    pub body_region: Option<String>,
    /// For a condition: how it usually goes.
    pub course_html: Option<String>,
    /// For a condition or a phase: what belongs to it, by kind.
    pub groups: Vec<Group>,
    /// For a medicine.
    pub medicine: Option<MedicineView>,
    /// For a plan.
    pub plan: Option<PlanView>,
    /// For a term.
    pub term: Option<TermView>,
    /// When to get help fast.
    pub care: Option<CareCards>,
    /// Who wrote and reviewed it, and when.
    pub review: ReviewView,
    /// The sources, numbered as they are cited.
    pub sources: Vec<SourceView>,
    /// The terms that its text leads to.
    pub terms: Vec<Explained>,
    /// Pages for the same conditions and phases.
    pub related: Vec<Card>,
    /// Pages that refer to this one.
    pub used_in: Vec<Link>,
    /// How many pages refer to this one in all, where `used_in` does not list each.
    pub used_in_count: usize,
    /// Fields that only the site's own schemas have: their titles and values.
    pub extra: Vec<Extra>,
    /// For a retired page: when, why, and what replaces it.
    pub retired: Option<Retired>,
}

/// A field that only the site's own schemas have.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Extra {
    /// The field's key.
    pub key: String,
    /// Its title, from the schema.
    pub title: String,
    /// Its values as HTML: one for a single value.
    pub values_html: Vec<String>,
}

/// What stands in place of a page that was retired.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Retired {
    /// When.
    pub on: Option<DateView>,
    /// Why.
    pub reason_html: String,
    /// What replaces it.
    pub replaced_by: Option<Link>,
}
