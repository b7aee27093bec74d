//! Sources: whether what a page rests on still holds, and whether each entry of the register is used.

use std::collections::BTreeSet;

use crate::clinical::Date;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::page::Page;
use crate::register::SourceEntry;
use crate::schema::{Register, Target};
use crate::site::{PageId, Site};
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

/// Words of the page that name a source and are no citation: `@id` without brackets, `[id]` without the sign.
fn mentions<'p>(site: &Site<'_>, page: &'p Page) -> impl Iterator<Item = (&'p str, Span)> {
    let registers = site.context.registers;
    let mentions = page.bodies().flat_map(|body| &body.mentions);
    let named = mentions.map(|mention| (mention.id.trim_start_matches(['@', ' ']), mention.span));
    named.filter(move |(id, _)| registers.source(id).is_some())
}

fn check_mentions(site: &Site<'_>, page: &Page) -> Vec<Diagnostic> {
    let finding = |(id, span): (&str, Span)| {
        if let Some((first, all)) = list_without_sign(site, &page.source.text, span) {
            let message =
                format!("`{}` lacks its `@`, so that this is no citation", first.of(&page.source.text));
            let finding = Diagnostic::new(Rule::StrayMarkup, page.place(first), message);
            return finding.help(format!("write `{all}`"));
        }
        let message = format!("`{id}` names a source, but this is no citation");
        Diagnostic::new(Rule::StrayMarkup, page.place(span), message).help(format!("write `[@{id}]`"))
    };
    mentions(site, page)
        .filter(|(_, span)| !page.is_on_field(*span))
        .map(finding)
        .chain(page_mentions(site, page))
        .collect()
}

/// Words of the page in one pair of brackets that name a page, and are no link.
fn page_mentions(site: &Site<'_>, page: &Page) -> impl Iterator<Item = Diagnostic> {
    let mentions = page.bodies().flat_map(|body| &body.mentions);
    mentions.filter(|mention| !mention.id.starts_with(['@', ' '])).filter_map(|mention| {
        let id = &*mention.id;
        let is_page = match id.rsplit_once('/') {
            Some((kind, id)) => {
                let folder = site.context.schemas.kind_in_folder(kind).map(|kind| &*kind.name);
                site.find(folder.unwrap_or(kind), id).is_some()
            }
            None => site.is_id(id) && site.context.registers.source(id).is_none(),
        };
        is_page.then(|| {
            let message = format!("`{id}` names a page, but this is no link");
            let finding = Diagnostic::new(Rule::StrayMarkup, page.place(mention.span), message);
            finding.help(format!("write `[[{id}]]`"))
        })
    })
}

/// The first id of the brackets in which the mention at `span` stands, and the brackets as they ought to be: if they
/// hold nothing but ids of sources, the first of which lacks its sign, as in `[one; @two]`.
fn list_without_sign(site: &Site<'_>, text: &str, span: Span) -> Option<(Span, String)> {
    let open = text.get(..span.start as usize)?.rfind('[')? + 1;
    let inner = text.get(open..)?.split(']').next()?;
    let ids: Vec<&str> = inner.split([';', ',']).map(str::trim).collect();
    let is_source = |id: &&str| site.context.registers.source(id.trim_start_matches('@')).is_some();
    let first = ids.first().filter(|first| !first.starts_with('@'))?;
    if ids.len() < 2 || open + inner.len() < span.end as usize || !ids.iter().all(is_source) {
        return None;
    }
    let start = open + inner.find(first)?;
    let signed: Vec<String> = ids.iter().map(|id| format!("@{}", id.trim_start_matches('@'))).collect();
    Some((Span::new(start, start + first.len()), format!("[{}]", signed.join("; "))))
}

/// Sources that no longer hold, each at the first place that names it.
pub(super) fn check(site: &Site<'_>, page: &Page, today: Date) -> Vec<Diagnostic> {
    let registers = site.context.registers;
    let mut seen = BTreeSet::new();
    let mut findings = check_mentions(site, page);
    for (id, span) in uses(page) {
        let Some(source) = registers.source(id).filter(|_| seen.insert(id)) else { continue };
        let finding = |rule, message: String| {
            let finding = Diagnostic::new(rule, page.place(span), message);
            let finding = finding.related("the entry of the register", place(site, source));
            match &source.superseded_by {
                Some(other) => finding
                    .help(format!("`{}` takes its place; check what the page says against it", other.value)),
                None => finding.help("check what the page says, and name a source that holds"),
            }
        };
        if let Some(withdrawal) = source.withdrawn {
            let day = withdrawal.on.map(|on| format!(" on {on}")).unwrap_or_default();
            findings.push(finding(Rule::SourceWithdrawn, format!("the source `{id}` was withdrawn{day}")));
        } else if let Some(expires) = source.expires.as_ref().filter(|expires| expires.value < today) {
            let message = format!("the source `{id}` expired on {}", expires.value);
            findings.push(finding(Rule::SourceExpired, message));
        }
    }
    findings
}

fn place(site: &Site<'_>, source: &SourceEntry) -> Place {
    Place::new(site.context.registers.path(Register::Source), source.span)
}

