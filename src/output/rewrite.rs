//! One of the author's own files, written anew: as it was or as it is to be, and never half.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::OutputError;
use crate::source::SitePath;

/// What became of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewritten {
    /// It holds the new text.
    Done,
    /// It is no longer what was read, and was left alone.
    Changed,
}

/// How many names for the new file are tried: what a killed run left behind keeps one each.
const ATTEMPTS: u32 = 100;

/// Puts `new` in place of `old` in the file at `path` of the site at `root`, as one step. A link stays one: the file
/// that it leads to is written, as it was the one that was read. Permissions stay as they are.
///
/// # Errors
/// When the file is write-protected, or the system refuses. The file is as it was then.
pub fn rewrite(root: &Path, path: &SitePath, old: &str, new: &str) -> Result<Rewritten, OutputError> {
    let shown = root.join(path.as_str());
    let failed = |reason| OutputError::io("write", &shown)(reason);
    let file = match real(root, &shown) {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(Rewritten::Changed),
        Err(reason) => return Err(failed(reason)),
    };
    let metadata = fs::metadata(&file).map_err(failed)?;
    // A file can be replaced by whoever may write its folder; that its owner has locked it counts all the same.
    if metadata.permissions().readonly() {
        return Err(OutputError::WriteProtected { path: shown });
    }
    File::options().write(true).open(&file).map_err(failed)?;
    let (copy, draft) = create_beside(&file).map_err(failed)?;
    let written = write(draft, new, &metadata).and_then(|()| {
        // Looked at as late as can be: an editor may have saved it in the meantime.
        let now = fs::read(&file)?;
        if now == new.as_bytes() {
            // Another path of the site leads to the same file, which is mended already.
            fs::remove_file(&copy)?;
        } else if now == old.as_bytes() {
            fs::rename(&copy, &file)?;
        } else {
            fs::remove_file(&copy)?;
            return Ok(Rewritten::Changed);
        }
        Ok(Rewritten::Done)
    });
    written.map_err(|reason| {
        let _ = fs::remove_file(&copy);
        failed(reason)
    })
}

/// Where the file really lies; none where it is gone, or leads out of the site by now.
fn real(root: &Path, file: &Path) -> io::Result<Option<PathBuf>> {
    let real = match fs::canonicalize(file) {
        Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(None),
        real => real?,
    };
    Ok(real.starts_with(fs::canonicalize(root)?).then_some(real))
}

/// A new file beside `file`, with a name that is no page's: hidden, and short enough for every disk.
fn create_beside(file: &Path) -> io::Result<(PathBuf, File)> {
    let mut last = io::Error::from(ErrorKind::AlreadyExists);
    for attempt in 0..ATTEMPTS {
        let path = file.with_file_name(format!(".backsite-{}-{attempt}.tmp", std::process::id()));
        match File::options().write(true).create_new(true).open(&path) {
            Ok(draft) => return Ok((path, draft)),
            Err(reason) if reason.kind() == ErrorKind::AlreadyExists => last = reason,
            Err(reason) => return Err(reason),
        }
    }
    Err(last)
}

/// Writes `text` into `draft` for good, and gives it the owner and the permissions of the file with `metadata`.
fn write(mut draft: File, text: &str, metadata: &Metadata) -> io::Result<()> {
    draft.write_all(text.as_bytes())?;
    keep_owner(&draft, metadata);
    draft.set_permissions(metadata.permissions())?;
    draft.sync_all()
}

/// Leaves the file to its owner, where the program runs as somebody else who may do so.
#[cfg(unix)]
fn keep_owner(draft: &File, metadata: &Metadata) {
    use std::os::unix::fs::MetadataExt;
    let is_same =
        draft.metadata().is_ok_and(|own| own.uid() == metadata.uid() && own.gid() == metadata.gid());
    if !is_same {
        // Whoever may not do this owns the new file, as with any editor that replaces files.
        let _ = std::os::unix::fs::fchown(draft, Some(metadata.uid()), Some(metadata.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("content")).unwrap();
        fs::write(root.path().join("content/a.md"), "old").unwrap();
        root
    }

    fn names(root: &Path) -> Vec<String> {
        let entries = fs::read_dir(root.join("content")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn put(root: &Path, path: &str) -> Result<Rewritten, OutputError> {
        rewrite(root, &SitePath::new(path), "old", "new")
    }

    #[test]
    fn a_file_is_written_anew_and_nothing_is_left_beside_it() {
        let root = site();
        assert_eq!(put(root.path(), "content/a.md").unwrap(), Rewritten::Done);
        assert_eq!(fs::read_to_string(root.path().join("content/a.md")).unwrap(), "new");
        assert_eq!(names(root.path()), ["a.md"]);
    }

    #[test]
    fn a_file_that_is_another_by_now_or_gone_is_left_alone() {
        let root = site();
        fs::write(root.path().join("content/a.md"), "newer").unwrap();
        assert_eq!(put(root.path(), "content/a.md").unwrap(), Rewritten::Changed);
        assert_eq!(put(root.path(), "content/gone.md").unwrap(), Rewritten::Changed);
        assert_eq!(fs::read_to_string(root.path().join("content/a.md")).unwrap(), "newer");
        assert_eq!(names(root.path()), ["a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let root = site();
        let (file, link) = (root.path().join("content/a.md"), root.path().join("content/b.md"));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        assert_eq!(put(root.path(), "content/b.md").unwrap(), Rewritten::Done);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        // The other path of the same file has nothing left to do.
        assert_eq!(put(root.path(), "content/a.md").unwrap(), Rewritten::Done);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_of_the_site_by_now_is_not_followed() {
        let (root, other) = (site(), tempfile::tempdir().unwrap());
        fs::write(other.path().join("c.md"), "old").unwrap();
        std::os::unix::fs::symlink(other.path().join("c.md"), root.path().join("content/c.md")).unwrap();
        assert_eq!(put(root.path(), "content/c.md").unwrap(), Rewritten::Changed);
        assert_eq!(fs::read_to_string(other.path().join("c.md")).unwrap(), "old");
    }

    #[test]
    fn a_write_protected_file_is_said_to_be_one() {
        let root = site();
        let file = root.path().join("content/a.md");
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).unwrap();
        let error = put(root.path(), "content/a.md").unwrap_err();
        assert!(
            error.to_string().ends_with("a.md` is write-protected; allow writing to it, or mend it by hand")
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(names(root.path()), ["a.md"]);
    }
}
