//! Titles: two pages of one kind that readers can't tell from each other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::is_published;
use crate::diagnostic::{Diagnostic, Rule};
use crate::page::Page;
use crate::site::Site;

/// Published pages of one kind and language with the same title, each but the first at its title.
pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    // A copy that is named as one has a finding of its own.
    let is_meant =
        |page: &&Arc<Page>| is_published(page) && page.text("title").is_some() && !site.is_lost(&page.key.id);
    let mut seen: HashMap<(&str, Option<&str>, String), &Page> = HashMap::new();
    let mut findings = Vec::new();
    for page in site.all().into_iter().map(|id| site.page(id)).filter(is_meant) {
        let key = (&*page.key.kind, page.text("language"), page.title().trim().to_lowercase());
        match seen.entry(key) {
            Entry::Occupied(first) => findings.push(twice(first.get(), page)),
            Entry::Vacant(place) => {
                place.insert(page);
            }
        }
    }
    findings
}

fn twice(first: &Page, second: &Page) -> Diagnostic {
    let message = format!("another page of this kind has the title `{}`", second.title().trim());
    let finding = Diagnostic::new(Rule::DuplicateTitle, second.field_place("title"), message);
    let finding = finding.help("give each a title that tells it from the other in a list");
    finding.related("the other page", first.field_place("title"))
}
