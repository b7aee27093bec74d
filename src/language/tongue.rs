//! What the rules need to know of a page's language.

/// A page's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tongue {
    /// English of any kind: the built-in word lists and the reading grade are for it alone.
    pub english: bool,
    /// Whether white space stands between words, so that they can be counted.
    pub spaced: bool,
    /// Whether `3.` is how "third" is written, so that the full stop may not end a sentence.
    pub ordinal_stop: bool,
}

/// Languages written without spaces between words.
const UNSPACED: [&str; 10] = ["zh", "ja", "th", "lo", "km", "my", "yue", "wuu", "bo", "dz"];

/// Languages that write ordinal numbers with a full stop.
const ORDINAL_STOP: [&str; 21] = [
    "de", "da", "no", "nb", "nn", "fi", "et", "lv", "hu", "cs", "sk", "sl", "hr", "sr", "bs", "pl", "tr",
    "is", "lb", "eu", "az",
];

impl Tongue {
    /// The language that the BCP 47 tag `tag` names; only its first part counts.
    pub fn of(tag: &str) -> Self {
        let language = tag.split(['-', '_']).next().unwrap_or(tag);
        let is = |other: &&str| language.eq_ignore_ascii_case(other);
        Self {
            english: is(&"en"),
            spaced: !UNSPACED.iter().any(is),
            ordinal_stop: ORDINAL_STOP.iter().any(is),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_part_of_a_tag_counts() {
        let tongue = |english, spaced, ordinal_stop| Tongue { english, spaced, ordinal_stop };
        assert_eq!(Tongue::of("en"), tongue(true, true, false));
        assert_eq!(Tongue::of("en-GB"), tongue(true, true, false));
        assert_eq!(Tongue::of("EN"), tongue(true, true, false));
        assert_eq!(Tongue::of("enm"), tongue(false, true, false));
        assert_eq!(Tongue::of("zh-Hans"), tongue(false, false, false));
        assert_eq!(Tongue::of("de-AT"), tongue(false, true, true));
        assert_eq!(Tongue::of(""), tongue(false, true, false));
    }
}
