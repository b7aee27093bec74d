//! Plans: which exercises they may hold, and how many.

use std::collections::BTreeSet;

use crate::diagnostic::{Applicability, Diagnostic, Rule};
use crate::page::{Page, Status};
use crate::site::{PageId, Site};
use crate::source::Span;
use crate::tree::Node;

/// The most exercises of a plan that people keep up: people with neck or back pain who were given more than six did
/// them less often (Medina-Mirapeix and others 2009).
const MOST_EXERCISES: usize = 6;

/// An item of a plan.
pub(super) struct Item<'p> {
    /// All that the plan says of it.
    pub(super) node: &'p Node,
    /// Where `ref` names its page.
    pub(super) span: Span,
    /// Its page.
    pub(super) page: PageId,
}

impl<'p> Item<'p> {
    /// The only phase that it is for, if it names one.
    pub(super) fn phase(&self) -> Option<&'p str> {
        self.node.get("phase").and_then(Node::as_text)
    }
}

/// The items of a plan whose pages are there.
pub(super) fn items<'p>(site: &'p Site<'_>, plan: &'p Page) -> impl Iterator<Item = Item<'p>> {
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
        if page.is_set("supervised") {
            let message = format!("`{}` needs a clinician present, and plans are done alone", page.title());
            let finding = Diagnostic::new(Rule::PlanSupervisedItem, plan.place(item.span), message);
            let finding = finding.help("take it out of the plan");
            findings.push(finding.related("supervised here", page.field_place("supervised")));
        } else if page.is_for_clinicians() && !plan.is_for_clinicians() {
            let message = format!("`{}` is for clinicians, and the plan is not", page.title());
            let finding = Diagnostic::new(Rule::PlanClinicianItem, plan.place(item.span), message);
            let finding = finding
                .help("put a page for patients in its place, or write `audience: clinician` for the plan");
            findings.push(finding.related("for clinicians here", page.field_place("audience")));
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
            finding.help(format!("`{id}` replaces it")).fix(item.span, &**id, Applicability::MaybeIncorrect)
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
        items(site, plan).filter(|item| site.is_of(item.page, "exercise")).collect();
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
    fn an_id_of_two_pages_is_no_item() {
        let guidance = super::super::sample::page("Squat", "conditions: [back]\nsources: [nice]", "");
        check(
            &[("content/guidance/squat.md", guidance)],
            &["content/plans/start.md `squat`: error[ambiguous-reference]: `squat` is the id of an \
               exercise and of a guidance page; give one of the two files another name | the exercise: \
               content/exercises/squat.md `---` | the guidance page: content/guidance/squat.md `---`"],
        );
    }
}
