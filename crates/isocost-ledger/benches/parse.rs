//! Parsing time of the queue seed, and of ten copies of it: the ratio shows that time is linear.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;

const SEED: &str = include_str!("../../../testdata/seeds/avs-experiment.md");

fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("parse");
    for (name, copies) in [("queue seed", 1), ("ten copies", 10)] {
        let text = SEED.repeat(copies);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.sample_size(20);
        group.bench_function(name, |b| {
            b.iter_batched(
                || Source::new("seed", text.as_str()),
                |source| black_box(parse(source)),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
