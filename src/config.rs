//! The settings of a site: `site.toml` as checked values, with the place of each that later checks speak about.

mod check;
mod colour;
mod read;
#[cfg(test)]
mod tests;

pub use colour::Colour;
pub use read::read;

use crate::clinical::Interval;
use crate::diagnostic::{Level, Place, Rule};
use crate::schema::shape::Manual;
use crate::schema::{ReviewDuty, Shape, validate};
use crate::source::{SitePath, Source, Span, Spanned};
use crate::tree::{Node, Scalar, ScalarKind, Value};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The settings of a site. What the file does not say, or says wrongly, is as in [`Config::default`].
#[derive(Clone, Debug)]
pub struct Config {
    /// The file; none where there is none.
    pub source: Option<Source>,
    /// Which settings at the top may have been meant to say something else than what is read here.
    pub doubt: Doubt,
    /// The name of the site; empty only where its absence was found.
    pub title: String,
    /// The language of the site, BCP 47.
    pub language: String,
    /// Where the language stands; at the start of the file where none is given.
    pub language_span: Span,
    /// Where the site will be found: `http` or `https`, without query, fragment and final slash.
    pub base_url: Option<Spanned<String>>,
    /// The name of a folder under `themes/`, or of the built-in theme.
    pub theme: Spanned<String>,
    /// The folder to write to, relative to the site's root.
    pub output: Spanned<String>,
    /// A notice for every page and sheet: inline Markdown.
    pub notice: Option<Spanned<String>>,
    /// Who publishes the site.
    pub publisher: Option<Publisher>,
    /// Where readers report problems.
    pub report: Option<Report>,
    /// Whom readers turn to.
    pub help: Help,
    /// How pages are reviewed.
    pub review: Review,
    /// When to stop an exercise that does not say so itself: inline Markdown.
    pub stop_if: Vec<Spanned<String>>,
    /// How easy the texts should be to read.
    pub reading: Reading,
    /// The words that are to be taken out of lists of words, each with the name of its list.
    pub removals: Vec<(&'static str, Spanned<String>)>,
    /// What the theme lets a site choose.
    pub theme_settings: ThemeSettings,
    /// Licences that the publisher holds.
    pub licences: Licences,
    /// The levels of the rules that the site has set; each of them is configurable.
    pub rules: BTreeMap<Rule, Level>,
}

/// Who publishes the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// The name of the clinic or the person.
    pub name: String,
    /// The postal address, line by line.
    pub address: Option<String>,
    /// The path of a picture, relative to the site's root.
    pub logo: Option<Spanned<String>>,
    /// A page on which to get in touch.
    pub contact_url: Option<String>,
    /// An e-mail address.
    pub contact_email: Option<String>,
    /// When somebody is there.
    pub opening_hours: Option<String>,
}

/// Where readers report a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// At this e-mail address.
    Email(String),
    /// On this page of an issue tracker.
    Url(String),
}

/// Whom readers turn to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The number for emergencies.
    pub emergency: String,
    /// Whom to call when it is urgent and no emergency.
    pub urgent: Option<Spanned<String>>,
}

/// What is doubtful about settings with mistakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Everything: a line that can't be read, or has a name that is none, may have said anything.
    AboutAll,
    /// These settings and groups at the top, which have a mistake in them.
    About(BTreeSet<String>),
}

/// How pages are reviewed.
#[derive(Clone, Copy, Debug)]
pub struct Review {
    /// Whether pages need a review to be published.
    pub duty: ReviewDuty,
    /// How long a review holds, unless the page says otherwise.
    pub every: Interval,
    /// How long before a review falls due it is called due soon.
    pub soon: Interval,
}

/// How easy the texts should be to read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The school grade (United States) that the texts aim at.
    pub target_grade: u8,
    /// The most words that a sentence should have.
    pub max_words: u16,
    /// Words that frighten, as `word, other form | what to write`.
    pub frightening: WordList,
    /// Words that promise too much, in the same form.
    pub absolute: WordList,
    /// Abbreviations: `letters` that readers know, or `letters | words` to be written out at the first use.
    pub abbreviations: WordList,
    /// Words from which doses of medicines are made, as `word, other word | what they are`.
    pub doses: WordList,
    /// Words of a link that do not say where it leads, as `words, other words`.
    pub vague_links: WordList,
    /// Words that turn what follows into its opposite, or with `| doubt` leave it open.
    pub negations: WordList,
    /// Common words that in capitals are no abbreviations.
    pub short_words: WordList,
    /// Words behind which a full stop does not end a sentence, as `word` or `word | number`.
    pub stops: WordList,
    /// Words whose syllables the rule of thumb counts wrongly, as `word, other word | number`.
    pub syllables: WordList,
}

