//! Schemas of a site: what is wrong with one is told once, and never again at the pages that would have used it.

use super::site::{PAGE, Site, exercise, is_linear};

const COLOUR: &str = r#"{"properties": {"colour": {"type": "string", "description": "the colour"}}}"#;

const THING: &str = r#"{"x-kind": {"name": "thing", "plural": "things", "folder": "things"}}"#;

/// A site whose pages use a field and a kind of its own.
fn site() -> Site {
    exercise("---\ntitle: A\nsummary: S.\ncolour: red\n---\nSee [it](../things/b.md).\n")
        .with("content/things/b.md", PAGE)
        .with("schemas/exercise.json", COLOUR)
        .with("schemas/thing.json", THING)
}

#[test]
fn a_site_with_a_field_and_a_kind_of_its_own_is_built() {
    site().is_built();
}

#[test]
fn a_schema_that_is_no_json_is_one_mistake() {
    site().with("schemas/exercise.json", "").is_refused(
        r"
error[bad-schema]: the file is empty
 --> schemas/exercise.json
  = help: write a JSON object: `{ ... }`
",
    );
    site().with("schemas/exercise.json", format!("{COLOUR}]")).is_refused(
        r#"
error[bad-schema]: the file is not JSON: text cannot contain more than one JSON value
 --> schemas/exercise.json:1:76
  |
1 | {"properties": {"colour": {"type": "string", "description": "the colour"}}}]
  |                                                                            ^
"#,
    );
    site().with("schemas/thing.json", format!("{THING}]")).is_refused(
        r#"
error[bad-schema]: the file is not JSON: text cannot contain more than one JSON value
 --> schemas/thing.json:1:70
  |
1 | {"x-kind": {"name": "thing", "plural": "things", "folder": "things"}}]
  |                                                                      ^
"#,
    );
    site().with("schemas/exercise.json", "[]").is_refused(
        r"
error[bad-schema]: a schema is an object of keywords: `{ ... }`
 --> schemas/exercise.json:1:1
  |
1 | []
  | ^^
",
    );
}

#[test]
fn a_schema_that_is_no_text_is_one_mistake() {
    site().with("schemas/exercise.json", [0xff, 0xfe, 0x7b, 0]).is_refused(
        r"
error[not-utf8]: the text is UTF-16, not UTF-8
 --> schemas/exercise.json
  = help: save it as UTF-8
",
    );
    site().with("schemas/thing.json", " ".repeat(2 << 20)).is_refused(
        r"
error[file-too-large]: `thing.json` is larger than 1 MiB
 --> schemas/thing.json
  = help: make it shorter
",
    );
    site().with("schemas/exercise.json", format!("{COLOUR}\0")).is_refused(
        r#"
error[control-character]: there is an invisible control character here, U+0000
 --> schemas/exercise.json:1:76
  |
1 | {"properties": {"colour": {"type": "string", "description": "the colour"}}}␀
  |                                                                            ^ help: delete it
"#,
    );
    site()
        .with(
            "schemas/thing.json",
            [THING.replace("}}", ", \"article\": \"caf").as_bytes(), b"\xe9\"}}"].concat(),
        )
        .is_refused(
            r#"
error[not-utf8]: the byte 0xe9 is not UTF-8 text
 --> schemas/thing.json:1:85
  |
1 | {"x-kind": {"name": "thing", "plural": "things", "folder": "things", "article": "caf�"}}
  |                                                                                     ^
  |
  = help: save the file as UTF-8 and write the character here anew
"#,
        );
}

#[test]
fn a_number_without_end_is_not_repeated_in_full() {
    site().with("schemas/exercise.json", "1".repeat(100_000)).is_refused(r"
error[bad-schema]: the file is not JSON: `11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111…` is not a number
 --> schemas/exercise.json:1:1
  |
1 | 1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111…
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
");
}

#[test]
fn a_pattern_that_takes_ages_elsewhere_takes_none_here() {
    let pattern = |size| {
        let schema =
            r#"{"properties": {"colour": {"type": "string", "description": "d", "pattern": "^(a+)+$"}}}"#;
        let page = format!("---\ntitle: A\nsummary: S.\ncolour: {}!\n---\n", "a".repeat(size));
        exercise(page).with("schemas/exercise.json", schema)
    };
    is_linear(5_000, pattern);
}
