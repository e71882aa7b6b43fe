//! A test with its data, ready to be asked about margins.

use std::collections::HashMap;
use std::sync::OnceLock;

use isocost_stats::bootstrap::{self, Grid, Replicates, attainable_p};
use isocost_stats::mcnemar::{self, Discordant, McNemar, Weight};
use isocost_stats::sequential::{BernsteinSequence, EProcess};
use isocost_stats::wilcoxon::{self, NullDistribution, Wilcoxon, Zeros};
use isocost_stats::{Alpha, Interval, PValue, StatsError, StatsResult, Tail, crossed_t, signflip, ttest};

use super::memo::Memo;
use super::resampled::{basic_p, bca_p, studentised_p};
use super::{Bounds, TestKind, TestPlan, Undefined};
use crate::ItemId;
use crate::compare::column::values_of_items;
use crate::compare::{CompareError, Pairing, Side};
use crate::names::natural;
use crate::table::OutcomeTable;

/// A p-value, or why there is none.
pub(in crate::compare) type Answer<T> = Result<Result<T, Undefined>, CompareError>;

/// A test with its data, ready to be asked about margins.
#[derive(Debug, Clone)]
pub(in crate::compare) struct Fitted {
    plan: TestPlan,
    /// Items × seeds that are replicates.
    grid: Grid,
    /// The values that a test of one factor looks at.
    units: Vec<f64>,
    /// The cluster of each item, by number; empty for other tests.
    clusters: Vec<u32>,
    /// Whether these data are of the kind that the test is made for.
    fit: Result<(), Undefined>,
    /// Bootstrap of items and seeds, made when first asked for: most tests do without.
    replicates: OnceLock<StatsResult<Replicates>>,
    intervals: Memo<u64, Answer<Interval>>,
    ps: Memo<(u64, Tail), Answer<PValue>>,
}

impl Fitted {
    /// `grid` holds one column where the seeds change nothing.
    pub(in crate::compare) fn new(
        table: &OutcomeTable,
        pairing: &Pairing,
        grid: Grid,
        plan: TestPlan,
    ) -> Result<Self, CompareError> {
        let units = match plan.kind {
            TestKind::Crossed => Vec::new(),
            TestKind::Seeds => grid.seed_means(),
            TestKind::AlwaysValid => in_order(table, pairing, &grid, plan.order.as_deref())?,
            _ => grid.item_means(),
        };
        let fit = match plan.kind {
            TestKind::McNemar => binary(pairing, &grid),
            TestKind::AlwaysValid => bounded(pairing, plan.bounds),
            _ => Ok(()),
        };
        let clusters = match (plan.kind, &plan.cluster) {
            (TestKind::Cluster, Some(column)) => numbered(&values_of_items(table, pairing, column)?),
            (TestKind::Cluster, None) => return Err(unfit(plan.kind, "no column names the clusters")),
            _ => Vec::new(),
        };
        Ok(Self {
            plan,
            grid,
            units,
            clusters,
            fit,
            replicates: OnceLock::new(),
            intervals: Memo::default(),
            ps: Memo::default(),
        })
    }

    /// The replicates of the declared test; those of items and seeds where it has none of its own.
    fn replicates(&self) -> StatsResult<&Replicates> {
        let resample = || match self.plan.kind {
            TestKind::Basic | TestKind::Bca | TestKind::BootstrapT => {
                bootstrap::items(&self.units, self.plan.resampling)
            }
            TestKind::Cluster => bootstrap::clustered(&self.grid, &self.clusters, self.plan.resampling),
            _ => bootstrap::crossed(&self.grid, self.plan.resampling),
        };
        self.replicates.get_or_init(resample).as_ref().map_err(Clone::clone)
    }

    /// The interval of the effect, or why there is none.
    pub(in crate::compare) fn interval(&self, alpha: Alpha) -> Answer<Interval> {
        self.intervals.get(alpha.get().to_bits(), || self.fresh_interval(alpha))
    }

