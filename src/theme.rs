//! A theme: compiled templates, words, and static files. A template that fails is a finding too.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, ErrorKind, ReportError, Tera};

use crate::artifact::Content;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::input::{StaticContent, ThemeFiles};
use crate::page::Page;
use crate::source::{SitePath, Source, Span};
use crate::strings::Strings;
use crate::suggest::closest;
use crate::tree::{Node, toml};

mod words;

pub use words::check as check_words;

/// A compiled theme.
pub struct Theme {
    tera: Tera,
    templates: BTreeMap<String, Source>,
    /// The theme's words and sentences.
    pub strings: Strings,
    statics: Vec<(String, Content)>,
    addresses: BTreeMap<String, String>,
}

/// Compiles `files` for a site in `language`. A template that can't be read is a finding, and there is no theme then.
pub fn compile(files: &ThemeFiles, language: &str) -> (Option<Theme>, Vec<Diagnostic>) {
    let templates: BTreeMap<String, Source> =
        files.templates.iter().map(|template| (template.name.to_string(), template.source.clone())).collect();
    let (strings, mut findings) = strings(files, language);
    let mut tera = Tera::new();
    let texts = || templates.iter().map(|(name, source)| (name.as_str(), text(source)));
    if let Err(error) = tera.add_raw_templates(texts()) {
        findings.extend(unreadable(&templates, &error));
        return (None, findings);
    }
    let mut statics = Vec::new();
    let mut addresses = BTreeMap::new();
    for file in &files.files {
        let path = format!("static/{}", file.name);
        let (digest, content) = match &file.content {
            StaticContent::Carried { bytes, digest } => (*digest, Content::Bytes(bytes.to_vec())),
            StaticContent::File(asset) => (
                asset.digest,
                Content::File { from: asset.file.clone(), digest: asset.digest, size: asset.size },
            ),
        };
        addresses.insert(file.name.to_string(), with_version(&path, digest));
        statics.push((path, content));
    }
    (Some(Theme { tera, templates, strings, statics, addresses }), findings)
}

/// The text of a template, without the mark that some editors put before it: `extends` has to come first.
fn text(source: &Source) -> &str {
    source.text.strip_prefix('\u{feff}').unwrap_or(&source.text)
}

/// The findings of every template that can't be read, or those about how they hang together.
fn unreadable(templates: &BTreeMap<String, Source>, error: &tera::Error) -> Vec<Diagnostic> {
    let alone = |(name, source): (&String, &Source)| match Tera::new().add_raw_template(name, text(source)) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => {
            Some(finding(templates, name, &error, None))
        }
        _ => None,
    };
    let findings: Vec<Diagnostic> = templates.iter().filter_map(alone).collect();
    if !findings.is_empty() {
        return findings;
    }
    let one = |name: &str, named: &[String], message: String| {
        let place = templates.get(name).map_or_else(
            || file_place(templates, name),
            |source| Place::new(&source.path, mention(source, named)),
        );
        vec![Diagnostic::new(Rule::TemplateError, place, message)]
    };
    let circle = |verb: &str, tpl: &str, chain: &[String]| {
        if chain.iter().all(|name| name == tpl) {
            return one(tpl, chain, format!("the template {verb}s itself"));
        }
        let names: Vec<String> = chain.iter().map(|name| format!("`{name}`")).collect();
        one(tpl, chain, format!("templates {verb} each other in a circle: {}", names.join(", ")))
    };
    match error.kind() {
        ErrorKind::CircularExtend { tpl, inheritance_chain } => circle("extend", tpl, inheritance_chain),
        ErrorKind::CircularInclude { tpl, include_chain } => circle("include", tpl, include_chain),
        ErrorKind::MissingParent { current, parent } => {
            one(current, std::slice::from_ref(parent), format!("there is no template `{parent}`"))
        }
        ErrorKind::Msg(reports) => {
            let mut findings: Vec<Diagnostic> =
                reports.split("\n\n").filter_map(|report| told(templates, report)).collect();
            // A block that the base has lost is one mistake, however many templates fill it.
            let mut lost = BTreeSet::new();
            findings.retain(|finding| {
                !finding.message.starts_with("block ") || lost.insert(finding.message.clone())
            });
            if !findings.is_empty() {
                return findings;
            }
            // What is said without a place is about a template that it names.
            let is_named = |name: &&String| reports.contains(&format!("`{name}`"));
            let name = templates.keys().find(is_named).map_or("", String::as_str);
            vec![finding(templates, name, error, None)]
        }
        _ => vec![finding(templates, "", error, None)],
    }
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
    Some(Diagnostic::new(Rule::TemplateError, place, lower_first(message)))
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

/// From which templates the one that failed was called, the nearest first: Tera tells it as text below the error.
fn callers(templates: &BTreeMap<String, Source>, report: &str) -> Vec<Place> {
    let notes = report.split("\n\n").filter_map(|note| note.strip_prefix("note: called from "));
    notes.filter_map(|note| told_place(templates, note.lines().next()?, note.lines().last())).collect()
}

