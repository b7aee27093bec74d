//! The folder to publish into: where it really lies, whether it is ours, and what it holds.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::OutputError;

/// The file that says that a folder is ours, at the root of every published site.
pub const MARKER: &str = ".backsite";

/// What the marker says. The same bytes in every build, or two builds of one site would differ.
pub const MARKER_TEXT: &str = "\
This folder was made by backsite.
Everything in it is replaced whenever the site is built: keep nothing of your own here.
As long as this file exists, backsite takes the folder for its own.
";

/// The folder inside of the output in which a site is staged where there is no better place.
pub const STAGED_INSIDE: &str = ".backsite-staging";

/// What lies where the site is to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Missing,
    /// An empty folder.
    Empty,
    /// A folder that was published before.
    Ours,
}

/// Folders that were made above the output; dropping takes away those in which nothing was published.
#[derive(Debug, Default)]
pub struct Parents(Vec<PathBuf>);

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Fails, as it should, on a folder that holds something.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Where `output` really lies, links followed; folders missing above it are made.
///
/// # Errors
/// When it is a link to nowhere, has no name, or the folder around it can be neither found nor made.
pub fn resolve(output: &Path) -> Result<(PathBuf, Parents), OutputError> {
    let reason = match fs::canonicalize(output) {
        Ok(path) => return Ok((path, Parents::default())),
        Err(reason) => reason,
    };
    if output.is_symlink() {
        return Err(OutputError::DanglingLink { output: output.to_path_buf() });
    }
    let (ErrorKind::NotFound, Some(name)) = (reason.kind(), output.file_name()) else {
        return Err(OutputError::io("find", output)(reason));
    };
    let parent = match output.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let mut parents = Parents::default();
    make_all(parent, &mut parents).map_err(OutputError::io("make the folder", parent))?;
    let parent = fs::canonicalize(parent).map_err(OutputError::io("find", parent))?;
    Ok((parent.join(name), parents))
}

fn make_all(folder: &Path, made: &mut Parents) -> io::Result<()> {
    let missing: Vec<_> = folder
        .ancestors()
        .take_while(|folder| *folder != Path::new("") && !folder.exists())
        .map(Path::to_path_buf)
        .collect();
    for folder in missing.into_iter().rev() {
        match fs::create_dir(&folder) {
            Ok(()) => made.0.push(folder),
            Err(reason) if reason.kind() == ErrorKind::AlreadyExists => {}
            Err(reason) => return Err(reason),
        }
    }
    Ok(())
}

/// What lies at `path`, a resolved output folder that the author knows as `output`.
///
/// # Errors
/// When something lies there that publishing must not replace.
pub fn state(path: &Path, output: &Path) -> Result<State, OutputError> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(State::Missing),
        Err(reason) if reason.kind() == ErrorKind::NotADirectory => {
            return Err(OutputError::NotAFolder { output: output.to_path_buf() });
        }
        Err(reason) => return Err(OutputError::io("read", output)(reason)),
    };
    if has_marker(path) {
        return match fs::symlink_metadata(path.join(".git")) {
            Ok(_) => Err(OutputError::HoldsRepository { output: output.to_path_buf() }),
            Err(_) => Ok(State::Ours),
        };
    }
    for entry in entries {
        // A build that was killed while it staged inside of an empty folder leaves this behind.
        if entry.map_err(OutputError::io("read", output))?.file_name() != STAGED_INSIDE {
            return Err(OutputError::NotOurs { output: output.to_path_buf() });
        }
    }
    Ok(State::Empty)
}

/// Whether the folder has our marker: its first line counts, so that the rest can be reworded.
fn has_marker(folder: &Path) -> bool {
    let first = MARKER_TEXT.split_inclusive('\n').next().unwrap_or(MARKER_TEXT).as_bytes();
    let path = folder.join(MARKER);
    // Asked first, because opening a pipe that has the marker's name would wait for ever.
    if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
        return false;
    }
    let mut start = vec![0; first.len()];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == first
}

/// Refuses an output folder at `path` that is, or holds, one of the `sources` of the site, or that lies in one: the
/// next build would publish it again. A source that holds other sources is the site's root, which may hold the output.
///
/// # Errors
/// Names the source that would be lost, or swollen.
pub fn refuse_sources(path: &Path, output: &Path, sources: &[&Path]) -> Result<(), OutputError> {
    // A source that does not exist can't be lost, and nothing lies in it.
    let real: Vec<(PathBuf, &Path)> =
        sources.iter().filter_map(|source| Some((fs::canonicalize(source).ok()?, *source))).collect();
    let output = || output.to_path_buf();
    for (place, source) in &real {
        if place.starts_with(path) {
            return Err(OutputError::HoldsSource { output: output(), source: source.to_path_buf() });
        }
    }
    for (place, source) in &real {
        let is_root = real.iter().any(|(other, _)| other != place && other.starts_with(place));
        if !is_root && path.starts_with(place) {
            return Err(OutputError::InSource { output: output(), source: source.to_path_buf() });
        }
    }
    Ok(())
}

/// What a published site has beside the marker.
#[derive(Debug, Default)]
pub struct OldSite {
    /// The paths of its files. Links and other things are left out: none of ours is equal to them.
    pub files: HashSet<String>,
    /// How many files, folders, links and other things there are.
    pub entries: usize,
}

/// Looks through the published site at `path`, which the author knows as `output`.
///
/// # Errors
/// When a folder can't be read.
pub fn old_site(path: &Path, output: &Path) -> Result<OldSite, OutputError> {
    let mut old = OldSite::default();
    for entry in published(path) {
        let entry = entry.map_err(|reason| OutputError::io("read", output)(reason.into()))?;
        old.entries += 1;
        if entry.file_type().is_file()
            && let Some(name) = relative(path, entry.path())
        {
            old.files.insert(name);
        }
    }
    Ok(old)
}

/// Everything in a published folder but the marker and what is staged there; a folder comes before what it holds.
pub fn published(path: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let own = |entry: &walkdir::DirEntry| {
        entry.depth() == 1 && (entry.file_name() == MARKER || entry.file_name() == STAGED_INSIDE)
    };
    WalkDir::new(path).min_depth(1).into_iter().filter_entry(move |entry| !own(entry))
}

/// The path of `inner` relative to `folder` in the form that artifacts have; none where it is not Unicode.
pub fn relative(folder: &Path, inner: &Path) -> Option<String> {
    let parts: Option<Vec<_>> =
        inner.strip_prefix(folder).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// The folders above the file or folder at `path`, the outermost first.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}
