//! What drafts lack: for each the mistakes that it would have if it were published.
//!
//! Left out is what only shows on two pages together: a dose that another plan gives otherwise.

use rayon::prelude::*;

use super::check_page;
use super::verdict::weigh_some;
use crate::clinical::Date;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::page::{Intact, Page, Saying, Status};
use crate::site::{self, Site};
use crate::source::SitePath;

/// What has to be done before a draft can be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDo {
    /// The draft's file.
    pub path: SitePath,
    /// The errors that its publication would bring, in the order of their places; at least one.
    pub items: Vec<Diagnostic>,
}

/// What has to be done for each draft that can't be published as it is, in the order of their paths. A draft that can't
/// be read has its findings, and no list. One that leaves its status out and lacks nothing else may have lost it, unless
/// something is `told` about it.
pub fn to_do(site: &Site<'_>, told: &[Diagnostic], today: Date) -> Vec<ToDo> {
    let is_told = |draft: &Page| told.iter().any(|finding| finding.place.path == draft.source.path);
    let is_draft = |page: &&Page| page.status == Status::Draft && page.intact >= Intact::Partly;
    let drafts = site.all().into_par_iter().map(|id| &**site.page(id)).filter(is_draft);
    let mut lists: Vec<ToDo> = drafts
        .map(|draft| {
            let mut items = items(site, draft, today);
            if items.is_empty() && draft.saying == Saying::LeftOut && !is_told(draft) {
                items.push(unsaid(draft));
            }
            ToDo { path: draft.source.path.clone(), items }
        })
        .filter(|list| !list.items.is_empty())
        .collect();
    lists.sort_by(|a, b| a.path.cmp(&b.path));
    lists
}

/// What is to be done for a draft that lacks nothing but its status.
fn unsaid(draft: &Page) -> Diagnostic {
    let message = "the page lacks nothing else, and is left out because it has no `status`";
    Diagnostic::new(Rule::MissingField, draft.whole(), message)
        .help("add `status: published`; the page lacks nothing else")
}

fn items(site: &Site<'_>, draft: &Page, today: Date) -> Vec<Diagnostic> {
    let Some(kind) = site.context.schemas.kind(&draft.key.kind) else { return Vec::new() };
    let of_site = |page: &Page| {
        let mut findings = check_page(site, page, today);
        findings.extend(site::check_page(site, page));
        findings
    };
    let published = draft.published(kind);
    let mut findings = of_site(&published);
    findings.extend(published.findings);
    let mut told = of_site(draft);
    told.extend(draft.findings.iter().cloned());
    told.sort_unstable();
    findings.retain(|finding| told.binary_search(finding).is_err());
    let mut findings = weigh_some(findings, site, today).findings;
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}
