//! The built-in kinds, and what sites can make of them.

use super::*;
use std::sync::Arc;

fn site(files: &[(&str, &str)]) -> (Schemas, Vec<Diagnostic>) {
    let source = |(name, text): &(&str, &str)| Source {
        path: SitePath::new(format!("schemas/{name}.json")),
        text: Arc::from(*text),
    };
    let sources: Vec<Source> = files.iter().map(source).collect();
    Schemas::with_site(&sources, ReviewDuty::NotRequired)
}

/// What is found in the site's schema `text` for `kind`: `place: message | help`.
fn found(kind: &str, text: &str) -> Vec<String> {
    let (_, findings) = site(&[(kind, text)]);
    let line = |f: Diagnostic| {
        assert_eq!(f.rule, Rule::BadSchema);
        let help = f.help.map_or_else(String::new, |help| format!(" | {help}"));
        format!("{}: {}{help}", f.place.span.of(text), f.message)
    };
    findings.into_iter().map(line).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(found("exercise", text), expected, "{text}");
}

/// The messages about `page`, JSON, as a page of `kind`.
fn messages(schemas: &Schemas, kind: &str, page: &str) -> Vec<String> {
    let path = SitePath::new("content/x.md");
    let tree = json::parse(page, &path).0.unwrap();
    let kind = schemas.kind(kind).unwrap();
    let outcome = validate(&kind.shape, &tree, &Place::file(&path), &kind.article);
    outcome.findings.into_iter().map(|f| f.message).collect()
}

#[test]
fn the_built_in_documents_are_without_mistakes() {
    for review in [ReviewDuty::Required, ReviewDuty::NotRequired] {
        let (schemas, findings) = Schemas::with_site(&[], review);
        assert_eq!(findings, []);
        let names: Vec<&str> = schemas.kinds().iter().map(|kind| &*kind.name).collect();
        assert_eq!(
            names,
            ["exercise", "guidance", "condition", "phase", "medicine", "plan", "term", "safety-net", "page"]
        );
    }
}

/// Calls `check` with every shape of `shape` and below.
fn each<'a>(shape: &'a Shape, check: &mut impl FnMut(&'a Shape)) {
    check(shape);
    shape.object.properties.iter().for_each(|property| each(&property.shape, check));
    shape.list.items.iter().for_each(|items| each(items, check));
}

#[test]
fn every_built_in_field_is_described_and_its_samples_are_right() {
    for kind in Schemas::builtin(ReviewDuty::Required).kinds() {
        each(&kind.shape, &mut |shape| {
            for property in &shape.object.properties {
                let notes = &property.shape.notes;
                let name = format!("{} {}", kind.name, property.name);
                assert!(notes.title.is_some(), "{name}");
                assert!(notes.description.as_ref().is_some_and(|text| text.ends_with('.')), "{name}");
            }
            for sample in shape.notes.default.iter().chain(&shape.notes.examples) {
                let outcome = validate(shape, sample, &Place::file(&SitePath::new("x")), "a sample");
                assert_eq!(outcome.findings, []);
            }
        });
    }
}

#[test]
fn kinds_are_found_by_name_and_by_folder() {
    let schemas = Schemas::builtin(ReviewDuty::NotRequired);
    assert_eq!(schemas.kind_in_folder("glossary").map(|kind| &*kind.name), Some("term"));
    assert_eq!(schemas.kind_in_folder("").map(|kind| &*kind.name), Some("page"));
    assert!(schemas.kind_in_folder("recipes").is_none());
    assert_eq!(&*schemas.kind("exercise").unwrap().article, "an exercise");
    let steps = &schemas.kind("exercise").unwrap().sections[0];
    assert_eq!(
        (steps.list, steps.min, steps.max, steps.publish),
        (Some(SectionList::Ordered), Some(2), Some(10), true)
    );
}

