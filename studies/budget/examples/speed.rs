//! How many plans a second, and how long the exact allocation of a three-hour video takes. One JSON object on stdout.

use std::time::Instant;

use isocost_study_budget::anchors::Selector;
use isocost_study_budget::plan::{ExactPlanner, Request, Triad};
use isocost_study_budget::windows::{Dropping, Problem, TimeWindow, VisualConfig, exact};

const CLIPS: u32 = 1_000_000;
const SECONDS: u32 = 10_800;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scores: Vec<[f64; 10]> = (0..CLIPS)
        .map(|clip| std::array::from_fn(|second| score(clip * 10 + u32::try_from(second).unwrap_or(0))))
        .collect();
    let started = Instant::now();
    let mut picked = 0;
    for scores in &scores {
        picked += Selector::TopK.pick(scores, 2)?.len();
    }
    let selections = f64::from(CLIPS) / started.elapsed().as_secs_f64();

    let mut planner = ExactPlanner::new(Triad::of(160, 224, 352), "distance".parse()?)?;
    let mut resolutions = Vec::new();
    let started = Instant::now();
    for clip in 0..CLIPS {
        let anchors = [i64::from(clip % 10), i64::from(clip / 10 % 10)];
        planner.plan_into(&Request::anchored(10, &anchors), &mut resolutions)?;
        picked += resolutions.len();
    }
    let plans = f64::from(CLIPS) / started.elapsed().as_secs_f64();

    let problem = three_hours()?;
    let started = Instant::now();
    let report = exact(&problem, Dropping::Allowed)?;
    let exact_ms = started.elapsed().as_secs_f64() * 1e3;
    let line = serde_json::json!({
        "selections_per_second": selections.round(), "exact_plans_per_second": plans.round(), "three_hours_exact_ms": exact_ms,
        "three_hours_ok": report.ok, "checksum": picked,
    });
    std::io::Write::write_all(&mut std::io::stdout(), format!("{line}\n").as_bytes())?;
    Ok(())
}

/// A fixed, patternless number between 0 and 1.
fn score(index: u32) -> f64 {
    f64::from(index.wrapping_mul(2_654_435_761) >> 8) / f64::from(1_u32 << 24)
}

fn three_hours() -> Result<Problem, Box<dyn std::error::Error>> {
    let windows = (0..SECONDS).map(|second| TimeWindow::new(second.into(), (second + 1).into()));
    let config =
        |resolution: u32| VisualConfig { name: resolution.to_string(), fps: 1.0, resolution, r_keep: 1.0 };
    let configs = [112, 160, 224, 352, 448].map(config).to_vec();
    let weights = (0..SECONDS).map(score).collect();
    Ok(Problem::new(windows.collect::<Result<_, _>>()?, weights, configs, 196.0 * f64::from(SECONDS), 16)?)
}
