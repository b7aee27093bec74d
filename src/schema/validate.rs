//! A tree against a shape: every mistake at once, and the references that the tree makes.

mod astray;
mod object;
mod value;

#[cfg(test)]
mod tests;

use super::format::{self, DateProblem, Format, RangeProblem};
use super::message;
use super::shape::{Condition, Object, Others, Shape, Target, Types};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Place, Rule};
use crate::source::Span;
use crate::tree::{Node, ScalarKind, Value};
use std::sync::Arc;

/// What a validation found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The mistakes, in the order of their places.
    pub findings: Vec<Diagnostic>,
    /// The ids that it names, in the order of the file.
    pub references: Vec<Reference>,
    /// The values that take inline Markdown.
    pub inlines: Vec<Span>,
    /// What stands where an id belongs, and has not the type of one: a number, or text in place of a list. A finding says
    /// so.
    pub meant: Vec<Reference>,
    /// The names of fields that stand beside the field they belong to.
    pub astray: Vec<Span>,
}

/// An id that names a page or an entry of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it can lead to: any of these.
    pub targets: Arc<[Target]>,
    /// The id, as written.
    pub id: Box<str>,
    /// Where it stands.
    pub span: Span,
    /// The key under which it stands.
    pub field: Arc<str>,
}

/// Holds `tree` against `shape`.
///
/// `whole` is the place for fields that the top lacks: the opening `---`. `subject` is what messages call the top, as
/// `an exercise`. A null is no value: where a field is given, it has to hold something.
pub fn validate(shape: &Shape, tree: &Node, whole: &Place, subject: &str) -> Outcome {
    let standing = match tree.get("status").and_then(Node::as_text) {
        Some("published") => Standing::Published,
        Some("retired") => Standing::Retired,
        _ => Standing::Draft,
    };
    let mut walk =
        Walk { whole, subject, standing, ear: Ear::Open, failed: false, outcome: Outcome::default() };
    walk.value(shape, tree, &Spot { step: Step::Top, span: whole.span, needed_by: None });
    let mut outcome = walk.outcome;
    // A value can be held against two parts of a shape that say the same.
    outcome.findings.sort();
    outcome.findings.dedup();
    outcome
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Draft,
    Published,
    Retired,
}

/// Whether mistakes are told, or only whether there are any.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ear {
    Open,
    Shut,
}

/// Where the walk is, for names and places.
struct Spot<'a> {
    step: Step<'a>,
    /// The place for a field that is missing here.
    span: Span,
    /// The mapping that can't be without the field.
    needed_by: Option<&'a Object>,
}

impl Spot<'_> {
    /// The rule for a value that says nothing, which is that for a missing field where the field is needed; `rule` is
    /// the one for any other.
    fn rule_of_empty(&self, rule: Rule) -> Rule {
        match (&self.step, self.needed_by.map(|object| object.rule(field_of(self).as_ref()))) {
            (Step::Field(_), Some(own)) if own != Rule::MissingField => own,
            _ => rule,
        }
    }

    /// What to do about a value that says nothing: a field that is needed can't be taken out.
    fn help_of_empty(&self) -> String {
        match (&self.step, self.needed_by) {
            (Step::Field(field), Some(object)) => message::write(field, object),
            _ => "write a value, or take the line out".to_owned(),
        }
    }
}

enum Step<'a> {
    Top,
    Field(&'a Arc<str>),
    Key(&'a str),
    Item(usize, &'a Spot<'a>),
}

/// What is known about the mapping that several shapes are held against.
struct Frame<'a> {
    /// The fields of the mapping.
    object: &'a Object,
    /// Fields that are wrong, or that a misspelt key stands for: what rests on them is not told.
    doubtful: Vec<Arc<str>>,
}

struct Walk<'a> {
    whole: &'a Place,
    subject: &'a str,
    standing: Standing,
    ear: Ear,
    failed: bool,
    outcome: Outcome,
}

impl<'a> Walk<'a> {
    fn place(&self, span: Span) -> Place {
        Place::new(&self.whole.path, span)
    }

    /// Tells the finding of `rule` at `span`, which is only put together if somebody listens.
    fn tell(&mut self, rule: Rule, span: Span, make: impl FnOnce() -> message::Words) {
        self.failed = true;
        if self.ear == Ear::Open {
            let words = make();
            let mut finding = Diagnostic::new(rule, self.place(span), words.message);
            finding.help = words.help;
            finding.fix = words.fix.map(|(text, applicability)| Fix { span, text, applicability });
            self.outcome.findings.push(finding);
        }
    }

