//! Disks that are full, mounted or read-only. Each case runs in a process of its own that the system restricts first.
#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::Command;

use backsite::output::Published;
use tempfile::tempdir;

use crate::sites::{Tree, fresh, names, publish, site, tree};

/// Runs the test `case` of this file in `folder` after the shell commands of `before`, as the owner of a file system
/// name space of its own. Tells whether the system allows such a thing.
fn run_mounted(folder: &Path, before: &str, case: &str) -> bool {
    let allowed = Command::new("unshare").args(["-rm", "true"]).output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        eprintln!("left out: this system does not allow mounts");
        return false;
    }
    run(Command::new("unshare").args(["-rm", "sh", "-ec"]), folder, before, case);
    true
}

fn run(shell: &mut Command, folder: &Path, before: &str, case: &str) {
    let run = shell
        .arg(format!("{before}\nexec \"$0\" --ignored --exact \"systems::$1\""))
        .args([std::env::current_exe().unwrap().as_os_str(), case.as_ref()])
        .env("BACKSITE_TEST_CASE", case)
        .current_dir(folder)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && printed.contains("1 passed"), "{printed}");
}

/// The output folder of a case; only a test above may start one, because it publishes into the current folder.
fn output() -> PathBuf {
    assert!(std::env::var_os("BACKSITE_TEST_CASE").is_some(), "not started by its test");
    PathBuf::from("public")
}

#[test]
fn a_mount_point_is_published_file_by_file() {
    let folder = tempdir().unwrap();
    std::fs::create_dir(folder.path().join("public")).unwrap();
    std::fs::create_dir(folder.path().join("real")).unwrap();
    run_mounted(folder.path(), "mount -t tmpfs none public", "publishes_file_by_file");
    if run_mounted(folder.path(), "mount --bind real public", "publishes_file_by_file") {
        assert!(names(&folder.path().join("real")).contains(&".backsite".to_owned()));
        assert_eq!(names(folder.path()), ["public", "real"]);
    }
}

#[test]
fn an_output_in_a_folder_that_can_not_be_written_is_published_file_by_file() {
    let folder = tempdir().unwrap();
    std::fs::create_dir(folder.path().join("public")).unwrap();
    let read_only =
        "mount --bind . . && cd \"$PWD\" && mount --bind public public && mount -o remount,ro,bind .";
    run_mounted(folder.path(), read_only, "publishes_file_by_file");
}

#[test]
#[ignore = "needs a public folder that can't be replaced"]
fn publishes_file_by_file() {
    for number in 0..3 {
        let new = site(&[
            ("index.html", ["1", "2", "3"][number]),
            ("equal.html", "e"),
            (["a", "a/b.html", "c.html"][number], "n"),
        ]);
        let Published { written, unchanged, removed, note } = publish(&output(), &new).unwrap();
        assert_eq!((written, unchanged, removed), if number == 0 { (3, 0, 0) } else { (2, 1, 1) });
        assert!(note.unwrap().contains("was replaced file by file"));
        assert_eq!(tree(&output()), fresh(&new));
    }
}

#[test]
fn a_full_disk_leaves_the_old_site_and_nothing_beside() {
    let folder = tempdir().unwrap();
    std::fs::create_dir(folder.path().join("disk")).unwrap();
    let small = "mount -t tmpfs -o size=1m none disk && cd disk";
    run_mounted(folder.path(), small, "fails_for_lack_of_space");
    // A disk of its own for the output: there the site is staged inside.
    let small = "mkdir public && mount -t tmpfs -o size=1m none public";
    run_mounted(&folder.path().join("disk"), small, "fails_for_lack_of_space");
}

#[test]
#[ignore = "needs a disk of one megabyte"]
fn fails_for_lack_of_space() {
    assert_eq!(fails_to_publish_a_large_page(), "can't write `public/large.html`: No space left on device");
}

#[test]
fn a_file_that_the_system_finds_too_large_leaves_the_old_site_and_nothing_beside() {
    let folder = tempdir().unwrap();
    let limit = "trap '' XFSZ; ulimit -f 64";
    run(Command::new("sh").arg("-ec"), folder.path(), limit, "fails_for_a_large_file");
}

#[test]
#[ignore = "needs a limit to the size of files"]
fn fails_for_a_large_file() {
    assert_eq!(fails_to_publish_a_large_page(), "can't write `public/large.html`: File too large");
}

fn fails_to_publish_a_large_page() -> String {
    publish(&output(), &site(&[("index.html", "1")])).unwrap();
    let before = tree(&output());
    let large = "large".repeat(300_000);
    let new: Tree = site(&[("index.html", "2"), ("equal.html", "e"), ("large.html", &large)]);
    let error = publish(&output(), &new).unwrap_err();
    assert_eq!(tree(&output()), before);
    assert_eq!(names(Path::new(".")), ["public"]);
    error.to_string()
}
