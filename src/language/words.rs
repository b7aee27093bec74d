//! Takes a text apart into words, once, for all rules.
//!
//! A word is a run of letters and digits, with the apostrophes between them, and with the points and
//! commas of a number. A hyphen, a slash or a full stop parts two words that count as one: see [`Gap::Joined`].

use super::lexicon::{Entry, Key, Lexicon};

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// White space and nothing else.
    Space,
    /// Neither white space nor a dash, as in `self-care`, `and/or` and `e.g`: both count as one word.
    Joined,
    /// Anything else, and the beginning of the text. Only here can a sentence end.
    Break,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its first byte in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The number of its entry in the lexicon.
    pub entry: u32,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it has two capitals or more.
    pub has_capitals: bool,
    /// How many vowels it has, `y` among them; the highest number where letters outside of ASCII may be some.
    pub vowels: u8,
}

/// The words of a text. Kept from one text to the next, so that its memory is used again.
#[derive(Debug, Default)]
pub struct Words {
    /// All of them, in order.
    pub all: Vec<Word>,
    /// The places in `all` of words that a rule may care about: those that stand in the lexicon, have two
    /// capitals or more, or letters and digits.
    pub marked: Vec<usize>,
}

/// What a letter or digit of ASCII adds to the counts of its word: a count in each half of a number, so that one sum
/// counts all. Every other byte adds nothing.
mod counted {
    pub const SMALL: u64 = 1;
    pub const CAPITAL: u64 = 1 << 16;
    pub const DIGIT: u64 = 1 << 32;
    pub const VOWEL: u64 = 1 << 48;

    pub static BYTES: [u64; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let vowel = if is_vowel(byte as u8) { VOWEL } else { 0 };
            table[byte] = match byte as u8 {
                b'a'..=b'z' => SMALL | vowel,
                b'A'..=b'Z' => CAPITAL | vowel,
                b'0'..=b'9' => DIGIT,
                _ => 0,
            };
            byte += 1;
        }
        table
    };

    const fn is_vowel(byte: u8) -> bool {
        matches!(byte | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
    }
}

/// The letters of a word seen so far.
#[derive(Default)]
struct Letters {
    key: Key,
    /// The letters and digits of ASCII, as [`counted`].
    counts: u64,
    /// The capitals of other alphabets.
    wide_capitals: u32,
    /// Whether there are letters, digits or signs outside of ASCII.
    has_letters: bool,
    has_digits: bool,
    is_wide: bool,
}

impl Words {
    /// Takes the place of what was there with the words of `text`.
    pub fn read(&mut self, text: &str, lexicon: &Lexicon) {
        self.all.clear();
        self.marked.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        let (mut space, mut mark) = (false, true);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b' ' | b'\t'..=b'\r' => {
                    space = true;
                    at += 1;
                    continue;
                }
                0..=127 if counted::BYTES[usize::from(*byte)] == 0 => {
                    mark = true;
                    at += 1;
                    continue;
                }
                0..=127 => {}
                _ => {
                    let c = char_at(text, at);
                    if !c.is_alphanumeric() {
                        space |= c.is_whitespace() || parts(c);
                        mark |= !c.is_whitespace();
                        at += c.len_utf8();
                        continue;
                    }
                }
            }
            let start = at;
            let mut letters = Letters::default();
            at = letters.read(text, start);
            let entry = lexicon.find(letters.key, text, start..at);
            let has_capitals = letters.has_capitals();
            if entry != Entry::NONE || has_capitals || letters.are_mixed() {
                self.marked.push(self.all.len());
            }
            let gap = match (space, mark) {
                _ if self.all.is_empty() => Gap::Break,
                (true, false) => Gap::Space,
                (false, _) => Gap::Joined,
                (true, true) => Gap::Break,
            };
            let vowels = letters.vowels();
            self.all.push(Word { start: start as u32, end: at as u32, entry, gap, has_capitals, vowels });
            (space, mark) = (false, false);
        }
    }
}

