//! Publishing does not depend on what was published before.

use std::collections::BTreeSet;

use backsite::output::Way;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::sites::{Tree, fresh, names, publish_by, tree};

/// Sites of a few paths that get into each other's way from one site to the next, but not within one.
fn any_site() -> impl Strategy<Value = Tree> {
    let path =
        vec(prop::sample::select(vec!["a", "b", "index.html", "B"]), 1..4).prop_map(|parts| parts.join("/"));
    let bytes = prop::sample::select(vec!["", "one", "two", "three"]);
    btree_map(path, bytes.prop_map(|text| text.as_bytes().to_vec()), 0..8).prop_map(|mut site| {
        let folders: BTreeSet<String> = site
            .keys()
            .flat_map(|path| {
                path.match_indices('/').map(|(end, _)| path[..end].to_owned()).collect::<Vec<_>>()
            })
            .collect();
        site.retain(|path, _| !folders.contains(path));
        site
    })
}

fn any_way() -> impl Strategy<Value = Way> {
    prop::sample::select(vec![Way::Exchange, Way::Aside, Way::FileByFile])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_sequence_of_sites_ends_as_the_last_one_alone(sites in vec((any_way(), any_site()), 1..5)) {
        let folder = tempdir().unwrap();
        let output = folder.path().join("public");
        let mut before = Tree::new();
        for (way, site) in &sites {
            let published = publish_by(*way, &output, site).unwrap();
            let equal = site.iter().filter(|(path, bytes)| before.get(*path) == Some(bytes)).count();
            let gone = before.keys().filter(|path| !site.contains_key(*path)).count();
            prop_assert_eq!(published.unchanged, equal);
            prop_assert_eq!(published.written, site.len() - equal);
            prop_assert_eq!(published.removed, gone);
            before.clone_from(site);
        }
        prop_assert_eq!(tree(&output), fresh(&before));
        prop_assert_eq!(names(folder.path()), ["public"]);
    }
}
