//! Law: the validator and the crate jsonschema, which reads what we emit, accept and reject the same documents.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail, and say why")]
#![allow(dead_code, reason = "other tests use the rest of the shared modules")]

#[path = "schema_oracle/ids.rs"]
mod ids;
#[path = "shared/site.rs"]
mod site;

use backsite::diagnostic::Place;
use backsite::schema::{Ids, Kind, ReviewDuty, Schemas, Shape, json_schema, validate};
use backsite::source::{SitePath, Source, Span};
use backsite::tree::{Entry, Node, Scalar, ScalarKind, Value as TreeValue};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::cell::Cell;
use std::sync::Arc;

/// The tree that a reader would make of `value`.
fn tree(value: &Value) -> Node {
    let scalar = |kind, text: String| TreeValue::Scalar(Scalar { kind, text: text.into() });
    let value = match value {
        Value::Null => scalar(ScalarKind::Null, "null".into()),
        Value::Bool(value) => scalar(ScalarKind::Bool(*value), value.to_string()),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => scalar(ScalarKind::Integer(integer), number.to_string()),
            None => scalar(ScalarKind::Float(number.as_f64().unwrap()), number.to_string()),
        },
        Value::String(text) => scalar(ScalarKind::Text, text.clone()),
        Value::Array(items) => TreeValue::List(items.iter().map(tree).collect()),
        Value::Object(fields) => TreeValue::Map(
            fields
                .iter()
                .map(|(key, value)| Entry {
                    key: key.as_str().into(),
                    key_span: Span::default(),
                    value: tree(value),
                })
                .collect(),
        ),
    };
    Node { value, span: Span::default() }
}

/// Documents that are complete, so that most mutations are one step from right.
fn complete(kind: &str) -> Value {
    let mut page = json!({
        "title": "Knee rolls", "summary": "A gentle way to loosen a stiff lower back.", "status": "published",
        "version": 1.1, "language": "en-GB", "conditions": ["low-back-pain"], "phases": ["acute", "active"],
        "audience": "carer", "authors": ["a"], "reviewed_by": ["b"], "last_reviewed": "2026-02-28",
        "review_every": "P18M", "sources": ["nice-ng59"],
        "codes": [{"system": "icd-11", "code": "ME84.2"}, {"system": "snomed-ct", "code": "279039007"}],
        "aka": ["rolling knees"], "aliases": ["old.html"],
        "changes": [{"date": "2026-02-28", "version": "1.1", "summary": "New words.", "significance": "editorial"}],
        "retired": {"on": "2026-02-28", "reason": "Old.", "replaced_by": "other"},
        "waive": [{"rule": "review-overdue", "reason": "Soon.", "by": "a", "until": "2026-12-31"}],
    });
    let dose = json!({
        "sets": 2, "reps": "5-10", "hold": "5-10s", "rest": "1min", "duration": "30s", "times": 3, "per": "day",
        "side": "each", "effort": 4,
    });
    let own = match kind {
        "exercise" => json!({
            "start_position": "lying-on-back", "dose": dose, "as_advised": false, "category": "flexibility",
            "equipment": ["a mat"], "easier": ["a"], "harder": ["b"], "progress_when": "*It* is easy.",
            "avoid_if": ["a"], "check_if": ["b"], "supervised": true, "evidence": "trials",
            "images": [{"src": "a.svg", "alt": "A man.", "caption": "So.", "step": 1}],
        }),
        "guidance" => json!({"aspect": "self-care"}),
        "condition" => json!({"safety_net": "a", "body_region": "back", "typical_course": "Weeks."}),
        "phase" => json!({"order": 1, "move_on_when": "Soon."}),
        "medicine" => json!({
            "generic_name": "a", "brand_names": ["b"], "drug_class": "c", "legal_status": "controlled",
            "guideline_position": {"says": "sometimes", "source": "nice-ng59"},
            "warnings": {"driving": "No.", "alcohol": "No.", "pregnancy": "No.", "dependence": "Yes."},
        }),
        "plan" => json!({
            "goal": "Walk.", "items": [{"ref": "a", "phase": "acute", "dose": dose, "note": "So."}, {"ref": "b"}],
            "progress_when": "Soon.", "review_after": "P2W", "diary": {"days": 14, "pain_score": true},
            "cards_per_page": 4,
        }),
        "term" => json!({"definition": "A small joint.", "use_instead": ["joint"]}),
        "safety-net" => json!({"emergency": ["Numb skin."], "urgent": ["Fever."], "routine": ["Pain."]}),
        "clinic" => {
            json!({"ward": "12b", "beds": 7, "contact": {"mail": "a@b.org", "web": "https://b.org/"}})
        }
        _ => json!({}),
    };
    page.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    page
}

