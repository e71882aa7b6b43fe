//! Times scores, fits and text metrics; `benches/scores_peers.py` runs this beside NumPy, SciPy, scikit-learn, sacrebleu and rouge-score.
//!
//! Prints one `name seconds` a line: the fastest of a few runs, wall time, all threads.
#![expect(clippy::print_stdout, reason = "an example prints its result")]

use std::hint::black_box;
use std::time::Instant;

use isocost_stats::auc::{self, Ranked, Scheme};
use isocost_stats::bootstrap::{Grid, Resampling};
use isocost_stats::fits::{self, Family, Start};
use isocost_stats::{Alpha, StatsResult, text};

const ITEMS: u32 = 8192;
const REPLICATES: u32 = 10_000;

/// The same data in both languages: multiples of the golden ratio, without their whole part.
fn fraction(i: u32, k: f64) -> f64 {
    (f64::from(i) * k).fract()
}

fn labelled(digits: Option<f64>) -> (Vec<f64>, Vec<bool>) {
    let label = |i: u32| fraction(i, 0.754_877_666_246_692_7) < 0.3;
    let score = |i: u32| {
        let score = fraction(i, 0.618_033_988_749_894_9) + 0.3 * f64::from(u8::from(label(i)));
        digits.map_or(score, |digits| (score * digits).round() / digits)
    };
    ((0..ITEMS).map(score).collect(), (0..ITEMS).map(label).collect())
}

fn best_of(runs: u32, name: &str, mut work: impl FnMut() -> StatsResult<()>) -> StatsResult<()> {
    let mut best = f64::INFINITY;
    for _ in 0..runs {
        let start = Instant::now();
        work()?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{name} {best:.6}");
    Ok(())
}

fn main() -> StatsResult<()> {
    let resampling = Resampling { replicates: REPLICATES, seed: 0 };
    for (name, digits) in [("auc_bootstrap", None), ("auc_bootstrap_tied", Some(100.0))] {
        let (scores, labels) = labelled(digits);
        best_of(3, name, || {
            let ranked = Ranked::new(&scores, &labels)?;
            black_box(auc::bootstrap(&ranked, Scheme::Items, resampling)?);
            Ok(())
        })?;
    }
    let (scores, labels) = labelled(None);
    best_of(20, "delong", || {
        black_box(auc::delong(&Ranked::new(&scores, &labels)?)?);
        Ok(())
    })?;
    fit_bands()?;
    let (candidate, reference) =
        ("the left pleural effusion is small ".repeat(40), "a small effusion on the left. ".repeat(40));
    best_of(50, "text_scores", || {
        black_box(text::text_scores(&candidate, &reference));
        Ok(())
    })
}

fn fit_bands() -> StatsResult<()> {
    let budgets = [8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
    let curve = |budget: f64| 0.65 - 1.3 * (budget + 0.5).powf(-0.65);
    let cell = |i: u32| {
        let budget = budgets.get((i % 6) as usize).copied().unwrap_or(8.0);
        curve(budget) + 0.2 * (fraction(i, 0.618_033_988_749_894_9) - 0.5)
    };
    let outcomes = Grid::new(100, 6, (0..600).map(cell).collect())?;
    let fit = fits::fit(Family::PowerLaw, &budgets, &outcomes.seed_means(), Start::Grid)?;
    let resampling = Resampling { replicates: 1000, seed: 0 };
    best_of(3, "fit_bands", || {
        black_box(fits::bands(&fit.curve, &budgets, &outcomes, &budgets, resampling, Alpha::FIVE_PERCENT)?);
        Ok(())
    })
}
