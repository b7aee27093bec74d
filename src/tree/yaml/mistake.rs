//! What a person did wrong where the parser gave up: the place, the words and, where it is sure, the change.
//!
//! The parser stops where it can't go on, which is often after the mistake. Each of its messages is taken together
//! with the text around its place to find where the mistake itself is.

use super::layout::{self, Nesting};
use std::ops::Range;

/// One mistake in YAML text. All ranges are bytes of the text that was parsed.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) fix: Option<(Range<usize>, String)>,
}

impl Mistake {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: help.into(), fix: None }
    }

    fn fix(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.fix = Some((range, text.into()));
        self
    }
}

/// What is wrong where the parser stopped at `at` with the words `said`.
pub(super) fn explain(text: &str, said: &str, at: usize) -> Mistake {
    match said {
        "tabs disallowed within this context (block indentation)"
        | "tabs disallowed in this context"
        | "while scanning a plain scalar, found a tab"
        | "tab cannot be used as indentation"
        | "a block scalar content cannot start with a tab" => tab_from(text, at),
        "':' must be followed by a valid YAML whitespace"
        | "'-' must be followed by a valid YAML whitespace" => tab_before(text, at),
        "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator" => unclosed_quote(text, at),
        "invalid indentation in quoted scalar" => quote_over_lines(text, at),
        "invalid trailing content after double-quoted scalar" => after_quote(text, at),
        "while parsing a quoted scalar, found unknown escape character"
        | "while parsing a quoted scalar, did not find expected hexadecimal number"
        | "while parsing a quoted scalar, found invalid Unicode character escape code" => escape(text, at),
        "misplaced bracket" => closing_bracket(text, at),
        "mapping values are not allowed in this context" => colon(text, at),
        "simple key expect ':'" | "simple key expected" => not_a_field(text, at),
        "block sequence entries are not allowed in this context" => Mistake::new(
            at..at + 1,
            "a list can't begin on the line of its field",
            "begin each item on a line of its own, with `- `",
        ),
        "comment intercepting the multiline text" => Mistake::new(
            at..layout::line_end(text, at),
            "a comment can't stand inside of a value",
            "delete the comment, or put the value in quotes if `#` is part of it",
        ),
        "a byte order mark must not appear inside a document" => Mistake::new(
            at..at + '\u{feff}'.len_utf8(),
            "there is an invisible byte order mark inside of the text",
            "delete it, or write the line anew",
        ),
        "while parsing a block mapping, did not find expected key"
        | "while parsing a block collection, did not find expected '-' indicator"
        | "invalid indentation" => misaligned(text, at),
        "wrongly indented line in block scalar" => long_blank(text, at),
        "did not find expected <document start>" => no_document(text, at),
        "recursion limit exceeded" => too_deep(at),
        _ if begins_wrong(said) => no_beginning(text, at),
        _ => in_brackets(text, at),
    }
}

/// Whether the parser said that a value can't begin with its first character.
fn begins_wrong(said: &str) -> bool {
    said.starts_with("unexpected character")
        || said.starts_with("while scanning an anchor or alias")
        || said.starts_with("while scanning a tag")
        || said.starts_with("while parsing a tag")
        || said.starts_with("while scanning a verbatim tag")
        || said.starts_with("while scanning a block scalar")
        || said == "the handle wasn't declared"
        || said == "mapping keys are not allowed in this context"
        || said == "plain scalar cannot start with '-' followed by ,[]{}"
}

/// Lists and mappings are nested deeper than anybody writes by hand.
pub(super) fn too_deep(at: usize) -> Mistake {
    Mistake::new(at..at + 1, "lists and fields are nested more than 64 deep", "write it with fewer levels")
}

/// A tab in the indentation of the line at `line`.
pub(super) fn tab_in(text: &str, line: usize) -> Option<Mistake> {
    let indentation = text.get(line..layout::content_start(text, line))?;
    let tab = line + indentation.find('\t')?;
    Some(Mistake::new(tab..tab + 1, "a tab can't indent YAML", "use two spaces"))
}

fn tab_from(text: &str, at: usize) -> Mistake {
    let mut line = Some(layout::line_start(text, at));
    while let Some(start) = line {
        if let Some(mistake) = tab_in(text, start) {
            return mistake;
        }
        line = layout::next_line(text, start);
    }
    generic(text, at)
}

