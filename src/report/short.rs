//! Findings as `path:line:column: severity[rule]: message`, a line each, for editors and `grep`.

use std::fmt::Write;

use super::texts::{Region, Texts};
use super::{Report, visible};

/// Writes every finding.
pub(super) fn render(report: &Report) -> String {
    let texts = Texts::of(report.findings, report.sources);
    let lines = texts.index();
    let mut out = String::new();
    for finding in report.findings {
        let start = lines.region(&finding.place).unwrap_or(Region::UNKNOWN).start;
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            visible::line(finding.place.path.as_str()),
            start.line,
            start.column,
            finding.severity.name(),
            finding.rule.name(),
            visible::line(&finding.message),
        );
    }
    out
}