/// Entries that no page uses, and such as came out or were looked up at a time that has not come.
pub(super) fn check_register(site: &Site<'_>, today: Date) -> Vec<Diagnostic> {
    let registers = site.context.registers;
    let mut findings: Vec<Diagnostic> =
        registers.sources().flat_map(|source| in_future(site, source, today)).collect();
    // What could not be read may use any of them.
    if !site.is_intact() || !registers.is_intact(Register::Source) {
        return findings;
    }
    let pages = site.all();
    let texts = site.texts.notice.iter().chain(&site.texts.stop_if).flat_map(|(body, _)| &body.citations);
    let named = |id: &PageId| uses(site.page(*id)).chain(mentions(site, site.page(*id)));
    let used = pages.iter().flat_map(named).map(|(id, _)| id);
    let used: BTreeSet<&str> = used.chain(texts.map(|citation| &*citation.id)).collect();
    // A misspelt id stands for one of the entries, and nobody knows for which.
    if used.iter().any(|id| !registers.has(Register::Source, id)) {
        return findings;
    }
    for source in registers.sources().filter(|source| !used.contains(&*source.id)) {
        let id = &source.id;
        let message = format!("no page uses the source `{id}`");
        let finding = Diagnostic::new(Rule::UnusedSource, place(site, source), message);
        findings.push(finding.help(format!("cite it as `[@{id}]`, name it in `sources`, or take it out")));
    }
    findings
}

/// A source that was looked up on a day that has not come, or came out in a year after the next: what comes out at the
/// end of a year is often dated with the next.
fn in_future(site: &Site<'_>, source: &SourceEntry, today: Date) -> Vec<Diagnostic> {
    let finding = |span: Span, written: &str, help: String| {
        let place = Place::new(site.context.registers.path(Register::Source), span);
        Diagnostic::new(Rule::DateInFuture, place, format!("`{written}` lies in the future")).help(help)
    };
    let accessed = source.accessed.as_ref().filter(|accessed| accessed.value > today).map(|accessed| {
        let help = format!("write the day on which it happened; today is {today}");
        finding(accessed.span, &accessed.value.to_string(), help)
    });
    let last = source.year.rsplit('-').next().and_then(|year| year.parse::<i16>().ok());
    let year = source.year_span.filter(|_| last.is_some_and(|year| year > today.year() + 1)).map(|span| {
        let help = format!("write the year in which it came out; today is {today}");
        finding(span, &source.year, help)
    });
    accessed.into_iter().chain(year).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{check as check_site, page, source};

    #[track_caller]
    fn check(fields: &str, page: &str, expected: &[&str]) {
        let register = format!("{}{}", source("nice", ""), source("old", fields));
        check_site(
            &[("content/sources.yml", register.as_str()), ("content/guidance/pacing.md", page)],
            expected,
        );
    }

    fn using() -> String {
        page("Pacing", "conditions: [back]\nsources: [nice, old]", "Rest [@old], and rest [@old].\n")
    }

    #[test]
    fn a_withdrawn_source_is_found_once_a_page() {
        check(
            ", withdrawn: true, superseded_by: nice",
            &using(),
            &["content/guidance/pacing.md `old`: error[source-withdrawn]: the source `old` was withdrawn; \
               `nice` takes its place; check what the page says against it | the entry of the register: \
               content/sources.yml `old`"],
        );
        check(
            ", withdrawn: 2025-01-01, expires: 2024-01-01",
            &using(),
            &["content/guidance/pacing.md `old`: error[source-withdrawn]: the source `old` was withdrawn \
               on 2025-01-01; check what the page says, and name a source that holds | the entry of the \
               register: content/sources.yml `old`"],
        );
        check(", withdrawn: false", &using(), &[]);
    }

    #[test]
    fn a_source_holds_on_its_last_day() {
        check(", expires: 2026-06-15", &using(), &[]);
        check(
            ", expires: 2026-06-14",
            &using(),
            &["content/guidance/pacing.md `old`: warning[source-expired]: the source `old` expired on \
               2026-06-14; check what the page says, and name a source that holds | the entry of the \
               register: content/sources.yml `old`"],
        );
    }

    #[test]
    fn a_source_that_only_the_text_cites_is_found_there() {
        check(
            ", withdrawn: true",
            &page("Pacing", "conditions: [back]\nsources: [nice]", "Rest [@old].\n"),
            &["content/guidance/pacing.md `old`: error[source-withdrawn]: the source `old` was withdrawn; \
               check what the page says, and name a source that holds | the entry of the register: \
               content/sources.yml `old`"],
        );
    }

    #[test]
    fn nobody_looks_a_source_up_in_the_future() {
        check(
            ", accessed: 2026-06-16",
            &using(),
            &["content/sources.yml `2026-06-16`: error[date-in-future]: `2026-06-16` lies in the future; \
               write the day on which it happened; today is 2026-06-15"],
        );
    }

    #[test]
    fn a_source_that_no_page_uses_can_go() {
        let plain = page("Pacing", "conditions: [back]\nsources: [nice]", "");
        check(
            "",
            &plain,
            &["content/sources.yml `old`: warning[unused-source]: no page uses the source `old`; cite it \
               as `[@old]`, name it in `sources`, or take it out"],
        );
        // A page that can't be read may use it, and so may a misspelt id.
        check(
            "",
            &plain.replace("title: Pacing", "titel: Pacing"),
            &["content/guidance/pacing.md `titel`: error[unknown-field]: `titel` is not a field of a \
               guidance page; did you mean `title`? | write `title` for `titel`"],
        );
        check(
            "",
            &page("Pacing", "conditions: [back]\nsources: [nice, odl]", ""),
            &["content/guidance/pacing.md `odl`: error[unknown-source]: there is no source with the id \
               `odl`; did you mean `old`? | write `old` for `odl`"],
        );
        check(
            "",
            &page("Pacing", "conditions: [back]\nsources: [nice]", "Rest [@odl].\n"),
            &["content/guidance/pacing.md `odl`: error[unknown-source]: `odl` is not in the register of \
               sources; did you mean `@old`? | write `old` for `odl`"],
        );
    }
}
