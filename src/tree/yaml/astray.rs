//! Fields of a register that stand at the left edge, where only ids do.

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Span};
use crate::tree::{Entry, Node, Value, not_indented};

/// Takes each of `entries` that is a field to the entry above it.
///
/// What has fields of its own is an entry, whatever its name.
pub(super) fn gather(
    entries: Vec<Entry>,
    path: &SitePath,
    is_field: impl Fn(&str) -> bool,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let is_astray = |entry: &Entry| {
        is_field(&entry.key)
            && matches!(entry.value.value, Value::Scalar(_) | Value::List(_) | Value::Refused | Value::Unread)
    };
    let mut gathered: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter().peekable();
    while let Some(entry) = entries.next_if(is_astray) {
        // Nothing is above it.
        if entry.value.value != Value::Unread
            && findings.iter().all(|finding| finding.rule != Rule::FieldNotIndented)
        {
            let place = Place::new(path, entry.key_span);
            let message = format!("there is no id above `{}`", entry.key);
            let help =
                "write the id of the entry with a colon above it, and two spaces before each of its fields";
            findings.push(Diagnostic::new(Rule::FieldNotIndented, place, message).help(help));
        }
    }
    while let Some(mut owner) = entries.next() {
        let (mut astray, mut guesses) = (Vec::new(), Vec::new());
        if owner.value.is_null() || matches!(owner.value.value, Value::Map(_)) {
            let is_unread = |entry: &Entry| entry.value.value == Value::Unread;
            let is_own = |entry: &Entry| is_astray(entry) && owner.value.entry(&entry.key).is_none();
            while let Some(entry) = entries.next_if(|entry| is_own(entry) || is_unread(entry)) {
                if is_own(&entry) { astray.push(entry) } else { guesses.push(entry) }
            }
        }
        if let (Some(first), Some(last)) = (astray.first(), astray.last()) {
            // Of a name in text that can't be read nobody knows where it stands.
            let told: Vec<&Entry> =
                astray.iter().filter(|entry| entry.value.value != Value::Unread).collect();
            let keys: Vec<&str> = told.iter().map(|entry| &*entry.key).collect();
            let beside = owner.value.entries().first().map(|entry| &*entry.key);
            if let Some(first) = told.first() {
                let place = Place::new(path, first.key_span);
                findings.push(not_indented(place, &format!("`{}`", owner.key), &keys, beside));
            }
            let start = owner.value.entries().first().unwrap_or(first).key_span.start;
            let span = Span { start, end: last.value.span.end };
            let mut fields = match owner.value.value {
                Value::Map(fields) => fields,
                _ => Vec::new(),
            };
            fields.extend(astray);
            owner.value = Node { value: Value::Map(fields), span };
        }
        gathered.push(owner);
        gathered.append(&mut guesses);
    }
    gathered
}
