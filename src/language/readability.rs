//! reading-grade: the Flesch-Kincaid grade of a page.
//!
//! FKGL = 0.39 W/S + 11.8 Syl/W - 15.59, from words, sentences and syllables (Kincaid, Fishburne, Rogers and
//! Chissom, "Derivation of new readability formulas for Navy enlisted personnel", Research Branch Report 8-75,
//! 1975). Made for English, and used for it alone. Headings and cells of tables do not count; an item of a list
//! counts as a sentence, with a full stop or without. A number is a word of one syllable.

use super::block::Block;
use super::syllables;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::markdown::prose::ProseKind;
use crate::source::{SitePath, Span};

/// The fewest sentences from which a grade says something.
const MIN_SENTENCES: usize = 10;

/// How many of the longest sentences are shown.
const SHOWN: usize = 3;

/// What a page has of each, so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Words, as people count them.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Syllables.
    pub syllables: usize,
    /// The longest sentences and their words, the longest first.
    longest: Vec<(usize, Span)>,
}

impl Tally {
    /// Adds a block.
    pub fn add(&mut self, block: &Block) {
        if !matches!(block.prose.kind, ProseKind::Paragraph | ProseKind::Item) {
            return;
        }
        for word in block.words {
            let listed = block.settings.lexicon.entry(word.entry).and_then(|entry| entry.syllables);
            let written = || block.prose.text.get(word.start as usize..word.end as usize).unwrap_or("");
            self.syllables += listed.map_or_else(|| syllables::count(written(), word.vowels), usize::from);
        }
        for sentence in block.sentences {
            self.words += sentence.count;
            self.sentences += 1;
            let place = self.longest.partition_point(|(count, _)| *count >= sentence.count);
            if place < SHOWN {
                self.longest.insert(place, (sentence.count, block.span(sentence.text.clone())));
                self.longest.truncate(SHOWN);
            }
        }
    }

    /// The grade: a year of school in the United States. None without words.
    pub fn grade(&self) -> Option<f64> {
        let per = |part: usize, whole: usize| part as f64 / whole as f64;
        (self.words > 0 && self.sentences > 0)
            .then(|| 0.39 * per(self.words, self.sentences) + 11.8 * per(self.syllables, self.words) - 15.59)
    }

    /// Finds a grade more than one above `target`, for a page that begins at `start`.
    pub fn check(&self, path: &SitePath, start: Span, target: u8, findings: &mut Vec<Diagnostic>) {
        let Some(grade) = self.grade().filter(|_| self.sentences >= MIN_SENTENCES) else { return };
        // As it is shown: a grade of 7.04 is not above 7.0.
        let grade = (grade * 10.0).round() / 10.0;
        if grade <= f64::from(target) + 1.0 {
            return;
        }
        let message = format!("this page reads at grade {grade:.1}, and the site aims at {target}");
        let mut finding = Diagnostic::new(Rule::ReadingGrade, Place::new(path, start), message)
            .help("shorten the longest sentences, and choose words with fewer syllables");
        for (count, span) in &self.longest {
            finding = finding.related(format!("a sentence of {count} words"), Place::new(path, *span));
        }
        findings.push(finding);
    }
}
