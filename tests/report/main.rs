//! Whole reports: the same findings in every format, compared with the files beside this one.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use backsite::diagnostic::{Applicability, Diagnostic, Place, Rule};
use backsite::report::{Detail, Format, Outcome, Output, Report, Sources, Style, Summary, render};
use backsite::source::{SitePath, Span};

mod flood;
mod known;
mod laws;
mod sarif;
mod whole;

#[derive(Default)]
struct Texts(BTreeMap<SitePath, Arc<str>>);

impl Sources for Texts {
    fn text(&self, path: &SitePath) -> Option<Arc<str>> {
        self.0.get(path).cloned()
    }
}

impl Texts {
    fn with(mut self, path: &str, text: impl Into<Arc<str>>) -> Self {
        self.0.insert(SitePath::new(path), text.into());
        self
    }

    /// The place of the `n`th `part` of the file at `path`, counted from 0.
    fn place(&self, path: &str, part: &str, n: usize) -> Place {
        let path = SitePath::new(path);
        let (start, _) = self.0[&path].match_indices(part).nth(n).unwrap();
        Place::new(&path, Span::new(start, start + part.len()))
    }

    fn end(&self, path: &str) -> Place {
        let path = SitePath::new(path);
        let end = self.0[&path].len();
        Place::new(&path, Span::new(end, end))
    }
}

const BIRD_DOG: &str = "content/exercises/bird-dog.md";
const WINDOWS: &str = "content/exercises/windows.md";
const ODD: &str = "content/odd, 100%:ü.md";
const LONG: &str = "content/long.md";
const TABLE: &str = "content/table.md";

fn nasty_texts() -> Texts {
    let ids = "\n".repeat(118) + "id: pacing\n";
    let words = "Ein längerer Satz über den Rücken. ".repeat(30_000);
    Texts::default()
        .with(BIRD_DOG, "---\ntitle: Bird dog\nsummary: Steady the back.\ncondtions: [low-back-pain]\n---\n")
        .with(
            WINDOWS,
            "\u{feff}---\r\ntitle:\tKnee rolls\r\nsummary: 膝を左右に倒す運動です\r\ntitle: Knie\r\n---\r\n",
        )
        .with(ODD, "a \u{1b}[31mred\u{202e} word and {0} [x](1)\nmore")
        .with(LONG, format!("{words}<b>{words}"))
        .with(TABLE, "# Table\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7\n")
        .with("content/a.md", ids)
        .with("content/b.md", "---\nid: pacing\n---\n")
        .with("content/empty.md", "")
}

fn nasty_findings(texts: &Texts) -> Vec<Diagnostic> {
    let key = texts.place(BIRD_DOG, "condtions", 0);
    let span = key.span;
    let rows = texts.place(TABLE, "| a | b |\n|---|---|\n| 1 | 2 |\n", 0);
    let list = texts.place(TABLE, "- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7\n", 0);
    let raw = texts.place(LONG, "<b>", 0);
    vec![
        Diagnostic::new(Rule::DuplicateId, texts.place("content/a.md", "pacing", 0), "`pacing` is the id of two pages")
            .help("rename one of the two files, so that every page of a kind has an id of its own, and then change the links to it")
            .related("first given here", texts.place("content/b.md", "pacing", 0)),
        Diagnostic::new(Rule::FrontMatterMissing, texts.end("content/empty.md"), "the page does not begin with front matter")
            .help("begin with\n---\ntitle: …\n---"),
        Diagnostic::new(Rule::UnknownField, key, "`condtions` is not a field of an exercise")
            .help("did you mean `conditions`?")
            .fix(span, "conditions", Applicability::Safe),
        Diagnostic::new(Rule::DuplicateKey, texts.place(WINDOWS, "title", 1), "`title` stands twice")
            .help("keep one of the two")
            .related("first given here", texts.place(WINDOWS, "title", 0)),
        Diagnostic::new(Rule::SentenceTooLong, texts.place(WINDOWS, "左右に倒す", 0), "a sentence of 31 words")
            .help("make two of it"),
        Diagnostic::new(Rule::ControlCharacter, texts.place(ODD, "\u{1b}", 0), "a control character `\u{1b}`\r\nin the text"),
        Diagnostic::new(Rule::YamlSyntax, texts.place(ODD, "{0} [x](1)", 0), "`{0} [x](1)` is: not, 100% YAML"),
        Diagnostic::new(Rule::FrontMatterUnclosed, texts.end(ODD), "the front matter has no closing line"),
        Diagnostic::new(Rule::NotUtf8, Place::file(&SitePath::new("content/gone.md")), "the file is not UTF-8 text")
            .help("save it as UTF-8"),
        Diagnostic::new(Rule::BadFileName, Place::file(&SitePath::new(LONG)), "a file name in capital letters"),
        Diagnostic::new(Rule::RawHtml, raw, "raw HTML `<b>`").help("write `**bold**`"),
        Diagnostic::new(Rule::TableWithoutHeader, rows, "the table has no words in its header row")
            .help("say what each column holds"),
        Diagnostic::new(Rule::UnusedTerm, list, "a list of seven things"),
    ]
}

