//! Tables that were not read as such.

use super::{Run, Stray};
use std::ops::Range;

/// Rows of a table that has no line of dashes, or one with another number of columns.
pub(super) fn table(text: &str, lines: &[&Run]) -> Option<Stray> {
    let line = |run: &Run| {
        let start = run.range.start;
        let rest = text.get(start..).unwrap_or("");
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        start..start + rest[..length].trim_end().len()
    };
    let written = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
    let rows: Vec<Range<usize>> = lines.iter().map(|run| line(run)).collect();
    let is_dashes = |row: &str| {
        row.contains('|')
            && row.contains('-')
            && row.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
    };
    if let Some(at) = rows.iter().position(|row| is_dashes(written(row))) {
        let dashes = rows[at].clone();
        let head = at.checked_sub(1).map(|above| written(&rows[above])).filter(|head| head.contains('|'));
        let Some(head) = head else {
            if apart(text, dashes.start).is_some() {
                let message = "an empty line parts this line of dashes from the row of names above it";
                return Some(Stray::new(dashes, message, "take the empty line out"));
            }
            let help = "write the names of the columns above it";
            return Some(Stray::new(dashes, "this line of dashes has no row of names above it", help));
        };
        let (columns, names) = (cells(written(&dashes)), cells(head));
        let message =
            format!("this is no table, because the row above has {names} cells and this line {columns}");
        return Some(Stray::new(
            dashes,
            message,
            "write dashes for each name of a column, with `|` between them",
        ));
    }
    if let [row] = rows.as_slice()
        && written(row).len() > 2
        && written(row).starts_with('|')
        && written(row).ends_with('|')
        && cells(written(row)) > 1
    {
        // What parts it from its dashes is told at these.
        let below = text.get(row.end..).unwrap_or("").trim_start();
        if below.lines().next().is_some_and(is_dashes) {
            return None;
        }
        let help =
            "take out the empty line above it; a table of its own needs a line of dashes below its first row";
        return Some(Stray::new(row.clone(), "this row stands apart from a table", help));
    }
    let first = rows.windows(2).find(|rows| rows.iter().all(|row| written(row).starts_with('|')))?;
    let row = first.first()?.clone();
    let dashes = "|---".repeat(cells(written(&row)));
    Some(Stray::new(row, "this is no table, because no line of dashes stands below its first row", {
        format!("write `{dashes}|` below it")
    }))
}

/// The row of a table that an empty line parts from the line which begins at `start`.
fn apart(text: &str, start: usize) -> Option<&str> {
    let row = text.get(..start)?.trim_end().rsplit(['\n', '\r']).next()?;
    row.trim_start().starts_with('|').then_some(row)
}

/// Rows whose cells have nothing but tabs between them, as spreadsheets and word processors copy them.
pub(super) fn tabbed(text: &str, runs: &[Run]) -> Option<Stray> {
    if !runs.iter().any(|run| text.get(run.range.clone()).is_some_and(|run| run.contains('\t'))) {
        return None;
    }
    let row = |run: &Run| {
        let rest = text.get(run.range.start..).unwrap_or("");
        let row = rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())].trim_end();
        (run.range.start..run.range.start + row.len(), row)
    };
    let rows: Vec<(Range<usize>, &str)> = runs.iter().filter(|run| run.begins_line).map(row).collect();
    let is_row = |(_, row): &(Range<usize>, &str)| row.contains('\t');
    let first = rows.windows(2).find(|rows| rows.iter().all(is_row))?.first()?;
    let cells = first.1.split('\t').filter(|cell| !cell.trim().is_empty()).count();
    let help = format!(
        "put `|` between the cells in place of tabs, and below the row of names the line `{}|`",
        "|---".repeat(cells)
    );
    Some(Stray::new(first.0.clone(), "this is no table, because tabs part no cells", help))
}

/// How many cells the row `row` of a table has.
fn cells(row: &str) -> usize {
    cell_ranges(row).len()
}

/// The bytes of each cell of the row `row` of a table. A `|` with a backslash before it parts nothing.
pub(super) fn cell_ranges(row: &str) -> Vec<Range<usize>> {
    let end = row.trim_end().len();
    let mut start = row.len() - row.trim_start().len();
    if row[start..].starts_with('|') {
        start += 1;
    }
    let mut ranges = Vec::new();
    let mut is_escaped = false;
    for (at, c) in row.char_indices() {
        if at < start || at >= end {
            continue;
        }
        if c == '|' && !is_escaped {
            ranges.push(start..at);
            start = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if start < end || ranges.is_empty() {
        ranges.push(start..end.max(start));
    }
    ranges
}
