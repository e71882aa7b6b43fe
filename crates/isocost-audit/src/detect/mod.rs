//! The detectors: one file per theme. Each is a pure function from the context to findings.

mod boxes;
mod declared;
mod fields;
mod flow;
mod history;
mod identity;
mod numbers;
mod paths;
mod programs;
mod promotion;
mod protocol;
mod shell_traps;
mod timing;
mod wildcard;

use crate::Finding;
use crate::context::Context;
use crate::looks::LookSummary;

/// What detectors see.
pub(crate) struct Evidence<'a> {
    /// The ledgers with their indexes.
    pub context: &'a Context<'a>,
    /// What the looks mean.
    pub summaries: &'a [LookSummary],
}

/// One detector.
type Detector = fn(&Evidence<'_>) -> Vec<Finding>;

const ALL: &[Detector] = &[
    identity::undefined_data_source,
    identity::duplicate_id,
    identity::missing_results_row,
    identity::row_without_entry,
    identity::wrong_section,
    identity::numbering_gap,
    boxes::closed_after_failure,
    boxes::skipped_but_demanding,
    boxes::mixed_skip_spellings,
    boxes::full_without_results,
    boxes::results_without_box,
    boxes::full_without_smoke,
    boxes::smoke_equals_full,
    shell_traps::unexpanded_glob,
    shell_traps::ambiguous_lookup,
    shell_traps::placeholder_in_command,
    shell_traps::home_path,
    shell_traps::unwaited_producer,
    shell_traps::shared_device,
    flow::missing_producer,
    flow::reads_later_entry,
    flow::output_mismatch,
    flow::shared_output,
    programs::literal_backslash_n,
    programs::contract_lacks_column,
    declared::identical_commands,
    declared::seeds_disagree,
    declared::metric_not_reported,
    declared::method_not_reported,
    declared::resource_contradiction,
    declared::todo_blocks_must_do,
    numbers::delta_arithmetic,
    numbers::impossible_value,
    numbers::baseline_drift,
    numbers::same_delta_and_p,
    numbers::identical_results,
    numbers::significance_word,
    protocol::selection_on_test,
    protocol::uncorrected_looks,
    protocol::threshold_not_tested,
    protocol::not_reproduced,
    protocol::degenerate_comparison,
    promotion::promoted_against_gate,
    timing::same_start_time,
    timing::smoke_after_full,
    history::claim_reworded,
    history::evidence_without_run,
    history::claim_ledger_disagreement,
];

/// All findings: worst first, then by file and place, then by code.
pub(crate) fn all(evidence: &Evidence<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = ALL.iter().flat_map(|detector| detector(evidence)).collect();
    let place = |f: &Finding| f.locations.first().map(|l| (l.file.clone(), l.span));
    findings.sort_by_cached_key(|f| (std::cmp::Reverse(f.severity), place(f), f.code, f.entry.clone()));
    findings
}
