//! Reads on past a mistake: the text is taken apart into its fields or items, and each is read on its own.
//!
//! A field in which a mistake stands is taken apart in the same way, down to the smallest part that can't be read.
//! That part is refused. So one mistake is one finding, hides no other, and takes nothing with it.

mod opening;
#[cfg(test)]
mod tests;

use super::builder::without_duplicates;
use super::line::{Line, lines};
use super::{Part, Reading, layout, mistake, read};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::tree::{Entry, Node, Value};
use std::collections::HashSet;
use std::ops::Range;

/// How many levels of fields and items are taken apart. Each is read once more for every level.
const MAX_DEPTH: usize = 8;

/// The most names that are taken from text which can't be read.
const MAX_GUESSES: usize = 200;

/// What could be read, and every mistake.
pub(super) struct Recovered {
    /// Refused where nothing can be told of what stands there.
    pub(super) node: Node,
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads what can be read of `part`, which is broken. `flaw` is the mistake at which the parser stopped; none if it is
/// known already.
pub(super) fn recover(part: Part<'_>, flaw: Option<Diagnostic>) -> Recovered {
    // The top is always meant to hold fields.
    block(part, flaw, 0, Holds::Fields)
}

/// What a block can be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Fields,
    FieldsOrItems,
}

/// As [`recover`], for a block that lies `depth` levels below the top.
fn block(part: Part<'_>, flaw: Option<Diagnostic>, depth: usize, holds: Holds) -> Recovered {
    let lines = lines(part.text);
    let begins_item = |line: &Line| layout::begins_item(part.text, line.content);
    // Items beside fields are those of a list further out.
    let in_column = |line: &&Line| {
        let is_outer = depth > 0 && holds == Holds::Fields && begins_item(line);
        !line.is_marker && !is_outer
    };
    let column = lines.iter().filter(in_column).map(|line| line.column).min().unwrap_or(0);
    // A field further out than the items above it is none of theirs.
    let items = lines
        .iter()
        .find(|line| !line.is_marker)
        .filter(|line| holds == Holds::FieldsOrItems && begins_item(line));
    let column = items.map_or(column, |first| first.column);
    let first = lines.iter().find(|line| line.column == column && !line.is_marker);
    let may_be_list = holds == Holds::FieldsOrItems;
    let is_list = may_be_list && first.is_some_and(begins_item);
    let is_glued = may_be_list && first.is_some_and(|line| layout::byte(part.text, line.content) == b'-');
    let mut recovery =
        Recovery { part, lines, column, depth, whole: flaw, first_flaw: None, findings: Vec::new() };
    let value = if is_list { recovery.items() } else { recovery.fields() };
    // A list whose first hyphen lacks its space is not the group of fields that it seems to be.
    let value = if is_glued && !is_list { Value::Refused } else { value };
    if let Some(whole) = recovery.whole.take() {
        // Each part may be sound on its own and the whole still be wrong. But where an earlier part is broken too,
        // that is what made the parser stop.
        let at = whole.place.span.start;
        let is_told = recovery.findings.iter().any(|finding| finding.place == whole.place);
        if !is_told && recovery.first_flaw.is_none_or(|first| at < first) {
            recovery.findings.push(whole);
        }
    }
    let start = layout::after_blanks(part.text, 0);
    let span = part.span(start..part.text.trim_end().len().max(start));
    Recovered { node: Node { value, span }, findings: recovery.findings }
}

struct Recovery<'a> {
    part: Part<'a>,
    lines: Vec<Line>,
    /// The column at which the fields or items of this block begin.
    column: usize,
    depth: usize,
    /// What is wrong with the block as a whole, until it is known to which part it belongs.
    whole: Option<Diagnostic>,
    /// Where the first part has its mistake.
    first_flaw: Option<u32>,
    findings: Vec<Diagnostic>,
}

/// The fields that a broken block is known to hold.
#[derive(Default)]
struct Fields {
    entries: Vec<Entry>,
    /// Names in text that can't be read.
    guesses: Vec<(Box<str>, Span)>,
    /// Whether a finding was made about all of them.
    is_refused: bool,
}

