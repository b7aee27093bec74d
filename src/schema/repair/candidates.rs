//! The changes that an author may have to make where the layout of fields is wrong, the likeliest first.

use super::{UNKNOWN, Written};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::schema::lines::{collect, inner};
use crate::schema::shape::{Object, Others, Shape};
use crate::source::Span;
use crate::tree::yaml::{Edit, Row, strange_hyphen};
use std::ops::Range;

/// A row that may be where a slip is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    /// Which row it is.
    pub(super) at: usize,
    /// Whether a finding stands at it, and not at one beside it.
    pub(super) is_told: bool,
}

/// A change, and the finding that there is if it is the right one.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) edits: Vec<Edit>,
    pub(super) finding: Diagnostic,
    /// Whether it puts in a line with an id that only the author knows.
    pub(super) loses_id: bool,
    /// What comes later in order is less likely.
    rank: Rank,
}

/// How unlikely a change is: its family; how many rows stand in the column that it gives up.
type Rank = (Family, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    /// A sign that stands where another belongs.
    Sign,
    /// A hyphen too many or too few.
    Hyphen,
    /// A line in the wrong column.
    Column,
    /// A line that is not there.
    Line,
}

/// How many rows above and below a row are looked at for columns in which it may belong.
const AROUND: usize = 6;

/// What may have to be changed at the rows `near`, each of `rows` being one of `part`.
pub(super) fn candidates(
    shape: &Shape,
    part: Written<'_>,
    rows: &[Row<'_>],
    near: &[Near],
) -> Vec<Candidate> {
    let mut objects = Vec::new();
    collect(shape, &mut objects);
    let mut maker = Maker { shape, objects, part, rows, found: Vec::new() };
    for near in near {
        maker.sign(near.at);
        maker.hyphen(near.at);
        maker.column(near.at);
        maker.line(*near);
    }
    maker.found.sort_by_key(|candidate| candidate.rank);
    maker.found
}

struct Maker<'a, 't> {
    shape: &'a Shape,
    objects: Vec<&'a Object>,
    part: Written<'t>,
    rows: &'a [Row<'t>],
    found: Vec<Candidate>,
}

impl Maker<'_, '_> {
    fn finding(&self, at: Range<usize>, message: String) -> Diagnostic {
        let span = Span::new(at.start, at.end).shifted(self.part.offset);
        Diagnostic::new(Rule::YamlSyntax, Place::new(self.part.path, span), message)
    }

    fn add(&mut self, rank: Rank, edits: Vec<Edit>, finding: Diagnostic) {
        self.found.push(Candidate { edits, finding, loses_id: false, rank });
    }

    /// As [`Self::add`], with the change as a fix.
    fn add_with_fix(&mut self, rank: Rank, edits: Vec<Edit>, finding: Diagnostic) {
        let Some((first, last)) = edits.first().zip(edits.last()) else { return };
        let whole = first.range.start..last.range.end;
        let mut text = String::new();
        let mut at = whole.start;
        for edit in &edits {
            text.push_str(self.part.text.get(at..edit.range.start).unwrap_or(""));
            text.push_str(&edit.with);
            at = edit.range.end;
        }
        let span = Span::new(whole.start, whole.end).shifted(self.part.offset);
        let finding = finding.fix(span, text, Applicability::MaybeIncorrect);
        self.add(rank, edits, finding);
    }

    /// A sign that stands where another belongs: a dash of a word processor, the slashes of a comment elsewhere, the at
    /// sign of a citation before an id, a colon inside of a name.
    fn sign(&mut self, at: usize) {
        let (text, row) = (self.part.text, self.rows[at]);
        let rank = (Family::Sign, 0);
        if let Some((range, message, help)) = strange_hyphen(text, row.content) {
            let finding = self.finding(range.start..range.end, message).help(help);
            let sign = text.get(range.clone()).and_then(|sign| sign.chars().next()).map_or(1, char::len_utf8);
            let finding = Diagnostic {
                place: self.finding(range.start..range.start + sign, String::new()).place,
                ..finding
            };
            self.add_with_fix(rank, vec![Edit::new(range, "- ")], finding);
            return;
        }
        let line = text.get(row.content..row.end).unwrap_or("");
        if let Some(rest) = line.strip_prefix("//") {
            let blanks = rest.len() - rest.trim_start().len();
            let sign = row.content..row.content + 2;
            let finding = self.finding(sign.clone(), "`//` begins no comment".to_owned());
            let finding =
                finding.help("begin a comment with `#`, or take the signs out if the line is to count");
            self.add(rank, vec![Edit::new(sign.start..sign.end + blanks, "")], finding);
        }
        if let Some(id) = line.strip_prefix('@').and_then(|rest| rest.trim_end().strip_suffix(':')) {
            let place = row.content..row.content + 1 + id.len();
            let finding = self.finding(place, format!("`@{id}` can't be an id"));
            let finding = Diagnostic { rule: Rule::InvalidValue, ..finding }
                .help(format!("write `{id}:`; the at sign stands only where a text cites it"));
            self.add_with_fix(rank, vec![Edit::new(row.content..row.content + 1, "")], finding);
        }
        let words = text.get(row.name_at..row.end).unwrap_or("");
        let word = words.split(char::is_whitespace).next().unwrap_or("");
        if let Some((begin, rest)) = word.split_once(':')
            && !rest.is_empty()
            && word.len() < words.len()
        {
            let name = format!("{begin}{rest}");
            if self.objects.iter().any(|object| object.property(&name).is_some()) {
                let range = row.name_at..row.name_at + word.len();
                let message = format!("the colon stands inside of the name `{name}`");
                let finding = self.finding(range.clone(), message).help(format!("write `{name}:`"));
                self.add_with_fix(rank, vec![Edit::new(range, format!("{name}:"))], finding);
            }
        }
    }

