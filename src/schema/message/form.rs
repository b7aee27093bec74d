//! The words for texts that have not the form of their field: dates, time spans, addresses, ranges and patterns.

use super::{Words, list, shown};
use crate::diagnostic::Applicability;
use crate::schema::format::{self, DateProblem, Format, Range, RangeProblem};
use crate::schema::shape::{Notes, Pattern};
use crate::tree::Node;

/// A date that is none.
pub(in crate::schema) fn date(
    name: &str,
    text: &str,
    problem: DateProblem,
    applicability: Applicability,
) -> Words {
    match problem {
        DateProblem::NotIso => {
            let words = Words::new(
                format!("{name} is not a date as year, month and day: {}", shown(text)),
                Format::Date.advice(),
            );
            if format::is_day_of_no_month(text) {
                let help = "there is no such day: look it up again, and write it as in `2026-03-31`";
                return Words { help: Some(help.to_owned()), ..words };
            }
            words.meant(format::meant_date(text), applicability)
        }
        DateProblem::Impossible => {
            Words::new(format!("{name} is no day of the calendar: {}", shown(text)), "look up the day again")
        }
    }
}

/// A text that is not of its format.
pub(in crate::schema) fn format(name: &str, text: &str, format: Format) -> Words {
    let words =
        Words::new(format!("{name} needs {}, and this is {}", format.noun(), shown(text)), format.advice());
    match format {
        Format::Duration => words.meant(format::meant_duration(text), Applicability::MaybeIncorrect),
        Format::Uri if text.starts_with("www.") => {
            words.meant(Some(format!("https://{text}")), Applicability::MaybeIncorrect)
        }
        Format::Email => {
            let address =
                text.strip_prefix("mailto:").map(|address| address.trim_start_matches('/').to_owned());
            words.meant(address, Applicability::MaybeIncorrect)
        }
        _ => words,
    }
}

/// A duration that is too long.
pub(in crate::schema) fn duration(name: &str, text: &str, longest: &str) -> Words {
    Words::new(
        format!("{name} is {}, and the longest is `{longest}`", shown(text)),
        "write a shorter time span",
    )
}

/// A range that is none.
pub(in crate::schema) fn range(name: &str, text: &str, range: &Range, problem: RangeProblem) -> Words {
    let needs = if range.units.is_empty() { "a whole number or a range" } else { "a number with its unit" };
    let units = || list(range.units.iter().map(|unit| &**unit), "or");
    match problem {
        RangeProblem::NotARange => {
            Words::new(format!("{name} needs {needs}, and this is {}", shown(text)), range.advice())
                .meant(range.meant(text), Applicability::MaybeIncorrect)
        }
        RangeProblem::NoUnit => {
            let ones: Vec<String> = range.units.iter().map(|unit| format!("{text}{unit}")).collect();
            let help = format!("write {}", list(ones.iter().map(String::as_str), "or"));
            Words::new(format!("{name} has no unit: {}", shown(text)), help)
        }
        RangeProblem::WrongUnit if range.units.is_empty() => {
            Words::new(format!("{name} takes no unit: {}", shown(text)), range.advice())
        }
        RangeProblem::WrongUnit => {
            Words::new(format!("{name} has another unit than {}: {}", units(), shown(text)), range.advice())
                .meant(range.meant(text), Applicability::MaybeIncorrect)
        }
        RangeProblem::TooSmall => {
            let least = range.minimum;
            Words::new(format!("{name} is {}, and the least is {least}", shown(text)), range.advice())
        }
        RangeProblem::TooLarge => {
            let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
            let most = format!("{}{unit}", range.most(unit));
            Words::new(format!("{name} is {}, and the most is {most}", shown(text)), range.advice())
        }
        RangeProblem::Backwards => {
            let message = format!("{} runs from more to less", shown(text));
            let words = Words::new(message, range.advice());
            match Range::turned(text) {
                Some(right) => {
                    let help = Some(format!("did you mean `{right}`?"));
                    Words { help, fix: Some((right, Applicability::MaybeIncorrect)), ..words }
                }
                None => words,
            }
        }
    }
}

/// A text that does not match.
pub(in crate::schema) fn pattern(name: &str, text: &str, pattern: &Pattern, notes: &Notes) -> Words {
    let message = format!("{name} can't be {}", shown(text));
    let examples: Vec<&str> = notes.examples.iter().filter_map(Node::as_written).collect();
    // A colour lacks its hash.
    let hash = if text.chars().all(char::is_alphanumeric) { "#" } else { "" };
    let near = [text.to_uppercase(), text.to_lowercase(), format!("{hash}{text}"), text.replace(' ', "")];
    if let Some(right) = near.into_iter().find(|near| near != text && pattern.0.is_match(near)) {
        return Words::new(message, format!("did you mean `{right}`?"))
            .fix(&right, Applicability::MaybeIncorrect);
    }
    if examples.is_empty() {
        return Words::new(message, format!("it has to match `{}`", pattern.0.as_str()));
    }
    Words::new(message, format!("write it as {}", list(examples, "or")))
}
