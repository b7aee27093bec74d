//! Quotes around the values of TOML: those of print, those that lie in each other, and those that are missing.

use super::lines::{line_end, line_start};
use crate::source::Span;
use std::ops::Range;

/// The value in the quotes of print that begins at `range`, up to the closing one on its line.
pub(super) fn in_print(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let line = text.get(range.start..line_end(text, range.start))?;
    let inside = line.strip_prefix(['“', '„', '‘'])?;
    let (closing, length) = inside
        .char_indices()
        .rfind(|(_, c)| matches!(c, '”' | '“' | '’'))
        .map(|(at, c)| (at, c.len_utf8()))?;
    Some(range.start..range.start + (line.len() - inside.len()) + closing + length)
}

/// What stands behind a `#` in place of a value, up to the end of the line or the next blank: a colour, or a word.
pub(super) fn hidden(text: &str, range: &Range<usize>) -> Option<Span> {
    let line = text.get(range.start..line_end(text, range.start))?;
    let value = line.trim_start();
    let start = range.start + line.len() - value.len();
    let value = value.split(char::is_whitespace).next()?;
    let is_value = value.strip_prefix('#')?.starts_with(char::is_alphanumeric);
    is_value.then(|| Span::new(start, start + value.len()))
}

/// The value on the line of `at` that holds quotes of its own kind inside of its quotes, and how to write it.
pub(super) fn doubly_quoted(text: &str, at: usize) -> Option<(Span, String)> {
    let start = line_start(text, at);
    let line = text.get(start..line_end(text, at))?;
    let (name, value) = line.split_once('=')?;
    let blanks = value.len() - value.trim_start().len();
    let value = value.trim();
    let inner = ['"', '\''].into_iter().find_map(|quote| {
        value
            .strip_prefix(quote)?
            .strip_suffix(quote)
            .filter(|inner| inner.contains(quote) && !inner.contains(['\\', '#']))
    })?;
    let start = start + name.len() + 1 + blanks;
    Some((Span::new(start, start + value.len()), quote(inner)))
}

/// `value` in quotes, as TOML reads it.
pub(super) fn quote(value: &str) -> String {
    let is_plain = !value.contains(['"', '\\']) || value.contains('\'');
    if is_plain {
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        format!("'{value}'")
    }
}
