//! How a page reads: long sentences, hard or frightening words, promises, abbreviations, and doses of medicines.
//!
//! The text is taken apart once (`words`, `sentences`), each word is looked up once (`lexicon`), and the
//! rules then look only at the words that may concern them. Everything takes time in proportion to the text.
//!
//! | rule | languages |
//! | --- | --- |
//! | medicine-dose-in-text, paragraph-too-long, abbreviation-unexpanded, all-caps, percentage-without-plain-number, link-text-vague | all |
//! | sentence-too-long | all with spaces between words |
//! | frightening-word, absolute-claim | English; words that the site adds: all |
//! | reading-grade | English |
//!
//! These rules help to find what to work on first. They never certify anything.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Rule};
use crate::markdown::prose::{Prose, ProseKind};
use crate::source::{SitePath, Span};

mod tongue;
mod lexicon;
mod words;
mod sentences;
mod settings;
mod block;
mod phrases;
mod length;
mod syllables;
mod readability;
mod capitals;
mod links;
mod abbreviations;
mod percentages;
mod prescriptions;
mod doses;
#[cfg(test)]
mod tests;

pub use settings::{Settings, unlisted};

use block::Block;
use readability::Tally;
use tongue::Tongue;
use words::Words;

/// The rules that this module checks.
pub const RULES: [Rule; 10] = [
    Rule::LinkTextVague,
    Rule::MedicineDoseInText,
    Rule::SentenceTooLong,
    Rule::ParagraphTooLong,
    Rule::ReadingGrade,
    Rule::FrighteningWord,
    Rule::AbsoluteClaim,
    Rule::AbbreviationUnexpanded,
    Rule::AllCaps,
    Rule::PercentageWithoutPlainNumber,
];

/// What a page is about, as far as rules of language ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A medicine: every sentence may speak of it without its name.
    Medicine,
    /// Anything else.
    Other,
}

/// The text of a page.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The page's file.
    pub path: &'a SitePath,
    /// Its language, as a BCP 47 tag.
    pub language: &'a str,
    /// Its blocks, in the order of reading.
    pub prose: &'a [Prose],
    /// What it is about.
    pub subject: Subject,
    /// Where findings about the page as a whole are placed.
    pub start: Span,
}

/// Checks the text of a page. Findings are sorted by place.
pub fn check(page: &Text, settings: &Settings) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let tongue = Tongue::of(page.language);
    let (mut words, mut sentences) = (Words::default(), Vec::new());
    let (mut tally, mut seen) = (Tally::default(), BTreeSet::new());
    for prose in page.prose {
        words.read(&prose.text, &settings.lexicon);
        sentences::read(&prose.text, &words.all, &settings.lexicon, tongue, &mut sentences);
        let block = Block {
            path: page.path,
            subject: page.subject,
            settings,
            tongue,
            prose,
            words: &words.all,
            marked: &words.marked,
            sentences: &sentences,
        };
        check_block(&block, &mut seen, &mut findings);
        if tongue.english && settings.wants(Rule::ReadingGrade) {
            tally.add(&block);
        }
    }
    tally.check(page.path, page.start, settings.target_grade, &mut findings);
    findings.sort();
    findings
}

/// The rules that look at one block at a time. `seen` holds the abbreviations that stood in the blocks before.
fn check_block(block: &Block, seen: &mut BTreeSet<String>, findings: &mut Vec<Diagnostic>) {
    let wants = |rule| block.settings.wants(rule);
    if wants(Rule::MedicineDoseInText) {
        doses::check(block, findings);
    }
    if block.prose.kind == ProseKind::Name {
        return;
    }
    if wants(Rule::LinkTextVague) {
        links::check(block, findings);
    }
    if wants(Rule::SentenceTooLong) {
        length::check_sentences(block, findings);
    }
    if wants(Rule::ParagraphTooLong) {
        length::check_paragraph(block, findings);
    }
    if wants(Rule::FrighteningWord) || wants(Rule::AbsoluteClaim) {
        phrases::check(block, findings);
    }
    if wants(Rule::AbsoluteClaim) && block.tongue.english {
        percentages::check_whole(block, findings);
    }
    if wants(Rule::PercentageWithoutPlainNumber) {
        percentages::check(block, findings);
    }
    if wants(Rule::AllCaps) || wants(Rule::AbbreviationUnexpanded) {
        let runs = capitals::runs(block);
        if wants(Rule::AllCaps) {
            capitals::check(block, &runs, findings);
        }
        if wants(Rule::AbbreviationUnexpanded) {
            abbreviations::check(block, &runs, seen, findings);
        }
    }
}
