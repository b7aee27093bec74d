//! An exercise on its page, in a plan and on a handout: how much to do, its pictures, its steps.

use std::sync::Arc;

use super::filling::{Placement, encoded};
use super::sheet::Sheet;
use super::wording;
use crate::clinical::Dose;
use crate::markdown::{Destination, Link, LinkRole, body::escape};
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
        let sides = sheet.stage.site.asset(&format!("content/{address}")).and_then(|asset| asset.sides);
        Some(Picture {
            width: sides.map(|sides| sides.width),
            height: sides.map(|sides| sides.height),
            address: encoded(&address),
            alt: node.get("alt").and_then(Node::as_text).unwrap_or("").to_owned(),
            caption: node.get("caption").and_then(Node::as_text).map(str::to_owned),
            step: node.get("step").and_then(Node::as_integer).and_then(|step| usize::try_from(step).ok()),
        })
    };
    page.fields.get("images").map_or(&[][..], Node::items).iter().filter_map(picture).collect()
}

/// Puts each picture of a step below that step in `html`, the section of the steps; and gives back those that show no
/// step, or one that is not there.
pub fn with_pictures(html: &mut String, pictures: Vec<Picture>, root: &str) -> Vec<Picture> {
    if pictures.iter().all(|picture| picture.step.is_none()) {
        return pictures;
    }
    let ends = step_ends(html);
    let mut placed: Vec<(usize, &Picture)> = Vec::new();
    for picture in &pictures {
        let end = picture.step.and_then(|step| ends.get(step.checked_sub(1)?));
        placed.extend(end.map(|end| (*end, picture)));
    }
    placed.sort_by_key(|(end, _)| *end);
    let mut out = String::with_capacity(html.len() + placed.len() * 256);
    let mut from = 0;
    for (end, picture) in placed {
        out.push_str(&html[from..end]);
        from = end;
        figure(picture, root, &mut out);
    }
    out.push_str(&html[from..]);
    *html = out;
    pictures.into_iter().filter(|picture| picture.step.is_none_or(|step| step > ends.len())).collect()
}

/// Where the items of the first numbered list of `html` end, before their closing tags. Lists inside of items count as
/// part of them.
fn step_ends(html: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut depth = 0;
    let Some(start) = html.find("<ol") else { return ends };
    for (at, _) in html[start..].match_indices('<').map(|(at, found)| (start + at, found)) {
        let tag = &html[at..];
        if tag.starts_with("<ol") || tag.starts_with("<ul") {
            depth += 1;
        } else if tag.starts_with("</ol") || tag.starts_with("</ul") {
            depth -= 1;
            if depth == 0 {
                break;
            }
        } else if depth == 1 && tag.starts_with("</li") {
            ends.push(at);
        }
    }
    ends
}

/// The HTML of a picture below a step.
fn figure(picture: &Picture, root: &str, out: &mut String) {
    out.push_str("<figure class=\"step-picture\"><img src=\"");
    out.push_str(root);
    escape(&picture.address, out);
    out.push_str("\" alt=\"");
    escape(&picture.alt, out);
    out.push('"');
    if let (Some(width), Some(height)) = (picture.width, picture.height) {
        out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    out.push_str(" loading=\"lazy\">");
    if let Some(caption) = &picture.caption {
        out.push_str("<figcaption class=\"caption\">");
        escape(caption, out);
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>\n");
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
        audience: sheet.audience(id),
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
        item.images = with_pictures(&mut item.steps_html, pictures(sheet, id, &page), &sheet.root);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(step: Option<usize>) -> Picture {
        Picture {
            address: "a b.png".to_owned(),
            alt: "\"A\"".to_owned(),
            caption: None,
            step,
            width: Some(3),
            height: Some(2),
        }
    }

    #[test]
    fn a_picture_stands_below_its_step_and_lists_inside_of_steps_do_not_count() {
        let mut html =
            "<p>x</p><ol>\n<li>One<ul>\n<li>a</li>\n</ul></li>\n<li>Two</li>\n</ol><ol><li>z</li></ol>"
                .to_owned();
        let left = with_pictures(&mut html, vec![picture(Some(2)), picture(None), picture(Some(3))], "../");
        let figure = "<figure class=\"step-picture\"><img src=\"../a b.png\" alt=\"&quot;A&quot;\" width=\"3\" \
                      height=\"2\" loading=\"lazy\"></figure>\n";
        assert_eq!(
            html,
            format!(
                "<p>x</p><ol>\n<li>One<ul>\n<li>a</li>\n</ul></li>\n<li>Two{figure}</li>\n</ol><ol><li>z</li></ol>"
            )
        );
        assert_eq!(left.iter().map(|picture| picture.step).collect::<Vec<_>>(), [None, Some(3)]);
    }
}
