//! Findings, verdicts and evidence, rendered.