    /// A hyphen too many, or too few.
    fn hyphen(&mut self, at: usize) {
        let (text, row) = (self.part.text, self.rows[at]);
        let Some(name) = row.name else { return };
        let rank = (Family::Hyphen, 0);
        if row.is_item {
            let what = if row.column() == 0 { "id" } else { "field" };
            let message = format!("the {what} `{name}` begins with a hyphen, as only an item of a list does");
            let finding = self.finding(row.content..row.content + 1, message);
            let finding = finding.help(format!("take the hyphen out: `{name}: ...`"));
            for blanks in ["".to_owned(), " ".repeat(row.name_at - row.content)] {
                self.add_with_fix(rank, vec![Edit::new(row.content..row.name_at, blanks)], finding.clone());
            }
            return;
        }
        let finding = self.finding(row.place(), format!("a hyphen is missing before `{name}`"));
        let finding = finding.help(format!("write `- {name}: ...`, in the column of the other items"));
        if row.column() >= 2 && text.get(row.content - 2..row.content) == Some("  ") {
            self.add_with_fix(rank, vec![Edit::new(row.content - 2..row.content, "- ")], finding.clone());
        }
        self.add_with_fix(rank, vec![Edit::new(row.content..row.content, "- ")], finding);
    }

    /// A line, or a line and all that lies in it, in another column than the others.
    fn column(&mut self, at: usize) {
        let row = self.rows[at];
        if row.name.is_none() && !row.is_item {
            return;
        }
        let own = row.column();
        let is_alike = |other: &&Row<'_>| other.is_item == row.is_item;
        let around =
            self.rows.get(at.saturating_sub(AROUND)..(at + AROUND + 1).min(self.rows.len())).unwrap_or(&[]);
        let mut columns: Vec<usize> = match row.is_item {
            true => self.rows.iter().filter(is_alike).map(Row::column).collect(),
            false => around.iter().map(Row::name_column).collect(),
        };
        columns.sort_unstable();
        columns.dedup();
        let in_column = self.rows.iter().filter(is_alike).filter(|other| other.column() == own).count();
        let below = self.rows.get(at + 1..).unwrap_or(&[]);
        let inside = below.iter().take_while(|other| other.column() > own).count();
        for column in columns.into_iter().filter(|column| *column != own) {
            let how = if column < own { "is indented too far" } else { "is not indented enough" };
            let finding = match row.name {
                _ if row.is_item => self
                    .finding(row.content..row.content + 1, format!("this item {how}"))
                    .help("begin its hyphen in the same column as those of the other items of the list"),
                name => {
                    let alike = around.iter().enumerate().filter(|(_, other)| {
                        other.name_column() == column && other.name.is_some() && other.name != row.name
                    });
                    let here = at - at.saturating_sub(AROUND);
                    let sibling = alike.min_by_key(|(other, _)| other.abs_diff(here)).map(|(_, other)| other);
                    let finding = self.finding(row.place(), format!("`{}` {how}", name.unwrap_or("")));
                    match sibling.and_then(|sibling| sibling.name) {
                        Some(sibling) => finding.help(format!("begin it in the same column as `{sibling}`")),
                        None => finding.help("begin it in the same column as the other fields of its group"),
                    }
                }
            };
            for last in if inside > 0 { vec![at + inside, at] } else { vec![at] } {
                let edits = self.shifted(at..=last, column);
                self.add_with_fix((Family::Column, in_column), edits, finding.clone());
            }
        }
    }

