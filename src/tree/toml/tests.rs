//! What is read, where it stands, and what is said about each mistake.

use super::*;
use crate::source::LineIndex;
use proptest::prelude::*;

fn path() -> SitePath {
    SitePath::new("site.toml")
}

/// A span as `line:column-line:column`.
fn place(text: &str, span: Span) -> String {
    let lines = LineIndex::new(text);
    let (start, end) = (lines.position(span.start), lines.position(span.end));
    format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}

fn report(text: &str, findings: &[Diagnostic]) -> String {
    let mut lines = Vec::new();
    for finding in findings {
        lines.push(format!("{}[{}] {}", finding.severity.name(), finding.rule.name(), finding.message));
        lines.push(format!("  at {}", place(text, finding.place.span)));
        lines.extend(finding.help.iter().map(|help| format!("  help: {help}")));
        for related in &finding.related {
            lines.push(format!("  {} at {}", related.message, place(text, related.place.span)));
        }
        if let Some(fix) = &finding.fix {
            lines.push(format!("  fix: `{}` at {}", fix.text, place(text, fix.span)));
        }
    }
    lines.join("\n")
}

fn show(node: &Node) -> String {
    match &node.value {
        Value::Refused | Value::Unread => "refused".to_owned(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|entry| format!("{}: {}", entry.key, show(&entry.value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Scalar(scalar) => format!("{:?} {:?}", scalar.kind, scalar.text),
    }
}

#[track_caller]
fn check(text: &str, tree: &str, findings: &[&str]) {
    let (found, diagnostics) = parse(text, &path());
    assert_eq!(report(text, &diagnostics), findings.join("\n"), "{text}");
    assert_eq!(show(&found), tree, "{text}");
}

#[test]
fn values_keep_their_text_and_entries_the_order_of_the_file() {
    check(
        "title = 'a\\b'\nb = [1_000, 0x1F, 1.10, 99999999999999999999]\na = {d = true, c = \"ä\\u00e4\"}\n\
         [review]\non = 2025-03-04\n[[people]]\nx = 1\n[[people]]\nx = 2\n",
        "{title: Text \"a\\\\b\", b: [Integer(1000) \"1_000\", Integer(31) \"0x1F\", Float(1.1) \"1.10\", \
         Float(1e20) \"99999999999999999999\"], a: {d: Bool(true) \"true\", c: Text \"ää\"}, \
         review: {on: Text \"2025-03-04\"}, people: [{x: Integer(1) \"1\"}, {x: Integer(2) \"2\"}]}",
        &[],
    );
}

#[test]
fn keys_and_values_know_their_places() {
    let text = "\u{feff}a.b = \"ü\" # c\r\n[ 'x y' ]\r\nz = { q = 1 }\r\n";
    let (tree, _) = parse(text, &path());
    let mut places = Vec::new();
    let mut nodes = vec![&tree];
    while let Some(node) = nodes.pop() {
        for entry in node.entries() {
            places.push(format!(
                "{} {} {}",
                entry.key,
                place(text, entry.key_span),
                place(text, entry.value.span)
            ));
            nodes.push(&entry.value);
        }
    }
    let expected = [
        "a 1:1-1:2 1:1-1:2",
        "x y 2:3-2:8 2:1-2:10",
        "z 3:1-3:2 3:5-3:14",
        "q 3:7-3:8 3:11-3:12",
        "b 1:3-1:4 1:7-1:10",
    ];
    assert_eq!(places, expected);
}

#[test]
fn every_mistake_is_found_in_one_run_and_the_rest_is_read() {
    check(
        "title = Back care\nlanguage = \"en\"\ntheme: x\n[review]\nrequired = yes\nsoon = 30\n",
        "{title: refused, language: Text \"en\", review: {required: refused, soon: Integer(30) \"30\"}}",
        &[
            "error[toml-syntax] text needs straight quotes",
            "  at 1:9-1:18",
            "  help: write `\"Back care\"`",
            "  fix: `\"Back care\"` at 1:9-1:18",
            "error[toml-syntax] a name and its value are parted by `=`, not by a colon",
            "  at 3:6-3:7",
            "  help: write `=` instead",
            "  fix: ` =` at 3:6-3:7",
            "error[toml-syntax] yes and no are written as `true` and `false`",
            "  at 5:12-5:15",
            "  help: write `true`",
            "  fix: `true` at 5:12-5:15",
        ],
    );
}

#[test]
fn a_word_that_begins_as_a_number_in_letters_does_is_text_without_quotes() {
    check(
        "required = no\ntheme = inner\n",
        "{required: refused, theme: refused}",
        &[
            "error[toml-syntax] yes and no are written as `true` and `false`",
            "  at 1:12-1:14",
            "  help: write `false`",
            "  fix: `false` at 1:12-1:14",
            "error[toml-syntax] text needs straight quotes",
            "  at 2:9-2:14",
            "  help: write `\"inner\"`",
            "  fix: `\"inner\"` at 2:9-2:14",
        ],
    );
}

#[test]
fn of_names_given_twice_the_first_is_shown() {
    let twice = |name: &str, at: &str, first: &str, help: &str| {
        [
            format!("error[duplicate-key] `{name}` is given twice"),
            format!("  at {at}"),
            format!("  help: {help}"),
            format!("  first given here at {first}"),
        ]
    };
    for (text, name, at, first) in [
        ("a = 1\na = 2\n", "a", "2:1-2:2", "1:1-1:2"),
        ("[a]\nx = 1\n[b]\nx = 1\nx = 2\n", "x", "5:1-5:2", "4:1-4:2"),
        ("[[a]]\nx = 1\n[[a]]\nx = 1\nx = 2\n", "x", "5:1-5:2", "4:1-4:2"),
        ("[a]\n[b]\n[a]\n", "a", "3:2-3:3", "1:2-1:3"),
        // Its lines stand twice because it does.
        ("[a]\nx = 1\n[b]\n[a]\nx = 2\n", "a", "4:2-4:3", "1:2-1:3"),
        ("a.b = 1\na.b = 2\n", "b", "2:3-2:4", "1:3-1:4"),
        ("a = {b = 1, b = 2}\n", "b", "1:13-1:14", "1:6-1:7"),
        ("a = 1\n[a]\n", "a", "2:2-2:3", "1:1-1:2"),
    ] {
        let is_table = text.matches("\n[a]").count() > 0 && text.starts_with("[a]");
        let help =
            if is_table { "write the lines of both below one of the two" } else { "keep one of the two" };
        let expected = twice(name, at, first, help).join("\n");
        assert_eq!(report(text, &parse(text, &path()).1), expected, "{text}");
    }
}

#[test]
fn a_value_over_two_lines_and_a_comment_of_another_language_are_one_mistake_each() {
    for comment in ["// A", "/* A */", "-- A", "; A"] {
        let text = format!("{comment}\na = \"x\ny\"\nb = 1\n");
        let (tree, findings) = parse(&text, &path());
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        let sign = &comment[..comment.find(' ').unwrap()];
        let begins = format!("`{sign}` begins no comment");
        assert_eq!(messages, [begins.as_str(), "the value goes on over more than one line"]);
        assert!(tree.get("b").is_some());
    }
}

#[test]
fn each_mistake_is_said_once_and_at_its_place() {
    let quotes = "  help: close it with `\"` at the end of the value";
    check(
        "a = \"x\nb = 1\n",
        "{a: refused, b: Integer(1) \"1\"}",
        &["error[toml-syntax] the quote is never closed", "  at 1:5-1:6", quotes],
    );
    check(
        "a = [\"x\",\n  \"y\"\nb = 1\n",
        "{a: refused}",
        &["error[toml-syntax] `[` is never closed", "  at 1:5-1:6", "  help: close it with `]`"],
    );
    check(
        "a = {x = 1\nb = 1\n",
        "{a: refused}",
        &["error[toml-syntax] `{` is never closed", "  at 1:5-1:6", "  help: close it with `}`"],
    );
    check(
        "[review\nrequired = true\n",
        "{}",
        &["error[toml-syntax] `[` is never closed", "  at 1:1-1:2", "  help: close it with `]`"],
    );
    check(
        "title \"x\"\n",
        "{}",
        &[
            "error[toml-syntax] this line has no `=`",
            "  at 1:1-1:10",
            "  help: write `name = \"value\"`, or begin the line with `#` if it is a comment",
        ],
    );
    check(
        "a =\nb = 1\n",
        "{a: refused, b: Integer(1) \"1\"}",
        &[
            "error[toml-syntax] a value is missing here",
            "  at 1:4-1:4",
            "  help: write the value, or delete the line",
        ],
    );
    check(
        "a = “x”\n",
        "{a: refused}",
        &[
            "error[toml-syntax] text needs straight quotes",
            "  at 1:5-1:8",
            "  help: write `\"x\"`",
            "  fix: `\"x\"` at 1:5-1:8",
        ],
    );
    check(
        "a = 1, # c\n",
        "{a: refused}",
        &[
            "error[toml-syntax] this stands after the end of the value",
            "  at 1:6-1:11",
            "  help: delete it, or put quotes around the whole value",
        ],
    );
    check(
        "a = \"x\\q\"\n",
        "{a: refused}",
        &[
            "error[toml-syntax] `\\q` means nothing between double quotes",
            "  at 1:7-1:9",
            "  help: write `\\\\` for a backslash, or use single quotes",
        ],
    );
    check(
        "a = tru\n",
        "{a: refused}",
        &[
            "error[toml-syntax] `tru` is neither `true` nor `false`",
            "  at 1:5-1:8",
            "  help: write `true` or `false`, or put quotes around text",
        ],
    );
    check(
        "a = 2025-02-30\n",
        "{a: refused}",
        &["error[toml-syntax] invalid date", "  at 1:5-1:15", "  help: expected here: day between 01 and 28"],
    );
}

#[test]
fn a_control_character_is_left_to_the_reader_of_the_file() {
    check("a = 1 # \0\n", "{a: Integer(1) \"1\"}", &[]);
}

#[test]
fn large_texts_take_no_more_than_a_moment() {
    for line in ["a = 1\n", "a\n", "a = x\n", "[a]\n", "a: b\n", "a.b = [\n", "[[a]]\nb = 1\nb = 2\n"] {
        assert!(!parse(&line.repeat(5_000), &path()).1.is_empty(), "{line}");
    }
    let names: String = (0..5_000).map(|i| format!("k{i} = x\n")).collect();
    assert_eq!(parse(&names, &path()).1.len(), 1000);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_with_places_inside_of_it(
        text in "([a-c =.'\"\\[\\]{},#:0-3äö\\\\\0\t-]{0,10}(\n|\r\n|\r)?){0,6}"
    ) {
        let (tree, findings) = parse(&text, &path());
        let mut nodes = vec![&tree];
        while let Some(node) = nodes.pop() {
            prop_assert!(text.get(node.span.range()).is_some());
            nodes.extend(node.items());
            nodes.extend(node.entries().iter().map(|entry| &entry.value));
        }
        for finding in &findings {
            let spans = [Some(finding.place.span), finding.fix.as_ref().map(|fix| fix.span)];
            for span in spans.into_iter().flatten() {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
            }
        }
    }
}
