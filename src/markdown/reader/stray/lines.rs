//! Headings, lists and tables that were not read as such, by how lines begin.

use super::tables::{tabbed, table};
use super::{Run, Spot, Stray, after};
use crate::markdown::NO_LIST;
use std::ops::Range;

/// What a word processor puts before the items of a list.
const BULLETS: [char; 11] = ['•', '‣', '▪', '■', '◦', '●', '○', '·', '➢', '\u{f0b7}', '\u{f0a7}'];

/// Dashes that are no hyphen.
const DASHES: [char; 5] = ['–', '—', '−', '‐', '‑'];

/// Ticks and arrows that begin lines of a list. One alone may begin a remark.
const TICKS: [char; 10] = ['✓', '✔', '☑', '✅', '✗', '✘', '☐', '►', '→', '❖'];

/// Signs that some write before the items of a list. One alone may be none.
const SIGNS: [&str; 4] = ["o ", "-- ", "-> ", "_ "];

/// Numbers as the Romans wrote them, from 1 on.
const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

/// What some write before the number of each step.
const STEPS: [&str; 7] = ["step", "schritt", "étape", "etape", "paso", "passo", "stap"];

/// Numbers in circles, from 1 on.
const CIRCLED: std::ops::RangeInclusive<char> = '①'..='⑳';

/// The most characters of a heading that advice repeats.
const MAX_SHOWN: usize = 40;

/// Where a block stands.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub(super) spot: Spot,
    /// Whether it stands in a list.
    pub(super) in_list: bool,
    /// The number that would go on the list above it.
    pub(super) next: Option<u64>,
}

/// What a line looks as if it were, and where its sign stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Look {
    /// An item whose sign has no blank behind it: `-item`, `1.Step`; the number, if it has one.
    Glued(Option<u32>),
    /// An item whose asterisk has no blank behind it. One alone may be the mark of a remark.
    Starred,
    /// An item that begins with a sign which Markdown does not know.
    Bullet,
    /// An item that begins with a dash which is no hyphen.
    Dash,
    /// An item that begins with a letter and a full stop or a round bracket; the letter, small.
    Letter(char),
    /// An item of a list that begins with 2 or more: below a line of a paragraph, it is one more.
    Counted(u32),
    /// An item with a number that is written otherwise: `3: Sit`, `3 Sit`, `(3) Sit`, `iii. Sit`.
    Numbered(u32),
}

/// A paragraph of one line that looks like an item, until it is known whether the next one does so, too.
#[derive(Debug)]
pub(in super::super) struct Glued {
    number: Option<u32>,
    range: Range<usize>,
    is_told: bool,
}

/// Finds signs at the beginnings of the lines of a block of `text`, whose text are `runs`.
pub(super) fn find(
    text: &str,
    runs: &[Run],
    context: Context,
    glued: &mut Option<Glued>,
    found: &mut Vec<Stray>,
) {
    let told = found.len();
    find_looks(text, runs, context, glued, found);
    if found.len() == told {
        found.extend(tabbed(text, runs));
    }
    if context.in_list
        && found.len() == told
        && let Some(line) = runs.iter().skip(1).find(|run| is_unindented(text, run))
    {
        let first = after(text, line.range.start).map_or(1, char::len_utf8);
        found.push(Stray::new(
            line.range.start..line.range.start + first,
            "this line goes on with the item above it",
            "put an empty line above it; if it belongs to the item, begin it exactly under the item's first letter",
        ));
    }
}

