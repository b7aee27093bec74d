//! How much of an exercise to do: sets, repetitions, how long to hold, how often.
//!
//! The dose of an exercise, never of a medicine. Terms are those of schema.org's `ExercisePlan`.

use crate::tree::Node;

/// A number, or all numbers from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// The least.
    pub low: u32,
    /// The most; the same as `low` for a single number.
    pub high: u32,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// `s`.
    Seconds,
    /// `min`.
    Minutes,
}

/// A range with its unit, if the field has one: `5`, `5-10`, `5-10s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// The numbers.
    pub range: Range,
    /// The unit; none for a count.
    pub unit: Option<Unit>,
}

impl Amount {
    /// Reads `5`, `5-10`, `30s`, `5-10s` or `1-2min`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match &text[digits.len()..] {
            "" => None,
            "s" => Some(Unit::Seconds),
            "min" => Some(Unit::Minutes),
            _ => return None,
        };
        let number = |text: &str| {
            let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            if plain { text.parse::<u32>().ok() } else { None }
        };
        let (low, high) = match digits.split_once('-') {
            Some((low, high)) => (number(low)?, number(high)?),
            None => (number(digits)?, number(digits)?),
        };
        // One that runs from more to less has a finding, and says nothing that others could be compared with.
        (low <= high).then_some(Self { range: Range { low, high }, unit })
    }

    /// Reads the value of a field that the schema has validated.
    pub fn from_node(node: &Node) -> Option<Self> {
        match node.as_integer() {
            Some(number) => {
                let number = u32::try_from(number).ok()?;
                Some(Self { range: Range { low: number, high: number }, unit: None })
            }
            None => Self::parse(node.as_text()?),
        }
    }
}

/// Which side of the body an exercise is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Both sides at once.
    Both,
    /// One side, then the other.
    Each,
    /// Only the left side.
    Left,
    /// Only the right side.
    Right,
    /// Taking turns with every repetition.
    Alternate,
}

/// How often something is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Per {
    /// A day.
    Day,
    /// A week.
    Week,
}

/// The dose of an exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dose {
    /// How many rounds.
    pub sets: Option<Amount>,
    /// How many repetitions a round.
    pub reps: Option<Amount>,
    /// How long to stay in the position.
    pub hold: Option<Amount>,
    /// How long to pause between rounds.
    pub rest: Option<Amount>,
    /// How long to go on, in place of repetitions.
    pub duration: Option<Amount>,
    /// How often, in each `per`.
    pub times: Option<u32>,
    /// What `times` counts in.
    pub per: Option<Per>,
    /// Which side.
    pub side: Option<Side>,
    /// How hard it should feel, 0 to 10.
    pub effort: Option<u32>,
}

impl Dose {
    /// Reads a `dose` that the schema has validated; what does not fit is absent.
    pub fn from_node(node: &Node) -> Self {
        let amount = |key| node.get(key).and_then(Amount::from_node);
        let number = |key| node.get(key).and_then(Node::as_integer).and_then(|n| u32::try_from(n).ok());
        let word = |key| node.get(key).and_then(Node::as_text);
        Self {
            sets: amount("sets"),
            reps: amount("reps"),
            hold: amount("hold"),
            rest: amount("rest"),
            duration: amount("duration"),
            times: number("times"),
            per: match word("per") {
                Some("day") => Some(Per::Day),
                Some("week") => Some(Per::Week),
                _ => None,
            },
            side: match word("side") {
                Some("both") => Some(Side::Both),
                Some("each") => Some(Side::Each),
                Some("left") => Some(Side::Left),
                Some("right") => Some(Side::Right),
                Some("alternate") => Some(Side::Alternate),
                _ => None,
            },
            effort: number("effort"),
        }
    }

    /// Whether it says how much to do.
    pub fn is_complete(&self) -> bool {
        self.reps.is_some() || self.duration.is_some()
    }

    /// This dose with the values of `change` in place of its own: what a plan gives replaces what the exercise gives.
    #[must_use]
    pub fn overlaid(&self, change: &Self) -> Self {
        Self {
            sets: change.sets.or(self.sets),
            reps: change.reps.or(self.reps),
            hold: change.hold.or(self.hold),
            rest: change.rest.or(self.rest),
            duration: change.duration.or(self.duration),
            times: change.times.or(self.times),
            per: change.per.or(self.per),
            side: change.side.or(self.side),
            effort: change.effort.or(self.effort),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: u32, high: u32, unit: Option<Unit>) -> Option<Amount> {
        Some(Amount { range: Range { low, high }, unit })
    }

    #[test]
    fn an_amount_is_a_number_or_two_with_an_optional_unit() {
        assert_eq!(Amount::parse("5"), range(5, 5, None));
        assert_eq!(Amount::parse("5-10"), range(5, 10, None));
        assert_eq!(Amount::parse("5-10s"), range(5, 10, Some(Unit::Seconds)));
        assert_eq!(Amount::parse("1min"), range(1, 1, Some(Unit::Minutes)));
    }

    #[test]
    fn anything_else_is_no_amount() {
        for text in ["", "s", "5 s", "5-", "-5", "5-10-15", "5h", "5s-10s", "99999999999", "٥"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }
}
