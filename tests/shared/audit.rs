//! What has to hold for every published page, found by reading the pages as a browser does.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};

use super::site::{Artifacts, text};

/// Attributes that hold an address.
const ADDRESSES: [&str; 8] =
    ["href", "src", "xlink:href", "action", "poster", "data", "formaction", "srcset"];

/// Attributes that hold ids of elements of the same page.
const ID_REFERENCES: [&str; 5] = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"];

/// Schemes that a link may lead out with.
const OUTWARD: [&str; 5] = ["https:", "http:", "mailto:", "tel:", "sms:"];

/// A published page, parsed.
pub struct Published {
    pub path: String,
    pub html: Html,
    ids: BTreeSet<String>,
}

/// Every HTML page among `artifacts`.
pub fn pages(artifacts: &Artifacts) -> Vec<Published> {
    let page = |path: &String| {
        let html = Html::parse_document(text(artifacts, path)?);
        let ids = elements(&html).filter_map(|element| element.attr("id")).map(str::to_owned).collect();
        Some(Published { path: path.clone(), html, ids })
    };
    artifacts.keys().filter(|path| path.ends_with(".html")).filter_map(page).collect()
}

/// Every element of the page.
pub fn elements(html: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    html.tree.nodes().filter_map(ElementRef::wrap)
}

/// The elements that `selector` picks.
pub fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of an element as it is read: white space joined.
pub fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with the published site, in sentences. `base_path` is where it lies on its host.
pub fn faults(artifacts: &Artifacts, base_path: &str) -> Vec<String> {
    let pages = pages(artifacts);
    let by_path: BTreeMap<&str, &Published> = pages.iter().map(|page| (page.path.as_str(), page)).collect();
    let mut faults = Vec::new();
    for page in &pages {
        let mut fault = |what: String| faults.push(format!("{}: {what}", page.path));
        for error in &page.html.errors {
            fault(format!("the markup is not sound: {error}"));
        }
        shape(page, &mut fault);
        for element in elements(&page.html) {
            safety(element, &mut fault);
            references(page, element, &mut fault);
            for address in addresses(element) {
                if let Err(reason) = resolve(artifacts, &by_path, page, element, &address, base_path) {
                    fault(format!("`{address}` of `<{}>` {reason}", element.value().name()));
                }
            }
        }
    }
    faults
}

/// One title, one language, one `h1`, headings without gaps, ids that stand once.
fn shape(page: &Published, fault: &mut impl FnMut(String)) {
    let mut seen = BTreeSet::new();
    for id in elements(&page.html).filter_map(|element| element.attr("id")) {
        if !seen.insert(id) {
            fault(format!("the id `{id}` stands twice"));
        }
    }
    if select(&page.html, "html[lang]").is_empty() {
        fault("the page gives no language".to_owned());
    }
    if select(&page.html, "title").iter().all(|title| words(*title).is_empty()) {
        fault("the page has no title".to_owned());
    }
    let headings = select(&page.html, "h1, h2, h3, h4, h5, h6");
    let mut last = 0;
    for heading in &headings {
        let level = heading.value().name().trim_start_matches('h').parse::<u8>().unwrap_or(0);
        if level > last + 1 {
            fault(format!(
                "the heading `{}` of level {level} comes after one of level {last}",
                words(*heading)
            ));
        }
        last = level;
    }
    if headings.iter().filter(|heading| heading.value().name() == "h1").count() != 1 {
        fault("the page has not one `h1`".to_owned());
    }
}

/// Nothing that a strict content security policy would refuse.
fn safety(element: ElementRef<'_>, fault: &mut impl FnMut(String)) {
    let name = element.value().name();
    for (attribute, _) in element.value().attrs() {
        if attribute == "style" || attribute.starts_with("on") {
            fault(format!("`<{name}>` has the attribute `{attribute}`"));
        }
    }
    let is_data = element.attr("type") == Some("application/ld+json");
    if name == "style" || (name == "script" && element.attr("src").is_none() && !is_data) {
        fault(format!("there is an inline `<{name}>`"));
    }
    if ["iframe", "object", "embed", "base", "form"].contains(&name) {
        fault(format!("there is a `<{name}>`"));
    }
}

/// Ids that an element names are on the page.
fn references(page: &Published, element: ElementRef<'_>, fault: &mut impl FnMut(String)) {
    for attribute in ID_REFERENCES {
        for id in element.attr(attribute).unwrap_or_default().split_whitespace() {
            if !page.ids.contains(id) {
                fault(format!("`{attribute}` names the id `{id}`, which is not there"));
            }
        }
    }
}

/// The addresses that an element holds.
fn addresses(element: ElementRef<'_>) -> Vec<String> {
    let mut found: Vec<String> =
        ADDRESSES.iter().filter_map(|name| element.attr(name)).map(str::to_owned).collect();
    if element.attr("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) {
        let content = element.attr("content").unwrap_or_default();
        found.extend(content.split_once("url=").map(|(_, address)| address.to_owned()));
    }
    found
}

fn resolve(
    artifacts: &Artifacts,
    pages: &BTreeMap<&str, &Published>,
    page: &Published,
    element: ElementRef<'_>,
    address: &str,
    base_path: &str,
) -> Result<(), String> {
    let name = element.value().name();
    if OUTWARD.iter().any(|scheme| address.starts_with(scheme)) {
        let names_itself = name == "link" && matches!(element.attr("rel"), Some("canonical" | "alternate"));
        return if name == "a" || names_itself { Ok(()) } else { Err("asks another host".to_owned()) };
    }
    if address.starts_with("//") || address.split('/').next().unwrap_or_default().contains(':') {
        return Err("is not an address of this site".to_owned());
    }
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = path.split('?').next().unwrap_or_default();
    let target = match path.strip_prefix('/') {
        // Only the page for wrong addresses, which is shown at any address, starts at the root of the host.
        Some(_) if page.path == "404.html" && path == "/" => "index.html".to_owned(),
        Some(_) if page.path == "404.html" => {
            path.strip_prefix(base_path).ok_or("does not begin with the path of the site")?.to_owned()
        }
        Some(_) => return Err("starts at the root of the host".to_owned()),
        None if path.is_empty() => page.path.clone(),
        None => join(&page.path, path).ok_or("leads out of the site")?,
    };
    let target = percent_decode(&target);
    if !artifacts.contains_key(&target) {
        return Err("leads to no published file".to_owned());
    }
    let fragment = percent_decode(fragment);
    match pages.get(target.as_str()) {
        Some(there) if !fragment.is_empty() && !there.ids.contains(&fragment) => {
            Err(format!("leads to an id that `{target}` has not"))
        }
        _ => Ok(()),
    }
}

/// The path that `path` stands for on the page `from`; none where it leads out of the site.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn percent_decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
