//! What is read past mistakes: every mistake is found, and every field that is sound is there.

use crate::diagnostic::Diagnostic;
use crate::tree::yaml::parse;
use crate::tree::yaml::tests::{path, report, show};
use proptest::prelude::*;

/// The mistakes found in `text`, each as a line, and the tree.
#[track_caller]
fn reads(text: &str, mistakes: &[&str], tree: &str) {
    let (found, findings) = parse(text, &path(), 0);
    let places: Vec<String> = report(text, &findings)
        .split("error[")
        .filter_map(|finding| finding.split_once("] "))
        .map(|(_, finding)| {
            let mut lines = finding.lines();
            let (message, place) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
            format!("{} {message}", place.trim_start().trim_start_matches("at "))
        })
        .collect();
    assert_eq!(places, mistakes, "{text}");
    let shown = found.map_or_else(|| "nothing".to_owned(), |found| without_places(&show(text, &found)));
    assert_eq!(shown, tree, "{text}");
}

/// What `show` says, without where things stand.
fn without_places(shown: &str) -> String {
    let mut parts = shown.split('@');
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '-'));
    }
    text.replace("Integer(1) ", "").replace("Integer(2) ", "").replace("Text ", "")
}

#[test]
fn the_fields_around_a_mistake_are_read() {
    reads(
        "a: 1\nb: \"x\nc: y: z\nd: 2\n",
        &["2:4-2:5 the quote is never closed", "3:5-3:6 a value that holds `: ` needs quotes"],
        "{a \"1\", b refused, c refused, d \"2\"}",
    );
}

#[test]
fn a_mistake_in_a_group_leaves_the_rest_of_the_group() {
    reads(
        "dose:\n  sets: \"2\n  reps: 1\nb: 2\n",
        &["2:9-2:10 the quote is never closed"],
        "{dose {sets refused, reps \"1\"}, b \"2\"}",
    );
    reads(
        "dose:\n  sets: 1\n reps: 2\nb: [\n",
        &["3:2-3:6 this does not line up with the lines above", "4:4-4:5 `[` is never closed"],
        "{dose {sets \"1\", reps \"2\"}, b refused}",
    );
}

#[test]
fn a_mistake_in_an_item_leaves_the_other_items() {
    reads(
        "items:\n  - ref: x\n    note: a: b\n  - ref: y\n  - ref: [z\nb: 2\n",
        &["3:12-3:13 a value that holds `: ` needs quotes", "5:10-5:11 `[` is never closed"],
        "{items [{ref \"x\", note refused}, {ref \"y\"}, {ref refused}], b \"2\"}",
    );
    reads(
        "items:\n- a\n- \"b\n- c\n",
        &["3:3-3:4 the quote is never closed"],
        "{items [\"a\", refused, \"c\"]}",
    );
    reads("items:\n    é: \"x\n  - a\n", &["2:8-2:9 the quote is never closed"], "{items [refused, \"a\"]}");
}

#[test]
fn a_line_that_begins_nothing_spoils_no_field_but_may_be_one() {
    reads(
        "a: x\nsummary Do a little.\nb: 1\n",
        &["2:1-2:21 this line has no name with a colon"],
        "{a \"x\", summary perhaps, b \"1\"}",
    );
    reads(
        "title: Knee\n  summary: Do a little.\nb: 1\n",
        &["2:3-2:10 `summary` is indented too far"],
        "{title \"Knee\", summary perhaps, b \"1\"}",
    );
    reads(
        "a: x: y\nfoo bar\nb: 1\n",
        &["1:5-1:6 a value that holds `: ` needs quotes", "2:1-2:8 this line has no name with a colon"],
        "{a refused, foo perhaps, b \"1\"}",
    );
}

#[test]
fn lines_between_a_bracket_or_quote_and_its_end_are_no_fields() {
    reads(
        "a: 1\ndose: {\nsets: 2,\nreps: 3\n}\nb: 2\n",
        &["2:7-2:8 `{` is never closed"],
        "{a \"1\", dose refused, sets perhaps, reps perhaps, b \"2\"}",
    );
    reads(
        "a: \"Note: this\nCaution: that\"\nb: 2\n",
        &["1:4-1:5 the quote is never closed"],
        "{a refused, Caution perhaps, b \"2\"}",
    );
}

