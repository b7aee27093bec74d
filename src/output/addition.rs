//! Files that are added to the author's own, where there are none of their names: nothing is written over.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::OutputError;

/// Adds `files` to `folder`, each at its path in it, with `/` between its parts. Folders are made as needed.
///
/// # Errors
/// When one of the files is there already: then none is added. When the system refuses: those that were added before are
/// taken away again.
pub fn add(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), OutputError> {
    let targets: Vec<(PathBuf, &[u8])> =
        files.iter().map(|(path, bytes)| (folder.join(path), *bytes)).collect();
    // A link that leads nowhere is there, too.
    if let Some((taken, _)) = targets.iter().find(|(target, _)| fs::symlink_metadata(target).is_ok()) {
        return Err(OutputError::ThereAlready { file: taken.clone() });
    }
    for (at, (target, bytes)) in targets.iter().enumerate() {
        if let Err(error) = write(target, bytes) {
            for (added, _) in &targets[..at] {
                let _ = fs::remove_file(added);
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Writes a new file; one that cannot be written whole is taken away again.
fn write(target: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(OutputError::io("make the folder", folder))?;
    }
    let mut file = File::create_new(target).map_err(OutputError::io("write", target))?;
    file.write_all(bytes).map_err(|reason| {
        let _ = fs::remove_file(target);
        OutputError::io("write", target)(reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_added_with_their_folders() {
        let site = tempfile::tempdir().unwrap();
        add(site.path(), &[("a/b.css", b"b"), ("a/c.css", b"c")]).unwrap();
        assert_eq!(fs::read(site.path().join("a/b.css")).unwrap(), b"b");
        assert_eq!(fs::read(site.path().join("a/c.css")).unwrap(), b"c");
    }

    #[test]
    fn where_one_is_there_already_none_is_added() {
        let site = tempfile::tempdir().unwrap();
        fs::write(site.path().join("b.css"), "mine").unwrap();
        let error = add(site.path(), &[("a.css", b"a"), ("b.css", b"b")]).unwrap_err();
        assert!(error.to_string().contains("b.css` is there already"), "{error}");
        assert_eq!(fs::read(site.path().join("b.css")).unwrap(), b"mine");
        assert!(!site.path().join("a.css").exists());
    }

    #[test]
    fn where_the_system_refuses_nothing_is_left_behind() {
        let site = tempfile::tempdir().unwrap();
        fs::write(site.path().join("taken"), "").unwrap();
        add(site.path(), &[("a.css", b"a"), ("taken/b.css", b"b")]).unwrap_err();
        assert!(!site.path().join("a.css").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_written_through() {
        let site = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("elsewhere.css", site.path().join("a.css")).unwrap();
        add(site.path(), &[("a.css", b"a")]).unwrap_err();
        assert!(!site.path().join("elsewhere.css").exists());
    }
}
