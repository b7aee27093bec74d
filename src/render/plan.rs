//! A plan: what to do in which order, and the diary to fill in.

use std::sync::Arc;

use super::exercise::item;
use super::filling::Placement;
use super::sheet::Sheet;
use super::wording;
use crate::clinical::Dose;
use crate::site::PageId;
use crate::tree::Node;
use crate::view::{Diary, PlanView};

/// What a plan holds. On its own page without the steps of its exercises, on a handout with them.
pub fn view(sheet: &mut Sheet<'_>, id: PageId, placement: Placement) -> PlanView {
    let site = sheet.stage.site;
    let page = Arc::clone(site.page(id));
    let goal_html = sheet.field(id, "goal", placement).unwrap_or_default();
    let mut items = Vec::new();
    for node in page.fields.get("items").map_or(&[][..], Node::items) {
        let Some(name) = node.get("ref").and_then(Node::as_text) else { continue };
        let found = ["exercise", "guidance"].iter().find_map(|kind| site.find(kind, name));
        let Some(target) = found.filter(|target| site.is_listed(*target)) else { continue };
        let note_html = node.get("note").and_then(|note| sheet.inline(id, note, placement));
        let change = node.get("dose").map(Dose::from_node);
        items.push(item(sheet, target, items.len() + 1, change, note_html, placement));
    }
    let diary = page.fields.get("diary").map(|diary| Diary {
        days: (1..=diary
            .get("days")
            .and_then(Node::as_integer)
            .and_then(|days| u8::try_from(days).ok())
            .unwrap_or(7))
            .collect(),
        pain_score: diary.get("pain_score").and_then(Node::as_bool) == Some(true),
        columns: items.iter().filter(|item| item.kind == "exercise").map(|item| item.title.clone()).collect(),
    });
    let cards = page
        .fields
        .get("cards_per_page")
        .and_then(Node::as_integer)
        .and_then(|cards| u8::try_from(cards).ok());
    PlanView {
        goal_html,
        items,
        review_after: page
            .text("review_after")
            .map(|written| wording::interval(written, &sheet.stage.theme.strings)),
        diary,
        cards_per_page: cards.unwrap_or(0),
    }
}
