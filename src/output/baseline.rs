//! The file of a baseline: written whole or not at all, and never in place of a file that is none.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::OutputError;
use super::file;
use crate::artifact::Content;
use crate::baseline;

/// How much of a file is read to see whether it is a baseline, in bytes.
const BEGINNING: u64 = 4096;

/// Writes the baseline `text` to `file`, which must be missing, empty, or a baseline, and must not lie in one of
/// `folders`: those that a site is read from or published to. A file that says the same already is not touched.
///
/// # Errors
/// When the file must not be replaced, or the system refuses. The file is then as it was.
pub fn write_baseline(file: &Path, text: &str, folders: &[PathBuf]) -> Result<(), OutputError> {
    let target = resolve(file)?;
    let inside = |folder: &&PathBuf| fs::canonicalize(folder).is_ok_and(|folder| target.starts_with(folder));
    if let Some(folder) = folders.iter().find(inside) {
        return Err(OutputError::BaselineInSite { file: file.to_path_buf(), folder: folder.clone() });
    }
    let old = match fs::metadata(&target) {
        Ok(old) if old.is_file() => Some(old),
        Ok(_) => return Err(OutputError::NotABaseline { file: file.to_path_buf() }),
        Err(reason) if reason.kind() == ErrorKind::NotFound => None,
        Err(reason) => return Err(OutputError::io("read", file)(reason)),
    };
    let content = Content::Bytes(text.into());
    if old.is_some() {
        if file::is_equal(&content, &target) {
            return Ok(());
        }
        if !is_ours(&target).map_err(OutputError::io("read", file))? {
            return Err(OutputError::NotABaseline { file: file.to_path_buf() });
        }
    }
    let staged = target.with_file_name(format!(".backsite-baseline-{}", std::process::id()));
    // A run with the same number may have been killed here.
    let _ = fs::remove_file(&staged);
    let written = file::write(&content, &staged, file).and_then(|()| {
        let kept = old.map_or(Ok(()), |old| fs::set_permissions(&staged, old.permissions()));
        kept.and_then(|()| fs::rename(&staged, &target)).map_err(OutputError::io("write", file))
    });
    if written.is_err() {
        let _ = fs::remove_file(&staged);
    }
    written
}

/// Where `file` lies, or would lie, with links followed, so that a link stays one.
fn resolve(file: &Path) -> Result<PathBuf, OutputError> {
    let reason = match fs::canonicalize(file) {
        Ok(path) => return Ok(path),
        Err(reason) => reason,
    };
    let is_missing = reason.kind() == ErrorKind::NotFound && !file.is_symlink();
    match (file.parent(), file.file_name()) {
        (Some(folder), Some(name)) if is_missing => {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            Ok(fs::canonicalize(folder).map_err(OutputError::io("write", file))?.join(name))
        }
        _ => Err(OutputError::io("write", file)(reason)),
    }
}

/// Whether the file at `path` is empty or a baseline.
fn is_ours(path: &Path) -> std::io::Result<bool> {
    let mut beginning = Vec::new();
    File::open(path)?.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(beginning.is_empty() || baseline::is_ours(&String::from_utf8_lossy(&beginning)))
}
