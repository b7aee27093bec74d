//! Text, code, breaks and raw HTML inside of blocks.

use std::ops::Range;

use super::Reader;
use super::stray::Place;
use crate::diagnostic::Rule;
use crate::markdown::body::{Hole, Word};
use crate::markdown::prose::{Prose, ProseKind};
use crate::markdown::tags::{COMMENT, RawTag, comment_length, raw_tags};
use crate::source::is_control;

/// How far an element is looked for its end, in characters.
const AHEAD: usize = 200;

/// What to write in place of `<br>`.
pub(super) const NEW_LINE: &str = "for a new line, put a backslash at the end of the line before";

/// What to write in place of the element `name`.
fn in_markdown(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "b" | "strong" => "for bold words, write `**words**`",
        "i" | "em" => "for words in italics, write `*words*`",
        "br" => NEW_LINE,
        "a" => "for a link, write `[words](address)`",
        "img" => "for a picture, write `![what it shows](file)`",
        "ul" | "ol" | "li" => "for a list, begin each item with a hyphen and a blank, or with `1.`",
        "hr" => "for a line across the page, write `---` with an empty line above and below",
        "p" => "for a paragraph, put an empty line above and below",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "for a heading, begin the line with `##` and a blank",
        _ => "write it in Markdown; to show the characters themselves, put a backslash before `<`",
    }
}

/// The digits and signs in `text` as the small ones, from 0 to 9, then plus and minus.
fn small(text: &str, signs: &[char; 12]) -> Option<String> {
    let one = |c: char| match c {
        '+' => Some(signs[10]),
        '-' | '−' | '–' => Some(signs[11]),
        _ => signs.get(usize::try_from(c.to_digit(10)?).ok()?).copied(),
    };
    text.chars().map(one).collect::<Option<String>>().filter(|small| !small.is_empty())
}

/// Whether a line of `text` would be a heading if it were read.
pub(super) fn has_heading(text: &str) -> bool {
    text.contains('#')
        && text.split(['\n', '\r']).any(|line| line.trim_start_matches([' ', '>']).starts_with("##"))
}

