//! Outcome tables of simulated worlds.

use std::fmt::Write;
use std::path::Path;

use super::noise::Noise;
use crate::table::OutcomeTable;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Any number.
    Continuous,
    /// 0 or 1.
    Binary,
}

/// How the differences of items are distributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skew {
    /// Normal.
    None,
    /// Exponential: a few items gain much.
    Right,
}

/// The sizes and standard deviations of a world. Each arm has its own effects, so that arms are exchangeable where there is no effect.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) items: usize,
    pub(super) seeds: usize,
    pub(super) outcome: Outcome,
    pub(super) skew: Skew,
    /// Standard deviation of the difference between arms over items.
    pub(super) of_items: f64,
    /// Over groups of neighbouring items (free column `batch`).
    pub(super) of_batches: f64,
    /// Items a group.
    pub(super) per_batch: usize,
    /// Over seeds.
    pub(super) of_seeds: f64,
    /// Of single cells.
    pub(super) of_cells: f64,
}

impl Shape {
    pub(super) const fn new(items: usize, seeds: usize, outcome: Outcome) -> Self {
        Self {
            items,
            seeds,
            outcome,
            skew: Skew::None,
            of_items: 1.0,
            of_batches: 0.0,
            per_batch: 1,
            of_seeds: 0.1,
            of_cells: 1.0,
        }
    }

    pub(super) fn name(&self) -> String {
        let outcome = match (self.outcome, self.skew) {
            (Outcome::Binary, _) => "binary",
            (Outcome::Continuous, Skew::None) => "normal",
            (Outcome::Continuous, Skew::Right) => "skewed",
        };
        let plural = if self.seeds == 1 { "" } else { "s" };
        let share = if self.of_seeds > 0.5 { ", seeds matter much" } else { "" };
        let groups =
            if self.of_batches > 0.0 { format!(" in groups of {}", self.per_batch) } else { String::new() };
        format!("{outcome}, {} items{groups} × {} seed{plural}{share}", self.items, self.seeds)
    }
}

/// The differences to the baseline of one arm, item by item.
pub(super) fn differences(noise: &mut Noise, shape: &Shape, effect: f64) -> Vec<f64> {
    let of_items: Vec<f64> = (0..shape.items)
        .map(|_| shape.of_items * if shape.skew == Skew::Right { noise.skewed() } else { noise.normal() })
        .collect();
    let of_batches = noise.normals(shape.items.div_ceil(shape.per_batch.max(1)), shape.of_batches);
    let of_batch = |item: usize| of_batches.get(item / shape.per_batch.max(1)).copied().unwrap_or_default();
    let of_items: Vec<f64> =
        of_items.into_iter().enumerate().map(|(item, own)| own + of_batch(item)).collect();
    let of_seeds = noise.normals(shape.seeds, shape.of_seeds);
    let cells = of_items.iter().flat_map(|item| of_seeds.iter().map(move |seed| item + seed));
    cells.map(|mean| effect + mean + shape.of_cells * noise.normal()).collect()
}

/// Text of an outcome table that grows.
pub(super) struct Sheet {
    text: String,
}

/// Where rows stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'r> {
    pub(super) split: &'r str,
    pub(super) arm: &'r str,
    pub(super) seeds: usize,
    /// The number of the first item.
    pub(super) from: usize,
    /// Items of one group (free column `batch`).
    pub(super) batch: usize,
}

impl Sheet {
    pub(super) fn new() -> Self {
        Self { text: "item,seed,arm,budget,cost,cost_unit,split,metric,value,batch\n".to_owned() }
    }

    /// Adds one arm's values, item by item.
    pub(super) fn add(&mut self, rows: Rows<'_>, values: impl IntoIterator<Item = f64>) {
        let Rows { split, arm, seeds, from, batch } = rows;
        for (cell, value) in values.into_iter().enumerate() {
            let (item, seed) = (from + cell / seeds.max(1), cell % seeds.max(1));
            let group = item / batch.max(1);
            // Writing to a string cannot fail.
            let _ =
                writeln!(self.text, "{split}{item},{seed},{arm},,8,tokens,{split},score,{value:.6},{group}");
        }
    }

    pub(super) fn table(&self) -> Option<OutcomeTable> {
        OutcomeTable::from_csv(Path::new("simulated.csv"), self.text.as_bytes()).ok()
    }
}

/// Values of arms against a shared baseline on the same items and seeds: `arms` name each and its effect. The baseline is called `base`.
///
/// Continuous arms are the baseline plus their differences. Binary arms are 1 where a latent value is above 0; the baseline has item, seed and cell
/// effects of the same size, so that it is exchangeable with an arm without effect.
pub(super) fn add_arms(
    noise: &mut Noise,
    sheet: &mut Sheet,
    split: &str,
    shape: &Shape,
    arms: &[(&str, f64)],
) {
    let rows = |arm| Rows { split, arm, seeds: shape.seeds, from: 0, batch: shape.per_batch };
    let difficulty = noise.normals(shape.items, 1.0);
    // What is skewed must not be halved between two arms, whose difference would be symmetric again: the arm has all of it.
    let half = if shape.skew == Skew::Right { 1.0 } else { std::f64::consts::FRAC_1_SQRT_2 };
    let own = Shape {
        of_items: half * shape.of_items,
        of_batches: half * shape.of_batches,
        of_seeds: half * shape.of_seeds,
        of_cells: half * shape.of_cells,
        ..*shape
    };
    let still = Shape { of_items: 0.0, of_batches: 0.0, of_seeds: 0.0, of_cells: 0.0, ..*shape };
    let base = if shape.skew == Skew::Right { still } else { own };
    for (arm, effect) in std::iter::once(("base", 0.0)).chain(arms.iter().copied()) {
        let latent = differences(noise, if arm == "base" { &base } else { &own }, effect);
        let values = latent.iter().enumerate().map(|(cell, latent)| {
            let value = difficulty.get(cell / shape.seeds.max(1)).copied().unwrap_or_default() + latent;
            match shape.outcome {
                Outcome::Continuous => value,
                Outcome::Binary => f64::from(u8::from(value > 0.0)),
            }
        });
        sheet.add(rows(arm), values.collect::<Vec<f64>>());
    }
}
