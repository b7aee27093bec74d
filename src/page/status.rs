//! How far a page is on its way to the public, and whether it says so itself.

use super::Page;
use crate::diagnostic::{Diagnostic, Rule};
use crate::suggest;
use crate::tree::{Entry, Node};

/// How far a page is on its way to the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not yet published.
    Draft,
    /// Published.
    Published,
    /// Taken back: a page that says so stands in its place.
    Retired,
}

/// Whether a page says itself how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// It does, or has a finding where it was meant to.
    Said,
    /// It does not, and counts as a draft.
    LeftOut,
    /// Nobody knows: it may do so in a part of its front matter that can't be read.
    Unread,
}

impl Page {
    /// How far `fields` say that the page is, and whether they do.
    pub(super) fn status_of(&self, fields: &Node) -> (Status, Saying) {
        // A misspelt `status` has a finding of its own.
        let is_misspelt = |entry: &&Entry| {
            let is_told = |finding: &Diagnostic| {
                finding.rule == Rule::UnknownField && finding.place.span == entry.key_span
            };
            suggest::field(&entry.key, ["status"]).is_some() && self.findings.iter().any(is_told)
        };
        let entry = fields.entry("status").or_else(|| fields.entries().iter().find(is_misspelt));
        let is_on_other_line = |finding: &Diagnostic| {
            finding.rule == Rule::YamlSyntax && finding.place.span.of(&self.source.text) == "status"
        };
        match entry.map(|entry| entry.value.as_text()) {
            None if self.findings.iter().any(is_on_other_line) => (Status::Published, Saying::Said),
            None => (Status::Draft, Saying::LeftOut),
            Some(Some("draft")) => (Status::Draft, Saying::Said),
            Some(Some("retired")) => (Status::Retired, Saying::Said),
            // What can't be read was meant to be something; a draft would make references to it look like mistakes.
            Some(_) => (Status::Published, Saying::Said),
        }
    }
}
