//! How many instructions each stage takes for a page of a made-up site, beside the numbers that are written down:
//!
//!     cargo run --release --package instructions
//!     cargo run --release --package instructions -- --record
//!
//! Counts come from callgrind (valgrind's), on one thread: unlike times they are the same on a busy machine. A stage is
//! counted as the difference between a run that ends with it and one that ends before it. The program fails where a
//! count differs from `recorded.tsv` by more than [`TOLERANCE`] and [`NOISE`] allow: a stage that has become dearer has to be mended,
//! or the new number recorded with the reason in the commit; one that has become cheaper is recorded, too, or the gain
//! could be lost again in silence.
//! Another compiler makes other instructions: its counts may differ by [`TOLERANCE_OF_OTHERS`].
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement that fails may stop, and it prints what it measured"
)]

#[path = "../corpus.rs"]
mod corpus;
#[path = "../sample.rs"]
mod sample;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use backsite::artifact::Nowhere;
use backsite::{checks, render};

use rayon::prelude::*;
use sample::{Sample, fields, prose};

/// Enough of them that what is done once for the whole site counts little.
const PAGES: usize = 300;

/// How far a count may be from the recorded one, as a share of it.
const TOLERANCE: f64 = 0.05;

/// The same where another compiler than the recorded one made the program. More than this is not the compiler's doing.
const TOLERANCE_OF_OTHERS: f64 = 0.2;

/// How much farther it may be, as a share of all stages together: seeds of hash maps move small stages.
const NOISE: f64 = 0.001;

/// What is counted: all stages up to one, over the site in a folder.
type Run = fn(&Path);

/// The runs: each ends with another stage.
const RUNS: &[(&str, Run)] = &[
    ("nothing", |_| ()),
    ("read", |folder| drop(black_box(Sample::read(folder)))),
    ("yaml", |folder| {
        let sample = Sample::read(folder);
        sample.inputs.pages.iter().for_each(|source| drop(black_box(fields(source))));
    }),
    ("validate", |folder| {
        let sample = Sample::read(folder);
        sample.inputs.pages.iter().for_each(|source| sample.validate(source, &fields(source)));
    }),
    ("markdown", |folder| {
        let sample = Sample::read(folder);
        let pages = &sample.inputs.pages;
        pages.iter().for_each(|source| drop(black_box(prose(source, &sample.highlighter))));
    }),
    ("language", |folder| {
        let sample = Sample::read(folder);
        let pages = &sample.inputs.pages;
        pages.iter().for_each(|source| sample.language(source, &prose(source, &sample.highlighter)));
    }),
    ("parse", |folder| drop(black_box(Sample::read(folder).pages()))),
    ("assemble", |folder| {
        let sample = Sample::read(folder);
        drop(black_box(sample.assemble(sample.pages())));
    }),
    ("check", |folder| {
        let sample = Sample::read(folder);
        let site = sample.assemble(sample.pages());
        drop(black_box(checks::check(&site, &sample.inputs.theme, sample.today)));
    }),
    ("theme", |folder| {
        let sample = Sample::read(folder);
        drop(black_box((sample.assemble(sample.pages()), sample.theme())));
    }),
    ("themes", |folder| {
        let sample = Sample::read(folder);
        drop(black_box((sample.assemble(sample.pages()), sample.theme(), sample.blank_theme())));
    }),
    ("views", |folder| {
        let sample = Sample::read(folder);
        let site = sample.assemble(sample.pages());
        let (_theme, blank) = (sample.theme(), sample.blank_theme());
        black_box(render::render(&site, &blank, &Nowhere));
    }),
    ("render", |folder| {
        let sample = Sample::read(folder);
        let site = sample.assemble(sample.pages());
        let (theme, _blank) = (sample.theme(), sample.blank_theme());
        black_box(render::render(&site, &theme, &Nowhere));
    }),
    ("pipeline", |folder| drop(black_box(Sample::read(folder).run()))),
];

