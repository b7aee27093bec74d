//! What findings weigh in the end: the levels that the site has set, the exceptions of its pages, and their order.

use std::collections::BTreeMap;
use std::fmt;

use super::waivers::{rule_meant, unused};
use crate::clinical::Date;
use crate::diagnostic::{Diagnostic, Place, Related, Rule};
use crate::page::Page;
use crate::site::Site;
use crate::suggest;
use crate::tree::{Entry, Node, Value};

/// The findings as they are reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What counts, in the order of places.
    pub findings: Vec<Diagnostic>,
    /// The exceptions that were made use of, in the order of places.
    pub waivers: Vec<Waiver>,
}

/// An exception that a page makes, and what would count without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Where the exception names the rule.
    pub place: Place,
    /// The rule.
    pub rule: Rule,
    /// Why it does not hold for the page.
    pub reason: String,
    /// Who answers for that: an id of the register of people.
    pub by: String,
    /// The last day of the exception; none where it can't be read, which a finding says.
    pub until: Option<Date>,
    /// What would count, in the order of places.
    pub findings: Vec<Diagnostic>,
}

impl fmt::Display for Waiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.findings.len();
        let noun = if count == 1 { "finding" } else { "findings" };
        write!(f, "{}: `{}` is waived by `{}`", self.place.path, self.rule.name(), self.by)?;
        if let Some(until) = self.until {
            write!(f, " until {until}")?;
        }
        write!(f, " ({count} {noun}): {}", self.reason)
    }
}

/// Weighs `findings`, which are all that there are, by the settings of the site, and by the exceptions of its pages that
/// hold on the day `today`. An exception that nothing comes under is a finding, too.
pub fn weigh(findings: Vec<Diagnostic>, site: &Site<'_>, today: Date) -> Verdict {
    let Verdict { mut findings, mut waivers } = weigh_some(findings, site, today);
    let unused = weigh_some(unused(site, &waivers, today), site, today);
    if unused != Verdict::default() {
        findings.extend(unused.findings);
        findings = ordered(findings);
        waivers.extend(unused.waivers);
        waivers.sort_by(|a, b| a.place.cmp(&b.place));
    }
    Verdict { findings, waivers }
}

/// As [`weigh`], of some of the findings.
pub(super) fn weigh_some(findings: Vec<Diagnostic>, site: &Site<'_>, today: Date) -> Verdict {
    let mut counted = Vec::with_capacity(findings.len());
    let mut waivers: BTreeMap<Place, Waiver> = BTreeMap::new();
    let expired = findings.iter().filter(|finding| finding.rule == Rule::WaiverExpired);
    // What was waived up to a day that is over is told there: one day that passes is one finding, and an error.
    let mut over: BTreeMap<Place, Vec<Diagnostic>> =
        expired.map(|finding| (finding.place.clone(), Vec::new())).collect();
    for mut finding in findings {
        if finding.rule.is_configurable() {
            // A severity that a check has set stands unless the site has set a level itself.
            let level = site.context.config.rules.get(&finding.rule).copied();
            match level.unwrap_or_else(|| finding.rule.default_level()).severity() {
                None => continue,
                Some(severity) if level.is_some() => finding.severity = severity,
                Some(_) => {}
            }
            let page = site.find_path(finding.place.path.as_str()).map(|id| site.page(id));
            match page.and_then(|page| exception(page, finding.rule, today)) {
                Some(Exception::Holds(waiver)) => {
                    waivers.entry(waiver.place.clone()).or_insert(waiver).findings.push(finding);
                    continue;
                }
                Some(Exception::Over(end)) => {
                    if let Some(back) = over.get_mut(&end) {
                        back.push(finding);
                        continue;
                    }
                }
                Some(Exception::Unread) => continue,
                None => {}
            }
        }
        counted.push(finding);
    }
    for finding in counted.iter_mut().filter(|finding| finding.rule == Rule::WaiverExpired) {
        let back = over.remove(&finding.place).unwrap_or_default();
        finding.related.extend(ordered(back).into_iter().map(|finding| Related {
            message: format!("waived up to that day: {}", finding.message),
            place: finding.place,
        }));
    }
    let in_order = |waiver: Waiver| Waiver { findings: ordered(waiver.findings), ..waiver };
    Verdict { findings: ordered(counted), waivers: waivers.into_values().map(in_order).collect() }
}

/// `findings` in the order of their places, each once.
fn ordered(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by(|a, b| {
        let order = |finding: &Diagnostic| (finding.place.span, finding.rule);
        let place = a.place.path.cmp(&b.place.path).then_with(|| order(a).cmp(&order(b)));
        place.then_with(|| a.message.cmp(&b.message)).then_with(|| a.cmp(b))
    });
    findings.dedup();
    findings
}

