//! The stages in order: inputs to findings and artifacts. `check`, `build` and `serve` run this same function.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::artifact::{Nowhere, Sink};
use crate::checks;
use crate::clinical::Date;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::input::{self, Inputs};
use crate::language;
use crate::markdown::Highlighter;
use crate::markdown::slug::slug;
use crate::page::{self, Page, Parsing};
use crate::register;
use crate::render::{self, Count};
use crate::report::Sources;
use crate::schema::{ReviewDuty, Schemas};
use crate::site::{self, Context, Drafts};
use crate::source::{SitePath, Source};
use crate::theme;

/// What a run depends on besides the files of the site.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// The day on which the run takes place.
    pub today: Date,
}

/// What a run gives besides the artifacts.
pub struct Outcome {
    /// Everything that is wrong, weighed and in the order of files and places.
    pub findings: Vec<Diagnostic>,
    /// How much was rendered.
    pub count: Count,
    /// What drafts still need: for each its file, and the fields.
    pub duties: Vec<(SitePath, Vec<String>)>,
    /// The exceptions that were made use of, each in a sentence.
    pub waivers: Vec<String>,
    /// The parsed pages, for the next run.
    pub cache: Cache,
}

/// The parsed pages of an earlier run. A page is taken from it only if its bytes, and all that parsing depends on, are
/// the same as then.
#[derive(Default)]
pub struct Cache {
    settings: Option<Settings>,
    pages: HashMap<SitePath, Parsed>,
}

/// What parsing depends on besides the page, as the files say it.
#[derive(Clone, PartialEq)]
struct Settings {
    schemas: Vec<(SitePath, Arc<str>)>,
    damaged: Vec<SitePath>,
    config: Option<Arc<str>>,
}

#[derive(Clone)]
struct Parsed {
    text: Arc<str>,
    page: Option<Arc<Page>>,
    findings: Vec<Diagnostic>,
}

/// Runs every stage over `inputs`, whose settings are `config` with the findings `config_findings`.
///
/// Artifacts go to `sink` as they come; if an error is known before the first, none is kept.
pub fn run(
    inputs: &Inputs,
    config: &Config,
    config_findings: Vec<Diagnostic>,
    options: Options,
    cache: &Cache,
    sink: &dyn Sink,
) -> Outcome {
    let mut findings = config_findings;
    findings.extend(inputs.findings.iter().cloned());
    // Settings with a mistake may have meant to say that no review is needed.
    let duty = if config.is_intact { config.review.duty } else { ReviewDuty::NotRequired };
    let (schemas, found) = Schemas::with_site(&inputs.schemas, duty);
    findings.extend(found);
    let (registers, found) =
        register::read(inputs.people.as_ref(), inputs.sources.as_ref(), inputs.cautions.as_ref());
    findings.extend(found);
    let schemas = schemas.damaged_at(&inputs.damaged);
    let registers = registers.damaged_at(&inputs.damaged);
    let reading = language::Settings::new(&config.reading, |rule| config.level(rule).severity().is_some());
    let parsing = Parsing {
        schemas: &schemas,
        highlighter: &Highlighter::default(),
        reading: &reading,
        language: &config.language,
    };
    let cache = parse(inputs, config, &parsing, cache);
    let mut pages = Vec::with_capacity(inputs.pages.len());
    // A page whose name can't be an address can't be named as a translation either.
    let misnamed: HashSet<&SitePath> = inputs
        .findings
        .iter()
        .filter(|finding| finding.rule == Rule::BadFileName)
        .map(|finding| &finding.place.path)
        .collect();
    for source in &inputs.pages {
        if let Some(parsed) = cache.pages.get(&source.path) {
            let is_told = |rule| rule == Rule::BadFileName && misnamed.contains(&source.path);
            findings.extend(parsed.findings.iter().filter(|finding| !is_told(finding.rule)).cloned());
            if let Some(page) = &parsed.page {
                findings.extend(page.findings.iter().cloned());
                pages.push(Arc::clone(page));
            }
        }
    }
    pages.extend(inputs.damaged.iter().filter_map(|path| page::damaged(path, &schemas)).map(Arc::new));
    let lost = lost(&findings);
    findings.retain(|finding| !is_excused(finding, &schemas));
    let context = Context {
        config,
        lost: &lost,
        schemas: &schemas,
        registers: &registers,
        assets: &inputs.assets,
        drafts: options.drafts,
    };
    let (site, found) = site::assemble(context, pages);
    findings.extend(found);
    findings.extend(checks::check(&site, options.today));
    let (theme, found) = theme::compile(&inputs.theme, &config.language);
    findings.extend(found);
    let is_doomed =
        |finding: &Diagnostic| finding.severity == Severity::Error && !finding.rule.is_configurable();
    let sink = if findings.iter().any(is_doomed) { &Nowhere } else { sink };
    let mut count = Count::default();
    if let Some(theme) = &theme {
        let (rendered, found) = render::render(&site, theme, sink);
        count = rendered;
        findings.extend(found);
    }
    let verdict = checks::weigh(findings, &site, options.today);
    Outcome {
        findings: verdict.findings,
        count,
        duties: duties(&site),
        waivers: verdict.waivers.iter().map(ToString::to_string).collect(),
        cache,
    }
}

