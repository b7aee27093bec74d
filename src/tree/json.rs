//! Strict JSON to a tree that knows its places, for schemas and baselines: `serde_json` reads faster, but gives no places.

use super::{Entry, Node, Scalar, ScalarKind, Value};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Span};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, ast, parse_to_ast};
use std::borrow::Cow;

/// How deep lists and objects can lie in each other.
const MAX_DEPTH: usize = 64;

/// JSON and nothing more: no comments, no trailing commas, none of the liberties of JSON5.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// After so many mistakes a text is something other than JSON.
const MAX_MISTAKES: usize = 100;

/// The tree of the JSON `text`, and what is wrong with it.
///
/// It is read on past a comma that is missing or too many, and past a comment. There is no tree where the text is not
/// JSON in another way. Of a key that stands twice in one object the first counts.
pub fn parse(text: &str, path: &SitePath) -> (Option<Node>, Vec<Diagnostic>) {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text: body, path, offset: text.len() - body.len(), findings: Vec::new() };
    let mut mended = Cow::Borrowed(body);
    let mut told = 0;
    for _ in 0..MAX_MISTAKES {
        let next = match parse_to_ast(&mended, &CollectOptions::default(), &STRICT) {
            Ok(parsed) => {
                let node = match parsed.value {
                    Some(value) => reader.node(&value, 0),
                    None => {
                        reader.findings.push(
                            Diagnostic::new(Rule::BadSchema, Place::file(path), "the file is empty")
                                .help("write a JSON object: `{ ... }`"),
                        );
                        None
                    }
                };
                return (node, reader.findings);
            }
            Err(error) => {
                let range = error.range();
                // The reader of the file has reported control characters and bytes that are no text already. What
                // follows on a line that lacks a comma may lack something else instead.
                let rest = body.get(range.start..).unwrap_or("");
                let is_control =
                    |c: char| c.is_control() && !c.is_whitespace() || c == char::REPLACEMENT_CHARACTER;
                if rest.starts_with(is_control) || range.start < told {
                    return (None, reader.findings);
                }
                let message = format!("the file is not JSON: {}", lower(&error.kind().to_string()));
                reader.refuse(range.start, range.end, &message);
                told = match error.kind() {
                    ParseErrorKind::ExpectedComma => range.start + rest.find('\n').unwrap_or(rest.len()),
                    _ => range.end,
                };
                without(&mended, range.start, error.kind())
            }
        };
        match next {
            Some(next) => mended = Cow::Owned(next),
            None => return (None, reader.findings),
        }
    }
    (None, reader.findings)
}

/// `text` without the mistake `kind` at `at`, every other byte in its place; none where that can't be.
fn without(text: &str, at: usize, kind: &ParseErrorKind) -> Option<String> {
    let rest = text.get(at..)?;
    let (range, with) = match kind {
        ParseErrorKind::TrailingCommasNotAllowed if rest.starts_with(',') => (at..at + 1, " "),
        // A blank or the end of a line makes room for it.
        ParseErrorKind::ExpectedComma if rest.starts_with([' ', '\t', '\r', '\n']) => (at..at + 1, ","),
        ParseErrorKind::CommentsNotAllowed if rest.starts_with("//") => {
            (at..at + rest.find(['\n', '\r']).unwrap_or(rest.len()), " ")
        }
        ParseErrorKind::CommentsNotAllowed if rest.starts_with("/*") => (at..at + rest.find("*/")? + 2, " "),
        _ => return None,
    };
    let mut mended = text.to_owned();
    let length = range.len();
    mended.replace_range(range, &with.repeat(length));
    Some(mended)
}

/// `message` with a small letter first, as all messages begin.
fn lower(message: &str) -> String {
    let mut rest = message.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}

