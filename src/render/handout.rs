//! A handout: a condition, a phase, and what meets there, on a sheet to take home.

use super::Stage;
use super::care::{cards, safety_net};
use super::exercise::item;
use super::filling::Placement;
use super::listing::LEAF;
use super::plan;
use super::review;
use super::sheet::Sheet;
use crate::site::{Crossing, PageId};
use crate::view::{Group, HandoutPlan, HandoutView, Link};

/// How many exercises without a plan stand as cards; the rest is a list.
const CARDS: usize = 12;

/// The text of a plan stands below the title of the plan, and what belongs to an exercise below the title of that.
const PLAN_PLACE: Placement = Placement::Embedded(1);
const PLACE: Placement = Placement::Embedded(2);

/// The view of the handout.
pub fn view(stage: &Stage<'_>, crossing: Crossing) -> HandoutView {
    let site = stage.site;
    let mut sheet = Sheet::new(stage, &crossing.address(site));
    let (condition, phase) = (crossing.condition, crossing.phase);
    let meeting = site.crossings.meeting(crossing);
    let of_kind = |kind: &str| -> Vec<PageId> {
        meeting.iter().copied().filter(|page| site.is_of(*page, kind)).collect()
    };
    let exercises: Vec<PageId> = of_kind("exercise")
        .into_iter()
        .filter(|exercise| site.crossings.is_on_handout(site, crossing, *exercise))
        .collect();
    let plan_pages = of_kind("plan");
    let mut parts: Vec<PageId> = vec![condition, phase];
    let mut plans = Vec::with_capacity(plan_pages.len());
    for page in &plan_pages {
        parts.push(*page);
        plans.push(planned(&mut sheet, *page));
    }
    let planned: Vec<PageId> =
        plan_pages.iter().flat_map(|page| plan::pages(site, site.page(*page))).collect();
    let (cards_of, list_of): (Vec<PageId>, Vec<PageId>) = if plans.is_empty() {
        let split = exercises.len().min(CARDS);
        (exercises[..split].to_vec(), exercises[split..].to_vec())
    } else {
        (Vec::new(), exercises.iter().copied().filter(|page| !planned.contains(page)).collect())
    };
    let cards_view = cards_of
        .iter()
        .enumerate()
        .map(|(at, page)| item(&mut sheet, *page, at + 1, None, None, PLACE))
        .collect();
    parts.extend(&exercises);
    // A plan may hold what is for another phase or condition: it is printed here all the same.
    for page in planned {
        if !parts.contains(&page) {
            parts.push(page);
        }
    }
    let care = match safety_net(&sheet, site.page(condition)) {
        Some(net) => {
            parts.push(net);
            cards(&mut sheet, &[net], Placement::Embedded(1))
        }
        None => None,
    };
    let move_on_html = sheet.field(phase, "move_on_when", PLACE);
    let terms = sheet.terms();
    for part in &parts {
        for (source, _) in site.page(*part).ids("sources") {
            if site.context.registers.source(source).is_some() {
                sheet.numbering.list(source);
            }
        }
    }
    let code = review::digest(&sheet, &parts);
    let version = match plan_pages.as_slice() {
        [only] => site.page(*only).version().to_string(),
        _ => code.clone(),
    };
    let neighbour = |phase: Option<PageId>| {
        let crossing = Crossing { condition, phase: phase? };
        (!site.crossings.meeting(crossing).is_empty()).then(|| stage.handout_link(crossing))
    };
    let (before, after) = site.crossings.beside(phase);
    HandoutView {
        condition: sheet.link(condition),
        phase: sheet.link(phase),
        phase_summary: site.page(phase).text("summary").unwrap_or("").to_owned(),
        move_on_html,
        plans,
        exercises: cards_view,
        more_exercises: list_of.iter().take(LEAF).map(|page| sheet.card(*page)).collect(),
        groups: others(&sheet, condition, meeting),
        care,
        sources: sheet.sources(),
        terms,
        review: review::of_parts(&sheet, &parts, version),
        is_code: plan_pages.len() != 1,
        code,
        previous: neighbour(before),
        next: neighbour(after),
        phases: site
            .crossings
            .phases_of_handouts(site)
            .map(|phase| phase_link(stage, condition, phase))
            .collect(),
    }
}

fn planned(sheet: &mut Sheet<'_>, page: PageId) -> HandoutPlan {
    let site = sheet.stage.site;
    let body = &site.page(page).body;
    let intro_html = sheet.fill(page, 0, 0..body.fragment.len(), PLAN_PLACE);
    HandoutPlan {
        link: sheet.link(page),
        summary: site.page(page).text("summary").unwrap_or("").to_owned(),
        plan: plan::view(sheet, page, PLACE),
        progress_html: sheet.field(page, "progress_when", PLACE),
        intro_html,
    }
}

/// What meets there besides exercises and plans, by kind.
fn others(sheet: &Sheet<'_>, condition: PageId, meeting: &[PageId]) -> Vec<Group> {
    let site = sheet.stage.site;
    let others: Vec<PageId> = meeting
        .iter()
        .copied()
        .filter(|page| !matches!(&*site.page(*page).key.kind, "exercise" | "plan"))
        .collect();
    super::listing::groups(sheet, condition, &others)
}

/// The phase as a link to this condition's handout, without an address if there is none.
fn phase_link(stage: &Stage<'_>, condition: PageId, phase: PageId) -> Link {
    let site = stage.site;
    let crossing = Crossing { condition, phase };
    let address = (!site.crossings.meeting(crossing).is_empty()).then(|| crossing.address(site));
    Link { title: site.page(phase).title().to_owned(), address }
}
