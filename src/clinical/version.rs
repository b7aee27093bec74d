//! The version of a page, as it is printed on the handout.

use std::fmt;

/// Two numbers, `major.minor`. `1.10` comes after `1.9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Raised when the advice changes.
    pub major: u32,
    /// Raised when only the wording changes.
    pub minor: u32,
}

impl Version {
    /// What a page has that gives none.
    pub const FIRST: Self = Self { major: 1, minor: 0 };

    /// Reads `n.n`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            if plain { digits.parse().ok() } else { None }
        };
        Some(Self { major: number(major)?, minor: number(minor)? })
    }

    /// The version after this one; none after the last that a page can have, whose numbers have four digits.
    pub fn next(self) -> Option<Self> {
        if self.minor < MAX {
            return Some(Self { minor: self.minor + 1, ..self });
        }
        (self.major < MAX).then(|| Self { major: self.major + 1, minor: 0 })
    }
}

/// The largest number of a version.
const MAX: u32 = 9999;

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_point_ten_comes_after_one_point_nine() {
        assert!(Version::parse("1.10") > Version::parse("1.9"));
    }

    #[test]
    fn the_next_version_counts_on() {
        let next = |text| Version::parse(text).and_then(Version::next).map(|next| next.to_string());
        assert_eq!(next("1.0").as_deref(), Some("1.1"));
        assert_eq!(next("1.9").as_deref(), Some("1.10"));
        assert_eq!(next("1.9999").as_deref(), Some("2.0"));
        assert_eq!(next("9999.9999"), None);
    }

    #[test]
    fn anything_but_two_numbers_is_no_version() {
        for text in ["1", "1.", ".1", "1.0.0", "v1.0", "+1.0", "1.-1", ""] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
