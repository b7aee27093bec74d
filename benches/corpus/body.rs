//! What stands below the front matter of a made-up page.

use std::fmt::Write as _;

use super::dice::Dice;
use super::words::*;
use super::{Head, Kind};

/// Writes the text of the page `index`: 400 to 1,200 words, three to six links to other pages, a citation; and, each on
/// some pages only, a warning, lists, tables, a plan of weeks.
pub fn write(text: &mut String, index: usize, heads: &[Head], cited: &[String], dice: &mut Dice) {
    let start = text.len();
    // With its space and its part of the markup, such a word takes about six bytes.
    let end = start + dice.between(400, 1200) * 6;
    let own = heads[index].kind;
    let link = |dice: &mut Dice| {
        let other = &heads[(index + 1 + dice.below(heads.len().max(2) - 1)) % heads.len()];
        let words = dice.one(&["this handout on pain", "more on the next step", "our guide to good days"]);
        if other.kind == own {
            format!(" See [{words}]({}.md).", other.slug)
        } else {
            format!(" See [{words}](../{}/{}.md).", other.kind.folder(), other.slug)
        }
    };
    paragraph(text, 3, &format!(" [@{}]", cited[dice.below(cited.len())]), dice);
    if dice.below(10) < 7 {
        let signs = dice.some(2, &SIGNS).join(" or ");
        let _ = write!(text, "> **Stop and call the clinic** for {signs}.\n>\n> {}\n\n", sentence(dice, ""));
    }
    if own == Kind::Exercise {
        text.push_str("## How to do it {#steps}\n\n");
        let count = dice.between(4, 7);
        for (number, step) in (1..).zip(dice.some(count, &STEPS)) {
            let _ = writeln!(text, "{number}. {step}");
        }
        text.push('\n');
    }
    let (first, mut links) = (dice.below(HEADINGS.len()), dice.between(3, 6));
    for (number, heading) in HEADINGS.iter().cycle().skip(first).take(HEADINGS.len()).enumerate() {
        if text.len() >= end {
            break;
        }
        let level = if number % 3 == 2 { "###" } else { "##" };
        let _ = write!(text, "{level} {heading}\n\n");
        if links > 0 {
            links -= 1;
            let link = link(dice);
            paragraph(text, 2, &link, dice);
        }
        match dice.below(20) {
            0..=6 => {
                for _ in 0..dice.between(3, 6) {
                    let _ = writeln!(text, "- {}", sentence(dice, ""));
                }
                text.push('\n');
            }
            7..=9 => {
                text.push_str("| Week | Sets | Times | Note |\n|------|-----:|-----:|------|\n");
                for week in 1..=dice.between(3, 6) {
                    let (sets, times, note) = (dice.between(1, 4), dice.between(5, 15), dice.one(&OBJECTS));
                    let _ = writeln!(text, "| {week} | {sets} | {times} | {note} |");
                }
                text.push('\n');
            }
            _ => (0..dice.between(1, 2)).for_each(|_| paragraph(text, 3, "", dice)),
        }
    }
    while links > 0 {
        links -= 1;
        let link = link(dice);
        paragraph(text, 1, &link, dice);
    }
    if dice.below(50) == 0 {
        text.push_str(PLANS[dice.below(PLANS.len())]);
    }
    let last: &[&str] = match own {
        Kind::Exercise => &["Stop if"],
        Kind::Medicine => &["Do not take if", "Check first", "Side effects", "Get help"],
        Kind::Guidance => &[],
    };
    for heading in last {
        let _ = write!(text, "## {heading}\n\n");
        for sign in dice.some(2, &SIGNS) {
            let _ = writeln!(text, "- {}", sentence_case(sign));
        }
        text.push('\n');
    }
}

fn paragraph(text: &mut String, sentences: usize, end: &str, dice: &mut Dice) {
    for number in 0..sentences {
        text.push_str(if number == 0 { "" } else { " " });
        text.push_str(&sentence(dice, "**"));
    }
    text.push_str(end);
    text.push_str("\n\n");
}

/// A sentence; now and then some of its words stand between `marks`.
pub fn sentence(dice: &mut Dice, marks: &str) -> String {
    let (subject, verb, object, tail) =
        (dice.one(&SUBJECTS), dice.one(&VERBS), dice.one(&OBJECTS), dice.one(&TAILS));
    match dice.below(8) {
        0 => format!("{subject} {verb} {marks}{object}{marks} {tail}."),
        1 => format!("{subject} {verb} {object}, and {} helps too.", dice.one(&OBJECTS)),
        _ => format!("{subject} {verb} {object} {tail}."),
    }
}

/// `words` with a capital letter.
pub fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
