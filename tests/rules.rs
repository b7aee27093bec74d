//! The manual of the rules: every example in it is true, and the pages under `docs/rules` are those of the register.
//!
//! `BACKSITE_BLESS=1 cargo test --test rules` writes the pages.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use backsite::artifact::Nowhere;
use backsite::clinical::Date;
use backsite::diagnostic::{Diagnostic, Rule};
use backsite::explain;
use backsite::input::{self, Inputs, ThemeChoice};
use backsite::language::{self, Text};
use backsite::markdown::{self, Highlighter};
use backsite::pipeline::{self, Cache, Options, Texts};
use backsite::report::Sources;
use backsite::site::Drafts;
use backsite::source::{SitePath, Span};

/// The site that the files of an example stand in.
const SITE: &str = "tests/rules/site";

/// Where the pages of the manual lie.
const MANUAL: &str = "docs/rules";

/// The file of an example that is taken as a baseline.
const BASELINE: &str = "baseline.json";

/// The day on which the examples are checked; `explain` tells it to readers.
const TODAY: &str = "2026-06-15";

/// The sections of every explanation, in their order.
const SECTIONS: [&str; 4] = ["What it finds", "Why it matters", "Bad", "Good"];

/// A stand-in that an example shows, and the bytes that it stands for.
struct StandIn {
    rule: Rule,
    reason: &'static str,
    shown: &'static str,
    meant: fn() -> Vec<u8>,
}

/// What a page of Markdown can't hold, or should not. In each bad example the stand-in has to be found once.
const STAND_INS: [StandIn; 3] = [
    StandIn {
        rule: Rule::NotUtf8,
        reason: "Markdown files are UTF-8 themselves",
        shown: "\u{fffd}",
        meant: || vec![0xe9],
    },
    StandIn {
        rule: Rule::ControlCharacter,
        reason: "nobody could see the character in the manual",
        shown: "\u{2408}",
        meant: || vec![0x08],
    },
    StandIn {
        rule: Rule::FileTooLarge,
        reason: "the page of the manual would be as large",
        shown: "And so on, …",
        meant: || b"And so on. ".repeat(100_000),
    },
];

/// The files of an example, by their paths from the site's root.
type Files = BTreeMap<String, Vec<u8>>;

/// An explanation, taken apart.
#[derive(Default)]
struct Explanation {
    sections: Vec<String>,
    /// The text outside of examples.
    words: String,
    bad: Example,
    good: Example,
}

/// An example: files beside those of the site, and the files of the release before that are not as they are there.
#[derive(Clone, Default)]
struct Example {
    files: Files,
    released: Files,
}

impl Explanation {
    fn of(rule: Rule) -> Self {
        let name = rule.name();
        let mut explanation = Self::default();
        let mut open: Option<(String, String)> = None;
        for line in rule.explanation().lines() {
            match (&mut open, line.strip_prefix("```")) {
                (None, Some(info)) => {
                    let (_, path) =
                        info.split_once(' ').unwrap_or_else(|| panic!("{name}: `{info}` names no file"));
                    open = Some((path.to_owned(), String::new()));
                }
                (Some((_, text)), None) => {
                    text.push_str(line);
                    text.push('\n');
                }
                (Some(_), Some(_)) => {
                    let (path, text) = open.take().unwrap();
                    let example = match explanation.sections.last().map(String::as_str) {
                        Some("Bad") => &mut explanation.bad,
                        Some("Good") => &mut explanation.good,
                        other => panic!("{name}: a file under {other:?}"),
                    };
                    let (files, path) = match path.strip_prefix(explain::RELEASED) {
                        Some(path) => (&mut example.released, path.to_owned()),
                        None => (&mut example.files, path),
                    };
                    assert!(files.insert(path.clone(), text.into_bytes()).is_none(), "{name}: {path} twice");
                }
                (None, None) => {
                    explanation.words.push_str(line);
                    explanation.words.push('\n');
                    explanation.sections.extend(line.strip_prefix("## ").map(str::to_owned));
                }
            }
        }
        assert!(open.is_none(), "{name}: an example without an end");
        for stand_in in STAND_INS.iter().filter(|stand_in| stand_in.rule == rule) {
            stand_in.put_into(&mut explanation.bad.files);
        }
        explanation
    }
}

impl StandIn {
    fn put_into(&self, files: &mut Files) {
        let mut count = 0;
        for bytes in files.values_mut() {
            let text = String::from_utf8(bytes.clone()).unwrap();
            if let Some((before, after)) = text.split_once(self.shown) {
                *bytes = [before.as_bytes(), &(self.meant)(), after.as_bytes()].concat();
                count += 1;
            }
        }
        let name = self.rule.name();
        assert_eq!(count, 1, "{name}: {}, so one file has `{}`", self.reason, self.shown);
    }
}

