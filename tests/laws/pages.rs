//! Published pages are sound: links lead somewhere, ids are unique, nothing asks another host.

use backsite::diagnostic::Severity;
use backsite::pipeline::Cache;
use backsite::site::Drafts;
use proptest::prelude::*;

use crate::{audit, made_up, read, site, tries};

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn every_link_and_id_of_a_site_without_mistakes_is_sound(files in made_up::sound(), drafts in any::<bool>()) {
        let (_folder, read) = read(&files.0);
        let mut options = site::on(site::TODAY);
        options.drafts = if drafts { Drafts::Shown } else { Drafts::Hidden };
        let made = site::run(&read, options, &Cache::default());
        let errors: Vec<_> =
            made.outcome.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "a site without mistakes has errors: {:#?}", errors);
        let faults = audit::faults(&made.artifacts, &read.config.base_path());
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
