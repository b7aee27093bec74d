//! Runs a case: makes its files, checks and renders them step by step, and compares what comes with what is written.
//!
//! A step is the blocks of input up to the first that expects something, and all that are expected until the next
//! input. Files stay from step to step, and so does the cache, as when an author mends one page after the other.

use std::path::Path;
use std::time::Duration;

use backsite::baseline::Naming;
use backsite::diagnostic::{Diagnostic, Severity};
use backsite::input;
use backsite::pipeline::{Cache, Options, Texts};
use backsite::report::{Detail, Format, Outcome as Ending, Report, Style, Summary};
use backsite::site::Drafts;
use libtest_mimic::Failed;
use similar::TextDiff;

use super::audit;
use super::block::{Part, Role, unescaped};
use super::site::{self, Files, Made};
use super::story::{Block, Book, Event, Story};

/// What a case says when there is nothing to say.
pub const NOTHING: &str = "no findings\n";

/// What a block expects, and what came.
pub struct Outcome {
    pub block: Block,
    pub actual: String,
}

/// Plays the story, and returns an outcome for each block that expects something.
pub fn play(story: &Story) -> Result<Vec<Outcome>, Failed> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("site");
    let mut files = Files::new();
    let mut released: Option<Files> = None;
    let mut arguments = Arguments::default();
    let mut outcomes = Vec::new();
    // The last step that was run, and whether something has changed since.
    let (mut step, mut is_stale) = (None, true);
    for event in &story.events {
        let block = match event {
            Event::Block(block) if !matches!(block.role, Role::Input(..)) => block,
            Event::Released => {
                released = Some(files.clone());
                is_stale = true;
                continue;
            }
            event => {
                change(event, &mut files, &mut arguments)?;
                is_stale = true;
                continue;
            }
        };
        if is_stale {
            let cache = step.take().and_then(|last: Step| last.made).map(|made| made.outcome.cache);
            step = Some(Step::run(&root, &files, released.as_ref(), &arguments, cache)?);
            is_stale = false;
        }
        if let Some(step) = &step {
            outcomes.push(Outcome { block: block.clone(), actual: step.actual(&block.role) });
        }
    }
    if !outcomes.iter().any(|outcome| outcome.block.role == Role::Findings) {
        return Err("the case has no block `findings`".into());
    }
    Ok(outcomes)
}

/// Does what the case says to the files and to the way in which it is run.
fn change(event: &Event, files: &mut Files, arguments: &mut Arguments) -> Result<(), String> {
    match event {
        Event::Site(name) => *files = base(name),
        Event::Without(path) => {
            files.remove(path).ok_or_else(|| format!("there is no `{path}` to leave out"))?;
        }
        Event::Options(options) => *arguments = Arguments::read(options)?,
        Event::Block(Block { role: Role::Input(part, path), content, line, .. }) => {
            put(files, *part, path, content).map_err(|error| format!("line {line}: {error}"))?;
        }
        Event::Block(_) | Event::Released => {}
    }
    Ok(())
}

/// The files of `sites/NAME.md`.
fn base(name: &str) -> Files {
    let book = Book::read(super::folder().join("sites").join(format!("{name}.md")));
    let mut files = Files::new();
    for story in &book.stories {
        for event in &story.events {
            if let Event::Block(Block { role: Role::Input(part, path), content, .. }) = event {
                put(&mut files, *part, path, content).unwrap();
            }
        }
    }
    assert!(!files.is_empty(), "the site `{name}` has no files");
    files
}

/// What a case is run with.
struct Arguments {
    options: Options,
    /// The file of the baseline, seen from the root.
    baseline: Option<String>,
    /// Whether every finding is shown, however many are alike.
    shows_all: bool,
}

impl Default for Arguments {
    fn default() -> Self {
        Self { options: site::on(site::TODAY), baseline: None, shows_all: false }
    }
}

impl Arguments {
    fn read(words: &[String]) -> Result<Self, String> {
        let mut arguments = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("`{word}` needs a value"));
            match word.as_str() {
                "--all" => arguments.shows_all = true,
                "--drafts" => arguments.options.drafts = Drafts::Shown,
                "--today" => arguments.options.today = site::on(value()?).today,
                "--baseline" => arguments.baseline = Some(value()?.clone()),
                _ => return Err(format!("no case can run with `{word}`")),
            }
        }
        Ok(arguments)
    }
}

