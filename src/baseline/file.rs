//! A baseline as the text of its file: sorted, an entry a line, so that a difference reads well.

use std::fmt::Write;

use super::{Baseline, Entry};
use crate::source::is_control;

/// Raised when an older program could not understand the file.
pub(super) const VERSION: i64 = 1;

/// The key that says what the file is, and its value.
pub(super) const MARK: (&str, &str) = ("backsite", "baseline");

/// How the file begins, without white space.
const BEGINNING: &str = "{\"backsite\":\"baseline\"";

impl Baseline {
    /// The text of the file. The same findings give the same bytes.
    pub fn to_json(&self) -> String {
        let (key, value) = MARK;
        let lines: Vec<String> = self.entries().iter().map(line).collect();
        let end = if lines.is_empty() { "" } else { "\n  " };
        format!(
            "{{\n  \"{key}\": \"{value}\",\n  \"version\": {VERSION},\n  \"findings\": [{}{end}]\n}}\n",
            lines.join(",")
        )
    }
}

fn line(entry: &Entry) -> String {
    format!(
        "\n    {{\"path\": {}, \"rule\": {}, \"text\": {}, \"count\": {}}}",
        quoted(entry.path.as_str()),
        quoted(entry.rule.name()),
        quoted(&entry.text),
        entry.count
    )
}

/// `text` in quotes, with escapes for the control characters that no file of a site may hold.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    if !json.contains(is_control) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 8);
    for character in json.chars() {
        if is_control(character) {
            // Writing to a string can't fail.
            let _ = write!(out, "\\u{:04x}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// Whether a file that begins with `text` is a baseline, be it sound or not: one that may be written anew.
pub fn is_ours(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut characters = text.chars().filter(|character| !character.is_whitespace());
    BEGINNING.chars().all(|expected| characters.next() == Some(expected))
}
