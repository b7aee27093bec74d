//! Addresses that lead nowhere because they stand in plain text, and entities that stand for nothing.

use super::{AHEAD, Run, Stray, after, before, unescaped};
use memchr::{memchr_iter, memchr3_iter};
use std::ops::Range;

/// The bytes that are looked at: one stands in each address and entity.
pub(super) const SIGNS: &[u8] = b".:@&";

/// Entities that old pages write without a semicolon, which Markdown shows as they stand.
const UNENDED: [&str; 12] =
    ["nbsp", "amp", "quot", "deg", "frac12", "frac14", "frac34", "times", "plusmn", "pound", "copy", "reg"];

/// What may stand before an address.
fn may_precede(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | '<' | '*' | '_' | ':' | ',' | ';' | '"' | '“' | '‘' | '–' | '—' | '=')
}

/// Finds addresses and entities in `run` of `text`. Where a broken link was found in it, which is so if more is `found`
/// than was `told` before, its address belongs to that.
pub(super) fn find(text: &str, run: &Run, told: usize, found: &mut Vec<Stray>) {
    let range = unescaped(text, run);
    let line = text.get(range.clone()).unwrap_or("");
    let may_be_addresses = !run.is_link && found.len() == told;
    let mut told = range.start;
    let start = |at: usize| range.start + at;
    if may_be_addresses {
        for stop in memchr_iter(b'.', line.as_bytes()).filter(|stop| ends_with(&line[..*stop], "www")) {
            let at = start(stop - "www".len());
            if at >= told
                && let Some(place) = web(text, at..range.end)
            {
                told = place.end;
                found.push(no_link(text, place, "https://"));
            }
        }
    }
    told = range.start;
    for at in memchr3_iter(b':', b'@', b'&', line.as_bytes()).map(start) {
        if at < told {
            continue;
        }
        let stray = match text.as_bytes().get(at) {
            Some(b'&') => entity(text, at..range.end),
            Some(b':') if may_be_addresses => {
                schemed(text, range.start, at, range.end).map(|place| no_link(text, place, ""))
            }
            Some(b'@') if may_be_addresses => {
                mail(text, range.start, at, range.end).map(|place| no_link(text, place, ""))
            }
            _ => None,
        };
        if let Some(stray) = stray {
            told = stray.range.end;
            found.push(stray);
        }
    }
}

fn no_link(text: &str, place: Range<usize>, scheme: &str) -> Stray {
    let written = text.get(place.clone()).unwrap_or("");
    // Capital letters mean something only behind the host.
    let host = written.find("://").map_or(0, |at| at + "://".len());
    let host = written[host..].find('/').map_or(written.len(), |at| host + at);
    let address = written[..host].to_lowercase() + &written[host..];
    let what = if address.contains("://") || !scheme.is_empty() { "web" } else { "mail" };
    let help = format!(
        "write `<{scheme}{address}>`, or give it words: `[words]({}{address})`; to show it only, put it between backquotes",
        if what == "mail" { "mailto:" } else { scheme },
    );
    Stray::new(place, format!("this {what} address is no link"), help)
}

/// Where the address ends that goes on with `range`: before white space, and before what ends a sentence.
fn end(text: &str, range: Range<usize>) -> usize {
    let last = text.floor_char_boundary(range.end.min(range.start.saturating_add(AHEAD)));
    let rest = text.get(range.start..last).unwrap_or("");
    let length = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '’' | '“' | '|'))
        .unwrap_or(rest.len());
    let address = rest.get(..length).unwrap_or("");
    // A bracket that was opened before the address ends with it.
    let is_closing = !address.contains('(');
    let is_end = |c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '*' | '_' | '~' | '\'')
            || c == ')' && is_closing
    };
    range.start + address.trim_end_matches(is_end).len()
}

/// Whether `name` can be the name of a host: words with full stops between them, the last one of letters.
fn is_host(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = name.rsplit('.').next().unwrap_or("");
    name.contains('.')
        && name.split('.').all(is_word)
        && last.len() > 1
        && last.chars().all(char::is_alphabetic)
}

/// `www.example.org`, which begins `range`.
fn web(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    if !before(text, range.start).is_none_or(may_precede) {
        return None;
    }
    let place = range.start..end(text, range);
    let address = text.get(place.clone())?;
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or(address);
    host.get("www.".len()..).is_some_and(is_host).then_some(place)
}

/// Whether `text` ends with `end`, in capitals or not.
fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    start.and_then(|start| text.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// `https://example.org`, whose colon stands at `colon`.
fn schemed(text: &str, first: usize, colon: usize, last: usize) -> Option<Range<usize>> {
    let ahead = text.get(first..colon)?;
    let scheme = ["https", "http"].into_iter().find(|scheme| ends_with(ahead, scheme))?;
    let start = colon - scheme.len();
    let behind = text.get(colon + 1..last)?.strip_prefix("//")?;
    let is_free = before(text, start).is_none_or(may_precede);
    (is_free && behind.starts_with(char::is_alphanumeric)).then(|| start..end(text, colon + 3..last))
}

/// `anna@example.org`, whose sign stands at `sign`.
fn mail(text: &str, first: usize, sign: usize, last: usize) -> Option<Range<usize>> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    let ahead = text.get(first..sign)?;
    let start = sign - (ahead.len() - ahead.trim_end_matches(is_name).len());
    if start == sign || !before(text, start).is_none_or(may_precede) {
        return None;
    }
    let place = start..end(text, sign + 1..last);
    is_host(text.get(sign + 1..place.end)?).then_some(place)
}

/// `&nosuch;`, or an entity whose semicolon is missing, which begins `range`.
fn entity(text: &str, range: Range<usize>) -> Option<Stray> {
    let rest = text.get(range.start + 1..range.end)?;
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
    let name = rest.get(..length)?;
    let is_ended = after(rest, length) == Some(';');
    let stands_alone = !before(text, range.start).is_some_and(char::is_alphanumeric);
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().any(|b| b.is_ascii_lowercase());
    let is_number = name
        .strip_prefix('#')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_alphanumeric()));
    let place = range.start..range.start + 1 + length + usize::from(is_ended);
    let written = text.get(place.clone())?;
    if is_ended && (is_number || is_name && name.len() > 1 && (stands_alone || name.len() > 3)) {
        let help = "write the sign itself; to show these letters, put a backslash before `&`";
        return Some(Stray::new(
            place,
            format!("`{written}` stands for no sign, and is shown as it is"),
            help,
        ));
    }
    let is_unended = !is_ended && (UNENDED.contains(&name) || is_number && number_is_decimal(name));
    is_unended.then(|| {
        let message = format!("`{written}` is shown as it is, because no semicolon ends it");
        Stray::new(place, message, format!("write the sign itself, or `{written};`"))
    })
}

/// Whether `name` is `#` and a number of a character in common use.
fn number_is_decimal(name: &str) -> bool {
    name.len() > 3 && name.bytes().skip(1).all(|b| b.is_ascii_digit())
}
