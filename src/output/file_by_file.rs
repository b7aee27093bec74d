//! Replacing a published site file by file, for a folder that can't be replaced as a whole.

use std::collections::{BTreeSet, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::OutputError;
use super::file::Outcome;
use super::replace::Folders;
use super::target::{self, MARKER, STAGED_INSIDE};

/// Makes the output folder hold just the new site, `files`, in an order in which a page never links to a new page or
/// picture that is not there yet: first what is new, then what is changed, the start page last, then stale files go.
///
/// # Errors
/// When the system refuses. Everything that takes space was written before the first file is replaced.
pub fn replace_files(folders: &Folders, files: &[(String, Outcome)]) -> Result<(), OutputError> {
    let Folders { shown, output, .. } = folders;
    let site = Site::new(files);
    let mut changed: Vec<_> = files.iter().filter(|(_, outcome)| *outcome != Outcome::Unchanged).collect();
    changed.sort_by_key(|(path, outcome)| (rank(path, *outcome), path));
    let old = old_entries(folders)?;

    let moved = output.join(STAGED_INSIDE).join("moved");
    let staged = if folders.staged.starts_with(output) {
        &folders.staged
    } else {
        move_inside(folders, &changed, &moved)?;
        &moved
    };

    // The marker is first: a folder that holds one file of ours must be known as ours.
    fs::rename(staged.join(MARKER), output.join(MARKER))
        .map_err(OutputError::io("write", &shown.join(MARKER)))?;
    let stale = old.iter().rev().filter(|entry| !site.holds(entry));
    let (blocking, stale): (Vec<_>, Vec<_>) = stale.partition(|entry| site.is_blocked_by(entry));
    for entry in blocking {
        entry.remove().map_err(OutputError::io("remove", &entry.path))?;
    }
    for folder in &site.folders {
        fs::create_dir_all(output.join(folder))
            .map_err(OutputError::io("make the folder", &shown.join(folder)))?;
    }
    for (path, _) in changed {
        fs::rename(staged.join(path), output.join(path))
            .map_err(OutputError::io("write", &shown.join(path)))?;
    }
    for entry in stale {
        entry.remove().map_err(OutputError::io("remove", &entry.path))?;
    }
    // Where the site was staged inside, the workplace goes by itself.
    if staged == &moved {
        remove_all(&output.join(STAGED_INSIDE))
            .map_err(OutputError::io("remove", &shown.join(STAGED_INSIDE)))?;
    }
    Ok(())
}

fn rank(path: &str, outcome: Outcome) -> u8 {
    match outcome {
        _ if path == "index.html" => 3,
        Outcome::New => 0,
        _ if !path.ends_with(".html") => 1,
        _ => 2,
    }
}

/// The paths of the new site.
struct Site<'a> {
    files: HashSet<&'a str>,
    folders: BTreeSet<&'a str>,
    /// Both again in lower case, as a file system without cases compares them.
    folded_files: HashSet<String>,
    folded_folders: HashSet<String>,
}

impl<'a> Site<'a> {
    fn new(files: &'a [(String, Outcome)]) -> Self {
        let files: HashSet<_> = files.iter().map(|(path, _)| path.as_str()).collect();
        let folders: BTreeSet<_> = files.iter().flat_map(|path| target::folders_above(path)).collect();
        Self {
            folded_files: files.iter().map(|path| path.to_lowercase()).collect(),
            folded_folders: folders.iter().map(|path| path.to_lowercase()).collect(),
            files,
            folders,
        }
    }

    /// Whether the new site has what the entry's name stands for.
    fn holds(&self, entry: &Entry) -> bool {
        let known = |name: &String| match entry.is_folder {
            true => self.folders.contains(name.as_str()),
            false => self.files.contains(name.as_str()),
        };
        entry.name.as_ref().is_some_and(known)
    }

    /// Whether the stale entry stands where the new site needs a file, or a folder instead of a file.
    fn is_blocked_by(&self, entry: &Entry) -> bool {
        let Some(name) = entry.name.as_ref().map(|name| name.to_lowercase()) else { return false };
        let mut itself_and_above = std::iter::once(name.as_str()).chain(target::folders_above(&name));
        itself_and_above.any(|name| self.folded_files.contains(name))
            || (!entry.is_folder && self.folded_folders.contains(&name))
    }
}

/// Something that lies in the output folder.
struct Entry {
    /// Its path as artifacts have it; none where it is not Unicode.
    name: Option<String>,
    path: PathBuf,
    is_folder: bool,
}

impl Entry {
    fn remove(&self) -> io::Result<()> {
        let removed = if self.is_folder { fs::remove_dir(&self.path) } else { fs::remove_file(&self.path) };
        match removed {
            // Gone already, or full again because a new folder differs from it in case alone.
            Err(reason) if matches!(reason.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => {
                Ok(())
            }
            removed => removed,
        }
    }
}

/// What lies in the output folder, a folder before what it holds.
fn old_entries(folders: &Folders) -> Result<Vec<Entry>, OutputError> {
    let mut entries = Vec::new();
    for entry in target::published(&folders.output) {
        let entry = entry.map_err(|reason| OutputError::io("read", &folders.shown)(reason.into()))?;
        entries.push(Entry {
            name: target::relative(&folders.output, entry.path()),
            is_folder: entry.file_type().is_dir(),
            path: entry.into_path(),
        });
    }
    Ok(entries)
}

/// Copies the changed files and the marker to `moved`, a folder within the output: renaming them from the place
/// where they were staged would cross from one file system to another.
fn move_inside(folders: &Folders, changed: &[&(String, Outcome)], moved: &Path) -> Result<(), OutputError> {
    let Folders { shown, output, staged, .. } = folders;
    // Left by a build that was killed.
    remove_all(&output.join(STAGED_INSIDE)).map_err(OutputError::io("remove", &shown.join(STAGED_INSIDE)))?;
    for path in changed.iter().map(|(path, _)| path.as_str()).chain([MARKER]) {
        let to = moved.join(path);
        let folder = to.parent().unwrap_or(moved);
        let copied = fs::create_dir_all(folder).and_then(|()| fs::copy(staged.join(path), to));
        if let Err(reason) = copied {
            let _ = remove_all(&output.join(STAGED_INSIDE));
            return Err(OutputError::io("write", &shown.join(path))(reason));
        }
    }
    Ok(())
}

fn remove_all(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(reason) if reason.kind() != ErrorKind::NotFound => Err(reason),
        _ => Ok(()),
    }
}
