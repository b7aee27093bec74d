//! The words for a value of a type that its field does not take.

use super::{FEW, SHOWN, Words, list, number_help, shown, takes};
use crate::diagnostic::Applicability;
use crate::schema::format::Format;
use crate::schema::shape::{Literal, Object, Shape, Types};
use crate::tree::{Entry, Node, ScalarKind, Value};

/// A value of a type that its field does not take.
pub(in crate::schema) fn wrong_type(name: &str, shape: &Shape, node: &Node) -> Words {
    let types = shape.effective_types();
    let found = match &node.value {
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a group of fields".to_owned(),
        Value::Refused | Value::Unread => "something else".to_owned(),
        Value::Scalar(scalar) => match scalar.kind {
            ScalarKind::Null | ScalarKind::Bool(_) => shown(&scalar.text),
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
            Value::List(items)
                if types.meet(Types::OBJECT)
                    && !items.is_empty()
                    && items.iter().all(|item| !item.entries().is_empty()) =>
            {
                help(if items.len() == 1 { "take the hyphen away" } else { "take the hyphens away" })
            }
            Value::Map(entries) if types.meet(Types::TEXT) && shape.text.format.is_none() => {
                match sentence(entries) {
                    Some(text) => {
                        let fix = quoted(&text);
                        let is_whole = entries.first().is_some_and(|entry| {
                            entry.key_span.start == node.span.start && entry.value.span.end == node.span.end
                        });
                        (Some(format!("put it in quotes: `{fix}`")), is_whole.then_some(fix))
                    }
                    None => help("write a single value"),
                }
            }
            _ if types.meet(Types::OBJECT) => (Some(fields_help(&shape.object)), None),
            _ => help("write a single value"),
        };
    };
    let text = &*scalar.text;
    let is_plain = node.span.range().len() == text.len();
    if types.meet(Types::LIST) {
        let items = shape.list.items.as_deref();
        if let Some(items) = items.filter(|items| items.effective_types() == Types::OBJECT) {
            return (Some(entry_help(&items.object, text)), None);
        }
        if matches!(text.to_lowercase().as_str(), "none" | "nothing" | "no" | "n/a") {
            return help("take the line out, if there is nothing to list");
        }
        let names_pages = items.is_some_and(|items| items.text.reference.is_some());
        let in_brackets = || text.strip_prefix('(')?.strip_suffix(')').filter(|text| is_list_of_words(text));
        let is_sentence = items.is_some_and(|items| items.text.inline) || text.ends_with(['.', '!', '?']);
        let inner = if !is_plain {
            quoted(text)
        } else if let Some(inner) = in_brackets().filter(|_| names_pages) {
            inner.to_owned()
        } else if scalar.kind != ScalarKind::Text
            // A comma in a sentence would part it in two.
            || is_list_of_words(text) && !(is_sentence && text.contains(','))
        {
            text.to_owned()
        } else {
            quoted(text)
        };
        let fix = format!("[{inner}]");
        // What is copied from the advice has to be right as it stands.
        let help = match fix.chars().count() > SHOWN {
            true if inner.starts_with('"') => {
                "put it in brackets and quotes, with `[\"` before it and `\"]` behind it".to_owned()
            }
            true => "put it in brackets, with `[` before it and `]` behind it".to_owned(),
            false => format!("put it in brackets: `{fix}`"),
        };
        return (Some(help), Some(fix));
    }
    if types.meet(Types::OBJECT) {
        return match lone_field(&shape.object) {
            Some(field) if is_plain && is_list_of_words(text) => {
                let fix = format!("{field}: {text}");
                (Some(format!("write `{fix}`")), Some(fix))
            }
            _ => (Some(fields_help(&shape.object)), None),
        };
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
        return match yes_or_no(text) {
            Some(right) => (Some(format!("write `{right}`")), Some(right.to_owned())),
            None => help("write `true` or `false`"),
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

/// What `text` is called where only `true` and `false` are.
fn yes_or_no(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "yes" | "on" | "y" | "true" => Some("true"),
        "no" | "off" | "n" | "false" => Some("false"),
        _ => None,
    }
}

/// A text that is neither a date nor `true` or `false`, which its field takes too, but means one of these.
pub(in crate::schema) fn truth(name: &str, shape: &Shape, text: &str) -> Option<Words> {
    let right = yes_or_no(text).filter(|_| shape.effective_types().meet(Types::BOOLEAN))?;
    let needs = expected(shape, shape.effective_types());
    let words = Words::new(
        format!("{name} needs {needs}, and this is the text {}", shown(text)),
        format!("write `{right}`"),
    );
    Some(words.fix(right, Applicability::MaybeIncorrect))
}

/// `text` in double quotes, as YAML and JSON read it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The text that `entries` were to be, where a colon made a field of its beginning.
fn sentence(entries: &[Entry]) -> Option<String> {
    let [entry] = entries else { return None };
    let rest = entry.value.as_written()?;
    // A name that may be one of a field says nothing about what was meant.
    let is_words = entry.key.contains(' ') || rest.contains(' ');
    is_words.then(|| format!("{}: {rest}", entry.key))
}

/// The field of `object` that is needed and takes text, if it is the only one that is needed.
fn lone_field(object: &Object) -> Option<&str> {
    let [field] = &*object.required else { return None };
    object.property(field).is_some_and(|property| property.shape.types.meet(Types::TEXT)).then_some(&**field)
}

/// How to write an entry with fields of which the first that is needed is `text`.
fn entry_help(object: &Object, text: &str) -> String {
    let Some((first, others)) = object.required.split_first() else {
        return "write each entry below it, after a hyphen, with its fields".to_owned();
    };
    let is_short = text.chars().count() <= SHOWN && is_address(text);
    let text = if is_short { text } else { "..." };
    // The first field may take a few words alone, of which this is none.
    let may_be = |field: &str| {
        let values = object.property(field).and_then(|property| property.shape.values.as_ref());
        values.is_none_or(|values| values.contains(&Literal::Text(text.into())))
    };
    if let Some(field) = others.iter().find(|field| is_short && !may_be(first) && may_be(field)) {
        return format!(
            "write it on lines below, after a hyphen: `- {first}: ...`, and below that `{field}: {text}`"
        );
    }
    let entry = format!("write it on a line below, after a hyphen: `- {first}: {text}`");
    if others.is_empty() {
        return entry;
    }
    format!("{entry}, and below that {}", list(others.iter().map(|field| &**field), "and"))
}

/// Whether `text` can stand behind a colon as it is: a path, or a name.
fn is_address(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')) && !text.starts_with('-')
}

fn fields_help(object: &Object) -> String {
    if object.properties.is_empty() || object.properties.len() > FEW {
        return "write its fields below it, each on a line of its own".to_owned();
    }
    let names = list(object.properties.iter().map(|property| &*property.name), "and");
    format!("write its fields below it, each on a line of its own: {names}")
}
