//! One page: its key, its validated fields, its body, and what is wrong with it alone.
//!
//! A page depends on its own path and bytes, on the schemas and on the settings of parsing, and on nothing else: that
//! is what lets it be cached. Where its links lead, and what day it is, comes later.

mod edition;
mod location;
mod review;
mod status;
mod texts;

pub use edition::{Changes, Edition, editions};
pub use status::{Saying, Status};

use std::sync::Arc;

use crate::clinical::Version;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::front_matter::{self, Flaw, Rest, Split};
use crate::language;
use crate::markdown::{self, Body, Highlighter, Prose};
use crate::room;
use crate::schema::repair::{Sense, Written, accept, repair};
use crate::schema::{self, Kind, Outcome, Reference, Schemas};
use crate::source::{SitePath, Source, Span};
use crate::tree::{Entry, Node, Scalar, ScalarKind, Value, yaml};
use location::{Misplaced, locate};

/// What parsing a page depends on besides the page.
pub struct Parsing<'a> {
    /// The kinds of pages.
    pub schemas: &'a Schemas,
    /// Colours for code.
    pub highlighter: &'a Highlighter,
    /// What the language rules go by.
    pub reading: &'a language::Settings,
    /// The language of a page that gives none.
    pub language: &'a str,
}

/// What names a page: kinds have ids of their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The kind: `exercise`.
    pub kind: Arc<str>,
    /// The id: the file's name without its ending.
    pub id: Arc<str>,
}

/// How much of a page's front matter could be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Intact {
    /// Nothing, and not even where the body begins.
    Nothing,
    /// Nothing of the front matter, but the body.
    Body,
    /// Some of it: at least one field is not as it should be, so that what is absent may have been meant.
    Partly,
    /// All of it.
    Wholly,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its kind and id.
    pub key: Key,
    /// Its file.
    pub source: Source,
    /// How much of it could be understood.
    pub intact: Intact,
    /// How far it is on its way to the public.
    pub status: Status,
    /// Whether it says so itself.
    pub saying: Saying,
    /// The folder in which it belongs, if it lies in another.
    pub home: Option<Box<str>>,
    /// Where its front matter begins.
    pub opening: Span,
    /// Its fields, as they stand in the front matter.
    pub fields: Node,
    /// Its body.
    pub body: Body,
    /// The fields that take Markdown: by the place of their value.
    pub inlines: Vec<(Span, Body)>,
    /// What its fields refer to.
    pub references: Vec<Reference>,
    /// What stands in its fields where ids belong, and can't be one for its type. A finding says so.
    pub meant: Vec<Reference>,
    /// How many words its body has.
    pub words: usize,
    /// What is wrong with it alone.
    pub findings: Vec<Diagnostic>,
}

/// Reads the page in `source`. None if it lies where no page can lie, and nobody can tell what it is; the findings say
/// so.
pub fn parse(source: &Source, parsing: &Parsing<'_>) -> (Option<Page>, Vec<Diagnostic>) {
    match locate(&source.path, parsing.schemas) {
        Ok((kind, id)) => (Some(read(source, kind, id, parsing)), Vec::new()),
        Err(Misplaced { finding, meant }) => {
            // `index` would be the list of its folder.
            let meant = meant.filter(|(_, id)| *id != "index");
            let page = meant.map(|(kind, id)| {
                let mut page = read(source, kind, id, parsing);
                page.home.get_or_insert_with(|| home(kind).into());
                page
            });
            (page, vec![*finding])
        }
    }
}

/// Reads the page in `source`, which is one of the kind `kind` with the id `id`.
fn read(source: &Source, kind: &Kind, id: &str, parsing: &Parsing<'_>) -> Page {
    let mut page = Page::empty(kind, id, source.clone());
    let body_start = match front_matter::split(source) {
        Ok(split) => {
            page.read_fields(&split, kind, parsing.schemas);
            Some(split.body)
        }
        Err(Flaw { finding, rest }) => {
            page.findings.push(*finding);
            match rest {
                Rest::Parts(split) => {
                    page.read_fields(&split, kind, parsing.schemas);
                    page.intact = page.intact.min(Intact::Partly);
                    Some(split.body)
                }
                // Of an empty file nothing is known.
                Rest::Text(start) if !source.text[start..].trim().is_empty() => {
                    page.intact = Intact::Body;
                    Some(start)
                }
                Rest::Text(_) | Rest::Unknown => {
                    page.intact = Intact::Nothing;
                    None
                }
            }
        }
    };
    let mut prose = page.read_texts(parsing.highlighter);
    if let Some(start) = body_start {
        let mut reading = markdown::page(&source.text, start, &source.path, parsing.highlighter);
        if page.opening == Span::default() {
            // Without front matter the title stands in a heading, and so do the levels below it; and fields stand in
            // the text.
            reading.findings.retain(|finding| match finding.rule {
                Rule::HeadingSkipped => false,
                Rule::StrayMarkup => !page.is_on_field(finding.place.span),
                _ => true,
            });
        }
        page.judge_title(&mut reading);
        page.words = reading.prose.iter().map(Prose::count).sum();
        page.findings.extend(reading.findings);
        prose.extend(reading.prose);
        page.body = reading.body;
        if page.body.is_cut_off {
            page.intact = page.intact.min(Intact::Partly);
        }
    }
    prose.extend(page.read_texts_beside());
    // Where the front matter can't be told from the text, its lines are no sentences.
    if page.intact >= Intact::Partly {
        let language = page.fields.get("language").and_then(Node::as_text).unwrap_or(parsing.language);
        page.part_lists(&kind.sections, &mut prose);
        let mut findings = language::check(&page.as_text(language, &prose), parsing.reading);
        findings.retain(|finding| !page.is_stray(finding.place.span));
        page.findings.extend(findings);
    }
    page.fields.shrink();
    room::fit(&mut page.references);
    room::fit(&mut page.findings);
    page
}

