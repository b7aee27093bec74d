//! Which template extends which: what is wrong with that, and templates of pages that make no whole page.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera};

use super::lexer::{self, Kind, Tag};
use super::said::no_template;
use super::{parts, text};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{Source, Span};
use crate::theme_files::FILES;
use crate::view::TEMPLATES;

/// The template that one extends: its name, where the name stands, quotes included, and the whole tag.
#[derive(Clone, Copy, Debug)]
struct Parent<'t> {
    name: &'t str,
    place: Span,
    tag: Span,
}

/// How templates hang together.
#[derive(Debug, Default)]
pub struct Lineage {
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
    /// The tags `extends` that lead nowhere or in a circle, by the names of their templates.
    severed: BTreeMap<String, Span>,
    /// The templates of which nobody knows what blocks there are in those that they extend.
    unfounded: BTreeSet<String>,
}

impl Lineage {
    /// Reads it off `templates`. Of these, pages of `kinds` have templates of their names.
    pub fn read(templates: &BTreeMap<String, Source>, kinds: &BTreeSet<&str>) -> Self {
        let parents: BTreeMap<&str, Parent<'_>> = templates
            .iter()
            .filter_map(|(name, source)| Some((name.as_str(), extends(text(source))?)))
            .collect();
        let mut lineage = Self::default();
        for (name, parent) in parents.iter().filter(|(_, parent)| !templates.contains_key(parent.name)) {
            let said = no_template(parent.name, templates, name);
            lineage.sever(templates, name, parent, said.message, said.help);
        }
        lineage.circles(templates, &parents);
        lineage.fragments(templates, &parents, kinds);
        lineage
    }

    /// The text of the template `name`, which is `text`, as Tera can read it: without an `extends` that leads nowhere.
    pub fn without_severed(&self, name: &str, mut text: String) -> String {
        if let Some(tag) = self.severed.get(name) {
            let blank: String = tag.of(&text).chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
            text.replace_range(tag.range(), &blank);
        }
        text
    }

    /// Whether nobody knows what blocks there are in the templates that the template `name` extends.
    pub fn is_unfounded(&self, name: &str) -> bool {
        self.unfounded.contains(name)
    }

    /// Whether any template extends one that it can't.
    pub fn is_severed(&self) -> bool {
        !self.severed.is_empty()
    }

    fn sever(
        &mut self,
        templates: &BTreeMap<String, Source>,
        name: &str,
        parent: &Parent<'_>,
        message: String,
        help: Option<String>,
    ) {
        let Some(source) = templates.get(name) else { return };
        let place = Place::new(&source.path, shifted(source, parent.place));
        let finding = Diagnostic::new(Rule::TemplateError, place, message);
        self.findings.push(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
        self.severed.insert(name.to_owned(), parent.tag);
    }

    /// Tells templates that extend each other in a circle: each circle once, where it was probably closed.
    fn circles(&mut self, templates: &BTreeMap<String, Source>, parents: &BTreeMap<&str, Parent<'_>>) {
        for name in templates.keys() {
            let chain = chain(name, parents);
            let next = chain.last().and_then(|last| parents.get(last));
            let Some(start) = next.and_then(|next| chain.iter().position(|name| *name == next.name)) else {
                continue;
            };
            let circle = &chain[start..];
            if circle.iter().any(|name| self.severed.contains_key(*name)) {
                continue;
            }
            // A template that the program carries extends something else there, or nothing.
            let is_changed = |name: &&&str| {
                of_program(name).is_some_and(|own| {
                    extends(own).map(|parent| parent.name) != parents.get(*name).map(|parent| parent.name)
                })
            };
            let Some(closing) = circle.iter().find(is_changed).or_else(|| circle.iter().min()) else {
                continue;
            };
            let Some(parent) = parents.get(closing) else { continue };
            let message = if let [_] = circle {
                "the template extends itself".to_owned()
            } else {
                let names: Vec<String> = circle.iter().map(|name| format!("`{name}`")).collect();
                format!("templates extend each other in a circle: {}", names.join(", "))
            };
            let help = match of_program(closing).map(extends) {
                Some(Some(right)) => format!("did you mean `{}`?", right.name),
                Some(None) => "take it out: this template extends no other".to_owned(),
                None => "write the name of another template, or take it out".to_owned(),
            };
            self.sever(templates, closing, parent, message, Some(help));
        }
    }

    /// Tells the templates of pages that neither are a whole page nor extend one.
    fn fragments(
        &mut self,
        templates: &BTreeMap<String, Source>,
        parents: &BTreeMap<&str, Parent<'_>>,
        kinds: &BTreeSet<&str>,
    ) {
        let mut torsos = BTreeSet::new();
        for name in templates.keys() {
            let chain = chain(name, parents);
            if chain.iter().any(|name| self.severed.contains_key(*name)) {
                self.unfounded.insert(name.clone());
                continue;
            }
            let Some(root) = chain.last() else { continue };
            if is_of_pages(name, kinds) && !is_whole(&chain, templates) {
                torsos.insert((*root).to_owned());
            }
        }
        torsos.retain(|name| templates.get(name).is_some_and(|source| is_readable(name, source)));
        let is_torso = |name: &str| chain(name, parents).last().is_some_and(|root| torsos.contains(*root));
        self.unfounded.extend(templates.keys().filter(|name| is_torso(name)).cloned());
        for name in &torsos {
            let Some(source) = templates.get(name) else { continue };
            let help = match of_program(name).map(extends) {
                Some(None) => "write the page in it from `<!doctype html>` to `</html>`".to_owned(),
                Some(Some(parent)) => format!("begin it with `{{% extends \"{}\" %}}`", parent.name),
                None => "begin it with `{% extends \"page.html\" %}`, or with `<!doctype html>`".to_owned(),
            };
            let message =
                format!("`{name}` makes no whole page: it extends no template, and has no `<html>`");
            self.findings
                .push(Diagnostic::new(Rule::TemplateError, Place::file(&source.path), message).help(help));
        }
    }
}

/// The template `name` and those that it extends, directly or not, as far as they are there and none comes twice.
fn chain<'t>(name: &'t str, parents: &BTreeMap<&'t str, Parent<'t>>) -> Vec<&'t str> {
    let mut chain = vec![name];
    while let Some(parent) = chain.last().and_then(|last| parents.get(last)) {
        if chain.contains(&parent.name) {
            break;
        }
        chain.push(parent.name);
    }
    chain
}

