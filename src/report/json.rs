//! Findings as one JSON document. `docs/findings.schema.json` describes it, and a test holds the two together.

use serde::Serialize;

use super::Report;
use super::counts::Counts;
use super::texts::{Lines, Region, Texts};
use crate::baseline::{Comparison, Entry};
use crate::diagnostic::{Diagnostic, Fix, Related};
use crate::source::SitePath;

/// Raised when a program that reads the document would have to change.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct FindingEntry<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    related: Vec<RelatedEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixEntry<'a>>,
}

#[derive(Serialize)]
struct RelatedEntry<'a> {
    message: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    path: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct SummaryEntry {
    pages: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<usize>,
}

#[derive(Serialize)]
struct GoneEntry<'a> {
    rule: &'a str,
    path: &'a str,
    text: &'a str,
    count: usize,
}

/// Writes every finding, each on a line of its own, so that two documents can be compared by line.
pub(super) fn render(report: &Report) -> String {
    let texts = Texts::of(report.findings, report.sources);
    let lines = texts.index();
    let findings: Vec<String> =
        report.findings.iter().map(|finding| format!("\n{}", json(&entry(finding, &lines)))).collect();
    let counts = Counts::of(report.findings);
    let summary = SummaryEntry {
        pages: report.summary.pages,
        errors: counts.errors,
        warnings: counts.warnings,
        notes: counts.notes,
        known: report.baseline.map(|baseline| baseline.known.len()),
    };
    let gone = report.baseline.map_or_else(String::new, gone);
    format!(
        "{{\"version\":{VERSION},\n\"findings\":[{}],\n{gone}\"summary\":{}}}\n",
        findings.join(","),
        json(&summary)
    )
}

/// The member for what is gone from the baseline.
fn gone(baseline: &Comparison) -> String {
    let entry = |entry: &Entry| {
        let Entry { path, rule, text, count } = entry;
        let entry = GoneEntry { rule: rule.name(), path: path.as_str(), text, count: *count };
        format!("\n{}", json(&entry))
    };
    let entries: Vec<String> = baseline.gone.iter().map(entry).collect();
    format!("\"gone\":[{}],\n", entries.join(","))
}

fn entry<'a>(finding: &'a Diagnostic, lines: &Lines) -> FindingEntry<'a> {
    let Region { start, end } = lines.region(&finding.place).unwrap_or(Region::UNKNOWN);
    FindingEntry {
        rule: finding.rule.name(),
        severity: finding.severity.name(),
        message: &finding.message,
        help: finding.help.as_deref(),
        path: finding.place.path.as_str(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        related: finding.related.iter().map(|related| related_entry(related, lines)).collect(),
        fix: finding.fix.as_ref().map(|fix| fix_entry(fix, &finding.place.path)),
    }
}

fn related_entry<'a>(related: &'a Related, lines: &Lines) -> RelatedEntry<'a> {
    let start = lines.region(&related.place).unwrap_or(Region::UNKNOWN).start;
    RelatedEntry {
        message: &related.message,
        path: related.place.path.as_str(),
        line: start.line,
        column: start.column,
    }
}

fn fix_entry<'a>(fix: &'a Fix, path: &'a SitePath) -> FixEntry<'a> {
    FixEntry { path: path.as_str(), start: fix.span.start, end: fix.span.end, text: &fix.text }
}

/// `value` on one line. A structure of text and numbers is always written, so the empty text never occurs.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
