//! A file of a site as its author sees it: lines, fields, items and words with their places. It shares nothing with
//! the program's own reading, so that both can't be wrong in the same way.

use std::ops::Range;

/// A file.
pub struct Text<'a> {
    pub path: &'a str,
    pub text: &'a str,
    /// The lines without what ends them.
    pub lines: Vec<Range<usize>>,
    /// The lines with what ends them.
    pub whole_lines: Vec<Range<usize>>,
    /// The fields of front matter or of a register.
    pub fields: Vec<Field>,
    /// Where the opening `---` begins.
    pub opening: usize,
    /// Where the closing `---` begins.
    pub closing: usize,
    /// Where the text after the front matter begins.
    pub body: usize,
}

/// A line such as `key: value`, `- key: value` or `- value`.
#[derive(Clone, Debug)]
pub struct Field {
    /// The number of its line, from 0.
    pub line: usize,
    /// The dash before it.
    pub dash: Option<usize>,
    /// The key; empty in an item without one.
    pub key: Range<usize>,
    /// The value on the same line, without spaces around it.
    pub value: Range<usize>,
    /// How many characters stand before the key, or before the value of an item without one.
    pub indent: usize,
    /// The keys that it lies under, the outermost first.
    pub parents: Vec<String>,
    /// Its line and those of all that lies in it, with what ends them.
    pub block: Range<usize>,
}

impl<'a> Text<'a> {
    pub fn new(path: &'a str, text: &'a str) -> Self {
        let (mut lines, mut whole_lines) = (Vec::new(), Vec::new());
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = if at == 0 && line.starts_with('\u{feff}') { 3 } else { at };
            whole_lines.push(start..at + line.len());
            lines.push(start..at + line.trim_end_matches(['\r', '\n']).len());
            at += line.len();
        }
        let mut new = Self {
            path,
            text,
            lines,
            whole_lines,
            fields: Vec::new(),
            opening: 0,
            closing: 0,
            body: text.len(),
        };
        let end = new.lines.len();
        if path.ends_with(".md") {
            let is_fence = |line: &Range<usize>| &text[line.clone()] == "---";
            let close = 1 + new.lines.iter().skip(1).position(is_fence).unwrap();
            new.opening = new.lines[0].start;
            new.closing = new.lines[close].start;
            new.body = new.whole_lines[close].end;
            new.fields = new.scan(1..close);
        } else if path.ends_with(".yml") {
            new.fields = new.scan(0..end);
        }
        new
    }

    fn scan(&self, lines: Range<usize>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let mut above: Vec<(usize, String)> = Vec::new();
        for line in lines.clone() {
            let start = self.lines[line].start;
            let text = &self.text[self.lines[line].clone()];
            if text.trim().is_empty() || text.trim_start().starts_with('#') {
                continue;
            }
            let mut indent = text.len() - text.trim_start().len();
            let mut dash = None;
            if text[indent..].starts_with("- ") {
                dash = Some(start + indent);
                indent += 2;
            }
            let rest = &text[indent..];
            let (key, after) = match key_length(rest) {
                Some(length) => (start + indent..start + indent + length, length + 1),
                None => (start + indent..start + indent, 0),
            };
            let value = &rest[after..];
            let value_start = start + indent + after + (value.len() - value.trim_start().len());
            let value = value_start..value_start + value.trim().len();
            above.retain(|(above, _)| *above < indent);
            let parents = above.iter().map(|(_, name)| name.clone()).collect();
            if !key.is_empty() {
                above.push((indent, self.text[key.clone()].to_owned()));
            }
            fields.push(Field {
                line,
                dash,
                key,
                value,
                indent,
                parents,
                block: self.whole_lines[line].clone(),
            });
        }
        for index in 0..fields.len() {
            let first = fields[index].dash.map_or(fields[index].indent, |_| fields[index].indent - 2);
            let inside = fields[index + 1..]
                .iter()
                .take_while(|field| field.dash.map_or(field.indent, |_| field.indent - 2) > first);
            let last = inside.last().map_or(fields[index].line, |field| field.line);
            fields[index].block.end = self.whole_lines[last].end;
        }
        fields
    }

    /// The text of `range`.
    pub fn of(&self, range: &Range<usize>) -> &'a str {
        &self.text[range.clone()]
    }

    /// The key of `field`.
    pub fn key(&self, field: &Field) -> &'a str {
        self.of(&field.key)
    }

    /// The value of `field` that stands on its line.
    pub fn value(&self, field: &Field) -> &'a str {
        self.of(&field.value)
    }

    /// The fields that lie under no other.
    pub fn top(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.parents.is_empty() && !field.key.is_empty())
    }

    /// The field of the page with this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.top().find(|field| self.key(field) == name)
    }

    /// The items of `[a, b]`, each without spaces around it.
    pub fn items(&self, field: &Field) -> Vec<Range<usize>> {
        let value = self.value(field);
        let Some(inside) = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) else {
            return Vec::new();
        };
        let mut at = field.value.start + 1;
        let mut items = Vec::new();
        for item in inside.split(',') {
            let start = at + (item.len() - item.trim_start().len());
            items.push(start..start + item.trim().len());
            at += item.len() + 1;
        }
        items
    }

    /// Whether the page is shown to patients.
    pub fn is_published(&self) -> bool {
        self.field("status").is_some_and(|field| self.value(field) == "published")
    }

    /// The folder that gives the page its kind.
    pub fn folder(&self) -> &'a str {
        self.path
            .strip_prefix("content/")
            .and_then(|path| path.split_once('/'))
            .map_or("", |(folder, _)| folder)
    }

    /// The last part of the path, without its ending.
    pub fn id(&self) -> &'a str {
        let name = self.path.rsplit('/').next().unwrap();
        name.split('.').next().unwrap()
    }

    /// The opening `---`, where what is missing is told.
    pub fn fence(&self) -> Range<usize> {
        self.opening..self.opening + 3
    }

    /// What ends the lines of the file.
    pub fn ending(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Every place at which `needle` stands from `start` on.
    pub fn places(&self, needle: &str, start: usize) -> Vec<usize> {
        self.text[start..].match_indices(needle).map(|(at, _)| start + at).collect()
    }

    /// The lines of the body, with their numbers, that are not in a block of code.
    pub fn body_lines(&self) -> Vec<usize> {
        let mut in_code = false;
        let mut found = Vec::new();
        for (line, range) in self.lines.iter().enumerate().filter(|(_, range)| range.start >= self.body) {
            if self.of(range).starts_with("```") {
                in_code = !in_code;
            } else if !in_code {
                found.push(line);
            }
        }
        found
    }

    /// The headings of the body.
    pub fn headings(&self) -> Vec<usize> {
        self.body_lines().into_iter().filter(|line| self.of(&self.lines[*line]).starts_with('#')).collect()
    }

    /// The lines of the body that are a whole paragraph of running text.
    pub fn paragraphs(&self) -> Vec<usize> {
        let is_empty = |line: usize| self.lines.get(line).is_none_or(|range| range.is_empty());
        let is_text = |line: &usize| {
            let text = self.of(&self.lines[*line]);
            text.starts_with(|c: char| c.is_alphabetic()) && is_empty(line - 1) && is_empty(line + 1)
        };
        self.body_lines().into_iter().filter(is_text).collect()
    }
}

/// How long the key is that `text` begins with, if it does.
fn key_length(text: &str) -> Option<usize> {
    let length = text.find(':')?;
    let is_key = text[..length]
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'));
    let is_followed = text[length + 1..].is_empty() || text[length + 1..].starts_with(' ');
    (length > 0 && is_key && is_followed).then_some(length)
}
