//! Exceptions: whether their rules can be waived, whether they still hold, and whether anything comes under them.

use super::Waiver;
use crate::clinical::Date;
use crate::diagnostic::{Applicability, Diagnostic, Level, Place, Rule};
use crate::page::{Intact, Page, Status};
use crate::site::Site;
use crate::suggest::closest;
use crate::tree::Node;
use std::collections::BTreeSet;

/// The rule that `name` means: the one of this name, or the one that it is a misspelling of.
pub fn rule_meant(name: &str) -> Option<Rule> {
    let configurable = || Rule::ALL.iter().filter(|rule| rule.is_configurable()).map(|rule| rule.name());
    Rule::from_name(name).or_else(|| Rule::from_name(closest(name, configurable())?))
}

/// Rules of which an exception may be made in advance: they will find something on a day that is known, or beside the
/// release before.
const IN_ADVANCE: [Rule; 4] =
    [Rule::ReviewOverdue, Rule::ReviewDueSoon, Rule::SourceExpired, Rule::VersionNotRaised];

/// Rules that keep quiet while a page of the site can't be understood.
const OF_WHOLE_SITES: [Rule; 4] = [Rule::OrphanPage, Rule::UnusedTerm, Rule::UnusedSource, Rule::UnusedFile];

/// Exceptions of published pages that hold on the day `today` and of which no use was made: all but those in `used`.
pub(super) fn unused(site: &Site<'_>, used: &[Waiver], today: Date) -> Vec<Diagnostic> {
    let used: BTreeSet<&Place> = used.iter().map(|waiver| &waiver.place).collect();
    let pages = site.all().into_iter().map(|id| site.page(id));
    let pages = pages.filter(|page| page.status == Status::Published && page.intact == Intact::Wholly);
    let waivers = pages.flat_map(|page| {
        let waivers = page.fields.get("waive").map_or(&[][..], Node::items);
        waivers.iter().map(move |waiver| (page, waiver))
    });
    let is_needed = |rule: Rule| {
        IN_ADVANCE.contains(&rule)
            || site.context.config.level(rule) == Level::Allow
            || (OF_WHOLE_SITES.contains(&rule) && !site.is_intact())
    };
    let finding = |(page, waiver): (&std::sync::Arc<Page>, &Node)| {
        let node = waiver.get("rule")?;
        let name = node.as_text()?;
        let place = page.place(node.span);
        let until = waiver.get("until").and_then(Node::as_text).and_then(|until| Date::parse(until).ok())?;
        let rule = Rule::from_name(name).filter(|rule| rule.is_configurable() && !is_needed(*rule))?;
        if until < today || used.contains(&place) {
            return None;
        }
        let message = format!("`{}` finds nothing on this page", rule.name());
        let finding = Diagnostic::new(Rule::WaiverUnused, place, message);
        Some(finding.help("take the exception out: it would hide what the rule finds later on"))
    };
    waivers.filter_map(finding).collect()
}

pub(super) fn check(page: &Page, today: Date) -> Vec<Diagnostic> {
    let waivers = page.fields.get("waive").map_or(&[][..], Node::items);
    waivers
        .iter()
        .flat_map(|waiver| [bad_rule(page, waiver), expired(page, waiver, today)])
        .flatten()
        .collect()
}

fn bad_rule(page: &Page, waiver: &Node) -> Option<Diagnostic> {
    let node = waiver.get("rule")?;
    let name = node.as_text()?;
    let finding = |message: String| Diagnostic::new(Rule::InvalidValue, page.place(node.span), message);
    let Some(rule) = Rule::from_name(name) else {
        if let Some(inside) = node.span.find(name, &page.source.text)
            && let Some(rule) = Rule::from_name(name.trim())
        {
            let finding = finding(format!("the name `{name}` has blanks around it"));
            let finding = finding.help(format!("write `{}`, without them", rule.name()));
            return Some(finding.fix(inside, rule.name(), Applicability::Safe));
        }
        let finding = finding(format!("there is no rule `{name}`"));
        return Some(match rule_meant(name).map(Rule::name) {
            Some(right) if node.span.of(&page.source.text) == name => finding
                .help(format!("did you mean `{right}`?"))
                .fix(node.span, right, Applicability::MaybeIncorrect),
            Some(right) => finding.help(format!("did you mean `{right}`?")),
            None => finding.help("the name of a rule stands in square brackets before its message"),
        });
    };
    if rule.is_configurable() {
        return None;
    }
    Some(
        finding(format!("`{name}` can't be waived"))
            .help("take the exception out, and mend what the rule finds"),
    )
}

