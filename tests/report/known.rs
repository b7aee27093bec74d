//! Reports of a site with a baseline: what programs learn of the findings that are known, and of those that are gone.

use backsite::baseline::{Comparison, Entry};
use backsite::diagnostic::{Diagnostic, Rule};
use backsite::report::{Detail, Format, Output, Report, Style, render};
use backsite::source::SitePath;

use super::{BIRD_DOG, TABLE, WINDOWS, check, nasty_texts, published};

/// The same report in `format`: a new finding, two known ones, and three that are gone.
fn report(format: Format) -> Output {
    let texts = nasty_texts();
    let new = [Diagnostic::new(Rule::AllCaps, texts.place(BIRD_DOG, "Bird dog", 0), "`Bird dog` is new")];
    let entry = |path: &str, rule, text: &str, count| Entry {
        path: SitePath::new(path),
        rule,
        text: text.into(),
        count,
    };
    let comparison = Comparison {
        known: vec![
            Diagnostic::new(Rule::SentenceTooLong, texts.place(WINDOWS, "左右に倒す", 0), "a known sentence"),
            Diagnostic::new(Rule::TableWithoutHeader, texts.place(TABLE, "| a | b |", 0), "a known table"),
        ],
        gone: vec![
            entry(BIRD_DOG, Rule::FrighteningWord, "a \"{0}\" [worn](out) back", 2),
            entry("content/gone, 100%.md", Rule::UnusedTerm, "", 1),
        ],
        unfound: 0,
        waiting: 0,
    };
    let report =
        Report { findings: &new, baseline: Some(&comparison), sources: &texts, summary: published() };
    render(&report, format, Detail::All, Style::Plain)
}

#[test]
fn json_counts_the_known_findings_and_lists_what_is_gone() {
    let Output { stdout, stderr } = report(Format::Json);
    assert_eq!(stderr, "");
    check("known.json", include_str!("known.json"), &stdout);
}

#[test]
fn sarif_has_every_result_with_its_state() {
    let Output { stdout, stderr } = report(Format::Sarif);
    assert_eq!(stderr, "");
    let version = format!(r#""version":"{}"}}"#, env!("CARGO_PKG_VERSION"));
    let stdout = stdout.replace(&version, r#""version":"n.n.n"}"#);
    check("known.sarif", include_str!("known.sarif"), &stdout);
}

#[test]
fn people_and_workflows_see_new_findings_alone() {
    let shown = |format| {
        let Output { stdout, stderr } = report(format);
        let text = stdout + &stderr;
        (text.matches("is new").count(), text.matches("known").count(), text.matches("worn").count())
    };
    for format in [Format::Human, Format::Short, Format::Github] {
        assert_eq!(shown(format), (1, 0, 0), "{format:?}");
    }
}