/// A kind of the site's own, with keywords that the built-in ones don't need, and a built-in one made stricter.
fn own_schemas() -> Vec<Source> {
    let clinic = json!({
        "x-kind": {"name": "clinic", "plural": "clinics", "folder": "clinics"},
        "properties": {
            "ward": {"type": "string", "pattern": "^[0-9]+[a-z]$", "not": {"const": "13b"}},
            "beds": {"anyOf": [{"type": "integer", "minimum": 5}, {"type": "string", "enum": ["many"]}]},
            "contact": {
                "type": "object",
                "properties": {
                    "mail": {"type": "string", "format": "email"},
                    "web": {"type": "string", "format": "uri"},
                },
                "anyOf": [{"required": ["mail"]}, {"required": ["web"]}],
                "additionalProperties": false,
            },
            "hours": {
                "type": "object",
                "propertyNames": {"enum": ["monday", "tuesday"]},
                "additionalProperties": {"type": ["string", "null"], "minLength": 2},
            },
        },
        "required": ["ward"],
    });
    let term = json!({
        "properties": {"title": {"maxLength": 12}, "grade": {"type": "number", "maximum": 9.5}},
        "required": ["use_instead"],
    });
    [("clinic", clinic), ("term", term)]
        .into_iter()
        .map(|(name, schema)| Source {
            path: SitePath::new(format!("schemas/{name}.json")),
            text: Arc::from(schema.to_string()),
        })
        .collect()
}

/// Values at the edges of what fields take.
fn edge() -> impl Strategy<Value = Value> {
    prop_oneof![
        select(vec![
            json!(null),
            json!(true),
            json!(false),
            json!(-1),
            json!(0),
            json!(1),
            json!(2),
            json!(4),
            json!(5),
            json!(10),
            json!(11),
            json!(50),
            json!(51),
            json!(1.5),
            json!(9.75),
            json!([]),
            json!({}),
            json!(["a"]),
            json!(["a", "a"]),
            json!(["a", 1]),
            json!([null]),
            json!([["a"]]),
            json!([{}]),
            json!({"a": 1}),
            json!({"on": "2026-02-28"}),
            json!({"on": "2026-02-28", "reason": "Old."}),
            json!({"times": 3}),
            json!({"per": "day", "sets": "1-10"}),
            json!({"monday": "9-17"}),
            json!({"monday": null}),
            json!({"sunday": "9-17"}),
            json!([{"system": "mesh", "code": "D017116"}]),
            json!([{"system": "mesh", "code": "M54.5"}]),
            json!([{"system": "icd-10", "code": "M54.5"}]),
        ]),
        select(vec![
            "",
            " ",
            "\n",
            "yes",
            "no",
            "true",
            "draft",
            "published",
            "retired",
            "publishd",
            "expert-opinion",
            "trials",
            "1.0",
            "1",
            "1.1",
            "1.0.0",
            "v1.0",
            "5",
            "0",
            "05",
            "10",
            "11",
            "50",
            "51",
            "5-10",
            "5-11",
            "5–10",
            "5 - 10",
            "5-",
            "-5",
            "5-10-15",
            "5s",
            "0s",
            "5 s",
            "5min",
            "5-10s",
            "5s-10s",
            "3600s",
            "3601s",
            "5h",
            "5smin",
            "P3Y",
            "P4Y",
            "P36M",
            "P37M",
            "P156W",
            "P157W",
            "P1095D",
            "P1096D",
            "P0D",
            "P",
            "P1Y6M",
            "p3y",
            "P10000D",
            "2026-02-28",
            "2026-02-29",
            "2024-02-29",
            "1900-02-29",
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "2026-2-8",
            "28.02.2026",
            "2026-02-28T10:00",
            "0000-01-01",
            "９026-02-28",
            "en",
            "de-CH",
            "english",
            "e",
            "zh-Hant-TW",
            "de-CH-1996",
            "en_GB",
            "a@b.org",
            "a@b",
            "@b.org",
            "a b@c.org",
            "https://b.org",
            "http://",
            "ftp://b.org",
            "https:///a",
            "https://b.org/a b",
            "day",
            "week",
            "12b",
            "13b",
            "many",
            "äöü",
        ])
        .prop_map(Value::from),
        (0usize..320).prop_map(|n| Value::from("ä".repeat(n))),
        (35usize..45).prop_map(|n| Value::from("word \n".repeat(n))),
        (0usize..14)
            .prop_map(|n| Value::from((0..n).map(|i| json!({"ref": format!("x{i}")})).collect::<Vec<_>>())),
    ]
}

