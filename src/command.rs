//! The commands: what the arguments ask for, done from reading to reporting.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::artifact::{Nowhere, Sink};
use crate::baseline::{self, Baseline, Comparison, Naming};
use crate::clinical::Date;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::explain;
use crate::input::{self, Inputs, ThemeChoice};
use crate::output::{self, Staging};
use crate::pipeline::{self, Cache, Options, Texts};
use crate::report::{self, Detail, Format, Outcome, Output, Progress, Report, Sources, Style, Summary};
use crate::site::Drafts;
use crate::source::{SitePath, Spanned};
use crate::suggest::closest;
use crate::vocabulary::Vocabulary;

/// The file beside site.toml that a baseline is written to, unless another is named.
const BASELINE: &str = "baseline.json";

mod error;
mod mend;
mod theme;

pub use error::CommandError;
pub use theme::theme;

/// What every command that reads a site is told.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder that holds site.toml.
    pub root: PathBuf,
    /// The address of the published site, in place of the setting.
    pub base_url: Option<String>,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// Whether warnings stop a build too.
    pub strict: bool,
    /// The file of known findings, seen from where the program runs.
    pub baseline: Option<PathBuf>,
    /// The day on which it runs; the clock's if none is given.
    pub today: Option<Date>,
    /// The folder that holds the site as it was released before, if pages are compared with it.
    pub previous: Option<PathBuf>,
    /// How many threads work; as many as there are processors if none is given.
    pub threads: Option<usize>,
    /// How findings are written.
    pub format: Format,
    /// How much is written.
    pub detail: Detail,
    /// Whether findings are coloured.
    pub style: Style,
    /// Whether somebody watches: a terminal that can show progress.
    pub progress: Progress,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing above a warning.
    Clean,
    /// Errors in the content, or warnings where they count.
    Findings,
    /// The tool could not do its work.
    Failure,
}

impl Exit {
    /// The status that the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failure => 2,
        }
    }
}

/// Whether a check mends what it is certain of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mending {
    /// It writes nothing.
    Off,
    /// It writes the author's files anew.
    On,
}

/// Whether a check shows how far every page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overview {
    /// It says what was found, and no more.
    Hidden,
    /// It begins with all pages by their status.
    Shown,
}

/// Checks the site without publishing it.
///
/// # Errors
/// When the tool could not do its work.
pub fn check(request: &Request, mending: Mending, overview: Overview) -> Result<Exit, CommandError> {
    on_threads(request, || {
        let start = Instant::now();
        let request = &on_one_day(request);
        let mut done = match mending {
            Mending::Off => {
                run(request, with_baseline(request, read(request)?)?, &Cache::default(), &Nowhere)
            }
            Mending::On => mend::run(request)?,
        };
        if overview == Overview::Hidden {
            done.summary.standings = None;
        }
        finish(request, done, Outcome::Checked, start.elapsed())
    })
}

/// The same request with its day. The clock is asked once, here.
fn on_one_day(request: &Request) -> Request {
    Request { today: Some(request.today.unwrap_or_else(Date::today)), ..request.clone() }
}

/// Checks the site, and writes what a site can put off to its baseline, so that it is known from then on.
///
/// # Errors
/// When the tool could not do its work.
pub fn write_baseline(request: &Request) -> Result<Exit, CommandError> {
    on_threads(request, || {
        let start = Instant::now();
        let request = &on_one_day(request);
        let read = read(request)?;
        let file = request.baseline.clone().unwrap_or_else(|| request.root.join(BASELINE));
        let file = file.strip_prefix(".").unwrap_or(&file);
        let published = request.root.join(&read.config.output.value);
        let folders: Vec<PathBuf> = parts(&request.root).into_iter().chain([published]).collect();
        let mut done = run(request, read, &Cache::default(), &Nowhere);
        done.summary.standings = None;
        let texts = Texts::new(&done.inputs);
        let text_of = |path: &SitePath| texts.text(path);
        let baseline = Baseline::of(&done.findings, &text_of);
        output::write_baseline(file, &baseline.to_json(), &folders).map_err(CommandError::Output)?;
        let (findings, comparison) = baseline.compare(done.findings, &text_of);
        done.summary.notes.extend(baseline::written(&baseline, &findings, &file.display().to_string()));
        let done = Done { exit: exit(request, &findings), baseline: Some(comparison), findings, ..done };
        finish(request, done, Outcome::Checked, start.elapsed())
    })
}

