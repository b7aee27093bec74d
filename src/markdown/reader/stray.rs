//! Signs of Markdown that stayed plain characters, and what their author meant by them.
//!
//! Markdown has no mistakes: what it can't read is text, and a reader sees the signs. Here the text of each block is
//! looked through for signs that nobody puts into a sentence. What may well be meant as it stands is left alone: one
//! asterisk, a word in brackets, a line that begins with one dash.

use std::ops::Range;

use super::Reader;
use crate::diagnostic::Rule;
use crate::markdown::link::Citation;

mod addresses;
mod blocks;
mod braces;
mod brackets;
mod halves;
mod headings;
mod lines;
mod numbers;
mod placeholders;
mod signs;
mod tables;

pub(super) use lines::Glued;

/// What to do about a wiki link that names no page.
pub(super) const NO_PAGE: &str =
    "write the id of a page in it, as `[[pacing]]`; a box to tick off is `- [ ]`";

/// How far ahead the end of a link is looked for, in bytes: longer addresses are none that a person writes.
const AHEAD: usize = 2000;

/// Where a block of text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Spot {
    /// In a paragraph, or in a part of the page that is none of the others.
    #[default]
    Paragraph,
    /// At the beginning of a list's item.
    Item,
    /// At the beginning of a quotation.
    Quotation,
    /// In a heading.
    Heading,
    /// In a cell of a table.
    Cell,
}

/// What text stands in, within its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the block itself.
    Block,
    /// In the words of a link.
    Link,
}

/// Text between markup, to the letter as it stands in the file, on one line.
#[derive(Clone, Debug)]
pub(super) struct Run {
    range: Range<usize>,
    /// Whether its line begins with it.
    begins_line: bool,
    /// Whether its first character has a backslash before it, and so is no sign.
    is_escaped: bool,
    /// Whether it stands in the words of a link.
    is_link: bool,
}

/// The text of the block that is being read.
#[derive(Debug, Default)]
pub(super) struct Plain {
    runs: Vec<Run>,
    spot: Spot,
    /// Whether nothing of the item or quotation has come yet.
    is_fresh: bool,
    /// Whether nothing of the line has come yet.
    at_line_start: bool,
}

/// The mark of a note that is not there.
#[derive(Debug)]
pub(super) struct Mark {
    range: Range<usize>,
    begins_line: bool,
}

/// What may belong to something that stands elsewhere on the page.
#[derive(Debug, Default)]
pub(super) struct Loose {
    /// Words that are citations if they name a source.
    mentions: Vec<Range<usize>>,
    /// Marks of notes that are not there.
    marks: Vec<Mark>,
    /// References to the address of a link that is not there, and the name that each gives it.
    references: Vec<(Range<usize>, String)>,
}

/// Signs that are not what their author meant.
#[derive(Debug)]
pub(super) struct Stray {
    range: Range<usize>,
    message: String,
    help: String,
}

impl Stray {
    fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: help.into() }
    }
}

impl Plain {
    /// A block begins at `spot`; none where the block is a paragraph, which may be the first of an item.
    pub(super) fn begin(&mut self, spot: Option<Spot>) {
        self.at_line_start = true;
        match spot {
            Some(spot) => {
                self.spot = spot;
                self.is_fresh = matches!(spot, Spot::Item | Spot::Quotation);
            }
            None if self.is_fresh => {}
            None => self.spot = Spot::Paragraph,
        }
    }

    /// A new line of the block begins.
    pub(super) fn next_line(&mut self) {
        self.at_line_start = true;
    }

    /// Markup stands here.
    pub(super) fn markup(&mut self) {
        self.at_line_start = false;
    }

    /// The bytes `range` of `text` are shown as they are.
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>, place: Place) {
        let begins_line = std::mem::take(&mut self.at_line_start);
        if let Some(last) = self.runs.last_mut()
            && last.range.end == range.start
            && !begins_line
        {
            last.range.end = range.end;
            return;
        }
        let is_escaped = range.start > 0 && text.as_bytes().get(range.start - 1) == Some(&b'\\');
        self.runs.push(Run { range: range.clone(), begins_line, is_escaped, is_link: place == Place::Link });
    }
}