/// Writes the site of the examples with `files` in it to `root`.
fn write_site(root: &Path, files: &Files) {
    for entry in walkdir::WalkDir::new(SITE) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            write(&root.join(entry.path().strip_prefix(SITE).unwrap()), &fs::read(entry.path()).unwrap());
        }
    }
    for (path, bytes) in files {
        write(&root.join(path), bytes);
    }
}

/// All that is found in the site with `example` in it: the rules, and a line for each finding.
fn found(example: &Example) -> (BTreeSet<Rule>, String) {
    let (findings, _) = run(example);
    let line = |finding: &Diagnostic| {
        format!("    {}: {}: {}\n", finding.place.path, finding.rule.name(), finding.message)
    };
    (findings.iter().map(|finding| finding.rule).collect(), findings.iter().map(line).collect())
}

/// All that is found in the site with `example` in it, and its files.
fn run(example: &Example) -> (Vec<Diagnostic>, Inputs) {
    let folder = tempfile::tempdir().unwrap();
    let root = &folder.path().join("site");
    write_site(root, &example.files);
    let settings = input::settings(root).unwrap();
    let (config, findings) = settings.understood();
    let place = config.place(config.theme.span);
    let theme = ThemeChoice { name: &config.theme.value, place: Some(&place) };
    let mut inputs = input::read(root, settings, theme).unwrap();
    if !example.released.is_empty() {
        let before = folder.path().join("before");
        write_site(&before, &example.released);
        inputs.released = Some(input::release(&before).unwrap());
    }
    if example.files.contains_key(BASELINE) {
        input::read_baseline(root, &root.join(BASELINE), &mut inputs).unwrap();
    }
    let options = Options { drafts: Drafts::Hidden, today: Date::parse(TODAY).unwrap() };
    let outcome = pipeline::run(&inputs, &config, findings, options, &Cache::default(), &Nowhere);
    (outcome.findings, inputs)
}

/// The ways in which a site could try to be rid of the findings of `rule` in `example`, and what it would write.
fn ways_out(rule: Rule, example: &Example) -> Vec<(&'static str, Example)> {
    let name = rule.name();
    let files = &example.files;
    let with = |path: &str, text: String| {
        let mut example = example.clone();
        example.files.insert(path.to_owned(), text.into_bytes());
        example
    };
    let text = |path: &str| {
        let bytes = files.get(path).cloned().or_else(|| fs::read(Path::new(SITE).join(path)).ok());
        String::from_utf8(bytes?).ok()
    };
    let settings = text("site.toml").unwrap();
    let mut ways = vec![("set", with("site.toml", format!("{settings}\n[rules]\n{name} = \"allow\"\n")))];

    let (findings, inputs) = run(example);
    let texts = Texts::new(&inputs);
    let of_rule: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.rule == rule).collect();
    for finding in &of_rule {
        let path = finding.place.path.as_str();
        let waiver = format!("waive: [{{rule: {name}, reason: Later., by: ann, until: 2030-01-01}}]");
        let page = text(path).filter(|page| !page.contains("\nwaive:"));
        if let Some(page) = page.as_deref().and_then(|page| page.strip_prefix("---\n")) {
            ways.push(("waived", with(path, format!("---\n{waiver}\n{page}"))));
        }
    }

    let entry = |finding: &&Diagnostic| {
        let text = texts.text(&finding.place.path).unwrap_or_default();
        let words: Vec<&str> = finding.place.span.of(&text).split_whitespace().collect();
        serde_json::json!({
            "path": finding.place.path.as_str(), "rule": name, "text": words.join(" "), "count": 9
        })
    };
    let entries: Vec<_> = of_rule.iter().map(entry).collect();
    let baseline = serde_json::json!({"backsite": "baseline", "version": 1, "findings": entries});
    ways.push(("in a baseline", with(BASELINE, baseline.to_string())));
    ways
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn the_site_of_the_examples_has_no_finding() {
    assert_eq!(found(&Example::default()).1, "");
}

#[test]
fn a_bad_example_breaks_its_rule_and_no_other() {
    let mut wrong = String::new();
    for rule in Rule::ALL {
        let (rules, lines) = found(&Explanation::of(*rule).bad);
        if rules != BTreeSet::from([*rule]) {
            wrong.push_str(&format!("{}:\n{lines}", rule.name()));
        }
    }
    assert_eq!(wrong, "", "\n{wrong}");
}

