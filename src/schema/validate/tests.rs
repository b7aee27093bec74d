//! Front matter of pages, and every finding with its place, help and fix.

use super::{Outcome, validate};
use crate::diagnostic::{Place, Rule};
use crate::schema::{ReviewDuty, Schemas};
use crate::source::{SitePath, Span};
use crate::tree::yaml;

/// The page that has `front_matter`, and what its validation finds.
fn outcome(kind: &str, front_matter: &str, review: ReviewDuty) -> (String, Outcome) {
    let file = format!("---\n{front_matter}---\n");
    let path = SitePath::new("content/x.md");
    let (tree, findings) = yaml::parse(front_matter, &path, 4);
    assert_eq!(findings, []);
    let schemas = Schemas::builtin(review);
    let kind = schemas.kind(kind).unwrap();
    let whole = Place::new(&path, Span::new(0, 3));
    let outcome = validate(&kind.shape, &tree.unwrap(), &whole, &kind.article);
    (file, outcome)
}

/// Each finding as `rule @ place: message | help | fix`.
fn found(kind: &str, front_matter: &str) -> Vec<String> {
    let (file, outcome) = outcome(kind, front_matter, ReviewDuty::NotRequired);
    let finding = |f: crate::diagnostic::Diagnostic| {
        let mut line = format!("{} @ {}: {}", f.rule.name(), f.place.span.of(&file), f.message);
        line += &f.help.map_or_else(String::new, |help| format!(" | {help}"));
        line += &f.fix.map_or_else(String::new, |fix| {
            assert_eq!(fix.span, f.place.span);
            format!(" | {}", fix.text)
        });
        line
    };
    outcome.findings.into_iter().map(finding).collect()
}

/// A draft of `kind` with `fields` besides title and summary: what is found.
fn check(kind: &str, fields: &str, expected: &[&str]) {
    assert_eq!(found(kind, &format!("title: T\nsummary: S.\n{fields}")), expected, "{fields}");
}

#[test]
fn title_and_summary_are_enough_for_a_draft() {
    check("exercise", "", &[]);
}

#[test]
fn missing_fields_are_found_at_the_opening_line() {
    assert_eq!(
        found("term", "aka: [x]\n"),
        [
            "missing-field @ ---: a term needs `definition` | add `definition`: what the word means, in at most 40 words",
            "missing-field @ ---: a term needs `summary` | \
             add `summary`: the one main message of the page, up to 300 characters",
            "missing-field @ ---: a term needs `title` | add `title`: the name of the page, up to 70 characters",
        ]
    );
}

#[test]
fn a_missing_nested_field_is_found_at_the_key_above_it() {
    check(
        "medicine",
        "guideline_position:\n  says: sometimes\n",
        &["missing-field @ guideline_position: `guideline_position` needs `source` | \
         add `source`: the guideline, by its id in the register of sources"],
    );
    check(
        "plan",
        "items:\n  - ref: a\n  - note: b\n",
        &[
            "missing-field @ note: item 2 of `items` needs `ref` | add `ref`: the exercise or guidance page, by its id",
        ],
    );
    check(
        "plan",
        "items: [a]\n",
        &["wrong-type @ a: item 1 of `items` needs fields of its own, and this is the text `a` | \
         write `ref: a` | ref: a"],
    );
}

#[test]
fn a_misspelt_field_is_one_finding_and_not_a_missing_one_too() {
    assert_eq!(
        found("exercise", "titel: T\nsummary: S.\ncondtions: [a]\n"),
        [
            "unknown-field @ titel: `titel` is not a field of an exercise | did you mean `title`? | title",
            "unknown-field @ condtions: `condtions` is not a field of an exercise | did you mean `conditions`? | conditions",
        ]
    );
    let published = "title: T\nsummary: S.\nstatus: published\ncondition: [a]\n";
    let rules: Vec<Rule> = outcome("guidance", published, ReviewDuty::NotRequired)
        .1
        .findings
        .iter()
        .map(|finding| finding.rule)
        .collect();
    // Authors and sources are missing, conditions are not.
    assert_eq!(rules, [Rule::MissingField, Rule::MissingField, Rule::UnknownField]);
}

