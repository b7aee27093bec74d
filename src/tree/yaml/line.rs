//! The lines of text that is taken apart, and what may be names in them.

use super::layout;
use std::ops::Range;

/// A line that is neither blank nor a comment.
pub(super) struct Line {
    pub(super) start: usize,
    /// Where it goes on after its indentation. A tab is no indentation.
    pub(super) content: usize,
    /// How many spaces it is indented by; more than any other line if a tab or a space of another kind is among them.
    /// However far that reaches, the line was meant to belong to the ones above.
    pub(super) column: usize,
    /// Whether it begins or ends a document.
    pub(super) is_marker: bool,
}

/// The lines of `text`.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut next = Some(0);
    while let Some(start) = next {
        next = layout::next_line(text, start);
        if layout::has_content(text, start) {
            let line = text.get(start..layout::line_end(text, start)).unwrap_or("");
            let spaces = line.len() - line.trim_start_matches(' ').len();
            let column = if line[spaces..].starts_with(char::is_whitespace) { usize::MAX } else { spaces };
            let after = line.strip_prefix("---").or_else(|| line.strip_prefix("..."));
            let is_marker = after.is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t']));
            lines.push(Line { start, content: start + spaces, column, is_marker });
        }
    }
    lines
}

/// The lines of `text`, without those that belong to a text over several lines behind `|` or `>`.
pub(super) fn structural(text: &str) -> Vec<Line> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut block = None;
    let mut found = Vec::new();
    for mut line in lines(text.get(mark..).unwrap_or("")) {
        (line.start, line.content) = (line.start + mark, line.content + mark);
        if line.is_marker || block.is_some_and(|column| line.column > column) {
            continue;
        }
        let value = layout::key_colon(text, line.content).map(|colon| layout::content_start(text, colon + 1));
        let is_block = value.is_some_and(|value| matches!(layout::byte(text, value), b'|' | b'>'));
        block = is_block.then_some(line.column);
        found.push(line);
    }
    found
}

impl Line {
    /// What may be names in this line of `text`: its first word, and every word before a colon.
    pub(super) fn names(&self, text: &str) -> Vec<Range<usize>> {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let end = layout::line_end(text, self.start);
        let mut at = layout::key_start(text, self.start);
        let mut names = Vec::new();
        let mut is_first = true;
        while let Some(found) = text.get(at..end).and_then(|rest| rest.find(is_word)) {
            let start = at + found;
            let rest = text.get(start..end).unwrap_or("");
            at = start + rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            if is_first || layout::byte(text, at) == b':' {
                names.push(start..at);
            }
            is_first = false;
        }
        names
    }
}
