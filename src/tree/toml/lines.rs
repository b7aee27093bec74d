//! The lines of TOML: where they begin and end, values that go on over several of them, and comments of other
//! languages.

use crate::source::Span;
use std::ops::Range;

/// On how many lines below its first a value is looked for its closing quote.
const MAX_LINES: usize = 10;

/// The most parts that a dotted name is looked at with. The parser refuses names that have more.
pub(super) const MAX_PARTS: usize = 80;

/// The signs with which other languages begin a comment.
const COMMENTS: [&str; 4] = ["//", "/*", "--", ";"];

/// The value in quotes that opens at `open` and closes at the end of a line further down, none of the lines below being
/// one of its own.
pub(super) fn over_lines(text: &str, open: Span) -> Option<Range<usize>> {
    let start = open.start as usize;
    let quote = text.get(start..)?.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut at = start + 1;
    for (number, line) in text.get(at..)?.split_inclusive('\n').take(1 + MAX_LINES).enumerate() {
        let words = line.trim();
        if number > 0 && (words.starts_with('[') || line.contains(" = ")) {
            return None;
        }
        if let Some(close) = line.find(quote) {
            let is_last = line.trim_end().len() == close + 1;
            return (number > 0 && is_last).then_some(start..at + close + 1);
        }
        at += line.len();
    }
    None
}

/// The sign of a comment in another language, where the parser stumbled at `at`: at the beginning of its line, or behind
/// a value.
pub(super) fn foreign_comment(text: &str, at: usize) -> Option<Range<usize>> {
    let start = line_start(text, at);
    let line = text.get(start..line_end(text, at))?;
    let first = start + line.len() - line.trim_start().len();
    let sign = |at: usize| {
        let rest = text.get(at..)?;
        let sign = COMMENTS.into_iter().find(|sign| rest.starts_with(sign))?;
        Some(at..at + sign.len())
    };
    sign(first).or_else(|| sign(at))
}

/// The lines below the header of a table whose name stands at `range`, up to the next header.
pub(super) fn below_header(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let start = line_start(text, range.start);
    if !text.get(start..range.start)?.trim_start().starts_with('[') {
        return None;
    }
    let from = line_end(text, range.start);
    let lines = text.get(from..)?.split_inclusive('\n');
    let length: usize = lines.take_while(|line| !line.trim_start().starts_with('[')).map(str::len).sum();
    Some(from..from + length)
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| at + length)
}

/// The first name of too many parts.
pub(super) fn long_name(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let name = line.split('=').next().unwrap_or(line).trim_end();
        if name.split('.').count() > MAX_PARTS {
            return Some(start..start + name.len());
        }
        start += line.len();
    }
    None
}