#[test]
fn an_unknown_field_that_is_like_none_says_what_to_do() {
    check(
        "exercise",
        "colour: red\n",
        &["unknown-field @ colour: `colour` is not a field of an exercise | \
         take the line out: `backsite schema exercise` lists all fields"],
    );
    check(
        "exercise",
        "dose:\n  colour: red\n",
        &[
            "unknown-field @ colour: `colour` is not a field of `dose` | the fields of `dose` are `sets`, `reps`, `hold`, \
         `rest`, `duration`, `times`, `per`, `side` and `effort`",
        ],
    );
    check(
        "exercise",
        "conditions: [a]\ncondition: [b]\n",
        &["unknown-field @ condition: `condition` is not a field of an exercise | \
         `conditions` is there already: take this line out"],
    );
}

#[test]
fn what_rests_on_a_wrong_field_is_not_told() {
    let page = "title: T\nsummary: S.\nstatus: published\nauthors: [a]\nconditions: [a]\nphases: [a]\n\
                start_position: sitting\n";
    assert_eq!(
        found("exercise", &format!("{page}as_advised: yes\nevidense: expert-opinion\n")),
        [
            "wrong-type @ yes: `as_advised` needs `true` or `false`, and this is the text `yes` | write `true` | true",
            "unknown-field @ evidense: `evidense` is not a field of an exercise | did you mean `evidence`? | evidence",
        ]
    );
}

#[test]
fn a_value_of_another_type_says_what_to_write() {
    check(
        "exercise",
        "conditions: low-back-pain\n",
        &["wrong-type @ low-back-pain: `conditions` needs a list, and this is the text `low-back-pain` | \
         put it in brackets: `[low-back-pain]` | [low-back-pain]"],
    );
    check(
        "exercise",
        "conditions: low-back-pain, sciatica\n",
        &[
            "wrong-type @ low-back-pain, sciatica: `conditions` needs a list, and this is the text `low-back-pain, sciatica` \
         | put it in brackets: `[low-back-pain, sciatica]` | [low-back-pain, sciatica]",
        ],
    );
    check(
        "exercise",
        "equipment: \"a chair: firm\"\n",
        &[
            "wrong-type @ \"a chair: firm\": `equipment` needs a list, and this is the text `a chair: firm` | \
         put it in brackets: `[\"a chair: firm\"]` | [\"a chair: firm\"]",
        ],
    );
    check(
        "medicine",
        "generic_name: 161\n",
        &[
            "wrong-type @ 161: `generic_name` needs text, and this is the number `161` | put it in quotes: `\"161\"` | \"161\"",
        ],
    );
    check(
        "phase",
        "order: \"2\"\n",
        &[
            "wrong-type @ \"2\": `order` needs a whole number, and this is the text `2` | take the quotes away: `2` | 2",
        ],
    );
    check(
        "phase",
        "order: first\n",
        &[
            "wrong-type @ first: `order` needs a whole number, and this is the text `first` | write a whole number, as `3`",
        ],
    );
    check(
        "exercise",
        "dose: 5\n",
        &[
            "wrong-type @ 5: `dose` needs fields of its own, and this is the number `5` | write its fields below it, each on \
         a line of its own: `sets`, `reps`, `hold`, `rest`, `duration`, `times`, `per`, `side` and `effort`",
        ],
    );
    check(
        "exercise",
        "progress_when: [soon]\n",
        &["wrong-type @ [soon]: `progress_when` needs text, and this is a list | write a single value"],
    );
    check(
        "exercise",
        "language:\n",
        &["wrong-type @ : `language` has no value | write a value, or take the line out"],
    );
    check(
        "exercise",
        "version: [1.0]\n",
        &["wrong-type @ [1.0]: `version` needs text or a number, and this is a list | write a single value"],
    );
}

#[test]
fn a_type_error_is_the_only_finding_about_its_value() {
    check(
        "exercise",
        "conditions: {a: 1}\n",
        &["wrong-type @ {a: 1}: `conditions` needs a list, and this is a group of fields | \
         write a list: begin each entry with a hyphen, as `- `"],
    );
    check(
        "exercise",
        "last_reviewed: 2026\n",
        &["wrong-type @ 2026: `last_reviewed` needs a date, and this is the number `2026` | \
         write your day as year, month and day, as in `2026-03-31`"],
    );
}

