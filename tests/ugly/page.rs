//! Pages: everything that can be wrong with front matter and with text, one finding for each mistake.

use super::html;
use super::site::{PAGE, Site, body, exercise, fields, is_linear};

#[test]
fn an_empty_page_is_one_mistake() {
    exercise("").is_refused(
        r"
error[front-matter-missing]: the file is empty
 --> content/exercises/a.md
  = help: begin it with a line of `---`, then `title:` and `summary:`, then another `---`
",
    );
    exercise("\n \n").is_refused(
        r"
error[front-matter-missing]: the file is empty
 --> content/exercises/a.md
  = help: begin it with a line of `---`, then `title:` and `summary:`, then another `---`
",
    );
    exercise("\u{feff}").is_refused(
        r"
error[front-matter-missing]: the file is empty
 --> content/exercises/a.md:1:1
  |
1 |
  | ^ help: begin it with a line of `---`, then `title:` and `summary:`, then another `---`
",
    );
}

#[test]
fn a_page_without_front_matter_is_one_mistake() {
    exercise("Lie on your back.\n").is_refused(
        r"
error[front-matter-missing]: the page does not begin with front matter
 --> content/exercises/a.md:1:1
  |
1 | Lie on your back.
  | ^^^^^^^^^^^^^^^^^
  |
  = help: put it first: a line of `---`, then `title:` and `summary:`, then another `---`
",
    );
    exercise("\n---\ntitle: A\nsummary: S.\n---\nText.\n").is_refused(
        r"
error[front-matter-missing]: something stands before the front matter
 --> content/exercises/a.md
  = help: make `---` the very first line of the file
",
    );
    exercise("Text.\n---\ntitle: A\nsummary: S.\n---\nText.\n").is_refused(
        r"
error[front-matter-missing]: something stands before the front matter
 --> content/exercises/a.md:1:1
  |
1 | Text.
  | ^^^^^ help: make `---` the very first line of the file
",
    );
    exercise("title: A\nsummary: S.\n---\nText.\n").is_refused(
        r"
error[front-matter-missing]: the front matter has no first line
 --> content/exercises/a.md:1:1
  |
1 | title: A
  | ^^^^^^^^ help: write a line of `---` above its first field
",
    );
}

#[test]
fn front_matter_that_is_never_closed_is_one_mistake() {
    exercise("---\ntitle: A\nsummary: S.\n# Text\n<b>").is_refused(
        r"
error[front-matter-unclosed]: the front matter that begins here has no end
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^ help: write a line of `---` below its last field
",
    );
    exercise("---").is_refused(
        r"
error[front-matter-unclosed]: the front matter that begins here has no end
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^ help: write a line of `---` below its last field
",
    );
}

#[test]
fn front_matter_without_fields_lacks_two() {
    exercise("---\n---\n").is_refused(
        r"
error[missing-field]: an exercise needs `summary`
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^ help: add `summary`: the one main message of the page, up to 300 characters

error[missing-field]: an exercise needs `title`
 --> content/exercises/a.md:1:1
  |
1 | ---
  | ^^^ help: add `title`: the name of the page, up to 70 characters
",
    );
}

#[test]
fn a_line_of_hyphens_in_code_ends_nothing() {
    let site = body("```\n---\n```\n");
    site.is_built();
    assert!(site.published("exercises/a.html").contains("<code>---\n</code>"));
}

#[test]
fn a_tab_in_front_matter_is_found_at_the_tab() {
    exercise("---\ntitle: A\nsummary: S.\ndose:\n\tsets: 3\n---\n").is_refused(
        r"
error[yaml-syntax]: a tab can't indent YAML
 --> content/exercises/a.md:5:1
  |
5 |     sets: 3
  | ^^^^ help: use two spaces
",
    );
}

#[test]
fn a_quote_that_is_never_closed_is_found_where_it_opens() {
    exercise("---\ntitle: \"A\nsummary: S.\n---\n").is_refused(
        r#"
error[yaml-syntax]: the quote is never closed
 --> content/exercises/a.md:2:8
  |
2 | title: "A
  |        ^ help: close it with `"` at the end of the value
"#,
    );
    exercise("---\ntitle: A\nsummary: 'S.\n---\n").is_refused(
        r"
error[yaml-syntax]: the quote is never closed
 --> content/exercises/a.md:3:10
  |
3 | summary: 'S.
  |          ^ help: close it with `'` at the end of the value
",
    );
}

