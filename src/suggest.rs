//! "Did you mean": the candidate that is closest to a misspelt word, or that is also called so.

mod confusions;

/// The candidate that `wrong` was probably meant to be, if any is near enough.
///
/// A candidate that differs only in case, in `-`, `_` or a blank, or in singular and plural comes first. Otherwise
/// the one with the smallest distance wins: letters added, left out, changed, or swapped with their neighbour (optimal
/// string alignment), up to a third of the word's length, at least one if either word has three letters or more, and at
/// most [`MOST_SLIPS`]. Among equals the first candidate wins, so the answer depends on nothing but the order of the
/// candidates. Where none is so near, it is the only one that begins with the whole word and a joining mark, as
/// `nice-ng59` does with `nice`.
pub fn closest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut search = Search::of(wrong);
    for candidate in candidates {
        search.begins(candidate, fold(candidate));
        let letters = Letters::of(candidate);
        if search.may_be_near(&letters) && search.ends_with(candidate, &fold(candidate).collect::<String>()) {
            break;
        }
    }
    search.found()
}

/// The field among `candidates` that was probably meant by `wrong`: one that is also called so, as `summary` is called
/// `description`, or else the [`closest`].
pub fn field<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
) -> Option<&'a str> {
    let candidates = candidates.into_iter();
    let folded: String = fold(wrong).collect();
    confusions::field(&folded, candidates.clone()).or_else(|| closest(wrong, candidates))
}

/// Whether `wrong` differs from `right` by a slip or two. Of two long ids that are near to each other each may be meant.
pub fn is_slip(wrong: &str, right: &str) -> bool {
    let (wrong, right): (String, String) = (fold(wrong).collect(), fold(right).collect());
    let most = if right.chars().count() < 8 { 1 } else { 2 };
    strsim::osa_distance(&wrong, &right) <= most
}

/// What [`closest`] says of the words of `lists`, in their order.
pub fn closest_of<'a>(wrong: &str, lists: impl IntoIterator<Item = &'a Words>) -> Option<&'a str> {
    let mut search = Search::of(wrong);
    for Word { written, folded, letters } in lists.into_iter().flat_map(|list| &list.0) {
        search.begins(written, folded.chars());
        if search.may_be_near(letters) && search.ends_with(written, folded) {
            break;
        }
    }
    search.found()
}

/// Whether `wrong` can be nothing but a misspelling of `right`, one of `candidates`: whether a machine may write the one
/// for the other.
///
/// It differs in case or in `-`, `_` and blanks alone; or in singular and plural or by an edit (two from eight letters
/// on), begins as the other does, has the same digits, and is near to no other candidate.
pub fn is_certain<'a>(wrong: &str, right: &str, candidates: impl IntoIterator<Item = &'a str>) -> bool {
    let (folded, meant): (String, String) = (fold(wrong).collect(), fold(right).collect());
    if folded == meant {
        return true;
    }
    let length = folded.chars().count();
    let edits = match length {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    folded.chars().next() == meant.chars().next()
        && digits(&folded) == digits(&meant)
        && (singular(&folded) == singular(&meant) || strsim::damerau_levenshtein(&folded, &meant) <= edits)
        && closest(wrong, candidates.into_iter().filter(|candidate| *candidate != right)).is_none()
}

/// Candidates for many misspelt words: ten thousand pages may refer to something that is gone, and ten thousand others
/// may be meant. What rules out nearly all of them is counted once.
#[derive(Clone, Debug, Default)]
pub struct Words(Vec<Word>);

/// A candidate: as it is written, as it is compared, and its letters.
#[derive(Clone, Debug)]
struct Word {
    written: Box<str>,
    folded: Box<str>,
    letters: Letters,
}

impl<'a> FromIterator<&'a str> for Words {
    fn from_iter<T: IntoIterator<Item = &'a str>>(words: T) -> Self {
        let word = |word: &str| Word {
            written: word.into(),
            folded: fold(word).collect::<String>().into(),
            letters: Letters::of(word),
        };
        Self(words.into_iter().map(word).collect())
    }
}

