//! Outcome tables, equal cost, comparisons, looks and verdicts.
