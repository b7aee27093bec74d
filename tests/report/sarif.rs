//! What `--format sarif` writes is a log of the standard: it follows the official schema, and says what was waived and
//! what was changed.

use std::sync::LazyLock;

use backsite::checks::Waiver;
use backsite::clinical::Date;
use backsite::diagnostic::Rule;
use backsite::fix::Fixed;
use backsite::report::{Detail, Format, Report, Style, Summary, render};
use backsite::source::{SitePath, Source, Span};
use serde_json::{Value, json};

use super::{BIRD_DOG, nasty_findings, nasty_texts, not_published};

/// The official schema.
pub static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    // A bracket that stands for itself has no backslash there, which strict readers of patterns refuse.
    let schema = include_str!("sarif/sarif-schema-2.1.0.json").replace("{2}]?$", "{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::draft7::new(&schema).unwrap()
});

#[track_caller]
pub fn assert_valid(log: &str) -> Value {
    let log: Value = serde_json::from_str(log).unwrap();
    let mistakes: Vec<String> =
        SCHEMA.iter_errors(&log).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert_eq!(mistakes, [""; 0], "{log}");
    log
}

fn log(summary: Summary) -> Value {
    let sources = nasty_texts();
    let findings = nasty_findings(&sources);
    let report = Report { findings: &findings, baseline: None, sources: &sources, summary };
    assert_valid(&render(&report, Format::Sarif, Detail::Normal, Style::Plain).stdout)
}

#[test]
fn the_official_schema_is_at_work() {
    let results = |level: &str| {
        json!({"version": "2.1.0", "runs": [{
            "tool": {"driver": {"name": "backsite"}},
            "results": [{"message": {"text": "x"}, "level": level}],
        }]})
    };
    assert!(SCHEMA.is_valid(&results("error")));
    assert!(!SCHEMA.is_valid(&results("grave")));
}

#[test]
fn a_log_of_findings_alone_says_nothing_of_suppression_or_changes() {
    let log = log(not_published());
    let run = &log["runs"][0];
    assert!(run.get("invocations").is_none());
    assert!(run["results"].as_array().unwrap().iter().all(|result| result.get("suppressions").is_none()));
}

#[test]
fn a_fix_says_what_it_writes_and_whether_it_is_certain() {
    let log = log(not_published());
    let fixes: Vec<&Value> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|result| result.get("fixes"))
        .collect();
    assert_eq!(fixes.len(), 1);
    assert_eq!(fixes[0][0]["description"], json!({"text": "write `conditions`"}));
    assert_eq!(fixes[0][0]["properties"], json!({"safe": true}));
}

#[test]
fn what_a_page_waives_is_a_result_that_is_suppressed() {
    let sources = nasty_texts();
    let mut findings = nasty_findings(&sources);
    let waived = vec![findings.swap_remove(0), findings.swap_remove(0)];
    let waiver = Waiver {
        place: sources.place(BIRD_DOG, "Steady", 0),
        rule: Rule::AllCaps,
        reason: "It is a quotation.".to_owned(),
        by: "ann".to_owned(),
        until: Date::parse("2026-12-31").ok(),
        findings: waived.clone(),
    };
    let summary = Summary { waivers: vec![waiver], ..not_published() };
    let report = Report { findings: &findings, baseline: None, sources: &sources, summary };
    let log = assert_valid(&render(&report, Format::Sarif, Detail::Normal, Style::Plain).stdout);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len() + waived.len());
    let (counted, suppressed) = results.split_at(findings.len());
    assert!(counted.iter().all(|result| result["suppressions"] == json!([])));
    for (result, finding) in suppressed.iter().zip(&waived) {
        assert_eq!(result["ruleId"], finding.rule.name());
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][rule]["id"], finding.rule.name());
        let suppression = &result["suppressions"][0];
        assert_eq!(suppression["kind"], "inSource");
        assert_eq!(suppression["justification"], "It is a quotation. (waived by `ann` until 2026-12-31)");
        assert_eq!(suppression["location"]["physicalLocation"]["region"]["startLine"], 3);
    }
}

#[test]
fn a_change_that_was_made_is_a_notification() {
    let text = "---\ntitel: A\n---\n";
    let source = Source { path: SitePath::new("content/a.md"), text: text.into() };
    let fixed =
        vec![Fixed { rule: Rule::UnknownField, source, span: Span::new(4, 9), text: "title".to_owned() }];
    let log = log(Summary { fixed, ..not_published() });
    let notification = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["message"]["text"], "fixed: `titel` is now `title`");
    assert_eq!(notification["associatedRule"]["id"], "unknown-field");
    assert_eq!(notification["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
}