    fn value(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) {
        let mut frame = Frame { object: &shape.object, doubtful: Vec::new() };
        self.meet(shape, node, spot, &mut frame);
    }

    /// Whether `node` meets `shape`, without telling anything.
    fn accepts(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) -> bool {
        let (ear, failed) = (self.ear, self.failed);
        (self.ear, self.failed) = (Ear::Shut, false);
        self.value(shape, node, spot);
        let accepted = !self.failed;
        (self.ear, self.failed) = (ear, failed);
        accepted
    }

    /// Whether `node` meets `shape`, or would once all is mended that can be mended for certain.
    fn would_accept(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) -> bool {
        let (ear, failed) = (self.ear, self.failed);
        let outcome = std::mem::take(&mut self.outcome);
        self.ear = Ear::Open;
        self.value(shape, node, spot);
        let found = std::mem::replace(&mut self.outcome, outcome).findings;
        (self.ear, self.failed) = (ear, failed);
        let is_safe = |fix: &Fix| fix.applicability == Applicability::Safe;
        found.iter().all(|finding| finding.fix.as_ref().is_some_and(is_safe))
    }

    /// Whether `key` is of the shape `names`, without telling anything.
    fn accepts_key(&mut self, names: &Shape, key: &str) -> bool {
        let (ear, failed) = (self.ear, self.failed);
        self.ear = Ear::Shut;
        let span = Span::default();
        let accepted = self.text(names, key, span, &Spot { step: Step::Key(key), span, needed_by: None });
        (self.ear, self.failed) = (ear, failed);
        accepted
    }

    fn meet(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>, frame: &mut Frame<'_>) {
        if matches!(node.value, Value::Refused | Value::Unread) {
            return;
        }
        let subject = self.subject;
        let found = Types::of(node);
        if let (Some(range), Value::Scalar(scalar), Types::INTEGER) = (&shape.text.range, &node.value, found)
            && !range.units.is_empty()
        {
            self.tell(Rule::InvalidValue, node.span, || {
                message::range(&name(subject, spot), &scalar.text, range, RangeProblem::NoUnit)
            });
            return;
        }
        // A date without hyphens looks like a number.
        if let Value::Scalar(scalar) = &node.value
            && found == Types::INTEGER
            && !shape.effective_types().meet(found)
            && shape.text.format == Some(Format::Date)
            && format::meant_date(&scalar.text).is_some()
        {
            self.tell(Rule::DateNotIso, node.span, || {
                let name = name(subject, spot);
                message::date(&name, &scalar.text, DateProblem::NotIso, Applicability::Safe)
            });
            return;
        }
        if node.is_null() && !shape.effective_types().meet(found) {
            self.tell(spot.rule_of_empty(Rule::WrongType), node.span, || {
                message::says_nothing(&name(subject, spot), "has no value", spot.help_of_empty())
            });
            return;
        }
        if !shape.types.meet(found) || (!shape.any_of.is_empty() && !shape.effective_types().meet(found)) {
            match glued_field(shape, node) {
                Some((field, colon)) => {
                    self.tell(Rule::YamlSyntax, colon, || message::glued_field(field));
                }
                None => {
                    self.tell(Rule::WrongType, node.span, || {
                        message::wrong_type(&name(subject, spot), shape, node)
                    });
                    self.note_meant(shape, node, spot);
                }
            }
            return;
        }
        match &node.value {
            Value::Scalar(scalar) if scalar.kind == ScalarKind::Text => {
                if !self.text(shape, &scalar.text, node.span, spot) {
                    return;
                }
                self.note_text(&shape.text, &scalar.text, node.span, spot);
            }
            Value::Scalar(scalar) => {
                if let Some(values) = &shape.values
                    && !values.iter().any(|value| value.is(node))
                {
                    self.tell(Rule::InvalidValue, node.span, || {
                        message::not_listed(&name(subject, spot), &scalar.text, values)
                    });
                    return;
                }
                self.number(shape, node, spot);
            }
            Value::List(items) => self.list(shape, items, node, spot),
            Value::Map(_) => self.object(&shape.object, node, spot, frame),
            Value::Refused | Value::Unread => {}
        }
        for branches in &shape.any_of {
            self.any_of(branches, node, spot, frame);
        }
        for condition in &shape.conditions {
            self.condition(condition, node, spot, frame);
        }
        for not in &shape.not {
            if !self.accepts(not, node, spot) {
                continue;
            }
            if let Some(names @ [_, _, ..]) = only_required(not)
                && let Some(last) =
                    node.entries().iter().rfind(|entry| names.iter().any(|n| **n == *entry.key))
            {
                self.tell(Rule::InvalidValue, last.key_span, || {
                    message::together(&name(subject, spot), names)
                });
            } else {
                self.tell(Rule::InvalidValue, node.span, || message::forbidden(&name(subject, spot), node));
            }
        }
    }