/// How an exception stands to a finding of its rule.
enum Exception {
    /// It holds.
    Holds(Waiver),
    /// It ran out on the day that stands at this place.
    Over(Place),
    /// It can't be read as one, which a finding says.
    Unread,
}

/// The exception of `page` to `rule` on the day `today`. One that holds comes before one that is over.
fn exception(page: &Page, rule: Rule, today: Date) -> Option<Exception> {
    // A misspelt `waive` has a finding of its own.
    let misspelt = |entry: &&Entry| suggest::field(&entry.key, ["waive"]).is_some();
    let field = page.fields.entry("waive").or_else(|| page.fields.entries().iter().find(misspelt));
    let node = &field?.value;
    let entries =
        if matches!(node.value, Value::List(_)) { node.items() } else { std::slice::from_ref(node) };
    let mut over = None;
    for entry in entries {
        match judge(page, entry, rule, today) {
            Some(Exception::Over(place)) => over = over.or(Some(Exception::Over(place))),
            Some(exception) => return Some(exception),
            None => {}
        }
    }
    over
}

/// How `entry` of the exceptions of `page` stands to findings of `rule`.
fn judge(page: &Page, entry: &Node, rule: Rule, today: Date) -> Option<Exception> {
    let Some(named) = entry.get("rule") else {
        // Of what can't be read, the name of the rule tells what was meant.
        return entry.span.of(&page.source.text).contains(rule.name()).then_some(Exception::Unread);
    };
    // A misspelt name has a finding of its own, and that is enough.
    if named.as_text().and_then(rule_meant) != Some(rule) {
        return None;
    }
    let end = entry.get("until");
    // So has an end that can't be read.
    let until = end.and_then(Node::as_text).and_then(|until| Date::parse(until).ok());
    if let Some(end) = end.filter(|_| until.is_some_and(|until| until < today)) {
        return Some(Exception::Over(page.place(end.span)));
    }
    let text = |key| entry.get(key).and_then(Node::as_text).unwrap_or_default().to_owned();
    let (reason, by) = (text("reason"), text("by"));
    Some(Exception::Holds(Waiver {
        place: page.place(named.span),
        rule,
        reason,
        by,
        until,
        findings: Vec::new(),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{page, run, settings};
    use super::*;
    use crate::source::{SitePath, Span};

    #[test]
    fn findings_stand_in_the_order_of_their_places_and_each_once() {
        let finding = |path: &str, at, rule, message: &str| {
            Diagnostic::new(rule, Place::new(&SitePath::new(path), Span::new(at, at + 1)), message)
        };
        let sorted = [
            finding("a.md", 2, Rule::WrongType, "b"),
            finding("a.md", 10, Rule::MissingField, "c"),
            finding("a.md", 10, Rule::MissingField, "d"),
            finding("a.md", 10, Rule::UnknownField, "a"),
            finding("b.md", 0, Rule::MissingField, "a").severity(crate::diagnostic::Severity::Note),
            finding("b.md", 0, Rule::MissingField, "a"),
        ];
        let mixed = [5, 3, 0, 2, 4, 1, 0, 5, 2].map(|n: usize| sorted[n].clone());
        assert_eq!(ordered(mixed.to_vec()), sorted);
    }

    #[test]
    fn an_exception_holds_for_every_finding_of_its_rule_on_its_page_and_no_other() {
        let long = "This sentence is long, for it goes on and on and on and on and on and on and on and on and on and on.\n";
        let waiver =
            "waive: [{rule: sentence-too-long, reason: It is a quotation., by: ann, until: 2026-12-31}]";
        let waived = page(
            "Pacing",
            &format!("conditions: [back]\nsources: [nice]\n{waiver}"),
            &format!("{long}\n{long}"),
        );
        let (found, waivers) = run(&[("content/guidance/pacing.md", &waived)]);
        assert_eq!(found, [""; 0]);
        assert_eq!(
            waivers,
            ["content/guidance/pacing.md: `sentence-too-long` is waived by `ann` until 2026-12-31 (2 \
              findings): It is a quotation."]
        );
        let other = page("About", "", long);
        let (found, _) = run(&[("content/guidance/pacing.md", &waived), ("content/index.md", &other)]);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn a_rule_that_is_allowed_says_nothing_and_makes_use_of_no_exception() {
        let settings = settings("[rules]\nreview-overdue = \"allow\"\n");
        let waiver = "waive: [{rule: review-overdue, reason: Bob is ill., by: ann, until: 2026-12-31}]";
        let fields = format!(
            "conditions: [back]\nsources: [nice]\nreviewed_by: [bob]\nlast_reviewed: 2020-01-01\n{waiver}"
        );
        let late = page("Pacing", &fields, "");
        let nothing = (Vec::new(), Vec::new());
        assert_eq!(run(&[("site.toml", settings), ("content/guidance/pacing.md", late)]), nothing);
    }
}
