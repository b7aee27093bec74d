//! What keeps patients safe: a safety net that can be printed, emergency cards that can be read, warnings about
//! controlled medicines.

use super::{is_complete, is_published, key_place};
use crate::diagnostic::{Diagnostic, Rule};
use crate::markdown::LinkRole;
use crate::page::{Page, Status};
use crate::site::Site;
use crate::tree::Node;

/// The most signs on a card: more than a person in trouble reads.
const MOST_SIGNS: usize = 9;

/// The cards of a safety net.
const CARDS: [&str; 3] = ["emergency", "urgent", "routine"];

/// The warnings that a controlled medicine needs, and what each is about.
const WARNINGS: [(&str, &str); 4] = [
    ("driving", "driving and machines"),
    ("alcohol", "alcohol"),
    ("pregnancy", "pregnancy and breastfeeding"),
    ("dependence", "dependence"),
];

pub(super) fn check(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    match &*page.key.kind {
        "condition" => retired_net(site, page).into_iter().collect(),
        "safety-net" => CARDS.iter().flat_map(|card| check_card(page, card)).collect(),
        "medicine" => missing_warnings(page),
        _ => Vec::new(),
    }
}

/// A safety net that was taken back, so that handouts would print none. A missing one is found by the kind's schema,
/// a draft by the check of references.
fn retired_net(site: &Site<'_>, condition: &Page) -> Option<Diagnostic> {
    let node = condition.fields.get("safety_net")?;
    let net = site.page(site.find("safety-net", node.as_text()?)?);
    if net.status != Status::Retired || !is_published(condition) {
        return None;
    }
    let message = format!("the safety net `{}` is retired, so handouts of this condition would print none", net.title());
    let finding = Diagnostic::new(Rule::SafetyNetMissing, condition.place(node.span), message);
    let finding = finding.related("retired here", net.field_place("status"));
    let successor = net.fields.get("retired").and_then(|retired| retired.get("replaced_by")).and_then(Node::as_text);
    match successor.and_then(|id| site.find("safety-net", id)) {
        Some(successor) => {
            let id = &site.page(successor).key.id;
            Some(finding.help(format!("`{id}` replaces it")).fix(node.span, &**id))
        }
        None => Some(finding.help("name another safety net")),
    }
}

fn check_card(page: &Page, card: &str) -> Vec<Diagnostic> {
    let signs = page.fields.get(card).map_or(&[][..], Node::items);
    let mut findings = Vec::new();
    if let Some(first) = signs.get(MOST_SIGNS) {
        let message = format!("the card `{card}` has {} signs, and at most {MOST_SIGNS} can be taken in", signs.len());
        let finding = Diagnostic::new(Rule::EmergencyCardTooLong, page.place(first.span), message);
        findings.push(finding.help("join signs that belong together, or leave out what does not change what to do"));
    }
    if card == "emergency" {
        for body in signs.iter().filter_map(|sign| page.inline(sign)) {
            let links = body.links.iter().filter(|link| link.role == LinkRole::Link).map(|link| link.span);
            for span in links.chain(body.citations.iter().map(|citation| citation.span)) {
                let message = "a sign of an emergency leads away from the card";
                let finding = Diagnostic::new(Rule::EmergencyCardHasLink, page.place(span), message);
                findings.push(finding.help("write words alone, and put links and citations into the page's text"));
            }
        }
    }
    findings
}

fn missing_warnings(page: &Page) -> Vec<Diagnostic> {
    let status = page.fields.get("legal_status").filter(|status| status.as_text() == Some("controlled"));
    let Some(status) = status.filter(|_| is_complete(page)) else { return Vec::new() };
    let warnings = page.fields.get("warnings");
    let absent = WARNINGS.iter().filter(|(key, _)| warnings.and_then(|warnings| warnings.get(key)).is_none());
    let finding = |(key, subject): &(&str, &str)| {
        let message = format!("a controlled medicine needs a warning about {subject}");
        let finding = Diagnostic::new(Rule::MedicineWarningMissing, key_place(page, "warnings"), message);
        finding.help(format!("write it as `{key}` under `warnings`")).related("controlled", page.place(status.span))
    };
    absent.map(finding).collect()
}
