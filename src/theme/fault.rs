//! What Tera finds wrong with templates, as findings: when they are read, and when pages are made with them.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, ReportError, Tera};

use super::lineage::{self, Lineage};
use super::parts::{self, Part};
use super::said::{Spot, defined, said};
use super::text;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::source::{SitePath, Source, Span};
use crate::suggest::closest;

mod components;

/// How it is said that a template fills a block that is not there.
pub(super) const NO_BLOCK: &str = "the template that this one extends has no block";

/// Why templates can't be used.
#[derive(Debug, Default)]
pub struct Unreadable {
    /// The names of those that can't be read.
    pub templates: BTreeSet<String>,
    /// The findings.
    pub findings: Vec<Diagnostic>,
}

/// What is wrong with every template that can't be read, and with how they hang together.
pub fn unreadable(
    templates: &BTreeMap<String, Source>,
    lineage: &Lineage,
    error: &tera::Error,
) -> Unreadable {
    let mut unreadable = Unreadable::default();
    let (mut left, mut lost, mut is_nameless) = (Vec::new(), BTreeSet::new(), false);
    for (name, source) in templates {
        let whole = parts::without_slips_of_loops(text(source));
        let error = Tera::new().add_raw_template(name, &whole).err();
        let syntax = error.as_ref().and_then(|error| match error.kind() {
            ErrorKind::SyntaxError(report) => Some((error, report.span().range.start)),
            _ => None,
        });
        let Some((error, start)) = syntax else {
            left.push((name.as_str(), lineage.without_severed(name, whole)));
            continue;
        };
        unreadable.findings.push(finding(templates, name, error));
        unreadable.templates.insert(name.clone());
        // Tera stops at the first mistake. Tags are read one by one beyond it.
        let (parts, faults) = parts::torn(text(source));
        let mark = source.text.len() - text(source).len();
        for fault in faults
            .into_iter()
            .filter(|fault| !(fault.tag.start as usize..=fault.tag.end as usize).contains(&start))
        {
            let place = Place::new(&source.path, fault.span.shifted(mark));
            unreadable.findings.push(put(templates, place, &fault.message));
        }
        for part in &parts {
            if let Part::Unread(tag) = part {
                lost.extend(parts::words(tag.span.of(text(source))));
            }
        }
        is_nameless |= parts::ends_nameless(&parts);
        left.push((name, parts::stub(text(source), &parts)));
    }
    if unreadable.templates.is_empty() {
        let is_certain = |report: &str| {
            !report.starts_with("error: Block `")
                || reported(report).is_none_or(|name| !lineage.is_unfounded(name))
        };
        unreadable.findings = unconnected(templates, error, &is_certain);
    } else if let Err(error) = Tera::new().add_raw_templates(left) {
        let names = defined(templates, "component");
        // A block or component may stand where nothing can be read.
        let is_certain = |report: &str| {
            let component =
                report.strip_prefix("error: Unknown component `").and_then(|rest| rest.split_once('`'));
            let is_lost = |name: &str| {
                lost.contains(name) || is_nameless && closest(name, names.iter().copied()).is_none()
            };
            !report.starts_with("error: Block `") && component.is_none_or(|(name, _)| !is_lost(name))
        };
        unreadable.findings.extend(unconnected(templates, &error, &is_certain));
    }
    unreadable
}

