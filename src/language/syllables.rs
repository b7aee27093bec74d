//! How many syllables an English word has, by a rule of thumb.
//!
//! Each group of vowels is a syllable, with these corrections:
//!
//! 1. A final `e` is silent (`make`), as in `-es` (`makes`) and `-ed` (`baked`), unless it is needed to speak the
//!    ending (`boxes`, `muscles`, `wanted`), or is the only vowel (`the`).
//! 2. A silent `e` stays silent before an ending that begins with a consonant (`safely`, `movement`, `careful`).
//! 3. Some groups are two syllables: `ia`, `io`, `iu`, `eo`, `ua`, `uo` (`radio`, `usual`), unless the first
//!    vowel only changes the consonant before it (`nation`, `special`, `million`, `quality`); `-ier`, `-iest`,
//!    `-ience`, `-ient` and `iet`; a vowel before `-ing` and `-ic` (`doing`, `heroic`); and `react`.
//! 4. `y` before a vowel is a consonant at the start and behind a vowel (`beyond`), else a syllable of its own.
//! 5. A final `sm` or `thm` adds one (`spasm`).
//!
//! 6. `-que` and `-gue` end silently (`unique`), and `-ically` loses a syllable (`basically`).
//!
//! Words that go against these rules are listed in `words/syllables.txt`.
//!
//! Measured against the CMU Pronouncing Dictionary with that list: right for 99.2 % of the running words of the
//! demonstration site (99.98 % without abbreviations, which the dictionary spells), for 98.6 % of 509,000 words
//! of software manuals, and for 93.3 % of the dictionary's 125,000 entries, most of which are names. The total of
//! syllables, which is what the reading grade depends on, is 0.6 % too low on the site, nearly all of it
//! abbreviations, and 1.3 % on the manuals: 0.1 to 0.2 of a grade.

/// Counts the syllables of `word`, a run of letters and digits with so many vowels: at least one. Letters of short words
/// in capitals are spelled (`MRI`), and a number is one.
pub fn count(word: &str, vowels: u8) -> usize {
    let bytes = word.as_bytes();
    if bytes.len() <= 2 && !bytes.iter().all(u8::is_ascii_uppercase) {
        return 1;
    }
    if let [b'A'..=b'Z', b'A'..=b'Z', ..] = bytes
        && (bytes.len() <= 3 || !bytes.iter().any(|byte| is_vowel(*byte)))
    {
        return bytes.len();
    }
    // Most words of a plain text are such, and need no closer look.
    if vowels <= 1 && !may_add(bytes) {
        return 1;
    }
    let mut letters = [0; LONGEST];
    let mut length = 0;
    for (place, c) in letters.iter_mut().zip(word.chars()) {
        *place = plain(c);
        length += 1;
    }
    count_letters(without_contraction(&letters[..length]))
}

/// Whether `word` may end with what adds a syllable without a vowel.
fn may_add(word: &[u8]) -> bool {
    matches!(word, [.., b'm'] | [.., b'm', b's'] | [.., b'\'', b't'])
}

/// The word without an ending that adds no syllable: `you're`, `there's`, `I'd`.
fn without_contraction(word: &[u8]) -> &[u8] {
    match word {
        [before @ .., b'\'', b's' | b'd'] | [before @ .., b'\'', b'r' | b'v', b'e'] => before,
        _ => word,
    }
}

/// Words are counted up to here; no English word is longer.
const LONGEST: usize = 48;

/// The small letter without accents, as a byte.
fn plain(c: char) -> u8 {
    match c {
        'a'..='z' => c as u8,
        'A'..='Z' => c as u8 | 0x20,
        '’' => b'\'',
        'à'..='æ' | 'À'..='Æ' => b'a',
        // A final e with an accent is spoken, as no other e is: `café`.
        'é' | 'É' => b'i',
        'è'..='ë' | 'È'..='Ë' | 'œ' => b'e',
        'ì'..='ï' | 'Ì'..='Ï' => b'i',
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' => b'o',
        'ù'..='ü' | 'Ù'..='Ü' => b'u',
        _ => u8::try_from(c).unwrap_or(b'_'),
    }
}

fn is_vowel(letter: u8) -> bool {
    // The bits of a, e, i, o, u and y, counted from the bit of `: this runs for each letter of a page.
    const VOWELS: u32 = 1 << 1 | 1 << 5 | 1 << 9 | 1 << 15 | 1 << 21 | 1 << 25;
    letter >= b'A' && VOWELS & (1 << (letter & 31)) != 0
}

