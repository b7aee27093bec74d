//! What the machine is, and what the programs are.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

/// Prints what a table of times needs beside it.
pub fn print(folder: &Path, hugo: Option<&Path>) {
    let commit = said(Command::new("git").args(["rev-parse", "--short", "HEAD"]));
    println!("- date: {}, commit {commit}", jiff::ZonedDateTime::now().date());
    println!("- processors: {}, {}", threads(), value("/proc/cpuinfo", "model name"));
    println!("- memory: {}", value("/proc/meminfo", "MemTotal"));
    println!("- disk: {}", disk(folder));
    println!(
        "- system: Linux {}",
        fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim()
    );
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("- programs that ran in the minute before: {}", load.split(' ').next().unwrap_or_default());
    println!("- {}", said(Command::new(env!("CARGO_BIN_EXE_backsite")).arg("--version")));
    if let Some(hugo) = hugo {
        println!("- {}", said(Command::new(hugo).arg("version")));
    }
    println!();
}

/// How many threads a program may run at once.
fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// The value after `key` and a colon in a file of the system.
fn value(file: &str, key: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    line.map_or_else(String::new, |rest| rest.trim_start_matches([' ', '\t', ':']).to_owned())
}

/// The device, kind and options of the file system that holds `folder`.
fn disk(folder: &Path) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_default();
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let fields =
        mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>()).filter(|fields| fields.len() > 3);
    let holding = fields.filter(|fields| folder.starts_with(fields[1])).max_by_key(|fields| fields[1].len());
    holding.map_or_else(String::new, |fields| format!("{}, {} ({})", fields[0], fields[2], fields[3]))
}

/// The first line that a program says.
fn said(command: &mut Command) -> String {
    let output = command.output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).lines().next().unwrap_or_default().to_owned()
}
