//! Kinds of pages and their fields, as JSON Schema documents, compiled once into tables.
//!
//! The documents under `schema/kinds/` are the single source of truth for the validator, the emitted JSON Schema, the
//! manual and new pages. They are draft 2020-12 with a few keywords of our own, all of which begin with `x-`:
//!
//! - `x-kind`: name, plural, folder, article and handouts of a kind
//! - `x-sections`: the sections of a kind's body, by the ids of their headings
//! - `x-ref`: the text is the id of a page of this kind, or of an entry of this register; `self` is the kind itself
//! - `x-publish`: fields that a page needs once it is published; `x-review`: the same where the site asks for reviews
//! - `x-rule`: the rules that speak where these fields are missing, in place of `missing-field`
//! - `x-inline`: the text takes inline Markdown
//! - `x-range`: a whole number or two joined by a hyphen, with bounds and units
//! - `x-words`: the most words; `x-max-duration`: the longest time span
//!
//! All parts of a conjunction (`$ref` and what stands beside it, `allOf`, and a site's own schema) are merged, and the
//! fields that they name count together: `additionalProperties: false` and `unevaluatedProperties: false` both close an
//! object to everything that no part names. A site's schema can therefore add and tighten, and never loosen.

mod compile;
pub mod emit;
mod fit;
pub mod format;
mod ids;
mod keyword;
mod kind;
pub mod lines;
mod message;
pub mod repair;
pub mod shape;
pub mod validate;

pub use emit::json_schema;
pub use ids::Ids;
pub use kind::{Kind, Section, SectionList};
pub use shape::{Property, Register, Shape, Target};
pub use validate::{Outcome, Reference, validate};

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Source, Span};
use crate::suggest;
use crate::tree::{Node, Value, json};
use compile::{Document, Patterns, Surroundings};
use shape::Manual;

/// Whether pages need a review to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewDuty {
    /// They do: `x-review` holds.
    Required,
    /// The site has set `[review] required = false`.
    NotRequired,
}

/// The fields of every page; every kind contains it.
const COMMON: &str = "common.json";

/// The built-in documents, by file name: what all kinds share, then the kinds in the order of the manual.
const BUILT_IN: [(&str, &str); 10] = [
    (COMMON, include_str!("schema/kinds/common.json")),
    ("exercise.json", include_str!("schema/kinds/exercise.json")),
    ("guidance.json", include_str!("schema/kinds/guidance.json")),
    ("condition.json", include_str!("schema/kinds/condition.json")),
    ("phase.json", include_str!("schema/kinds/phase.json")),
    ("medicine.json", include_str!("schema/kinds/medicine.json")),
    ("plan.json", include_str!("schema/kinds/plan.json")),
    ("term.json", include_str!("schema/kinds/term.json")),
    ("safety-net.json", include_str!("schema/kinds/safety-net.json")),
    ("page.json", include_str!("schema/kinds/page.json")),
];

/// Every kind that a site knows.
#[derive(Clone, Debug)]
pub struct Schemas {
    kinds: Vec<Kind>,
    is_whole: bool,
    is_extended: bool,
}

impl Schemas {
    /// The built-in kinds.
    pub fn builtin(review: ReviewDuty) -> Self {
        Self::with_site(&[], review).0
    }

    /// The built-in kinds, extended by the site's schemas, and the site's own kinds.
    ///
    /// A source is about the kind that its file is named after. What can't be understood is left out and found.
    pub fn with_site(sources: &[Source], review: ReviewDuty) -> (Self, Vec<Diagnostic>) {
        let library = library();
        let (mut own, mut findings) = (Vec::new(), Vec::new());
        let mut wrong: Vec<SitePath> = Vec::new();
        for source in sources {
            let (root, mistakes) = json::parse(&source.text, &source.path);
            findings.extend(mistakes);
            if root.as_ref().is_none_or(|root| !matches!(root.value, Value::Map(_))) {
                wrong.push(source.path.clone());
            }
            match root {
                Some(root) if matches!(root.value, Value::Map(_)) => {
                    own.push(Document { path: source.path.clone(), root });
                }
                Some(root) => findings.push(bad(
                    &source.path,
                    root.span,
                    "a schema is an object of keywords: `{ ... }`",
                )),
                None => {}
            }
        }
        own.sort_by(|a, b| a.path.cmp(&b.path));

        let mut kinds: Vec<Kind> = Vec::new();
        for document in library.iter().filter(|document| document.path.file_name() != COMMON) {
            kinds.extend(kind::head(document, &kinds).0);
        }
        let built_in = kinds.len();
        for document in &own {
            let is_built_in = kinds.iter().take(built_in).any(|kind| *kind.name == *kind::stem(document));
            match (document.root.entry("x-kind"), is_built_in) {
                (None, true) => {}
                (Some(entry), true) => {
                    let message = "a kind that is built in keeps its name and folder";
                    findings.push(bad(&document.path, entry.key_span, message).help("take `x-kind` out"));
                }
                (None, false) => {
                    findings.push(unknown_kind(document, &kinds));
                    wrong.push(document.path.clone());
                }
                (Some(_), false) => {
                    let (kind, mistakes) = kind::head(document, &kinds);
                    if kind.is_none() {
                        wrong.push(document.path.clone());
                    }
                    kinds.extend(kind);
                    findings.extend(mistakes);
                }
            }
        }

        let names: Vec<Box<str>> = kinds.iter().map(|kind| kind.name.clone()).collect();
        let mut patterns = Patterns::default();
        for kind in &mut kinds {
            let around = Surroundings { library: &library, kinds: &names, own: Some(&kind.name), review };
            let of_kind =
                || library.iter().chain(&own).filter(|document| *kind::stem(document) == *kind.name);
            // The built-in kinds refer to the common fields themselves; a site's own kind need not.
            let is_given = of_kind().any(|d| d.root.get("$ref").and_then(Node::as_text) == Some(COMMON));
            let common = library.iter().filter(|document| !is_given && document.path.file_name() == COMMON);
            for document in common.chain(of_kind()) {
                let (mut shape, mut sections) = (kind.shape.clone(), kind.sections.clone());
                let mut mistakes = compile::narrow(&mut shape, document, around, &mut patterns);
                mistakes.extend(kind::sections(&mut sections, document));
                if mistakes.is_empty() {
                    (kind.shape, kind.sections) = (shape, sections);
                } else {
                    wrong.push(document.path.clone());
                    findings.extend(mistakes);
                }
            }
            kind.shape.object.others = shape::Others::Closed;
            kind.shape.types = kind.shape.types.and(shape::Types::OBJECT);
            compile::index(&mut kind.shape);
            let sections = kind.sections.iter().map(|section| (section.id.clone(), section.title.clone()));
            kind.shape.object.manual =
                Some(Box::new(Manual { name: kind.name.clone(), sections: sections.collect() }));
        }
        findings.sort();
        findings.dedup();
        (Self { kinds, is_whole: true, is_extended: !own.is_empty() }.damaged_at(&wrong), findings)
    }

