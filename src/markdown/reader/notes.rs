//! Footnotes: marks in the text, notes at its end, links both ways.

use std::ops::Range;

use super::Reader;
use crate::markdown::body::{Fragment, Hole, Word};

impl Reader<'_> {
    /// The mark of the footnote called `name`, numbered by first use.
    pub(super) fn note_mark(&mut self, name: &str) {
        let next = self.notes.numbers.len() + 1;
        let number = *self.notes.numbers.entry(name.into()).or_insert(next);
        if number == next {
            self.notes.uses.push(0);
        }
        let uses = &mut self.notes.uses[number - 1];
        *uses += 1;
        let mark = note_mark_id(number, *uses);
        self.markup("<sup class=\"note-mark\"><a id=\"");
        self.out().hole(Hole::Prefix);
        self.markup(&mark);
        self.markup("\" href=\"");
        self.out().hole(Hole::Notes);
        self.markup(&format!("#bs-note-{number}\">{number}</a></sup>"));
    }

    pub(super) fn open_note(&mut self, name: &str, range: &Range<usize>) {
        self.notes.places.push((name.into(), range.clone()));
        self.notes.open.push(name.into());
        self.out.push(Fragment::default());
    }

    pub(super) fn close_note(&mut self) {
        if let (Some(name), Some(text)) = (self.notes.open.pop(), self.out.pop()) {
            self.notes.texts.entry(name).or_insert(text);
        }
    }

    /// Writes the notes that something refers to, in the order of their numbers.
    pub(super) fn write_notes(&mut self) {
        if self.notes.numbers.is_empty() {
            return;
        }
        let mut names: Vec<(usize, Box<str>)> =
            self.notes.numbers.drain().map(|(name, number)| (number, name)).collect();
        names.sort_unstable();
        self.markup("<section class=\"notes\" aria-label=\"");
        self.out().hole(Hole::Word(Word::Footnotes));
        self.markup("\">\n<ol>\n");
        for (number, name) in names {
            let text = self.notes.texts.remove(&name).unwrap_or_default();
            self.markup("<li id=\"");
            self.out().hole(Hole::Prefix);
            self.markup(&format!("bs-note-{number}\">\n"));
            self.out().append(&text);
            for mark in 1..=self.notes.uses[number - 1] {
                self.markup("<a class=\"note-back\" href=\"#");
                self.out().hole(Hole::Prefix);
                self.markup(&note_mark_id(number, mark));
                self.markup("\" aria-label=\"");
                self.out().hole(Hole::Word(Word::BackToText));
                self.markup(&format!(
                    " {number}{}\">↩</a>\n",
                    if mark > 1 { format!(".{mark}") } else { String::new() }
                ));
            }
            self.markup("</li>\n");
        }
        self.markup("</ol>\n</section>\n");
    }
}

fn note_mark_id(number: usize, mark: usize) -> String {
    if mark == 1 { format!("bs-note-mark-{number}") } else { format!("bs-note-mark-{number}-{mark}") }
}
