//! Versions: whether a page that has changed since it was released says so.

use std::collections::HashMap;

use super::{is_complete, is_published};
use crate::clinical::Version;
use crate::diagnostic::{Applicability, Diagnostic, Rule};
use crate::page::{Changes, Edition, Intact, Key, Page};
use crate::site::Site;
use crate::tree::Node;

/// The most things that a message says have changed.
const MOST: usize = 4;

/// Published pages that differ from their released edition and have no later version, and such whose version went down.
///
/// A page that can't be understood wholly is left out: what seems to have changed may only be misspelt. What
/// [`check_changes`] found of a version that was not raised is the same mistake, and leaves the `findings`.
pub(super) fn check(site: &Site<'_>, released: &HashMap<Key, Edition>, findings: &mut Vec<Diagnostic>) {
    let pages = site.all().into_iter().map(|id| site.page(id)).filter(|page| is_complete(page));
    let found: Vec<Diagnostic> =
        pages.filter_map(|page| check_page(page, released.get(&page.key)?)).collect();
    let is_told = |finding: &Diagnostic| {
        let mut versions = finding.related.iter().map(|related| &related.place);
        finding.rule == Rule::InvalidValue
            && versions.any(|version| found.iter().any(|other| other.place == *version))
    };
    findings.retain(|finding| !is_told(finding));
    findings.extend(found);
}

/// Changes of a version that the page has not reached, and a version that none of them has: one of the two is a slip.
pub(super) fn check_changes(page: &Page) -> Vec<Diagnostic> {
    let is_wrong = |text: Option<&str>| text.and_then(Version::parse).is_none();
    let given = page.fields.get("version");
    if page.intact != Intact::Wholly || given.is_some_and(|version| is_wrong(version.as_written())) {
        return Vec::new();
    }
    let is = page.version();
    let changes = page.fields.get("changes").map_or(&[][..], Node::items);
    let later = changes.iter().filter_map(|change| {
        let node = change.get("version")?;
        let version = Version::parse(node.as_written()?).filter(|version| *version > is)?;
        let message = format!("this is a change of version `{version}`, and the page is version `{is}`");
        let help = format!("write `version: {version}` for the page, or the right version here");
        let finding = Diagnostic::new(Rule::InvalidValue, page.place(node.span), message).help(help);
        Some(match given {
            Some(_) => finding.related("the version of the page", page.field_place("version")),
            None => finding,
        })
    });
    let found: Vec<Diagnostic> = later.collect();
    if found.is_empty() { unchanged(page, changes).into_iter().collect() } else { found }
}

/// The finding for a published page whose version is later than that of the last of its `changes`.
fn unchanged(page: &Page, changes: &[Node]) -> Option<Diagnostic> {
    let versions = changes.iter().filter_map(|change| change.get("version"));
    let (last, node) = versions
        .filter_map(|node| Some((Version::parse(node.as_written()?)?, node)))
        .max_by_key(|(version, _)| *version)?;
    let is = page.version();
    if !is_published(page) || is <= last {
        return None;
    }
    let message = format!("the page is version `{is}`, and the last of its `changes` led to `{last}`");
    let help = format!("say in `changes` what is new in `{is}`, or write `version: {last}`");
    let finding = Diagnostic::new(Rule::InvalidValue, page.field_place("version"), message).help(help);
    Some(finding.related("the last change", page.place(node.span)))
}

fn check_page(page: &Page, old: &Edition) -> Option<Diagnostic> {
    if old.is(&page.source) {
        return None;
    }
    let new = Edition::read(&page.source)?;
    let changes = old.changes(&new);
    let has_changed = changes != Changes::default();
    let (was, is) = (old.version, new.version);
    if is > was || (is == was && !has_changed) {
        return None;
    }
    let (message, right, help) = if has_changed {
        let adverb = if is == was { "still" } else { "now" };
        let message = format!(
            "{} since version `{was}` was released, and the version is {adverb} `{is}`",
            what(&changes)
        );
        match was.next() {
            Some(next) => {
                (message, Some(next), format!("write `version: {next}`, and add what is new to `changes`"))
            }
            None => {
                let help = "retire the page, and write a new one: no version comes after this";
                (message, None, help.to_owned())
            }
        }
    } else {
        let message = format!("the version is now `{is}`, and `{was}` was released before");
        (message, Some(was), format!("write `version: {was}`: nothing else has changed"))
    };
    let finding = Diagnostic::new(Rule::VersionNotRaised, page.field_place("version"), message).help(help);
    Some(match right {
        Some(version) => with_version(page, &new, version, finding),
        None => finding,
    })
}

/// What has changed, as the beginning of a sentence.
fn what(changes: &Changes) -> String {
    let text = changes.text.then(|| "the text".to_owned());
    let mut parts: Vec<String> =
        text.into_iter().chain(changes.fields.iter().map(|field| format!("`{field}`"))).collect();
    let verb = if parts.len() > 1 { "have" } else { "has" };
    if parts.len() > MOST {
        let more = parts.split_off(MOST - 1).len();
        parts.push(format!("{more} more"));
    }
    let last = parts.pop().unwrap_or_default();
    let subject = if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) };
    format!("{subject} {verb} changed")
}

