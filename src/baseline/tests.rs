//! Baselines: what an entry holds, what the file says, and what is known, new and gone.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Place, Severity};
use crate::source::Source;

const PAGE: &str = "content/index.md";

/// The findings of `rule` wherever `part` stands in `text`.
fn found(rule: Rule, text: &str, part: &str) -> Vec<Diagnostic> {
    let place = |at| Place::new(&SitePath::new(PAGE), Span::new(at, at + part.len()));
    text.match_indices(part).map(|(at, _)| Diagnostic::new(rule, place(at), format!("at {at}"))).collect()
}

/// The texts of a site of one page.
fn page(text: &str) -> impl Fn(&SitePath) -> Option<Arc<str>> {
    let text: Arc<str> = text.into();
    move |path| (path.as_str() == PAGE).then(|| Arc::clone(&text))
}

/// A baseline as it is read from the file that is written.
fn reread(baseline: &Baseline) -> Baseline {
    let source = Source { path: SitePath::new("baseline.json"), text: baseline.to_json().into() };
    let (read, findings) = read(&source);
    assert_eq!(findings, []);
    read
}

/// What is found in the file `text`: the rule, the text of the place, the message and the help.
fn mistakes(text: &str) -> Vec<String> {
    let source = Source { path: SitePath::new("baseline.json"), text: text.into() };
    let (_, findings) = read(&source);
    let line = |finding: Diagnostic| {
        let Diagnostic { rule, place, message, help, fix, .. } = finding;
        let fix = fix.map(|fix| format!(" | write {}", fix.text)).unwrap_or_default();
        let help = help.unwrap_or_default();
        format!("{} at {}: {message}; {help}{fix}", rule.name(), place.span.of(text))
    };
    findings.into_iter().map(line).collect()
}

/// A file with these entries.
fn file(entries: &str) -> String {
    format!("{{\"backsite\": \"baseline\", \"version\": 1, \"findings\": [{entries}]}}")
}

#[test]
fn the_file_has_an_entry_a_line_sorted_by_path_rule_and_text() {
    let text = "NO NO \"NEVER\" never";
    let mut findings = found(Rule::FrighteningWord, text, "never");
    findings.extend(found(Rule::AllCaps, text, "NO"));
    findings.extend(found(Rule::AllCaps, text, "\"NEVER\""));
    findings.extend(found(Rule::RawHtml, text, "NO"));
    findings.push(Diagnostic::new(Rule::UnusedTerm, Place::file(&SitePath::new("content/a.md")), "x"));
    let expected = r#"{
  "backsite": "baseline",
  "version": 1,
  "findings": [
    {"path": "content/a.md", "rule": "unused-term", "text": "", "count": 1},
    {"path": "content/index.md", "rule": "all-caps", "text": "\"NEVER\"", "count": 1},
    {"path": "content/index.md", "rule": "all-caps", "text": "NO", "count": 2},
    {"path": "content/index.md", "rule": "frightening-word", "text": "never", "count": 1}
  ]
}
"#;
    let baseline = Baseline::of(&findings, &page(text));
    assert_eq!(baseline.to_json(), expected);
    assert_eq!(baseline.count(), 5);
    findings.reverse();
    assert_eq!(Baseline::of(&findings, &page(text)).to_json(), expected);
    assert_eq!(reread(&baseline), baseline);
    let empty = "{\n  \"backsite\": \"baseline\",\n  \"version\": 1,\n  \"findings\": []\n}\n";
    assert_eq!(Baseline::of(&[], &page(text)).to_json(), empty);
}

