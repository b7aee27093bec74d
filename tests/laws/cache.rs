//! A build with any cache is a clean build.

use backsite::pipeline::Cache;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::made_up::{self, MadeUp};
use crate::site::{self, Files};
use crate::{read, tries};

/// One of the things that authors do between two builds.
#[derive(Clone, Debug)]
enum Edit {
    /// Takes a file from another site, or takes it away if it is not there.
    Take(prop::sample::Index),
    /// Takes all files of another site.
    TakeAll,
    /// Asks for reviews in the settings.
    AskForReviews,
    /// Adds a field to a kind.
    AddField,
}

fn edits() -> impl Strategy<Value = Vec<(MadeUp, Edit)>> {
    let edit = prop_oneof![
        6 => any::<prop::sample::Index>().prop_map(Edit::Take),
        1 => Just(Edit::TakeAll),
        1 => Just(Edit::AskForReviews),
        1 => Just(Edit::AddField),
    ];
    vec((made_up::any_site(), edit), 1..4)
}

fn apply(files: &mut Files, other: &Files, edit: &Edit) {
    match edit {
        Edit::Take(index) => {
            let paths: Vec<&String> = other.keys().filter(|path| path.starts_with("content/")).collect();
            let path = *index.get(&paths);
            if files.get(path) == other.get(path) {
                files.remove(path);
            } else {
                files.insert(path.clone(), other[path].clone());
            }
        }
        Edit::TakeAll => *files = other.clone(),
        Edit::AskForReviews => {
            let text = String::from_utf8(files["site.toml"].clone()).unwrap();
            let text = text.replace("review.required = false", "review.required = true");
            files.insert("site.toml".to_owned(), text.into_bytes());
        }
        Edit::AddField => {
            let schema = r#"{"properties": {"minutes": {"type": "integer"}}, "x-publish": ["minutes"]}"#;
            files.insert("schemas/exercise.json".to_owned(), schema.as_bytes().to_vec());
        }
    }
}

proptest! {
    #![proptest_config(tries(8))]

    #[test]
    fn a_build_with_the_cache_of_the_builds_before_is_a_clean_build(
        first in made_up::any_site(),
        edits in edits(),
    ) {
        let mut files = first.0;
        let mut cache = Cache::default();
        let options = site::on(site::TODAY);
        for step in 0..=edits.len() {
            let (_folder, read) = read(&files);
            let cached = site::run(&read, options, &cache);
            let clean = site::run(&read, options, &Cache::default());
            prop_assert_eq!(&cached.outcome.findings, &clean.outcome.findings);
            prop_assert_eq!(&cached.outcome.to_do, &clean.outcome.to_do);
            prop_assert_eq!(&cached.outcome.count, &clean.outcome.count);
            prop_assert!(cached.artifacts == clean.artifacts, "the published files differ in step {}", step);
            cache = cached.outcome.cache;
            if let Some((other, edit)) = edits.get(step) {
                apply(&mut files, &other.0, edit);
            }
        }
    }
}
