//! A colour as site.toml writes it.

use std::fmt;

/// A colour of the sRGB space: the strength of red, green and blue, each from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        // A sign would be read as part of a number.
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_hash_and_six_digits() {
        assert_eq!(Colour::parse("#005EB8"), Some(Colour([0, 0x5e, 0xb8])));
        assert_eq!(Colour::parse("#005EB8").map(|colour| colour.to_string()), Some("#005eb8".to_owned()));
        for text in ["005eb8", "#05b", "#005eb", "#005eb88", "#00+eb8", "#00é0b", "blue", ""] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }
}
