//! Asterisks and tildes that make no words bold or struck, and a backslash at the end.

use memchr::memchr;

use super::{Run, Stray, after, before, unescaped};

/// The bytes that are looked at.
pub(super) const SIGNS: &[u8] = b"*~_=\\";

/// What two of a sign do to words.
const PAIRS: [(u8, &str, &str); 3] = [(b'*', "**", "bold"), (b'~', "~~", "struck"), (b'_', "__", "bold")];

/// What may stand behind a blank to fill in, of which two of its lines are left: `__kg`.
const UNITS: [&str; 22] = [
    "kg", "g", "mg", "ml", "l", "cm", "mm", "m", "km", "min", "mins", "minute", "minutes", "seconds",
    "hours", "days", "weeks", "times", "steps", "sets", "reps", "am",
];

/// Whether the signs before `words` are a blank to fill in.
fn is_to_fill_in(words: &str) -> bool {
    let end = words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len());
    UNITS.contains(&words[..end].to_lowercase().as_str())
}

/// Finds signs in a block of `text`, whose text are `runs`.
pub(super) fn find(text: &str, runs: &[Run], found: &mut Vec<Stray>) {
    for sign in PAIRS {
        pairs(text, runs, sign, found);
    }
    marked(text, runs, found);
    uneven(text, runs, found);
    if let Some(last) = runs.last()
        && !unescaped(text, last).is_empty()
        && text.as_bytes().get(last.range.end - 1) == Some(&b'\\')
        && matches!(text.as_bytes().get(last.range.end), None | Some(b'\n' | b'\r'))
    {
        found.push(Stray::new(
            last.range.end - 1..last.range.end,
            "a backslash at the end of a paragraph is shown as it is",
            "take it out: there is no next line to begin",
        ));
    }
}

/// An asterisk that is left over because words that were to be bold or slanted have more of them on one side.
fn uneven(text: &str, runs: &[Run], found: &mut Vec<Stray>) {
    let bytes = text.as_bytes();
    let is_sign = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'*');
    for run in runs {
        let range = unescaped(text, run);
        if range.is_empty() {
            continue;
        }
        let message = "words have more asterisks on one side than on the other, and one is shown";
        let help = "write two before the first letter and two behind the last for bold words, and one each for slanted ones";
        let last = range.end - 1;
        if is_sign(Some(last)) && is_sign(Some(range.end)) && !is_sign(last.checked_sub(1)) {
            found.push(Stray::new(last..range.end, message, help));
        } else if run.range.start == range.start
            && is_sign(Some(range.start))
            && is_sign(range.start.checked_sub(1))
            && !is_sign(Some(range.start + 1))
        {
            found.push(Stray::new(range.start..range.start + 1, message, help));
        }
    }
}

/// Words between two pairs of equals signs, which some programs mark as with a pen: `==words==`.
fn marked(text: &str, runs: &[Run], found: &mut Vec<Stray>) {
    let bytes = text.as_bytes();
    for run in runs {
        let range = unescaped(text, run);
        let mut at = range.start;
        while let Some(start) = memchr(b'=', &bytes[at..range.end]).map(|n| at + n) {
            at = start + bytes[start..range.end].iter().take_while(|b| **b == b'=').count();
            let words = text.get(at..range.end).unwrap_or("");
            let inside = words.find("==").and_then(|length| words.get(..length)).unwrap_or("");
            let is_pair = at - start == 2
                && inside.starts_with(|c: char| c.is_alphanumeric())
                && !inside.ends_with(char::is_whitespace);
            if is_pair {
                at += inside.len() + 2;
                found.push(Stray::new(
                    start..at,
                    "`==` does not mark these words",
                    "write `**` in the place of both `==`: words that matter are bold",
                ));
            }
        }
    }
}

/// Whether words that are to be bold may begin with `c`.
fn is_beginning(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '"' | '\'' | '“' | '‘' | '„' | '«' | '(' | '[')
}

/// Signs in twos that are still there: those that belong together did their work.
fn pairs(text: &str, runs: &[Run], (byte, sign, effect): (u8, &str, &str), found: &mut Vec<Stray>) {
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    for run in runs {
        let range = unescaped(text, run);
        let mut at = range.start;
        while let Some(start) = memchr(byte, &bytes[at..range.end]).map(|n| at + n) {
            let length = bytes[start..range.end].iter().take_while(|b| **b == byte).count();
            at = start + length;
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if length == 2 && !(is_word(before(text, start)) && is_word(after(text, at))) {
                places.push(start);
            }
        }
    }
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let mut places = places.into_iter().peekable();
    while let Some(start) = places.next() {
        let (left, right) = (before(text, start), after(text, start + 2));
        // Behind a word, the signs may be the mark of a remark; before a number, a tilde says `about`.
        let opens = right.is_some_and(|c| c.is_alphabetic() || byte == b'*' && is_beginning(c))
            && left.is_none_or(|c| !c.is_alphanumeric());
        if byte == b'_' && (!opens || text.get(start + 2..).is_none_or(is_to_fill_in)) {
            continue;
        }
        let next = text.get(start + 2..).and_then(|rest| rest.trim_start_matches(' ').chars().next());
        let is_loose = is_blank(left) && is_blank(right) && next.is_some_and(char::is_alphabetic);
        let at = start..start + 2;
        if (opens || is_loose) && places.peek().is_some() {
            places.next();
            found.push(Stray::new(
                at,
                format!("`{sign}` does not make these words {effect}"),
                format!(
                    "write `{sign}` right before the first letter and right behind the last, without blanks"
                ),
            ));
        } else if opens {
            found.push(Stray::new(
                at,
                format!("`{sign}` begins {effect} words that have no end"),
                format!("write `{sign}` behind the last of them, too; to show the signs, put a backslash before each"),
            ));
        }
    }
}
