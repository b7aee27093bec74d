//! Ranges, as doses have them: a whole number or two, with a unit or without.

use super::numbers;

/// A whole number or two joined by a hyphen, as `5` or `5-10`; with units, one of them follows, as `5-10s`.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The smallest number, 0 or 1.
    pub minimum: u64,
    /// The largest number, without a unit or with the first: with `s` and `min`, seconds.
    pub maximum: u64,
    /// The units, one of which is needed; without any there is none to write.
    pub units: Vec<Box<str>>,
}

/// What can be wrong with a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::schema) enum RangeProblem {
    /// It is not of this form at all.
    NotARange,
    /// It lacks its unit.
    NoUnit,
    /// It has a unit that it does not take.
    WrongUnit,
    /// A number is below the least.
    TooSmall,
    /// A number is above the most.
    TooLarge,
    /// It runs from more to less.
    Backwards,
}

impl Range {
    /// What is wrong with the range `text`, if anything.
    pub(in crate::schema) fn problem(&self, text: &str) -> Option<RangeProblem> {
        let digits_end = |text: &str| text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
        let (first, rest) = text.split_at(digits_end(text));
        let (second, unit) = match rest.strip_prefix('-') {
            Some(rest) => {
                let (second, unit) = rest.split_at(digits_end(rest));
                (Some(second), unit)
            }
            None => (None, rest),
        };
        let is_number = |digits: &str| !digits.is_empty() && (digits == "0" || !digits.starts_with('0'));
        if !is_number(first) || !second.is_none_or(is_number) {
            return Some(RangeProblem::NotARange);
        }
        if !unit.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Some(RangeProblem::NotARange);
        }
        if unit.is_empty() && !self.units.is_empty() {
            return Some(RangeProblem::NoUnit);
        }
        if !unit.is_empty() && !self.units.iter().any(|known| **known == *unit) {
            return Some(RangeProblem::WrongUnit);
        }
        let number = |digits: &str| digits.parse().unwrap_or(u64::MAX);
        let numbers = [Some(first), second].into_iter().flatten().map(number);
        numbers
            .clone()
            .find_map(|number| self.number_problem(number, unit))
            .or_else(|| (!numbers.is_sorted()).then_some(RangeProblem::Backwards))
    }

    /// The largest number with `unit`: of minutes there are fewer than of seconds.
    pub(in crate::schema) fn most(&self, unit: &str) -> u64 {
        let is_first = self.units.first().is_none_or(|first| **first == *unit);
        let seconds = if !is_first && unit == "min" { 60 } else { 1 };
        (self.maximum / seconds).max(self.minimum)
    }

    fn number_problem(&self, number: u64, unit: &str) -> Option<RangeProblem> {
        if number < self.minimum {
            Some(RangeProblem::TooSmall)
        } else if number > self.most(unit) {
            Some(RangeProblem::TooLarge)
        } else {
            None
        }
    }

    /// The range that `text` probably means: with a hyphen for a dash or `to`, without blanks, with a known unit.
    pub(in crate::schema) fn meant(&self, text: &str) -> Option<String> {
        let text = text.trim().to_lowercase().replace(" to ", "-").replace(['–', '—', '−'], "-");
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let numbers = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        let word = &text[numbers.len()..];
        let unit = match word.chars().next() {
            None => "",
            Some(first) => self.units.iter().find(|unit| unit.starts_with(first))?,
        };
        let meant = format!("{numbers}{unit}");
        self.problem(&meant).is_none().then_some(meant)
    }

    /// The range `text`, which runs from more to less, the other way about.
    pub(in crate::schema) fn turned(text: &str) -> Option<String> {
        let (high, rest) = text.split_once('-')?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (low, unit) = rest.split_at(digits);
        Some(format!("{low}-{high}{unit}"))
    }

    /// How to write one.
    pub(in crate::schema) fn advice(&self) -> String {
        let low = self.minimum.max(1);
        let (a, b) = (low + 4, low + 9);
        let (a, b) = if b > self.maximum { (self.minimum, self.maximum) } else { (a, b) };
        let Some(unit) = self.units.first() else {
            return format!(
                "write a whole number from {} to {}, or two as `{a}-{b}`",
                self.minimum, self.maximum
            );
        };
        let ones: Vec<String> = self.units.iter().map(|unit| format!("`{a}{unit}`")).collect();
        format!(
            "write a whole number and its unit, as {}, or two numbers as `{a}-{b}{unit}`",
            ones.join(" or ")
        )
    }

    /// The regular expression of ranges.
    pub(in crate::schema) fn pattern(&self) -> String {
        let one = |unit: &str| {
            let number = numbers(self.minimum, self.most(unit));
            format!("{number}(?:-{number})?{unit}")
        };
        match self.units.as_slice() {
            [] => format!("^{}$", one("")),
            units => {
                let forms: Vec<String> = units.iter().map(|unit| one(unit)).collect();
                format!("^(?:{})$", forms.join("|"))
            }
        }
    }
}
