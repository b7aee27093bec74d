//! A made-up site, and the programs that take turns on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use crate::arguments::Arguments;
use crate::corpus::{self, Size};
use crate::floor;
use crate::hugo;
use crate::mistakes;
use crate::process::{self, Cost};
use crate::table::{Outcome, Written};
use crate::work::Work;

const SEED: u64 = 7;
const MIB: u64 = 1024 * 1024;

/// Runs all works in turn on sites of so many pages, which are made in `folder` and stay there.
pub fn outcomes(pages: usize, arguments: &Arguments, folder: &Path) -> Result<Vec<Outcome>, String> {
    Ok(Trial::new(pages, arguments, folder)?.run())
}

struct Trial<'a> {
    arguments: &'a Arguments,
    folder: &'a Path,
    pages: usize,
    /// The text of the page that changes before each warm build.
    changing: (PathBuf, String),
}

impl<'a> Trial<'a> {
    /// Writes the sites, and tries them: what is measured has to be right.
    fn new(pages: usize, arguments: &'a Arguments, folder: &'a Path) -> Result<Self, String> {
        let files = corpus::files(Size::of(pages), SEED);
        let (path, text) = files.iter().find(|(path, _)| path.starts_with("content/exercises/")).unwrap();
        let changing = (folder.join("warm").join(path), text.clone());
        let trial = Self { arguments, folder, pages, changing };
        let has = |work: &Work| arguments.works.contains(work);
        let write = |name: &str, files: &[(String, String)]| corpus::write(&folder.join(name), files);
        let written = || {
            write("site", &files)?;
            if has(&Work::Warm) {
                write("warm", &files)?;
            }
            if has(&Work::OneCondition) {
                write("one-condition", &corpus::files(Size { pages, conditions: 1 }, SEED))?;
            }
            if has(&Work::CheckMistakes) {
                let (spoilt, mistakes) = mistakes::spoil(&files);
                write("mistakes", &spoilt)?;
                assert_eq!(trial.findings("mistakes"), mistakes, "each mistake is found, and nothing else");
            }
            if arguments.works.iter().any(|work| work.is_hugo()) {
                hugo::write(&folder.join("hugo"), &files)?;
            }
            Ok(())
        };
        written().map_err(|error: std::io::Error| format!("can't write the sites: {error}"))?;
        assert_eq!(trial.findings("site"), 0, "nothing is found in the made-up site");
        // These builds aren't counted. They bring every page into the system's memory, and say what the floor writes.
        let first = trial.output(Work::Build, 0).with_extension("first");
        process::run(&mut trial.backsite("site", "build", &["--output", &first.to_string_lossy()]), &[0]);
        fs::write(trial.manifest(), floor::manifest(&first)).unwrap();
        if has(&Work::Warm) {
            process::run(&mut trial.command(Work::Warm, 0), &[0]);
        }
        trial.has_room(&first)?;
        Ok(trial)
    }

    /// Refuses to begin what the disk has no room for.
    fn has_room(&self, site: &Path) -> Result<(), String> {
        let files = WalkDir::new(site).into_iter().flatten().filter_map(|entry| entry.metadata().ok());
        let site: u64 = files.map(|file| file.len().div_ceil(4096) * 4096).sum();
        let sites =
            self.arguments.works.iter().filter(|work| work.writes_a_site()).count() * self.arguments.runs;
        let disk =
            rustix::fs::statvfs(self.folder).map_err(|error| format!("can't ask the disk: {error}"))?;
        let (need, free) = (site * sites as u64 / MIB, disk.f_bavail * disk.f_frsize / MIB);
        match need + need / 10 > free {
            true => Err(format!(
                "{sites} sites of {} pages take {need} MiB, and {free} MiB are free: take one size at a time, fewer works with `--only`, fewer `--runs`, or another disk with `--in`",
                self.pages
            )),
            false => Ok(()),
        }
    }

