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

/// The table of it. It makes its sites in `folder`.
pub fn table(folder: &Path) -> Result<String, String> {
    let work = folder.join("start");
    let site = work.join("site");
    corpus::write(&site, &corpus::files(Size::of(10), 7))
        .map_err(|error| format!("can't write a site: {error}"))?;
    let program = env!("CARGO_BIN_EXE_backsite");
    let version =
        (0..RUNS).map(|_| process::run(Command::new(program).arg("--version"), &[0]).wall).collect();
    let build = |run| {
        let mut command = Command::new(program);
        command.args(["build", "--today", "2026-11-23", "--root"]).arg(&site);
        command.arg("--output").arg(work.join(format!("output-{run}")));
        process::run(&mut command, &[0]).wall
    };
    let builds = (0..RUNS).map(build).collect();
    let size = fs::metadata(program).map_or(0, |file| file.len());
    let rows = [
        ("`backsite --version`", format!("{:.1} ms", median(version).as_secs_f64() * 1e3)),
        ("build of 10 pages", format!("{:.1} ms", median(builds).as_secs_f64() * 1e3)),
        ("size of the program", format!("{:.1} MB", size as f64 / 1e6)),
        ("packages, itself among them", packages().to_string()),
    ];
    let rows = rows.map(|(what, measured)| format!("| {what} | {measured} |")).join("\n");
    Ok(format!("| what | measured |\n| --- | ---: |\n{rows}"))
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
