//! medicine-dose-in-text: a number with a unit of dose, in any language.
//!
//! Found: `5 mg`, `5mg`, `5–10 mg`, `2 x 500 mg`, `0.5 ml`, `two tablets`, `1 or 2 small capsules`,
//! `two paracetamol tablets`, `half a tablet`, `tablets: 2 at night`; numbers of what has the name of a medicine: `two
//! ibuprofen`, `ibuprofen 400`, `an extra ibuprofen`; and the head of a column of doses: `Dose (mg)`. Grams, `units`,
//! patches, sachets and spoons are doses only where the sentence also names a medicine, so that `30 g of protein` and `2
//! tablespoons` are let through, or, for what is stuck on or stirred in, says when: `one patch every 72 hours`. Drinks
//! are no medicines (`250 ml of water`), nor are values of a blood test (`200 mg/dl`). Not found, and left to the
//! reviewer: numbers in letters in other languages than English, and doses without a number (`double it`).

use std::ops::Range;

use super::Subject;
use super::block::Block;
use super::lexicon::Role;
use super::prescriptions;
use super::words::Gap;
use crate::diagnostic::{Diagnostic, Rule};
use crate::markdown::ProseKind;

/// Words that may stand between a number and what it counts: `two small tablets`, `half a tablet`.
const BETWEEN: [&str; 15] = [
    "a",
    "an",
    "more",
    "extra",
    "small",
    "large",
    "white",
    "strong",
    "whole",
    "soluble",
    "effervescent",
    "coated",
    "ordinary",
    "of",
    "your",
];

/// How many of them may stand there.
const MAX_BETWEEN: usize = 3;

/// Words between the two numbers of a range or a product.
const RANGES: [&str; 12] = ["or", "to", "and", "x", "bis", "oder", "ou", "à", "a", "o", "y", "times"];

/// Words before which a number of medicines, or the number of a medicine's strength, can end.
const AFTER: [&str; 33] = [
    "a", "about", "after", "and", "as", "at", "before", "by", "daily", "during", "each", "every", "first",
    "for", "if", "in", "now", "on", "once", "or", "per", "then", "to", "tonight", "twice", "up", "when",
    "with", "bd", "tds", "qds", "od", "prn",
];

/// Words that say when a medicine is taken: before them the smallest number behind its name is a dose.
const SCHEDULES: [&str; 11] =
    ["at", "bd", "tds", "qds", "od", "prn", "daily", "nightly", "once", "twice", "every"];

/// The least number behind the name of a medicine that is its strength, whatever follows: a smaller one may be a
/// number of times or of hours.
const LEAST_STRENGTH: u32 = 20;

/// What is counted where a schedule follows, whether or not the sentence names a medicine.
const SCHEDULED: [&str; 6] = ["patch", "patches", "sachet", "sachets", "spray", "sprays"];

/// Words for one more, before the name of a medicine.
const ONE_MORE: [&str; 3] = ["extra", "another", "additional"];

/// Words that turn what is counted before them into something else: `one pill box`, `one tablet computer`.
const NO_MEDICINES: [&str; 16] = [
    "box",
    "boxes",
    "organiser",
    "organisers",
    "organizer",
    "organizers",
    "cutter",
    "cutters",
    "crusher",
    "crushers",
    "counter",
    "computer",
    "computers",
    "pc",
    "look",
    "looks",
];

/// How many numbers a dose may have: `1 or 2 x 500 mg`.
const MAX_NUMBERS: usize = 3;

