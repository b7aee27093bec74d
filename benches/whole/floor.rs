//! The floor: a program that only writes files of given lengths, so that nothing that writes them can be quicker.
//!
//! It reads nothing and thinks of nothing. Folders are made first, then files are written by as many threads as there
//! are processors, or by one, each file with one call and each thread mostly in folders of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use walkdir::WalkDir;

/// The argument by which this program knows that it is the floor.
const ARGUMENT: &str = "--floor";

/// The command that writes the files of `manifest` below `folder`, on so many threads; 0 is one for each processor.
pub fn command(manifest: &Path, folder: &Path, threads: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(ARGUMENT).arg(manifest).arg(folder).env("RAYON_NUM_THREADS", threads.to_string());
    command
}

/// Does what [`command`] asks for. Without such arguments there is nothing to do, and the answer is `None`.
pub fn asked(arguments: &[String]) -> Option<()> {
    match arguments {
        [first, manifest, folder] if first == ARGUMENT => {
            write(&fs::read_to_string(manifest).unwrap(), Path::new(folder));
            Some(())
        }
        _ => None,
    }
}

/// Writes down which files are below `folder`, and how long they are: a line for each.
pub fn manifest(folder: &Path) -> String {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    files.filter(|entry| entry.file_type().is_file()).fold(String::new(), |text, entry| {
        let path = entry.path().strip_prefix(folder).unwrap().display();
        text + &format!("{}\t{path}\n", entry.metadata().unwrap().len())
    })
}

fn write(manifest: &str, folder: &Path) {
    let files: Vec<(usize, PathBuf)> = manifest
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(length, path)| (length.parse().unwrap(), folder.join(path)))
        .collect();
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(_, path)| path.parent()).collect();
    folders.into_iter().for_each(|folder| fs::create_dir_all(folder).unwrap());
    let bytes = vec![b'x'; files.iter().map(|(length, _)| *length).max().unwrap_or(0)];
    files.par_iter().for_each(|(length, path)| fs::write(path, &bytes[..*length]).unwrap());
}