#[test]
fn a_good_example_has_no_finding() {
    let mut wrong = String::new();
    for rule in Rule::ALL {
        let (_, lines) = found(&Explanation::of(*rule).good);
        if !lines.is_empty() {
            wrong.push_str(&format!("{}:\n{lines}", rule.name()));
        }
    }
    assert_eq!(wrong, "", "\n{wrong}");
}

#[test]
fn a_rule_that_holds_on_every_site_can_be_neither_set_nor_waived_nor_put_in_a_baseline() {
    // Settings with a mistake may have meant to say when to stop; the mistake is found.
    let quiet =
        |rule: Rule, rules: &BTreeSet<Rule>| rule == Rule::StopIfMissing && rules.contains(&Rule::BadSetting);
    let mut wrong = String::new();
    for rule in Rule::ALL.iter().filter(|rule| !rule.is_configurable()) {
        for (way, example) in ways_out(*rule, &Explanation::of(*rule).bad) {
            let (rules, lines) = found(&example);
            if !rules.contains(rule) && !quiet(*rule, &rules) {
                wrong.push_str(&format!("{} {way}:\n{lines}", rule.name()));
            }
        }
    }
    assert_eq!(wrong, "", "\n{wrong}");
}

#[test]
fn a_rule_that_a_site_can_change_can_be_put_in_a_baseline() {
    let mut wrong = String::new();
    for rule in Rule::ALL.iter().filter(|rule| rule.is_configurable()) {
        let ways = ways_out(*rule, &Explanation::of(*rule).bad);
        for (way, example) in ways.into_iter().filter(|(way, _)| *way == "in a baseline") {
            let (_, lines) = found(&example);
            if !lines.is_empty() {
                wrong.push_str(&format!("{} {way}:\n{lines}", rule.name()));
            }
        }
    }
    assert_eq!(wrong, "", "\n{wrong}");
}

#[test]
fn every_explanation_has_its_sections_and_two_examples() {
    for rule in Rule::ALL {
        let explanation = Explanation::of(*rule);
        assert_eq!(explanation.sections, SECTIONS, "{}", rule.name());
        let (bad, good) = (&explanation.bad.files, &explanation.good.files);
        assert!(!bad.is_empty() && !good.is_empty(), "{}", rule.name());
    }
}

#[test]
fn the_manual_is_as_short_and_plain_as_it_asks_pages_to_be() {
    let mut wrong = String::new();
    for rule in Rule::ALL {
        let words = Explanation::of(*rule).words;
        let path = SitePath::new(format!("{}.md", rule.name()));
        let reading = markdown::page(&words, 0, &path, &Highlighter::default());
        let text = Text {
            path: &path,
            language: "en",
            prose: &reading.prose,
            subject: language::Subject::Other,
            start: Span::default(),
        };
        let settings = language::Settings::default();
        for finding in language::check(&text, &settings) {
            // Other rules name the words that they find.
            if [Rule::SentenceTooLong, Rule::ParagraphTooLong, Rule::ReadingGrade].contains(&finding.rule) {
                let place = finding.place.span.of(&words);
                wrong.push_str(&format!("{path}: {}: {place}\n", finding.message));
            }
        }
    }
    assert_eq!(wrong, "", "\n{wrong}");
}

#[test]
fn the_pages_of_the_manual_are_those_of_the_register() {
    let mut pages: BTreeMap<String, String> =
        Rule::ALL.iter().map(|rule| (format!("{}.md", rule.name()), explain::page(*rule))).collect();
    pages.insert("README.md".to_owned(), explain::index());
    if std::env::var_os("BACKSITE_BLESS").is_some() {
        for (name, text) in &pages {
            write(&Path::new(MANUAL).join(name), text.as_bytes());
        }
    }
    let standing: BTreeMap<String, String> = fs::read_dir(MANUAL)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    let remedy = "run `BACKSITE_BLESS=1 cargo test --test rules`, and delete pages that belong to no rule";
    assert_eq!(names(&standing), names(&pages), "{remedy}");
    for (name, text) in &pages {
        assert_eq!(standing.get(name), Some(text), "{name}: {remedy}");
    }
}

/// What `backsite explain` prints with `arguments`.
fn printed(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_backsite")).arg("explain").args(arguments).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_rule_is_explained_on_the_terminal() {
    assert_eq!(printed(&["raw-html"]), explain::page(Rule::RawHtml));
    assert_eq!(printed(&[]), explain::list());
}