#[test]
fn a_site_adds_fields_also_inside_of_closed_objects() {
    let (schemas, findings) = site(&[(
        "exercise",
        r#"{"properties": {"ward": {"type": "string"}, "dose": {"properties": {"tempo": {"type": "string"}}}}}"#,
    )]);
    assert_eq!(findings, []);
    let page = r#"{"title": "T", "summary": "S.", "ward": "1", "dose": {"reps": 5, "tempo": "slow"}}"#;
    assert_eq!(messages(&schemas, "exercise", page), [""; 0]);
    assert_eq!(messages(&schemas, "guidance", r#"{"title": "T", "summary": "S.", "ward": "1"}"#).len(), 1);
}

#[test]
fn a_site_tightens_and_can_not_loosen() {
    let (schemas, findings) = site(&[(
        "term",
        r#"{"required": ["use_instead"],
            "properties": {"title": {"maxLength": 4}, "summary": {"maxLength": 1000}, "definition": {"x-words": 100}}}"#,
    )]);
    assert_eq!(findings, []);
    let summary = "x".repeat(301);
    let words = "word ".repeat(41);
    let page = format!(r#"{{"title": "Title", "summary": "{summary}", "definition": "{words}"}}"#);
    assert_eq!(
        messages(&schemas, "term", &page),
        [
            "a term needs `use_instead`",
            "`title` has 5 characters, and the most is 4",
            "`summary` has 301 characters, and the most is 300",
            "`definition` has 41 words, and the most is 40",
        ]
    );
}

#[test]
fn a_site_has_kinds_of_its_own_with_the_fields_of_every_page() {
    let (schemas, findings) = site(&[
        ("zebra", r#"{"x-kind": {"name": "zebra", "plural": "zebras", "folder": "zebras"}}"#),
        (
            "clinic",
            r#"{"x-kind": {"name": "clinic", "plural": "clinics", "folder": "clinics"}, "x-publish": ["ward"],
                "properties": {"ward": {"type": "string"}, "near": {"x-ref": ["self", "zebra"]}}}"#,
        ),
    ]);
    assert_eq!(findings, []);
    let names: Vec<&str> = schemas.kinds().iter().skip(9).map(|kind| &*kind.name).collect();
    assert_eq!(names, ["clinic", "zebra"]);
    assert_eq!(schemas.kind_in_folder("clinics").map(|kind| &*kind.article), Some("a clinic"));
    assert_eq!(
        messages(&schemas, "clinic", r#"{"title": "T", "status": "published", "near": "a", "word": 1}"#),
        [
            "a clinic needs `authors` to be published",
            "a clinic needs `summary`",
            "`word` is not a field of a clinic",
        ]
    );
}

#[test]
fn a_site_tightens_sections_and_adds_some() {
    let (schemas, findings) = site(&[(
        "exercise",
        r#"{"x-sections": [{"id": "steps", "title": "Steps", "max": 6}, {"id": "why", "title": "Why", "publish": true}]}"#,
    )]);
    assert_eq!(findings, []);
    let sections: Vec<String> =
        schemas.kind("exercise").unwrap().sections.iter().map(|s| format!("{s:?}")).collect();
    assert_eq!(
        sections,
        [
            r#"Section { id: "steps", title: "Steps", list: Some(Ordered), min: Some(2), max: Some(6), publish: true }"#,
            r#"Section { id: "stop-if", title: "Stop if", list: None, min: None, max: None, publish: false }"#,
            r#"Section { id: "why", title: "Why", list: None, min: None, max: None, publish: true }"#,
        ]
    );
}

#[test]
fn a_keyword_that_is_not_known_is_found_at_its_key() {
    check(
        r#"{"properties": {"a": {"maxlength": 3}}}"#,
        &["\"maxlength\": `maxlength` is not a keyword that schemas know | did you mean `maxLength`?"],
    );
    check(
        r#"{"dependentRequired": {}}"#,
        &["\"dependentRequired\": `dependentRequired` is not a keyword that schemas know"],
    );
}

#[test]
fn a_keyword_with_a_wrong_value_is_found_at_the_value() {
    check(
        r#"{"properties": {"a": {"type": "text"}}}"#,
        &[
            "\"text\": `type` needs one of `string`, `integer`, `number`, `boolean`, `array`, `object` and `null`, \
         or a list of them",
        ],
    );
    check(r#"{"properties": {"a": {"maxLength": "3"}}}"#, &["\"3\": `maxLength` needs a whole number"]);
    check(
        r#"{"properties": {"a": {"pattern": "(a"}}}"#,
        &["\"(a\": `pattern` is no regular expression: unclosed group"],
    );
    check(
        r#"{"properties": {"a": {"format": "time"}}}"#,
        &["\"time\": `format` needs one of `date`, `duration`, `uri`, `email` and `language`"],
    );
    check(r#"{"required": "a"}"#, &["\"a\": `required` needs a list of field names"]);
    check(
        r#"{"additionalProperties": true}"#,
        &["true: `additionalProperties` needs `false`, or the schema of all fields"],
    );
    check(r#"{"properties": {"a": true}}"#, &["true: a schema is an object of keywords: `{ ... }`"]);
    check(
        r#"{"properties": {"a": {"x-range": {"minimum": 5, "maximum": 9}}}}"#,
        &[
            "{\"minimum\": 5, \"maximum\": 9}: `x-range` needs `minimum` (0 or 1), `maximum` (up to 9999) and, if its numbers \
         have a unit, `units` (a list of words)",
        ],
    );
    check(
        r#"{"x-sections": [{"id": "a", "title": "A", "list": "bullets"}]}"#,
        &["\"bullets\": `list` can only be `ordered`"],
    );
    check(r#"{"x-rule": {"a": "no-such"}}"#, &["\"no-such\": there is no rule of this name"]);
}

#[test]
fn a_contradiction_is_found_at_the_keyword_that_brings_it() {
    check(
        r#"{"properties": {"title": {"type": "integer"}}}"#,
        &["\"integer\": `type` contradicts what else is said of this value: nothing meets both"],
    );
    check(
        r#"{"properties": {"status": {"enum": ["live"]}}}"#,
        &["[\"live\"]: `enum` contradicts what else is said of this value: nothing meets both"],
    );
    check(
        r#"{"properties": {"title": {"minLength": 80}}}"#,
        &["80: `minLength` contradicts what else is said of this value: nothing meets both"],
    );
    check(
        r#"{"properties": {"easier": {"items": {"x-ref": "plan"}}}}"#,
        &["\"plan\": no page is of two kinds"],
    );
}

#[test]
fn references_lead_to_what_is_known() {
    check(
        r#"{"properties": {"a": {"x-ref": "excercise"}}}"#,
        &["\"excercise\": `excercise` is no kind and no register | did you mean `exercise`?"],
    );
    check(
        r##"{"properties": {"a": {"$ref": "#/$defs/b"}}}"##,
        &[
            "\"#/$defs/b\": `#/$defs/b` leads nowhere | write `#/$defs/name` for a schema under `$defs`, or `common.json` for \
         the fields of every page",
        ],
    );
    check(
        r##"{"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"items": {"$ref": "#/$defs/b"}}}}"##,
        &["\"#/$defs/b\": `#/$defs/b` leads back to itself"],
    );
}

#[test]
fn references_that_multiply_end_in_a_finding() {
    let defs: Vec<String> = (0..40)
        .map(|i| {
            format!(
                r##""d{i}": {{"allOf": [{{"$ref": "#/$defs/d{0}"}}, {{"$ref": "#/$defs/d{0}"}}]}}"##,
                i + 1
            )
        })
        .collect();
    let text = format!(r##"{{"$ref": "#/$defs/d0", "$defs": {{{}, "d40": {{}}}}}}"##, defs.join(", "));
    let found = found("exercise", &text);
    assert!(
        found
            .iter()
            .all(|line| line.ends_with("the schema grows too large when its references are followed"))
    );
    assert!(!found.is_empty());
}

#[test]
fn what_publishing_needs_is_said_at_the_top_only() {
    check(
        r#"{"properties": {"a": {"type": "object", "x-publish": ["b"]}}}"#,
        &["\"x-publish\": `x-publish` is about the page, and can't stand inside of a field"],
    );
}

#[test]
fn a_schema_of_no_kind_is_found() {
    assert_eq!(
        found("excercise", "{}"),
        [": there is no kind `excercise` | did you mean `exercise.json`? a kind of your own needs `x-kind`"]
    );
    assert_eq!(found("exercise", "[]"), ["[]: a schema is an object of keywords: `{ ... }`"]);
    assert_eq!(found("exercise", "{"), ["{: the file is not JSON: unterminated object"]);
    assert_eq!(
        found("exercise", r#"{"x-kind": {"name": "exercise", "plural": "exercises", "folder": "drills"}}"#),
        ["\"x-kind\": a kind that is built in keeps its name and folder | take `x-kind` out"]
    );
}

#[test]
fn two_kinds_do_not_share_a_folder() {
    assert_eq!(
        found("drill", r#"{"x-kind": {"name": "drill", "plural": "drills", "folder": "exercises"}}"#),
        ["\"exercises\": the folder `exercises` belongs to the kind `exercise` already"]
    );
    assert_eq!(
        found("drill", r#"{"x-kind": {"name": "drills", "plural": "drills", "folder": "Drills"}}"#),
        [
            "\"drills\": the `name` of a kind is the name of its file: `drill`",
            "\"Drills\": `x-kind` needs a `folder` of small letters, digits and hyphens",
        ]
    );
    assert_eq!(
        found("people", r#"{"x-kind": {"name": "people", "plural": "people", "folder": "people"}}"#),
        ["\"people\": `people` is the name of something else"]
    );
    assert_eq!(
        found("letter", r#"{"x-kind": {"name": "letter", "plural": "letters", "folder": "a-z"}}"#),
        ["\"a-z\": the folder `a-z` belongs to the list of all names already"]
    );
}

#[test]
fn a_register_is_a_mapping_of_ids_to_entries_of_one_shape() {
    let text = r#"{"type": "object", "propertyNames": {"pattern": "^[a-z0-9-]+$"}, "additionalProperties": {
        "type": "object", "required": ["name"], "additionalProperties": false,
        "properties": {"name": {"type": "string"}, "doi": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
        "anyOf": [{"required": ["doi"]}, {"required": ["url"]}]}}"#;
    let (shape, findings) = Shape::compile(text, &SitePath::new("registers/sources.json"));
    assert_eq!(findings, []);
    let register = r#"{"nice": {"name": "N", "url": "www.nice.org"}, "Bad id": {"nmae": "B", "doi": "1"}, "c": {"name": "C"}}"#;
    let tree = json::parse(register, &SitePath::new("content/sources.yml")).0.unwrap();
    let outcome =
        validate(&shape, &tree, &Place::file(&SitePath::new("content/sources.yml")), "the register");
    let lines: Vec<String> = outcome
        .findings
        .iter()
        .map(|f| format!("{} @ {}: {}", f.rule.name(), f.place.span.of(register), f.message))
        .collect();
    assert_eq!(
        lines,
        [
            "invalid-value @ \"www.nice.org\": `url` needs a web address, and this is `www.nice.org`",
            "invalid-value @ \"Bad id\": `Bad id` can't be an id",
            "unknown-field @ \"nmae\": `nmae` is not a field of `Bad id`",
            "missing-field @ \"c\": `c` needs one of `doi` or `url`",
        ]
    );
}