#[test]
fn what_holds_no_field_is_nothing() {
    for text in ["foo bar\n: x\n", "- a\n- [b\n", "[\n", "\"a\n"] {
        let (tree, findings) = parse(text, &path(), 0);
        assert_eq!((tree, findings.len()), (None, 1), "{text}");
    }
}

#[test]
fn a_line_with_a_tab_belongs_to_the_lines_above() {
    reads(
        "dose:\n  sets: 1\n\treps: 2\n  hold: x\nb: 1\n",
        &["3:1-3:2 a tab can't indent YAML"],
        "{dose {sets \"1\", reps perhaps, hold \"x\"}, b \"1\"}",
    );
    reads(
        "items:\n  - ref: x\n\tnote: y\n  - ref: z\nb: 1\n",
        &["3:1-3:2 a tab can't indent YAML"],
        "{items [{ref \"x\", note perhaps}, {ref \"z\"}], b \"1\"}",
    );
}

#[test]
fn an_item_needs_no_space_to_be_one() {
    reads(
        "codes:\n  -system: x\n    code: y\n  - system: z\n",
        &["2:3-2:4 a space is missing after the hyphen"],
        "{codes [{system \"x\", code perhaps}, {system \"z\"}]}",
    );
    reads(
        "phases:\n- a\n-b\n- c\n",
        &["3:1-3:2 a space is missing after the hyphen"],
        "{phases [\"a\", refused, \"c\"]}",
    );
}

#[test]
fn a_hyphen_with_a_blank_that_keeps_words_together_is_told_once() {
    let message = "this begins no item, because the blank behind the hyphen is one that keeps words together";
    reads(
        "items:\n  - a\n  -\u{a0}b: c\n  - d\n",
        &[&format!("3:3-3:4 {message}")],
        "{items [\"a\", refused, \"d\"]}",
    );
    reads(
        "codes:\n  -\u{a0}system: x\n    code: y\n",
        &[&format!("2:3-2:4 {message}")],
        "{codes [{system \"x\", code \"y\"}]}",
    );
}

#[test]
fn an_item_in_another_column_is_an_item() {
    reads(
        "items:\n  - ref: x\n    note: y\n   - ref: z\n  - ref: w\n",
        &["4:4-4:9 this does not line up with the lines above"],
        "{items [{ref \"x\", note \"y\"}, {ref \"z\"}, {ref \"w\"}]}",
    );
    reads(
        "items:\n  - ref: x\n    note:y\n   - ref: z\n  - ref: w\n",
        &[
            "3:9-3:10 a space is missing after the colon of `note`",
            "4:4-4:9 this does not line up with the lines above",
        ],
        "{items [{ref \"x\", note refused}, {ref \"z\"}, {ref \"w\"}]}",
    );
    reads(
        "items:\n  - ref: x\n   - ref: z\n     note:b\n  - ref: w\n",
        &[
            "3:4-3:9 this does not line up with the lines above",
            "4:10-4:11 a space is missing after the colon of `note`",
        ],
        "{items [{ref \"x\"}, {ref \"z\", note refused}, {ref \"w\"}]}",
    );
}

#[test]
fn what_stands_in_a_second_document_is_no_field() {
    reads(
        "a: \"x\n--- # more\nb: 1\n",
        &["1:4-1:5 the quote is never closed", "2:1-2:4 a second document begins here"],
        "{a refused, b perhaps}",
    );
    reads("---\na: 1\n...\nb: 2\n", &["4:1-4:5 a second document begins here"], "{a \"1\", b perhaps}");
}

#[test]
fn keys_given_twice_are_found_past_a_mistake() {
    reads(
        "a: 1\nb: @x\na: 2\n",
        &["2:4-2:5 a value can't begin with `@`", "3:1-3:2 `a` is given twice"],
        "{a \"1\", b refused}",
    );
}

#[test]
fn garbage_takes_linear_time() {
    for line in [
        "a: b: c\n",
        "a: \"b\n",
        "a: [b\n",
        "a: [b,\n",
        "foo bar\n",
        "- \"a\n",
        "a:\n  b: @\n",
        "\tx: 1\n",
        "a:b\n",
        "{\n",
        "'a: b\n",
    ] {
        let text = line.repeat(100_000 / line.len()) + "a: b: c\n";
        let begun = std::time::Instant::now();
        let (_, findings) = parse(&text, &path(), 0);
        let taken = begun.elapsed();
        assert!(!findings.is_empty());
        // Linear, this takes a tenth of a second.
        assert!(taken.as_secs() < 20, "{line:?} took {taken:?}");
    }
}

