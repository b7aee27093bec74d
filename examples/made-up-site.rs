//! Writes the made-up site of the benchmarks: `cargo run --example made-up-site -- FOLDER PAGES`.
#![allow(dead_code, reason = "the benchmarks use the rest")]

use std::path::Path;
use std::process::ExitCode;

#[path = "../benches/corpus.rs"]
mod corpus;

/// The site is the same each time.
const SEED: u64 = 7;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, pages] = arguments.as_slice() else { return ExitCode::from(2) };
    let Ok(pages) = pages.parse() else { return ExitCode::from(2) };
    match corpus::write(Path::new(folder), &corpus::files(corpus::Size::of(pages), SEED)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
