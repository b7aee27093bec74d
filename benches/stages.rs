//! How long each stage takes over a made-up site of 1,000 pages: `cargo bench --bench stages`.
//!
//! Every stage runs on one thread, so that times are comparable and add up; only the last line uses all of them.
#![allow(clippy::unwrap_used, reason = "a measurement that fails may stop, and it prints what it measured")]

mod corpus;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;

use backsite::artifact::Nowhere;
use backsite::clinical::Date;
use backsite::config::{self, Config};
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
use backsite::tree::{Node, yaml};
use backsite::{checks, diagnostic::Place, render, theme};
use criterion::{BatchSize, Criterion, Throughput};

const PAGES: usize = 1000;
const SEED: u64 = 7;

/// A site that is read and parsed, so that each stage can begin where the one before it ends.
struct Sample {
    inputs: Inputs,
    config: Config,
    schemas: Schemas,
    registers: Registers,
    reading: language::Settings,
    highlighter: Highlighter,
    today: Date,
}

impl Sample {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        corpus::write(folder.path(), &corpus::files(corpus::Size::of(PAGES), SEED)).unwrap();
        let settings = input::settings(folder.path()).unwrap();
        let (config, _) = config::read(settings.source.as_ref());
        let theme = ThemeChoice { name: &config.theme.value, place: None };
        let inputs = input::read(folder.path(), settings, theme).unwrap();
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

    fn assemble(&self, pages: Vec<Arc<Page>>) -> Site<'_> {
        // Every file lies where a page can be.
        const LOST: &BTreeSet<String> = &BTreeSet::new();
        let context = Context {
            config: &self.config,
            schemas: &self.schemas,
            registers: &self.registers,
            assets: &self.inputs.assets,
            drafts: Drafts::Hidden,
            lost: LOST,
        };
        site::assemble(context, pages).0
    }

    fn run(&self) -> pipeline::Outcome {
        let options = Options { drafts: Drafts::Hidden, today: self.today };
        pipeline::run(&self.inputs, &self.config, Vec::new(), options, &Cache::default(), &Nowhere)
    }
}

fn split(source: &Source) -> Split {
    front_matter::split(source).unwrap()
}

fn fields(source: &Source) -> Node {
    let yaml = split(source).yaml;
    yaml::parse(yaml.of(&source.text), &source.path, yaml.start as usize).0.unwrap()
}

fn prose(source: &Source, highlighter: &Highlighter) -> Vec<Prose> {
    markdown::page(&source.text, split(source).body, &source.path, highlighter).prose
}

fn stages(criterion: &mut Criterion, sample: &Sample) {
    let sources = &sample.inputs.pages;
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Elements(sources.len() as u64));
    group.bench_function("yaml", |bench| {
        bench.iter(|| sources.iter().for_each(|source| drop(black_box(fields(source)))))
    });
    let trees: Vec<(&Source, Node)> = sources.iter().map(|source| (source, fields(source))).collect();
    group.bench_function("validate", |bench| {
        bench.iter(|| {
            for (source, tree) in &trees {
                let folder = source.path.folder().strip_prefix("content").unwrap().trim_start_matches('/');
                let kind = sample.schemas.kind_in_folder(folder).unwrap();
                black_box(schema::validate(&kind.shape, tree, &Place::file(&source.path), &kind.article));
            }
        });
    });
    group.bench_function("markdown", |bench| {
        bench.iter(|| sources.iter().for_each(|source| drop(black_box(prose(source, &sample.highlighter)))));
    });
    let texts: Vec<(&Source, Vec<Prose>)> =
        sources.iter().map(|source| (source, prose(source, &sample.highlighter))).collect();
    group.bench_function("language", |bench| {
        bench.iter(|| {
            for (source, prose) in &texts {
                let text = Text { path: &source.path, language: "en", prose, start: Span::default() };
                black_box(language::check(&text, &sample.reading));
            }
        });
    });
    let parsing = sample.parsing();
    let pages: Vec<Arc<Page>> =
        sources.iter().filter_map(|source| page::parse(source, &parsing).0).map(Arc::new).collect();
    group.bench_function("assemble", |bench| {
        bench.iter_batched(
            || pages.clone(),
            |pages| black_box(sample.assemble(pages)),
            BatchSize::LargeInput,
        );
    });
    let site = sample.assemble(pages.clone());
    group.bench_function("check", |bench| bench.iter(|| black_box(checks::check(&site, sample.today))));
    let theme = theme::compile(&sample.inputs.theme, &sample.config.language).0.unwrap();
    group.bench_function("render", |bench| bench.iter(|| black_box(render::render(&site, &theme, &Nowhere))));
    group.bench_function("pipeline", |bench| bench.iter(|| black_box(sample.run())));
}

fn main() {
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    // The stages run on the pool that is there when none is asked for.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let sample = Sample::new();
    let found = sample.run().findings;
    assert!(found.is_empty(), "the made-up site has findings, and reporting them takes time: {found:#?}");
    stages(&mut criterion, &sample);
    let all = rayon::ThreadPoolBuilder::new().build().unwrap();
    let mut group = criterion.benchmark_group("all threads");
    group.throughput(Throughput::Elements(sample.inputs.pages.len() as u64));
    group.bench_function("pipeline", |bench| bench.iter(|| all.install(|| drop(black_box(sample.run())))));
    group.finish();
    criterion.final_summary();
}
