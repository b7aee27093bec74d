//! What the TOML parser complains about, said once for each mistake, at its place and in words for everybody.

use super::lines::{MAX_PARTS, below_header, foreign_comment, line_end, line_start, long_name, over_lines};
use super::quotes::{doubly_quoted, hidden, in_print, quote};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::source::{SitePath, Span};
use crate::tree::{Entry, Node, Value};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use toml::de::Error;

/// The parser's words for a name without a value.
const NO_VALUE: &str = "key with no value";

/// The parser's words for text without quotes.
const NO_QUOTES: &str = "string values must be quoted";

/// The parser's words for brackets that lie too deep in each other.
const TOO_DEEP: &str = "cannot recurse further; max recursion depth met";

/// After so many mistakes the text is something other than TOML, and the rest is not worth telling.
const MAX_MISTAKES: usize = 1000;

/// The finding for each mistake that `errors` tell of. What the mistakes spoil is refused or removed in `tree`.
pub(super) fn explain(text: &str, path: &SitePath, tree: &mut Node, errors: &[Error]) -> Vec<Diagnostic> {
    let mut errors: Vec<(Range<usize>, &str)> =
        errors.iter().map(|error| (error.span().unwrap_or_default(), error.message())).collect();
    errors.sort_by_key(|(range, _)| (range.start, range.end));
    // The reader of the file has reported control characters already.
    errors.retain(|(range, _)| !text.get(range.start..).is_some_and(|rest| rest.starts_with(is_control)));
    let (mut doubled, mut errors): (Vec<_>, Vec<_>) =
        errors.into_iter().partition(|(_, said)| *said == "duplicate key");
    // What stands below the second header of a table stands there twice because the header does.
    let headers: Vec<Range<usize>> =
        doubled.iter().filter_map(|(range, _)| below_header(text, range)).collect();
    doubled.retain(|(range, _)| !headers.iter().any(|below| below.contains(&range.start)));
    errors.truncate(MAX_MISTAKES);
    let firsts = firsts(text);
    let mut findings: Vec<Diagnostic> =
        doubled.iter().map(|(range, _)| duplicate(text, path, tree, range, &firsts)).collect();
    let mut open = Vec::new();
    unclosed(text, tree, &mut open);
    // One mistake makes the parser stumble several times, all on one line, or in one bracket that is not closed.
    let mut explained = 0;
    for (range, said) in &errors {
        if range.start < explained {
            continue;
        }
        let holds = |span: &&Span| (span.start as usize) <= range.start && range.start <= span.end as usize;
        let (finding, end) = match open.iter().find(holds) {
            Some(span) => {
                let bracket = &text[span.start as usize..=span.start as usize];
                let help = format!("close it with `{}`", if bracket == "[" { ']' } else { '}' });
                let place = Place::new(path, Span::new(span.start as usize, span.start as usize + 1));
                let message = format!("`{bracket}` is never closed");
                (Diagnostic::new(Rule::TomlSyntax, place, message).help(help), span.end as usize)
            }
            None => (syntax(text, path, tree, range, said), range.end),
        };
        let end = over_lines(text, finding.place.span).map_or(end, |value| end.max(value.end - 1));
        findings.push(finding);
        explained = line_end(text, end.max(range.end)) + 1;
    }
    let mut starts: Vec<usize> = errors.iter().map(|(range, _)| range.start).collect();
    // Where brackets lie too deep, the parser ends the value long before the place that it tells.
    let deep = errors.iter().filter(|(_, said)| *said == TOO_DEEP);
    starts.extend(deep.filter_map(|(range, _)| last_bracket(text, tree, range.start)));
    starts.sort_unstable();
    spoil(text, tree, &starts);
    findings.sort_by_key(|finding| finding.place.span);
    findings
}

/// `text` with blanks in place of each line that is a name without a value, and the errors about those lines.
pub(super) fn without_lone_names(text: &str, errors: &[Error]) -> (String, Vec<Error>) {
    let line =
        |error: &Error| error.span().map(|span| line_start(text, span.start)..line_end(text, span.start));
    let mut lone: Vec<Range<usize>> =
        errors.iter().filter(|error| error.message().starts_with(NO_VALUE)).filter_map(line).collect();
    if lone.is_empty() {
        return (String::new(), Vec::new());
    }
    lone.sort_by_key(|line| line.start);
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for range in &lone {
        masked.push_str(text.get(end..range.start).unwrap_or(""));
        masked.push_str(&" ".repeat(range.end.saturating_sub(range.start.max(end))));
        end = range.end.max(end);
    }
    masked.push_str(text.get(end..).unwrap_or(""));
    let lines: HashSet<Range<usize>> = lone.into_iter().collect();
    let spoilt = errors.iter().filter(|error| line(error).is_some_and(|line| lines.contains(&line)));
    (masked, spoilt.cloned().collect())
}

