//! Components that are called by another name than theirs, that nothing defines, or that stand in two templates.

use std::collections::BTreeMap;

use super::put;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{Source, Span};
use crate::suggest::closest;
use crate::theme::lexer::{self, Tag};
use crate::theme::text;

/// A component: its name, and the place of it.
type Named = (String, Place);

/// `findings` with each component told once that many calls ask for and nothing defines: where it is defined under a name
/// that nothing calls and that is near to it, or else at its first call.
pub fn told_once(templates: &BTreeMap<String, Source>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    for name in findings.iter().filter_map(unknown) {
        *missing.entry(name.to_owned()).or_default() += 1;
    }
    let calls: Vec<Named> = named(templates, called);
    let uncalled: Vec<Named> = named(templates, defined)
        .into_iter()
        .filter(|(name, _)| calls.iter().all(|(called, _)| called != name))
        .collect();
    let mut told: Vec<String> = Vec::new();
    let mut once = Vec::new();
    for finding in findings {
        let Some(name) = unknown(&finding).map(str::to_owned) else {
            once.push(finding);
            continue;
        };
        let near = closest(&name, uncalled.iter().map(|(name, _)| name.as_str()));
        let definition = uncalled.iter().find(|(other, _)| Some(other.as_str()) == near);
        // Of two names that differ, that of a single call and that of the component, either may be wrong.
        let is_one = missing.get(&name) == Some(&1);
        let is_misspelt = finding.help.as_ref().is_some_and(|help| help.starts_with("did you mean"));
        match definition {
            _ if is_one => once.push(finding),
            Some(_) | None if told.contains(&name) && (definition.is_some() || !is_misspelt) => {}
            Some((other, place)) => {
                let message = format!("nothing calls the component `{other}`");
                let definition = Diagnostic::new(Rule::TemplateError, place.clone(), message);
                once.push(
                    definition.help(format!("did you mean `{name}`?")).related("called here", finding.place),
                );
                told.push(name);
            }
            None => {
                told.push(name);
                once.push(finding);
            }
        }
    }
    once
}

/// The component that the finding says there is none of.
fn unknown(finding: &Diagnostic) -> Option<&str> {
    finding.message.strip_prefix("there is no component `")?.strip_suffix('`')
}

/// The components that tags of `templates` name in the way that `name` reads off them.
fn named(templates: &BTreeMap<String, Source>, name: fn(&Tag<'_>) -> Option<(String, Span)>) -> Vec<Named> {
    let mut found = Vec::new();
    for source in templates.values() {
        let mark = source.text.len() - text(source).len();
        let names = lexer::tags(text(source)).into_iter().filter_map(|tag| name(&tag)).collect::<Vec<_>>();
        found.extend(
            names.into_iter().map(|(name, span)| (name, Place::new(&source.path, span.shifted(mark)))),
        );
    }
    found
}

/// The component that the tag defines.
pub fn defined(tag: &Tag<'_>) -> Option<(String, Span)> {
    let (word, rest) = tag.tokens.split_first()?;
    let end = rest.iter().position(|token| token.is_sign("("))?;
    let (first, last) = (rest.first()?, rest.get(end.checked_sub(1)?)?);
    let name = rest.get(..end)?.iter().map(|token| token.text).collect();
    word.is_word("component").then_some((name, Span { start: first.span.start, end: last.span.end }))
}

/// The component that the tag calls.
pub fn called(tag: &Tag<'_>) -> Option<(String, Span)> {
    let at = tag.tokens.iter().position(|token| token.is_sign("<"))?;
    let rest = tag.tokens.get(at + 1..)?;
    let (mut name, mut span) = (String::new(), rest.first()?.span);
    for pair in rest.chunks(2) {
        name.push_str(pair.first()?.text);
        span.end = pair.first()?.span.end;
        if !pair.get(1).is_some_and(|point| point.is_sign(".")) {
            break;
        }
        name.push('.');
    }
    Some((name, span))
}

/// The finding for a component that stands in two templates, of which Tera tells the names alone.
pub fn twice(templates: &BTreeMap<String, Source>, message: &str) -> Option<Diagnostic> {
    let mut names = message.strip_prefix("Component ")?.split('`').skip(1).step_by(2);
    let (name, first, second) = (names.next()?, names.next()?, names.next()?);
    let place = |template: &str| {
        let source = templates.get(template)?;
        let tags = lexer::tags(text(source)).into_iter();
        let (_, span) = tags.filter_map(|tag| defined(&tag)).find(|(component, _)| component == name)?;
        Some(Place::new(&source.path, span.shifted(source.text.len() - text(source).len())))
    };
    Some(put(templates, place(second)?, message).related("first given here", place(first)?))
}
