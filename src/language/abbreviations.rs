//! abbreviation-unexpanded: two capitals or more, not written out where the page first uses them.
//!
//! It holds in every language whose script has capitals. An abbreviation counts as written out where its
//! sentence holds words with its letters as initials (`non-steroidal anti-inflammatory drugs (NSAIDs)`,
//! `magnetic resonance imaging, or MRI`); where it stands alone in brackets behind its words
//! (`an electrocardiogram (ECG)`: whether they are the right words a machine can't tell); and where brackets
//! follow whose first word has its first letter (`CT (computertomography)`). A heading leaves no room for
//! that, so a first use there does not count.

use std::collections::BTreeSet;
use std::ops::Range;

use super::block::Block;
use super::lexicon::Role;
use crate::diagnostic::{Diagnostic, Rule};
use crate::markdown::prose::ProseKind;

/// The longest abbreviation whose words are looked for.
const MAX_LETTERS: usize = 12;

/// Words in capitals by which writers remind themselves.
const NOTES: [&str; 3] = ["TODO", "FIXME", "XXX"];

/// Finds abbreviations that are not in `seen`, which holds those that the page used before, nor in `runs`,
/// which are words in capitals.
pub fn check(
    block: &Block,
    runs: &[Range<usize>],
    seen: &mut BTreeSet<String>,
    findings: &mut Vec<Diagnostic>,
) {
    if block.prose.kind == ProseKind::Heading {
        return;
    }
    let mut runs = runs.iter().peekable();
    for place in block.marked.iter().copied() {
        while runs.next_if(|run| run.end <= place).is_some() {}
        let Some(stem) = block.capitals(place) else { continue };
        let is_roman = stem.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        // Two digits or more make a code: `NG59`.
        let is_code = stem.chars().filter(|c| c.is_numeric()).count() >= 2;
        let in_run = runs.peek().is_some_and(|run| run.contains(&place));
        // `H₂O`, `CO₂`.
        let is_formula = stem.contains(|c| matches!(c, '₀'..='₉'));
        if is_roman
            || is_code
            || is_formula
            || is_postcode(block, place)
            || block.is_address(place)
            || in_run
            || is_known(block, place, stem)
            || seen.contains(stem)
        {
            continue;
        }
        seen.insert(stem.to_owned());
        if has_its_words(block, place, stem)
            || is_in_brackets(block, place)
            || is_explained(block, place, stem)
        {
            continue;
        }
        let help = match expansion(block, place, stem) {
            _ if NOTES.contains(&stem) => "do what it reminds you of, and take it out".to_owned(),
            Some(words) => format!("write `{words} ({})` here, or only the words", block.word(place)),
            None => {
                "write its words here and the letters behind them in brackets, or only the words".to_owned()
            }
        };
        findings.push(
            block
                .finding(
                    Rule::AbbreviationUnexpanded,
                    place..place + 1,
                    format!("`{stem}` is not written out at its first use"),
                )
                .help(help),
        );
    }
}

/// Whether the word at `place` is a half of a British postcode: `SE1 7EH`.
fn is_postcode(block: &Block, place: usize) -> bool {
    let is_outward = |place: usize| {
        let word = block.word(place);
        let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
        let rest = &word.as_bytes()[letters..];
        (1..=2).contains(&letters)
            && matches!(rest, [first, others @ ..] if first.is_ascii_digit() && others.len() < 2)
    };
    let is_inward = |place: usize| {
        matches!(block.word(place).as_bytes(), [a, b, c]
            if a.is_ascii_digit() && b.is_ascii_uppercase() && c.is_ascii_uppercase())
    };
    (is_outward(place) && is_inward(place + 1))
        || (is_inward(place) && place.checked_sub(1).is_some_and(is_outward))
}

fn is_known(block: &Block, place: usize, stem: &str) -> bool {
    block.has(place, Role::Known)
        || block.settings.lexicon.named(stem).is_some_and(|entry| entry.has(Role::Known))
        || block.settings.short_words.contains(stem)
}

/// What the list says that it stands for, in the plural if the page uses the plural.
fn expansion(block: &Block, place: usize, stem: &str) -> Option<String> {
    let words = block.settings.lexicon.named(stem)?.expansion.as_deref()?;
    let word = block.word(place);
    let plural = word.ends_with('s') && !word.contains(['\'', '’']) && !words.ends_with('s');
    Some(if plural { format!("{words}s") } else { words.to_owned() })
}

/// Whether words near by in the sentence have the letters of the abbreviation as initials. Short words
/// between them (`of`, `and`) may be left out.
fn has_its_words(block: &Block, place: usize, stem: &str) -> bool {
    let letters: Vec<char> = stem.chars().flat_map(char::to_lowercase).collect();
    if letters.len() > MAX_LETTERS {
        return false;
    }
    let Some(sentence) = block.sentence_of(place) else { return false };
    let reach = 2 * letters.len() + 4;
    let before = place.saturating_sub(reach).max(sentence.words.start)..place;
    let after = place + 1..(place + 1 + reach).min(sentence.words.end);
    [before, after].into_iter().any(|range| {
        range.clone().any(|start| {
            let mut letters = letters.iter().peekable();
            for place in start..range.end {
                let word = block.word(place);
                let initial = word.chars().next().into_iter().flat_map(char::to_lowercase).next();
                let fits = letters.next_if(|letter| Some(**letter) == initial).is_some();
                if letters.peek().is_none() {
                    return true;
                }
                if !fits && (place == start || word.chars().count() > 3) {
                    return false;
                }
            }
            false
        })
    })
}

/// Whether it stands alone in brackets behind a word: `an electrocardiogram (ECG)`.
fn is_in_brackets(block: &Block, place: usize) -> bool {
    let opens = block.gap(place).trim_start() == "(";
    let has_words = block.sentence_of(place).is_some_and(|sentence| sentence.words.start < place);
    opens && has_words && block.behind(place).starts_with(')')
}

/// Whether brackets follow whose first word has its first letter: `CT (computed tomography)`.
fn is_explained(block: &Block, place: usize, stem: &str) -> bool {
    let initial = |word: &str| word.chars().next().into_iter().flat_map(char::to_lowercase).next();
    block.gap(place + 1).trim() == "(" && initial(block.word(place + 1)) == initial(stem)
}
