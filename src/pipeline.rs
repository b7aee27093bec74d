//! The stages in order: inputs to findings and artifacts. `check`, `build` and `serve` run this same function.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::artifact::{Nowhere, Sink};
use crate::baseline::{self, Comparison};
use crate::checks::{self, Standing, ToDo, Waiver};
use crate::clinical::Date;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::input::{self, Inputs, ThemeFiles};
use crate::language;
use crate::markdown::Highlighter;
use crate::markdown::slug::slug;
use crate::page::{self, Key, Page, Parsing};
use crate::register::{self, Registers};
use crate::render::{self, Count};
use crate::report::Sources;
use crate::schema::{ReviewDuty, Schemas};
use crate::site::{self, Context, Drafts};
use crate::source::{SitePath, Source, Span};
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
    /// Everything that is wrong and not known, weighed and in the order of files and places.
    pub findings: Vec<Diagnostic>,
    /// How the findings stand to the baseline, if there is one.
    pub baseline: Option<Comparison>,
    /// How much the site has to render.
    pub count: Count,
    /// What has to be done before drafts can be published, a list for each that lacks anything.
    pub to_do: Vec<ToDo>,
    /// The exceptions that were made use of.
    pub waivers: Vec<Waiver>,
    /// How far every page is.
    pub standings: Vec<Standing>,
    /// The parsed pages, for the next run.
    pub cache: Cache,
}

/// The parsed pages of an earlier run. A page is taken from it only if its bytes, and all that parsing depends on, are
/// the same as then.
#[derive(Default)]
pub struct Cache {
    settings: Option<Settings>,
    /// In the order of their paths.
    pages: Vec<Parsed>,
}

impl Cache {
    fn page(&self, path: &SitePath) -> Option<&Parsed> {
        let at = self.pages.binary_search_by(|page| page.source.path.cmp(path)).ok()?;
        self.pages.get(at)
    }
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
    source: Source,
    page: Option<Arc<Page>>,
    findings: Vec<Diagnostic>,
}

/// How many pages a thread takes at once: few enough that all threads end at the same time.
pub const AT_ONCE: usize = 16;

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
    let (schemas, registers, found) = ground(inputs, config);
    findings.extend(found);
    let baseline = inputs.baseline.as_ref().map(|source| {
        let is_sound = inputs.findings.iter().all(|finding| finding.place.path != source.path);
        if is_sound { baseline::read(source) } else { (baseline::unreadable(), Vec::new()) }
    });
    findings.extend(baseline.iter().flat_map(|(_, found)| found.iter().cloned()));
    let reading = language::Settings::new(&config.reading, |rule| config.level(rule).severity().is_some());
    let parsing = Parsing {
        schemas: &schemas,
        highlighter: &Highlighter::default(),
        reading: &reading,
        language: &config.language,
    };
    // The theme is compiled by one thread, and meanwhile the others begin with the pages.
    let (cache, (theme, found)) = rayon::join(
        || parse(inputs, config, &parsing, cache),
        || theme::compile(&inputs.theme, &config.language, &schemas),
    );
    findings.extend(found);
    let mut pages = Vec::with_capacity(inputs.pages.len());
    // A page whose name can't be an address can't be named as a translation either.
    let misnamed: HashSet<&SitePath> = inputs
        .findings
        .iter()
        .filter(|finding| finding.rule == Rule::BadFileName)
        .map(|finding| &finding.place.path)
        .collect();
    for parsed in &cache.pages {
        let is_told = |rule| rule == Rule::BadFileName && misnamed.contains(&parsed.source.path);
        findings.extend(parsed.findings.iter().filter(|finding| !is_told(finding.rule)).cloned());
        if let Some(page) = &parsed.page {
            findings.extend(page.findings.iter().cloned());
            pages.push(Arc::clone(page));
        }
    }
    leave_out_copies(&mut pages);
    pages.extend(inputs.damaged.iter().filter_map(|path| page::damaged(path, &schemas)).map(Arc::new));
    let lost = lost(&findings);
    findings.retain(|finding| !is_excused(finding, &schemas));
    let context = Context {
        config,
        lost: &lost,
        damaged: &inputs.damaged,
        schemas: &schemas,
        registers: &registers,
        assets: &inputs.assets,
        drafts: options.drafts,
    };
    let (site, found) = site::assemble(context, pages);
    findings.extend(found);
    site::advise(&site, &mut findings);
    findings.extend(judge_texts(&site, config, &reading));
    findings.extend(language::unlisted(config));
    findings.extend(checks::check(&site, &inputs.theme, options.today));
    if let Some(release) = &inputs.released {
        checks::check_versions(&site, &page::editions(release), &mut findings);
    }
    let unused = checks::check_files(&site, &inputs.theme, &findings);
    findings.extend(unused);
    let place = config.place(config.language_span);
    findings.extend(theme::check_words(&inputs.theme, &config.language, place));
    let is_doomed =
        |finding: &Diagnostic| finding.severity == Severity::Error && !finding.rule.is_configurable();
    let sink = if findings.iter().any(is_doomed) { &Nowhere } else { sink };
    // Templates that the program carries can't fail, so they have nothing to tell where nobody wants the pages.
    if let Some(theme) = theme.filter(|_| sink.keeps() || !inputs.theme.is_carried) {
        findings.extend(render::render(&site, &theme, sink));
    }
    let verdict = checks::weigh(findings, &site, options.today);
    let (findings, baseline) = match baseline {
        None => (verdict.findings, None),
        Some((baseline, _)) => {
            let texts = Texts::new(inputs);
            let (findings, comparison) = baseline.compare(verdict.findings, &|path| texts.text(path));
            (findings, Some(comparison))
        }
    };
    let to_do = checks::to_do(&site, &findings, options.today);
    let standings = checks::standings(&site, &to_do, options.today);
    let count = Count::of(&site);
    Outcome { findings, baseline, count, to_do, waivers: verdict.waivers, standings, cache }
}