/// The folder of the pages of `kind`.
fn home(kind: &Kind) -> String {
    match &kind.folder {
        Some(folder) => format!("content/{folder}"),
        None => "content".to_owned(),
    }
}

/// The page at `path`, whose text can't be read: other pages may refer to it all the same.
pub fn damaged(path: &SitePath, schemas: &Schemas) -> Option<Page> {
    if !path.as_str().ends_with(".md") {
        return None;
    }
    let (kind, id) = locate(path, schemas).ok()?;
    let mut page = Page::empty(kind, id, Source { path: path.clone(), text: "".into() });
    page.intact = Intact::Nothing;
    Some(page)
}

/// The key of the page at `path`, if its name is that of a page, or why no page can lie there.
pub fn key(path: &SitePath, schemas: &Schemas) -> Option<Result<Key, Box<Diagnostic>>> {
    let key = |(kind, id): (&Kind, &str)| Key { kind: (*kind.name).into(), id: id.into() };
    path.as_str()
        .ends_with(".md")
        .then(|| locate(path, schemas).map(key).map_err(|misplaced| misplaced.finding))
}

impl Page {
    fn empty(kind: &Kind, id: &str, source: Source) -> Self {
        Self {
            key: Key { kind: (*kind.name).into(), id: id.into() },
            source,
            intact: Intact::Wholly,
            status: Status::Published,
            saying: Saying::Said,
            home: None,
            opening: Span::default(),
            fields: Node::empty_map(Span::default()),
            body: Body::default(),
            inlines: Vec::new(),
            references: Vec::new(),
            meant: Vec::new(),
            words: 0,
            findings: Vec::new(),
        }
    }

    fn read_fields(&mut self, split: &Split, kind: &Kind, schemas: &Schemas) {
        self.opening = split.opening;
        let Source { path, text } = self.source.clone();
        let text = split.yaml.of(&text);
        let offset = split.yaml.start as usize;
        let (fields, findings) = yaml::parse(text, &path, offset);
        // A page that is called `index` is of no kind with a folder: there it would be the list.
        let better = fields.as_ref().and_then(|fields| schemas.better_fit(fields, kind));
        let better = better.filter(|_| &*self.key.id != "index").map(|(right, sign)| (right, sign.key_span));
        let here = kind;
        let kind = better.map_or(here, |(right, _)| right);
        let whole = Place::new(&path, split.opening);
        let judge = |fields: Option<Node>, findings| {
            let validate = |fields: &Node| schema::validate(&kind.shape, fields, &whole, &kind.article);
            let outcome = fields.as_ref().map(validate).unwrap_or_default();
            Sense { fields, findings, outcome, has_lost_id: false }
        };
        let written = Written { text, path: &path, offset };
        let sense = repair(&kind.shape, written, judge(fields, findings), |text| {
            let (mut fields, findings) = yaml::parse(text, &path, offset);
            fields.iter_mut().for_each(accept);
            judge(fields, findings)
        });
        let Sense { fields, findings, outcome, .. } = sense;
        if !findings.is_empty() {
            self.intact = Intact::Partly;
        }
        self.findings.extend(findings);
        let Some(fields) = fields else {
            self.intact = Intact::Body;
            return;
        };
        let is_read = self.findings.is_empty();
        if let Some((right, sign)) = better {
            self.move_to(right, here, sign);
        }
        let Outcome { findings, references, inlines, meant, astray } = outcome;
        if !astray.is_empty() {
            yaml::forgive_below(&fields, &astray, &mut self.findings);
        }
        if !findings.is_empty() {
            self.intact = Intact::Partly;
        }
        self.findings.extend(findings);
        schema::lines::advise(&kind.shape, &self.source.text, &mut self.findings);
        self.references = references;
        self.meant = meant;
        self.inlines = inlines.into_iter().map(|span| (span, Body::default())).collect();
        (self.status, self.saying) = self.status_of(&fields);
        if self.saying == Saying::LeftOut && !is_read {
            self.saying = Saying::Unread;
        }
        self.fields = fields;
        self.judge_version();
    }

