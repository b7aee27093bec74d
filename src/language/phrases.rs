//! frightening-word and absolute-claim: words and phrases from lists.

use super::block::Block;
use super::lexicon::{Entries, Lexicon};
use super::words::{Gap, Words};
use crate::diagnostic::{Diagnostic, Rule};

/// What a phrase does to a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It frightens; what to write instead, if there is a plain word for it.
    Frightening(Option<Box<str>>),
    /// It promises too much.
    Absolute,
    /// It holds a word of the lists, but says something that is needed.
    Harmless,
}

impl Meaning {
    /// Frightens, with what to write `instead`.
    pub fn frightening(instead: Option<&str>) -> Self {
        Self::Frightening(instead.map(Into::into))
    }

    /// Promises too much; nothing else can be said better.
    pub fn absolute(_: Option<&str>) -> Self {
        Self::Absolute
    }

    fn rule(&self) -> Option<Rule> {
        match self {
            Self::Frightening(_) => Some(Rule::FrighteningWord),
            Self::Absolute => Some(Rule::AbsoluteClaim),
            Self::Harmless => None,
        }
    }
}

/// Who put a phrase on its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This program; its lists are English.
    BuiltIn,
    /// The site, in whatever language it is written.
    Site,
}

/// A phrase of a list, without its first word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    rest: Vec<Box<str>>,
    meaning: Meaning,
    origin: Origin,
}

impl Phrase {
    /// Puts the phrase `text` on the list of its first word. A text without words is no phrase.
    pub fn add_to(entries: &mut Entries, text: &str, meaning: Meaning, origin: Origin) {
        let mut words = Words::default();
        words.read(text, &Lexicon::default());
        let mut words = words.all.iter().map(|word| &text[word.start as usize..word.end as usize]);
        if let Some(first) = words.next() {
            let phrases = &mut entries.of(first).phrases;
            phrases.push(Self { rest: words.map(Into::into).collect(), meaning, origin });
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
    }

    /// Whether the words after the one at `place` are those of the phrase.
    fn follows(&self, block: &Block, place: usize) -> bool {
        self.rest.iter().zip(place + 1..).all(|(expected, place)| {
            block.words.get(place).is_some_and(|word| word.gap != Gap::Break) && block.is(place, expected)
        })
    }
}

/// Words that turn what follows into its opposite. Those in `n't` are added.
const NEGATIONS: [&str; 10] =
    ["no", "not", "never", "cannot", "nor", "neither", "none", "nothing", "nobody", "without"];

/// Words that leave open what follows.
const DOUBTS: [&str; 7] = ["unless", "whether", "if", "hardly", "few", "beware", "rarely"];

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
        let Some(phrase) = entry.phrases.iter().filter(is_read).find(|phrase| phrase.follows(block, place))
        else {
            continue;
        };
        let end = place + 1 + phrase.rest.len();
        free = end;
        let Some(rule) = phrase.meaning.rule().filter(|rule| block.settings.wants(*rule)) else { continue };
        if is_denied(block, place) || (rule == Rule::AbsoluteClaim && is_left_open(block, place)) {
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

/// Whether the sentence denies what the word at `place` says: `non-degenerative`, `pain does not mean damage`,
/// `there is no cure`, `nothing is guaranteed`, `has not been proven to help`.
fn is_denied(block: &Block, place: usize) -> bool {
    let joined = block.words.get(place).is_some_and(|word| word.gap == Gap::Joined);
    let prefixed = joined && place.checked_sub(1).is_some_and(|before| block.is(before, "non"));
    prefixed
        || words_before(block, place).any(|before| {
            let word = block.word(before);
            let is_negation = |negation: &&str| block.is(before, negation);
            NEGATIONS.iter().any(|negation| is_negation(negation))
                || word.ends_with("n't")
                || word.ends_with("n’t")
        })
}

/// Whether the sentence asks, or leaves open what the word at `place` says: `ask whether it can be cured`.
fn is_left_open(block: &Block, place: usize) -> bool {
    block.sentence_of(place).is_some_and(|sentence| sentence.question)
        || words_before(block, place).any(|before| DOUBTS.iter().any(|doubt| block.is(before, doubt)))
}

/// The places of the words before the one at `place` that a negation reaches over: to the comma before, and not
/// too far.
fn words_before(block: &Block, place: usize) -> impl Iterator<Item = usize> {
    let is_same_clause =
        |before: &usize| block.words.get(before + 1).is_some_and(|word| word.gap != Gap::Break);
    (0..place).rev().take(NEGATION_REACH).take_while(is_same_clause)
}