    /// The same, knowing that there are schemas at `paths` that can't be understood: what they would have allowed is no
    /// mistake. Of other files it takes no notice.
    #[must_use]
    pub fn damaged_at(mut self, paths: &[SitePath]) -> Self {
        for stem in
            paths.iter().filter_map(|path| path.as_str().strip_prefix("schemas/")?.strip_suffix(".json"))
        {
            match self.kinds.iter_mut().find(|kind| *kind.name == *stem) {
                Some(kind) => kind.shape.object.others = shape::Others::Open,
                None => self.is_whole = false,
            }
        }
        self
    }

    /// Whether every kind is known; if not, a folder of no kind may be that of one whose schema can't be understood.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Every kind: the built-in ones in the order of the manual, then the site's own by name.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Whether the site has schemas of its own.
    pub fn is_extended(&self) -> bool {
        self.is_extended
    }

    /// The kind that is called `name`.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| *kind.name == *name)
    }

    /// The kind of the pages in `folder`, a folder of the content; the empty name is the content itself.
    pub fn kind_in_folder(&self, folder: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.folder.as_deref().unwrap_or("") == folder)
    }
}

impl Shape {
    /// The shape of the schema document `text`, for registers and settings, and what is wrong with the document.
    ///
    /// It can refer to `common.json` and to the built-in kinds.
    pub fn compile(text: &str, path: &SitePath) -> (Self, Vec<Diagnostic>) {
        let (root, mut findings) = json::parse(text, path);
        let mut shape = Self::default();
        if let Some(root) = root {
            let library = library();
            let names: Vec<Box<str>> = library.iter().map(|document| kind::stem(document).into()).collect();
            let document = Document { path: path.clone(), root };
            let around =
                Surroundings { library: &library, kinds: &names, own: None, review: ReviewDuty::NotRequired };
            findings.extend(compile::narrow(&mut shape, &document, around, &mut Patterns::default()));
            compile::index(&mut shape);
        }
        (shape, findings)
    }
}

/// The built-in documents as trees.
fn library() -> Vec<Document> {
    let parse = |(name, text): (&str, &str)| {
        let path = SitePath::new(format!("kinds/{name}"));
        json::parse(text, &path).0.map(|root| Document { path, root })
    };
    BUILT_IN.into_iter().filter_map(parse).collect()
}

/// Whether a schema of the program is called `name`.
pub fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|(file, _)| file.strip_suffix(".json") == Some(name))
}

fn bad(path: &SitePath, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Rule::BadSchema, Place::new(path, span), message)
}

/// The schema of a kind that nobody has declared.
fn unknown_kind(document: &Document, kinds: &[Kind]) -> Diagnostic {
    let stem = kind::stem(document);
    let help = match suggest::closest(stem, kinds.iter().map(|kind| &*kind.name)) {
        Some(near) => format!("did you mean `{near}.json`? a kind of your own needs `x-kind`"),
        None => "a kind of your own needs `x-kind` with `name`, `plural` and `folder`".to_owned(),
    };
    Diagnostic::new(Rule::BadSchema, Place::file(&document.path), format!("there is no kind `{stem}`"))
        .help(help)
}

/// The text of a node that is a single word of small letters, digits and hyphens, as ids and folders are.
fn id_of(node: &Node) -> Option<&str> {
    let is_id = |text: &&str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    node.as_text().filter(is_id)
}

#[cfg(test)]
mod tests;
