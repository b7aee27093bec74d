//! The events of pulldown-cmark to a body: one pass that writes HTML and notes what the site needs to know.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::body::{Body, Fragment};
use super::highlight::Highlighter;
use super::link::LinkRole;
use super::prose::Prose;
use super::tags::Elements;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Span};
use stray::{Glued, Loose, Plain, Spot};

mod blocks;
mod links;
mod notes;
mod spoken;
mod stray;
mod words;

/// What reading a text gives.
#[derive(Debug, Default)]
pub struct Reading {
    /// The body.
    pub body: Body,
    /// Its running text.
    pub prose: Vec<Prose>,
    /// What is wrong with its markup.
    pub findings: Vec<Diagnostic>,
}

/// Reads the body of the page at `path`: all of `text` from the byte `start` on.
pub fn page(text: &str, start: usize, path: &SitePath, highlighter: &Highlighter) -> Reading {
    let body = text.get(start..).unwrap_or("");
    Reader::new(body, Origin::At(start), path, highlighter).read()
}

/// Reads the Markdown of a field: `text` is its value, `span` where the value stands in `whole`, the file's text.
///
/// Where the value stands in the file to the letter, places are exact; where escapes or folded lines change it, every
/// place is the whole value. A single paragraph loses its `<p>`.
pub fn inline(text: &str, span: Span, whole: &str, path: &SitePath, highlighter: &Highlighter) -> Reading {
    let origin = match span.of(whole).find(text) {
        Some(at) => Origin::At(span.start as usize + at),
        None => Origin::Within(span),
    };
    let mut reading = Reader::new(text, origin, path, highlighter).read();
    reading.body.fragment = unwrapped(reading.body.fragment);
    // A value in quotes, or behind a colon, has one line.
    let lines = match path.as_str().ends_with(".toml") {
        true => "the value between `'''` and `'''`",
        false => "the value on lines of its own below a `|`",
    };
    for finding in &mut reading.findings {
        if finding.help.as_deref() == Some(words::NEW_LINE) {
            finding.help = Some(format!("{}, and {lines}", words::NEW_LINE));
        }
    }
    reading
}

/// The content of the fragment's only paragraph, or the fragment as it is.
fn unwrapped(fragment: Fragment) -> Fragment {
    const OPEN: &str = "<p>";
    const CLOSE: &str = "</p>\n";
    let html = fragment.html();
    let single = html.starts_with(OPEN) && html.ends_with(CLOSE) && html.matches(OPEN).count() == 1;
    if single { fragment.slice(OPEN.len()..html.len() - CLOSE.len()) } else { fragment }
}

/// Where the text stands in its file.
enum Origin {
    /// To the letter, from this byte on.
    At(usize),
    /// Changed by escapes or folding, somewhere in these bytes.
    Within(Span),
}

/// A link whose words are being read.
struct OpenLink {
    role: LinkRole,
    kind: LinkType,
    index: u32,
    title: Box<str>,
    /// Where the last thing inside of it ends in the text.
    inner_end: usize,
    /// Where its words begin in the words of all open links: for a picture its alternative text.
    words: usize,
    /// Where its words begin in the text of the block.
    said: usize,
    /// Whether the words are swallowed, because the title of the target stands for them.
    titled: bool,
    /// Where the definition stands that a link by reference gets its address from.
    definition: Option<Range<usize>>,
}

/// A heading whose words are being read.
struct OpenHeading {
    level: u8,
    id: Option<Box<str>>,
    words: String,
    /// Whether there are braces behind its words that name no id.
    has_braces: bool,
}

/// A list that is being read, or the last one that was.
#[derive(Clone, Copy)]
struct NumberedList {
    /// How deep it stands.
    depth: u32,
    /// The number that its next item has.
    next: u64,
    /// How its author numbers the items.
    numbering: Numbering,
    /// How many findings there were before it.
    findings: usize,
}

/// How the items of a numbered list are numbered where they are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// Nothing but the first number is known.
    From(u64),
    /// All have this number, and Markdown counts.
    Alike(u64),
    /// Each has its own.
    Counted,
}

