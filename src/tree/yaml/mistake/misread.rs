//! Values that YAML reads, but not as they look: cut off at a `#`, or in quotes of a word processor.

use super::value::{continues, quote};
use super::{Mistake, layout};
use std::ops::Range;

/// The pairs of quotes that a value can stand in, YAML's own first.
pub(super) const QUOTES: [(char, char); 9] = [
    ('"', '"'),
    ('\'', '\''),
    ('“', '”'),
    ('”', '”'),
    ('„', '“'),
    ('„', '”'),
    ('‘', '’'),
    ('«', '»'),
    ('»', '«'),
];

/// What is wrong with the plain value at `range`, which may be empty.
pub(in super::super) fn misread(text: &str, range: &Range<usize>) -> Option<Mistake> {
    cut(text, range).or_else(|| quoted(text, range)).or_else(|| strange_item(text, range.start))
}

/// A value that ends at a `#` which was hardly meant to begin a comment: one right before a number, or right before a
/// word where the value before it is a sentence or a name. An id, a number or a date needs nothing behind it.
///
/// With a blank behind it a `#` begins a comment as a rule, but not where it stands in the middle of a sentence.
fn cut(text: &str, range: &Range<usize>) -> Option<Mistake> {
    let at = layout::content_start(text, range.end);
    if layout::byte(text, at) != b'#' || at == 0 || !matches!(layout::byte(text, at - 1), b' ' | b'\t') {
        return None;
    }
    let value = text.get(range.clone())?;
    let next = text.get(at + 1..)?.chars().next()?;
    let is_words = value.is_empty() || value.contains(|c: char| c.is_whitespace() || c.is_uppercase());
    let is_apart = next == ' ' && is_in_sentence(text, value, at);
    if !(is_apart || next.is_ascii_digit() || next.is_alphabetic() && is_words) {
        return None;
    }
    let start = if value.is_empty() { at } else { range.start };
    let end = start + text.get(start..layout::line_end(text, start))?.trim_end().len();
    let message = match value {
        "" => "the value begins with `#`, and so is read as a comment",
        _ => "the value ends here, because ` #` begins a comment",
    };
    let quoted = quote(text.get(start..end)?);
    let comment = match is_apart {
        true => "write a comment on a line of its own",
        false => "for a comment, put a blank behind the `#`",
    };
    let help = format!("put the value in quotes; {comment}");
    let is_one_line = layout::line_start(text, range.start) == layout::line_start(text, at);
    if !is_one_line
        || continues(text, layout::line_start(text, at))
        || text.get(start..end)?.contains(['"', '\''])
    {
        return Some(Mistake::new(at..at + 1, message, help));
    }
    let help = format!("put the value in quotes: `{quoted}`; {comment}");
    Some(Mistake::new(at..at + 1, message, help).fix(start..end, quoted))
}

/// Whether the `#` at `at`, which follows `value`, stands in the middle of a sentence: one blank and no end of a
/// sentence before it, and words on both sides.
fn is_in_sentence(text: &str, value: &str, at: usize) -> bool {
    /// Fewer words are a name, and what follows them as likely a remark.
    const WORDS: usize = 3;
    let hidden = text.get(at + 1..layout::line_end(text, at)).unwrap_or("");
    let is_begun = !value.ends_with(['.', '!', '?', '…', ':', ';', ')']);
    let is_one_blank = !text.get(..at).is_some_and(|before| before.ends_with("  "));
    let goes_on = hidden.trim_start().starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    value.split_whitespace().count() >= WORDS && is_begun && is_one_blank && goes_on
}

/// A value that stands in quotes of a word processor from its first character to its last.
fn quoted(text: &str, range: &Range<usize>) -> Option<Mistake> {
    let value = text.get(range.clone())?;
    let (open, close) = QUOTES.into_iter().skip(2).find(|(open, close)| {
        let inner = value.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.is_empty() && !inner.contains([*open, *close]))
    })?;
    let message = format!("`{open}` and `{close}` are no quotes of YAML, and would be shown");
    let mistake = |help: String| Mistake::new(range.start..range.start + open.len_utf8(), message, help);
    if value.contains(['"', '\n', '\r']) {
        return Some(mistake(
            "write straight quotes; to show these, put straight ones around them".to_owned(),
        ));
    }
    let straight = quote(value);
    let help = format!("write `{straight}`; to show these quotes, write `\"{value}\"`");
    Some(mistake(help).fix(range.clone(), straight))
}

/// An item whose hyphen is none at `at`: an asterisk at the beginning of a line, a dash or bullet of a word processor, or a hyphen with a blank behind it that
/// keeps words together.
pub(in super::super) fn strange_item(text: &str, at: usize) -> Option<Mistake> {
    let mut signs = text.get(at..)?.chars();
    let (sign, next) = (signs.next()?, signs.next()?);
    let is_sign = match sign {
        '-' => next == '\u{a0}',
        '*' => next == ' ' && layout::content_start(text, layout::line_start(text, at)) == at,
        '–' | '—' | '−' | '‐' | '‑' | '•' | '·' | '▪' | '◦' | '●' | '\u{f0b7}' => {
            next.is_whitespace()
        }
        _ => false,
    };
    let message = match sign {
        '-' => "this begins no item, because the blank behind the hyphen is one that keeps words together"
            .to_owned(),
        _ => format!("`{sign}` begins no item of a list"),
    };
    let help = "begin each item with a hyphen and an ordinary blank";
    is_sign.then(|| Mistake::new(at..at + sign.len_utf8(), message, help))
}

/// A list or mapping in brackets that begins at `open` and has no end, because a ` #` on its line hides that.
pub(super) fn cut_in_brackets(text: &str, open: usize) -> Option<Mistake> {
    let end = layout::line_end(text, open);
    let at = layout::value_end(text, open);
    let at = layout::content_start(text, at);
    let hidden = text.get(at..end)?;
    let next = hidden.strip_prefix('#')?.chars().next()?;
    if !next.is_alphanumeric() || !hidden.contains([']', '}']) {
        return None;
    }
    let message = "the line ends here, because ` #` begins a comment";
    let help = "put the item in quotes; for a comment, put it behind the closing bracket, with a blank behind the `#`";
    Some(Mistake::new(at..at + 1, message, help))
}
