//! What a site says about language, and the word lists made from it.

use std::collections::BTreeSet;

use super::lexicon::{Entries, Lexicon, Meaning, Origin, Phrase, Role};
use super::words::Words;
use crate::config::Reading;
use crate::diagnostic::Rule;

/// What the rules of language run with: made once, used for every page.
#[derive(Debug)]
pub struct Settings {
    /// The US school grade that texts aim at.
    pub(super) target_grade: u8,
    /// The most words that a sentence may have.
    pub(super) max_words: usize,
    /// Every word that a rule knows.
    pub(super) lexicon: Lexicon,
    rules: Vec<bool>,
}

impl Default for Settings {
    /// The settings of a site that says nothing, with all rules.
    fn default() -> Self {
        Self::new(&Reading::default(), |_| true)
    }
}

impl Settings {
    /// The settings `reading`, with the rules for which `is_wanted` holds. The others cost nothing.
    pub fn new(reading: &Reading, is_wanted: impl Fn(Rule) -> bool) -> Self {
        let mut rules = Vec::new();
        for rule in super::RULES {
            let place = rule as usize;
            if rules.len() <= place {
                rules.resize(place + 1, false);
            }
            rules[place] = is_wanted(rule);
        }
        Self {
            target_grade: reading.target_grade,
            max_words: usize::from(reading.max_words),
            lexicon: lexicon(reading),
            rules,
        }
    }

    /// Whether findings of `rule` are wanted.
    pub(super) fn wants(&self, rule: Rule) -> bool {
        self.rules.get(rule as usize).copied().unwrap_or(false)
    }
}

/// The built-in lists with what the site adds and takes away.
fn lexicon(reading: &Reading) -> Lexicon {
    let mut entries = Entries::default();
    for line in Line::all(include_str!("words/syllables.txt")) {
        for word in line.forms() {
            entries.of(word).syllables = line.note.and_then(|note| note.parse().ok());
        }
    }
    for line in Line::all(include_str!("words/stops.txt")) {
        let role = if line.note.is_some() { Role::StopBeforeNumber } else { Role::Stop };
        line.forms().for_each(|word| entries.of(word).add(role));
    }
    for line in Line::all(include_str!("words/doses.txt")) {
        let role = match line.note {
            Some("unit") => Role::Unit,
            Some("weak") => Role::UnitOfMedicine,
            Some("form") => Role::Form,
            Some("drink") => Role::Drink,
            Some("number") => Role::Number,
            _ => Role::Medicine,
        };
        line.forms().for_each(|word| entries.of(word).add(role));
    }
    for line in Line::all(include_str!("words/abbreviations.txt")) {
        let entry = entries.of(line.head);
        entry.add(if line.note.is_some() { Role::Abbreviation } else { Role::Known });
        entry.expansion = line.note.map(Into::into);
    }
    for word in &reading.abbreviations_add {
        entries.of(word.trim()).add(Role::Known);
    }
    for word in ["percent", "cent"] {
        entries.of(word).add(Role::Percent);
    }
    let built_in = |list, remove: &[String]| {
        let remove: BTreeSet<String> = remove.iter().map(|word| word.trim().to_lowercase()).collect();
        Line::all(list).filter(move |line| !line.forms().any(|form| remove.contains(&form.to_lowercase())))
    };
    for line in built_in(include_str!("words/frightening.txt"), &reading.frightening_remove) {
        line.add_to(&mut entries, Origin::BuiltIn, &line.frightening());
    }
    for line in built_in(include_str!("words/absolute.txt"), &reading.absolute_remove) {
        line.add_to(&mut entries, Origin::BuiltIn, &Meaning::Absolute);
    }
    for line in reading.frightening_add.iter().filter_map(|line| Line::read(line)) {
        line.add_to(&mut entries, Origin::Site, &line.frightening());
    }
    for line in reading.absolute_add.iter().filter_map(|line| Line::read(line)) {
        line.add_to(&mut entries, Origin::Site, &Meaning::Absolute);
    }
    Lexicon::new(entries)
}

/// A line of a word list: `word, other form | note`, behind `!` if it makes an exception.
struct Line<'a> {
    head: &'a str,
    note: Option<&'a str>,
    exception: bool,
}

impl<'a> Line<'a> {
    /// The lines of `list` that are neither empty nor comments.
    fn all(list: &'a str) -> impl Iterator<Item = Self> {
        list.lines().filter_map(Self::read)
    }

    fn read(line: &'a str) -> Option<Self> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        let (line, exception) = line.strip_prefix('!').map_or((line, false), |line| (line, true));
        let (head, note) =
            line.split_once('|').map_or((line, None), |(head, note)| (head, Some(note.trim())));
        Some(Self { head: head.trim(), note: note.filter(|note| !note.is_empty()), exception })
    }

    fn forms(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.head.split(',').map(str::trim).filter(|form| !form.is_empty())
    }

    /// Puts every form on the list of its first word. A form without words is no phrase.
    fn add_to(&self, entries: &mut Entries, origin: Origin, meaning: &Meaning) {
        let mut words = Words::default();
        for form in self.forms() {
            words.read(form, &Lexicon::default());
            let mut words =
                words.all.iter().map(|word| form[word.start as usize..word.end as usize].to_lowercase());
            let Some(first) = words.next() else { continue };
            let rest = words.map(Into::into).collect();
            let phrases = &mut entries.of(&first).phrases;
            let meaning = if self.exception { Meaning::Harmless } else { meaning.clone() };
            phrases.push(Phrase { rest, meaning, origin });
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
    }

    /// What it means on the list of frightening words.
    fn frightening(&self) -> Meaning {
        Meaning::Frightening(self.note.map(Into::into))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_note_of_the_list_of_doses_is_one_that_is_understood() {
        for line in Line::all(include_str!("words/doses.txt")) {
            let notes = ["unit", "weak", "form", "medicine", "drink", "number"];
            assert!(line.note.is_some_and(|note| notes.contains(&note)), "{}", line.head);
        }
    }

    #[test]
    fn every_line_of_the_list_of_syllables_has_a_number() {
        for line in Line::all(include_str!("words/syllables.txt")) {
            assert!(line.note.is_some_and(|note| note.parse::<u8>().is_ok()), "{}", line.head);
        }
    }

    #[test]
    fn every_list_names_its_source() {
        for list in [
            include_str!("words/abbreviations.txt"),
            include_str!("words/absolute.txt"),
            include_str!("words/doses.txt"),
            include_str!("words/frightening.txt"),
            include_str!("words/stops.txt"),
            include_str!("words/syllables.txt"),
        ] {
            assert!(list.starts_with("# "), "{list}");
        }
    }
}
