//! Places that an author or a template left to fill in, as `[clinic name]`: nobody has filled them in.
//!
//! Words in brackets may well stand in good text, as `[sic]` or in a letter that the reader is to write. So only these are
//! found: what tells the author to do something, and what only the clinic knows.

/// Words that tell an author what to do.
const ORDERS: [&str; 8] = ["insert", "add", "enter", "fill", "replace", "todo", "tbc", "tbd"];

/// What stands behind such a word, if anything does, for it to be one: `[add]` alone may be a key to press.
const ABBREVIATED: [&str; 3] = ["todo", "tbc", "tbd"];

/// Whose something is.
const OWNERS: [&str; 7] =
    ["clinic", "practice", "hospital", "department", "surgery", "therapist", "physiotherapist"];

/// What something is called.
const THINGS: [&str; 16] = [
    "name",
    "phone",
    "telephone",
    "tel",
    "number",
    "address",
    "email",
    "e-mail",
    "mail",
    "website",
    "web",
    "url",
    "link",
    "logo",
    "hours",
    "opening",
];

/// Words that do not change what is meant.
const SMALL: [&str; 8] = ["the", "our", "of", "your", "and", "here", "or", "'s"];

/// Whether `label`, which stands in square brackets, is a place to fill in.
pub(super) fn is_placeholder(label: &str) -> bool {
    let lower = label.to_lowercase().replace("’s", " 's").replace("'s", " 's");
    let words: Vec<&str> = lower.split([' ', '/', '_', ':']).filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    if ORDERS.contains(first) && (words.len() > 1 || ABBREVIATED.contains(first)) {
        return true;
    }
    let joined = [lower.as_str()];
    let is = |list: &[&str], word: &&str| list.contains(word);
    let is_known = |word: &&str| is(&OWNERS, word) || is(&THINGS, word) || is(&SMALL, word);
    let has_owner = words.iter().any(|word| is(&OWNERS, word));
    let has_thing = words.iter().chain(&joined).any(|word| is(&THINGS, word));
    // A reader may be asked for a name or an address of their own.
    let is_readers = words.contains(&"your") && !has_owner;
    let is_alone = !matches!(
        lower.as_str(),
        "name" | "number" | "address" | "hours" | "opening" | "link" | "mail" | "web"
    );
    has_thing && !is_readers && words.iter().all(is_known) && (has_owner || is_alone)
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn what_only_the_clinic_knows_is_a_place_to_fill_in() {
        for label in [
            "phone",
            "Phone number",
            "clinic name",
            "Name of the clinic",
            "your clinic’s name",
            "Insert picture",
            "TODO",
            "TBC",
            "practice phone",
            "opening hours",
            "e-mail",
            "email address",
            "Add your text here",
            "logo",
            "URL",
        ] {
            assert!(is_placeholder(label), "{label}");
        }
    }

    #[test]
    fn words_in_brackets_may_be_meant() {
        for label in [
            "sic",
            "name of your town",
            "your name",
            "name",
            "…",
            "A",
            "x",
            "1",
            "the knee",
            "your phone number",
            "add",
            "date",
            "enter",
            "address",
            "number",
            "and",
            "your address",
            "her clinic",
            "the hospital",
        ] {
            assert!(!is_placeholder(label), "{label}");
        }
    }
}
