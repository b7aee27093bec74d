//! Mistakes in how lines begin: tabs, indentation, names without a colon, colons and hyphens without a space.

use super::misread::strange_item;
use super::value::{needs_quotes, no_beginning};
use super::{COLON_IN_VALUE, Mistake, NAMELESS_ITEM, generic};
use crate::tree::yaml::layout;
use std::ops::Range;

/// A tab in the indentation of the line at `line`.
pub(in crate::tree::yaml) fn tab_in(text: &str, line: usize) -> Option<Mistake> {
    let indentation = text.get(line..layout::content_start(text, line))?;
    let tab = line + indentation.find('\t')?;
    Some(Mistake::new(tab..tab + 1, "a tab can't indent YAML", "use two spaces"))
}

pub(super) fn tab_from(text: &str, at: usize) -> Mistake {
    let mut line = Some(layout::line_start(text, at));
    while let Some(start) = line {
        if let Some(mistake) = tab_in(text, start) {
            return mistake;
        }
        line = layout::next_line(text, start);
    }
    generic(text, at)
}

pub(super) fn tab_before(text: &str, at: usize) -> Mistake {
    let before = text.get(..at).unwrap_or("");
    let start = before.trim_end_matches([' ', '\t']).len();
    Mistake::new(start..at, "a tab can't stand here", "use a space").fix(start..at, " ")
}

