//! Words that are struck out where patients act on what stands there. Who sees the page may read them all the same, and
//! a screen reader speaks them as if nothing were struck.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::markdown::Body;
use crate::page::Page;
use crate::site::Site;
use crate::source::Span;

/// The kinds whose fields in Markdown are signs and warnings.
const KINDS: [&str; 2] = ["safety-net", "medicine"];

/// The sections that say when to stop, to ask or to get help.
const SECTIONS: [&str; 4] = ["stop-if", "do-not-take-if", "check-first", "get-help"];

pub(super) fn check(page: &Page) -> Vec<Diagnostic> {
    let is_of_signs = KINDS.contains(&&*page.key.kind);
    let fields = page.inlines.iter().filter(|_| is_of_signs).flat_map(|(_, body)| &body.struck);
    let sections: Vec<Range<u32>> = sections(&page.body).collect();
    let is_inside = |span: &&Span| sections.iter().any(|section| section.contains(&span.start));
    let struck = fields.chain(page.body.struck.iter().filter(is_inside));
    struck.map(|span| finding(page.place(*span))).collect()
}

/// The same of the words for when to stop that the settings have.
pub(super) fn check_settings(site: &Site<'_>) -> Vec<Diagnostic> {
    let struck = site.texts.stop_if.iter().flat_map(|(body, _)| &body.struck);
    struck.map(|span| finding(site.context.config.place(*span))).collect()
}

/// The bytes of the file that each of [`SECTIONS`] takes.
fn sections(body: &Body) -> impl Iterator<Item = Range<u32>> {
    let meant = body.headings.iter().enumerate().filter(|(_, heading)| SECTIONS.contains(&&*heading.id));
    meant.map(|(at, heading)| {
        let mut after = body.headings[at + 1..].iter();
        let next = after.find(|next| next.is_section && next.level <= heading.level);
        heading.span.end..next.map_or(u32::MAX, |next| next.span.start)
    })
}

fn finding(place: Place) -> Diagnostic {
    let message = "`~~` strikes out words that patients act on";
    let finding = Diagnostic::new(Rule::StrayMarkup, place, message);
    finding.help("take the words out, or keep them and take out the `~~` before and behind them")
}