    fn fresh_interval(&self, alpha: Alpha) -> Answer<Interval> {
        if let Some(why) = self.fit.clone().err().or_else(|| self.without_spread()) {
            return Ok(Err(why));
        }
        match self.plan.kind {
            TestKind::Crossed | TestKind::SignFlip | TestKind::McNemar => {
                if self.floor(Tail::TwoSided) > alpha.get() {
                    return Ok(Err(self.too_few_items()));
                }
                let resampled = self.replicates()?.interval(alpha);
                if self.plan.kind == TestKind::Crossed && self.grid.seeds() > 1 {
                    let by_t = crossed_t::paired(&self.grid, 0.0, Tail::TwoSided, alpha)?.interval;
                    return Ok(Ok(hull(resampled, by_t)));
                }
                Ok(Ok(resampled))
            }
            TestKind::Items | TestKind::Seeds => self.t_interval(alpha),
            // Two one-sided tests at alpha belong to an interval at 1 − 2·alpha.
            TestKind::Equivalence => self.t_interval(Alpha::new(2.0 * alpha.get()).unwrap_or(alpha)),
            TestKind::Wilcoxon => {
                let few = || {
                    Undefined(format!(
                        "{} items are too few for an interval at this level",
                        self.grid.items()
                    ))
                };
                Ok(self.wilcoxon(0.0, Tail::TwoSided, alpha)?.interval.ok_or_else(few))
            }
            TestKind::AlwaysValid => {
                let mut sequence = BernsteinSequence::new(differences_of(self.plan.bounds)?, alpha);
                for value in &self.units {
                    sequence.observe(*value)?;
                }
                let torn =
                    || Undefined("the items do not seem to have one mean: no interval is left".to_owned());
                Ok(sequence.interval().ok_or_else(torn))
            }
            TestKind::Basic => Ok(Ok(self.replicates()?.basic(alpha))),
            TestKind::Bca => {
                let acceleration = bootstrap::acceleration_of_mean(&self.units)?;
                answer(self.replicates()?.bca(acceleration, alpha))
            }
            TestKind::BootstrapT => answer(bootstrap::studentised(&self.units, self.plan.resampling, alpha)),
            TestKind::Cluster => {
                let resampled = answer(self.replicates().map(|replicates| replicates.interval(alpha)))?;
                let test = ttest::paired(&self.of_clusters(), 0.0, Tail::TwoSided, alpha);
                let by_t = answer(test.map(|test| test.interval))?;
                Ok(resampled.and_then(|resampled| by_t.map(|by_t| hull(resampled, by_t))))
            }
        }
    }

    /// The capital of a bettor on "beyond the margin", item by item: 1 over its largest value so far.
    fn betting_p(&self, margin: f64, tail: Tail) -> Answer<PValue> {
        let bounds = differences_of(self.plan.bounds)?;
        if margin < bounds.low() || margin > bounds.high() {
            return Ok(Err(Undefined(format!(
                "a difference of {margin} is outside what the bounds {} allow",
                self.plan.bounds
            ))));
        }
        let mut process = EProcess::new(bounds, margin, tail, self.plan.alpha)?;
        for value in &self.units {
            process.observe(*value)?;
        }
        Ok(Ok(process.p()))
    }

    fn t_p(&self, units: &[f64], margin: f64, tail: Tail) -> Answer<PValue> {
        match ttest::paired(units, margin, tail, self.plan.alpha) {
            Ok(test) => Ok(test.p.ok_or_else(same)),
            Err(error) => answer(Err(error)),
        }
    }

