//! Findings as a SARIF 2.1.0 log, which code hosts and editors read.
//!
//! Section numbers are those of the OASIS standard "Static Analysis Results Interchange Format 2.1.0".

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::Report;
use super::texts::{Lines, Region, Texts};
use crate::diagnostic::{Diagnostic, Fix, Level, Place, Rule, Severity};
use crate::source::SitePath;

/// What a path keeps in a URI: the unreserved characters of RFC 3986, section 2.3, and the slash. A colon
/// must go, since `a:b.md` would be read as the scheme `a`.
const KEPT_OUT_OF_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Writes every finding, each on a line of its own.
pub(super) fn render(report: &Report) -> String {
    let texts = Texts::of(report.findings, report.sources);
    let lines = texts.index();
    let rules: Vec<Rule> =
        report.findings.iter().map(|it| it.rule).collect::<BTreeSet<_>>().into_iter().collect();
    let tool = json!({
        "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "rules": rules.iter().map(|rule| rule_entry(*rule)).collect::<Vec<_>>(),
        },
    });
    let results: Vec<String> =
        report.findings.iter().map(|finding| format!("\n{}", result(finding, &rules, &lines))).collect();
    format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\n\
         \"runs\":[{{\"tool\":{tool},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[{}]}}]}}\n",
        results.join(",")
    )
}

fn rule_entry(rule: Rule) -> Value {
    let level = match rule.default_level() {
        Level::Allow => "none",
        Level::Note => "note",
        Level::Warn => "warning",
        Level::Error => "error",
    };
    json!({
        "id": rule.name(),
        "shortDescription": {"text": text(rule.summary())},
        "defaultConfiguration": {"level": level},
    })
}

/// `rules` holds the rule of every finding, sorted.
fn result(finding: &Diagnostic, rules: &[Rule], lines: &Lines) -> Value {
    let level = match finding.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule.name(),
        "ruleIndex": rules.partition_point(|rule| *rule < finding.rule),
        "level": level,
        "message": {"text": text(&message)},
        "locations": [{"physicalLocation": physical_location(&finding.place, lines)}],
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(i, related)| {
            json!({
                "id": i + 1,
                "physicalLocation": physical_location(&related.place, lines),
                "message": {"text": text(&related.message)},
            })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([fix_entry(fix, &finding.place.path)]);
    }
    result
}

fn physical_location(place: &Place, lines: &Lines) -> Value {
    let Region { start, end } = lines.region(place).unwrap_or(Region::UNKNOWN);
    json!({
        "artifactLocation": artifact_location(&place.path),
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

fn artifact_location(path: &SitePath) -> Value {
    json!({"uri": utf8_percent_encode(path.as_str(), KEPT_OUT_OF_PATHS).to_string()})
}

fn fix_entry(fix: &Fix, path: &SitePath) -> Value {
    json!({
        "artifactChanges": [{
            "artifactLocation": artifact_location(path),
            "replacements": [{
                "deletedRegion": {
                    "byteOffset": fix.span.start,
                    "byteLength": fix.span.end.saturating_sub(fix.span.start),
                },
                "insertedContent": {"text": fix.text},
            }],
        }],
    })
}

/// `message` as a message string: braces are doubled, so that they are no placeholders (3.11.5), and
/// brackets have a backslash where a reader could take them for an embedded link (3.11.6).
fn text(message: &str) -> String {
    let message = message.replace('{', "{{").replace('}', "}}");
    if message.contains("](") {
        message.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_relative_uri() {
        let uri = |path| artifact_location(&SitePath::new(path))["uri"].clone();
        assert_eq!(uri("content/a-b_c.~.md"), "content/a-b_c.~.md");
        assert_eq!(uri("a:b c/ä%#?.md"), "a%3Ab%20c/%C3%A4%25%23%3F.md");
    }

    #[test]
    fn what_a_message_quotes_is_neither_placeholder_nor_link() {
        assert_eq!(text("`{0}` and [[pacing]]"), "`{{0}}` and [[pacing]]");
        assert_eq!(text("`[a](1)`"), "`\\[a\\](1)`");
    }
}
