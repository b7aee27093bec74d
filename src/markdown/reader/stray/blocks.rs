//! Blocks that were read as something else than their author meant, and text that nobody will see.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Tag};

use super::super::Reader;
use super::super::blocks::is_block;
use super::super::words::has_heading;
use super::lines::colons;
use super::tables::cell_ranges;
use super::{Mark, Stray};
use crate::diagnostic::{Place, Rule};

impl Reader<'_> {
    /// Judges the block `tag` that begins at `range`.
    pub(in super::super) fn judge_block(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Heading { .. } => {
                self.ended = None;
                self.judge_heading_of_item(range);
            }
            Tag::List(Some(first)) => self.judge_numbers(*first),
            Tag::BlockQuote(None) => self.judge_quotation(range),
            Tag::BlockQuote(Some(_)) => self.judge_box(range),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.stray(Stray::new(
                self.first_line(range),
                "this line begins with four blanks or more, and so is shown as code",
                "take them out; below an item, begin the line exactly under the first letter of the item",
            )),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.judge_fence(range),
            // Below a paragraph, the first colon makes a definition of the rest.
            Tag::DefinitionListDefinition => {
                let block = self.text.get(range.clone()).unwrap_or("");
                self.stray_all(colons(block, range.start));
            }
            _ => {}
        }
        if !matches!(tag, Tag::List(Some(_)))
            && is_block(tag)
            && let Some((list, between)) = &self.ended
            && list.depth == self.depth
            && between.is_none()
        {
            let line = self.first_line(range);
            self.ended = self.ended.take().map(|(list, _)| (list, Some(line)));
        }
    }

    /// A quotation of one line that stands at `range` and begins with a number is none: its sign says `more than`.
    fn judge_quotation(&mut self, range: &Range<usize>) {
        let block = self.text.get(range.clone()).unwrap_or("").trim_end();
        let Some(words) = block.strip_prefix('>') else { return };
        let words = words.trim_start_matches([' ', '\t', '=']);
        let has_more = words.lines().skip(1).any(|line| line.trim_start().starts_with('>'));
        if has_more || !words.starts_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        self.stray(Stray::new(
            range.start..range.start + 1,
            "this makes a quotation of what stands behind it",
            "write `more than` in words; to quote, put the words in quotation marks, too",
        ));
    }

    /// A block of code between fences stands at `range`: without the second fence it goes on to the end.
    fn judge_fence(&mut self, range: &Range<usize>) {
        let block = self.text.get(range.clone()).unwrap_or("");
        let start = block.len() - block.trim_start().len();
        let sign = block[start..].chars().next().unwrap_or('`');
        let length = block[start..].len() - block[start..].trim_start_matches(sign).len();
        let end = block.trim_end_matches(['\n', '\r', ' ', '\t', '>']);
        let last = end.rsplit(['\n', '\r']).next().unwrap_or("");
        let fence = last.trim_start_matches([' ', '\t', '>']);
        let closes = fence.len() >= length && fence.chars().all(|c| c == sign);
        if closes && last.len() < end.len() {
            return;
        }
        self.reading.body.is_cut_off = true;
        self.reading.body.hides_headings |= has_heading(block);
        let place = range.start + start..range.start + start + length;
        self.stray(Stray::new(
            place,
            "the block of code that begins here has no end, and all below it is shown as code",
            "write the same signs once more on a line of their own, where the code ends; if there is no code, take them out",
        ));
    }

    /// Notes a paragraph that is nothing but a few bold words on one line: it may be meant as a heading.
    pub(in super::super) fn note_bold_line(&mut self, range: &Range<usize>) {
        let line = self.text.get(range.clone()).unwrap_or("").trim_end();
        let Some(words) = line.strip_prefix("**").filter(|_| self.depth == 0) else { return };
        let words = words.strip_suffix("**").or_else(|| words.strip_suffix("**:")).unwrap_or("");
        if !words.is_empty() && !words.contains(['*', '\n', '\r']) {
            let span = self.span(range.start..range.start + line.len());
            self.reading.body.bold_lines.push((words.trim_end_matches(':').into(), span));
        }
    }

    /// The first line of what stands at `range`.
    fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let block = self.text.get(range.clone()).unwrap_or("");
        let line = block.find(['\n', '\r']).map_or(block, |end| &block[..end]);
        let blanks = line.len() - line.trim_start().len();
        range.start + blanks..range.start + line.trim_end().len().max(blanks)
    }

    /// Emphasis, strong words or struck ones begin at `range`: inside of a number their signs vanish from it.
    pub(in super::super) fn judge_emphasis(&mut self, range: &Range<usize>) {
        let bytes = self.text.as_bytes();
        let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        let sign = bytes.get(range.start).copied().unwrap_or(b'*');
        let length = bytes[range.start..].iter().take_while(|b| **b == sign).count();
        // What is read as markup inside of a blank is part of the same blank.
        if range.end <= self.blank_end {
            return;
        }
        if self.fills_in(range, sign) {
            self.blank_end = range.end;
            let message =
                "these signs are a blank to fill in, and some of them are read as markup and vanish";
            let help = "put a backslash before each of them, as `\\_\\_\\_`, or leave the space in a table";
            return self.stray(Stray::new(range.clone(), message, help));
        }
        if !is_digit(range.start.checked_sub(1)) || !is_digit(Some(range.start + length)) {
            return;
        }
        let place = range.start..range.start + length;
        let written = self.text.get(place.clone()).unwrap_or("*");
        let message = format!("this `{written}` between two numbers is read as markup, and vanishes");
        let help = match sign {
            b'~' => "write the range with a hyphen, as `5-10`",
            _ => "write `×` or a word between the numbers, or put a backslash before the sign",
        };
        self.stray(Stray::new(place, message, help));
    }

    /// Whether the emphasis at `range`, made by `sign`, holds no words, or is part of a longer row of signs: `__/__`,
    /// `____Date:____`.
    fn fills_in(&self, range: &Range<usize>, sign: u8) -> bool {
        let bytes = self.text.as_bytes();
        let inside = self.text.get(range.clone()).unwrap_or("");
        let is_row = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'_');
        let in_row = sign == b'_' && (is_row(range.start.checked_sub(1)) || is_row(Some(range.end)));
        in_row || !inside.contains(|c: char| c.is_alphanumeric() || !c.is_ascii() || matches!(c, '[' | '<'))
    }

    /// A box that begins at `range` and holds nothing.
    fn judge_box(&mut self, range: &Range<usize>) {
        let block = self.text.get(range.clone()).unwrap_or("");
        let text = block.split_once(['\n', '\r']).map_or("", |(_, text)| text);
        if text.chars().all(|c| c == '>' || c.is_whitespace()) {
            self.stray(Stray::new(
                self.first_line(range),
                "the box that begins here is empty",
                "begin each line of its text with `> `, right below this one",
            ));
        }
    }

    /// Whether the heading at `place` is one only because a line of dashes stands right below a paragraph.
    pub(in super::super) fn judge_underline(&mut self, level: u8, place: &Range<usize>) -> bool {
        let block = self.text.get(place.clone()).unwrap_or("");
        let words = block.trim_end_matches(if level == 1 { '=' } else { '-' });
        let above = words.trim_end_matches(['\n', '\r', ' ', '\t', '>']);
        if block.starts_with('#') || words.len() == block.len() {
            return false;
        }
        // Two dashes stand above a signature.
        let is_short = level == 2 && block.len() - words.len() < 3;
        let is_sentence = is_short || above.ends_with(['.', ',']) || above.contains(['\n', '\r']);
        if is_sentence {
            self.stray(Stray::new(
                place.start + words.len()..place.end,
                "this line makes a heading of the whole paragraph above it",
                "put an empty line between the two; for a heading, begin its line with `##`",
            ));
        }
        is_sentence
    }

    /// The id that braces without `#` behind the heading at `place` were meant to give it.
    pub(in super::super) fn id_in_braces(&mut self, place: &Range<usize>) -> Option<Box<str>> {
        let block = self.text.get(place.clone()).unwrap_or("");
        let (open, close) = (block.rfind('{')?, block.rfind('}')?);
        let inner = block.get(open + 1..close)?.trim();
        let inner = inner
            .strip_prefix("id")
            .map_or(inner, |rest| rest.trim_start().strip_prefix('=').unwrap_or(inner));
        let id = inner.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let written = block.get(open..=close)?.to_owned();
        let is_id = !id.is_empty() && !id.contains(char::is_whitespace);
        let message = format!("`{written}` gives the heading no id");
        let help = match is_id {
            true => format!("write `{{#{id}}}`"),
            false => "take the braces out; what stands between them is not shown".to_owned(),
        };
        self.stray(Stray::new(place.start + open..place.start + close + 1, message, help));
        is_id.then(|| id.into())
    }

    /// A row of a table at `range`: cells beyond the last column are not shown.
    pub(in super::super) fn judge_row(&mut self, range: &Range<usize>) {
        let line = self.first_line(range);
        let row = self.text.get(line.clone()).unwrap_or("");
        let columns = self.alignments.len();
        if columns > 1 && !row.is_empty() && !row.contains('|') {
            self.stray(Stray::new(
                line,
                "this line right below the table is read as its last row",
                "put an empty line above it; if it is a row, put `|` between its cells",
            ));
            return;
        }
        if row.bytes().filter(|b| *b == b'|').count() < columns || row.contains("[[") {
            return;
        }
        let cells = cell_ranges(row);
        let lost: Vec<&Range<usize>> =
            cells.iter().skip(columns).filter(|cell| !row[(*cell).clone()].trim().is_empty()).collect();
        if let (Some(first), Some(last)) = (lost.first(), lost.last()) {
            let blanks = |cell: &str| cell.len() - cell.trim_start().len();
            let start = first.start + blanks(&row[(*first).clone()]);
            let end = last.start + row[(*last).clone()].trim_end().len();
            let noun = if columns == 1 { "column" } else { "columns" };
            let message = format!("the table has {columns} {noun}, so that this is not shown");
            let help = "name a column for it in the first row and in the line of dashes, or take out a `|`";
            self.stray(Stray::new(line.start + start..line.start + end, message, help));
        }
    }

    /// Judges the marks of notes that are not there. A mark that begins a line was to be the note, if there is one more.
    fn judge_marks(&mut self) {
        let mut names: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
        for mark in std::mem::take(&mut self.loose.marks) {
            let name = self.text.get(mark.range.start + 2..mark.range.end - 1).unwrap_or("").to_owned();
            names.entry(name).or_default().push(mark);
        }
        for (name, marks) in names {
            let others =
                |mark: &Mark| marks.iter().any(|other| !other.begins_line && other.range != mark.range);
            let note = marks.iter().rev().find(|mark| mark.begins_line && others(mark));
            if let Some(note) = note {
                let message = format!("this is no note `{name}`, because a colon is missing behind it");
                let help = format!("write `[^{name}]:` and a blank before the words of the note");
                self.stray(Stray::new(note.range.clone(), message, help));
                continue;
            }
            for mark in marks {
                let help = format!("write the note on a line of its own: `[^{name}]: …`");
                self.stray(Stray::new(mark.range, format!("there is no note `{name}`"), help));
            }
        }
    }

    /// Judges the item of a list at `range`: one without words is a line that was begun and left.
    pub(in super::super) fn judge_item(&mut self, range: &Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or("").trim_end();
        let digits = written.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_sign = matches!(digits, "-" | "*" | "+" | "." | ")");
        if is_sign {
            let place = range.start..range.start + written.len();
            self.stray(Stray::new(place, "this item has no words", "write them, or take the line out"));
        }
    }

    /// Judges what the text defines: addresses of links by reference, which `definitions` has, and notes.
    pub(in super::super) fn judge_definitions(&mut self, definitions: &HashMap<String, Range<usize>>) {
        let unused = definitions.iter().filter(|(label, _)| !self.labels.contains(*label));
        let mut unused: Vec<&Range<usize>> = unused.map(|(_, range)| range).collect();
        unused.sort_by_key(|range| range.start);
        let mut references = std::mem::take(&mut self.loose.references).into_iter();
        for range in unused {
            let Some(written) = self.text.get(range.clone()) else { continue };
            let Some((label, address)) = written.split_once("]:") else { continue };
            // `[//]: # (words)` is known as a way to write a remark that nobody sees.
            if matches!(address.trim_start().as_bytes(), [b'#' | b'<', b' ' | b'>', ..]) {
                continue;
            }
            let name = label.trim_start_matches('[').to_owned();
            // The two were meant for each other, if the line gives an address.
            if address.contains(['/', '.', '#', ':'])
                && let Some((place, named)) = references.next()
            {
                let line = Place::new(self.path, self.span(range.start..range.start + label.len() + 2));
                let finding = self.finding(Rule::StrayMarkup, place, no_line(&named));
                let finding = finding.help(format!("write `{name}` here, or `{named}` there"));
                self.reading.findings.push(finding.related("nothing refers to this line", line));
                continue;
            }
            self.stray(Stray::new(
                range.start..range.start + label.len() + 2,
                "no link refers to this line, and it is not shown",
                format!("refer to it as `[words][{name}]`, or take it out; if it is text, put a backslash before it"),
            ));
        }
        for (place, named) in references {
            let help = format!(
                "write the address right here, as `[words](address)`, or below as `[{named}]: address`"
            );
            self.stray(Stray::new(place, no_line(&named), help));
        }
        self.judge_marks();
        let places = std::mem::take(&mut self.notes.places);
        let mut seen: HashMap<&str, &Range<usize>> = HashMap::new();
        for (name, range) in &places {
            let place = range.start..range.start + name.len() + "[^]:".len();
            if let Some(first) = seen.get(&**name) {
                let first =
                    Place::new(self.path, self.span(first.start..first.start + name.len() + "[^]:".len()));
                let message = format!("the note `{name}` is written twice, and this one is not shown");
                let finding = self.finding(Rule::StrayMarkup, place, message);
                let finding = finding.help("give it another name").related("first written here", first);
                self.reading.findings.push(finding);
                continue;
            }
            seen.insert(name, range);
            if !self.notes.numbers.contains_key(name) {
                let help = format!("write `[^{name}]` where the text refers to it, or take the note out");
                let message = format!("nothing refers to the note `{name}`, and it is not shown");
                self.stray(Stray::new(place, message, help));
            }
        }
    }
}

/// That no line gives the address that a link calls `named`.
fn no_line(named: &str) -> String {
    format!("no line says where `{named}` leads")
}