    /// What takes the rows `range` to where the first of them begins in `column`.
    fn shifted(&self, range: std::ops::RangeInclusive<usize>, column: usize) -> Vec<Edit> {
        let text = self.part.text;
        let (first, last) = (self.rows[*range.start()], self.rows[*range.end()]);
        // The last of them may go on on lines that are no rows.
        let end = match self.rows.get(range.end() + 1) {
            Some(next) if range.start() != range.end() => next.start,
            _ => last.end,
        };
        let own = first.column();
        let mut edits = Vec::new();
        let mut at = first.start;
        for line in text.get(first.start..end).unwrap_or("").split_inclusive('\n') {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            if line.trim().is_empty() {
            } else if column < own {
                edits.push(Edit::new(at..at + (own - column).min(blanks), ""));
            } else {
                edits.push(Edit::new(at..at, " ".repeat(column - own)));
            }
            at += line.len();
        }
        edits
    }

    /// A line that is lost above the row: the name of its group, the first field of its item, or the id of its entry.
    fn line(&mut self, near: Near) {
        let (text, at) = (self.part.text, near.at);
        let row = self.rows[at];
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let rank = (Family::Line, usize::from(!near.is_told));
        let put = |line: String| vec![Edit::new(row.start..row.start, format!("{line}{end}"))];
        if let (Others::Each(each), Some(name)) = (&self.shape.object.others, row.name)
            && !row.is_item
            && each.object.property(name).is_some()
        {
            let message = format!("the line with the id of this entry is missing above `{name}`");
            let finding = self.finding(row.place(), message);
            let finding = finding.help("write the id and a colon on a line above it, as `an-id:`");
            let edits = put(format!("an-id-{at}:"));
            self.found.push(Candidate { edits, finding, loses_id: true, rank });
        }
        let mut columns = self.columns(at);
        if row.is_item {
            columns.push(row.column());
        }
        // What stands below the name of a group, or below another item, has one.
        let is_owned = at.checked_sub(1).map(|above| self.rows[above]).is_some_and(|above| {
            let is_open =
                text.get(above.name_at..above.end).is_some_and(|words| words.trim_end().ends_with(':'));
            (is_open && above.name_column() < row.column()) || (row.is_item && above.is_item)
        });
        for owner in self.owners(&row).into_iter().filter(|_| !is_owned) {
            let what = row.name.map_or_else(|| "this item".to_owned(), |name| format!("`{name}`"));
            let place = if row.is_item { row.content..row.content + 1 } else { row.place() };
            let finding = self.finding(place, format!("a line `{owner}:` is missing above {what}"));
            let finding = finding.help(format!("write `{owner}:` on a line of its own above it"));
            for column in &columns {
                let line = format!("{}{owner}:", " ".repeat(*column));
                self.add_with_fix(rank, put(line), finding.clone());
            }
        }
        let first = self.first_of_item(&row).filter(|_| row.name_column() >= 2 && !row.is_item);
        if let (Some(first), Some(name)) = (first, row.name) {
            let blanks = " ".repeat(row.name_column() - 2);
            let finding = self
                .finding(row.place(), format!("a line `- {first}: ...` is missing above `{name}`"))
                .help(format!("write `{blanks}- {first}:` and its value on a line of its own above it"));
            self.add(rank, put(format!("{blanks}- {first}: {UNKNOWN}")), finding);
        }
    }

    /// The columns in which a field can begin that the row at `at` would lie in, the innermost first.
    fn columns(&self, at: usize) -> Vec<usize> {
        let mut limit = self.rows[at].column();
        let mut columns = Vec::new();
        for row in self.rows.get(..at).unwrap_or(&[]).iter().rev() {
            if row.name_column() < limit {
                columns.push(row.name_column());
                limit = row.column();
            } else if row.column() < limit {
                limit = row.column();
            }
            if limit == 0 {
                break;
            }
        }
        columns
    }

    /// The names of the fields that a row such as `row` can stand below.
    fn owners(&self, row: &Row<'_>) -> Vec<String> {
        let mut owners: Vec<String> = Vec::new();
        for property in self.objects.iter().flat_map(|object| &object.properties) {
            let holds = match (row.name, inner(&property.shape)) {
                (Some(name), Some((object, is_item))) => {
                    is_item == row.is_item && object.property(name).is_some()
                }
                (None, None) => row.is_item && property.shape.list.items.is_some(),
                _ => false,
            };
            if holds && !owners.iter().any(|owner| **owner == *property.name) {
                owners.push(property.name.to_string());
            }
        }
        owners
    }

    /// The field with which an item begins that has the field of `row`.
    fn first_of_item(&self, row: &Row<'_>) -> Option<String> {
        let name = row.name?;
        let items = self.objects.iter().flat_map(|object| &object.properties);
        let items = items.filter_map(|property| inner(&property.shape)).filter(|(_, is_item)| *is_item);
        let mut first = items
            .filter(|(object, _)| object.property(name).is_some())
            .filter_map(|(object, _)| object.required.first());
        first.find(|first| ***first != *name).map(|first| first.to_string())
    }
}