/// Finds lines that look like what they are not.
fn find_looks(text: &str, runs: &[Run], context: Context, glued: &mut Option<Glued>, found: &mut Vec<Stray>) {
    let previous = glued.take();
    let begins = |run: &&Run| run.begins_line && !run.is_escaped;
    if !runs.iter().any(|run| begins(&run) && may_begin(text, run)) {
        return;
    }
    let starts: Vec<usize> = runs.iter().filter(|run| run.begins_line).map(|run| run.range.start).collect();
    let lines: Vec<&Run> = runs.iter().filter(begins).collect();
    let is_alone = runs.len() == 1 && context.spot == Spot::Paragraph;
    let headings: Vec<Stray> = lines.iter().filter_map(|run| heading(text, run, is_alone)).collect();
    if !headings.is_empty() {
        found.extend(headings);
        return;
    }
    let boxed = |run: &&Run| colons(text.get(run.range.clone()).unwrap_or(""), run.range.start);
    if let Some(stray) = lines.iter().find_map(boxed) {
        found.push(stray);
        return;
    }
    if let Some(stray) = table(text, &lines) {
        found.push(stray);
        return;
    }
    let looks: Vec<(usize, Look, Range<usize>)> = lines
        .iter()
        .filter_map(|run| {
            let line = starts.iter().position(|start| *start == run.range.start)?;
            look(text, run).map(|(look, sign)| (line, look, sign))
        })
        .collect();
    let Some((line, look, sign)) = looks.first() else { return };
    let alike =
        looks.iter().filter(|(_, other, _)| std::mem::discriminant(other) == std::mem::discriminant(look));
    let count = alike.count();
    let has_hard_blank = after(text, sign.end) == Some('\u{a0}');
    let goes_on_in_list = context.in_list && *line > 0;
    let goes_on = matches!(look, Look::Counted(number) if context.next == Some(u64::from(*number)));
    let is_certain = match look {
        Look::Bullet => true,
        Look::Dash => count > 1 || goes_on_in_list,
        Look::Starred => count > 1,
        Look::Letter(first) => {
            let next = looks.iter().any(|(_, other, _)| match other {
                Look::Letter(letter) => u32::from(*letter) == u32::from(*first) + 1,
                _ => false,
            });
            *first == 'a' && next
        }
        Look::Counted(_) => {
            *line > 0 && (count > 1 || goes_on_in_list || is_announced(text, sign) || goes_on)
        }
        Look::Numbered(number) => {
            let is_next = |other: &Look| matches!(other, Look::Numbered(other) | Look::Counted(other) if *other == number + 1);
            *number == 1 && looks.iter().any(|(_, other, _)| is_next(other)) || goes_on_in_list && *number > 1
        }
        Look::Glued(_) => count > 1 || has_hard_blank || goes_on_in_list || leads_list(text, sign),
    };
    let is_single = *line == 0 && starts.len() == 1 && context.spot == Spot::Paragraph;
    if is_certain {
        found.push(item(text, look, sign.clone()));
    } else if let Look::Glued(number) = look
        && is_single
    {
        let follows = previous.as_ref().is_some_and(|previous| match (previous.number, *number) {
            (Some(before), Some(number)) => number == before + 1,
            (before, number) => before == number,
        });
        let told = previous.as_ref().is_some_and(|previous| previous.is_told);
        if follows && !told {
            let place = previous.map_or(sign.clone(), |previous| previous.range);
            found.push(item(text, look, place));
        }
        *glued = Some(Glued { number: *number, range: sign.clone(), is_told: follows });
    }
}

/// Whether the line of `run` begins a sentence at the left edge, below one that has ended: perhaps the list was to end.
fn is_unindented(text: &str, run: &Run) -> bool {
    let above = text.get(..run.range.start).unwrap_or("");
    run.begins_line
        && above.ends_with('\n')
        && above.trim_end().ends_with(['.', '!', '?'])
        && after(text, run.range.start).is_some_and(|c| !c.is_lowercase() && !c.is_whitespace())
}

/// Whether `run` begins with something that no sentence begins with.
fn may_begin(text: &str, run: &Run) -> bool {
    let rest = text.get(run.range.clone()).unwrap_or("");
    if otherwise_numbered(rest).is_some() {
        return true;
    }
    match rest.as_bytes().first() {
        Some(b'o' | b'_') if rest.starts_with("o\t") || SIGNS.iter().any(|sign| rest.starts_with(sign)) => {
            true
        }
        Some(b'a'..=b'z' | b'A'..=b'Z') => rest
            .bytes()
            .skip(1)
            .take(4)
            .find(|byte| !b"ivx".contains(byte))
            .is_some_and(|b| b".)".contains(&b)),
        Some(b'#' | b'|' | b'(' | b'-' | b'+' | b'*' | b'0'..=b'9' | b':') => true,
        Some(0x80..) => rest.starts_with(BULLETS) || rest.starts_with(DASHES) || rest.starts_with(TICKS),
        _ => false,
    }
}

