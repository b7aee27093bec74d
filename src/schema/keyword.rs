//! The keywords that schemas know, and what can stand behind them.

use super::shape::{Literal, Types};
use crate::source::Span;
use crate::tree::{Node, ScalarKind, Value};

/// Every keyword. All others are mistakes.
pub(super) const KEYWORDS: [&str; 44] = [
    "$schema",
    "$id",
    "$comment",
    "$ref",
    "$defs",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "type",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "pattern",
    "format",
    "anyOf",
    "allOf",
    "not",
    "if",
    "then",
    "else",
    "x-kind",
    "x-sections",
    "x-ref",
    "x-publish",
    "x-review",
    "x-rule",
    "x-inline",
    "x-range",
    "x-words",
    "x-max-duration",
];

/// The types that the word behind `type` stands for.
pub(super) fn types(name: &str) -> Option<Types> {
    Some(match name {
        "string" => Types::TEXT,
        "integer" => Types::INTEGER,
        "number" => Types::NUMBER,
        "boolean" => Types::BOOLEAN,
        "array" => Types::LIST,
        "object" => Types::OBJECT,
        "null" => Types::NULL,
        _ => return None,
    })
}

impl Types {
    /// The type of the value `node`.
    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::List(_) => Self::LIST,
            Value::Map(_) => Self::OBJECT,
            Value::Refused | Value::Unread => Self::ALL,
            Value::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => Self::NULL,
                ScalarKind::Bool(_) => Self::BOOLEAN,
                ScalarKind::Integer(_) => Self::INTEGER,
                ScalarKind::Float(_) => Self::FRACTION,
                ScalarKind::Text => Self::TEXT,
            },
        }
    }
}

impl Literal {
    /// The types in which the value can stand: a number can be written with a fraction or without.
    pub(super) fn types(&self) -> Types {
        match self {
            Self::Null => Types::NULL,
            Self::Bool(_) => Types::BOOLEAN,
            Self::Number(_) => Types::NUMBER,
            Self::Text(_) => Types::TEXT,
        }
    }

    /// Whether `node` is this value.
    pub(super) fn is(&self, node: &Node) -> bool {
        let Value::Scalar(scalar) = &node.value else { return false };
        match (self, scalar.kind) {
            (Self::Null, ScalarKind::Null) => true,
            (Self::Bool(a), ScalarKind::Bool(b)) => *a == b,
            #[allow(clippy::cast_precision_loss, reason = "numbers in schemas are small")]
            (Self::Number(a), ScalarKind::Integer(b)) => *a == b as f64,
            (Self::Number(a), ScalarKind::Float(b)) => *a == b,
            (Self::Text(a), ScalarKind::Text) => *a == scalar.text,
            _ => false,
        }
    }
}

/// The single value of `node`.
pub(super) fn literal(node: &Node) -> Option<Literal> {
    let Value::Scalar(scalar) = &node.value else { return None };
    Some(match scalar.kind {
        ScalarKind::Null => Literal::Null,
        ScalarKind::Bool(value) => Literal::Bool(value),
        ScalarKind::Integer(_) | ScalarKind::Float(_) => Literal::Number(number(node)?),
        ScalarKind::Text => Literal::Text(scalar.text.clone()),
    })
}

/// The single values of the list `node`, of which there is at least one.
pub(super) fn scalar_list(node: &Node) -> Option<Vec<Literal>> {
    let values: Vec<Literal> = node.items().iter().map(literal).collect::<Option<_>>()?;
    (!values.is_empty()).then_some(values)
}

/// The number of `node`.
pub(super) fn number(node: &Node) -> Option<f64> {
    let Value::Scalar(scalar) = &node.value else { return None };
    match scalar.kind {
        #[allow(clippy::cast_precision_loss, reason = "bounds in schemas are small")]
        ScalarKind::Integer(value) => Some(value as f64),
        ScalarKind::Float(value) => Some(value),
        _ => None,
    }
}

/// The whole number of `node` that is not negative.
pub(super) fn count(node: &Node) -> Option<u64> {
    node.as_integer().and_then(|value| u64::try_from(value).ok())
}

/// The place of the value of `key` in `node`.
pub(super) fn span_of_value<'k>(node: &Node, key: &'k str) -> Option<(&'k str, Span)> {
    node.entry(key).map(|entry| (key, entry.value.span))
}