impl Recovery<'_> {
    /// The ranges of lines that begin with a line at this block's column which `begins` something.
    fn pieces(&self, begins: impl Fn(&str, usize) -> bool) -> Vec<Range<usize>> {
        let text = self.part.text;
        let mut pieces = Vec::new();
        let mut at = 0;
        for line in &self.lines {
            let is_first = line.column == self.column && begins(text, line.content);
            if (is_first || line.is_marker) && line.start > at {
                pieces.push(at..line.start);
                at = line.start;
            }
            if line.is_marker {
                at = layout::next_line(text, line.start).unwrap_or(text.len());
            }
        }
        pieces.push(at..text.len());
        pieces
    }

    /// The lines of `piece`.
    fn lines_of(&self, piece: &Range<usize>) -> &[Line] {
        let bound = |at: usize| self.lines.partition_point(|line| line.start < at);
        self.lines.get(bound(piece.start)..bound(piece.end)).unwrap_or(&[])
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.part.span(range)
    }

    /// The mistake of the broken `piece`: that of the whole block if it lies in there, because it was explained with
    /// all lines in sight.
    fn flaw(&mut self, piece: &Range<usize>, own: Option<Diagnostic>) -> Option<Diagnostic> {
        let span = self.span(piece.clone());
        let is_in = |flaw: &mut Diagnostic| {
            let start = flaw.place.span.start;
            span.start <= start && (start < span.end || piece.end == self.part.text.len())
        };
        let flaw = self.whole.take_if(is_in).or(own);
        if let Some(flaw) = &flaw {
            self.first_flaw.get_or_insert(flaw.place.span.start);
        }
        flaw
    }

    /// Where a second document begins: at the mark for it, or after the mark that ends the first.
    fn second_document(&self) -> Option<Range<usize>> {
        let first = self.lines.iter().position(|line| !line.is_marker)?;
        let at = first + self.lines.get(first..)?.iter().position(|line| line.is_marker)?;
        let mark = self.lines.get(at)?.start;
        if layout::byte(self.part.text, mark) == b'-' {
            return Some(mark..mark + 3);
        }
        let next = self.lines.get(at + 1..)?.iter().find(|line| !line.is_marker)?.content;
        Some(next..layout::value_end(self.part.text, next))
    }

    fn fields(&mut self) -> Value {
        let text = self.part.text;
        // The items of a list may stand in the column of its field.
        let begins = |text: &str, at: usize| {
            let is_field = layout::name(text, at).is_some() && !layout::begins_item(text, at);
            is_field || mistake::dressed_name(text, at).is_some()
        };
        let pieces = self.pieces(begins);
        let mut fields = Fields::default();
        let second = self.second_document();
        // What stands below an item that belongs to a list further out is a part of that item.
        let is_outer = |line: &&Line| line.column < self.column && layout::begins_item(text, line.content);
        let outer = self.lines.iter().find(is_outer).map_or(text.len(), |line| line.start);
        let mut next = 0;
        while let Some(piece) = pieces.get(next).cloned() {
            next += 1;
            let is_behind = second.as_ref().is_some_and(|second| second.start <= piece.start);
            if is_behind || outer < piece.start {
                self.guess(piece, &mut fields);
                continue;
            }
            let Reading { root, flaw, findings } = read(self.part.slice(piece.clone()));
            self.findings.extend(findings);
            match root.map(|node| node.value) {
                Some(Value::Map(entries)) => fields.entries.extend(entries),
                Some(Value::Refused) => fields.is_refused = true,
                Some(Value::Scalar(scalar)) if scalar.text.is_empty() => {}
                Some(Value::Scalar(_)) => {
                    let at = layout::content_line(text, piece.start).unwrap_or(piece.start);
                    let flaw = mistake::no_colon(text, at).finding(self.part);
                    let flaw = self.flaw(&piece, Some(flaw));
                    self.findings.extend(flaw);
                    self.guess(piece, &mut fields);
                }
                Some(Value::List(_)) => {
                    if self.hyphened(&piece, &mut fields) {
                        // That they do not line up with the field below them is the same mistake.
                        let end = self.span(piece).end;
                        let is_same = |flaw: &mut Diagnostic| {
                            flaw.message == mistake::MISALIGNED && flaw.place.span.start == end
                        };
                        let _ = self.whole.take_if(is_same);
                    }
                }
                Some(Value::Unread) => {}
                None => {
                    let flaw = self.flaw(&piece, flaw);
                    let end =
                        flaw.as_ref().and_then(|flaw| self.closed_below(flaw, &piece)).unwrap_or(piece.end);
                    while pieces.get(next).is_some_and(|piece| piece.start < end) {
                        next += 1;
                    }
                    let end = pieces.get(next - 1).map_or(piece.end, |piece| piece.end);
                    self.broken_field(piece.start..end, flaw, &mut fields);
                }
            }
        }
        if let Some(second) = second {
            let flaw = mistake::second_document(second.clone()).finding(self.part);
            let flaw = self.flaw(&second, Some(flaw));
            self.findings.extend(flaw);
        }
        if fields.is_refused || fields.entries.is_empty() {
            return Value::Refused;
        }
        let mut entries = match self.depth {
            // Of the top this is done when it is complete.
            0 => fields.entries,
            _ => without_duplicates(fields.entries, self.part.path, &mut self.findings),
        };
        let mut known: HashSet<Box<str>> = entries.iter().map(|entry| entry.key.clone()).collect();
        let guesses = fields.guesses.into_iter().filter(|(name, _)| known.insert(name.clone()));
        entries.extend(guesses.map(|(key, key_span)| {
            let at = Span { start: key_span.end, end: key_span.end };
            Entry { key, key_span, value: Node { value: Value::Unread, span: at } }
        }));
        entries.sort_by_key(|entry| entry.key_span);
        Value::Map(entries)
    }

    /// Takes the fields of `piece` that begin with a hyphen, if it holds nothing else, to `fields`. A list without names
    /// is wrong only beside fields.
    fn hyphened(&mut self, piece: &Range<usize>, fields: &mut Fields) -> bool {
        let Some(Value::List(items)) = read(self.part.slice(piece.clone())).root.map(|root| root.value)
        else {
            return false;
        };
        if self.depth > 0 || !items.iter().all(|item| matches!(item.value, Value::Map(_))) {
            return false;
        }
        let hyphens = self.lines_of(piece).iter().filter(|line| line.column == self.column);
        let hyphens: Vec<_> =
            hyphens.map(|line| mistake::hyphened(self.part.text, line.content).finding(self.part)).collect();
        self.findings.extend(hyphens);
        for item in items {
            if let Value::Map(entries) = item.value {
                fields.entries.extend(entries);
            }
        }
        true
    }

    /// Takes what can be read of the broken field in `piece` to `fields`.
    fn broken_field(&mut self, piece: Range<usize>, flaw: Option<Diagnostic>, fields: &mut Fields) {
        let text = self.part.text;
        let lines = self.lines_of(&piece);
        let start = lines.first().map_or(piece.start, |line| line.content);
        let dressed = mistake::dressed_name(text, start).map(|mistake| mistake.finding(self.part));
        let signs = if dressed.is_some() { ['*', '_', '`'].as_slice() } else { ['"', '\''].as_slice() };
        let flaw = dressed.or(flaw);
        let Some((name, colon)) = layout::name(text, start) else {
            self.findings.extend(flaw);
            self.guess(piece, fields);
            return;
        };
        let end = piece.start + text.get(piece.clone()).unwrap_or("").trim_end().len();
        let value_at = layout::content_start(text, colon + 1);
        let sign = layout::byte(text, value_at);
        let is_inline = value_at < layout::line_end(text, colon) && !matches!(sign, b'#' | b'|' | b'>');
        let is_too_deep = flaw.as_ref().is_some_and(|flaw| flaw.message == mistake::TOO_DEEP);
        let is_block = !is_inline && !matches!(sign, b'|' | b'>') && !is_too_deep;
        let is_apart = |line: &Line| {
            // A line at the left edge that begins nothing, or a field that is further in than a value can be.
            let is_item = layout::begins_item(text, line.content) && !is_inline;
            let is_closing = matches!(layout::byte(text, line.content), b']' | b'}');
            (line.column <= self.column && !is_item && !is_closing)
                || (is_inline && line.column > self.column && layout::is_field(text, line.content))
        };
        let apart = lines.get(1..).and_then(|rest| rest.iter().find(|line| is_apart(line)));
        let is_at_edge = apart.is_some_and(|line| line.column <= self.column);
        let apart = apart.map(|line| line.start..line.content);
        let below = lines.get(1).map(|line| line.start);
        let key: Box<str> = text.get(name.clone()).unwrap_or("").trim_matches(signs).into();
        let put = |value: Node| fields.entries.push(Entry { key, key_span: self.part.span(name), value });
        let refused =
            |part: Part<'_>| Node { value: Value::Refused, span: part.span(value_at.min(end)..end) };
        match (apart, below) {
            (Some(apart), _) => {
                let head = self.part.slice(piece.start..apart.start);
                let reading = read(head);
                let entry = reading.root.and_then(|root| match root.value {
                    Value::Map(entries) => entries.into_iter().next(),
                    _ => None,
                });
                put(match entry {
                    Some(entry) if !entry.value.is_null() => entry.value,
                    _ => refused(self.part),
                });
                let rest = apart.start..piece.end;
                if is_at_edge && layout::begins_item(text, apart.end) && self.hyphened(&rest, fields) {
                    let start = self.span(rest).start;
                    self.findings.extend(flaw.filter(|flaw| flaw.place.span.start < start));
                    return;
                }
                // If the field is broken without the line, the line is a mistake of its own, unless it goes on with
                // what is not closed.
                let is_open = reading.flaw.as_ref().is_some_and(|flaw| opening::is_open(head, flaw));
                let is_before =
                    flaw.as_ref().is_some_and(|flaw| flaw.place.span.start < self.span(apart.clone()).start);
                if reading.flaw.is_some() && is_before && !is_open && is_at_edge {
                    self.findings.push(mistake::no_colon(text, apart.start).finding(self.part));
                }
                self.findings.extend(flaw);
                self.guess(apart.start..piece.end, fields);
            }
            (None, Some(below)) if is_block && self.depth < MAX_DEPTH => {
                let recovered =
                    block(self.part.slice(below..piece.end), flaw, self.depth + 1, Holds::FieldsOrItems);
                put(recovered.node);
                // What stands further out than the items above it was meant as a field of this block.
                let items = lines.get(1).filter(|line| layout::begins_item(text, line.content));
                let outer =
                    items.and_then(|first| lines.iter().skip(2).find(|line| line.column < first.column));
                let outer = outer.map(|line| line.start);
                self.findings.extend(recovered.findings);
                if let Some(outer) = outer {
                    self.guess(outer..piece.end, fields);
                }
            }
            (None, below) => {
                put(refused(self.part));
                self.findings.extend(flaw);
                if let Some(below) = below {
                    self.guess(below..piece.end, fields);
                }
            }
        }
    }

    fn items(&mut self) -> Value {
        let pieces = self.pieces(layout::begins_item);
        let mut items = Vec::new();
        for piece in pieces {
            self.item(piece, &mut items);
        }
        if items.is_empty() { Value::Refused } else { Value::List(items) }
    }

    /// Takes the item in `piece` to `items`.
    fn item(&mut self, piece: Range<usize>, items: &mut Vec<Node>) {
        let Reading { root, flaw, findings } = read(self.part.slice(piece.clone()));
        self.findings.extend(findings);
        match root {
            Some(Node { value: Value::List(read), .. }) => items.extend(read),
            Some(node) if node.is_null() => {}
            // What is no item, but begins like one.
            Some(Node { span, .. }) => items.push(Node { value: Value::Refused, span }),
            None => {
                let flaw = self.flaw(&piece, flaw);
                self.broken_item(piece, flaw, items);
            }
        }
    }

    /// Takes what can be read of the broken item in `piece` to `items`.
    fn broken_item(&mut self, piece: Range<usize>, flaw: Option<Diagnostic>, items: &mut Vec<Node>) {
        let written = self.part.text.get(piece.clone()).unwrap_or("");
        let lines = self.lines_of(&piece);
        let hyphen = lines.first().map_or(0, |line| line.content - piece.start);
        // An item that begins in another column than the others.
        let apart = lines.iter().skip(1).find(|line| {
            line.column < self.column.saturating_add(2) && layout::begins_item(self.part.text, line.content)
        });
        if let Some((start, content)) = apart.map(|line| (line.start, line.content)) {
            let line = self.span(start..layout::line_end(self.part.text, start));
            // What the parser said of an earlier line is found again in the item there.
            let is_told = |flaw: &Diagnostic| line.range().contains(&(flaw.place.span.start as usize));
            let apart = || mistake::misaligned(self.part.text, content).finding(self.part);
            let flaw = flaw.filter(is_told).unwrap_or_else(apart);
            self.findings.push(flaw);
            self.item(piece.start..start, items);
            let told = self.findings.len();
            self.item(start..piece.end, items);
            // Its other lines stand where they would be right if it stood where it should.
            let is_meant = |finding: &Diagnostic| finding.message != mistake::MISALIGNED;
            let rest: Vec<Diagnostic> = self.findings.drain(told..).filter(is_meant).collect();
            self.findings.extend(rest);
            return;
        }
        let is_outer =
            |line: &&Line| line.column < self.column && layout::name(self.part.text, line.content).is_some();
        if let Some((start, content)) =
            lines.iter().skip(1).find(is_outer).map(|line| (line.start, line.content))
        {
            let span = self.span(start..start);
            let is_told = |flaw: &Diagnostic| flaw.place.span.start >= span.start;
            let outer = || mistake::misaligned(self.part.text, content).finding(self.part);
            let flaw = flaw.filter(is_told).unwrap_or_else(outer);
            self.item(piece.start..start, items);
            self.findings.push(flaw);
            return;
        }
        let is_apart = lines.iter().skip(1).any(|line| line.column <= self.column);
        // A blank that keeps words together goes with its hyphen.
        let is_kept = written.get(hyphen + 1..).is_some_and(|rest| rest.starts_with('\u{a0}'));
        let sign = if is_kept { hyphen..hyphen + 3 } else { hyphen..hyphen + 1 };
        let mut inner = layout::content_start(written, sign.end);
        while layout::is_item(written, inner) {
            inner = layout::content_start(written, inner + 1);
        }
        let is_group = layout::byte(written, hyphen) == b'-' && layout::name(written, inner).is_some();
        if is_group && !is_apart && self.depth < MAX_DEPTH {
            // Without its hyphen an item is a block of fields.
            let mut fields = written.to_owned();
            fields.replace_range(sign.clone(), &" ".repeat(sign.len()));
            let part = Part { text: &fields, ..self.part.slice(piece) };
            let recovered = block(part, flaw, self.depth + 1, Holds::Fields);
            self.findings.extend(recovered.findings);
            items.push(recovered.node);
            return;
        }
        self.findings.extend(flaw);
        let end = piece.start + written.trim_end().len();
        items.push(Node { value: Value::Refused, span: self.span((piece.start + inner).min(end)..end) });
    }

    /// Adds to `fields` what may be names in `piece`, which can't be read: the first word of each line, and every word
    /// before a colon.
    fn guess(&self, piece: Range<usize>, fields: &mut Fields) {
        for line in self.lines_of(&piece) {
            let room = MAX_GUESSES.saturating_sub(fields.guesses.len());
            let names = line.names(self.part.text).into_iter().take(room);
            fields
                .guesses
                .extend(names.filter_map(|at| Some((self.part.text.get(at.clone())?.into(), self.span(at)))));
        }
    }

    /// One past the line that closes the quote or bracket which is opened at the place of `flaw` and not closed in
    /// `piece`, if the lines in between seem to belong to it.
    fn closed_below(&self, flaw: &Diagnostic, piece: &Range<usize>) -> Option<usize> {
        let from = self.lines.partition_point(|line| line.start < piece.end);
        let below = self.lines.get(from..)?.iter().map(|line| {
            let end = layout::line_end(self.part.text, line.start);
            (end, self.part.text.get(line.content..end).unwrap_or(""))
        });
        opening::closed_below(self.part.slice(piece.clone()), flaw, below)
    }
}
