//! The small languages inside of texts: dates, durations, ranges, addresses. Each is read by hand for findings, and
//! written as a regular expression for plain JSON Schema; a property test holds the two together.

use std::fmt::Write as _;

mod range;
#[cfg(test)]
mod tests;

pub use range::Range;
pub(super) use range::RangeProblem;

/// What a text is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A day, as `2026-03-31`.
    Date,
    /// A time span of one unit, as `P3Y`, `P18M`, `P2W` or `P90D`: the part of ISO 8601 that people need here.
    Duration,
    /// An absolute address on the web, with `http` or `https`.
    Uri,
    /// An address for e-mail.
    Email,
    /// A language, as `en` or `de-CH`: the shape that BCP 47 gives to language, script, region and variants.
    Language,
}

impl Format {
    /// The format that schemas call `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "date" => Self::Date,
            "duration" => Self::Duration,
            "uri" => Self::Uri,
            "email" => Self::Email,
            "language" => Self::Language,
            _ => return None,
        })
    }

    /// The name that schemas use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Duration => "duration",
            Self::Uri => "uri",
            Self::Email => "email",
            Self::Language => "language",
        }
    }

    /// What a text of this format is called.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Date => "a date",
            Self::Duration => "a time span",
            Self::Uri => "a web address",
            Self::Email => "an e-mail address",
            Self::Language => "a language",
        }
    }

    /// How to write one.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::Date => "write your day as year, month and day, as in `2026-03-31`",
            Self::Duration => {
                "write a number and `Y`, `M`, `W` or `D`: `P3Y` is three years, `P90D` is 90 days"
            }
            Self::Uri => "write the whole address: `https://www.example.org/page`",
            Self::Email => "write it as `name@example.org`",
            Self::Language => "write a code as `en`, `de` or `en-GB`",
        }
    }

    /// The regular expression of the formats that have one; dates need a calendar.
    pub(super) fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Date => None,
            Self::Duration => Some("^P[1-9][0-9]{0,3}[YMWD]$"),
            Self::Uri => Some(r#"^https?://[^/?#\x00-\x20"<>\\^`{|}\x7f]+[^\x00-\x20"<>\\^`{|}\x7f]*$"#),
            Self::Email => Some(r"^[^@:\x00-\x20\x7f]+@[^@\x00-\x20\x7f.]+(?:\.[^@\x00-\x20\x7f.]+)+$"),
            Self::Language => Some(
                "^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?\
                 (?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$",
            ),
        }
    }
}

impl Format {
    /// Whether `text` is of this format: what `pattern` says, without the cost of a regular expression.
    pub(super) fn matches(self, text: &str) -> bool {
        match self {
            Self::Date => date_problem(text).is_none(),
            Self::Duration => duration(text).is_some(),
            Self::Uri => text
                .strip_prefix("http")
                .map(|rest| rest.strip_prefix('s').unwrap_or(rest))
                .is_some_and(|rest| {
                    let bad = |c: char| {
                        c <= ' ' || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\x7f')
                    };
                    rest.strip_prefix("://").is_some_and(|host| {
                        !host.is_empty() && !host.starts_with(['/', '?', '#']) && !host.contains(bad)
                    })
                }),
            Self::Email => {
                let is_part = |part: &str| {
                    !part.is_empty() && !part.contains(|c: char| c <= ' ' || c == '@' || c == '\x7f')
                };
                // What stands before a colon is no part of an address: `mailto:`.
                text.split_once('@').is_some_and(|(local, host)| {
                    is_part(local)
                        && !local.contains(':')
                        && host.contains('.')
                        && host.split('.').all(is_part)
                })
            }
            Self::Language => is_language(text),
        }
    }
}

