//! A made-up site that is read, and the stages as functions of it, for the programs that measure them.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use backsite::artifact::{Artifact, Sink};
use backsite::clinical::Date;
use backsite::config::Config;
use backsite::diagnostic::Place;
use backsite::front_matter::{self, Split};
use backsite::input::{self, Inputs, ThemeChoice};
use backsite::language::{self, Text};
use backsite::markdown::{self, Highlighter, Prose};
use backsite::page::{self, Page, Parsing};
use backsite::pipeline::{self, Cache, Options};
use backsite::register::{self, Registers};
use backsite::schema::{self, ReviewDuty, Schemas};
use backsite::site::{self, Context, Drafts, Site};
use backsite::source::{Source, Span};
use backsite::theme::{self, Theme};
use backsite::tree::{Node, yaml};

use super::corpus;

const SEED: u64 = 7;

/// Writes a site of so many pages into `folder`.
pub fn write(folder: &Path, pages: usize) {
    corpus::write(folder, &corpus::files(corpus::Size::of(pages), SEED)).unwrap();
}

/// A site that is read, so that each stage can begin where the one before it ends.
pub struct Sample {
    /// Its files.
    pub inputs: Inputs,
    config: Config,
    schemas: Schemas,
    registers: Registers,
    reading: language::Settings,
    /// For the code in texts.
    pub highlighter: Highlighter,
    /// The day of the run.
    pub today: Date,
}

impl Sample {
    /// Reads the site in `folder`.
    pub fn read(folder: &Path) -> Self {
        let settings = input::settings(folder).unwrap();
        let (config, _) = settings.understood();
        let theme = ThemeChoice { name: &config.theme.value, place: None };
        let inputs = input::read(folder, settings, theme).unwrap();
        let (registers, _) = register::read(inputs.people.as_ref(), inputs.sources.as_ref(), None);
        Self {
            schemas: Schemas::builtin(ReviewDuty::Required),
            registers,
            reading: language::Settings::default(),
            highlighter: Highlighter::default(),
            today: Date::parse("2026-11-23").unwrap(),
            inputs,
            config,
        }
    }

    fn parsing(&self) -> Parsing<'_> {
        let language = &self.config.language;
        Parsing { schemas: &self.schemas, highlighter: &self.highlighter, reading: &self.reading, language }
    }

    /// The kind, the fields and the place of a page, checked against the kind's schema.
    pub fn validate(&self, source: &Source, tree: &Node) {
        let folder = source.path.folder().strip_prefix("content").unwrap().trim_start_matches('/');
        let kind = self.schemas.kind_in_folder(folder).unwrap();
        black_box(schema::validate(&kind.shape, tree, &Place::file(&source.path), &kind.article));
    }

    /// The texts of a page, checked as language.
    pub fn language(&self, source: &Source, prose: &[Prose]) {
        let text = Text {
            path: &source.path,
            language: "en",
            prose,
            subject: language::Subject::Other,
            start: Span::default(),
        };
        black_box(language::check(&text, &self.reading));
    }

    /// Every page.
    pub fn pages(&self) -> Vec<Arc<Page>> {
        let parsing = self.parsing();
        let parsed = self.inputs.pages.iter().filter_map(|source| page::parse(source, &parsing).0);
        parsed.map(Arc::new).collect()
    }

    /// The theme.
    pub fn theme(&self) -> Theme {
        theme::compile(&self.inputs.theme, &self.config.language, &self.schemas).0.unwrap()
    }

    /// The theme with templates that ask for nothing: rendering with it makes all that templates may see, and no more.
    pub fn blank_theme(&self) -> Theme {
        let mut files = self.inputs.theme.clone();
        for template in &mut files.templates {
            template.source.text = "".into();
        }
        theme::compile(&files, &self.config.language, &self.schemas).0.unwrap()
    }

    /// The pages as a site.
    pub fn assemble(&self, pages: Vec<Arc<Page>>) -> Site<'_> {
        // Every file lies where a page can be.
        const LOST: &BTreeSet<String> = &BTreeSet::new();
        let context = Context {
            config: &self.config,
            schemas: &self.schemas,
            registers: &self.registers,
            assets: &self.inputs.assets,
            drafts: Drafts::Hidden,
            lost: LOST,
            damaged: &[],
        };
        site::assemble(context, pages).0
    }

    /// All stages but writing.
    pub fn run(&self) -> pipeline::Outcome {
        let options = Options { drafts: Drafts::Hidden, today: self.today };
        pipeline::run(&self.inputs, &self.config, Vec::new(), options, &Cache::default(), &Lost)
    }
}

/// A sink that takes every page, as a build does, and lets it go: `check` has nothing rendered.
struct Lost;

impl Sink for Lost {
    fn put(&self, artifact: Artifact) {
        drop(black_box(artifact));
    }
}

fn split(source: &Source) -> Split {
    front_matter::split(source).unwrap()
}

/// The front matter of a page.
pub fn fields(source: &Source) -> Node {
    let yaml = split(source).yaml;
    yaml::parse(yaml.of(&source.text), &source.path, yaml.start as usize).0.unwrap()
}

/// The texts of a page.
pub fn prose(source: &Source, highlighter: &Highlighter) -> Vec<Prose> {
    markdown::page(&source.text, split(source).body, &source.path, highlighter).prose
}
