//! Plans: which exercises they may hold, how many, and whether two plans of one handout agree.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::clinical::Dose;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::page::{Intact, Page, Status};
use crate::site::{PageId, Site};
use crate::source::Span;
use crate::tree::Node;

/// The most exercises of a plan that people keep up: people with neck or back pain who were given more than six did
/// them less often (Medina-Mirapeix and others 2009).
const MOST_EXERCISES: usize = 6;

/// An item of a plan.
struct Item<'p> {
    node: &'p Node,
    /// Where `ref` names its page.
    span: Span,
    page: PageId,
}

impl<'p> Item<'p> {
    /// The only phase that it is for, if it names one.
    fn phase(&self) -> Option<&'p str> {
        self.node.get("phase").and_then(Node::as_text)
    }
}

/// The items of a plan whose pages are there.
fn items<'p>(site: &'p Site<'_>, plan: &'p Page) -> impl Iterator<Item = Item<'p>> {
    plan.fields.get("items").map_or(&[][..], Node::items).iter().filter_map(|node| {
        let reference = node.get("ref")?;
        let id = reference.as_text()?;
        let page = site.find("exercise", id).or_else(|| site.find("guidance", id))?;
        Some(Item { node, span: reference.span, page })
    })
}

pub(super) fn check(site: &Site<'_>, plan: &Page) -> Vec<Diagnostic> {
    if &*plan.key.kind != "plan" {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for item in items(site, plan) {
        let page = site.page(item.page);
        if page.status == Status::Retired {
            findings.push(retired(site, plan, &item));
            continue;
        }
        if page.fields.get("supervised").and_then(Node::as_bool) == Some(true) {
            let message = format!("`{}` needs a clinician present, and plans are done alone", page.title());
            let finding = Diagnostic::new(Rule::PlanSupervisedItem, plan.place(item.span), message);
            let finding = finding.help("take it out of the plan");
            findings.push(finding.related("supervised here", page.field_place("supervised")));
        }
        findings.extend(contraindicated(site, plan, &item));
    }
    findings.extend(too_long(site, plan));
    findings
}

fn retired(site: &Site<'_>, plan: &Page, item: &Item<'_>) -> Diagnostic {
    let page = site.page(item.page);
    let finding = Diagnostic::new(
        Rule::PlanRetiredItem,
        plan.place(item.span),
        format!("`{}` is retired and can't be part of a plan", page.title()),
    )
    .related("retired here", page.field_place("status"));
    let successor = page.fields.get("retired").and_then(|retired| retired.get("replaced_by")).and_then(Node::as_text);
    match successor.and_then(|id| site.find(&page.key.kind, id)) {
        Some(successor) => {
            let id = &site.page(successor).key.id;
            finding.help(format!("`{id}` replaces it")).fix(item.span, &**id)
        }
        None => finding.help("take it out, or put another page in its place"),
    }
}

/// An item to be avoided for a condition of the plan.
fn contraindicated(site: &Site<'_>, plan: &Page, item: &Item<'_>) -> Option<Diagnostic> {
    let page = site.page(item.page);
    let avoided: Vec<(&str, Span, Span)> = page
        .ids("avoid_if")
        .filter_map(|(id, span)| plan.ids("conditions").find(|(other, _)| *other == id).map(|(_, at)| (id, span, at)))
        .filter(|(id, _, _)| site.find("condition", id).is_some())
        .collect();
    if avoided.is_empty() {
        return None;
    }
    let titles = avoided.iter().filter_map(|(id, _, _)| site.find("condition", id)).map(|id| site.page(id).title());
    let message = format!("`{}` is to be avoided with {}", page.title(), super::list(titles, "and"));
    let finding = Diagnostic::new(Rule::PlanContraindicatedItem, plan.place(item.span), message)
        .help("take it out of the plan, or make a plan of its own for the other conditions");
    Some(avoided.iter().fold(finding, |finding, (_, span, at)| {
        finding.related("to be avoided here", page.place(*span)).related("a condition of the plan", plan.place(*at))
    }))
}

/// More exercises in one phase of the plan than people keep up, at the first that is too many.
fn too_long(site: &Site<'_>, plan: &Page) -> Option<Diagnostic> {
    let exercises: Vec<Item<'_>> =
        items(site, plan).filter(|item| &*site.page(item.page).key.kind == "exercise").collect();
    let named: BTreeSet<&str> = exercises.iter().filter_map(Item::phase).collect();
    let phases: Vec<Option<&str>> =
        if named.is_empty() { vec![None] } else { named.into_iter().map(Some).collect() };
    let (count, first) = phases.into_iter().find_map(|of| {
        // An item without a phase is for each of them.
        let done = || exercises.iter().filter(|item| item.phase().is_none() || item.phase() == of);
        done().nth(MOST_EXERCISES).map(|first| (done().count(), first.span))
    })?;
    let message = format!("the plan has {count} exercises, and people seldom keep up more than {MOST_EXERCISES}");
    let finding = Diagnostic::new(Rule::PlanTooLong, plan.place(first), message);
    Some(finding.help("leave out what matters least, or make a second plan"))
}

/// A dose that a plan gives for an exercise.
struct Given {
    plan: PageId,
    dose: Dose,
    place: Place,
}

/// Two plans of one handout that give one exercise different doses.
pub(super) fn check_doses(site: &Site<'_>) -> Vec<Diagnostic> {
    // By condition, phase and exercise.
    let mut given: BTreeMap<(PageId, PageId, PageId), Given> = BTreeMap::new();
    let mut told: HashSet<Place> = HashSet::new();
    let mut findings = Vec::new();
    for id in site.all() {
        let plan = site.page(id);
        // A dose that can't be read wholly would seem to be another.
        if &*plan.key.kind != "plan" || plan.status != Status::Published || plan.intact != Intact::Wholly {
            continue;
        }
        let found = |key, kind| -> Vec<PageId> { plan.ids(key).filter_map(|(id, _)| site.find(kind, id)).collect() };
        let (conditions, phases) = (found("conditions", "condition"), found("phases", "phase"));
        for item in items(site, plan) {
            let exercise = site.page(item.page);
            if &*exercise.key.kind != "exercise" || exercise.intact != Intact::Wholly {
                continue;
            }
            let own = exercise.fields.get("dose").map(Dose::from_node).unwrap_or_default();
            let change = item.node.get("dose");
            let dose = change.map_or_else(|| own.clone(), |change| own.overlaid(&Dose::from_node(change)));
            let place = plan.place(change.map_or(item.span, |change| change.span));
            let only = item.phase();
            for condition in &conditions {
                for phase in phases.iter().filter(|phase| only.is_none_or(|id| *site.page(**phase).key.id == *id)) {
                    let key = (*condition, *phase, item.page);
                    let Some(first) = given.get(&key) else {
                        given.insert(key, Given { plan: id, dose: dose.clone(), place: place.clone() });
                        continue;
                    };
                    if first.plan != id && first.dose != dose && told.insert(place.clone()) {
                        let title = |id| site.page(id).title();
                        let message = format!(
                            "`{}` has another dose here than in `{}`, and both plans are printed for `{}` and `{}`",
                            exercise.title(),
                            title(first.plan),
                            title(*condition),
                            title(*phase),
                        );
                        let finding = Diagnostic::new(Rule::DoseConflict, place.clone(), message);
                        let finding = finding.help("give both the same dose, or give the plans different phases");
                        findings.push(finding.related("the other dose", first.place.clone()));
                    }
                }
            }
        }
    }
    findings
}
