//! The lines that end a report for people: how many findings there are, and what became of the pages.

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::{Group, Level};

use super::counts::{Counts, counted};
use super::{Outcome, Report, Style, Summary, human, visible};
use crate::diagnostic::{Rule, Severity};
use crate::fix::Fixed;

/// From this number of findings of one rule on, the summary counts the findings of each rule.
const MANY: usize = 4;

/// Writes the notes about the run, then how many findings of which rules, then the outcome.
pub(super) fn render(report: &Report, style: Style) -> String {
    let renderer = human::renderer(style);
    let mut out = String::new();
    let waivers = report.summary.waivers.iter().map(ToString::to_string);
    for note in report.summary.notes.iter().cloned().chain(waivers) {
        let title = Level::NOTE.primary_title(visible::line(&note));
        out.push_str(&renderer.render(&[Group::with_title(title)]));
        out.push('\n');
    }
    if let Some(tally) = tally(report) {
        out.push_str(&tally);
        out.push('\n');
    }
    let counts = Counts::of(report.findings);
    let summary = &report.summary;
    let outcome = |summary: &Summary| match fixed(&summary.fixed) {
        Some(fixed) => format!("{fixed} {}", outcome(summary)),
        None => outcome(summary),
    };
    if counts.errors > 0 {
        let text = format!("{}. {}", counts.sentence(), outcome(summary));
        out.push_str(&renderer.render(&[Group::with_title(Level::ERROR.primary_title(text))]));
    } else if counts.warnings > 0 && summary.strict {
        let text = format!("{}, and `--strict` allows no warning. {}", counts.sentence(), outcome(summary));
        out.push_str(&renderer.render(&[Group::with_title(Level::ERROR.primary_title(text))]));
    } else {
        out.push_str(&format!("{}: {}. {}", pages(summary), counts.sentence(), outcome(summary)));
    }
    out.push('\n');
    out
}

/// As "By rule: 12 `all-caps`, 3 `orphan-page`"; none where a reader can count them as well.
fn tally(report: &Report) -> Option<String> {
    let mut rules: BTreeMap<(Severity, Rule), usize> = BTreeMap::new();
    for finding in report.findings {
        *rules.entry((finding.severity, finding.rule)).or_default() += 1;
    }
    if rules.len() < 2 || rules.values().all(|number| *number < MANY) {
        return None;
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by(|((a, _), n), ((b, _), m)| b.cmp(a).then(m.cmp(n)));
    let parts: Vec<String> =
        rules.iter().map(|((_, rule), number)| format!("{number} `{}`", rule.name())).collect();
    Some(format!("By rule: {}", parts.join(", ")))
}

/// As "Fixed 3 mistakes in 2 files."; none where nothing was changed.
fn fixed(fixed: &[Fixed]) -> Option<String> {
    let files = fixed.iter().map(|change| &change.source.path).collect::<BTreeSet<_>>().len();
    (files > 0).then(|| format!("Fixed {} in {}.", counted(fixed.len(), "mistake"), counted(files, "file")))
}

fn outcome(summary: &Summary) -> String {
    let seconds = format!("{:.2} s", summary.elapsed.as_secs_f64());
    match &summary.outcome {
        Outcome::Checked => format!("Checked in {seconds}."),
        Outcome::Published { folder, written, unchanged, removed } => format!(
            "Published to `{}` in {seconds} ({written} written, {unchanged} unchanged, {removed} removed).",
            visible::line(folder)
        ),
        Outcome::NotPublished { standing: Some(folder) } => {
            format!("Nothing was published; `{}` is as it was.", visible::line(folder))
        }
        Outcome::NotPublished { standing: None } => "Nothing was published.".to_owned(),
    }
}

/// As "45 pages, 12 handouts".
fn pages(summary: &Summary) -> String {
    let pages = counted(summary.pages, "page");
    match summary.handouts {
        0 => pages,
        handouts => format!("{pages}, {}", counted(handouts, "handout")),
    }
}