fn syntax(text: &str, path: &SitePath, tree: &Node, range: &Range<usize>, said: &str) -> Diagnostic {
    let finding = |range: Range<usize>, message: &str, help: String| {
        let place = Place::new(path, Span::new(range.start, range.end));
        Diagnostic::new(Rule::TomlSyntax, place, message).help(help)
    };
    let written = text.get(range.clone()).unwrap_or("");
    let (what, expected) = said.split_once(", expected ").unwrap_or((said, ""));
    // A word with the first letter of `inf` or `nan` is taken for a number that is misspelt.
    let is_word = what == "invalid float" && written.starts_with(char::is_alphabetic);
    match if is_word { NO_QUOTES } else { what } {
        NO_QUOTES if written.is_empty() => match hidden(text, range) {
            Some(value) => {
                let quoted = quote(value.of(text));
                let message = "the value begins with `#`, and so is read as a comment";
                let help = format!("put it in quotes: `{quoted}`");
                finding(value.range(), message, help).fix(value, quoted, Applicability::MaybeIncorrect)
            }
            None => {
                let help = "write the value, or delete the line".to_owned();
                finding(range.clone(), "a value is missing here", help)
            }
        },
        NO_QUOTES => {
            // The quotes of print may hold what ends the value for the parser.
            let range = in_print(text, range).unwrap_or_else(|| range.clone());
            let written = text.get(range.clone()).unwrap_or("");
            // Levels of rules are words.
            let header = text
                .get(..range.start)
                .unwrap_or("")
                .lines()
                .rfind(|line| line.trim_start().starts_with('['));
            let is_level = header.is_some_and(|header| header.trim_start().starts_with("[rules]"));
            let value = match written {
                "off" | "Off" | "no" | "No" | "False" | "FALSE" if is_level => quote("allow"),
                "yes" | "Yes" | "on" | "On" | "True" | "TRUE" => "true".to_owned(),
                "no" | "No" | "off" | "Off" | "False" | "FALSE" => "false".to_owned(),
                other => quote(other.trim_matches(['“', '”', '„', '‘', '’'])),
            };
            let message = match &*value {
                "true" | "false" => "yes and no are written as `true` and `false`",
                _ => "text needs straight quotes",
            };
            finding(range.clone(), message, format!("write `{value}`")).fix(
                Span::new(range.start, range.end),
                value,
                Applicability::MaybeIncorrect,
            )
        }
        "invalid unquoted key" if written == ":" => {
            let message = "a name and its value are parted by `=`, not by a colon";
            finding(range.clone(), message, "write `=` instead".to_owned()).fix(
                Span::new(range.start, range.end),
                " =",
                Applicability::MaybeIncorrect,
            )
        }
        "invalid unquoted key" | "unexpected key or value" | NO_VALUE
            if let Some(sign) = foreign_comment(text, range.start) =>
        {
            let message = format!("`{}` begins no comment", &text[sign.clone()]);
            finding(sign, &message, "begin a comment with `#`".to_owned())
        }
        NO_VALUE => {
            let start = line_start(text, range.start);
            let line = text.get(start..line_end(text, range.start)).unwrap_or("").trim_end();
            let help = "write `name = \"value\"`, or begin the line with `#` if it is a comment".to_owned();
            finding(start..start + line.len(), "this line has no `=`", help)
        }
        "invalid basic string" | "invalid literal string"
            if expected.len() == 3 || text.get(range.clone()).is_some_and(|end| end.starts_with('\r')) =>
        {
            let open = scalar_at(text, tree, range.start).unwrap_or(range.start);
            let quote = text.get(open..=open).unwrap_or("\"");
            if let Some(value) = over_lines(text, Span::new(open, open + 1)) {
                let three = quote.repeat(3);
                let help = format!("put three quotes before it and behind it: `{three}`");
                let inner = text.get(value.start + 1..value.end - 1).unwrap_or("");
                let fix = format!("{three}{inner}{three}");
                return finding(open..open + 1, "the value goes on over more than one line", help).fix(
                    Span::new(value.start, value.end),
                    fix,
                    Applicability::MaybeIncorrect,
                );
            }
            let help = format!("close it with `{quote}` at the end of the value");
            finding(open..open + quote.len(), "the quote is never closed", help)
        }
        "recursion limit" => {
            // The parser does not tell which name it is.
            let line = long_name(text).unwrap_or_default();
            let help = "write it with fewer full stops".to_owned();
            finding(line, &format!("a name has more than {MAX_PARTS} parts"), help)
        }
        TOO_DEEP => {
            let end = range.start + next(text, range.start).map_or(0, char::len_utf8);
            let help = "write it with fewer levels".to_owned();
            finding(range.start..end, "brackets lie too deep in each other", help)
        }
        "unclosed table" | "unclosed array of tables" => {
            let start = line_start(text, range.start);
            finding(start..start + 1, "`[` is never closed", "close it with `]`".to_owned())
        }
        "invalid boolean" => {
            let help = "write `true` or `false`, or put quotes around text".to_owned();
            finding(range.clone(), &format!("`{written}` is neither `true` nor `false`"), help)
        }
        "unexpected key or value" => {
            let rest = text.get(range.start..line_end(text, range.start)).unwrap_or("").trim_end();
            let message = "this stands after the end of the value";
            let place = range.start..range.start + rest.len();
            match doubly_quoted(text, range.start) {
                Some((value, quoted)) => finding(
                    place,
                    message,
                    format!("write the whole value as `{quoted}`"),
                )
                .fix(value, quoted, Applicability::MaybeIncorrect),
                None => finding(place, message, "delete it, or put quotes around the whole value".to_owned()),
            }
        }
        "missing escaped value" => {
            let start = range.start.saturating_sub(1);
            let end = range.start + next(text, range.start).map_or(0, char::len_utf8);
            let sign = text.get(start..end).unwrap_or("\\");
            let message = format!("`{sign}` means nothing between double quotes");
            finding(start..end, &message, "write `\\\\` for a backslash, or use single quotes".to_owned())
        }
        _ => {
            let end = if written.is_empty() { next(text, range.start).map_or(0, char::len_utf8) } else { 0 };
            let help = match expected {
                "" | "nothing" => "look at the quotes, brackets and commas of this line".to_owned(),
                _ => format!("expected here: {expected}"),
            };
            finding(range.start..range.end + end, what, help)
        }
    }
}