fn summary(outcome: Outcome) -> Summary {
    Summary {
        pages: 45,
        handouts: 12,
        elapsed: Duration::from_millis(123),
        strict: false,
        outcome,
        ..Summary::default()
    }
}

fn not_published() -> Summary {
    summary(Outcome::NotPublished { standing: Some("public".to_owned()) })
}

fn published() -> Summary {
    let folder = "public".to_owned();
    summary(Outcome::Published { folder, written: 3, unchanged: 120, removed: 2 })
}

fn nasty(format: Format, detail: Detail, style: Style) -> Output {
    let sources = nasty_texts();
    let findings = nasty_findings(&sources);
    render(
        &Report { findings: &findings, baseline: None, sources: &sources, summary: not_published() },
        format,
        detail,
        style,
    )
}

/// Compares, and leaves what came out where it can be looked at and copied from.
fn check(name: &str, expected: &str, actual: &str) {
    if expected != actual {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, actual).unwrap();
        panic!("tests/report/{name} differs from {}:\n{actual}", path.display());
    }
}

#[test]
fn people_see_an_excerpt_with_carets_and_advice() {
    let Output { stdout, stderr } = nasty(Format::Human, Detail::Normal, Style::Plain);
    assert_eq!(stdout, "");
    check("human.txt", include_str!("human.txt"), &stderr);
}

#[test]
fn colours_change_nothing_but_colours() {
    let plain = nasty(Format::Human, Detail::Normal, Style::Plain).stderr;
    let coloured = nasty(Format::Human, Detail::Normal, Style::Coloured).stderr;
    let mut without = String::new();
    for (i, part) in coloured.split('\u{1b}').enumerate() {
        without += if i == 0 { part } else { part.split_once('m').unwrap().1 };
    }
    assert_ne!(plain, coloured);
    assert_eq!(plain, without);
}

#[test]
fn the_short_form_has_a_line_for_each_finding() {
    let Output { stdout, stderr } = nasty(Format::Short, Detail::Normal, Style::Plain);
    check("short.txt", include_str!("short.txt"), &stdout);
    assert_eq!(stderr.lines().count(), 1);
}

#[test]
fn programs_get_one_json_document() {
    let Output { stdout, stderr } = nasty(Format::Json, Detail::Normal, Style::Coloured);
    assert_eq!(stderr, "");
    check("findings.json", include_str!("findings.json"), &stdout);
}

#[test]
fn code_hosts_get_a_sarif_log() {
    let Output { stdout, stderr } = nasty(Format::Sarif, Detail::Normal, Style::Coloured);
    assert_eq!(stderr, "");
    sarif::assert_valid(&stdout);
    let version = format!(r#""version":"{}"}}"#, env!("CARGO_PKG_VERSION"));
    let stdout = stdout.replace(&version, r#""version":"n.n.n"}"#);
    check("findings.sarif", include_str!("findings.sarif"), &stdout);
}

#[test]
fn a_workflow_gets_a_command_for_each_finding() {
    let Output { stdout, .. } = nasty(Format::Github, Detail::Normal, Style::Plain);
    check("github.txt", include_str!("github.txt"), &stdout);
}

fn render_all(findings: &[Diagnostic], summary: Summary, format: Format, detail: Detail) -> Output {
    let sources = Texts::default();
    render(&Report { findings, baseline: None, sources: &sources, summary }, format, detail, Style::Plain)
}

#[test]
fn an_empty_place_is_marked_wherever_it_lies() {
    let path = SitePath::new("a.md");
    let carets = |text: &str, offset: usize| {
        let sources = Texts::default().with("a.md", text);
        let place = Place::new(&path, Span::new(offset, offset));
        let finding =
            [Diagnostic::new(Rule::YamlSyntax, place, "x").related("y", Place::new(&path, Span::new(1, 1)))];
        let report = Report { findings: &finding, baseline: None, sources: &sources, summary: published() };
        render(&report, Format::Human, Detail::Quiet, Style::Plain).stderr
    };
    let text = "a\n\n\n\n\n\n\n\n\n";
    let expected = "\
error[yaml-syntax]: x
  --> a.md:10:1
   |
10 |
   | ^
   |
note: y
  --> a.md:1:2
   |
 1 | a
   |  ^

";
    assert_eq!(carets(text, text.len()), expected);
    let near = "\
error[yaml-syntax]: x
 --> a.md:3:1
  |
1 | a
  |  - y
2 |
3 |
  | ^

";
    assert_eq!(carets(text, 3), near);
}

#[test]
fn a_place_of_ten_lines_or_a_byte_order_mark_does_not_shift_the_margin() {
    let path = SitePath::new("a.md");
    let sources = Texts::default().with("a.md", "\u{feff}ab\n\n\n\n\n\n\n\n\n\n");
    let place = Place::new(&path, Span::new(4, 5));
    let finding = [Diagnostic::new(Rule::YamlSyntax, place, "x")];
    let report = Report { findings: &finding, baseline: None, sources: &sources, summary: published() };
    let expected = "error[yaml-syntax]: x\n --> a.md:1:2\n  |\n1 | ab\n  |  ^\n\n";
    assert_eq!(render(&report, Format::Human, Detail::Quiet, Style::Plain).stderr, expected);
}
