//! A file's text, the byte ranges in it, and the lines and columns they stand for.

use std::fmt;
use std::sync::Arc;

/// A path relative to the site's root, with `/` between its parts on every system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Takes `path` as it is: the caller has made it relative and put `/` between its parts.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `/`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Everything before the last `/`, empty for a file at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A range of bytes in a whole file, front matter and byte order mark included; the end is exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`. Offsets past `u32::MAX` are cut there; no file that large is read.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end.max(start)) }
    }

    /// The span as a range of offsets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that the span covers, empty where it lies outside of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Where `part` stands in what the span covers of `text`, so that quotes around it are left out.
    pub fn find(self, part: &str, text: &str) -> Option<Self> {
        let start = self.start as usize + self.of(text).find(part)?;
        Some(Self::new(start, start + part.len()))
    }

    /// The span moved right by `offset` bytes.
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset, self.end as usize + offset)
    }
}

/// A value, and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A file's text under its path.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it lies.
    pub path: SitePath,
    /// Its whole text, valid UTF-8, byte order mark included.
    pub text: Arc<str>,
}

/// A place as people count: both numbers start at 1, columns count Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

/// The starts of a text's lines, to turn byte offsets into positions.
///
/// A line ends with `\n`, `\r\n` or a lone `\r`, as in `CommonMark`. A byte order mark has no width.
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters begin before each multiple of `STEP` bytes. Without it, many positions in one
    /// very long line would each count the line from its start.
    counts: Vec<usize>,
}

/// Bytes between two entries of [`LineIndex::counts`].
const STEP: usize = 1024;

impl<'a> LineIndex<'a> {
    /// Finds every line of `text`.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' => starts.push(i + 1),
                b'\r' if bytes.get(i + 1) != Some(&b'\n') => starts.push(i + 1),
                _ => {}
            }
        }
        let mut counts = vec![0];
        let mut count = 0;
        for chunk in bytes.chunks(STEP) {
            count += characters(chunk);
            counts.push(count);
        }
        Self { text, starts, counts }
    }

    /// The text that was indexed.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The bytes of the line with the number `line`, counted from 1, without what ends it; empty at the end
    /// of the text for a line that is not there.
    pub fn line(&self, line: usize) -> std::ops::Range<usize> {
        let bound = |line: usize| self.starts.get(line).copied().unwrap_or(self.text.len());
        let (start, end) = (bound(line.saturating_sub(1)), bound(line));
        start..start + self.text[start..end].trim_end_matches(['\r', '\n']).len()
    }

    /// The number of the line that holds the byte at `offset`; an offset past the end stands for the end.
    pub fn line_number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The position of the byte at `offset`; an offset past the end stands for the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary(offset as usize);
        let line = self.line_number(offset);
        let start = self.starts[line.saturating_sub(1)];
        let mark = start == 0 && offset > 0 && self.text.starts_with('\u{feff}');
        let before = self.characters_before(offset) - self.characters_before(start) - usize::from(mark);
        Position { line, column: before + 1 }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        self.counts[step] + characters(&self.text.as_bytes()[step * STEP..offset])
    }
}

/// How many characters of UTF-8 begin in `bytes`.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Whether `character` is one that no text needs, and that neither HTML nor XML can hold.
pub fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => character.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: u32) -> (usize, usize) {
        let position = LineIndex::new(text).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters_and_not_bytes() {
        assert_eq!(at("äöü: x", 8), (1, 6));
    }

    #[test]
    fn a_windows_line_ending_is_one_line_ending() {
        assert_eq!(at("a\r\nb\r\nc", 6), (3, 1));
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        assert_eq!(at("a\rb", 2), (2, 1));
    }

    #[test]
    fn a_byte_order_mark_has_no_width() {
        assert_eq!(at("\u{feff}ab", 4), (1, 2));
        assert_eq!(at("\u{feff}ab\nc", 6), (2, 1));
    }

    #[test]
    fn an_offset_past_the_end_stands_for_the_end() {
        assert_eq!(at("ab\n", 99), (2, 1));
        assert_eq!(at("", 0), (1, 1));
    }

    #[test]
    fn a_column_far_into_a_long_line_counts_every_character_before_it() {
        let text = format!("x\n{}", "ä".repeat(5000));
        for n in [0, 1, 511, 512, 513, 4999, 5000] {
            assert_eq!(at(&text, 2 + 2 * n), (2, 1 + n as usize));
        }
    }

    #[test]
    fn a_line_is_given_without_its_ending() {
        let text = "ab\r\nc\r\nd\r\n";
        let index = LineIndex::new(text);
        let lines: Vec<&str> = (1..=5).map(|line| &text[index.line(line)]).collect();
        assert_eq!(lines, ["ab", "c", "d", "", ""]);
    }
}
