//! `check --fix` on disks as they are: files that can't be written, links, and no room.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail, and say why")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SLIP: &str =
    "---\ntitel: A page\nsummary: A sentence.\nstatus: published\nauthors: [anna]\n---\nWords.\n";

fn right() -> String {
    SLIP.replace("titel", "title")
}

/// A site of two pages, each with a slip.
fn site() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("content")).unwrap();
    let put = |path: &str, text: &str| fs::write(root.path().join(path), text).unwrap();
    put(
        "site.toml",
        "title = \"A site\"\nnotice = \"Only a test.\"\nreview.required = false\nrules.orphan-page = \"allow\"\nrules.duplicate-title = \"allow\"\n",
    );
    put("content/people.yml", "anna: {name: Anna, role: author}\n");
    put("content/a.md", SLIP);
    put("content/b.md", SLIP);
    root
}

fn page(root: &Path, name: &str) -> PathBuf {
    root.join("content").join(name)
}

fn text(root: &Path, name: &str) -> String {
    fs::read_to_string(page(root, name)).unwrap()
}

fn fix(root: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let program = env!("CARGO_BIN_EXE_backsite");
    let output =
        Command::new(program).args(["check", "--fix", "--root"]).arg(root).args(arguments).output().unwrap();
    told(root, &output)
}

/// What was said on both streams, with `SITE` for the root, and the status.
fn told(root: &Path, output: &Output) -> (String, String, Option<i32>) {
    let text = |bytes: &[u8]| {
        String::from_utf8(bytes.to_vec()).unwrap().replace(&root.display().to_string(), "SITE")
    };
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

/// Nothing stands in the folder of pages but what its author put there.
#[track_caller]
fn assert_tidy(root: &Path) {
    let mut names: Vec<_> = fs::read_dir(root.join("content"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["a.md", "b.md", "people.yml"]);
}

#[test]
fn both_pages_are_mended_in_one_run() {
    let root = site();
    let (stdout, stderr, status) = fix(root.path(), &["--quiet"]);
    assert_eq!(stdout, "");
    assert_eq!(
        stderr,
        "fixed: content/a.md:2:1: `titel` is now `title`\nfixed: content/b.md:2:1: `titel` is now `title`\n\n"
    );
    assert_eq!(status, Some(0));
    assert_eq!((text(root.path(), "a.md"), text(root.path(), "b.md")), (right(), right()));
    assert_tidy(root.path());
    assert_eq!(fix(root.path(), &["--quiet"]), (String::new(), String::new(), Some(0)));
}

#[test]
fn a_write_protected_file_is_an_error_and_what_was_mended_before_is_said() {
    let root = site();
    let file = page(root.path(), "b.md");
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    for arguments in [&[][..], &["--format", "json"]] {
        let (stdout, stderr, status) = fix(root.path(), arguments);
        let fixed = match arguments {
            [] => "fixed: content/a.md:2:1: `titel` is now `title`\n\n",
            _ => "",
        };
        let error =
            "error: `SITE/content/b.md` is write-protected; allow writing to it, or mend it by hand\n";
        assert_eq!((stdout, stderr, status), (String::new(), format!("{fixed}{error}"), Some(2)));
    }
    assert_eq!((text(root.path(), "a.md"), text(root.path(), "b.md")), (right(), SLIP.to_owned()));
    assert_tidy(root.path());
}

#[test]
fn programs_are_told_what_was_mended_in_the_document_alone() {
    let root = site();
    let (stdout, stderr, status) = fix(root.path(), &["--format", "json"]);
    assert_eq!((&*stderr, status), ("", Some(0)));
    let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(document["findings"], serde_json::json!([]));
    let fixed: Vec<&str> =
        document["fixed"].as_array().unwrap().iter().filter_map(|change| change["path"].as_str()).collect();
    assert_eq!(fixed, ["content/a.md", "content/b.md"]);
}

#[cfg(unix)]
#[test]
fn a_page_that_is_a_link_to_another_file_of_the_site_stays_one() {
    let root = site();
    fs::create_dir(root.path().join("shared")).unwrap();
    fs::rename(page(root.path(), "b.md"), root.path().join("shared/b.md")).unwrap();
    std::os::unix::fs::symlink("../shared/b.md", page(root.path(), "b.md")).unwrap();
    assert_eq!(fix(root.path(), &["--quiet"]).2, Some(0));
    assert!(fs::symlink_metadata(page(root.path(), "b.md")).unwrap().is_symlink());
    assert_eq!(text(root.path(), "b.md"), right());
}

#[cfg(unix)]
#[test]
fn two_paths_to_one_page_are_mended_once() {
    let root = site();
    fs::remove_file(page(root.path(), "b.md")).unwrap();
    std::os::unix::fs::symlink("a.md", page(root.path(), "b.md")).unwrap();
    let (_, stderr, status) = fix(root.path(), &["--quiet"]);
    assert_eq!(status, Some(0), "{stderr}");
    assert_eq!(text(root.path(), "a.md"), right());
    assert_tidy(root.path());
}

#[cfg(target_os = "linux")]
#[test]
fn where_there_is_no_room_every_file_is_as_it_was() {
    let root = site();
    // A limit to the size of files refuses as a full disk does, in the middle of a write.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" check --fix --root \"$1\" 2>&1 | cat"])
        .arg(env!("CARGO_BIN_EXE_backsite"))
        .arg(root.path())
        .output()
        .unwrap();
    let (said, _, _) = told(root.path(), &output);
    assert!(said.starts_with("error: can't write `SITE/content/a.md`: "), "{said}");
    assert_eq!((text(root.path(), "a.md"), text(root.path(), "b.md")), (SLIP.to_owned(), SLIP.to_owned()));
    assert_tidy(root.path());
}
