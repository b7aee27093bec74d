//! YAML text to a tree: the core schema of YAML 1.2, one document, no anchors, aliases, merge keys or tags.

mod astray;
mod builder;
mod changed;
mod ids;
mod layout;
mod line;
mod mistake;
#[cfg(test)]
mod oracle;
mod recovery;
mod row;
mod scalar;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};
use crate::tree::{Entry, Node, Value};
use builder::Builder;
pub use changed::{Changed, Edit};
pub use mistake::{AFTER_BRACKET, AFTER_QUOTE, COLON_IN_VALUE, NAMELESS_ITEM};
pub use row::{Row, rows, strange_hyphen};
use saphyr_parser::Parser;
use std::ops::Range;

/// The parser's words for an alias whose anchor does not exist. It has read the alias, and can go on.
const UNKNOWN_ANCHOR: &str = "while parsing node, found unknown anchor";

/// The parser's words for a control character, which the reader of the file has reported already.
const CONTROL_CHARACTER: &str = "found unprintable character";

/// Reads `text`, which begins `offset` bytes into the file at `path`.
///
/// Text without a value is an empty mapping. What is wrong is one finding for each mistake, at its place rather than
/// where it confuses the parser. Past a mistake the text is read on: the field that holds it is refused, and all
/// others are there. There is no tree if nothing can be told of any field.
pub fn parse(text: &str, path: &SitePath, offset: usize) -> (Option<Node>, Vec<Diagnostic>) {
    whole(text, path, offset, |entries, _| entries)
}

/// Whether `finding` says that lines don't stand as they should, and no more: what the parser missed may be elsewhere.
pub fn is_vague(finding: &Diagnostic) -> bool {
    let message = finding.message.as_str();
    message == mistake::MISALIGNED
        || message.ends_with(mistake::TOO_FAR)
        || (message == COLON_IN_VALUE && finding.fix.is_none())
}

/// Takes from `findings`, which are those about `fields`, each about a field that stands right below one of `astray` and
/// further in: it stands where it should, and the one above it does not.
pub fn forgive_below(fields: &Node, astray: &[Span], findings: &mut Vec<Diagnostic>) {
    findings.retain(|finding| {
        let at = finding.place.span.start;
        let is_above = |entry: &&Entry| entry.key_span.start < at;
        let above = fields.entries().iter().rfind(is_above).map(|entry| entry.key_span);
        !finding.message.ends_with(mistake::TOO_FAR) || above.is_none_or(|above| !astray.contains(&above))
    });
}

/// Reads `text`, the whole of the register at `path`, whose entries can have the fields `fields`.
///
/// As [`parse`], and what stands in the wrong column is taken to where it belongs: fields at the left edge to the entry
/// above them, and ids that are indented to the left edge. Each such entry is one finding, and so is an id without a
/// colon.
pub fn register(text: &str, path: &SitePath, fields: &[&str]) -> (Option<Node>, Vec<Diagnostic>) {
    let read = |text: &str| {
        let is_field = |key: &str| fields.contains(&key);
        whole(text, path, 0, |entries, findings| astray::gather(entries, path, is_field, findings))
    };
    match ids::right(text, path, fields) {
        None => read(text),
        Some(righted) => {
            let found = read(&righted.changed.text);
            righted.restore(found)
        }
    }
}

fn whole(
    text: &str,
    path: &SitePath,
    offset: usize,
    arrange: impl FnOnce(Vec<Entry>, &mut Vec<Diagnostic>) -> Vec<Entry>,
) -> (Option<Node>, Vec<Diagnostic>) {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let part = Part { text: text.get(mark..).unwrap_or(text), path, offset: offset + mark };
    let Reading { root, flaw, mut findings } = read(part);
    let mut root = match root {
        Some(root) if root.is_null() => Node::empty_map(part.span(0..0)),
        Some(root) => root,
        None => {
            let recovered = recovery::recover(part, flaw);
            findings = recovered.findings;
            recovered.node
        }
    };
    if let Value::Map(entries) = &mut root.value {
        let arranged = arrange(std::mem::take(entries), &mut findings);
        *entries = builder::without_duplicates(arranged, path, &mut findings);
    }
    findings.sort_by_key(|finding| finding.place.span);
    (Some(root).filter(|root| root.value != Value::Refused), findings)
}

/// A part of a file.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    path: &'a SitePath,
    /// How many bytes into the file it begins.
    offset: usize,
}

impl Part<'_> {
    /// The part of this part at `range`.
    fn slice(self, range: Range<usize>) -> Self {
        Part { text: self.text.get(range.clone()).unwrap_or(""), offset: self.offset + range.start, ..self }
    }

    /// The span of whole characters that `range` of its text touches.
    fn span(self, range: Range<usize>) -> Span {
        let start = self.text.floor_char_boundary(range.start);
        Span::new(start + self.offset, self.text.ceil_char_boundary(range.end.max(start)) + self.offset)
    }
}

/// What the parser made of a part.
struct Reading {
    /// Its value; none where it is not YAML.
    root: Option<Node>,
    /// Why it is not YAML, unless the reader of the file has told that.
    flaw: Option<Diagnostic>,
    /// What else is wrong with it.
    findings: Vec<Diagnostic>,
}

/// Reads `part` up to the first mistake.
fn read(part: Part<'_>) -> Reading {
    let text = part.text;
    let mut builder = Builder::new(part);
    let offsets = Offsets::new(text);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let outcome = match event {
            Ok((event, span)) => {
                builder.take(event, offsets.byte(span.start.index())..offsets.byte(span.end.index()))
            }
            Err(error) if error.info() == UNKNOWN_ANCHOR => {
                builder.alias(offsets.byte(error.marker().index()));
                Ok(())
            }
            Err(error) if error.info() == CONTROL_CHARACTER => return builder.give_up(),
            Err(error) => Err(mistake::explain(text, error.info(), offsets.byte(error.marker().index()))),
        };
        if let Err(mistake) = outcome {
            return builder.fail(mistake);
        }
    }
    builder.finish()
}

/// From the parser's offsets, which count characters, to bytes.
struct Offsets {
    /// The byte of each character and of the end; none where characters are bytes.
    bytes: Option<Vec<usize>>,
    end: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let bytes = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).collect());
        Self { bytes, end: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(character).copied().unwrap_or(self.end),
            None => character.min(self.end),
        }
    }
}
