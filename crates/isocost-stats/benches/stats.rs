//! Speed of the resampling statistics: `cargo bench -p isocost-stats`. Peers: `benches/stats_peers.py` at the root.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use isocost_stats::bootstrap::{self, Grid, Resampling};
use isocost_stats::{Alpha, StatsResult, Stream, Tail, crossed_t, max_t, signflip};

const ITEMS: usize = 402;
const SEEDS: usize = 10;

fn values(n: usize) -> Vec<f64> {
    let mut stream = Stream::new(1, 1, 1);
    (0..n).map(|_| stream.unit() - 0.48).collect()
}

fn run<T>(criterion: &mut Criterion, name: &str, statistic: impl Fn() -> StatsResult<T>) {
    criterion.bench_function(name, |bencher| bencher.iter(|| black_box(statistic().is_ok())));
}

fn resampling(criterion: &mut Criterion) {
    let differences = values(ITEMS);
    let binary: Vec<f64> = differences.iter().map(|d| if d.abs() < 0.2 { 0.0 } else { d.signum() }).collect();
    let few = Resampling { replicates: 2_000, seed: 1 };
    let Ok(grid) = Grid::new(ITEMS, SEEDS, values(ITEMS * SEEDS)) else { return };
    let Ok(large) = Grid::new(100_000, 2, values(200_000)) else { return };
    run(criterion, "crossed bootstrap 10000 x 402 x 10", || bootstrap::crossed(&grid, Resampling::default()));
    run(criterion, "crossed bootstrap 100 x 100000 x 2", || {
        bootstrap::crossed(&large, Resampling { replicates: 100, seed: 1 })
    });
    run(criterion, "item bootstrap 10000 x 402", || bootstrap::items(&differences, Resampling::default()));
    run(criterion, "binary bootstrap 10000 x 402", || bootstrap::items(&binary, Resampling::default()));
    run(criterion, "studentised bootstrap 2000 x 402", || {
        bootstrap::studentised(&differences, few, Alpha::FIVE_PERCENT)
    });
    run(criterion, "sign flip 99999 x 402", || signflip::test(&differences, 0.0, Tail::TwoSided, 1));
    let family: Vec<&[f64]> = vec![&differences; 5];
    run(criterion, "max-T 99999 x 402 x 5", || max_t::step_down(&family, 0.0, Tail::Greater, 1));
    run(criterion, "crossed t 402 x 10", || {
        crossed_t::paired(&grid, 0.0, Tail::Greater, Alpha::FIVE_PERCENT)
    });
}

criterion_group!(benches, resampling);
criterion_main!(benches);
