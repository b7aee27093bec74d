//! The entries of registers as typed values.
//!
//! Of an entry with a mistake they hold what is sound, so that a mistake hides no other. A site with such an entry is
//! not published, so that it never matters how the rest is printed.

use crate::clinical::Date;
use crate::source::{Span, Spanned};
use crate::tree::{Entry, Node};

/// A person or an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: Box<str>,
    /// Where the id stands.
    pub span: Span,
    /// The name as it is printed; the id of an entry whose name is not known.
    pub name: String,
    /// What the person does for the site; none where it is not known.
    pub role: Option<Role>,
    /// Degrees and registrations.
    pub credentials: Option<String>,
    /// Whether the person still works on the site.
    pub active: bool,
}

/// What somebody does for a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Writes pages.
    Author,
    /// Treats patients.
    Clinician,
    /// Is a pharmacist.
    Pharmacist,
    /// May prescribe.
    Prescriber,
    /// Edits pages.
    Editor,
    /// Is no single person.
    Organisation,
}

/// A text that pages rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    /// The id.
    pub id: Box<str>,
    /// Where the id stands.
    pub span: Span,
    /// The title; the id of an entry whose title is not known.
    pub title: String,
    /// Who has published it; empty where it is not known.
    pub publisher: String,
    /// The year in which it came out, as written: `2016` or `2016-2020`; empty where it is not known.
    pub year: String,
    /// Where the year stands; none where it is not known.
    pub year_span: Option<Span>,
    /// The DOI, as `10.1002/14651858.CD007612.pub2`. Every sound source has exactly one of DOI, address and ISBN.
    pub doi: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The ISBN of a book, as written.
    pub isbn: Option<String>,
    /// What kind of text it is: the field `type`; none where it is not known.
    pub kind: Option<SourceKind>,
    /// The day on which somebody last looked it up.
    pub accessed: Option<Spanned<Date>>,
    /// The last day on which it holds.
    pub expires: Option<Spanned<Date>>,
    /// The id of the source that takes its place; it exists.
    pub superseded_by: Option<Spanned<String>>,
    /// Whether its publisher has taken it back.
    pub withdrawn: Option<Withdrawal>,
}

/// What kind of text a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// A clinical guideline.
    Guideline,
    /// A systematic review.
    SystematicReview,
    /// A trial.
    Trial,
    /// A leaflet for patients.
    Leaflet,
    /// A book.
    Book,
    /// A law.
    Law,
}

/// That a source was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The day, where it is known: the field holds a date, or else `true`.
    pub on: Option<Date>,
    /// Where the value stands.
    pub span: Span,
}

/// A reason to take care that has no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caution {
    /// The id.
    pub id: Box<str>,
    /// Where the id stands.
    pub span: Span,
    /// The name as it is printed; the id of an entry whose name is not known.
    pub name: String,
    /// Other names.
    pub aka: Vec<String>,
}

impl Role {
    const ALL: [Self; 6] =
        [Self::Author, Self::Clinician, Self::Pharmacist, Self::Prescriber, Self::Editor, Self::Organisation];

    /// What the register of people calls the role.
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Clinician => "clinician",
            Self::Pharmacist => "pharmacist",
            Self::Prescriber => "prescriber",
            Self::Editor => "editor",
            Self::Organisation => "organisation",
        }
    }

    /// Whether somebody with the role has clinical training, and so can review what a page advises.
    pub fn is_clinical(self) -> bool {
        match self {
            Self::Clinician | Self::Pharmacist | Self::Prescriber => true,
            Self::Author | Self::Editor | Self::Organisation => false,
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl Person {
    pub(super) fn from_tree(entry: &Entry) -> Self {
        let node = &entry.value;
        Self {
            id: entry.key.clone(),
            span: entry.key_span,
            name: text(node, "name").unwrap_or_else(|| entry.key.to_string()),
            role: node.get("role").and_then(Node::as_text).and_then(Role::from_name),
            credentials: text(node, "credentials"),
            active: node.get("active").and_then(Node::as_bool).unwrap_or(true),
        }
    }
}

impl SourceEntry {
    pub(super) fn from_tree(entry: &Entry) -> Self {
        let node = &entry.value;
        Self {
            id: entry.key.clone(),
            span: entry.key_span,
            title: text(node, "title").unwrap_or_else(|| entry.key.to_string()),
            publisher: text(node, "publisher").unwrap_or_default(),
            year: node.get("year").and_then(Node::as_written).unwrap_or_default().to_owned(),
            year_span: node.get("year").map(|node| node.span),
            doi: text(node, "doi")
                .map(|doi| doi.find("10.").map_or_else(String::new, |at| doi[at..].to_owned())),
            url: text(node, "url"),
            isbn: text(node, "isbn"),
            kind: node.get("type").and_then(Node::as_text).and_then(source_kind),
            accessed: node.get("accessed").and_then(date),
            expires: node.get("expires").and_then(date),
            superseded_by: node
                .get("superseded_by")
                .and_then(|node| node.as_text().map(|id| Spanned { value: id.to_owned(), span: node.span })),
            withdrawn: node
                .get("withdrawn")
                .filter(|node| node.as_bool() != Some(false))
                .map(|node| Withdrawal { on: date(node).map(|date| date.value), span: node.span }),
        }
    }
}

impl Caution {
    pub(super) fn from_tree(entry: &Entry) -> Self {
        let node = &entry.value;
        let aka = node.get("aka").map_or(&[][..], Node::items);
        Self {
            id: entry.key.clone(),
            span: entry.key_span,
            name: text(node, "name").unwrap_or_else(|| entry.key.to_string()),
            aka: aka.iter().filter_map(|name| name.as_text().map(str::to_owned)).collect(),
        }
    }
}

fn source_kind(name: &str) -> Option<SourceKind> {
    Some(match name {
        "guideline" => SourceKind::Guideline,
        "systematic-review" => SourceKind::SystematicReview,
        "trial" => SourceKind::Trial,
        "leaflet" => SourceKind::Leaflet,
        "book" => SourceKind::Book,
        "law" => SourceKind::Law,
        _ => return None,
    })
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_text).map(str::to_owned)
}

fn date(node: &Node) -> Option<Spanned<Date>> {
    let value = Date::parse(node.as_text()?).ok()?;
    Some(Spanned { value, span: node.span })
}
