//! The fields that only the site's own schemas have.

use super::filling::Placement;
use super::sheet::Sheet;
use crate::markdown::body::escape;
use crate::page::Page;
use crate::site::PageId;
use crate::tree::{Node, Value};
use crate::view::Extra;

/// The fields of the page that no built-in schema has, with their values.
pub fn fields(sheet: &mut Sheet<'_>, id: PageId, page: &Page) -> Vec<Extra> {
    let mut fields = Vec::new();
    let stage = sheet.stage;
    for (key, title) in stage.extra_fields(&page.key.kind) {
        let Some(node) = page.fields.get(key) else { continue };
        let nodes = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        let values_html: Vec<String> =
            nodes.into_iter().filter_map(|node| value(sheet, id, page, node)).collect();
        if !values_html.is_empty() {
            fields.push(Extra { key: key.clone(), title: title.clone(), values_html });
        }
    }
    fields
}

/// A value of a field that no template knows, as HTML: Markdown, a link to what it refers to, or its text.
fn value(sheet: &mut Sheet<'_>, id: PageId, page: &Page, node: &Node) -> Option<String> {
    if let Some(html) = sheet.inline(id, node, Placement::Own) {
        return Some(html);
    }
    let mut html = String::new();
    if page.references.iter().any(|reference| reference.span == node.span)
        && let Some(name) = node.as_text()
        && let Some(target) = sheet
            .stage
            .site
            .context
            .schemas
            .kinds()
            .iter()
            .find_map(|kind| sheet.stage.site.find(&kind.name, name))
        && sheet.stage.site.is_shown(target)
    {
        let link = sheet.link(target);
        html.push_str("<a href=\"");
        escape(&format!("{}{}", sheet.root, link.address.unwrap_or_default()), &mut html);
        html.push_str("\">");
        escape(&link.title, &mut html);
        html.push_str("</a>");
        return Some(html);
    }
    match &node.value {
        Value::Map(entries) => {
            let parts: Vec<String> = entries
                .iter()
                .filter_map(|entry| Some(format!("{}: {}", entry.key, entry.value.as_written()?)))
                .collect();
            escape(&parts.join(", "), &mut html);
        }
        _ => escape(node.as_written()?, &mut html),
    }
    Some(html)
}