/// The findings about how templates hang together, of which those are told that are certain.
fn unconnected(
    templates: &BTreeMap<String, Source>,
    error: &tera::Error,
    is_certain: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let one = |name: &str, named: &[String], message: String| {
        let place = templates.get(name).map_or_else(
            || file_place(templates, name),
            |source| Place::new(&source.path, mention(source, named)),
        );
        vec![Diagnostic::new(Rule::TemplateError, place, message)]
    };
    match error.kind() {
        ErrorKind::CircularInclude { tpl, include_chain } => {
            if include_chain.iter().all(|name| name == tpl) {
                return one(tpl, include_chain, "the template includes itself".to_owned());
            }
            let names: Vec<String> = include_chain.iter().map(|name| format!("`{name}`")).collect();
            one(tpl, include_chain, format!("templates include each other in a circle: {}", names.join(", ")))
        }
        ErrorKind::Msg(reports) => {
            let (certain, others): (Vec<&str>, Vec<&str>) =
                reports.split("\n\n").partition(|report| is_certain(report));
            let mut findings: Vec<Diagnostic> =
                certain.into_iter().filter_map(|report| told(templates, report)).collect();
            // A block that the base has lost is one mistake, however many templates fill it.
            let mut lost = BTreeSet::new();
            findings.retain(|finding| {
                !finding.message.starts_with(NO_BLOCK) || lost.insert(finding.message.clone())
            });
            let findings = components::told_once(templates, at_parents(templates, findings));
            if !findings.is_empty() || !others.is_empty() {
                return findings;
            }
            if let Some(finding) = components::twice(templates, reports) {
                return vec![finding];
            }
            // What is said without a place is about a template that it names.
            let is_named = |name: &&String| reports.contains(&format!("`{name}`"));
            let name = templates.keys().find(is_named).map_or("", String::as_str);
            vec![finding(templates, name, error)]
        }
        _ => vec![finding(templates, "", error)],
    }
}

/// `findings`, with one for each template of the site that lacks blocks which templates of the program fill: these are
/// not on the disk.
fn at_parents(templates: &BTreeMap<String, Source>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut lacks: BTreeMap<SitePath, BTreeSet<String>> = BTreeMap::new();
    let mut others = Vec::new();
    for finding in findings {
        let named = templates.iter().find(|(_, source)| source.path == finding.place.path);
        let parent = named
            .filter(|(name, source)| {
                finding.message.starts_with(NO_BLOCK) && lineage::is_of_program(name, source)
            })
            .and_then(|(name, _)| lineage::own_parent(name, templates));
        match (parent, finding.message.rsplit('`').nth(1)) {
            (Some(parent), Some(block)) => {
                lacks.entry(parent.path.clone()).or_default().insert(format!("`{block}`"));
            }
            _ => others.push(finding),
        }
    }
    others.extend(lacks.into_iter().map(|(path, blocks)| {
        let blocks: Vec<String> = blocks.into_iter().collect();
        let message = format!(
            "templates that the program brings extend this one, and it has no block for what they fill: {}",
            blocks.join(", ")
        );
        let help = format!(
            "put these blocks where they belong, each as `{{% block {} %}}{{% endblock %}}`",
            blocks.first().map_or("", |block| block.trim_matches('`'))
        );
        Diagnostic::new(Rule::TemplateError, Place::file(&path), message).help(help)
    }));
    others
}

/// The template that a mistake is in which Tera tells as text.
fn reported(report: &str) -> Option<&str> {
    report.lines().nth(1)?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':').nth(2)
}

/// Where `source` names one of the templates `names`, quotes included; its start if it names none.
fn mention(source: &Source, names: &[String]) -> Span {
    let quoted = |name: &String| ['"', '\''].map(|quote| format!("{quote}{name}{quote}"));
    let found = names.iter().flat_map(quoted).find_map(|name| Some((source.text.find(&name)?, name.len())));
    found.map_or(Span::default(), |(at, length)| Span::new(at, at + length))
}

/// The finding for a mistake that Tera tells as text: what is wrong, then the place, then the line with marks below.
///
/// That a filter, function, test, component, block or included template does not exist is told in no other way.
fn told(templates: &BTreeMap<String, Source>, report: &str) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let place = told_place(templates, lines.next()?.trim_start().strip_prefix("--> ")?, lines.last())?;
    Some(put(templates, place, message))
}