/// What is wrong with the language of the texts of the settings, which stand on every page.
fn judge_texts(site: &site::Site<'_>, config: &Config, reading: &language::Settings) -> Vec<Diagnostic> {
    let Some(source) = config.source.as_ref() else { return Vec::new() };
    let prose = &site.texts.prose;
    let text = language::Text {
        path: &source.path,
        language: &config.language,
        prose,
        subject: language::Subject::Other,
        start: Span::default(),
    };
    let mut findings = language::check(&text, reading);
    // They are no text that is read as a whole.
    findings.retain(|finding| finding.rule != Rule::ReadingGrade);
    findings
}

/// What pages are read by: the kinds and the registers of the site, and what is wrong with them.
pub fn ground(inputs: &Inputs, config: &Config) -> (Schemas, Registers, Vec<Diagnostic>) {
    // Settings with a mistake may have meant to say that no review is needed.
    let duty = if config.is_certain("review") { config.review.duty } else { ReviewDuty::NotRequired };
    let (schemas, mut findings) = Schemas::with_site(&inputs.schemas, duty);
    let (registers, found) =
        register::read(inputs.people.as_ref(), inputs.sources.as_ref(), inputs.cautions.as_ref());
    findings.extend(found);
    (schemas.damaged_at(&inputs.damaged), registers.damaged_at(&inputs.damaged), findings)
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
        let known = cache.page(&source.path).filter(|known| is_same && known.source.text == source.text);
        known.cloned().unwrap_or_else(|| {
            let (page, findings) = page::parse(source, parsing);
            Parsed { source: source.clone(), page: page.map(Arc::new), findings }
        })
    };
    Cache {
        settings: Some(settings),
        pages: inputs.pages.par_iter().with_max_len(AT_ONCE).map(parsed).collect(),
    }
}

/// Takes out each page in the wrong folder whose id another page has already: it would be in the way of that one.
fn leave_out_copies(pages: &mut Vec<Arc<Page>>) {
    if pages.iter().any(|page| page.home.is_some()) {
        let settled: HashSet<Key> =
            pages.iter().filter(|page| page.home.is_none()).map(|page| page.key.clone()).collect();
        let mut seen = HashSet::new();
        pages.retain(|page| {
            page.home.is_none() || (!settled.contains(&page.key) && seen.insert(page.key.clone()))
        });
    }
}

/// The ids that the files would have which lie or are named where no page can be.
pub fn lost(findings: &[Diagnostic]) -> BTreeSet<String> {
    let is_place = |rule| matches!(rule, Rule::BadFileName | Rule::UnknownFolder | Rule::WrongFolder);
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

/// The texts of the files that findings can be about.
pub struct Texts<'a>(&'a Inputs);

impl<'a> Texts<'a> {
    /// The texts of `inputs`.
    pub fn new(inputs: &'a Inputs) -> Self {
        Self(inputs)
    }

    /// Those that are not pages.
    fn others(&self) -> impl Iterator<Item = &Source> {
        let inputs = self.0;
        let ThemeFiles { templates, strings, styles, .. } = &inputs.theme;
        let theme = templates.iter().chain(strings).chain(styles).map(|text| &text.source);
        let single = [&inputs.settings, &inputs.people, &inputs.sources, &inputs.cautions, &inputs.baseline];
        inputs.unread.iter().chain(&inputs.schemas).chain(single.into_iter().flatten()).chain(theme)
    }
}

impl Sources for Texts<'_> {
    fn text(&self, path: &SitePath) -> Option<Arc<str>> {
        let pages = &self.0.pages;
        let page = pages.binary_search_by(|page| page.path.cmp(path)).ok().and_then(|at| pages.get(at));
        let source = page.or_else(|| self.others().find(|source| source.path == *path))?;
        Some(Arc::clone(&source.text))
    }
}
