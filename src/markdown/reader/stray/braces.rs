//! Ids, marks of templates, comments and names of signs that were not read as such.

use super::brackets::Scan;
use super::{Spot, after, before};

/// Each function looks at the sign at `at`, and returns where to go on.
impl Scan<'_> {
    /// `{#id}` that gives no id to a heading.
    pub(super) fn id(&mut self, at: usize, spot: Spot) -> usize {
        let rest = self.rest(at);
        let length = rest.find('}').map(|end| end + 1);
        let words = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let end = at + length.unwrap_or(words);
        let (message, help) = match (spot, length) {
            (Spot::Heading, None) => ("the id is not closed", "write `}` behind it"),
            (Spot::Heading, Some(_)) => (
                "the id gives no name to the heading",
                "write it at the very end of the heading, as `{#steps}`",
            ),
            _ => (
                "an id names nothing but a heading",
                "write it at the end of a heading's line, or take it out",
            ),
        };
        self.say(at..end, message, help);
        end
    }

    /// `{width=300}` or `{.wide}` behind a picture or a link, which other programs read.
    fn attributes(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let inner = rest.strip_prefix('{')?.split_once('}')?.0.trim_start_matches([':', ' ']);
        let is_attribute = inner.starts_with('.') || inner.contains('=');
        let end = at + rest.find('}')? + 1;
        let is_behind = matches!(before(self.text, at), Some(')' | ']'));
        let line = self.text.get(..at)?.rsplit(['\n', '\r']).next()?;
        let is_alone = line.trim_matches([' ', '\t', '>']).is_empty()
            && after(self.text, end).is_none_or(|c| matches!(c, '\n' | '\r'));
        if !is_attribute || !(is_behind || is_alone) {
            return None;
        }
        let message = format!("`{}` is shown as it stands", self.text.get(at..end)?);
        self.say(at..end, message, "take it out: the theme says how things look");
        Some(end)
    }

    /// `{{ title }}` or `{% if %}`, which mean something in templates alone.
    pub(super) fn template(&mut self, at: usize) -> usize {
        if let Some(end) = self.attributes(at) {
            return end;
        }
        let rest = self.rest(at);
        let end = match rest.as_bytes().get(1) {
            Some(b'{') => rest.find("}}"),
            Some(b'%') => rest.find("%}"),
            _ => None,
        };
        let Some(end) = end.map(|end| at + end + 2) else { return at + 1 };
        self.say(
            at..end,
            "this is shown as it stands: pages are no templates",
            "write the words themselves; to show the signs, put them between backquotes",
        );
        end
    }

    /// `<!--` without an end.
    pub(super) fn comment(&mut self, at: usize) -> usize {
        if !self.rest(at).starts_with("<!--") {
            return at + 1;
        }
        let message = "the comment that begins here has no end, and is shown as it stands";
        self.say(at..at + 4, message, "take it out");
        at + 4
    }

    /// `:smile:`.
    pub(super) fn emoji(&mut self, at: usize) -> usize {
        let rest = self.rest(at + 1);
        let length =
            rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+')));
        let Some(length) = length.filter(|length| *length > 1 && rest[*length..].starts_with(':')) else {
            return at + 1;
        };
        let has_letter = rest[..length].contains(|c: char| c.is_ascii_lowercase());
        let end = at + length + 2;
        let stands_alone = !before(self.text, at).is_some_and(|c| c.is_alphanumeric() || c == ':')
            && !after(self.text, end).is_some_and(|c| c.is_alphanumeric() || c == ':');
        if has_letter && stands_alone {
            self.say(
                at..end,
                "this is shown as it stands, not as a sign",
                "write the sign itself, or take it out",
            );
            return end;
        }
        at + 1
    }
}
