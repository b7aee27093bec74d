//! What ARCHITECTURE.md calls laws of the source, as far as reading the source can hold them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail, and say why")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// What only some modules may do: its name, how it looks in the source, and the modules that may.
const RIGHTS: [Right; 7] = [
    Right {
        what: "read or write the disk",
        pattern: r"\bfs::|\bFile::(open|create)|OpenOptions|WalkDir|\.(try_)?exists\(\)|\.is_(dir|file|symlink)\(\)|\.(symlink_)?metadata\(\)|\.canonicalize\(\)|\.read_(dir|link)\(\)",
        modules: &["input", "output"],
    },
    Right {
        what: "write files",
        pattern: r"fs::(write|copy|rename|remove_\w+|create_dir\w*|hard_link|set_permissions)|File::create|OpenOptions",
        modules: &["output"],
    },
    Right {
        what: "print",
        pattern: r"\be?print(ln)?!|\bdbg!|\b(stdout|stderr)\(\)\.lock",
        modules: &["report"],
    },
    Right {
        what: "ask the system's clock",
        pattern: r"SystemTime::now|Zoned(DateTime)?::now",
        modules: &["clinical"],
    },
    Right { what: "ask for today's date", pattern: r"Date::today\(\)", modules: &["command"] },
    Right {
        what: "read arguments and variables",
        pattern: r"\benv::(var|args|vars|current_dir)",
        modules: &["cli"],
    },
    Right {
        what: "start programs and talk to other computers",
        pattern: r"process::Command|std::net|TcpStream|UdpSocket",
        modules: &[],
    },
];

/// Program files longer than [`MOST_LINES`], and why.
const LONG: [(&str, &str); 1] =
    [("src/schema/compile.rs", "a schema's keywords are compiled in one place, so that none is forgotten")];

/// The most lines of a program file.
const MOST_LINES: usize = 400;

/// Words that say nothing about what a file holds.
const EMPTY_NAMES: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "manager", "mod"];

struct Right {
    what: &'static str,
    pattern: &'static str,
    modules: &'static [&'static str],
}

/// A file of the program, without what is compiled for tests alone.
struct ProgramFile {
    path: String,
    /// The module of the crate that it belongs to.
    module: String,
    /// Its lines, empty in place of those for tests; line comments are taken out.
    lines: Vec<String>,
}

fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files under `folder`, by their paths from the package.
fn rust_files(folder: &str) -> Vec<String> {
    let mut found: Vec<String> = walkdir::WalkDir::new(package().join(folder))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| slashes(entry.path().strip_prefix(package()).unwrap()))
        .collect();
    found.sort();
    found
}

fn slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
}

fn text(path: &str) -> String {
    fs::read_to_string(package().join(path)).unwrap()
}

/// The files and folders that are compiled for tests alone, as the modules above them say.
fn for_tests() -> BTreeSet<String> {
    let declaration = Regex::new(r"#\[cfg\(test\)\]\s*(?:pub(?:\([a-z]+\))? )?mod ([a-z_]+);").unwrap();
    let mut found = BTreeSet::new();
    for path in rust_files("src") {
        let folder = match path.strip_suffix(".rs").unwrap() {
            "src/lib" | "src/main" => "src",
            folder => folder,
        };
        for name in declaration.captures_iter(&text(&path)) {
            found.insert(format!("{folder}/{}", &name[1]));
        }
    }
    found
}

fn program() -> Vec<ProgramFile> {
    let for_tests = for_tests();
    let is_test = |path: &str| {
        let stem = path.strip_suffix(".rs").unwrap();
        for_tests.iter().any(|test| stem == test || stem.starts_with(&format!("{test}/")))
    };
    let file = |path: String| {
        let module = path.trim_start_matches("src/").trim_end_matches(".rs");
        let module = module.split('/').next().unwrap().to_owned();
        let mut is_for_tests = false;
        let text = text(&path);
        // Tests stand at the end of their file.
        let lines = text.lines().map(|line| {
            is_for_tests |= line == "#[cfg(test)]";
            if is_for_tests { String::new() } else { without_comment(line).to_owned() }
        });
        ProgramFile { module, lines: lines.collect(), path }
    };
    rust_files("src").into_iter().filter(|path| !is_test(path)).map(file).collect()
}

/// The line without a comment at its end. An address in a text is no comment.
fn without_comment(line: &str) -> &str {
    let trimmed = line.trim_start();
    if trimmed.starts_with("//") {
        return "";
    }
    line.split(" // ").next().unwrap_or(line)
}

/// Fails with what is wrong, a line for each place.
fn hold(law: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{law}:\n{}", broken.join("\n"));
}

/// The modules in the order of src/lib.rs.
fn modules() -> Vec<String> {
    let declaration = Regex::new(r"(?m)^pub mod ([a-z_]+);").unwrap();
    let text = text("src/lib.rs");
    declaration.captures_iter(&text).map(|found| found[1].to_owned()).collect()
}

