//! The order of names in lists: by their letters, without the marks on these. `Übung` stands with `U`, where those look
//! for it who do not know how computers number letters.

/// Letters with marks, and those that are two in one, with what they are sorted as. In lower case.
const FOLDED: [(&str, &str); 38] = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁẚạảấầẩẫậắằẳẵặ"),
    ("ae", "æǣǽ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďđḋḍḏḑḓð"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǥǧǵḡ"),
    ("h", "ĥħȟḣḥḧḩḫẖ"),
    ("i", "ìíîïĩīĭįıǐȉȋḭḯỉị"),
    ("j", "ĵǰ"),
    ("k", "ķǩḱḳḵ"),
    ("l", "ĺļľŀłḷḹḻḽ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňŉǹṅṇṉṋ"),
    ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
    ("oe", "œ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩ"),
    ("ss", "ß"),
    ("t", "ţťŧțṫṭṯṱẗ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
    ("α", "ά"),
    ("ε", "έ"),
    ("η", "ή"),
    ("ι", "ίϊΐ"),
    ("ο", "ό"),
    ("υ", "ύϋΰ"),
    ("ω", "ώ"),
    ("σ", "ς"),
    ("е", "ёѐ"),
];

/// What `name` is sorted by: its letters in lower case and without their marks, from its first letter or figure on.
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let start = name.find(char::is_alphanumeric).unwrap_or(0);
    for letter in name[start..].chars().flat_map(char::to_lowercase).filter(|letter| !is_mark(*letter)) {
        match folded(letter) {
            Some(letters) => key.push_str(letters),
            None => key.push(letter),
        }
    }
    key
}

/// What a letter in lower case is sorted as, if not as itself.
fn folded(letter: char) -> Option<&'static str> {
    if letter.is_ascii() {
        return None;
    }
    FOLDED.iter().find(|(_, marked)| marked.contains(letter)).map(|(plain, _)| *plain)
}

/// Whether `letter` is a mark that combines with the letter before it.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_with_the_letter_that_they_begin_with() {
        let mut names =
            ["Zerrung", "Übung", "Umlauf", "Ärger", "Arm", "Öl", "Ofen", "élan", "Ende", "„Eile“", "Straße"];
        names.sort_by_key(|name| key(name));
        assert_eq!(
            names,
            ["Ärger", "Arm", "„Eile“", "élan", "Ende", "Ofen", "Öl", "Straße", "Übung", "Umlauf", "Zerrung"]
        );
    }

    #[test]
    fn a_letter_is_the_same_in_one_piece_and_in_two() {
        assert_eq!(key("U\u{308}bung"), key("Übung"));
        assert_eq!(key("İzmir"), "izmir");
        assert_eq!(key("Æble ØRE Łokieć"), "aeble ore lokiec");
        assert_eq!(key("…"), "…");
    }

    #[test]
    fn each_letter_is_folded_once_and_none_is_folded_to_one_with_a_mark() {
        let marked: Vec<char> = FOLDED.iter().flat_map(|(_, marked)| marked.chars()).collect();
        for (at, letter) in marked.iter().enumerate() {
            assert!(!marked[..at].contains(letter), "{letter} stands twice");
            assert!(letter.to_lowercase().eq([*letter]), "{letter} is a capital");
        }
        assert!(FOLDED.iter().all(|(plain, _)| plain.chars().all(|letter| !marked.contains(&letter))));
    }
}
