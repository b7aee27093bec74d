//! Fields that stand beside the field they belong to, because nobody has indented them.

use super::Walk;
use crate::diagnostic::{Diagnostic, Rule};
use crate::schema::shape::{Object, Property, Shape};
use crate::source::Span;
use crate::tree::{Entry, Node, Value, not_indented};

impl Walk<'_> {
    /// Of the entries `after` that of `property`, how many in a row are no fields of `object` but of `property`.
    pub(super) fn astray(
        &self,
        object: &Object,
        property: &Property,
        owner: &Entry,
        after: &[Entry],
    ) -> usize {
        let Some(inner) = inner(&property.shape) else { return 0 };
        let group = last(&owner.value);
        let can_hold = group.is_null() || matches!(group.value, Value::Map(_));
        // In TOML, blanks at the start of a line mean nothing.
        if !can_hold || self.whole.path.as_str().ends_with(".toml") {
            return 0;
        }
        // A field without a value may have its own fields below it.
        let held = |entry: &Entry| inner.property(&entry.key).and_then(|property| held(property, entry));
        let mut deeper = group.entries().last().and_then(held);
        // What may be a name between them is as likely a word of one of their values.
        let is_astray = |entry: &&Entry| {
            if object.property(&entry.key).is_some() {
                return false;
            }
            if entry.value.value == Value::Unread
                || deeper.is_some_and(|of| of.property(&entry.key).is_some())
            {
                return true;
            }
            deeper = held(entry);
            inner.property(&entry.key).is_some() && group.entry(&entry.key).is_none()
        };
        after.iter().take_while(is_astray).count()
    }

    /// Tells of the entries `astray`, which belong to `owner`, and gives the entry that is meant.
    pub(super) fn gather(&mut self, property: &Property, owner: &Entry, astray: &[Entry]) -> Entry {
        let group = last(&owner.value);
        let mut fields = group.entries().to_vec();
        let beside = fields.first().map(|entry| entry.key.clone());
        let beside = beside.as_deref();
        let before = fields.len();
        let mut nested = Vec::new();
        for entry in astray {
            match fields.last_mut().filter(|above| takes(property, above, entry)) {
                Some(above) => {
                    nested.push((above.key.clone(), entry));
                    let mut own = above.value.entries().to_vec();
                    own.push(entry.clone());
                    let start = own.first().map_or(entry.key_span, |first| first.key_span).start;
                    let span = Span { start, end: entry.value.span.end };
                    above.value = Node { value: Value::Map(own), span };
                }
                None => fields.push(entry.clone()),
            }
        }
        // Of a name in text that can't be read nobody knows where it stands.
        let told = || astray.iter().filter(|entry| entry.value.value != Value::Unread);
        let own = fields.get(before..).unwrap_or(&[]);
        let keys: Vec<&str> =
            own.iter().filter(|entry| entry.value.value != Value::Unread).map(|entry| &*entry.key).collect();
        let is_list = property.shape.object.properties.is_empty();
        let start = told().chain(astray).next().map_or(owner.key_span, |first| first.key_span);
        let finding = match keys.first() {
            Some(first) if is_list && beside.is_none() => {
                let message = format!("an entry of `{}` needs two spaces and a hyphen before it", owner.key);
                let help = match keys.len() {
                    1 => format!("write `  - {first}: ...`"),
                    _ => format!("write `  - {first}: ...`, and its other fields in the column of `{first}`"),
                };
                Diagnostic::new(Rule::FieldNotIndented, self.place(start), message).help(help)
            }
            Some(_) => {
                let of = if is_list { "an entry of " } else { "" };
                not_indented(self.place(start), &format!("{of}`{}`", owner.key), &keys, beside)
            }
            None => {
                let above = nested.first().map_or("", |(above, _)| above);
                let message = format!("the fields of `{above}` need blanks before them");
                let help = format!("begin each two blanks further in than `{above}`");
                Diagnostic::new(Rule::FieldNotIndented, self.place(start), message).help(help)
            }
        };
        if told().next().is_some() {
            self.failed = true;
            self.outcome.findings.push(finding);
            self.outcome.astray.extend(told().map(|entry| entry.key_span));
        }
        let from = fields.first().map_or(start, |first| first.key_span).start;
        let end = astray.last().map_or(owner.value.span, |last| last.value.span).end;
        let span = Span { start: from, end };
        let mut value = Node { value: Value::Map(fields), span };
        if is_list {
            let before = owner.value.items().split_last().map_or(&[][..], |(_, before)| before);
            let mut items = before.to_vec();
            items.push(value);
            value = Node { value: Value::List(items), span };
        }
        Entry { value, ..owner.clone() }
    }
}

/// The fields that a value of `property` has, if `entry` has none yet.
fn held<'s>(property: &'s Property, entry: &Entry) -> Option<&'s Object> {
    inner(&property.shape).filter(|_| entry.value.is_null())
}

/// Whether `entry` is one of the fields of `above`, which lies in a value of `property` and had none of its own.
fn takes(property: &Property, above: &Entry, entry: &Entry) -> bool {
    let field = inner(&property.shape).and_then(|inner| inner.property(&above.key));
    let own = field.and_then(|field| inner(&field.shape));
    // Fields that were taken before lie behind the key, and not below it.
    let is_open = above.value.is_null() || matches!(above.value.value, Value::Map(_));
    is_open
        && own
            .is_some_and(|own| own.property(&entry.key).is_some() && above.value.entry(&entry.key).is_none())
}

/// The last item of a list, or else the value itself.
fn last(value: &Node) -> &Node {
    value.items().last().unwrap_or(value)
}

/// The fields of a value of `shape`, or of its items.
fn inner(shape: &Shape) -> Option<&Object> {
    let item = shape.list.items.as_deref();
    [Some(shape), item].into_iter().flatten().map(|shape| &shape.object).find(|of| !of.properties.is_empty())
}
