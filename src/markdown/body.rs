//! A body: HTML with holes where it depends on the place it is shown at, and what was found in it.
//!
//! One exercise stands on its own page and, at another depth and among others, on handouts. Its HTML is made once;
//! links, numbers of citations, levels of headings and ids are filled in for each place.

use std::ops::Range;

use super::link::{Citation, Link};
use crate::room;
use crate::source::Span;

/// HTML with holes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    html: String,
    holes: Vec<(u32, Hole)>,
}

/// A place in the HTML where something is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hole {
    /// The digit of a heading's level, which is this many levels below the title of the page.
    Level(u8),
    /// What is put before an id.
    Prefix,
    /// The address of the page whose footnotes are meant; nothing where they stand on the same page.
    Notes,
    /// What a link or picture has besides its address, as attributes, by its index.
    Mark(u32),
    /// The address of a link, by its index.
    Href(u32),
    /// The title of the page that a wiki link without words of its own leads to, by the index of the link.
    Words(u32),
    /// The mark of a citation, by its index.
    Cite(u32),
    /// A word in the language of the page.
    Word(Word),
}

/// A word that the theme's language files give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Title of an alert.
    Note,
    /// Title of an alert.
    Tip,
    /// Title of an alert.
    Important,
    /// Title of an alert.
    Warning,
    /// Title of an alert.
    Caution,
    /// Name of the link from a footnote back to the text.
    BackToText,
    /// Title of the footnotes.
    Footnotes,
    /// Name of the box that a wide table scrolls in.
    Table,
    /// A ticked item of a task list.
    Done,
    /// An item of a task list that is not ticked.
    NotDone,
}

impl Word {
    /// The key of the word in a language file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Note => "alert_note",
            Self::Tip => "alert_tip",
            Self::Important => "alert_important",
            Self::Warning => "alert_warning",
            Self::Caution => "alert_caution",
            Self::BackToText => "back_to_text",
            Self::Footnotes => "footnotes",
            Self::Table => "table",
            Self::Done => "task_done",
            Self::NotDone => "task_not_done",
        }
    }
}

/// What the holes are filled with at one place.
pub trait Filling {
    /// Writes the attributes that a link or picture has besides its address, with a blank before each.
    fn mark(&mut self, link: u32, out: &mut String);
    /// Writes the address of a link as the value of an attribute, escaped.
    fn href(&mut self, link: u32, out: &mut String);
    /// Writes the title of a link's target, escaped.
    fn words(&mut self, link: u32, out: &mut String);
    /// Writes the mark of a citation, as HTML.
    fn cite(&mut self, citation: u32, out: &mut String);
    /// Writes a word, escaped.
    fn word(&mut self, word: Word, out: &mut String);
    /// Writes the address of the page on which the footnotes stand, escaped; nothing if it is the one shown.
    fn notes(&mut self, out: &mut String);
    /// What is put before ids.
    fn prefix(&self) -> &str;
    /// How many levels below the page's title the title of this body stands: 0 on its own page.
    fn depth(&self) -> u8;
}

impl Fragment {
    /// An empty one that can take so many bytes of HTML before it grows.
    pub fn with_room(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), holes: Vec::new() }
    }

    /// The HTML so far, with nothing in its holes.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The holes, with where they are, in order.
    pub fn holes(&self) -> impl Iterator<Item = (usize, Hole)> + '_ {
        self.holes.iter().map(|(at, hole)| (*at as usize, *hole))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.holes.is_empty()
    }

    /// How many bytes of HTML it has.
    pub fn len(&self) -> usize {
        self.html.len()
    }

    /// Adds markup.
    pub fn markup(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Adds text, escaped for an element or a value in double quotes.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.html);
    }

    /// Adds a hole.
    pub fn hole(&mut self, hole: Hole) {
        self.holes.push((offset(self.html.len()), hole));
    }

    /// Adds all of `other`.
    pub fn append(&mut self, other: &Self) {
        let start = self.html.len();
        self.html.push_str(&other.html);
        self.holes.extend(other.holes.iter().map(|(at, hole)| (offset(*at as usize + start), *hole)));
    }

    /// The bytes `range` of the HTML with the holes in them.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let html = self.html.get(range.clone()).unwrap_or("").to_owned();
        let inside = |at: &u32| (*at as usize) >= range.start && (*at as usize) <= range.end;
        let holes = self.holes.iter().filter(|(at, _)| inside(at));
        let holes = holes.map(|(at, hole)| (offset(*at as usize - range.start), *hole)).collect();
        Self { html, holes }
    }

    /// Writes the bytes `range` of the HTML to `out`, holes filled. A hole belongs to the range it is at the start of;
    /// one at the very end of the fragment to every range that ends there.
    pub fn fill(&self, range: Range<usize>, filling: &mut dyn Filling, out: &mut String) {
        let mut from = range.start;
        let first = self.holes.partition_point(|(at, _)| (*at as usize) < range.start);
        for (at, hole) in &self.holes[first..] {
            let at = *at as usize;
            if at >= range.end && at < self.html.len() {
                break;
            }
            out.push_str(self.html.get(from..at).unwrap_or(""));
            from = at;
            match *hole {
                Hole::Level(level) => {
                    let level = (level + 1 + filling.depth()).min(6);
                    out.push(char::from(b'0' + level));
                }
                Hole::Prefix => out.push_str(filling.prefix()),
                Hole::Notes => filling.notes(out),
                Hole::Mark(link) => filling.mark(link, out),
                Hole::Href(link) => filling.href(link, out),
                Hole::Words(link) => filling.words(link, out),
                Hole::Cite(citation) => filling.cite(citation, out),
                Hole::Word(word) => filling.word(word, out),
            }
        }
        out.push_str(self.html.get(from..range.end).unwrap_or(""));
    }
}