impl Reader<'_> {
    /// Text, which stands at `range`.
    pub(super) fn words(&mut self, text: &str, range: &Range<usize>) {
        if self.refuse_control(text, range) {
            return;
        }
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        if self.html.is_some() {
            return;
        }
        self.head_has_words |= self.in_table_head && !text.trim().is_empty();
        if let Some(heading) = &mut self.heading {
            heading.words.push_str(text);
        }
        if !self.links.is_empty() {
            self.link_words.push_str(text);
        }
        self.prose_text(text, range.start);
        if self.is_swallowed() {
            return;
        }
        self.out().text(text);
        match self.text.get(range.clone()) {
            Some(written) if written == text => {
                let place = if self.links.is_empty() { Place::Block } else { Place::Link };
                self.plain.text(self.text, range, place);
            }
            // An entity stands for something else, and was written on purpose.
            _ => self.plain.markup(),
        }
    }

    /// Reports a control character that an entity in `range` stands for, in `text`. One that stands in the file as it is
    /// has been found by its reader.
    pub(super) fn refuse_control(&mut self, text: &str, range: &Range<usize>) -> bool {
        let written = self.text.get(range.clone()).unwrap_or("");
        if text == written {
            return false;
        }
        let Some(control) = text.chars().find(|c| is_control(*c) && !written.contains(*c)) else {
            return false;
        };
        let message = format!("this writes an invisible control character, U+{:04X}", u32::from(control));
        let finding = self.finding(Rule::ControlCharacter, range.clone(), message).help("delete it");
        self.reading.findings.push(finding);
        true
    }

    pub(super) fn code_span(&mut self, text: &str, range: &Range<usize>) {
        self.plain.markup();
        self.head_has_words |= self.in_table_head;
        if let Some(heading) = &mut self.heading {
            heading.words.push_str(text);
        }
        if !self.links.is_empty() {
            self.link_words.push_str(text);
        }
        let ticks = range.end.saturating_sub(range.start).saturating_sub(text.len()) / 2;
        self.prose_text(text, range.start + ticks);
        if !self.is_swallowed() {
            self.markup("<code>");
            self.out().text(text);
            self.markup("</code>");
        }
    }

    /// A line end.
    pub(super) fn space(&mut self, html: &str, range: &Range<usize>) {
        self.plain.next_line();
        if let Some(heading) = &mut self.heading {
            heading.words.push(' ');
        }
        if !self.links.is_empty() {
            self.link_words.push(' ');
        }
        self.prose_text(" ", range.start);
        if !self.is_swallowed() {
            self.markup(html);
        }
    }

    /// Raw HTML: reported at each element, and published as the text that it is.
    pub(super) fn raw(&mut self, html: &str, range: &Range<usize>) {
        if let Some(block) = &mut self.html {
            block.end = block.end.max(range.end);
            return;
        }
        self.plain.markup();
        self.report_raw(range.clone());
        if !html.starts_with("<!--") {
            self.out().text(html);
            // What stands on its two sides is no one word.
            self.prose_text(" ", range.start);
        }
    }

    /// Reports the elements that begin in the raw HTML at `range` of the text.
    pub(super) fn report_raw(&mut self, range: Range<usize>) {
        let html = self.text.get(range.clone()).unwrap_or("");
        let tags: Vec<RawTag<'_>> =
            raw_tags(html).into_iter().filter(|tag| self.elements.reports(tag)).collect();
        for tag in tags {
            let place = range.start + tag.range.start..range.start + tag.range.end;
            let (message, help) = if tag.name != COMMENT {
                self.html_advice(&tag, &place)
            } else if comment_length(&html[tag.range.start..]).is_some() {
                let help = "take it out, or write it as text; a note to yourself can stand in the front matter, behind `#`";
                (
                    "a comment is HTML, which a page can't hold, and nobody sees what stands in it"
                        .to_owned(),
                    help.to_owned(),
                )
            } else {
                self.reading.body.is_cut_off = true;
                let help = "take `<!--` out, and what is not to be shown";
                (
                    "the comment that begins here has no end, and nothing below it is shown".to_owned(),
                    help.to_owned(),
                )
            };
            let finding = self.finding(Rule::RawHtml, place, message).help(help);
            self.reading.findings.push(finding);
        }
        self.reading.body.hides_headings |= has_heading(html);
    }

    /// What is wrong with `tag`, which stands at `place`, and what to write instead.
    fn html_advice(&self, tag: &RawTag<'_>, place: &Range<usize>) -> (String, String) {
        let written = self.text.get(place.clone()).unwrap_or("");
        let behind: String = self.text.get(place.end..).unwrap_or("").chars().take(AHEAD).collect();
        let is_glued = self.text.get(..place.start).unwrap_or("").ends_with(char::is_alphanumeric);
        let name = tag.name.to_ascii_lowercase();
        let is_closed = behind.to_ascii_lowercase().contains(&format!("</{name}"));
        // `A<B and C>D` compares: elements with words in them have these behind equals signs.
        if is_glued
            && !tag.closes
            && written.contains(' ')
            && !written.contains(['=', '/', '"'])
            && !is_closed
        {
            let message =
                format!("`{written}` is read as HTML, which a page can't hold, and its words are not shown");
            return (
                message,
                "write a blank on both sides of `<` and of `>`, or the words `less than`".to_owned(),
            );
        }
        let message = format!("`<{}>` is HTML, which a page can't hold", tag.name);
        let inside = behind.split("</").next().filter(|_| is_closed).unwrap_or("").trim();
        let signs = match &*name {
            "sub" => small(inside, &['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉', '₊', '₋']),
            "sup" => small(inside, &['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁺', '⁻']),
            _ => None,
        };
        match signs {
            Some(signs) => (message, format!("write the sign itself: `{signs}`")),
            None => (message, in_markdown(tag.name).to_owned()),
        }
    }

    /// The box of a task list's item.
    pub(super) fn task(&mut self, done: bool) {
        self.plain.markup();
        let word = if done { Word::Done } else { Word::NotDone };
        self.markup(if done { "<span class=\"task task-done\">" } else { "<span class=\"task\">" });
        self.markup("<span class=\"visually-hidden\">");
        self.out().hole(Hole::Word(word));
        self.markup("</span></span> ");
    }

    /// Whether text is not written where it stands: alternative text, and words that a title stands for.
    pub(super) fn is_swallowed(&self) -> bool {
        self.swallowing > 0
    }

    /// Begins the running text of a block that stands at `range`.
    pub(super) fn begin_prose(&mut self, kind: ProseKind, range: &Range<usize>) {
        self.prose.push(Prose::with_room(kind, range.len()));
    }

    /// Ends the running text of the innermost block.
    pub(super) fn close_prose(&mut self) {
        if let Some(prose) = self.prose.pop()
            && !prose.text.trim().is_empty()
        {
            self.reading.prose.push(prose);
        }
    }

    /// Puts what an item says before a list inside of it in its place: before that list.
    pub(super) fn flush_item(&mut self) {
        if self.prose.last().is_some_and(|prose| prose.kind == ProseKind::Item) {
            self.close_prose();
            self.prose.push(Prose::new(ProseKind::Item));
        }
    }

    fn prose_text(&mut self, text: &str, start: usize) {
        if self.images > 0 {
            return;
        }
        let start = self.span(start..start).start as usize;
        if let Some(prose) = self.prose.last_mut() {
            prose.push(text, start);
        }
    }
}
