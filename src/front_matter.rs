//! Splits a page into its front matter and its body.

use std::ops::Range;

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

/// What is wrong with the lines around the front matter, and what the page's parts are all the same.
#[derive(Debug)]
pub struct Flaw {
    /// The mistake.
    pub finding: Box<Diagnostic>,
    /// What the rest of the file is taken for.
    pub rest: Rest,
}

/// What a page without proper lines around its front matter is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Fields and text that can be told from each other: their own mistakes are looked for, too.
    Parts(Split),
    /// Text from this byte on, and no fields.
    Text(usize),
    /// Fields and text, but nobody knows where one ends: taken for either, they would look like many mistakes.
    Unknown,
}

/// Splits `source` at its front matter.
///
/// # Errors
/// When its lines are missing, misspelt or not where they belong.
pub fn split(source: &Source) -> Result<Split, Flaw> {
    let text: &str = &source.text;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: start };
    let first = lines.next().unwrap_or(start..start);
    if text.get(first.clone()).unwrap_or("").trim_end() != OPENING {
        if let Some(flaw) = other_language(source, &first) {
            return Err(flaw);
        }
        let displaced = displaced(text, start);
        let finding = Box::new(missing(source, start, &first, displaced.as_ref().map(|(what, _)| what)));
        let rest = match displaced {
            Some((_, opening)) => close(text, opening).map_or(Rest::Unknown, Rest::Parts),
            None => Rest::Text(start),
        };
        return Err(Flaw { finding, rest });
    }
    if let Some(flaw) = begun_twice(source, &first, lines.at) {
        return Err(flaw);
    }
    if let Some(line) = early_end(text, lines.at) {
        let message =
            format!("`{}` ends the front matter, and more of its fields stand below", line.of(text));
        let finding = Diagnostic::new(Rule::FrontMatterUnclosed, Place::new(&source.path, line), message);
        return Err(Flaw { finding: Box::new(finding.help("take this line out")), rest: Rest::Unknown });
    }
    close(text, first.clone()).ok_or_else(|| unclosed(source, first.start, lines.at))
}

const OPENING: &str = "---";

/// Whether `line` is three hyphens with something behind them: to YAML, the beginning of another document.
fn is_followed(line: &str) -> bool {
    line.strip_prefix(OPENING).is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// The parts of `text` whose front matter begins with the line `opening`, or, if that is a field, with it.
fn close(text: &str, opening: Range<usize>) -> Option<Split> {
    let line = |line: &Range<usize>| text.get(line.clone()).unwrap_or("").trim_end();
    let start = if is_field(line(&opening)) {
        opening.start
    } else {
        let mut lines = Lines { text, at: opening.start };
        lines.next();
        lines.at
    };
    let end = opening.start + line(&opening).len();
    let mut lines = Lines { text, at: start };
    while let Some(closing) = lines.next() {
        if is_followed(line(&closing)) {
            return None;
        }
        if matches!(line(&closing), OPENING | "...") {
            let opening = Span::new(opening.start, end);
            return Some(Split { opening, yaml: Span::new(start, closing.start), body: lines.at });
        }
    }
    None
}

/// What is wrong with front matter from the line at `opening` on, whose fields begin at `start` and have no end.
fn unclosed(source: &Source, opening: usize, start: usize) -> Flaw {
    let opening = Span::new(opening, opening + OPENING.len());
    let finding = |place: Span, message: &str| {
        Diagnostic::new(Rule::FrontMatterUnclosed, Place::new(&source.path, place), message)
    };
    let parts = |end: usize, body: usize| Rest::Parts(Split { opening, yaml: Span::new(start, end), body });
    let (finding, rest) = match presumed_end(&source.text, start) {
        Some(End::Misspelt(line, body)) => {
            let whole = source.text.get(line.clone()).unwrap_or("");
            let written = whole.trim();
            let start = line.start + whole.len() - whole.trim_start().len();
            let span = Span::new(start, start + written.len());
            let finding = if written == OPENING {
                finding(span, "the line that ends the front matter has blanks before it")
                    .help("take them out")
            } else {
                finding(
                    span,
                    &format!("the line that ends the front matter is `{written}`, not three hyphens"),
                )
                .help("write `---`, and nothing else in this line")
            };
            (finding, parts(line.start, body))
        }
        end => {
            let rest = match end {
                Some(End::Text(text)) => parts(text, text),
                _ => Rest::Unknown,
            };
            let help = "write a line of `---` below its last field";
            (finding(opening, "the front matter that begins here has no end").help(help), rest)
        }
    };
    Flaw { finding: Box::new(finding), rest }
}

/// Where front matter without a closing line ends.
enum End {
    /// With this line, which was meant to close it; the text begins at the byte behind.
    Misspelt(Range<usize>, usize),
    /// Where the text begins.
    Text(usize),
}

/// Where the fields that begin at `start` seem to end, if that can be told.
fn presumed_end(text: &str, start: usize) -> Option<End> {
    let mut lines = Lines { text, at: start };
    let (mut is_behind_blank, mut has_fields, mut is_doubtful) = (false, false, false);
    while let Some(line) = lines.next() {
        let written = text.get(line.clone()).unwrap_or("").trim_end();
        let content = written.trim_start();
        if content.is_empty() {
            is_behind_blank = true;
            continue;
        }
        has_fields |= is_field(written);
        if !has_fields {
            return None;
        }
        let is_dashes = content.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '='));
        if (is_dashes && content != "-") || is_followed(written) {
            return Some(End::Misspelt(line, lines.at));
        }
        let is_yaml = is_field(written)
            || written.starts_with([' ', '\t', '-'])
            || (written.starts_with('#') && !written.starts_with("##"));
        let is_text = !is_yaml || (is_behind_blank && written.starts_with("- "));
        if is_text && (is_behind_blank || written.starts_with("##")) {
            return Some(End::Text(line.start));
        }
        // As likely a field with a mistake as the first words of the text.
        is_doubtful |= is_text;
        is_behind_blank = false;
    }
    (has_fields && !is_doubtful).then_some(End::Text(text.len()))
}

