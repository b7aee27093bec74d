//! Which files there are: every file of a folder, in the order of their paths.

use super::InputError;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::SitePath;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its path in the site.
    pub(super) path: SitePath,
    /// Its path for the system.
    pub(super) file: PathBuf,
}

/// Every file under `folder` of `root` but those whose names, or those of whose folders, `is_skipped`.
///
/// There is no file in a folder that does not exist. Symbolic links are followed as long as they stay inside of
/// `root`; any other is a finding, and left out.
pub(super) fn files(
    root: &Path,
    folder: &str,
    is_skipped: fn(&str) -> bool,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Found>, InputError> {
    let start = root.join(folder);
    match fs::symlink_metadata(&start) {
        Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(reason) => return Err(InputError::Unreadable { path: start, reason }),
        Ok(_) => {}
    }
    let real_root = real(root)?;
    let mut found = Vec::new();
    let mut walk = WalkDir::new(&start).follow_links(true).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                findings.extend(stray_link(root, error, is_skipped)?);
                continue;
            }
        };
        let kind = entry.file_type();
        let path = site_path(root, entry.path());
        let finding = match entry.file_name().to_str() {
            Some(name) if entry.depth() > 0 && is_skipped(name) => None,
            None => Some(not_unicode(&path)),
            Some(_) if entry.path_is_symlink() && !real(entry.path())?.starts_with(&real_root) => {
                let message = format!("`{path}` is a link that leads out of the site's folder");
                Some(link(&path, message, "put a copy there instead of the link"))
            }
            Some(_) if kind.is_dir() => continue,
            Some(_) if entry.depth() == 0 => {
                let reason = io::Error::from(ErrorKind::NotADirectory);
                return Err(InputError::Unreadable { path: start, reason });
            }
            Some(_) if kind.is_file() => {
                found.push(Found { path, file: entry.into_path() });
                continue;
            }
            Some(_) => Some(neither(&path)),
        };
        findings.extend(finding);
        if kind.is_dir() {
            walk.skip_current_dir();
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The path of `file` in the site, with what is no Unicode replaced.
pub(super) fn site_path(root: &Path, file: &Path) -> SitePath {
    let inside = file.strip_prefix(root).unwrap_or(file);
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    SitePath::new(parts.join("/"))
}

/// Where `path` really lies.
fn real(path: &Path) -> Result<PathBuf, InputError> {
    fs::canonicalize(path).map_err(|reason| InputError::Unreadable { path: path.to_path_buf(), reason })
}

/// The finding for a link that leads nowhere or in a circle; any other error stays one.
fn stray_link(
    root: &Path,
    error: walkdir::Error,
    is_skipped: fn(&str) -> bool,
) -> Result<Option<Diagnostic>, InputError> {
    let file = error.path().unwrap_or(root).to_path_buf();
    if file.file_name().and_then(|name| name.to_str()).is_some_and(is_skipped) {
        return Ok(None);
    }
    let path = site_path(root, &file);
    if error.loop_ancestor().is_some() {
        let message = format!("`{path}` is a link to a folder that it lies in");
        return Ok(Some(link(&path, message, "delete the link")));
    }
    let reason = error.into_io_error().unwrap_or_else(|| io::Error::from(ErrorKind::Other));
    let is_link = fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_symlink());
    if is_link {
        let message = format!("`{path}` is a link that leads nowhere");
        return Ok(Some(link(&path, message, "put the file there instead of the link")));
    }
    Err(InputError::Unreadable { path: file, reason })
}

fn link(path: &SitePath, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Rule::LinkOutOfSite, Place::file(path), message).help(help)
}

fn not_unicode(path: &SitePath) -> Diagnostic {
    let message = format!("the name `{}` is not Unicode text", path.file_name());
    Diagnostic::new(Rule::BadFileName, Place::file(path), message)
        .help("rename it: lower-case letters, digits and hyphens")
}

fn neither(path: &SitePath) -> Diagnostic {
    let message = format!("`{path}` is neither a file nor a folder");
    Diagnostic::new(Rule::BadFileName, Place::file(path), message).help("delete it")
}
