//! What comes does not depend on the order of the work, nor on how many do it.

use backsite::artifact::Nowhere;
use backsite::pipeline::{self, Cache};
use proptest::prelude::*;

use crate::site::{self, Made, Read};
use crate::{made_up, read, tries};

fn on_threads(threads: usize, read: &Read) -> Made {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| site::run(read, site::on(site::TODAY), &Cache::default()))
}

proptest! {
    #![proptest_config(tries(8))]

    #[test]
    fn a_check_finds_what_a_build_finds(files in made_up::any_site()) {
        let (_folder, read) = read(&files.0);
        let built = site::run(&read, site::on(site::TODAY), &Cache::default()).outcome;
        let findings = read.findings.clone();
        let options = site::on(site::TODAY);
        let checked = pipeline::run(&read.inputs, &read.config, findings, options, &Cache::default(), &Nowhere);
        prop_assert_eq!(built.findings, checked.findings);
        prop_assert_eq!(built.count, checked.count);
    }

    #[test]
    fn the_number_of_threads_and_the_order_of_the_files_do_not_matter(
        files in made_up::any_site(),
        turn in any::<prop::sample::Index>(),
    ) {
        let (_folder, mut read) = read(&files.0);
        let one = on_threads(1, &read);
        for threads in [2, 4] {
            let many = on_threads(threads, &read);
            prop_assert_eq!(&one.outcome.findings, &many.outcome.findings);
            prop_assert!(one.artifacts == many.artifacts, "the published files differ on {} threads", threads);
        }
        let middle = turn.index(read.inputs.pages.len());
        read.inputs.pages.rotate_left(middle);
        read.inputs.pages.reverse();
        read.inputs.assets.reverse();
        read.inputs.theme.templates.reverse();
        let turned = on_threads(2, &read);
        prop_assert_eq!(&one.outcome.findings, &turned.outcome.findings);
        prop_assert!(one.artifacts == turned.artifacts, "the published files differ in another order");
    }
}