fn tab_before(text: &str, at: usize) -> Mistake {
    let before = text.get(..at).unwrap_or("");
    let start = before.trim_end_matches([' ', '\t']).len();
    Mistake::new(start..at, "a tab can't stand here", "use a space").fix(start..at, " ")
}

fn unclosed_quote(text: &str, open: usize) -> Mistake {
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
fn quote_over_lines(text: &str, open: usize) -> Mistake {
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

fn after_quote(text: &str, at: usize) -> Mistake {
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
    needs_quotes(text, open, range, "the value goes on after its closing quote")
}

fn escape(text: &str, open: usize) -> Mistake {
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

fn closing_bracket(text: &str, at: usize) -> Mistake {
    let bracket = char::from(layout::byte(text, at));
    let line = layout::line_start(text, at);
    let value = layout::value_start(text, line);
    let message = format!("`{bracket}` closes nothing");
    if value == at || layout::key_start(text, line) == value {
        return needs_quotes(text, value, at..at + 1, message);
    }
    Mistake::new(at..at + 1, message, "delete it, or put the value in quotes")
}

/// A colon where no name can end: in a value, or on a line that continues the one above.
fn colon(text: &str, at: usize) -> Mistake {
    let line = layout::line_start(text, at);
    let value = layout::value_start(text, line);
    if value <= at {
        let message = "a value that holds `: ` needs quotes";
        return needs_quotes(text, value, at..at + 1, message);
    }
    // The parser took the lines above for one value together with the name on this line.
    let mut above = None;
    let mut cursor = layout::content_line_before(text, line);
    while let Some(start) = cursor {
        let key = layout::key_start(text, start);
        if let Some(mistake) = glued(text, key) {
            return mistake;
        }
        above = above.or(Some(start));
        cursor = if layout::key_colon(text, key).is_some() || key > layout::content_start(text, start) {
            None
        } else {
            layout::content_line_before(text, start)
        };
    }
    let key = layout::content_start(text, line);
    if text.get(key..at).is_some_and(|name| name.contains(' ')) {
        let message = "a value that holds `: ` needs quotes";
        return Mistake::new(at..at + 1, message, "put the whole value in quotes");
    }
    match above {
        Some(above) if layout::content_start(text, above) - above == key - line => no_colon(text, above),
        Some(above) => too_far_right(text, key..at, above),
        None => generic(text, at),
    }
}

fn too_far_right(text: &str, name: Range<usize>, above: usize) -> Mistake {
    let start = layout::key_start(text, above);
    let sibling = layout::key_colon(text, start).and_then(|colon| text.get(start..colon));
    let help = match sibling {
        Some(sibling) => format!("begin it in the same column as `{sibling}`"),
        None => "begin it in the same column as the field above".to_owned(),
    };
    let message = format!("`{}` is indented too far", text.get(name.clone()).unwrap_or(""));
    Mistake::new(name, message, help)
}

/// A line that ought to be a field or an item, before the place where the parser missed it.
fn not_a_field(text: &str, at: usize) -> Mistake {
    match layout::content_line_before(text, at) {
        Some(line) => glued(text, layout::content_start(text, line)).unwrap_or_else(|| no_colon(text, line)),
        None => generic(text, at),
    }
}

fn no_colon(text: &str, line: usize) -> Mistake {
    let start = layout::content_start(text, line);
    let range = start..layout::value_end(text, start);
    Mistake::new(
        range,
        "this line has no name with a colon",
        "write it as `name: value`, or indent it if it belongs to the line above",
    )
}

/// A name or a hyphen at `at` that lacks the space after it.
fn glued(text: &str, at: usize) -> Option<Mistake> {
    if let Some(colon) = layout::glued_colon(text, at) {
        let name = text.get(at..colon)?;
        let message = format!("a space is missing after the colon of `{name}`");
        let help = "write a colon and a space between name and value";
        return Some(Mistake::new(colon..colon + 1, message, help).fix(colon + 1..colon + 1, " "));
    }
    glued_hyphen(text, at)
}

/// A hyphen at `at` that lacks the space after it.
fn glued_hyphen(text: &str, at: usize) -> Option<Mistake> {
    let after = text.get(at..)?.strip_prefix('-')?;
    let mistake = Mistake::new(at..at + 1, "a space is missing after the hyphen", "begin an item with `- `");
    after.starts_with(char::is_alphabetic).then(|| mistake.fix(at + 1..at + 1, " "))
}

/// What is wrong with a whole document that is nothing but text, which begins at `at`.
pub(super) fn lone_text(text: &str, at: usize) -> Option<Mistake> {
    glued(text, at)
}

/// What is wrong with text that is a field's value and begins at `at`: is it a list, on the lines below the field?
pub(super) fn lone_value(text: &str, at: usize) -> Option<Mistake> {
    let is_first = layout::content_start(text, layout::line_start(text, at)) == at;
    glued_hyphen(text, at).filter(|_| is_first)
}

/// Something after the end of a document, or a directive without one.
fn no_document(text: &str, at: usize) -> Mistake {
    let start = layout::after_blanks(text, 0);
    match layout::byte(text, start) {
        b'%' => Mistake::new(start..start + 1, "a line can't begin with `%`", "put the name in quotes"),
        _ => misaligned(text, at),
    }
}

/// Something that fits neither the lines above nor, on its own line, what stands before it.
fn misaligned(text: &str, at: usize) -> Mistake {
    let at = layout::after_blanks(text, at);
    let line = layout::line_start(text, at);
    let first = layout::content_start(text, line);
    if let Some(mistake) = tab_in(text, line).or_else(|| glued(text, first)) {
        return mistake;
    }
    if at > layout::key_start(text, line) {
        let value = layout::value_start(text, line);
        return match layout::byte(text, value) {
            b'[' | b'{' | b'*' | b'&' | b'!' | b'"' | b'\'' if value < at => no_beginning(text, value),
            _ => generic(text, at),
        };
    }
    let end = layout::key_colon(text, first).unwrap_or_else(|| layout::value_end(text, first));
    Mistake::new(
        first..end,
        "this does not line up with the lines above",
        "begin fields of one group, and items of one list, in the same column",
    )
}

/// A blank line at the start of a block scalar that is longer than the first line of text is indented.
fn long_blank(text: &str, at: usize) -> Mistake {
    let mut line = layout::line_start(text, at);
    let indent = layout::content_start(text, line) - line;
    while line > 0 {
        line = layout::line_start(text, line - 1);
        let end = layout::content_start(text, line);
        if end < layout::line_end(text, line) {
            break;
        }
        if end - line > indent {
            let message = "this empty line holds more spaces than the text below it is indented by";
            return Mistake::new(line..end, message, "delete its spaces").fix(line..end, "");
        }
    }
    generic(text, at)
}

fn no_beginning(text: &str, at: usize) -> Mistake {
    let first = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    let message = match first {
        '[' | '{' => format!("a value that begins with `{first}` ends with its closing bracket"),
        '`' => "a value can't begin with a backtick".to_owned(),
        _ => format!("a value can't begin with `{first}`"),
    };
    needs_quotes(text, at, at..at + first.len_utf8(), message)
}

/// A mistake that quotes around the value at `value` mend.
fn needs_quotes(text: &str, value: usize, range: Range<usize>, message: impl Into<String>) -> Mistake {
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
fn quote(value: &str) -> String {
    let inner = ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)))
        .unwrap_or(value);
    if inner.contains(['"', '\\']) {
        format!("'{}'", inner.replace('\'', "''"))
    } else {
        format!("\"{inner}\"")
    }
}

/// Whether the line after the one at `line` is indented further, as one that continues a value is.
fn continues(text: &str, line: usize) -> bool {
    let indent = layout::key_start(text, line) - line;
    layout::next_line(text, line)
        .and_then(|next| layout::content_line(text, next))
        .is_some_and(|next| layout::content_start(text, next) - next > indent)
}

/// Something wrong inside of brackets, or anywhere else that no other message is about.
fn in_brackets(text: &str, at: usize) -> Mistake {
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
            "a value that holds `: ` needs quotes",
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

fn generic(text: &str, at: usize) -> Mistake {
    let at = at.min(text.len());
    Mistake::new(
        at..layout::value_end(text, at),
        "this can't be read as YAML",
        "look at the spaces, quotes and colons of this line and the one above",
    )
}