impl Letters {
    /// Reads the word that begins at `at`, and returns where it ends.
    fn read(&mut self, text: &str, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        loop {
            let (mut key, mut counts) = (self.key, self.counts);
            for byte in bytes.get(at..).unwrap_or_default() {
                let counted = counted::BYTES[usize::from(*byte)];
                if counted == 0 {
                    break;
                }
                // 0x20 is what parts small letters from capitals, and is set in every digit.
                key.push(u32::from(*byte | 0x20));
                counts += counted;
                at += 1;
            }
            (self.key, self.counts) = (key, counts);
            match self.read_other(text, at) {
                Some(after) => at = after,
                None => return at,
            }
        }
    }

    /// Reads what is neither a letter nor a digit of ASCII, if it belongs to the word, and returns where it ends.
    #[inline]
    fn read_other(&mut self, text: &str, at: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        match bytes.get(at)? {
            b' ' => None,
            b'\'' if text[at + 1..].starts_with(char::is_alphanumeric) => {
                self.key.push(u32::from(b'\''));
                Some(at + 1)
            }
            byte @ (b'.' | b',') if is_digit(bytes.get(at - 1)) && is_digit(bytes.get(at + 1)) => {
                self.key.push(u32::from(*byte));
                Some(at + 1)
            }
            0..=127 => None,
            _ => self.read_wide(text, at),
        }
    }

    /// Reads a character outside of ASCII, if it belongs to the word, and returns where it ends.
    fn read_wide(&mut self, text: &str, at: usize) -> Option<usize> {
        let c = char_at(text, at);
        let after = at + c.len_utf8();
        if c == '\u{2019}' && text[after..].starts_with(char::is_alphanumeric) {
            self.key.push(u32::from(b'\''));
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| self.key.push(u32::from(c)));
            self.wide_capitals += u32::from(c.is_uppercase());
            if c.is_numeric() {
                self.has_digits = true;
            } else {
                self.has_letters = true;
            }
        } else if !continues(c) {
            return None;
        }
        self.is_wide = true;
        Some(after)
    }

    fn count(&self, of: u64) -> u32 {
        u32::from((self.counts / of) as u16)
    }

    fn has_capitals(&self) -> bool {
        self.count(counted::CAPITAL) + self.wide_capitals >= 2
    }

    /// Whether there are letters and digits.
    fn are_mixed(&self) -> bool {
        let has = |of| self.count(of) > 0;
        let has_digits = self.has_digits || has(counted::DIGIT);
        has_digits && (self.has_letters || has(counted::SMALL) || has(counted::CAPITAL))
    }

    fn vowels(&self) -> u8 {
        if self.is_wide { u8::MAX } else { u8::try_from(self.count(counted::VOWEL)).unwrap_or(u8::MAX) }
    }
}

/// The letters of a word in capitals, without the ending of a plural or a genitive: `NSAID` of `NSAIDs`.
pub fn capitals(word: &str) -> Option<&str> {
    let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let stem = stem.strip_suffix('s').unwrap_or(stem);
    let capitals = stem.chars().filter(|c| c.is_uppercase()).count();
    let others = stem.chars().any(|c| c.is_alphabetic() && !c.is_uppercase());
    (capitals >= 2 && !others).then_some(stem)
}

/// The character that begins at `at`, which lies inside `text`.
fn char_at(text: &str, at: usize) -> char {
    text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\u{fffd}')
}

/// Whether `c` parts words as white space does: dashes, and the full stops of scripts without spaces.
fn parts(c: char) -> bool {
    matches!(c, '\u{2012}'..='\u{2015}' | '。' | '！' | '？' | '．')
}