#[test]
fn a_value_that_is_not_listed_says_which_are() {
    check(
        "exercise",
        "status: yes\n",
        &["invalid-value @ yes: `status` does not take `yes` | write `draft`, `published` or `retired`"],
    );
    check(
        "exercise",
        "status: Publishd\n",
        &["invalid-value @ Publishd: `status` does not take `Publishd` | \
         did you mean `published`? it takes `draft`, `published` or `retired` | published"],
    );
    check(
        "exercise",
        "status: true\n",
        &[
            "wrong-type @ true: `status` needs text, and this is `true` | write `draft`, `published` or `retired`",
        ],
    );
    check(
        "plan",
        "diary: {days: 10}\n",
        &["invalid-value @ 10: `days` does not take `10` | write `7`, `14` or `28`"],
    );
}

#[test]
fn what_is_out_of_bounds_says_by_how_much() {
    let long = "x".repeat(71);
    assert_eq!(
        found("page", &format!("title: {long}\nsummary: ''\n")),
        [
            format!(
                "out-of-range @ {long}: `title` has 71 characters, and the most is 70 | shorten it by 1 character"
            ),
            "out-of-range @ '': `summary` is empty | write it: the one main message of the page, up to 300 characters".to_owned(),
        ]
    );
    check(
        "exercise",
        "dose: {times: 12, per: day}\n",
        &["out-of-range @ 12: `times` is `12`, and the most is 10 | write a whole number from 1 to 10"],
    );
    check(
        "exercise",
        "conditions: []\n",
        &["out-of-range @ []: `conditions` is empty | name at least one, or take the line out"],
    );
    let items = vec!["{ref: a}"; 14].join(", ");
    check(
        "plan",
        &format!("items: [{items}]\n"),
        &[&format!(
            "out-of-range @ [{items}]: `items` has 14 entries, and the most is 12 | take 2 entries out"
        )],
    );
    let words = vec!["word"; 42].join(" ");
    check(
        "term",
        &format!("definition: {words}\n"),
        &[&format!(
            "out-of-range @ {words}: `definition` has 42 words, and the most is 40 | shorten it by 2 words"
        )],
    );
    check(
        "exercise",
        "review_every: P5Y\n",
        &[
            "out-of-range @ P5Y: `review_every` is `P5Y`, and the longest is `P3Y` | write a shorter time span",
        ],
    );
}

#[test]
fn lengths_count_characters_and_not_bytes() {
    assert_eq!(found("page", &format!("title: {}\nsummary: S.\n", "ä".repeat(70))), [""; 0]);
}

#[test]
fn dates_are_days_of_the_calendar() {
    check(
        "exercise",
        "last_reviewed: 2026/3/5\n",
        &["date-not-iso @ 2026/3/5: `last_reviewed` is not a date as year, month and day: `2026/3/5` | \
         write `2026-03-05` | 2026-03-05"],
    );
    check(
        "exercise",
        "last_reviewed: 05.03.2026\n",
        &["date-not-iso @ 05.03.2026: `last_reviewed` is not a date as year, month and day: `05.03.2026` | \
         write your day as year, month and day, as in `2026-03-31`"],
    );
    check(
        "exercise",
        "last_reviewed: 2026-02-30\n",
        &[
            "date-impossible @ 2026-02-30: `last_reviewed` is no day of the calendar: `2026-02-30` | look up the day again",
        ],
    );
    check("exercise", "last_reviewed: 2024-02-29\n", &[]);
}

