//! Advice where something stands in place of an id that can't be one for its type: what the ids of this site are.

use std::collections::HashMap;

use super::Site;
use super::references::{Found, found, names};
use crate::diagnostic::{Applicability, Diagnostic, Place, Rule};
use crate::page::Page;
use crate::schema::{Reference, Register, Target};
use crate::tree::Node;

/// The most ids that an advice lists.
const MOST_IDS: usize = 12;

/// Gives those of `findings` better advice that are about a value in place of an id: the id that is near to it, or the
/// ids that there are.
pub fn advise(site: &Site<'_>, findings: &mut [Diagnostic]) {
    let mut meant: HashMap<Place, (&Page, &Reference)> = HashMap::new();
    for page in &site.pages {
        meant.extend(page.meant.iter().map(|reference| (page.place(reference.span), (&**page, reference))));
    }
    if meant.is_empty() {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| finding.rule == Rule::WrongType) {
        if let Some((page, reference)) = meant.get(&finding.place) {
            advise_on(site, page, reference, finding);
        }
    }
}

fn advise_on(site: &Site<'_>, page: &Page, reference: &Reference, finding: &mut Diagnostic) {
    let help = finding.help.as_deref().unwrap_or("");
    let is_for_list = help.starts_with("put it in brackets");
    if !is_for_list && !help.starts_with("put it in quotes") {
        return;
    }
    let written: Vec<&str> = match is_for_list {
        true => reference.id.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
        false => vec![&*reference.id],
    };
    let ids: Vec<Option<&str>> = written.iter().map(|part| id(site, &reference.targets, part)).collect();
    if ids.iter().zip(&written).all(|(id, part)| *id == Some(part)) {
        return;
    }
    let is_plain = reference.span.of(&page.source.text) == &*reference.id;
    if let Some(ids) = ids.into_iter().collect::<Option<Vec<&str>>>().filter(|ids| !ids.is_empty()) {
        let ids = ids.join(", ");
        let text = if is_for_list { format!("[{ids}]") } else { ids };
        finding.help = Some(if is_for_list {
            format!("put the id in brackets: `{text}`")
        } else {
            format!("did you mean `{text}`?")
        });
        finding.fix = None;
        if is_plain {
            *finding = finding.clone().fix(reference.span, text, Applicability::MaybeIncorrect);
        }
        return;
    }
    let all = all(site, &reference.targets);
    if !all.is_empty() && all.len() <= MOST_IDS {
        let all: Vec<String> = all.iter().map(|id| format!("`{id}`")).collect();
        let brackets = if is_for_list { ", in brackets" } else { "" };
        let what = names(site, &reference.targets).join(" or ");
        finding.help = Some(format!("write the id of {what}{brackets}: {}", all.join(", ")));
        finding.fix = None;
    }
}

/// The id among those of `targets` that is meant by `text`: it, the one whose title or name it is, or the nearest.
fn id<'s>(site: &'s Site<'_>, targets: &[Target], text: &'s str) -> Option<&'s str> {
    if found(site, targets, text).is_some_and(|found| matches!(found, Found::Page(_) | Found::Entry)) {
        return Some(text);
    }
    titled(site, targets, text).or_else(|| site.nearest().target(targets, text))
}

/// The id of the page or the entry that is called `text`.
fn titled<'s>(site: &'s Site<'_>, targets: &[Target], text: &str) -> Option<&'s str> {
    let text = text.to_lowercase();
    let registers = site.context.registers;
    targets.iter().find_map(|target| match target {
        Target::Kind(kind) => site
            .pages
            .iter()
            .filter(|page| *page.key.kind == **kind)
            .find(|page| {
                page.fields
                    .get("title")
                    .and_then(Node::as_text)
                    .is_some_and(|title| title.to_lowercase() == text)
            })
            .map(|page| &*page.key.id),
        Target::Register(register) => registers.ids(*register).find(|id| {
            let name = match register {
                Register::People => registers.person(id).map(|person| &person.name),
                Register::Caution => registers.caution(id).map(|caution| &caution.name),
                Register::Source => registers.source(id).map(|source| &source.title),
            };
            name.is_some_and(|name| name.to_lowercase() == text)
        }),
    })
}

/// The ids that one of `targets` can have.
fn all<'s>(site: &'s Site<'_>, targets: &[Target]) -> Vec<&'s str> {
    let of = |target: &Target| -> Vec<&'s str> {
        match target {
            Target::Kind(kind) => {
                let pages = site.pages.iter().filter(|page| *page.key.kind == **kind);
                pages.map(|page| &*page.key.id).collect()
            }
            Target::Register(register) => site.context.registers.ids(*register).collect(),
        }
    };
    targets.iter().flat_map(of).collect()
}