/// The character at `at`, unless the line ends there.
fn next(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next().filter(|c| !matches!(c, '\n' | '\r'))
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

fn children(node: &Node) -> impl Iterator<Item = &Node> {
    node.items().iter().chain(node.entries().iter().map(|entry| &entry.value))
}

/// Collects the lists and mappings in brackets that are not closed, of those in each other the outermost.
fn unclosed(text: &str, node: &Node, found: &mut Vec<Span>) {
    let written = node.span.of(text);
    let is_header = matches!(node.value, Value::Map(_)) && written.starts_with('[');
    let closing = match written.as_bytes() {
        [b'[', ..] if !is_header => ']',
        [b'{', ..] => '}',
        _ => return children(node).for_each(|child| unclosed(text, child, found)),
    };
    if written.len() == 1 || !written.ends_with(closing) {
        found.push(node.span);
    } else {
        children(node).for_each(|child| unclosed(text, child, found));
    }
}

/// Where the last of the outermost values in brackets begins that begin before `at`.
fn last_bracket(text: &str, node: &Node, at: usize) -> Option<usize> {
    let written = node.span.of(text);
    let is_header = matches!(node.value, Value::Map(_)) && written.starts_with('[');
    if written.starts_with(['[', '{']) && !is_header {
        return Some(node.span.start as usize).filter(|start| *start <= at);
    }
    children(node).filter_map(|child| last_bracket(text, child, at)).max()
}

/// Where the quoted value begins that ends at or after `at`.
fn scalar_at(text: &str, node: &Node, at: usize) -> Option<usize> {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let is_quoted = matches!(node.value, Value::Scalar(_)) && node.span.of(text).starts_with(['"', '\'']);
    if is_quoted && start <= at && at <= end {
        return Some(start);
    }
    children(node).find_map(|child| scalar_at(text, child, at))
}

/// Refuses the values that hold one of the places `starts`, which are sorted, and removes the fields whose names do.
fn spoil(text: &str, node: &mut Node, starts: &[usize]) {
    let holds = |span: Span| {
        let first = starts.partition_point(|start| *start < span.start as usize);
        starts.get(first).is_some_and(|start| *start <= span.end as usize)
    };
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| spoil(text, item, starts)),
        Value::Map(entries) => {
            if !starts.is_empty() {
                entries.retain(|entry| !is_spoilt(text, entry) && !holds(entry.key_span));
            }
            for entry in entries {
                let is_header =
                    matches!(entry.value.value, Value::Map(_)) && entry.value.span.of(text).starts_with('[');
                if holds(entry.value.span) && !is_header {
                    entry.value.value = Value::Refused;
                } else {
                    spoil(text, &mut entry.value, starts);
                }
            }
        }
        Value::Scalar(_) | Value::Refused | Value::Unread => {}
    }
}

