//! Titles: two pages of one kind that readers can't tell from each other.

use std::sync::Arc;

use super::is_published;
use crate::diagnostic::{Diagnostic, Rule};
use crate::page::Page;
use crate::site::Site;

/// Published pages of one kind and language with the same title, each but the first at its title.
pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    // They stand in the order of their titles. A copy that is named as one has a finding of its own.
    let is_meant =
        |page: &&Arc<Page>| is_published(page) && page.text("title").is_some() && !site.is_lost(&page.key.id);
    let pages: Vec<&Arc<Page>> = site.all().into_iter().map(|id| site.page(id)).filter(is_meant).collect();
    pages.windows(2).filter_map(|pair| twice(pair.first()?, pair.last()?)).collect()
}

fn twice(first: &Page, second: &Page) -> Option<Diagnostic> {
    let is_same_title = first.title().to_lowercase() == second.title().to_lowercase();
    if !is_same_title
        || first.key.kind != second.key.kind
        || first.text("language") != second.text("language")
    {
        return None;
    }
    let message = format!("another page of this kind has the title `{}`", second.title());
    let finding = Diagnostic::new(Rule::DuplicateTitle, second.field_place("title"), message);
    let finding = finding.help("give each a title that tells it from the other in a list");
    Some(finding.related("the other page", first.field_place("title")))
}