/// Puts the content of a block where it belongs. `{1..9}` in a path makes so many files, and `{n}` is the number.
fn put(files: &mut Files, part: Part, path: &str, content: &str) -> Result<(), String> {
    if let Some((before, rest)) = path.split_once('{') {
        let (range, after) = rest.split_once('}').ok_or("`{` without `}`")?;
        let (from, to) = range.split_once("..").ok_or("write numbers as `{1..9}`")?;
        let number = |text: &str| text.parse::<usize>().map_err(|_| format!("`{text}` is not a number"));
        for n in number(from)?..=number(to)? {
            let n = format!("{n:0width$}", width = to.len());
            put(files, part, &format!("{before}{n}{after}"), &content.replace("{n}", &n))?;
        }
        return Ok(());
    }
    let old = || -> Result<String, String> {
        let bytes = files.get(path).ok_or_else(|| format!("there is no `{path}` to add to"))?;
        String::from_utf8(bytes.clone()).map_err(|_| format!("`{path}` is not text"))
    };
    let new = match part {
        Part::Whole => content.as_bytes().to_vec(),
        Part::Bytes => unescaped(content),
        Part::Repeated(times) => content.repeat(times).into_bytes(),
        Part::End | Part::Body => (old()? + content).into_bytes(),
        Part::Fields => with_fields(&old()?, content)?.into_bytes(),
    };
    files.insert(path.to_owned(), new);
    Ok(())
}

