//! The fields that only the site's own schemas have.

use std::collections::HashMap;

use super::filling::Placement;
use super::sheet::Sheet;
use crate::markdown::body::escape;
use crate::page::Page;
use crate::schema::{ReviewDuty, Schemas};
use crate::site::{PageId, Site};
use crate::strings::sentence_case;
use crate::tree::{Node, Value};
use crate::view::Extra;

/// The fields that only the site's own schemas have, by kind: keys and titles.
pub fn of_kinds(site: &Site<'_>) -> HashMap<Box<str>, Vec<(String, String)>> {
    let mut extra = HashMap::new();
    if !site.context.schemas.is_extended() {
        return extra;
    }
    let builtin = Schemas::builtin(ReviewDuty::Required);
    for kind in site.context.schemas.kinds() {
        let known = builtin.kind(&kind.name).or_else(|| builtin.kind("page"));
        let is_known = |name: &str| known.is_some_and(|known| known.shape.object.property(name).is_some());
        let fields: Vec<(String, String)> = kind
            .shape
            .object
            .properties
            .iter()
            .filter(|property| !is_known(&property.name))
            .map(|property| {
                let title = property.shape.notes.title.as_deref();
                let title = title
                    .map_or_else(|| sentence_case(&property.name.replace(['-', '_'], " ")), str::to_owned);
                (property.name.to_string(), title)
            })
            .collect();
        if !fields.is_empty() {
            extra.insert(kind.name.clone(), fields);
        }
    }
    extra
}

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
