//! A page with a file of its own to its view.

use std::collections::HashSet;
use std::sync::Arc;

use super::Stage;
use super::filling::{Placement, encoded};
use super::review;
use super::sheet::Sheet;
use super::wording;
use crate::clinical::{Date, Dose};
use crate::markdown::body::escape;
use crate::markdown::{self, Destination, Heading, LinkRole};
use crate::page::{Page, Status};
use crate::site::{Crossing, PageId, Target, resolve_link};
use crate::tree::{Node, Value};
use crate::view::{
    Card, CareCards, Diary, DoseView, Extra, Group, Item, Link, MedicineView, Named, PageView, Picture,
    PlanView, Retired, Section, TermView, Toc, Warning,
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
    let (intro_html, sections, mut body_html) = body(&mut sheet, id, &page);
    let notes_html = sheet.fill(id, 0, page.body.notes()..page.body.fragment.len(), Placement::Own);
    body_html.push_str(&notes_html);
    let own = Placement::Own;
    let plan = (kind == "plan").then(|| plan(&mut sheet, id, own));
    let medicine = (kind == "medicine").then(|| medicine(&mut sheet, id, &page));
    let term = (kind == "term").then(|| TermView {
        definition_html: text_or_inline(&mut sheet, id, &page, "definition"),
        use_instead: texts(&page, "use_instead"),
    });
    let progress_html = sheet.field(id, "progress_when", own);
    let move_on_html = sheet.field(id, "move_on_when", own);
    let course_html =
        page.fields.get("typical_course").map(|_| text_or_inline(&mut sheet, id, &page, "typical_course"));
    let care = care(&mut sheet, id, &page);
    let extra = extra(&mut sheet, id, &page);
    let retired = (page.status == Status::Retired).then(|| retired(&mut sheet, id, &page));
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
        body_html,
        intro_html,
        notes_html,
        toc: toc(&page),
        sections,
        aka: texts(&page, "aka"),
        conditions: sorting(&sheet, id, "conditions", "condition"),
        phases: sorting(&sheet, id, "phases", "phase"),
        handouts: handouts(&sheet, id, &page),
        dose: exercise_dose(&sheet, &page),
        start_position: sheet.named(&page, "start_position", "start_position"),
        category: sheet.named(&page, "category", "category"),
        equipment: texts(&page, "equipment"),
        images: pictures(&sheet, id, &page),
        easier: site.referred(id, "easier", &["exercise"]).map(|page| sheet.link(page)).collect(),
        harder: site.referred(id, "harder", &["exercise"]).map(|page| sheet.link(page)).collect(),
        progress_html,
        avoid_if: sheet.cautions(&page, "avoid_if"),
        check_if: sheet.cautions(&page, "check_if"),
        supervised: flag(&page, "supervised"),
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

/// Whether the field `key` is `true`.
pub fn flag(page: &Page, key: &str) -> bool {
    page.fields.get(key).and_then(Node::as_bool) == Some(true)
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

/// The pictures that the field `images` names.
fn pictures(sheet: &Sheet<'_>, id: PageId, page: &Page) -> Vec<Picture> {
    let picture = |node: &Node| {
        let src = node.get("src")?;
        let destination = Destination::of_link(src.as_text()?);
        let link = markdown::Link { role: LinkRole::Image, destination, span: src.span };
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
            pairs.filter(|crossing| site.crossings.meeting(*crossing).binary_search(&id).is_ok()).collect()
        }
    };
    crossings.into_iter().map(|crossing| sheet.stage.handout_link(crossing)).collect()
}

/// How much to do of the exercise.
fn exercise_dose(sheet: &Sheet<'_>, page: &Page) -> Option<DoseView> {
    if flag(page, "as_advised") {
        return Some(DoseView { parts: Vec::new(), as_advised: true });
    }
    let dose = Dose::from_node(page.fields.get("dose")?);
    Some(wording::dose(&dose, &sheet.stage.theme.strings))
}

/// What a plan holds. On its own page without the steps of its exercises, on a handout with them.
pub fn plan(sheet: &mut Sheet<'_>, id: PageId, placement: Placement) -> PlanView {
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
        cards_per_page: cards.unwrap_or(2),
    }
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
    let blank = || flag(&page, "as_advised").then(|| DoseView { parts: Vec::new(), as_advised: true });
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

/// The signs to get help for: of the page's own conditions, or of the safety net that it is.
fn care(sheet: &mut Sheet<'_>, id: PageId, page: &Page) -> Option<CareCards> {
    let net = match &*page.key.kind {
        "safety-net" => return cards(sheet, id, Placement::Own),
        "condition" => safety_net(sheet, page)?,
        // Who begins at the start page sees them first.
        "page" if sheet.stage.is_home(id) => sheet.stage.site.listed("safety-net").next()?,
        _ => {
            if page.text("audience").is_some_and(|audience| audience != "patient") {
                return None;
            }
            let site = sheet.stage.site;
            let conditions: Vec<PageId> = site.referred(id, "conditions", &["condition"]).collect();
            conditions.into_iter().find_map(|condition| safety_net(sheet, site.page(condition)))?
        }
    };
    cards(sheet, net, Placement::Embedded(1))
}

/// The safety net that the condition names.
pub fn safety_net(sheet: &Sheet<'_>, condition: &Page) -> Option<PageId> {
    let site = sheet.stage.site;
    site.find("safety-net", condition.text("safety_net")?).filter(|net| site.is_listed(*net))
}

/// The cards of the safety net.
pub fn cards(sheet: &mut Sheet<'_>, net: PageId, placement: Placement) -> Option<CareCards> {
    let page = sheet.link(net);
    let cards = CareCards {
        page,
        emergency_html: sheet.field_list(net, "emergency", placement),
        urgent_html: sheet.field_list(net, "urgent", placement),
        routine_html: sheet.field_list(net, "routine", placement),
    };
    (!cards.emergency_html.is_empty() || !cards.urgent_html.is_empty()).then_some(cards)
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

fn extra(sheet: &mut Sheet<'_>, id: PageId, page: &Page) -> Vec<Extra> {
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