/// A heading without a blank behind its signs. One sign may well begin a word; two and more do not.
fn heading(text: &str, run: &Run, is_alone: bool) -> Option<Stray> {
    let rest = text.get(run.range.clone())?;
    let words = rest.trim_start_matches('#');
    let count = rest.len() - words.len();
    let next = words.chars().next()?;
    let is_meant = match count {
        0 => false,
        1 => is_alone && (next.is_alphabetic() || next == '\u{a0}') && !words.contains('#'),
        _ => true,
    };
    if !is_meant {
        return None;
    }
    let place = run.range.start..run.range.start + count;
    let signs = "#".repeat(count.clamp(2, 6));
    let words = words.trim();
    let example = if words.chars().count() > MAX_SHOWN { "Words" } else { words };
    let message = match next {
        _ if count > 6 => "a heading begins with six `#` at most",
        '\u{a0}' => "this is no heading, because the blank behind `#` is one that keeps words together",
        _ => "this is no heading, because no blank stands behind `#`",
    };
    Some(Stray::new(place, message, format!("write `{signs} {example}`, with an ordinary blank")))
}

/// The finding for `line`, which begins at `start`, if three colons or more begin it and words follow: some programs
/// begin a box so. Colons alone end one.
pub(super) fn colons(line: &str, start: usize) -> Option<Stray> {
    let words = line.trim_start_matches(':');
    let length = line.len() - words.len();
    let begins = length > 2 && words.lines().next().is_some_and(|words| !words.trim().is_empty());
    let help = "begin the box with `> [!NOTE]`, and each line of it with `> `; to show the signs, put a backslash \
                before them";
    begins.then(|| Stray::new(start..start + length, "these colons make no box", help))
}

/// What the line that begins with `run` looks like, and where its sign is.
fn look(text: &str, run: &Run) -> Option<(Look, Range<usize>)> {
    let start = run.range.start;
    let rest = text.get(run.range.clone())?;
    let first = rest.chars().next()?;
    let sign = start..start + first.len_utf8();
    // What is bold or a link is no part of the run.
    let behind = |length: usize| text.get(start + length..).and_then(|rest| rest.chars().next());
    let is_glued =
        |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() || matches!(c, '\u{a0}' | '*' | '_' | '['));
    // The hollow bullet of a word processor becomes a letter and a tab.
    if BULLETS.contains(&first) || rest.starts_with("o\t") {
        return Some((Look::Bullet, sign));
    }
    if DASHES.contains(&first) || TICKS.contains(&first) || SIGNS.iter().any(|sign| rest.starts_with(sign)) {
        let known = SIGNS.iter().find(|sign| rest.starts_with(**sign)).map(|sign| sign.len() - 1);
        let length = known.unwrap_or(first.len_utf8());
        // Behind a tick may stand that it is to be a picture.
        let next = text.get(start + length..).unwrap_or("").trim_start_matches('\u{fe0f}').chars().next();
        return next.filter(|c| c.is_whitespace()).map(|_| (Look::Dash, start..start + length));
    }
    // An asterisk before a word may be the mark of a remark.
    let is_sign = matches!(first, '-' | '+') || first == '*' && behind(1) == Some('\u{a0}');
    if is_sign {
        return is_glued(behind(1)).then_some((Look::Glued(None), sign));
    }
    if first == '*' && behind(1).is_some_and(char::is_alphabetic) {
        return Some((Look::Starred, sign));
    }
    let is_blank = |c: Option<char>| c.is_some_and(|c| matches!(c, ' ' | '\t'));
    // A capital letter and a full stop may begin a name.
    if let Some((number, length)) = otherwise_numbered(rest) {
        return Some((Look::Numbered(number), start..start + length));
    }
    let is_letter = first.is_ascii_lowercase() || first.is_ascii_uppercase() && behind(1) == Some(')');
    if is_letter && matches!(behind(1), Some('.' | ')')) && is_blank(behind(2)) {
        return Some((Look::Letter(first.to_ascii_lowercase()), start..start + 2));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits)
        && matches!(behind(digits), Some('.' | ')'))
        && is_blank(behind(digits + 1))
        && let Ok(number) = rest[..digits].parse()
    {
        return Some((Look::Counted(number), start..start + digits + 1));
    }
    if (1..=3).contains(&digits) && matches!(behind(digits), Some('.' | ')')) && is_glued(behind(digits + 1))
    {
        let number = rest[..digits].parse().ok();
        return Some((Look::Glued(number), start..start + digits + 1));
    }
    None
}

