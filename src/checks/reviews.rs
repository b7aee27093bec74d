//! Reviews: who did them, when they were, and when the next one is due.

use super::{is_published, is_told};
use crate::clinical::{Date, Interval};
use crate::diagnostic::{Diagnostic, Place, Rule, Severity};
use crate::page::Page;
use crate::register::{Person, Role};
use crate::schema::Register;
use crate::site::Site;
use crate::tree::Node;

/// The days after which a late review can wait no longer.
const TOO_LATE: i64 = 90;

/// The most reviewers that a message names.
const MOST: usize = 3;

/// Dates of things that have happened and lie in the future.
pub(super) fn check_dates(page: &Page, today: Date) -> Vec<Diagnostic> {
    let fields = &page.fields;
    let changes =
        fields.get("changes").map_or(&[][..], Node::items).iter().filter_map(|change| change.get("date"));
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
    findings.extend(not_clinical(site, page));
    let due = due(site, page, today);
    // A page that is overdue is reviewed with all that has changed in it.
    let is_overdue = due.as_ref().is_some_and(|finding| finding.rule == Rule::ReviewOverdue);
    if !is_overdue || !is_told(site, page, Rule::ReviewOverdue) {
        findings.extend(changed(page, today));
    }
    findings.extend(due);
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

/// Reviewers of whom none has clinical training, so that nobody has judged whether the page is right.
fn not_clinical(site: &Site<'_>, page: &Page) -> Option<Diagnostic> {
    let registers = site.context.registers;
    let list = page.fields.get("reviewed_by").filter(|_| is_published(page))?;
    let ids: Vec<&str> = page.ids("reviewed_by").map(|(id, _)| id).collect();
    let is_author = |id: &&str| page.ids("authors").any(|(author, _)| author == *id);
    // Of what can't be read, somebody with clinical training may be a part.
    if ids.is_empty()
        || (!list.items().is_empty() && list.items().len() != ids.len())
        || !registers.is_intact(Register::People)
        || (ids.iter().all(is_author) && is_told(site, page, Rule::ReviewerIsAuthor))
    {
        return None;
    }
    let person = |id: &&str| registers.person(id).and_then(|person| Some((person, person.role?)));
    let reviewers: Vec<(&Person, Role)> = ids.iter().map(person).collect::<Option<_>>()?;
    if reviewers.iter().any(|(_, role)| role.is_clinical()) {
        return None;
    }
    // Every role that is not clinical begins with a vowel.
    let roles = reviewers
        .iter()
        .take(MOST)
        .map(|(person, role)| format!("`{}` is an `{}`", person.name, role.name()));
    let mut roles: Vec<String> = roles.collect();
    if reviewers.len() > MOST {
        roles.push(format!("and so on for {} more", reviewers.len() - MOST));
    }
    let span = if let [only] = list.items() { only.span } else { list.span };
    let message = format!("nobody with clinical training has reviewed the page: {}", roles.join(", "));
    let finding = Diagnostic::new(Rule::ReviewerNotClinical, page.place(span), message);
    let finding = finding.help(
        "have a clinician, pharmacist or prescriber review it, and add their id; if a `role` is wrong, mend it in \
         the register of people",
    );
    Some(reviewers.iter().take(MOST).fold(finding, |finding, (person, _)| {
        let entry = Place::new(registers.path(Register::People), person.span);
        finding.related("the entry of the register", entry)
    }))
}

/// Advice that has changed since the last review, at the last such change. A day in the future is told as that.
fn changed(page: &Page, today: Date) -> Option<Diagnostic> {
    let reviewed = page.fields.get("last_reviewed").filter(|_| is_published(page))?;
    let late = page.changes_since_review().filter(|(_, day)| *day <= today);
    let (node, day) = late.max_by_key(|(_, day)| *day)?;
    let message = format!("the advice changed on {day}, and nobody has reviewed the page since");
    let finding = Diagnostic::new(Rule::ChangedSinceReview, page.place(node.span), message);
    let finding = finding.help(
        "have the page reviewed, and write the day into `last_reviewed`; if only words changed, write `significance: \
         editorial`",
    );
    Some(finding.related("the last review", page.place(reviewed.span)))
}

/// The day on which the next review falls due, as far as it can be read.
pub(super) fn next(site: &Site<'_>, page: &Page) -> Option<Date> {
    let config = site.context.config;
    let every = match page.fields.get("review_every") {
        Some(every) => Interval::parse(every.as_text()?)?,
        // Settings that can't be read wholly may have said something else.
        None if !config.is_certain("review") => return None,
        None => config.review.every,
    };
    Some(page.last_reviewed()?.after(every))
}

/// A review that is overdue or falls due soon.
fn due(site: &Site<'_>, page: &Page, today: Date) -> Option<Diagnostic> {
    let config = site.context.config;
    let node = page.fields.get("last_reviewed").filter(|_| is_published(page))?;
    let due = next(site, page)?;
    let days = today.days_since(due);
    let place = page.place(node.span);
    let help = "review the page, and write the day and the reviewers into it";
    if days > 0 {
        let message =
            format!("the review fell due on {due}, {days} {} ago", if days == 1 { "day" } else { "days" });
        let finding = Diagnostic::new(Rule::ReviewOverdue, place, message).help(help);
        return Some(if days > TOO_LATE { finding.severity(Severity::Error) } else { finding });
    }
    if today.after(config.review.soon) < due {
        return None;
    }
    let message = format!("the next review falls due on {due}");
    Some(Diagnostic::new(Rule::ReviewDueSoon, place, message).help(help))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check as check_site, page};

    fn reviewed(fields: &str) -> String {
        page("Pacing", &format!("conditions: [back]\nsources: [nice]\n{fields}"), "")
    }

    #[track_caller]
    fn check(fields: &str, expected: &[&str]) {
        check_site(&[("content/guidance/pacing.md", reviewed(fields))], expected);
    }

    #[test]
    fn nobody_reviews_a_page_of_their_own() {
        check(
            "reviewed_by: [bob, ann]\nlast_reviewed: 2026-01-01",
            &["content/guidance/pacing.md `ann`: error[reviewer-is-author]: `ann` reviews a page of their \
               own; have somebody else review it | an author of the page: content/guidance/pacing.md `ann`"],
        );
    }

    #[test]
    fn a_reviewer_is_active() {
        check(
            "reviewed_by: [eve]\nlast_reviewed: 2026-01-01",
            &["content/guidance/pacing.md `eve`: warning[reviewer-inactive]: the reviewer `Eve` is no \
               longer active; have somebody who is active review the page | the entry of the register: \
               content/people.yml `eve`"],
        );
    }

    #[test]
    fn what_has_happened_does_not_lie_in_the_future() {
        check(
            "version: 1.1\nreviewed_by: [bob]\nlast_reviewed: 2026-06-16\nchanges: [{date: 2026-07-01, version: 1.1, summary: New., significance: editorial}]",
            &[
                "content/guidance/pacing.md `2026-06-16`: error[date-in-future]: `2026-06-16` lies in the \
                 future; write the day on which it happened; today is 2026-06-15",
                "content/guidance/pacing.md `2026-07-01`: error[date-in-future]: `2026-07-01` lies in the \
                 future; write the day on which it happened; today is 2026-06-15",
            ],
        );
        check("reviewed_by: [bob]\nlast_reviewed: 2026-06-15", &[]);
        let retired = reviewed("retired: {on: 2027-01-01, reason: Old.}").replace("published", "retired");
        check_site(
            &[("content/guidance/pacing.md", retired)],
            &["content/guidance/pacing.md `2027-01-01`: error[date-in-future]: `2027-01-01` lies in the \
               future; write the day on which it happened; today is 2026-06-15"],
        );
    }

    #[test]
    fn a_review_falls_due_on_its_day_and_is_late_the_day_after() {
        check(
            "reviewed_by: [bob]\nlast_reviewed: 2023-06-15",
            &["content/guidance/pacing.md `2023-06-15`: note[review-due-soon]: the next review falls due \
               on 2026-06-15; review the page, and write the day and the reviewers into it"],
        );
        check(
            "reviewed_by: [bob]\nlast_reviewed: 2023-06-14",
            &["content/guidance/pacing.md `2023-06-14`: warning[review-overdue]: the review fell due on \
               2026-06-14, 1 day ago; review the page, and write the day and the reviewers into it"],
        );
        check(
            "reviewed_by: [bob]\nlast_reviewed: 2023-03-17",
            &["content/guidance/pacing.md `2023-03-17`: warning[review-overdue]: the review fell due on \
               2026-03-17, 90 days ago; review the page, and write the day and the reviewers into it"],
        );
        check(
            "reviewed_by: [bob]\nlast_reviewed: 2023-03-16",
            &["content/guidance/pacing.md `2023-03-16`: error[review-overdue]: the review fell due on \
               2026-03-16, 91 days ago; review the page, and write the day and the reviewers into it"],
        );
    }

    #[test]
    fn a_review_is_soon_due_from_ninety_days_before() {
        check(
            "reviewed_by: [bob]\nlast_reviewed: 2023-09-13",
            &["content/guidance/pacing.md `2023-09-13`: note[review-due-soon]: the next review falls due \
               on 2026-09-13; review the page, and write the day and the reviewers into it"],
        );
        check("reviewed_by: [bob]\nlast_reviewed: 2023-09-14", &[]);
    }

    #[test]
    fn a_page_can_ask_for_reviews_more_often() {
        check(
            "reviewed_by: [bob]\nlast_reviewed: 2026-01-01\nreview_every: P3M",
            &["content/guidance/pacing.md `2026-01-01`: warning[review-overdue]: the review fell due on \
               2026-04-01, 75 days ago; review the page, and write the day and the reviewers into it"],
        );
        check(
            "reviewed_by: [bob]\nlast_reviewed: 2020-01-01\nreview_every: often",
            &["content/guidance/pacing.md `often`: error[invalid-value]: `review_every` needs a time span, \
               and this is `often`; write a number and `Y`, `M`, `W` or `D`: `P3Y` is three years, `P90D` \
               is 90 days"],
        );
    }

    #[test]
    fn a_draft_and_a_retired_page_are_never_overdue() {
        let draft = reviewed("reviewed_by: [bob]\nlast_reviewed: 2020-01-01").replace("published", "draft");
        check_site(&[("content/guidance/pacing.md", draft)], &[]);
        let retired = reviewed(
            "reviewed_by: [bob]\nlast_reviewed: 2020-01-01\nretired: {on: 2026-01-01, reason: Old.}",
        )
        .replace("published", "retired");
        check_site(&[("content/guidance/pacing.md", retired)], &[]);
    }
}
