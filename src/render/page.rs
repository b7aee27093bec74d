//! A page with a file of its own to its view.

use std::collections::HashSet;
use std::sync::Arc;

use super::filling::Placement;
use super::sheet::Sheet;
use super::{Stage, care, exercise, extra, plan, review};
use crate::clinical::Date;
use crate::markdown::Heading;
use crate::markdown::body::escape;
use crate::page::{Page, Status};
use crate::site::{Crossing, PageId};
use crate::tree::Node;
use crate::view::{
    Card, Group, Link, MedicineView, Named, PageView, Retired, Section, TermView, Toc, Warning,
};

/// From so many words and headings on, a page has a table of contents.
const LONG_WORDS: usize = 400;
const LONG_HEADINGS: usize = 4;

/// How many related pages are shown.
const RELATED: usize = 6;

/// How many of the pages that refer to a page are listed.
const USED_IN: usize = 20;

/// The warnings that a medicine can have, in the order in which they are shown.
const WARNINGS: [&str; 4] = ["driving", "alcohol", "pregnancy", "dependence"];

/// The view of the page, and the sheet on which it stands.
pub fn view(stage: &Stage<'_>, id: PageId) -> PageView {
    let site = stage.site;
    let page = Arc::clone(site.page(id));
    let mut sheet = Sheet::new(stage, site.address(id));
    let kind = &*page.key.kind;
    // What stands first on the page is filled first: sources are numbered in this order.
    let medicine = (kind == "medicine").then(|| medicine(&mut sheet, id, &page));
    let term = (kind == "term").then(|| TermView {
        definition_html: text_or_inline(&mut sheet, id, &page, "definition"),
        use_instead: texts(&page, "use_instead"),
    });
    let (intro_html, mut sections, mut body_html) = body(&mut sheet, id, &page);
    let mut images = exercise::pictures(&sheet, id, &page);
    if let Some(steps) = sections.iter_mut().find(|section| section.id == "steps") {
        images = exercise::with_pictures(&mut steps.html, images, &sheet.root);
    }
    let notes_html = sheet.fill(id, 0, page.body.notes()..page.body.fragment.len(), Placement::Own);
    body_html.push_str(&notes_html);
    let own = Placement::Own;
    let plan = (kind == "plan").then(|| plan::view(&mut sheet, id, own));
    let progress_html = sheet.field(id, "progress_when", own);
    let move_on_html = sheet.field(id, "move_on_when", own);
    let course_html =
        page.fields.get("typical_course").map(|_| text_or_inline(&mut sheet, id, &page, "typical_course"));
    let care = care::of_page(&mut sheet, id, &page);
    let extra = extra::fields(&mut sheet, id, &page);
    let retired = (page.status == Status::Retired).then(|| retired(&mut sheet, id, &page));
    let terms = sheet.terms();
    for (source, _) in page.ids("sources") {
        if site.context.registers.source(source).is_some() {
            sheet.numbering.list(source);
        }
    }
    let (previous, next) = site.crossings.beside(id);
    let users = site.used_in(id);
    PageView {
        kind: kind.to_owned(),
        kind_name: sheet.kind_name(kind),
        id: page.key.id.to_string(),
        audience: sheet.audience(id),
        body_html,
        intro_html,
        notes_html,
        toc: toc(&page),
        sections,
        aka: texts(&page, "aka"),
        conditions: sorting(&sheet, id, "conditions", "condition"),
        phases: sorting(&sheet, id, "phases", "phase"),
        handouts: handouts(&sheet, id, &page),
        dose: exercise::dose(&sheet, &page),
        start_position: sheet.named(&page, "start_position", "start_position"),
        category: sheet.named(&page, "category", "category"),
        equipment: texts(&page, "equipment"),
        images,
        easier: site.referred(id, "easier", &["exercise"]).map(|page| sheet.link(page)).collect(),
        harder: site.referred(id, "harder", &["exercise"]).map(|page| sheet.link(page)).collect(),
        progress_html,
        avoid_if: sheet.cautions(&page, "avoid_if"),
        check_if: sheet.cautions(&page, "check_if"),
        supervised: page.is_set("supervised"),
        stop_if_html: if kind == "exercise" { stage.default_stop_if(&page) } else { Vec::new() },
        evidence: sheet.named(&page, "evidence", "evidence"),
        move_on_html,
        previous: previous.map(|page| sheet.link(page)),
        next: next.map(|page| sheet.link(page)),
        body_region: page.text("body_region").map(str::to_owned),
        course_html,
        groups: groups(&sheet, id, kind),
        medicine,
        plan,
        term,
        care,
        review: review::of_page(&sheet, &page),
        sources: sheet.sources(),
        terms,
        related: related(&sheet, id, &page),
        used_in: users.iter().take(USED_IN).map(|page| sheet.link(*page)).collect(),
        used_in_count: users.len(),
        extra,
        retired,
    }
}