/// One step away from a document.
#[derive(Clone, Debug)]
enum Step {
    Drop(Index),
    Rename(Index),
    Replace(Index, Value),
    Add(Index, String, Value),
    Set(&'static str, &'static str),
}

fn step() -> impl Strategy<Value = Step> {
    let key = select(vec![
        "title",
        "dose",
        "version",
        "beds",
        "hours",
        "grade",
        "colour",
        "times",
        "per",
        "evidence",
        "as_advised",
        "retired",
    ]);
    prop_oneof![
        1 => any::<Index>().prop_map(Step::Drop),
        1 => any::<Index>().prop_map(Step::Rename),
        3 => (any::<Index>(), edge()).prop_map(|(at, value)| Step::Replace(at, value)),
        1 => (any::<Index>(), key, edge()).prop_map(|(at, key, value)| Step::Add(at, key.into(), value)),
        1 => select(vec![("status", "draft"), ("status", "published"), ("status", "retired"), ("evidence", "expert-opinion"), ("version", "1.0")])
            .prop_map(|(key, value)| Step::Set(key, value)),
    ]
}

/// The pointers to every value in `value` below the top.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    let mut below = |key: &str, value: &Value| {
        let pointer = format!("{at}/{key}");
        all.push(pointer.clone());
        pointers(value, &pointer, all);
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| below(&i.to_string(), item)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| below(key, value)),
        _ => {}
    }
}

fn apply(document: &mut Value, step: Step) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let pick = |index: Index| (!all.is_empty()).then(|| all[index.index(all.len())].clone());
    let take = |document: &mut Value, pointer: &str| {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap();
        match parent {
            Value::Array(items) => (None, items.remove(key.parse::<usize>().unwrap())),
            other => (Some(key.to_owned()), other.as_object_mut().unwrap().remove(key).unwrap()),
        }
    };
    match step {
        Step::Drop(at) => {
            if let Some(pointer) = pick(at) {
                take(document, &pointer);
            }
        }
        Step::Rename(at) => {
            if let Some(pointer) = pick(at) {
                let (key, value) = take(document, &pointer);
                let parent = document.pointer_mut(pointer.rsplit_once('/').unwrap().0).unwrap();
                match (parent, key) {
                    (Value::Array(items), _) => items.extend([value.clone(), value]),
                    (parent, Some(key)) => parent[key.trim_end_matches('s').to_owned() + "x"] = value,
                    _ => {}
                }
            }
        }
        Step::Replace(at, value) => {
            if let Some(pointer) = pick(at) {
                *document.pointer_mut(&pointer).unwrap() = value;
            }
        }
        Step::Add(at, key, value) => {
            let maps: Vec<String> = std::iter::once(String::new())
                .chain(all.iter().filter(|p| document.pointer(p).unwrap().is_object()).cloned())
                .collect();
            document.pointer_mut(&maps[at.index(maps.len())]).unwrap()[key] = value;
        }
        Step::Set(key, value) => document[key] = value.into(),
    }
}

fn accepts(kind: &Kind, document: &Value) -> Vec<String> {
    let whole = Place::file(&SitePath::new("content/x.md"));
    validate(&kind.shape, &tree(document), &whole, &kind.article)
        .findings
        .into_iter()
        .map(|f| f.message)
        .collect()
}

/// Kinds with the validators of the schemas that we emit for them.
fn kinds() -> Vec<(Kind, jsonschema::Validator)> {
    let mut all = Vec::new();
    for review in [ReviewDuty::Required, ReviewDuty::NotRequired] {
        for sources in [vec![], own_schemas()] {
            let (schemas, findings) = Schemas::with_site(&sources, review);
            assert_eq!(findings, []);
            for kind in schemas.kinds() {
                let schema = json_schema(&kind.shape, &Ids::unknown());
                assert!(!schema.to_string().contains("\"x-"), "only plain JSON Schema is emitted");
                assert!(jsonschema::meta::is_valid(&schema), "{}", kind.name);
                let oracle = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
                all.push((kind.clone(), oracle));
            }
        }
    }
    all
}

#[test]
fn complete_documents_are_accepted_by_both() {
    for (kind, oracle) in kinds() {
        let document = complete(&kind.name);
        assert_eq!(accepts(&kind, &document), [""; 0], "{}", kind.name);
        assert!(oracle.is_valid(&document), "{}", kind.name);
    }
}

