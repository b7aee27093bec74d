//! A tree against a shape: every mistake at once, and the references that the tree makes.

use super::format::{self, DateProblem, RangeProblem};
use super::message;
use super::shape::{Condition, Literal, Object, Others, Shape, Target, Text, Types};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::Span;
use crate::suggest;
use crate::tree::{Entry, Node, ScalarKind, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// What a validation found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The mistakes, in the order of their places.
    pub findings: Vec<Diagnostic>,
    /// What a draft still needs before it can be published.
    pub duties: Vec<Duty>,
    /// The ids that it names, in the order of the file.
    pub references: Vec<Reference>,
    /// The values that take inline Markdown.
    pub inlines: Vec<Span>,
}

/// A field that a draft still needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Its key.
    pub field: Arc<str>,
    /// What to write, in plain words.
    pub message: String,
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
    walk.value(shape, tree, &Spot { step: Step::Top, span: whole.span });
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
            finding.fix = words.fix.map(|text| crate::diagnostic::Fix { span, text });
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

    /// Whether `key` is of the shape `names`, without telling anything.
    fn accepts_key(&mut self, names: &Shape, key: &str) -> bool {
        let (ear, failed) = (self.ear, self.failed);
        self.ear = Ear::Shut;
        let span = Span::default();
        let accepted = self.text(names, key, span, &Spot { step: Step::Key(key), span });
        (self.ear, self.failed) = (ear, failed);
        accepted
    }

    fn meet(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>, frame: &mut Frame<'_>) {
        if matches!(node.value, Value::Refused) {
            return;
        }
        let subject = self.subject;
        let found = Types::of(node);
        if !shape.types.meet(found) || (!shape.any_of.is_empty() && !shape.effective_types().meet(found)) {
            self.tell(Rule::WrongType, node.span, || message::wrong_type(&name(subject, spot), shape, node));
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
            Value::Map(entries) => self.object(&shape.object, entries, node, spot, frame),
            Value::Refused => {}
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

    /// Whether `text` is one that `shape` takes; if not, that was told.
    fn text(&mut self, shape: &Shape, text: &str, span: Span, spot: &Spot<'_>) -> bool {
        let subject = self.subject;
        let name = || name(subject, spot);
        if let Some(values) = &shape.values
            && !values.iter().any(|value| matches!(value, Literal::Text(known) if **known == *text))
        {
            self.tell(Rule::InvalidValue, span, || message::not_listed(&name(), text, values));
            return false;
        }
        let rules = &shape.text;
        if rules.min_length.is_some() || rules.max_length.is_some() {
            // Most texts are shorter in bytes than their bound in characters.
            let (least, most) = (rules.min_length.unwrap_or(0), rules.max_length.unwrap_or(u64::MAX));
            if least > 1 || text.len() as u64 > most || (least == 1 && text.is_empty()) {
                let length = text.chars().count() as u64;
                if length < least || length > most {
                    self.tell(Rule::OutOfRange, span, || message::length(&name(), length, least, most));
                    return false;
                }
            }
        }
        if let Some(most) = rules.max_words
            && format::words(text) > most
        {
            self.tell(Rule::OutOfRange, span, || message::words(&name(), format::words(text), most));
            return false;
        }
        if let Some(format) = rules.format {
            if format == format::Format::Date {
                if let Some(problem) = format::date_problem(text) {
                    let rule = match problem {
                        DateProblem::NotIso => Rule::DateNotIso,
                        DateProblem::Impossible => Rule::DateImpossible,
                    };
                    self.tell(rule, span, || message::date(&name(), text, problem));
                    return false;
                }
            } else if !format.matches(text) {
                self.tell(Rule::InvalidValue, span, || message::format(&name(), text, format));
                return false;
            }
        }
        if let Some(longest) = &rules.max_duration
            && format::is_longer(text, longest)
        {
            self.tell(Rule::OutOfRange, span, || message::duration(&name(), text, longest));
            return false;
        }
        if let Some(range) = &rules.range
            && let Some(problem) = range.problem(text)
        {
            let rule = match problem {
                RangeProblem::NotARange if !text.bytes().any(|b| b.is_ascii_digit()) => Rule::WrongType,
                RangeProblem::NotARange | RangeProblem::NoUnit | RangeProblem::WrongUnit => {
                    Rule::InvalidValue
                }
                RangeProblem::TooSmall | RangeProblem::TooLarge => Rule::OutOfRange,
            };
            self.tell(rule, span, || message::range(&name(), text, range, problem));
            return false;
        }
        for pattern in &rules.patterns {
            if !pattern.0.is_match(text) {
                self.tell(Rule::InvalidValue, span, || {
                    message::pattern(&name(), text, pattern, &shape.notes)
                });
                return false;
            }
        }
        true
    }

    /// Remembers what the sound text of a value asks of others.
    fn note_text(&mut self, rules: &Text, text: &str, span: Span, spot: &Spot<'_>) {
        if self.ear == Ear::Shut {
            return;
        }
        if rules.inline {
            self.outcome.inlines.push(span);
        }
        if let Some(targets) = &rules.reference {
            let field = field_of(spot);
            self.outcome.references.push(Reference {
                targets: targets.clone(),
                id: text.into(),
                span,
                field,
            });
        }
    }

    fn number(&mut self, shape: &Shape, node: &Node, spot: &Spot<'_>) {
        let subject = self.subject;
        let Some(value) = super::keyword::number(node) else { return };
        let (minimum, maximum) = bounds(shape);
        if minimum.is_some_and(|least| value < least)
            || maximum.is_some_and(|most| value > most)
            // A number that is none is in no bounds.
            || (value.is_nan() && (minimum.is_some() || maximum.is_some()))
        {
            self.tell(Rule::OutOfRange, node.span, || {
                message::number(&name(subject, spot), node, value, shape)
            });
        }
    }

    fn list(&mut self, shape: &Shape, items: &[Node], node: &Node, spot: &Spot<'_>) {
        let subject = self.subject;
        let rules = &shape.list;
        let (length, least, most) =
            (items.len() as u64, rules.min_items.unwrap_or(0), rules.max_items.unwrap_or(u64::MAX));
        if length < least || length > most {
            self.tell(Rule::OutOfRange, node.span, || {
                message::items(&name(subject, spot), length, least, most)
            });
        }
        if let Some(shape) = &rules.items {
            for (at, item) in items.iter().enumerate() {
                let span = item.entries().first().map_or(item.span, |entry| entry.key_span);
                self.value(shape, item, &Spot { step: Step::Item(at, spot), span });
            }
        }
        if rules.unique && items.len() > 1 {
            self.unique(items, spot);
        }
    }

    fn unique(&mut self, items: &[Node], spot: &Spot<'_>) {
        let subject = self.subject;
        // Short lists are the rule, and comparing each pair costs less than a map.
        let first_of = |at: usize, text: &str| items[..at].iter().find(|item| item.as_text() == Some(text));
        let mut firsts: HashMap<&str, &Node> = HashMap::new();
        for (at, item) in items.iter().enumerate() {
            let Some(text) = item.as_text() else { continue };
            let first = if items.len() <= 16 {
                first_of(at, text)
            } else {
                let first = firsts.get(text).copied();
                firsts.entry(text).or_insert(item);
                first
            };
            if let Some(first) = first {
                let first = self.place(first.span);
                let told = self.outcome.findings.len();
                self.tell(Rule::InvalidValue, item.span, || message::twice(&name(subject, spot), text));
                if let Some(finding) = self.outcome.findings.get_mut(told) {
                    *finding = finding.clone().related("first given here", first);
                }
            }
        }
    }

    fn object(
        &mut self,
        object: &Object,
        entries: &[Entry],
        node: &Node,
        spot: &Spot<'_>,
        frame: &mut Frame<'_>,
    ) {
        let subject = self.subject;
        let mut absent: Option<Vec<Arc<str>>> = None;
        for entry in entries {
            if let Some(names) = &object.names
                && !self.accepts_key(names, &entry.key)
            {
                self.tell(Rule::InvalidValue, entry.key_span, || message::key(&entry.key, &names.notes));
            }
            if let Some(property) = object.property(&entry.key) {
                let told = self.outcome.findings.len();
                let spot = Spot { step: Step::Field(&property.name), span: entry.key_span };
                self.value(&property.shape, &entry.value, &spot);
                if self.outcome.findings.len() > told || entry.value.value == Value::Refused {
                    frame.doubtful.push(property.name.clone());
                }
                continue;
            }
            match &object.others {
                Others::Open => {}
                Others::Each(each) => {
                    self.value(
                        each,
                        &entry.value,
                        &Spot { step: Step::Key(&entry.key), span: entry.key_span },
                    );
                }
                Others::Closed if self.ear == Ear::Shut => self.failed = true,
                Others::Closed => {
                    let absent = absent.get_or_insert_with(|| {
                        let names = object.properties.iter().map(|property| property.name.clone());
                        names.filter(|name| node.entry(name).is_none()).collect()
                    });
                    let meant =
                        suggest::closest(&entry.key, absent.iter().map(|name| &**name)).map(Arc::from);
                    self.tell(Rule::UnknownField, entry.key_span, || {
                        message::unknown(&name(subject, spot), &entry.key, meant.as_deref(), object)
                    });
                    if let Some(meant) = meant {
                        absent.retain(|name| *name != meant);
                        frame.doubtful.push(meant);
                    }
                }
            }
        }
        for name in &object.required {
            if node.entry(name).is_none() {
                self.missing(object, name, spot, frame, Need::Always);
            }
        }
        if self.standing == Standing::Retired {
            return;
        }
        for name in &object.publish {
            if node.entry(name).is_none() {
                self.missing(object, name, spot, frame, Need::ToPublish);
            }
        }
    }

    fn missing(&mut self, object: &Object, field: &Arc<str>, spot: &Spot<'_>, frame: &Frame<'_>, need: Need) {
        let subject = self.subject;
        if self.ear == Ear::Open && frame.doubtful.contains(field) {
            return;
        }
        let words = || message::missing(&name(subject, spot), field, frame.object, need);
        if need == Need::ToPublish && self.standing == Standing::Draft {
            let is_new = !self.outcome.duties.iter().any(|duty| duty.field == *field);
            if self.ear == Ear::Open && is_new {
                self.outcome
                    .duties
                    .push(Duty { field: field.clone(), message: words().help.unwrap_or_default() });
            }
            return;
        }
        self.tell(object.rule(field), spot.span, words);
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