    /// One value a cluster, with the mean of all items as their mean: the linearised ratio of totals to sizes (Cochran 1977, §6.3). Their t-test knows how
    /// little few clusters say, where a bootstrap does not.
    fn of_clusters(&self) -> Vec<f64> {
        let clusters = self.clusters.iter().max().map_or(0, |most| *most as usize + 1);
        let (mut totals, mut sizes) = (vec![0.0; clusters], vec![0.0; clusters]);
        for (cluster, mean) in self.clusters.iter().zip(&self.units) {
            let at = *cluster as usize;
            if let (Some(total), Some(size)) = (totals.get_mut(at), sizes.get_mut(at)) {
                *total += mean;
                *size += 1.0;
            }
        }
        let (mean, per_cluster) = (self.grid.mean(), self.units.len() as f64 / clusters.max(1) as f64);
        totals.iter().zip(&sizes).map(|(total, size)| mean + (total - mean * size) / per_cluster).collect()
    }

    fn t_interval(&self, alpha: Alpha) -> Answer<Interval> {
        answer(ttest::paired(&self.units, 0.0, Tail::TwoSided, alpha).map(|test| test.interval))
    }

    fn wilcoxon(&self, margin: f64, tail: Tail, alpha: Alpha) -> Result<Wilcoxon, CompareError> {
        Ok(wilcoxon::test(&self.units, margin, tail, Zeros::default(), NullDistribution::default(), alpha)?)
    }

    /// p against a margin, or why there is none.
    pub(in crate::compare) fn p(&self, margin: f64, tail: Tail) -> Answer<PValue> {
        self.ps.get((margin.to_bits(), tail), || self.fresh_p(margin, tail))
    }

    fn fresh_p(&self, margin: f64, tail: Tail) -> Answer<PValue> {
        if let Err(why) = &self.fit {
            return Ok(Err(why.clone()));
        }
        if let Some(why) = self.without_spread() {
            return Ok(self.constant(margin, tail, why));
        }
        match self.plan.kind {
            TestKind::Crossed => {
                let resampled = self.bootstrap_p(margin, tail)?;
                let (Ok(resampled), true) = (&resampled, self.grid.seeds() > 1) else { return Ok(resampled) };
                let by_t = crossed_t::paired(&self.grid, margin, tail, self.plan.alpha)?.p;
                Ok(by_t.map(|by_t| larger(*resampled, by_t)).ok_or_else(same))
            }
            TestKind::SignFlip => {
                Ok(Ok(signflip::test(&self.units, margin, tail, self.plan.resampling.seed)?.p))
            }
            TestKind::Items | TestKind::Seeds | TestKind::Equivalence => self.t_p(&self.units, margin, tail),
            TestKind::Wilcoxon => Ok(Ok(self.wilcoxon(margin, tail, self.plan.alpha)?.p)),
            TestKind::McNemar if margin != 0.0 => Ok(Err(Undefined(format!(
                "McNemar's test is against 0 only, and {margin} is claimed; use crossed, items or signflip for a threshold"
            )))),
            TestKind::McNemar => Ok(Ok(self.mcnemar(tail)?.p)),
            TestKind::AlwaysValid => self.betting_p(margin, tail),
            TestKind::Basic => self.floored(basic_p(self.replicates()?, margin, tail), tail),
            TestKind::Bca => {
                let acceleration = bootstrap::acceleration_of_mean(&self.units)?;
                self.floored(bca_p(self.replicates()?, acceleration, margin, tail), tail)
            }
            TestKind::BootstrapT => {
                self.floored(studentised_p(&self.units, self.plan.resampling, margin, tail), tail)
            }
            TestKind::Cluster => {
                let p = self.replicates().and_then(|replicates| replicates.p_against(margin, tail));
                let (resampled, by_t) =
                    (self.floored(p, tail)?, self.t_p(&self.of_clusters(), margin, tail)?);
                Ok(resampled.and_then(|resampled| by_t.map(|by_t| larger(resampled, by_t))))
            }
        }
    }

    /// A bootstrap's p, never below what as many units could show at all.
    fn floored(&self, p: StatsResult<PValue>, tail: Tail) -> Answer<PValue> {
        match answer(p)? {
            Ok(p) => {
                let least =
                    self.floor(tail).max(sides(tail) / (f64::from(self.plan.resampling.replicates) + 1.0));
                Ok(Ok(PValue::new(p.get().max(least.min(1.0)))?))
            }
            Err(why) => Ok(Err(why)),
        }
    }

