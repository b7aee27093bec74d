//! The running text of a page, without its markup, and where each character of it came from.

use std::ops::Range;

use crate::source::Span;

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProseKind {
    /// A paragraph, or one in a quotation or an alert.
    Paragraph,
    /// An item of a list, or a definition.
    Item,
    /// A cell of a table.
    Cell,
    /// A heading.
    Heading,
    /// A name that a field of its own holds, or words in place of a picture: no sentences of the page.
    Name,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// What it is.
    pub kind: ProseKind,
    /// Its words: emphasis, addresses and citations taken away, line ends turned into spaces.
    pub text: String,
    /// Where each run of `text` begins in `text`, and in the file. Sorted by both.
    runs: Vec<(u32, u32)>,
    /// Which parts of `text` are the words of links.
    pub links: Vec<Range<usize>>,
}

impl Prose {
    /// An empty block.
    pub fn new(kind: ProseKind) -> Self {
        Self { kind, text: String::new(), runs: Vec::new(), links: Vec::new() }
    }

    /// An empty block that stands on so many bytes of the file, for which it has room unless they are very many.
    pub fn with_room(kind: ProseKind, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes.min(MOST_ROOM)), ..Self::new(kind) }
    }

    /// Adds `text`, which stands at `start` in the file.
    pub fn push(&mut self, text: &str, start: usize) {
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.runs.push((at(self.text.len()), at(start)));
        self.text.push_str(text);
    }

    /// Adds `text`, a value that is written as `written` at `start` in the file. Where escapes or folded lines change
    /// it, each word is looked for by itself, and one that is written otherwise stands behind the word before it.
    pub fn push_value(&mut self, text: &str, written: &str, start: usize) {
        if let Some(at) = written.find(text) {
            return self.push(text, start + at);
        }
        let mut at = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            let found = written.get(at..).and_then(|rest| rest.find(bare));
            at += found.unwrap_or(0);
            self.push(word, start + at);
            at += found.map_or(0, |_| bare.len());
        }
    }

    /// How many words it adds to those of its page: runs of what is no white space of ASCII.
    pub fn count(&self) -> usize {
        match self.kind {
            ProseKind::Name => 0,
            // A word begins where white space ends. Bytes are compared and counted many at once, which they are as long
            // as their sums are bytes, too.
            _ => {
                let bytes = self.text.as_bytes();
                let Some((first, after)) = bytes.split_first() else { return 0 };
                let begins = |(before, after): (&u8, &u8)| u8::from(is_space(*before) & !is_space(*after));
                let pairs = bytes.chunks(AT_ONCE).zip(after.chunks(AT_ONCE));
                let sums = pairs.map(|(before, after)| before.iter().zip(after).map(begins).sum::<u8>());
                usize::from(!is_space(*first)) + sums.map(usize::from).sum::<usize>()
            }
        }
    }

    /// Where the bytes `range` of the text stand in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        // The end is looked up by the last character, so that a word at the end of a run does not
        // reach over the markup behind it.
        let last = range.end.max(range.start + 1) - 1;
        Span::new(self.offset(range.start), self.offset(last) + range.end.saturating_sub(last))
    }

    fn offset(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|(text, _)| *text as usize <= at);
        match run.checked_sub(1).and_then(|run| self.runs.get(run)) {
            Some((text, file)) => *file as usize + (at - *text as usize),
            None => 0,
        }
    }
}

/// The most room that a block gets before its words come: what stands in an item may be a list of its own.
const MOST_ROOM: usize = 1024;

/// How many pairs of bytes are counted in one byte.
const AT_ONCE: usize = 128;

/// What `is_ascii_whitespace` says, without a branch.
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (byte == b'\t') | (byte == b'\n') | (byte == b'\r') | (byte == b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_the_text_is_found_in_the_file_across_markup() {
        // file: `a **bold** word`
        let mut prose = Prose::new(ProseKind::Paragraph);
        prose.push("a ", 0);
        prose.push("bold", 4);
        prose.push(" word", 10);
        assert_eq!(prose.text, "a bold word");
        assert_eq!(prose.span(2..6), Span::new(4, 8));
        assert_eq!(prose.span(7..11), Span::new(11, 15));
        assert_eq!(prose.span(0..11), Span::new(0, 15));
    }

    #[test]
    fn words_are_counted_where_white_space_parts_them() {
        let long = "a\u{b}b\u{c}c ".repeat(100);
        for text in
            ["", " ", "a", " a", "a ", "two words", " a\n b\t\tc ", "zwölf\u{a0}Übungen – 3 x", long.as_str()]
        {
            let prose = Prose { text: text.to_owned(), ..Prose::new(ProseKind::Paragraph) };
            assert_eq!(prose.count(), text.split_ascii_whitespace().count(), "`{text}`");
        }
    }

    #[test]
    fn a_word_of_a_folded_value_is_found_in_the_file() {
        let span = |text: &str, written: &str, part: &str| {
            let mut prose = Prose::new(ProseKind::Paragraph);
            prose.push_value(text, written, 100);
            let at = prose.text.find(part).unwrap();
            prose.span(at..at + part.len())
        };
        assert_eq!(span("a b c", "a b c", "b"), Span::new(102, 103));
        assert_eq!(span("a b c", "\"a b c\"", "b"), Span::new(103, 104));
        assert_eq!(span("take 400 mg", ">\n  take\n  400 mg", "400 mg"), Span::new(111, 117));
        assert_eq!(span("take 400 mg", ">\n  take 400\n  mg", "400 mg"), Span::new(109, 117));
        assert_eq!(span("it's 400 mg", "'it''s 400 mg'", "400 mg"), Span::new(107, 113));
    }
}
