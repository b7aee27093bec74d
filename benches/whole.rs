//! Whole builds of made-up sites beside a floor that only reads and writes the same files:
//!
//!     cargo bench --bench whole -- --pages 1000,10000 --runs 3
//!
//! `check` runs twice: over the site, and over the same site with a mistake in every page.
//! Programs run in turn, never in a row, and each build goes into a folder that did not exist: what slows the machine
//! down for a while then slows all of them. Medians and ratios are printed. Folders are removed at the end, since a
//! disk that has just been told of removals is slow for a while. `--conditions 1` puts all pages into one condition,
//! `--in FOLDER` says where to work. Memory and processor time are known on Linux only.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails may stop, and it prints what it measured"
)]

mod corpus;
mod mistakes;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use walkdir::WalkDir;

const USAGE: &str = "--pages 1000,10000 --runs 3 --conditions 100 --in FOLDER";

struct Arguments {
    pages: Vec<usize>,
    runs: usize,
    conditions: Option<usize>,
    folder: Option<PathBuf>,
}

impl Arguments {
    fn read() -> Result<Self, String> {
        let mut read = Self { pages: vec![1000], runs: 3, conditions: None, folder: None };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            // Cargo adds this to every benchmark.
            if word == "--bench" {
                continue;
            }
            let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
            let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is no number"));
            match word.as_str() {
                "--pages" => read.pages = value.split(',').map(number).collect::<Result<_, _>>()?,
                "--runs" => read.runs = number(&value)?.max(1),
                "--conditions" => read.conditions = Some(number(&value)?),
                "--in" => read.folder = Some(value.into()),
                _ => return Err(format!("`{word}` is not known: {USAGE}")),
            }
        }
        Ok(read)
    }
}

/// What one run took.
#[derive(Clone, Copy, Default)]
struct Cost {
    wall: Duration,
    /// Time of all processors, in ticks of a hundredth of a second.
    ticks: u64,
    /// The most memory that it held, in KiB.
    memory: u64,
}

/// A program, and what its runs took.
struct Runs {
    name: &'static str,
    costs: Vec<Cost>,
}

impl Runs {
    fn median<T: Ord + Copy>(&self, of: impl Fn(&Cost) -> T) -> T {
        let mut values: Vec<T> = self.costs.iter().map(of).collect();
        values.sort();
        values[values.len() / 2]
    }
}

fn main() -> Result<(), String> {
    let arguments = Arguments::read()?;
    let work = match &arguments.folder {
        Some(folder) => tempfile::tempdir_in(folder),
        None => tempfile::tempdir(),
    };
    let work = work.map_err(|error| format!("no folder to work in: {error}"))?;
    println!("| pages | program | wall | processors | memory | pages/s | x floor |");
    println!("| ---: | --- | ---: | ---: | ---: | ---: | ---: |");
    for pages in &arguments.pages {
        let mut size = corpus::Size::of(*pages);
        size.conditions = arguments.conditions.unwrap_or(size.conditions);
        let root = work.path().join(format!("site-{pages}"));
        let files = corpus::files(size, 7);
        let (spoilt, mistakes) = mistakes::spoil(&files);
        corpus::write(&root, &files)
            .and_then(|()| corpus::write(&wrong(&root), &spoilt))
            .map_err(|error| format!("can't write the site: {error}"))?;
        assert_eq!(findings(&wrong(&root)), mistakes, "each mistake is found, and nothing else");
        compare(&root, *pages, arguments.runs);
    }
    Ok(())
}

/// The check of the site with mistakes.
const WRONG: &str = "check, a mistake a page";

/// The folder of the site with mistakes, beside `root`.
fn wrong(root: &Path) -> PathBuf {
    root.with_extension("wrong")
}

/// How many findings there are in the site at `root`.
fn findings(root: &Path) -> usize {
    let output = program(root, &["check", "--format", "short"]).output().unwrap();
    output.stdout.iter().filter(|byte| **byte == b'\n').count()
}

/// The program, with arguments, on the site at `root`.
fn program(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backsite"));
    command.args(arguments).arg("--root").arg(root).args(["--today", "2026-11-23"]);
    command
}

