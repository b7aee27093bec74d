//! The few lines of a file that a finding shows, cut to a readable width and with every character visible.
//!
//! annotate-snippets gets these lines only, since it reads all that it is given, for every finding anew.

use std::ops::Range;

use super::visible;
use crate::source::LineIndex;

/// How many columns of a line are shown.
const WIDTH: usize = 100;

/// How many characters are shown before a marked place that lies farther right than `WIDTH`.
const BEFORE: usize = 30;

/// Stands for what was cut off.
const ELLIPSIS: char = '…';

/// Lines of a file, one after the other, each ended by `\n`.
pub(super) struct Excerpt {
    /// The lines as they are shown.
    pub(super) text: String,
    /// The number of the first line.
    pub(super) first_line: usize,
    /// The number of the last line.
    pub(super) last_line: usize,
    /// The marked places in `text`, in the order in which they were asked for.
    pub(super) marks: Vec<Range<usize>>,
}

/// The lines from the first to the last of `places`, which are ranges of the text of `index`.
///
/// Costs as much as it shows, however long the lines are.
pub(super) fn excerpt(index: &LineIndex, places: &[Range<usize>]) -> Excerpt {
    let text = index.text();
    let first_line = places.iter().map(|place| index.line_number(place.start)).min().unwrap_or(1);
    let last_line = places.iter().map(|place| index.line_number(place.end)).max().unwrap_or(first_line);
    let mut out = Excerpt { text: String::new(), first_line, last_line, marks: vec![0..0; places.len()] };
    for number in first_line..=last_line {
        let mut line = index.line(number);
        if line.start == 0 && text.starts_with('\u{feff}') {
            line.start = '\u{feff}'.len_utf8().min(line.end);
        }
        let here = |offset: usize| index.line_number(offset) == number;
        let focus = places.iter().find(|place| here(place.start)).map_or(line.start, |place| place.start);
        let window = window(text, &line, focus);
        if window.start > line.start {
            out.text.push(ELLIPSIS);
        }
        let mut shown = Vec::with_capacity(WIDTH);
        for (i, character) in text[window.clone()].char_indices() {
            shown.push((window.start + i, out.text.len()));
            match visible::replacement(character) {
                Some(replacement) => out.text.push_str(&replacement),
                None => out.text.push(character),
            }
        }
        let end = out.text.len();
        if window.end < line.end {
            out.text.push(ELLIPSIS);
        }
        // A place before the window is shown at its start, one behind it at the ellipsis.
        let at = |offset: usize| {
            let next = shown.partition_point(|(original, _)| *original < offset);
            shown.get(next).map_or(end, |(_, copy)| *copy)
        };
        for (place, mark) in places.iter().zip(&mut out.marks) {
            if here(place.start) {
                mark.start = at(place.start);
            }
            if here(place.end) {
                mark.end = if place.end > window.end { out.text.len() } else { at(place.end) };
            }
        }
        out.text.push('\n');
    }
    out
}

/// Whether the whole of `line` is shown.
pub(super) fn is_short(text: &str, line: &Range<usize>) -> bool {
    fit(&text[line.clone()], WIDTH) == line.len()
}

/// The part of `line` to show, which holds `focus`.
fn window(text: &str, line: &Range<usize>, focus: usize) -> Range<usize> {
    let focus = focus.clamp(line.start, line.end);
    let from_start = line.start + fit(&text[line.clone()], WIDTH);
    if from_start == line.end || focus + BEFORE <= from_start {
        return line.start..from_start;
    }
    let before = text[line.start..focus].char_indices().rev().take(BEFORE).last();
    let start = before.map_or(focus, |(i, _)| line.start + i);
    start..start + fit(&text[start..line.end], WIDTH)
}

/// How many bytes of `text` fit into `width` columns.
fn fit(text: &str, width: usize) -> usize {
    let mut used = 0;
    for (i, character) in text.char_indices() {
        used += columns(character);
        if used > width {
            return i;
        }
    }
    text.len()
}

/// About how many columns `character` takes: characters from Hangul on are mostly wide, a mark that joins
/// the letter before it counts as one, so that a heap of them is cut too.
fn columns(character: char) -> usize {
    match visible::replacement(character) {
        Some(replacement) => replacement.chars().count(),
        None if character == '\t' => 4,
        None if character >= '\u{1100}' => 2,
        None => 1,
    }
}
