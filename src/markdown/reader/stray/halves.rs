//! Links of which a bracket is lost or is another, so that all of them is text.

use super::brackets::{Scan, is_address};
use super::id_length;

/// Each function looks at the sign at `at`, and returns where to go on if it has found something.
impl Scan<'_> {
    /// `[words(address)`, whose opening bracket stands at `at`.
    pub(super) fn unclosed_words(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at + 1);
        let open = rest.find(['(', '[', ']']).filter(|open| rest[*open..].starts_with('('))?;
        let close = open + rest[open..].find(')')?;
        let address = rest.get(open + 1..close)?.to_owned();
        let behind = rest.get(close..)?;
        // The bracket may be closed further on, and hold a remark that names a file.
        let is_closed = behind.find(']').is_some_and(|end| !behind[..end].contains('['));
        if is_closed || !is_address(&address) {
            return None;
        }
        let words = rest.get(..open)?.trim().to_owned();
        self.say(
            at + 1 + open..at + 2 + open,
            "`]` is missing before this bracket, so that this is no link",
            format!("write `[{words}]({address})`"),
        );
        Some(at + 1 + close + 1)
    }

    /// `[words]address)`, whose closing bracket stands at `at`.
    pub(super) fn unopened_address(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at + 1);
        let end = rest.find([')', '(', '[', ' ', '\n']).filter(|end| rest[*end..].starts_with(')'))?;
        let address = rest.get(..end).filter(|address| is_address(address))?.to_owned();
        let words = self.words_before(at)?.to_owned();
        self.say(
            at + 1..at + 1 + end,
            "`(` is missing before this address, so that this is no link",
            format!("write `[{words}]({address})`"),
        );
        Some(at + 1 + end + 1)
    }

    /// `[words] [address]`, whose first closing bracket stands at `at`.
    pub(super) fn square_address(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at + 1);
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let behind = rest.get(blanks..)?.strip_prefix('[').filter(|_| blanks > 0)?;
        let address = behind.get(..behind.find(']')?).filter(|address| is_address(address))?.to_owned();
        let words = self.words_before(at)?.to_owned();
        let start = at + 1 + blanks + 1;
        self.say(
            start..start + address.len(),
            "this address stands in square brackets, so that this is no link",
            format!("write `[{words}]({address})`"),
        );
        Some(start + address.len() + 1)
    }

    /// `[id]]`, whose first closing bracket stands at `at`: perhaps with a kind before the id, and with words behind it.
    pub(super) fn half_wiki_link(&mut self, at: usize) -> Option<usize> {
        let word = self.words_before(at)?.to_owned();
        let target = word.split('|').next()?.trim_end_matches('\\');
        if !is_target(target) || !self.rest(at + 1).starts_with(']') {
            return None;
        }
        self.say(
            at - word.len() - 1..at + 2,
            "the wiki link needs two brackets on both sides",
            format!("write `[[{word}]]`"),
        );
        Some(at + 2)
    }

    /// What stands between the bracket that closes at `at` and the one that was opened before it.
    fn words_before(&self, at: usize) -> Option<&str> {
        let before = self.text.get(..at)?;
        before.get(before.rfind('[')? + 1..).filter(|words| !words.is_empty() && !words.contains('\n'))
    }
}

/// Whether `text` is the id of a page, perhaps with a kind before it.
pub(super) fn is_target(text: &str) -> bool {
    let mut parts = text.split('/');
    let is_id = |part: &str| !part.is_empty() && id_length(part) == part.len();
    parts.clone().count() <= 3 && parts.all(is_id)
}