/// The place that Tera writes as `place`: a template, a line and a column. The last line shown has `marks` below it.
fn told_place(templates: &BTreeMap<String, Source>, place: &str, marks: Option<&str>) -> Option<Place> {
    let mut place = place.rsplitn(3, ':');
    let column: usize = place.next()?.parse().ok()?;
    let line: usize = place.next()?.parse().ok()?;
    let source = templates.get(place.next()?)?;
    let length = marks.map_or(1, |marks| marks.matches('^').count().max(1));
    let text = text(source);
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let line = text.get(before..)?.lines().next()?;
    let byte = |characters: usize| line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at);
    let start = source.text.len() - text.len() + before;
    let span = Span::new(start + byte(column - 1), start + byte(column - 1 + length));
    Some(Place::new(&source.path, span))
}

/// The second places that Tera tells as text below an error: from where a template was called, the nearest first, or
/// what is in the way.
fn notes(templates: &BTreeMap<String, Source>, report: &str) -> Vec<(&'static str, Place)> {
    let notes = report.split("\n\n").filter_map(|note| note.strip_prefix("note: "));
    let told = |note: &str| {
        let first = note.lines().next()?;
        let (label, place) = if let Some(place) = first.strip_prefix("called from ") {
            ("called from here", place)
        } else if let Some(place) = first.strip_prefix("first defined here ") {
            ("first given here", place)
        } else {
            ("opened here", first.split_once(" starts here ")?.1)
        };
        Some((label, told_place(templates, place, note.lines().last())?))
    };
    notes.filter_map(told).collect()
}

/// The finding for `error`, which came up in the template `name`.
pub fn finding(templates: &BTreeMap<String, Source>, name: &str, error: &tera::Error) -> Diagnostic {
    let (place, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report_place(templates, report), report.message().to_owned())
        }
        _ => (file_place(templates, name), error.to_string()),
    };
    let mut finding = put(templates, place, &message);
    for (label, place) in notes(templates, &error.to_string()) {
        finding = finding.related(label, place);
    }
    if matches!(error.kind(), ErrorKind::RenderingError(_)) {
        // A template that another one extends is not called from any place.
        let begin = file_place(templates, name);
        let is_named = |place: &Place| place.path == begin.path;
        if !is_named(&finding.place) && !finding.related.iter().any(|related| is_named(&related.place)) {
            finding = finding.related("while this template was rendered", begin);
        }
    }
    finding
}

/// The finding for what Tera says of `place`.
fn put(templates: &BTreeMap<String, Source>, place: Place, message: &str) -> Diagnostic {
    let source = templates.values().find(|source| source.path == place.path);
    let (text, mark) =
        source.map_or(("", 0), |source| (text(source), source.text.len() - text(source).len()));
    let span = Span::new(
        (place.span.start as usize).saturating_sub(mark),
        (place.span.end as usize).saturating_sub(mark),
    );
    let said = said(message, &Spot { templates, text, span });
    let within = |span: Span| Place::new(&place.path, span.shifted(mark));
    let mut finding =
        Diagnostic::new(Rule::TemplateError, said.span.map_or(place.clone(), within), said.message);
    if let Some(help) = said.help {
        finding = finding.help(help);
    }
    if let Some((label, span)) = said.related {
        finding = finding.related(label, within(span));
    }
    finding
}

/// Where the template `name` begins.
pub fn file_place(templates: &BTreeMap<String, Source>, name: &str) -> Place {
    match templates.get(name) {
        Some(source) => Place::file(&source.path),
        None => Place::file(&SitePath::new(format!("templates/{name}"))),
    }
}

fn report_place(templates: &BTreeMap<String, Source>, report: &ReportError) -> Place {
    match templates.get(report.filename()) {
        Some(source) => {
            let mark = source.text.len() - text(source).len();
            let range = &report.span().range;
            Place::new(&source.path, Span::new(range.start, range.end).shifted(mark))
        }
        None => file_place(templates, report.filename()),
    }
}
