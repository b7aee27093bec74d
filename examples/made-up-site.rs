//! Writes the made-up site of the benchmarks: `cargo run --example made-up-site -- FOLDER PAGES`.
#![allow(dead_code, reason = "the benchmarks use the rest")]

use std::error::Error;
use std::path::Path;

#[path = "../benches/corpus.rs"]
mod corpus;

/// The site is the same each time.
const SEED: u64 = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, pages] = arguments.as_slice() else {
        return Err("name a folder and a number of pages".into());
    };
    corpus::write(Path::new(folder), &corpus::files(corpus::Size::of(pages.parse()?), SEED))?;
    Ok(())
}
