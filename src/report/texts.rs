//! The texts that findings point into, each read and indexed once.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Sources;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{LineIndex, Position, SitePath, Span};

/// The texts of all files that some findings name.
pub(super) struct Texts<'a>(BTreeMap<&'a SitePath, Arc<str>>);

impl<'a> Texts<'a> {
    /// Asks `sources` once for each file that `findings` name.
    pub(super) fn of(findings: impl IntoIterator<Item = &'a Diagnostic>, sources: &dyn Sources) -> Self {
        let mut texts: BTreeMap<&SitePath, Option<Arc<str>>> = BTreeMap::new();
        for finding in findings {
            for place in std::iter::once(&finding.place).chain(finding.related.iter().map(|it| &it.place)) {
                texts.entry(&place.path).or_insert_with(|| sources.text(&place.path));
            }
        }
        Self(texts.into_iter().filter_map(|(path, text)| Some((path, text?))).collect())
    }

    /// The lines of each text.
    pub(super) fn index(&self) -> Lines<'_> {
        Lines(self.0.iter().map(|(path, text)| (*path, LineIndex::new(text))).collect())
    }
}

/// The lines of all files that some findings name.
pub(super) struct Lines<'a>(BTreeMap<&'a SitePath, LineIndex<'a>>);

impl<'a> Lines<'a> {
    /// The lines of the file at `path`; none where it can't be read as text.
    pub(super) fn file(&self, path: &SitePath) -> Option<&LineIndex<'a>> {
        self.0.get(path)
    }

    /// Where `place` begins and ends; none where its file can't be read as text.
    pub(super) fn region(&self, place: &Place) -> Option<Region> {
        let index = self.file(&place.path)?;
        let end = place.span.end.max(place.span.start);
        Some(Region { start: index.position(place.span.start), end: index.position(end) })
    }
}

/// A range of a text, as people count.
#[derive(Clone, Copy)]
pub(super) struct Region {
    pub(super) start: Position,
    /// Exclusive.
    pub(super) end: Position,
}

impl Region {
    /// What formats with a fixed shape say of a file that can't be read as text.
    pub(super) const UNKNOWN: Self =
        Self { start: Position { line: 1, column: 1 }, end: Position { line: 1, column: 1 } };
}

/// The bytes of `text` that `span` covers, whatever numbers it holds: inside of the text, the end not before
/// the start, and no character cut in two.
pub(super) fn clip(span: Span, text: &str) -> Range<usize> {
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary(span.end as usize);
    start..end.max(start)
}
