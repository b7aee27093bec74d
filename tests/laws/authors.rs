//! What an author writes into a field never becomes markup.
//!
//! A site with harmless words and the same site with hostile ones in their places have the same elements with the
//! same attributes, page by page. Words stand behind a fixed beginning, so that lists keep their order.

use std::collections::BTreeMap;

use backsite::diagnostic::Severity;
use backsite::pipeline::Cache;
use proptest::prelude::*;
use scraper::ElementRef;

use crate::made_up::{self, HOSTILE, Kind, Sketch, Status};
use crate::{audit, read, site, tries};

/// The pages of a site of every kind, with `words` wherever an author writes.
fn sketches(words: &str) -> Vec<Sketch> {
    let kinds =
        [Kind::Exercise, Kind::Exercise, Kind::Guidance, Kind::Term, Kind::Plan, Kind::Page, Kind::Guidance];
    let sketch = |(at, kind): (usize, Kind)| Sketch {
        kind,
        id: u8::try_from(at).unwrap(),
        status: if at == 6 { Status::Retired } else { Status::Published },
        conditions: vec![0, 1],
        phases: vec![0],
        links: vec![0, 2, 3],
        mistake: None,
        words: words.to_owned(),
    };
    kinds.into_iter().enumerate().map(sketch).collect()
}

/// The elements of each page with the names of their attributes.
fn skeletons(words: &str) -> BTreeMap<String, Vec<String>> {
    let mut files = made_up::files(&sketches(words));
    files.extend(made_up::frame(words));
    let (_folder, read) = read(&files);
    let made = site::run(&read, site::on(site::TODAY), &Cache::default());
    let errors: Vec<_> =
        made.outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let faults = audit::faults(&made.artifacts, &read.config.base_path());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let skeleton = |element: ElementRef<'_>| {
        let mut names: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
        names.sort_unstable();
        let depth = element.ancestors().count();
        format!("{depth} {} {}", element.value().name(), names.join(" "))
    };
    audit::pages(&made.artifacts)
        .into_iter()
        .map(|page| (page.path, audit::elements(&page.html).map(skeleton).collect()))
        .collect()
}

proptest! {
    #![proptest_config(tries(6))]

    #[test]
    fn hostile_words_make_the_same_elements_as_harmless_ones(
        words in proptest::sample::subsequence(&HOSTILE[..], 1..3).prop_shuffle(),
    ) {
        let (plain, hostile) = (skeletons("knees"), skeletons(&words.join(" ")));
        prop_assert_eq!(plain, hostile);
    }
}

#[test]
fn each_hostile_word_alone_stands_on_the_page_as_it_was_written() {
    for word in HOSTILE {
        let mut files = made_up::files(&sketches(word));
        files.extend(made_up::frame(word));
        let (_folder, read) = read(&files);
        let made = site::run(&read, site::on(site::TODAY), &Cache::default());
        let page =
            audit::pages(&made.artifacts).into_iter().find(|page| page.path == "exercises/x0.html").unwrap();
        let heading = audit::words(audit::select(&page.html, "h1")[0]);
        assert_eq!(heading, format!("Title 0 {word}").split_whitespace().collect::<Vec<_>>().join(" "));
    }
}