/// Fields with a mistake each, as `broken` and as they ought to be.
const FIELDS: [(&str, &str); 24] = [
    ("k: \"Knee\n", "k: \"Knee\"\n"),
    ("k: 'Knee\n", "k: 'Knee'\n"),
    ("k: Bird: dog\n", "k: Bird dog\n"),
    ("k:Knee\n", "k: Knee\n"),
    ("k: @x\n", "k: x\n"),
    ("k: [a, b\n", "k: [a, b]\n"),
    ("k: [a}\n", "k: [a]\n"),
    ("k: [a,, b]\n", "k: [a, b]\n"),
    ("k: {sets: 2\n", "k: {sets: 2}\n"),
    ("k:\n\tsets: 2\n", "k:\n  sets: 2\n"),
    ("k:\n  sets: 2\n reps: 3\n", "k:\n  sets: 2\n  reps: 3\n"),
    ("k:\n  sets: \"2\n  reps: 3\n", "k:\n  sets: \"2\"\n  reps: 3\n"),
    ("k:\n  - a\n  -b\n", "k:\n  - a\n  - b\n"),
    ("k:\n  - a\n - b\n", "k:\n  - a\n  - b\n"),
    ("k:\n- \"a\n- b\n", "k:\n- \"a\"\n- b\n"),
    ("k:\n  - ref: x\n    note: a: b\n  - ref: y\n", "k:\n  - ref: x\n    note: a\n  - ref: y\n"),
    ("k: |\n   x\n  y\n", "k: |\n  x\n  y\n"),
    ("k: \"x\" y\n", "k: \"x y\"\n"),
    ("k: \"\\d\"\n", "k: \"d\"\n"),
    ("k: - b\n", "k: b\n"),
    ("k: x # c\n  y\n", "k: x\n  y\n"),
    ("k: *x\n", "k: x\n"),
    ("k: x\nfoo bar\n", "k: x\n"),
    ("k: x\n  over: 2\n", "k: x\n"),
];

/// A text of `fields`, in which those with `true` are broken, and where each begins.
fn text_of(fields: &[(usize, bool)]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for (n, (field, is_broken)) in fields.iter().enumerate() {
        let (broken, sound) = FIELDS[*field];
        starts.push(text.len());
        text.push_str(&if *is_broken { broken } else { sound }.replacen('k', &format!("k{n}"), 1));
    }
    (text, starts)
}

/// The findings about `text`: the number of the field, how far into it, and the words. Other fields are as they ought
/// to be.
fn found(fields: &[(usize, bool)]) -> Vec<(usize, usize, String)> {
    let (text, starts) = text_of(fields);
    let (tree, findings) = parse(&text, &path(), 0);
    let tree = tree.expect(&text);
    let sound: Vec<(usize, bool)> = fields.iter().map(|(field, _)| (*field, false)).collect();
    let (sound, _) = text_of(&sound);
    let whole = parse(&sound, &path(), 0).0.expect(&sound);
    for (n, (_, is_broken)) in fields.iter().enumerate() {
        let key = format!("k{n}");
        let value = |text: &str, tree: &crate::tree::Node| {
            tree.get(&key).map(|value| without_places(&show(text, value)))
        };
        if !is_broken {
            assert_eq!(value(&text, &tree), value(&sound, &whole), "{key} in {text}");
        }
    }
    findings
        .iter()
        .map(|finding: &Diagnostic| {
            let at = finding.place.span.start as usize;
            let field = starts.partition_point(|start| *start <= at) - 1;
            (field, at - starts[field], finding.message.replace(&format!("k{field}"), "k"))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn mistakes_in_different_fields_are_found_as_if_each_were_alone(
        fields in prop::collection::vec((0..FIELDS.len(), prop::bool::weighted(0.4)), 1..8)
    ) {
        let mut alone = Vec::new();
        for n in 0..fields.len() {
            let one: Vec<(usize, bool)> =
                fields.iter().enumerate().map(|(m, (field, broken))| (*field, *broken && m == n)).collect();
            let findings = found(&one);
            prop_assert_eq!(findings.len(), usize::from(fields[n].1), "{}", text_of(&one).0);
            alone.extend(findings);
        }
        prop_assert_eq!(found(&fields), alone, "{}", text_of(&fields).0);
    }
}
