//! The tables of a report, one function each.

mod comparisons;
mod evidence;
mod findings;
mod looks;
mod pareto;
mod runs;
mod trial;

pub(crate) use comparisons::comparisons;
pub(crate) use evidence::{claim_anchor, claims, verdicts};
pub(crate) use findings::findings;
pub(crate) use looks::{look_summaries, looks};
pub(crate) use pareto::pareto;
pub(crate) use runs::{runs, status};
pub(crate) use trial::{selftest, trial, trial_notes};

use crate::model::Interval;
use crate::number;
use crate::table::Cell;

/// `+0.0105`, and its interval, with shared decimals.
pub(crate) fn effect_and_interval(effect: Option<f64>, interval: Option<Interval>) -> (String, String) {
    let ends = interval.map_or([f64::NAN; 2], |i| [i.low, i.high]);
    let decimals = number::shared_decimals(&[effect.unwrap_or(f64::NAN), ends[0], ends[1]]);
    let effect = number::optional(effect, |v| number::signed(v, decimals));
    let interval = match interval {
        Some(i) if !i.low.is_nan() && !i.high.is_nan() => {
            format!("[{}, {}]", number::signed(i.low, decimals), number::signed(i.high, decimals))
        }
        _ => number::MISSING.to_owned(),
    };
    (effect, interval)
}

/// Sentences on one line.
pub(crate) fn sentences(all: &[String]) -> Cell {
    let bare: Vec<&str> = all.iter().map(|sentence| sentence.trim().trim_end_matches('.')).collect();
    Cell::prose(&bare.join("; "))
}

/// A threshold with as many digits as it was likely written with.
pub(crate) fn threshold(value: Option<f64>) -> String {
    number::optional(value, |v| {
        let plain = format!("{v}");
        if v > 0.0 && plain.len() <= 8 {
            format!("+{plain}")
        } else if plain.len() <= 8 && v.is_finite() {
            plain
        } else {
            number::signed(v, number::shared_decimals(&[v]))
        }
    })
}
