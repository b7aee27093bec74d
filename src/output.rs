//! The only writer of the disk: a site is staged in a hidden folder, then takes the published one's place.
//! It also writes the author's own files where they are mended, and adds some; see [`rewrite`] and [`add`].
//!
//! Invariant: nothing here writes into the output folder before the whole new site is on the disk, and no file of
//! the old site is ever opened for writing, because old and new may share it. A build that is killed leaves the
//! published folder as it was, or the new one in its place; see [`Way`] for systems that can't exchange folders.
//! Absent on purpose: flushing to the medium. A power cut within seconds of a build can lose the new site on some
//! file systems; building again brings it back.
#![expect(clippy::disallowed_methods, reason = "this is where the disk is written")]

use std::collections::HashSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::artifact::{Artifact, Content, Sink};

mod addition;
mod baseline;
mod error;
mod file;
mod file_by_file;
mod replace;
mod rewrite;
mod target;
mod workplace;

pub use addition::add;
pub use baseline::write_baseline;
pub use error::OutputError;
pub use replace::Way;
pub use rewrite::{Rewritten, rewrite};

use file::Outcome;
use replace::Folders;
use target::{MARKER, MARKER_TEXT, OldSite, STAGED_INSIDE, State};
use workplace::Workplace;

/// A site that is being written, not yet published. Dropping it throws it away and leaves the published site alone.
#[derive(Debug)]
pub struct Staging {
    folders: Folders,
    way: Way,
    old: OldSite,
    progress: Mutex<Progress>,
    failure: OnceLock<OutputError>,
    // Dropped in this order: the parents are empty only when the workplace is gone.
    _workplace: Workplace,
    _parents: target::Parents,
}

/// What was staged so far.
#[derive(Debug, Default)]
struct Progress {
    /// The folders that were made.
    folders: HashSet<String>,
    files: BTreeMap<String, Outcome>,
}

/// What publishing did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// How many files are new or changed.
    pub written: usize,
    /// How many files were kept, time stamps included, because they are equal.
    pub unchanged: usize,
    /// How many files of the old site are gone.
    pub removed: usize,
    /// What the user should know about the way it was done.
    pub note: Option<String>,
}

impl Staging {
    /// Starts a site that is to be published at `output`, which must be missing, empty, or published by us before,
    /// and must neither be nor hold one of `sources`: the site's root and what else it is made from.
    ///
    /// A link at `output` is followed, and the site is published where it points to. Folders missing above are made.
    ///
    /// # Errors
    /// When `output` must not be replaced, when another build is writing there, or when the system refuses.
    pub fn open(output: &Path, sources: &[&Path]) -> Result<Self, OutputError> {
        Self::open_for(Way::Exchange, output, sources)
    }

    /// Does what [`Staging::open`] does, to publish in a given way, or in one of the next where the system can't.
    ///
    /// # Errors
    /// As for [`Staging::open`].
    pub fn open_for(way: Way, output: &Path, sources: &[&Path]) -> Result<Self, OutputError> {
        let (path, parents) = target::resolve(output)?;
        target::refuse_sources(&path, output, sources)?;
        let (workplace, way) = take_workplace(way, &path, output, target::state(&path, output)?)?;
        if !path.exists() && workplace.aside().exists() {
            // A build was killed just between taking the old site away and putting the new one there.
            fs::rename(workplace.aside(), &path).map_err(OutputError::io("bring back", output))?;
        }
        // Asked again, now that no other build can change the answer.
        let state = target::state(&path, output)?;
        workplace.clear().map_err(OutputError::io("make the folder", &workplace.staged()))?;
        let old = if state == State::Ours { target::old_site(&path, output)? } else { OldSite::default() };
        let (staged, aside) = (workplace.staged(), workplace.aside());
        Ok(Self {
            folders: Folders { shown: output.to_path_buf(), output: path, staged, aside },
            way,
            old,
            progress: Mutex::default(),
            failure: OnceLock::new(),
            _workplace: workplace,
            _parents: parents,
        })
    }