/// Builds the site and publishes it, if nothing is wrong with it. `output` stands in place of the setting.
///
/// # Errors
/// When the tool could not do its work.
pub fn build(request: &Request, output: Option<&Path>) -> Result<Exit, CommandError> {
    on_threads(request, || {
        let start = Instant::now();
        let request = &on_one_day(request);
        let read = with_baseline(request, read(request)?)?;
        let folder = match output {
            Some(folder) => folder.to_path_buf(),
            None => request.root.join(&read.config.output.value),
        };
        let shown =
            output.map_or_else(|| read.config.output.value.clone(), |folder| folder.display().to_string());
        let sources = sources(&request.root, &read.config);
        let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
        let staging = Staging::open(&folder, &sources).map_err(CommandError::Output)?;
        let standing = staging.replaces_a_site().then(|| shown.clone());
        let mut done = run(request, read, &Cache::default(), &staging);
        done.summary.standings = None;
        let outcome = if done.exit == Exit::Clean {
            staging.refuse_to_empty(done.summary.pages).map_err(CommandError::Output)?;
            let published = staging.publish().map_err(CommandError::Output)?;
            done.summary.notes.extend(published.note);
            Outcome::Published {
                folder: shown,
                written: published.written,
                unchanged: published.unchanged,
                removed: published.removed,
            }
        } else {
            drop(staging);
            Outcome::NotPublished { standing }
        };
        finish(request, done, outcome, start.elapsed())
    })
}

/// Prints what the manual says of the rule `name`, or the list of all rules.
///
/// # Errors
/// When there is no such rule, or nothing can be printed.
pub fn explain(name: Option<&str>) -> Result<Exit, CommandError> {
    let stdout = match name {
        None => explain::list(),
        Some(name) => match Rule::from_name(name) {
            Some(rule) => explain::page(rule),
            None => {
                let meant = closest(name, Rule::ALL.iter().map(|rule| rule.name())).and_then(Rule::from_name);
                return Err(CommandError::NoRule { name: name.to_owned(), meant });
            }
        },
    };
    report::print(&Output { stdout, stderr: String::new() }).map_err(CommandError::Print)?;
    Ok(Exit::Clean)
}

/// Prints the JSON Schema of what is called `name` in the site at `root`, or the list of all that has one.
///
/// # Errors
/// When there is no such schema, the site can't be read, or nothing can be printed.
pub fn schema(root: &Path, name: Option<&str>) -> Result<Exit, CommandError> {
    let settings = input::settings(root).map_err(CommandError::Input)?;
    let (config, _) = settings.understood();
    let inputs = input::read_texts(root, settings).map_err(CommandError::Input)?;
    let vocabulary = Vocabulary::of(&inputs, &config);
    let stdout = match name {
        None => vocabulary.list(),
        Some(name) => vocabulary.schema(name).ok_or_else(|| {
            let meant = closest(name, vocabulary.names()).map(report::one_line);
            CommandError::NoSchema { name: name.to_owned(), meant }
        })?,
    };
    report::print(&Output { stdout, stderr: String::new() }).map_err(CommandError::Print)?;
    Ok(Exit::Clean)
}

/// What the site is made from: the root, which may hold the output folder, and folders which may not.
fn sources(root: &Path, config: &Config) -> Vec<PathBuf> {
    let theme = root.join("themes").join(&config.theme.value);
    parts(root).into_iter().chain([root.to_path_buf(), theme]).collect()
}

/// The folders that hold what the makers of the site at `root` write.
fn parts(root: &Path) -> [PathBuf; 3] {
    ["content", "schemas", "themes"].map(|part| root.join(part))
}

/// Runs `work` on as many threads as were asked for, or on one for each processor. For a site of few pages starting
/// another takes as long as it saves, so that it stays on this one.
fn on_threads<T: Send>(
    request: &Request,
    work: impl FnOnce() -> Result<T, CommandError> + Send,
) -> Result<T, CommandError> {
    let few = || if input::has_more_pages_than(pipeline::AT_ONCE, &request.root) { 0 } else { 1 };
    let threads = request.threads.unwrap_or_else(few);
    let pool = || rayon::ThreadPoolBuilder::new().num_threads(threads);
    let pool = match threads {
        // A thread that has run a command before can't be taken again.
        1 => pool().use_current_thread().build().or_else(|_| pool().build()),
        _ => pool().build(),
    };
    pool.map_err(CommandError::Threads)?.install(work)
}

