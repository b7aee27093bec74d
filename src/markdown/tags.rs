//! Finds the tags in a run of raw HTML, so that each element is reported once, at its opening tag.

use std::ops::Range;

/// A tag that opens or closes an element.
#[derive(Debug, PartialEq, Eq)]
pub struct RawTag<'a> {
    /// The element's name as written.
    pub name: &'a str,
    /// Whether it is a closing tag.
    pub closes: bool,
    /// Its bytes, up to and with `>`.
    pub range: Range<usize>,
}

/// The name of a comment's tag.
pub const COMMENT: &str = "!--";

/// The tags of `html`, in order. A comment is one tag, of its first four characters, whatever stands in it.
pub fn raw_tags(html: &str) -> Vec<RawTag<'_>> {
    let bytes = html.as_bytes();
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        if html[start..].starts_with("<!--") {
            let name = &html[start + 1..start + 4];
            tags.push(RawTag { name, closes: false, range: start..start + 4 });
            match comment_length(&html[start..]) {
                Some(length) => at = start + length,
                None => break,
            }
            continue;
        }
        let closes = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + if closes { 2 } else { 1 };
        let name_end = html[name_start..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '!' | '?')))
            .map_or(html.len(), |end| name_start + end);
        let end = html[name_end..].find('>').map_or(html.len(), |end| name_end + end + 1);
        if name_end == name_start {
            at = name_start;
            continue;
        }
        tags.push(RawTag { name: &html[name_start..name_end], closes, range: start..end });
        at = end;
    }
    tags
}

/// How long the comment is that `html` begins with; none if it has no end. `<!-->` is a whole one.
pub fn comment_length(html: &str) -> Option<usize> {
    html.get(2..)?.find("-->").map(|end| 2 + end + 3)
}

/// The tags that begin an element, and those that close one which nothing began.
#[derive(Default)]
pub struct Elements {
    open: Vec<String>,
}

impl Elements {
    /// Whether `tag` is to be reported: it opens an element, or closes one that is not open.
    pub fn reports(&mut self, tag: &RawTag<'_>) -> bool {
        if tag.name == COMMENT {
            return true;
        }
        let name = tag.name.to_ascii_lowercase();
        if !tag.closes {
            self.open.push(name);
            return true;
        }
        match self.open.iter().rposition(|open| *open == name) {
            Some(at) => {
                self.open.truncate(at);
                false
            }
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(html: &str) -> Vec<&str> {
        let mut elements = Elements::default();
        raw_tags(html).into_iter().filter(|tag| elements.reports(tag)).map(|tag| &html[tag.range]).collect()
    }

    #[test]
    fn each_element_is_reported_once_at_its_opening_tag() {
        assert_eq!(reported("<div class=\"a\">\n<b>x</b>\n</div>"), ["<div class=\"a\">", "<b>"]);
        assert_eq!(reported("<br/><hr>"), ["<br/>", "<hr>"]);
    }

    #[test]
    fn a_closing_tag_of_nothing_is_reported() {
        assert_eq!(reported("x</div>"), ["</div>"]);
    }

    #[test]
    fn a_comment_is_reported_once_and_nothing_in_it() {
        assert_eq!(reported("<!-- <b>note</b> --> <i>"), ["<!--", "<i>"]);
        assert_eq!(reported("<!-- never closed <b>"), ["<!--"]);
        assert_eq!(reported("<!--><b>"), ["<!--", "<b>"]);
    }
}
