//! What holds for every report: it is written without panic, and JSON follows its schema.

use backsite::diagnostic::{Applicability, Diagnostic, Fix, Place, Related, Rule};
use backsite::report::{Detail, Format, Report, Style, render};
use backsite::source::{SitePath, Span};
use proptest::prelude::*;

use super::sarif::SCHEMA;
use super::{Texts, nasty, not_published, published, render_all};

pub fn schema() -> serde_json::Value {
    serde_json::from_str(include_str!("../../docs/findings.schema.json")).unwrap()
}

/// The same schema with no property allowed that it does not name, to hold that it names all.
pub fn closed(schema: serde_json::Value) -> serde_json::Value {
    match schema {
        serde_json::Value::Object(members) => {
            let is_object = members.contains_key("required");
            let mut members: serde_json::Map<_, _> =
                members.into_iter().map(|(key, value)| (key, closed(value))).collect();
            if is_object {
                members.insert("additionalProperties".to_owned(), false.into());
            }
            members.into()
        }
        other => other,
    }
}

#[test]
fn the_json_document_is_what_its_schema_describes() {
    let validator = jsonschema::draft202012::new(&closed(schema())).unwrap();
    let document = serde_json::from_str(&nasty(Format::Json, Detail::Normal, Style::Plain).stdout).unwrap();
    if let Err(error) = validator.validate(&document) {
        panic!("{error} at {}", error.instance_path());
    }
}

#[test]
fn so_is_that_of_a_site_with_a_baseline() {
    let validator = jsonschema::draft202012::new(&closed(schema())).unwrap();
    let document = serde_json::from_str(include_str!("known.json")).unwrap();
    if let Err(error) = validator.validate(&document) {
        panic!("{error} at {}", error.instance_path());
    }
}

#[test]
fn the_json_document_of_no_findings_is_short() {
    let output = render_all(&[], published(), Format::Json, Detail::Quiet).stdout;
    let expected = r#"{"version":1,
"findings":[],
"summary":{"pages":45,"errors":0,"warnings":0,"notes":0}}
"#;
    assert_eq!(output, expected);
}

const PIECES: &[&str] = &[
    "a",
    "title: x",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "ä",
    "膝",
    "👩\u{200d}⚕",
    "e\u{301}",
    "\u{1b}[31m",
    "\u{202e}",
    "\0",
    "\u{85}",
    "\u{2028}",
    "%",
    "{0}",
    "`",
    "::",
    "[x](1)",
    "//",
    "}",
    "\u{e0041}",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(PIECES).prop_map(|piece| piece.repeat(150)),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn any_place() -> impl Strategy<Value = Place> {
    let offset = || prop_oneof![9 => 0..200_u32, 1 => any::<u32>()];
    (prop::sample::select(&["a.md", "b, c.md", "gone.md"][..]), offset(), offset())
        .prop_map(|(path, start, end)| Place::new(&SitePath::new(path), Span { start, end }))
}

fn any_finding() -> impl Strategy<Value = Diagnostic> {
    (
        prop::sample::select(Rule::ALL),
        any_place(),
        any_text(),
        prop::option::of(any_text()),
        prop::collection::vec((any_text(), any_place()), 0..3),
        prop::option::of((any_place(), any_text())),
    )
        .prop_map(|(rule, place, message, help, related, fix)| Diagnostic {
            help,
            related: related.into_iter().map(|(message, place)| Related { message, place }).collect(),
            fix: fix.map(|(place, text)| Fix {
                span: place.span,
                text,
                applicability: Applicability::MaybeIncorrect,
            }),
            ..Diagnostic::new(rule, place, message)
        })
}

proptest! {
    #[test]
    fn no_text_and_no_place_stops_a_report(
        one in any_text(),
        other in any_text(),
        findings in prop::collection::vec(any_finding(), 1..5),
    ) {
        let sources = Texts::default().with("a.md", one).with("b, c.md", other);
        let report = |format, style| {
            let report = Report { findings: &findings, baseline: None, sources: &sources, summary: not_published() };
            render(&report, format, Detail::All, style)
        };

        let human = report(Format::Human, Style::Plain).stderr;
        prop_assert!(human.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()), "{human:?}");
        report(Format::Human, Style::Coloured);
        for format in [Format::Short, Format::Github] {
            let stdout = report(format, Style::Plain).stdout;
            prop_assert_eq!(stdout.lines().count(), findings.len());
            prop_assert!(stdout.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()), "{stdout:?}");
        }
        let json = serde_json::from_str(&report(Format::Json, Style::Plain).stdout).unwrap();
        prop_assert!(jsonschema::draft202012::is_valid(&schema(), &json), "{json}");
        let sarif = report(Format::Sarif, Style::Plain).stdout;
        let log = serde_json::from_str(&sarif).unwrap();
        prop_assert!(SCHEMA.is_valid(&log), "{sarif}");
    }
}
