//! What the code keeps to, whatever it does: which module knows which, who touches the disk, who prints.

#![allow(clippy::unwrap_used, clippy::panic, reason = "the functions that tests share are tests too")]

use std::fs;
use std::path::{Path, PathBuf};

/// A source file of the library: its path from `src/`, and its text without the tests in it.
struct File {
    path: String,
    code: String,
}

impl File {
    /// The module at the top that it belongs to.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or(&self.path);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The lines of code that `is_wrong` is true of, as a person would look them up. Comments are no code.
    fn lines(&self, is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
        let lines = self.code.lines().enumerate();
        let code = lines.filter(|(_, line)| !line.trim_start().starts_with("//"));
        code.filter(|(_, line)| is_wrong(line))
            .map(|(number, line)| format!("src/{}:{}: {}", self.path, number + 1, line.trim()))
            .collect()
    }
}

/// The files of the library and the program that are no tests.
fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let relative = |path: &PathBuf| {
        let parts = path.strip_prefix(&root).unwrap().components();
        parts.map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
    };
    let files = paths.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap()));
    // A file that only tests are compiled with is named for it, or declared so where it is listed.
    let is_test =
        |path: &str| path.contains("tests") || ["checks/sample.rs", "tree/yaml/oracle.rs"].contains(&path);
    files
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| {
            let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
            File { path, code: text[..end].to_owned() }
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

/// The modules in the order in which src/lib.rs lists them.
fn order() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    lib.lines()
        .filter_map(|line| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned()))
        .collect()
}

fn assert_none(wrong: Vec<String>, law: &str) {
    assert!(wrong.is_empty(), "{law}:\n{}", wrong.join("\n"));
}

#[test]
fn a_module_imports_only_from_modules_above_it() {
    let order = order();
    assert!(order.len() > 20, "src/lib.rs lists the modules one a line");
    let place = |module: &str| order.iter().position(|known| known == module);
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| !matches!(file.module(), "lib" | "main")) {
        let own =
            place(file.module()).unwrap_or_else(|| panic!("src/lib.rs does not list {}", file.module()));
        wrong.extend(file.lines(|line| {
            let uses = line.match_indices("crate::").map(|(at, found)| &line[at + found.len()..]);
            let name = |rest: &str| {
                rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().map(str::to_owned)
            };
            uses.filter_map(name).filter_map(|module| place(&module)).any(|other| other > own)
        }));
    }
    assert_none(wrong, "these modules import from below");
}

#[test]
fn only_input_and_output_touch_the_disk() {
    const DISK: [&str; 10] = [
        "std::fs",
        "fs::",
        "File::",
        "WalkDir",
        "walkdir::",
        ".exists()",
        ".is_dir()",
        ".canonicalize()",
        ".read_dir()",
        "OpenOptions",
    ];
    let outside = files().into_iter().filter(|file| !matches!(file.module(), "input" | "output"));
    let wrong = outside.flat_map(|file| file.lines(|line| DISK.iter().any(|word| line.contains(word))));
    assert_none(wrong.collect(), "only `input` reads the disk and only `output` writes it");
}

#[test]
fn only_report_prints() {
    const PRINT: [&str; 7] =
        ["println!", "eprintln!", " print!(", "eprint!(", "dbg!", "io::stdout()", "io::stderr()"];
    let outside = files().into_iter().filter(|file| file.module() != "report");
    let prints = |line: &str| PRINT.iter().any(|word| line.contains(word)) && !line.contains("is_terminal");
    let wrong = outside.flat_map(|file| file.lines(prints));
    assert_none(wrong.collect(), "only `report` prints");
}

#[test]
fn the_clock_is_asked_by_the_command_alone() {
    const CLOCK: [&str; 4] = ["::now()", "Date::today", "SystemTime", "elapsed()"];
    // The date knows how to ask; the progress bar and the summary measure how long a run takes.
    let allowed = ["command.rs", "clinical/date.rs", "report/progress.rs"];
    let others = files().into_iter().filter(|file| !allowed.contains(&file.path.as_str()));
    let wrong = others.flat_map(|file| file.lines(|line| CLOCK.iter().any(|word| line.contains(word))));
    assert_none(wrong.collect(), "today is an input");
}

#[test]
fn nothing_that_input_can_reach_panics() {
    const PANICS: [&str; 7] =
        [".unwrap()", ".expect(\"", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", "assert!("];
    let wrong = files().into_iter().flat_map(|file| {
        file.lines(|line| PANICS.iter().any(|word| line.contains(word)) && !line.contains("debug_assert!"))
    });
    assert_none(wrong.collect(), "content mistakes are findings, never panics");
}

#[test]
fn every_file_says_what_it_is_for() {
    let wrong = files().into_iter().filter(|file| !file.code.starts_with("//! "));
    assert_none(
        wrong.map(|file| file.path).collect(),
        "these files do not begin with a line that says what they are for",
    );
}

#[test]
fn a_file_holds_one_thing_and_is_short() {
    const MOST: usize = 450;
    let long = files().into_iter().filter(|file| file.code.lines().count() > MOST);
    assert_none(long.map(|file| file.path).collect(), "these files are longer than one thing should be");
}
