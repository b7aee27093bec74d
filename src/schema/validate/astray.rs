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
        // What may be a name between them is as likely a word of one of their values.
        let is_astray = |entry: &&Entry| {
            object.property(&entry.key).is_none()
                && (inner.property(&entry.key).is_some() && group.entry(&entry.key).is_none()
                    || entry.value.value == Value::Unread)
        };
        after.iter().take_while(is_astray).count()
    }

    /// Tells of the entries `astray`, which belong to `owner`, and gives the entry that is meant.
    pub(super) fn gather(&mut self, property: &Property, owner: &Entry, astray: &[Entry]) -> Entry {
        let group = last(&owner.value);
        let mut fields = group.entries().to_vec();
        let beside = fields.first().map(|entry| &*entry.key);
        // Of a name in text that can't be read nobody knows where it stands.
        let told = || astray.iter().filter(|entry| entry.value.value != Value::Unread);
        let keys: Vec<&str> = told().map(|entry| &*entry.key).collect();
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
            _ => {
                let of = if is_list { "an entry of " } else { "" };
                not_indented(self.place(start), &format!("{of}`{}`", owner.key), &keys, beside)
            }
        };
        if !keys.is_empty() {
            self.failed = true;
            self.outcome.findings.push(finding);
            self.outcome.astray.extend(told().map(|entry| entry.key_span));
        }
        fields.extend_from_slice(astray);
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

/// The last item of a list, or else the value itself.
fn last(value: &Node) -> &Node {
    value.items().last().unwrap_or(value)
}

/// The fields of a value of `shape`, or of its items.
fn inner(shape: &Shape) -> Option<&Object> {
    let item = shape.list.items.as_deref();
    [Some(shape), item].into_iter().flatten().map(|shape| &shape.object).find(|of| !of.properties.is_empty())
}
