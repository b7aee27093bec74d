//! What a plain scalar means in YAML's core schema.

use crate::tree::ScalarKind;

/// The meaning of the plain scalar `text` (YAML 1.2.2, section 10.3.2). `yes`, `12:30` and dates are text, and
/// `010` is ten. A whole number outside the range of `i64` becomes a float.
pub(super) fn resolve(text: &str) -> ScalarKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
        "true" | "True" | "TRUE" => ScalarKind::Bool(true),
        "false" | "False" | "FALSE" => ScalarKind::Bool(false),
        ".nan" | ".NaN" | ".NAN" => ScalarKind::Float(f64::NAN),
        _ if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) => number(text),
        _ => ScalarKind::Text,
    }
}

fn number(text: &str) -> ScalarKind {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        return ScalarKind::Float(f64::INFINITY * sign);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return based(octal, 8);
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return based(hexadecimal, 16);
    }
    if let Ok(integer) = text.parse() {
        return ScalarKind::Integer(integer);
    }
    // Rust also reads `infinity` and `nan`: of letters, only the exponent's is YAML.
    let is_float =
        digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    match text.parse() {
        Ok(float) if is_float => ScalarKind::Float(float),
        _ => ScalarKind::Text,
    }
}

fn based(digits: &str, radix: u32) -> ScalarKind {
    let mut float = 0.0;
    for c in digits.chars() {
        let Some(digit) = c.to_digit(radix) else { return ScalarKind::Text };
        float = float * f64::from(radix) + f64::from(digit);
    }
    match i64::from_str_radix(digits, radix) {
        Ok(integer) => ScalarKind::Integer(integer),
        Err(_) if digits.is_empty() => ScalarKind::Text,
        Err(_) => ScalarKind::Float(float),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ScalarKind::{Bool, Float, Integer, Null, Text};

    #[test]
    fn plain_scalars_mean_what_the_core_schema_says() {
        let cases = [
            ("", Null),
            ("~", Null),
            ("NULL", Null),
            ("nULL", Text),
            ("true", Bool(true)),
            ("FALSE", Bool(false)),
            ("yes", Text),
            ("no", Text),
            ("on", Text),
            ("0", Integer(0)),
            ("+12", Integer(12)),
            ("-12", Integer(-12)),
            ("010", Integer(10)),
            ("0o17", Integer(15)),
            ("-0o17", Text),
            ("0o8", Text),
            ("0o", Text),
            ("0x1F", Integer(31)),
            ("0x+1", Text),
            ("0x8000000000000000", Float(9_223_372_036_854_775_808.0)),
            ("9223372036854775807", Integer(i64::MAX)),
            ("-9223372036854775808", Integer(i64::MIN)),
            ("9223372036854775808", Float(9_223_372_036_854_775_808.0)),
            ("1_000", Text),
            ("1.0", Float(1.0)),
            ("1.10", Float(1.1)),
            ("1.", Float(1.0)),
            (".5", Float(0.5)),
            ("-.5e-3", Float(-0.0005)),
            ("1e3", Float(1000.0)),
            (".", Text),
            ("-", Text),
            ("+", Text),
            ("1e", Text),
            ("e3", Text),
            ("1.2.3", Text),
            (".inf", Float(f64::INFINITY)),
            ("+.Inf", Float(f64::INFINITY)),
            ("-.INF", Float(f64::NEG_INFINITY)),
            ("inf", Text),
            ("-inf", Text),
            ("nan", Text),
            ("+.nan", Text),
            ("12:30", Text),
            ("2025-03-04", Text),
            ("5-10", Text),
            ("5s", Text),
        ];
        for (text, kind) in cases {
            assert_eq!(resolve(text), kind, "{text}");
        }
        assert!(matches!(resolve(".NaN"), Float(x) if x.is_nan()));
    }
}
