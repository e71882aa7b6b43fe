//! Times the statistics for `benches/stats_peers.py`, and prints the times as JSON.
//!
//! Both sides make the same values: `value(i)`. Times are the best and the median of several runs, in seconds of wall time.
#![expect(clippy::print_stdout, reason = "the result of this program")]

use std::hint::black_box;
use std::time::Instant;

use isocost_stats::bootstrap::{self, Grid, Resampling};
use isocost_stats::wilcoxon::{NullDistribution, Zeros};
use isocost_stats::{Alpha, StatsResult, Tail, signflip, wilcoxon};
use serde_json::{Map, Value, json};

const ITEMS: usize = 402;
const SEEDS: usize = 10;
const RUNS: usize = 21;

/// A number that looks random enough, the same in any language.
fn value(i: usize) -> f64 {
    (1.0 + i as f64 * 12.9898).sin() * 0.3 + 0.01
}

fn values(n: usize) -> Vec<f64> {
    (0..n).map(value).collect()
}

fn time<T>(run: impl Fn() -> StatsResult<T>) -> StatsResult<Value> {
    let mut seconds = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        black_box(run()?);
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    Ok(json!({"best": seconds.first(), "median": seconds.get(RUNS / 2)}))
}

fn main() -> StatsResult<()> {
    let mut cases = Map::new();
    let mut case = |name: &str, timed: Value| cases.insert(name.to_owned(), timed);

    let grid = Grid::new(ITEMS, SEEDS, values(ITEMS * SEEDS))?;
    case("crossed_bootstrap", time(|| bootstrap::crossed(&grid, Resampling::default()))?);

    let differences = values(ITEMS);
    case("sign_flip", time(|| signflip::test(&differences, 0.0, Tail::TwoSided, 1))?);
    case(
        "wilcoxon",
        time(|| {
            let kind = NullDistribution::Auto;
            wilcoxon::test(&differences, 0.0, Tail::TwoSided, Zeros::Drop, kind, Alpha::FIVE_PERCENT)
        })?,
    );
    case(
        "bca",
        time(|| {
            let replicates = bootstrap::items(&differences, Resampling::default())?;
            replicates.bca(bootstrap::acceleration_of_mean(&differences)?, Alpha::FIVE_PERCENT)
        })?,
    );

    let binary: Vec<f64> = differences.iter().map(|d| if d.abs() < 0.2 { 0.0 } else { d.signum() }).collect();
    case("binary_bootstrap", time(|| bootstrap::items(&binary, Resampling::default()))?);

    println!("{}", json!({"threads": rayon::current_num_threads(), "runs": RUNS, "cases": cases}));
    Ok(())
}
