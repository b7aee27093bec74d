//! Telephone numbers in a text, as links that call them. A wrong number is worse than none: what is not certainly a
//! number stays text.

use crate::markdown::body::escape;

/// What is known of a text in which numbers are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Numbers to call, and nothing else with digits: each of them is one.
    Numbers,
    /// Words, among which times and counts may stand.
    Words,
}

/// The most digits that a number has (ITU-T E.164).
const MOST: usize = 15;

/// The fewest signs of a number that is the whole text, and the fewest digits of one that begins with `+` or `0`, and of
/// any other among words.
const FEWEST_ALONE: usize = 3;
const FEWEST_DIALLED: usize = 6;
const FEWEST_AMONG_WORDS: usize = 9;

/// Short numbers that people are told to call for help: in an emergency, and else those of the European Union (Decision
/// 2007/116/EC, 116 and three more), the United Kingdom (111), Canada (811), Sweden (1177), Austria (1450) and Belgium
/// (1733).
const SHORT: [&str; 13] =
    ["000", "110", "111", "112", "811", "911", "999", "1177", "1450", "1733", "116111", "116117", "116123"];

/// `text` as HTML, with a link on each number that calls it.
pub fn linked(text: &str, holds: Holds) -> String {
    let mut out = String::with_capacity(text.len() + 48);
    let (mut done, mut at) = (0, 0);
    while let Some(start) = text[at..].find(opens).map(|n| at + n) {
        let run = &text[start..];
        let run = &run[..run.find(|c| !is_part(c)).unwrap_or(run.len())];
        at = start + run.len();
        // Signs around it belong to the sentence.
        let ends = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        let number = if ends.contains(')') { ends } else { ends.trim_start_matches('(') };
        let (from, to) = (start + ends.len() - number.len(), start + ends.len());
        let is_alone = holds == Holds::Numbers || number == text.trim() && number.len() >= FEWEST_ALONE;
        if !is_number(number, is_alone) || is_within(&text[..from], &text[to..]) {
            continue;
        }
        escape(&text[done..from], &mut out);
        out.push_str("<a class=\"call\" href=\"tel:");
        out.push_str(&dialled(number));
        out.push_str("\">");
        escape(number, &mut out);
        out.push_str("</a>");
        done = to;
    }
    escape(&text[done..], &mut out);
    out
}

fn opens(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | '(')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

fn is_part(c: char) -> bool {
    opens(c) || is_blank(c) || matches!(c, ')' | '-' | '\u{2011}' | '.' | '/')
}

/// What is dialled for a number as it is written. A zero in brackets behind the code of a country is for those within.
fn dialled(number: &str) -> String {
    let number = if number.starts_with('+') { number.replace("(0)", "") } else { number.to_owned() };
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// Whether what stands between `before` and `after` is part of something else: a word, a time, a price, a share.
fn is_within(before: &str, after: &str) -> bool {
    let belongs =
        |c: char| c.is_alphanumeric() || matches!(c, ':' | '%' | '°' | '€' | '$' | '£' | '#' | '_' | '@');
    before.ends_with(belongs) || after.starts_with(|c| c != ':' && belongs(c)) || is_time(after)
}

/// Whether `after` goes on with the minutes of a time.
fn is_time(after: &str) -> bool {
    after.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether `written` is a number to call, and one only.
fn is_number(written: &str, is_alone: bool) -> bool {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let is_balanced = written.matches('(').count() == written.matches(')').count();
    if digits.len() > MOST
        || !is_balanced
        || written.contains('/')
        || written.rfind('+').is_some_and(|at| at > 0)
    {
        return false;
    }
    if is_alone {
        return true;
    }
    let groups: Vec<&str> =
        written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    if SHORT.contains(&&*digits) {
        return groups.len() <= 2;
    }
    if written.contains('.') || is_span_of_times(written, &groups) || is_followed_by_a_count(written, &groups)
    {
        return false;
    }
    let first = groups.first().map_or(0, |group| group.len());
    let is_dialled = written.starts_with('+') || digits.starts_with('0') && first >= 3;
    digits.len() >= if is_dialled { FEWEST_DIALLED } else { FEWEST_AMONG_WORDS }
}

/// `0800-1800`: from eight to six.
fn is_span_of_times(written: &str, groups: &[&str]) -> bool {
    let is_time = |group: &&str| group.len() == 4 && **group <= *"2400" && group[2..] < *"60";
    groups.len() == 2 && groups.iter().all(is_time) && !written.contains(is_blank)
}

/// `0121 496 0000 24`: a number, and then how many hours somebody is there.
fn is_followed_by_a_count(written: &str, groups: &[&str]) -> bool {
    match groups {
        [.., before, last] if last.len() < 3 && before.len() >= 3 => {
            written[..written.len() - last.len()].ends_with(is_blank)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is dialled for each number of the text.
    fn called(text: &str, holds: Holds) -> Vec<String> {
        let html = linked(text, holds);
        html.split("href=\"tel:")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
            .collect()
    }

    #[test]
    fn a_number_is_a_link_and_words_around_it_are_text() {
        assert_eq!(
            linked("Tom & Co. on 116 117", Holds::Words),
            "Tom &amp; Co. on <a class=\"call\" href=\"tel:116117\">116 117</a>"
        );
    }

    #[test]
    fn all_numbers_for_an_emergency_are_called() {
        for (text, numbers) in [
            ("112", &["112"][..]),
            ("112 or 999", &["112", "999"]),
            ("15 ou 112", &["15", "112"]),
            ("+44 (0)121 496 0000", &["+441214960000"]),
            ("0-800-112.", &["0800112"]),
        ] {
            assert_eq!(called(text, Holds::Numbers), numbers, "{text}");
        }
    }

    #[test]
    fn among_words_only_what_is_certainly_a_number_is_called() {
        for (text, numbers) in [
            ("116 117", &["116117"][..]),
            ("555-0100", &["5550100"]),
            ("NHS 111", &["111"]),
            ("your doctor, or 111 at night", &["111"]),
            ("the nurse on (555) 010-0123 or +1 555 010 0124.", &["5550100123", "+15550100124"]),
            ("Rufen Sie 116\u{a0}117: jederzeit", &["116117"]),
            ("the clinic (0121 496 0000)", &["01214960000"]),
            ("le médecin, 01 99 00 12 34", &["0199001234"]),
            ("030 23125-0", &["030231250"]),
            ("your doctor or your local out-of-hours service", &[]),
            ("the clinic, 24/7", &[]),
            ("the clinic, 365 days a year", &[]),
            ("the clinic from 0800-1800", &[]),
            ("the clinic from 08:00-18:00", &[]),
            ("the clinic until 24.12.2026 and 01-12-2026", &[]),
            ("0121 496 0000 24 hours a day", &[]),
            ("0121 496 0000 / 0121 496 0001", &[]),
            ("room B112 or 112b", &[]),
            ("for 112€ or 111%", &[]),
            ("1234 5678 9012 3456", &[]),
        ] {
            assert_eq!(called(text, Holds::Words), numbers, "{text}");
        }
    }
}
