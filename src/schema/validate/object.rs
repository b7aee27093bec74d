//! Fields: those that are there, those that are not, and those that should not be.

use super::{Ear, Frame, Need, Spot, Standing, Step, Walk, name};
use crate::diagnostic::Rule;
use crate::schema::message;
use crate::schema::shape::{Object, Others, Property};
use crate::schema::validate::Duty;
use crate::suggest;
use crate::tree::{Entry, Node, Value};
use std::sync::Arc;

impl Walk<'_> {
    pub(super) fn object(&mut self, object: &Object, node: &Node, spot: &Spot<'_>, frame: &mut Frame<'_>) {
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
        if self.standing != Standing::Retired {
            for field in &object.publish {
                if node.entry(field).is_none() {
                    self.missing(object, field, spot, frame, Need::ToPublish);
                }
            }
        }
    }

    fn field(&mut self, property: &Property, entry: &Entry, frame: &mut Frame<'_>) {
        let told = self.outcome.findings.len();
        let spot = Spot { step: Step::Field(&property.name), span: entry.key_span };
        self.value(&property.shape, &entry.value, &spot);
        if self.outcome.findings.len() > told || matches!(entry.value.value, Value::Refused | Value::Unread) {
            frame.doubtful.push(property.name.clone());
        }
    }

    fn fields(&mut self, object: &Object, node: &Node, spot: &Spot<'_>, frame: &mut Frame<'_>) {
        let mut absent: Option<Vec<Arc<str>>> = None;
        let mut entries = node.entries();
        while let Some((entry, mut after)) = entries.split_first() {
            let key = Spot { step: Step::Key(&entry.key), span: entry.key_span };
            if let Some(names) = &object.names
                && entry.value.value != Value::Unread
                && !self.accepts_key(names, &entry.key)
            {
                self.tell(Rule::InvalidValue, entry.key_span, || message::key(&entry.key, &names.notes));
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
                    let absent = absent.get_or_insert_with(|| {
                        let names = object.properties.iter().map(|property| property.name.clone());
                        names.filter(|name| node.entry(name).is_none()).collect()
                    });
                    // What may be no field at all stands in text about which there is a finding.
                    if entry.value.value == Value::Unread {
                        frame.doubtful.extend(take_closest(&entry.key, absent));
                    } else {
                        self.unknown(object, entry, absent, spot, frame);
                    }
                }
            }
        }
    }

    /// Tells of a key that is no field, and which of the `absent` fields it stands for.
    fn unknown(
        &mut self,
        object: &Object,
        entry: &Entry,
        absent: &mut Vec<Arc<str>>,
        spot: &Spot<'_>,
        frame: &mut Frame<'_>,
    ) {
        let subject = self.subject;
        let meant = take_closest(&entry.key, absent);
        self.tell(Rule::UnknownField, entry.key_span, || {
            message::unknown(&name(subject, spot), &entry.key, meant.as_deref(), object)
        });
        frame.doubtful.extend(meant);
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
}

/// The name among `absent` that `key` stands for, which is then no longer absent.
fn take_closest(key: &str, absent: &mut Vec<Arc<str>>) -> Option<Arc<str>> {
    let meant: Arc<str> = suggest::closest(key, absent.iter().map(|name| &**name))?.into();
    absent.retain(|name| *name != meant);
    Some(meant)
}