/// The body before its sections, the sections, and all of it.
fn body(sheet: &mut Sheet<'_>, id: PageId, page: &Page) -> (String, Vec<Section>, String) {
    let (intro, ranges) = Sheet::parts(&page.body);
    let intro_html = sheet.fill(id, 0, intro, Placement::Own);
    let mut body_html = intro_html.clone();
    let mut sections = Vec::with_capacity(ranges.len());
    for (index, range) in ranges {
        let heading: &Heading = &page.body.headings[index];
        let content = heading.content as usize;
        body_html.push_str(&sheet.fill(id, 0, range.start..content, Placement::Own));
        let html = sheet.fill(id, 0, content..range.end, Placement::Own);
        body_html.push_str(&html);
        sections.push(Section {
            id: heading.id.to_string(),
            title: heading.text.to_string(),
            level: heading.level,
            html,
        });
    }
    (intro_html, sections, body_html)
}

fn toc(page: &Page) -> Vec<Toc> {
    let headings: Vec<&Heading> =
        page.body.headings.iter().filter(|heading| heading.is_section && heading.level == 2).collect();
    if page.words < LONG_WORDS || headings.len() < LONG_HEADINGS {
        return Vec::new();
    }
    headings
        .iter()
        .map(|heading| Toc { id: heading.id.to_string(), title: heading.text.to_string() })
        .collect()
}

/// The texts of the list `key`, or its only text.
fn texts(page: &Page, key: &str) -> Vec<String> {
    page.ids(key).map(|(text, _)| text.to_owned()).collect()
}

/// A field that takes Markdown, or the escaped text of one that does not.
fn text_or_inline(sheet: &mut Sheet<'_>, id: PageId, page: &Page, key: &str) -> String {
    sheet.field(id, key, Placement::Own).unwrap_or_else(|| {
        let mut html = String::new();
        escape(page.text(key).unwrap_or(""), &mut html);
        html
    })
}

fn sorting(sheet: &Sheet<'_>, id: PageId, key: &str, kind: &str) -> Vec<Link> {
    sheet.stage.site.referred(id, key, &[kind]).map(|page| sheet.link(page)).collect()
}

/// The handouts that the page is part of.
fn handouts(sheet: &Sheet<'_>, id: PageId, page: &Page) -> Vec<Link> {
    let site = sheet.stage.site;
    let crossings: Vec<Crossing> = match &*page.key.kind {
        "condition" => site.crossings.iter().filter(|crossing| crossing.condition == id).collect(),
        "phase" => site.crossings.iter().filter(|crossing| crossing.phase == id).collect(),
        _ => {
            let conditions: Vec<PageId> = site.referred(id, "conditions", &["condition"]).collect();
            let phases: Vec<PageId> = site.referred(id, "phases", &["phase"]).collect();
            let pairs = conditions.iter().flat_map(|condition| {
                phases.iter().map(|phase| Crossing { condition: *condition, phase: *phase })
            });
            pairs.filter(|crossing| site.crossings.is_on_handout(site, *crossing, id)).collect()
        }
    };
    crossings.into_iter().map(|crossing| sheet.stage.handout_link(crossing)).collect()
}

