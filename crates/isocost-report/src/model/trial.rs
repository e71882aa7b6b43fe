//! A whole table's comparisons, and what a self-test found.

/// One row of a trial.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrialRowView {
    /// The arm.
    pub arm: String,
    /// The budget; empty if there is none.
    pub budget: String,
    /// The metric.
    pub metric: String,
    /// The split.
    pub split: String,
    /// The stratum, as `bucket=easy`; empty for all items.
    pub stratum: String,
    /// Paired items.
    pub items: u64,
    /// Paired seeds that are replicates.
    pub seeds: u64,
    /// Mean of the arm.
    pub mean: f64,
    /// Mean of the baseline.
    pub baseline: f64,
    /// Mean paired difference.
    pub delta: f64,
    /// Its interval, if there is one.
    pub interval: Option<super::Interval>,
    /// p, uncorrected.
    pub p: Option<f64>,
    /// p, corrected over all rows.
    pub p_adjusted: Option<f64>,
    /// Mean cost of the arm over that of the baseline.
    pub cost_ratio: Option<f64>,
    /// What it came to, as a word.
    pub standing: String,
    /// How it is to be taken.
    pub tone: StandingTone,
    /// Why it may not be used, and what else a reader must know.
    pub notes: Vec<String>,
}

/// How a standing is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StandingTone {
    /// As hoped for.
    Good,
    /// The contrary was shown, or it may not be used.
    Bad,
    /// Nothing was shown.
    #[default]
    Open,
}

/// One row of a self-test.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SelftestRowView {
    /// The part.
    pub part: String,
    /// The method.
    pub method: String,
    /// The world.
    pub world: String,
    /// Worlds simulated under the null hypothesis.
    pub worlds: u64,
    /// False claims among them, in 0..1.
    pub false_rate: f64,
    /// Its interval.
    pub interval: super::Interval,
    /// The nominal rate.
    pub nominal: f64,
    /// Share of worlds with an effect in which it was shown; none where that was not simulated.
    pub power: Option<f64>,
    /// The outcome as a word.
    pub outcome: String,
    /// How it is to be taken.
    pub tone: StandingTone,
}
