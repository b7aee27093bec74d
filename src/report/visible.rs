//! Characters that can't be seen, or that change how others are seen, in a form that can be seen.

use std::borrow::Cow;
use std::fmt::Write;

/// What stands for `character` where it can't be shown as it is. Tabs stay, and so do the joiners that
/// scripts and emoji need.
pub(super) fn replacement(character: char) -> Option<String> {
    match character {
        '\t' => None,
        // The block "Control Pictures" has a picture for each, in the same order.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).map(String::from),
        '\u{7f}' => Some("\u{2421}".to_owned()),
        // The second block of control characters; terminals obey some of them.
        '\u{80}'..='\u{9f}'
        // Direction of text.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        // Spaces, separators and marks without width.
        | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => {
            let mut code = String::new();
            // Writing to a string can't fail.
            let _ = write!(code, "<U+{:04X}>", u32::from(character));
            Some(code)
        }
        _ => None,
    }
}

/// `text` with replacements, its line breaks kept.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || replacement(c).is_none()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match replacement(character) {
            Some(replacement) if character != '\n' => out.push_str(&replacement),
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// `text` with a form that can be seen in place of what can't, on one line: a space stands for each line break and tab.
pub fn line(text: &str) -> String {
    lines(text).replace(['\n', '\t'], " ")
}

/// The JSON document `json` with escapes for what a terminal would obey: it says the same to a program.
pub(super) fn escaped(json: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c != '\n' && replacement(c).is_some();
    if !json.contains(is_bad) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for character in json.chars() {
        if is_bad(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string can't fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_as_text() {
        assert_eq!(line("a\u{1b}[31m\u{9b}b"), "a␛[31m<U+009B>b");
        assert_eq!(line("a\u{202e}b\u{200b}c\u{7f}"), "a<U+202E>b<U+200B>c␡");
    }

    #[test]
    fn joined_emoji_and_letters_stay_as_they_are() {
        for text in ["👩\u{200d}⚕\u{fe0f}", "می\u{200c}روم", "e\u{301}"] {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn an_escaped_document_says_the_same() {
        let text = "a\u{1b}[31m\u{9b}\u{7f}\u{202e}\u{e0001}ä\n";
        let json = serde_json::to_string(text).unwrap();
        assert_eq!(escaped(&json), r#""a\u001b[31m\u009b\u007f\u202e\udb40\udc01ä\n""#);
        assert_eq!(serde_json::from_str::<String>(&escaped(&json)).unwrap(), text);
    }

    #[test]
    fn a_line_break_stays_where_there_may_be_several_lines() {
        assert_eq!(lines("a\r\nb\nc\rd\u{7}"), "a\nb\nc␍d␇");
        assert_eq!(line("a\r\nb\nc\td"), "a b c d");
    }
}
