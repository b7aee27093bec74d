//! Finds where the sentences of a block end.
//!
//! A full stop, `!`, `?`, an ellipsis and their like end a sentence where white space or the end of the block
//! follows, after closing quotes and brackets. A full stop or an ellipsis does not where a small letter
//! follows (rule SB8 of Unicode's annex 29), nor behind an abbreviation, an initial or the number of a list.
//! A colon and a semicolon end nothing. The end of the block always ends a sentence.

use std::ops::Range;

use super::lexicon::{Lexicon, Role};
use super::tongue::Tongue;
use super::words::{Gap, Word};

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, as places in the list of all words of the block.
    pub words: Range<usize>,
    /// How many words it has, as people count: `self-care` is one.
    pub count: usize,
    /// Its bytes in the text, from opening quotes to closing ones.
    pub text: Range<usize>,
    /// Whether it asks.
    pub question: bool,
}

/// The end of a sentence inside a gap between words.
struct End {
    /// One past the last byte that belongs to the sentence, in the text.
    at: usize,
    /// Whether a small letter may follow inside of the same sentence.
    weak: bool,
    /// Whether it is a single full stop, which may belong to an abbreviation.
    stop: bool,
    question: bool,
}

/// Puts the sentences of `text`, which has these words, in the place of what was in `sentences`.
pub fn read(text: &str, words: &[Word], lexicon: &Lexicon, tongue: Tongue, sentences: &mut Vec<Sentence>) {
    sentences.clear();
    let (mut first, mut count, mut start) = (0, 0, 0);
    let mut push = |words: Range<usize>, count: usize, text_range: Range<usize>, question: bool| {
        let inside = text.get(text_range.clone()).unwrap_or("");
        let from = text_range.start + inside.len() - inside.trim_start().len();
        let to = text_range.start + inside.trim_end().len();
        sentences.push(Sentence { words, count, text: from..to, question });
    };
    for (place, word) in words.iter().enumerate() {
        if word.gap == Gap::Break && place > first {
            let before = words.get(place - 1).map_or(0, |word| word.end as usize);
            if let Some(end) = end_in(text, before..word.start as usize)
                && ends(text, words, first..place, &end, lexicon, tongue)
            {
                push(first..place, count, start..end.at, end.question);
                (first, count, start) = (place, 0, end.at);
            }
        }
        count += usize::from(word.gap != Gap::Joined || place == first);
    }
    if let Some(last) = words.last() {
        let question = end_in(text, last.end as usize..text.len()).is_some_and(|end| end.question);
        push(first..words.len(), count, start..text.len(), question);
    }
}

/// The first place in `gap` where a sentence may end.
fn end_in(text: &str, gap: Range<usize>) -> Option<End> {
    let mut chars = text.get(gap.clone())?.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if !is_terminator(c) {
            continue;
        }
        let wide = is_wide_terminator(c);
        let mut end = End {
            at: gap.start + offset + c.len_utf8(),
            weak: is_weak(c),
            stop: c == '.',
            question: is_question(c),
        };
        while let Some((offset, c)) = chars.next_if(|(_, c)| is_terminator(*c) || is_closing(*c)) {
            end.at = gap.start + offset + c.len_utf8();
            end.weak |= is_closing(c);
            end.stop = false;
            end.question |= is_question(c);
        }
        let followed = chars.peek().map_or(gap.end == text.len(), |(_, c)| c.is_whitespace());
        // A bracket or quote that opens right behind a wide full stop begins the next sentence.
        if followed || wide {
            return Some(end);
        }
    }
    None
}

/// Whether the sentence that began with the first of `words[range]` ends at `end`, behind the last of them.
fn ends(
    text: &str,
    words: &[Word],
    range: Range<usize>,
    end: &End,
    lexicon: &Lexicon,
    tongue: Tongue,
) -> bool {
    let (Some(next), Some(last)) = (words.get(range.end), words.get(range.end - 1)) else { return true };
    let next_text = &text[next.start as usize..next.end as usize];
    if end.weak && next_text.starts_with(char::is_lowercase) {
        return false;
    }
    if !end.stop {
        return true;
    }
    let word = |word: &Word| text.get(word.start as usize..word.end as usize).unwrap_or("");
    let last_text = word(last);
    let is_number = last_text.starts_with(char::is_numeric);
    let next_is_number = next_text.starts_with(char::is_numeric);
    if is_number && range.len() == 1 {
        return false;
    }
    if is_number && tongue.ordinal_stop && last_text.len() <= 2 && !next_is_number {
        return false;
    }
    if let Some(entry) = lexicon.entry(last.entry)
        && (entry.has(Role::Stop) || (entry.has(Role::StopBeforeNumber) && next_is_number))
    {
        return false;
    }
    if !is_letter(last_text) {
        return true;
    }
    // A single letter: `e.g. Monday`, `at 9 a.m. Then`, `z. B. Montag`, `John F. Kennedy`, `vitamin C. Then`.
    let before = (range.len() >= 2).then(|| words.get(range.end - 2)).flatten().map_or("", word);
    if last.gap == Gap::Joined && is_letter(before) {
        let is_time = last_text == "m" && (before == "a" || before == "p");
        return is_time || before.starts_with(char::is_uppercase);
    }
    let next_is_initial = is_letter(next_text) && text[next.end as usize..].starts_with('.');
    let capital = last_text.starts_with(char::is_uppercase);
    let is_name = capital && (before.is_empty() || before.starts_with(char::is_uppercase));
    !(next_is_initial || is_name || is_letter(before))
}