/// A body, or the text of a field that takes Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Its HTML.
    pub fragment: Fragment,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Its links and pictures, in order.
    pub links: Vec<Link>,
    /// Its citations, in order.
    pub citations: Vec<Citation>,
    /// Words that may have been meant as citations, as written: `@id`, and in brackets `id` and `@ id`. They are, if
    /// they name a source.
    pub mentions: Vec<Citation>,
    /// Paragraphs that are nothing but bold words on one line, which may be meant as headings: the words, and where they
    /// stand.
    pub bold_lines: Vec<(Box<str>, Span)>,
    /// Words that are struck out, with their signs.
    pub struck: Vec<Span>,
    /// How much of the HTML, at its end, is footnotes.
    pub notes_length: u32,
    /// Whether a comment or a block of code has no end and takes in what stands below it. A finding says so.
    pub is_cut_off: bool,
    /// Whether lines that would be headings stand in HTML or in a block of code without an end.
    pub hides_headings: bool,
}

/// A heading, and the section that it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its level, 2 to 6; 1 is the title of the page.
    pub level: u8,
    /// Its id, without prefix.
    pub id: Box<str>,
    /// Its words.
    pub text: Box<str>,
    /// The bytes of the heading in the file.
    pub span: Span,
    /// Where the heading begins in the HTML.
    pub start: u32,
    /// Where what stands under it begins in the HTML.
    pub content: u32,
    /// Whether it begins a section of the page, and not a part of a quotation, a list or a note.
    pub is_section: bool,
    /// The list that stands directly under it, if one does.
    pub list: Option<SectionList>,
}

/// The list that a section begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionList {
    /// Whether its items are numbered.
    pub ordered: bool,
    /// How many items it has.
    pub items: u32,
}

impl Body {
    /// Gives back the room that reading took and nothing needs: a site keeps the bodies of all its pages.
    pub fn shrink(&mut self) {
        room::fit_text(&mut self.fragment.html);
        room::fit(&mut self.fragment.holes);
        room::fit(&mut self.headings);
        room::fit(&mut self.links);
        room::fit(&mut self.citations);
        room::fit(&mut self.mentions);
        room::fit(&mut self.bold_lines);
        room::fit(&mut self.struck);
    }

    /// The heading with the id `id`.
    pub fn heading(&self, id: &str) -> Option<&Heading> {
        self.headings.iter().find(|heading| &*heading.id == id)
    }

    /// Where the footnotes begin in the HTML; its end, if there are none.
    pub fn notes(&self) -> usize {
        self.fragment.len().saturating_sub(self.notes_length as usize)
    }

    /// The bytes of the HTML under the heading with the id `id`, up to the next heading of its level or above.
    pub fn section(&self, id: &str) -> Option<Range<usize>> {
        let at = self.headings.iter().position(|heading| &*heading.id == id && heading.is_section)?;
        let heading = &self.headings[at];
        let end = self.headings[at + 1..]
            .iter()
            .find(|next| next.is_section && next.level <= heading.level)
            .map_or(self.notes(), |next| next.start as usize);
        Some(heading.content as usize..end)
    }
}

/// Adds `text` to `out`, escaped for HTML's text and for values in double quotes.
pub fn escape(text: &str, out: &mut String) {
    // Writing to a String can't fail.
    let _ = pulldown_cmark_escape::escape_html(out, text);
}

/// An offset in HTML. Bodies come from files of at most a few megabytes, so it fits.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
