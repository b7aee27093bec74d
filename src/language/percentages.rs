//! percentage-without-plain-number: a percentage is easier to picture as a number of people, `8 in 10`.
//!
//! (Fagerlin and others, "Helping patients decide: ten steps to better risk communication", J Natl Cancer Inst
//! 2011;103:1436-1443.) One finding a sentence, at its first percentage, unless that sentence or one beside it
//! gives a plain number. 100 % is left to absolute-claim.

use memchr::memchr_iter;

use super::block::Block;
use super::lexicon::Role;
use super::words::Gap;
use crate::diagnostic::{Diagnostic, Rule};

/// Words that link the two numbers of `8 in 10`, `2 of every 100`, `1 out of 5`, `3 per 100`.
const LINKS: [&str; 5] = ["in", "of", "every", "each", "per"];

/// How far the two numbers may stand apart, in words.
const REACH: usize = 3;

/// A percentage: the place of its number, and the bytes from its number to its sign.
struct Percentage {
    place: usize,
    bytes: std::ops::Range<usize>,
}

/// Finds the percentages.
pub fn check(block: &Block, findings: &mut Vec<Diagnostic>) {
    let percentages = percentages(block);
    let mut last = None;
    for percentage in &percentages {
        let number = block.sentence_number(percentage.place);
        if last == Some(number) || block.word(percentage.place) == "100" || is_measure(block, percentage) {
            continue;
        }
        last = Some(number);
        let beside = number.saturating_sub(1)..(number + 2).min(block.sentences.len());
        if beside.into_iter().any(|number| has_plain_number(block, number, &percentages)) {
            continue;
        }
        let text = block.prose.text.get(percentage.bytes.clone()).unwrap_or("");
        let message = format!("`{text}` is not also given as a plain number");
        findings.push(
            block
                .finding_at(Rule::PercentageWithoutPlainNumber, percentage.bytes.clone(), message)
                .help("say how many people out of how many, as in `8 in 10 people`"),
        );
    }
}

/// Whether `percentage` is a part of something that is no crowd: `60% of your best`, `10% more`, `70% of normal`.
fn is_measure(block: &Block, percentage: &Percentage) -> bool {
    let next = block.words.partition_point(|word| (word.start as usize) < percentage.bytes.end);
    let is = |place: usize, words: &[&str]| {
        block.words.get(place).is_some_and(|word| word.gap != Gap::Break || place == next)
            && block.is_any(place, words)
    };
    block.tongue.english
        && (is(next, &MORE) || is_thing(block, percentage) || (is(next, &["of"]) && is(next + 1, &WHOLES)))
}

/// Whether a thing stands behind `percentage`: `100% cotton`.
fn is_thing(block: &Block, percentage: &Percentage) -> bool {
    let next = block.words.partition_point(|word| (word.start as usize) < percentage.bytes.end);
    block.tongue.english && block.is_any(next, &THINGS)
}

/// Whether something is set to `percentage`: `set the screen to 100%`.
fn is_setting(block: &Block, percentage: &Percentage) -> bool {
    block.tongue.english && percentage.place.checked_sub(1).is_some_and(|before| block.is(before, "to"))
}

/// Words behind a percentage that compares two amounts.
const MORE: [&str; 8] = ["more", "less", "faster", "slower", "heavier", "lighter", "longer", "shorter"];

/// What a percentage is a property of: how strong a gel is, how steep a slope, what a cloth is made of.
const THINGS: [&str; 20] = [
    "effort", "each", "every", "strength", "gel", "cream", "ointment", "lotion", "solution", "incline",
    "slope", "gradient", "alcohol", "cotton", "wool", "linen", "silk", "rubber", "juice", "oxygen",
];

/// Words for a whole that is no crowd.
const WHOLES: [&str; 8] = ["your", "normal", "maximum", "max", "its", "bodyweight", "full", "each"];

/// Finds `100 %`, which promises too much wherever it stands; in words it is on the list of phrases.
pub fn check_whole(block: &Block, findings: &mut Vec<Diagnostic>) {
    let is_claim = |percentage: &Percentage| {
        block.word(percentage.place) == "100"
            && !is_thing(block, percentage)
            && !is_setting(block, percentage)
    };
    for percentage in signs(block).filter(is_claim) {
        let text = block.prose.text.get(percentage.bytes.clone()).unwrap_or("");
        let message = format!("`{text}` promises more than any treatment can");
        findings.push(
            block
                .finding_at(Rule::AbsoluteClaim, percentage.bytes.clone(), message)
                .help("say how many people it helps and how sure that is, or leave it out"),
        );
    }
}

/// All percentages, in order.
fn percentages(block: &Block) -> Vec<Percentage> {
    let mut all: Vec<Percentage> = signs(block).chain(words(block)).collect();
    all.sort_by_key(|percentage| percentage.place);
    all
}

/// Percentages with a sign.
fn signs(block: &Block) -> impl Iterator<Item = Percentage> {
    memchr_iter(b'%', block.prose.text.as_bytes()).filter_map(|sign| {
        let place = block.words.partition_point(|word| (word.end as usize) <= sign).checked_sub(1)?;
        let word = block.words.get(place)?;
        let between = block.prose.text.get(word.end as usize..sign)?;
        let is_percentage = between.trim().is_empty() && block.word(place).starts_with(char::is_numeric);
        is_percentage.then(|| Percentage { place, bytes: word.start as usize..sign + 1 })
    })
}

/// Percentages in English words.
fn words(block: &Block) -> impl Iterator<Item = Percentage> {
    block.marked.iter().copied().filter(|_| block.tongue.english).filter_map(|end| {
        if !block.has(end, Role::Percent) {
            return None;
        }
        let per = end.checked_sub(usize::from(block.is(end, "cent")))?;
        let place = per.checked_sub(1)?;
        let is_percentage = (per == end || block.is(per, "per")) && is_number(block, place);
        is_percentage.then(|| Percentage { place, bytes: block.bytes(place..end + 1) })
    })
}

fn is_number(block: &Block, place: usize) -> bool {
    block.word(place).starts_with(char::is_numeric)
        || (block.tongue.english && block.has(place, Role::Number))
}

/// Whether the sentence gives a number out of another number, neither a percentage. In English a word like
/// `in` stands before the second; in other languages any words may stand between them.
fn has_plain_number(block: &Block, sentence: usize, percentages: &[Percentage]) -> bool {
    let Some(sentence) = block.sentences.get(sentence) else { return false };
    let is_plain = |place: usize| {
        is_number(block, place)
            && percentages.binary_search_by_key(&place, |percentage| percentage.place).is_err()
    };
    let mut last_plain: Option<usize> = None;
    for place in sentence.words.clone() {
        if !is_plain(place) {
            continue;
        }
        let before = place.checked_sub(1).filter(|before| *before >= sentence.words.start);
        let near = last_plain.is_some_and(|last| (2..=REACH + 1).contains(&(place - last)));
        let linked = before.is_some_and(|before| block.is_any(before, &LINKS));
        let out_of = linked
            && before.is_some_and(|of| {
                block.is(of, "of") && of.checked_sub(1).is_some_and(|out| block.is(out, "out"))
            });
        let closed = block.words.get(place).is_some_and(|word| word.gap == Gap::Break);
        if out_of || (near && !closed && (linked || !block.tongue.english)) {
            return true;
        }
        last_plain = Some(place);
    }
    false
}
