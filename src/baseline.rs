//! Findings that a site knows of and has put off: a file of them, so that an old site can turn rules on today.
//!
//! Known findings don't count, new ones do, and what is no longer found is told. An entry names the page, the rule and
//! the text that the finding is about: no lines, which every edit above would move, and no messages, some of which
//! count days. Only rules that a site can change can be in a baseline.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::{Diagnostic, Rule};
use crate::source::{SitePath, Span};

mod file;
mod read;
mod remarks;
#[cfg(test)]
mod tests;

pub use file::is_ours;
pub use read::{read, shape, unreadable};
pub use remarks::{Naming, written};

/// Gives the whole text of the file at a path; none where it can't be read as text.
pub type TextOf<'a> = dyn Fn(&SitePath) -> Option<Arc<str>> + 'a;

/// Up to this number of characters a text is kept as it is.
const MAX_TEXT: usize = 200;

/// How many characters of a longer text are kept before its digest.
const KEPT: usize = 160;

/// Findings that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// How often each is known.
    entries: BTreeMap<Key, usize>,
    /// Whether the file was understood. If not, nobody can tell which findings are new.
    is_intact: bool,
}

/// What stays the same of a finding while its page is edited elsewhere and days pass.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: SitePath,
    rule: Rule,
    text: Box<str>,
}

/// Known findings that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file that they are in.
    pub path: SitePath,
    /// The rule that was broken.
    pub rule: Rule,
    /// What they are about, with one blank for all white space; the beginning and a digest of what is long.
    pub text: Box<str>,
    /// How many of them there are.
    pub count: usize,
}

/// How the findings of a run stand to a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Those that the baseline knows, which don't count, in the order of places.
    pub known: Vec<Diagnostic>,
    /// What the baseline knows and is no longer there, sorted by path, rule and text.
    pub gone: Vec<Entry>,
    /// How many findings of the baseline were not found while an error of a rule that no site can change is there. It
    /// may hide them, so that none is called gone.
    pub unfound: usize,
    /// How many findings wait until the baseline can be understood: any of them may be known.
    pub waiting: usize,
}

impl Baseline {
    /// Those of `findings` that can be known.
    pub fn of(findings: &[Diagnostic], text_of: &TextOf<'_>) -> Self {
        let mut entries = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.rule.is_configurable()) {
            *entries.entry(key(finding, text_of)).or_default() += 1;
        }
        Self { entries, is_intact: true }
    }

    /// How many findings are known.
    pub fn count(&self) -> usize {
        total(self.entries.values().copied())
    }

    /// What it knows, sorted by path, rule and text.
    pub fn entries(&self) -> Vec<Entry> {
        listed(&self.entries)
    }

    /// The findings that count, and how the others stand to the baseline. The findings are in the order of places.
    pub fn compare(&self, findings: Vec<Diagnostic>, text_of: &TextOf<'_>) -> (Vec<Diagnostic>, Comparison) {
        let mut left = self.entries.clone();
        let mut comparison = Comparison::default();
        let mut counted = Vec::new();
        for finding in findings {
            if !finding.rule.is_configurable() {
                counted.push(finding);
                continue;
            }
            // Of several that are alike the first are known.
            match left.get_mut(&key(&finding, text_of)).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    comparison.known.push(finding);
                }
                None if self.is_intact => counted.push(finding),
                None => comparison.waiting += 1,
            }
        }
        left.retain(|_, count| *count > 0);
        if counted.iter().any(|finding| !finding.rule.is_configurable()) {
            comparison.unfound = total(left.into_values());
        } else {
            comparison.gone = listed(&left);
        }
        (counted, comparison)
    }
}

/// The sum of `counts`, as far as it can be counted: a file that was edited may hold any numbers.
fn total(counts: impl Iterator<Item = usize>) -> usize {
    counts.fold(0, usize::saturating_add)
}

/// `entries`, sorted by path, name of rule and text.
fn listed(entries: &BTreeMap<Key, usize>) -> Vec<Entry> {
    let entry = |(key, count): (&Key, &usize)| {
        let Key { path, rule, text } = key.clone();
        Entry { path, rule, text, count: *count }
    };
    let mut listed: Vec<Entry> = entries.iter().map(entry).collect();
    listed.sort_by(|a, b| (&a.path, a.rule.name(), &a.text).cmp(&(&b.path, b.rule.name(), &b.text)));
    listed
}

fn key(finding: &Diagnostic, text_of: &TextOf<'_>) -> Key {
    let path = &finding.place.path;
    let text = text_of(path).map(|text| subject(&text, finding.place.span)).unwrap_or_default();
    Key { path: path.clone(), rule: finding.rule, text: text.into() }
}

/// What stands at `span` of `text`, as an entry holds it. Line endings and indents make no difference.
fn subject(text: &str, span: Span) -> String {
    let words: Vec<&str> = span.of(text).split_whitespace().collect();
    let folded = words.join(" ");
    if folded.chars().nth(MAX_TEXT).is_none() {
        return folded;
    }
    let end = folded.char_indices().nth(KEPT).map_or(folded.len(), |(end, _)| end);
    format!("{}… {:016x}", &folded[..end], xxh3_64(folded.as_bytes()))
}