#[test]
fn formats_say_how_they_are_written() {
    check(
        "exercise",
        "review_every: 3 years\n",
        &[
            "invalid-value @ 3 years: `review_every` needs a time span, and this is `3 years` | write `P3Y` | P3Y",
        ],
    );
    check(
        "exercise",
        "review_every: often\n",
        &[
            "invalid-value @ often: `review_every` needs a time span, and this is `often` | write a number and `Y`, `M`, `W` \
         or `D`: `P3Y` is three years, `P90D` is 90 days",
        ],
    );
    check(
        "exercise",
        "language: english\n",
        &["invalid-value @ english: `language` needs a language, and this is `english` | \
         write a code as `en`, `de` or `en-GB`"],
    );
    check(
        "exercise",
        "version: 1.x\n",
        &["invalid-value @ 1.x: `version` can't be `1.x` | write it as `1.0` or `2.3`"],
    );
    check(
        "exercise",
        "codes: [{system: icd-10, code: back}]\n",
        &["invalid-value @ back: `code` can't be `back` | write it as `M54.5`"],
    );
}

#[test]
fn ranges_have_bounds_and_units() {
    check("exercise", "dose: {sets: 010, reps: 5-10, hold: 5-10s, rest: 1min}\n", &[]);
    check(
        "exercise",
        "dose: {sets: yes}\n",
        &["wrong-type @ yes: `sets` needs a whole number or a range, and this is `yes` | \
         write a whole number from 1 to 10, or two as `5-10`"],
    );
    check(
        "exercise",
        "dose: {sets: 12}\n",
        &[
            "out-of-range @ 12: `sets` is `12`, and the most is 10 | write a whole number from 1 to 10, or two as `5-10`",
        ],
    );
    check(
        "exercise",
        "dose: {reps: 5-60}\n",
        &[
            "out-of-range @ 5-60: `reps` is `5-60`, and the most is 50 | write a whole number from 1 to 50, or two as `5-10`",
        ],
    );
    check(
        "exercise",
        "dose: {reps: 5 – 10}\n",
        &[
            "invalid-value @ 5 – 10: `reps` needs a whole number or a range, and this is `5 – 10` | write `5-10` | 5-10",
        ],
    );
    check(
        "exercise",
        "dose: {hold: 5}\n",
        &["invalid-value @ 5: `hold` has no unit: `5` | write `5s` or `5min`"],
    );
    check(
        "exercise",
        "dose: {hold: 5-10}\n",
        &["invalid-value @ 5-10: `hold` has no unit: `5-10` | write `5-10s` or `5-10min`"],
    );
    check(
        "exercise",
        "dose: {hold: 5 seconds}\n",
        &[
            "invalid-value @ 5 seconds: `hold` needs a number with its unit, and this is `5 seconds` | write `5s` | 5s",
        ],
    );
    check(
        "exercise",
        "dose: {sets: 2x}\n",
        &[
            "invalid-value @ 2x: `sets` takes no unit: `2x` | write a whole number from 1 to 10, or two as `5-10`",
        ],
    );
}

#[test]
fn an_id_that_stands_twice_is_found_at_the_second() {
    let (file, outcome) =
        outcome("exercise", "title: T\nsummary: S.\nconditions: [a, b, a]\n", ReviewDuty::NotRequired);
    let [finding] = outcome.findings.as_slice() else { panic!("{:?}", outcome.findings) };
    assert_eq!(finding.message, "`a` stands twice in `conditions`");
    assert_eq!(finding.place.span.start as usize, file.rfind('a').unwrap());
    assert_eq!(finding.related[0].place.span.start as usize, file.find("[a").unwrap() + 1);
    let many: Vec<String> = (0..40).map(|i| format!("c{}", i % 39)).collect();
    check(
        "exercise",
        &format!("aka: [{}]\n", many.join(", ")),
        &["invalid-value @ c0: `c0` stands twice in `aka` | take one of them out"],
    );
}