fn medicine(sheet: &mut Sheet<'_>, id: PageId, page: &Page) -> MedicineView {
    let position = page.fields.get("guideline_position");
    let says = position.and_then(|position| position.get("says")).and_then(Node::as_text).map(str::to_owned);
    let source = position.and_then(|position| position.get("source")).and_then(Node::as_text);
    let source = source.filter(|source| sheet.stage.site.context.registers.source(source).is_some());
    let position_cite_html = source.map(|source| sheet.cite(source));
    let mut warnings = Vec::new();
    for key in WARNINGS {
        let node = page.fields.get("warnings").and_then(|warnings| warnings.get(key));
        if let Some(html) = node.and_then(|node| sheet.inline(id, node, Placement::Own)) {
            warnings.push(Warning {
                id: key.to_owned(),
                name: sheet.stage.theme.strings.name("warning", key),
                html,
            });
        }
    }
    MedicineView {
        generic_name: page.text("generic_name").unwrap_or("").to_owned(),
        brand_names: texts(page, "brand_names"),
        drug_class: page.text("drug_class").map(str::to_owned),
        legal_status: sheet.named(page, "legal_status", "legal_status"),
        position: says.map(|id| Named { name: sheet.stage.theme.strings.name("says", &id), id }),
        position_cite_html,
        warnings,
    }
}

/// What belongs to a condition or a phase, by kind.
fn groups(sheet: &Sheet<'_>, id: PageId, kind: &str) -> Vec<Group> {
    let site = sheet.stage.site;
    let members = match kind {
        "condition" => site.crossings.of_condition(id),
        "phase" => site.crossings.of_phase(id),
        _ => return Vec::new(),
    };
    super::listing::groups(sheet, id, members)
}

/// Pages for the same condition and phase, then for the same condition; those that follow this one in lists come
/// first, so that not every page of a condition leads to the same few.
fn related(sheet: &Sheet<'_>, id: PageId, page: &Page) -> Vec<Card> {
    let site = sheet.stage.site;
    if site.context.schemas.kind(&page.key.kind).is_none_or(|kind| !kind.handouts) {
        return Vec::new();
    }
    let conditions: Vec<PageId> = site.referred(id, "conditions", &["condition"]).collect();
    let phases: Vec<PageId> = site.referred(id, "phases", &["phase"]).collect();
    let crossings = conditions.iter().flat_map(|condition| {
        phases.iter().map(|phase| site.crossings.meeting(Crossing { condition: *condition, phase: *phase }))
    });
    let lists = crossings.chain(conditions.iter().map(|condition| site.crossings.of_condition(*condition)));
    let mut seen = HashSet::from([id]);
    let mut found = Vec::with_capacity(RELATED);
    for list in lists {
        let after = list.partition_point(|other| *other <= id);
        for other in list[after..].iter().chain(&list[..after]) {
            if found.len() == RELATED {
                return found;
            }
            if seen.insert(*other) {
                found.push(sheet.card(*other));
            }
        }
    }
    found
}

fn retired(sheet: &mut Sheet<'_>, id: PageId, page: &Page) -> Retired {
    let site = sheet.stage.site;
    let node = page.fields.get("retired");
    let reason = node.and_then(|node| node.get("reason"));
    let reason_html = reason.and_then(|reason| {
        sheet.inline(id, reason, Placement::Own).or_else(|| {
            let mut html = String::new();
            escape(reason.as_text()?, &mut html);
            Some(html)
        })
    });
    let replaced = node.and_then(|node| node.get("replaced_by")).and_then(Node::as_text);
    let replaced_by = replaced.and_then(|name| {
        // The same kind first, since ids are unique only in their kind.
        let same = site.find(&page.key.kind, name);
        same.or_else(|| site.context.schemas.kinds().iter().find_map(|kind| site.find(&kind.name, name)))
    });
    let on = node.and_then(|node| node.get("on")).and_then(Node::as_text).and_then(|on| Date::parse(on).ok());
    Retired {
        on: on.map(|on| sheet.date(on)),
        reason_html: reason_html.unwrap_or_default(),
        replaced_by: replaced_by.filter(|page| site.is_shown(*page)).map(|page| sheet.link(page)),
    }
}
