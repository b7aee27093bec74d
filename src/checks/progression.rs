//! From easier to harder exercises: nothing leads back to where it began, and a page says when to go on.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_complete, key_place};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::page::{Page, Status};
use crate::site::{PageId, Site};

/// A step from an exercise to a harder one.
struct Step {
    to: PageId,
    /// The id that says so: in `harder` of the one, or in `easier` of the other.
    place: Place,
}

/// How far the walk has come with an exercise.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// It lies on the way from the start to here.
    OnTheWay,
    /// All that is harder was seen.
    Done,
}

/// The most places that explain one circle.
const MOST_RELATED: usize = 9;

pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    let steps = steps(site);
    let mut visits: BTreeMap<PageId, Visit> = BTreeMap::new();
    let mut findings = Vec::new();
    for start in steps.keys() {
        if visits.contains_key(start) {
            continue;
        }
        visits.insert(*start, Visit::OnTheWay);
        // The way from the start to here: each exercise, and how many of its steps were taken. A stack of our own,
        // since a chain of exercises can be longer than the program's.
        let mut way: Vec<(PageId, usize)> = vec![(*start, 0)];
        while let Some((here, taken)) = way.last_mut() {
            let Some(step) = steps.get(here).and_then(|steps| steps.get(*taken)) else {
                visits.insert(*here, Visit::Done);
                way.pop();
                continue;
            };
            *taken += 1;
            match visits.get(&step.to) {
                None => {
                    visits.insert(step.to, Visit::OnTheWay);
                    way.push((step.to, 0));
                }
                Some(Visit::OnTheWay) => findings.push(circle(site, &steps, &way, step)),
                Some(Visit::Done) => {}
            }
        }
    }
    findings
}

/// Every step, by the exercise that it starts from. Each stands once, however often it is written.
fn steps(site: &Site<'_>) -> BTreeMap<PageId, Vec<Step>> {
    let mut steps: BTreeMap<PageId, Vec<Step>> = BTreeMap::new();
    let mut known: BTreeSet<(PageId, PageId)> = BTreeSet::new();
    for key in ["harder", "easier"] {
        for id in site.all() {
            let page = site.page(id);
            if &*page.key.kind != "exercise" || page.status == Status::Retired {
                continue;
            }
            for (name, span) in page.ids(key) {
                let Some(other) = site.find("exercise", name) else { continue };
                let (from, to) = if key == "harder" { (id, other) } else { (other, id) };
                if site.page(other).status != Status::Retired && known.insert((from, to)) {
                    steps.entry(from).or_default().push(Step { to, place: page.place(span) });
                }
            }
        }
    }
    steps
}

/// The finding about the circle that `last` closes: `way` leads from its end to its start.
fn circle(
    site: &Site<'_>,
    steps: &BTreeMap<PageId, Vec<Step>>,
    way: &[(PageId, usize)],
    last: &Step,
) -> Diagnostic {
    let title = |id: PageId| site.page(id).title();
    let start = way.iter().position(|(id, _)| *id == last.to).unwrap_or(0);
    let circle = way.get(start..).unwrap_or_default();
    if let [(only, _)] = circle {
        let message = format!("`{}` is given as harder or easier than itself", title(*only));
        return Diagnostic::new(Rule::ProgressionCycle, last.place.clone(), message).help("take it out");
    }
    let names = circle.iter().take(MOST_RELATED + 1).map(|(id, _)| title(*id));
    let more = if circle.len() > MOST_RELATED + 1 { ", and so on" } else { "" };
    let message = format!("harder exercises lead in a circle: {}{more}", super::list(names, "and"));
    let mut finding = Diagnostic::new(Rule::ProgressionCycle, last.place.clone(), message).help(format!(
        "`{}` can't come after what is harder than it: take one of these steps out",
        title(last.to)
    ));
    // The last exercise of the way goes on with `last`, which is the place of the finding.
    for (id, taken) in circle.iter().take(circle.len() - 1).take(MOST_RELATED) {
        if let Some(step) = taken.checked_sub(1).and_then(|taken| steps.get(id)?.get(taken)) {
            let message = format!("`{}` is harder than `{}`", title(step.to), title(*id));
            finding = finding.related(message, step.place.clone());
        }
    }
    finding
}

