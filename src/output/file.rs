//! One file of the new site: compared with the old one, and kept or written.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3Default;

use super::OutputError;
use crate::artifact::Content;

/// How a file of the new site compares with the old site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The old site had no such file.
    New,
    /// The old site had another.
    Changed,
    /// The old site had the same.
    Unchanged,
}

/// Whether the file at `old` holds just `content`.
///
/// A file that can't be read is as good as another one: it is replaced, and nothing depends on it.
pub fn is_equal(content: &Content, old: &Path) -> bool {
    let Ok(mut file) = File::open(old) else { return false };
    let Ok(found) = file.metadata() else { return false };
    match content {
        Content::Bytes(bytes) => {
            let mut held = vec![0; bytes.len()];
            found.len() == bytes.len() as u64 && file.read_exact(&mut held).is_ok() && held == *bytes
        }
        // The digest speaks for the file as it was read, and only one of the two files has to be read again.
        Content::File { digest, size, .. } => {
            found.len() == *size
                && read(&mut file, old, |_| Ok(())).is_ok_and(|read| read == (*size, *digest))
        }
    }
}

/// Makes `to`, which must not exist, the same file as `old`, or a copy of the same age where the file system can't
/// link.
///
/// # Errors
/// When the system refuses.
pub fn keep(old: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(old, to).or_else(|_| copy(old, to))
}

/// Copies `old` with its time stamp to `to`, which must not exist.
fn copy(old: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(old)?;
    let mut copy = File::options().write(true).create_new(true).open(to)?;
    io::copy(&mut source, &mut copy)?;
    copy.set_modified(source.metadata()?.modified()?)
}

/// Writes `content` into the file `to`, which must not exist: a file that the old site shares is never opened. The
/// author knows the file as `shown`.
///
/// # Errors
/// When the system refuses, or the file to copy is not the one that was read.
pub fn write(content: &Content, to: &Path, shown: &Path) -> Result<(), OutputError> {
    let failed = OutputError::io("write", shown);
    let mut file = match File::options().write(true).create_new(true).open(to) {
        Ok(file) => file,
        Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => {
            return Err(OutputError::Twice { path: shown.to_path_buf() });
        }
        Err(reason) => return Err(failed(reason)),
    };
    match content {
        Content::Bytes(bytes) => file.write_all(bytes).map_err(failed),
        // Not `fs::copy`, which would publish the author's permissions too.
        Content::File { from, digest, size } => {
            let mut source = File::open(from).map_err(OutputError::io("read", from))?;
            let write = |bytes: &[u8]| file.write_all(bytes).map_err(OutputError::io("write", shown));
            let copied = read(&mut source, from, write)?;
            if copied != (*size, *digest) {
                return Err(OutputError::SourceChanged { from: from.clone() });
            }
            Ok(())
        }
    }
}

/// Reads all of `file`, which lies at `path`, piece by piece; gives the number of bytes and their digest.
fn read(
    file: &mut File,
    path: &Path,
    mut take: impl FnMut(&[u8]) -> Result<(), OutputError>,
) -> Result<(u64, u128), OutputError> {
    let mut digest = Xxh3Default::new();
    let mut buffer = vec![0; 128 * 1024];
    let mut size = 0;
    loop {
        let length = match file.read(&mut buffer) {
            Ok(0) => return Ok((size, digest.digest128())),
            Ok(length) => length,
            Err(reason) if reason.kind() == io::ErrorKind::Interrupted => continue,
            Err(reason) => return Err(OutputError::io("read", path)(reason)),
        };
        let bytes = &buffer[..length];
        digest.update(bytes);
        take(bytes)?;
        size += length as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_linking_fails_a_kept_file_is_a_copy_of_the_same_age() {
        let folder = tempfile::tempdir().unwrap();
        let (old, to) = (folder.path().join("old"), folder.path().join("to"));
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        fs::write(&old, "text").unwrap();
        File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
        copy(&old, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"text");
        assert_eq!(fs::metadata(&to).unwrap().modified().unwrap(), long_ago);
        assert!(copy(&old, &to).is_err(), "no file is ever overwritten");
    }
}
