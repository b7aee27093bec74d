//! The demonstration site: complete, without a finding, and true to what every page promises.

#![allow(clippy::unwrap_used, clippy::panic, reason = "the functions that tests share are tests too")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::{TempDir, tempdir};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn backsite(arguments: &[&str], output: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backsite"));
    command.args(arguments).arg("--root").arg(root());
    if let Some(output) = output {
        command.arg("--output").arg(output);
    }
    command.output().unwrap()
}

/// The site, built with `arguments` besides.
fn built(arguments: &[&str]) -> (TempDir, BTreeMap<String, String>) {
    let folder = tempdir().unwrap();
    let output = folder.path().join("site");
    let result = backsite(&[&["build", "--quiet"], arguments].concat(), Some(&output));
    assert_eq!(String::from_utf8_lossy(&result.stderr), "");
    assert_eq!(result.status.code(), Some(0));
    let mut pages = BTreeMap::new();
    for path in html_files(&output) {
        let name = path.strip_prefix(&output).unwrap().to_str().unwrap().replace('\\', "/");
        pages.insert(name, fs::read_to_string(path).unwrap());
    }
    (folder, pages)
}

fn html_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let nested = |path: PathBuf| if path.is_dir() { html_files(&path) } else { vec![path] };
    entries.flat_map(nested).filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect()
}

#[test]
fn nothing_is_found_even_where_warnings_count() {
    let result = backsite(&["check", "--strict", "--format", "json"], None);
    let report: serde_json::Value = serde_json::from_slice(&result.stdout).unwrap();
    assert_eq!(report["findings"], serde_json::json!([]));
    assert_eq!(result.status.code(), Some(0));
}

#[test]
fn it_has_a_page_of_everything_that_a_site_can_have() {
    let count = |folder: &str| {
        let files = fs::read_dir(root().join("content").join(folder)).unwrap();
        files
            .filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "md"))
            .count()
    };
    assert_eq!(count("exercises"), 12);
    assert_eq!(count("phases"), 3);
    assert_eq!(count("medicines"), 3);
    assert_eq!(count("safety"), 1);
    assert!(
        count("conditions") >= 5 && count("plans") >= 3 && count("guidance") >= 10 && count("glossary") >= 5
    );
    for page in ["index", "about", "sourcing-policy", "accessibility"] {
        assert!(root().join("content").join(format!("{page}.md")).is_file(), "{page}");
    }
}

#[test]
fn every_page_and_sheet_says_that_no_clinician_has_reviewed_it() {
    let (_folder, pages) = built(&[]);
    assert!(pages.keys().filter(|name| name.starts_with("handouts/")).count() >= 10);
    for (name, html) in pages {
        assert!(html.contains("Not reviewed by a clinician."), "{name} lacks the notice");
        assert!(
            html.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{name} can be found by search engines"
        );
    }
}

#[test]
fn no_dose_of_a_medicine_stands_anywhere() {
    let (_folder, pages) = built(&[]);
    let units = ["mg", "ml", "mcg", "microgram", "milligram", "tablets a day"];
    for (name, html) in pages {
        let lower = html.to_lowercase();
        for unit in units {
            let dose = lower.match_indices(unit).find(|(at, _)| {
                let before = lower[..*at].trim_end_matches([' ', '\u{a0}']);
                before.ends_with(|c: char| c.is_ascii_digit()) && !before.ends_with("&#39")
            });
            assert_eq!(dose.map(|(at, _)| &lower[at.saturating_sub(30)..at]), None, "{name}");
        }
    }
}

#[test]
fn it_asks_nothing_of_another_host_and_runs_no_script() {
    let (_folder, pages) = built(&["--base-url", "https://example.org/back-care"]);
    for (name, html) in pages {
        for wrong in
            ["<script", " style=", " onclick=", " onload=", "<iframe", "<style", "@import", "javascript:"]
        {
            assert!(!html.contains(wrong), "{name} holds `{wrong}`");
        }
        for loaded in ["src=\"http", "rel=\"stylesheet\" href=\"http", "rel=\"icon\" href=\"http", "src=\"//"]
        {
            assert!(!html.contains(loaded), "{name} loads from another host: `{loaded}`");
        }
    }
    let style = fs::read_to_string(root().join("themes/clinic/static/style.css")).unwrap();
    assert!(!style.contains("http://") && !style.contains("https://") && !style.contains("@import"));
}

#[test]
fn links_inside_the_site_are_relative_and_so_it_works_anywhere() {
    let (_folder, pages) = built(&[]);
    for (name, html) in pages.iter().filter(|(name, _)| *name != "404.html") {
        assert!(!html.contains("href=\"/"), "{name} has an address that only works at the root of a host");
    }
}

#[test]
fn a_page_for_addresses_that_do_not_exist_works_at_any_depth_of_its_host() {
    let (_folder, pages) = built(&["--base-url", "https://example.org/back-care"]);
    let html = &pages["404.html"];
    let local = html.match_indices("href=\"").map(|(at, found)| &html[at + found.len()..]);
    for address in local.filter(|address| !address.starts_with('#') && !address.starts_with("http")) {
        assert!(address.starts_with("/back-care/"), "{}", &address[..40.min(address.len())]);
    }
}
