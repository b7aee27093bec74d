//! Formats read by hand, against the regular expressions that we emit for them.

use super::*;
use proptest::prelude::*;
use regex::Regex;

fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).unwrap().is_match(text)
}

#[test]
fn every_number_up_to_the_most_matches_and_no_other() {
    for (least, most) in
        [(0, 0), (0, 10), (1, 1), (1, 7), (1, 10), (1, 36), (1, 50), (1, 99), (1, 100), (1, 1095)]
    {
        let regex = Regex::new(&format!("^{}$", numbers(least, most))).unwrap();
        for number in 0..=most + 1200 {
            assert_eq!(
                regex.is_match(&number.to_string()),
                (least..=most).contains(&number),
                "{number} in {least} to {most}"
            );
        }
        assert!(!regex.is_match("01"));
    }
}

#[test]
fn years_and_months_convert_exactly_and_others_by_their_days() {
    for (text, longest, longer) in [
        ("P36M", "P3Y", false),
        ("P37M", "P3Y", true),
        ("P1095D", "P3Y", false),
        ("P1096D", "P3Y", true),
        ("P1Y", "P12M", false),
        ("P2Y", "P23M", true),
        ("P2W", "P14D", false),
        ("P1M", "P2W", true),
    ] {
        assert_eq!(is_longer(text, longest), longer, "{text} against {longest}");
    }
}

#[test]
fn what_is_probably_meant_is_found() {
    assert_eq!(meant_duration("3 years").as_deref(), Some("P3Y"));
    assert_eq!(meant_duration("90 days").as_deref(), Some("P90D"));
    assert_eq!(meant_duration("p18m").as_deref(), Some("P18M"));
    assert_eq!(meant_duration("3 yards"), None);
    assert_eq!(meant_date("2026/3/5").as_deref(), Some("2026-03-05"));
    assert_eq!(meant_date("20260305").as_deref(), Some("2026-03-05"));
    assert_eq!(meant_date("5.3.2026"), None);
    let hold = Range { minimum: 1, maximum: 3600, units: vec!["s".into(), "min".into()] };
    assert_eq!(hold.meant("5 to 10 sec").as_deref(), Some("5-10s"));
    assert_eq!(hold.meant("1 Minute").as_deref(), Some("1min"));
    assert_eq!(hold.meant("1 hour"), None);
}

/// Texts near those of the formats.
fn near() -> impl Strategy<Value = String> {
    prop_oneof![
        "P?[0-9]{0,5}[YMWDH]?",
        "(https?|ftp):?/{0,3}[a-z./?# <ä\u{7f}|]{0,8}",
        "[a-z @.]{0,3}@?[a-z.@ä]{0,6}",
        "[A-Za-z]{1,4}(-[A-Za-z0-9]{1,9}){0,4}",
        "[0-9]{0,4}[-–]?[0-9]{0,4}(s|min|h|sm)?",
        "[ \\t\\n]{0,2}([a-z]{1,2}[ \\n\\x0c\u{a0}\u{85}]{1,2}){0,6}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn reading_by_hand_and_matching_agree(text in near()) {
        for format in [Format::Duration, Format::Uri, Format::Email, Format::Language] {
            prop_assert_eq!(format.matches(&text), matches(format.pattern().unwrap(), &text), "{:?}", format);
        }
        for longest in ["P3Y", "P20M", "P5W", "P10D"] {
            let fits = duration(&text).is_some() && !is_longer(&text, longest);
            prop_assert_eq!(fits, matches(&duration_pattern(longest), &text), "{}", longest);
        }
        for most in [0, 1, 3] {
            prop_assert_eq!(words(&text) <= most, matches(&words_pattern(most), &text), "{} words", most);
        }
        for units in [vec![], vec!["s".into(), "min".into()]] {
            for (minimum, maximum) in [(0, 10), (1, 50), (1, 3600)] {
                let range = Range { minimum, maximum, units: units.clone() };
                // A pattern can't compare numbers.
                let is_range = matches!(range.problem(&text), None | Some(RangeProblem::Backwards));
                prop_assert_eq!(is_range, matches(&range.pattern(), &text), "{:?}", range);
            }
        }
    }

    #[test]
    fn every_day_of_the_calendar_is_a_date_and_no_other(year in 1i16..=9999, month in 0i8..=13, day in 0i8..=32) {
        let exists = jiff::civil::Date::new(year, month, day).is_ok();
        let problem = date_problem(&format!("{year:04}-{month:02}-{day:02}"));
        prop_assert_eq!(problem, (!exists).then_some(DateProblem::Impossible));
    }
}