/// `finding` with the change that gives the page the version `version`.
fn with_version(page: &Page, edition: &Edition, version: Version, finding: Diagnostic) -> Diagnostic {
    let text = &page.source.text;
    let Some(node) = page.fields.get("version") else {
        // Fields in braces take no line of their own.
        let is_lines = !page.fields.span.of(text).starts_with('{');
        let above = text.get(..edition.first_line.start as usize).unwrap_or_default();
        let end = if above.ends_with("\r\n") { "\r\n" } else { "\n" };
        return if is_lines {
            finding.fix(edition.first_line, format!("version: {version}{end}"), Applicability::MaybeIncorrect)
        } else {
            finding
        };
    };
    let written = node.span.of(text);
    let quote =
        written.chars().next().filter(|c| ['"', '\''].contains(c)).map(String::from).unwrap_or_default();
    finding.fix(node.span, format!("{quote}{version}{quote}"), Applicability::MaybeIncorrect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language;
    use crate::markdown::Highlighter;
    use crate::page::{self, Parsing};
    use crate::schema::{ReviewDuty, Schemas};
    use crate::source::{SitePath, Source};

    fn source(text: &str) -> Source {
        Source { path: SitePath::new("content/index.md"), text: text.into() }
    }

    /// The finding about the page `text`, of which `released` was released.
    fn found(released: &str, text: &str) -> Option<Diagnostic> {
        let parsing = Parsing {
            schemas: &Schemas::builtin(ReviewDuty::NotRequired),
            highlighter: &Highlighter::default(),
            reading: &language::Settings::default(),
            language: "en",
        };
        let page = page::parse(&source(text), &parsing).0.unwrap();
        check_page(&page, &Edition::read(&source(released)).unwrap())
    }

    /// The page `text` with the fix of the finding about it.
    fn fixed(released: &str, text: &str) -> Option<String> {
        let finding = found(released, text).unwrap();
        let fix = finding.fix?;
        let mut fixed = text.to_owned();
        fixed.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.text);
        assert_eq!(found(released, &fixed), None);
        Some(fixed)
    }

    fn page(version: &str, words: &str) -> String {
        format!("---\n{version}title: A\nsummary: B\nstatus: published\nauthors: [a]\n---\n{words}\n")
    }

    #[test]
    fn a_version_is_raised_in_its_place() {
        let old = page("version: 1.9\n", "One.");
        assert_eq!(fixed(&old, &page("version: 1.9\n", "Two.")), Some(page("version: 1.10\n", "Two.")));
        assert_eq!(
            fixed(&old, &page("version: \"1.9\"\n", "Two.")),
            Some(page("version: \"1.10\"\n", "Two."))
        );
        assert_eq!(
            fixed(&old, &page("version: '1.2' # low\n", "Two.")),
            Some(page("version: '1.10' # low\n", "Two."))
        );
        assert_eq!(fixed(&old, &page("version: 1.2\n", "One.")), Some(page("version: 1.9\n", "One.")));
    }

    #[test]
    fn a_version_that_is_not_written_down_is_added_above_the_other_fields() {
        let (old, new) = (page("", "One."), page("", "Two."));
        assert_eq!(fixed(&old, &new), Some(page("version: 1.1\n", "Two.")));
        let mark = format!("\u{feff}{new}");
        assert_eq!(fixed(&old, &mark), Some(format!("\u{feff}{}", page("version: 1.1\n", "Two."))));
        let crlf = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(fixed(&old, &crlf(&new)), Some(crlf(&page("version: 1.1\n", "Two."))));
        // No line can be added to fields in braces.
        let braces = "---\n{title: A, summary: B, status: published, authors: [a]}\n---\nTwo.\n";
        assert_eq!(fixed(&old, braces), None);
    }

    #[test]
    fn after_the_last_version_there_is_none() {
        let (old, new) = (page("version: 9999.9999\n", "One."), page("version: 9999.9999\n", "Two."));
        assert_eq!(fixed(&old, &new), None);
        assert_eq!(
            found(&old, &new).and_then(|finding| finding.help).as_deref(),
            Some("retire the page, and write a new one: no version comes after this")
        );
        let low = page("version: 9998.9999\n", "One.");
        assert_eq!(
            fixed(&low, &page("version: 9998.9999\n", "Two.")),
            Some(page("version: 9999.0\n", "Two."))
        );
    }

    #[test]
    fn a_message_names_a_few_of_many_changes() {
        let changes = |text, fields: &[&str]| {
            what(&Changes { text, fields: fields.iter().map(|field| (*field).into()).collect() })
        };
        assert_eq!(changes(true, &[]), "the text has changed");
        assert_eq!(changes(false, &["dose"]), "`dose` has changed");
        assert_eq!(changes(true, &["dose"]), "the text and `dose` have changed");
        assert_eq!(changes(true, &["a", "b", "c"]), "the text, `a`, `b` and `c` have changed");
        assert_eq!(changes(false, &["a", "b", "c", "d", "e"]), "`a`, `b`, `c` and 2 more have changed");
    }
}