/// Counts in a word of small letters.
fn count_letters(word: &[u8]) -> usize {
    let mut count = 0;
    // The letter before, if it is a vowel.
    let mut before = None;
    for (place, letter) in word.iter().copied().enumerate() {
        let next_is_vowel = word.get(place + 1).is_some_and(|next| is_vowel(*next));
        let is_consonant_y = letter == b'y' && next_is_vowel && (place == 0 || before.is_some());
        if is_vowel(letter) && !is_consonant_y {
            count += usize::from(before.is_none_or(|before| is_hiatus(word, place, before, letter)));
            before = Some(letter);
        } else {
            before = None;
        }
    }
    count += added(word);
    if count >= 2 {
        count -= silent_at_end(word);
    }
    // The vowel before the silent one, that one, and one in the ending.
    if count >= 3 {
        count -= silent_inside(word);
    }
    count.max(1)
}

/// Whether the vowel at `place` begins a syllable although another vowel, `before`, stands before it.
fn is_hiatus(word: &[u8], place: usize, before: u8, vowel: u8) -> bool {
    let ahead = place.checked_sub(2).and_then(|ahead| word.get(ahead)).copied().unwrap_or(b' ');
    let rest = word.get(place + 1..).unwrap_or(&[]);
    match (before, vowel) {
        (b'y', _) => true,
        (b'i', b'a') if ahead == b'x' || rest.starts_with(b"te") || rest.starts_with(b"ti") => true,
        (b'i', b'a') if ahead == b'l' && matches!(rest, [b'r' | b'n', ..]) => false,
        (b'i', b'o') if rest.starts_with(b"n") && matches!(ahead, b'n' | b'l' | b'h') => false,
        (b'i', b'a' | b'o' | b'u') => !matches!(ahead, b'c' | b't' | b's' | b'g' | b'x'),
        (b'i', b'e') => match rest {
            b"r" | b"rs" | b"st" | b"ty" => true,
            [b't', ..] | [b'n', b'c' | b't', ..] => !matches!(ahead, b'c' | b't' | b's' | b'n'),
            _ => false,
        },
        (b'e', b'a') => rest.starts_with(b"ct") && ahead == b'r',
        (b'e', b'o') => ahead != b'g',
        (b'u', b'a' | b'o') => !matches!(ahead, b'q' | b'g'),
        (b'o' | b'a', b'i') if matches!(rest, b"c" | b"cs") => true,
        (_, b'i') => matches!(rest, b"ng" | b"ngs"),
        _ => false,
    }
}

/// Syllables that have no vowel letter.
fn added(word: &[u8]) -> usize {
    let stem = word.strip_suffix(b"s").unwrap_or(word);
    let humming = stem.ends_with(b"sm") || stem.ends_with(b"thm");
    let negated = matches!(word, [.., b'd' | b's' | b't', b'n', b'\'', b't']);
    usize::from(humming || negated)
}

/// Endings that begin with a consonant and leave an `e` before them silent.
const ENDINGS: [&[u8]; 19] = [
    b"ly", b"ment", b"ments", b"ful", b"fully", b"less", b"ness", b"time", b"times", b"thing", b"things",
    b"where", b"body", b"line", b"lines", b"work", b"works", b"page", b"pages",
];

/// How many vowels at the end are written and not spoken.
fn silent_at_end(word: &[u8]) -> usize {
    usize::from(match word {
        [.., b'g' | b'q', b'u', b'e'] | [.., b'g' | b'q', b'u', b'e', b's'] => true,
        [.., b'i', b'c', b'a', b'l', b'l', b'y'] => true,
        [.., before, b'e'] => silent_before(word.len() - 2, word, *before, &[]),
        [.., before, b'e', b's'] => silent_before(word.len() - 3, word, *before, b"sxzcgh"),
        [.., before, b'e', b'd'] => silent_before(word.len() - 3, word, *before, b"td"),
        _ => false,
    })
}

/// How many vowels before an ending are written and not spoken.
fn silent_inside(word: &[u8]) -> usize {
    let ending = |ending: &&[u8]| match word.strip_suffix(*ending) {
        Some([stem @ .., before, b'e']) => {
            !is_vowel(*before)
                && stem.iter().any(|letter| is_vowel(*letter))
                && silent_before(stem.len(), word, *before, &[])
        }
        _ => false,
    };
    usize::from(ENDINGS.iter().any(ending))
}

