//! One table of every word that a rule knows, so that each word of a page is looked up once.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::Rule;

/// What a word means to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A full stop behind it does not end a sentence.
    Stop,
    /// A full stop behind it does not end a sentence if a number follows.
    StopBeforeNumber,
    /// A unit of dose.
    Unit,
    /// A unit of dose where the sentence speaks of a medicine.
    UnitOfMedicine,
    /// Something that medicines come in, and that is counted: a tablet.
    Form,
    /// A medicine, or a word for medicines.
    Medicine,
    /// The name of a medicine; each is [`Role::Medicine`], too.
    MedicineName,
    /// A number in letters.
    Number,
    /// An abbreviation that needs no words.
    Known,
    /// An abbreviation that needs them.
    Abbreviation,
    /// What is measured like a medicine and is none: water.
    Drink,
    /// A word for "percent".
    Percent,
}

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
    /// The rule that it breaks.
    pub fn rule(&self) -> Option<Rule> {
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

/// A phrase of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its words after the first, in lower case.
    pub rest: Vec<Box<str>>,
    /// What it does to a reader.
    pub meaning: Meaning,
    /// Who put it on the list.
    pub origin: Origin,
}

/// A word of the table.
#[derive(Debug, Default)]
pub struct Entry {
    word: Box<str>,
    roles: u16,
    /// Its syllables, where the rule of thumb goes wrong.
    pub syllables: Option<u8>,
    /// What an abbreviation stands for.
    pub expansion: Option<Box<str>>,
    /// The phrases that begin with it, the longest first.
    pub phrases: Vec<Phrase>,
}

impl Entry {
    /// The number that stands for no entry.
    pub const NONE: u32 = u32::MAX;

    /// Whether the word means `role`.
    pub fn has(&self, role: Role) -> bool {
        self.roles & (1 << role as u16) != 0
    }

    /// Whether the word means one of `roles`.
    pub fn has_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// Takes the meaning `role` from the word.
    pub fn take(&mut self, role: Role) {
        self.roles &= !(1 << role as u16);
    }

    /// Gives the word the meaning `role`.
    pub fn add(&mut self, role: Role) {
        self.roles |= 1 << role as u16;
    }
}

/// A number made from the letters of a word, whatever their case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Key(u64);

impl Key {
    /// The key with one more letter, in lower case. No multiplication here: this runs for each letter of a
    /// page.
    pub fn push(&mut self, letter: u32) {
        self.0 = self.0.rotate_left(7) ^ u64::from(letter);
    }

    fn of(word: &str) -> Self {
        let mut key = Self::default();
        plain(word).for_each(|c| key.push(u32::from(c)));
        key
    }

    /// Where to begin to look in a table of `places` places, a power of two.
    fn place(self, places: usize) -> usize {
        // Fibonacci hashing: the upper half of the product depends on all letters.
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (places - 1)
    }
}

/// The letters of a word as they are compared: lower case, straight apostrophes, no soft hyphens.
fn plain(word: &str) -> impl Iterator<Item = char> {
    word.chars()
        .filter(|c| *c != '\u{ad}')
        .flat_map(char::to_lowercase)
        .map(|c| if c == '\u{2019}' { '\'' } else { c })
}

/// The table.
///
/// Made by [`Lexicon::new`]; a hash table with open addressing over keys that the caller has at hand. The
/// standard one would hash each word again, which alone takes longer than all rules together.
#[derive(Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    slots: Vec<(Key, u32)>,
    /// A bit for the key of each entry. Most words of a page are in no list, and this small part of memory
    /// says so without a look at the slots.
    filter: Vec<u64>,
}

/// The bits of a filter: some fifty for each word of the built-in lists.
const FILTER_BITS: usize = 1 << 16;

impl Lexicon {
    /// A table of `entries`.
    pub fn new(entries: Entries) -> Self {
        let entries: Vec<Entry> = entries.list;
        let mut slots = vec![(Key::default(), Entry::NONE); (entries.len() * 2).next_power_of_two()];
        let mut filter = vec![0; FILTER_BITS / 64];
        for (number, entry) in (0..).zip(&entries) {
            let key = Key::of(&entry.word);
            let bit = key.place(FILTER_BITS);
            filter[bit / 64] |= 1 << (bit % 64);
            let mut slot = key.place(slots.len());
            while slots[slot].1 != Entry::NONE {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = (key, number);
        }
        Self { entries, slots, filter }
    }

    /// The number of the entry for the word at `place` of `text`, whose key is `key`.
    #[inline]
    pub fn find(&self, key: Key, text: &str, place: Range<usize>) -> u32 {
        let bit = key.place(FILTER_BITS);
        let may_be = self.filter.get(bit / 64).is_some_and(|bits| bits & (1 << (bit % 64)) != 0);
        if may_be { self.find_slot(key, text.get(place).unwrap_or("")) } else { Entry::NONE }
    }

    fn find_slot(&self, key: Key, word: &str) -> u32 {
        let mut slot = key.place(self.slots.len());
        loop {
            let (found, number) = self.slots[slot];
            if number == Entry::NONE || (found == key && self.is(number, word)) {
                return number;
            }
            slot = (slot + 1) % self.slots.len();
        }
    }

    fn is(&self, number: u32, word: &str) -> bool {
        self.entry(number).is_some_and(|entry| {
            word.eq_ignore_ascii_case(&entry.word) || (!word.is_ascii() && plain(word).eq(entry.word.chars()))
        })
    }

    /// The entry for `word`.
    pub fn named(&self, word: &str) -> Option<&Entry> {
        self.entry(self.find(Key::of(word), word, 0..word.len()))
    }

    /// The entry with that number.
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)
    }
}

/// The entries of a table that is being made.
#[derive(Debug, Default)]
pub struct Entries {
    list: Vec<Entry>,
    places: HashMap<Box<str>, usize>,
}

impl Entries {
    /// The entry for `word`, made where there is none.
    pub fn of(&mut self, word: &str) -> &mut Entry {
        let word: Box<str> = plain(word).collect::<String>().into();
        let list = &mut self.list;
        let place = *self.places.entry(word).or_insert_with_key(|word| {
            list.push(Entry { word: word.clone(), ..Entry::default() });
            list.len() - 1
        });
        &mut self.list[place]
    }
}
