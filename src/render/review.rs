//! Who wrote and reviewed a page or a handout, and when.

use std::sync::Arc;

use super::sheet::Sheet;
use crate::clinical::{Date, Interval, Version};
use crate::page::Page;
use crate::register::Role;
use crate::site::PageId;
use crate::tree::Node;
use crate::view::{Change, ReviewView};

/// The names behind the ids of people in the list `key` of the page.
fn people(sheet: &Sheet<'_>, page: &Page, key: &str) -> Vec<String> {
    let registers = sheet.stage.site.context.registers;
    let name = |id: &str| {
        registers.person(id).map(|person| match &person.credentials {
            Some(credentials) => format!("{}, {credentials}", person.name),
            None => person.name.clone(),
        })
    };
    page.ids(key).filter_map(|(id, _)| name(id)).collect()
}

/// Whether somebody with clinical training is among the reviewers of the page. Only then does it not say the contrary.
fn is_reviewed(sheet: &Sheet<'_>, page: &Page) -> bool {
    let registers = sheet.stage.site.context.registers;
    let role = |id: &str| registers.person(id).and_then(|person| person.role);
    page.ids("reviewed_by").any(|(id, _)| role(id).is_some_and(Role::is_clinical))
}

/// When the page's next review falls due.
pub fn due(page: &Page, every: Interval) -> Option<Date> {
    let own = page.text("review_every").and_then(Interval::parse);
    Some(page.last_reviewed()?.after(own.unwrap_or(every)))
}

/// Who wrote and reviewed the page.
pub fn of_page(sheet: &Sheet<'_>, page: &Page) -> ReviewView {
    let review = &sheet.stage.site.context.config.review;
    let mut changes: Vec<(Date, Change)> = page
        .fields
        .get("changes")
        .map_or(&[][..], Node::items)
        .iter()
        .filter_map(|node| {
            let date = Date::parse(node.get("date")?.as_text()?).ok()?;
            let change = Change {
                date: sheet.date(date),
                version: node.get("version").and_then(Node::as_written).unwrap_or("").to_owned(),
                summary: node.get("summary").and_then(Node::as_text).unwrap_or("").to_owned(),
                clinical: node.get("significance").and_then(Node::as_text) == Some("clinical"),
            };
            Some((date, change))
        })
        .collect();
    changes.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
    ReviewView {
        authors: people(sheet, page, "authors"),
        not_reviewed: !is_reviewed(sheet, page),
        reviewers: people(sheet, page, "reviewed_by"),
        last_reviewed: page.last_reviewed().map(|date| sheet.date(date)),
        next_review: due(page, review.every).map(|date| sheet.date(date)),
        changed_since: page.changes_since_review().next().is_some(),
        version: page.version().to_string(),
        changes: changes.into_iter().map(|(_, change)| change).collect(),
    }
}

/// Who wrote and reviewed a handout's parts. It was reviewed when the first of them was, and falls due with the first.
pub fn of_parts(sheet: &Sheet<'_>, parts: &[PageId], version: String) -> ReviewView {
    let site = sheet.stage.site;
    let pages: Vec<Arc<Page>> = parts.iter().map(|part| Arc::clone(site.page(*part))).collect();
    let names = |key: &str| {
        let mut names: Vec<String> = Vec::new();
        for name in pages.iter().flat_map(|page| people(sheet, page, key)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let reviewed: Vec<Date> = pages.iter().filter_map(|page| page.last_reviewed()).collect();
    // A part that nobody with clinical training has reviewed makes the whole a handout that has not been reviewed.
    let whole = !pages.is_empty()
        && reviewed.len() == pages.len()
        && pages.iter().all(|page| is_reviewed(sheet, page));
    let due = pages.iter().filter_map(|page| due(page, site.context.config.review.every)).min();
    ReviewView {
        authors: names("authors"),
        reviewers: if whole { names("reviewed_by") } else { Vec::new() },
        not_reviewed: !whole,
        last_reviewed: reviewed.iter().min().filter(|_| whole).map(|date| sheet.date(*date)),
        next_review: due.filter(|_| whole).map(|date| sheet.date(date)),
        changed_since: whole && pages.iter().any(|page| page.changes_since_review().next().is_some()),
        version,
        changes: Vec::new(),
    }
}

/// The code of a handout: a short digest of the versions and texts of its parts, and of what the settings put on it.
pub fn digest(sheet: &Sheet<'_>, parts: &[PageId]) -> String {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for part in parts {
        let page = sheet.stage.site.page(*part);
        let Version { major, minor } = page.version();
        hasher.update(page.key.id.as_bytes());
        hasher.update(&major.to_le_bytes());
        hasher.update(&minor.to_le_bytes());
        hasher.update(page.source.text.as_bytes());
    }
    let config = sheet.stage.site.context.config;
    let urgent = config.help.urgent.iter().map(|urgent| urgent.value.as_str());
    let stop_if = config.stop_if.iter().map(|sign| sign.value.as_str());
    for text in [config.help.emergency.as_str()].into_iter().chain(urgent).chain(stop_if) {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    }
    format!("{:06x}", hasher.digest() & 0x00ff_ffff)
}
