//! The fields of a page that hold words.

use super::Page;
use crate::markdown::{self, Highlighter, Prose, ProseKind};
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