struct Reader<'a> {
    text: &'a str,
    path: &'a SitePath,
    offset: usize,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn span(&self, ranged: &impl Ranged) -> Span {
        Span::new(ranged.start(), ranged.end()).shifted(self.offset)
    }

    fn refuse(&mut self, start: usize, end: usize, message: &str) {
        let span = Span::new(start, end).shifted(self.offset);
        self.findings.push(Diagnostic::new(Rule::BadSchema, Place::new(self.path, span), message));
    }

    /// None, with a finding, for a text that holds a line's end or another control character as it is (RFC 8259, 7).
    fn text_of_one_line(&mut self, start: usize, end: usize) -> Option<()> {
        match self.text.get(start..end).unwrap_or("").find(|c: char| c < ' ') {
            None => Some(()),
            Some(at) => {
                let message = "the file is not JSON: a text ends on the line on which it begins";
                self.refuse(start + at, start + at + 1, message);
                None
            }
        }
    }

    /// The node of `value`; none, with a finding, where it can't be represented.
    fn node(&mut self, value: &ast::Value<'_>, depth: usize) -> Option<Node> {
        if depth > MAX_DEPTH {
            self.refuse(value.start(), value.start() + 1, "lists and objects lie too deep in each other");
            return None;
        }
        let span = self.span(value);
        let value = match value {
            ast::Value::NullKeyword(_) => scalar(ScalarKind::Null, "null"),
            ast::Value::BooleanLit(literal) => {
                scalar(ScalarKind::Bool(literal.value), if literal.value { "true" } else { "false" })
            }
            ast::Value::StringLit(literal) => {
                self.text_of_one_line(literal.range.start, literal.range.end)?;
                scalar(ScalarKind::Text, &literal.value)
            }
            ast::Value::NumberLit(literal) => match number(literal.value) {
                Some(kind) => scalar(kind, literal.value),
                None => {
                    let message = format!("the file is not JSON: `{}` is not a number", literal.value);
                    self.refuse(literal.range.start, literal.range.end, &message);
                    return None;
                }
            },
            ast::Value::Array(array) => {
                let items: Option<Vec<Node>> =
                    array.elements.iter().map(|element| self.node(element, depth + 1)).collect();
                Value::List(items?)
            }
            ast::Value::Object(object) => Value::Map(self.entries(object, depth)?),
        };
        Some(Node { value, span })
    }

    fn entries(&mut self, object: &ast::Object<'_>, depth: usize) -> Option<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
        let mut firsts = std::collections::HashMap::new();
        for property in &object.properties {
            self.text_of_one_line(property.name.start(), property.name.end())?;
            let key = property.name.as_str();
            let key_span = self.span(&property.name);
            let value = self.node(&property.value, depth + 1)?;
            if let Some(first) = firsts.get(key) {
                self.findings.push(
                    Diagnostic::new(
                        Rule::DuplicateKey,
                        Place::new(self.path, key_span),
                        format!("`{key}` stands twice in this object"),
                    )
                    .help("take one of them out")
                    .related("first given here", Place::new(self.path, *first)),
                );
                continue;
            }
            firsts.insert(key, key_span);
            entries.push(Entry { key: key.into(), key_span, value });
        }
        Some(entries)
    }
}

fn scalar(kind: ScalarKind, text: &str) -> Value {
    Value::Scalar(Scalar { kind, text: text.into() })
}

