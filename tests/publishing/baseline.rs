//! The file of a baseline: whole or not there, and never in place of another file.

use std::fs;
use std::path::{Path, PathBuf};

use backsite::output::write_baseline;

const TEXT: &str = "{\n  \"backsite\": \"baseline\",\n  \"version\": 1,\n  \"findings\": []\n}\n";

/// Writes the baseline to `file`, and says why that is refused, with `SITE` for the folder.
fn refusal(folder: &Path, file: &str, folders: &[PathBuf]) -> String {
    let error = write_baseline(&folder.join(file), TEXT, folders).unwrap_err().to_string();
    error.replace(&folder.display().to_string(), "SITE")
}

/// The names in `folder`, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_baseline_is_written_where_nothing_or_an_older_one_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("baseline.json");
    let old = TEXT.replace("[]", "[\n<<<<<<< a conflict");
    for before in [None, Some(""), Some(&*old), Some(&*old.replace('\n', "\r\n"))] {
        if let Some(before) = before {
            fs::write(&file, before).unwrap();
        }
        write_baseline(&file, TEXT, &[]).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), TEXT, "{before:?}");
        assert_eq!(names(folder.path()), ["baseline.json"], "{before:?}");
    }
}

#[test]
fn an_equal_baseline_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("baseline.json");
    fs::write(&file, TEXT).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
    write_baseline(&file, TEXT, &[]).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), long_ago);
}

#[test]
fn no_other_file_and_no_folder_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    for other in ["{}", "{\"name\": \"baseline\"}", "title = \"Backs\"\n", "\u{0}\u{1}"] {
        fs::write(folder.path().join("other.json"), other).unwrap();
        assert_eq!(
            refusal(folder.path(), "other.json", &[]),
            "`SITE/other.json` is not a baseline, and writing one would replace it; name another file with --baseline"
        );
        assert_eq!(fs::read_to_string(folder.path().join("other.json")).unwrap(), other);
    }
    fs::create_dir(folder.path().join("folder")).unwrap();
    assert!(refusal(folder.path(), "folder", &[]).contains("is not a baseline"));
    assert!(refusal(folder.path(), "folder/..", &[]).contains("is not a baseline"));
    assert_eq!(names(folder.path()), ["folder", "other.json"]);
}

#[test]
fn a_baseline_does_not_lie_among_what_the_site_is_made_from() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    fs::create_dir_all(content.join("images")).unwrap();
    let folders = [folder.path().join("schemas"), content];
    for file in ["content/baseline.json", "content/images/baseline.json", "content/images/../b.json"] {
        let said = refusal(folder.path(), file, &folders);
        let expected = format!(
            "`SITE/{file}` can't be a baseline, because it lies in `SITE/content`; choose a place beside site.toml"
        );
        assert_eq!(said, expected);
    }
    assert_eq!(names(&folder.path().join("content")), ["images"]);
    assert!(
        refusal(folder.path(), "nowhere/baseline.json", &folders).starts_with("can't write `SITE/nowhere/")
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_stays_one_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.json"), folder.path().join("link.json"));
    fs::write(&real, "").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, &link).unwrap();
    write_baseline(&link, TEXT, &[]).unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), TEXT);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    fs::remove_file(&real).unwrap();
    assert!(refusal(folder.path(), "link.json", &[]).starts_with("can't write"));
    assert_eq!(names(folder.path()), ["link.json"]);
}
