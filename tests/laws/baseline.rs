//! A baseline knows what it was written from, and nothing else.

use backsite::baseline::Baseline;
use backsite::pipeline::{Cache, Outcome, Texts};
use backsite::report::Sources;
use backsite::source::{SitePath, Source};
use proptest::prelude::*;

use crate::site::{self, Files, Read};
use crate::{made_up, read, tries};

/// What is found in the site, with the baseline that stands in `text`.
fn run(read: &mut Read, text: Option<&str>) -> Outcome {
    let source = |text: &str| Source { path: SitePath::new("baseline.json"), text: text.into() };
    read.inputs.baseline = text.map(source);
    site::run(read, site::on(site::TODAY), &Cache::default()).outcome
}

/// The baseline of all that is found in the site.
fn written(read: &mut Read) -> String {
    let findings = run(read, None).findings;
    let texts = Texts::new(&read.inputs);
    Baseline::of(&findings, &|path| texts.text(path)).to_json()
}

/// The same site with one more mistake on a page that is always there.
fn with_mistake(files: &Files) -> Files {
    let mut files = files.clone();
    let page = files.get_mut("content/conditions/c0.md").unwrap();
    page.extend(b"\n## Rest\n\nYou MUST NOT lie down.\n");
    files
}

/// The same site with lines that end as on Windows, and pages that are longer at their end.
fn with_other_lines(files: &Files) -> Files {
    let page = |(path, bytes): (&String, &Vec<u8>)| {
        let mut text = String::from_utf8(bytes.clone()).unwrap();
        if path.ends_with(".md") {
            text = text.replace('\n', "\r\n") + "\r\n\r\n\r\n";
        }
        (path.clone(), text.into_bytes())
    };
    files.iter().map(page).collect()
}

proptest! {
    #![proptest_config(tries(12))]

    #[test]
    fn what_was_written_to_a_baseline_does_not_count_and_all_else_does(files in made_up::any_site()) {
        let (_folder, mut read) = read(&files.0);
        let all = run(&mut read, None).findings;
        let baseline = written(&mut read);
        prop_assert_eq!(&baseline, &written(&mut read), "a baseline differs from one time to the next");
        let outcome = run(&mut read, Some(&baseline));
        let (configurable, fixed): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|finding| finding.rule.is_configurable());
        prop_assert_eq!(outcome.findings, fixed);
        let comparison = outcome.baseline.unwrap();
        prop_assert_eq!(comparison.known, configurable);
        prop_assert_eq!((comparison.gone.len(), comparison.unfound, comparison.waiting), (0, 0, 0));
    }

    #[test]
    fn other_lines_and_edits_elsewhere_make_nothing_new_and_nothing_gone(files in made_up::any_site()) {
        let (_folder, mut first) = read(&files.0);
        let baseline = written(&mut first);
        let known = run(&mut first, Some(&baseline)).baseline.unwrap().known.len();
        let (_folder, mut second) = read(&with_other_lines(&files.0));
        let outcome = run(&mut second, Some(&baseline));
        let new: Vec<_> = outcome.findings.iter().filter(|finding| finding.rule.is_configurable()).collect();
        prop_assert!(new.is_empty(), "{new:#?}");
        let comparison = outcome.baseline.unwrap();
        prop_assert_eq!(comparison.known.len(), known);
        prop_assert_eq!((comparison.gone.len(), comparison.unfound), (0, 0));
    }

    #[test]
    fn one_mistake_more_is_one_new_finding_and_one_less_is_one_gone(files in made_up::sound()) {
        let (_folder, mut without) = read(&files.0);
        let (_other, mut with) = read(&with_mistake(&files.0));

        let outcome = run(&mut with, Some(&written(&mut without)));
        let new: Vec<&str> = outcome.findings.iter().map(|finding| finding.rule.name()).collect();
        prop_assert_eq!(new, ["all-caps"]);
        prop_assert_eq!(outcome.baseline.unwrap().gone, []);

        let outcome = run(&mut without, Some(&written(&mut with)));
        prop_assert_eq!(outcome.findings, []);
        let gone: Vec<String> = outcome
            .baseline
            .unwrap()
            .gone
            .iter()
            .map(|entry| format!("{} {} {} {}", entry.path, entry.rule.name(), entry.text, entry.count))
            .collect();
        prop_assert_eq!(gone, ["content/conditions/c0.md all-caps MUST NOT 1"]);
    }
}
