//! The fields of a page that hold words.

use super::Page;
use crate::diagnostic::{Diagnostic, Rule};
use crate::front_matter;
use crate::language::{Subject, Text};
use crate::markdown::{self, Highlighter, Prose, ProseKind, Reading};
use crate::schema::Section;
use crate::source::Span;
use crate::tree::{Node, Value};

/// Plain texts that stand above the text of a page.
const ABOVE: [&str; 3] = ["title", "summary", "definition"];

/// Plain texts that stand beside or below the text of a page: the list of groups, or the group, and their field.
const BESIDE: [(&str, &str); 4] =
    [("images", "alt"), ("images", "caption"), ("retired", "reason"), ("changes", "summary")];

/// Names and the like, one or a list of them, that stand beside the text of a page.
const NAMES: [&str; 7] =
    ["aka", "generic_name", "brand_names", "drug_class", "equipment", "body_region", "use_instead"];

impl Page {
    /// Whether `span` lies on a line of the text that was meant as a field, because the page has no front matter.
    pub fn is_on_field(&self, span: Span) -> bool {
        let before = self.source.text.get(..span.start as usize).unwrap_or("");
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        self.opening == Span::default() && before.get(line..).is_some_and(front_matter::is_field)
    }

    /// Whether `span` lies in signs of Markdown that were meant to be no words.
    pub fn is_stray(&self, span: Span) -> bool {
        let strays = self.findings.iter().filter(|finding| finding.rule == Rule::StrayMarkup);
        strays
            .map(|finding| finding.place.span)
            .any(|stray| stray.start <= span.start && span.end <= stray.end)
    }

    /// Takes each block of `prose` that was meant to be a list for items, as one of `sections` may need it: a list is not
    /// too long a paragraph.
    pub(super) fn part_lists(&self, sections: &[Section], prose: &mut [Prose]) {
        for section in sections.iter().filter(|section| section.list.is_some()) {
            let Some(at) = self.body.headings.iter().position(|heading| heading.id == section.id) else {
                continue;
            };
            let (heading, next) = (&self.body.headings[at], self.body.headings.get(at + 1));
            let end = next.map_or(u32::MAX, |next| next.span.start);
            let is_meant = |block: &&mut Prose| {
                let span = block.span(0..block.text.len());
                block.kind == ProseKind::Paragraph && heading.span.end <= span.start && span.end <= end
            };
            if heading.list.is_none() {
                prose.iter_mut().filter(is_meant).for_each(|block| block.kind = ProseKind::Item);
            }
        }
        let is_list = |finding: &&Diagnostic| {
            finding.rule == Rule::StrayMarkup && finding.message.starts_with(markdown::NO_LIST)
        };
        for list in self.findings.iter().filter(is_list).map(|finding| finding.place.span) {
            let is_meant = |block: &&mut Prose| {
                let span = block.span(0..block.text.len());
                span.start <= list.start && list.start < span.end
            };
            prose.iter_mut().filter(is_meant).for_each(|block| block.kind = ProseKind::Item);
        }
    }

    /// Reads the fields that hold words and stand above the text: those that take Markdown, and the title, summary
    /// and definition.
    pub(super) fn read_texts(&mut self, highlighter: &Highlighter) -> Vec<Prose> {
        let mut prose: Vec<Prose> =
            self.plain_above().into_iter().filter_map(|(key, node)| self.words_of(key, node)).collect();
        self.judge_plain();
        let mut inlines = std::mem::take(&mut self.inlines);
        for (span, body) in &mut inlines {
            if let Some(text) = text_at(&self.fields, *span) {
                let reading =
                    markdown::inline(text, *span, &self.source.text, &self.source.path, highlighter);
                prose.extend(reading.prose);
                self.findings.extend(reading.findings);
                *body = reading.body;
            }
        }
        self.inlines = inlines;
        prose
    }

