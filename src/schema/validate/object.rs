//! Fields: those that are there, those that are not, and those that should not be.

use super::{Ear, Frame, Need, Spot, Standing, Step, Walk, name};
use crate::diagnostic::{Applicability, Fix, Rule};
use crate::schema::message;
use crate::schema::shape::{Object, Others, Property, Shape};
use crate::source::Span;
use crate::suggest;
use crate::tree::{Entry, Node, Value};
use std::sync::Arc;

/// The fields of an object that a node does not give.
struct Absent {
    /// Those that no unknown key was taken for so far.
    left: Vec<Arc<str>>,
    /// All of them, and how many unknown keys are near to each.
    all: Vec<(Arc<str>, usize)>,
}

impl Absent {
    fn from(object: &Object, node: &Node) -> Self {
        let names = object.properties.iter().map(|property| property.name.clone());
        let left: Vec<Arc<str>> = names.filter(|name| node.entry(name).is_none()).collect();
        let mut absent = Self { all: left.iter().map(|name| (name.clone(), 0)).collect(), left };
        for entry in node.entries().iter().filter(|entry| object.property(&entry.key).is_none()) {
            if let Some(near) = absent.near(&entry.key) {
                absent.all[near].1 += 1;
            }
        }
        absent
    }

    /// The place in `all` of the field that `key` is near to.
    fn near(&self, key: &str) -> Option<usize> {
        let near = suggest::field(key, self.all.iter().map(|(name, _)| &**name))?;
        self.all.iter().position(|(name, _)| **name == *near)
    }

    /// The field that `key` is near to, if another unknown key is so, too.
    fn rivalled(&self, key: &str) -> Option<&str> {
        let (name, count) = &self.all[self.near(key)?];
        (*count > 1).then_some(&**name)
    }
}

