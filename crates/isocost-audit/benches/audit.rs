//! How long an audit takes on the real ledgers, without reading and parsing them.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use isocost_audit::{audit, looks};
use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;

const QUEUE: &str = include_str!("../../../testdata/seeds/avs-experiment.md");

fn audits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("audit");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(QUEUE.len() as u64));
    let one = [parse(Source::new("avs-experiment.md", QUEUE))];
    group.bench_function("642 kB queue ledger", |bencher| bencher.iter(|| audit(black_box(&one))));
    group.bench_function("looks of the same", |bencher| bencher.iter(|| looks(black_box(&one))));
    let four: Vec<_> = (0..4).map(|n| parse(Source::new(format!("{n}.md"), QUEUE))).collect();
    group.throughput(Throughput::Bytes(4 * QUEUE.len() as u64));
    group.bench_function("four of them together", |bencher| bencher.iter(|| audit(black_box(&four))));
    group.finish();
}

criterion_group!(benches, audits);
criterion_main!(benches);
