//! Which files there are: every file of a folder, in the order of their paths.

use super::InputError;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::SitePath;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

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
    let real_start = match fs::canonicalize(&start) {
        Ok(real) if !real.starts_with(&real_root) => {
            // Perhaps it is not the folder that is the link, but one that holds it.
            findings.push(stray(&SitePath::new(folder)));
            return Ok(Vec::new());
        }
        real => real.ok(),
    };
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
                Some(stray(&path))
            }
            Some(_) if is_around(&entry, real_start.as_deref())? => Some(circle(&path)),
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

/// Whether more than `most` files below `folder` have names that end with `ending`. It looks no further than it has to, and
/// a folder that can't be read has none.
pub(super) fn has_more(folder: &Path, ending: &str, most: usize) -> bool {
    let files = WalkDir::new(folder).into_iter().flatten();
    let is_counted = |entry: &DirEntry| entry.file_name().as_encoded_bytes().ends_with(ending.as_bytes());
    files.filter(is_counted).nth(most).is_some()
}

/// The file `name` right in `root`, which is there; or what is wrong with it as a file.
pub(super) fn file(root: &Path, name: &str) -> Result<Result<Found, Diagnostic>, InputError> {
    let found = Found { path: SitePath::new(name), file: root.join(name) };
    let unreadable = |reason| InputError::Unreadable { path: found.file.clone(), reason };
    if fs::symlink_metadata(&found.file).map_err(unreadable)?.is_symlink() {
        if !found.file.exists() {
            return Ok(Err(dangling(&found.path)));
        }
        if !real(&found.file)?.starts_with(real(root)?) {
            return Ok(Err(stray(&found.path)));
        }
    }
    let kind = fs::metadata(&found.file).map_err(unreadable)?;
    if kind.is_file() || kind.is_dir() { Ok(Ok(found)) } else { Ok(Err(neither(&found.path))) }
}

/// The path of `file` in the site, with what is no Unicode replaced.
pub(super) fn site_path(root: &Path, file: &Path) -> SitePath {
    let inside = file.strip_prefix(root).unwrap_or(file);
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    SitePath::new(parts.join("/"))
}

/// The path of `file`, which may lie anywhere, as findings name it: seen from `root` if it lies below.
pub(super) fn path_for_people(root: &Path, file: &Path) -> SitePath {
    let plain =
        |path: &Path| -> PathBuf { path.components().filter(|part| *part != Component::CurDir).collect() };
    let (root, file) = (plain(root), plain(file));
    match file.strip_prefix(&root) {
        Err(_) if file.has_root() => SitePath::new(file.to_string_lossy()),
        Ok(inside) if inside.has_root() => SitePath::new(file.to_string_lossy()),
        _ => site_path(&root, &file),
    }
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
        return Ok(Some(circle(&path)));
    }
    let reason = error.into_io_error().unwrap_or_else(|| io::Error::from(ErrorKind::Other));
    let is_link = fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_symlink());
    if is_link {
        return Ok(Some(dangling(&path)));
    }
    Err(InputError::Unreadable { path: file, reason })
}

/// Whether `entry` is a link to a folder that holds all that is walked through.
fn is_around(entry: &DirEntry, start: Option<&Path>) -> Result<bool, InputError> {
    if entry.depth() == 0 || !entry.path_is_symlink() {
        return Ok(false);
    }
    let real = real(entry.path())?;
    Ok(start.is_some_and(|start| start.starts_with(&real)))
}

fn circle(path: &SitePath) -> Diagnostic {
    link(path, format!("`{path}` is a link to a folder that it lies in"), "delete the link")
}

fn stray(path: &SitePath) -> Diagnostic {
    let message = format!("`{path}` is a link that leads out of the site's folder");
    link(path, message, "put a copy there instead of the link")
}

fn dangling(path: &SitePath) -> Diagnostic {
    link(path, format!("`{path}` is a link that leads nowhere"), "put the file there instead of the link")
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

/// The names of the folders in `folder`, in order; none if it can't be read. What is hidden or set aside is none.
pub(super) fn folders(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let names = entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with(['.', '_'])).collect();
    names.sort_unstable();
    names
}
