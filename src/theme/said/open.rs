//! Which tags of a template are open at a place.

use crate::source::Span;
use crate::theme::lexer::{self, Purpose};

/// A tag that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open<'t> {
    /// The word that it begins with, as `if`, or the name of a component that is called.
    pub word: &'t str,
    /// Whether it calls a component.
    pub is_call: bool,
    /// Where that stands.
    pub span: Span,
}

impl Open<'_> {
    /// The tag that closes it.
    pub fn closing(&self) -> String {
        if self.is_call { format!("{{% </{}> %}}", self.word) } else { format!("{{% end{} %}}", self.word) }
    }
}

/// The tags of `text` that are open at the byte `end`, the outermost first.
pub fn open_at(text: &str, end: usize) -> Vec<Open<'_>> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let tags = lexer::tags(text).into_iter();
    for tag in tags.filter(|tag| tag.purpose == Purpose::Do && (tag.span.start as usize) < end) {
        let Some(first) = tag.tokens.first() else { continue };
        let is_block = match first.text {
            "if" | "for" | "block" | "filter" | "component" => true,
            // With a value it is whole.
            "set" | "set_global" => !tag.tokens.get(2).is_some_and(|sign| sign.is_sign("=")),
            _ => false,
        };
        if is_block {
            let word = if first.text == "set_global" { "set" } else { first.text };
            open.push(Open { word, is_call: false, span: first.span });
        } else if let [sign, name, ..] = tag.tokens.as_slice()
            && sign.is_sign("<")
        {
            open.push(Open { word: name.text, is_call: true, span: name.span });
        } else if first.is_sign("</") {
            open.pop_if(|last| last.is_call);
        } else if let Some(closed) = first.text.strip_prefix("end")
            && open.last().is_some_and(|last| last.word == closed)
            && (tag.span.end as usize) <= end
        {
            open.pop();
        }
    }
    open
}
