//! Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request.
//!
//! The form is that of "Workflow commands for GitHub Actions" in GitHub's documentation.

use std::fmt::Write;

use super::texts::{Region, Texts};
use super::{Report, visible};
use crate::diagnostic::Severity;

/// Writes every finding.
pub(super) fn render(report: &Report) -> String {
    let texts = Texts::of(report.findings, report.sources);
    let lines = texts.index();
    let mut out = String::new();
    for finding in report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = property(&visible::line(finding.place.path.as_str()));
        let place = lines.region(&finding.place).map_or_else(String::new, place);
        let title = finding.rule.name();
        let mut message = visible::lines(&finding.message).into_owned();
        if let Some(help) = &finding.help {
            message.push_str("\nhelp: ");
            message.push_str(&visible::lines(help));
        }
        // Writing to a string can't fail.
        let _ = writeln!(out, "::{command} file={file}{place},title={title}::{}", data(&message));
    }
    out
}

/// The properties for `region`. GitHub refuses columns where the last line is another than the first.
fn place(Region { start, end }: Region) -> String {
    if start.line == end.line {
        format!(",line={},col={},endLine={},endColumn={}", start.line, start.column, end.line, end.column)
    } else {
        format!(",line={},endLine={}", start.line, end.line)
    }
}

/// `text` as it stands after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as it stands as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
