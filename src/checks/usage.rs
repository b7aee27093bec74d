//! Pages that nothing leads to.
//!
//! Every kind with a folder has a list of its own. The pages at the root of the content have none: where no text leads
//! to one, a reader finds it only by its name. Words of the glossary have to be linked to be of use.

use std::collections::BTreeSet;

use super::is_complete;
use crate::diagnostic::{Diagnostic, Rule};
use crate::page::Page;
use crate::site::{PageId, Site, Target};

pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    // What could not be read may link to any of them.
    if !site.is_intact() {
        return Vec::new();
    }
    let texts = site.texts.notice.iter().chain(&site.texts.stop_if).flat_map(|(_, targets)| targets);
    let mut used: BTreeSet<PageId> = texts.filter_map(Target::page).collect();
    for id in site.all() {
        for target in (0..site.page(id).bodies().count()).flat_map(|part| site.targets(id, part)) {
            match target {
                // A link that leads nowhere was meant to lead somewhere.
                Target::Nowhere => return Vec::new(),
                Target::Page(page, _) if *page != id => {
                    used.insert(*page);
                }
                _ => {}
            }
        }
    }
    let orphans =
        site.listed("page").filter(|page| site.address(*page) != "index.html" && !used.contains(page));
    let stray = stray_lines(site);
    let is_sought =
        |page: &&Page| is_complete(page) && !stray.iter().any(|line| line.contains(&*page.key.id));
    let orphan = |page: &Page| {
        let message = format!("no page leads to `{}`", page.title());
        Diagnostic::new(Rule::OrphanPage, page.whole(), message)
            .help("link to it from where a reader would look for it, as the start page")
    };
    let orphans = orphans.map(|page| &**site.page(page)).filter(is_sought).map(orphan);
    let unused = site.listed("term").filter(|term| !used.contains(term)).map(|term| &**site.page(term));
    let finding = |term: &Page| {
        let message = format!("no page links to the term `{}`", term.title());
        let id = &term.key.id;
        Diagnostic::new(Rule::UnusedTerm, term.whole(), message)
            .help(format!("write `[[term/{id}]]` where a page uses the word, or take the term out"))
    };
    orphans.chain(unused.filter(is_sought).map(finding)).collect()
}

/// The lines that hold signs which are not read as they were meant: a page that one of them names was to be linked.
fn stray_lines<'s>(site: &'s Site<'_>) -> Vec<&'s str> {
    let mut lines = Vec::new();
    for page in site.all().into_iter().map(|id| site.page(id)) {
        let text: &str = &page.source.text;
        for finding in page.findings.iter().filter(|finding| finding.rule == Rule::StrayMarkup) {
            let Some((before, behind)) = text.split_at_checked(finding.place.span.start as usize) else {
                continue;
            };
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let end = before.len() + behind.find('\n').unwrap_or(behind.len());
            lines.extend(text.get(start..end));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check as check_site, page};

    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let term = page("Disc", "definition: A cushion between two bones.", "See [[disc]].\n");
        let text = page("Pacing", "conditions: [back]\nsources: [nice]", body);
        check_site(&[("content/glossary/disc.md", term), ("content/guidance/pacing.md", text)], expected);
    }

    #[test]
    fn a_term_is_used_by_a_link_and_not_by_its_word_or_by_itself() {
        check(
            "The disc is a cushion.\n",
            &["content/glossary/disc.md `---`: note[unused-term]: no page links to the term `Disc`; write \
               `[[term/disc]]` where a page uses the word, or take the term out"],
        );
        check("The [[disc]] is a cushion.\n", &[]);
        check("The [[term/disc|cushion]] is soft.\n", &[]);
        check("The [cushion](../glossary/disc.md) is soft.\n", &[]);
    }

    #[test]
    fn a_page_at_the_root_is_led_to_by_a_text_or_an_orphan() {
        let about = || page("About", "", "");
        check_site(
            &[("content/about.md", about())],
            &[
                "content/about.md `---`: warning[orphan-page]: no page leads to `About`; link to it from where a reader \
               would look for it, as the start page",
            ],
        );
        check_site(
            &[("content/about.md", about()), ("content/index.md", page("Start", "", "[[about]]\n"))],
            &[],
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_may_have_been_meant_for_the_term() {
        check(
            "The [[dics]] is a cushion.\n",
            &["content/guidance/pacing.md `dics`: error[broken-link]: there is no page with the id `dics`; \
               did you mean `disc`? | write `disc` for `dics`"],
        );
    }
}