/// Whether `text` is a single letter.
fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥' | '։' | '።')
        || is_wide_terminator(c)
}

/// Marks of scripts that put no space behind them.
fn is_wide_terminator(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．')
}

fn is_weak(c: char) -> bool {
    matches!(c, '.' | '…')
}

fn is_question(c: char) -> bool {
    matches!(c, '?' | '؟' | '？' | '‽' | '⁇' | '⁈' | '⁉')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '\'' | '”' | '’' | '»' | '›' | '“' | '‘' | '」' | '』' | '）')
}

#[cfg(test)]
mod tests {
    use super::super::settings::Settings;
    use super::super::words::Words;
    use super::*;

    /// The sentences of `text` in the language `tag`, each with the number of its words.
    fn sentences<'a>(tag: &str, text: &'a str) -> Vec<(usize, &'a str)> {
        let settings = Settings::default();
        let (mut words, mut sentences) = (Words::default(), Vec::new());
        words.read(text, &settings.lexicon);
        read(text, &words.all, &settings.lexicon, Tongue::of(tag), &mut sentences);
        sentences.into_iter().map(|sentence| (sentence.count, &text[sentence.text])).collect()
    }

    /// How many sentences `text` has in English.
    fn count(text: &str) -> usize {
        sentences("en", text).len()
    }

    #[test]
    fn a_sentence_ends_with_its_mark_and_its_closing_quotes() {
        assert_eq!(
            sentences("en", "Rest first. “Does it hurt?” Then stop! (Or wait.) Go on"),
            [(2, "Rest first."), (3, "“Does it hurt?”"), (2, "Then stop!"), (2, "(Or wait.)"), (2, "Go on")]
        );
    }

    #[test]
    fn words_with_hyphens_and_slashes_count_once() {
        assert_eq!(
            sentences("en", "Self-care, e.g. rest and/or heat."),
            [(5, "Self-care, e.g. rest and/or heat.")]
        );
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        for text in [
            "See Dr. Smith or Mrs. Jones.",
            "Choose a day, e.g. Monday, i.e. Tuesday.",
            "It takes approx. Five of them.",
            "Read No. 5 and Fig. 3 on pp. 7 to 9.",
            "Heat vs. Ice is a question.",
            "Bend, twist, etc. as you like.",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
    }

    #[test]
    fn abbreviations_that_may_end_a_sentence_end_it_before_a_capital() {
        for text in
            ["Bend, twist, etc. Then rest.", "Come at 9 a.m. Then rest.", "They live in the U.S. They walk."]
        {
            assert_eq!(count(text), 2, "{text}");
        }
    }

    #[test]
    fn initials_do_not_end_a_sentence_and_a_vitamin_does() {
        assert_eq!(count("John F. Kennedy had back pain."), 1);
        assert_eq!(count("J. R. R. Tolkien did not."), 1);
        assert_eq!(count("They took vitamin C. It did little."), 2);
    }

    #[test]
    fn decimals_and_missing_spaces_do_not_end_a_sentence() {
        assert_eq!(count("Walk 1.5 miles to www.example.org and back.Then rest"), 1);
    }

    #[test]
    fn an_ellipsis_ends_a_sentence_only_before_a_capital() {
        assert_eq!(count("Wait… then go. Wait... then go."), 2);
        assert_eq!(count("Wait… Then go."), 2);
    }

    #[test]
    fn the_number_of_a_step_is_no_sentence() {
        assert_eq!(count("1. Lie down. 2. Get up."), 2);
        assert_eq!(count("Do it 3. Then rest."), 1 + 1);
    }

    #[test]
    fn a_quotation_inside_a_sentence_does_not_end_it() {
        assert_eq!(count("“Does it hurt?” she asked. He said “no.” and left."), 2);
    }

    #[test]
    fn colons_and_semicolons_end_nothing() {
        assert_eq!(count("You can do this: Lie down; Get up"), 1);
    }

    #[test]
    fn a_citation_taken_away_leaves_the_stop_with_its_sentence() {
        assert_eq!(sentences("en", "Rest helps . Walk."), [(2, "Rest helps ."), (1, "Walk.")]);
    }

    #[test]
    fn german_ordinals_and_abbreviations_do_not_end_a_sentence() {
        for text in ["Am 3. Oktober ruhen.", "Etwas Leichtes, z. B. Gehen.", "Etwas Leichtes, z.B. Gehen."] {
            assert_eq!(sentences("de", text).len(), 1, "{text}");
        }
        assert_eq!(count("Stop at 3. October is far."), 2);
    }

    #[test]
    fn other_scripts_have_their_own_marks() {
        assert_eq!(sentences("zh", "请休息。然后走路！").len(), 2);
        assert_eq!(sentences("hi", "आराम करें। फिर चलें।").len(), 2);
        assert_eq!(
            sentences("es", "¿Duele? ¡Pare! Descanse."),
            [(1, "¿Duele?"), (1, "¡Pare!"), (1, "Descanse.")]
        );
    }

    #[test]
    fn marks_alone_are_no_sentence() {
        assert_eq!(sentences("en", " … ! "), []);
        assert_eq!(sentences("en", ""), []);
    }
}
