//! Sources: whether what a page rests on still holds, and whether each entry of the register is used.

use std::collections::BTreeSet;

use crate::clinical::Date;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::page::Page;
use crate::register::SourceEntry;
use crate::schema::{Register, Target};
use crate::site::Site;
use crate::source::Span;

/// The sources that the page names: in its fields, then in its text.
fn uses(page: &Page) -> impl Iterator<Item = (&str, Span)> {
    let register = Target::Register(Register::Source);
    let fields = page.references.iter().filter(move |reference| reference.targets.contains(&register));
    let cited = page.bodies().flat_map(|body| &body.citations);
    fields
        .map(|reference| (&*reference.id, reference.span))
        .chain(cited.map(|citation| (&*citation.id, citation.span)))
}

/// Sources that no longer hold, each at the first place that names it.
pub(super) fn check(site: &Site<'_>, page: &Page, today: Date) -> Vec<Diagnostic> {
    let registers = site.context.registers;
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for (id, span) in uses(page) {
        let Some(source) = registers.source(id).filter(|_| seen.insert(id)) else { continue };
        let finding = |rule, message: String| {
            let finding = Diagnostic::new(rule, page.place(span), message);
            let finding = finding.related("the entry of the register", place(site, source));
            match &source.superseded_by {
                Some(other) => finding.help(format!("`{other}` takes its place; check what the page says against it")),
                None => finding.help("check what the page says, and name a source that holds"),
            }
        };
        if source.withdrawn {
            findings.push(finding(Rule::SourceWithdrawn, format!("the source `{id}` was withdrawn")));
        } else if let Some(expires) = source.expires.filter(|expires| *expires < today) {
            findings.push(finding(Rule::SourceExpired, format!("the source `{id}` expired on {expires}")));
        }
    }
    findings
}

fn place(site: &Site<'_>, source: &SourceEntry) -> Place {
    Place::new(site.context.registers.path(Register::Source), source.span)
}

/// Entries that no page uses, and such as were read before they could be.
pub(super) fn check_register(site: &Site<'_>, today: Date) -> Vec<Diagnostic> {
    let registers = site.context.registers;
    let in_future = |source: &SourceEntry| {
        let accessed = source.accessed.filter(|accessed| *accessed > today)?;
        let message = format!("`{accessed}` lies in the future");
        let finding = Diagnostic::new(Rule::DateInFuture, place(site, source), message);
        Some(finding.help(format!("write the day on which the source was read; today is {today}")))
    };
    let mut findings: Vec<Diagnostic> = registers.sources().filter_map(|(_, source)| in_future(source)).collect();
    // What could not be read may use any of them.
    if !site.is_intact() || !registers.is_intact(Register::Source) {
        return findings;
    }
    let pages = site.all();
    let used: BTreeSet<&str> = pages.iter().flat_map(|id| uses(site.page(*id))).map(|(id, _)| id).collect();
    // A misspelt id stands for one of the entries, and nobody knows for which.
    if used.iter().any(|id| registers.source(id).is_none()) {
        return findings;
    }
    for (id, source) in registers.sources().filter(|(id, _)| !used.contains(id)) {
        let message = format!("no page uses the source `{id}`");
        let finding = Diagnostic::new(Rule::UnusedSource, place(site, source), message);
        findings.push(finding.help(format!("cite it as `[@{id}]`, name it in `sources`, or take it out")));
    }
    findings
}
