//! What is read, where it stands, and what is said about each mistake.

use super::*;
use crate::source::LineIndex;
use crate::source::Span;
use crate::tree::Value;
use proptest::prelude::*;

pub(super) fn path() -> SitePath {
    SitePath::new("content/exercises/knee-rolls.md")
}

/// A span as `line:column-line:column`.
fn place(text: &str, span: Span) -> String {
    let lines = LineIndex::new(text);
    let (start, end) = (lines.position(span.start), lines.position(span.end));
    format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}

/// Every part of every finding, a line each.
pub(super) fn report(text: &str, findings: &[Diagnostic]) -> String {
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

/// The tree on one line: values with their kind, and optionally their places.
pub(super) fn show(text: &str, node: &Node) -> String {
    let place = place(text, node.span);
    match &node.value {
        Value::Refused => format!("refused@{place}"),
        Value::Unread => "perhaps".to_owned(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| show(text, item)).collect();
            format!("[{}]@{place}", items.join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|e| format!("{}@{}: {}", e.key, self::place(text, e.key_span), show(text, &e.value)))
                .collect();
            format!("{{{}}}@{place}", entries.join(", "))
        }
        Value::Scalar(scalar) => format!("{:?} {:?}@{place}", scalar.kind, scalar.text),
    }
}

#[track_caller]
fn finds(text: &str, expected: &[&str]) -> Option<Node> {
    let (tree, findings) = parse(text, &path(), 0);
    assert_eq!(report(text, &findings), expected.join("\n"), "{text}");
    assert!(findings.iter().all(|finding| finding.place.path == path()));
    tree
}

/// One finding, and the change it offers leaves none.
#[track_caller]
fn fails(text: &str, expected: &[&str]) {
    finds(text, expected);
    let (_, findings) = parse(text, &path(), 0);
    if let Some(fix) = &findings[0].fix {
        let mut mended = text.to_owned();
        mended.replace_range(fix.span.range(), &fix.text);
        assert_eq!(report(&mended, &parse(&mended, &path(), 0).1), "", "{mended}");
    }
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    let tree = finds(text, &[]).unwrap();
    assert_eq!(show(text, &tree), expected, "{text}");
}

const QUOTES: &str = "a value that holds `: ` needs quotes";

#[test]
fn keys_and_values_know_their_places() {
    reads(
        "title: Knee rolls\ndose: {sets: 2, hold: \"5s\"} # c\nphases: [acute]\n",
        "{title@1:1-1:6: Text \"Knee rolls\"@1:8-1:18, \
         dose@2:1-2:5: {sets@2:8-2:12: Integer(2) \"2\"@2:14-2:15, hold@2:17-2:21: Text \"5s\"@2:23-2:27}@2:7-2:28, \
         phases@3:1-3:7: [Text \"acute\"@3:10-3:15]@3:9-3:16}@1:1-3:16",
    );
}

#[test]
fn a_list_begins_at_its_first_hyphen_whether_indented_or_not() {
    reads("a:\n- x\n- y\n", "{a@1:1-1:2: [Text \"x\"@2:3-2:4, Text \"y\"@3:3-3:4]@2:1-3:4}@1:1-3:4");
    reads("a: # c - d\n  - x\n", "{a@1:1-1:2: [Text \"x\"@2:5-2:6]@2:3-2:6}@1:1-2:6");
    reads("a:\n- - x\n", "{a@1:1-1:2: [[Text \"x\"@2:5-2:6]@2:3-2:6]@2:1-2:6}@1:1-2:6");
}

#[test]
fn an_empty_value_stands_right_after_its_colon_or_hyphen() {
    reads("a:\nb: # c\n", "{a@1:1-1:2: Null \"\"@1:3-1:3, b@2:1-2:2: Null \"\"@2:3-2:3}@1:1-2:3");
    reads("a:\n-\n-  # c\n", "{a@1:1-1:2: [Null \"\"@2:2-2:2, Null \"\"@3:2-3:2]@2:1-3:2}@1:1-3:2");
    reads("{a: , b}", "{a@1:2-1:3: Null \"\"@1:4-1:4, b@1:7-1:8: Null \"\"@1:8-1:8}@1:1-1:9");
}