/// A site that has been read.
struct Read {
    inputs: Inputs,
    config: Config,
    findings: Vec<Diagnostic>,
}

fn read(request: &Request) -> Result<Read, CommandError> {
    let settings = input::settings(&request.root).map_err(CommandError::Input)?;
    let (mut config, findings) = settings.understood();
    if let Some(base_url) = &request.base_url {
        let span = config.base_url.as_ref().map(|url| url.span).unwrap_or_default();
        config.base_url = Some(Spanned { value: base_url.clone(), span });
    }
    let place = config.place(config.theme.span);
    let theme = ThemeChoice { name: &config.theme.value, place: Some(&place) };
    let mut inputs = input::read(&request.root, settings, theme).map_err(CommandError::Input)?;
    inputs.released =
        request.previous.as_deref().map(input::release).transpose().map_err(CommandError::Input)?;
    Ok(Read { inputs, config, findings })
}

/// The site with the baseline that was asked for.
fn with_baseline(request: &Request, mut read: Read) -> Result<Read, CommandError> {
    if let Some(file) = &request.baseline {
        input::read_baseline(&request.root, file, &mut read.inputs).map_err(CommandError::Input)?;
    }
    Ok(read)
}

/// A run whose findings are known.
struct Done {
    inputs: Inputs,
    findings: Vec<Diagnostic>,
    baseline: Option<Comparison>,
    exit: Exit,
    /// What is known of the run before it has ended.
    summary: Summary,
    /// Never dropped: the process ends soon, and the system takes the memory of ten thousand pages back at once.
    cache: ManuallyDrop<Cache>,
}

/// Runs the stages over what was read. `request` has its day.
fn run(request: &Request, read: Read, cache: &Cache, sink: &dyn Sink) -> Done {
    let today = request.today.unwrap_or_else(Date::today);
    let options = Options { drafts: request.drafts, today };
    let watched = report::watch(sink, request.progress);
    let outcome = pipeline::run(&read.inputs, &read.config, read.findings, options, cache, &watched);
    watched.finish();
    let naming = if request.detail == Detail::All { Naming::Each } else { Naming::First };
    let remarks = outcome.baseline.iter().flat_map(|baseline| baseline.remarks(naming)).collect();
    let summary = Summary {
        pages: outcome.count.pages,
        handouts: outcome.count.handouts,
        strict: request.strict,
        notes: remarks,
        to_do: outcome.to_do,
        waivers: outcome.waivers,
        standings: Some(outcome.standings),
        ..Summary::default()
    };
    Done {
        inputs: read.inputs,
        exit: exit(request, &outcome.findings),
        findings: outcome.findings,
        baseline: outcome.baseline,
        summary,
        cache: ManuallyDrop::new(outcome.cache),
    }
}

/// How a command ends that has found `findings`.
fn exit(request: &Request, findings: &[Diagnostic]) -> Exit {
    match findings.iter().map(|finding| finding.severity).max() {
        Some(Severity::Error) => Exit::Findings,
        Some(Severity::Warning) if request.strict => Exit::Findings,
        _ => Exit::Clean,
    }
}

fn finish(request: &Request, done: Done, outcome: Outcome, elapsed: Duration) -> Result<Exit, CommandError> {
    let texts = Texts::new(&done.inputs);
    let (mut findings, mut baseline) = (done.findings, done.baseline);
    let mut summary = Summary { elapsed, outcome, ..done.summary };
    let way = report::Way::to(&request.root);
    way.lead(&mut findings, baseline.as_mut(), &mut summary);
    let sources = &report::Along { way: &way, sources: &texts };
    let report = Report { findings: &findings, baseline: baseline.as_ref(), sources, summary };
    let output: Output = report::render(&report, request.format, request.detail, request.style);
    report::print(&output).map_err(CommandError::Print)?;
    Ok(done.exit)
}
