//! Splits a page into its front matter and its body.

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{Source, Span};

/// The parts of a page, as bytes of the whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The opening `---`; a file without front matter has an empty span at its start.
    pub opening: Span,
    /// The YAML between the two lines.
    pub yaml: Span,
    /// Where the body begins.
    pub body: usize,
}

/// Splits `source` at its front matter. Without one that is closed there is a finding, and no YAML.
///
/// # Errors
/// The finding, beside what is known all the same: whether the rest of the file is body.
pub fn split(source: &Source) -> Result<Split, (Box<Diagnostic>, Option<usize>)> {
    let text: &str = &source.text;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: start };
    let first = lines.next().unwrap_or(start..start);
    if text.get(first.clone()).unwrap_or("").trim_end() != "---" {
        // What may be fields is not read as text: it would make more findings of one mistake.
        let body = if displaced(text, start).is_some() { None } else { Some(start) };
        return Err((Box::new(missing(source, start, &first)), body));
    }
    let opening = Span::new(first.start, first.start + 3);
    let yaml_start = lines.at;
    while let Some(line) = lines.next() {
        let words = text.get(line.clone()).unwrap_or("").trim_end();
        if words == "..." && goes_on(text, lines.at) {
            let message = "`...` ends the front matter, and more of its fields stand below";
            let place = Place::new(&source.path, Span::new(line.start, line.start + 3));
            let finding = Diagnostic::new(Rule::FrontMatterUnclosed, place, message);
            return Err((Box::new(finding.help("take this line out")), None));
        }
        if words == "---" || words == "..." {
            return Ok(Split { opening, yaml: Span::new(yaml_start, line.start), body: lines.at });
        }
    }
    if let Some((line, words)) = misspelt_closing(text, yaml_start) {
        let finding = |message: &str| {
            Diagnostic::new(Rule::FrontMatterUnclosed, Place::new(&source.path, line), message)
        };
        let finding = if words == "---" {
            finding("the line that ends the front matter has blanks before it").help("take them out")
        } else {
            finding(&format!("the line that ends the front matter is `{words}`, not three hyphens"))
                .help("write `---`, and nothing else in this line")
        };
        return Err((Box::new(finding), None));
    }
    let finding = Diagnostic::new(
        Rule::FrontMatterUnclosed,
        Place::new(&source.path, opening),
        "the front matter that begins here has no end",
    )
    .help("write a line of `---` below its last field");
    Err((Box::new(finding), None))
}

/// Whether a field begins at `at`, and the line that ends front matter comes later.
fn goes_on(text: &str, at: usize) -> bool {
    let mut lines = Lines { text, at }.map(|line| text.get(line).unwrap_or("").trim_end());
    lines.next().is_some_and(is_field) && lines.any(|line| line == "---")
}

/// The first line from `at` on that was meant to end the front matter: hyphens or dashes, but not three hyphens at its
/// beginning.
fn misspelt_closing(text: &str, at: usize) -> Option<(Span, &str)> {
    Lines { text, at }.find_map(|line| {
        let words = text.get(line.clone())?.trim();
        let is_it = words.chars().all(|c| matches!(c, '-' | '–' | '—' | '−')) && !matches!(words, "" | "-");
        let start = line.start + text.get(line)?.find(words)?;
        is_it.then(|| (Span::new(start, start + words.len()), words))
    })
}

/// Whether `line` begins with the name of a field, as it stands in front matter.
fn is_field(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or("");
    line.contains(':') && !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// What is wrong with front matter that is there, but not where it belongs.
enum Displaced {
    /// Something stands before its first line.
    Below,
    /// Its first line is not there.
    Unopened,
    /// Its first line is made of other signs.
    Misspelt,
}

/// Whether `line` was meant to be the first line of front matter: hyphens or dashes, but not three hyphens.
fn is_like_opening(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '=' | '*' | '+' | ' ' | '.'))
}

