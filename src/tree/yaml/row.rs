//! The lines of YAML that give it its structure: what begins on each, and in which column.

use super::layout;
use super::line::structural;
use super::mistake;
use std::ops::Range;

/// A line that is neither blank nor a comment, nor a line of a text behind `|` or `>`.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// Where the line begins.
    pub start: usize,
    /// Where it ends, without what ends it.
    pub end: usize,
    /// Where it goes on after its blanks: at its hyphen, if it has one.
    pub content: usize,
    /// Whether it begins an item of a list.
    pub is_item: bool,
    /// Where its name begins; its value, if it has no name.
    pub name_at: usize,
    /// The name of the field on it, if it is one of letters, digits, hyphens and underscores.
    pub name: Option<&'t str>,
}

impl Row<'_> {
    /// How many blanks it begins with.
    pub fn column(&self) -> usize {
        self.content - self.start
    }

    /// The column in which its name begins.
    pub fn name_column(&self) -> usize {
        self.name_at - self.start
    }

    /// Where its name stands; the hyphen, if it has none.
    pub fn place(&self) -> Range<usize> {
        match self.name {
            Some(name) => self.name_at..self.name_at + name.len(),
            None => self.content..self.content + 1,
        }
    }
}

/// The rows of `text`. Lines that are indented with tabs, or with blanks of another kind, are none.
pub fn rows(text: &str) -> Vec<Row<'_>> {
    let row = |line: super::line::Line| {
        let name_at = layout::key_start(text, line.start);
        let name = layout::name(text, name_at).and_then(|(range, _)| text.get(range));
        Row {
            start: line.start,
            end: layout::line_end(text, line.start),
            content: line.content,
            is_item: layout::is_item(text, line.content),
            name_at,
            name: name.filter(|name| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))),
        }
    };
    structural(text).into_iter().filter(|line| line.column != usize::MAX).map(row).collect()
}

/// The bytes of what looks like the hyphen of an item at `at` and is none, with the blank behind it, and what is said
/// about it: message and help.
pub fn strange_hyphen(text: &str, at: usize) -> Option<(Range<usize>, String, String)> {
    let mistake = mistake::strange_item(text, at)?;
    let blank = text.get(mistake.range.end..)?.chars().next()?;
    Some((mistake.range.start..mistake.range.end + blank.len_utf8(), mistake.message, mistake.help))
}
