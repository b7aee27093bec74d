//! Findings as a SARIF 2.1.0 log, which code hosts and editors read.
//!
//! Section numbers are those of the OASIS standard "Static Analysis Results Interchange Format 2.1.0".

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::fixed::{self, Change};
use super::texts::{Lines, Region, Texts};
use super::{Report, Summary};
use crate::baseline::Entry;
use crate::checks::Waiver;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Level, Place, Rule, Severity};
use crate::fix::Fixed;
use crate::source::SitePath;

/// What a path keeps in a URI: the unreserved characters of RFC 3986, section 2.3, and the slash. A colon
/// must go, since `a:b.md` would be read as the scheme `a`.
const KEPT_OUT_OF_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Writes every finding, each on a line of its own.
pub(super) fn render(report: &Report) -> String {
    let Summary { fixed, waivers, .. } = &report.summary;
    let (known, gone) = report.baseline.map_or((&[][..], &[][..]), |it| (&it.known, &it.gone));
    let waived = || waivers.iter().flat_map(|waiver| &waiver.findings);
    let texts = Texts::of(report.findings.iter().chain(known).chain(waived()), report.sources);
    let lines = texts.index();
    let rules = report.findings.iter().chain(known).chain(waived()).map(|finding| finding.rule);
    let rules: BTreeSet<Rule> = rules.chain(gone.iter().map(|entry| entry.rule)).collect();
    let rules: Vec<Rule> = rules.into_iter().collect();
    let tool = json!({
        "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "rules": rules.iter().map(|rule| rule_entry(*rule)).collect::<Vec<_>>(),
        },
    });
    let state = report.baseline.map(|_| "new");
    let found = report.findings.iter().map(|finding| (finding, state));
    let found = found.chain(known.iter().map(|finding| (finding, Some("unchanged"))));
    let found = found.map(|(finding, state)| {
        let mut result = result(finding, &rules, &lines);
        if let Some(state) = state {
            // 3.27.24
            result["baselineState"] = state.into();
        }
        result
    });
    let counted = found.chain(gone.iter().map(|entry| absent(entry, &rules))).map(|mut result| {
        // Either all results say whether they are suppressed or none does (3.27.23).
        if !waivers.is_empty() {
            result["suppressions"] = json!([]);
        }
        result
    });
    let suppressed = waivers.iter().flat_map(|waiver| {
        let suppression = suppression(waiver, &lines);
        let with = move |mut result: Value| {
            result["suppressions"] = json!([suppression]);
            if let Some(state) = state {
                // An exception is no part of the baseline, and so neither known nor gone.
                result["baselineState"] = state.into();
            }
            result
        };
        waiver.findings.iter().map(|finding| result(finding, &rules, &lines)).map(with)
    });
    let results: Vec<String> = counted.chain(suppressed).map(|result| format!("\n{result}")).collect();
    let invocations = match &fixed[..] {
        [] => String::new(),
        fixed => format!("\"invocations\":[{}],\n", invocation(fixed)),
    };
    format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\n\
         \"runs\":[{{\"tool\":{tool},\n{invocations}\"columnKind\":\"unicodeCodePoints\",\n\"results\":[{}]}}]}}\n",
        results.join(",")
    )
}

/// Why the findings that `waiver` waives don't count: the page says so itself (3.35).
fn suppression(waiver: &Waiver, lines: &Lines) -> Value {
    let until = waiver.until.map(|until| format!(" until {until}")).unwrap_or_default();
    json!({
        "kind": "inSource",
        "status": "accepted",
        "justification": format!("{} (waived by `{}`{until})", waiver.reason, waiver.by),
        "location": {"physicalLocation": physical_location(&waiver.place, lines)},
    })
}

/// What the program did to files: a notification for each change (3.20.21).
fn invocation(fixed: &[Fixed]) -> Value {
    let notification = |change: &Change<'_>| {
        let region = Region { start: change.start, end: change.end };
        json!({
            "level": "note",
            "message": {"text": text(&format!("fixed: {}", fixed::words(change)))},
            "associatedRule": {"id": change.fixed.rule.name()},
            "locations": [{"physicalLocation": location(&change.fixed.source.path, region)}],
        })
    };
    let notifications: Vec<Value> = fixed::changes(fixed).iter().map(notification).collect();
    json!({"executionSuccessful": true, "toolExecutionNotifications": notifications})
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

/// The result for what is gone from the baseline. Nobody knows where it stood. `rules` is as for [`result`].
fn absent(entry: &Entry, rules: &[Rule]) -> Value {
    let message = match &*entry.text {
        "" => format!("no longer found: `{}`", entry.rule.name()),
        subject => format!("no longer found: `{}` about `{subject}`", entry.rule.name()),
    };
    json!({
        "ruleId": entry.rule.name(),
        "ruleIndex": rules.partition_point(|rule| *rule < entry.rule),
        "level": "none",
        "kind": "pass",
        "baselineState": "absent",
        "message": {"text": text(&message)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact_location(&entry.path)}}],
        "occurrenceCount": entry.count,
    })
}

fn physical_location(place: &Place, lines: &Lines) -> Value {
    location(&place.path, lines.region(place).unwrap_or(Region::UNKNOWN))
}

fn location(path: &SitePath, Region { start, end }: Region) -> Value {
    json!({
        "artifactLocation": artifact_location(path),
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
    let description = match fix.text.as_str() {
        "" => "delete it".to_owned(),
        text => format!("write `{text}`"),
    };
    json!({
        "description": {"text": text(&description)},
        // Not a part of the standard: whether `check --fix` makes the change.
        "properties": {"safe": fix.applicability == Applicability::Safe},
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