    fn any_of(&mut self, branches: &[Shape], node: &Node, spot: &Spot<'_>, frame: &mut Frame<'_>) {
        let subject = self.subject;
        let accepted = branches.iter().find(|branch| self.accepts(branch, node, spot));
        if self.ear == Ear::Shut {
            self.failed |= accepted.is_none();
            return;
        }
        if let Some(accepted) = accepted {
            self.meet(accepted, node, spot, frame);
            return;
        }
        let names: Option<Vec<&[Arc<str>]>> = match node.value {
            Value::Map(_) => branches.iter().map(only_required).collect(),
            _ => None,
        };
        if let Some(names) = names {
            let names: Vec<&str> = names.into_iter().flatten().map(|name| &**name).collect();
            if !frame.doubtful.iter().any(|doubtful| names.contains(&&**doubtful)) {
                self.tell(Rule::MissingField, spot.span, || message::one_of(&name(subject, spot), &names));
            }
            return;
        }
        // Of several branches the first that takes the type is what the author was at.
        let found = Types::of(node);
        if let Some(branch) = branches.iter().find(|branch| branch.effective_types().meet(found)) {
            self.meet(branch, node, spot, frame);
        }
    }

    fn condition(&mut self, condition: &Condition, node: &Node, spot: &Spot<'_>, frame: &mut Frame<'_>) {
        if self.ear == Ear::Open && condition.asks.iter().any(|asked| frame.doubtful.contains(asked)) {
            return;
        }
        let answer = self.accepts(&condition.test, node, spot);
        if let Some(shape) = if answer { &condition.then } else { &condition.otherwise } {
            self.meet(shape, node, spot, frame);
        }
    }
}

/// When a field is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Always,
    ToPublish,
}

/// The smallest and the largest number that `shape` takes.
pub(super) fn bounds(shape: &Shape) -> (Option<f64>, Option<f64>) {
    #[allow(clippy::cast_precision_loss, reason = "ranges end at 9999")]
    let range = shape.text.range.as_ref().map(|range| (range.minimum as f64, range.maximum as f64));
    let (least, most) = range.unzip();
    let tighter = |a: Option<f64>, b: Option<f64>, pick: fn(f64, f64) -> f64| match (a, b) {
        (Some(a), Some(b)) => Some(pick(a, b)),
        (a, b) => a.or(b),
    };
    (tighter(shape.minimum, least, f64::max), tighter(shape.maximum, most, f64::min))
}

/// The field of `shape` with which the plain text `node` begins, and its colon, which has no space after it.
fn glued_field<'n>(shape: &Shape, node: &'n Node) -> Option<(&'n str, Span)> {
    let text = node.as_text().filter(|text| node.span.range().len() == text.len())?;
    let (field, after) = text.split_once(':')?;
    shape.object.property(field).filter(|_| !after.starts_with(char::is_whitespace))?;
    let colon = node.span.start as usize + field.len();
    Some((field, Span::new(colon, colon + 1)))
}

/// The fields that a shape needs, if it says nothing else.
fn only_required(shape: &Shape) -> Option<&[Arc<str>]> {
    let object = &shape.object;
    let says_more = !object.properties.is_empty()
        || !matches!(object.others, Others::Open)
        || !shape.any_of.is_empty()
        || !shape.not.is_empty()
        || !shape.conditions.is_empty();
    (!says_more && !object.required.is_empty()).then_some(&*object.required)
}

/// What messages call the value at `spot`.
fn name(subject: &str, spot: &Spot<'_>) -> String {
    match &spot.step {
        Step::Top => subject.to_owned(),
        Step::Field(name) => format!("`{name}`"),
        Step::Key(name) => format!("`{name}`"),
        Step::Item(at, of) => format!("item {} of {}", at + 1, name(subject, of)),
    }
}

/// The key under which `spot` lies.
fn field_of(spot: &Spot<'_>) -> Arc<str> {
    match &spot.step {
        Step::Top => Arc::from(""),
        Step::Field(name) => Arc::clone(name),
        Step::Key(name) => Arc::from(*name),
        Step::Item(_, of) => field_of(of),
    }
}