/// Whether `text` has the shape of a language tag: language, script, region, variants.
fn is_language(text: &str) -> bool {
    let is = |part: &str, lengths: std::ops::RangeInclusive<usize>, test: fn(&u8) -> bool| {
        lengths.contains(&part.len()) && part.as_bytes().iter().all(test)
    };
    let mut parts = text.split('-').peekable();
    if !parts.next().is_some_and(|language| is(language, 2..=3, u8::is_ascii_alphabetic)) {
        return false;
    }
    parts.next_if(|script| is(script, 4..=4, u8::is_ascii_alphabetic));
    parts.next_if(|region| {
        is(region, 2..=2, u8::is_ascii_alphabetic) || is(region, 3..=3, u8::is_ascii_digit)
    });
    parts.all(|variant| {
        is(variant, 5..=8, u8::is_ascii_alphanumeric)
            || (is(variant, 4..=4, u8::is_ascii_alphanumeric)
                && variant.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// What can be wrong with a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateProblem {
    /// It is not year, month and day.
    NotIso,
    /// There is no such day.
    Impossible,
}

/// What is wrong with the date `text`, if anything.
pub(super) fn date_problem(text: &str) -> Option<DateProblem> {
    let bytes = text.as_bytes();
    let is_iso = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !is_iso {
        return Some(DateProblem::NotIso);
    }
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let date = number(0..4).zip(number(5..7)).zip(number(8..10)).and_then(|((year, month), day)| {
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    });
    date.is_none().then_some(DateProblem::Impossible)
}

/// The date that `text` probably means, where year, month and day can't be confused.
pub(super) fn meant_date(text: &str) -> Option<String> {
    let date = written_date(text)?;
    date_problem(&date).is_none().then_some(date)
}

/// Whether `text` can be read as year, month and day in one way, and there is no such day.
pub(super) fn is_day_of_no_month(text: &str) -> bool {
    written_date(text).is_some_and(|date| date_problem(&date).is_some())
}

/// The names of the months in English; their first three letters stand for them, too.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Year, month and day of `text` with hyphens, where they can't be confused; there may be no such day.
fn written_date(text: &str) -> Option<String> {
    let text = text.trim();
    // A time of day behind the date.
    let text = match text.split_at_checked(10) {
        Some((date, time)) if date_problem(date).is_none() && is_time(time) => return Some(date.to_owned()),
        _ => text,
    };
    let parts: Vec<&str> = text.split([' ', ',', '.', '/', '-']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_year = |part: &str| part.len() == 4 && is_number(part, 4);
    let is_late = |part: &str| part.parse::<u8>().is_ok_and(|number| (13..=31).contains(&number));
    let (year, month, day) = match *parts.as_slice() {
        [year, month, day] if is_year(year) && is_number(month, 2) && is_number(day, 2) => (year, month, day),
        // Nobody counts more than twelve months.
        [day, month, year] if is_year(year) && is_number(month, 2) && is_number(day, 2) => {
            match (is_late(day), is_late(month)) {
                (true, false) => (year, month, day),
                (false, true) => (year, day, month),
                _ => return None,
            }
        }
        [whole] if whole.len() == 8 && is_number(whole, 8) => (&whole[..4], &whole[4..6], &whole[6..]),
        [a, b, year] if is_year(year) => return named_month(a, b, year),
        [year, a, b] if is_year(year) => return named_month(a, b, year),
        _ => return None,
    };
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

/// Whether `text` is what stands behind a date with a time: `T10:00`.
fn is_time(text: &str) -> bool {
    text.strip_prefix(['T', 't', ' ']).is_some_and(|time| {
        time.contains(':')
            && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | 'z'))
    })
}

/// The date of a day and the name of a month, in either order.
fn named_month(a: &str, b: &str, year: &str) -> Option<String> {
    let month_of = |name: &str| {
        let name = name.to_lowercase();
        let is_it =
            |month: &&str| name == **month || name == month[..3] || name == "sept" && **month == *"september";
        MONTHS.iter().position(is_it).map(|at| at + 1)
    };
    let day_of = |text: &str| {
        let text = text.to_lowercase();
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text);
        let is_day = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_day { digits.parse::<u8>().ok() } else { None }
    };
    let (day, month) =
        day_of(a).zip(month_of(b)).or_else(|| month_of(a).zip(day_of(b)).map(|(month, day)| (day, month)))?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// The units of durations, with their length in days; a month counts 30 days, a year 365.
const UNITS: [(char, u64); 4] = [('Y', 365), ('M', 30), ('W', 7), ('D', 1)];

/// Number and unit of the duration `text`, as `P18M`.
pub(super) fn duration(text: &str) -> Option<(u64, char)> {
    let body = text.strip_prefix('P')?;
    let unit = body.chars().next_back().filter(|c| UNITS.iter().any(|(unit, _)| unit == c))?;
    let digits = &body[..body.len() - 1];
    let fits = (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    if fits { Some((digits.parse().ok()?, unit)) } else { None }
}

/// The duration that `text` probably means, as `3 years` or `p3y`.
pub(super) fn meant_duration(text: &str) -> Option<String> {
    let text = text.trim().to_uppercase();
    let text = text.strip_prefix('P').unwrap_or(&text);
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let meant = format!("P{}{}", &text[..end], text[end..].trim_start().chars().next()?);
    let word = text[end..].trim();
    let is_unit =
        ["YEAR", "MONTH", "WEEK", "DAY"].iter().any(|unit| unit.starts_with(word.trim_end_matches('S')));
    (is_unit && duration(&meant).is_some()).then_some(meant)
}

/// The most of each unit that the duration `longest` allows: months in years and years in months are exact, others
/// by their days.
fn most(longest: &str, unit: char) -> u64 {
    let Some((number, of)) = duration(longest) else { return 0 };
    let days = |unit| UNITS.iter().find(|(name, _)| *name == unit).map_or(1, |(_, days)| *days);
    match (of, unit) {
        ('Y', 'M') => number * 12,
        ('M', 'Y') => number / 12,
        _ => number * days(of) / days(unit),
    }
}

/// Whether the duration `text` is longer than `longest`.
pub(super) fn is_longer(text: &str, longest: &str) -> bool {
    duration(text).is_some_and(|(number, unit)| number > most(longest, unit))
}

/// The regular expression of the durations up to `longest`.
pub(super) fn duration_pattern(longest: &str) -> String {
    let parts: Vec<String> = UNITS
        .iter()
        .map(|(unit, _)| (unit, most(longest, *unit)))
        .filter(|(_, most)| *most > 0)
        .map(|(unit, most)| format!("{}{unit}", numbers(1, most)))
        .collect();
    format!("^P(?:{})$", parts.join("|"))
}

/// The regular expression of texts of at most `words` words.
pub(super) fn words_pattern(words: u64) -> String {
    const BLANK: &str = r"[\t\n\f\r ]";
    const WORD: &str = r"[^\t\n\f\r ]+";
    match words {
        0 => format!("^{BLANK}*$"),
        _ => format!("^{BLANK}*(?:{WORD}(?:{BLANK}+{WORD}){{0,{}}}{BLANK}*)?$", words - 1),
    }
}

/// How many words `text` has: runs of characters without blanks.
pub(super) fn words(text: &str) -> u64 {
    text.split_ascii_whitespace().count() as u64
}

/// The regular expression of the whole numbers from `minimum` (0, or anything else for 1) to `maximum`.
fn numbers(minimum: u64, maximum: u64) -> String {
    let mut parts = Vec::new();
    if minimum == 0 {
        parts.push("0".to_owned());
    }
    let digits: Vec<u64> = maximum.to_string().bytes().map(|b| u64::from(b - b'0')).collect();
    // All numbers of fewer digits, then those that part from the maximum at each of its digits, then itself.
    match digits.len() {
        1 => {}
        2 => parts.push("[1-9]".to_owned()),
        n => parts.push(format!("[1-9][0-9]{{0,{}}}", n - 2)),
    }
    let mut head = String::new();
    for (i, digit) in digits.iter().enumerate() {
        let low = u64::from(i == 0);
        if *digit > low {
            let rest = digits.len() - i - 1;
            let class = if *digit - 1 == low { low.to_string() } else { format!("[{low}-{}]", digit - 1) };
            let tail = match rest {
                0 => String::new(),
                1 => "[0-9]".to_owned(),
                _ => format!("[0-9]{{{rest}}}"),
            };
            parts.push(format!("{head}{class}{tail}"));
        }
        let _ = write!(head, "{digit}");
    }
    if maximum > 0 {
        parts.push(head);
    }
    format!("(?:{})", parts.join("|"))
}
