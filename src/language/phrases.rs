//! frightening-word and absolute-claim: words and phrases from lists.

use super::block::Block;
use super::lexicon::{Meaning, Origin, Phrase};
use super::words::Gap;
use crate::diagnostic::{Diagnostic, Rule};

/// Whether the words after the one at `place` are those of `phrase`.
fn follows(phrase: &Phrase, block: &Block, place: usize) -> bool {
    phrase.rest.iter().zip(place + 1..).all(|(expected, place)| {
        block.words.get(place).is_some_and(|word| word.gap != Gap::Break) && block.is(place, expected)
    })
}

/// How far before a phrase a negation may stand, in words.
const NEGATION_REACH: usize = 8;

/// Finds phrases of the lists. Where several begin or overlap, the first and longest speaks.
pub fn check(block: &Block, findings: &mut Vec<Diagnostic>) {
    let mut free = 0;
    for place in block.marked.iter().copied() {
        let Some(entry) = block.entry(place) else { continue };
        if place < free {
            continue;
        }
        let is_read = |phrase: &&Phrase| block.tongue.english || phrase.origin == Origin::Site;
        let Some(phrase) = entry.phrases.iter().filter(is_read).find(|phrase| follows(phrase, block, place))
        else {
            continue;
        };
        let end = place + 1 + phrase.rest.len();
        free = end;
        let Some(rule) = phrase.meaning.rule().filter(|rule| block.settings.wants(*rule)) else { continue };
        if is_denied(block, place, end) || (rule == Rule::AbsoluteClaim && is_left_open(block, place)) {
            continue;
        }
        let text = block.text(place..end);
        findings.push(match &phrase.meaning {
            Meaning::Frightening(instead) => block
                .finding(rule, place..end, format!("`{text}` can frighten a reader"))
                .help(match instead {
                    Some(instead) => {
                        format!("write `{instead}` instead, or say what it means for the reader")
                    }
                    None => "say in plain words what it means for the reader, or leave it out".to_owned(),
                }),
            _ => block
                .finding(rule, place..end, format!("`{text}` promises more than any treatment can"))
                .help("say how many people it helps and how sure that is, or leave it out"),
        });
    }
}

/// What a denied word can be followed by: `it cures nothing`.
const NOTHING: [&str; 3] = ["nothing", "nobody", "none"];

/// Whether the sentence denies what the words from `place` to `end` say: `non-degenerative`, `pain does not mean damage`,
/// `there is no cure`, `nothing is guaranteed`, `has not been proven to help`, `it cures nothing`.
fn is_denied(block: &Block, place: usize, end: usize) -> bool {
    let goes_on = block.words.get(end).is_some_and(|word| word.gap != Gap::Break);
    if goes_on && block.is_any(end, &NOTHING) {
        return true;
    }
    let joined = block.words.get(place).is_some_and(|word| word.gap == Gap::Joined);
    let prefixed = joined && place.checked_sub(1).is_some_and(|before| block.is(before, "non"));
    prefixed
        || words_before(block, place).any(|before| {
            let word = block.word(before);
            block.settings.negations.contains(word) || word.ends_with("n't") || word.ends_with("n’t")
        })
}

/// Whether the sentence asks, or leaves open what the word at `place` says: `ask whether it can be cured`.
fn is_left_open(block: &Block, place: usize) -> bool {
    block.sentence_of(place).is_some_and(|sentence| sentence.question)
        || words_before(block, place).any(|before| block.settings.doubts.contains(block.word(before)))
}

/// The places of the words before the one at `place` that a negation reaches over: to the comma before, and not
/// too far.
fn words_before(block: &Block, place: usize) -> impl Iterator<Item = usize> {
    let is_quoted = move |place: usize| {
        let signs = block.gap(place).trim_matches(|c: char| c.is_whitespace() || "\"“”„‘’«»'".contains(c));
        signs.is_empty()
    };
    let is_same_clause = move |before: &usize| {
        block.words.get(before + 1).is_some_and(|word| word.gap != Gap::Break || is_quoted(before + 1))
    };
    (0..place).rev().take(NEGATION_REACH).take_while(is_same_clause)
}
