//! Mending: what is mended is as if it had never been wrong, and nothing else is touched.

use std::collections::BTreeSet;

use backsite::diagnostic::{Applicability, Diagnostic, Place, Rule};
use backsite::fix::{self, Mended};
use backsite::pipeline::{Cache, Texts};
use backsite::report::{Detail, Format, Report, Style, Summary, render};
use backsite::source::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::site::{self, Files};
use crate::{made_up, read, tries};

/// A mistake that can be mended for certain.
#[derive(Clone, Copy, Debug)]
enum Slip {
    /// The last letter of a field's name stands twice.
    Doubled,
    /// Its last two letters have changed places.
    Swapped,
    /// It begins with a capital letter.
    Capital,
    /// It has hyphens for underscores.
    Hyphen,
    /// A date has slashes.
    Slashes,
    /// An id has blanks around it.
    Blanks,
    /// A setting is misspelt.
    Setting,
    /// A field of the register of people is misspelt.
    Person,
}

/// Slips, each in a page and a line by their numbers.
fn slips() -> impl Strategy<Value = Vec<(Slip, usize, usize)>> {
    use Slip::{Blanks, Capital, Doubled, Hyphen, Person, Setting, Slashes, Swapped};
    let all = [Doubled, Swapped, Capital, Hyphen, Slashes, Blanks, Setting, Person];
    vec((proptest::sample::select(all.to_vec()), 0usize..20, 0usize..12), 1..6)
}

/// How the lines of pages end, and whether they begin with a byte order mark.
#[derive(Clone, Copy, Debug)]
enum Editor {
    Unix,
    Windows,
}

fn editor() -> impl Strategy<Value = Editor> {
    proptest::sample::select(vec![Editor::Unix, Editor::Windows])
}

/// A site as its author might have it: with ids in quotes, which keep blanks, and with the marks of the editor.
fn base(mut files: Files, editor: Editor) -> Files {
    for (path, bytes) in &mut files {
        if !path.ends_with(".md") {
            continue;
        }
        let mut text = String::from_utf8(bytes.clone()).unwrap();
        text = text.replace("authors: [anna]", "authors: [\"anna\"]");
        if matches!(editor, Editor::Windows) {
            text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        }
        *bytes = text.into_bytes();
    }
    files
}

/// The site with the slips, at most one in each file: two might make one that is none.
fn spoilt(files: &Files, slips: &[(Slip, usize, usize)]) -> Files {
    let mut spoilt = files.clone();
    let pages: Vec<&String> = files.keys().filter(|path| path.ends_with(".md")).collect();
    let mut touched = BTreeSet::new();
    for (slip, page, line) in slips {
        let path = match slip {
            Slip::Setting => "site.toml".to_owned(),
            Slip::Person => "content/people.yml".to_owned(),
            _ => pages[page % pages.len()].clone(),
        };
        if !touched.insert(path.clone()) {
            continue;
        }
        let text = String::from_utf8(files[&path].clone()).unwrap();
        let new = match slip {
            Slip::Setting => text.replacen("title", "titlle", 1),
            Slip::Person => text.replacen("name:", "nmae:", 1),
            _ => with_slip(&text, *slip, *line),
        };
        spoilt.insert(path, new.into_bytes());
    }
    spoilt
}

/// The page with a slip in one of the lines of its front matter. One that can't be told from the text is left alone.
fn with_slip(text: &str, slip: Slip, line: usize) -> String {
    let Some((end, _)) = text.match_indices("\n---").next() else { return text.to_owned() };
    let (front, rest) = text.split_at(end);
    let front = match slip {
        Slip::Slashes => front.replacen("on: 2025-01-01", "on: 2025/01/01", 1),
        Slip::Blanks => front.replacen("[\"anna\"]", "[\" anna  \"]", 1),
        _ => with_key(front, slip, line),
    };
    front + rest
}

fn with_key(front: &str, slip: Slip, line: usize) -> String {
    // A field whose name stands there misspelt already: with a second one nobody could tell which is meant.
    let has_twin = |key: &str| key == "summary" && front.contains("\nsumary:");
    let is_key = |key: &str| {
        key.len() > 3 && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !has_twin(key)
    };
    let keys: Vec<(usize, &str)> = front
        .match_indices('\n')
        .filter_map(|(at, _)| Some((at + 1, front[at + 1..].split(':').next()?)))
        .filter(|(_, key)| is_key(key))
        .collect();
    let Some((at, key)) = keys.get(line % keys.len().max(1)) else { return front.to_owned() };
    let new = match slip {
        Slip::Doubled => format!("{key}{}", &key[key.len() - 1..]),
        Slip::Swapped => {
            let (start, end) = key.split_at(key.len() - 2);
            format!("{start}{}{}", &end[1..], &end[..1])
        }
        Slip::Capital => format!("{}{}", key[..1].to_uppercase(), &key[1..]),
        _ => key.replace('_', "-"),
    };
    format!("{}{new}{}", &front[..*at], &front[at + key.len()..])
}

fn look(files: &Files) -> (Vec<Diagnostic>, Vec<Mended>) {
    let (_folder, read) = read(files);
    let made = site::run(&read, site::on(site::TODAY), &Cache::default());
    let mended = fix::mend(&read.inputs, &made.outcome.findings);
    (made.outcome.findings, mended)
}

