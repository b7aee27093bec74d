//! Links whose words are a number or an address, and that lead to another one: a reader trusts the words.

use percent_encoding::percent_decode_str;
use pulldown_cmark::LinkType;

use super::{OpenLink, Reader};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::markdown::link::{Destination, ENDS_OF_HOSTS};

/// The fewest digits that are a number to call, where they stand in the words of a link.
const MIN_DIGITS: usize = 3;

impl Reader<'_> {
    /// Judges a link whose words name what it does not lead to.
    pub(super) fn judge_spoken(&mut self, link: &OpenLink) {
        // Its words are its address.
        if matches!(link.kind, LinkType::Autolink | LinkType::Email) {
            return;
        }
        let Some(noted) = self.reading.body.links.get(link.index as usize) else { return };
        let Destination::Outside(address) = &noted.destination else { return };
        let Some((said, leads_to)) = contradiction(self.link_words(link), address) else { return };
        let message = format!("the link leads to `{leads_to}`, and its words are `{said}`");
        let finding = Diagnostic::new(Rule::BrokenLink, Place::new(self.path, noted.span), message);
        let help = "find out which of the two is right, and write it in both places";
        self.reading.findings.push(finding.help(help));
    }
}

/// What `words` say and where `address` leads, if these are two numbers, two people or two sites.
fn contradiction<'a>(words: &'a str, address: &'a str) -> Option<(&'a str, &'a str)> {
    let (scheme, rest) = address.split_once(':')?;
    match &*scheme.to_ascii_lowercase() {
        "tel" | "sms" => {
            let number = rest.split([';', '?']).next().unwrap_or(rest);
            other_number(words, number).map(|said| (said, number))
        }
        "mailto" => {
            let person = rest.split('?').next().unwrap_or(rest);
            let is_person = |word: &&str| {
                word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            };
            let said = words.split_whitespace().map(trimmed).find(is_person)?;
            let read = percent_decode_str(person).decode_utf8_lossy();
            (!person.contains(',') && !read.eq_ignore_ascii_case(said)).then_some((said, person))
        }
        _ => {
            let said = words.split_whitespace().map(trimmed).find_map(|word| Some((word, host(word)?)))?;
            let leads_to = host(address)?;
            (!is_same_site(said.1, leads_to)).then_some((said.0, leads_to))
        }
    }
}

/// `word` without what ends a sentence or holds it.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '“' | '”'))
}

/// The host that an address on the web begins with, if `text` is one, without `www.`.
fn host(text: &str) -> Option<&str> {
    let has_scheme = ["https://", "http://", "www."].iter().any(|start| text.starts_with(start));
    let text = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or(text);
    let last = host.rsplit_once('.')?.1;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    // Words with a full stop in them are sites only where they begin like one, or end as all of them do.
    let is_known = has_scheme || ENDS_OF_HOSTS.contains(&last);
    let is_host = is_known && !host.starts_with('.') && host.chars().all(is_name);
    is_host.then(|| host.strip_prefix("www.").unwrap_or(host))
}

