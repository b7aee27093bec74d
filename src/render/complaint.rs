//! The address with which a reader reports a problem with a page: a mail or a new entry of an issue tracker, prefilled
//! with the page and its version. Nothing is sent before the reader sends it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Stage;
use crate::config::Report;
use crate::view::Frame;

/// What a value in the query of an address may hold as it is (RFC 3986, 2.3).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address for the page in `frame`, if the settings say where problems are reported. The text of the report comes
/// last, so that the theme's script can add to it what the reader has marked.
pub fn address(stage: &Stage<'_>, frame: &Frame) -> Option<String> {
    let report = stage.site.context.config.report.as_ref()?;
    let strings = &stage.theme.strings;
    let page = frame.canonical.as_deref().unwrap_or(&frame.address);
    let mut lines = vec![strings.say("report_body", &[]), String::new(), String::new()];
    lines.push(strings.say("report_page", &[("page", page)]));
    if let Some(version) = &frame.version {
        lines.push(strings.say("report_version", &[("version", version)]));
    }
    Some(prefilled(report, &strings.say("report_subject", &[("title", &frame.title)]), &lines))
}

fn prefilled(report: &Report, subject: &str, lines: &[String]) -> String {
    let value = |text: &str| utf8_percent_encode(text, QUERY).to_string();
    match report {
        // Lines of a mail end with both signs (RFC 6068, 5).
        Report::Email(email) => {
            format!("mailto:{email}?subject={}&body={}", value(subject), value(&lines.join("\r\n")))
        }
        Report::Url(url) => {
            let (title, body) = names(url);
            let (url, fragment) = match url.split_once('#') {
                Some((url, fragment)) => (url, format!("#{fragment}")),
                None => (url.as_str(), String::new()),
            };
            let sign = if url.contains('?') { '&' } else { '?' };
            format!("{url}{sign}{title}={}&{body}={}{fragment}", value(subject), value(&lines.join("\n")))
        }
    }
}

/// What a tracker calls the title and the text of a new entry.
fn names(url: &str) -> (&'static str, &'static str) {
    // GitLab, whose own pages all lie below `/-/`.
    if url.contains("/-/") { ("issue%5Btitle%5D", "issue%5Bdescription%5D") } else { ("title", "body") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_query_may_not_hold_is_escaped() {
        let lines = ["Page: a?b&c#d+e".to_owned(), "100 %".to_owned()];
        let mail = prefilled(&Report::Email("pages@example.org".to_owned()), "What's “new”?", &lines);
        assert_eq!(
            mail,
            "mailto:pages@example.org?subject=What%27s%20%E2%80%9Cnew%E2%80%9D%3F\
             &body=Page%3A%20a%3Fb%26c%23d%2Be%0D%0A100%20%25"
        );
    }

    #[test]
    fn trackers_are_asked_in_their_own_words() {
        let lines = ["Words".to_owned()];
        let at = |url: &str| prefilled(&Report::Url(url.to_owned()), "Title", &lines);
        assert_eq!(
            at("https://github.com/clinic/pages/issues/new?labels=page"),
            "https://github.com/clinic/pages/issues/new?labels=page&title=Title&body=Words"
        );
        assert_eq!(
            at("https://gitlab.com/clinic/pages/-/issues/new#form"),
            "https://gitlab.com/clinic/pages/-/issues/new?issue%5Btitle%5D=Title&issue%5Bdescription%5D=Words#form"
        );
    }
}