/// A search for the candidate closest to a word.
struct Search<'a> {
    wrong: String,
    letters: Letters,
    limit: usize,
    best: Option<&'a str>,
    /// The first candidate of which the word is the beginning, and how many there are.
    begun: (Option<&'a str>, usize),
}

impl<'a> Search<'a> {
    fn of(wrong: &str) -> Self {
        let letters = Letters::of(wrong);
        let wrong: String = fold(wrong).collect();
        let length = wrong.chars().count();
        let limit = if length < 2 { 0 } else { (length / 3).clamp(1, MOST_SLIPS) };
        Self { wrong, letters, limit, best: None, begun: (None, 0) }
    }

    /// Looks whether `candidate`, which is compared as `word`, begins with the word and a joining mark.
    fn begins(&mut self, candidate: &'a str, mut word: impl Iterator<Item = char>) {
        let is_begun = self.wrong.len() >= SHORTEST_BEGINNING
            && self.wrong.chars().all(|c| word.next() == Some(c))
            && word.next() == Some('-');
        if is_begun {
            self.begun.0.get_or_insert(candidate);
            self.begun.1 += 1;
        }
    }

    fn found(self) -> Option<&'a str> {
        self.best.or(self.begun.0.filter(|_| self.begun.1 == 1))
    }

    /// Whether a candidate with these letters can be near enough. The distance takes the square of the length; nearly
    /// every candidate is ruled out before.
    fn may_be_near(&self, letters: &Letters) -> bool {
        self.letters.distance(letters) <= self.limit.max(PLURAL_LETTERS)
    }

    /// Looks at `candidate`, which is compared as `word`. Whether no other can be better.
    fn ends_with(&mut self, candidate: &'a str, word: &str) -> bool {
        if singular(word) == singular(&self.wrong) {
            self.best = Some(candidate);
            return true;
        }
        // Of two short words hardly a letter is the same.
        if self.limit > 0 && self.wrong.len().max(word.len()) > 2 {
            let (wrong, word) = differing(&self.wrong, word);
            let distance = strsim::osa_distance(wrong, word);
            if distance <= self.limit {
                self.best = Some(candidate);
                // A later candidate has to be strictly better.
                self.limit = distance - 1;
            }
        }
        false
    }
}

/// What lies between the beginning and the end that two words share: their distance is that of the words.
fn differing<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let same = |(x, y): &(char, char)| x == y;
    let start: usize = a.chars().zip(b.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// The most slips that a word is looked past: a long id with more of them is another id.
const MOST_SLIPS: usize = 4;

/// The fewest bytes of a word that is taken for the beginning of another.
const SHORTEST_BEGINNING: usize = 3;

/// How many letters a plural can differ from its singular: `therapies` and `therapy` differ by three.
const PLURAL_LETTERS: usize = 3;

/// The characters of `word` in lower case, with `-` for `_` and blanks.
fn fold(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == '_' || c == ' ' { '-' } else { c })
}

/// The part of a word that its singular and its plural share.
fn singular(word: &str) -> &str {
    if let Some(stem) =
        word.strip_suffix("ies").or_else(|| word.strip_suffix('y')).filter(|stem| stem.len() > 1)
    {
        return stem;
    }
    word.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s')).unwrap_or(word)
}

