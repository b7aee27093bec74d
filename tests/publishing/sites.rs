//! Small sites, and a look at what lies in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use backsite::artifact::{Artifact, Content, Sink};
use backsite::output::{OutputError, Published, Staging, Way};
use rayon::prelude::*;

/// Paths and what the files there hold; a folder has a `/` at its end and holds nothing.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// The tree of these files, without their folders.
pub fn site(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// Stages every file of `site`, from several threads.
pub fn fill(staging: &Staging, site: &Tree) {
    site.par_iter().for_each(|(path, bytes)| staging.put(page(path, bytes)));
}

/// A page with these bytes.
pub fn page(path: &str, bytes: &[u8]) -> Artifact {
    Artifact { path: path.to_owned(), content: Content::Bytes(bytes.to_vec()) }
}

/// Publishes `site` at `output`.
pub fn publish(output: &Path, site: &Tree) -> Result<Published, OutputError> {
    publish_by(Way::Exchange, output, site)
}

/// Publishes `site` at `output` in a given way.
pub fn publish_by(way: Way, output: &Path, site: &Tree) -> Result<Published, OutputError> {
    let staging = Staging::open_for(way, output, &[])?;
    fill(&staging, site);
    staging.publish()
}

/// Everything in a folder, hidden files too.
pub fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        if entry.file_type().is_dir() {
            found.insert(name + "/", Vec::new());
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// The tree that publishing `site` makes where nothing was before.
pub fn fresh(site: &Tree) -> Tree {
    let folder = tempfile::tempdir().unwrap();
    publish(&folder.path().join("public"), site).unwrap();
    tree(&folder.path().join("public"))
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
