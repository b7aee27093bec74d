//! What a site says about language, and the word lists made from it.

use std::collections::HashSet;

use super::lexicon::{Entries, Lexicon, Meaning, Origin, Phrase, Role};
use super::words::Words;
use crate::config::{Config, Reading, WordList};
use crate::diagnostic::{Applicability, Diagnostic, Rule};
use crate::source::Spanned;
use crate::suggest::closest;

/// What the rules of language run with: made once, used for every page.
#[derive(Debug)]
pub struct Settings {
    /// The US school grade that texts aim at.
    pub(super) target_grade: u8,
    /// The most words that a sentence may have.
    pub(super) max_words: usize,
    /// Every word that a rule knows.
    pub(super) lexicon: Lexicon,
    /// Words of a link that do not say where it leads.
    pub(super) vague_links: WordSet,
    /// Words that turn what follows into its opposite.
    pub(super) negations: WordSet,
    /// Words that leave open what follows.
    pub(super) doubts: WordSet,
    /// Common words that in capitals are no abbreviations.
    pub(super) short_words: WordSet,
    rules: Vec<bool>,
}

/// A few words that are asked for seldom.
#[derive(Debug, Default)]
pub(super) struct WordSet(HashSet<Box<str>>);

impl WordSet {
    fn of(lines: &[Line<'_>]) -> Self {
        Self(lines.iter().flat_map(Line::forms).map(|form| form.to_lowercase().into()).collect())
    }

    /// Whether `words` are among them, in capitals or not.
    pub(super) fn contains(&self, words: &str) -> bool {
        self.0.contains(&*words.to_lowercase())
    }
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
        let few = |built_in, list| -> Vec<Line<'_>> {
            lines(built_in, list, Removed::Forms).into_iter().map(|(_, line)| line).collect()
        };
        let denials = few(include_str!("words/negations.txt"), &reading.negations);
        let (doubts, negations): (Vec<_>, Vec<_>) = denials.into_iter().partition(|line| line.note.is_some());
        Self {
            vague_links: WordSet::of(&few(include_str!("words/vague-links.txt"), &reading.vague_links)),
            negations: WordSet::of(&negations),
            doubts: WordSet::of(&doubts),
            short_words: WordSet::of(&few(include_str!("words/short-words.txt"), &reading.short_words)),
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

/// The built-in lists with what the site changes about them.
fn lexicon(reading: &Reading) -> Lexicon {
    let mut entries = Entries::default();
    for (_, line) in lines(include_str!("words/syllables.txt"), &reading.syllables, Removed::Forms) {
        for word in line.forms() {
            entries.of(word).syllables = line.note.and_then(|note| note.parse().ok());
        }
    }
    for (_, line) in lines(include_str!("words/stops.txt"), &reading.stops, Removed::Forms) {
        let role = if line.note.is_some() { Role::StopBeforeNumber } else { Role::Stop };
        line.forms().for_each(|word| entries.of(word.trim_end_matches('.')).add(role));
    }
    for (_, line) in lines(include_str!("words/doses.txt"), &reading.doses, Removed::Forms) {
        let role = match line.note {
            Some("unit") => Role::Unit,
            Some("weak") => Role::UnitOfMedicine,
            Some("form") => Role::Form,
            Some("drink") => Role::Drink,
            Some("number") => Role::Number,
            Some("name") => Role::MedicineName,
            _ => Role::Medicine,
        };
        for word in line.forms() {
            let entry = entries.of(word);
            entry.add(role);
            if role == Role::MedicineName {
                entry.add(Role::Medicine);
            }
        }
    }
    for (_, line) in lines(include_str!("words/abbreviations.txt"), &reading.abbreviations, Removed::Forms) {
        for letters in line.forms() {
            let entry = entries.of(letters);
            // What the site says of the letters comes later, and holds.
            entry.take(Role::Known);
            entry.take(Role::Abbreviation);
            entry.add(if line.note.is_some() { Role::Abbreviation } else { Role::Known });
            entry.expansion = line.note.map(Into::into);
        }
    }
    for word in ["percent", "cent"] {
        entries.of(word).add(Role::Percent);
    }
    let frightening = include_str!("words/frightening.txt");
    for (origin, line) in lines(frightening, &reading.frightening, Removed::Lines) {
        line.add_to(&mut entries, origin, &line.frightening());
    }
    for (origin, line) in lines(include_str!("words/absolute.txt"), &reading.absolute, Removed::Lines) {
        line.add_to(&mut entries, origin, &Meaning::Absolute);
    }
    Lexicon::new(entries)
}

/// Words that a site takes out of a list on which they do not stand.
pub fn unlisted(config: &Config) -> Vec<Diagnostic> {
    let finding = |(name, word): &(&'static str, Spanned<String>)| {
        let (built_in, list) = named(&config.reading, name)?;
        let whole = WordList { remove: Vec::new(), ..list.clone() };
        let lines = lines(built_in, &whole, Removed::Forms);
        let sought = word.value.trim().trim_end_matches('.').to_lowercase();
        let mut forms = lines.iter().flat_map(|(_, line)| line.forms());
        if sought.is_empty() || forms.any(|form| form.trim_end_matches('.').to_lowercase() == sought) {
            return None;
        }
        let message =
            format!("`{}` is not on the list `{name}`, so there is nothing to take out", word.value);
        let finding = Diagnostic::new(Rule::InvalidValue, config.place(word.span), message);
        Some(match closest(&sought, lines.iter().flat_map(|(_, line)| line.forms())) {
            Some(near) => finding.help(format!("did you mean `{near}`?")).fix(
                word.span,
                format!("\"{near}\""),
                Applicability::MaybeIncorrect,
            ),
            None => finding.help("take it out here"),
        })
    };
    config.removals.iter().filter_map(finding).collect()
}

/// The built-in list with this name, and what the site changes about it.
fn named<'a>(reading: &'a Reading, name: &str) -> Option<(&'static str, &'a WordList)> {
    Some(match name {
        "frightening" => (include_str!("words/frightening.txt"), &reading.frightening),
        "absolute" => (include_str!("words/absolute.txt"), &reading.absolute),
        "abbreviations" => (include_str!("words/abbreviations.txt"), &reading.abbreviations),
        "doses" => (include_str!("words/doses.txt"), &reading.doses),
        "vague_links" => (include_str!("words/vague-links.txt"), &reading.vague_links),
        "negations" => (include_str!("words/negations.txt"), &reading.negations),
        "short_words" => (include_str!("words/short-words.txt"), &reading.short_words),
        "stops" => (include_str!("words/stops.txt"), &reading.stops),
        "syllables" => (include_str!("words/syllables.txt"), &reading.syllables),
        _ => return None,
    })
}

/// What goes with a word that a site takes out of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Removed {
    /// Nothing else: the other words of its line only share its note.
    Forms,
    /// Its line: the others are forms of the same word.
    Lines,
}

