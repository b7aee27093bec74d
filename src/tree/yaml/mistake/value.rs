//! Mistakes in values: quotes, brackets, and characters that a value can't begin with.

use super::misread::strange_item;
use super::{AFTER_BRACKET, AFTER_QUOTE, COLON_IN_VALUE, Mistake, generic};
use crate::tree::yaml::layout::{self, Nesting};
use std::ops::Range;

pub(super) fn unclosed_quote(text: &str, open: usize) -> Mistake {
    let quote = char::from(layout::byte(text, open));
    let help = format!("close it with `{quote}` at the end of the value");
    let mistake = Mistake::new(open..open + 1, "the quote is never closed", help);
    let line = layout::line_start(text, open);
    let end = open + text.get(open..layout::line_end(text, open)).unwrap_or("").trim_end().len();
    let rest = text.get(open + 1..end).unwrap_or("");
    if layout::value_start(text, line) == open && !rest.contains([quote, '\\']) && !continues(text, line) {
        return mistake.fix(end..end, quote);
    }
    mistake
}

/// A quoted value over several lines, of which one is indented too little; or a quote that was never closed.
pub(super) fn quote_over_lines(text: &str, open: usize) -> Mistake {
    let Some(end) = layout::quoted_end(text, open) else { return unclosed_quote(text, open) };
    let first = layout::line_start(text, open);
    let column = layout::key_start(text, first) - first;
    let mut too_far_left = None;
    let mut next = layout::next_line(text, open).filter(|line| *line < end);
    while let Some(line) = next {
        let start = layout::content_start(text, line);
        if layout::is_field(text, start) {
            return unclosed_quote(text, open);
        }
        if start - line <= column && start < layout::line_end(text, start) {
            too_far_left = too_far_left.or(Some(start));
        }
        next = layout::next_line(text, line).filter(|line| *line < end);
    }
    let start = too_far_left.unwrap_or(open);
    Mistake::new(
        start..layout::value_end(text, start),
        "this line belongs to the quoted value above, but is not indented",
        "begin it with two more spaces than the field",
    )
}

pub(super) fn after_quote(text: &str, at: usize) -> Mistake {
    let nesting = Nesting::at(text, at);
    let (open, close) = nesting.quoted.unwrap_or((at, at));
    let line = layout::line_start(text, at);
    if layout::line_start(text, open) != line {
        return unclosed_quote(text, open);
    }
    if !nesting.brackets.is_empty() {
        return in_brackets(text, at);
    }
    if layout::value_start(text, line) != open {
        return generic(text, at);
    }
    let start = layout::content_start(text, close);
    let range = start..layout::value_end(text, start);
    needs_quotes(text, open, range, AFTER_QUOTE)
}

pub(super) fn escape(text: &str, open: usize) -> Mistake {
    let mut at = open + 1;
    while let Some(slash) = text.get(at..).and_then(|rest| rest.find('\\')) {
        at += slash;
        let hexadecimal = match layout::byte(text, at + 1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'0' | b'a' | b'b' | b't' | b'\t' | b'n' | b'v' | b'f' | b'r' | b'e' | b' ' | b'"' | b'/'
            | b'\\' | b'N' | b'_' | b'L' | b'P' | b'\r' => 0,
            b'\n' if at + 1 < text.len() => 0,
            _ => break,
        };
        let digits = text.get(at + 2..at + 2 + hexadecimal).unwrap_or("-");
        let is_character = u32::from_str_radix(digits, 16).is_ok_and(|code| char::from_u32(code).is_some());
        if hexadecimal > 0 && !is_character {
            break;
        }
        at += 2 + hexadecimal;
    }
    let end = text.get(at..).and_then(|rest| rest.char_indices().nth(2)).map_or(text.len(), |(i, _)| at + i);
    let end = end.min(layout::line_end(text, at));
    let sign = text.get(at..end).unwrap_or("\\");
    Mistake::new(
        at..end,
        format!("`{sign}` means nothing between double quotes"),
        "write `\\\\` for a backslash, or use single quotes",
    )
}

pub(super) fn closing_bracket(text: &str, at: usize) -> Mistake {
    let bracket = char::from(layout::byte(text, at));
    let line = layout::line_start(text, at);
    let value = layout::value_start(text, line);
    let message = format!("`{bracket}` closes nothing");
    if value == at || layout::key_start(text, line) == value {
        return needs_quotes(text, value, at..at + 1, message);
    }
    Mistake::new(at..at + 1, message, "delete it, or put the value in quotes")
}

