//! No text makes the program panic, whichever file it stands in, and every report of it can be written.

use std::time::Duration;

use backsite::pipeline::{Cache, Texts};
use backsite::report::{Detail, Format, Outcome, Report, Style, Summary, render};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::site::Files;
use crate::{made_up, read, site, tries};

/// Pieces of which files of a site are made, so that rubbish gets further than to the first check.
const PIECES: [&str; 72] = [
    "---\n",
    "\n",
    "title: ",
    "summary: ",
    "status: published\n",
    "a",
    " ",
    "  ",
    "- ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "&x ",
    "*x",
    "!!t ",
    "|\n",
    ">\n",
    "#",
    "##",
    "## Steps\n",
    "1. ",
    "[[squat]]",
    "[a](b.md)",
    "![](",
    "[@book]",
    "[^1]",
    "[^1]: ",
    "<b>",
    "</",
    "<!--",
    "```rust\n",
    "```\n",
    "> [!NOTE]\n",
    "| a |\n|--|\n",
    "\t",
    "\r\n",
    "\u{feff}",
    "é",
    "\u{0}",
    "😀",
    "\\",
    "%",
    "{{ ",
    " }}",
    "{% ",
    " %}",
    "{% if x %}",
    "{% endif %}",
    "{% block main %}",
    "{% for a in b %}",
    "{{ page.title }}",
    "[review]\n",
    "= ",
    "required",
    "true",
    "1",
    "\"x\"",
    "\"properties\": ",
    "\"type\": ",
    "\"string\"",
    ",",
    "anna:\n",
    "dose:\n",
    "  reps: 5-10\n",
    "conditions: [c0]\n",
    "2026-02-30",
    "$ref",
    "http://",
];

/// Rubbish: pieces of files, any characters, and any bytes.
fn rubbish() -> impl Strategy<Value = Vec<u8>> {
    let pieces =
        vec(proptest::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat().into_bytes());
    let text = any::<String>().prop_map(String::into_bytes);
    let front = vec(proptest::sample::select(&PIECES[..]), 0..40).prop_map(|pieces| {
        format!("---\ntitle: A\nsummary: B\nstatus: published\n---\n{}", pieces.concat()).into_bytes()
    });
    prop_oneof![4 => pieces, 1 => text, 1 => vec(any::<u8>(), 0..200), 4 => front]
}

/// Where the rubbish is put.
const PLACES: [&str; 11] = [
    "content/exercises/squat.md",
    "content/guidance/pacing.md",
    "content/conditions/c0.md",
    "content/plans/plan.md",
    "content/index.md",
    "site.toml",
    "content/people.yml",
    "content/sources.yml",
    "schemas/exercise.json",
    "themes/clinic/templates/guidance.html",
    "themes/clinic/i18n/en.toml",
];

fn survives(path: &str, bytes: Vec<u8>) {
    let mut files: Files = made_up::frame("");
    let page = |title: &str| {
        format!(
            "---\ntitle: {title}\nsummary: Some.\nstatus: published\nauthors: [anna]\nconditions: [c0]\nphases: [p0]\n\
                 sources: [book]\n---\n"
        )
    };
    files.insert("content/guidance/pacing.md".to_owned(), page("Pacing").into_bytes());
    files.insert(path.to_owned(), bytes);
    let (_folder, read) = read(&files);
    let made = site::run(&read, site::on(site::TODAY), &Cache::default());
    let texts = Texts::new(&read.inputs);
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
        let summary = Summary {
            pages: made.outcome.count.pages,
            handouts: made.outcome.count.handouts,
            elapsed: Duration::ZERO,
            strict: false,
            outcome: Outcome::Checked,
            ..Summary::default()
        };
        let report = Report {
            findings: &made.outcome.findings,
            baseline: made.outcome.baseline.as_ref(),
            sources: &texts,
            summary,
        };
        render(&report, format, Detail::All, Style::Coloured);
    }
}

proptest! {
    #![proptest_config(tries(80))]

    #[test]
    fn no_text_in_any_file_makes_the_program_panic(
        path in proptest::sample::select(&PLACES[..]),
        bytes in rubbish(),
    ) {
        survives(path, bytes);
    }
}