    /// Whether a site that was published before stands at the output.
    pub fn replaces_a_site(&self) -> bool {
        !self.old.files.is_empty()
    }

    /// How many pages of the old site, besides lists and the front page, the new one does not have so far.
    fn lost_pages(&self) -> usize {
        let is_page = |path: &str| path.ends_with(".html") && !path.ends_with("/index.html");
        let progress = self.progress();
        self.old.files.iter().filter(|path| is_page(path) && !progress.files.contains_key(*path)).count()
    }

    /// Refuses to publish a site of `pages` pages that has at most the front page, where the old one had more.
    ///
    /// # Errors
    /// When the pages of the old site would go: most likely they are in another folder by mistake.
    pub fn refuse_to_empty(&self, pages: usize) -> Result<(), OutputError> {
        match self.lost_pages() {
            lost if pages <= 1 && lost > 1 => {
                Err(OutputError::NothingLeft { output: self.folders.shown.clone(), lost })
            }
            _ => Ok(()),
        }
    }

    /// Puts the new site in the old one's place, as one step where the system can. An equal site is not touched.
    ///
    /// # Errors
    /// The first error of any `put`, or why the old site can't be replaced. It is then as it was, unless it had to
    /// be replaced file by file and the system refused in the middle.
    pub fn publish(mut self) -> Result<Published, OutputError> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let files: Vec<_> = std::mem::take(&mut self.progress().files).into_iter().collect();
        let count = |outcome| files.iter().filter(|(_, found)| *found == outcome).count();
        let (changed, unchanged) = (count(Outcome::Changed), count(Outcome::Unchanged));
        let mut published = Published {
            written: files.len() - unchanged,
            unchanged,
            removed: self.old.files.len().saturating_sub(changed + unchanged),
            note: None,
        };
        // Asked again: something may have come there while the site was rendered.
        let state = target::state(&self.folders.output, &self.folders.shown)?;
        if state == State::Ours && unchanged == files.len() && self.old_site_has_only(&files) {
            return Ok(published);
        }
        self.complete(&files, state)?;
        if state == State::Missing {
            replace::place(&self.folders)?;
        } else {
            published.note = replace::replace(self.way, &self.folders, &files)?.note(&self.folders.shown);
        }
        Ok(published)
    }

    /// Whether the output folder has nothing but these files, all of which it has, their folders and our marker.
    fn old_site_has_only(&self, files: &[(String, Outcome)]) -> bool {
        let Folders { output, staged, .. } = &self.folders;
        let folders: HashSet<_> = files.iter().flat_map(|(path, _)| target::folders_above(path)).collect();
        let marker = Content::Bytes(MARKER_TEXT.into());
        let left_by_a_killed_build = output.join(STAGED_INSIDE);
        self.old.entries == files.len() + folders.len()
            && file::is_equal(&marker, &output.join(MARKER))
            && (staged.starts_with(&left_by_a_killed_build) || !left_by_a_killed_build.exists())
    }

    /// Adds to the staged files what else belongs to a whole site: the marker, and the files to keep.
    fn complete(&self, files: &[(String, Outcome)], state: State) -> Result<(), OutputError> {
        let Folders { shown, output, staged, .. } = &self.folders;
        file::write(&Content::Bytes(MARKER_TEXT.into()), &staged.join(MARKER), &shown.join(MARKER))?;
        if self.way == Way::FileByFile && state != State::Missing {
            // They stay where they are.
            return Ok(());
        }
        let kept: Vec<_> = files.iter().filter(|(_, outcome)| *outcome == Outcome::Unchanged).collect();
        kept.into_par_iter().try_for_each(|(path, _)| {
            self.make_folder(path)?;
            file::keep(&output.join(path), &staged.join(path)).map_err(self.refusal(path))
        })
    }

    fn stage(&self, artifact: Artifact) -> Result<(), OutputError> {
        let Artifact { path, content } = artifact;
        if !is_good(&path) {
            return Err(OutputError::BadPath { path });
        }
        let Folders { shown, output, staged, .. } = &self.folders;
        let outcome = match self.old.files.contains(&path) {
            false => Outcome::New,
            true if file::is_equal(&content, &output.join(&path)) => Outcome::Unchanged,
            true => Outcome::Changed,
        };
        if outcome != Outcome::Unchanged {
            self.make_folder(&path)?;
            file::write(&content, &staged.join(&path), &shown.join(&path))?;
        }
        match self.progress().files.entry(path) {
            Entry::Vacant(entry) => {
                entry.insert(outcome);
                Ok(())
            }
            Entry::Occupied(entry) => Err(OutputError::Twice { path: shown.join(entry.key()) }),
        }
    }

    /// Makes the folder for the file at `path`, one thread at a time: several threads that make folders under one
    /// parent wait for each other in the system, and longer than here.
    fn make_folder(&self, path: &str) -> Result<(), OutputError> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(()) };
        let mut progress = self.progress();
        if progress.folders.contains(folder) {
            return Ok(());
        }
        fs::create_dir_all(self.folders.staged.join(folder)).map_err(self.refusal(folder))?;
        progress.folders.insert(folder.to_owned());
        Ok(())
    }

    /// Why the system refuses to make `path`, a file or folder of the new site.
    fn refusal(&self, path: &str) -> impl FnOnce(io::Error) -> OutputError {
        let path = self.folders.shown.join(path);
        move |reason| match reason.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => OutputError::Twice { path },
            _ => OutputError::io("write", &path)(reason),
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Staging {
    fn put(&self, artifact: Artifact) {
        if self.failure.get().is_some() {
            return;
        }
        if let Err(failure) = self.stage(artifact) {
            // Another thread may have failed first; one reason is enough.
            let _ = self.failure.set(failure);
        }
    }
}

/// Whether a file of the site can have this path: it stays below the output folder on every system, and leaves alone
/// the names that publishing needs.
fn is_good(path: &str) -> bool {
    let is_name = |part: &str| {
        let mut components = Path::new(part).components();
        components.next() == Some(Component::Normal(part.as_ref())) && components.next().is_none()
    };
    let first = path.split('/').next().unwrap_or(path);
    path.split('/').all(is_name) && !path.contains(['\\', '\0']) && first != MARKER && first != STAGED_INSIDE
}

/// The folder to stage in, and the first way that can be gone from there: beside the output, so that the two can
/// change places, or inside of it, where there is no place beside.
fn take_workplace(
    way: Way,
    path: &Path,
    output: &Path,
    state: State,
) -> Result<(Workplace, Way), OutputError> {
    let busy = || OutputError::Busy { output: output.to_path_buf() };
    if let Some(beside) = beside(path)
        && !(state != State::Missing && is_mount_point(path))
    {
        match Workplace::open(&beside) {
            Ok(workplace) => return Ok((workplace.ok_or_else(busy)?, way)),
            Err(reason) if may_stage_inside(reason.kind()) && state != State::Missing => {}
            Err(reason) => return Err(OutputError::io("make the folder", &beside)(reason)),
        }
    }
    let inside = path.join(STAGED_INSIDE);
    let workplace = Workplace::open(&inside)
        .map_err(OutputError::io("make the folder", &output.join(STAGED_INSIDE)))?
        .ok_or_else(busy)?;
    Ok((workplace, Way::FileByFile))
}

fn may_stage_inside(refusal: ErrorKind) -> bool {
    matches!(refusal, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// The hidden sibling of the output folder; none for the root of a file system.
fn beside(path: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name()?);
    name.push(".backsite");
    Some(path.with_file_name(name))
}

/// Whether another file system starts at the folder. Where the same one is mounted again, it seems not to, and the
/// system refuses the exchange later.
#[cfg(unix)]
fn is_mount_point(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    path.parent().is_none_or(|parent| device(parent) != device(path))
}

#[cfg(not(unix))]
fn is_mount_point(path: &Path) -> bool {
    path.parent().is_none()
}
