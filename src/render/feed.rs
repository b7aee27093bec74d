//! What other programs read: the sitemap, and a feed of the pages that were reviewed or changed last.

use super::Stage;
use super::frame::absolute;
use crate::clinical::Date;
use crate::markdown::body::escape;
use crate::page::{Page, Status};
use crate::site::PageId;
use crate::tree::Node;

/// How many pages the feed has.
const ENTRIES: usize = 50;

/// When the page was last changed or reviewed, as far as it says so.
fn touched(page: &Page) -> Option<Date> {
    let changes = page
        .fields
        .get("changes")
        .map_or(&[][..], Node::items)
        .iter()
        .filter_map(|change| change.get("date"));
    let dates = changes.chain(page.fields.get("last_reviewed"));
    dates.filter_map(|node| Date::parse(node.as_text()?).ok()).max()
}

fn published<'s>(stage: &'s Stage<'_>) -> impl Iterator<Item = PageId> + 's {
    stage.site.shown().filter(|id| stage.site.page(*id).status == Status::Published)
}

/// The address of the feed, if the site gives the address that a feed needs, and dates to put into it.
pub fn address(stage: &Stage<'_>) -> Option<String> {
    let dated = published(stage).any(|id| touched(stage.site.page(id)).is_some());
    (dated && stage.site.context.config.base_url.is_some()).then(|| "feed.xml".to_owned())
}

/// The sitemap, by the protocol of sitemaps.org 0.9: published pages and handouts.
pub fn sitemap(stage: &Stage<'_>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut add = |address: &str, date: Option<Date>| {
        let Some(location) = absolute(stage, address) else { return };
        xml.push_str("<url><loc>");
        escape(&location, &mut xml);
        xml.push_str("</loc>");
        if let Some(date) = date {
            xml.push_str(&format!("<lastmod>{date}</lastmod>"));
        }
        xml.push_str("</url>\n");
    };
    for id in published(stage) {
        add(stage.site.address(id), touched(stage.site.page(id)));
    }
    for crossing in stage.site.crossings.iter() {
        add(&crossing.address(stage.site), None);
    }
    xml.push_str("</urlset>\n");
    xml
}

/// The feed (Atom, RFC 4287): the pages that give a date of review or change, the newest first.
pub fn feed(stage: &Stage<'_>) -> String {
    let config = stage.site.context.config;
    let mut dated: Vec<(Date, PageId)> =
        published(stage).filter_map(|id| Some((touched(stage.site.page(id))?, id))).collect();
    dated.sort_by_key(|(date, id)| (std::cmp::Reverse(*date), *id));
    dated.truncate(ENTRIES);
    let base = absolute(stage, "index.html").unwrap_or_default();
    let author = config.publisher.as_ref().map_or(&config.title, |publisher| &publisher.name);
    let newest = dated.first().map_or_else(|| "1970-01-01".to_owned(), |(date, _)| date.to_string());
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"",
    );
    escape(&config.language, &mut xml);
    xml.push_str("\">\n");
    element(&mut xml, "title", &config.title);
    element(&mut xml, "id", &base);
    element(&mut xml, "updated", &format!("{newest}T00:00:00Z"));
    xml.push_str("<author>");
    element(&mut xml, "name", author);
    xml.push_str("</author>\n<link href=\"");
    escape(&base, &mut xml);
    xml.push_str("\"/>\n<link rel=\"self\" href=\"");
    escape(&absolute(stage, "feed.xml").unwrap_or_default(), &mut xml);
    xml.push_str("\"/>\n");
    for (date, id) in dated {
        let page = stage.site.page(id);
        let address = absolute(stage, stage.site.address(id)).unwrap_or_default();
        xml.push_str("<entry>\n");
        element(&mut xml, "title", page.title());
        element(&mut xml, "id", &address);
        xml.push_str("<link href=\"");
        escape(&address, &mut xml);
        xml.push_str("\"/>\n");
        element(&mut xml, "updated", &format!("{date}T00:00:00Z"));
        element(&mut xml, "summary", page.text("summary").unwrap_or(""));
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>"));
    escape(text, xml);
    xml.push_str(&format!("</{name}>\n"));
}