    /// Programs take turns, and outputs stay until all are done. Each round begins one place later, and every other goes
    /// backwards, so that what a program leaves behind does not always meet the same one.
    fn run(&self) -> Vec<Outcome> {
        let works = &self.arguments.works;
        let mut outcomes: Vec<Outcome> = works.iter().map(|work| Outcome::new(self.pages, *work)).collect();
        for run in 0..self.arguments.runs {
            for place in 0..works.len() {
                let place = if run % 2 == 0 { place } else { works.len() - 1 - place };
                let outcome = &mut outcomes[(run + place) % works.len()];
                let work = outcome.work;
                if work == Work::Warm {
                    self.change_a_page(run);
                }
                // What earlier programs have left to the disk is done first, so that none pays for another.
                rustix::fs::sync();
                let start = SystemTime::now();
                let cost = process::run(
                    &mut self.command(work, run),
                    if work == Work::CheckMistakes { &[1] } else { &[0] },
                );
                progress(self.pages, run, work, cost);
                outcome.costs.push(cost);
                outcome.written = match work {
                    Work::Warm => written(&self.output(work, run), Some(start)),
                    _ if work.writes_a_site() => written(&self.output(work, run), None),
                    _ => Written::default(),
                };
            }
        }
        outcomes
    }

    fn command(&self, work: Work, run: usize) -> Command {
        let output = self.output(work, run);
        let to = output.to_string_lossy();
        match work {
            Work::Floor => floor::command(&self.manifest(), &output, 0),
            Work::FloorOneThread => floor::command(&self.manifest(), &output, 1),
            Work::Build => self.backsite("site", "build", &["--output", &to]),
            Work::BuildOneThread => self.backsite("site", "build", &["--threads", "1", "--output", &to]),
            Work::Check => self.backsite("site", "check", &[]),
            Work::CheckOneThread => self.backsite("site", "check", &["--threads", "1"]),
            Work::CheckMistakes => self.backsite("mistakes", "check", &[]),
            Work::Warm => self.backsite("warm", "build", &["--output", &to]),
            Work::OneCondition => self.backsite("one-condition", "build", &["--output", &to]),
            Work::Hugo | Work::HugoSearch => {
                // Without a program of Hugo these works are not among those that are asked for.
                let hugo = self.arguments.hugo.as_ref().unwrap();
                hugo::command(hugo, &self.folder.join("hugo"), work, &output)
            }
        }
    }

    /// Where a run writes: a folder of its own, but for the build that finds its output in place.
    fn output(&self, work: Work, run: usize) -> PathBuf {
        let run = if work == Work::Warm { 0 } else { run };
        self.folder.join(format!("output-{}-{run}", work.name()))
    }

    fn manifest(&self) -> PathBuf {
        self.folder.join("manifest")
    }

    /// The program, on one of the sites, on a day when no review is overdue.
    fn backsite(&self, site: &str, command: &str, arguments: &[&str]) -> Command {
        let mut backsite = Command::new(env!("CARGO_BIN_EXE_backsite"));
        backsite.arg(command).args(arguments).arg("--root").arg(self.folder.join(site));
        backsite.args(["--today", "2026-11-23"]);
        backsite
    }

    fn findings(&self, site: &str) -> usize {
        let output = self.backsite(site, "check", &["--format", "short"]).output().unwrap();
        output.stdout.iter().filter(|byte| **byte == b'\n').count()
    }

    /// Gives the page another first paragraph in each run.
    fn change_a_page(&self, run: usize) {
        let (path, text) = &self.changing;
        let changed = text.replacen("\n---\n\n", &format!("\n---\n\nRest {} times a day.\n\n", run + 2), 1);
        assert_ne!(changed, *text, "the page changes");
        fs::write(path, changed).unwrap();
    }
}

/// How many files below `folder` were written, and their bytes; only those since `start`, if there is one.
fn written(folder: &Path, start: Option<SystemTime>) -> Written {
    let files = WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let files = files.filter_map(|entry| entry.metadata().ok());
    // The clock of files is a few milliseconds behind.
    let start = start.map(|start| start - Duration::from_millis(20));
    let files =
        files.filter(|file| start.is_none_or(|start| file.modified().is_ok_and(|time| time >= start)));
    files
        .fold(Written::default(), |all, file| Written { files: all.files + 1, bytes: all.bytes + file.len() })
}

fn progress(pages: usize, run: usize, work: Work, cost: Cost) {
    eprintln!(
        "{pages} pages, run {}: {}: {:.3} s, {:.2} s of processors, {:.0} MiB",
        run + 1,
        work.title(),
        cost.wall.as_secs_f64(),
        cost.processors.as_secs_f64(),
        cost.memory as f64 / 1024.0,
    );
}
