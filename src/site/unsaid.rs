//! Pages that do not say how far they are, and count as drafts, though published pages refer to them: that is told once,
//! at the page, and not at each of those that name it.

use std::collections::BTreeMap;

use super::{PageId, Site};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::page::{Page, Saying};

/// `findings` with one for each page that leaves its status out, in place of those at the references to it.
pub(super) fn gather(site: &Site<'_>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut named: BTreeMap<PageId, Vec<Place>> = BTreeMap::new();
    let mut gathered = Vec::with_capacity(findings.len());
    for finding in findings {
        match draft(site, &finding) {
            Some(draft) if site.page(draft).saying != Saying::Said => {
                named.entry(draft).or_default().push(finding.place);
            }
            _ => gathered.push(finding),
        }
    }
    // Where a part of the front matter can't be read, the status may stand there, and that part has a finding.
    named.retain(|draft, _| site.page(*draft).saying == Saying::LeftOut);
    gathered.extend(named.into_iter().filter_map(|(draft, places)| unsaid(site.page(draft), places)));
    gathered
}

/// The draft of which `finding` says that a published page refers to it.
fn draft(site: &Site<'_>, finding: &Diagnostic) -> Option<PageId> {
    let related = finding.related.first().filter(|_| finding.rule == Rule::ReferenceToDraft)?;
    site.find_path(related.place.path.as_str())
}

/// What is wrong with `draft`, to which published pages refer at `places`.
fn unsaid(draft: &Page, mut places: Vec<Place>) -> Option<Diagnostic> {
    places.sort_unstable();
    let mut paths: Vec<_> = places.iter().map(|place| &place.path).collect();
    paths.dedup();
    let pages = match paths.len() {
        1 => "a published page refers".to_owned(),
        count => format!("{count} published pages refer"),
    };
    let message = format!("the page has no `status`, so that it is a draft, and {pages} to it");
    let finding = Diagnostic::new(Rule::MissingField, draft.whole(), message)
        .help("add `status: published`; or add `status: draft`, and take those references out");
    Some(finding.related("named here", places.into_iter().next()?))
}
