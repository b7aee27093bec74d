//! Parts of a page: dose, review, sources, care cards, and what only one kind has.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Link, Named};

/// A date.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DateView {
    /// `2026-03-04`.
    pub iso: String,
    /// "4 March 2026".
    pub text: String,
}

/// How much of an exercise to do.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct DoseView {
    /// What to do, in the order in which it is done: "Hold for 5 to 10 seconds", "10 times", "3 times a day".
    pub parts: Vec<String>,
    /// Whether the clinician fills it in by hand: the theme prints blanks.
    pub as_advised: bool,
}

/// Who wrote and reviewed a page, and when.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
pub struct ReviewView {
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Names of the reviewers, with credentials.
    pub reviewers: Vec<String>,
    /// When it was last reviewed.
    pub last_reviewed: Option<DateView>,
    /// When the next review falls due.
    pub next_review: Option<DateView>,
    /// Whether the advice has changed since it was last reviewed.
    pub changed_since: bool,
    /// The version.
    pub version: String,
    /// What changed, newest first.
    pub changes: Vec<Change>,
    /// Whether nobody with clinical training has reviewed it.
    pub not_reviewed: bool,
}

/// An entry of a change log.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Change {
    /// When.
    pub date: DateView,
    /// The version it led to.
    pub version: String,
    /// What changed.
    pub summary: String,
    /// Whether the advice changed, and not only the wording.
    pub clinical: bool,
}

/// A source.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct SourceView {
    /// Its number on this page, from 1. The mark in the text leads to the id `bs-source-` and this number.
    pub number: usize,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Year.
    pub year: String,
    /// What kind of source it is, in words.
    pub type_name: String,
    /// Where it is on the web.
    pub href: Option<String>,
    /// ISBN of a book.
    pub isbn: Option<String>,
    /// Whether the text cites it; else it only stands in the list.
    pub cited: bool,
}

/// A term that the text of a page leads to, with what it means. The link in the text leads to the id `bs-term-` and
/// its id; the first such link has the id `bs-word-` and its id.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Explained {
    /// The term's id.
    pub id: String,
    /// The term's own page.
    pub term: Link,
    /// What the word means.
    pub definition_html: String,
}

/// When to get help, by how soon.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CareCards {
    /// The pages on which they stand, one for each safety net of the page's conditions.
    pub pages: Vec<Link>,
    /// Signs of an emergency.
    pub emergency_html: Vec<String>,
    /// Signs that need somebody today.
    pub urgent_html: Vec<String>,
    /// Signs to have looked at.
    pub routine_html: Vec<String>,
}

/// What only a medicine has.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MedicineView {
    /// Generic name.
    pub generic_name: String,
    /// Brand names.
    pub brand_names: Vec<String>,
    /// Class.
    pub drug_class: Option<String>,
    /// How it is sold.
    pub legal_status: Option<Named>,
    /// What a guideline says.
    pub position: Option<Named>,
    /// Mark of the source of that, as HTML.
    pub position_cite_html: Option<String>,
    /// Warnings.
    pub warnings: Vec<Warning>,
}

/// A warning about a medicine.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Warning {
    /// `driving`.
    pub id: String,
    /// "Driving".
    pub name: String,
    /// What to mind.
    pub html: String,
}

/// What only a plan has.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PlanView {
    /// What the plan is for.
    pub goal_html: String,
    /// What to do, in order.
    pub items: Vec<Item>,
    /// When to look at the plan again, in words.
    pub review_after: Option<String>,
    /// The diary to fill in.
    pub diary: Option<Diary>,
    /// How many exercises stand on a printed sheet at most, 1 to 4; 0 where it is as many as fit.
    pub cards_per_page: u8,
}

/// An item of a plan, or an exercise card of a handout.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Item {
    /// Its number on the sheet, from 1.
    pub number: usize,
    /// `exercise` or `guidance`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Main message.
    pub summary: String,
    /// Where its own page is.
    pub address: String,
    /// Whom it is for, in words, where that is not patients: "For carers".
    pub audience: Option<Named>,
    /// How to begin.
    pub start_position: Option<Named>,
    /// How much to do, with what the plan changes.
    pub dose: Option<DoseView>,
    /// What the plan says about it.
    pub note_html: Option<String>,
    /// Its pictures that show no step, on handouts; else empty.
    pub images: Vec<Picture>,
    /// What to do: the section `steps`, on handouts; else empty.
    pub steps_html: String,
    /// When to stop: the section `stop-if` or the site's own words, on handouts; else empty.
    pub stop_html: String,
    /// Who should not do it, on handouts.
    pub avoid_if: Vec<Link>,
    /// Who should ask first, on handouts.
    pub check_if: Vec<Link>,
}

/// A picture of an exercise, from its front matter.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Picture {
    /// Where it is.
    pub address: String,
    /// What it shows, for people who can't see it.
    pub alt: String,
    /// What stands below it.
    pub caption: Option<String>,
    /// The number of the step that it shows, from 1.
    pub step: Option<usize>,
    /// How many pixels it has from side to side, if the file tells.
    pub width: Option<u32>,
    /// How many it has from top to bottom.
    pub height: Option<u32>,
}

/// A diary to print and fill in.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct Diary {
    /// The numbers of its days, from 1.
    pub days: Vec<u8>,
    /// Whether it has a column for pain from 0 to 10.
    pub pain_score: bool,
    /// The names of the exercises, a column each.
    pub columns: Vec<String>,
}

/// What only a term of the glossary has.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct TermView {
    /// What the word means.
    pub definition_html: String,
    /// Words to use in its place.
    pub use_instead: Vec<String>,
}
