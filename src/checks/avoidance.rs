//! Exercises that are for a condition with which they are to be avoided.

use super::plans::items;
use crate::diagnostic::{Diagnostic, Rule};
use crate::page::{Page, Status};
use crate::site::Site;

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    if &*page.key.kind != "exercise" {
        return Vec::new();
    }
    let both = page.ids("avoid_if").filter_map(|(id, span)| {
        let (_, at) = page.ids("conditions").find(|(other, _)| *other == id)?;
        let condition = site.page(site.find("condition", id)?);
        // A plan that holds the exercise for this condition has the graver finding.
        if is_planned(site, page, id) {
            return None;
        }
        let message = format!(
            "the exercise is for `{}`, and is to be avoided with it: no handout shows it",
            condition.title()
        );
        let finding = Diagnostic::new(Rule::AvoidedCondition, page.place(span), message);
        let finding = finding.help(format!("take `{id}` out of `avoid_if`, or out of `conditions`"));
        Some(finding.related("for it here", page.place(at)))
    });
    both.chain(avoided_or_checked(page)).collect()
}

/// Ids that stand under `avoid_if` and under `check_if`, so that readers hear of both.
fn avoided_or_checked(page: &Page) -> impl Iterator<Item = Diagnostic> {
    page.ids("check_if").filter_map(|(id, span)| {
        let (_, at) = page.ids("avoid_if").find(|(other, _)| *other == id)?;
        let message = format!("`{id}` stands under `avoid_if`, too");
        let finding = Diagnostic::new(Rule::InvalidValue, page.place(span), message);
        let finding =
            finding.help("take it out of `check_if`, if the exercise is to be avoided, or out of `avoid_if`");
        Some(finding.related("to be avoided here", page.place(at)))
    })
}

/// Whether a plan for `condition` holds the exercise `page`.
fn is_planned(site: &Site<'_>, page: &Page, condition: &str) -> bool {
    site.all().into_iter().map(|id| site.page(id)).any(|plan| {
        &*plan.key.kind == "plan"
            && plan.status != Status::Retired
            && plan.ids("conditions").any(|(id, _)| id == condition)
            && items(site, plan).any(|item| site.page(item.page).key == page.key)
    })
}
