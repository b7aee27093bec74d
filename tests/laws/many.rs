//! A site with five hundred mistakes in three hundred files has five hundred findings, each at its place.

use std::collections::BTreeMap;
use std::time::Duration;

use backsite::pipeline::{Cache, Texts};
use backsite::report::{Detail, Format, Outcome, Report, Style, Summary, render};
use backsite::source::LineIndex;

use crate::{made_up, read, site};

/// Mistakes in the fields of a page of guidance, each in place of the field with the same number in [`SOUND`]. What is
/// wrong stands between the marks.
const FIELDS: [(usize, &str); 14] = [
    (0, "title: «\"»Page\n"),
    (0, "«titel»: Page\n"),
    (1, "summary: Ein süßer Tipp«:» rest.\n"),
    (1, "summary: «\"» \n"),
    (3, "authors: [«ana»]\n"),
    (3, "authors: «[»anna\n"),
    (4, "conditions: [c0, «c9»]\n"),
    (4, "conditions:\n«\t»- c0\n"),
    (5, "phases: [p0«}»\n"),
    (5, "«phase»: [p0]\n"),
    (6, "sources: [«bok»]\n"),
    (7, "reviewed_by: [ben]\nlast_reviewed: «2025-02-30»\n"),
    (8, "version: «one»\n"),
    (9, "aka: [Ä, «Ä»]\n"),
];

const SOUND: [&str; 10] = [
    "title: Page\n",
    "summary: Some words.\n",
    "status: published\n",
    "authors: [anna]\n",
    "conditions: [c0]\n",
    "phases: [p0]\n",
    "sources: [book]\n",
    "reviewed_by: [ben]\nlast_reviewed: 2025-03-04\n",
    "version: 1.0\n",
    "aka: [Ä]\n",
];

/// Mistakes in a body.
const BODY: [&str; 7] = [
    "Ä [good page](«nowhere.md»).\n",
    "Ä ![a sunny day](«lost.png»).\n",
    "Ä cited [@«nobody»].\n",
    "Ä see [[«nothing»]].\n",
    "Ä «<b>»bold</b>.\n",
    "Ä [good page](«javascript:x»).\n",
    "Ä [good page](«../conditions/c0.md#nowhere»).\n",
];

const PEOPLE: &str = "anna:\n  name: Anna\n  role: clinician\nben:\n  name: Ben«:» B\n  role: «autor»\n«Cleo C»:\n  name: Cleo\n  \
                      role: author\n  «nmae»: C\ndan:\n«name»: Dan\nrole: author\n";
const SETTINGS: &str = "title = \"Ä\"\nnotice = \"Only a test.\"\nreview.required = false\n«outptu» = \"public\"\nlanguage = «'»en\n\n\
                        [rules]\nduplicate-title = \"allow\"\nunused-source = \"allow\"\nunused-term = «\"loud\"»\n«no-rule» = \"allow\"\n\n[help]\nurgent = «5»\n";

/// `text` without its marks, and the places that they show.
fn unmarked(text: &str) -> (String, Vec<(usize, usize)>) {
    let plain = text.replace(['«', '»'], "");
    let index = LineIndex::new(&plain);
    let places = text.match_indices('«').map(|(at, _)| {
        let before = text[..at].replace(['«', '»'], "").len();
        let position = index.position(u32::try_from(before).unwrap());
        (position.line, position.column)
    });
    let places = places.collect();
    (plain, places)
}

/// The page number `n` with the mistakes `fields` in its fields, and `body` in its body.
fn page(n: usize, fields: &[usize], body: Option<usize>) -> String {
    let mut lines = SOUND;
    for n in fields {
        lines[FIELDS[*n].0] = FIELDS[*n].1;
    }
    format!("\u{feff}---\n{}---\n{}", lines.concat(), body.map_or("Rest.\n", |n| BODY[n]))
        .replace('\n', "\r\n")
        // What several pages name alike is told at its register.
        .replace("nobody", &format!("nobody-{n}"))
}

#[test]
fn five_hundred_mistakes_in_three_hundred_files_are_five_hundred_findings() {
    let mut marked: BTreeMap<String, String> = BTreeMap::new();
    marked.insert("content/people.yml".to_owned(), PEOPLE.to_owned());
    marked.insert("site.toml".to_owned(), SETTINGS.to_owned());
    let count = |marked: &BTreeMap<String, String>| {
        marked.values().map(|text| text.matches('«').count()).sum::<usize>()
    };
    for n in 0..298 {
        let left = 500 - count(&marked) - (298 - n);
        let first = n % FIELDS.len();
        let second = (first + 5) % FIELDS.len();
        let fields = if n % 3 == 0 && left > 0 { vec![first, second] } else { vec![first] };
        let body = Some(n % BODY.len()).filter(|_| left >= fields.len());
        marked.insert(format!("content/guidance/page-{n:03}.md"), page(n, &fields, body));
    }
    assert_eq!((marked.len(), count(&marked)), (300, 500));

    let mut files = made_up::frame("");
    let mut expected = Vec::new();
    for (path, text) in &marked {
        let (plain, places) = unmarked(text);
        expected.extend(places.into_iter().map(|place| (path.clone(), place)));
        files.insert(path.clone(), plain.into_bytes());
    }
    let (_folder, read) = read(&files);
    let made = site::run(&read, site::on(site::TODAY), &Cache::default());
    let found: Vec<(String, (usize, usize))> = made
        .outcome
        .findings
        .iter()
        .map(|finding| {
            let path = finding.place.path.as_str();
            let text = std::str::from_utf8(&files[path]).unwrap();
            let position = LineIndex::new(text).position(finding.place.span.start);
            (path.to_owned(), (position.line, position.column))
        })
        .collect();
    let wrong: Vec<_> = made
        .outcome
        .findings
        .iter()
        .zip(&found)
        .filter(|(_, place)| !expected.contains(place))
        .map(|(finding, place)| (place, finding.rule.name(), &finding.message))
        .collect();
    let missing: Vec<_> = expected.iter().filter(|place| !found.contains(place)).collect();
    assert!(wrong.is_empty() && missing.is_empty(), "{wrong:#?} {missing:#?}");
    assert_eq!(found, expected);

    let texts = Texts::new(&read.inputs);
    let shown = |format, detail| {
        let summary = Summary {
            pages: made.outcome.count.pages,
            handouts: made.outcome.count.handouts,
            elapsed: Duration::ZERO,
            strict: false,
            outcome: Outcome::Checked,
            ..Summary::default()
        };
        let report = Report { findings: &made.outcome.findings, baseline: None, sources: &texts, summary };
        let output = render(&report, format, detail, Style::Plain);
        output.stdout + &output.stderr
    };
    let all = shown(Format::Human, Detail::All);
    assert_eq!(all.lines().filter(|line| line.starts_with("error[")).count(), 500);
    assert_eq!(
        shown(Format::Short, Detail::Normal).lines().filter(|line| line.contains("error[")).count(),
        500
    );
    let few = shown(Format::Human, Detail::Normal);
    let full = few.lines().filter(|line| line.starts_with("error[")).count();
    let more: usize = few
        .lines()
        .filter_map(|line| line.strip_prefix("… and ")?.split_once(" more of")?.0.parse::<usize>().ok())
        .sum();
    assert!(full < 100, "{few}");
    assert_eq!(full + more, 500, "{few}");
    assert!(few.contains("500 errors in 300 files"), "{few}");
}
