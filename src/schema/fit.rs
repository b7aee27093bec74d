//! Which kind the fields of a page fit, whatever folder it lies in.

use super::shape::Others;
use super::{Kind, Schemas};
use crate::tree::{Entry, Node, Value};
use std::cmp::Reverse;

impl Schemas {
    /// The kind that `fields` fit clearly better than `kind`, and the first field that tells.
    ///
    /// Two fields of another kind tell, if there are not as many of this one. One tells if there is none of this one,
    /// nothing is missing for the other kind, and this one lacks something or has no folder, or the other can't be
    /// without that field.
    pub fn better_fit<'a>(&self, fields: &'a Node, kind: &Kind) -> Option<(&Kind, &'a Entry)> {
        let entries = fields.entries();
        let is_foreign = |entry: &&Entry| !has(kind, entry) && entry.value.value != Value::Unread;
        // What a schema that can't be understood would have allowed is no sign of another kind.
        if !entries.iter().any(|entry| is_foreign(&entry)) || matches!(kind.shape.object.others, Others::Open)
        {
            return None;
        }
        // What both need says nothing about either.
        let lacks = |of: &Kind, against: &Kind| {
            let absent = needs(of).filter(|field| fields.entry(field).is_none());
            absent.filter(|field| needs(against).all(|other| other != *field)).count()
        };
        let mut best: Option<(usize, Reverse<usize>, &Kind, &Entry)> = None;
        for other in &self.kinds {
            let mut telling = entries.iter().filter(is_foreign).filter(|entry| has(other, entry));
            let Some(first) = telling.next() else { continue };
            let told = 1 + telling.count();
            let own = entries.iter().filter(|entry| has(kind, entry) && !has(other, entry)).count();
            let is_needed = other.shape.object.required.iter().any(|field| **field == *first.key);
            let lacking = lacks(other, kind);
            let is_doubtful = is_needed || kind.folder.is_none() || lacks(kind, other) > 0;
            let fits = told > own && (told > 1 || (lacking == 0 && is_doubtful));
            let rank = (told, Reverse(lacking));
            if fits && best.is_none_or(|(told, lacking, ..)| rank > (told, lacking)) {
                best = Some((rank.0, rank.1, other, first));
            }
        }
        best.map(|(_, _, kind, entry)| (kind, entry))
    }
}

/// The fields that pages of `kind` need sooner or later.
fn needs(kind: &Kind) -> impl Iterator<Item = &str> {
    let object = &kind.shape.object;
    object.required.iter().chain(&object.publish).map(|field| &**field)
}

fn has(kind: &Kind, entry: &Entry) -> bool {
    kind.shape.object.property(&entry.key).is_some()
}