/// Whether there is front matter somewhere in `text`, of which what stands before `start` is not looked at.
fn displaced(text: &str, start: usize) -> Option<Displaced> {
    let lines: Vec<&str> =
        Lines { text, at: start }.map(|line| text.get(line).unwrap_or("").trim_end()).collect();
    let is_field = |line: &&str| is_field(line);
    let has_opening = || lines.windows(2).any(|pair| matches!(pair, ["---", field] if is_field(field)));
    if lines.first().is_some_and(is_field) && lines.contains(&"---") {
        return Some(Displaced::Unopened);
    }
    if let [first, second, ..] = &*lines
        && is_like_opening(first)
        && is_field(second)
        && lines.contains(&"---")
    {
        return Some(Displaced::Misspelt);
    }
    has_opening().then_some(Displaced::Below)
}

fn missing(source: &Source, start: usize, first: &std::ops::Range<usize>) -> Diagnostic {
    let rest = source.text.get(start..).unwrap_or("");
    let place = Place::new(&source.path, Span::new(first.start, first.end));
    let finding = |message: &str, help: &str| {
        Diagnostic::new(Rule::FrontMatterMissing, place.clone(), message).help(help)
    };
    let displaced = displaced(&source.text, start);
    if rest.trim().is_empty() {
        finding(
            "the file is empty",
            "begin it with a line of `---`, then `title:` and `summary:`, then another `---`",
        )
    } else if matches!(displaced, Some(Displaced::Misspelt)) {
        let line = source.text.get(first.clone()).unwrap_or("").trim_end();
        finding(
            &format!("the first line of the front matter is `{line}`, not three hyphens"),
            "write `---`, and nothing else in this line",
        )
    } else if matches!(displaced, Some(Displaced::Unopened)) {
        finding("the front matter has no first line", "write a line of `---` above its first field")
    } else if displaced.is_some() || rest.trim_start().starts_with("---") {
        finding("something stands before the front matter", "make `---` the very first line of the file")
    } else {
        finding(
            "the page does not begin with front matter",
            "put it first: a line of `---`, then `title:` and `summary:`, then another `---`",
        )
    }
}

/// The lines of a text as byte ranges without their ends; `\n`, `\r\n` and `\r` end one.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = std::ops::Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let end = match rest.get(length..) {
            Some(end) if end.starts_with("\r\n") => 2,
            Some("") | None => 0,
            Some(_) => 1,
        };
        self.at = start + length + end;
        Some(start..start + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    fn source(text: &str) -> Source {
        Source { path: SitePath::new("content/a.md"), text: text.into() }
    }

    fn parts(text: &str) -> (&str, &str) {
        let split = split(&source(text)).unwrap();
        (split.yaml.of(text), &text[split.body..])
    }

    #[test]
    fn front_matter_ends_at_the_first_closing_line() {
        assert_eq!(
            parts("---\ntitle: A\n---\nBody\n\n```\n---\n```\n"),
            ("title: A\n", "Body\n\n```\n---\n```\n")
        );
        assert_eq!(parts("---\n---\n"), ("", ""));
        assert_eq!(parts("---  \ntitle: A\n---"), ("title: A\n", ""));
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_endings_are_no_mistake() {
        assert_eq!(parts("\u{feff}---\r\ntitle: A\r\n---\r\nBody"), ("title: A\r\n", "Body"));
    }

    #[test]
    fn an_indented_or_longer_line_does_not_close() {
        assert_eq!(parts("---\na: 1\n ---\n----\n---\n"), ("a: 1\n ---\n----\n", ""));
    }

    #[test]
    fn what_is_wrong_with_the_beginning_is_said() {
        let message = |text: &str| split(&source(text)).unwrap_err().0.message;
        assert_eq!(message(""), "the file is empty");
        assert_eq!(message("\n---\ntitle: A\n---\n"), "something stands before the front matter");
        assert_eq!(message("# Title\n---\ntitle: A\n---\n"), "something stands before the front matter");
        let misspelt =
            |line: &str| format!("the first line of the front matter is `{line}`, not three hyphens");
        for line in ["--", "----", "—", "- - -", "–-"] {
            assert_eq!(message(&format!("{line}\ntitle: A\n---\n")), misspelt(line));
        }
        assert_eq!(message("----\n\nText\n"), "something stands before the front matter");
        assert_eq!(message("title: A\n---\n"), "the front matter has no first line");
        assert_eq!(message("Note: this\n\n---\n\nThat.\n"), "the page does not begin with front matter");
        assert_eq!(message("# Title\n"), "the page does not begin with front matter");
        assert_eq!(message("---\ntitle: A\n"), "the front matter that begins here has no end");
    }
}