/// The line `...` or `---` from `at` on, if it ends front matter whose other fields stand right below it.
fn early_end(text: &str, at: usize) -> Option<Span> {
    let words = |line: Range<usize>| text.get(line).unwrap_or("").trim_end();
    let mut lines = Lines { text, at };
    let end = lines.find(|line| {
        let line = words(line.clone());
        matches!(line, OPENING | "...") || is_followed(line)
    })?;
    let is_dots = words(end.clone()) == "...";
    if !lines.next().is_some_and(|line| is_field(words(line))) {
        return None;
    }
    // Below three hyphens a text may begin, and hyphens below its words make a heading of them.
    let is_yaml = |line: &str| is_field(line) || line.starts_with([' ', '\t', '-', '#']);
    let mut rest = lines.map(words).take_while(|line| is_dots || *line == OPENING || is_yaml(line));
    let goes_on = rest.any(|line| line == OPENING);
    goes_on.then(|| Span::new(end.start, end.start + OPENING.len()))
}

/// What is wrong where nothing stands between the line `first` and the one that ends the front matter, and the fields stand
/// below one more such line. `start` is where the line below the first begins.
fn begun_twice(source: &Source, first: &Range<usize>, start: usize) -> Option<Flaw> {
    let text: &str = &source.text;
    let written = |line: &Range<usize>| text.get(line.clone()).unwrap_or("").trim_end();
    let lines = Lines { text, at: start };
    let mut lines =
        lines.filter(|line| !written(line).is_empty()).skip_while(|line| written(line) == OPENING);
    let field = lines.next().filter(|line| is_field(written(line)))?;
    let above = Lines { text, at: start }.take_while(|line| line.start < field.start);
    let opening = above.filter(|line| written(line) == OPENING).skip(1).last()?;
    let rest = Rest::Parts(close(text, opening)?);
    let place = Place::new(&source.path, Span::new(first.start, first.start + OPENING.len()));
    let finding = Diagnostic::new(
        Rule::FrontMatterMissing,
        place,
        "three hyphens stand more than once before the fields",
    )
    .help("begin the file with one line of `---`, right above the first field");
    Some(Flaw { finding: Box::new(finding), rest })
}

/// The line around front matter that is written in TOML, as other programs take it.
const OF_TOML: &str = "+++";

