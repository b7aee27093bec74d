//! Findings as one JSON document. `docs/findings.schema.json` describes it, and a test holds the two together.

use serde::Serialize;

use super::counts::Counts;
use super::fixed::{self, Change};
use super::texts::{Lines, Region, Texts};
use super::{Report, Summary};
use crate::baseline::{Comparison, Entry};
use crate::checks::{Standing, State, ToDo, Waiver};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Related};
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
    safe: bool,
}

#[derive(Serialize)]
struct FixedEntry<'a> {
    rule: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct ToDoEntry<'a> {
    path: &'a str,
    items: Vec<FindingEntry<'a>>,
}

#[derive(Serialize)]
struct WaiverEntry<'a> {
    rule: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    reason: &'a str,
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    findings: usize,
}

#[derive(Serialize)]
struct PageEntry<'a> {
    path: &'a str,
    kind: &'a str,
    title: &'a str,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_reviewed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_due: Option<String>,
    overdue: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    lacks: Option<usize>,
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

/// Writes every finding, each on a line of its own, so that two documents can be compared by line. Of what else there
/// is to say, each entry has a line too, and what is empty is left out.
pub(super) fn render(report: &Report) -> String {
    let Summary { fixed, to_do, waivers, standings, .. } = &report.summary;
    let drafts = to_do.iter().flat_map(|list| &list.items);
    let waived = waivers.iter().flat_map(|waiver| &waiver.findings);
    let texts = Texts::of(report.findings.iter().chain(drafts).chain(waived), report.sources);
    let lines = texts.index();
    let findings = list("findings", report.findings.iter().map(|finding| json(&entry(finding, &lines))));
    let mut more = Vec::new();
    if !fixed.is_empty() {
        more.push(list("fixed", fixed::changes(fixed).iter().map(|change| json(&fixed_entry(change)))));
    }
    if !to_do.is_empty() {
        more.push(list("to_do", to_do.iter().map(|list| json(&to_do_entry(list, &lines)))));
    }
    if !waivers.is_empty() {
        more.push(list("waivers", waivers.iter().map(|waiver| json(&waiver_entry(waiver, &lines)))));
    }
    if let Some(standings) = standings {
        more.push(list("pages", standings.iter().map(|page| json(&page_entry(page)))));
    }
    let more: String = more.iter().map(|list| format!("{list},\n")).collect();
    let counts = Counts::of(report.findings);
    let summary = SummaryEntry {
        pages: report.summary.pages,
        errors: counts.errors,
        warnings: counts.warnings,
        notes: counts.notes,
        known: report.baseline.map(|baseline| baseline.known.len()),
    };
    let gone = report.baseline.map_or_else(String::new, gone);
    format!("{{\"version\":{VERSION},\n{findings},\n{gone}{more}\"summary\":{}}}\n", json(&summary))
}

/// The list `name` of entries that are JSON already.
fn list(name: &str, entries: impl Iterator<Item = String>) -> String {
    let entries: Vec<String> = entries.map(|entry| format!("\n{entry}")).collect();
    format!("\"{name}\":[{}]", entries.join(","))
}

/// The member for what is gone from the baseline.
fn gone(baseline: &Comparison) -> String {
    let entry = |entry: &Entry| {
        let Entry { path, rule, text, count } = entry;
        let entry = GoneEntry { rule: rule.name(), path: path.as_str(), text, count: *count };
        json(&entry)
    };
    list("gone", baseline.gone.iter().map(entry)) + ",\n"
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
    FixEntry {
        path: path.as_str(),
        start: fix.span.start,
        end: fix.span.end,
        text: &fix.text,
        safe: fix.applicability == Applicability::Safe,
    }
}

fn fixed_entry<'a>(change: &Change<'a>) -> FixedEntry<'a> {
    let Change { fixed, start, end } = change;
    FixedEntry {
        rule: fixed.rule.name(),
        path: fixed.source.path.as_str(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        old: fixed.span.of(&fixed.source.text),
        new: &fixed.text,
    }
}

fn to_do_entry<'a>(list: &'a ToDo, lines: &Lines) -> ToDoEntry<'a> {
    let items = list.items.iter().map(|item| entry(item, lines)).collect();
    ToDoEntry { path: list.path.as_str(), items }
}

fn waiver_entry<'a>(waiver: &'a Waiver, lines: &Lines) -> WaiverEntry<'a> {
    let start = lines.region(&waiver.place).unwrap_or(Region::UNKNOWN).start;
    WaiverEntry {
        rule: waiver.rule.name(),
        path: waiver.place.path.as_str(),
        line: start.line,
        column: start.column,
        reason: &waiver.reason,
        by: &waiver.by,
        until: waiver.until.map(|day| day.to_string()),
        findings: waiver.findings.len(),
    }
}

fn page_entry(page: &Standing) -> PageEntry<'_> {
    PageEntry {
        path: page.path.as_str(),
        kind: &page.kind,
        title: &page.title,
        status: page.state.name(),
        version: page.version.map(|version| version.to_string()),
        last_reviewed: page.last_reviewed.map(|day| day.to_string()),
        review_due: page.review_due.map(|day| day.to_string()),
        overdue: page.is_overdue,
        lacks: (page.state == State::Draft).then_some(page.lacks),
    }
}

/// `value` on one line. A structure of text and numbers is always written, so the empty text never occurs.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