/// The page with these fields, in place of those that it has under the same names.
fn with_fields(page: &str, fields: &str) -> Result<String, String> {
    let inside = page.strip_prefix("---\n").ok_or("the page has no front matter")?;
    let (front, body) = inside.split_once("\n---\n").ok_or("the front matter has no end")?;
    let is_key = |line: &str| line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"');
    let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let new: Vec<String> = fields.lines().filter(|line| is_key(line)).map(key).collect();
    let (mut kept, mut dropping) = (String::new(), false);
    for line in front.lines() {
        if is_key(line) {
            dropping = new.contains(&key(line));
        }
        if !dropping {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    Ok(format!("---\n{kept}{fields}---\n{body}"))
}

/// A step that has been run.
struct Step {
    /// What it made; none where the site can't be read.
    made: Option<Made>,
    findings: String,
    remarks: String,
}

impl Step {
    /// Runs the site with the cache of the step before, if there was one: that must change nothing.
    fn run(
        root: &Path,
        files: &Files,
        released: Option<&Files>,
        arguments: &Arguments,
        cache: Option<Cache>,
    ) -> Result<Self, Failed> {
        site::write(root, files);
        let options = arguments.options;
        let read = site::read(root).and_then(|mut read| {
            if let Some(file) = &arguments.baseline {
                input::read_baseline(root, &root.join(file), &mut read.inputs)?;
            }
            Ok(read)
        });
        let mut read = match read {
            Ok(read) => read,
            Err(error) => {
                let findings = format!("{error}\n").replace(&root.display().to_string(), "SITE");
                return Ok(Self { made: None, findings, remarks: String::new() });
            }
        };
        if let Some(released) = released {
            let before = root.with_file_name("released");
            site::write(&before, released);
            read.inputs.released = Some(input::release(&before)?);
        }
        let made = site::run(&read, options, &Cache::default());
        if let Some(cache) = cache {
            let cached = site::run(&read, options, &cache);
            if made.artifacts != cached.artifacts || made.outcome.findings != cached.outcome.findings {
                return Err("a build with the cache of the step before differs from a clean build".into());
            }
        }
        let is_sound = made.outcome.findings.iter().all(|finding| finding.severity < Severity::Error);
        let faults = audit::faults(&made.artifacts, &read.config.base_path());
        if is_sound && !faults.is_empty() {
            return Err(format!("the published pages are not sound:\n{}", faults.join("\n")).into());
        }
        let texts = Texts::new(&read.inputs);
        let summary = Summary {
            pages: made.outcome.count.pages,
            handouts: made.outcome.count.handouts,
            elapsed: Duration::ZERO,
            strict: false,
            outcome: Ending::Checked,
            ..Summary::default()
        };
        let found = &made.outcome.findings;
        let shown = |findings: &[Diagnostic]| {
            let baseline = made.outcome.baseline.as_ref();
            let report = Report { findings, baseline, sources: &texts, summary: summary.clone() };
            backsite::report::render(&report, Format::Human, Detail::Quiet, Style::Plain).stderr
        };
        // One by one, nothing is left out.
        let findings = match arguments.shows_all {
            _ if found.is_empty() => NOTHING.to_owned(),
            true => found.chunks(1).map(shown).collect::<String>(),
            false => shown(found),
        };
        let summary = Summary {
            to_do: made.outcome.to_do.clone(),
            waivers: made.outcome.waivers.clone(),
            notes: made
                .outcome
                .baseline
                .iter()
                .flat_map(|baseline| baseline.remarks(Naming::First))
                .collect(),
            ..Summary::default()
        };
        let report = Report { findings: &[], baseline: None, sources: &texts, summary };
        let remarks = backsite::report::render(&report, Format::Human, Detail::All, Style::Plain).stderr;
        // The last line says how much there is, and how long it took.
        let remarks = remarks.trim_end().rsplit_once('\n').map_or("", |(remarks, _)| remarks.trim_end());
        let remarks = if remarks.is_empty() { String::new() } else { format!("{remarks}\n") };
        Ok(Self { findings: format!("{}\n", findings.trim_end()), remarks, made: Some(made) })
    }

    /// What the step has to say to a block.
    fn actual(&self, role: &Role) -> String {
        let Some(made) = &self.made else { return self.findings.clone() };
        let artifacts = &made.artifacts;
        let picked = |path: &str, selector: &str, show: fn(scraper::ElementRef<'_>) -> String| {
            let Some(text) = site::text(artifacts, path) else { return "there is no such file\n".to_owned() };
            let html = scraper::Html::parse_document(text);
            let found: String = audit::select(&html, selector).into_iter().map(show).collect();
            if found.is_empty() { "there is no such element\n".to_owned() } else { found }
        };
        match role {
            Role::Findings | Role::Input(..) => self.findings.clone(),
            Role::Remarks => self.remarks.clone(),
            Role::Files(prefix) => artifacts
                .keys()
                .filter(|path| path.starts_with(prefix))
                .map(|path| format!("{path}\n"))
                .collect(),
            Role::Whole(path) => site::text(artifacts, path).unwrap_or("there is no such file\n").to_owned(),
            Role::Html(path, selector) => picked(path, selector, |element| without_gaps(&element.html())),
            Role::Text(path, selector) => {
                picked(path, selector, |element| format!("{}\n", audit::words(element)))
            }
        }
    }
}

/// Markup without its empty lines and indents, which say nothing.
fn without_gaps(html: &str) -> String {
    html.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

impl Outcome {
    /// How what came differs from what is written, if it does.
    pub fn difference(&self) -> Option<String> {
        if self.block.content == self.actual {
            return None;
        }
        let diff = TextDiff::from_lines(self.block.content.as_str(), self.actual.as_str());
        let diff = diff.unified_diff().context_radius(100).to_string();
        Some(format!("line {}: `{}` (- written, + what came)\n{diff}", self.block.line, self.block.info))
    }
}

/// The text of a file of cases with what came in place of what was expected.
pub fn rewritten(text: &str, outcomes: &[Outcome]) -> String {
    let mut new = String::new();
    let mut at = 0;
    for outcome in outcomes {
        let Block { range, info, .. } = &outcome.block;
        let longest =
            outcome.actual.lines().map(|line| line.len() - line.trim_start_matches('`').len()).max();
        let fence = "`".repeat(longest.map_or(3, |longest| (longest + 1).max(3)));
        let end = if outcome.actual.is_empty() || outcome.actual.ends_with('\n') { "" } else { "\n" };
        new.push_str(&text[at..range.start]);
        new.push_str(&format!("{fence}{info}\n{}{end}{fence}", outcome.actual));
        at = range.end;
    }
    new + &text[at..]
}