/// An exercise with a harder one that does not say when to go on.
pub(super) fn check_page(page: &Page) -> Option<Diagnostic> {
    if &*page.key.kind != "exercise" || !is_complete(page) || page.fields.get("progress_when").is_some() {
        return None;
    }
    page.ids("harder").next()?;
    let message = "the page does not say when it is time for the harder exercise";
    let finding = Diagnostic::new(Rule::ProgressMissing, key_place(page, "harder"), message);
    Some(finding.help("write it in `progress_when`"))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check, exercise, run};
    use proptest::prelude::*;

    fn named(title: &str, fields: &str) -> String {
        exercise(title, &format!("dose: {{reps: 5}}\nprogress_when: It is easy.\n{fields}"))
    }

    #[test]
    fn a_circle_is_found_once_at_the_step_that_closes_it() {
        check(
            &[
                ("content/exercises/a.md", named("A", "harder: [b]")),
                ("content/exercises/b.md", named("B", "harder: [c]")),
                ("content/exercises/c.md", named("C", "harder: [a]")),
            ],
            &["content/exercises/c.md `a`: error[progression-cycle]: harder exercises lead in a circle: \
               `A`, `B` and `C`; `A` can't come after what is harder than it: take one of these steps out \
               | `B` is harder than `A`: content/exercises/a.md `b` | `C` is harder than `B`: \
               content/exercises/b.md `c`"],
        );
    }

    #[test]
    fn easier_is_harder_the_other_way_round() {
        check(
            &[
                ("content/exercises/a.md", named("A", "harder: [b]")),
                ("content/exercises/b.md", named("B", "easier: [a]")),
            ],
            &[],
        );
        check(
            &[
                ("content/exercises/a.md", named("A", "harder: [b]\neasier: [b]")),
                ("content/exercises/b.md", named("B", "")),
            ],
            &["content/exercises/a.md `b`: error[progression-cycle]: harder exercises lead in a circle: \
               `A` and `B`; `A` can't come after what is harder than it: take one of these steps out | `B` \
               is harder than `A`: content/exercises/a.md `b`"],
        );
    }

    #[test]
    fn an_exercise_is_not_harder_than_itself() {
        check(
            &[("content/exercises/a.md", named("A", "harder: [a]"))],
            &["content/exercises/a.md `a`: error[progression-cycle]: `A` is given as harder or easier than \
               itself; take it out"],
        );
    }

    #[test]
    fn two_ways_to_one_exercise_are_no_circle() {
        check(
            &[
                ("content/exercises/a.md", named("A", "harder: [b, c]")),
                ("content/exercises/b.md", named("B", "harder: [d]")),
                ("content/exercises/c.md", named("C", "harder: [d]")),
                ("content/exercises/d.md", named("D", "")),
            ],
            &[],
        );
    }

    #[test]
    fn a_circle_through_a_retired_exercise_is_none() {
        let retired = named("B", "harder: [a]\nretired: {on: 2026-01-01, reason: Old.}")
            .replace("published", "retired");
        check(
            &[("content/exercises/a.md", named("A", "harder: [b]")), ("content/exercises/b.md", retired)],
            &["content/exercises/a.md `b`: warning[reference-to-retired]: `B` is retired; refer to what \
               replaces it, or take the reference out | retired here: content/exercises/b.md `retired`"],
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn there_is_a_finding_exactly_where_no_order_of_the_exercises_fits_all_steps(
            steps in proptest::collection::vec((0..6usize, 0..6usize, any::<bool>()), 0..9),
        ) {
            // A step is written in the easier exercise or in the harder one.
            let ids = |key: &str, mut ids: Vec<usize>| {
                ids.sort_unstable();
                ids.dedup();
                let ids: Vec<String> = ids.iter().map(|id| format!("e{id}")).collect();
                if ids.is_empty() { String::new() } else { format!("{key}: [{}]\n", ids.join(", ")) }
            };
            let fields = |n: usize| {
                let harder = steps.iter().filter(|(from, _, in_harder)| *in_harder && *from == n);
                let easier = steps.iter().filter(|(_, to, in_harder)| !*in_harder && *to == n);
                ids("harder", harder.map(|step| step.1).collect()) + &ids("easier", easier.map(|step| step.0).collect())
            };
            let files: Vec<(String, String)> = (0..6)
                .map(|n| (format!("content/exercises/e{n}.md"), named(&format!("E{n}"), &fields(n))))
                .collect();
            let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let (found, _) = run(&files);
            prop_assert!(found.iter().all(|line| line.contains("progression-cycle")), "{found:?}");
            // An order fits if exercises that nothing is easier than can be taken away until none is left.
            let mut left: Vec<usize> = (0..6).collect();
            while let Some(at) = left.iter().position(|n| {
                !steps.iter().any(|(from, to, _)| to == n && left.contains(from))
            }) {
                left.remove(at);
            }
            prop_assert_eq!(found.is_empty(), left.is_empty(), "{:?}", found);
        }
    }

    #[test]
    fn a_long_chain_takes_no_room_on_the_stack() {
        let names: Vec<String> = (0..3000).map(|n| format!("content/exercises/e{n}.md")).collect();
        let texts: Vec<String> =
            (0..3000).map(|n| named(&format!("E{n}"), &format!("harder: [e{}]", (n + 1) % 3000))).collect();
        let files: Vec<(&str, &str)> =
            names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
        let (found, _) = run(&files);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn an_exercise_with_a_harder_one_should_say_when_to_go_on() {
        check(
            &[
                ("content/exercises/a.md", exercise("A", "dose: {reps: 5}\nharder: [b]")),
                ("content/exercises/b.md", exercise("B", "dose: {reps: 5}")),
            ],
            &["content/exercises/a.md `harder`: note[progress-missing]: the page does not say when it is \
               time for the harder exercise; write it in `progress_when`"],
        );
        let misspelt = exercise("A", "dose: {reps: 5}\nharder: [b]\nprogress_whn: It is easy.");
        check(
            &[
                ("content/exercises/a.md", misspelt),
                ("content/exercises/b.md", exercise("B", "dose: {reps: 5}")),
            ],
            &["content/exercises/a.md `progress_whn`: error[unknown-field]: `progress_whn` is not a field \
               of an exercise; did you mean `progress_when`? | write `progress_when` for `progress_whn`"],
        );
    }
}
