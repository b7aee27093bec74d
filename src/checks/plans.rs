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
        findings.extend(ambiguous(site, plan, &item));
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

/// An id of two pages, of which nobody can say which is meant.
fn ambiguous(site: &Site<'_>, plan: &Page, item: &Item<'_>) -> Option<Diagnostic> {
    let id = &site.page(item.page).key.id;
    let [exercise, guidance] =
        ["exercise", "guidance"].map(|kind| site.find(kind, id).map(|page| site.page(page)));
    let message = format!("`{id}` is the id of an exercise and of a guidance page");
    let finding = Diagnostic::new(Rule::AmbiguousReference, plan.place(item.span), message);
    let finding = finding.help("give one of the two files another name");
    Some(finding.related("the exercise", exercise?.whole()).related("the guidance page", guidance?.whole()))
}

fn retired(site: &Site<'_>, plan: &Page, item: &Item<'_>) -> Diagnostic {
    let page = site.page(item.page);
    let finding = Diagnostic::new(
        Rule::PlanRetiredItem,
        plan.place(item.span),
        format!("`{}` is retired and can't be part of a plan", page.title()),
    )
    .related("retired here", page.field_place("status"));
    let successor =
        page.fields.get("retired").and_then(|retired| retired.get("replaced_by")).and_then(Node::as_text);
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
        .filter_map(|(id, span)| {
            plan.ids("conditions").find(|(other, _)| *other == id).map(|(_, at)| (id, span, at))
        })
        .filter(|(id, _, _)| site.find("condition", id).is_some())
        .collect();
    if avoided.is_empty() {
        return None;
    }
    let titles =
        avoided.iter().filter_map(|(id, _, _)| site.find("condition", id)).map(|id| site.page(id).title());
    let message = format!("`{}` is to be avoided with {}", page.title(), super::list(titles, "and"));
    let finding = Diagnostic::new(Rule::PlanContraindicatedItem, plan.place(item.span), message)
        .help("take it out of the plan, or make a plan of its own for the other conditions");
    Some(avoided.iter().fold(finding, |finding, (_, span, at)| {
        finding
            .related("to be avoided here", page.place(*span))
            .related("a condition of the plan", plan.place(*at))
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
    let message =
        format!("the plan has {count} exercises, and people seldom keep up more than {MOST_EXERCISES}");
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
        let found =
            |key, kind| -> Vec<PageId> { plan.ids(key).filter_map(|(id, _)| site.find(kind, id)).collect() };
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
                for phase in
                    phases.iter().filter(|phase| only.is_none_or(|id| *site.page(**phase).key.id == *id))
                {
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
                        let finding =
                            finding.help("give both the same dose, or give the plans different phases");
                        findings.push(finding.related("the other dose", first.place.clone()));
                    }
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check, exercise, plan};

    const RETIRED: &str = "dose: {reps: 5}\nretired: {on: 2026-01-01, reason: Old.";

    #[test]
    fn a_retired_exercise_can_not_be_part_of_a_plan() {
        let old =
            exercise("Old", &format!("{RETIRED}, replaced_by: squat}}")).replace("published", "retired");
        let plan =
            plan("Next plan", "conditions: [back]\nphases: [active]\nitems: [{ref: old}, {ref: squat}]");
        check(
            &[("content/exercises/old.md", &old), ("content/plans/next.md", &plan)],
            &["content/plans/next.md `old`: error[plan-retired-item]: `Old` is retired and can't be part \
               of a plan; `squat` replaces it | retired here: content/exercises/old.md `retired` | write \
               `squat` for `old`"],
        );
        let old = old.replace(", replaced_by: squat", "");
        check(
            &[("content/exercises/old.md", &old), ("content/plans/next.md", &plan)],
            &["content/plans/next.md `old`: error[plan-retired-item]: `Old` is retired and can't be part \
               of a plan; take it out, or put another page in its place | retired here: \
               content/exercises/old.md `retired`"],
        );
    }

    #[test]
    fn a_supervised_exercise_can_not_be_part_of_a_plan() {
        let text = exercise("Squat", "dose: {reps: 5}\nsupervised: true");
        check(
            &[("content/exercises/squat.md", &text)],
            &["content/plans/start.md `squat`: error[plan-supervised-item]: `Squat` needs a clinician \
               present, and plans are done alone; take it out of the plan | supervised here: \
               content/exercises/squat.md `true`"],
        );
        check(&[("content/exercises/squat.md", text.replace("true", "false"))], &[]);
    }

    #[test]
    fn a_plan_holds_nothing_to_be_avoided_for_its_conditions() {
        let text = exercise("Squat", "dose: {reps: 5}\navoid_if: [thin-bones, back]");
        check(
            &[("content/exercises/squat.md", &text)],
            &["content/plans/start.md `squat`: error[plan-contraindicated-item]: `Squat` is to be avoided \
               with `Back pain`; take it out of the plan, or make a plan of its own for the other \
               conditions | to be avoided here: content/exercises/squat.md `back` | a condition of the \
               plan: content/plans/start.md `back`"],
        );
        check(&[("content/exercises/squat.md", text.replace("thin-bones, back", "thin-bones, leg"))], &[]);
        check(&[("content/exercises/squat.md", text.replace("avoid_if", "check_if"))], &[]);
    }

    #[test]
    fn a_plan_has_at_most_six_exercises_in_a_phase() {
        let exercises: Vec<(String, String)> = (1..8)
            .map(|n| (format!("content/exercises/e{n}.md"), exercise(&format!("E{n}"), "dose: {reps: 5}")))
            .collect();
        let with = |items: &str| {
            let plan =
                plan("Next plan", &format!("conditions: [back]\nphases: [acute, active]\nitems: [{items}]"));
            let mut files: Vec<(&str, String)> =
                exercises.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
            files.push(("content/plans/next.md", plan));
            files
        };
        let six = "{ref: e1}, {ref: e2}, {ref: e3}, {ref: e4}, {ref: e5}, {ref: e6}";
        check(&with(&format!("{six}, {{ref: pacing}}")), &[]);
        check(
            &with(&format!("{six}, {{ref: pacing}}, {{ref: e7}}")),
            &["content/plans/next.md `e7`: warning[plan-too-long]: the plan has 7 exercises, and people \
               seldom keep up more than 6; leave out what matters least, or make a second plan"],
        );
        check(&with(&format!("{}, {{ref: e7, phase: active}}", six.replace("e1", "e1, phase: acute"))), &[]);
    }

    #[test]
    fn two_plans_of_one_handout_give_one_dose() {
        let other = |items: &str| {
            plan("Other plan", &format!("conditions: [back, leg]\nphases: [acute, active]\nitems: [{items}]"))
        };
        check(
            &[("content/plans/other.md", other("{ref: squat, dose: {reps: 8}}"))],
            &["content/plans/other.md `{reps: 8}`: warning[dose-conflict]: `Squat` has another dose here \
               than in `First plan`, and both plans are printed for `Back pain` and `Acute`; give both the \
               same dose, or give the plans different phases | the other dose: content/plans/start.md \
               `squat`"],
        );
        check(&[("content/plans/other.md", other("{ref: squat, dose: {reps: \"5\"}}"))], &[]);
        check(&[("content/plans/other.md", other("{ref: squat, phase: active, dose: {reps: 8}}"))], &[]);
        check(
            &[("content/plans/other.md", other("{ref: squat, dose: {reps: many}}"))],
            &["content/plans/other.md `many`: error[wrong-type]: `reps` needs a whole number or a range, \
               and this is `many`; write a whole number from 1 to 50, or two as `5-10`"],
        );
    }

    #[test]
    fn an_id_of_two_pages_is_no_item() {
        let guidance = super::super::sample::page("Squat", "conditions: [back]\nsources: [nice]", "");
        check(
            &[("content/guidance/squat.md", guidance)],
            &["content/plans/start.md `squat`: error[ambiguous-reference]: `squat` is the id of an \
               exercise and of a guidance page; give one of the two files another name | the exercise: \
               content/exercises/squat.md `---` | the guidance page: content/guidance/squat.md `---`"],
        );
    }

    #[test]
    fn one_plan_can_give_an_exercise_twice() {
        let plan = plan(
            "First plan",
            "conditions: [back]\nphases: [acute]\nitems: [{ref: squat}, {ref: squat, dose: {reps: 8}}]",
        );
        check(&[("content/plans/start.md", plan)], &[]);
    }
}
