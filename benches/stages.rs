//! How long each stage takes over a made-up site of 1,000 pages: `cargo bench --bench stages`.
//!
//! Every stage runs on one thread, so that times are comparable and add up; only the last line uses all of them.
#![allow(clippy::unwrap_used, reason = "a measurement that fails may stop, and it prints what it measured")]

mod corpus;
mod sample;

use std::hint::black_box;

use backsite::artifact::Nowhere;
use backsite::markdown::Prose;
use backsite::source::Source;
use backsite::tree::Node;
use backsite::{checks, render};
use criterion::{BatchSize, Criterion, Throughput};

use sample::{Sample, fields, prose};

const PAGES: usize = 1000;

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
                sample.validate(source, tree);
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
                sample.language(source, prose);
            }
        });
    });
    let pages = sample.pages();
    group.bench_function("assemble", |bench| {
        bench.iter_batched(
            || pages.clone(),
            |pages| black_box(sample.assemble(pages)),
            BatchSize::LargeInput,
        );
    });
    let site = sample.assemble(pages.clone());
    let files = &sample.inputs.theme;
    let check = || checks::check(&site, files, sample.today);
    group.bench_function("check", |bench| bench.iter(|| black_box(check())));
    let blank = sample.blank_theme();
    group.bench_function("views", |bench| bench.iter(|| black_box(render::render(&site, &blank, &Nowhere))));
    let theme = sample.theme();
    group.bench_function("render", |bench| bench.iter(|| black_box(render::render(&site, &theme, &Nowhere))));
    group.bench_function("pipeline", |bench| bench.iter(|| black_box(sample.run())));
}

fn main() {
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    // The stages run on the pool that is there when none is asked for.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let folder = tempfile::tempdir().unwrap();
    sample::write(folder.path(), PAGES);
    let sample = Sample::read(folder.path());
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
