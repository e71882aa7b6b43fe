//! The table of kinds. Order is by code; codes are never reused.

use super::Kind;
use crate::Severity;

macro_rules! kinds {
    ($($ident:ident = $code:literal $name:literal $severity:ident $summary:literal;)*) => {
        $(
            pub(crate) static $ident: Kind = Kind {
                code: $code,
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                page: include_str!(concat!("../../../../docs/findings/", $code, "-", $name, ".md")),
            };
        )*

        /// All kinds, by code.
        pub(super) static ALL: &[&Kind] = &[$(&$ident),*];
    };
}

kinds! {
    UNDEFINED_DATA_SOURCE = "IC001" "undefined-data-source" Error
        "A command reads the output of an experiment that no entry defines.";
    DUPLICATE_ID = "IC002" "duplicate-id" Error
        "The same id is defined twice in the same place of a ledger.";
    MISSING_RESULTS_ROW = "IC003" "missing-results-row" Error
        "An entry is ticked and was not skipped, and the Results table has no row for it.";
    CLOSED_AFTER_FAILURE = "IC004" "closed-after-failure" Error
        "An entry is ticked although its run failed.";
    SKIPPED_BUT_DEMANDING = "IC005" "skipped-but-demanding" Warning
        "A skipped entry still demands artifacts.";
    FULL_WITHOUT_RESULTS = "IC006" "full-without-results" Error
        "The Full box is ticked and the results are empty.";
    WRONG_SECTION = "IC007" "wrong-section" Info
        "An entry is filed in a queue that is not its own.";
    NUMBERING_GAP = "IC008" "numbering-gap" Info
        "Ids are missing inside an otherwise dense run of ids.";
    UNEXPANDED_GLOB = "IC009" "unexpanded-glob" Error
        "A glob stands in an assignment, where no shell expands it.";
    AMBIGUOUS_LOOKUP = "IC010" "ambiguous-lookup" Warning
        "A glob or newest-file lookup matches more than one documented run.";
    MISSING_PRODUCER = "IC011" "missing-producer" Error
        "A file is read that no entry writes, or under another name than its producer writes.";
    READS_LATER_ENTRY = "IC012" "reads-later-entry" Warning
        "An entry reads what a later entry writes.";
    OUTPUT_MISMATCH = "IC013" "output-mismatch" Error
        "A command writes elsewhere than the entry declares or records.";
    UNWAITED_PRODUCER = "IC014" "unwaited-producer" Error
        "A command reads a file that a background command before it has not finished writing.";
    SHARED_OUTPUT = "IC015" "shared-output" Warning
        "Two entries write the same directory or log.";
    IDENTICAL_COMMANDS = "IC016" "identical-commands" Warning
        "The same command stands under different ids.";
    PLACEHOLDER_IN_COMMAND = "IC017" "placeholder-in-command" Warning
        "A command that looks runnable holds a placeholder or an elision.";
    HOME_PATH = "IC018" "home-path" Warning
        "A command depends on a path in somebody's home directory.";
    LITERAL_BACKSLASH_N = "IC020" "literal-backslash-n" Warning
        "An embedded program writes a backslash and an n instead of a line break.";
    SEEDS_DISAGREE = "IC021" "seeds-disagree" Warning
        "The seeds in the command are not the seeds in the field.";
    METRIC_NOT_REPORTED = "IC022" "metric-not-reported" Warning
        "A required metric appears in no result.";
    METHOD_NOT_REPORTED = "IC023" "method-not-reported" Warning
        "A method was run and is missing from the reported row.";
    RESOURCE_CONTRADICTION = "IC024" "resource-contradiction" Info
        "The resources contradict the command.";
    CONTRACT_LACKS_COLUMN = "IC025" "contract-lacks-column" Warning
        "A later step reads columns that the output contract does not promise.";
    TODO_BLOCKS_MUST_DO = "IC026" "todo-blocks-must-do" Warning
        "An open TODO blocks an entry that must be done.";
    DELTA_ARITHMETIC = "IC027" "delta-arithmetic" Error
        "A stated difference is not the difference of the stated means.";
    IMPOSSIBLE_VALUE = "IC028" "impossible-value" Error
        "A value cannot occur at the stated sample size.";
    BASELINE_DRIFT = "IC029" "baseline-drift" Warning
        "The same baseline on the same split and seeds has different values.";
    SAME_DELTA_AND_P = "IC030" "same-delta-and-p" Warning
        "Two entries have the same Δ and p and different means.";
    SIGNIFICANCE_WORD = "IC031" "significance-word" Warning
        "A word about significance contradicts its p-value.";
    SELECTION_ON_TEST = "IC032" "selection-on-test" Error
        "A configuration is selected on the evaluation split.";
    UNCORRECTED_LOOKS = "IC033" "uncorrected-looks" Error
        "A claim is declared proven on the strength of one of many looks at the test set.";
    THRESHOLD_NOT_TESTED = "IC034" "threshold-not-tested" Error
        "A threshold is claimed from a p-value that tests against zero.";
    PROMOTED_AGAINST_GATE = "IC035" "promoted-against-gate" Error
        "An entry was promoted although a gate failed, or another was not although it did better.";
    NOT_REPRODUCED = "IC036" "not-reproduced" Error
        "A declared success was not reproduced by a later run of the same configuration.";
    CLAIM_REWORDED = "IC037" "claim-reworded" Error
        "The wording of a claim changed after evidence had been seen.";
    EVIDENCE_WITHOUT_RUN = "IC038" "evidence-without-run" Error
        "A claim cites an experiment that has no recorded run.";
    SAME_START_TIME = "IC039" "same-start-time" Warning
        "A run started at the same second as the run that it depends on.";
    DEGENERATE_COMPARISON = "IC040" "degenerate-comparison" Warning
        "A comparison cannot come out other than equal.";
    ROW_WITHOUT_ENTRY = "IC051" "row-without-entry" Error
        "A results row has no queue entry.";
    MIXED_SKIP_SPELLINGS = "IC052" "mixed-skip-spellings" Info
        "Skipped entries are spelled in several ways.";
    RESULTS_WITHOUT_BOX = "IC053" "results-without-box" Warning
        "Results are reported and no box is ticked.";
    FULL_WITHOUT_SMOKE = "IC054" "full-without-smoke" Warning
        "Full is ticked, Smoke is not, although there is a smoke command.";
    SHARED_DEVICE = "IC055" "shared-device" Warning
        "Two background jobs share a device.";
    SMOKE_EQUALS_FULL = "IC056" "smoke-equals-full" Warning
        "The smoke command is the full command, and both are ticked.";
    IDENTICAL_RESULTS = "IC057" "identical-results" Info
        "Results under different ids agree in every digit.";
    CLAIM_LEDGER_DISAGREEMENT = "IC058" "claim-ledger-disagreement" Error
        "A claim and the ledger disagree on the verdict.";
    SMOKE_AFTER_FULL = "IC060" "smoke-after-full" Info
        "The smoke run was started after the full run.";
}
