//! Doses of exercises: whether they say how much, and whether their ranges run upwards.

use super::{is_complete, is_published};
use crate::clinical::{Amount, Dose, Unit};
use crate::diagnostic::{Diagnostic, Rule};
use crate::page::{Intact, Page};
use crate::site::Site;
use crate::source::Span;
use crate::tree::{Entry, Node};

/// The fields of a dose that can hold a range.
const AMOUNTS: [&str; 5] = ["sets", "reps", "hold", "rest", "duration"];

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let own = page.fields.entry("dose").filter(|_| &*page.key.kind == "exercise");
    let items = page.fields.get("items").filter(|_| &*page.key.kind == "plan").map_or(&[][..], Node::items);
    let doses = || own.into_iter().chain(items.iter().filter_map(|item| item.entry("dose")));
    let mut findings: Vec<Diagnostic> = doses()
        .flat_map(|dose| AMOUNTS.iter().filter_map(|key| dose.value.get(key)))
        .filter_map(|node| backwards(page, node))
        .collect();
    if let Some(dose) = own.filter(|_| is_complete(page) && !is_as_advised(page)) {
        findings.extend(incomplete(page, dose, &Dose::from_node(&dose.value)));
    }
    if is_published(page) {
        findings.extend(items.iter().filter_map(|item| item_incomplete(site, page, item)));
    }
    findings
}

fn is_as_advised(exercise: &Page) -> bool {
    exercise.fields.get("as_advised").and_then(Node::as_bool) == Some(true)
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

/// A range that runs from more to less.
fn backwards(page: &Page, node: &Node) -> Option<Diagnostic> {
    let Amount { range, unit } = Amount::from_node(node).filter(|amount| amount.range.is_backwards())?;
    let unit = match unit {
        None => "",
        Some(Unit::Seconds) => "s",
        Some(Unit::Minutes) => "min",
    };
    let written = node.as_text()?;
    let right = format!("{}-{}{unit}", range.high, range.low);
    let message = format!("`{written}` runs from more to less");
    let finding = Diagnostic::new(Rule::OutOfRange, page.place(node.span), message);
    let finding = finding.help(format!("did you mean `{right}`?"));
    // Quotes stay as they are.
    match node.span.of(&page.source.text).find(written) {
        Some(at) => {
            let start = node.span.start as usize + at;
            Some(finding.fix(Span::new(start, start + written.len()), right))
        }
        None => Some(finding),
    }
}
