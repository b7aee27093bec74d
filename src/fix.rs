//! Changes that mend findings, put into the files they belong to: those that are certain, and never in prose.
//!
//! What stands between the `---` of a page, in a register or in the settings can be changed; the text of a page can't,
//! nor can schemas and themes, whatever a finding says.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Applicability, Diagnostic, Fix, Rule};
use crate::front_matter;
use crate::input::Inputs;
use crate::source::{SitePath, Source, Span};

/// A change that was made.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The rule whose finding it mends.
    pub rule: Rule,
    /// The file as it was before.
    pub source: Source,
    /// The bytes that were replaced.
    pub span: Span,
    /// What stands there now.
    pub text: String,
}

/// A file with changes.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The file as it was.
    pub source: Source,
    /// Its text as it is to be.
    pub text: String,
    /// The changes, in the order of their places.
    pub fixed: Vec<Fixed>,
}

/// The files of `inputs` with every change that `findings` call safe, in the order of their paths.
///
/// A change is left out where another finding speaks of the same place: then a person has to look.
pub fn mend(inputs: &Inputs, findings: &[Diagnostic]) -> Vec<Mended> {
    let mut by_file: BTreeMap<&SitePath, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| safe(finding).is_some()) {
        by_file.entry(&finding.place.path).or_default();
    }
    for finding in findings {
        let places = std::iter::once(&finding.place).chain(finding.related.iter().map(|other| &other.place));
        for place in places {
            if let Some(about) = by_file.get_mut(&place.path) {
                about.push(finding);
            }
        }
    }
    by_file.into_iter().filter_map(|(path, findings)| mend_file(inputs, path, &findings)).collect()
}

/// The change that mends `finding`, if it is certain.
fn safe(finding: &Diagnostic) -> Option<&Fix> {
    finding.fix.as_ref().filter(|fix| fix.applicability == Applicability::Safe)
}

/// `findings` are all that speak of the file at `path`.
fn mend_file(inputs: &Inputs, path: &SitePath, findings: &[&Diagnostic]) -> Option<Mended> {
    let (source, area) = fields(inputs, path)?;
    // Of a file that is no UTF-8 the text is not what stands on the disk.
    if findings.iter().any(|finding| finding.rule == Rule::NotUtf8) {
        return None;
    }
    let own = findings.iter().filter(|finding| finding.place.path == *path);
    let mut changes: Vec<(&Diagnostic, &Fix)> =
        own.filter_map(|finding| Some((*finding, safe(finding)?))).collect();
    changes.sort_by_key(|(_, fix)| fix.span);
    let mut text = String::with_capacity(source.text.len());
    let mut fixed = Vec::new();
    let mut end = 0;
    for (finding, fix) in changes {
        let range = fix.span.range();
        let is_inside = area.start <= range.start && range.end <= area.end && end <= range.start;
        if !is_inside || is_disputed(path, finding, fix, findings) {
            continue;
        }
        let Some(between) = source.text.get(end..range.start) else { continue };
        if !source.text.is_char_boundary(range.end) {
            continue;
        }
        text.push_str(between);
        text.push_str(&fix.text);
        end = range.end;
        fixed.push(Fixed {
            rule: finding.rule,
            source: source.clone(),
            span: fix.span,
            text: fix.text.clone(),
        });
    }
    text.push_str(source.text.get(end..).unwrap_or(""));
    (!fixed.is_empty()).then(|| Mended { source: source.clone(), text, fixed })
}

/// Whether another finding speaks of the bytes that `fix` would replace.
fn is_disputed(path: &SitePath, finding: &Diagnostic, fix: &Fix, findings: &[&Diagnostic]) -> bool {
    let touches = |span: Span| span.start < fix.span.end && fix.span.start < span.end;
    findings.iter().filter(|other| !std::ptr::eq(**other, finding)).any(|other| {
        let related = other.related.iter().map(|related| &related.place);
        std::iter::once(&other.place).chain(related).any(|place| place.path == *path && touches(place.span))
    })
}

/// The file at `path` if it holds fields, and the part of it that does.
fn fields<'i>(inputs: &'i Inputs, path: &SitePath) -> Option<(&'i Source, Range<usize>)> {
    let whole = [&inputs.settings, &inputs.people, &inputs.sources, &inputs.cautions];
    if let Some(source) = whole.into_iter().flatten().find(|source| source.path == *path) {
        return Some((source, 0..source.text.len()));
    }
    let at = inputs.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
    let source = inputs.pages.get(at)?;
    let yaml = front_matter::split(source).ok()?.yaml;
    // Without the end of its last line the line below would be none of its own.
    let end = yaml.start as usize + yaml.of(&source.text).trim_end_matches(['\n', '\r']).len();
    Some((source, yaml.start as usize..end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    const PAGE: &str = "---\ntitel: A\nsumary: B\n---\ntitel\n";

    fn inputs() -> Inputs {
        let source = |path: &str, text: &str| Source { path: SitePath::new(path), text: text.into() };
        Inputs {
            pages: vec![source("content/a.md", PAGE)],
            people: Some(source("content/people.yml", "\"anna \": {}\n")),
            schemas: vec![source("schemas/page.json", "{}")],
            ..Inputs::default()
        }
    }

    fn finding(path: &str, start: usize, end: usize, text: &str, applicability: Applicability) -> Diagnostic {
        let span = Span::new(start, end);
        Diagnostic::new(Rule::UnknownField, Place::new(&SitePath::new(path), span), "x").fix(
            span,
            text,
            applicability,
        )
    }

    fn texts(findings: &[Diagnostic]) -> Vec<String> {
        mend(&inputs(), findings).into_iter().map(|mended| mended.text).collect()
    }

    #[test]
    fn every_safe_change_is_made_in_one_go() {
        let safe = |start, end, text| finding("content/a.md", start, end, text, Applicability::Safe);
        assert_eq!(
            texts(&[safe(4, 9, "title"), safe(13, 19, "summary")]),
            ["---\ntitle: A\nsummary: B\n---\ntitel\n"]
        );
        assert_eq!(
            texts(&[finding("content/people.yml", 1, 6, "anna", Applicability::Safe)]),
            ["\"anna\": {}\n"]
        );
    }

    #[test]
    fn what_is_not_certain_or_stands_outside_of_fields_is_left_alone() {
        for (path, start, end, applicability) in [
            ("content/a.md", 4, 9, Applicability::MaybeIncorrect),
            // The text of a page, its lines of `---`, and what reaches over them.
            ("content/a.md", 27, 32, Applicability::Safe),
            ("content/a.md", 0, 3, Applicability::Safe),
            ("content/a.md", 20, 28, Applicability::Safe),
            ("schemas/page.json", 0, 1, Applicability::Safe),
            ("content/b.md", 0, 1, Applicability::Safe),
            ("content/a.md", 90, 95, Applicability::Safe),
        ] {
            assert_eq!(
                texts(&[finding(path, start, end, "title", applicability)]),
                [""; 0],
                "{path} {start}"
            );
        }
    }

    #[test]
    fn of_changes_that_overlap_none_is_made_and_nor_where_another_finding_speaks() {
        let safe = |start, end, text| finding("content/a.md", start, end, text, Applicability::Safe);
        assert_eq!(texts(&[safe(4, 9, "title"), safe(6, 9, "x")]), [""; 0]);
        let place = |start, end| Place::new(&SitePath::new("content/a.md"), Span::new(start, end));
        let other =
            Diagnostic::new(Rule::DuplicateKey, place(13, 19), "y").related("first given here", place(4, 9));
        assert_eq!(texts(&[safe(4, 9, "title"), other]), [""; 0]);
    }
}
