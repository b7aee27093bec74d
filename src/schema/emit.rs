//! Shapes as plain JSON Schema (draft 2020-12), for editors and other tools.
//!
//! It accepts what the validator accepts, and of references those to ids that exist. What JSON can't express differs: in
//! JSON `5.0` is the whole number 5, and here it is not; the sections of a body are not the business of a schema; and
//! where `anyOf` leaves open what an id refers to, the validator asks for the first that fits, and a schema for any.

use super::format::{self, Format};
use super::ids::Ids;
use super::shape::{Literal, Object, Others, Shape, Types};
use crate::tree::{Node, ScalarKind, Value as TreeValue};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The JSON Schema document of `shape`, whose references can name `ids`.
pub fn json_schema(shape: &Shape, ids: &Ids) -> Value {
    let mut schema = object(shape, ids);
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    Value::Object(schema)
}

fn schema(shape: &Shape, ids: &Ids) -> Value {
    Value::Object(object(shape, ids))
}

/// The schema of a question. The validator follows no reference in it, so that every id will do.
fn question(shape: &Shape) -> Value {
    schema(shape, &Ids::unknown())
}

fn object(shape: &Shape, ids: &Ids) -> Map<String, Value> {
    let mut out = Map::new();
    notes(shape, &mut out);
    if shape.types != Types::ALL {
        out.insert("type".into(), types(shape.types));
    }
    let mut all: Vec<Value> = Vec::new();
    let known = shape.text.reference.as_deref().and_then(|targets| ids.of(targets));
    match &shape.values {
        Some(values) => {
            out.insert("enum".into(), values.iter().map(literal).collect());
            all.extend(known.map(|known| json!({ "enum": known })));
        }
        None => out.extend(known.map(|known| ("enum".to_owned(), json!(known)))),
    }
    text(shape, &mut out, &mut all);
    let bounds = [("minimum", shape.minimum), ("maximum", shape.maximum)];
    for (key, bound) in bounds.into_iter().filter_map(|(key, bound)| Some((key, bound?))) {
        out.insert(key.into(), number(bound));
    }
    let counts = [("minItems", shape.list.min_items), ("maxItems", shape.list.max_items)];
    for (key, count) in counts.into_iter().filter_map(|(key, count)| Some((key, count?))) {
        out.insert(key.into(), count.into());
    }
    if shape.list.unique {
        out.insert("uniqueItems".into(), true.into());
    }
    if let Some(items) = &shape.list.items {
        out.insert("items".into(), schema(items, ids));
    }
    fields(&shape.object, ids, &mut out, &mut all);
    for branches in &shape.any_of {
        all.push(json!({ "anyOf": branches.iter().map(|branch| schema(branch, ids)).collect::<Vec<_>>() }));
    }
    for not in &shape.not {
        all.push(json!({ "not": question(not) }));
    }
    for condition in &shape.conditions {
        let mut part = Map::new();
        part.insert("if".into(), question(&condition.test));
        for (key, answer) in [("then", &condition.then), ("else", &condition.otherwise)] {
            if let Some(answer) = answer {
                part.insert(key.into(), schema(answer, ids));
            }
        }
        all.push(Value::Object(part));
    }
    if !all.is_empty() {
        out.insert("allOf".into(), all.into());
    }
    out
}

fn notes(shape: &Shape, out: &mut Map<String, Value>) {
    let notes = &shape.notes;
    if let Some(title) = &notes.title {
        out.insert("title".into(), (**title).into());
    }
    if let Some(description) = &notes.description {
        out.insert("description".into(), (**description).into());
    }
    if let Some(default) = &notes.default {
        out.insert("default".into(), plain(default));
    }
    if !notes.examples.is_empty() {
        out.insert("examples".into(), notes.examples.iter().map(plain).collect());
    }
    if notes.deprecated {
        out.insert("deprecated".into(), true.into());
    }
}