fn expired(page: &Page, waiver: &Node, today: Date) -> Option<Diagnostic> {
    let node = waiver.get("until")?;
    let until = Date::parse(node.as_text()?).ok().filter(|until| *until < today)?;
    let rule = waiver.get("rule").and_then(Node::as_text)?;
    let message = format!("the exception to `{rule}` ran out on {until}");
    let finding = Diagnostic::new(Rule::WaiverExpired, page.place(node.span), message);
    Some(finding.help("mend what the rule finds and take the exception out, or agree on a new day"))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check as check_site, page, run, settings};

    fn waived(waivers: &str) -> String {
        page(
            "Pacing",
            &format!(
                "conditions: [back]\nsources: [nice]\nreviewed_by: [bob]\nlast_reviewed: 2020-01-01\nwaive: [{waivers}]"
            ),
            "",
        )
    }

    #[track_caller]
    fn check(waivers: &str, expected: &[&str]) {
        check_site(&[("content/guidance/pacing.md", waived(waivers))], expected);
    }

    #[test]
    fn an_exception_holds_up_to_its_last_day() {
        let until =
            |day: &str| format!("{{rule: review-overdue, reason: Bob is ill., by: ann, until: {day}}}");
        check(&until("2026-06-15"), &[]);
        check(
            &until("2026-06-14"),
            &["content/guidance/pacing.md `2026-06-14`: error[waiver-expired]: the exception to \
               `review-overdue` ran out on 2026-06-14; mend what the rule finds and take the exception out, or \
               agree on a new day | waived up to that day: the review fell due on 2023-01-01, 1261 days ago: \
               content/guidance/pacing.md `2020-01-01`"],
        );
        let (_, waivers) = run(&[("content/guidance/pacing.md", waived(&until("2026-06-15")))]);
        assert_eq!(
            waivers,
            ["content/guidance/pacing.md: `review-overdue` is waived by `ann` until 2026-06-15 (1 \
              finding): Bob is ill."]
        );
    }

    #[test]
    fn an_exception_without_a_readable_end_has_one_finding() {
        check(
            "{rule: review-overdue, reason: Bob is ill., by: ann, until: soon}",
            &["content/guidance/pacing.md `soon`: error[date-not-iso]: `until` is not a date as year, \
               month and day: `soon`; write your day as year, month and day, as in `2026-03-31`"],
        );
    }

    #[test]
    fn only_rules_that_a_site_can_set_can_be_waived() {
        check(
            "{rule: review-overdu, reason: Ill., by: ann, until: 2027-01-01}",
            &["content/guidance/pacing.md `review-overdu`: error[invalid-value]: there is no rule \
               `review-overdu`; did you mean `review-overdue`? | write `review-overdue` for `review-overdu`"],
        );
        check(
            "{rule: missing-field, reason: Ill., by: ann, until: 2027-01-01}",
            &[
                "content/guidance/pacing.md `2020-01-01`: error[review-overdue]: the review fell due on \
                 2023-01-01, 1261 days ago; review the page, and write the day and the reviewers into it",
                "content/guidance/pacing.md `missing-field`: error[invalid-value]: `missing-field` can't \
                 be waived; take the exception out, and mend what the rule finds",
            ],
        );
    }

    #[test]
    fn levels_of_the_settings_come_before_exceptions() {
        let with = |level: &str| settings(&format!("[rules]\nreview-overdue = \"{level}\"\n"));
        let late = page(
            "Pacing",
            "conditions: [back]\nsources: [nice]\nreviewed_by: [bob]\nlast_reviewed: 2020-01-01",
            "",
        );
        check_site(
            &[("content/guidance/pacing.md", late.clone()), ("site.toml", with("note"))],
            &["content/guidance/pacing.md `2020-01-01`: note[review-overdue]: the review fell due on \
               2023-01-01, 1261 days ago; review the page, and write the day and the reviewers into it"],
        );
        check_site(&[("content/guidance/pacing.md", late.clone()), ("site.toml", with("allow"))], &[]);
        check_site(
            &[("content/guidance/pacing.md", late), ("site.toml", with("warn"))],
            &["content/guidance/pacing.md `2020-01-01`: warning[review-overdue]: the review fell due on \
               2023-01-01, 1261 days ago; review the page, and write the day and the reviewers into it"],
        );
    }
}