/// An id that a heading has.
#[derive(Clone, Copy)]
struct TakenId {
    /// The heading, by its index.
    heading: usize,
    /// The last number that was put behind this id to make another.
    number: u32,
}

struct Reader<'a> {
    text: &'a str,
    origin: Origin,
    path: &'a SitePath,
    highlighter: &'a Highlighter,
    reading: Reading,
    /// What is being written; inner ones are for what has to be complete before it is placed.
    out: Vec<Fragment>,
    links: Vec<OpenLink>,
    /// The words of the links that are open, from the outermost on.
    link_words: String,
    /// How many of the open links are pictures, and how many have words that are written nowhere.
    images: u32,
    swallowing: u32,
    prose: Vec<Prose>,
    /// How deep in quotations, lists, tables and footnotes.
    depth: u32,
    heading: Option<OpenHeading>,
    /// The heading that the next block stands directly under.
    under: Option<usize>,
    /// Where the last blank to fill in ends that was taken for markup.
    blank_end: usize,
    /// The list that is counted for a heading, with its depth.
    counted: Option<(usize, u32)>,
    ids: HashMap<String, TakenId>,
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
    head_has_words: bool,
    code: Option<(String, String)>,
    html: Option<Range<usize>>,
    elements: Elements,
    citing: bool,
    notes: Notes,
    level: u8,
    plain: Plain,
    loose: Loose,
    glued: Option<Glued>,
    /// The lists that are open; none for one without numbers.
    lists: Vec<Option<NumberedList>>,
    /// The last numbered list, and what stands behind it, until a heading comes.
    ended: Option<(NumberedList, Option<Range<usize>>)>,
    /// The labels that links refer to.
    labels: HashSet<String>,
}

