//! Trials and self-tests.

use isocost_report::model::{
    Interval, ParetoPoint, ParetoSeries, SelftestRowView, StandingTone, TrialRowView,
};
use isocost_report::number;
use isocost_stats::PValue;
use isocost_trial::selftest::Expectation;
use isocost_trial::trial::{Standing, TrialRow};
use isocost_trial::{Selftest, Trial};

/// How the trial was decided, in a few lines.
pub(crate) fn trial_head(trial: &Trial) -> String {
    let settings = &trial.settings;
    let mut lines = vec![
        format!("baseline   {}", settings.baseline),
        format!("test       {} (the unit is {}): {}", settings.test, settings.unit.words(), settings.says),
        format!("correction {} over {}", settings.correction, settings.family_size),
    ];
    if let Some(note) = &settings.correction_note {
        lines.push(format!("           {note}"));
    }
    lines.push(format!("alpha      {}", settings.alpha.get()));
    if settings.margin > 0.0 {
        lines.push(format!("margin     {}", settings.margin));
    }
    lines.push(match settings.cost_tolerance {
        Some(tolerance) => format!("cost       equal within {}", number::percent(tolerance)),
        None => "cost       any".to_owned(),
    });
    lines.push(String::new());
    lines.join("\n")
}

/// One row a comparison.
pub(crate) fn trial_rows(trial: &Trial) -> Vec<TrialRowView> {
    trial.rows.iter().map(row).collect()
}

fn row(row: &TrialRow) -> TrialRowView {
    let comparison = &row.comparison;
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let stratum = row.stratum.as_ref().map(|stratum| format!("{}={}", stratum.column, stratum.value));
    let costs = comparison.left.cost.as_ref().zip(comparison.right.cost.as_ref());
    TrialRowView {
        arm: row.arm.to_string(),
        budget: row.budget.to_string(),
        metric: row.metric.to_string(),
        split: row.split.to_string(),
        stratum: stratum.unwrap_or_default(),
        items: count(comparison.n_items),
        seeds: count(comparison.n_seeds),
        mean: comparison.left.mean,
        baseline: comparison.right.mean,
        delta: comparison.delta,
        interval: comparison.interval.map(|interval| Interval { low: interval.low, high: interval.high }),
        p: comparison.p.map(PValue::get),
        p_adjusted: row.p_adjusted.map(PValue::get),
        cost_ratio: costs.map(|(left, right)| left.mean / right.mean).filter(|ratio| ratio.is_finite()),
        standing: row.standing.word().to_owned(),
        tone: match row.standing {
            Standing::Better | Standing::Equivalent => StandingTone::Good,
            Standing::Worse | Standing::Invalid => StandingTone::Bad,
            Standing::Open | Standing::Undefined => StandingTone::Open,
        },
        notes: row.reasons.clone(),
    }
}

/// What each arm reaches for what it costs, a series for each metric, split and unit.
pub(crate) fn fronts(trial: &Trial) -> Vec<ParetoSeries> {
    let mut series = Vec::new();
    for frontier in &trial.frontiers {
        let mut units: Vec<&str> = frontier.points.iter().map(|point| point.cost_unit.as_str()).collect();
        units.sort_unstable();
        units.dedup();
        for unit in units {
            let of_unit = frontier.points.iter().filter(|point| point.cost_unit.as_str() == unit);
            series.push(ParetoSeries {
                metric: frontier.metric.to_string(),
                split: frontier.split.to_string(),
                cost_unit: unit.to_owned(),
                points: of_unit
                    .map(|point| ParetoPoint {
                        arm: point.arm.to_string(),
                        budget: point.budget.to_string(),
                        cost: point.cost,
                        value: point.value,
                        interval: None,
                        on_front: point.on_front,
                    })
                    .collect(),
            });
        }
    }
    series
}

/// One row a method in a world.
pub(crate) fn selftest_rows(found: &Selftest) -> Vec<SelftestRowView> {
    let row = |row: &isocost_trial::selftest::SelftestRow| {
        let interval = row.false_claims.interval;
        let (outcome, tone) = match (row.expectation, row.holds) {
            (Expectation::MustHold, true) => ("holds", StandingTone::Good),
            (Expectation::MustHold, false) => ("FAILS", StandingTone::Bad),
            (Expectation::Contrast, true) => ("not seen to fail (contrast)", StandingTone::Open),
            (Expectation::Contrast, false) => ("fails (contrast)", StandingTone::Open),
        };
        SelftestRowView {
            part: row.part.clone(),
            method: row.method.clone(),
            world: row.world.clone(),
            worlds: row.false_claims.worlds,
            false_rate: row.false_claims.share,
            interval: Interval { low: interval.low, high: interval.high },
            nominal: row.nominal,
            power: row.power.map(|power| power.rate.share),
            outcome: outcome.to_owned(),
            tone,
        }
    };
    found.rows.iter().map(row).collect()
}
