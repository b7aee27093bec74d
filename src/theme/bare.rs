//! What is printed as it stands, and was to be HTML: calls of components without braces, and HTML without `safe`.

use std::collections::BTreeMap;

use super::said::defined;
use super::{lexer, text};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{Source, Span};

/// How far the end of a call is looked for, in characters.
const AHEAD: usize = 500;

/// Finds HTML that is shown as text: `{{ page.body_html }}` without `| safe` prints its tags.
pub fn unsafe_html(templates: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    let of_template = |source: &Source| -> Vec<Diagnostic> {
        let read = text(source);
        let shift = source.text.len() - read.len();
        let finding = |tag: &lexer::Tag<'_>| {
            let last = tag.tokens.last().filter(|last| last.kind == lexer::Kind::Word)?;
            let is_html = last.text == "html" || last.text.ends_with("_html");
            let is_plain = tag.purpose == lexer::Purpose::Show
                && tag.tokens.iter().all(|token| token.kind == lexer::Kind::Word || token.is_sign("."));
            (is_html && is_plain && tag.is_closed).then(|| {
                let place = Place::new(&source.path, last.span.shifted(shift));
                let message = format!("`{}` is HTML, and readers see its tags", last.text);
                Diagnostic::new(Rule::TemplateError, place, message).help("write `| safe` behind it")
            })
        };
        lexer::tags(read).iter().filter_map(finding).collect()
    };
    templates.values().flat_map(of_template).collect()
}

/// Finds calls of components that have no braces: `<care care={page.care} />`.
pub fn calls(templates: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    let names = defined(templates, "component");
    templates.values().flat_map(|source| bare(source, &names)).collect()
}

fn bare(source: &Source, names: &[&str]) -> Vec<Diagnostic> {
    let read = text(source);
    let tags = lexer::tags(read);
    let mut found = Vec::new();
    for (at, _) in read.match_indices('<') {
        let after = read.get(at + 1..).unwrap_or("");
        let length = after.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(after.len());
        let name = &after[..length];
        let is_in_tag = || {
            let behind = tags.partition_point(|tag| tag.span.range().start <= at);
            behind.checked_sub(1).is_some_and(|last| tags[last].span.range().contains(&at))
        };
        if !names.contains(&name) || is_in_tag() {
            continue;
        }
        let rest: String = after.chars().take(AHEAD).collect();
        let Some(end) = rest.find("/>").filter(|end| !rest[..*end].contains(['<', '>'])) else { continue };
        let span = Span::new(at, at + 1 + end + 2).shifted(source.text.len() - read.len());
        let call = format!("<{}", &rest[..end + 2]);
        let message =
            format!("this call of the component `{name}` has no braces, and is printed as it stands");
        let finding = Diagnostic::new(Rule::TemplateError, Place::new(&source.path, span), message);
        found.push(finding.help(format!("write `{{{{ {call} }}}}`")));
    }
    found
}