#[test]
fn what_a_file_may_not_hold_is_written_as_an_escape() {
    let text = "A\u{7f}\u{85}B\u{ffff}\u{0}";
    let baseline = Baseline::of(&found(Rule::AllCaps, text, text), &page(text));
    let json = baseline.to_json();
    assert!(json.contains(r#""A\u007f B\uffff\u0000""#), "{json}");
    assert!(!json.contains(crate::source::is_control), "{json}");
    assert_eq!(reread(&baseline), baseline);
}

#[test]
fn line_endings_and_indents_make_no_difference() {
    let lines = "> It is long\n> and goes on.";
    let baseline = Baseline::of(&found(Rule::SentenceTooLong, lines, lines), &page(lines));
    for other in ["> It is long\r\n> and goes on.", "> It  is long\n   > and\u{a0}goes on."] {
        let (new, comparison) = baseline.compare(found(Rule::SentenceTooLong, other, other), &page(other));
        assert_eq!((new.len(), comparison.known.len(), comparison.gone.len()), (0, 1, 0), "{other:?}");
    }
}

#[test]
fn of_a_long_text_the_beginning_is_kept_and_a_digest() {
    let subject = |text: &str| subject(text, Span::new(0, text.len()));
    let long = "ä".repeat(MAX_TEXT);
    assert_eq!(subject(&long), long);
    let longer = subject(&format!("{long}b"));
    assert_eq!(longer, format!("{}… {:016x}", "ä".repeat(KEPT), xxh3_64(format!("{long}b").as_bytes())));
    assert_ne!(longer, subject(&format!("{long}c")));
}

#[test]
fn of_two_equal_sentences_one_can_be_known_and_the_other_new() {
    let text = "NO way. And NO way.";
    let findings = found(Rule::AllCaps, text, "NO");
    let baseline = Baseline::of(&findings[..1], &page(text));
    let (new, comparison) = baseline.compare(findings.clone(), &page(text));
    assert_eq!(new, findings[1..]);
    assert_eq!(comparison.known, findings[..1]);
    let both = Baseline::of(&findings, &page(text));
    let (new, comparison) = both.compare(findings[1..].to_vec(), &page(text));
    assert_eq!(new, []);
    let [gone] = &comparison.gone[..] else { panic!("{:?}", comparison.gone) };
    assert_eq!((&*gone.text, gone.rule, gone.count), ("NO", Rule::AllCaps, 1));
}

#[test]
fn a_finding_that_moves_or_weighs_more_stays_known() {
    let (before, after) = ("2020-01-01 is the day.", "First: 2020-01-01 is the day.");
    let known = found(Rule::ReviewOverdue, before, "2020-01-01");
    let baseline = Baseline::of(&known, &page(before));
    let later = found(Rule::ReviewOverdue, after, "2020-01-01");
    let later: Vec<Diagnostic> = later.into_iter().map(|finding| finding.severity(Severity::Error)).collect();
    assert_eq!(baseline.compare(later.clone(), &page(after)).1.known, later);
    // The same text is something else under another rule, and in another file.
    let soon = found(Rule::ReviewDueSoon, after, "2020-01-01");
    assert_eq!(baseline.compare(soon.clone(), &page(after)).0, soon);
    let mut moved = later;
    moved[0].place.path = SitePath::new("content/start.md");
    let (new, comparison) = baseline.compare(moved, &|_| Some(after.into()));
    assert_eq!((new.len(), comparison.gone.len()), (1, 1));
}

#[test]
fn nothing_is_called_gone_while_an_error_may_hide_it() {
    let text = "NO way.";
    let baseline = Baseline::of(&found(Rule::AllCaps, text, "NO"), &page(text));
    let (new, comparison) = baseline.compare(found(Rule::YamlSyntax, text, "way"), &page(text));
    assert_eq!(new.len(), 1);
    assert_eq!((comparison.gone.len(), comparison.unfound), (0, 1));
}

#[test]
fn a_baseline_that_is_not_understood_makes_no_finding_new() {
    let text = "NO way.";
    let mut findings = found(Rule::AllCaps, text, "NO");
    findings.extend(found(Rule::YamlSyntax, text, "way"));
    let (new, comparison) = unreadable().compare(findings.clone(), &page(text));
    assert_eq!(new, findings[1..]);
    assert_eq!((comparison.waiting, comparison.unfound), (1, 0));
}

#[test]
fn an_entry_that_stands_twice_is_known_as_often_as_the_larger_says() {
    let one = r#"{"path": "content/index.md", "rule": "all-caps", "text": "NO", "count": 1}"#;
    let two = one.replace(": 1}", ": 2}");
    let source =
        Source { path: SitePath::new("baseline.json"), text: file(&format!("{one}, {two}, {one}")).into() };
    let (baseline, findings) = read(&source);
    assert_eq!(findings, []);
    assert_eq!(baseline.count(), 2);
}

#[test]
fn counts_of_any_size_are_no_mistake_of_the_program() {
    let entry = |path: &str| {
        format!(r#"{{"path": "{path}", "rule": "all-caps", "text": "NO", "count": {}}}"#, i64::MAX)
    };
    let entries = ["a.md", "b.md", "c.md"].map(entry).join(", ");
    let source = Source { path: SitePath::new("baseline.json"), text: file(&entries).into() };
    let (baseline, findings) = read(&source);
    assert_eq!(findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::OutOfRange; 3]);
    assert_eq!(baseline.count(), usize::MAX);
    let (_, comparison) = baseline.compare(Vec::new(), &|_| None);
    assert_eq!(comparison.remarks(Naming::First).len(), 1);
    let hidden = found(Rule::YamlSyntax, "x", "x");
    assert_eq!(baseline.compare(hidden, &|_| None).1.unfound, usize::MAX);
}

#[test]
fn of_many_that_are_gone_the_first_are_named_and_each_where_all_are_asked_for() {
    let text = "A BB CCC DDDD EEEEE";
    let mut findings: Vec<Diagnostic> = ["A", "BB", "CCC", "DDDD", "EEEEE"]
        .iter()
        .flat_map(|part| found(Rule::AllCaps, text, part))
        .collect();
    findings.extend(found(Rule::AllCaps, text, "A"));
    let (_, comparison) = Baseline::of(&findings, &page(text)).compare(Vec::new(), &page(text));
    assert_eq!(
        comparison.remarks(Naming::First),
        [
            "6 findings of the baseline are gone: 2 times `all-caps` in `content/index.md` (`A`), `all-caps` in \
          `content/index.md` (`BB`), `all-caps` in `content/index.md` (`CCC`) and 2 more, which `--all` names; \
          check once more with `--write-baseline` to take them out"
        ]
    );
    assert!(comparison.remarks(Naming::Each)[0].contains("(`EEEEE`); check once more"));
}

#[test]
fn every_mistake_of_the_file_is_found_at_its_place() {
    let entry = |rule: &str| format!(r#"{{"path": "a.md", "rule": "{rule}", "text": "x", "count": 1}}"#);
    assert_eq!(mistakes(&file(&entry("all-caps"))), [""; 0]);
    for (text, expected) in [
        (
            file(&entry("raw-html")),
            "bad-baseline at \"raw-html\": `raw-html` can't be in a baseline; take the entry out, and mend what the rule finds",
        ),
        (
            file(&entry("all-cap")),
            "bad-baseline at \"all-cap\": there is no rule `all-cap`; did you mean `all-caps`? | write \"all-caps\"",
        ),
        (
            file(&entry("tea")),
            "bad-baseline at \"tea\": there is no rule `tea`; take the entry out: nothing can be found that it speaks of",
        ),
        (
            file(&entry("all-caps").replace("count", "cuont")),
            "unknown-field at \"cuont\": `cuont` is not a field of item 1 of `findings`; did you mean `count`? | write \"count\"",
        ),
        (
            "{\"backsite\": \"baseline\", \"version\": 2, \"findings\": {}}".to_owned(),
            "bad-baseline at 2: the baseline is of version 2, and this backsite knows version 1; take a newer backsite, or write the file anew with `backsite check --write-baseline`",
        ),
        (
            "{\"name\": \"x\"}".to_owned(),
            "bad-baseline at : `baseline.json` is not a baseline; name the file that `backsite check --write-baseline` has written",
        ),
    ] {
        assert_eq!(mistakes(&text), [expected]);
    }
}

#[test]
fn a_file_is_ours_by_its_beginning_whatever_else_is_wrong_with_it() {
    assert!(is_ours(&Baseline::of(&[], &page("")).to_json()));
    assert!(is_ours("\u{feff}{\r\n  \"backsite\" : \"baseline\",\r\n<<<<<<< ours"));
    for text in ["", "{", "{}", "[]", "{\"backsite\": \"base\"}", "backsite baseline"] {
        assert!(!is_ours(text), "{text}");
    }
}

proptest! {
    #[test]
    fn a_file_that_was_cut_or_changed_anywhere_is_read_with_places_inside_of_it(
        cut in 0..160_usize,
        skip in 0..8_usize,
        tail in "[\\[\\]{}\":,0-9a-c é\n]{0,8}",
    ) {
        let text = file(r#"{"path": "a.md", "rule": "all-caps", "text": "é", "count": 1}"#);
        let before = &text[..text.floor_char_boundary(cut)];
        let after = &text[text.floor_char_boundary(cut + skip)..];
        for text in [format!("{before}{tail}"), format!("{before}{tail}{after}")] {
            let source = Source { path: SitePath::new("baseline.json"), text: text.as_str().into() };
            let (baseline, findings) = read(&source);
            for finding in &findings {
                prop_assert!(text.get(finding.place.span.range()).is_some(), "{finding:?}");
            }
            prop_assert!(!findings.is_empty() || baseline.is_intact);
        }
    }
}
