//! Blocks: headings, lists, quotations, tables, code.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Tag, TagEnd};

use super::{NumberedList, Numbering, OpenHeading, Reader, TakenId};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::markdown::body::{Fragment, Heading, Hole, SectionList, Word};
use crate::markdown::prose::ProseKind;
use crate::markdown::slug::slug;
use crate::source::Span;

/// What every id of the theme begins with, so that no heading can take one.
const RESERVED: &str = "bs-";

impl Reader<'_> {
    pub(super) fn open_block(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let under = if is_block(&tag) { self.under.take() } else { None };
        match tag {
            Tag::Paragraph => {
                let in_item = self.prose.last().is_some_and(|prose| prose.kind == ProseKind::Item);
                let kind = if in_item { ProseKind::Item } else { ProseKind::Paragraph };
                self.begin_prose(kind, range);
                self.markup("<p>");
            }
            Tag::Heading { level, id, classes, attrs } => {
                self.begin_prose(ProseKind::Heading, range);
                self.out.push(Fragment::default());
                let has_braces = id.is_none() && !(classes.is_empty() && attrs.is_empty());
                let id = id.map(|id| id.to_string().into());
                self.heading = Some(OpenHeading { level: level as u8, id, words: String::new(), has_braces });
            }
            Tag::BlockQuote(kind) => self.open_quotation(kind),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or("").to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => self.html = Some(range.start..range.start),
            Tag::List(first) => {
                if let Some(heading) = under
                    && let Some(heading) = self.reading.body.headings.get_mut(heading)
                {
                    heading.list = Some(SectionList { ordered: first.is_some(), items: 0 });
                    self.counted = Some((self.reading.body.headings.len() - 1, self.depth + 1));
                }
                self.flush_item();
                let (depth, findings) = (self.depth, self.reading.findings.len());
                self.lists.push(first.map(|first| NumberedList {
                    depth,
                    next: first,
                    numbering: Numbering::From(first),
                    findings,
                }));
                self.depth += 1;
                match first {
                    Some(1) => self.markup("<ol>\n"),
                    Some(first) => self.markup(&format!("<ol start=\"{first}\">\n")),
                    None => self.markup("<ul>\n"),
                }
            }
            Tag::Item => {
                self.count_item(range);
                if let Some((heading, depth)) = self.counted
                    && depth == self.depth
                    && let Some(list) =
                        self.reading.body.headings.get_mut(heading).and_then(|h| h.list.as_mut())
                {
                    list.items += 1;
                }
                self.begin_prose(ProseKind::Item, range);
                self.markup("<li>");
            }
            Tag::FootnoteDefinition(name) => {
                self.depth += 1;
                self.open_note(&name, range);
            }
            Tag::DefinitionList => {
                self.depth += 1;
                self.markup("<dl>\n");
            }
            Tag::DefinitionListTitle => self.markup("<dt>"),
            Tag::DefinitionListDefinition => {
                self.begin_prose(ProseKind::Item, range);
                self.markup("<dd>");
            }
            Tag::Table(alignments) => {
                self.depth += 1;
                self.alignments = alignments;
                self.head_has_words = false;
                // Reachable by keyboard, because a wide table scrolls (WCAG 2.1.1).
                self.markup("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
                self.out().hole(Hole::Word(Word::Table));
                self.markup("\"><table>\n");
            }
            Tag::TableHead => {
                self.column = 0;
                self.in_table_head = true;
                self.markup("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.markup("<tr>");
            }
            Tag::TableCell => {
                self.begin_prose(ProseKind::Cell, range);
                let cell = if self.in_table_head { "<th scope=\"col\"" } else { "<td" };
                self.markup(cell);
                self.markup(match self.alignments.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\">",
                    Some(Alignment::Center) => " class=\"center\">",
                    _ => ">",
                });
            }
            Tag::Emphasis => self.inline_markup("<em>"),
            Tag::Strong => self.inline_markup("<strong>"),
            Tag::Strikethrough => self.inline_markup("<del>"),
            // Handled with the links, or not switched on.
            Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn close_block(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                self.note_bold_line(range);
                self.close_prose();
                self.markup("</p>\n");
            }
            TagEnd::Heading(_) => self.close_heading(range),
            TagEnd::BlockQuote(kind) => {
                self.depth = self.depth.saturating_sub(1);
                self.markup(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html.take() {
                    self.report_raw(block);
                }
            }
            TagEnd::List(ordered) => {
                if self.counted.is_some_and(|(_, depth)| depth == self.depth) {
                    self.counted = None;
                }
                self.depth = self.depth.saturating_sub(1);
                self.ended =
                    self.lists.pop().flatten().map(|list| (list, None)).or_else(|| self.ended.take());
                self.markup(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.judge_item(range);
                self.close_prose();
                self.markup("</li>\n");
            }
            TagEnd::FootnoteDefinition => {
                self.depth = self.depth.saturating_sub(1);
                self.close_note();
            }
            TagEnd::DefinitionList => {
                self.depth = self.depth.saturating_sub(1);
                self.markup("</dl>\n");
            }
            TagEnd::DefinitionListTitle => self.markup("</dt>\n"),
            TagEnd::DefinitionListDefinition => {
                self.close_prose();
                self.markup("</dd>\n");
            }
            TagEnd::Table => {
                self.depth = self.depth.saturating_sub(1);
                self.markup("</tbody></table></div>\n");
                if !self.head_has_words {
                    let row =
                        self.text.get(range.clone()).and_then(|table| table.find(['\r', '\n'])).unwrap_or(0);
                    let finding = self
                        .finding(
                            Rule::TableWithoutHeader,
                            range.start..range.start + row,
                            "the table has no words in its first row",
                        )
                        .help("name each column there: a screen reader says the name before each cell");
                    self.reading.findings.push(finding);
                }
            }
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.markup("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => {
                self.judge_row(range);
                self.markup("</tr>\n");
            }
            TagEnd::TableCell => {
                self.close_prose();
                self.column += 1;
                self.markup(if self.in_table_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.inline_markup("</em>"),
            TagEnd::Strong => self.inline_markup("</strong>"),
            TagEnd::Strikethrough => self.inline_markup("</del>"),
            TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn inline_markup(&mut self, html: &str) {
        if !self.is_swallowed() {
            self.markup(html);
        }
    }

    fn open_quotation(&mut self, kind: Option<BlockQuoteKind>) {
        self.depth += 1;
        let (class, word) = match kind {
            None => return self.markup("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", Word::Note),
            Some(BlockQuoteKind::Tip) => ("tip", Word::Tip),
            Some(BlockQuoteKind::Important) => ("important", Word::Important),
            Some(BlockQuoteKind::Warning) => ("warning", Word::Warning),
            Some(BlockQuoteKind::Caution) => ("caution", Word::Caution),
        };
        self.markup(&format!("<div class=\"alert alert-{class}\"><p class=\"alert-title\">"));
        self.out().hole(Hole::Word(word));
        self.markup("</p>\n");
    }

    fn close_code(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        // Reachable by keyboard, because a long line scrolls (WCAG 2.1.1).
        self.markup("<pre tabindex=\"0\"><code>");
        match self.highlighter.html(&code, &language) {
            Some(html) => self.markup(&html),
            None => self.out().text(&code),
        }
        self.markup("</code></pre>\n");
    }

    fn close_heading(&mut self, range: &Range<usize>) {
        self.close_prose();
        let (Some(open), Some(words)) = (self.heading.take(), self.out.pop()) else { return };
        let text = open.words.trim();
        let line = self.text.get(range.clone()).unwrap_or("");
        let place = range.start..range.start + line.trim_end().len();
        if words.is_empty() {
            let finding = self.finding(Rule::StrayMarkup, place.clone(), "this heading has no words");
            let help = "write them behind the signs, or take the line out";
            self.reading.findings.push(finding.help(help));
        } else if !self.is_heading_of_item(&place) && !self.judge_underline(open.level, &place) {
            self.judge_level(open.level, &place);
        }
        // Of two signs the second is read as a letter of the id.
        let has_signs = open.id.as_ref().is_some_and(|id| id.starts_with('#'));
        let id = if open.has_braces || has_signs { self.id_in_braces(&place) } else { open.id };
        let id = self.heading_id(id.as_deref(), text, &place);
        let level = open.level.max(2);
        let start = self.out().len();
        self.markup("<h");
        self.out().hole(Hole::Level(level - 1));
        self.markup(" id=\"");
        self.out().hole(Hole::Prefix);
        self.out().text(&id);
        self.markup("\">");
        self.out().append(&words);
        self.markup("</h");
        self.out().hole(Hole::Level(level - 1));
        self.markup(">\n");
        let content = self.out().len();
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let heading = Heading {
            level,
            id: id.into(),
            text: text.into(),
            span: self.span(place),
            start: offset(start),
            content: offset(content),
            is_section: self.depth == 0,
            list: None,
        };
        if heading.is_section {
            self.under = Some(self.reading.body.headings.len());
        }
        self.reading.body.headings.push(heading);
    }

    fn judge_level(&mut self, level: u8, place: &Range<usize>) {
        let finding = if level == 1 {
            self.finding(
                Rule::HeadingSkipped,
                place.clone(),
                "this heading is at the level of the page's title",
            )
            .help("begin it with `##`: the title is written by the site, from `title`")
        } else if level > self.level + 1 {
            let right = "#".repeat(usize::from(self.level) + 1);
            let message = format!("the heading is {} levels below the one before", level - self.level);
            self.finding(Rule::HeadingSkipped, place.clone(), message)
                .help(format!("begin it with `{right}`"))
        } else {
            self.level = level;
            return;
        };
        self.level = level;
        self.reading.findings.push(finding);
    }

    /// The id of a heading: the one the author gave, else one made from its words, unlike every other of the page.
    fn heading_id(&mut self, given: Option<&str>, text: &str, place: &Range<usize>) -> String {
        let heading = self.reading.body.headings.len();
        if let Some(id) = given {
            let message = if id.starts_with(RESERVED) {
                Some(format!("ids that begin with `{RESERVED}` belong to the theme"))
            } else if self.ids.insert(id.to_owned(), TakenId { heading, number: 1 }).is_some() {
                Some(format!("the id `{id}` is on another heading of this page"))
            } else {
                None
            };
            if let Some(message) = message {
                let place = Place::new(self.path, self.id_span(id, place));
                self.reading
                    .findings
                    .push(Diagnostic::new(Rule::DuplicateId, place, message).help("choose another id"));
            }
            return id.to_owned();
        }
        let base = slug(text);
        let base = if base.starts_with(RESERVED) { format!("section-{base}") } else { base };
        let Some(taken) = self.ids.get(&base).copied() else {
            self.ids.insert(base.clone(), TakenId { heading, number: 1 });
            return base;
        };
        if let Some(first) =
            self.reading.body.headings.get(taken.heading).filter(|first| &*first.text == text)
        {
            let finding = self
                .finding(
                    Rule::HeadingDuplicate,
                    place.clone(),
                    format!("`{text}` is the heading of two sections"),
                )
                .help("give each its own words, so that a reader can tell them apart")
                .related("first given here", Place::new(self.path, first.span));
            self.reading.findings.push(finding);
        }
        let mut number = taken.number + 1;
        while self.ids.contains_key(&format!("{base}-{number}")) {
            number += 1;
        }
        let id = format!("{base}-{number}");
        self.ids.insert(base, TakenId { number, ..taken });
        self.ids.insert(id.clone(), TakenId { heading, number: 1 });
        id
    }

    fn id_span(&self, id: &str, heading: &Range<usize>) -> Span {
        let line = self.text.get(heading.clone()).unwrap_or("");
        match line.rfind(&format!("#{id}")) {
            Some(at) => self.span(heading.start + at + 1..heading.start + at + 1 + id.len()),
            None => self.span(heading.clone()),
        }
    }
}

pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::Table(_)
    )
}