    fn mcnemar(&self, tail: Tail) -> Result<McNemar, CompareError> {
        Ok(mcnemar::test(Discordant::from_differences(&self.units)?, tail, Weight::Exact))
    }

    /// p of the crossed bootstrap with its floor.
    pub(in crate::compare) fn bootstrap_p(&self, margin: f64, tail: Tail) -> Answer<PValue> {
        if self.grid.items() < 2 {
            return Ok(Err(self.too_few_items()));
        }
        let p = self.replicates()?.p_against(margin, tail)?.get();
        Ok(Ok(PValue::new(p.max(self.floor(tail)))?))
    }

    /// The least p that the test could give; `None` where there is no bound but 0.
    pub(in crate::compare) fn attainable(&self, tail: Tail) -> Result<Option<PValue>, CompareError> {
        let of_replicates = sides(tail) / (f64::from(self.plan.resampling.replicates) + 1.0);
        let least = match self.plan.kind {
            TestKind::Crossed
            | TestKind::Basic
            | TestKind::Bca
            | TestKind::BootstrapT
            | TestKind::Cluster => of_replicates.max(self.floor(tail)),
            TestKind::SignFlip => {
                signflip::test(&self.units, 0.0, tail, self.plan.resampling.seed)?.attainable_p.get()
            }
            TestKind::Wilcoxon => self.wilcoxon(0.0, tail, self.plan.alpha)?.attainable_p.get(),
            TestKind::McNemar if self.fit.is_ok() => self.mcnemar(tail)?.attainable_p.get(),
            _ => return Ok(None),
        };
        Ok(Some(PValue::new(least.min(1.0))?))
    }

    /// The least p that any test of symmetry could give for this many items, or clusters.
    fn floor(&self, tail: Tail) -> f64 {
        let units = match self.clusters.iter().max() {
            Some(most) => *most as usize + 1,
            None => self.grid.items(),
        };
        attainable_p(units, tail).get()
    }

    fn too_few_items(&self) -> Undefined {
        let n = self.grid.items();
        Undefined(if n == 1 {
            "there is one item: nothing says how others would scatter".to_owned()
        } else {
            format!("{n} items that agree are no certainty: at this alpha an interval needs more")
        })
    }

    /// Why a test that measures spread finds none.
    fn without_spread(&self) -> Option<Undefined> {
        let values = match self.plan.kind {
            // Signs and ranks need no spread.
            TestKind::SignFlip | TestKind::Wilcoxon | TestKind::McNemar | TestKind::AlwaysValid => {
                return None;
            }
            TestKind::Crossed => &self.grid.item_means(),
            _ => &self.units,
        };
        let unit = if self.plan.kind == TestKind::Seeds { "seed" } else { "item" };
        if values.len() < 2 {
            return Some(Undefined(format!("there is one {unit}: nothing says how others would scatter")));
        }
        constant(values).then(same)
    }

    /// Values without spread: p is 1 where the mean does not lie beyond the margin, and undefined where it does.
    fn constant(&self, margin: f64, tail: Tail, why: Undefined) -> Result<PValue, Undefined> {
        let mean = self.grid.mean();
        let tolerance = 1e-12 * mean.abs().max(margin.abs());
        let beyond = match tail {
            Tail::TwoSided => (mean - margin).abs() > tolerance,
            Tail::Greater => mean - margin > tolerance,
            Tail::Less => margin - mean > tolerance,
        };
        let single = self.units.len() == 1 || self.grid.items() == 1;
        if beyond || single { Err(why) } else { Ok(PValue::ONE) }
    }
}