fn text(shape: &Shape, out: &mut Map<String, Value>, all: &mut Vec<Value>) {
    let rules = &shape.text;
    let lengths = [("minLength", rules.min_length), ("maxLength", rules.max_length)];
    for (key, length) in lengths.into_iter().filter_map(|(key, length)| Some((key, length?))) {
        out.insert(key.into(), length.into());
    }
    if rules.format == Some(Format::Date) {
        out.insert("format".into(), Format::Date.name().into());
    }
    let mut patterns: Vec<String> =
        rules.patterns.iter().map(|pattern| pattern.0.as_str().to_owned()).collect();
    patterns.extend(rules.format.and_then(Format::pattern).map(str::to_owned));
    patterns.extend(rules.max_duration.as_deref().map(format::duration_pattern));
    patterns.extend(rules.max_words.map(format::words_pattern));
    if let Some(range) = &rules.range {
        patterns.push(range.pattern());
        if range.units.is_empty() {
            all.push(json!({ "minimum": range.minimum, "maximum": range.maximum }));
        }
    }
    match <[String; 1]>::try_from(patterns) {
        Ok([only]) => {
            out.insert("pattern".into(), only.into());
        }
        Err(patterns) => all.extend(patterns.into_iter().map(|pattern| json!({ "pattern": pattern }))),
    }
}

fn fields(object: &Object, ids: &Ids, out: &mut Map<String, Value>, all: &mut Vec<Value>) {
    if !object.properties.is_empty() {
        let properties: Map<String, Value> = object
            .properties
            .iter()
            .map(|property| (property.name.to_string(), schema(&property.shape, ids)))
            .collect();
        out.insert("properties".into(), Value::Object(properties));
    }
    match &object.others {
        Others::Open => {}
        Others::Closed => {
            out.insert("additionalProperties".into(), false.into());
        }
        Others::Each(each) => {
            out.insert("additionalProperties".into(), schema(each, ids));
        }
    }
    if let Some(names) = &object.names {
        out.insert("propertyNames".into(), question(names));
    }
    if !object.required.is_empty() {
        out.insert("required".into(), listed(&object.required));
    }
    if !object.publish.is_empty() {
        all.push(json!({
            "if": { "type": "object", "properties": { "status": { "const": "published" } }, "required": ["status"] },
            "then": { "required": listed(&object.publish) },
        }));
    }
}

fn listed(names: &[Arc<str>]) -> Value {
    names.iter().map(|name| Value::from(&**name)).collect()
}

fn types(types: Types) -> Value {
    let names = [
        (Types::NULL, "null"),
        (Types::BOOLEAN, "boolean"),
        (Types::NUMBER, "number"),
        (Types::INTEGER, "integer"),
        (Types::TEXT, "string"),
        (Types::LIST, "array"),
        (Types::OBJECT, "object"),
    ];
    let is_any_number = types.hold(Types::NUMBER);
    let names: Vec<&str> = names
        .into_iter()
        .filter(|(of, _)| types.hold(*of) && !(*of == Types::INTEGER && is_any_number))
        .map(|(_, name)| name)
        .collect();
    match names.as_slice() {
        [only] => (*only).into(),
        _ => names.into(),
    }
}

fn literal(value: &Literal) -> Value {
    match value {
        Literal::Null => Value::Null,
        Literal::Bool(value) => (*value).into(),
        Literal::Number(value) => number(*value),
        Literal::Text(text) => (**text).into(),
    }
}

/// A number, without a fraction where it has none.
fn number(value: f64) -> Value {
    #[allow(clippy::cast_possible_truncation, reason = "only whole numbers far inside of the range are cast")]
    if value.fract() == 0.0 && value.abs() < 1e15 { (value as i64).into() } else { value.into() }
}

/// A tree as plain JSON.
fn plain(node: &Node) -> Value {
    match &node.value {
        TreeValue::List(items) => items.iter().map(plain).collect(),
        TreeValue::Map(entries) => {
            entries.iter().map(|entry| (entry.key.to_string(), plain(&entry.value))).collect()
        }
        TreeValue::Refused | TreeValue::Unread => Value::Null,
        TreeValue::Scalar(scalar) => match scalar.kind {
            ScalarKind::Null => Value::Null,
            ScalarKind::Bool(value) => value.into(),
            ScalarKind::Integer(value) => value.into(),
            ScalarKind::Float(value) => value.into(),
            ScalarKind::Text => (*scalar.text).into(),
        },
    }
}