/// Parses the pages, each on its own; those that `cache` has are taken from there.
fn parse(inputs: &Inputs, config: &Config, parsing: &Parsing<'_>, cache: &Cache) -> Cache {
    let settings = Settings {
        schemas: inputs
            .schemas
            .iter()
            .map(|schema| (schema.path.clone(), Arc::clone(&schema.text)))
            .collect(),
        damaged: inputs.damaged.clone(),
        config: config.source.as_ref().map(|source| Arc::clone(&source.text)),
    };
    let is_same = cache.settings.as_ref() == Some(&settings);
    let parsed = |source: &Source| {
        let known = cache.pages.get(&source.path).filter(|known| is_same && known.text == source.text);
        let parsed = known.cloned().unwrap_or_else(|| {
            let (page, findings) = page::parse(source, parsing);
            Parsed { text: Arc::clone(&source.text), page: page.map(Arc::new), findings }
        });
        (source.path.clone(), parsed)
    };
    Cache { settings: Some(settings), pages: inputs.pages.par_iter().map(parsed).collect() }
}

/// The ids that the files would have which lie or are named where no page can be.
fn lost(findings: &[Diagnostic]) -> BTreeSet<String> {
    let is_place = |rule| matches!(rule, Rule::BadFileName | Rule::UnknownFolder);
    let files = findings
        .iter()
        .filter(|finding| is_place(finding.rule))
        .map(|finding| finding.place.path.file_name());
    let stems = files.map(|name| name.split('.').next().unwrap_or(name));
    stems.flat_map(|stem| [slug(stem), input::suggestion(stem)]).collect()
}

/// Whether a page lies in a folder that may be that of a kind whose schema can't be understood.
fn is_excused(finding: &Diagnostic, schemas: &Schemas) -> bool {
    let folder = finding.place.path.folder().strip_prefix("content/").unwrap_or("");
    let folder = folder.split('/').next().unwrap_or(folder);
    finding.rule == Rule::UnknownFolder && !schemas.is_whole() && schemas.kind_in_folder(folder).is_none()
}

fn duties(site: &site::Site<'_>) -> Vec<(SitePath, Vec<String>)> {
    let mut duties: Vec<(SitePath, Vec<String>)> = site
        .all()
        .into_iter()
        .map(|id| site.page(id))
        .filter(|page| page.status == page::Status::Draft && !page.duties.is_empty())
        .map(|page| {
            (page.source.path.clone(), page.duties.iter().map(|duty| duty.field.to_string()).collect())
        })
        .collect();
    duties.sort();
    duties
}

/// The texts of the files that findings can be about.
pub struct Texts(HashMap<SitePath, Arc<str>>);

impl Texts {
    /// The texts of `inputs`.
    pub fn new(inputs: &Inputs) -> Self {
        let theme = inputs.theme.templates.iter().chain(&inputs.theme.strings).map(|text| &text.source);
        let single =
            [&inputs.settings, &inputs.people, &inputs.sources, &inputs.cautions].into_iter().flatten();
        let sources = inputs.pages.iter().chain(&inputs.schemas).chain(single).chain(theme);
        Self(sources.map(|source| (source.path.clone(), Arc::clone(&source.text))).collect())
    }
}

impl Sources for Texts {
    fn text(&self, path: &SitePath) -> Option<Arc<str>> {
        self.0.get(path).cloned()
    }
}