/// Builds the site at `root` so many times, in turn with the floor and with `check`.
fn compare(root: &Path, pages: usize, runs: usize) {
    let out = |name: &str, run: usize| root.with_extension(format!("{name}-{run}"));
    let names = ["floor", "build", "build, one thread", "check", WRONG];
    let mut all = names.map(|name| Runs { name, costs: Vec::with_capacity(runs) });
    // What the floor has to write. This run isn't counted, and has brought every page into the system's memory.
    backsite(root, &["build", "--output", &out("first", 0).to_string_lossy()]);
    let manifest = manifest(&out("first", 0));
    for run in 0..runs {
        for runs in &mut all {
            let to = out(&runs.name.replace(", ", "-"), run);
            let folder = to.to_string_lossy();
            runs.costs.push(match runs.name {
                "floor" => floor(&root.join("content"), &manifest, &to),
                "build" => backsite(root, &["build", "--output", &folder]),
                "check" => backsite(root, &["check"]),
                WRONG => backsite(&wrong(root), &["check"]),
                _ => backsite(root, &["build", "--threads", "1", "--output", &folder]),
            });
        }
    }
    let floor = all[0].median(|cost| cost.wall).as_secs_f64();
    for runs in &all {
        let wall = runs.median(|cost| cost.wall).as_secs_f64();
        let (ticks, memory) = (runs.median(|cost| cost.ticks), runs.median(|cost| cost.memory));
        println!(
            "| {pages} | {} | {wall:.2} s | {:.2} s | {} MiB | {:.0} | {:.2} |",
            runs.name,
            ticks as f64 / 100.0,
            memory / 1024,
            pages as f64 / wall,
            wall / floor,
        );
    }
}

/// Runs backsite on the site at `root`.
fn backsite(root: &Path, arguments: &[&str]) -> Cost {
    let mut command = program(root, arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let (before, start) = (ticks_of_children(), Instant::now());
    let mut child = command.spawn().unwrap();
    let mut memory = 0;
    let status = loop {
        // The peak only grows, so that the last look before the end is right but for these few milliseconds.
        memory = peak(child.id()).unwrap_or(memory);
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let wall = start.elapsed();
    assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?} ended with {status}");
    Cost { wall, ticks: ticks_of_children() - before, memory }
}

/// The most memory that the running program `id` has held, in KiB.
fn peak(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The time that this process has worked (fields 14 and 15 of proc_pid_stat(5)), or, from two fields on, the time of
/// its children that have ended.
fn ticks(from: usize) -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is a name in brackets, which may hold blanks.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    after.split_whitespace().skip(from - 3).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}

fn ticks_of_children() -> u64 {
    ticks(16)
}

/// The files below `folder`, with their lengths.
fn manifest(folder: &Path) -> Vec<(PathBuf, u64)> {
    let files = WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            (entry.path().strip_prefix(folder).unwrap().to_path_buf(), entry.metadata().unwrap().len())
        })
        .collect()
}

/// Reads every file of `content`, and writes files as long as those of `manifest` below `to`, on all processors.
fn floor(content: &Path, manifest: &[(PathBuf, u64)], to: &Path) -> Cost {
    let (before, start) = (ticks(14), Instant::now());
    let files = WalkDir::new(content).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let files: Vec<PathBuf> = files.map(walkdir::DirEntry::into_path).collect();
    let read: usize = files.par_iter().map(|path| fs::read(path).unwrap().len()).sum();
    assert!(read > 0);
    let folders: BTreeSet<PathBuf> =
        manifest.iter().filter_map(|(path, _)| Some(to.join(path.parent()?))).collect();
    folders.iter().for_each(|folder| fs::create_dir_all(folder).unwrap());
    let bytes = vec![b'x'; manifest.iter().map(|(_, length)| *length as usize).max().unwrap_or(0)];
    manifest
        .par_iter()
        .for_each(|(path, length)| fs::write(to.join(path), &bytes[..*length as usize]).unwrap());
    Cost { wall: start.elapsed(), ticks: ticks(14) - before, memory: 0 }
}
