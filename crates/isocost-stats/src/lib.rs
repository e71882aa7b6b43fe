//! Statistics for paired, equal-budget comparisons.