/// The finding for `error`, which came up in the template `name`, perhaps while `page` was rendered.
fn finding(
    templates: &BTreeMap<String, Source>,
    name: &str,
    error: &tera::Error,
    page: Option<&Page>,
) -> Diagnostic {
    let (place, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report_place(templates, report), report.message().to_owned())
        }
        _ => (file_place(templates, name), error.to_string()),
    };
    let first = message.lines().next().unwrap_or("").trim().trim_end_matches('.');
    // What there is differs from page to page, and the mistake is one.
    let (first, help) = match undefined(first) {
        Some((what, help)) => (what, Some(help)),
        None => (first, None),
    };
    let mut finding = Diagnostic::new(Rule::TemplateError, place, lower_first(first));
    if let Some(help) = help {
        finding = finding.help(help);
    }
    if matches!(error.kind(), ErrorKind::RenderingError(_)) {
        for caller in callers(templates, &error.to_string()) {
            finding = finding.related("called from here", caller);
        }
        // A template that another one extends is not called from any place.
        let begin = file_place(templates, name);
        let is_named = |place: &Place| place.path == begin.path;
        if !is_named(&finding.place) && !finding.related.iter().any(|related| is_named(&related.place)) {
            finding = finding.related("while this template was rendered", begin);
        }
    }
    match page {
        Some(page) => finding.related("while this page was rendered", page.whole()),
        None => finding,
    }
}

/// What Tera says of a name that is not there, apart from the names that are there, and what to write in its place.
fn undefined(message: &str) -> Option<(&str, String)> {
    let (what, names) = message.split_once(". Available ")?;
    let (sort, names) = names.split_once(": ")?;
    let wrong = what.split('`').nth(1)?;
    let names: Vec<&str> = names.split(", ").collect();
    let help = match closest(wrong, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
            let more = if names.len() > MOST_NAMES { ", and more" } else { "" };
            format!("these {sort} are there: {}{more}", shown.join(", "))
        }
    };
    Some((what, help))
}

/// How many names are shown where none is near.
const MOST_NAMES: usize = 12;

fn lower_first(message: &str) -> String {
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => "the template can't be used".to_owned(),
    }
}

fn file_place(templates: &BTreeMap<String, Source>, name: &str) -> Place {
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

/// The words in `language`, or in the language it is a form of. What is missing there is English, and what is missing
/// there too is what the program says.
fn strings(files: &ThemeFiles, language: &str) -> (Strings, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut tree = |language: &str| {
        let name = format!("{language}.toml");
        let source = &files.strings.iter().find(|file| file.name.eq_ignore_ascii_case(&name))?.source;
        let (tree, found) = toml::parse(&source.text, &source.path);
        findings.extend(found);
        Some(tree)
    };
    let primary = language.split('-').next().unwrap_or(language);
    let own = if language.eq_ignore_ascii_case("en") { None } else { tree(language) };
    let related = if own.is_some() || primary == language || primary == "en" { None } else { tree(primary) };
    // What a site's own file lacks, the program may have in the same language.
    let brought = [words::carried(language), words::carried(primary)];
    let english = [tree("en"), words::carried("en")];
    let files: Vec<Node> = [own, related].into_iter().chain(brought).chain(english).flatten().collect();
    (Strings::new(&files, language), findings)
}

/// The address of a static file, which changes with what it holds: a page kept by a browser never gets another style.
fn with_version(path: &str, digest: u128) -> String {
    format!("{path}?v={:08x}", digest & 0xffff_ffff)
}

impl Theme {
    /// Whether the theme has the template `name`.
    pub fn has(&self, name: &str) -> bool {
        self.templates.contains_key(name)
    }

    /// The static files: where each goes, and what it holds.
    pub fn statics(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.statics.iter().map(|(path, content)| (path.as_str(), content))
    }

    /// The address of each static file by its name, with a version.
    pub fn addresses(&self) -> &BTreeMap<String, String> {
        &self.addresses
    }

    /// The address of a file at `path` that holds `bytes`, with a version.
    pub fn versioned(&self, path: &str, bytes: &[u8]) -> String {
        with_version(path, xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// Renders `template`.
    ///
    /// # Errors
    /// The finding, where the template fails.
    pub fn render(
        &self,
        template: &str,
        context: &Context,
        page: Option<&Page>,
    ) -> Result<String, Box<Diagnostic>> {
        self.tera
            .render(template, context)
            .map_err(|error| Box::new(finding(&self.templates, template, &error, page)))
    }

    /// The findings with each mistake told once: a template that fails on a thousand pages has one mistake.
    pub fn told_once(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        findings.sort();
        let mut told = BTreeSet::new();
        findings.retain(|finding| told.insert((finding.place.clone(), finding.message.clone())));
        findings
    }
}
