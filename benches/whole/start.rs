//! How long the program takes to start, how large it is, and how many packages it is made of.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::corpus::{self, Size};
use crate::process;
use crate::table::median;

/// So short a run varies much.
const RUNS: usize = 21;

/// Prints a table.
pub fn print(folder: &Path) -> Result<(), String> {
    let work = tempfile::tempdir_in(folder).map_err(|error| format!("no folder to work in: {error}"))?;
    let site = work.path().join("site");
    corpus::write(&site, &corpus::files(Size::of(10), 7))
        .map_err(|error| format!("can't write a site: {error}"))?;
    let program = env!("CARGO_BIN_EXE_backsite");
    let version =
        (0..RUNS).map(|_| process::run(Command::new(program).arg("--version"), &[0]).wall).collect();
    let build = |run| {
        let mut command = Command::new(program);
        command.args(["build", "--today", "2026-11-23", "--root"]).arg(&site);
        command.arg("--output").arg(work.path().join(format!("output-{run}")));
        process::run(&mut command, &[0]).wall
    };
    let builds = (0..RUNS).map(build).collect();
    println!("\n| what | measured |");
    println!("| --- | ---: |");
    println!("| `backsite --version` | {:.1} ms |", median(version).as_secs_f64() * 1e3);
    println!("| build of 10 pages | {:.1} ms |", median(builds).as_secs_f64() * 1e3);
    println!("| size of the program | {:.1} MB |", fs::metadata(program).unwrap().len() as f64 / 1e6);
    println!("| packages, itself among them | {} |", packages());
    Ok(())
}

/// How many packages the program is built of.
fn packages() -> usize {
    let mut command = Command::new(env!("CARGO"));
    command.args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect::<BTreeSet<_>>()
        .len()
}
