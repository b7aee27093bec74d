//! The plural category that a number has in a language (Unicode CLDR 48, cardinal numbers, for whole numbers).

/// The form of a message for the number `n` in `language`: `zero`, `one`, `two`, `few`, `many` or `other`.
///
/// Languages that are not named have a form for 1 and one for all others, as most do.
pub fn category(language: &str, n: u64) -> &'static str {
    let language = language.to_ascii_lowercase();
    let primary = language.split('-').next().unwrap_or("");
    let (ten, hundred) = (n % 10, n % 100);
    let teen = (11..=19).contains(&hundred);
    // French, Spanish and their relatives say "un million de pages".
    let whole_millions = n != 0 && n.is_multiple_of(1_000_000);
    match primary {
        "bm" | "bo" | "dz" | "hnj" | "id" | "ig" | "ii" | "in" | "ja" | "jbo" | "jv" | "kde" | "kea"
        | "km" | "ko" | "lkt" | "lo" | "ms" | "my" | "nqo" | "osa" | "sah" | "ses" | "sg" | "su" | "th"
        | "to" | "tpi" | "vi" | "wo" | "yo" | "yue" | "zh" => "other",
        "ak" | "am" | "as" | "bho" | "bn" | "csw" | "doi" | "fa" | "ff" | "gu" | "guw" | "hi" | "hy"
        | "kab" | "kn" | "ln" | "mg" | "nso" | "pa" | "pcm" | "si" | "ti" | "wa" | "zu" => {
            if n <= 1 {
                "one"
            } else {
                "other"
            }
        }
        "fr" | "pt" if language != "pt-pt" => {
            if n <= 1 {
                "one"
            } else if whole_millions {
                "many"
            } else {
                "other"
            }
        }
        "ca" | "es" | "it" | "lld" | "pt" | "scn" | "vec" => {
            if n == 1 {
                "one"
            } else if whole_millions {
                "many"
            } else {
                "other"
            }
        }
        "ru" | "uk" | "be" => slavic(n, "many"),
        "sr" | "hr" | "bs" | "sh" => slavic(n, "other"),
        "pl" => match (n, ten) {
            (1, _) => "one",
            (_, 2..=4) if !teen => "few",
            _ => "many",
        },
        "cs" | "sk" => match n {
            1 => "one",
            2..=4 => "few",
            _ => "other",
        },
        "sl" | "dsb" | "hsb" => match hundred {
            1 => "one",
            2 => "two",
            3 | 4 => "few",
            _ => "other",
        },
        "lt" => match ten {
            1 if !teen => "one",
            2..=9 if !teen => "few",
            _ => "other",
        },
        "lv" | "prg" => match ten {
            0 => "zero",
            _ if teen => "zero",
            1 => "one",
            _ => "other",
        },
        "ro" | "mo" => match (n, hundred) {
            (1, _) => "one",
            (0, _) | (_, 1..=19) => "few",
            _ => "other",
        },
        "mk" | "is" => {
            if ten == 1 && hundred != 11 {
                "one"
            } else {
                "other"
            }
        }
        "fil" | "tl" | "ceb" => {
            if matches!(ten, 4 | 6 | 9) {
                "other"
            } else {
                "one"
            }
        }
        "he" | "iw" | "iu" | "naq" | "sat" | "se" | "sma" | "smj" | "smn" | "sms" => match n {
            1 => "one",
            2 => "two",
            _ => "other",
        },
        "ar" | "ars" => match (n, hundred) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        "mt" => match (n, hundred) {
            (1, _) => "one",
            (2, _) => "two",
            (0, _) | (_, 3..=10) => "few",
            (_, 11..=19) => "many",
            _ => "other",
        },
        "ga" => match n {
            1 => "one",
            2 => "two",
            3..=6 => "few",
            7..=10 => "many",
            _ => "other",
        },
        "gd" => match n {
            1 | 11 => "one",
            2 | 12 => "two",
            3..=10 | 13..=19 => "few",
            _ => "other",
        },
        "cy" => match n {
            0 => "zero",
            1 => "one",
            2 => "two",
            3 => "few",
            6 => "many",
            _ => "other",
        },
        "br" => match (ten, hundred) {
            (1, _) if !matches!(hundred, 11 | 71 | 91) => "one",
            (2, _) if !matches!(hundred, 12 | 72 | 92) => "two",
            (3 | 4 | 9, _) if !matches!(hundred, 10..=19 | 70..=79 | 90..=99) => "few",
            _ if whole_millions => "many",
            _ => "other",
        },
        "gv" => match (ten, hundred) {
            (1, _) => "one",
            (2, _) => "two",
            (_, 0 | 20 | 40 | 60 | 80) => "few",
            _ => "other",
        },
        _ => {
            if n == 1 {
                "one"
            } else {
                "other"
            }
        }
    }
}

