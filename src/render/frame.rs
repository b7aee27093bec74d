//! The head and frame of each output page: its title, its address, the way to it and from it.

use super::Stage;
use super::filling::encoded;
use super::listing::{Listed, Listing};
use super::wording;
use crate::page::Status;
use crate::schema::ReviewDuty;
use crate::site::{Crossing, PageId};
use crate::view::{Frame, Link};

/// Languages that are written from right to left, by their code in ISO 639 (CLDR, characterOrder).
const RIGHT_TO_LEFT: [&str; 12] = ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];

/// `rtl` or `ltr`.
pub fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or(language).to_ascii_lowercase();
    if RIGHT_TO_LEFT.contains(&primary.as_str()) { "rtl" } else { "ltr" }
}

/// The address on the web of what lies at `address`.
pub fn absolute(stage: &Stage<'_>, address: &str) -> Option<String> {
    let base = &stage.site.context.config.base_url.as_ref()?.value;
    // A start page is known by its folder.
    let address = if address == "index.html" { "" } else { address };
    Some(format!("{}/{}", base.trim_end_matches('/'), encoded(address)))
}

fn frame(stage: &Stage<'_>, address: &str, title: String, summary: String) -> Frame {
    let config = stage.site.context.config;
    Frame {
        root: "../".repeat(address.matches('/').count()),
        canonical: absolute(stage, address),
        address: address.to_owned(),
        title,
        summary,
        language: config.language.clone(),
        direction: direction(&config.language),
        breadcrumbs: Vec::new(),
        section: None,
        noindex: config.review.duty == ReviewDuty::NotRequired,
        draft: false,
        version: None,
        report: None,
    }
}

fn home_link(stage: &Stage<'_>) -> Link {
    Link { title: stage.theme.strings.word("home").to_owned(), address: Some("index.html".to_owned()) }
}

fn section_link(stage: &Stage<'_>, kind: &str) -> Option<Link> {
    stage.sections.iter().find(|(name, _, _)| **name == *kind).map(|(_, link, _)| link.clone())
}

/// Of a page with a file of its own.
pub fn page(stage: &Stage<'_>, id: PageId) -> Frame {
    let page = stage.site.page(id);
    let title = page.title().to_owned();
    let mut frame =
        frame(stage, stage.site.address(id), title, page.text("summary").unwrap_or("").to_owned());
    if let Some(language) = page.text("language") {
        language.clone_into(&mut frame.language);
        frame.direction = direction(language);
    }
    if !stage.is_home(id) {
        let section = section_link(stage, &page.key.kind);
        frame.section = section.as_ref().and_then(|link| link.address.clone());
        frame.breadcrumbs = std::iter::once(home_link(stage)).chain(section).collect();
    }
    frame.version = Some(page.version().to_string());
    frame.draft = page.status == Status::Draft;
    frame.noindex |= page.status != Status::Published;
    frame
}

/// Of the start page that no file gives a text.
pub fn home(stage: &Stage<'_>) -> Frame {
    frame(stage, "index.html", stage.site.context.config.title.clone(), String::new())
}

/// Of a handout.
pub fn handout(stage: &Stage<'_>, crossing: Crossing) -> Frame {
    let site = stage.site;
    let (condition, phase) = (site.page(crossing.condition), site.page(crossing.phase));
    let summary = stage.theme.strings.say(
        "handout_summary",
        &[
            ("summary", phase.text("summary").unwrap_or("")),
            ("condition", condition.title()),
            ("phase", phase.title()),
        ],
    );
    let mut frame = frame(stage, &crossing.address(site), stage.handout_title(crossing), summary);
    let section = section_link(stage, "condition");
    frame.section = section.as_ref().and_then(|link| link.address.clone());
    let condition = Link {
        title: condition.title().to_owned(),
        address: Some(encoded(site.address(crossing.condition))),
    };
    frame.breadcrumbs = std::iter::once(home_link(stage)).chain(section).chain([condition]).collect();
    frame
}

/// Of a leaf of a list.
pub fn list(stage: &Stage<'_>, list: &Listing, leaf: usize, count: usize) -> Frame {
    let strings = &stage.theme.strings;
    let schemas = stage.site.context.schemas;
    let names = |kind: &str| {
        schemas.kind(kind).map_or_else(|| kind.to_owned(), |kind| wording::kind_names(kind, strings))
    };
    let mut crumbs = vec![home_link(stage)];
    let (title, section) = match &list.what {
        Listed::Section(kind) => (names(kind), section_link(stage, kind)),
        Listed::Members(page, kind) => {
            let of = stage.site.page(*page);
            let section = section_link(stage, &of.key.kind);
            crumbs.extend(section.clone());
            crumbs.push(Link {
                title: of.title().to_owned(),
                address: Some(encoded(stage.site.address(*page))),
            });
            (strings.say("group_title", &[("title", of.title()), ("kind", &names(kind))]), section)
        }
        Listed::Names => (strings.say("az_title", &[]), None),
    };
    let summary = strings.count("list_summary", count as u64, &[("n", &count.to_string())]);
    let mut frame = frame(stage, &list.address(stage, leaf), leaf_title(stage, &title, leaf), summary);
    if leaf > 0 {
        crumbs.push(Link { title, address: Some(list.address(stage, 0)) });
    }
    frame.section = section.and_then(|link| link.address);
    frame.breadcrumbs = crumbs;
    frame
}

fn leaf_title(stage: &Stage<'_>, title: &str, leaf: usize) -> String {
    if leaf == 0 {
        return title.to_owned();
    }
    stage.theme.strings.say("list_title", &[("title", title), ("number", &(leaf + 1).to_string())])
}

/// Of a leaf of the A to Z.
pub fn names(stage: &Stage<'_>, address: &str, leaf: usize) -> Frame {
    let strings = &stage.theme.strings;
    let title = strings.say("az_title", &[]);
    let mut frame = frame(stage, address, leaf_title(stage, &title, leaf), strings.say("az_summary", &[]));
    frame.section = Some("a-z.html".to_owned());
    frame.breadcrumbs = vec![home_link(stage)];
    if leaf > 0 {
        frame.breadcrumbs.push(Link { title, address: Some("a-z.html".to_owned()) });
    }
    frame
}

/// Of the page that stands for addresses that do not exist. A server shows it at any depth, so its links start at the
/// path of `base_url`; without one, at the root of the host.
pub fn not_found(stage: &Stage<'_>) -> Frame {
    let strings = &stage.theme.strings;
    let (title, summary) = (strings.say("not_found_title", &[]), strings.say("not_found_summary", &[]));
    let mut frame = frame(stage, "404.html", title, summary);
    frame.root = stage.site.context.config.base_path();
    frame.canonical = None;
    frame.noindex = true;
    frame
}

/// Of an old address that leads to the page `id`.
pub fn redirect(stage: &Stage<'_>, address: &str, id: PageId) -> Frame {
    let page = stage.site.page(id);
    let mut frame = frame(stage, address, page.title().to_owned(), String::new());
    frame.canonical = absolute(stage, stage.site.address(id));
    frame.noindex = true;
    frame
}