#[test]
fn a_name_given_twice_is_found_at_the_second() {
    fields("title: B").is_refused(
        r"
error[duplicate-key]: `title` is given twice
 --> content/exercises/a.md:4:1
  |
2 | title: A
  | ----- first given here
3 | summary: S.
4 | title: B
  | ^^^^^
  |
  = help: keep one of the two
",
    );
}

#[test]
fn an_alias_bomb_does_not_go_off() {
    let mut yaml = "aka: &a0 [x, y]\n".to_owned();
    for n in 0..3 {
        yaml.push_str(&format!("aka{n}: &a{} [*a{n}, *a{n}]\n", n + 1));
    }
    let run = fields(&yaml).run(&["check", "--drafts", "--format=short", "--quiet"]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.said.lines().all(|line| line.contains("[yaml-alias]") || line.contains("[unknown-field]")),
        "{}",
        run.said
    );
    fields("aka: &a [x]").is_refused(r"
error[yaml-alias]: `&a` is an anchor of YAML, which is not supported
 --> content/exercises/a.md:4:6
  |
4 | aka: &a [x]
  |      ^^
  |
  = help: delete it, and write the value out wherever it is needed; put the value in quotes if it is part of it
");
    fields("aka: *a").is_refused(
        r"
error[yaml-alias]: `*a` is an alias of YAML, which is not supported
 --> content/exercises/a.md:4:6
  |
4 | aka: *a
  |      ^^ help: write the value out; put it in quotes if it begins with an asterisk
",
    );
    fields("<<: {aka: [x]}").is_refused(
        r"
error[yaml-alias]: `<<` merges fields, which is not supported
 --> content/exercises/a.md:4:1
  |
4 | <<: {aka: [x]}
  | ^^ help: write the fields out
",
    );
    fields("aka: !!python/object [x]").is_refused(
        r"
error[yaml-alias]: `!!python/object` is a tag of YAML, which is not supported
 --> content/exercises/a.md:4:6
  |
4 | aka: !!python/object [x]
  |      ^^^^^^^^^^^^^^^ help: delete it; put the value in quotes if it is part of it
",
    );
}

#[test]
fn a_hundred_thousand_brackets_in_front_matter_are_one_mistake() {
    fields(&format!("aka: {}", "[".repeat(100_000))).is_refused(
        r"
error[yaml-syntax]: lists and fields are nested more than 64 deep
 --> content/exercises/a.md:4:261
  |
4 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
  |                                ^ help: write it with fewer levels
",
    );
    fields(&format!("aka: {}", "{a: ".repeat(50_000))).is_refused(
        r"
error[yaml-syntax]: lists and fields are nested more than 64 deep
 --> content/exercises/a.md:4:258
  |
4 | …: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a…
  |                                ^ help: write it with fewer levels
",
    );
    fields(&format!("aka:\n{}", (0..500).map(|n| format!("{}a:\n", " ".repeat(n + 1))).collect::<String>()))
        .is_refused(
            r"
error[yaml-syntax]: lists and fields are nested more than 64 deep
  --> content/exercises/a.md:68:65
   |
68 | ...                   a:
   |                       ^ help: write it with fewer levels
",
        );
}

#[test]
fn a_page_of_fifty_megabytes_is_one_mistake() {
    exercise(format!("{PAGE}{}", "x".repeat(50_000_000))).is_refused(
        r"
error[file-too-large]: `a.md` is larger than 1 MiB
 --> content/exercises/a.md
  = help: split the page
",
    );
}

#[test]
fn bytes_of_latin_1_are_found_at_the_first() {
    exercise(b"---\ntitle: caf\xe9\nsummary: S.\n---\n\xfcber\n").is_refused(
        r"
error[not-utf8]: the byte 0xe9 is not UTF-8 text
 --> content/exercises/a.md:2:11
  |
2 | title: caf�
  |           ^ help: save the file as UTF-8 and write the character here anew
",
    );
    exercise(b"---\ntitle: A\nsummary: S.\n---\nText \xe9 text.\n").is_refused(
        r"
error[not-utf8]: the byte 0xe9 is not UTF-8 text
 --> content/exercises/a.md:5:6
  |
5 | Text � text.
  |      ^ help: save the file as UTF-8 and write the character here anew
",
    );
    exercise(b"\xff\xfe-\0-\0-\0").is_refused(
        r"
error[not-utf8]: the text is UTF-16, not UTF-8
 --> content/exercises/a.md
  = help: save it as UTF-8
",
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_move_no_place() {
    exercise("\u{feff}---\ntitle: A\nsummary: S.\n---\nText.\n").is_built();
    exercise("---\r\ntitle: A\r\nsummary: S.\r\n---\r\nText.\r\n").is_built();
    exercise("\u{feff}---\r\ntitle: A\r\nsumary: S.\r\n---\r\n\r\n[A guide](nope.md)\r\n").is_refused(
        r"
error[unknown-field]: `sumary` is not a field of an exercise
 --> content/exercises/a.md:3:1
  |
3 | sumary: S.
  | ^^^^^^ help: did you mean `summary`?

error[broken-link]: there is no page `nope.md`
 --> content/exercises/a.md:6:11
  |
6 | [A guide](nope.md)
  |           ^^^^^^^ help: mend the path, or write the page
",
    );
}

#[test]
fn control_characters_are_found_where_they_stand() {
    exercise("---\ntitle: a\0b\nsummary: S.\n---\n").is_refused(
        r"
error[control-character]: there is an invisible control character here, U+0000
 --> content/exercises/a.md:2:9
  |
2 | title: a␀b
  |         ^ help: delete it
",
    );
    exercise("---\ntitle: A\nsummary: S.\n---\na\0b \u{1b}[31m\n").is_refused(
        r"
error[control-character]: there is an invisible control character here, U+0000
 --> content/exercises/a.md:5:2
  |
5 | a␀b ␛[31m
  |  ^ help: delete it

error[control-character]: there is an invisible control character here, U+001B
 --> content/exercises/a.md:5:5
  |
5 | a␀b ␛[31m
  |     ^ help: delete it
",
    );
    fields("aka: [\"\\e[31m\"]").is_refused(
        r#"
error[control-character]: this writes an invisible control character, U+001B
 --> content/exercises/a.md:4:7
  |
4 | aka: ["\e[31m"]
  |       ^^^^^^^^ help: delete the escape
"#,
    );
    fields("aka: [\"\\0\"]").is_refused(
        r#"
error[control-character]: this writes an invisible control character, U+0000
 --> content/exercises/a.md:4:7
  |
4 | aka: ["\0"]
  |       ^^^^ help: delete the escape
"#,
    );
    body("a &#x1b;[31m b").is_refused(
        r"
error[control-character]: this writes an invisible control character, U+001B
 --> content/exercises/a.md:5:3
  |
5 | a &#x1b;[31m b
  |   ^^^^^^ help: delete it
",
    );
    body("[A guide](https://example.org \"&#7;\")").is_refused(
        r#"
error[control-character]: this writes an invisible control character, U+0007
 --> content/exercises/a.md:5:1
  |
5 | [A guide](https://example.org "&#7;")
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ help: delete it
"#,
    );
    body("a &#0; b &#xd800; c").is_built();
}

#[test]
fn a_title_of_nothing_but_blanks_is_one_mistake() {
    exercise("---\ntitle: \"  \"\nsummary: S.\n---\n").is_refused(
        r#"
error[invalid-value]: `title` is blank
 --> content/exercises/a.md:2:8
  |
2 | title: "  "
  |        ^^^^ help: write it: the name of the page, up to 70 characters
"#,
    );
    exercise("---\ntitle: \"\"\nsummary: S.\n---\n").is_refused(
        r#"
error[out-of-range]: `title` is empty
 --> content/exercises/a.md:2:8
  |
2 | title: ""
  |        ^^ help: write it: the name of the page, up to 70 characters
"#,
    );
    exercise("---\ntitle:\nsummary: S.\n---\n").is_refused(
        r"
error[wrong-type]: `title` has no value
 --> content/exercises/a.md:2:7
  |
2 | title:
  |       ^ help: write it: the name of the page, up to 70 characters
",
    );
    exercise("---\ntitle: [A]\nsummary: S.\n---\n").is_refused(
        r"
error[wrong-type]: `title` needs text, and this is a list
 --> content/exercises/a.md:2:8
  |
2 | title: [A]
  |        ^^^ help: write a single value
",
    );
}

#[test]
fn a_title_may_be_an_emoji() {
    exercise("---\ntitle: 🧘\nsummary: S.\n---\n## 🧘\n").is_built();
}

#[test]
fn pages_may_have_one_title() {
    exercise(PAGE).with("content/exercises/b.md", PAGE).with("content/guidance/a.md", PAGE).is_built();
}

#[test]
fn a_number_with_a_zero_before_it_is_a_number() {
    let site = fields("dose:\n  sets: 010\n  reps: 5");
    site.is_built();
    assert!(site.published("exercises/a.html").contains("10 sets"));
}

#[test]
fn a_status_of_yes_is_one_mistake() {
    fields("status: yes").is_refused(
        r"
error[invalid-value]: `status` does not take `yes`
 --> content/exercises/a.md:4:9
  |
4 | status: yes
  |         ^^^ help: write `draft`, `published` or `retired`
",
    );
    fields("status: true").is_refused(
        r"
error[wrong-type]: `status` needs text, and this is `true`
 --> content/exercises/a.md:4:9
  |
4 | status: true
  |         ^^^^ help: write `draft`, `published` or `retired`
",
    );
}

#[test]
fn dates_are_days_written_in_one_way() {
    fields("last_reviewed: 30/02/2026").is_refused(
        r"
error[date-not-iso]: `last_reviewed` is not a date as year, month and day: `30/02/2026`
 --> content/exercises/a.md:4:16
  |
4 | last_reviewed: 30/02/2026
  |                ^^^^^^^^^^
  |
  = help: there is no such day: look it up again, and write it as in `2026-03-31`
",
    );
    fields("last_reviewed: 2026-02-30").is_refused(
        r"
error[date-impossible]: `last_reviewed` is no day of the calendar: `2026-02-30`
 --> content/exercises/a.md:4:16
  |
4 | last_reviewed: 2026-02-30
  |                ^^^^^^^^^^ help: look up the day again
",
    );
    fields("last_reviewed: 9999-12-31").is_refused(
        r"
error[date-in-future]: `9999-12-31` lies in the future
 --> content/exercises/a.md:4:16
  |
4 | last_reviewed: 9999-12-31
  |                ^^^^^^^^^^ help: write the day on which it happened; today is 2026-06-01
",
    );
    fields("last_reviewed: 10000-01-01").is_refused(
        r"
error[date-not-iso]: `last_reviewed` is not a date as year, month and day: `10000-01-01`
 --> content/exercises/a.md:4:16
  |
4 | last_reviewed: 10000-01-01
  |                ^^^^^^^^^^^ help: write your day as year, month and day, as in `2026-03-31`
",
    );
    fields("last_reviewed: 20260131").is_refused(
        r"
error[date-not-iso]: `last_reviewed` is not a date as year, month and day: `20260131`
 --> content/exercises/a.md:4:16
  |
4 | last_reviewed: 20260131
  |                ^^^^^^^^ help: write `2026-01-31`
",
    );
    fields("last_reviewed: 0000-01-01").is_built();
    fields("last_reviewed: 2024-02-29").is_built();
}

#[test]
fn a_version_is_two_numbers() {
    let site = fields(
        "version: 1.10\nchanges: [{date: 2026-01-01, version: 1.10, summary: S., significance: editorial}]",
    );
    site.is_built();
    assert!(site.published("exercises/a.html").contains("1.10"));
    fields("version: 1").is_refused(
        r"
error[invalid-value]: `1` is not a version
 --> content/exercises/a.md:4:10
  |
4 | version: 1
  |          ^ help: write `version: 1.0`
",
    );
    fields("version: .nan").is_refused(
        r"
error[out-of-range]: `version` is `.nan`, which is no number
 --> content/exercises/a.md:4:10
  |
4 | version: .nan
  |          ^^^^ help: write a number that is at least 0
",
    );
    fields("version: -1.0").is_refused(
        r"
error[out-of-range]: `version` is `-1.0`, and the least is 0
 --> content/exercises/a.md:4:10
  |
4 | version: -1.0
  |          ^^^^ help: write a number that is at least 0
",
    );
    fields("version: 99999999999999999999.1").is_refused(
        r"
error[invalid-value]: `99999999999999999999.1` is not a version
 --> content/exercises/a.md:4:10
  |
4 | version: 99999999999999999999.1
  |          ^^^^^^^^^^^^^^^^^^^^^^ help: write two numbers with a full stop between, such as `1.2`
",
    );
    fields("version: []").is_refused(
        r"
error[wrong-type]: `version` needs text or a number, and this is a list
 --> content/exercises/a.md:4:10
  |
4 | version: []
  |          ^^ help: write a single value
",
    );
}

#[test]
fn numbers_out_of_this_world_are_one_mistake() {
    fields("dose: {reps: 10-5}").is_refused(
        r"
error[out-of-range]: `10-5` runs from more to less
 --> content/exercises/a.md:4:14
  |
4 | dose: {reps: 10-5}
  |              ^^^^ help: did you mean `5-10`?
",
    );
    fields("dose: {reps: 99999999999999999999}").is_refused(
        r"
error[wrong-type]: `reps` needs a whole number or a range, and this is the number `99999999999999999999`
 --> content/exercises/a.md:4:14
  |
4 | dose: {reps: 99999999999999999999}
  |              ^^^^^^^^^^^^^^^^^^^^ help: write a whole number from 1 to 50, or two as `5-10`
",
    );
    fields("dose: {reps: .inf}").is_refused(
        r"
error[wrong-type]: `reps` needs a whole number or a range, and this is the number `.inf`
 --> content/exercises/a.md:4:14
  |
4 | dose: {reps: .inf}
  |              ^^^^ help: write a whole number from 1 to 50, or two as `5-10`
",
    );
    fields("dose: {reps: .nan}").is_refused(
        r"
error[wrong-type]: `reps` needs a whole number or a range, and this is the number `.nan`
 --> content/exercises/a.md:4:14
  |
4 | dose: {reps: .nan}
  |              ^^^^ help: write a whole number from 1 to 50, or two as `5-10`
",
    );
    fields("dose: {reps: -5}").is_refused(
        r"
error[out-of-range]: `reps` is `-5`, and the least is 1
 --> content/exercises/a.md:4:14
  |
4 | dose: {reps: -5}
  |              ^^ help: write a whole number from 1 to 50, or two as `5-10`
",
    );
    fields("dose: {reps: 1e2}").is_refused(
        r"
error[wrong-type]: `reps` needs a whole number or a range, and this is the number `1e2`
 --> content/exercises/a.md:4:14
  |
4 | dose: {reps: 1e2}
  |              ^^^ help: write a whole number from 1 to 50, or two as `5-10`
",
    );
    fields("dose: {reps: 5, hold: 99999999999999999999s}").is_refused(
        r"
error[out-of-range]: `hold` is `99999999999999999999s`, and the most is 3600s
 --> content/exercises/a.md:4:23
  |
4 | dose: {reps: 5, hold: 99999999999999999999s}
  |                       ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write a whole number and its unit, as `5s` or `5min`, or two numbers as `5-10s`
",
    );
    fields("review_every: P99999999999Y").is_refused(
        r"
error[invalid-value]: `review_every` needs a time span, and this is `P99999999999Y`
 --> content/exercises/a.md:4:15
  |
4 | review_every: P99999999999Y
  |               ^^^^^^^^^^^^^
  |
  = help: write a number and `Y`, `M`, `W` or `D`: `P3Y` is three years, `P90D` is 90 days
",
    );
}

#[test]
fn nothing_where_something_is_needed_is_one_mistake() {
    fields("conditions: []").is_refused(
        r"
error[out-of-range]: `conditions` is empty
 --> content/exercises/a.md:4:13
  |
4 | conditions: []
  |             ^^ help: name at least one, or take the line out
",
    );
    fields("phases: [~]").is_refused(
        r"
error[wrong-type]: item 1 of `phases` has no value
 --> content/exercises/a.md:4:10
  |
4 | phases: [~]
  |          ^ help: write a value, or take the line out
",
    );
    fields("dose:").is_refused(
        r"
error[wrong-type]: `dose` has no value
 --> content/exercises/a.md:4:6
  |
4 | dose:
  |      ^ help: write a value, or take the line out
",
    );
    fields("dose: []").is_refused(r"
error[wrong-type]: `dose` needs fields of its own, and this is a list
 --> content/exercises/a.md:4:7
  |
4 | dose: []
  |       ^^
  |
  = help: write its fields below it, each on a line of its own: `sets`, `reps`, `hold`, `rest`, `duration`, `times`, `per`, `side` and `effort`
");
    fields("images: [{}]").is_refused(
        r"
error[missing-field]: item 1 of `images` needs `src`
 --> content/exercises/a.md:4:10
  |
4 | images: [{}]
  |          ^^ help: add `src`: the path of the picture, from the page

error[image-alt-missing]: item 1 of `images` needs `alt`
 --> content/exercises/a.md:4:10
  |
4 | images: [{}]
  |          ^^ help: add `alt`: what the picture shows, for people who can't see it
",
    );
    fields("codes: [~]").is_refused(
        r"
error[wrong-type]: item 1 of `codes` has no value
 --> content/exercises/a.md:4:9
  |
4 | codes: [~]
  |         ^ help: write a value, or take the line out
",
    );
}

#[test]
fn a_second_document_and_directives_are_one_mistake() {
    exercise("---\n%YAML 1.2\ntitle: A\nsummary: S.\n---\n").is_refused(
        r"
error[yaml-syntax]: a line can't begin with `%`
 --> content/exercises/a.md:2:1
  |
2 | %YAML 1.2
  | ^ help: put the name in quotes
",
    );
    exercise("---\ntitle: A\nsummary: S.\n--- # more\nb: c\n---\n").is_refused(
        r"
error[front-matter-unclosed]: `---` ends the front matter, and more of its fields stand below
 --> content/exercises/a.md:4:1
  |
4 | --- # more
  | ^^^ help: take this line out
",
    );
    exercise("---\n- title\n---\n").is_refused(
        r"
error[wrong-type]: an exercise needs fields of its own, and this is a list
 --> content/exercises/a.md:2:1
  |
2 | - title
  | ^^^^^^^ help: write its fields below it, each on a line of its own
",
    );
    exercise("---\nhello\n---\n").is_refused(
        r"
error[wrong-type]: an exercise needs fields of its own, and this is the text `hello`
 --> content/exercises/a.md:2:1
  |
2 | hello
  | ^^^^^ help: write its fields below it, each on a line of its own
",
    );
    exercise("---\n? [a]\n: b\n---\n").is_refused(
        r"
error[yaml-syntax]: a list or mapping can't be a name
 --> content/exercises/a.md:2:3
  |
2 | ? [a]
  |   ^ help: put the value in quotes if brackets or braces are part of it
",
    );
}

#[test]
fn a_value_without_end_is_not_repeated_in_full() {
    exercise(format!("---\ntitle: {}\nsummary: S.\n---\n", "x".repeat(100_000))).is_refused(
        r"
error[out-of-range]: `title` has 100000 characters, and the most is 70
 --> content/exercises/a.md:2:8
  |
2 | title: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: shorten it by 99930 characters
",
    );
}

#[test]
fn footnotes_may_refer_to_each_other_and_to_themselves() {
    let site = body("A[^a].\n\n[^a]: See [^a] and [^b].\n\n[^b]: See [^a].\n");
    site.is_built();
    assert_eq!(html::broken(&site.published("exercises/a.html")), None);
}

#[test]
fn headings_of_one_name_and_of_no_letters_have_ids_of_their_own() {
    let site = body("## A\n\n## a-2\n\n### A\n\n## !\n\n## <\n");
    let run = site.run(&["build", "--drafts", "--quiet"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(html::broken(&site.published("exercises/a.html")), None);
}

#[test]
fn links_in_a_circle_are_built() {
    exercise(format!("{PAGE}\n[B](b.md) and [this page here](a.md#)\n"))
        .with("content/exercises/b.md", format!("{PAGE}\n[[a]]\n"))
        .is_built();
}

#[test]
fn exercises_in_a_circle_are_one_mistake() {
    fields("harder: [a]").is_refused(
        r"
error[progression-cycle]: `A` is given as harder or easier than itself
 --> content/exercises/a.md:4:10
  |
4 | harder: [a]
  |          ^ help: take it out
",
    );
    fields("harder: [b]")
        .with("content/exercises/b.md", "---\ntitle: B\nsummary: S.\nharder: [a]\n---\n")
        .is_refused(
            r"
error[progression-cycle]: harder exercises lead in a circle: `A` and `B`
 --> content/exercises/b.md:4:10
  |
4 | harder: [a]
  |          ^ help: `A` can't come after what is harder than it: take one of these steps out
  |
note: `B` is harder than `A`
 --> content/exercises/a.md:4:10
  |
4 | harder: [b]
  |          ^
",
        );
    fields("harder: [b]\neasier: [b]")
        .with("content/exercises/b.md", "---\ntitle: B\nsummary: S.\n---\n")
        .is_refused(
            r"
error[progression-cycle]: harder exercises lead in a circle: `A` and `B`
 --> content/exercises/a.md:5:10
  |
4 | harder: [b]
  |          - `B` is harder than `A`
5 | easier: [b]
  |          ^
  |
  = help: `A` can't come after what is harder than it: take one of these steps out
",
        );
}

#[test]
fn a_plan_that_lists_itself_is_one_mistake() {
    let plan = |items: &str| {
        Site::new().with("content/plans/p.md", format!("---\ntitle: P\nsummary: S.\nitems: {items}\n---\n"))
    };
    plan("[{ref: p}]").is_refused(
        r"
error[unknown-reference]: `p` is a plan, and `ref` takes the id of an exercise or a guidance page
 --> content/plans/p.md:4:15
  |
4 | items: [{ref: p}]
  |               ^ help: take it out, or name another
",
    );
    plan("[]").is_refused(
        r"
error[out-of-range]: `items` is empty
 --> content/plans/p.md:4:8
  |
4 | items: []
  |        ^^ help: name at least one, or take the line out
",
    );
    plan("[~]").is_refused(
        r"
error[wrong-type]: item 1 of `items` has no value
 --> content/plans/p.md:4:9
  |
4 | items: [~]
  |         ^ help: write a value, or take the line out
",
    );
    plan("[{}]").is_refused(
        r"
error[missing-field]: item 1 of `items` needs `ref`
 --> content/plans/p.md:4:9
  |
4 | items: [{}]
  |         ^^ help: add `ref`: the exercise or guidance page, by its id
",
    );
    let site = plan("[{ref: a}, {ref: a}]")
        .with("content/exercises/a.md", format!("{PAGE}\n## Steps\n\nA[^1]\n\n[^1]: N.\n"));
    site.is_built();
    assert_eq!(html::broken(&site.published("plans/p.html")), None);
}

#[test]
fn phases_of_one_order_are_built() {
    let phase = "---\ntitle: A\nsummary: S.\norder: 1\n---\n";
    Site::new().with("content/phases/a.md", phase).with("content/phases/b.md", phase).is_built();
}

#[test]
fn text_takes_time_in_proportion_whatever_it_is_made_of() {
    for piece in [
        ">",
        "> ",
        "[",
        "![",
        "]",
        "[[",
        "[[a|",
        "[^",
        "[x](",
        "*",
        "_a*",
        "**a ",
        "`",
        "<",
        "<a ",
        "<!--",
        "</a>",
        "<?",
        "&",
        "\\",
        "- ",
        "1. ",
        "#",
        "|",
        "{",
        "~~a",
        "^",
        "## {#",
        "[@",
        "[a]: ",
        ": ",
        "a\n: b\n",
        "## a\n",
        "[^a]",
        "> [!NOTE]\n",
        "- [ ] a\n",
        "|a|\n",
        "a ",
        "AB ",
        "5 mg ",
        "5% ",
        "e\u{301}",
        "\u{200b}",
        "\u{2028}",
        "a\r",
        "```\n",
        "a\n---\n",
        "![a](b.png)",
        "[[b]]",
        "[@x]",
        "<b>",
        "www.(",
        "http://(",
        "a@(",
        "&a",
        "(1) a\n",
    ] {
        is_linear(8_000 / piece.len(), |size| body(&piece.repeat(size)));
    }
    is_linear(500, |size| {
        body(&(0..size).map(|n| format!("{}- a\n", "  ".repeat(n % 100))).collect::<String>())
    });
    is_linear(1_000, |size| {
        body(&(0..size).map(|n| format!("[^{n}]: [^{}]\n\n", n + 1)).collect::<String>())
    });
    is_linear(1_000, |size| {
        body(&(0..size).map(|n| format!("## a {{#a{n}}}\n\n[A b](#a{n})\n")).collect::<String>())
    });
}

#[test]
fn fifty_thousand_quotations_and_a_hundred_thousand_brackets_are_built() {
    body(&">".repeat(50_000)).is_built();
    body(&"[".repeat(100_000)).is_built();
    body(&"- ".repeat(50_000)).is_built();
    body(&"*".repeat(100_000)).is_built();
}