impl Walk<'_> {
    pub(super) fn object(&mut self, object: &Object, node: &Node, spot: &Spot<'_>, frame: &mut Frame<'_>) {
        if node.entries().iter().any(Entry::may_be_any) {
            let properties = frame.object.properties.iter().chain(&object.properties);
            let names = properties.map(|property| &property.name).chain(&object.required);
            frame.doubtful.extend(names.filter(|name| node.entry(name).is_none()).cloned());
        }
        if matches!(object.others, Others::Open) && object.names.is_none() {
            for property in &object.properties {
                if let Some(entry) = node.entry(&property.name) {
                    self.field(property, entry, frame);
                }
            }
        } else {
            self.fields(object, node, spot, frame);
        }
        for field in &object.required {
            if node.entry(field).is_none() {
                self.missing(object, field, spot, frame, Need::Always);
            }
        }
        if self.standing == Standing::Published {
            for field in &object.publish {
                if node.entry(field).is_none() {
                    self.missing(object, field, spot, frame, Need::ToPublish);
                }
            }
        }
    }

    fn field(&mut self, property: &Property, entry: &Entry, frame: &mut Frame<'_>) {
        let told = self.outcome.findings.len();
        let needed_by = Some(frame.object).filter(|object| object.required.contains(&property.name));
        let spot = Spot { step: Step::Field(&property.name), span: entry.key_span, needed_by };
        self.value(&property.shape, &entry.value, &spot);
        if self.outcome.findings.len() > told || matches!(entry.value.value, Value::Refused | Value::Unread) {
            frame.doubtful.push(property.name.clone());
        }
    }

    fn fields(&mut self, object: &Object, node: &Node, spot: &Spot<'_>, frame: &mut Frame<'_>) {
        let mut absent: Option<Absent> = None;
        let mut entries = node.entries();
        while let Some((entry, mut after)) = entries.split_first() {
            let key = Spot { step: Step::Key(&entry.key), span: entry.key_span, needed_by: None };
            if let Some(names) = &object.names
                && entry.value.value != Value::Unread
                && !self.accepts_key(names, &entry.key)
            {
                self.bad_key(names, entry, node);
            }
            if let Some(property) = object.property(&entry.key) {
                let astray = match (self.ear, &object.others) {
                    (Ear::Open, Others::Closed) => self.astray(object, property, entry, after),
                    _ => 0,
                };
                if let Some((astray, rest)) =
                    after.split_at_checked(astray).filter(|(astray, _)| !astray.is_empty())
                {
                    let meant = self.gather(property, entry, astray);
                    self.field(property, &meant, frame);
                    frame.doubtful.push(property.name.clone());
                    after = rest;
                } else {
                    self.field(property, entry, frame);
                }
                entries = after;
                continue;
            }
            entries = after;
            match &object.others {
                Others::Open => {}
                Others::Each(each) => self.value(each, &entry.value, &key),
                Others::Closed if self.ear == Ear::Shut => self.failed = true,
                Others::Closed => {
                    let absent = absent.get_or_insert_with(|| Absent::from(object, node));
                    // What may be no field at all stands in text about which there is a finding.
                    if entry.value.value == Value::Unread {
                        frame.doubtful.extend(take_closest(&entry.key, &mut absent.left));
                    } else {
                        self.unknown(object, entry, absent, spot, frame);
                    }
                }
            }
        }
    }

    /// Tells of a key of `node` that can't be an id, and that the blanks around it have to go if that is all.
    fn bad_key(&mut self, names: &Shape, entry: &Entry, node: &Node) {
        let (key, span) = (&*entry.key, entry.key_span);
        let told = self.outcome.findings.len();
        self.tell(Rule::InvalidValue, span, || message::key(key, &names.notes));
        let id = key.trim();
        let is_lone = || node.entries().iter().filter(|other| other.key.trim() == id).count() == 1;
        let is_quoted = || span.range().len() == key.len() + 2;
        let is_all = id != key && is_quoted() && self.accepts_key(names, id) && is_lone();
        if let Some(finding) = self.outcome.findings.get_mut(told).filter(|_| is_all) {
            finding.help = Some(message::NO_BLANKS.to_owned());
            // The quotes stay as they are.
            let inside = Span { start: span.start + 1, end: span.end.saturating_sub(1) };
            finding.fix = Some(Fix { span: inside, text: id.to_owned(), applicability: Applicability::Safe });
        }
    }

    /// Tells of a key that is no field, and which of the `absent` fields it stands for.
    fn unknown(
        &mut self,
        object: &Object,
        entry: &Entry,
        absent: &mut Absent,
        spot: &Spot<'_>,
        frame: &mut Frame<'_>,
    ) {
        let subject = self.subject;
        // A value with a colon makes a name of what stands before it: `title Rest: what it is`.
        let word = entry.key.split(char::is_whitespace).next().unwrap_or("");
        let is_plain = entry.key_span.range().len() == entry.key.len();
        if word.len() < entry.key.len()
            && is_plain
            && let Some(at) = absent.left.iter().position(|name| **name == *word)
        {
            let start = entry.key_span.start as usize;
            self.tell(Rule::YamlSyntax, Span::new(start, start + word.len()), || message::no_colon(word));
            frame.doubtful.push(absent.left.remove(at));
            return;
        }
        // In braces a colon needs a blank behind it, too: `{reps:10}`.
        if let Some((field, _)) = entry.key.split_once(':')
            && is_plain
            && let Some(at) = absent.left.iter().position(|name| **name == *field)
        {
            let colon = entry.key_span.start as usize + field.len();
            self.tell(Rule::YamlSyntax, Span::new(colon, colon + 1), || message::glued_field(field));
            frame.doubtful.push(absent.left.remove(at));
            return;
        }
        let meant = take_closest(&entry.key, &mut absent.left);
        if let Some(near) = absent.rivalled(&entry.key) {
            self.tell(Rule::UnknownField, entry.key_span, || {
                message::unknown_twice(&name(subject, spot), &entry.key, near)
            });
            frame.doubtful.extend(meant);
            return;
        }
        let replacement = meant.as_deref().map(|meant| {
            let (text, applicability) = self.replacement(object, entry, meant, spot);
            (meant, text, applicability)
        });
        self.tell(Rule::UnknownField, entry.key_span, || {
            message::unknown(&name(subject, spot), &entry.key, replacement, object)
        });
        frame.doubtful.extend(meant);
    }

    /// What to write for a key that stands for the field `meant`. It is certain only where the value fits the field.
    fn replacement(
        &mut self,
        object: &Object,
        entry: &Entry,
        meant: &str,
        spot: &Spot<'_>,
    ) -> (String, Applicability) {
        let quotes = entry.key_span.range().len().saturating_sub(entry.key.len());
        let text = if quotes == 2 { format!("\"{meant}\"") } else { meant.to_owned() };
        let names = object.properties.iter().map(|property| &*property.name);
        let is_certain = (quotes == 0 || quotes == 2)
            && suggest::is_certain(&entry.key, meant, names)
            && object
                .property(meant)
                .is_some_and(|property| self.would_accept(&property.shape, &entry.value, spot));
        (text, if is_certain { Applicability::Safe } else { Applicability::MaybeIncorrect })
    }

    fn missing(&mut self, object: &Object, field: &Arc<str>, spot: &Spot<'_>, frame: &Frame<'_>, need: Need) {
        let subject = self.subject;
        if self.ear == Ear::Open && frame.doubtful.contains(field) {
            return;
        }
        self.tell(object.rule(field), spot.span, || {
            message::missing(&name(subject, spot), field, frame.object, need)
        });
    }
}

/// The name among `absent` that `key` stands for, which is then no longer absent.
fn take_closest(key: &str, absent: &mut Vec<Arc<str>>) -> Option<Arc<str>> {
    let meant: Arc<str> = suggest::field(key, absent.iter().map(|name| &**name))?.into();
    absent.retain(|name| *name != meant);
    Some(meant)
}