/// Footnotes: their numbers in the order of first use, and what they say.
#[derive(Default)]
struct Notes {
    open: Vec<Box<str>>,
    numbers: HashMap<Box<str>, usize>,
    uses: Vec<usize>,
    texts: HashMap<Box<str>, Fragment>,
    /// Where each note is written.
    places: Vec<(Box<str>, Range<usize>)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, origin: Origin, path: &'a SitePath, highlighter: &'a Highlighter) -> Self {
        Self {
            text,
            origin,
            path,
            highlighter,
            reading: Reading::default(),
            // HTML is somewhat longer than Markdown.
            out: vec![Fragment::with_room(text.len() + text.len() / 4)],
            links: Vec::new(),
            link_words: String::new(),
            images: 0,
            swallowing: 0,
            prose: Vec::new(),
            depth: 0,
            heading: None,
            under: None,
            blank_end: 0,
            counted: None,
            ids: HashMap::new(),
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
            head_has_words: false,
            code: None,
            html: None,
            elements: Elements::default(),
            citing: false,
            notes: Notes::default(),
            level: 1,
            plain: Plain::default(),
            loose: Loose::default(),
            glued: None,
            lists: Vec::new(),
            ended: None,
            labels: HashSet::new(),
        }
    }

    fn read(mut self) -> Reading {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS;
        let citations =
            |link: BrokenLink<'a>| is_citation(&link.reference).then(|| (CowStr::from(""), CowStr::from("")));
        let mut events =
            Parser::new_with_broken_link_callback(self.text, options, Some(citations)).into_offset_iter();
        // Where a reference definition gives its address, for links that are written by reference.
        let definitions: HashMap<String, Range<usize>> = events
            .reference_definitions()
            .iter()
            .map(|(label, definition)| (label.to_lowercase(), definition.span.clone()))
            .collect();
        for (event, range) in events.by_ref() {
            if let Some(link) = self.links.last_mut()
                && !matches!(event, Event::End(TagEnd::Link | TagEnd::Image))
            {
                link.inner_end = link.inner_end.max(range.end);
            }
            self.event(event, &range, &definitions);
        }
        self.judge_plain();
        self.judge_definitions(&definitions);
        let text_length = self.out().len();
        self.write_notes();
        let fragment = self.out.pop().unwrap_or_default();
        self.reading.body.notes_length = u32::try_from(fragment.len() - text_length).unwrap_or(u32::MAX);
        self.reading.body.fragment = fragment;
        self.reading.body.shrink();
        self.reading
    }

    fn event(&mut self, event: Event<'a>, range: &Range<usize>, definitions: &HashMap<String, Range<usize>>) {
        if self.citing {
            self.citing = !matches!(event, Event::End(TagEnd::Link));
            return;
        }
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                self.plain.markup();
                if matches!(link_type, LinkType::ShortcutUnknown) {
                    self.cite(range);
                    self.citing = true;
                } else if is_empty_wiki_link(link_type, &dest_url) {
                    self.stray_empty(range);
                    self.citing = true;
                } else if self.cite_otherwise(link_type, &dest_url, range) {
                    self.citing = true;
                } else {
                    self.open_link(LinkRole::Link, link_type, &dest_url, &title, range);
                    self.place_link(&id, definitions);
                }
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                self.plain.markup();
                self.open_link(LinkRole::Image, link_type, &dest_url, &title, range);
                self.place_link(&id, definitions);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close_link(range),
            Event::Start(tag @ (Tag::Emphasis | Tag::Strong | Tag::Strikethrough)) => {
                self.plain.markup();
                self.judge_emphasis(range);
                if tag == Tag::Strikethrough {
                    self.reading.body.struck.push(self.span(range.clone()));
                }
                self.open_block(tag, range);
            }
            Event::End(tag @ (TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)) => {
                self.close_block(tag, range);
            }
            Event::Start(tag) => {
                self.judge_plain();
                self.plain.begin(spot(&tag));
                self.judge_block(&tag, range);
                self.open_block(tag, range);
            }
            Event::End(tag) => {
                self.judge_plain();
                self.close_block(tag, range);
            }
            Event::Text(text) => self.words(&text, range),
            Event::Code(text) => self.code_span(&text, range),
            Event::SoftBreak => self.space("\n", range),
            Event::HardBreak => self.space("<br>\n", range),
            Event::Rule => {
                self.under = None;
                self.markup("<hr>\n");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html, range),
            Event::FootnoteReference(name) => {
                self.plain.markup();
                self.note_mark(&name);
            }
            Event::TaskListMarker(done) => self.task(done),
            // Not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.words(&text, range),
        }
    }

    /// The bytes of the file that `range` of the text stands for.
    fn span(&self, range: Range<usize>) -> Span {
        match self.origin {
            Origin::At(start) => Span::new(start + range.start, start + range.end),
            Origin::Within(span) => span,
        }
    }

    fn finding(&self, rule: Rule, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, Place::new(self.path, self.span(range)), message)
    }

    /// The fragment that is being written.
    fn out(&mut self) -> &mut Fragment {
        if self.out.is_empty() {
            self.out.push(Fragment::default());
        }
        let last = self.out.len() - 1;
        &mut self.out[last]
    }

    fn markup(&mut self, html: &str) {
        self.out().markup(html);
    }
}

/// Where the text of the block `tag` stands; none for a paragraph, which may be the first of an item.
fn spot(tag: &Tag<'_>) -> Option<Spot> {
    match tag {
        Tag::Paragraph => None,
        Tag::Item => Some(Spot::Item),
        Tag::BlockQuote(None) => Some(Spot::Quotation),
        Tag::Heading { .. } => Some(Spot::Heading),
        Tag::TableCell => Some(Spot::Cell),
        _ => Some(Spot::Paragraph),
    }
}

/// Whether a link of this type is a wiki link that names nothing.
fn is_empty_wiki_link(kind: LinkType, address: &str) -> bool {
    matches!(kind, LinkType::WikiLink { .. }) && address.trim_matches([' ', '\t', '\\']).is_empty()
}

/// Whether the text between brackets is a citation, `@id`.
fn is_citation(reference: &str) -> bool {
    reference.strip_prefix('@').is_some_and(|id| id.starts_with(|c: char| c.is_alphanumeric()))
}

#[cfg(test)]
mod tests;
