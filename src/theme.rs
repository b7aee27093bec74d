//! A theme: compiled templates, words, and static files. A template that fails is a finding too.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, ErrorKind, ReportError, Tera};

use crate::artifact::Content;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::input::{StaticContent, ThemeFiles};
use crate::page::Page;
use crate::source::{LineIndex, SitePath, Source, Span};
use crate::strings::Strings;
use crate::tree::{Node, toml};

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
    let texts = || templates.iter().map(|(name, source)| (name.as_str(), &*source.text));
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

/// The findings of every template that can't be read, or the one about how they hang together.
fn unreadable(templates: &BTreeMap<String, Source>, error: &tera::Error) -> Vec<Diagnostic> {
    let alone = |(name, source): (&String, &Source)| match Tera::new().add_raw_template(name, &source.text) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => {
            Some(finding(templates, name, &error, None))
        }
        _ => None,
    };
    let findings: Vec<Diagnostic> = templates.iter().filter_map(alone).collect();
    if !findings.is_empty() {
        return findings;
    }
    let findings = unknown_names(templates, &error.to_string());
    if !findings.is_empty() {
        return findings;
    }
    let name = match error.kind() {
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => tpl,
        ErrorKind::MissingParent { current, .. } => current,
        _ => "",
    };
    vec![finding(templates, name, error, None)]
}

/// The findings of the filters, tests, functions, components and templates that are used and are not there.
///
/// Tera tells them all in one text, report by report, each as "error: Unknown filter `x`" and then "--> a.html:1:8".
fn unknown_names(templates: &BTreeMap<String, Source>, reports: &str) -> Vec<Diagnostic> {
    let one = |report: &str| {
        let (title, rest) = report.trim().strip_prefix("error: ")?.split_once('\n')?;
        let mut place = rest.lines().next()?.trim().strip_prefix("--> ")?.rsplitn(3, ':');
        let (column, line) = (place.next()?.parse::<usize>().ok()?, place.next()?.parse().ok()?);
        let source = templates.get(place.next()?)?;
        let line = LineIndex::new(&source.text).line(line);
        let (before, _) = source.text.get(line.clone())?.char_indices().nth(column.checked_sub(1)?)?;
        let start = line.start + before;
        let length = title.split('`').nth(1).map_or(0, str::len);
        let place = Place::new(&source.path, Span::new(start, start + length));
        Some(Diagnostic::new(Rule::TemplateError, place, lower_first(title)))
    };
    reports.split("\n\n").filter_map(one).collect()
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
    let finding = Diagnostic::new(Rule::TemplateError, place, lower_first(first));
    match page {
        Some(page) => finding.related("while this page was rendered", page.whole()),
        None => finding,
    }
}

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
            Place::new(&source.path, Span::new(report.span().range.start, report.span().range.end))
        }
        None => file_place(templates, report.filename()),
    }
}

/// The words in `language`, or in the language it is a form of; what is missing there is English.
fn strings(files: &ThemeFiles, language: &str) -> (Strings, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut tree = |language: &str| {
        let name = format!("{language}.toml");
        let source = &files.strings.iter().find(|file| file.name.eq_ignore_ascii_case(&name))?.source;
        let (tree, found) = toml::parse(&source.text, &source.path);
        findings.extend(found);
        Some(tree)
    };
    let nothing = Node::empty_map(Span::default());
    let primary = language.split('-').next().unwrap_or(language);
    let english = tree("en").unwrap_or_else(|| nothing.clone());
    let own = if primary.eq_ignore_ascii_case("en") && !language.contains('-') {
        None
    } else {
        tree(language).or_else(|| if primary == language || primary == "en" { None } else { tree(primary) })
    };
    (Strings::new(own.as_ref().unwrap_or(&nothing), &english), findings)
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