/// The stages; writing is left out, because the system does it. What each is called, the run that ends with it, and the one that ends before it.
const STAGES: &[(&str, &str, &str)] = &[
    ("read the site", "read", "nothing"),
    ("front matter as YAML", "yaml", "read"),
    ("validate the fields", "validate", "yaml"),
    ("Markdown", "markdown", "read"),
    ("rules of language", "language", "markdown"),
    ("a page, all of it", "parse", "read"),
    ("assemble the site", "assemble", "parse"),
    ("checks of the site", "check", "assemble"),
    ("compile the theme", "theme", "assemble"),
    ("what templates see", "views", "themes"),
    ("templates", "render", "views"),
    ("render", "render", "themes"),
    ("all of them", "pipeline", "nothing"),
];

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match &*words.iter().map(String::as_str).collect::<Vec<_>>() {
        [] => compare(&count()),
        ["--record"] => {
            let lines: String = count().iter().map(|(stage, count)| format!("{count}\t{stage}\n")).collect();
            fs::write(recorded(), format!("{COMPILER}{}\n{lines}", compiler())).unwrap();
            ExitCode::SUCCESS
        }
        ["--run", run, folder] => {
            // The stages run on the pool that is there when none is asked for.
            rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
            let (_, stages) = RUNS.iter().find(|(name, _)| name == run).unwrap();
            stages(Path::new(folder));
            ExitCode::SUCCESS
        }
        _ => {
            println!("nothing, or `--record`");
            ExitCode::FAILURE
        }
    }
}

/// What the line begins with that names the compiler of the recorded counts.
const COMPILER: &str = "# ";

/// The compiler, as it calls itself: `rustc 1.95.0 (…)`.
fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Where the numbers are written down.
fn recorded() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recorded.tsv")
}

/// The instructions of each stage for a page, in the order of [`STAGES`].
fn count() -> Vec<(&'static str, u64)> {
    let folder = tempfile::tempdir().unwrap();
    sample::write(folder.path(), PAGES);
    let totals: BTreeMap<&str, u64> =
        RUNS.par_iter().map(|(run, _)| (*run, instructions(run, folder.path()))).collect();
    STAGES
        .iter()
        .map(|(stage, run, before)| (*stage, totals[run].saturating_sub(totals[before]) / PAGES as u64))
        .collect()
}

/// The instructions of this program up to the end of `run`.
fn instructions(run: &str, folder: &Path) -> u64 {
    let counts = folder.join(format!("{run}.counts"));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", counts.display())])
        .arg(env::current_exe().unwrap())
        .args(["--run", run])
        .arg(folder)
        .output()
        .unwrap_or_else(|error| panic!("valgrind counts the instructions, and can't be run: {error}"));
    assert!(output.status.success(), "`{run}` failed: {}", String::from_utf8_lossy(&output.stderr));
    let counts = fs::read_to_string(counts).unwrap();
    let totals = counts.lines().find_map(|line| line.strip_prefix("totals: ")).unwrap();
    totals.trim().parse().unwrap()
}

/// Prints the counts beside those that are written down, and fails where they differ.
fn compare(counts: &[(&str, u64)]) -> ExitCode {
    let text = fs::read_to_string(recorded()).unwrap_or_default();
    let recorded: BTreeMap<&str, f64> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(count, stage)| (stage, count.parse().unwrap()))
        .collect();
    let (all, _, _) = STAGES.last().unwrap();
    let noise = NOISE * recorded.get(all).copied().unwrap_or_default();
    let (then, now) = (text.lines().find_map(|line| line.strip_prefix(COMPILER)), compiler());
    let other = then.filter(|then| **then != now);
    let tolerance = if other.is_some() { TOLERANCE_OF_OTHERS } else { TOLERANCE };
    let mut differ = false;
    println!("| stage | instructions a page | recorded | change |");
    println!("| --- | ---: | ---: | ---: |");
    for (stage, count) in counts {
        let before = recorded.get(stage).copied().unwrap_or(f64::NAN);
        let change = *count as f64 - before;
        // What is not recorded differs, too.
        let is_same = change.abs() <= tolerance * before + noise;
        differ |= !is_same;
        let sign = if is_same { "" } else { " (!)" };
        println!("| {stage} | {count} | {before} | {:+.1} %{sign} |", change / before * 100.0);
    }
    if let Some(then) = other {
        println!("\nThe recorded counts are those of {then}, and these are those of {now}.");
    }
    if differ {
        println!("\nSome count differs by more than {} % and what chance can do.", tolerance * 100.0);
        println!(
            "Mend what has become dearer, or record what is meant: `cargo run --release --package instructions -- --record`"
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
