//! The release before adds findings about versions, and changes nothing else.

use backsite::diagnostic::{Diagnostic, Rule};
use backsite::input::Release;
use backsite::pipeline::Cache;
use proptest::prelude::*;

use crate::site::{self, Read};
use crate::{made_up, read, tries};

fn release(read: &Read) -> Release {
    Release { pages: read.inputs.pages.clone(), schemas: read.inputs.schemas.clone() }
}

fn is_about_a_version(finding: &Diagnostic) -> bool {
    finding.rule == Rule::VersionNotRaised
}

proptest! {
    #![proptest_config(tries(12))]

    #[test]
    fn a_site_has_not_changed_since_it_was_as_it_is(files in made_up::any_site()) {
        let (_folder, mut read) = read(&files.0);
        let alone = site::run(&read, site::on(site::TODAY), &Cache::default());
        read.inputs.released = Some(release(&read));
        let beside = site::run(&read, site::on(site::TODAY), &Cache::default());
        prop_assert_eq!(&alone.outcome.findings, &beside.outcome.findings);
        prop_assert!(alone.artifacts == beside.artifacts);
    }

    #[test]
    fn another_release_changes_nothing_but_what_is_said_of_versions(
        files in made_up::any_site(),
        other in made_up::any_site(),
    ) {
        let (_folder, mut now) = read(&files.0);
        let (_other, before) = read(&other.0);
        let alone = site::run(&now, site::on(site::TODAY), &Cache::default());
        now.inputs.released = Some(release(&before));
        // The pages that were parsed without the release are those that are parsed with it.
        let cached = site::run(&now, site::on(site::TODAY), &alone.outcome.cache);
        let clean = site::run(&now, site::on(site::TODAY), &Cache::default());
        prop_assert_eq!(&cached.outcome.findings, &clean.outcome.findings);
        prop_assert!(cached.artifacts == clean.artifacts);
        let mut rest = clean.outcome.findings;
        rest.retain(|finding| !is_about_a_version(finding));
        prop_assert_eq!(&rest, &alone.outcome.findings);
        // Nothing is rendered where an error can't be set to another level, and this one can.
        prop_assert!(clean.artifacts == alone.artifacts);
    }
}