/// Russian and its neighbours: 1, 21, 31; then 2 to 4, 22 to 24; then `rest`.
fn slavic(n: u64, rest: &'static str) -> &'static str {
    match (n % 10, n % 100) {
        (1, hundred) if hundred != 11 => "one",
        (2..=4, hundred) if !(12..=14).contains(&hundred) => "few",
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The samples that CLDR gives for each category.
    #[test]
    fn numbers_have_the_category_that_unicode_gives_them() {
        let samples: [(&str, &str, &[u64]); 46] = [
            ("en", "one", &[1]),
            ("en", "other", &[0, 2, 16, 100, 1_000_000]),
            ("de-AT", "one", &[1]),
            ("ja", "other", &[0, 1, 2, 100]),
            ("hi", "one", &[0, 1]),
            ("hi", "other", &[2, 17]),
            ("fr", "one", &[0, 1]),
            ("fr", "many", &[1_000_000]),
            ("fr", "other", &[2, 17]),
            ("pt", "one", &[0, 1]),
            ("pt-PT", "one", &[1]),
            ("pt-PT", "other", &[0, 2]),
            ("es", "other", &[0, 2]),
            ("ru", "one", &[1, 21, 101]),
            ("ru", "few", &[2, 4, 22, 104]),
            ("ru", "many", &[0, 5, 11, 12, 14, 19, 111]),
            ("hr", "one", &[1, 21]),
            ("hr", "few", &[2, 24]),
            ("hr", "other", &[0, 5, 11, 12]),
            ("pl", "one", &[1]),
            ("pl", "few", &[2, 4, 22, 104]),
            ("pl", "many", &[0, 5, 12, 14, 21, 112]),
            ("cs", "few", &[2, 4]),
            ("cs", "other", &[0, 5, 22]),
            ("sl", "one", &[1, 101]),
            ("sl", "two", &[2, 102]),
            ("sl", "few", &[3, 104]),
            ("lt", "one", &[1, 21]),
            ("lt", "few", &[2, 29]),
            ("lt", "other", &[0, 10, 11, 19]),
            ("lv", "zero", &[0, 10, 11, 19, 20]),
            ("lv", "one", &[1, 21]),
            ("lv", "other", &[2, 29]),
            ("ro", "few", &[0, 2, 16, 101]),
            ("ro", "other", &[20, 35, 100]),
            ("he", "two", &[2]),
            ("ar", "zero", &[0]),
            ("ar", "one", &[1]),
            ("ar-EG", "two", &[2]),
            ("ar", "few", &[3, 10, 103, 110]),
            ("ar", "many", &[11, 26, 99, 111]),
            ("ar", "other", &[100, 102, 200, 1000]),
            ("ga", "many", &[7, 10]),
            ("cy", "many", &[6]),
            ("gd", "few", &[3, 10, 13, 19]),
            ("mt", "many", &[11, 19, 111]),
        ];
        for (language, form, numbers) in samples {
            for n in numbers {
                assert_eq!(category(language, *n), form, "{n} in {language}");
            }
        }
    }
}
