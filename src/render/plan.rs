//! A plan: what to do in which order, and the diary to fill in.

use std::sync::Arc;

use super::exercise::item;
use super::filling::Placement;
use super::sheet::Sheet;
use super::wording;
use crate::clinical::Dose;
use crate::page::Page;
use crate::site::{PageId, Site};
use crate::tree::Node;
use crate::view::{Diary, PlanView};

/// The pages of the plan's items, in their order, with what the plan says of each; items without a page are left out.
fn items<'p>(site: &'p Site<'_>, plan: &'p Page) -> impl Iterator<Item = (&'p Node, PageId)> {
    plan.fields.get("items").map_or(&[][..], Node::items).iter().filter_map(|node| {
        let name = node.get("ref").and_then(Node::as_text)?;
        let found = ["exercise", "guidance"].iter().find_map(|kind| site.find(kind, name));
        Some((node, found.filter(|target| site.is_listed(*target))?))
    })
}

/// The pages of the plan's items, in their order.
pub fn pages<'p>(site: &'p Site<'_>, plan: &'p Page) -> impl Iterator<Item = PageId> {
    items(site, plan).map(|(_, page)| page)
}

/// What a plan holds. On its own page without the steps of its exercises, on a handout with them.
pub fn view(sheet: &mut Sheet<'_>, id: PageId, placement: Placement) -> PlanView {
    let site = sheet.stage.site;
    let page = Arc::clone(site.page(id));
    let goal_html = sheet.field(id, "goal", placement).unwrap_or_default();
    let mut views = Vec::new();
    for (node, target) in items(site, &page) {
        let note_html = node.get("note").and_then(|note| sheet.inline(id, note, placement));
        let change = node.get("dose").map(Dose::from_node);
        views.push(item(sheet, target, views.len() + 1, change, note_html, placement));
    }
    let diary = page.fields.get("diary").map(|diary| Diary {
        days: (1..=diary
            .get("days")
            .and_then(Node::as_integer)
            .and_then(|days| u8::try_from(days).ok())
            .unwrap_or(7))
            .collect(),
        pain_score: diary.get("pain_score").and_then(Node::as_bool) == Some(true),
        columns: views.iter().filter(|item| item.kind == "exercise").map(|item| item.title.clone()).collect(),
    });
    let cards = page
        .fields
        .get("cards_per_page")
        .and_then(Node::as_integer)
        .and_then(|cards| u8::try_from(cards).ok());
    PlanView {
        goal_html,
        items: views,
        review_after: page
            .text("review_after")
            .map(|written| wording::interval(written, &sheet.stage.theme.strings)),
        diary,
        cards_per_page: cards.unwrap_or(0),
    }
}
