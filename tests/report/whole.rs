//! All that a report can say beside findings, in the form for people and as JSON.

use backsite::checks::{Standing, State, ToDo, Waiver};
use backsite::clinical::{Date, Version};
use backsite::diagnostic::{Diagnostic, Place, Rule};
use backsite::fix::Fixed;
use backsite::report::{Detail, Format, Outcome, Output, Report, Style, Summary, render};
use backsite::source::{SitePath, Source, Span};

use super::laws::{closed, schema};
use super::{Texts, summary};

const DRAFT: &str = "content/guidance/rest.md";
const TEXT: &str = "---\ntitle: Rest\nsummary: Not for long.\n---\nSee [[squat]].\n";

fn to_do(path: &str) -> ToDo {
    let path = SitePath::new(path);
    let whole = Place::new(&path, Span::new(0, 3));
    let items = vec![
        Diagnostic::new(Rule::MissingField, whole.clone(), "a guidance page needs `authors` to be published")
            .help("add `authors`: the people who wrote the page"),
        Diagnostic::new(
            Rule::SectionMissing,
            whole.clone(),
            "an exercise needs the section `Steps` to be published",
        )
        .help("if it is the section `How`, write `{#steps}` behind these words")
        .related("is it this one?", Place::new(&path, Span::new(50, 53))),
        Diagnostic::new(Rule::StopIfMissing, whole, "the exercise does not say when to stop")
            .help("write `## Stop if`"),
        Diagnostic::new(Rule::ReferenceToDraft, Place::new(&path, Span::new(49, 54)), "`Squat` is a draft")
            .help("publish it first, or take the reference out"),
    ];
    ToDo { path, items }
}

fn everything() -> Summary {
    let source = Source { path: SitePath::new(DRAFT), text: TEXT.replace("title", "titel").into() };
    let fixed =
        vec![Fixed { rule: Rule::UnknownField, source, span: Span::new(4, 9), text: "title".to_owned() }];
    let waiver = Waiver {
        place: Place::new(&SitePath::new(DRAFT), Span::new(11, 15)),
        rule: Rule::AllCaps,
        reason: "It is a quotation.".to_owned(),
        by: "ann".to_owned(),
        until: Date::parse("2026-12-31").ok(),
        findings: to_do(DRAFT).items,
    };
    let standing = Standing {
        path: SitePath::new(DRAFT),
        kind: "guidance".into(),
        title: "Rest".to_owned(),
        state: State::Draft,
        version: Some(Version::FIRST),
        last_reviewed: None,
        review_due: None,
        is_overdue: false,
        lacks: 4,
    };
    Summary {
        fixed,
        to_do: vec![to_do(DRAFT)],
        waivers: vec![waiver],
        standings: Some(vec![standing]),
        ..summary(Outcome::Checked)
    }
}

fn rendered(summary: Summary, format: Format, detail: Detail) -> Output {
    let sources = Texts::default().with(DRAFT, TEXT);
    render(
        &Report { findings: &[], baseline: None, sources: &sources, summary },
        format,
        detail,
        Style::Plain,
    )
}

const LIST: &str = "\
to do before `content/guidance/rest.md` can be published:
  - add `authors`: the people who wrote the page
  - an exercise needs the section `Steps` to be published: if it is the section `How`, write `{#steps}` behind these words
  - the exercise does not say when to stop: write `## Stop if`
  - line 5: `Squat` is a draft: publish it first, or take the reference out

";

#[test]
fn people_see_what_was_fixed_then_lists_and_exceptions_and_the_table_apart() {
    let Output { stdout, stderr } = rendered(everything(), Format::Human, Detail::Normal);
    assert_eq!(
        stderr,
        format!(
            "fixed: content/guidance/rest.md:2:1: `titel` is now `title`\n\n{LIST}\
             note: content/guidance/rest.md: `all-caps` is waived by `ann` until 2026-12-31 (4 findings): It is a \
             quotation.\n\
             45 pages, 12 handouts: no findings. Fixed 1 mistake in 1 file. Checked in 0.12 s.\n"
        )
    );
    assert_eq!(
        stdout,
        "Drafts\n\nkind      title  version  reviewed  still lacks\nguidance  Rest   1.0      -         4 things\n\n\
         1 page: 0 published, 1 draft\n\n"
    );
}

#[test]
fn what_was_changed_is_said_even_to_those_who_want_to_hear_little() {
    let quiet = rendered(everything(), Format::Human, Detail::Quiet).stderr;
    assert_eq!(quiet, "fixed: content/guidance/rest.md:2:1: `titel` is now `title`\n\n");
    for format in [Format::Short, Format::Github] {
        let Output { stdout, stderr } = rendered(everything(), format, Detail::Normal);
        assert_eq!(stdout, "");
        assert!(stderr.starts_with(&quiet) && stderr.contains(LIST), "{stderr}");
    }
}

#[test]
fn of_many_lists_the_first_are_shown_and_the_rest_counted() {
    let lists: Vec<ToDo> = (0..5000).map(|n| to_do(&format!("content/guidance/{n:04}.md"))).collect();
    let shown = |number: usize, detail| {
        let summary = Summary { to_do: lists[..number].to_vec(), ..summary(Outcome::Checked) };
        rendered(summary, Format::Human, detail).stderr
    };
    let many = shown(5000, Detail::Normal);
    assert_eq!(many.matches("to do before").count(), 3);
    assert!(many.contains("\n… and 4997 more drafts lack something; `--all` shows each list\n"), "{many}");
    assert!(shown(4, Detail::Normal).contains("… and 1 more draft lacks something"));
    assert_eq!(shown(5000, Detail::All).matches("to do before").count(), 5000);
}

#[test]
fn programs_get_all_of_it_in_the_json_document() {
    let Output { stdout, stderr } = rendered(everything(), Format::Json, Detail::Quiet);
    assert_eq!(stderr, "");
    let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let validator = jsonschema::draft202012::new(&closed(schema())).unwrap();
    if let Err(error) = validator.validate(&document) {
        panic!("{error} at {}", error.instance_path());
    }
    let lines: Vec<&str> = stdout.lines().filter(|line| !line.contains("\"items\"")).collect();
    assert_eq!(
        lines,
        [
            r#"{"version":1,"#,
            r#""findings":[],"#,
            r#""fixed":["#,
            r#"{"rule":"unknown-field","path":"content/guidance/rest.md","line":2,"column":1,"end_line":2,"end_column":6,"old":"titel","new":"title"}],"#,
            r#""to_do":["#,
            r#""waivers":["#,
            r#"{"rule":"all-caps","path":"content/guidance/rest.md","line":2,"column":8,"reason":"It is a quotation.","by":"ann","until":"2026-12-31","findings":4}],"#,
            r#""pages":["#,
            r#"{"path":"content/guidance/rest.md","kind":"guidance","title":"Rest","status":"draft","version":"1.0","overdue":false,"lacks":4}],"#,
            r#""summary":{"pages":45,"errors":0,"warnings":0,"notes":0}}"#,
        ]
    );
    let items = document["to_do"][0]["items"].as_array().unwrap();
    let rules: Vec<&str> = items.iter().filter_map(|item| item["rule"].as_str()).collect();
    assert_eq!(rules, ["missing-field", "section-missing", "stop-if-missing", "reference-to-draft"]);
    assert_eq!((&items[3]["line"], &items[3]["column"]), (&5.into(), &7.into()));
}
