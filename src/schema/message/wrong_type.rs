//! The words for a value of a type that its field does not take.

use super::{FEW, SHOWN, Words, list, number_help, shown, takes};
use crate::diagnostic::Applicability;
use crate::schema::format::Format;
use crate::schema::shape::{Object, Shape, Types};
use crate::tree::{Node, ScalarKind, Value};

/// A value of a type that its field does not take.
pub(in crate::schema) fn wrong_type(name: &str, shape: &Shape, node: &Node) -> Words {
    let types = shape.effective_types();
    let found = match &node.value {
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a group of fields".to_owned(),
        Value::Refused | Value::Unread => "something else".to_owned(),
        Value::Scalar(scalar) => match scalar.kind {
            ScalarKind::Null => {
                return Words::new(format!("{name} has no value"), "write a value, or take the line out");
            }
            ScalarKind::Bool(_) => shown(&scalar.text),
            ScalarKind::Integer(_) | ScalarKind::Float(_) => format!("the number {}", shown(&scalar.text)),
            ScalarKind::Text => format!("the text {}", shown(&scalar.text)),
        },
    };
    let message = format!("{name} needs {}, and this is {found}", expected(shape, types));
    let (help, fix) = remedy(shape, types, node);
    Words { message, help, fix: fix.map(|text| (text, Applicability::MaybeIncorrect)) }
}

fn expected(shape: &Shape, types: Types) -> String {
    if let Some(range) = &shape.text.range {
        return if range.units.is_empty() { "a whole number or a range" } else { "a number with its unit" }
            .to_owned();
    }
    let text = shape.text.format.map_or("text", Format::noun);
    let nouns = [
        (Types::TEXT, text),
        (Types::FRACTION, "a number"),
        (Types::INTEGER, "a whole number"),
        (Types::BOOLEAN, "`true` or `false`"),
        (Types::LIST, "a list"),
        (Types::OBJECT, "fields of its own"),
        (Types::NULL, "no value"),
    ];
    let is_any_number = types.hold(Types::NUMBER);
    let nouns: Vec<&str> = nouns
        .into_iter()
        .filter(|(of, _)| types.meet(*of) && !(*of == Types::INTEGER && is_any_number))
        .map(|(_, noun)| noun)
        .collect();
    nouns.join(" or ")
}

/// Help and fix for a value of the wrong type.
fn remedy(shape: &Shape, types: Types, node: &Node) -> (Option<String>, Option<String>) {
    let help = |text: &str| (Some(text.to_owned()), None);
    if let Some(values) = &shape.values {
        return (Some(takes(values)), None);
    }
    let Value::Scalar(scalar) = &node.value else {
        return match &node.value {
            Value::Map(_) if types.meet(Types::LIST) => {
                help("write a list: begin each entry with a hyphen, as `- `")
            }
            Value::List(items) if types.meet(Types::OBJECT) && items.len() == 1 => {
                help("take the hyphen away")
            }
            _ if types.meet(Types::OBJECT) => (Some(fields_help(&shape.object)), None),
            _ => help("write a single value"),
        };
    };
    let text = &*scalar.text;
    let is_plain = node.span.range().len() == text.len();
    if types.meet(Types::LIST) {
        let inner = if is_plain && (scalar.kind != ScalarKind::Text || is_list_of_words(text)) {
            text.to_owned()
        } else {
            quoted(text)
        };
        let fix = format!("[{inner}]");
        let sample = if fix.chars().count() > SHOWN { "[...]" } else { &fix };
        return (Some(format!("put it in brackets: `{sample}`")), Some(fix));
    }
    if types.meet(Types::OBJECT) {
        return (Some(fields_help(&shape.object)), None);
    }
    if let Some(range) = &shape.text.range {
        return (Some(range.advice()), None);
    }
    if types.meet(Types::TEXT) {
        return match shape.text.format {
            Some(format) => help(format.advice()),
            None => {
                let fix = quoted(text);
                (Some(format!("put it in quotes: `{fix}`")), Some(fix))
            }
        };
    }
    if types.meet(Types::BOOLEAN) {
        return match text.to_lowercase().as_str() {
            "yes" | "on" | "y" | "true" => (Some("write `true`".to_owned()), Some("true".to_owned())),
            "no" | "off" | "n" | "false" => (Some("write `false`".to_owned()), Some("false".to_owned())),
            _ => help("write `true` or `false`"),
        };
    }
    let is_number = if types.meet(Types::FRACTION) {
        text.parse::<f64>().is_ok_and(f64::is_finite)
    } else {
        text.parse::<i64>().is_ok()
    };
    if is_number && scalar.kind == ScalarKind::Text {
        return (Some(format!("take the quotes away: `{text}`")), Some(text.to_owned()));
    }
    (Some(number_help(shape)), None)
}

/// Whether `text` can stand in brackets as it is: ids and commas.
fn is_list_of_words(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | ',' | '.'))
        && !text.starts_with('-')
}

/// `text` in double quotes, as YAML and JSON read it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn fields_help(object: &Object) -> String {
    if object.properties.is_empty() || object.properties.len() > FEW {
        return "write its fields below it, each on a line of its own".to_owned();
    }
    let names = list(object.properties.iter().map(|property| &*property.name), "and");
    format!("write its fields below it, each on a line of its own: {names}")
}
