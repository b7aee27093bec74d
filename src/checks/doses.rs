//! Doses of exercises: whether they say how much.

use super::{is_complete, is_published};
use crate::clinical::{Amount, Dose};
use crate::diagnostic::{Diagnostic, Rule};
use crate::page::{Intact, Page};
use crate::site::Site;
use crate::tree::{Entry, Node};

/// The fields of a dose that can hold a range.
const AMOUNTS: [&str; 5] = ["sets", "reps", "hold", "rest", "duration"];

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let own = page.fields.entry("dose").filter(|_| &*page.key.kind == "exercise");
    let items = page.fields.get("items").filter(|_| &*page.key.kind == "plan").map_or(&[][..], Node::items);
    let mut findings = Vec::new();
    if let Some(dose) = own.filter(|_| is_complete(page) && !is_as_advised(page)) {
        findings.extend(incomplete(page, dose, &Dose::from_node(&dose.value)));
    }
    if is_published(page) {
        findings.extend(items.iter().filter_map(|item| item_incomplete(site, page, item)));
    }
    findings
}

fn is_as_advised(exercise: &Page) -> bool {
    exercise.is_set("as_advised")
}

fn incomplete(page: &Page, entry: &Entry, dose: &Dose) -> Option<Diagnostic> {
    if dose.is_complete() || AMOUNTS.iter().any(|key| is_unreadable(&entry.value, key)) {
        return None;
    }
    let message = "the dose does not say how much to do";
    let finding = Diagnostic::new(Rule::DoseIncomplete, page.place(entry.key_span), message);
    Some(finding.help("give it `reps`, how many times, or `duration`, how long"))
}

/// Whether the field is there and can't be read, which its own finding says.
fn is_unreadable(dose: &Node, key: &str) -> bool {
    dose.entry(key).is_some_and(|entry| Amount::from_node(&entry.value).is_none())
}

/// A dose of a plan's item that does not say how much, even with what its page gives.
fn item_incomplete(site: &Site<'_>, plan: &Page, item: &Node) -> Option<Diagnostic> {
    let entry = item.entry("dose").filter(|entry| !entry.value.entries().is_empty())?;
    let id = item.get("ref")?.as_text()?;
    let mut base = Dose::default();
    if let Some(exercise) = site.find("exercise", id) {
        let exercise = site.page(exercise);
        // Where the exercise itself does not say how much, it has a finding of its own, or a clinician fills it in.
        if exercise.intact != Intact::Wholly || is_as_advised(exercise) {
            return None;
        }
        base = exercise.fields.get("dose").map(Dose::from_node).unwrap_or_default();
        if !base.is_complete() {
            return None;
        }
    } else {
        site.find("guidance", id)?;
    }
    incomplete(plan, entry, &base.overlaid(&Dose::from_node(&entry.value)))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check, exercise, plan};

    #[test]
    fn a_dose_says_how_many_times_or_how_long() {
        check(
            &[("content/exercises/squat.md", exercise("Squat", "dose: {sets: 2, hold: 5s}"))],
            &["content/exercises/squat.md `dose`: error[dose-incomplete]: the dose does not say how much \
               to do; give it `reps`, how many times, or `duration`, how long"],
        );
        check(&[("content/exercises/squat.md", exercise("Squat", "dose: {duration: 1min}"))], &[]);
        check(
            &[("content/exercises/squat.md", exercise("Squat", "as_advised: true\ndose: {sets: 2}"))],
            &[
                "content/exercises/squat.md `dose`: error[invalid-value]: an exercise can't have `as_advised` \
               and `dose` together; keep one of them",
            ],
        );
    }

    #[test]
    fn a_dose_that_can_not_be_read_says_no_more() {
        check(
            &[("content/exercises/squat.md", exercise("Squat", "dose: {sets: 2, rep: 5}"))],
            &["content/exercises/squat.md `rep`: error[unknown-field]: `rep` is not a field of `dose`; did \
               you mean `reps`? | write `reps` for `rep`"],
        );
        check(
            &[("content/exercises/squat.md", exercise("Squat", "dose: {sets: 2, reps: many}"))],
            &["content/exercises/squat.md `many`: error[wrong-type]: `reps` needs a whole number or a \
               range, and this is `many`; write a whole number from 1 to 50, or two as `5-10`"],
        );
        check(
            &[("content/exercises/squat.md", exercise("Squat", "dose: five"))],
            &["content/exercises/squat.md `five`: error[wrong-type]: `dose` needs fields of its own, and \
               this is the text `five`; write its fields below it, each on a line of its own: `sets`, \
               `reps`, `hold`, `rest`, `duration`, `times`, `per`, `side` and `effort`"],
        );
    }

    #[test]
    fn times_and_per_belong_together() {
        check(
            &[("content/exercises/squat.md", exercise("Squat", "dose: {reps: 5, times: 3}"))],
            &["content/exercises/squat.md `dose`: error[dose-incomplete]: `dose` needs `per`; add `per`: \
               what `times` counts in"],
        );
        check(
            &[("content/exercises/squat.md", exercise("Squat", "dose: {reps: 5, per: day}"))],
            &["content/exercises/squat.md `dose`: error[dose-incomplete]: `dose` needs `times`; add \
               `times`: how often per day or week, 1 to 10"],
        );
    }

    #[test]
    fn the_dose_of_an_item_is_completed_by_its_exercise() {
        let plan =
            |item: &str| plan("First plan", &format!("conditions: [back]\nphases: [acute]\nitems: [{item}]"));
        check(&[("content/plans/start.md", plan("{ref: squat, dose: {sets: 2}}"))], &[]);
        check(
            &[("content/plans/start.md", plan("{ref: pacing, dose: {sets: 2}}"))],
            &["content/plans/start.md `dose`: error[dose-incomplete]: the dose does not say how much to \
               do; give it `reps`, how many times, or `duration`, how long"],
        );
        check(&[("content/plans/start.md", plan("{ref: pacing, dose: {duration: 10min}}"))], &[]);
        let advised = exercise("Squat", "as_advised: true");
        check(
            &[
                ("content/plans/start.md", plan("{ref: squat, dose: {sets: 2}}")),
                ("content/exercises/squat.md", advised),
            ],
            &[],
        );
        let broken = exercise("Squat", "dose: {sets: 3}");
        check(
            &[
                ("content/plans/start.md", plan("{ref: squat, dose: {sets: 2}}")),
                ("content/exercises/squat.md", broken),
            ],
            &["content/exercises/squat.md `dose`: error[dose-incomplete]: the dose does not say how much \
               to do; give it `reps`, how many times, or `duration`, how long"],
        );
    }
}
