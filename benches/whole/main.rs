//! Whole builds of made-up sites, beside a floor that only writes the same files, and beside Hugo:
//!
//!     cargo bench --bench whole -- --pages 1000,10000 --runs 3 --hugo FILE
//!
//! Programs take turns, each round in another order, so that what slows the machine down for a while slows all of them.
//! Each run writes into a folder that did not exist, and no program has a cache of its own on the disk; the pages are
//! in the memory of the system. The tables are Markdown, for docs/performance.md.
//!
//! Nothing is removed before all is measured. On ext4 without a journal, places of removed files are passed over for six
//! minutes (`recently_deleted` in fs/ext4/ialloc.c of Linux), one by one for each new file, and files are made ten times
//! as slowly. A second measurement has to wait as long.
//!
//! It needs Linux: memory and the time of the processors are read from /proc.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that fails may stop, and it prints what it measured"
)]

mod arguments;
#[path = "../corpus.rs"]
mod corpus;
mod floor;
mod goals;
mod hugo;
mod machine;
mod mistakes;
mod process;
mod start;
mod table;
mod trial;
mod work;

use arguments::Arguments;
use work::Work;

fn main() -> Result<(), String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if floor::asked(&words).is_some() {
        return Ok(());
    }
    let arguments = Arguments::read(words.into_iter())?;
    machine::print(&arguments.folder, arguments.hugo.as_deref());
    let work =
        tempfile::tempdir_in(&arguments.folder).map_err(|error| format!("no folder to work in: {error}"))?;
    let mut outcomes = Vec::new();
    // What stops a larger site takes nothing from what is known of the smaller ones.
    let mut problem = None;
    for pages in &arguments.pages {
        match trial::outcomes(*pages, &arguments, &work.path().join(pages.to_string())) {
            Ok(more) => outcomes.extend(more),
            Err(error) => {
                problem = Some(error);
                break;
            }
        }
    }
    let start = start::table(work.path());
    table::works(&outcomes);
    let grown = [Work::Floor, Work::Build, Work::Check, Work::Hugo];
    table::growth(&outcomes, &arguments.pages, &grown);
    goals::print(&outcomes, &arguments.pages);
    println!("\n{}", start?);
    work.close().map_err(|error| format!("can't remove what was built: {error}"))?;
    problem.map_or(Ok(()), Err)
}
