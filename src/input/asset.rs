//! Files that are published as they are, by path and digest: memory never holds the pictures.

use super::InputError;
use super::picture::{self, Size};
use super::walk::Found;
use crate::source::SitePath;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use xxhash_rust::xxh3::Xxh3;

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its path in the site.
    pub path: SitePath,
    /// Its path for the system.
    pub file: PathBuf,
    /// The XXH3 hash of its bytes, 128 bits.
    pub digest: u128,
    /// Its length in bytes.
    pub size: u64,
    /// How large it is, if it is a picture that tells.
    pub sides: Option<Size>,
    /// What in it is more than a drawing, in words: a script, or something from elsewhere.
    pub danger: Option<String>,
}

/// Reads the file `found` once, to know its digest.
pub(super) fn read(found: Found) -> Result<Asset, InputError> {
    let mut hash = Xxh3::new();
    let mut size = 0;
    let is_picture = picture::is_picture(found.path.file_name());
    let is_svg = found.path.file_name().to_ascii_lowercase().ends_with(".svg");
    // What a drawing holds may stand anywhere in it.
    let looked_at = if is_svg { usize::MAX } else { picture::HEAD };
    let mut head = Vec::new();
    let outcome = File::open(&found.file).and_then(|mut file| {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let length = file.read(&mut buffer)?;
            let Some(bytes) = buffer.get(..length).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
            hash.update(bytes);
            if is_picture && head.len() < looked_at {
                head.extend_from_slice(bytes);
            }
            size += length as u64;
        }
    });
    match outcome {
        Ok(()) => Ok(Asset {
            digest: hash.digest128(),
            size,
            sides: if is_picture { picture::size(&head) } else { None },
            danger: if is_svg { picture::danger(&head) } else { None },
            path: found.path,
            file: found.file,
        }),
        Err(reason) => Err(InputError::Unreadable { path: found.file, reason }),
    }
}
