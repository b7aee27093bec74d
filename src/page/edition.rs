//! A page as it was published: what of it makes a version, so that two releases can be compared.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Key;
use crate::clinical::Version;
use crate::front_matter;
use crate::input::Release;
use crate::schema::{ReviewDuty, Schemas};
use crate::source::{Source, Span};
use crate::tree::{Node, Value, yaml};

/// The fields that can change without a new version: who looked at the page and when, what it was called, how far it
/// is on its way, and what speaks of versions itself.
const ASIDE: [&str; 9] = [
    "last_reviewed",
    "reviewed_by",
    "review_every",
    "waive",
    "aliases",
    "codes",
    "status",
    "version",
    "changes",
];

/// A published page, with what a reader gets from it.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its version.
    pub version: Version,
    /// The line below the opening `---`, where a field can be added.
    pub first_line: Span,
    fields: Node,
    source: Source,
    body: usize,
}

/// What differs between two editions of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Whether the text below the front matter does.
    pub text: bool,
    /// The fields that do, in the order of the newer edition; those that are gone come last.
    pub fields: Vec<Box<str>>,
}

/// The editions of `release`. A page with a mistake that keeps it from being read has none.
pub fn editions(release: &Release) -> HashMap<Key, Edition> {
    let (schemas, _) = Schemas::with_site(&release.schemas, ReviewDuty::NotRequired);
    let edition = |source: &Source| {
        let key = super::key(&source.path, &schemas)?.ok()?;
        Some((key, Edition::read(source)?))
    };
    release.pages.par_iter().filter_map(edition).collect()
}

impl Edition {
    /// The edition that `source` holds; none where it is not published, or does not say so in a way that can be read.
    pub fn read(source: &Source) -> Option<Self> {
        let split = front_matter::split(source).ok()?;
        let start = split.yaml.start as usize;
        let (fields, _) = yaml::parse(split.yaml.of(&source.text), &source.path, start);
        let fields =
            fields.filter(|fields| fields.get("status").and_then(Node::as_text) == Some("published"))?;
        let version = match fields.entry("version") {
            Some(entry) => Version::parse(entry.value.as_written()?)?,
            None => Version::FIRST,
        };
        let first_line = Span::new(start, start);
        Some(Self { version, first_line, fields, source: source.clone(), body: split.body })
    }

    /// Whether `source` is the same to the byte.
    pub fn is(&self, source: &Source) -> bool {
        self.source.text == source.text
    }

    /// What differs in `newer`.
    pub fn changes(&self, newer: &Self) -> Changes {
        let (old, new) = (&self.fields, &newer.fields);
        let gone = old.entries().iter().filter(|entry| new.entry(&entry.key).is_none());
        let names = new.entries().iter().chain(gone).map(|entry| &entry.key);
        let facts = names.filter(|name| !ASIDE.contains(&&***name));
        Changes {
            text: !same_lines(self.body(), newer.body()),
            fields: facts.filter(|name| !same_field(old.get(name), new.get(name))).cloned().collect(),
        }
    }

    fn body(&self) -> &str {
        self.source.text.get(self.body..).unwrap_or_default()
    }
}

/// Whether a field says the same. A value that is nothing is as good as none.
fn same_field(old: Option<&Node>, new: Option<&Node>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => same(old, new),
        (None, None) => true,
        (Some(only), None) | (None, Some(only)) => matches!(only.value, Value::Refused),
    }
}

/// Whether two values say the same, however they are written. What could not be read may say anything.
fn same(old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Refused, _) | (_, Value::Refused) => true,
        (Value::Scalar(old), Value::Scalar(new)) => same_lines(&old.text, &new.text),
        (Value::List(old), Value::List(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
        }
        (Value::Map(entries), Value::Map(others)) => {
            entries.iter().chain(others).all(|entry| same_field(old.get(&entry.key), new.get(&entry.key)))
        }
        _ => false,
    }
}

/// Whether two texts are the same but for blanks at the ends of lines, the way in which lines end, and empty lines
/// above and below.
fn same_lines(old: &str, new: &str) -> bool {
    fn lines(text: &str) -> impl Iterator<Item = &str> {
        text.trim_end().lines().map(str::trim_end).skip_while(|line| line.is_empty())
    }
    lines(old).eq(lines(new))
}