#[test]
fn both_accept_and_reject_the_same_documents() {
    let kinds = kinds();
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4000);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let strategy = (any::<Index>(), proptest::collection::vec(step(), 1..5));
    let accepted = Cell::new(0);
    runner
        .run(&strategy, |(at, steps)| {
            let (kind, oracle) = &kinds[at.index(kinds.len())];
            let mut document = complete(&kind.name);
            for step in steps {
                apply(&mut document, step);
            }
            let findings = accepts(kind, &document);
            accepted.set(accepted.get() + u32::from(findings.is_empty()));
            prop_assert_eq!(
                findings.is_empty(),
                oracle.is_valid(&document),
                "{}: {} {:?}",
                &kind.name,
                document,
                findings
            );
            Ok(())
        })
        .unwrap();
    // The law says little unless both happen often; a few cases can be all of one sort.
    assert!(
        cases < 1000 || (cases / 20..cases / 20 * 19).contains(&accepted.get()),
        "{} of {cases} accepted",
        accepted.get()
    );
}

/// Small schemas of standard keywords, whose meaning is not ours to choose.
fn schema() -> impl Strategy<Value = Value> {
    let scalar =
        select(vec![json!(1), json!(2), json!(2.5), json!("a"), json!("ab"), json!(true), json!(null)]);
    let kind = select(vec!["string", "integer", "number", "boolean", "array", "object", "null"]);
    let leaf = prop_oneof![
        Just(json!({})),
        kind.clone().prop_map(|kind| json!({"type": kind})),
        (kind.clone(), kind)
            .prop_filter("two types", |(a, b)| a != b)
            .prop_map(|(a, b)| json!({"type": [a, b]})),
        scalar.clone().prop_map(|value| json!({"const": value})),
        (scalar.clone(), scalar)
            .prop_filter("two values", |(a, b)| a != b)
            .prop_map(|(a, b)| json!({"enum": [a, b]})),
        (0u8..3).prop_map(|n| json!({"minLength": n, "maxLength": n + 1})),
        (0u8..3).prop_map(|n| json!({"minimum": n, "maximum": n + 1})),
        (0u8..2).prop_map(|n| json!({"minItems": n, "maxItems": n + 1})),
        Just(json!({"pattern": "^a"})),
        Just(json!({"required": ["x"]})),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let some = proptest::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            (inner.clone(), inner.clone(), any::<bool>()).prop_map(|(x, y, closed)| {
                let mut schema = json!({"properties": {"x": x, "y": y}});
                if closed {
                    schema["additionalProperties"] = false.into();
                }
                schema
            }),
            inner.clone().prop_map(|each| json!({"additionalProperties": each})),
            inner.clone().prop_map(|items| json!({"items": items})),
            inner.clone().prop_map(|not| json!({"not": not})),
            inner
                .clone()
                .prop_map(
                    |part| json!({"$defs": {"part": part}, "properties": {"x": {"$ref": "#/$defs/part"}}})
                )
                .prop_filter("one definition", |schema| !schema["$defs"]["part"]
                    .to_string()
                    .contains("$defs")),
            some.clone().prop_map(|parts| json!({"anyOf": parts})),
            some.prop_map(|parts| json!({"allOf": parts}))
                // Closed objects of several parts count their fields together here, and each on its own there.
                .prop_filter("no closed part", |schema| !schema.to_string().contains("additionalProperties")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(a, b, c)| json!({"if": a, "then": b, "else": c})),
        ]
    })
}

/// Small documents for them.
fn document() -> impl Strategy<Value = Value> {
    let leaf = select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(2.5),
        json!(""),
        json!("a"),
        json!("ab"),
        json!("bab"),
    ]);
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map("[xyz]", inner, 0..3).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn standard_keywords_mean_what_the_standard_says(schema in schema(), documents in proptest::collection::vec(document(), 8)) {
        let (shape, findings) = Shape::compile(&schema.to_string(), &SitePath::new("schemas/x.json"));
        // What contradicts itself is refused here; there it is taken, and accepts nothing.
        prop_assume!(findings.is_empty());
        let theirs = jsonschema::validator_for(&schema).unwrap();
        let emitted = jsonschema::validator_for(&json_schema(&shape, &Ids::unknown())).unwrap();
        let whole = Place::file(&SitePath::new("x.md"));
        for document in &documents {
            let ours = validate(&shape, &tree(document), &whole, "x").findings;
            prop_assert_eq!(ours.is_empty(), theirs.is_valid(document), "{} {:?}", document, ours);
            prop_assert_eq!(ours.is_empty(), emitted.is_valid(document), "emitted: {} {:?}", document, ours);
        }
    }
}