pub(super) fn no_beginning(text: &str, at: usize) -> Mistake {
    let first = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    if let Some(mistake) = strange_item(text, at) {
        return mistake;
    }
    let message = match first {
        '[' => AFTER_BRACKET.to_owned(),
        '{' => "a value that begins with `{` ends with its closing bracket".to_owned(),
        '`' => "a value can't begin with a backtick".to_owned(),
        _ => format!("a value can't begin with `{first}`"),
    };
    needs_quotes(text, at, at..at + first.len_utf8(), message)
}

/// A mistake that quotes around the value at `value` mend.
pub(super) fn needs_quotes(
    text: &str,
    value: usize,
    range: Range<usize>,
    message: impl Into<String>,
) -> Mistake {
    let nesting = Nesting::at(text, value);
    let end = match nesting.brackets.is_empty() {
        true => layout::value_end(text, value),
        false => layout::item_end(text, value),
    };
    let quoted = quote(text.get(value..end).unwrap_or(""));
    let mistake = Mistake::new(range, message, format!("put the value in quotes: `{quoted}`"));
    if continues(text, layout::line_start(text, value)) {
        return Mistake { help: "put the value in quotes".to_owned(), ..mistake };
    }
    mistake.fix(value..end, quoted)
}

/// `value` in quotes, those that it has already not doubled.
pub(super) fn quote(value: &str) -> String {
    let inner = super::misread::QUOTES
        .into_iter()
        .find_map(|(open, close)| value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)))
        .unwrap_or(value);
    if inner.contains(['"', '\\']) {
        format!("'{}'", inner.replace('\'', "''"))
    } else {
        format!("\"{inner}\"")
    }
}

/// Whether the line after the one at `line` is indented further, as one that continues a value is.
pub(super) fn continues(text: &str, line: usize) -> bool {
    let indent = layout::key_start(text, line) - line;
    layout::next_line(text, line)
        .and_then(|next| layout::content_line(text, next))
        .is_some_and(|next| layout::content_start(text, next) - next > indent)
}

/// Something wrong inside of brackets, or anywhere else that no other message is about.
pub(super) fn in_brackets(text: &str, at: usize) -> Mistake {
    let nesting = Nesting::at(text, at);
    let Some(open) = nesting.brackets.last().copied() else {
        return if layout::byte(text, at) == b',' { no_beginning(text, at) } else { generic(text, at) };
    };
    let closing = match layout::byte(text, open) {
        b'[' => ']',
        _ => '}',
    };
    let is_end = text.get(at..).is_none_or(|rest| rest.trim().is_empty());
    if is_end || layout::line_start(text, open) != layout::line_start(text, at) {
        if let Some(mistake) = super::misread::cut_in_brackets(text, open) {
            return mistake;
        }
        let opening = char::from(layout::byte(text, open));
        if is_end || !layout::is_closed(text, open) {
            let help = format!("close it with `{closing}`");
            return Mistake::new(open..open + 1, format!("`{opening}` is never closed"), help);
        }
        let line = layout::line_start(text, at);
        if layout::content_start(text, line) == at && layout::content_line_before(text, at).is_some() {
            return Mistake::new(
                at..layout::item_end(text, at).max(at + 1),
                format!(
                    "a comma is missing before this, or it is not indented as far as what `{opening}` holds"
                ),
                "put commas between items, and indent each line by two spaces",
            );
        }
    }
    match layout::byte(text, at) {
        b':' => Mistake::new(
            at..at + 1,
            COLON_IN_VALUE,
            "put the value in quotes, or a comma before the next name",
        ),
        b',' => Mistake::new(at..at + 1, "there is nothing before this comma", "delete it"),
        b']' | b'}' => Mistake::new(
            at..at + 1,
            format!("`{}` is closed by the wrong bracket", char::from(layout::byte(text, open))),
            format!("close it with `{closing}`"),
        ),
        _ => Mistake::new(
            at..layout::item_end(text, at).max(at + 1),
            "a comma is missing before this",
            "put commas between items, or put the whole value in quotes",
        ),
    }
}
