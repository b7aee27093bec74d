//! A small site without a mistake, for tests: each changes a file or two, and compares all that is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Verdict, weigh};
use crate::clinical::Date;
use crate::config;
use crate::diagnostic::{Diagnostic, Place};
use crate::input::{Asset, ThemeFiles};
use crate::language;
use crate::markdown::Highlighter;
use crate::page::{self, Parsing};
use crate::register;
use crate::schema::Schemas;
use crate::site::{self, Context, Drafts};
use crate::source::{SitePath, Source};

/// The day on which the tests take place.
const TODAY: &str = "2026-06-15";

/// The files of the site.
fn files() -> BTreeMap<String, String> {
    let condition = "sources: [nice]\nsafety_net: signs";
    let people = [
        "ann: {name: Ann, role: author}\n",
        "bob: {name: Bob, role: clinician}\n",
        "eve: {name: Eve, role: clinician, active: false}\n",
    ];
    let plan_of = "conditions: [back]\nphases: [acute]\nitems: [{ref: squat}]";
    [
        ("site.toml", settings("")),
        ("content/people.yml", people.concat()),
        ("content/sources.yml", source("nice", "")),
        ("content/cautions.yml", "thin-bones: {name: Thin bones}\n".to_owned()),
        ("content/phases/acute.md", page("Acute", "order: 1", "")),
        ("content/phases/active.md", page("Active", "order: 2", "")),
        ("content/safety/signs.md", page("Signs", "sources: [nice]\nemergency: [Chest pain.]", "")),
        ("content/conditions/back.md", page("Back pain", condition, "")),
        ("content/conditions/leg.md", page("Leg pain", condition, "")),
        ("content/guidance/pacing.md", page("Pacing", "conditions: [back]\nsources: [nice]", "")),
        ("content/exercises/squat.md", exercise("Squat", "dose: {reps: 5}")),
        ("content/plans/start.md", plan("First plan", plan_of)),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into()
}

/// An entry of the register of sources with `fields` beside those that it needs.
pub(super) fn source(id: &str, fields: &str) -> String {
    let needed = format!(
        "title: Backs, publisher: NICE, year: 2020, type: guideline, url: \"https://example.org/{id}\""
    );
    format!("{id}: {{{needed}{fields}}}\n")
}

/// The settings of the site, with `groups` below them.
pub(super) fn settings(groups: &str) -> String {
    let own = "title = \"Backs\"\nnotice = \"Only a test.\"\nstop_if = [\"It hurts more.\"]\n";
    format!("{own}[review]\nrequired = false\n{groups}")
}

/// A published page with `fields` beside those that every page has, and `body`.
pub(super) fn page(title: &str, fields: &str, body: &str) -> String {
    let common = format!("title: {title}\nsummary: A sentence.\nstatus: published\nauthors: [ann]\n");
    format!("---\n{common}{fields}\n---\n{body}")
}

/// A published exercise with `fields` beside those that it needs; `dose` is not among these.
pub(super) fn exercise(title: &str, fields: &str) -> String {
    let needed = "conditions: [back]\nphases: [acute]\nstart_position: standing\nsources: [nice]\n";
    page(title, &format!("{needed}{fields}"), "## Steps\n1. Stand up.\n2. Bend your knees.\n")
}

/// A published plan with `fields` beside those that it needs; `conditions`, `phases` and `items` are not among these.
pub(super) fn plan(title: &str, fields: &str) -> String {
    page(title, &format!("goal: Move again.\n{fields}"), "")
}

/// Holds all that is found in the site with `changes` against `expected`. An empty text takes a file out.
#[track_caller]
pub(super) fn check<T: AsRef<str>>(changes: &[(&str, T)], expected: &[&str]) {
    let (found, _) = run(changes);
    assert_eq!(found, expected, "\nfound:\n{}\n", found.join("\n"));
}

/// All that is found in the site with `changes`, each in a line, and the exceptions that were made use of.
pub(super) fn run<T: AsRef<str>>(changes: &[(&str, T)]) -> (Vec<String>, Vec<String>) {
    let mut files = files();
    files.extend(changes.iter().map(|(path, text)| ((*path).to_owned(), text.as_ref().to_owned())));
    files.retain(|_, text| !text.is_empty());
    let verdict = verdict(&files);
    let lines = verdict.findings.iter().map(|finding| line(&files, finding)).collect();
    (lines, verdict.waivers.iter().map(ToString::to_string).collect())
}

fn verdict(files: &BTreeMap<String, String>) -> Verdict {
    let today = Date::parse(TODAY).unwrap();
    let read = |path: &str| {
        files.get(path).map(|text| Source { path: SitePath::new(path), text: Arc::from(text.as_str()) })
    };
    let (config, mut findings) = config::read(read("site.toml").as_ref());
    let schemas: Vec<Source> =
        files.keys().filter(|path| path.starts_with("schemas/")).filter_map(|path| read(path)).collect();
    let (schemas, found) = Schemas::with_site(&schemas, config.review.duty);
    findings.extend(found);
    let registers = ["people", "sources", "cautions"].map(|name| read(&format!("content/{name}.yml")));
    let [people, sources, cautions] = &registers;
    let (registers, found) = register::read(people.as_ref(), sources.as_ref(), cautions.as_ref());
    findings.extend(found);
    let parsing = Parsing {
        schemas: &schemas,
        highlighter: &Highlighter::default(),
        reading: &language::Settings::default(),
        language: &config.language,
    };
    let mut pages = Vec::new();
    let mut assets = Vec::new();
    for path in files.keys().filter(|path| path.starts_with("content/")) {
        if path.ends_with(".md") {
            let (page, found) = page::parse(&read(path).unwrap(), &parsing);
            findings.extend(found);
            let page = page.unwrap();
            findings.extend(page.findings.iter().cloned());
            pages.push(Arc::new(page));
        } else if !path.ends_with(".yml") {
            assets.push(Asset {
                path: SitePath::new(path.as_str()),
                file: path.into(),
                digest: 0,
                size: 0,
                sides: None,
                danger: None,
            });
        }
    }
    let lost = std::collections::BTreeSet::new();
    let context = Context {
        lost: &lost,
        damaged: &[],
        config: &config,
        schemas: &schemas,
        registers: &registers,
        assets: &assets,
        drafts: Drafts::Hidden,
    };
    let (site, found) = site::assemble(context, pages);
    findings.extend(found);
    findings.extend(super::check(&site, &ThemeFiles::default(), today));
    weigh(findings, &site, today)
}

/// A finding in a line: its file, the text it is about, and all that it says.
fn line(files: &BTreeMap<String, String>, finding: &Diagnostic) -> String {
    let place = |place: &Place| {
        let text = files.get(place.path.as_str()).map_or("", |text| place.span.of(text));
        format!("{} `{}`", place.path, text.replace('\n', "\\n"))
    };
    let mut line = format!(
        "{}: {}[{}]: {}",
        place(&finding.place),
        finding.severity.name(),
        finding.rule.name(),
        finding.message
    );
    if let Some(help) = &finding.help {
        line.push_str(&format!("; {help}"));
    }
    for related in &finding.related {
        line.push_str(&format!(" | {}: {}", related.message, place(&related.place)));
    }
    if let Some(fix) = &finding.fix {
        let text = files.get(finding.place.path.as_str()).map_or("", String::as_str);
        line.push_str(&format!(" | write `{}` for `{}`", fix.text, fix.span.of(text)));
    }
    line
}

#[test]
fn the_small_site_has_no_mistake() {
    check::<&str>(&[], &[]);
}