/// Whether the header of the table under `entry` is not closed, so that its name may be anything.
fn is_spoilt(text: &str, entry: &Entry) -> bool {
    let written = entry.value.span.of(text);
    matches!(entry.value.value, Value::Map(_)) && written.starts_with('[') && !written.ends_with(']')
}

fn duplicate(
    text: &str,
    path: &SitePath,
    tree: &Node,
    range: &Range<usize>,
    firsts: &HashMap<Span, Span>,
) -> Diagnostic {
    let second = Span::new(range.start, range.end);
    let message = format!("`{}` is given twice", second.of(text));
    let first = firsts.get(&second).copied().or_else(|| inline_first(text, tree, second));
    let is_table = |span: &Span| below_header(text, &span.range()).is_some();
    let help = match first.iter().chain([&second]).all(is_table) {
        true => "write the lines of both below one of the two",
        false => "keep one of the two",
    };
    let finding = Diagnostic::new(Rule::DuplicateKey, Place::new(path, second), message).help(help);
    match first {
        Some(first) => finding.related("first given here", Place::new(path, first)),
        None => finding,
    }
}

/// Where the name at `second` was given first, if it stands in braces.
fn inline_first(text: &str, node: &Node, second: Span) -> Option<Span> {
    if let Some(found) = children(node).find_map(|child| inline_first(text, child, second)) {
        return Some(found);
    }
    let is_inside = node.span.start < second.start && second.end < node.span.end;
    let entry = node.entry(second.of(text)).filter(|_| is_inside && node.span.of(text).starts_with('{'))?;
    Some(entry.key_span)
}

/// From every name outside of braces that repeats an earlier one to the first. The parser does not tell, and of a
/// table keeps the second header.
fn firsts(text: &str) -> HashMap<Span, Span> {
    let mut firsts = HashMap::new();
    let mut in_file: HashMap<Vec<&str>, Span> = HashMap::new();
    // Tables of an array repeat each other's names: the one that counts stands in the same table.
    let mut in_table: HashMap<Vec<&str>, Span> = HashMap::new();
    let mut table = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let content = line.trim();
        let mut names = Vec::new();
        if content.starts_with('[') {
            let opening = content.len() - content.trim_start_matches('[').len();
            let inner = content[opening..].split(']').next().unwrap_or("");
            let parts = parts(inner, start + indent + opening);
            table = parts.iter().map(|(part, _)| *part).collect();
            in_table.clear();
            names.extend(parts.last().map(|(_, span)| (table.clone(), *span)));
        } else if let Some((before, _)) = line.split_once('=') {
            let mut path = table.clone();
            for (part, span) in parts(before, start) {
                path.push(part);
                names.push((path.clone(), span));
            }
        }
        for (path, span) in names {
            let first = in_table.get(&path).or_else(|| in_file.get(&path)).copied().unwrap_or(span);
            in_table.entry(path.clone()).or_insert(span);
            in_file.entry(path).or_insert(span);
            if first != span {
                firsts.insert(span, first);
            }
        }
        start += line.len();
    }
    firsts
}

/// The parts of a dotted name that begins at `start`, quotes left off; of a name that the parser refuses, the first.
fn parts(name: &str, start: usize) -> Vec<(&str, Span)> {
    let mut at = start;
    let mut parts = Vec::new();
    for part in name.split('.').take(MAX_PARTS) {
        let begin = at + part.len() - part.trim_start().len();
        let written = part.trim();
        parts.push((written.trim_matches(['"', '\'']), Span::new(begin, begin + written.len())));
        at += part.len() + 1;
    }
    parts
}
