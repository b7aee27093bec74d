//! Findings as text, for people and for programs. Nothing else in the program prints.
#![expect(clippy::disallowed_methods, reason = "this is where the program prints")]

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use crate::baseline::Comparison;
use crate::checks::{Standing, ToDo, Waiver};
use crate::diagnostic::Diagnostic;
use crate::fix::Fixed;
use crate::source::SitePath;

mod counts;
mod excerpt;
mod fixed;
mod github;
mod human;
mod json;
mod progress;
mod sarif;
mod short;
mod standings;
mod summary;
mod texts;
mod to_do;
mod visible;
mod way;

pub use fixed::render as render_fixed;
pub use progress::{Progress, Watched, watch};
pub use visible::line as one_line;
pub use way::{Along, Way};

/// Where the report finds the text of a file, to show it and to count its lines.
pub trait Sources {
    /// The whole text of the file at `path`; none where it can't be read as text.
    fn text(&self, path: &SitePath) -> Option<Arc<str>>;
}

/// All that a run has to say.
pub struct Report<'a> {
    /// The findings, sorted by place, with the severity that the site's settings give them.
    pub findings: &'a [Diagnostic],
    /// How other findings stand to the baseline, if there is one; people are told by the notes of the summary.
    pub baseline: Option<&'a Comparison>,
    /// The texts that the findings point into.
    pub sources: &'a dyn Sources,
    /// What the run did.
    pub summary: Summary,
}

/// What a run did, apart from its findings.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// How many pages there are.
    pub pages: usize,
    /// How many handouts there are.
    pub handouts: usize,
    /// How long the run took.
    pub elapsed: Duration,
    /// Whether warnings stop a build as errors do.
    pub strict: bool,
    /// What became of the pages.
    pub outcome: Outcome,
    /// Remarks about the run itself, each a sentence without a full stop.
    pub notes: Vec<String>,
    /// The changes that were made to files before, in the order in which they were made.
    pub fixed: Vec<Fixed>,
    /// What has to be done before drafts can be published.
    pub to_do: Vec<ToDo>,
    /// The exceptions that were made use of.
    pub waivers: Vec<Waiver>,
    /// How far every page is, if that was asked for.
    pub standings: Option<Vec<Standing>>,
}

/// What became of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// They were checked, and nothing else was asked for.
    #[default]
    Checked,
    /// They were published.
    Published {
        /// The folder, as the user knows it.
        folder: String,
        /// Files that are new or have changed.
        written: usize,
        /// Files that were the same already.
        unchanged: usize,
        /// Files of the earlier site that are gone.
        removed: usize,
    },
    /// They should have been published and were not.
    NotPublished {
        /// The folder of the earlier site, which still stands; none if there was none.
        standing: Option<String>,
    },
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excerpts with carets, on standard error.
    Human,
    /// A line for each finding, on standard output.
    Short,
    /// One JSON document, on standard output; `docs/findings.schema.json` describes it.
    Json,
    /// One SARIF 2.1.0 document, on standard output.
    Sarif,
    /// Workflow commands of GitHub Actions, on standard output.
    Github,
}

/// How much of a report people see. Formats for programs hold every finding at each of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The first findings of each rule, and how many more there are.
    Normal,
    /// Every finding.
    All,
    /// As `Normal`, without the summary.
    Quiet,
}

/// Whether text for people has colours. The caller knows the terminal and the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// With ANSI escape sequences.
    Coloured,
}

/// Text for the two streams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// For standard output.
    pub stdout: String,
    /// For standard error.
    pub stderr: String,
}

/// Writes `report` in `format`.
///
/// JSON and SARIF have standard output to themselves and leave standard error empty, so that a program may
/// join the two. The other formats end with a summary for people, on standard error, and begin there with the changes
/// that were made. The table of pages has standard output to itself, for people, or is part of the JSON document.
pub fn render(report: &Report, format: Format, detail: Detail, style: Style) -> Output {
    let fixed = || fixed::render(&report.summary.fixed, style);
    let summary = || match detail {
        Detail::Normal | Detail::All => {
            to_do::render(report, detail, style) + &summary::render(report, style)
        }
        Detail::Quiet => String::new(),
    };
    match format {
        Format::Human => {
            let findings = human::render(report, detail, style);
            let table = report.summary.standings.as_deref().map_or_else(String::new, standings::render);
            Output { stdout: table, stderr: fixed() + &findings + &summary() }
        }
        Format::Short => Output { stdout: short::render(report), stderr: fixed() + &summary() },
        Format::Json => {
            Output { stdout: visible::escaped(&json::render(report)).into_owned(), stderr: String::new() }
        }
        Format::Sarif => {
            Output { stdout: visible::escaped(&sarif::render(report)).into_owned(), stderr: String::new() }
        }
        Format::Github => Output { stdout: github::render(report), stderr: fixed() + &summary() },
    }
}

/// `document` as JSON on lines, which a terminal shows as they are.
pub fn json_lines(document: &serde_json::Value) -> String {
    format!("{}\n", visible::escaped(&format!("{document:#}")))
}

/// Prints `output`. A reader who has gone away, as `head` does, is no error.
///
/// # Errors
///
/// When a stream takes no more for another reason, such as a full disk.
pub fn print(output: &Output) -> io::Result<()> {
    write(&mut io::stdout().lock(), &output.stdout)?;
    write(&mut io::stderr().lock(), &output.stderr)
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed(io::ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_has_gone_away_is_no_error() {
        assert!(write(&mut Closed(io::ErrorKind::BrokenPipe), "x").is_ok());
    }

    #[test]
    fn a_full_disk_is_an_error() {
        assert!(write(&mut Closed(io::ErrorKind::StorageFull), "x").is_err());
    }
}