    /// Makes a page that lies in the folder of `wrong` one of the kind `right`, as the field at `sign` tells. All else
    /// that is said about it is about that kind, so that nothing is a second finding.
    fn move_to(&mut self, right: &Kind, wrong: &Kind, sign: Span) {
        let (home, here) = (home(right), home(wrong));
        let message =
            format!("this looks like {}, and `{here}/` is the folder of {}", right.article, wrong.plural);
        let finding = Diagnostic::new(Rule::WrongFolder, self.place(sign), message);
        self.findings.push(finding.help(format!("move it to `{home}/`")));
        self.key.kind = (*right.name).into();
        self.home = Some(home.into());
        self.intact = Intact::Partly;
    }

    fn judge_version(&mut self) {
        let Some(node) = self.fields.get("version") else { return };
        let Some(written) = node.as_written() else { return };
        if self.findings.iter().any(|finding| finding.place.span == node.span) {
            return;
        }
        // Text that is no version is told by the schema; a number such as `2` fits it and is still none.
        let is_told = self.findings.iter().any(|finding| finding.place.span == node.span);
        if !is_told && Version::parse(written).is_none() {
            let help = match written.parse::<u32>() {
                Ok(major) => format!("write `version: {major}.0`"),
                Err(_) => "write two numbers with a full stop between, such as `1.2`".to_owned(),
            };
            let place = Place::new(&self.source.path, node.span);
            let finding = Diagnostic::new(Rule::InvalidValue, place, format!("`{written}` is not a version"));
            self.findings.push(finding.help(help));
            self.intact = Intact::Partly;
        }
    }

    /// The page as it would be if its status were `published`, and what its schema would find then.
    #[must_use]
    pub fn published(&self, kind: &Kind) -> Self {
        let mut page = self.clone();
        page.status = Status::Published;
        if let Value::Map(entries) = &mut page.fields.value {
            let kind = ScalarKind::Text;
            let value = Value::Scalar(Scalar { kind, text: "published".into() });
            match entries.iter_mut().find(|entry| &*entry.key == "status") {
                Some(entry) => entry.value.value = value,
                None => entries.push(Entry {
                    key: "status".into(),
                    key_span: page.opening,
                    value: Node { value, span: page.opening },
                }),
            }
        }
        // A section or a list that signs of Markdown stand for is not missing, whatever the status.
        page.findings.retain(|finding| matches!(finding.rule, Rule::StrayMarkup | Rule::RawHtml));
        page.findings
            .extend(schema::validate(&kind.shape, &page.fields, &page.whole(), &kind.article).findings);
        page
    }

    /// The Markdown of the field whose value is `node`.
    pub fn inline(&self, node: &Node) -> Option<&Body> {
        self.inlines.iter().find(|(span, _)| *span == node.span).map(|(_, body)| body)
    }

    /// The body, and every field that takes Markdown.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        std::iter::once(&self.body).chain(self.inlines.iter().map(|(_, body)| body))
    }

    /// The text of the field `key`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.fields.get(key).and_then(Node::as_text)
    }

    /// Whether the field `key` is `true`.
    pub fn is_set(&self, key: &str) -> bool {
        self.fields.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// The title; the id of a page whose title can't be read.
    pub fn title(&self) -> &str {
        self.text("title").unwrap_or(&self.key.id)
    }

    /// The version that is printed on the page.
    pub fn version(&self) -> Version {
        self.fields
            .get("version")
            .and_then(Node::as_written)
            .and_then(Version::parse)
            .unwrap_or(Version::FIRST)
    }

    /// The ids in the list `key`, each with its place.
    pub fn ids(&self, key: &str) -> impl Iterator<Item = (&str, Span)> {
        let node = self.fields.get(key);
        // A field may take one id or a list of them.
        let single = node.and_then(|node| Some((node.as_text()?, node.span)));
        let items = node.map_or(&[][..], Node::items);
        single.into_iter().chain(items.iter().filter_map(|item| Some((item.as_text()?, item.span))))
    }

    /// Whether the page speaks to clinicians, and so has no place on what patients take home.
    pub fn is_for_clinicians(&self) -> bool {
        self.text("audience") == Some("clinician")
    }

    /// The place of `span` in this page's file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.source.path, span)
    }

    /// Where a finding about the whole page is placed: at its front matter, or at its start.
    pub fn whole(&self) -> Place {
        self.place(self.opening)
    }

    /// The place of the value of the field `key`, or of the page as a whole.
    pub fn field_place(&self, key: &str) -> Place {
        self.fields.get(key).map_or_else(|| self.whole(), |node| self.place(node.span))
    }
}
