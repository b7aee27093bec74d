//! A theme: compiled templates, words, and static files. A template that fails is a finding too.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Tera};

use crate::artifact::Content;
use crate::diagnostic::{Diagnostic, Place};
use crate::input::{StaticContent, ThemeFiles};
use crate::schema::Schemas;
use crate::source::{Source, Span};
use crate::strings::Strings;
use crate::tree::{Node, toml};
use crate::view::Shapes;

use fault::Unreadable;
use lineage::Lineage;
use names::{Asked, Knowledge, Template};

mod bare;
mod fault;
mod lexer;
mod lineage;
mod names;
mod parts;
mod said;
mod style;
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
    /// Where templates ask for what is never there, which is told already.
    doubtful: Vec<Place>,
}

/// How many bytes of a page are written before its memory grows.
const ROOM_FOR_A_PAGE: usize = 32 * 1024;

/// Compiles `files` for a site in `language` that has the kinds of `schemas`. A template that can't be read is a finding,
/// and there is no theme then; a name that is never there is one, too.
pub fn compile(files: &ThemeFiles, language: &str, schemas: &Schemas) -> (Option<Theme>, Vec<Diagnostic>) {
    let templates: BTreeMap<String, Source> =
        files.templates.iter().map(|template| (template.name.to_string(), template.source.clone())).collect();
    let (strings, mut findings) = strings(files, language);
    let (statics, addresses) = statics(files);
    let mut tera = Tera::new();
    // The templates that the program carries hang together.
    let lineage = if files.is_carried {
        Lineage::default()
    } else {
        Lineage::read(&templates, &schemas.kinds().iter().map(|kind| &*kind.name).collect())
    };
    let readable =
        |name: &str, source| lineage.without_severed(name, parts::without_slips_of_loops(text(source)));
    let texts: Vec<(&str, String)> =
        templates.iter().map(|(name, source)| (name.as_str(), readable(name, source))).collect();
    let read = tera.add_raw_templates(texts);
    let is_usable = read.is_ok() && !lineage.is_severed();
    let unreadable = match read {
        Ok(()) => Unreadable::default(),
        Err(error) => fault::unreadable(&templates, &lineage, &error),
    };
    // The templates that the program carries ask for nothing that is not there.
    let asked = if files.is_carried {
        Asked::default()
    } else {
        let mut shapes = Shapes::of_views();
        shapes.close("assets", addresses.keys().map(String::as_str).chain(["brand.css"]));
        if findings.is_empty() {
            shapes.close("t", strings.words().keys().map(String::as_str));
        } else {
            shapes.lose("t");
        }
        ask(&templates, &unreadable, schemas, &shapes)
    };
    findings.extend(files.styles.iter().flat_map(|style| style::check(&style.source)));
    if !files.is_carried {
        findings.extend(bare::calls(&templates));
        findings.extend(bare::unsafe_html(&templates));
    }
    // What is wrong in a template may be why it makes no page.
    let others = unreadable.findings.iter().chain(&asked.findings);
    let faulty: BTreeSet<_> = others.map(|finding| finding.place.path.clone()).collect();
    let is_of_whole = |finding: &Diagnostic| finding.place.span == Span::default();
    findings.extend(
        lineage
            .findings
            .into_iter()
            .filter(|finding| !(is_of_whole(finding) && faulty.contains(&finding.place.path))),
    );
    findings.extend(unreadable.findings);
    findings.extend(asked.findings);
    let doubtful = asked.doubtful;
    let theme = Theme { tera, templates, strings, statics, addresses, doubtful };
    (is_usable.then_some(theme), findings)
}

/// What is asked for in `templates`, as far as they can be read.
fn ask(
    templates: &BTreeMap<String, Source>,
    unreadable: &Unreadable,
    schemas: &Schemas,
    shapes: &Shapes,
) -> Asked {
    let kinds = schemas.kinds().iter().map(|kind| &*kind.name).collect();
    let templates = templates.iter().map(|(name, source)| {
        let (tags, knowledge) = if unreadable.templates.contains(name) {
            (parts::torn(text(source)).0, Knowledge::Partial)
        } else {
            (parts::read(text(source)), Knowledge::Whole)
        };
        Template { name, source, tags, knowledge }
    });
    names::check(templates, &kinds, shapes)
}

/// The files that are published as they are, each with where it goes; and their addresses by their names.
fn statics(files: &ThemeFiles) -> (Vec<(String, Content)>, BTreeMap<String, String>) {
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
    (statics, addresses)
}

/// The text of a template, without the mark that some editors put before it: `extends` has to come first.
fn text(source: &Source) -> &str {
    source.text.strip_prefix('\u{feff}').unwrap_or(&source.text)
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
    // What a site's own file lacks, the program may have in the same language. English comes last in any case.
    let brought = match primary.eq_ignore_ascii_case("en") {
        true => [None, None],
        false => [words::carried(language), words::carried(primary)],
    };
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

    /// Where the template `name` begins.
    pub fn place(&self, name: &str) -> Place {
        fault::file_place(&self.templates, name)
    }

    /// Renders `template` to the bytes of a file.
    ///
    /// # Errors
    /// The finding, where the template fails.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let failed = |error| Box::new(fault::finding(&self.templates, template, &error));
        // Nearly every page fits, and growing would copy what is written so far several times.
        let mut page = Vec::with_capacity(ROOM_FOR_A_PAGE);
        self.tera.render_to(template, context, &mut page).map_err(failed)?;
        Ok(page)
    }

    /// The findings about templates that failed, with each mistake told once: a template that fails on a thousand pages
    /// has one mistake, and what follows from a name that is never there was told when the theme was compiled.
    pub fn told_once(&self, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        findings.sort();
        let mut told = BTreeSet::new();
        findings.retain(|finding| {
            !self.is_doubtful(finding) && told.insert((finding.place.clone(), finding.message.clone()))
        });
        findings
    }

    /// Whether the finding is about something that depends on a name which is never there.
    fn is_doubtful(&self, finding: &Diagnostic) -> bool {
        let places = || finding.related.iter().map(|related| &related.place).chain([&finding.place]);
        self.doubtful.iter().any(|doubtful| places().any(|place| overlap(place, doubtful)))
    }
}

/// Whether the two places have a byte in common.
fn overlap(a: &Place, b: &Place) -> bool {
    a.path == b.path && a.span.start < b.span.end && b.span.start < a.span.end
}
