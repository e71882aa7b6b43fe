//! The canonical ledger: a queue with claims, needs, gates, costs and stages.

use isocost_ledger::model::{Dialect, Presence, Stage, StageSource};

use crate::seeds::ledger;

const CANONICAL: &str = "\
# Trial

## Claims
- [ ] C0001: Adaptive beats random at equal cost
  - rule: `delta(uncertainty_threshold, random_matched) >= 0.01 and p < 0.05`
  - compare: `uncertainty_threshold` vs `random_matched`
  - table: `E0003/outcomes.csv`
  - exclude: a, b

## Checklist
### Run Queue (digits; sequential)
- [ ] E0001: Train
  - command (smoke): `python t.py --n 8`
  - command (full): `python t.py`
  - needs: E0000, E0002@full
  - gate (full): `E0001@smoke/metrics.json: summary.acc >= 0.5`
  - cost: 1960 tokens
  - timeout (smoke): 60s
  - timeout: 30m
  - resources: gpus=1, slots=2
  - retries: 1
  - owner: nobody

* [X] E0002: Evaluate
\t- command: make eval
\t- required_artifacts:
\t\t- `out/outcomes.csv`
- [ ] a task without an id: prose
";

#[test]
fn all_fields_of_a_canonical_entry_are_read() {
    let ledger = ledger(CANONICAL);
    assert_eq!(ledger.dialect, Dialect::Queue);
    let [first, second] = ledger.entries.as_slice() else { panic!("two entries") };
    let stages: Vec<_> = first.commands.iter().map(|c| (c.stage, c.stage_source)).collect();
    assert_eq!(stages, [(Stage::Smoke, StageSource::Note), (Stage::Full, StageSource::Note)]);
    let needs: Vec<_> = first.needs.iter().map(|n| (n.id.0.as_str(), n.stage)).collect();
    assert_eq!(needs, [("E0000", None), ("E0002", Some(Stage::Full))]);
    assert_eq!((first.gates.len(), first.gates[0].stage), (1, Some(Stage::Full)));
    assert_eq!(first.resources.timeouts, [(Some(Stage::Smoke), 60), (None, 1800)]);
    assert_eq!(
        (first.resources.gpus, first.resources.slots, first.resources.retries),
        (Some(1), Some(2), Some(1))
    );
    assert_eq!(first.resources.cost.as_ref().unwrap().raw, "1960 tokens");
    assert_eq!(first.field("owner").map(|field| field.name.raw.as_str()), Some("owner"));
    assert_eq!(first.artifacts_required, Presence::Absent);
    assert_eq!(first.metrics_required, Presence::Absent);
    assert_eq!((second.statuses.closed, second.commands[0].text.raw.as_str()), (Some(true), "make eval"));
    assert_eq!(second.artifacts_required.given().unwrap()[0].path.raw, "out/outcomes.csv");
}

#[test]
fn a_claim_keeps_its_rule_and_its_fields() {
    let ledger = ledger(CANONICAL);
    let [claim] = ledger.claims.as_slice() else { panic!("one claim") };
    assert_eq!((claim.id.0.as_str(), claim.ticked), ("C0001", false));
    assert_eq!(
        claim.rule.as_ref().unwrap().raw,
        "delta(uncertainty_threshold, random_matched) >= 0.01 and p < 0.05"
    );
    assert_eq!(claim.artifacts[0].owner.as_ref().unwrap().0, "E0003");
    assert_eq!(claim.fields.len(), 4);
}

#[test]
fn a_checklist_needs_no_run_queue_heading() {
    let ledger = ledger("- [ ] X0001: a\n  - command: `x`\n+ [x] X0002: b\n");
    assert_eq!(ledger.dialect, Dialect::Queue);
    assert_eq!(ledger.entries.len(), 2);
    assert_eq!(ledger.mentions.len(), 2);
}

#[test]
fn a_plan_has_claims_items_and_evidence() {
    let ledger = ledger(
        "# Plan\n- [x] C0003: adaptive wins\n\t- Experiments: E0224, E0980 (full)\n\t- Evidence (test402): `runs/E0980_x/metrics.json`\n\t- Proof rule (strict):\n\t\t- budgets >= 4\n- [ ] P0028: write\n  - Linked claims: C0003\n- [ ] V0001: check\n",
    );
    assert_eq!(ledger.dialect, Dialect::Plan);
    let claim = &ledger.claims[0];
    assert_eq!(claim.experiments.iter().map(|id| id.0.as_str()).collect::<Vec<_>>(), ["E0224", "E0980"]);
    assert_eq!(claim.artifacts.len(), 1);
    assert_eq!(claim.rule.as_ref().unwrap().raw, "budgets >= 4");
    assert_eq!(ledger.plan_items.len(), 2);
    assert_eq!(ledger.plan_items[0].claims[0].0, "C0003");
}

#[test]
fn a_results_log_has_one_row_per_run() {
    let ledger = ledger(
        "| ended_at | id | stage | status | output |\n|---|---|---|---|---|\n| 2026-01-01 | E0001 | smoke | ok | `x` |\n| 2026-01-02 | E0001 | full | ok | `y` |\n",
    );
    assert_eq!(ledger.dialect, Dialect::Log);
    assert_eq!(ledger.runs.iter().map(|run| run.id.0.as_str()).collect::<Vec<_>>(), ["E0001", "E0001"]);
    assert_eq!(ledger.runs[1].fields[2].name.raw, "stage");
}

#[test]
fn a_plus_in_a_gate_adds_numbers_and_does_not_join_requirements() {
    let text = "## Checklist\n- [ ] E0002: t\n  - command: `true`\n  - gate: `E0001@smoke/metrics.json: a.b >= c.d + 0.2`\n";
    let ledger = ledger(text);
    let gate = &ledger.entries[0].gates[0];
    assert!(matches!(gate.requirement.terms.as_slice(), [isocost_ledger::rule::Term::Rule(_)]), "{gate:?}");
}
