//! What has to be done before drafts can be published, as a list for each page.

use std::fmt::Write;

use annotate_snippets::{Group, Level};

use super::texts::{Lines, Texts};
use super::{Detail, Report, Style, human, visible};
use crate::checks::ToDo;
use crate::diagnostic::{Diagnostic, Rule};

/// How many lists are shown before the rest is only counted.
const SHOWN: usize = 3;

/// Writes the lists, each under the path of its page.
pub(super) fn render(report: &Report, detail: Detail, style: Style) -> String {
    let lists = &report.summary.to_do;
    let shown = match detail {
        Detail::All => lists.len(),
        Detail::Normal | Detail::Quiet => lists.len().min(SHOWN),
    };
    let renderer = human::renderer(style);
    let texts = Texts::of(lists.iter().take(shown).flat_map(|list| &list.items), report.sources);
    let lines = texts.index();
    let mut out = String::new();
    for ToDo { path, items } in lists.iter().take(shown) {
        let title = format!("to do before `{}` can be published:", visible::line(path.as_str()));
        out.push_str(&renderer.render(&[Group::with_title(Level::NOTE.no_name().primary_title(title))]));
        out.push('\n');
        for item in items {
            // Writing to a string can't fail.
            let _ = writeln!(out, "  - {}", visible::line(&words(item, &lines)));
        }
        out.push('\n');
    }
    if let Some(rest) = lists.get(shown..).filter(|rest| !rest.is_empty()) {
        let drafts = if rest.len() == 1 { "draft lacks" } else { "drafts lack" };
        let _ = writeln!(out, "… and {} more {drafts} something; `--all` shows each list\n", rest.len());
    }
    out
}

/// What to do. For something that is not there the advice says it all; for anything else it takes the mistake, and the
/// line in which it is.
fn words(item: &Diagnostic, lines: &Lines) -> String {
    let Some(help) = &item.help else { return item.message.clone() };
    if matches!(item.rule, Rule::MissingField | Rule::SafetyNetMissing | Rule::SectionMissing)
        && is_absent(item)
    {
        return help.clone();
    }
    match lines.region(&item.place) {
        Some(region) if region.start.line > 1 => {
            format!("line {}: {}: {help}", region.start.line, item.message)
        }
        _ => format!("{}: {help}", item.message),
    }
}

/// Whether the finding is about something that is nowhere: its place is the line above the fields.
fn is_absent(item: &Diagnostic) -> bool {
    item.related.is_empty() && item.place.span.range().len() == "---".len()
}