/// Finds the doses.
pub fn check(block: &Block, findings: &mut Vec<Diagnostic>) {
    // The sentence asked about last, and whether it names a medicine: each is asked once.
    let mut asked: Option<(usize, bool)> = None;
    let first = findings.len();
    if block.subject == Subject::Medicine {
        prescriptions::check(block, findings);
    }
    // Where the dose found last ends.
    let mut told = 0;
    for place in block.marked.iter().copied() {
        if place < told || !may_be_counted(block, place) {
            continue;
        }
        let places = number_of_named(block, place).or_else(|| number_behind(block, place)).or_else(|| {
            let unit = Unit::at(block, place)?;
            let first = unit.first_number(block, place)?;
            let says_when = || is_schedule(block, place + 1) && block.is_any(place, &SCHEDULED);
            if unit.role == Role::UnitOfMedicine && !says_when() {
                let sentence = block.sentence_number(place);
                let names = match asked {
                    Some((last, names)) if last == sentence => names,
                    _ => names_medicine(block, sentence),
                };
                asked = Some((sentence, names));
                if !names {
                    return None;
                }
            }
            let is_other = is_measured_otherwise(block, first, place) || is_no_medicine(block, &unit, place);
            (!is_other).then(|| first..end_of_strength(block, place + 1))
        });
        if let Some(places) = places {
            told = places.end;
            findings.push(finding(block, places));
        } else if heads_column(block, place) {
            let message = format!("`{}` heads a column of doses of a medicine", block.text(place..place + 1));
            findings.push(advised(block.finding(Rule::MedicineDoseInText, place..place + 1, message)));
        }
    }
    let mut found = findings.split_off(first);
    without_parts(&mut found);
    findings.extend(found);
}

/// Whether the word at `place` may be what a dose counts: a medicine, its form, or a unit, perhaps with its number.
fn may_be_counted(block: &Block, place: usize) -> bool {
    const COUNTED: [Role; 4] = [Role::MedicineName, Role::Form, Role::Unit, Role::UnitOfMedicine];
    block.entry(place).is_some_and(|entry| entry.has_any(&COUNTED))
        || block.word(place).starts_with(char::is_numeric)
}

/// Takes out each dose that is part of a longer one: of `half a tablet`, the `half`.
fn without_parts(found: &mut Vec<Diagnostic>) {
    found.sort_by_key(|dose| (dose.place.span.start, std::cmp::Reverse(dose.place.span.end)));
    let mut told = 0;
    found.retain(|dose| {
        let is_new = dose.place.span.end > told;
        told = told.max(dose.place.span.end);
        is_new
    });
}

pub(super) fn finding(block: &Block, places: Range<usize>) -> Diagnostic {
    let message = format!("`{}` is a dose of a medicine", block.text(places.clone()));
    advised(block.finding(Rule::MedicineDoseInText, places, message))
}

fn advised(finding: Diagnostic) -> Diagnostic {
    finding.help("leave it out, and send readers to the label, their pharmacist or their prescriber")
}

/// Whether the word at `place` says when or how often.
pub(super) fn is_schedule(block: &Block, place: usize) -> bool {
    block.is_any(place, &SCHEDULES)
}

/// Where the dose ends whose unit ends before `end`: behind what it is dissolved in, if that is said: `250 mg/5 ml`, `5 mg/ml`.
fn end_of_strength(block: &Block, end: usize) -> usize {
    let is_per = block.words.get(end).is_some() && block.gap(end) == "/";
    let last = |place: usize| Unit::at(block, place).filter(|unit| unit.role == Role::Unit);
    if !is_per {
        return end;
    }
    match last(end) {
        Some(_) => end + 1,
        _ if is_number(block, end) && block.words.get(end + 1).is_some() && last(end + 1).is_some() => {
            end + 2
        }
        _ => end,
    }
}

/// The words of a dose whose number stands behind what is counted at `place`, with a schedule: `tablets: 2 at night`.
fn number_behind(block: &Block, place: usize) -> Option<Range<usize>> {
    let number = place + 1;
    let is_counted = block.has(place, Role::Form)
        && block.words.get(number).is_some()
        && matches!(block.gap(number).trim(), "" | ":" | "-" | "–" | "=");
    (is_counted && is_number(block, number) && is_schedule(block, number + 1)).then_some(place..number + 1)
}

/// Whether the unit at `place` stands for a whole column of a table: `mg` in brackets behind the name of a medicine or a
/// word for one, and alone on the page of a medicine.
fn heads_column(block: &Block, place: usize) -> bool {
    let is_last = block.words.len() == place + 1;
    let stands_apart = place == 0 || block.gap(place).trim() == "(";
    let counts = |place: usize| is_number(block, place) || block.has(place, Role::Drink);
    let names = |place: usize| block.has(place, Role::Medicine) || block.has(place, Role::MedicineName);
    block.prose.kind == ProseKind::Cell
        && is_last
        && stands_apart
        && Unit::at(block, place).is_some_and(|unit| unit.role == Role::Unit && !unit.with_number)
        && !(0..place).any(counts)
        && (block.subject == Subject::Medicine || (0..place).any(names))
}

