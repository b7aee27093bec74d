//! Front matter and registers in which one slip in the layout looks like many mistakes: a line that is lost, a hyphen
//! too many or too few, an item in the wrong column.
//!
//! Such a slip is found by trial. Each change of a line or two that an author may have to make near the findings is
//! made, and the text is understood anew. The first change after which nothing is wrong, or after which the fewest
//! findings of before are left, is the one that is told.

mod candidates;

use super::shape::Shape;
use super::validate::Outcome;
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{SitePath, Span};
use crate::tree::yaml::{self, Changed, Row, rows};
use crate::tree::{Node, Value};
use candidates::{Candidate, Near, candidates};

/// What stands for a value that only the author knows. No keyboard has it.
const UNKNOWN: &str = "\u{e000}";

/// How many slips are looked for in one text.
const MOST_REPAIRS: usize = 4;

/// How many bytes are read anew for one slip: what the author waits for.
const MOST_BYTES: usize = 4_000_000;

/// The most changes that are tried for one slip.
const MOST_TRIALS: usize = 200;

/// What is said of fields above the first id of a register.
const NO_ID: &str = "there is no id above";

/// What is said of a register that is a list.
const NO_IDS: &str = "needs an id before each entry";

/// How it is said that a list stands in place of fields, or fields in place of a list or a value.
const WRONG_GROUPS: [&str; 3] = ["this is a list", "this is a group of fields", NO_IDS];

/// What was made of a text.
#[derive(Clone, Debug, Default)]
pub struct Sense {
    /// Its fields, if any can be told.
    pub fields: Option<Node>,
    /// What is wrong with how it is written.
    pub findings: Vec<Diagnostic>,
    /// What is wrong with its fields, and what they refer to.
    pub outcome: Outcome,
    /// Whether an entry has lost its id.
    pub has_lost_id: bool,
}

impl Sense {
    fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().chain(&self.outcome.findings)
    }

    /// Takes every place back to the text before `changed`.
    fn restore(&mut self, changed: &Changed) {
        if let Some(fields) = &mut self.fields {
            changed.restore_node(fields);
        }
        let outcome = &mut self.outcome;
        let findings = self.findings.iter_mut().chain(&mut outcome.findings);
        findings.for_each(|finding| changed.restore_finding(finding));
        let references =
            outcome.references.iter_mut().chain(&mut outcome.meant).map(|reference| &mut reference.span);
        for span in references.chain(&mut outcome.inlines).chain(&mut outcome.astray) {
            *span = changed.span(*span);
        }
    }
}

/// A text, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The text.
    pub text: &'a str,
    /// Its file.
    pub path: &'a SitePath,
    /// How many bytes into the file it begins.
    pub offset: usize,
}

/// `sense`, which is what `understand` made of `written`; or, where slips in the layout are all that is wrong or a part
/// of it, what it makes of the text without them, and a finding for each.
///
/// Where the author has yet to write a value, [`UNKNOWN`] stands in what `understand` is given; [`accept`] makes it fit.
pub fn repair(
    shape: &Shape,
    written: Written<'_>,
    mut sense: Sense,
    understand: impl Fn(&str) -> Sense,
) -> Sense {
    let mut repairs: Vec<Changed> = Vec::new();
    let mut told = Vec::new();
    while repairs.len() < MOST_REPAIRS && sense.all().next().is_some() {
        let current = repairs.last().map_or(written.text, |changed: &Changed| &changed.text);
        let part = Written { text: current, ..written };
        let rows = rows(part.text);
        if !is_doubtful(&sense, part, &rows) {
            break;
        }
        let found = best(shape, part, &rows, &sense, &understand);
        let Some((mut finding, changed, better)) = found else { break };
        let is_told = |old: &&Diagnostic| {
            old.rule == Rule::FieldNotIndented
                && old.place.span.start == finding.place.span.start
                && !old.message.starts_with(NO_ID)
        };
        if let Some(old) = sense.all().find(is_told) {
            finding = old.clone();
        }
        for before in repairs.iter().rev() {
            before.restore_finding(&mut finding);
        }
        told.push(finding);
        sense = Sense { has_lost_id: sense.has_lost_id || better.has_lost_id, ..better };
        repairs.push(changed);
    }
    for changed in repairs.iter().rev() {
        sense.restore(changed);
    }
    sense.findings.extend(told);
    sense.findings.sort_by_key(|finding| finding.place.span);
    sense
}

