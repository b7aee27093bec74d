//! Mistakes of every kind, made one at a time in a site where nothing is wrong: each is found at its exact place, and
//! nothing else is.
//!
//! `cargo test --test mutation` tries one place of each kind. `BACKSITE_MUTANTS=50 cargo test --release --test
//! mutation` tries as many as it says and writes the table in `docs/mutations.md`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail, and say why"
)]
#![allow(dead_code, reason = "other tests use the rest of the shared modules")]

#[path = "../shared/site.rs"]
mod site;

mod kind;
mod kinds;
mod random;
mod slip;
mod tally;
mod text;
mod world;

use std::process::ExitCode;

use kind::Kind;
use libtest_mimic::{Arguments, Failed, Trial};
use tally::Tally;

/// What the places are picked by.
const SEED: u64 = 20_261_231;

/// How many places of each kind a usual run tries.
const SAMPLE: usize = 1;

/// Kinds that are known not to be told as they should, and why. What is told as it should has to leave this list.
const KNOWN: &[(&str, &str)] = &[];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if let Some(count) = std::env::var_os("BACKSITE_MUTANTS") {
        let count =
            count.to_str().and_then(|count| count.parse().ok()).expect("BACKSITE_MUTANTS is a number");
        return tally::long_run(count, arguments.filter.as_deref());
    }
    let kinds = kinds::FAMILIES.iter().flat_map(|(_, kinds)| kinds.iter());
    let mut trials: Vec<Trial> =
        kinds.map(|kind| Trial::test(kind.name.replace(' ', "_"), || sample(kind))).collect();
    trials.extend(tally::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Tries a few places of `kind`.
fn sample(kind: &'static Kind) -> Result<(), Failed> {
    let tally = Tally::of(kind, SAMPLE);
    let known = KNOWN.iter().find(|(name, _)| *name == kind.name);
    match (tally.is_right(), known) {
        (true, None) | (false, Some(_)) => Ok(()),
        (true, Some(_)) => Err("it is told as it should be: take it off the list KNOWN".into()),
        (false, None) => Err(format!("{tally}\n{}", tally.stories.join("\n")).into()),
    }
}
