//! The hidden folder in which a site is put together, and the lock that keeps two builds from sharing it.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use same_file::Handle;

/// How often another build may remove its lock in the very moment in which this one wants it. Far more often than
/// that happens, but not for ever: the folder can also be a link to nowhere.
const ATTEMPTS: usize = 1_000;

/// A folder that this build alone uses. Dropping it removes it.
#[derive(Debug)]
pub struct Workplace {
    folder: PathBuf,
    /// Held open for its lock, which the system takes back however the program ends.
    _lock: File,
}

impl Workplace {
    /// Takes the folder, made if it is missing, or `None` where another build has it.
    ///
    /// What a killed build left there stays for now: part of it may be the published site.
    ///
    /// # Errors
    /// When the system refuses to make the folder or to lock it.
    pub fn open(folder: &Path) -> io::Result<Option<Self>> {
        for _ in 0..ATTEMPTS {
            match fs::create_dir(folder) {
                Err(reason) if reason.kind() != ErrorKind::AlreadyExists => return Err(reason),
                _ => {}
            }
            let path = folder.join("lock");
            let lock = match File::options().create(true).truncate(false).write(true).open(&path) {
                Ok(lock) => lock,
                // The other build has just removed its folder.
                Err(reason) if reason.kind() == ErrorKind::NotFound => continue,
                Err(reason) => return Err(reason),
            };
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(reason)) => return Err(reason),
            }
            // Between opening and locking, the other build may have removed the file: then this lock locks nothing.
            if Handle::from_path(&path).ok() == Some(Handle::from_file(lock.try_clone()?)?) {
                return Ok(Some(Self { folder: folder.to_path_buf(), _lock: lock }));
            }
        }
        Err(ErrorKind::NotFound.into())
    }

    /// Where the new site grows; after an exchange, where the old one is.
    pub fn staged(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// Where the old site waits while folders are renamed one after the other.
    pub fn aside(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Removes what a killed build left and makes the folder for the new site.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn clear(&self) -> io::Result<()> {
        remove(&self.staged())?;
        remove(&self.aside())?;
        fs::create_dir(self.staged())
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        // Whatever can't be removed now, the next build removes or complains about. An old site that is still aside
        // stays: no other copy of it may be left.
        let _ = remove(&self.staged());
        // The lock goes while it is still held, or a build that takes it in between would lose it.
        let _ = fs::remove_file(self.folder.join("lock"));
        let _ = fs::remove_dir(&self.folder);
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(reason) if reason.kind() != ErrorKind::NotFound => Err(reason),
        _ => Ok(()),
    }
}
