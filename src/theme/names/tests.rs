//! Laws of the names in templates, tried on the theme that the program carries.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::{Asked, Knowledge, Template, check};
use crate::schema::{ReviewDuty, Schemas};
use crate::source::{SitePath, Source};
use crate::theme::{parts, words};
use crate::theme_files::FILES;
use crate::view::Shapes;

fn carried() -> BTreeMap<String, Source> {
    let templates = FILES.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("templates/")?.to_owned();
        let text = std::str::from_utf8(bytes).unwrap().into();
        Some((name.clone(), Source { path: SitePath::new(name), text }))
    });
    templates.collect()
}

fn shapes() -> Shapes {
    let mut shapes = Shapes::of_views();
    let english = words::carried("en").unwrap();
    shapes.close("t", english.get("words").unwrap().entries().iter().map(|entry| &*entry.key));
    let files = FILES.iter().filter_map(|(path, _)| path.strip_prefix("static/"));
    shapes.close("assets", files.chain(["brand.css"]));
    shapes
}

fn asked(templates: &BTreeMap<String, Source>, shapes: &Shapes) -> Asked {
    let schemas = Schemas::builtin(ReviewDuty::Required);
    let kinds: BTreeSet<&str> = schemas.kinds().iter().map(|kind| &*kind.name).collect();
    let templates = templates.iter().map(|(name, source)| Template {
        name,
        source,
        tags: parts::read(&source.text),
        knowledge: Knowledge::Whole,
    });
    check(templates, &kinds, shapes)
}

/// One of so many names is tried: all of them take a minute, and none was missed.
const STEP: usize = 31;

/// The bytes of `text` that are no code for Tera made blanks: what is no tag, comments, and texts in quotes.
fn code(text: &str) -> String {
    let tag = Regex::new(r"(?s)\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}").unwrap();
    let quoted = Regex::new(r#""[^"]*""#).unwrap();
    let blank = |text: &str| " ".repeat(text.len());
    let (mut code, mut at) = (String::new(), 0);
    for tag in tag.find_iter(text) {
        code.push_str(&blank(&text[at..tag.start()]));
        let inside = quoted.replace_all(tag.as_str(), |quoted: &regex::Captures<'_>| blank(&quoted[0]));
        code.push_str(&if inside.starts_with("{#") { blank(&inside) } else { inside.into_owned() });
        at = tag.end();
    }
    code
}

#[test]
fn the_theme_of_the_program_asks_for_nothing_that_is_not_there() {
    let asked = asked(&carried(), &shapes());
    assert_eq!(asked.findings, []);
    assert_eq!(asked.doubtful, []);
}

#[test]
fn a_misspelt_name_is_found_at_its_place_wherever_it_stands() {
    let (templates, shapes) = (carried(), shapes());
    let dotted = Regex::new(r"\b[a-z_]+(?:\.[a-z_]+)+").unwrap();
    let word = Regex::new(r"[a-z_]+").unwrap();
    let mut names = 0;
    for (template, source) in &templates {
        let code = code(&source.text);
        for path in dotted.find_iter(&code) {
            for name in word.find_iter(path.as_str()) {
                names += 1;
                if names % STEP != 0 {
                    continue;
                }
                let (start, end) = (path.start() + name.start(), path.start() + name.end());
                let mut changed = templates.clone();
                let text = format!("{}x{}", &source.text[..end], &source.text[end..]);
                changed.insert(template.clone(), Source { path: source.path.clone(), text: text.into() });
                let findings = asked(&changed, &shapes).findings;
                let found: Vec<_> = findings
                    .iter()
                    .map(|finding| (finding.place.path.as_str(), finding.place.span.range()))
                    .collect();
                assert_eq!(found, [(template.as_str(), start..end + 1)], "{}: {findings:#?}", path.as_str());
                // Of a short name another one can be as near.
                if name.len() > 4 {
                    let help = findings[0].help.clone().unwrap_or_default();
                    assert_eq!(help, format!("did you mean `{}`?", name.as_str()), "{findings:#?}");
                }
            }
        }
    }
    assert!(names > 800, "there are only {names} names");
}