#[test]
fn publishing_needs_more_than_a_draft() {
    assert_eq!(
        found(
            "exercise",
            "title: T\nsummary: S.\nstatus: published\nauthors: [a]\nconditions: [a]\nversion: 1.1\n"
        ),
        [
            "missing-field @ ---: an exercise needs `changes` to be published | \
             add `changes`: what has changed, a version at a time",
            "missing-field @ ---: an exercise needs `dose` to be published | \
             add `dose`: how much to do, and how often; or write `as_advised: true`",
            "missing-field @ ---: an exercise needs `phases` to be published | \
             add `phases`: the phases of recovery that the page is for, by their ids",
            "missing-field @ ---: an exercise needs `sources` to be published | \
             add `sources`: the sources that the page rests on, by their ids in the register of sources",
            "missing-field @ ---: an exercise needs `start_position` to be published | \
             add `start_position`: the position in which the exercise begins",
        ]
    );
    let draft = "title: T\nsummary: S.\nas_advised: true\nevidence: expert-opinion\nversion: 1.0\n";
    assert_eq!(outcome("exercise", draft, ReviewDuty::Required).1.findings, []);
    let published = format!("{draft}status: published\n");
    let (_, outcome) = outcome("exercise", &published, ReviewDuty::Required);
    let messages: Vec<&str> = outcome.findings.iter().map(|finding| &*finding.message).collect();
    assert_eq!(
        messages,
        [
            "an exercise needs `authors` to be published",
            "an exercise needs `conditions` to be published",
            "an exercise needs `last_reviewed` to be published",
            "an exercise needs `phases` to be published",
            "an exercise needs `reviewed_by` to be published",
            "an exercise needs `start_position` to be published",
        ]
    );
}

#[test]
fn a_retired_page_says_when_and_why() {
    check(
        "exercise",
        "status: retired\n",
        &["retired-without-reason @ ---: an exercise needs `retired` | \
         add `retired`: when and why the page was taken back, and the page that replaces it"],
    );
    check(
        "exercise",
        "status: retired\nretired: {on: 2026-01-01}\n",
        &["retired-without-reason @ retired: `retired` needs `reason` | \
         add `reason`: why, in words for the people who look for the page"],
    );
}

#[test]
fn a_picture_without_words_breaks_its_own_rule() {
    check(
        "exercise",
        "images: [{src: a.svg}]\n",
        &["image-alt-missing @ src: item 1 of `images` needs `alt` | \
         add `alt`: what the picture shows, for people who can't see it"],
    );
}

#[test]
fn times_and_per_go_together() {
    check(
        "exercise",
        "dose: {reps: 5, times: 3}\n",
        &["dose-incomplete @ dose: `dose` needs `per` | add `per`: what `times` counts in"],
    );
}

#[test]
fn references_and_inline_values_are_gathered() {
    let front_matter = "title: T\nsummary: S.\navoid_if: [a, b]\nprogress_when: It *is* easy.\n\
                        retired: {on: 2026-01-01, reason: Old., replaced_by: c}\n";
    let (file, outcome) = outcome("exercise", front_matter, ReviewDuty::NotRequired);
    assert_eq!(outcome.findings, []);
    let references: Vec<String> = outcome
        .references
        .iter()
        .map(|r| {
            assert_eq!(r.span.of(&file), &*r.id);
            format!("{} {} {:?}", r.field, r.id, r.targets)
        })
        .collect();
    assert_eq!(
        references,
        [
            "avoid_if a [Kind(\"condition\"), Register(Caution)]",
            "avoid_if b [Kind(\"condition\"), Register(Caution)]",
            "replaced_by c [Kind(\"exercise\")]",
        ]
    );
    let inlines: Vec<&str> = outcome.inlines.iter().map(|span| span.of(&file)).collect();
    assert_eq!(inlines, ["It *is* easy."]);
}

#[test]
fn what_the_reader_refused_is_not_told_again() {
    let path = SitePath::new("content/x.md");
    let (tree, findings) =
        yaml::parse("title: T\nsummary: S.\nstatus: published\nauthors: [a]\nversion: *v\n", &path, 0);
    assert_eq!(findings.len(), 1);
    let schemas = Schemas::builtin(ReviewDuty::NotRequired);
    let whole = Place::file(&path);
    let outcome = validate(&schemas.kind("page").unwrap().shape, &tree.unwrap(), &whole, "a page");
    assert_eq!(outcome.findings, []);
}

#[test]
fn front_matter_that_is_no_mapping_is_one_finding() {
    assert_eq!(
        found("page", "- a\n- b\n"),
        ["wrong-type @ - a\n- b: a page needs fields of its own, and this is a list | \
          write its fields below it, each on a line of its own"]
    );
}