/// `McNemar`'s test needs two values and one seed.
fn binary(pairing: &Pairing, grid: &Grid) -> Result<(), Undefined> {
    if grid.seeds() > 1 {
        return Err(Undefined(format!(
            "McNemar's test counts each item once, and there are {} seeds; restrict the claim to one, or use crossed",
            grid.seeds()
        )));
    }
    let mut values: Vec<f64> = pairing.left.values.iter().chain(&pairing.right.values).copied().collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| a.total_cmp(b).is_eq());
    if values.len() > 2 {
        return Err(Undefined(format!(
            "McNemar's test is for two values such as 0 and 1, and there are {}; use items, signflip or wilcoxon",
            values.len()
        )));
    }
    Ok(())
}

/// Names by number, in the order of their first use. Items without a name are clusters of their own.
fn numbered(names: &[&str]) -> Vec<u32> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut next = 0_u32;
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        let known = numbers.get(name).copied().filter(|_| !name.is_empty());
        found.push(known.unwrap_or(next));
        if known.is_none() {
            numbers.insert(name, next);
            next = next.saturating_add(1);
        }
    }
    found
}

/// The declared bounds must hold for every value: what is outside would make the bets invalid.
fn bounded(pairing: &Pairing, bounds: Bounds) -> Result<(), Undefined> {
    let outside = |side: &&Side| side.values.iter().copied().find(|value| !bounds.contains(*value));
    match [&pairing.left, &pairing.right].iter().find_map(|side| Some((side.arm.clone(), outside(side)?))) {
        None => Ok(()),
        Some((arm, value)) => Err(Undefined(format!(
            "`{arm}` has the value {value}, outside the bounds {bounds}; declare `bounds: low, high` before looking"
        ))),
    }
}

/// What a difference of two values can be.
fn differences_of(bounds: Bounds) -> StatsResult<isocost_stats::sequential::Bounds> {
    let width = bounds.high() - bounds.low();
    isocost_stats::sequential::Bounds::new(-width, width)
}

/// Item means in the order of bets: by the values of a column (numbers by size, then texts), then by a hash of the id, which nobody chose.
fn in_order(
    table: &OutcomeTable,
    pairing: &Pairing,
    grid: &Grid,
    column: Option<&str>,
) -> Result<Vec<f64>, CompareError> {
    let times = match column {
        Some(column) => values_of_items(table, pairing, column)?,
        None => vec![""; pairing.items.len()],
    };
    let hash = |item: &ItemId| *blake3::hash(item.as_str().as_bytes()).as_bytes();
    let mut items: Vec<(&str, [u8; 32], f64)> = times
        .into_iter()
        .zip(&pairing.items)
        .zip(grid.item_means())
        .map(|((time, item), mean)| (time, hash(item), mean))
        .collect();
    items.sort_by(|a, b| natural(a.0, b.0).then_with(|| a.1.cmp(&b.1)));
    Ok(items.into_iter().map(|(_, _, mean)| mean).collect())
}

fn larger(a: PValue, b: PValue) -> PValue {
    if a.get() >= b.get() { a } else { b }
}

fn hull(a: Interval, b: Interval) -> Interval {
    Interval { low: a.low.min(b.low), high: a.high.max(b.high), level: a.level }
}

/// Two sides count twice.
fn sides(tail: Tail) -> f64 {
    if tail == Tail::TwoSided { 2.0 } else { 1.0 }
}

fn same() -> Undefined {
    Undefined(
        "all differences are the same: nothing says how others would scatter (signflip and mcnemar need no spread)"
            .to_owned(),
    )
}

fn constant(values: &[f64]) -> bool {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high - low <= 4.0 * f64::EPSILON * low.abs().max(high.abs())
}

/// Too few values are no error of the caller but a property of the data.
fn answer<T>(result: StatsResult<T>) -> Answer<T> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(error @ (StatsError::TooFew { .. } | StatsError::Undetermined(_))) => {
            Ok(Err(Undefined(error.to_string())))
        }
        Err(error) => Err(error.into()),
    }
}

fn unfit(kind: TestKind, why: &str) -> CompareError {
    CompareError::Unfit { test: kind.name(), why: why.to_owned() }
}