/// The change that explains the most findings of `sense`: its finding, the text with it, and what is made of that.
fn best(
    shape: &Shape,
    part: Written<'_>,
    rows: &[Row<'_>],
    sense: &Sense,
    understand: &impl Fn(&str) -> Sense,
) -> Option<(Diagnostic, Changed, Sense)> {
    let near = near(rows, part, sense);
    let before: Vec<(Rule, Span)> = signs(sense.all());
    let readable = count(sense);
    let trials = MOST_TRIALS.min(MOST_BYTES / part.text.len().max(1));
    let mut best: Option<(usize, Candidate, Changed, Sense)> = None;
    for candidate in candidates(shape, part, rows, &near).into_iter().take(trials) {
        let changed = Changed::new(part.text, part.offset, &candidate.edits);
        let mut after = understand(&changed.text);
        let left: Vec<(Rule, Span)> =
            signs(after.all()).into_iter().map(|(rule, span)| (rule, changed.span(span))).collect();
        let is_new = |(rule, span): &(Rule, Span)| {
            !before.iter().any(|(other, old)| other == rule && old.start == span.start)
        };
        let gone = || {
            sense.all().filter(|old| {
                !left.iter().any(|(rule, span)| *rule == old.rule && span.start == old.place.span.start)
            })
        };
        let gain = before.len().saturating_sub(left.len());
        let is_gain = gain > 1 || (gain == 1 && gone().all(|finding| is_vague(finding, part, rows)));
        if !is_gain
            || count(&after) < readable
            || left.iter().any(is_new)
            || best.as_ref().is_some_and(|(least, ..)| *least <= left.len())
        {
            continue;
        }
        after.has_lost_id = candidate.loses_id;
        let is_all = left.is_empty();
        best = Some((left.len(), candidate, changed, after));
        if is_all {
            break;
        }
    }
    best.map(|(_, candidate, changed, after)| (candidate.finding, changed, after))
}

/// How many fields and items are read of a text. A change that hides some is none that mends it.
fn count(sense: &Sense) -> usize {
    fn within(node: &Node) -> usize {
        let values = node.entries().iter().map(|entry| &entry.value).chain(node.items());
        usize::from(!matches!(node.value, Value::Refused | Value::Unread)) + values.map(within).sum::<usize>()
    }
    sense.fields.as_ref().map_or(0, within)
}

/// What tells findings apart.
fn signs<'d>(findings: impl Iterator<Item = &'d Diagnostic>) -> Vec<(Rule, Span)> {
    findings.map(|finding| (finding.rule, finding.place.span)).collect()
}

/// Whether the findings of `sense` may come from one slip in the layout of `part`.
fn is_doubtful(sense: &Sense, part: Written<'_>, rows: &[Row<'_>]) -> bool {
    let is_of_layout = |finding: &Diagnostic| match finding.rule {
        Rule::YamlSyntax | Rule::DuplicateKey | Rule::FieldNotIndented | Rule::MisreadValue => true,
        // A field whose name is near to another is misspelt.
        Rule::UnknownField => finding.fix.is_none(),
        Rule::WrongType => WRONG_GROUPS.iter().any(|end| finding.message.ends_with(end)),
        _ => false,
    };
    match sense.all().count() {
        0 => false,
        1 => sense.all().all(|finding| is_vague(finding, part, rows)),
        _ => sense.all().any(is_of_layout),
    }
}

/// Whether `finding` says only that something is wrong here, so that a better one may take its place.
fn is_vague(finding: &Diagnostic, part: Written<'_>, rows: &[Row<'_>]) -> bool {
    match finding.rule {
        Rule::DuplicateKey => begins_entry(finding, part, rows),
        Rule::WrongType => finding.message.ends_with(NO_IDS),
        Rule::FieldNotIndented => finding.message.starts_with(NO_ID),
        _ => yaml::is_vague(finding),
    }
}

/// Whether the field that `finding` says to be given twice is rather the first of a new entry: as the first one is of
/// its own, but for what stands behind a hyphen, and with another value.
fn begins_entry(finding: &Diagnostic, part: Written<'_>, rows: &[Row<'_>]) -> bool {
    let row = |span: Span| {
        let start = (span.start as usize).checked_sub(part.offset)?;
        rows.partition_point(|row| row.name_at <= start).checked_sub(1)
    };
    let Some(first) = finding.related.first().and_then(|first| row(first.place.span)) else { return false };
    let Some(again) = row(finding.place.span) else { return false };
    let line = |at: usize| part.text.get(rows[at].name_at..rows[at].end).unwrap_or("").trim_end();
    let is_first = first
        .checked_sub(1)
        .is_none_or(|above| rows[above].is_item || rows[above].name_column() < rows[first].name_column());
    (is_first || rows[first].is_item) && line(first) != line(again)
}

/// The rows of `rows` at which a finding of `sense` stands, and their neighbours.
fn near(rows: &[Row<'_>], part: Written<'_>, sense: &Sense) -> Vec<Near> {
    let mut found: Vec<Near> = Vec::new();
    let mut add = |at: usize, is_told: bool| match found.iter_mut().find(|near| near.at == at) {
        Some(near) => near.is_told |= is_told,
        None => found.push(Near { at, is_told }),
    };
    for finding in sense.all() {
        let Some(at) = (finding.place.span.start as usize).checked_sub(part.offset) else { continue };
        let below = rows.partition_point(|row| row.start <= at);
        let Some(at) = below.checked_sub(1) else { continue };
        add(at, true);
        if let Some(above) = at.checked_sub(1) {
            add(above, false);
        }
        if at + 1 < rows.len() {
            add(at + 1, false);
        }
        // The first of those that it does not line up with.
        let column = rows[at].column();
        let owner = rows.get(..at).and_then(|above| above.iter().rposition(|row| row.name_column() < column));
        add(owner.map_or(0, |owner| owner + 1), false);
    }
    found
}

/// Makes each value in `node` that only the author knows fit everywhere.
pub fn accept(node: &mut Node) {
    match &mut node.value {
        Value::Map(entries) => entries.iter_mut().for_each(|entry| accept(&mut entry.value)),
        Value::List(items) => items.iter_mut().for_each(accept),
        Value::Scalar(scalar) if &*scalar.text == UNKNOWN => node.value = Value::Refused,
        Value::Scalar(_) | Value::Refused | Value::Unread => {}
    }
}