/// The words of a dose that is made of the name of a medicine at `place` and a number without a unit: `two ibuprofen`,
/// `ibuprofen 400`.
fn number_of_named(block: &Block, place: usize) -> Option<Range<usize>> {
    if !block.has(place, Role::MedicineName) {
        return None;
    }
    // Of `co-codamol` the first half is a word, too.
    let is_halved = place > 0 && block.gap(place) == "-" && block.is(place - 1, "co");
    let first = if is_halved { place - 1 } else { place };
    let counted = Unit { role: Role::Form, with_number: false };
    // What follows may be how often, or how strong: `two ibuprofen three times a day`.
    if (is_end_of_count(block, place + 1) || is_number(block, place + 1))
        && let Some(number) = counted.first_number(block, first)
    {
        return Some(number..place + 1);
    }
    let is_one_more = is_end_of_count(block, place + 1)
        && first
            .checked_sub(1)
            .is_some_and(|before| is_close(block, first) && block.is_any(before, &ONE_MORE));
    if is_one_more {
        return Some(first - 1..place + 1);
    }
    let strength = place + 1;
    let is_next = block.words.get(strength).is_some() && matches!(block.gap(strength).trim(), "" | "-" | ":");
    if !is_next {
        return None;
    }
    let number: u32 = block.word(strength).replace(',', "").parse().ok()?;
    let is_strength = number >= LEAST_STRENGTH && !(1900..2100).contains(&number);
    let goes_on = is_end_of_count(block, strength + 1) || block.has(strength + 1, Role::Number);
    (is_schedule(block, strength + 1) || is_strength && goes_on).then_some(first..strength + 1)
}

/// Whether a number of medicines can end before the word at `place`: `two ibuprofen with food`, and not
/// `two ibuprofen leaflets`.
pub(super) fn is_end_of_count(block: &Block, place: usize) -> bool {
    block.words.get(place).is_none_or(|word| word.gap == Gap::Break) || block.is_any(place, &AFTER)
}

/// A unit of dose.
struct Unit {
    role: Role,
    /// Whether its number is part of the same word: `5mg`.
    with_number: bool,
}

impl Unit {
    /// The unit at `place`.
    fn at(block: &Block, place: usize) -> Option<Self> {
        let role = |has: &dyn Fn(Role) -> bool| {
            [Role::Unit, Role::Form, Role::UnitOfMedicine].into_iter().find(|role| has(*role))
        };
        if let Some(role) = role(&|role| block.has(place, role)) {
            return Some(Self { role, with_number: false });
        }
        let word = block.word(place);
        let letters = word.trim_start_matches(|c: char| c.is_numeric() || c == '.' || c == ',');
        if letters.len() == word.len() || letters.is_empty() {
            return None;
        }
        let entry = block.settings.lexicon.named(letters)?;
        role(&|role| entry.has(role)).map(|role| Self { role, with_number: true })
    }

    /// The place of the first number that belongs to the unit at `place`.
    fn first_number(&self, block: &Block, place: usize) -> Option<usize> {
        let mut first = if self.with_number { place } else { self.number_before(block, place)? };
        for _ in 1..MAX_NUMBERS {
            match linked_number(block, first) {
                Some(before) => first = before,
                None => break,
            }
        }
        Some(first)
    }

    fn number_before(&self, block: &Block, place: usize) -> Option<usize> {
        let before = place.checked_sub(1)?;
        if !is_close(block, place) {
            return None;
        }
        if is_number(block, before) {
            return Some(before);
        }
        // Words may stand before what is counted, and nothing but an `a` before what is measured: `half a gram`.
        let most = if self.role == Role::Form { MAX_BETWEEN } else { usize::from(block.is(before, "a")) };
        let mut place = before;
        for _ in 0..most {
            let lets_through = block.has(place, Role::Medicine) || block.is_any(place, &BETWEEN);
            let number = place.checked_sub(1)?;
            if !lets_through || !is_close(block, place) {
                return None;
            }
            if is_number(block, number) {
                return Some(number);
            }
            place = number;
        }
        None
    }
}

