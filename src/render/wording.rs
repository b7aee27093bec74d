//! Values of the domain in words: doses, intervals, audiences, kinds.

use crate::clinical::dose::{Amount, Dose, Per, Side, Unit};
use crate::page::Page;
use crate::schema::Kind;
use crate::strings::{Strings, sentence_case};
use crate::view::{DoseView, Named};

/// How much to do, part by part, in the order in which it is done.
pub fn dose(dose: &Dose, strings: &Strings) -> DoseView {
    let mut parts = Vec::new();
    let say = |key, amount: Amount| strings.say(key, &[("amount", &length(amount, strings))]);
    let count = |key, amount: Amount| number(key, amount, strings);
    parts.extend(dose.hold.map(|hold| say("dose_hold", hold)));
    parts.extend(dose.duration.map(|duration| say("dose_duration", duration)));
    parts.extend(dose.reps.map(|reps| count("dose_reps", reps)));
    parts.extend(dose.side.map(|side| {
        let key = match side {
            Side::Both => "dose_side_both",
            Side::Each => "dose_side_each",
            Side::Left => "dose_side_left",
            Side::Right => "dose_side_right",
            Side::Alternate => "dose_side_alternate",
        };
        strings.say(key, &[])
    }));
    parts.extend(dose.sets.map(|sets| count("dose_sets", sets)));
    parts.extend(dose.rest.map(|rest| say("dose_rest", rest)));
    if let Some(times) = dose.times {
        let key = if dose.per == Some(Per::Week) { "dose_per_week" } else { "dose_per_day" };
        parts.push(strings.count(key, u64::from(times), &[("n", &times.to_string())]));
    }
    parts.extend(dose.effort.map(|effort| strings.say("dose_effort", &[("n", &effort.to_string())])));
    DoseView { parts, as_advised: false }
}

/// "5 to 10".
fn range(amount: Amount, strings: &Strings) -> String {
    let (low, high) = (amount.range.low.to_string(), amount.range.high.to_string());
    if low == high { low } else { strings.say("range", &[("low", &low), ("high", &high)]) }
}

/// "5 to 10 seconds".
fn length(amount: Amount, strings: &Strings) -> String {
    match amount.unit {
        Some(Unit::Seconds) => number("seconds", amount, strings),
        Some(Unit::Minutes) => number("minutes", amount, strings),
        None => range(amount, strings),
    }
}

/// The message `key` for a number, or for all numbers from one to another.
fn number(key: &str, amount: Amount, strings: &Strings) -> String {
    let (high, text) = (u64::from(amount.range.high), range(amount, strings));
    if amount.range.low == amount.range.high {
        strings.count(key, high, &[("n", &text)])
    } else {
        strings.up_to(key, high, &[("n", &text)])
    }
}

/// An ISO 8601 duration of calendar units in words: "2 weeks". What can't be read stays as it is written.
pub fn interval(written: &str, strings: &Strings) -> String {
    let mut words = Vec::new();
    let mut rest = written.strip_prefix('P').unwrap_or("");
    while let Some(digits) = rest.find(|c: char| !c.is_ascii_digit()) {
        let (Ok(count), Some(unit)) = (rest[..digits].parse::<u64>(), rest[digits..].chars().next()) else {
            break;
        };
        let key = match unit {
            'Y' => "years",
            'M' => "months_count",
            'W' => "weeks",
            'D' => "days",
            _ => break,
        };
        words.push(strings.count(key, count, &[("n", &count.to_string())]));
        rest = &rest[digits + 1..];
    }
    if words.is_empty() || !rest.is_empty() { written.to_owned() } else { words.join(", ") }
}

/// Whom the page is for, where that is not patients.
pub fn audience(page: &Page, strings: &Strings) -> Option<Named> {
    let id = page.text("audience").filter(|id| *id != "patient")?;
    Some(Named { id: id.to_owned(), name: strings.name("audience", id) })
}

/// What one page of the kind is called.
pub fn kind_name(kind: &Kind, strings: &Strings) -> String {
    let named = strings.get(&format!("kind.{}", kind.name));
    named.map_or_else(|| sentence_case(&kind.name.replace('-', " ")), str::to_owned)
}

/// What the pages of the kind are called.
pub fn kind_names(kind: &Kind, strings: &Strings) -> String {
    let named = strings.get(&format!("kinds.{}", kind.name));
    named.map_or_else(|| sentence_case(&kind.plural.replace('-', " ")), str::to_owned)
}