/// The number that `line` begins with if it is written as no item of Markdown is, and how long it is with its sign.
fn otherwise_numbered(line: &str) -> Option<(u32, usize)> {
    let number = |text: &str| text.parse().ok().filter(|number| (1..=30).contains(number));
    if let Some((inside, rest)) = line.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        return rest.starts_with(' ').then(|| number(inside).map(|number| (number, inside.len() + 2)))?;
    }
    if let Some(sign) = line.chars().next().filter(|sign| CIRCLED.contains(sign)) {
        let number = u32::from(sign) - u32::from(*CIRCLED.start()) + 1;
        return Some((number, sign.len_utf8()));
    }
    if let Some(stepped) = numbered_step(line) {
        return Some(stepped);
    }
    if !line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x')) {
        return None;
    }
    let length = line.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (word, rest) = line.split_at(length);
    if let Some(at) = ROMAN.iter().position(|roman| *roman == word) {
        let is_item = rest.starts_with(". ") || rest.starts_with(") ");
        return is_item.then_some((u32::try_from(at).ok()? + 1, length + 1));
    }
    let number = number(word)?;
    if rest.starts_with(": ") {
        return Some((number, length + 1));
    }
    if let Some(dash) = [" - ", " – ", " — "].iter().find(|dash| rest.starts_with(**dash)) {
        return Some((number, length + dash.len() - 1));
    }
    let begins = rest.strip_prefix(' ')?.starts_with(|c: char| c.is_uppercase());
    begins.then_some((number, length))
}

/// The number of `Step 1: Sit`, and how long it is with its sign.
fn numbered_step(line: &str) -> Option<(u32, usize)> {
    // No other letters begin these words.
    if !line.starts_with(['s', 'S', 'e', 'E', 'é', 'É', 'p', 'P']) {
        return None;
    }
    let (word, rest) = line.split_once(' ')?;
    if !rest.starts_with(|c: char| c.is_ascii_digit()) || !STEPS.contains(&word.to_lowercase().as_str()) {
        return None;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits)?.parse().ok().filter(|number| (1..=30).contains(number))?;
    let behind = rest.get(digits..)?;
    let signs = behind.len() - behind.trim_start_matches([' ', ':', '.', ')', '-', '–', '—']).len();
    let length = behind.get(..signs)?.trim_end().len();
    (length > 0).then_some((number, word.len() + 1 + digits + length))
}

/// Whether the line above that of `sign` announces a list: it ends with a colon.
fn is_announced(text: &str, sign: &Range<usize>) -> bool {
    text.get(..sign.start).unwrap_or("").trim_end().ends_with(':')
}

/// Whether the line below that of `sign` is an item of a list with the same sign, or the next number.
fn leads_list(text: &str, sign: &Range<usize>) -> bool {
    let below = text.get(sign.end..).and_then(|rest| rest.split_once('\n')).map_or("", |(_, below)| below);
    let below = below.trim_start_matches(' ').trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = text.get(sign.clone()).unwrap_or("").trim_start_matches(|c: char| c.is_ascii_digit());
    below.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' '))
}

fn item(text: &str, look: &Look, sign: Range<usize>) -> Stray {
    let written = text.get(sign.clone()).unwrap_or("-").to_owned();
    let why = match look {
        Look::Glued(_) if after(text, sign.end) == Some('\u{a0}') => {
            format!("the blank behind `{written}` is one that keeps words together")
        }
        Look::Glued(_) | Look::Starred => format!("no blank stands behind `{written}`"),
        Look::Bullet | Look::Dash | Look::Letter(_) | Look::Numbered(_) => {
            format!("`{written}` begins no item")
        }
        Look::Counted(_) => format!("`{written}` right below a line begins none"),
    };
    let help = match look {
        Look::Glued(_) | Look::Starred => format!("write `{written}` and an ordinary blank before each item"),
        Look::Letter(_) | Look::Numbered(_) => {
            "begin each item with a number, as `1.`, and put an empty line above the first".to_owned()
        }
        Look::Counted(_) => {
            "put an empty line above it, and begin a list with `1.`; text that belongs to a step above \
                             begins with three blanks, below an empty line"
                .to_owned()
        }
        Look::Bullet | Look::Dash => {
            "begin each item with a hyphen and a blank, and put an empty line above the first".to_owned()
        }
    };
    Stray::new(sign, format!("{NO_LIST}, because {why}"), help)
}