/// Whether nothing but white space, a hyphen or the end of a bracket stands before the word at `place`.
fn is_close(block: &Block, place: usize) -> bool {
    block
        .gap(place)
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | ')'))
        .is_empty()
}

pub(super) fn is_number(block: &Block, place: usize) -> bool {
    let word = block.word(place);
    block.has(place, Role::Number)
        || (!word.is_empty() && word.chars().all(|c| c.is_numeric() || c == '.' || c == ','))
}

/// Where the number ends that begins at `place`, with what makes a range or a product with it: `one or two`, `2 x 200`.
pub(super) fn end_of_number(block: &Block, place: usize) -> usize {
    let mut end = place + 1;
    for _ in 1..MAX_NUMBERS {
        let next = (end..end + 2).find(|next| {
            block.words.get(*next).is_some()
                && is_number(block, *next)
                && linked_number(block, *next) == Some(end - 1)
        });
        match next {
            Some(next) => end = next + 1,
            None => break,
        }
    }
    end
}

/// The number that makes a range or a product with the one at `place`: the `5` of `5–10`, `5 or 10`, `5 x 10`.
fn linked_number(block: &Block, place: usize) -> Option<usize> {
    let before = place.checked_sub(1)?;
    let mark = block.gap(place).trim();
    if matches!(mark, "-" | "‐" | "‑" | "–" | "—" | "/" | "×" | "x") {
        return is_number(block, before).then_some(before);
    }
    let number = before.checked_sub(1)?;
    let is_range = mark.is_empty() && is_close(block, before) && block.is_any(before, &RANGES);
    (is_range && is_number(block, number)).then_some(number)
}

/// Whether the page is about a medicine, or the sentence names one, or a word for medicines.
fn names_medicine(block: &Block, sentence: usize) -> bool {
    block.subject == Subject::Medicine
        || block
            .sentences
            .get(sentence)
            .is_some_and(|sentence| sentence.words.clone().any(|place| block.has(place, Role::Medicine)))
}

/// Whether what is counted at `place` is no medicine: `one pill box`, `two tablets may look alike`.
fn is_no_medicine(block: &Block, unit: &Unit, place: usize) -> bool {
    let is = |place: usize, words: &[&str]| {
        block.words.get(place).is_some_and(|word| word.gap != Gap::Break) && block.is_any(place, words)
    };
    let next = place + 1 + usize::from(is(place + 1, &["may", "can"]));
    unit.role == Role::Form && is(next, &NO_MEDICINES)
}

/// Whether the unit at `place` measures a drink or the like (`250 ml of water`, `150 ml of fruit juice`, `a 250 ml
/// glass`, `a glass of water (250 ml)`), or is part of a value of a blood test (`200 mg/dl`).
fn is_measured_otherwise(block: &Block, first: usize, place: usize) -> bool {
    let goes_on = |place: usize| block.words.get(place).is_some_and(|word| word.gap != Gap::Break);
    let is_after_drink = matches!(block.gap(first).trim(), "(" | "=" | ":")
        && first.checked_sub(1).is_some_and(|before| block.has(before, Role::Drink));
    if is_after_drink {
        return true;
    }
    let next = place + 1;
    if !goes_on(next) {
        return false;
    }
    if block.gap(next) == "/" {
        return block.is(next, "dl") || block.is(next, "l");
    }
    let of = ["of", "de", "di"].iter().any(|of| block.is(next, of));
    if !of {
        // 500 ml warm water, and not 5 ml with milk.
        let may_describe = !block.has(next, Role::Medicine) && !block.is_any(next, &AFTER);
        return block.has(next, Role::Drink)
            || may_describe && goes_on(next + 1) && block.has(next + 1, Role::Drink);
    }
    if !goes_on(next + 1) {
        return false;
    }
    // What it is may have a word before it: fruit juice, boiled water. A medicine is none of these.
    let is_other = |place: usize| goes_on(place) && block.has(place, Role::Drink);
    is_other(next + 1) || (!block.has(next + 1, Role::Medicine) && is_other(next + 2))
}
