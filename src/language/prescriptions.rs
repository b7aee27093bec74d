//! Doses that only the page of a medicine shows to be doses: `take two every six hours`, `1-0-1`, `4 cm of gel`.

use super::block::Block;
use super::doses::{end_of_number, finding, is_end_of_count, is_number, is_schedule};
use super::words::Gap;
use crate::diagnostic::Diagnostic;

/// What is measured by its length.
const SALVES: [&str; 5] = ["gel", "cream", "ointment", "paste", "salve"];

/// Words behind which the number of a medicine stands.
const TAKE: [&str; 7] = ["take", "takes", "taking", "taken", "swallow", "chew", "use"];

/// Spans of time between two doses, and of those in which there is a most.
const HOURS: [&str; 9] = ["hour", "hours", "day", "days", "night", "morning", "evening", "few", "h"];

/// Words between such a word and the number.
const UP_TO: [&str; 12] =
    ["no", "more", "than", "up", "to", "only", "just", "about", "at", "most", "a", "maximum"];

/// Finds them in a block of the page of a medicine.
pub(super) fn check(block: &Block, findings: &mut Vec<Diagnostic>) {
    schedules(block, findings);
    if block.tongue.english {
        bare_numbers(block, findings);
        counts(block, findings);
        lengths(block, findings);
    }
}

/// The number of a dose that says no more, on the page of a medicine: `take two every six hours`, `take no more than 8 in
/// 24 hours`.
fn bare_numbers(block: &Block, findings: &mut Vec<Diagnostic>) {
    for place in 0..block.words.len() {
        if !block.is_any(place, &TAKE) {
            continue;
        }
        let goes_on = |place: &usize| block.words.get(*place).is_some_and(|word| word.gap != Gap::Break);
        let mut places = (place + 1..block.words.len()).take_while(goes_on);
        let is_between = |place: &usize| block.is_any(*place, &UP_TO);
        let Some(number) = places.find(|place| !is_between(place)).filter(|place| is_number(block, *place))
        else {
            continue;
        };
        let next = end_of_number(block, number);
        let is_one_by_one = block.is(next, "at") && block.is(next + 2, "time");
        // `Take one` may stand for the medicine itself.
        let is_single_one = block.is(number, "one") && next == number + 1;
        let is_end = is_end_of_count(block, next) && !is_single_one;
        let is_alone =
            is_end || is_schedule(block, next) || is_number(block, next) || is_time_of_day(block, next);
        if is_alone && !is_one_by_one {
            findings.push(finding(block, number..next));
        }
    }
}

/// A number with how often, whatever verb stands before it: `2 every 6 hours`, `no more than eight in 24 hours`; and the
/// number that is called a dose.
fn counts(block: &Block, findings: &mut Vec<Diagnostic>) {
    for number in 0..block.words.len() {
        // Longer numbers are years, and the like.
        let is_count = is_number(block, number)
            && (!block.word(number).starts_with(|c: char| c.is_ascii_digit())
                || block.word(number).len() <= 2);
        let next = number + 1;
        let is_hours = |place: usize| block.is_any(place, &HOURS);
        let is_every = || {
            block.is(next, "every")
                && (is_hours(next + 1) || (is_number(block, next + 1) && is_hours(next + 2)))
        };
        let is_in_hours = || block.is(next, "in") && is_number(block, next + 1) && is_hours(next + 2);
        let goes_on = |place: usize| block.words.get(place).is_some_and(|word| word.gap != Gap::Break);
        let is_counted = is_count && goes_on(next) && (is_every() || is_in_hours());
        let is_called_dose = || {
            number >= 2
                && is_number(block, number)
                && is_end_of_count(block, next)
                && ["is", "of"].iter().any(|word| block.is(number - 1, word))
                && ["dose", "dosage"].iter().any(|word| block.is(number - 2, word))
        };
        if is_counted || is_called_dose() {
            findings.push(finding(block, number..next));
        }
    }
}

/// Whether the word at `place` begins what says at which time of a day: `in the morning`.
fn is_time_of_day(block: &Block, place: usize) -> bool {
    block.is(place, "in")
        && block.is(place + 1, "the")
        && ["morning", "afternoon", "evening"].iter().any(|word| block.is(place + 2, word))
}

/// How many medicines to take in the morning, at noon and in the evening, as prescriptions have it on the page of a
/// medicine: `1-0-1`, `1-0-0-½`.
fn schedules(block: &Block, findings: &mut Vec<Diagnostic>) {
    // Two digits or more are days and telephone numbers.
    let is_count = |place: usize| block.word(place).chars().count() == 1;
    let goes_on = |place: usize| {
        block.words.get(place).is_some()
            && is_number(block, place)
            && matches!(block.gap(place).trim(), "-" | "–")
    };
    let mut place = 0;
    while place < block.words.len() {
        let mut end = place + 1;
        while is_number(block, place) && goes_on(end) {
            end += 1;
        }
        if (3..=4).contains(&(end - place)) && (place..end).all(is_count) {
            findings.push(finding(block, place..end));
        }
        place = end;
    }
}

/// A medicine that is measured by its length, on the page of a medicine: `4 cm of gel`.
fn lengths(block: &Block, findings: &mut Vec<Diagnostic>) {
    for place in 3..block.words.len() {
        let is_salve = block.is_any(place, &SALVES) && block.is(place - 1, "of");
        let is_length = || ["cm", "mm", "inch", "inches"].iter().any(|word| block.is(place - 2, word));
        if is_salve && is_length() && is_number(block, place - 3) {
            findings.push(finding(block, place - 3..place + 1));
        }
    }
}