/// What is wrong with front matter of another program, whose first line is `first`: lines of `+++` around it.
fn other_language(source: &Source, first: &Range<usize>) -> Option<Flaw> {
    let text: &str = &source.text;
    let is_sign = |line: &Range<usize>| text.get(line.clone()).unwrap_or("").trim_end() == OF_TOML;
    let mut lines = Lines { text, at: first.start };
    let start = lines.next().filter(is_sign).map(|_| lines.at)?;
    let end = lines.find(is_sign)?;
    let opening = Span::new(first.start, first.start + OF_TOML.len());
    let yaml = Span::new(start, end.start);
    let finding = |message: &str, help: &str| {
        let place = Place::new(&source.path, opening);
        Box::new(Diagnostic::new(Rule::FrontMatterMissing, place, message).help(help))
    };
    let is_toml = yaml
        .of(text)
        .lines()
        .any(|line| line.split_once('=').is_some_and(|(name, _)| is_field(&format!("{}:", name.trim()))));
    // TOML may well be what the fields of a page look like, but none of it can be read as such.
    Some(if is_toml {
        let help = "write `---` in place of both `+++`, and each field with a colon, as `title: Words`";
        Flaw {
            finding: finding("the front matter is TOML between `+++`, and not YAML between `---`", help),
            rest: Rest::Text(lines.at),
        }
    } else {
        Flaw {
            finding: finding(
                "the front matter stands between `+++`, and not between `---`",
                "write `---` in both lines",
            ),
            rest: Rest::Parts(Split { opening, yaml, body: lines.at }),
        }
    })
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

/// Whether `line` is a field at the left edge.
pub fn is_field(line: &str) -> bool {
    let name = line.split_once(':').map_or("", |(name, _)| name);
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Whether there is front matter somewhere in `text`, of which what stands before `start` is not looked at, and the
/// line with which it begins.
fn displaced(text: &str, start: usize) -> Option<(Displaced, Range<usize>)> {
    let ranges: Vec<Range<usize>> = Lines { text, at: start }.collect();
    let lines: Vec<&str> =
        ranges.iter().map(|line| text.get(line.clone()).unwrap_or("").trim_end()).collect();
    let first = ranges.first()?.clone();
    // Comments of YAML may stand above the first field.
    let field = lines.iter().position(|line| !line.starts_with('#'))?;
    if lines.get(field).is_some_and(|line| is_field(line)) && lines.contains(&OPENING) {
        return Some((Displaced::Unopened, ranges.get(field)?.clone()));
    }
    if let [above, below, ..] = &*lines
        && is_like_opening(above)
        && is_field(below)
        && lines.contains(&OPENING)
    {
        return Some((Displaced::Misspelt, first));
    }
    let opening = lines.windows(2).position(|pair| matches!(pair, [OPENING, field] if is_field(field)))?;
    Some((Displaced::Below, ranges.get(opening)?.clone()))
}

fn missing(source: &Source, start: usize, first: &Range<usize>, displaced: Option<&Displaced>) -> Diagnostic {
    let rest = source.text.get(start..).unwrap_or("");
    let place = Place::new(&source.path, Span::new(first.start, first.end));
    let finding = |message: &str, help: &str| {
        Diagnostic::new(Rule::FrontMatterMissing, place.clone(), message).help(help)
    };
    match displaced {
        _ if rest.trim().is_empty() => finding(
            "the file is empty",
            "begin it with a line of `---`, then `title:` and `summary:`, then another `---`",
        ),
        Some(Displaced::Misspelt) => {
            let line = source.text.get(first.clone()).unwrap_or("").trim_end();
            finding(
                &format!("the first line of the front matter is `{line}`, not three hyphens"),
                "write `---`, and nothing else in this line",
            )
        }
        Some(Displaced::Unopened) => {
            finding("the front matter has no first line", "write a line of `---` above its first field")
        }
        None if !rest.trim_start().starts_with(OPENING) => finding(
            "the page does not begin with front matter",
            "put it first: a line of `---`, then `title:` and `summary:`, then another `---`",
        ),
        Some(Displaced::Below) | None => {
            finding("something stands before the front matter", "make `---` the very first line of the file")
        }
    }
}

/// The lines of a text as byte ranges without their ends; `\n`, `\r\n` and `\r` end one.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

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
        let message = |text: &str| split(&source(text)).unwrap_err().finding.message;
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
        let misspelt =
            |line: &str| format!("the line that ends the front matter is `{line}`, not three hyphens");
        for line in ["--", "----", "—", "==", "--- x", "---\tx", "--- # x"] {
            assert_eq!(message(&format!("---\ntitle: A\n{line}\nText\n")), misspelt(line));
        }
        let blanks = "the line that ends the front matter has blanks before it";
        assert_eq!(message("---\ntitle: A\n ---\nText\n"), blanks);
    }

    /// The YAML and the body of a page whose front matter has a mistake at its edges.
    fn presumed(text: &str) -> Option<(&str, &str)> {
        match split(&source(text)).unwrap_err().rest {
            Rest::Parts(split) => Some((split.yaml.of(text), &text[split.body..])),
            Rest::Text(start) => Some(("", &text[start..])),
            Rest::Unknown => None,
        }
    }

    #[test]
    fn a_mistake_at_the_edge_does_not_hide_the_fields() {
        let parts = Some(("title: A\nphases:\n  - b\n", "Text\n"));
        for (above, below) in
            [("", "---\n"), ("--\n", "---\n"), ("\n---\n", "---\n"), ("# A\n---\n", "---\n")]
        {
            assert_eq!(presumed(&format!("{above}title: A\nphases:\n  - b\n{below}Text\n")), parts);
        }
        for below in ["--\n", " ---\n", "—\n"] {
            assert_eq!(presumed(&format!("---\ntitle: A\nphases:\n  - b\n{below}Text\n")), parts);
        }
        assert_eq!(presumed("---\ntitle: A\n\nText\n"), Some(("title: A\n\n", "Text\n")));
        assert_eq!(presumed("---\ntitle: A\n## B\n"), Some(("title: A\n", "## B\n")));
        assert_eq!(presumed("---\ntitle: A\n\n- b\n"), Some(("title: A\n\n", "- b\n")));
        assert_eq!(presumed("---\ntitle: A\n"), Some(("title: A\n", "")));
    }

    #[test]
    fn what_may_be_fields_or_text_is_taken_for_neither() {
        assert_eq!(presumed("---\ntitle: A\nText\n"), None);
        assert_eq!(presumed("---\n\nText\n"), None);
        assert_eq!(presumed("----\ntitle: A\n"), Some(("", "----\ntitle: A\n")));
    }
}
