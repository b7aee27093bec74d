//! YAML text to a tree: the core schema of YAML 1.2, one document, no anchors, aliases, merge keys or tags.

mod builder;
mod layout;
mod mistake;
#[cfg(test)]
mod oracle;
mod scalar;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::source::SitePath;
use crate::tree::Node;
use builder::Builder;
use saphyr_parser::Parser;

/// The parser's words for an alias whose anchor does not exist. It has read the alias, and can go on.
const UNKNOWN_ANCHOR: &str = "while parsing node, found unknown anchor";

/// The parser's words for a control character, which the reader of the file has reported already.
const CONTROL_CHARACTER: &str = "found unprintable character";

/// Reads `text`, which begins `offset` bytes into the file at `path`.
///
/// Text without a value is an empty mapping. There is no tree if the text is not YAML; what is wrong is one
/// finding then, at the place of the mistake rather than where it confuses the parser.
pub fn parse(text: &str, path: &SitePath, offset: usize) -> (Option<Node>, Vec<Diagnostic>) {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let text = text.get(mark..).unwrap_or(text);
    let mut builder = Builder::new(text, path, offset + mark);
    let offsets = Offsets::new(text);
    let mut parser = Parser::new_from_str(text);
    let mut outcome = Ok(());
    while let Some(event) = parser.next_event() {
        outcome = match event {
            Ok((event, span)) => {
                builder.take(event, offsets.byte(span.start.index())..offsets.byte(span.end.index()))
            }
            Err(error) if error.info() == UNKNOWN_ANCHOR => {
                builder.alias(offsets.byte(error.marker().index()));
                Ok(())
            }
            Err(error) if error.info() == CONTROL_CHARACTER => return (None, builder.findings()),
            Err(error) => Err(mistake::explain(text, error.info(), offsets.byte(error.marker().index()))),
        };
        if outcome.is_err() {
            break;
        }
    }
    match outcome {
        Ok(()) => builder.finish(),
        Err(mistake) => (None, builder.fail(mistake)),
    }
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