    /// The page's `prose` in `language`, as the rules of language read it.
    pub(super) fn as_text<'p>(&'p self, language: &'p str, prose: &'p [Prose]) -> Text<'p> {
        let subject = if &*self.key.kind == "medicine" { Subject::Medicine } else { Subject::Other };
        Text { path: &self.source.path, language, prose, subject, start: self.opening }
    }

    /// Reads the plain fields that stand beside or below the text.
    pub(super) fn read_texts_beside(&self) -> Vec<Prose> {
        self.plain_beside().into_iter().filter_map(|(key, node)| self.words_of(key, node)).collect()
    }

    /// The words of the plain field `key` with the value `node`.
    fn words_of(&self, key: &str, node: &Node) -> Option<Prose> {
        let kind = match key {
            "title" => ProseKind::Heading,
            // As in the text, words in place of a picture are none of the page's own.
            // Things are named in a list, and in words that the page chooses.
            "equipment" => ProseKind::Item,
            _ if key == "alt" || NAMES.contains(&key) => ProseKind::Name,
            _ => ProseKind::Paragraph,
        };
        let mut words = Prose::new(kind);
        words.push_value(node.as_text()?, node.span.of(&self.source.text), node.span.start as usize);
        Some(words)
    }

    /// The plain fields above the text, in the order in which they are read.
    fn plain_above(&self) -> Vec<(&'static str, &Node)> {
        let fields = ABOVE.into_iter().filter_map(|key| Some((key, self.fields.get(key)?)));
        fields.filter(|(_, node)| self.is_plain(node)).collect()
    }

    /// The plain fields beside or below the text, in the order in which they are read.
    fn plain_beside(&self) -> Vec<(&'static str, &Node)> {
        let mut fields = Vec::new();
        for (group, key) in BESIDE {
            let Some(group) = self.fields.get(group) else { continue };
            let groups = group.items().iter().chain(std::iter::once(group));
            fields.extend(groups.filter_map(|group| Some((key, group.get(key)?))));
        }
        for key in NAMES {
            let Some(names) = self.fields.get(key) else { continue };
            let names = names.items().iter().chain(std::iter::once(names));
            fields.extend(names.map(|name| (key, name)));
        }
        fields.retain(|(_, node)| node.as_text().is_some() && self.is_plain(node));
        fields
    }

    /// Whether `node` takes no Markdown; a site can say otherwise.
    fn is_plain(&self, node: &Node) -> bool {
        self.inlines.iter().all(|(span, _)| *span != node.span)
    }

    /// Advises to take a heading out that says what the title says: the site writes it above the text.
    pub(super) fn judge_title(&self, reading: &mut Reading) {
        let title = self.text("title").map(str::trim);
        let headings = &reading.body.headings;
        let is_title = |finding: &Diagnostic| {
            let span = finding.place.span;
            finding.rule == Rule::HeadingSkipped
                && span.of(&self.source.text).starts_with("# ")
                && headings.iter().any(|heading| heading.span == span && Some(&*heading.text) == title)
        };
        for finding in &mut reading.findings {
            if is_title(finding) {
                finding.help = Some("take it out: the site writes the title, from `title`".to_owned());
            }
        }
    }

    /// Finds markup in the fields that pages show as plain text.
    fn judge_plain(&mut self) {
        let judge = |(key, node): (&str, &Node)| {
            let text = node.as_text()?;
            let at = node.span.of(&self.source.text).find(text);
            let finding = markdown::judge_plain(
                key,
                text,
                node.span.start as usize + at.unwrap_or(0),
                &self.source.path,
            );
            // Escapes and folded lines change the places in it.
            finding.map(|mut finding| {
                if at.is_none() {
                    finding.place.span = node.span;
                }
                finding
            })
        };
        let fields = self.plain_above().into_iter().chain(self.plain_beside());
        let findings: Vec<_> = fields.filter_map(judge).collect();
        self.findings.extend(findings);
    }
}

/// The text of the scalar that stands at `span` in `tree`.
fn text_at(tree: &Node, span: Span) -> Option<&str> {
    let inside = |node: &Node| node.span.start <= span.start && span.end <= node.span.end;
    let mut node = tree;
    loop {
        if node.span == span
            && let Some(text) = node.as_text()
        {
            return Some(text);
        }
        node = match &node.value {
            Value::Scalar(_) | Value::Refused | Value::Unread => return None,
            Value::List(items) => items.iter().find(|item| inside(item))?,
            Value::Map(entries) => entries.iter().map(|entry| &entry.value).find(|value| inside(value))?,
        };
    }
}
