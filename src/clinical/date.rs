//! Calendar dates, and the intervals between reviews.

use std::fmt;

/// A day of the Gregorian calendar, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not four digits, two digits and two digits, with hyphens between.
    NotIso,
    /// It has the form of a date, but there is no such day.
    Impossible,
}

impl Date {
    /// Reads `YYYY-MM-DD`, and nothing else (ISO 8601-1:2019, 5.2.2.1, extended format).
    ///
    /// # Errors
    /// Says whether the form is wrong or the day does not exist.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let bytes = text.as_bytes();
        let iso = bytes.len() == 10
            && bytes
                .iter()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !iso {
            return Err(DateError::NotIso);
        }
        let number = |range: std::ops::Range<usize>| {
            bytes[range].iter().fold(0i16, |sum, digit| sum * 10 + i16::from(digit - b'0'))
        };
        let small = |range| i8::try_from(number(range)).map_err(|_| DateError::Impossible);
        jiff::civil::Date::new(number(0..4), small(5..7)?, small(8..10)?)
            .map(Self)
            .map_err(|_| DateError::Impossible)
    }

    /// Today by the system's clock and time zone.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the clock; `command` calls it once"
    )]
    pub fn today() -> Self {
        Self(jiff::ZonedDateTime::now().date())
    }

    /// The day that lies `interval` later; the calendar's last day where it would lie beyond.
    #[must_use]
    pub fn after(self, interval: Interval) -> Self {
        Self(self.0.saturating_add(interval.0))
    }

    /// How many days later `self` lies than `other`; negative where it lies earlier.
    pub fn days_since(self, other: Self) -> i64 {
        self.0.duration_since(other.0).as_hours() / 24
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// A span of calendar time in years, months, weeks and days, as ISO 8601 writes it: `P3Y`, `P18M`, `P2W`.
#[derive(Clone, Copy, Debug)]
pub struct Interval(jiff::Span);

impl Interval {
    /// Reads an ISO 8601 duration that has only calendar units, each at most once and in order.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('P')?;
        let mut span = jiff::Span::new();
        let mut units = "YMWD";
        while !rest.is_empty() {
            let digits =
                rest.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=4).contains(digits))?;
            let count: i64 = rest[..digits].parse().ok()?;
            let unit = rest[digits..].chars().next()?;
            units = &units[units.find(unit)? + 1..];
            span = match unit {
                'Y' => span.try_years(count),
                'M' => span.try_months(count),
                'W' => span.try_weeks(count),
                _ => span.try_days(count),
            }
            .ok()?;
            rest = &rest[digits + 1..];
        }
        (!span.is_zero()).then_some(Self(span))
    }

    /// An interval of so many years.
    pub fn years(count: u8) -> Self {
        Self(jiff::Span::new().years(i64::from(count)))
    }

    /// An interval of so many days.
    pub fn days(count: u16) -> Self {
        Self(jiff::Span::new().days(i64::from(count)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_year_month_day_with_hyphens_is_a_date() {
        for text in
            ["30/02/2026", "2026-2-3", "2026/02/03", "26-02-03", "2026-02-03T00:00", "２026-02-03", ""]
        {
            assert_eq!(Date::parse(text), Err(DateError::NotIso), "{text}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_not_a_date() {
        for text in ["2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-04-00"] {
            assert_eq!(Date::parse(text), Err(DateError::Impossible), "{text}");
        }
        assert_eq!(Date::parse("2024-02-29").map(|date| date.to_string()), Ok("2024-02-29".to_owned()));
    }

    #[test]
    fn three_years_after_a_leap_day_is_the_last_of_february() {
        let date = Date::parse("2024-02-29").unwrap().after(Interval::parse("P3Y").unwrap());
        assert_eq!(date.to_string(), "2027-02-28");
    }

    #[test]
    fn days_between_dates_count_over_months() {
        let (a, b) = (Date::parse("2026-03-01").unwrap(), Date::parse("2026-02-01").unwrap());
        assert_eq!((a.days_since(b), b.days_since(a)), (28, -28));
    }

    #[test]
    fn an_interval_is_calendar_units_in_order() {
        for text in ["P3Y", "P18M", "P2W", "P90D", "P1Y6M"] {
            assert!(Interval::parse(text).is_some(), "{text}");
        }
        for text in ["", "P", "3Y", "P0Y", "PT5M", "P1M1Y", "P1.5Y", "P-1Y", "P99999D"] {
            assert!(Interval::parse(text).is_none(), "{text}");
        }
    }
}
