//! Putting the new site in the old one's place: the one step of a build that a visitor can notice.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::OutputError;
use super::file::Outcome;
use super::file_by_file::replace_files;

/// A way to put the new site in the old one's place. Where the system can't go one way, the next is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The two folders change places as one step: whoever looks sees the old site or the new one, whole. A program
    /// that holds on to the folder itself (a container that mounts it, a server that was started in it) keeps the old
    /// one, which is then removed: such programs must look from the folder above.
    Exchange,
    /// The old folder is renamed, then the new one: between the two steps there is no site. The next build brings
    /// the old site back if this one is killed there.
    Aside,
    /// The folder stays, and its files are replaced one after the other: each is whole at any moment, but for a
    /// while old and new ones stand side by side, and they stay so until the next build if this one is killed.
    FileByFile,
}

impl Way {
    /// What the user should know about a site that was published this way.
    pub(super) fn note(self, output: &Path) -> Option<String> {
        let output = output.display();
        match self {
            Self::Exchange => None,
            Self::Aside => Some(format!(
                "`{output}` was missing for a moment while it was replaced, because this file system can't swap \
                 folders"
            )),
            Self::FileByFile => Some(format!(
                "`{output}` was replaced file by file, with old and new pages side by side for a moment, because \
                 the folder itself can't be replaced: it is a mount point, is open in another program, or lies \
                 in a folder that this build may not change"
            )),
        }
    }
}

/// The folders that take part.
#[derive(Debug)]
pub struct Folders {
    /// The output folder as the author knows it, for messages.
    pub shown: PathBuf,
    /// The output folder, links resolved.
    pub output: PathBuf,
    /// The new site.
    pub staged: PathBuf,
    /// Where the old site can wait; nothing is there yet.
    pub aside: PathBuf,
}

/// Puts the new site where none is.
///
/// # Errors
/// When the system refuses, or something has come there in the meantime.
pub fn place(folders: &Folders) -> Result<(), OutputError> {
    fs::rename(&folders.staged, &folders.output).map_err(OutputError::io("make the folder", &folders.shown))
}

/// Replaces what lies at the output by the new site, `files`, going `way` where the system can and else the next
/// one; gives the way that was gone.
///
/// # Errors
/// When the system refuses. The old site is then as it was, unless files were already being replaced one by one.
pub fn replace(mut way: Way, folders: &Folders, files: &[(String, Outcome)]) -> Result<Way, OutputError> {
    loop {
        let tried = match way {
            Way::Exchange => exchange(&folders.staged, &folders.output),
            Way::Aside => rename_both(folders),
            Way::FileByFile => {
                replace_files(folders, files)?;
                return Ok(way);
            }
        };
        way = match tried {
            Ok(()) => return Ok(way),
            Err(reason) => next(way, reason).map_err(OutputError::io("replace", &folders.shown))?,
        };
    }
}

/// The way to try after the system refused `way`.
fn next(way: Way, reason: io::Error) -> io::Result<Way> {
    match reason.kind() {
        // The file system can rename, but not exchange.
        ErrorKind::InvalidInput | ErrorKind::Unsupported if way == Way::Exchange => Ok(Way::Aside),
        // The folder is a mount point, in use, or not ours to rename; the files in it may well be.
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices | ErrorKind::PermissionDenied => {
            Ok(Way::FileByFile)
        }
        _ => Err(reason),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(staged: &Path, output: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, staged, CWD, output, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

fn rename_both(folders: &Folders) -> io::Result<()> {
    fs::rename(&folders.output, &folders.aside)?;
    if let Err(reason) = fs::rename(&folders.staged, &folders.output) {
        fs::rename(&folders.aside, &folders.output)?;
        return Err(reason);
    }
    // The new site is published; what is left of the old one is removed by the next build at the latest.
    let _ = fs::remove_dir_all(&folders.aside);
    Ok(())
}
