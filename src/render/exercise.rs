//! An exercise on its page, in a plan and on a handout: how much to do, its pictures, its steps.

use std::sync::Arc;

use super::filling::{Placement, encoded};
use super::sheet::Sheet;
use super::wording;
use crate::clinical::Dose;
use crate::markdown::{Destination, Link, LinkRole};
use crate::page::Page;
use crate::site::{PageId, Target, resolve_link};
use crate::tree::Node;
use crate::view::{DoseView, Item, Picture};

/// How much to do of the exercise.
pub fn dose(sheet: &Sheet<'_>, page: &Page) -> Option<DoseView> {
    if page.is_set("as_advised") {
        return Some(DoseView { parts: Vec::new(), as_advised: true });
    }
    let dose = Dose::from_node(page.fields.get("dose")?);
    Some(wording::dose(&dose, &sheet.stage.theme.strings))
}

/// The pictures that the field `images` names.
pub fn pictures(sheet: &Sheet<'_>, id: PageId, page: &Page) -> Vec<Picture> {
    let picture = |node: &Node| {
        let src = node.get("src")?;
        let destination = Destination::of_link(src.as_text()?);
        let link = Link { role: LinkRole::Image, destination, span: src.span };
        let Ok(Target::Address(address)) = resolve_link(sheet.stage.site, sheet.stage.site.page(id), &link)
        else {
            return None;
        };
        Some(Picture {
            address: encoded(&address),
            alt: node.get("alt").and_then(Node::as_text).unwrap_or("").to_owned(),
            caption: node.get("caption").and_then(Node::as_text).map(str::to_owned),
            step: node.get("step").and_then(Node::as_integer).and_then(|step| usize::try_from(step).ok()),
        })
    };
    page.fields.get("images").map_or(&[][..], Node::items).iter().filter_map(picture).collect()
}

/// An item of a plan or a card of a handout. The steps stand only where the exercise is embedded.
pub fn item(
    sheet: &mut Sheet<'_>,
    id: PageId,
    number: usize,
    change: Option<Dose>,
    note_html: Option<String>,
    placement: Placement,
) -> Item {
    let site = sheet.stage.site;
    let page = Arc::clone(site.page(id));
    let own = page.fields.get("dose").map(Dose::from_node);
    let dose = match (own, change) {
        (Some(own), Some(change)) => Some(own.overlaid(&change)),
        (own, change) => change.or(own),
    };
    let dose = dose.map(|dose| wording::dose(&dose, &sheet.stage.theme.strings));
    let blank = || page.is_set("as_advised").then(|| DoseView { parts: Vec::new(), as_advised: true });
    let mut item = Item {
        number,
        kind: page.key.kind.to_string(),
        title: page.title().to_owned(),
        summary: page.text("summary").unwrap_or("").to_owned(),
        images: Vec::new(),
        address: sheet.link(id).address.unwrap_or_default(),
        start_position: sheet.named(&page, "start_position", "start_position"),
        dose: dose.or_else(blank),
        note_html,
        steps_html: String::new(),
        stop_html: String::new(),
        avoid_if: Vec::new(),
        check_if: Vec::new(),
    };
    if placement != Placement::Own && item.kind == "exercise" {
        item.steps_html = sheet.section(id, "steps", placement).unwrap_or_default();
        item.stop_html = sheet
            .section(id, "stop-if", placement)
            .unwrap_or_else(|| list(&sheet.stage.default_stop_if(&page)));
        item.images = pictures(sheet, id, &page);
        item.avoid_if = sheet.cautions(&page, "avoid_if");
        item.check_if = sheet.cautions(&page, "check_if");
    }
    item
}

/// HTML of a list; nothing for no items.
fn list(items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    format!("<ul>\n{}</ul>\n", items.iter().map(|item| format!("<li>{item}</li>\n")).collect::<String>())
}
