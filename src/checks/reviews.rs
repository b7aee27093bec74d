//! Reviews: who did them, when they were, and when the next one is due.

use super::is_published;
use crate::clinical::{Date, Interval};
use crate::diagnostic::{Diagnostic, Place, Rule, Severity};
use crate::page::Page;
use crate::schema::Register;
use crate::site::Site;
use crate::tree::Node;

/// The days after which a late review can wait no longer.
const TOO_LATE: i64 = 90;

/// Dates of things that have happened and lie in the future.
pub(super) fn check_dates(page: &Page, today: Date) -> Vec<Diagnostic> {
    let fields = &page.fields;
    let changes = fields.get("changes").map_or(&[][..], Node::items).iter().filter_map(|change| change.get("date"));
    let retired = fields.get("retired").and_then(|retired| retired.get("on"));
    let dates = fields.get("last_reviewed").into_iter().chain(changes).chain(retired);
    let is_later = |node: &&Node| date(node).is_some_and(|date| date > today);
    let finding = |node: &Node| {
        let message = format!("`{}` lies in the future", node.as_text().unwrap_or_default());
        let finding = Diagnostic::new(Rule::DateInFuture, page.place(node.span), message);
        finding.help(format!("write the day on which it happened; today is {today}"))
    };
    dates.filter(is_later).map(finding).collect()
}

fn date(node: &Node) -> Option<Date> {
    Date::parse(node.as_text()?).ok()
}

pub(super) fn check(site: &Site<'_>, page: &Page, today: Date) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = reviewers(site, page);
    findings.extend(due(site, page, today));
    findings
}

fn reviewers(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let registers = site.context.registers;
    let mut findings = Vec::new();
    for (id, span) in page.ids("reviewed_by") {
        if let Some((_, author)) = page.ids("authors").find(|(author, _)| *author == id) {
            let message = format!("`{id}` reviews a page of their own");
            let finding = Diagnostic::new(Rule::ReviewerIsAuthor, page.place(span), message);
            let finding = finding.help("have somebody else review it");
            findings.push(finding.related("an author of the page", page.place(author)));
        }
        if let Some(person) = registers.person(id).filter(|person| !person.active) {
            let message = format!("the reviewer `{}` is no longer active", person.name);
            let finding = Diagnostic::new(Rule::ReviewerInactive, page.place(span), message);
            let finding = finding.help("have somebody who is active review the page");
            let entry = Place::new(registers.path(Register::People), person.span);
            findings.push(finding.related("the entry of the register", entry));
        }
    }
    findings
}

/// A review that is overdue or falls due soon.
fn due(site: &Site<'_>, page: &Page, today: Date) -> Option<Diagnostic> {
    let settings = &site.context.config.review;
    let node = page.fields.get("last_reviewed").filter(|_| is_published(page))?;
    let every = match page.fields.get("review_every") {
        Some(every) => Interval::parse(every.as_text()?)?,
        None => settings.every,
    };
    let due = date(node)?.after(every);
    let days = today.days_since(due);
    let place = page.place(node.span);
    let help = "review the page, and write the day and the reviewers into it";
    if days > 0 {
        let message = format!("the review fell due on {due}, {days} {} ago", if days == 1 { "day" } else { "days" });
        let finding = Diagnostic::new(Rule::ReviewOverdue, place, message).help(help);
        return Some(if days > TOO_LATE { finding.severity(Severity::Error) } else { finding });
    }
    if today.after(settings.soon) < due {
        return None;
    }
    let message = format!("the next review falls due on {due}");
    Some(Diagnostic::new(Rule::ReviewDueSoon, place, message).help(help))
}
