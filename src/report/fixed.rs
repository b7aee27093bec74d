//! The changes that were made to files, a line each. Their places are those in the files as they were before.

use std::fmt::Write;

use super::{Style, visible};
use crate::fix::Fixed;
use crate::source::{LineIndex, Position};

/// A change with its place as people count.
pub(super) struct Change<'a> {
    pub(super) fixed: &'a Fixed,
    pub(super) start: Position,
    pub(super) end: Position,
}

/// The changes `fixed`, of which those in one version of a file follow each other.
pub(super) fn changes(fixed: &[Fixed]) -> Vec<Change<'_>> {
    let same = |a: &Fixed, b: &Fixed| a.source.path == b.source.path && a.source.text == b.source.text;
    let mut changes = Vec::with_capacity(fixed.len());
    for group in fixed.chunk_by(same) {
        let Some(first) = group.first() else { continue };
        let index = LineIndex::new(&first.source.text);
        changes.extend(group.iter().map(|fixed| Change {
            fixed,
            start: index.position(fixed.span.start),
            end: index.position(fixed.span.end),
        }));
    }
    changes
}

/// What `change` did, as "`condtions` is now `conditions`".
pub(super) fn words(change: &Change<'_>) -> String {
    let old = change.fixed.span.of(&change.fixed.source.text);
    format!("`{old}` is now `{}`", change.fixed.text)
}

/// Writes a line for each change.
pub fn render(fixed: &[Fixed], style: Style) -> String {
    let label = match style {
        Style::Plain => "fixed",
        // Green and bold, as what has gone well.
        Style::Coloured => "\u{1b}[1m\u{1b}[32mfixed\u{1b}[0m",
    };
    let mut out = String::new();
    for change in changes(fixed) {
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "{label}: {}:{}:{}: {}",
            visible::line(change.fixed.source.path.as_str()),
            change.start.line,
            change.start.column,
            visible::line(&words(&change)),
        );
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}