/// The site as mending leaves it, and what is found in it then.
fn mended(mut files: Files) -> (Files, Vec<Diagnostic>) {
    for _ in 0..5 {
        let (findings, mended) = look(&files);
        if mended.is_empty() {
            return (files, findings);
        }
        for file in mended {
            files.insert(file.source.path.as_str().to_owned(), file.text.into_bytes());
        }
    }
    panic!("mending has no end");
}

/// What stands below the front matter.
fn body(text: &str) -> Option<&str> {
    Some(text.split_once("---")?.1.split_once("\n---")?.1)
}

proptest! {
    #![proptest_config(tries(12))]

    #[test]
    fn a_site_that_is_mended_is_as_if_it_had_never_been_wrong(
        site in made_up::any_site(),
        slips in slips(),
        editor in editor(),
    ) {
        let right = base(site.0, editor);
        let (files, found) = mended(spoilt(&right, &slips));
        for (path, bytes) in &files {
            let (is, was) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&right[path]));
            prop_assert_eq!(is, was, "{} differs", path);
        }
        // So no finding is caused by mending, and mending again changes nothing.
        prop_assert_eq!(found, look(&right).0);
    }

    #[test]
    fn whatever_is_mended_the_text_of_pages_stays_as_it_is(
        site in made_up::any_site(),
        slips in slips(),
        changes in vec((any::<prop::sample::Index>(), 0u32..400, 0u32..20, "[a-z]{0,6}"), 0..12),
    ) {
        let (_folder, read) = read(&spoilt(&site.0, &slips));
        let mut findings = site::run(&read, site::on(site::TODAY), &Cache::default()).outcome.findings;
        // Even if rules called changes safe that lie anywhere.
        for (page, start, length, text) in changes {
            let path = &page.get(&read.inputs.pages).path;
            let span = Span { start, end: start + length };
            let finding = Diagnostic::new(Rule::UnknownField, Place::new(path, span), text.clone());
            findings.push(finding.fix(span, text, Applicability::Safe));
        }
        for file in fix::mend(&read.inputs, &findings) {
            if file.source.path.as_str().ends_with(".md") {
                prop_assert_eq!(body(&file.source.text), body(&file.text));
            }
        }
    }
}

/// A change as reports for programs give it: the path, the bytes, the text, and whether it is certain.
type Change = (String, std::ops::Range<usize>, String, bool);

fn from_json(document: &Value) -> Vec<Change> {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let findings = document["findings"].as_array().unwrap();
    let change = |fix: &Value| {
        let text = |key: &str| fix[key].as_str().unwrap().to_owned();
        (text("path"), number(&fix["start"])..number(&fix["end"]), text("text"), fix["safe"] == true)
    };
    findings.iter().filter_map(|finding| finding.get("fix")).map(change).collect()
}

fn from_sarif(log: &Value) -> Vec<Change> {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let change = |fixes: &Value| {
        let change = &fixes[0]["artifactChanges"][0];
        let replacement = &change["replacements"][0];
        let start = number(&replacement["deletedRegion"]["byteOffset"]);
        (
            change["artifactLocation"]["uri"].as_str().unwrap().to_owned(),
            start..start + number(&replacement["deletedRegion"]["byteLength"]),
            replacement["insertedContent"]["text"].as_str().unwrap().to_owned(),
            fixes[0]["properties"]["safe"] == true,
        )
    };
    results.iter().filter_map(|result| result.get("fixes")).map(change).collect()
}

#[test]
fn a_fix_can_be_applied_from_the_offsets_of_the_reports_for_programs() {
    let mut files = made_up::frame("");
    let page = "\u{feff}---\ntitel: Rücken\nsummary: Some.\nstatus: published\nauthors: [ana, \"anna \"]\n\
                conditions: [c0]\nphases: [p0]\nsources: [book]\nreviewed_by: [ben]\nlast_reviewed: 2025/01/31\n---\n\
                Go to [it](../conditions/c00.md).\n";
    files.insert("content/guidance/pacing.md".to_owned(), page.as_bytes().to_vec());
    let (_folder, read) = read(&files);
    let found = site::run(&read, site::on(site::TODAY), &Cache::default()).outcome.findings;
    let texts = Texts::new(&read.inputs);
    let report = Report { findings: &found, baseline: None, sources: &texts, summary: Summary::default() };
    let document = |format| {
        serde_json::from_str::<Value>(&render(&report, format, Detail::Normal, Style::Plain).stdout).unwrap()
    };
    let changes = from_json(&document(Format::Json));
    assert_eq!(changes, from_sarif(&document(Format::Sarif)));
    let shown: Vec<(&str, bool)> = changes.iter().map(|(_, _, text, safe)| (&**text, *safe)).collect();
    let expected = [
        ("title", true),
        ("anna", false),
        ("anna", true),
        ("2025-01-31", true),
        ("../conditions/c0.md", false),
    ];
    assert_eq!(shown, expected);
    for (path, bytes, text, _) in changes {
        let mut mended = files.clone();
        mended.get_mut(&path).unwrap().splice(bytes, text.bytes());
        assert_eq!(look(&mended).0.len(), found.len() - 1, "after writing `{text}`");
    }
}