/// Whether one of two hosts is the other, or lies below it: `nhs.uk` and `111.nhs.uk`.
fn is_same_site(said: &str, leads_to: &str) -> bool {
    let (said, leads_to) = (said.to_lowercase(), leads_to.to_lowercase());
    // A name that stays while what it leads to moves.
    if said == "doi.org" || owner(&said) == owner(&leads_to) {
        return true;
    }
    let is_below = |one: &str, other: &str| {
        one.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    is_below(&said, &leads_to) || is_below(&leads_to, &said)
}

/// The part of `host` that somebody owns: its last two names, or three where the last two are a country's own, as in
/// `example.org.uk`.
fn owner(host: &str) -> &str {
    const SHARED: [&str; 9] = ["co", "org", "ac", "gov", "com", "net", "nhs", "edu", "gv"];
    let mut stops = host.rmatch_indices('.').map(|(at, _)| at);
    let (_, second) = (stops.next(), stops.next());
    let Some(second) = second else { return host };
    let start = match host[second + 1..].split('.').next() {
        Some(name) if SHARED.contains(&name) => stops.next().map_or(0, |third| third + 1),
        _ => second + 1,
    };
    host.get(start..).unwrap_or(host)
}

/// The first number in `words` to call, if none of those that stand there is `number`. With the code of a country and
/// without, a number is the same; so is one whose end is spelt in letters.
fn other_number<'a>(words: &'a str, number: &str) -> Option<&'a str> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let called = digits(number);
    // Such a number can't be called, which is another finding.
    let is_number = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ' ' | '/'));
    if !is_number || number.rfind('+').is_some_and(|at| at > 0) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '+' | '\u{a0}');
    let is_counted =
        |rest: &str| ["hour", "day", "min"].iter().any(|unit| rest.trim_start().starts_with(unit));
    let mut first = None;
    let mut at = 0;
    while let Some(start) = words.get(at..)?.find(|c: char| c.is_ascii_digit() || c == '+').map(|n| at + n) {
        let rest = words.get(start..)?;
        let end = start + rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let part = words.get(start..end)?;
        let said = digits(&part.replace("(0)", ""));
        if said.len() >= MIN_DIGITS && !is_counted(words.get(end..)?) {
            let local = said.trim_start_matches('0');
            let is_same = !local.is_empty() && called.ends_with(local)
                || called.starts_with(&said)
                || said.ends_with(called.trim_start_matches('0'));
            if is_same {
                return None;
            }
            first = first.or(Some(part.trim_matches(|c: char| !c.is_ascii_digit() && c != '+')));
        }
        at = end.max(start + 1);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::contradiction;

    #[test]
    fn words_name_the_number_that_is_called() {
        for (words, address, expected) in [
            ("Call 999", "tel:111", Some(("999", "111"))),
            ("Call 111", "tel:111", None),
            ("0121 496 0000", "tel:+441214960000", None),
            ("+44 (0)121 496 0000", "tel:+441214960000", None),
            ("0121 496 0001", "tel:+441214960000", Some(("0121 496 0001", "+441214960000"))),
            ("Call 000", "tel:112", Some(("000", "112"))),
            ("999 or 112", "tel:112", None),
            ("Call 24/7", "tel:111", None),
            ("Call us on 365 days", "tel:111", None),
            ("0800 SLEEP", "tel:080075337", None),
            ("Call us", "tel:111", None),
            ("Call 999", "tel:0161 CALL", None),
        ] {
            assert_eq!(contradiction(words, address), expected, "{words}, {address}");
        }
    }

    #[test]
    fn words_name_the_person_and_the_site_that_they_lead_to() {
        for (words, address, expected) in [
            ("anna@example.org", "mailto:ben@example.org", Some(("anna@example.org", "ben@example.org"))),
            ("Anna@example.org.", "mailto:anna@example.org?subject=a", None),
            ("write to us", "mailto:ben@example.org", None),
            ("www.example.org", "https://example.com/a", Some(("www.example.org", "example.com"))),
            ("www.example.org/a", "https://example.org/b", None),
            ("www.example.fr", "https://example.dk/a", Some(("www.example.fr", "example.dk"))),
            ("example.org", "https://www.example.org", None),
            ("help.example.org", "https://example.org", None),
            ("en.wikipedia.org", "https://en.m.wikipedia.org/a", None),
            ("www.one.nhs.uk", "https://two.nhs.uk", Some(("www.one.nhs.uk", "two.nhs.uk"))),
            ("doi.org/10.1/2", "https://example.org", None),
            ("team@example.org", "mailto:team%40example.org", None),
            ("the leaflet v1.2", "https://example.org", None),
            ("e.g. this", "https://example.org", None),
        ] {
            assert_eq!(contradiction(words, address), expected, "{words}, {address}");
        }
    }
}