/// The kind of a number as JSON writes it: no zeros in front, and nothing that is infinite as `f64`.
fn number(text: &str) -> Option<ScalarKind> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit() {
        return None;
    }
    if let Ok(integer) = text.parse() {
        return Some(ScalarKind::Integer(integer));
    }
    text.parse().ok().filter(|value: &f64| value.is_finite()).map(ScalarKind::Float)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn findings(text: &str) -> Vec<(String, usize, usize)> {
        let (_, findings) = parse(text, &SitePath::new("schemas/exercise.json"));
        findings
            .into_iter()
            .map(|f| (f.message, f.place.span.start as usize, f.place.span.end as usize))
            .collect()
    }

    /// The tree as `serde_json` would have it.
    fn plain(node: &Node) -> serde_json::Value {
        match &node.value {
            Value::List(items) => items.iter().map(plain).collect(),
            Value::Map(entries) => entries.iter().map(|e| (e.key.to_string(), plain(&e.value))).collect(),
            Value::Refused | Value::Unread => serde_json::Value::Null,
            Value::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => serde_json::Value::Null,
                ScalarKind::Bool(value) => value.into(),
                ScalarKind::Integer(value) => value.into(),
                ScalarKind::Float(value) => value.into(),
                ScalarKind::Text => (&*scalar.text).into(),
            },
        }
    }

    #[test]
    fn keys_and_values_know_their_places_past_a_byte_order_mark() {
        let text = "\u{feff}{\"type\": [\"äö\", 5]}";
        let (node, findings) = parse(text, &SitePath::new("schemas/exercise.json"));
        assert_eq!(findings, []);
        let node = node.unwrap();
        let entry = node.entry("type").unwrap();
        assert_eq!(entry.key_span.of(text), "\"type\"");
        assert_eq!(entry.value.items()[0].span.of(text), "\"äö\"");
        assert_eq!(entry.value.items()[1].span.of(text), "5");
    }

    #[test]
    fn a_comma_too_many_is_one_finding_at_its_place() {
        assert_eq!(
            findings(r#"{"a": 1,}"#),
            [("the file is not JSON: trailing commas are not allowed".into(), 7, 8)]
        );
    }

    #[test]
    fn commas_and_comments_hide_no_other_mistake() {
        let text = "{\n  \"a\": [1, 2,],\n  // none\n  \"b\": 1\n  \"c\": 2,\n}";
        let (node, found) = parse(text, &SitePath::new("schemas/exercise.json"));
        let places: Vec<&str> = found.iter().map(|finding| finding.place.span.of(text)).collect();
        assert_eq!(places, [",", "// none", "", ","]);
        let keys: Vec<String> = node.unwrap().entries().iter().map(|entry| entry.key.to_string()).collect();
        assert_eq!(keys, ["a", "b", "c"]);
        // Where a comma is missing it may be another sign.
        assert_eq!(findings("{\"a\": 1 \"b\" 2}").len(), 1);
    }

    #[test]
    fn an_empty_file_says_so() {
        assert_eq!(findings("\n"), [("the file is empty".into(), 0, 0)]);
    }

    #[test]
    fn a_text_over_two_lines_is_not_json() {
        let message = "the file is not JSON: a text ends on the line on which it begins";
        assert_eq!(findings("[\"a\nb\"]"), [(message.into(), 3, 4)]);
        assert_eq!(findings("{\"a\nb\": 1}"), [(message.into(), 3, 4)]);
    }

    #[test]
    fn a_key_that_stands_twice_is_found_at_the_second() {
        assert_eq!(findings(r#"{"a": 1, "a": 2}"#), [("`a` stands twice in this object".into(), 9, 12)]);
    }

    #[test]
    fn nesting_without_end_is_a_finding() {
        let deep = "[".repeat(100) + &"]".repeat(100);
        assert_eq!(findings(&deep), [("lists and objects lie too deep in each other".into(), 65, 66)]);
        assert_eq!(findings(&"[".repeat(100_000)).len(), 1);
    }

    proptest! {
        #[test]
        fn texts_are_read_as_serde_json_reads_them(text in r#"[\[\]{}:,"a0-9.eE+\-tru\\u \n']{0,16}"#) {
            let (node, findings) = parse(&text, &SitePath::new("a.json"));
            let doubled = findings.iter().any(|f| f.rule == Rule::DuplicateKey);
            match serde_json::from_str::<serde_json::Value>(&text) {
                Ok(value) if !doubled => prop_assert_eq!(node.as_ref().map(plain), Some(value)),
                Ok(_) => {}
                Err(_) => prop_assert!(!findings.is_empty(), "{:?}", node),
            }
        }
    }
}
