//! Doses of two plans that are printed on one handout: whether they agree.

use std::collections::{BTreeMap, HashSet};

use super::plans::items;
use crate::clinical::Dose;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::page::{Intact, Status};
use crate::site::{PageId, Site};

/// A dose that a plan gives for an exercise.
struct Given {
    plan: PageId,
    dose: Dose,
    place: Place,
}

/// Two plans of one handout that give one exercise different doses.
pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    // By condition, phase and exercise.
    let mut given: BTreeMap<(PageId, PageId, PageId), Given> = BTreeMap::new();
    let mut told: HashSet<Place> = HashSet::new();
    let mut findings = Vec::new();
    for id in site.all() {
        let plan = site.page(id);
        // A dose that can't be read wholly would seem to be another, and what is for clinicians is on no handout.
        let is_printed = plan.status == Status::Published && !plan.is_for_clinicians();
        if &*plan.key.kind != "plan" || !is_printed || plan.intact != Intact::Wholly {
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
    use super::super::sample::{check, plan};

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
    fn one_plan_can_give_an_exercise_twice() {
        let plan = plan(
            "First plan",
            "conditions: [back]\nphases: [acute]\nitems: [{ref: squat}, {ref: squat, dose: {reps: 8}}]",
        );
        check(&[("content/plans/start.md", plan)], &[]);
    }
}