/// What the template `text` extends.
fn extends(text: &str) -> Option<Parent<'_>> {
    lexer::tags(text).iter().find_map(|tag| match tag.tokens.as_slice() {
        [word, name] if tag.is_closed && word.is_word("extends") && name.kind == Kind::Text => {
            Some(Parent { name: name.text, place: Span::new(name.start(), name.end()), tag: tag.span })
        }
        _ => None,
    })
}

/// Whether `source` is the template `name` as the program carries it.
pub fn is_of_program(name: &str, source: &Source) -> bool {
    of_program(name) == Some(&*source.text)
}

/// The first of those that the template `name` extends, directly or not, that is not the program's.
pub fn own_parent<'t>(name: &'t str, templates: &'t BTreeMap<String, Source>) -> Option<&'t Source> {
    let mut seen = BTreeSet::from([name]);
    let mut parent = extends(text(templates.get(name)?))?;
    loop {
        let source = templates.get(parent.name).filter(|_| seen.insert(parent.name))?;
        if !is_of_program(parent.name, source) {
            return Some(source);
        }
        parent = extends(text(source))?;
    }
}

/// The text of the template `name` that the program carries.
fn of_program(name: &str) -> Option<&'static str> {
    let named = |path: &str| path.strip_prefix("templates/") == Some(name);
    let (_, bytes) = FILES.iter().find(|(path, _)| named(path))?;
    std::str::from_utf8(bytes).ok()
}

/// Whether pages are made with the template `name`.
fn is_of_pages(name: &str, kinds: &BTreeSet<&str>) -> bool {
    name == "page.html"
        || TEMPLATES.iter().any(|(template, _)| *template == name)
        || name.strip_suffix(".html").is_some_and(|kind| kinds.contains(kind))
}

/// Whether the templates of `chain`, or what they include or call, have what a whole page begins with.
fn is_whole(chain: &[&str], templates: &BTreeMap<String, Source>) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), chain.to_vec());
    while let Some(name) = open.pop() {
        let Some(source) = templates.get(name).filter(|_| seen.insert(name)) else { continue };
        let text = text(source);
        let shown = without_remarks(text).to_ascii_lowercase();
        if shown.contains("<html") || shown.contains("<!doctype") {
            return true;
        }
        for tag in lexer::tags(text) {
            match tag.tokens.as_slice() {
                [word, name, ..] if word.is_word("include") => open.push(name.text),
                [sign, name, ..] if sign.is_sign("<") => {
                    let holds = |other: &Source| {
                        lexer::tags(super::text(other)).iter().any(|tag| defines(tag, name.text))
                    };
                    open.extend(
                        templates.iter().filter(|(_, other)| holds(other)).map(|(name, _)| name.as_str()),
                    );
                }
                _ => {}
            }
        }
    }
    false
}

/// Whether the tag begins the component `name`, or one whose name begins so.
fn defines(tag: &Tag<'_>, name: &str) -> bool {
    matches!(tag.tokens.as_slice(), [word, first, ..] if word.is_word("component") && first.text == name)
}

/// `text` without what stands between `{#` and `#}`.
fn without_remarks(text: &str) -> String {
    let mut parts = text.split("{#");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |shown, part| shown + part.split_once("#}").map_or("", |(_, rest)| rest))
}

/// Whether Tera can read the template: where it can't, that is told, and may be why there is no `extends`.
fn is_readable(name: &str, source: &Source) -> bool {
    let error = Tera::new().add_raw_template(name, &parts::without_slips_of_loops(text(source))).err();
    !error.is_some_and(|error| matches!(error.kind(), ErrorKind::SyntaxError(_)))
}

/// `span` in the whole file of `source`.
fn shifted(source: &Source, span: Span) -> Span {
    span.shifted(source.text.len() - text(source).len())
}