/// What a site changes about one of the program's lists of words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct WordList {
    /// The lines of a list in place of the built-in one; none where that one holds.
    pub instead: Option<Vec<String>>,
    /// More lines.
    pub add: Vec<String>,
    /// Words to take out.
    pub remove: Vec<String>,
}

/// What the theme lets a site choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeSettings {
    /// The colour of links and headings.
    pub accent: Option<Spanned<Colour>>,
    /// The path of a picture for the top of every page, relative to the site's root.
    pub logo: Option<Spanned<String>>,
    /// Whether pages list their sources.
    pub show_sources: bool,
}

/// Licences that the publisher holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Licences {
    /// Whether codes of SNOMED CT can be used.
    pub snomed_ct: bool,
}

impl Default for Config {
    fn default() -> Self {
        let unwritten = |text: &str| Spanned { value: text.to_owned(), span: Span::default() };
        Self {
            source: None,
            doubt: Doubt::About(BTreeSet::new()),
            title: String::new(),
            language: "en".to_owned(),
            language_span: Span::default(),
            base_url: None,
            theme: unwritten("clinic"),
            output: unwritten("public"),
            notice: None,
            publisher: None,
            report: None,
            help: Help { emergency: "112".to_owned(), urgent: None },
            review: Review {
                duty: ReviewDuty::Required,
                every: Interval::years(3),
                soon: Interval::days(90),
            },
            stop_if: Vec::new(),
            reading: Reading::default(),
            removals: Vec::new(),
            theme_settings: ThemeSettings { accent: None, logo: None, show_sources: true },
            licences: Licences::default(),
            rules: BTreeMap::new(),
        }
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            target_grade: 6,
            max_words: 20,
            frightening: WordList::default(),
            absolute: WordList::default(),
            abbreviations: WordList::default(),
            doses: WordList::default(),
            vague_links: WordList::default(),
            negations: WordList::default(),
            short_words: WordList::default(),
            stops: WordList::default(),
            syllables: WordList::default(),
        }
    }
}

impl Config {
    /// What `rule` weighs on this site.
    pub fn level(&self, rule: Rule) -> Level {
        self.rules.get(&rule).copied().unwrap_or_else(|| rule.default_level())
    }

    /// `span` in `site.toml`.
    pub fn place(&self, span: Span) -> Place {
        self.source.as_ref().map_or_else(|| Place::file(&path()), |source| Place::new(&source.path, span))
    }

    /// Whether the setting or group `key` says what it was meant to say, also where it is not given.
    pub fn is_certain(&self, key: &str) -> bool {
        match &self.doubt {
            Doubt::AboutAll => false,
            Doubt::About(keys) => !keys.contains(key),
        }
    }

    /// The path of the site on its host, with a slash at both ends: `/` for the root and where there is no `base_url`.
    pub fn base_path(&self) -> String {
        let url = self.base_url.as_ref().and_then(|url| url.value.split_once("://"));
        match url.and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path.trim_matches('/')) {
            Some(path) if !path.is_empty() => format!("/{path}/"),
            _ => "/".to_owned(),
        }
    }
}

/// Reads `written` as a `base_url`: an absolute address without query, fragment and final slash.
///
/// # Errors
/// What is wrong with it, in words.
pub fn base_url(written: &str) -> Result<String, String> {
    let value = Value::Scalar(Scalar { kind: ScalarKind::Text, text: written.into() });
    let node = Node { value, span: Span::default() };
    let shape = shape();
    let field = shape.object.property("base_url").map(|property| &property.shape);
    let findings = field.map(|field| validate(field, &node, &Place::file(&path()), "the address").findings);
    match findings.into_iter().flatten().next() {
        Some(finding) => Err(finding.help.unwrap_or(finding.message)),
        None => Ok(written.trim_end_matches('/').to_owned()),
    }
}

/// What the settings have to be, from `schema/site.json`.
pub fn shape() -> Shape {
    let mut shape = Shape::compile(include_str!("schema/site.json"), &SitePath::new("site.json")).0;
    shape.object.manual = Some(Box::new(Manual { name: "site".into(), sections: Vec::new() }));
    shape
}

/// Where the settings lie.
fn path() -> SitePath {
    SitePath::new("site.toml")
}
