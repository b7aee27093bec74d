//! Laws that hold for every site: made-up sites are built in several ways, and what comes is compared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail, and say why")]
#![allow(dead_code, reason = "other tests use the rest of the shared modules")]

#[path = "../shared/audit.rs"]
mod audit;
#[path = "../shared/site.rs"]
mod site;

mod authors;
mod baseline;
mod cache;
mod fields;
mod fixing;
mod made_up;
mod many;
mod order;
mod pages;
mod release;
mod rubbish;

use proptest::test_runner::Config;

/// How a law is tried: `cases` times, which is few because each builds whole sites, or as often as `PROPTEST_CASES` says.
fn tries(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config { cases: asked.unwrap_or(cases), max_shrink_iters: 200, ..Config::default() }
}

/// The site of these files, read from a disk of its own, which is gone when the first value is dropped.
fn read(files: &site::Files) -> (tempfile::TempDir, site::Read) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    site::write(&root, files);
    let read = site::read(&root).unwrap_or_else(|error| panic!("{error}"));
    (folder, read)
}
