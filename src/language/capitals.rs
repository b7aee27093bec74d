//! all-caps: words in capital letters, and which of those are abbreviations.
//!
//! Capitals are slower to read, and screen readers may spell them. A run of two or more words in capitals is
//! found, or a single one of five letters or more, unless they are abbreviations. A single shorter word
//! (`do NOT bend`) is let through.

use std::ops::Range;

use super::block::Block;
use super::lexicon::Role;
use crate::diagnostic::{Diagnostic, Rule};

/// How many single letters and numbers may stand between two words of one run: `TAKE 2 AT A TIME`.
const BETWEEN: usize = 2;

/// The runs of words in capitals that are no abbreviations, as places of words.
pub fn runs(block: &Block) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut marked = block
        .marked
        .iter()
        .copied()
        .filter(|place| block.capitals(*place).is_some() && !block.is_address(*place))
        .peekable();
    while let Some(start) = marked.next() {
        // Abbreviations inside of a run belong to it, those at its ends do not.
        let (mut first, mut last) = (start, start);
        let (mut count, mut inside, mut words) = (0, 0, 0);
        let mut place = start;
        loop {
            inside += 1;
            if !is_abbreviation(block, place) {
                if count == 0 {
                    (first, inside) = (place, 1);
                }
                (last, count) = (place, inside);
                words += usize::from(is_word(block, place));
            }
            match marked.next_if(|next| continues(block, place, *next)) {
                Some(next) => place = next,
                None => break,
            }
        }
        let long = block.word(first).chars().count() >= 5;
        if words > 0 && (count >= 2 || long) {
            runs.push(first..last + 1);
        }
    }
    runs
}

/// Whether the run that ends with the word at `last` goes on with the one at `next`.
fn continues(block: &Block, last: usize, next: usize) -> bool {
    let is_small = |place: usize| {
        let word = block.word(place);
        word.chars().count() == 1 || word.starts_with(char::is_numeric)
    };
    next - last <= 1 + BETWEEN && (last + 1..next).all(is_small)
}

/// Whether a word in capitals is on the list of abbreviations, or has the small `s` of several.
fn is_abbreviation(block: &Block, place: usize) -> bool {
    let listed = block.has(place, Role::Known) || block.has(place, Role::Abbreviation);
    listed || block.word(place).ends_with('s')
}

/// Whether a word in capitals reads as a word: only letters, with a vowel, and four of them or more, unless it is
/// a common short one.
fn is_word(block: &Block, place: usize) -> bool {
    let word = block.word(place);
    let letters_only = word.chars().all(|c| c.is_uppercase() || matches!(c, '\'' | '’'));
    let has_vowel = word.chars().any(|c| !c.is_ascii() || matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y'));
    letters_only && has_vowel && (word.chars().count() >= 4 || block.settings.short_words.contains(word))
}

/// Finds the runs, one finding each.
pub fn check(block: &Block, runs: &[Range<usize>], findings: &mut Vec<Diagnostic>) {
    for run in runs {
        let text = block.text(run.clone());
        let shown: String = text.chars().take(40).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        let message = format!("`{shown}{more}` stands in capital letters");
        findings.push(
            block
                .finding(Rule::AllCaps, run.clone(), message)
                .help("write small letters, and **bold** for what must stand out"),
        );
    }
}
