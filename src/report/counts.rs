//! How many findings there are, and numbers as words say them.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};

/// How many findings there are of each severity, and in how many files.
pub(super) struct Counts {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    pub(super) files: usize,
}

impl Counts {
    pub(super) fn of(findings: &[Diagnostic]) -> Self {
        let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        Self {
            errors: number(Severity::Error),
            warnings: number(Severity::Warning),
            notes: number(Severity::Note),
            files: findings.iter().map(|finding| &finding.place.path).collect::<BTreeSet<_>>().len(),
        }
    }

    /// As "3 errors, 1 warning and 2 notes in 2 files"; "no findings" where there are none.
    pub(super) fn sentence(&self) -> String {
        let parts: Vec<String> = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| counted(number, noun))
            .collect();
        let Some((last, others)) = parts.split_last() else { return "no findings".to_owned() };
        let all = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
        format!("{all} in {}", counted(self.files, "file"))
    }
}

/// As "1 file" and "2 files", for nouns with a regular plural.
pub(super) fn counted(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