/// The lines of a list, and whose they are: those of `built_in` or those that the site has in their place, without the
/// words that it takes out, and those that it adds.
fn lines<'a>(built_in: &'a str, site: &'a WordList, removed: Removed) -> Vec<(Origin, Line<'a>)> {
    // A word may stand with the full stop that it is written with.
    let bare = |word: &str| word.trim().trim_end_matches('.').to_lowercase();
    let remove: Vec<String> = site.remove.iter().map(|word| bare(word)).collect();
    let is_removed = |form: &str| !remove.is_empty() && remove.contains(&bare(form));
    let own = |lines: &'a [String]| lines.iter().filter_map(|line| Some((Origin::Site, Line::read(line)?)));
    let mut list: Vec<(Origin, Line<'a>)> = match &site.instead {
        Some(instead) => own(instead).collect(),
        None => Line::all(built_in).map(|line| (Origin::BuiltIn, line)).collect(),
    };
    match removed {
        Removed::Lines => list.retain(|(_, line)| !line.forms().any(is_removed)),
        Removed::Forms => list.iter_mut().for_each(|(_, line)| line.forms.retain(|form| !is_removed(form))),
    }
    list.extend(own(&site.add));
    list
}

/// A line of a word list: `word, other form | note`, behind `!` if it makes an exception.
struct Line<'a> {
    forms: Vec<&'a str>,
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
        let forms = head.split(',').map(str::trim).filter(|form| !form.is_empty()).collect();
        Some(Self { forms, note: note.filter(|note| !note.is_empty()), exception })
    }

    fn forms(&self) -> impl Iterator<Item = &'a str> {
        self.forms.iter().copied()
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
            let notes = ["unit", "weak", "form", "medicine", "name", "drink", "number"];
            assert!(line.note.is_some_and(|note| notes.contains(&note)), "{:?}", line.forms);
        }
    }

    #[test]
    fn every_line_of_the_list_of_syllables_has_a_number() {
        for line in Line::all(include_str!("words/syllables.txt")) {
            assert!(line.note.is_some_and(|note| note.parse::<u8>().is_ok()), "{:?}", line.forms);
        }
    }

    #[test]
    fn a_site_can_add_to_each_list_take_from_it_and_replace_it() {
        let list = |instead: Option<&[&str]>, add: &[&str], remove: &[&str]| {
            let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
            WordList { instead: instead.map(owned), add: owned(add), remove: owned(remove) }
        };
        let shown = |list: &WordList, removed| -> Vec<String> {
            let lines = lines("# Source\na, b | 1\n\nc\n", list, removed);
            lines
                .iter()
                .map(|(origin, line)| format!("{origin:?} {:?} {:?}", line.forms, line.note))
                .collect()
        };
        let changed = list(None, &["d | 2"], &["B "]);
        assert_eq!(
            shown(&changed, Removed::Forms),
            ["BuiltIn [\"a\"] Some(\"1\")", "BuiltIn [\"c\"] None", "Site [\"d\"] Some(\"2\")"]
        );
        assert_eq!(shown(&changed, Removed::Lines), ["BuiltIn [\"c\"] None", "Site [\"d\"] Some(\"2\")"]);
        let replaced = list(Some(&["x"]), &["y"], &["a"]);
        assert_eq!(shown(&replaced, Removed::Lines), ["Site [\"x\"] None", "Site [\"y\"] None"]);
        assert_eq!(shown(&list(Some(&[]), &[], &[]), Removed::Forms), Vec::<String>::new());
    }

    #[test]
    fn every_list_names_its_source() {
        for list in [
            include_str!("words/abbreviations.txt"),
            include_str!("words/absolute.txt"),
            include_str!("words/doses.txt"),
            include_str!("words/frightening.txt"),
            include_str!("words/negations.txt"),
            include_str!("words/short-words.txt"),
            include_str!("words/stops.txt"),
            include_str!("words/syllables.txt"),
            include_str!("words/vague-links.txt"),
        ] {
            let comments =
                list.lines().filter(|line| line.starts_with('#')).collect::<String>().to_lowercase();
            let named = ["source", "drawn up after", "checked against", "follows"];
            assert!(named.iter().any(|word| comments.contains(word)), "{comments}");
        }
    }
}