/// Whether the `e` behind the letter `before`, at `place`, is silent: not behind a vowel, which it belongs to,
/// not behind letters that need it to be spoken (`needing`), and not in `-cle`, `-tre` and the like.
fn silent_before(place: usize, word: &[u8], before: u8, needing: &[u8]) -> bool {
    let ahead = place.checked_sub(1).and_then(|ahead| word.get(ahead)).copied();
    let spoken = match before {
        // A y behind a vowel is a consonant: `stayed`, `eyes`.
        b'y' => !ahead.is_some_and(is_vowel),
        b'l' => ahead.is_some_and(|ahead| !is_vowel(ahead) && ahead != b'l' && ahead != b'r'),
        b'r' => ahead.is_some_and(|ahead| !is_vowel(ahead) && ahead != b'r'),
        // `th` keeps its e silent, `ch` and `sh` do not.
        b'h' if ahead == Some(b't') => false,
        before => is_vowel(before) || needing.contains(&before),
    };
    !spoken
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::settings::Settings;
    use super::super::words::Words;

    /// The syllables of `word`, with its vowels as they are counted where a text is taken apart.
    fn count(word: &str) -> usize {
        let mut words = Words::default();
        words.read(word, &Lexicon::default());
        super::count(word, words.all.first().map_or(0, |word| word.vowels))
    }

    /// Words by their number of syllables, as in the CMU Pronouncing Dictionary, or where it lacks the word, as
    /// in a printed dictionary.
    const TABLE: [(usize, &str); 6] = [
        (
            1,
            "the I you back pain knees chest bone bones nerve spine hip thigh ache breathe breathes clothes eyes \
             stayed baked called year young yes don't won't you're there's vague tongue league numb",
        ),
        (
            2,
            "muscle muscles wanted boxes handled hundred people someone something sometimes safely lovely movement \
             movements careful useless guideline evening business doctor posture pressure fracture surgeon pregnant \
             anxious nation special language question region million cushion quiet diet science patient patients \
             client ancient doing being going seeing trying saying playing skiing beyond player layer spasm spasms \
             rhythm isn't couldn't didn't unique technique fatigue create react table little simple centre litre \
             acne weakness numbness stiffness bladder bowel control gently slowly lying walking shoulder shoulders \
             straighten pillow fluid ruin poem stoic café",
        ),
        (
            3,
            "area idea everyone medicine exercise physical pharmacist sciatic nausea hernia surgery pregnancy radio \
             manual period serious previous various quality religious opinion familiar efficient convenience happier \
             easier earlier happiest studying anyone basically created creation reaction video courageous completely \
             unlikely wherever theatre recipe understand influence museum nuclear heroic mosaic \
             suicide element",
        ),
        (
            4,
            "exercises comfortable inflammation ibuprofen diazepam sciatica diabetes diarrhoea usually society \
             variety anxiety experience rheumatism organism specifically reality associate appreciate initiate \
             separately catastrophe activity information community difficulty understanding necessary",
        ),
        (5, "inflammatory paracetamol automatically association immediately university particularly"),
        (6, "physiotherapist physiotherapy osteoporosis osteoarthritis rehabilitation"),
    ];

    #[test]
    fn syllables_are_those_of_a_dictionary() {
        let settings = Settings::default();
        let mut wrong = Vec::new();
        for (expected, words) in TABLE {
            for word in words.split_whitespace() {
                let listed = settings.lexicon.named(word).and_then(|entry| entry.syllables);
                let counted = listed.map_or_else(|| count(word), usize::from);
                if counted != expected {
                    wrong.push((word, counted, expected));
                }
            }
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn capitals_are_spelled_and_numbers_count_once() {
        assert_eq!(
            ["MRI", "NHS", "UK", "COPD", "TENS", "5", "1,000", "42"].map(count),
            [3, 3, 2, 1, 1, 1, 1, 1]
        );
    }

    #[test]
    fn no_word_is_without_a_syllable() {
        for word in ["hmm", "cm", "休", "", "'", "ÿ", "e", "es"] {
            assert_eq!(count(word), 1, "{word}");
        }
    }
}