/// The modules that a text names by `crate::`, each with the number of its line.
fn named(text: &str) -> Vec<(usize, String)> {
    let path = Regex::new(r"\bcrate::(?:([a-z_]+)|\{([^}]*))").unwrap();
    let mut found = Vec::new();
    for name in path.captures_iter(text) {
        let line = 1 + text[..name.get(0).unwrap().start()].matches('\n').count();
        if let Some(one) = name.get(1) {
            found.push((line, one.as_str().to_owned()));
        } else if let Some(group) = name.get(2) {
            let names =
                group.as_str().split(',').map(|part| part.trim().split(':').next().unwrap().to_owned());
            found.extend(names.filter(|name| !name.is_empty()).map(|name| (line, name)));
        }
    }
    found
}

#[test]
fn a_module_imports_only_from_modules_above_it() {
    let modules = modules();
    let place = |name: &str| modules.iter().position(|module| module == name);
    let mut broken = Vec::new();
    for file in program() {
        let Some(own) = place(&file.module) else {
            assert!(
                ["lib", "main"].contains(&file.module.as_str()),
                "{} belongs to no module of src/lib.rs",
                file.path
            );
            continue;
        };
        for (line, name) in named(&file.lines.join("\n")) {
            match place(&name) {
                Some(other) if other > own => {
                    broken.push(format!("{}:{line}: `{}` stands above `{name}`", file.path, file.module));
                }
                Some(_) => {}
                None => broken.push(format!("{}:{line}: there is no module `{name}`", file.path)),
            }
        }
    }
    hold("a module imports only from those above it in src/lib.rs", &broken);
}

#[test]
fn an_import_of_a_group_is_seen() {
    let names = |text| named(text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(names("use crate::{\n    source,\n    tree::Node,\n};"), ["source", "tree"]);
    assert_eq!(names("let x = crate::config::base_url(y) + crate::view::z();"), ["config", "view"]);
}

#[test]
fn only_those_modules_touch_the_outside_world_that_may() {
    let mut broken = Vec::new();
    for right in &RIGHTS {
        let pattern = Regex::new(right.pattern).unwrap();
        for file in program().iter().filter(|file| file.module != "main") {
            if right.modules.contains(&file.module.as_str()) {
                continue;
            }
            for (number, line) in file.lines.iter().enumerate().filter(|(_, line)| pattern.is_match(line)) {
                let place = format!("{}:{}", file.path, number + 1);
                broken.push(format!("{place}: `{}` may not {}: {}", file.module, right.what, line.trim()));
            }
        }
    }
    hold("the disk, the screen, the clock and the environment are touched in few places", &broken);
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let files = ["src", "tests", "benches"].into_iter().flat_map(rust_files).chain(["build.rs".to_owned()]);
    let silent: Vec<String> = files.filter(|path| !text(path).starts_with("//! ")).collect();
    hold("every file opens with a line that says what it is for", &silent);
}

#[test]
fn the_program_never_gives_up_on_its_input() {
    let pattern =
        Regex::new(r#"\.unwrap\(\)|\.expect\("|\bpanic!|\btodo!|\bunimplemented!|\bunreachable!"#).unwrap();
    let mut broken = Vec::new();
    for file in program() {
        for (number, line) in file.lines.iter().enumerate().filter(|(_, line)| pattern.is_match(line)) {
            broken.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
        }
    }
    hold("nothing in the program panics of its own will", &broken);
}

#[test]
fn every_lint_that_is_switched_off_says_why() {
    let pattern = Regex::new(r"(?s)#!?\[(?:allow|expect)\([^\]]*\)\]").unwrap();
    let mut broken = Vec::new();
    for path in ["src", "tests", "benches"].into_iter().flat_map(rust_files) {
        for found in pattern.find_iter(&text(&path)).filter(|found| !found.as_str().contains("reason")) {
            broken.push(format!("{path}: {}", found.as_str()));
        }
    }
    hold("a lint is switched off with a reason", &broken);
}

#[test]
fn a_program_file_is_short_or_has_a_reason() {
    let mut broken = Vec::new();
    for file in program() {
        let length = file.lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
        let is_named = LONG.iter().any(|(path, _)| *path == file.path);
        match length > MOST_LINES {
            true if !is_named => broken.push(format!("{}: {length} lines", file.path)),
            false if is_named => {
                broken.push(format!("{}: only {length} lines, take it out of the list", file.path))
            }
            _ => {}
        }
    }
    hold(&format!("a program file has at most {MOST_LINES} lines"), &broken);
}

#[test]
fn files_are_named_after_what_they_hold() {
    let stem = |path: &str| path.rsplit('/').next().unwrap().trim_end_matches(".rs").to_owned();
    let empty: Vec<String> =
        rust_files("src").into_iter().filter(|path| EMPTY_NAMES.contains(&stem(path).as_str())).collect();
    hold("the name of a file is a noun that says what it holds", &empty);
}
