/// Names that mean a statistic of a comparison when they stand alone, such as `p` in `p < 0.05`.
///
/// A field of a file that has one of these names is written `$.p`.
pub const NAMED_STATISTICS: &[&str] = &[
    "p",
    "p_raw",
    "p_adjusted",
    "p_holm",
    "p_bonferroni",
    "p_boot",
    "delta",
    "ci_low",
    "ci_high",
    "cost_ratio",
    "n_items",
    "n_seeds",
    "n_looks",
];

/// Names that may be called with arms or metrics as arguments, such as `mean(anchored_top2)`.
pub const STATISTIC_CALLS: &[&str] = &[
    "p",
    "p_raw",
    "p_adjusted",
    "p_holm",
    "p_bonferroni",
    "p_boot",
    "delta",
    "ci_low",
    "ci_high",
    "cost_ratio",
    "n_items",
    "n_seeds",
    "n_looks",
    "mean",
    "median",
    "std",
    "quantile",
    "value",
    "cost",
    "max_cost",
    "regret",
    "win_rate",
    "effect_size",
    "slope",
];

/// Functions of values: `mean` is also a statistic and is asked of the scope first.
pub const FUNCTIONS: &[&str] = &["abs", "min", "max", "mean", "count", "len", "sum", "argmax"];

/// The one spelling under which a statistic is handed to a scope.
pub(super) fn canonical(name: &str) -> &str {
    match name {
        "Holm" | "holm" => "p_holm",
        "Bonferroni" | "bonferroni" => "p_bonferroni",
        "Δ" | "∆" => "delta",
        "SEEDS" => "n_seeds",
        other => other,
    }
}

pub(super) fn stands_alone(name: &str) -> bool {
    NAMED_STATISTICS.contains(&canonical(name))
}

pub(super) fn may_be_called(name: &str) -> bool {
    STATISTIC_CALLS.contains(&canonical(name)) || FUNCTIONS.contains(&name)
}