/// Whether `c` belongs to the word around it although it is neither a letter nor a digit: accents that
/// follow their letter, vowel signs, joiners and soft hyphens.
fn continues(c: char) -> bool {
    match c {
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}' => true,
        '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' => true,
        '\u{964}' | '\u{965}' => false,
        '\u{900}'..='\u{dff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Entries;
    use super::*;

    /// The words of `text`, joined ones with a `+` before them.
    fn words(text: &str) -> Vec<String> {
        let mut words = Words::default();
        words.read(text, &Lexicon::default());
        let show = |word: &Word| {
            let joined = if word.gap == Gap::Joined { "+" } else { "" };
            format!("{joined}{}", &text[word.start as usize..word.end as usize])
        };
        words.all.iter().map(show).collect()
    }

    #[test]
    fn words_are_parted_by_white_space_and_dashes() {
        assert_eq!(
            words("Rest, then\u{a0}move. Monday–Friday\u{c}noon"),
            ["Rest", "then", "move", "Monday", "Friday", "noon"]
        );
    }

    #[test]
    fn apostrophes_stand_inside_words_and_quotes_do_not() {
        assert_eq!(words("don't ‘you’ don’t 'x' dogs'"), ["don't", "you", "don’t", "x", "dogs"]);
    }

    #[test]
    fn hyphens_slashes_and_stops_join_words() {
        assert_eq!(words("self-care and/or e.g. this"), ["self", "+care", "and", "+or", "e", "+g", "this"]);
    }

    #[test]
    fn points_and_commas_stand_inside_numbers() {
        assert_eq!(words("0.5 1,000, 5mg 3."), ["0.5", "1,000", "5mg", "3"]);
    }

    #[test]
    fn accents_that_follow_their_letter_stay_inside_the_word() {
        assert_eq!(words("cafe\u{301} हिन्दी।"), ["cafe\u{301}", "हिन्दी"]);
    }

    #[test]
    fn a_word_of_the_lists_is_found_wherever_it_stands_and_however_it_is_written() {
        let ways = [
            ("pt", "PT"),
            ("overweight", "OverWeight"),
            ("physiotherapist", "PHYSIOTHERAPIST"),
            ("electromyography", "electro\u{ad}myography"),
            ("don't", "Don’t"),
            ("1,000", "1,000"),
            ("5mg", "5mg"),
            ("müller-free", "MÜLLER-free"),
        ];
        for (listed, written) in ways {
            // What parts a word is no part of it.
            let first = listed.split('-').next().unwrap_or(listed);
            let mut entries = Entries::default();
            entries.of(first);
            let lexicon = Lexicon::new(entries);
            for text in [written.to_owned(), format!("{written} and more words"), format!("a {written}")] {
                let mut words = Words::default();
                words.read(&text, &lexicon);
                let found = words.all.iter().filter(|word| word.entry != Entry::NONE).count();
                assert_eq!(found, 1, "`{listed}` in `{text}`");
            }
        }
    }

    #[test]
    fn marks_alone_are_no_words() {
        assert_eq!(words(" … — !? "), Vec::<String>::new());
    }

    #[test]
    fn the_stem_of_an_abbreviation_has_no_ending() {
        for (word, expected) in [
            ("NSAIDs", Some("NSAID")),
            ("GP's", Some("GP")),
            ("GP’s", Some("GP")),
            ("T2DM", Some("T2DM")),
            ("МРТ", Some("МРТ")),
            ("mRNA", None),
            ("B12", None),
            ("McDonald", None),
            ("I", None),
            ("Is", None),
        ] {
            assert_eq!(capitals(word), expected, "{word}");
        }
    }

    #[test]
    fn vowels_and_capitals_are_counted() {
        let text = "knee RICE Yoga crème GPs Ä-Ä";
        let mut words = Words::default();
        words.read(text, &Lexicon::default());
        let counts: Vec<_> = words.all.iter().map(|word| (word.vowels, word.has_capitals)).collect();
        let many = u8::MAX;
        assert_eq!(
            counts,
            [(2, false), (2, true), (3, false), (many, false), (0, true), (many, false), (many, false)]
        );
    }
}