#[test]
fn a_block_scalar_stands_from_its_header_to_its_last_word() {
    reads(
        "a: | # >\n  x\n\n  y\n\nb: 1\n",
        "{a@1:1-1:2: Text \"x\\n\\ny\\n\"@1:4-4:4, b@6:1-6:2: Integer(1) \"1\"@6:4-6:5}@1:1-6:5",
    );
    reads("- >-\n  x\n  y\n- |", "[Text \"x y\"@1:3-3:4, Text \"\"@4:3-4:4]@1:1-4:4");
}

#[test]
fn a_value_over_several_lines_is_folded_and_stands_on_all_of_them() {
    reads("a: 'x\n\n  y' # c\n", "{a@1:1-1:2: Text \"x\\ny\"@1:4-3:5}@1:1-3:5");
    reads("a: x\n  y\n", "{a@1:1-1:2: Text \"x y\"@1:4-2:4}@1:1-2:4");
}

#[test]
fn escapes_and_quotes_inside_of_quotes_are_resolved() {
    reads(r#"a: "\"\x41\u00e4\\""#, r#"{a@1:1-1:2: Text "\"Aä\\"@1:4-1:20}@1:1-1:20"#);
    reads("a: 'it''s' # '", "{a@1:1-1:2: Text \"it's\"@1:4-1:11}@1:1-1:11");
}

#[test]
fn what_looks_like_a_value_of_another_kind_to_older_yaml_is_text() {
    reads(
        "[no, 12:30, 2025-03-04, 010, 1.10]",
        "[Text \"no\"@1:2-1:4, Text \"12:30\"@1:6-1:11, Text \"2025-03-04\"@1:13-1:23, \
         Integer(10) \"010\"@1:25-1:28, Float(1.1) \"1.10\"@1:30-1:34]@1:1-1:35",
    );
}

#[test]
fn windows_line_endings_and_old_mac_ones_change_no_place() {
    reads(
        "a: b\r\nc:\r\n- d\r\n",
        "{a@1:1-1:2: Text \"b\"@1:4-1:5, c@2:1-2:2: [Text \"d\"@3:3-3:4]@3:1-3:4}@1:1-3:4",
    );
    reads("a: b\rc: d\r", "{a@1:1-1:2: Text \"b\"@1:4-1:5, c@2:1-2:2: Text \"d\"@2:4-2:5}@1:1-2:5");
    fails(
        "a: |\r\n  b\r\nc: d: e\r\n",
        &[
            "error[yaml-syntax] a value that holds `: ` needs quotes",
            "  at 3:5-3:6",
            "  help: put the value in quotes: `\"d: e\"`",
            "  fix: `\"d: e\"` at 3:4-3:8",
        ],
    );
}

#[test]
fn a_byte_order_mark_and_letters_of_several_bytes_change_no_place() {
    reads(
        "\u{feff}ä: ö\né: ü # 🙂\n",
        "{ä@1:1-1:2: Text \"ö\"@1:4-1:5, é@2:1-2:2: Text \"ü\"@2:4-2:5}@1:1-2:5",
    );
    fails(
        "\u{feff}ä: ö\né: ü: 🙂\n",
        &[
            "error[yaml-syntax] a value that holds `: ` needs quotes",
            "  at 2:5-2:6",
            "  help: put the value in quotes: `\"ü: 🙂\"`",
            "  fix: `\"ü: 🙂\"` at 2:4-2:8",
        ],
    );
}

#[test]
fn places_count_from_the_start_of_the_file() {
    let (tree, findings) = parse("a: 1\na: 2\n", &path(), 4);
    let tree = tree.unwrap();
    assert_eq!(tree.span, Span::new(4, 13));
    assert_eq!(tree.entries()[0].key_span, Span::new(4, 5));
    assert_eq!(tree.entries()[0].value.span, Span::new(7, 8));
    assert_eq!(findings[0].place.span, Span::new(9, 10));
    assert_eq!(findings[0].related[0].place.span, Span::new(4, 5));
}

#[test]
fn text_without_a_value_is_an_empty_mapping() {
    for text in ["", "\n", "# c\n", "---\n", "---\n...\n", "~", "\u{feff}"] {
        let tree = finds(text, &[]).unwrap();
        assert_eq!(tree.value, Value::Map(Vec::new()), "{text:?}");
    }
}

#[test]
fn a_document_need_not_be_a_mapping() {
    reads("- a\n", "[Text \"a\"@1:3-1:4]@1:1-1:4");
    reads("some text", "Text \"some text\"@1:1-1:10");
}

#[test]
fn of_keys_given_twice_the_first_counts() {
    let text = "a: 1\nb: 2\na: 3\na: 4\n";
    let tree = finds(
        text,
        &[
            "error[duplicate-key] `a` is given twice",
            "  at 3:1-3:2",
            "  help: keep one of the two",
            "  first given here at 1:1-1:2",
            "error[duplicate-key] `a` is given twice",
            "  at 4:1-4:2",
            "  help: keep one of the two",
            "  first given here at 1:1-1:2",
        ],
    );
    assert_eq!(
        show(text, &tree.unwrap()),
        "{a@1:1-1:2: Integer(1) \"1\"@1:4-1:5, b@2:1-2:2: Integer(2) \"2\"@2:4-2:5}@1:1-4:5"
    );
}

#[test]
fn an_anchor_an_alias_and_a_tag_are_one_finding_each_and_leave_nothing_behind() {
    let text = "a: &x 1\nb: *x\nc: !!str 2\nd: [*y, 3]\n";
    let tree = finds(
        text,
        &[
            "error[yaml-alias] `&x` is an anchor of YAML, which is not supported",
            "  at 1:4-1:6",
            "  help: delete it, and write the value out wherever it is needed; put the value in quotes if it is part of it",
            "error[yaml-alias] `*x` is an alias of YAML, which is not supported",
            "  at 2:4-2:6",
            "  help: write the value out; put it in quotes if it begins with an asterisk",
            "error[yaml-alias] `!!str` is a tag of YAML, which is not supported",
            "  at 3:4-3:9",
            "  help: delete it; put the value in quotes if it is part of it",
            "error[yaml-alias] `*y` is an alias of YAML, which is not supported",
            "  at 4:5-4:7",
            "  help: write the value out; put it in quotes if it begins with an asterisk",
        ],
    );
    assert_eq!(
        show(text, &tree.unwrap()),
        "{a@1:1-1:2: refused@1:7-1:8, b@2:1-2:2: refused@2:4-2:6, c@3:1-3:2: refused@3:10-3:11, \
         d@4:1-4:2: [refused@4:5-4:7, Integer(3) \"3\"@4:9-4:10]@4:4-4:11}@1:1-4:11"
    );
}

#[test]
fn a_merge_key_or_an_alias_in_place_of_a_name_may_be_any_field() {
    let text = "dose:\n  <<: [*x, *y]\n  sets: 1\nb: 2\n";
    let tree = finds(
        text,
        &[
            "error[yaml-alias] `<<` merges fields, which is not supported",
            "  at 2:3-2:5",
            "  help: write the fields out",
        ],
    );
    assert_eq!(
        show(text, &tree.unwrap()),
        "{dose@1:1-1:5: {<<@2:3-2:5: perhaps, sets@3:3-3:7: Integer(1) \"1\"@3:9-3:10}@2:3-3:10, b@4:1-4:2: Integer(2) \"2\"@4:4-4:5}@1:1-4:5"
    );
    let tree = finds(
        "*x : 1\n",
        &[
            "error[yaml-alias] `*x` is an alias of YAML, which is not supported",
            "  at 1:1-1:3",
            "  help: write the value out; put it in quotes if it begins with an asterisk",
        ],
    );
    assert!(tree.unwrap().entries().iter().all(Entry::may_be_any));
}

#[test]
fn a_second_document_is_refused_where_it_begins() {
    let help = "  help: keep one document in a file";
    let message = "error[yaml-syntax] a second document begins here";
    fails("---\na: 1\n---\nb: 2\n", &[message, "  at 3:1-3:4", help]);
    fails("a: 1\n...\nb: 2\n", &[message, "  at 3:1-3:5", help]);
}

#[test]
fn a_list_or_mapping_is_no_name() {
    let message = "error[yaml-syntax] a list or mapping can't be a name";
    let help = "  help: put the value in quotes if brackets or braces are part of it";
    fails("title: {{ name }}\n", &[message, "  at 1:9-1:10", help]);
    fails("? - a\n: b\n", &[message, "  at 1:3-1:4", help]);
    fails(
        ": a\n",
        &[
            "error[yaml-syntax] there is no name before this colon",
            "  at 1:1-1:2",
            "  help: write `name: value`",
        ],
    );
}

#[test]
fn a_tab_is_found_where_it_stands() {
    let report = |at| {
        [
            "error[yaml-syntax] a tab can't indent YAML".to_owned(),
            format!("  at {at}"),
            "  help: use two spaces".to_owned(),
        ]
    };
    for (text, at) in [
        ("a:\n\tb: 1\n", "2:1-2:2"),
        ("a: 1\n\tb: 1\n", "2:1-2:2"),
        ("\ta: 1\n\tb: 1\n", "1:1-1:2"),
        ("a:\n  b: 1\n  \tc: 2\n", "3:3-3:4"),
        ("a:\n \tb: 1\n", "2:2-2:3"),
        ("a:\n  - b\n\t- c\n", "3:1-3:2"),
        ("a: |\n\tx\n", "2:1-2:2"),
        ("a: \"x\n\ty\"\n", "2:1-2:2"),
    ] {
        let expected = report(at);
        fails(text, &expected.each_ref().map(String::as_str));
    }
    fails(
        "a:\tb\n",
        &[
            "error[yaml-syntax] a tab can't stand here",
            "  at 1:3-1:4",
            "  help: use a space",
            "  fix: ` ` at 1:3-1:4",
        ],
    );
}

#[test]
fn an_unclosed_quote_is_found_where_it_opens() {
    let message = "error[yaml-syntax] the quote is never closed";
    let double = "  help: close it with `\"` at the end of the value";
    let single = "  help: close it with `'` at the end of the value";
    fails("title: \"Knee\nsummary: x\n", &[message, "  at 1:8-1:9", double, "  fix: `\"` at 1:13-1:13"]);
    fails("title: 'Knee \nsummary: 'x'\n", &[message, "  at 1:8-1:9", single, "  fix: `'` at 1:13-1:13"]);
    fails("a: 1\nphases: [\"acute]\nb: 1\n", &[message, "  at 2:10-2:11", double]);
    fails("a:\n  b: \"x\n    y: z\n", &[message, "  at 2:6-2:7", double]);
}

#[test]
fn a_quoted_value_over_several_lines_must_be_indented() {
    fails(
        "a: \"x\ny\"\nb: 2\n",
        &[
            "error[yaml-syntax] this line belongs to the quoted value above, but is not indented",
            "  at 2:1-2:3",
            "  help: begin it with two more spaces than the field",
        ],
    );
}

#[test]
fn text_after_a_closing_quote_asks_for_other_quotes() {
    let message = "error[yaml-syntax] the value goes on after its closing quote";
    fails(
        "a: \"Bird\" dog # c\n",
        &[
            message,
            "  at 1:11-1:14",
            "  help: put the value in quotes: `'\"Bird\" dog'`",
            "  fix: `'\"Bird\" dog'` at 1:4-1:14",
        ],
    );
    fails(
        "a: 'don't worry'\n",
        &[
            message,
            "  at 1:9-1:17",
            "  help: put the value in quotes: `\"don't worry\"`",
            "  fix: `\"don't worry\"` at 1:4-1:17",
        ],
    );
}

#[test]
fn an_unknown_escape_is_found_where_it_stands() {
    let help = "  help: write `\\\\` for a backslash, or use single quotes";
    fails(
        r#"a: "\n\d""#,
        &["error[yaml-syntax] `\\d` means nothing between double quotes", "  at 1:7-1:9", help],
    );
    fails(
        r#"a: "\x4g""#,
        &["error[yaml-syntax] `\\x` means nothing between double quotes", "  at 1:5-1:7", help],
    );
    fails(
        r#"a: "\ä""#,
        &["error[yaml-syntax] `\\ä` means nothing between double quotes", "  at 1:5-1:7", help],
    );
    fails(r#"a: "\"#, &["error[yaml-syntax] `\\` means nothing between double quotes", "  at 1:5-1:6", help]);
}

#[test]
fn a_second_colon_is_found_and_quotes_are_offered() {
    let quotes = format!("error[yaml-syntax] {QUOTES}");
    fails(
        "title: Bird dog: advanced # c\nb: 1\n",
        &[
            &quotes,
            "  at 1:16-1:17",
            "  help: put the value in quotes: `\"Bird dog: advanced\"`",
            "  fix: `\"Bird dog: advanced\"` at 1:8-1:26",
        ],
    );
    fails(
        "- a: say \"b: c\"\n",
        &[
            &quotes,
            "  at 1:12-1:13",
            "  help: put the value in quotes: `'say \"b: c\"'`",
            "  fix: `'say \"b: c\"'` at 1:6-1:16",
        ],
    );
    fails(
        "title: foo\n  and more: baz\n",
        &[&quotes, "  at 2:11-2:12", "  help: put the whole value in quotes"],
    );
    fails("title: foo: bar\n  baz\n", &[&quotes, "  at 1:11-1:12", "  help: put the value in quotes"]);
    fails(
        "a: [b: c: d]\n",
        &[&quotes, "  at 1:9-1:10", "  help: put the value in quotes, or a comma before the next name"],
    );
}

#[test]
fn wrong_indentation_is_found_at_the_name() {
    let help = "  help: begin fields of one group, and items of one list, in the same column";
    let message = "error[yaml-syntax] this does not line up with the lines above";
    let title = "error[yaml-syntax] `title` is indented too far";
    let as_summary = "  help: begin it in the same column as `summary`";
    fails("  title: a\nsummary: b\n", &[title, "  at 1:3-1:8", as_summary]);
    fails("  title: a\n    b\nsummary: b\nc: d\n", &[title, "  at 1:3-1:8", as_summary]);
    fails("  title: a\n  b: c\nsummary: b\n", &[message, "  at 3:1-3:8", help]);
    fails(
        "dose:\n    sets: 1\n  reps: 2\n  hold: 5s\n",
        &[
            "error[yaml-syntax] `sets` is indented too far",
            "  at 2:5-2:9",
            "  help: begin it in the same column as `reps`",
        ],
    );
    fails("dose:\n  sets: 1\n reps: 2\n", &[message, "  at 3:2-3:6", help]);
    fails("dose:\n  - a\n - b\n", &[message, "  at 3:2-3:5", help]);
    fails("dose:\n  - a\n  b: 1\n", &[message, "  at 3:3-3:4", help]);
    fails("a: 1\n- b\n", &[message, "  at 2:1-2:4", help]);
    fails("a: |\n   x\n  y\n", &[message, "  at 3:3-3:4", help]);
    fails(
        "title: foo\n  summary: baz\n",
        &[
            "error[yaml-syntax] `summary` is indented too far",
            "  at 2:3-2:10",
            "  help: begin it in the same column as `title`",
        ],
    );
}

#[test]
fn a_value_that_begins_with_a_special_character_asks_for_quotes() {
    for (value, sign) in [
        ("@home", "@"),
        ("%x", "%"),
        ("& x", "&"),
        ("* x", "*"),
        ("!x!y z", "!"),
        ("| x", "|"),
        ("> 5 reps", ">"),
        ("? x", "?"),
        (", x", ","),
    ] {
        let text = format!("a: {value} # c\nb: 1\n");
        let (help, fix) = (
            format!("  help: put the value in quotes: `\"{value}\"`"),
            format!("  fix: `\"{value}\"` at 1:4-1:{}", 4 + value.len()),
        );
        fails(
            &text,
            &[&format!("error[yaml-syntax] a value can't begin with `{sign}`"), "  at 1:4-1:5", &help, &fix],
        );
    }
    fails(
        "a: `x`\n",
        &[
            "error[yaml-syntax] a value can't begin with a backtick",
            "  at 1:4-1:5",
            "  help: put the value in quotes: `\"`x`\"`",
            "  fix: `\"`x`\"` at 1:4-1:7",
        ],
    );
    fails(
        "a: [b, @c]\n",
        &[
            "error[yaml-syntax] a value can't begin with `@`",
            "  at 1:8-1:9",
            "  help: put the value in quotes: `\"@c\"`",
            "  fix: `\"@c\"` at 1:8-1:10",
        ],
    );
    fails(
        "a: *gently* roll\n",
        &[
            "error[yaml-syntax] a value can't begin with `*`",
            "  at 1:4-1:5",
            "  help: put the value in quotes: `\"*gently* roll\"`",
            "  fix: `\"*gently* roll\"` at 1:4-1:17",
        ],
    );
    fails(
        "a: [Draft] Knee\n",
        &[
            "error[yaml-syntax] a value that begins with `[` ends with its closing bracket",
            "  at 1:4-1:5",
            "  help: put the value in quotes: `\"[Draft] Knee\"`",
            "  fix: `\"[Draft] Knee\"` at 1:4-1:16",
        ],
    );
    fails(
        "%x: 1\n",
        &["error[yaml-syntax] a line can't begin with `%`", "  at 1:1-1:2", "  help: put the name in quotes"],
    );
}

#[test]
fn an_unclosed_bracket_is_found_where_it_opens() {
    for text in ["t: [a, b\nc: 1\n", "t: [a, b\nc: [d]\n", "t: [a, b\n", "t: [a,\n", "t: [a, b\nc:\n  - d\n"]
    {
        fails(text, &["error[yaml-syntax] `[` is never closed", "  at 1:4-1:5", "  help: close it with `]`"]);
    }
    fails(
        "t: {a: b\nc: 1\n",
        &["error[yaml-syntax] `{` is never closed", "  at 1:4-1:5", "  help: close it with `}`"],
    );
}

#[test]
fn other_mistakes_in_brackets_are_found_where_they_stand() {
    fails(
        "a: [b}\n",
        &[
            "error[yaml-syntax] `[` is closed by the wrong bracket",
            "  at 1:6-1:7",
            "  help: close it with `]`",
        ],
    );
    fails(
        "a: [b]]\n",
        &[
            "error[yaml-syntax] `]` closes nothing",
            "  at 1:7-1:8",
            "  help: delete it, or put the value in quotes",
        ],
    );
    fails(
        "a: [b,, c]\n",
        &["error[yaml-syntax] there is nothing before this comma", "  at 1:7-1:8", "  help: delete it"],
    );
    fails(
        "a: [\"b\" \"c\"]\n",
        &[
            "error[yaml-syntax] a comma is missing before this",
            "  at 1:9-1:12",
            "  help: put commas between items, or put the whole value in quotes",
        ],
    );
}

#[test]
fn a_missing_space_is_found_where_it_ought_to_stand() {
    let help = "  help: write a colon and a space between name and value";
    let title = "error[yaml-syntax] a space is missing after the colon of `title`";
    fails("title:Knee rolls\n", &[title, "  at 1:6-1:7", help, "  fix: ` ` at 1:7-1:7"]);
    fails("title:Knee rolls\nsummary: x\n", &[title, "  at 1:6-1:7", help, "  fix: ` ` at 1:7-1:7"]);
    fails("summary: x\ntitle:Knee rolls\n", &[title, "  at 2:6-2:7", help, "  fix: ` ` at 2:7-2:7"]);
    fails("a:\n  title:1\n  c: 2\n", &[title, "  at 2:8-2:9", help, "  fix: ` ` at 2:9-2:9"]);
    let hyphen =
        ["error[yaml-syntax] a space is missing after the hyphen", "  help: begin an item with `- `"];
    for (text, at, fix) in [
        ("c:\n  -a\n", "  at 2:3-2:4", "  fix: ` ` at 2:4-2:4"),
        ("c:\n  - a\n  -b\n", "  at 3:3-3:4", "  fix: ` ` at 3:4-3:4"),
        ("c:\n- a\n-b\n", "  at 3:1-3:2", "  fix: ` ` at 3:2-3:2"),
        ("c:\n-a\n", "  at 2:1-2:2", "  fix: ` ` at 2:2-2:2"),
    ] {
        fails(text, &[hyphen[0], at, hyphen[1], fix]);
    }
}

#[test]
fn a_line_that_is_no_field_is_found_as_a_whole() {
    let message = "error[yaml-syntax] this line has no name with a colon";
    let help = "  help: write it as `name: value`, or indent it if it belongs to the line above";
    fails("a: 1\nfoo bar\n\n# c\nb: 1\n", &[message, "  at 2:1-2:8", help]);
    fails("foo bar\nb: 1\n", &[message, "  at 1:1-1:8", help]);
}

#[test]
fn other_mistakes_say_what_they_are() {
    fails(
        "a: |\n\n     \n  b\n",
        &[
            "error[yaml-syntax] this empty line holds more spaces than the text below it is indented by",
            "  at 3:1-3:6",
            "  help: delete its spaces",
            "  fix: `` at 3:1-3:6",
        ],
    );
    fails(
        "a: - b\n",
        &[
            "error[yaml-syntax] a list can't begin on the line of its field",
            "  at 1:4-1:5",
            "  help: begin each item on a line of its own, with `- `",
        ],
    );
    fails(
        "a: x # c\n  y\n",
        &[
            "error[yaml-syntax] a comment can't stand inside of a value",
            "  at 1:6-1:9",
            "  help: delete the comment, or put the value in quotes if `#` is part of it",
        ],
    );
    fails(
        "a: b\n\u{feff}c: d\n",
        &[
            "error[yaml-syntax] there is an invisible byte order mark inside of the text",
            "  at 2:1-2:2",
            "  help: delete it, or write the line anew",
        ],
    );
}

#[test]
fn a_control_character_is_left_to_the_reader_of_the_file() {
    let text = "a: \0\nb: 1\n";
    let tree = finds(text, &[]).unwrap();
    assert_eq!(
        show(text, &tree),
        "{a@1:1-1:2: refused@1:4-1:5, b@2:1-2:2: Integer(1) \"1\"@2:4-2:5}@1:1-2:5"
    );
}

#[test]
fn nesting_ends_at_a_depth_that_nobody_writes_by_hand() {
    let fine = format!("{}{}", "[".repeat(64), "]".repeat(64));
    assert!(finds(&fine, &[]).is_some());
    let message = "error[yaml-syntax] lists and fields are nested more than 64 deep";
    let help = "  help: write it with fewer levels";
    let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
    fails(&deep, &[message, "  at 1:65-1:66", help]);
    for open in ["[", "{a: ", "- ", "? ", "[{a: "] {
        let (tree, findings) = parse(&open.repeat(100_000), &path(), 0);
        assert_eq!((tree, findings.len()), (None, 1), "{open}");
    }
}

#[test]
fn large_texts_take_linear_time() {
    let keys: String = (0..100_000).map(|i| format!("k{}: 1\n", i % 50_000)).collect();
    let (tree, findings) = parse(&keys, &path(), 0);
    assert_eq!((tree.unwrap().entries().len(), findings.len()), (50_000, 50_000));
    let flow = format!("{{{}}}", (0..100_000).map(|i| format!("k{i}: [ä], ")).collect::<String>());
    assert_eq!(parse(&flow, &path(), 0).0.unwrap().entries().len(), 100_000);
    let lines = "a: [\n".to_owned() + &"x, y: \"z\",\n".repeat(100_000);
    assert_eq!(parse(&lines, &path(), 0).1.len(), 1);
    let text = "word\n".repeat(100_000) + "a: b: c";
    assert_eq!(parse(&text, &path(), 0).1.len(), 2);
    let quotes = "a: \"\n".to_owned() + &"  b\n".repeat(100_000);
    assert_eq!(parse(&quotes, &path(), 0).1.len(), 1);
    let aliases = "- *x\n".repeat(100_000);
    assert_eq!(parse(&aliases, &path(), 0).1.len(), 100_000);
}

/// Asserts that every plain or quoted scalar stands where its span says.
fn check_places(text: &str, node: &Node, within: Span) {
    assert!(
        within.start <= node.span.start && node.span.end <= within.end,
        "{:?} in {within:?}: {text:?}",
        node.span
    );
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| check_places(text, item, node.span)),
        Value::Map(entries) => {
            for entry in entries {
                assert!(
                    node.span.start <= entry.key_span.start && entry.key_span.end <= node.span.end,
                    "{text:?}"
                );
                check_places(text, &entry.value, node.span);
            }
        }
        Value::Scalar(scalar) => {
            let written = node.span.of(text);
            // A second byte order mark stands in the way of the sign that a text begins with.
            let sign = written.trim_start_matches('\u{feff}');
            if !sign.starts_with(['"', '\'', '|', '>']) && !written.contains(['\n', '\r']) {
                assert_eq!(written, &*scalar.text, "{text:?}");
            }
        }
        Value::Refused | Value::Unread => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read_without_a_panic_and_with_places_inside_of_it(
        text in "([ \t]{0,4}[-a-c:#'\"\\[\\]{},&*!|>@%?~ä\u{feff}\\\\01. \t\0]{0,8}(\n|\r\n|\r)?){0,6}"
    ) {
        let (tree, findings) = parse(&text, &path(), 0);
        let whole = Span::new(0, text.len());
        if let Some(tree) = &tree {
            check_places(&text, tree, whole);
        }
        for finding in &findings {
            let spans = [Some(finding.place.span), finding.fix.as_ref().map(|fix| fix.span)];
            for span in spans.into_iter().flatten() {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
            }
        }
        let places: Vec<_> = findings.iter().map(|finding| (&finding.place, finding.rule)).collect();
        prop_assert!(places.windows(2).all(|pair| pair[0] != pair[1]), "{findings:?} in {text:?}");
        prop_assert!(tree.is_some() || !findings.is_empty() || text.contains('\0'), "{text:?}");
    }
}
