//! TOML text to a tree. It is read on past a mistake, so that every mistake is found in one run.

mod lines;
mod mistake;
mod quotes;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Place};
use crate::source::{SitePath, Span, is_control};
use crate::tree::{Entry, Node, Scalar, ScalarKind, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads `text`, the whole of the file at `path`.
///
/// Each mistake is a finding. What it spoils is refused or left out of the tree, and the rest is there. The
/// mapping of the whole file has an empty span at its start; that of a `[table]` stands on its header.
pub fn parse(text: &str, path: &SitePath) -> (Node, Vec<Diagnostic>) {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    let (masked, spoilt) = mistake::without_lone_names(text, &errors);
    // The parser builds nothing after a name without a value. Without those lines it tells of all else.
    let table = if spoilt.is_empty() {
        table
    } else {
        let (table, others) = DeTable::parse_recoverable(&masked);
        errors = spoilt.into_iter().chain(others).collect();
        table
    };
    let mut tree = Node { value: map(text, table.get_ref()), span: Span::default() };
    let mut findings = mistake::explain(text, path, &mut tree, &errors);
    refuse_controls(text, path, &mut tree, &mut findings);
    (tree, findings)
}

/// Refuses the values below `node` in which escapes stand for control characters. Those that stand in the file as they
/// are have been found by its reader.
fn refuse_controls(text: &str, path: &SitePath, node: &mut Node, findings: &mut Vec<Diagnostic>) {
    let children: Vec<&mut Node> = match &mut node.value {
        Value::List(items) => items.iter_mut().collect(),
        Value::Map(entries) => entries.iter_mut().map(|entry| &mut entry.value).collect(),
        Value::Scalar(scalar) => {
            let control = scalar.text.chars().find(|c| is_control(*c));
            if let Some(written) = control.filter(|c| !node.span.of(text).contains(*c)) {
                findings.push(super::escaped_control(Place::new(path, node.span), written));
                node.value = Value::Refused;
            }
            return;
        }
        Value::Refused | Value::Unread => return,
    };
    children.into_iter().for_each(|child| refuse_controls(text, path, child, findings));
}

fn map(text: &str, table: &DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().as_ref().into(),
            key_span: span(key.span()),
            value: node(text, value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    Value::Map(entries)
}

fn node(text: &str, value: &Spanned<DeValue<'_>>) -> Node {
    let span = span(value.span());
    let written = span.of(text);
    let (kind, text) = match value.get_ref() {
        DeValue::Table(table) => return Node { value: map(text, table), span },
        DeValue::Array(items) => {
            return Node { value: Value::List(items.iter().map(|item| node(text, item)).collect()), span };
        }
        DeValue::String(decoded) => (ScalarKind::Text, decoded.as_ref()),
        DeValue::Datetime(_) => (ScalarKind::Text, written),
        DeValue::Boolean(value) => (ScalarKind::Bool(*value), written),
        DeValue::Integer(digits) => match i64::from_str_radix(digits.as_str(), digits.radix()) {
            Ok(integer) => (ScalarKind::Integer(integer), written),
            Err(_) => (float(digits.as_str()), written),
        },
        DeValue::Float(digits) => (float(digits.as_str()), written),
    };
    Node { value: Value::Scalar(Scalar { kind, text: text.into() }), span }
}

fn float(digits: &str) -> ScalarKind {
    digits.parse().map_or(ScalarKind::Text, ScalarKind::Float)
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