/// A colon where no name can end: in a value, or on a line that continues the one above.
pub(super) fn colon(text: &str, at: usize) -> Mistake {
    let line = layout::line_start(text, at);
    let value = layout::value_start(text, line);
    if value <= at {
        return needs_quotes(text, value, at..at + 1, COLON_IN_VALUE);
    }
    // The parser took the lines above for one value together with the name on this line.
    let mut above = None;
    let mut cursor = layout::content_line_before(text, line);
    while let Some(start) = cursor {
        let key = layout::key_start(text, start);
        if let Some(mistake) = glued(text, key).or_else(|| strange_item(text, key)) {
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
        return Mistake::new(at..at + 1, COLON_IN_VALUE, "put the whole value in quotes");
    }
    match above {
        Some(above) if layout::content_start(text, above) - above == key - line => no_colon(text, above),
        Some(above) if is_nameless_item(text, above) => {
            let start = layout::key_start(text, above);
            let words = start..layout::value_end(text, start);
            let help = format!("write it as `- name: {}`", text.get(words.clone()).unwrap_or(""));
            Mistake::new(words, NAMELESS_ITEM, help)
        }
        Some(above) => too_far_right(text, key..at, above),
        None => generic(text, at),
    }
}

/// Whether the line at `line` is an item of a list, and has no name with a colon.
fn is_nameless_item(text: &str, line: usize) -> bool {
    layout::is_item(text, layout::content_start(text, line))
        && layout::key_colon(text, layout::key_start(text, line)).is_none()
}

/// What is said of a field in a column to the right of the one above it.
pub(in crate::tree::yaml) const TOO_FAR: &str = "is indented too far";

fn too_far_right(text: &str, name: Range<usize>, above: usize) -> Mistake {
    let start = layout::key_start(text, above);
    let sibling = layout::key_colon(text, start).and_then(|colon| text.get(start..colon));
    let help = match sibling {
        Some(sibling) => format!("begin it in the same column as `{sibling}`"),
        None => "begin it in the same column as the field above".to_owned(),
    };
    let message = format!("`{}` {TOO_FAR}", text.get(name.clone()).unwrap_or(""));
    Mistake::new(name, message, help)
}

/// A line that ought to be a field or an item, before the place where the parser missed it.
pub(super) fn not_a_field(text: &str, at: usize) -> Mistake {
    match layout::content_line_before(text, at) {
        Some(line) => glued(text, layout::content_start(text, line)).unwrap_or_else(|| no_colon(text, line)),
        None => generic(text, at),
    }
}

/// The line at `line` is nothing but text.
pub(in crate::tree::yaml) fn no_colon(text: &str, line: usize) -> Mistake {
    let start = layout::content_start(text, line);
    if let Some(mistake) = strange_item(text, start).or_else(|| dressed_name(text, start)) {
        return mistake;
    }
    if let Some(name) = name_of_list(text, line) {
        let written = text.get(name.clone()).unwrap_or("");
        let help = format!("write `{written}:`");
        return Mistake::new(name.clone(), format!("`{written}` has no colon"), help)
            .fix(name.end..name.end, ":");
    }
    let range = start..layout::value_end(text, start);
    if is_beside_item(text, line) {
        let words = text.get(range.clone()).unwrap_or("");
        let mistake =
            Mistake::new(range, "a hyphen is missing before this item", format!("write `- {words}`"));
        return mistake.fix(start..start, "- ");
    }
    Mistake::new(
        range,
        "this line has no name with a colon",
        "write it as `name: value`, or indent it if it belongs to the line above",
    )
}

/// The word without a colon that the list stands below of which the line at `line` is an item.
fn name_of_list(text: &str, line: usize) -> Option<Range<usize>> {
    let column = |line: usize| layout::content_start(text, line) - line;
    let own = column(line);
    if !layout::is_item(text, layout::content_start(text, line)) {
        return None;
    }
    let mut above = layout::content_line_before(text, line)?;
    while column(above) >= own && own > 0 {
        above = layout::content_line_before(text, above)?;
    }
    let start = layout::content_start(text, above);
    let name = start..layout::value_end(text, start);
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    text.get(name.clone()).filter(|word| is_word(word) && column(above) < own).map(|_| name)
}

/// Whether the line at `line` begins in the same column as the item of a list right above or below it.
fn is_beside_item(text: &str, line: usize) -> bool {
    let column = |line: usize| layout::content_start(text, line) - line;
    let is_item = |other: &usize| {
        column(*other) == column(line) && layout::is_item(text, layout::content_start(text, *other))
    };
    let below = layout::next_line(text, line).and_then(|next| layout::content_line(text, next));
    layout::content_line_before(text, line).filter(is_item).is_some() || below.filter(is_item).is_some()
}

/// A name at `at` with signs of Markdown around it, as in `**title**: Knee rolls` or `**title:** Knee rolls`.
pub(in crate::tree::yaml) fn dressed_name(text: &str, at: usize) -> Option<Mistake> {
    let is_sign = |c: char| matches!(c, '*' | '_' | '`');
    let line = text.get(at..layout::line_end(text, at))?;
    let bare = line.trim_start_matches(is_sign);
    let end = bare.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')?;
    let (name, rest) = bare.split_at(end);
    let name = name.trim_end_matches(is_sign);
    let after = rest.trim_start_matches(is_sign).strip_prefix(':')?.trim_start_matches(is_sign);
    if bare.len() == line.len() || name.is_empty() || !(after.is_empty() || after.starts_with([' ', '\t'])) {
        return None;
    }
    let message = format!("the name of the field `{name}` has signs of Markdown around it");
    Some(Mistake::new(at..at + line.len() - after.len(), message, format!("write `{name}:`, without them")))
}

/// A field that begins with a hyphen, at `at`, as only items of a list do.
pub(in crate::tree::yaml) fn hyphened(text: &str, at: usize) -> Mistake {
    let start = layout::key_start(text, at);
    let name = layout::key_colon(text, start).and_then(|colon| text.get(start..colon)).unwrap_or("");
    let message = format!("the field `{name}` begins with a hyphen, as only an item of a list does");
    Mistake::new(at..at + 1, message, format!("take the hyphen out: `{name}: ...`"))
}

/// A name or a hyphen at `at` that lacks the space after it.
fn glued(text: &str, at: usize) -> Option<Mistake> {
    match layout::glued_colon(text, at) {
        Some(colon) => glued_to(text, at, colon),
        None => glued_hyphen(text, at),
    }
}

/// The name at `at`, whose colon at `colon` lacks the space after it.
fn glued_to(text: &str, at: usize, colon: usize) -> Option<Mistake> {
    let name = text.get(at..colon)?;
    let message = format!("a space is missing after the colon of `{name}`");
    let help = "write a colon and a space between name and value";
    Some(Mistake::new(colon..colon + 1, message, help).fix(colon + 1..colon + 1, " "))
}

/// A hyphen at `at` that lacks the space after it.
fn glued_hyphen(text: &str, at: usize) -> Option<Mistake> {
    let after = text.get(at..)?.strip_prefix('-')?;
    let mistake = Mistake::new(at..at + 1, "a space is missing after the hyphen", "begin an item with `- `");
    after.starts_with(char::is_alphabetic).then(|| mistake.fix(at + 1..at + 1, " "))
}

/// What is wrong with a whole document that is nothing but text, which begins at `at`.
pub(in crate::tree::yaml) fn lone_text(text: &str, at: usize) -> Option<Mistake> {
    glued(text, at)
}

/// What is wrong with text that is a field's value and begins at `at`: is it a list, on the lines below the field?
pub(in crate::tree::yaml) fn lone_value(text: &str, at: usize) -> Option<Mistake> {
    let is_first = layout::content_start(text, layout::line_start(text, at)) == at;
    glued_hyphen(text, at).filter(|_| is_first)
}

/// A hyphen that ought to begin an item, in the text of `range`, which is the item above over more than one line.
pub(in crate::tree::yaml) fn swallowed_item(text: &str, range: Range<usize>) -> Option<Mistake> {
    let mut next = layout::next_line(text, range.start);
    while let Some(line) = next.filter(|line| *line < range.end) {
        let start = layout::content_start(text, line);
        if text.get(start..range.end)?.starts_with("- ") {
            let message = "this item is indented further than the one above, and would be part of it";
            let help = "begin the items of one list in the same column";
            return Some(Mistake::new(start..start + 1, message, help));
        }
        next = layout::next_line(text, line);
    }
    None
}

/// A name that begins with a space which is none to YAML, as a rule a no-break space; or one that goes on into its
/// value, as in `title:"Knee: rolls"`.
pub(in crate::tree::yaml) fn wrong_name(text: &str, range: Range<usize>) -> Option<Mistake> {
    let name = text.get(range.clone())?;
    // Only a name that holds a colon is looked at: a line can have a hundred thousand names.
    if name.contains(':')
        && let Some(colon) = layout::glued_colon(text, range.start).filter(|colon| *colon < range.end)
    {
        let value = text.get(colon + 1..layout::line_end(text, colon))?.trim();
        let is_quoted = |quote: char| value.len() > 1 && value.starts_with(quote) && value.ends_with(quote);
        if is_quoted('"') || is_quoted('\'') {
            return glued_to(text, range.start, colon);
        }
    }
    let blanks = range.start..range.end - name.trim_start().len();
    let count = text.get(blanks.clone())?.chars().count();
    let message = "this line is indented with spaces of another kind, as word processors make them";
    (count > 0).then(|| {
        Mistake::new(blanks.clone(), message, "delete them and type the spaces anew")
            .fix(blanks, " ".repeat(count))
    })
}

/// Something after the end of a document, or a directive without one.
pub(super) fn no_document(text: &str, at: usize) -> Mistake {
    let start = layout::after_blanks(text, 0);
    match layout::byte(text, start) {
        b'%' => Mistake::new(start..start + 1, "a line can't begin with `%`", "put the name in quotes"),
        _ => misaligned(text, at),
    }
}

/// What is said of a line in a column of its own.
pub(in crate::tree::yaml) const MISALIGNED: &str = "this does not line up with the lines above";

/// Something that fits neither the lines above nor, on its own line, what stands before it.
pub(in crate::tree::yaml) fn misaligned(text: &str, at: usize) -> Mistake {
    let at = layout::after_blanks(text, at);
    let line = layout::line_start(text, at);
    let first = layout::content_start(text, line);
    let told = tab_in(text, line).or_else(|| glued(text, first)).or_else(|| strange_item(text, first));
    if let Some(mistake) = told {
        return mistake;
    }
    if at > layout::key_start(text, line) {
        let value = layout::value_start(text, line);
        return match layout::byte(text, value) {
            b'[' | b'{' | b'*' | b'&' | b'!' | b'"' | b'\'' if value < at => no_beginning(text, value),
            _ => generic(text, at),
        };
    }
    if let Some(mistake) = first_too_far_right(text, line, first) {
        return mistake;
    }
    let end = layout::key_colon(text, first).unwrap_or_else(|| layout::value_end(text, first));
    Mistake::new(
        first..end,
        MISALIGNED,
        "begin fields of one group, and items of one list, in the same column",
    )
}

/// Whether the line at `line`, which goes on at `content`, lines up with all fields of its group but the first.
fn first_too_far_right(text: &str, line: usize, content: usize) -> Option<Mistake> {
    let column = |line: usize| layout::content_start(text, line) - line;
    let own = content - line;
    let before = |line: &usize| layout::content_line_before(text, *line);
    let mut first = before(&line)?;
    // How far in the others begin that stand between it and this line: they have to be part of its value.
    let mut others = usize::MAX;
    while let Some(above) = before(&first).filter(|above| column(*above) > own) {
        others = others.min(column(first));
        first = above;
    }
    let is_alone = column(first) > own && others > column(first);
    let is_odd = own == 0
        || layout::next_line(text, line)
            .and_then(|next| layout::content_line(text, next))
            .is_some_and(|next| column(next) == own);
    let start = layout::content_start(text, first);
    if !is_alone || !is_odd || !layout::is_field(text, start) || !layout::is_field(text, content) {
        return None;
    }
    let name = start..layout::key_colon(text, start)?;
    let sibling = text.get(content..layout::key_colon(text, content)?)?;
    let message = format!("`{}` {TOO_FAR}", text.get(name.clone())?);
    Some(Mistake::new(name, message, format!("begin it in the same column as `{sibling}`")))
}

/// A blank line at the start of a block scalar that is longer than the first line of text is indented.
pub(super) fn long_blank(text: &str, at: usize) -> Mistake {
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
