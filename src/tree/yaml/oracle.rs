//! Our reading of YAML compared with another's: that of the crate which writes the YAML of new pages.

use super::*;
use crate::tree::{Scalar, ScalarKind, Value};
use proptest::prelude::*;
use serde_yaml::Value as Other;

/// The tree as the other crate would have it.
fn other(node: &Node) -> Other {
    match &node.value {
        Value::List(items) => Other::Sequence(items.iter().map(other).collect()),
        Value::Map(entries) => {
            let entries = entries.iter().map(|e| (Other::String(e.key.to_string()), other(&e.value)));
            Other::Mapping(entries.collect())
        }
        Value::Scalar(Scalar { kind, text }) => match kind {
            ScalarKind::Null => Other::Null,
            ScalarKind::Bool(value) => Other::Bool(*value),
            ScalarKind::Integer(value) => Other::from(*value),
            ScalarKind::Float(value) => Other::from(*value),
            ScalarKind::Text => Other::from(&**text),
        },
        Value::Refused | Value::Unread => Other::from("refused"),
    }
}

/// Their reading where ours is known to differ on purpose: names are text, and whole numbers beyond `i64` floats.
fn adapt(value: Other) -> Other {
    match value {
        Other::Sequence(items) => Other::Sequence(items.into_iter().map(adapt).collect()),
        Other::Mapping(entries) => {
            let name = |key: Other| match key {
                Other::Null => Other::from("~"),
                Other::Bool(value) => Other::from(value.to_string()),
                Other::Number(value) => Other::from(value.to_string()),
                other => other,
            };
            Other::Mapping(entries.into_iter().map(|(key, value)| (name(key), adapt(value))).collect())
        }
        Other::Number(number) if number.is_u64() && !number.is_i64() => Other::from(number.as_f64().unwrap()),
        other => other,
    }
}

fn ours(text: &str) -> Option<Other> {
    let (tree, findings) = parse(text, &SitePath::new("a.yml"), 0);
    tree.filter(|_| findings.is_empty()).map(|tree| other(&tree))
}

fn theirs(text: &str) -> Option<Other> {
    serde_yaml::from_str(text).ok().map(adapt)
}

fn values() -> impl Strategy<Value = Other> {
    let texts = prop_oneof![
        "[ -~äßé🙂\n\t]{0,12}",
        "(yes|no|on|off|y|n|~|null|true|1|1\\.10|0x1f|1e3|12:30|2025-03-04|- a|a: b|#a|a #b|\\.inf|<<|@a|%a|&a|\\*a|!a|`a`)",
        "[a-z]{1,6}( [a-z]{1,12}){0,20}",
    ];
    let scalars = prop_oneof![
        Just(Other::Null),
        any::<bool>().prop_map(Other::from),
        any::<i64>().prop_map(Other::from),
        any::<f64>().prop_map(Other::from),
        texts.prop_map(Other::from),
    ];
    scalars.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Other::Sequence),
            prop::collection::vec(
                ("[ -~ä]{1,8}".prop_filter("merge keys are refused", |key| key != "<<"), inner),
                0..5
            )
            .prop_map(|entries| {
                Other::Mapping(entries.into_iter().map(|(key, value)| (Other::from(key), value)).collect())
            }),
        ]
    })
}

/// YAML as people write it, right or wrong: lines of names, items, values and comments at some indentation.
fn fragments() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        "[a-z]{1,4}( [a-z]{1,4}){0,2}",
        "(|~|null|true|no|-3|\\+3|0x1f|0o17|1\\.5|1e3|\\.5|5\\.|\\.inf|-\\.inf|12:30|5-10|5s|9223372036854775808)",
        "'[a-z \"ä]{0,5}(''[a-z ]{0,4})?'",
        "\"[a-z 'ä]{0,5}(\\\\[nt\"\\\\][a-z ]{0,4}|\\\\u00e4)?\"",
    ];
    let flow = prop_oneof![
        prop::collection::vec(scalar.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
        prop::collection::vec(scalar.clone(), 1..4).prop_map(|values| {
            let entries: Vec<String> =
                values.iter().enumerate().map(|(i, value)| format!("f{i}: {value}")).collect();
            format!("{{{}}}", entries.join(", "))
        }),
    ];
    let block = (("[|>]"), ("[-+]?"), prop::collection::vec("([a-z][a-z #:-]{0,6})?", 1..3)).prop_map(
        |(sign, chomp, lines)| {
            format!(
                "{sign}{chomp}\n{}",
                lines
                    .iter()
                    .map(|line| if line.is_empty() { line.clone() } else { format!("      {line}") })
                    .collect::<Vec<_>>()
                    .join("\n")
            )
        },
    );
    let value = prop_oneof![4 => scalar, 2 => flow, 1 => block];
    let line =
        (0..3usize, prop::option::of("(- |- - )"), prop::option::of(0..40u8), value, "( # [a-z: ]{0,4})?")
            .prop_map(|(depth, item, key, value, comment)| {
                let key = key.map(|key| format!("k{key}: ")).unwrap_or_default();
                let comment = if value.contains('\n') { String::new() } else { comment };
                format!("{}{}{key}{value}{comment}", "  ".repeat(depth), item.unwrap_or_default())
            });
    (prop::collection::vec(line, 0..5), "(\n|\r\n)")
        .prop_map(|(lines, end)| lines.join("\n").replace('\n', &end) + &end)
}

/// Whether we refuse on purpose what is YAML: an item that is indented further than the one above it is part of that
/// one's text, and a `#` in a sentence cuts it off, which nobody means. The other crate also takes a block of text at
/// the edge of an empty item for its value, which YAML 1.2 (8.2.1) does not.
fn is_refused_on_purpose(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_empty_item = |line: &str| line.split(" #").next().unwrap_or_default().trim_end().ends_with('-');
    let (_, findings) = parse(text, &SitePath::new("a.yml"), 0);
    let is_on_purpose = |message: &str| {
        message.starts_with("this item is indented further") || message.ends_with("` #` begins a comment")
    };
    findings.iter().any(|finding| is_on_purpose(&finding.message))
        || lines.windows(2).any(|pair| is_empty_item(pair[0]) && pair[1].starts_with(['|', '>']))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_the_other_crate_writes_is_read_as_it_reads_it(value in values()) {
        // Alone, nothing is an empty mapping to us, and `a:b` a mistake.
        let text = serde_yaml::to_string(&vec![value]).unwrap();
        prop_assert_eq!(ours(&text), theirs(&text), "{}", text);
    }

    #[test]
    fn what_both_can_read_is_read_the_same(text in fragments()) {
        if let (Some(ours), Some(theirs)) = (ours(&text), theirs(&text))
            && theirs != Other::Null
        {
            prop_assert_eq!(ours, theirs, "{}", text);
        }
    }

    #[test]
    fn what_the_other_crate_can_read_is_read(text in fragments()) {
        prop_assume!(!is_refused_on_purpose(&text));
        prop_assert!(theirs(&text).is_none() || ours(&text).is_some(), "{}", text);
    }
}

#[test]
fn where_the_two_differ_ours_is_yaml_1_2() {
    for (text, expected, different) in [
        ("010", Other::from(10), Other::from("010")),
        ("0b11", Other::from("0b11"), Other::from(3)),
        ("-0x1f", Other::from("-0x1f"), Other::from(-31)),
    ] {
        assert_eq!((ours(text), theirs(text)), (Some(expected), Some(different)));
    }
}
