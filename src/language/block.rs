//! A block of a page's text, taken apart, as the rules see it.

use std::ops::Range;

use super::Subject;
use super::lexicon::{Entry, Role};
use super::sentences::Sentence;
use super::settings::Settings;
use super::tongue::Tongue;
use super::words::{Word, capitals};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::markdown::prose::Prose;
use crate::source::{SitePath, Span};

/// A block with its words and sentences.
pub struct Block<'a> {
    /// The page's file.
    pub path: &'a SitePath,
    /// The settings of the site.
    pub settings: &'a Settings,
    /// What the page is about.
    pub subject: Subject,
    /// The page's language.
    pub tongue: Tongue,
    /// The block's text.
    pub prose: &'a Prose,
    /// All of its words.
    pub words: &'a [Word],
    /// Those that a rule may care about, as places in `words`.
    pub marked: &'a [usize],
    /// Its sentences.
    pub sentences: &'a [Sentence],
}

/// How far before a word its address may begin, in characters.
const MOST_OF_ADDRESS: usize = 100;

impl<'a> Block<'a> {
    /// The word at `place`, empty where there is none.
    pub fn word(&self, place: usize) -> &'a str {
        self.text(place..place + 1)
    }

    /// The text from the first to the last of the words at `places`.
    pub fn text(&self, places: Range<usize>) -> &'a str {
        self.prose.text.get(self.bytes(places)).unwrap_or("")
    }

    /// The bytes from the first to the last of the words at `places`, in the block's text.
    pub fn bytes(&self, places: Range<usize>) -> Range<usize> {
        let first = self.words.get(places.start);
        let last = places.end.checked_sub(1).and_then(|last| self.words.get(last));
        match (first, last) {
            (Some(first), Some(last)) => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// What stands between the word at `place` and the one before.
    pub fn gap(&self, place: usize) -> &'a str {
        let before = place.checked_sub(1).and_then(|before| self.words.get(before));
        match (before, self.words.get(place)) {
            (Some(before), Some(word)) => {
                self.prose.text.get(before.end as usize..word.start as usize).unwrap_or("")
            }
            _ => "",
        }
    }

    /// What stands behind the word at `place`, to the end of the block.
    pub fn behind(&self, place: usize) -> &'a str {
        self.words.get(place).and_then(|word| self.prose.text.get(word.end as usize..)).unwrap_or("")
    }

    /// Whether the word at `place` is `expected`, which is in lower case, in capitals or not.
    pub fn is(&self, place: usize, expected: &str) -> bool {
        is_same(self.word(place), expected)
    }

    /// Whether the word at `place` is one of `expected`, which are in lower case, in capitals or not.
    pub fn is_any(&self, place: usize, expected: &[&str]) -> bool {
        let word = self.word(place);
        expected.iter().any(|expected| is_same(word, expected))
    }

    /// Whether the word at `place` is part of an address, whose letters are as they are.
    pub fn is_address(&self, place: usize) -> bool {
        let bytes = self.bytes(place..place + 1);
        let before = self.prose.text.get(..bytes.start).unwrap_or("");
        let behind = self.prose.text.get(bytes.end..).unwrap_or("");
        let is_word = |sign: &char| !sign.is_whitespace();
        let start: String = before.chars().rev().take(MOST_OF_ADDRESS).take_while(is_word).collect();
        let start: String = start.chars().rev().collect();
        let end: String = behind.chars().take("://".len()).collect();
        let is_web =
            |text: &str| text.get(.."www.".len()).is_some_and(|www| www.eq_ignore_ascii_case("www."));
        start.contains("://") || end == "://" || is_web(&start)
    }

    /// The letters of the word at `place` without an ending, if all of them are capitals and it has two or more.
    pub fn capitals(&self, place: usize) -> Option<&'a str> {
        self.words.get(place).filter(|word| word.has_capitals).and_then(|_| capitals(self.word(place)))
    }

    /// What the lexicon says about the word at `place`.
    pub fn entry(&self, place: usize) -> Option<&'a Entry> {
        self.words.get(place).and_then(|word| self.settings.lexicon.entry(word.entry))
    }

    /// Whether the word at `place` means `role`.
    pub fn has(&self, place: usize, role: Role) -> bool {
        self.entry(place).is_some_and(|entry| entry.has(role))
    }

    /// The place among the sentences of the one that the word at `place` stands in.
    pub fn sentence_number(&self, place: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.words.end <= place)
    }

    /// The sentence that the word at `place` stands in.
    pub fn sentence_of(&self, place: usize) -> Option<&'a Sentence> {
        self.sentences.get(self.sentence_number(place))
    }

    /// Where `bytes` of the block's text stand in the file.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        self.prose.span(bytes)
    }

    /// A finding at the words of `places`.
    pub fn finding(&self, rule: Rule, places: Range<usize>, message: String) -> Diagnostic {
        self.finding_at(rule, self.bytes(places), message)
    }

    /// A finding at `bytes` of the block's text.
    pub fn finding_at(&self, rule: Rule, bytes: Range<usize>, message: String) -> Diagnostic {
        Diagnostic::new(rule, Place::new(self.path, self.span(bytes)), message)
    }
}

/// Whether `word` is `expected`, which is in lower case, in capitals or not.
fn is_same(word: &str, expected: &str) -> bool {
    word.eq_ignore_ascii_case(expected) || (!word.is_ascii() && word.to_lowercase() == expected)
}
