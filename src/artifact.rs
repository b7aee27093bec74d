//! One file of the published site as a value, and the place that takes such values.

use std::path::PathBuf;

/// A file of the published site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where it goes: relative to the output folder, with `/` between its parts on every system.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file of the published site holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a file of the site, copied when the artifact is written: memory never holds the pictures.
    File {
        /// The file to copy.
        from: PathBuf,
        /// The XXH3 hash of its bytes, 128 bits.
        digest: u128,
        /// Its length in bytes.
        size: u64,
    },
}

/// Takes artifacts as they come, from any number of threads.
///
/// Taking never fails in the eyes of the giver, so that rendering stays pure: a sink that writes keeps its first
/// error, ignores what comes after, and tells when it is asked to publish.
pub trait Sink: Sync {
    /// Whether artifacts are kept. What only looks for mistakes keeps none.
    fn keeps(&self) -> bool {
        true
    }

    /// Hears how many artifacts will come, for those who wait.
    fn expect(&self, _artifacts: usize) {}

    /// Takes one artifact. Every path comes once.
    fn put(&self, artifact: Artifact);
}

/// The sink that forgets everything: pages are rendered for their findings alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn keeps(&self) -> bool {
        false
    }

    fn put(&self, _: Artifact) {}
}
