//! A file of cases as it is written: headings, blocks and the lines between them that say how a case is run.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use super::block::Role;

/// A file of cases.
pub struct Book {
    /// Its name without the ending.
    pub name: String,
    pub path: PathBuf,
    pub text: String,
    pub stories: Vec<Story>,
}

/// A case: what stands under one heading.
pub struct Story {
    pub title: String,
    /// The file, and the line of the heading.
    pub file: String,
    pub line: usize,
    pub events: Vec<Event>,
}

/// One thing that a case says, in its order.
#[derive(Clone, Debug)]
pub enum Event {
    /// Begin with the files of `sites/NAME.md`.
    Site(String),
    /// Take a file out.
    Without(String),
    /// The site as it stands is the release that pages are compared with from now on.
    Released,
    /// Run with these arguments from now on.
    Options(Vec<String>),
    Block(Block),
}

/// A fenced block.
#[derive(Clone, Debug)]
pub struct Block {
    pub role: Role,
    pub info: String,
    pub content: String,
    /// The line of its fence.
    pub line: usize,
    /// The bytes of the fences and all between them.
    pub range: Range<usize>,
}

impl Book {
    pub fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let file = format!("tests/cases/{name}.md");
        let mut stories: Vec<Story> = Vec::new();
        // What stands before the first heading holds for every case of the file.
        let mut shared = Vec::new();
        let mut lines = Lines::new(&text);
        while let Some((number, start, line)) = lines.next() {
            if let Some(title) = line.strip_prefix("## ") {
                let title = title.trim().to_owned();
                stories.push(Story { title, file: file.clone(), line: number, events: shared.clone() });
                continue;
            }
            let event = match line.split_once(": ") {
                _ if line.starts_with("```") => lines.block(number, start, line).map(Event::Block),
                Some(("Site", name)) => Some(Event::Site(name.trim().to_owned())),
                Some(("Without", path)) => Some(Event::Without(path.trim().to_owned())),
                Some(("Released", "as it stands")) => Some(Event::Released),
                Some(("Options", options)) => {
                    Some(Event::Options(options.split_whitespace().map(str::to_owned).collect()))
                }
                _ => None,
            };
            match stories.last_mut() {
                Some(story) => story.events.extend(event),
                None => shared.extend(event),
            }
        }
        Self { name, path, text, stories }
    }
}

/// The lines of a text, each with its number and where it starts.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    number: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, number: 0 }
    }

    fn next(&mut self) -> Option<(usize, usize, &'t str)> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let start = self.at;
        self.at += length;
        self.number += 1;
        Some((self.number, start, rest[..length].trim_end_matches('\n')))
    }

    /// The block whose first fence is `line`.
    fn block(&mut self, number: usize, start: usize, line: &str) -> Option<Block> {
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        let from = self.at;
        loop {
            let (_, end, line) = self.next().unwrap_or_else(|| panic!("line {number}: the block has no end"));
            if line == fence {
                let content = self.text[from..end].to_owned();
                let role = Role::read(info).unwrap_or_else(|error| panic!("line {number}: {error}"))?;
                let range = start..end + fence.len();
                return Some(Block { role, info: info.to_owned(), content, line: number, range });
            }
        }
    }
}
