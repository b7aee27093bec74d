//! The fields of a page that hold words.

use super::Page;
use crate::diagnostic::{Diagnostic, Rule};
use crate::markdown::{self, Highlighter, Prose, ProseKind, Reading};
use crate::source::Span;
use crate::tree::{Node, Value};

impl Page {
    /// Reads the fields that hold words: those that take Markdown, and the title, summary and definition.
    pub(super) fn read_texts(&mut self, highlighter: &Highlighter) -> Vec<Prose> {
        let mut prose = Vec::new();
        let (heading, paragraph) = (ProseKind::Heading, ProseKind::Paragraph);
        for (key, kind) in [("title", heading), ("summary", paragraph), ("definition", paragraph)] {
            if let Some(node) = self.fields.get(key)
                && self.inlines.iter().all(|(span, _)| *span != node.span)
                && let Some(text) = node.as_text()
                && let Some(at) = node.span.of(&self.source.text).find(text)
            {
                let mut words = Prose::new(kind);
                words.push(text, node.span.start as usize + at);
                prose.push(words);
            }
        }
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
        let top = ["title", "summary", "definition"].into_iter();
        let top = top.filter_map(|key| Some((key, self.fields.get(key)?)));
        let images = self.fields.get("images").map_or(&[][..], Node::items);
        let alts = images.iter().filter_map(|image| Some(("alt", image.get("alt")?)));
        let judge = |(key, node): (&str, &Node)| {
            let text = node.as_text().filter(|_| self.inlines.iter().all(|(span, _)| *span != node.span))?;
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
        let findings: Vec<_> = top.chain(alts).filter_map(judge).collect();
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
