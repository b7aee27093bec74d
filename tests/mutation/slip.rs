//! One mistake in one place: what changes in the files, and where it has to be found.

use std::ops::Range;

use crate::site::Files;

/// A change of a site's files.
#[derive(Clone)]
enum Change {
    /// Other bytes in place of some of a file.
    Replace { path: String, range: Range<usize>, with: Vec<u8> },
    /// A file that was not there, or stands in place of the one that was.
    Put { path: String, bytes: Vec<u8> },
    /// A file under another name.
    Move { from: String, to: String },
    /// A file that is gone.
    Remove { path: String },
}

/// A mistake, and the one finding that it should lead to.
#[derive(Clone)]
pub struct Slip {
    changes: Vec<Change>,
    /// The rules that may find it. More than one only where either name would be right.
    pub rules: &'static [&'static str],
    /// The file in which it has to be found.
    pub path: String,
    /// The bytes of the changed file where it has to be found; the end is not looked at where there is none.
    pub start: usize,
    /// One past the last byte.
    pub end: Option<usize>,
}

impl Slip {
    fn new(path: &str, change: Change) -> Self {
        Self { changes: vec![change], rules: &[], path: path.to_owned(), start: 0, end: None }
    }

    /// `with` in place of the bytes of `range` in the file `path`.
    pub fn replace(path: &str, range: Range<usize>, with: impl Into<Vec<u8>>) -> Self {
        let with = with.into();
        let mut slip = Self::new(
            path,
            Change::Replace { path: path.to_owned(), range: range.clone(), with: with.clone() },
        );
        (slip.start, slip.end) = (range.start, Some(range.start + with.len()));
        slip
    }

    /// `with` put in at `at` in the file `path`.
    pub fn insert(path: &str, at: usize, with: impl Into<Vec<u8>>) -> Self {
        Self::replace(path, at..at, with)
    }

    /// The bytes of `range` taken out of the file `path`.
    pub fn delete(path: &str, range: Range<usize>) -> Self {
        Self::replace(path, range, "")
    }

    /// A new file.
    pub fn put(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(path, Change::Put { path: path.to_owned(), bytes: bytes.into() })
    }

    /// The file `from` under the name `to`.
    pub fn rename(from: &str, to: &str) -> Self {
        Self::new(to, Change::Move { from: from.to_owned(), to: to.to_owned() })
    }

    /// The file `path` is gone.
    pub fn remove(path: &str) -> Self {
        Self::new(path, Change::Remove { path: path.to_owned() })
    }

    /// The same with what `other` changes, which may be in the same file only before this one's changes are made.
    pub fn and(mut self, other: Self) -> Self {
        self.changes.extend(other.changes);
        self
    }

    /// Found by one of `rules` at what was put in.
    pub fn found(mut self, rules: &'static [&'static str]) -> Self {
        self.rules = rules;
        self
    }

    /// Found by one of `rules` at the bytes `range` of the changed file.
    pub fn found_at(mut self, rules: &'static [&'static str], range: Range<usize>) -> Self {
        (self.rules, self.start, self.end) = (rules, range.start, Some(range.end));
        self
    }

    /// Found by one of `rules` at the byte `start` of the changed file, wherever it ends.
    pub fn found_from(mut self, rules: &'static [&'static str], start: usize) -> Self {
        (self.rules, self.start, self.end) = (rules, start, None);
        self
    }

    /// Found in the file `path` instead of the one that was changed.
    pub fn in_file(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// The files that change, of a site with these `files`: each with its new bytes, or none where it is gone.
    pub fn changed(&self, files: &Files) -> Vec<(String, Option<Vec<u8>>)> {
        let mut changed: Vec<(String, Option<Vec<u8>>)> = Vec::new();
        for change in &self.changes {
            match change {
                Change::Replace { path, range, with } => {
                    let before = changed.iter().position(|(changed, _)| changed == path);
                    let mut bytes = match before {
                        Some(index) => changed.remove(index).1.unwrap(),
                        None => files[path].clone(),
                    };
                    bytes.splice(range.clone(), with.iter().copied());
                    changed.push((path.clone(), Some(bytes)));
                }
                Change::Put { path, bytes } => changed.push((path.clone(), Some(bytes.clone()))),
                Change::Move { from, to } => {
                    changed.push((from.clone(), None));
                    changed.push((to.clone(), Some(files[from].clone())));
                }
                Change::Remove { path } => changed.push((path.clone(), None)),
            }
        }
        changed
    }
}

/// The line and the column of the byte `offset`, as people count: characters, from 1, without a byte order mark.
/// Written without a look at how the program does it.
pub fn position(bytes: &[u8], offset: usize) -> (u64, u64) {
    let before = &bytes[..offset];
    let before = before.strip_prefix(b"\xef\xbb\xbf").unwrap_or(before);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let column = 1 + String::from_utf8_lossy(&before[line_start..]).chars().count();
    (line as u64, column as u64)
}