/// How often each letter stands in a word: a bound below the distance of two words, found in one pass.
#[derive(Clone, Debug)]
struct Letters([u8; 64]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0u8; 64];
        for c in fold(word) {
            // Characters that share a place can only lower the bound.
            let place = &mut counts[c as usize % 64];
            *place = place.saturating_add(1);
        }
        Self(counts)
    }

    fn distance(&self, other: &Self) -> usize {
        // The sums fit: 64 places of at most 255 letters.
        let (mut more, mut less) = (0u16, 0u16);
        for (a, b) in self.0.iter().zip(&other.0) {
            more += u16::from(a.saturating_sub(*b));
            less += u16::from(b.saturating_sub(*a));
        }
        usize::from(more.max(less))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(wrong: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(closest(wrong, candidates.iter().copied()), expected, "{wrong} among {candidates:?}");
    }

    #[test]
    fn a_letter_lost_added_or_changed_is_mended() {
        check("condtions", &["phases", "conditions"], Some("conditions"));
        check("titel", &["title", "tilt"], Some("title"));
        check("publishd", &["draft", "published", "retired"], Some("published"));
        check("knee-rols", &["pelvic-tilt", "knee-rolls"], Some("knee-rolls"));
    }

    #[test]
    fn singular_case_and_joining_marks_come_before_distance() {
        check("condition", &["conditiom", "conditions"], Some("conditions"));
        check("Last Reviewed", &["last_reviewec", "last_reviewed"], Some("last_reviewed"));
        check("stop-if", &["stop_if"], Some("stop_if"));
        check("therapies", &["therapist", "therapy"], Some("therapy"));
    }

    #[test]
    fn a_word_that_is_far_from_all_has_no_suggestion() {
        check("colour", &["title", "summary"], None);
        check("ab", &["ac"], None);
        check("ul", &["doi", "url"], Some("url"));
        check("u", &["url", "up"], None);
        check("", &["a"], None);
        check(
            "assisted-ankle-pump-7874",
            &["assisted-ankle-roll-7874", "assisted-ankle-stretch-7874"],
            Some("assisted-ankle-roll-7874"),
        );
        check("assisted-ankle-pump-7874", &["assisted-ankle-stretch-7874"], None);
    }

    #[test]
    fn the_beginning_of_one_candidate_alone_is_that_candidate() {
        let sources = ["nice-ng59", "nicest", "who-2023", "who-2024"];
        check("nice", &sources, Some("nice-ng59"));
        check("NICE", &sources, Some("nice-ng59"));
        check("who", &sources, None);
        check("ni", &sources, None);
        // What is near comes first.
        check("nicer", &["nicer-one", "nices"], Some("nices"));
        let words: Words = sources.into_iter().collect();
        assert_eq!(closest_of("nice", [&words]), Some("nice-ng59"));
    }

    #[test]
    fn a_misspelling_is_certain_where_it_can_be_nothing_else() {
        let fields = ["title", "conditions", "last_reviewed", "image", "source_a", "source_b", "easier"];
        let mends = |wrong: &str| is_certain(wrong, closest(wrong, fields).unwrap(), fields);
        for wrong in
            ["titel", "Title", "condtions", "Conditions", "condition", "last-reviewed", "last reveiwed"]
        {
            assert!(mends(wrong), "{wrong}");
        }
        // Near to two; another number; a sign before the name, which may be there to switch it off; too many letters.
        for wrong in ["source_c", "title2", "_title", "condishuns", "lst_revewd"] {
            assert!(!mends(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_field_can_be_meant_by_another_name() {
        let fields = ["title", "summary", "last_reviewed", "sources"];
        assert_eq!(field("name", fields), Some("title"));
        assert_eq!(field("Description", fields), Some("summary"));
        assert_eq!(field("reviewed_on", fields), Some("last_reviewed"));
        assert_eq!(field("titel", fields), Some("title"));
        // The field that it stands for is there already, or is none of these.
        assert_eq!(field("name", ["summary", "sources"]), None);
        assert_eq!(field("reviewer", fields), None);
    }

    #[test]
    fn the_nearest_wins_and_then_the_first() {
        check("abcdef", &["abcxyf", "abcdxf", "abcdey"], Some("abcdxf"));
    }

    proptest! {
        #[test]
        fn a_suggestion_is_the_nearest_within_the_limit(
            wrong in "[a-e]{3,12}",
            candidates in proptest::collection::vec("[a-e]{3,12}", 0..8),
        ) {
            let best = candidates.iter().map(|c| strsim::osa_distance(&wrong, c)).min();
            let found = closest(&wrong, candidates.iter().map(String::as_str));
            let limit = wrong.len() / 3;
            prop_assert_eq!(found.is_some(), best.is_some_and(|best| best <= limit));
            prop_assert_eq!(found.map(|found| strsim::osa_distance(&wrong, found)), best.filter(|b| *b <= limit));
        }
    }
}
