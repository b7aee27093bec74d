//! Text of a file with changes in it, and the way back from places in it to places in the file.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::tree::{Node, Value};
use std::ops::Range;

/// Other text in place of some of a file's.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The bytes of the text that goes; empty where something is only put in.
    pub range: Range<usize>,
    /// What stands there instead.
    pub with: String,
}

impl Edit {
    /// `with` in place of the bytes of `range`.
    pub fn new(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }
}

/// A text after some edits.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The text as it is with them.
    pub text: String,
    /// How many bytes into its file it begins.
    offset: usize,
    done: Vec<Done>,
}

/// An edit as the changed text shows it.
#[derive(Clone, Copy, Debug)]
struct Done {
    at: usize,
    put: usize,
    removed: usize,
}

impl Changed {
    /// `text`, which begins `offset` bytes into its file, after `edits`, which are in order and apart from each other.
    pub fn new(text: &str, offset: usize, edits: &[Edit]) -> Self {
        let mut changed =
            String::with_capacity(text.len() + edits.iter().map(|e| e.with.len()).sum::<usize>());
        let mut done = Vec::with_capacity(edits.len());
        let mut at = 0;
        for Edit { range, with } in edits {
            changed.push_str(text.get(at..range.start).unwrap_or(""));
            done.push(Done { at: changed.len(), put: with.len(), removed: range.len() });
            changed.push_str(with);
            at = range.end;
        }
        changed.push_str(text.get(at..).unwrap_or(""));
        Self { text: changed, offset, done }
    }

    /// Takes every place of `node` back to the file.
    pub fn restore_node(&self, node: &mut Node) {
        node.span = self.span(node.span);
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| self.restore_node(item)),
            Value::Map(entries) => {
                for entry in entries {
                    entry.key_span = self.span(entry.key_span);
                    self.restore_node(&mut entry.value);
                }
            }
            Value::Scalar(_) | Value::Refused | Value::Unread => {}
        }
    }

    /// Takes every place of `finding` back to the file.
    pub fn restore_finding(&self, finding: &mut Diagnostic) {
        let related = finding.related.iter_mut().map(|related| &mut related.place.span);
        let fix = finding.fix.iter_mut().map(|fix| &mut fix.span);
        for span in related.chain(fix).chain([&mut finding.place.span]) {
            *span = self.span(*span);
        }
    }

    /// Where `span` of the changed text is in the file.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.byte(span.start as usize), self.byte(span.end as usize))
    }

    fn byte(&self, at: usize) -> usize {
        let Some(at) = at.checked_sub(self.offset) else { return at };
        // What an edit put in is where the edit was made.
        let (mut removed, mut put) = (0, 0);
        for done in self.done.iter().take_while(|done| done.at <= at) {
            if at < done.at + done.put {
                return self.offset + done.at + removed - put + (at - done.at).min(done.removed);
            }
            removed += done.removed;
            put += done.put;
        }
        self.offset + at + removed - put
    }
}