impl Reader<'_> {
    /// Judges the text of the block that ends here.
    pub(super) fn judge_plain(&mut self) {
        if self.plain.runs.is_empty() {
            return;
        }
        let runs = std::mem::take(&mut self.plain.runs);
        let spot = self.plain.spot;
        self.plain.is_fresh = false;
        let mut found = Vec::new();
        let mut loose = std::mem::take(&mut self.loose);
        let mut held = Signs::default();
        for run in &runs {
            let signs = Signs::of(self.text, run);
            held.0 |= signs.0;
            let told = found.len();
            if signs.has(Signs::BRACKETS) {
                brackets::find(self.text, run, spot, &mut found, &mut loose);
            }
            if signs.has(Signs::ADDRESSES) {
                addresses::find(self.text, run, told, &mut found);
            }
        }
        if held.has(Signs::EMPHASIS) {
            signs::find(self.text, &runs, &mut found);
        }
        if matches!(spot, Spot::Heading | Spot::Cell) {
            self.glued = None;
        } else {
            let place = lines::Context {
                spot,
                in_list: !self.lists.is_empty(),
                next: self.ended.as_ref().map(|(list, _)| list.next),
            };
            lines::find(self.text, &runs, place, &mut self.glued, &mut found);
        }
        self.stray_all(found);
        for range in loose.mentions.drain(..) {
            let id = self.text.get(range.clone()).unwrap_or("").into();
            let span = self.span(range);
            self.reading.body.mentions.push(Citation { id, span });
        }
        self.loose = loose;
        self.plain.runs = runs;
        self.plain.runs.clear();
    }

    /// Tells a wiki link at `range` that names no page.
    pub(super) fn stray_empty(&mut self, range: &Range<usize>) {
        self.stray(Stray::new(range.clone(), "this wiki link names no page", NO_PAGE));
    }

    fn stray_all(&mut self, strays: impl IntoIterator<Item = Stray>) {
        strays.into_iter().for_each(|stray| self.stray(stray));
    }

    fn stray(&mut self, stray: Stray) {
        let finding = self.finding(Rule::StrayMarkup, stray.range, stray.message).help(stray.help);
        self.reading.findings.push(finding);
    }
}

/// Which signs stand in a text. Nearly none has any, and one look at each byte says so.
#[derive(Clone, Copy, Default)]
struct Signs(u8);

impl Signs {
    /// Those that [`brackets`] looks at.
    const BRACKETS: u8 = 1;
    /// Those that [`addresses`] looks at.
    const ADDRESSES: u8 = 2;
    /// Those that [`signs`] looks at.
    const EMPHASIS: u8 = 4;

    /// What each byte is.
    const BYTES: [u8; 256] = {
        let mut bytes = [0; 256];
        let all: [(u8, &[u8]); 3] = [
            (Self::BRACKETS, brackets::SIGNS),
            (Self::ADDRESSES, addresses::SIGNS),
            (Self::EMPHASIS, signs::SIGNS),
        ];
        let mut kind = 0;
        while kind < all.len() {
            let (bit, signs) = all[kind];
            let mut at = 0;
            while at < signs.len() {
                bytes[signs[at] as usize] |= bit;
                at += 1;
            }
            kind += 1;
        }
        bytes
    };

    /// Those in `run` of `text`.
    fn of(text: &str, run: &Run) -> Self {
        let bytes = text.as_bytes().get(run.range.clone()).unwrap_or_default();
        Self(bytes.iter().fold(0, |signs, byte| signs | Self::BYTES[usize::from(*byte)]))
    }

    fn has(self, signs: u8) -> bool {
        self.0 & signs != 0
    }
}

/// The part of `run` of `text` in which a sign may stand: all but an escaped first character.
fn unescaped(text: &str, run: &Run) -> Range<usize> {
    let skipped = match run.is_escaped {
        true => text.get(run.range.clone()).and_then(|all| all.chars().next()).map_or(0, char::len_utf8),
        false => 0,
    };
    run.range.start + skipped..run.range.end
}

/// The character of `text` before `at`.
fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character of `text` at `at`.
fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// How long the id is that `text` begins with; 0 if it begins with none.
fn id_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return 0;
    }
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(text.len());
    text[..end].trim_end_matches(['-', '_']).len()
}
