use crate::rule::{Requirement, Term, Why, parse_requirement};

fn seed() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/seeds/avs-experiment.md");
    isocost_fs_read(path)
}

#[expect(clippy::disallowed_methods, reason = "a test reads its committed data")]
fn isocost_fs_read(path: &str) -> String {
    std::fs::read_to_string(path).expect("the seed ledger")
}

/// Rules as canonical text; the rest as `text — why`.
fn shown(terms: &[Term]) -> Vec<String> {
    terms
        .iter()
        .map(|term| match term {
            Term::Rule(rule) => rule.expr.to_string(),
            Term::NotCheckable(text, why) => format!("{text} — {why:?}"),
        })
        .collect()
}

struct Case(&'static str, Option<&'static str>, &'static [&'static str], &'static [&'static str]);

fn check(cases: &[Case]) {
    for Case(line, file, terms, note) in cases {
        let requirement = parse_requirement(line);
        assert_eq!(requirement.file.as_deref(), *file, "{line}");
        assert_eq!(shown(&requirement.terms), *terms, "{line}");
        assert_eq!(shown(&requirement.note), *note, "{line}");
        assert_eq!(requirement.text, *line);
    }
}

const REQUIRED_METRICS: &[Case] = &[
    Case(
        "`sweep_summary.json`: `best.anchored_minus_uniform_mean`, `best.anchored_vs_uniform_p`",
        Some("sweep_summary.json"),
        &["best.anchored_minus_uniform_mean", "best.anchored_vs_uniform_p"],
        &[],
    ),
    Case(
        "`sweep_summary.json`: `best.anchored_minus_uniform_mean`, `best.anchored_vs_uniform_p`, `best.metrics_path`",
        Some("sweep_summary.json"),
        &["best.anchored_minus_uniform_mean", "best.anchored_vs_uniform_p", "best.metrics_path"],
        &[],
    ),
    Case(
        "`metrics.json`: `paired_ttest.anchored_vs_uniform.p`, `summary.anchored_top2.mean`, `summary.uniform.mean` (report Δ)",
        Some("metrics.json"),
        &["paired_ttest.anchored_vs_uniform.p", "summary.anchored_top2.mean", "summary.uniform.mean"],
        &["report Δ — ReportOnly"],
    ),
    Case(
        "`metrics.json`: `paired_ttest.anchored_vs_uniform.p`, `summary.anchored_top2.mean`, `summary.uniform.mean` (report Δ; require Δ≥+0.02 and p<0.05)",
        Some("metrics.json"),
        &["paired_ttest.anchored_vs_uniform.p", "summary.anchored_top2.mean", "summary.uniform.mean"],
        &["report Δ — ReportOnly", "delta >= +0.02 and p < 0.05"],
    ),
    Case(
        "`metrics.json`: `summary.{anchored_top2,uniform}.mean`, `paired_ttest.anchored_vs_uniform.p`",
        Some("metrics.json"),
        &["summary.{anchored_top2,uniform}.mean", "paired_ttest.anchored_vs_uniform.p"],
        &[],
    ),
    Case(
        "`metrics.json`: `summary[*].{acc,invalid_rate}`, `delta_vs_uniform`, `skipped_videos`",
        Some("metrics.json"),
        &["summary[*].{acc,invalid_rate}", "delta_vs_uniform", "skipped_videos"],
        &[],
    ),
    Case(
        "`metrics.json`: `summary[*].acc` (not null for all methods), `summary[*].invalid_rate`",
        Some("metrics.json"),
        &["summary[*].acc", "summary[*].invalid_rate"],
        &["summary[*].acc"],
    ),
    Case(
        "`metrics.json`: `summary[*].acc` (not null), `summary[*].invalid_rate`",
        Some("metrics.json"),
        &["summary[*].acc", "summary[*].invalid_rate"],
        &["summary[*].acc"],
    ),
    Case(
        "`metrics.json`: `summary[*].acc`, `summary[*].invalid_rate`",
        Some("metrics.json"),
        &["summary[*].acc", "summary[*].invalid_rate"],
        &[],
    ),
    Case(
        "`faithfulness.json`: `accuracy`, `accuracy_deleted`, `acc_drop`, `pred_change_rate`, `invalid_rate`",
        Some("faithfulness.json"),
        &["accuracy", "accuracy_deleted", "acc_drop", "pred_change_rate", "invalid_rate"],
        &[],
    ),
    Case(
        "`cache_build.json`: `ok=true`, `missing_caches=[]`, `cache_resolutions=[112,160,224,352,448]`",
        Some("cache_build.json"),
        &["ok == true", "missing_caches == []", "cache_resolutions == [112, 160, 224, 352, 448]"],
        &[],
    ),
    Case(
        "`cache_build.json`: `ok=true`, `missing_caches=[]`, `cache_resolutions=[112,160,224,352]`",
        Some("cache_build.json"),
        &["ok == true", "missing_caches == []", "cache_resolutions == [112, 160, 224, 352]"],
        &[],
    ),
    Case(
        "`evidence_alignment.json`: `cov_by_tau` + `corr_by_tau` with Pearson/Spearman (tau_grid includes `0.3,0.5,0.7`)",
        Some("evidence_alignment.json"),
        &["cov_by_tau", "corr_by_tau", "with Pearson/Spearman — Prose"],
        &["tau_grid includes [0.3, 0.5, 0.7]"],
    ),
    Case(
        "`bucket_report.json`: `overall[*].acc` + per-bucket `delta_vs_uniform` for the primary method.",
        Some("bucket_report.json"),
        &["overall[*].acc", "per-bucket `delta_vs_uniform` for the primary method — QuantifiedInProse"],
        &[],
    ),
    Case(
        "`metrics.json`: `metrics.summary.{uniform,random_top2,anchored_top2,oracle_top2}.mean`, `metrics.token_budget`, `metrics.paired_ttest.anchored_vs_uniform.p`",
        Some("metrics.json"),
        &[
            "metrics.summary.{uniform,random_top2,anchored_top2,oracle_top2}.mean",
            "metrics.token_budget",
            "metrics.paired_ttest.anchored_vs_uniform.p",
        ],
        &[],
    ),
    Case(
        "`anchors_metrics.json`: `metrics.by_delta[\"0\"].ours_mean_recall > metrics.by_delta[\"0\"].random_mean_recall` on val/test",
        Some("anchors_metrics.json"),
        &["metrics.by_delta.0.ours_mean_recall > metrics.by_delta.0.random_mean_recall"],
        &[],
    ),
    Case(
        "`metrics.json`: `summary.mAP.mean`, `summary[\"macro_f1@0.5\"].mean`, plus budget fields (`max_steps`, `max_seconds`, `base_res`)",
        Some("metrics.json"),
        &["summary.mAP.mean", "summary[\"macro_f1@0.5\"].mean", "max_steps", "max_seconds", "base_res"],
        &["budget fields — GroupName"],
    ),
    Case(
        "`degradation_suite.json`: 18-row grid complete; per-row `recall_by_delta` present; `fallback_used_frac` reported",
        Some("degradation_suite.json"),
        &[
            "18-row grid complete — Prose",
            "per-row `recall_by_delta` present — QuantifiedInProse",
            "fallback_used_frac",
        ],
        &[],
    ),
];

#[test]
fn every_required_metrics_line_of_the_queue_is_read() {
    check(REQUIRED_METRICS);
    let over = parse_requirement(REQUIRED_METRICS[15].0).repeated_over;
    assert_eq!(over, ["val", "test"]);
}

#[test]
fn the_table_holds_all_eighteen_distinct_lines_of_the_seed() {
    let seed = seed();
    let mut lines: Vec<&str> = Vec::new();
    let mut inside = false;
    let mut uses = 0;
    for line in seed.lines() {
        match line.strip_prefix("    - ") {
            _ if line.starts_with("  - ") => inside = line == "  - required_metrics:",
            Some(item) if inside => {
                uses += 1;
                if !lines.contains(&item) {
                    lines.push(item);
                }
            }
            _ => {}
        }
    }
    assert_eq!((uses, lines.len()), (117, 18));
    for line in lines {
        assert!(REQUIRED_METRICS.iter().any(|case| case.0 == line), "{line}");
    }
}

const ARCHIVE: &[Case] = &[
    Case("`a.json`, `b.json`", None, &["exists(\"a.json\")", "exists(\"b.json\")"], &[]),
    Case("`a.json` + `b.jsonl`", None, &["exists(\"a.json\")", "exists(\"b.jsonl\")"], &[]),
    Case("`a.json` (+ `b.json` via E0344)", None, &["exists(\"a.json\")"], &["+ `b.json` via E0344 — Prose"]),
    Case("per-config `metrics.json`", None, &["per-config `metrics.json` — QuantifiedInProse"], &[]),
    Case(
        "per-threshold `metrics_gate_*.json`",
        None,
        &["per-threshold `metrics_gate_*.json` — QuantifiedInProse"],
        &[],
    ),
    Case("`metrics_gate_*.json`", None, &["metrics_gate_*.json — FileSet"], &[]),
    Case("optional `x.json`", None, &["optional `x.json` — Prose"], &[]),
    Case(
        "`bucket_report.{json,md}`",
        None,
        &["exists(\"bucket_report.json\") and exists(\"bucket_report.md\")"],
        &[],
    ),
    Case(
        "`bucket_report.{json,md}` per dataset",
        None,
        &["`bucket_report.{json,md}` per dataset — Prose"],
        &[],
    ),
    Case(
        "`metrics.json` (`summary.*.mean/std`, `paired_ttest`, `debug_eval` …)",
        None,
        &[
            "exists(\"metrics.json\")",
            "metrics.json: summary[*].{mean,std}",
            "metrics.json: paired_ttest",
            "metrics.json: debug_eval",
        ],
        &["… — Prose"],
    ),
    Case(
        "`metrics.json` (must include `audio_concat_uniform` and `audio_concat_anchored_top2` plus paired tests)",
        None,
        &[
            "exists(\"metrics.json\")",
            "metrics.json: audio_concat_uniform",
            "metrics.json: audio_concat_anchored_top2",
        ],
        &["plus paired tests — Prose"],
    ),
    Case("`token_budget==1960`", None, &["token_budget == 1960"], &[]),
    Case("`ours_mean_recall > random_mean_recall`", None, &["ours_mean_recall > random_mean_recall"], &[]),
    Case("`SEEDS>=3`", None, &["n_seeds >= 3"], &[]),
    Case(
        "`audio_concat_anchored_top2 - audio_concat_uniform >= +0.01` and `p<0.05`",
        None,
        &["audio_concat_anchored_top2 - audio_concat_uniform >= +0.01 and p < 0.05"],
        &[],
    ),
    Case("`Δ>=+0.02` and paired `p<0.05`", None, &["delta >= +0.02 and p < 0.05"], &[]),
    Case("`Δ≥+0.02` and p<0.05", None, &["delta >= +0.02 and p < 0.05"], &[]),
    Case("`base_alloc != distance`", None, &["base_alloc != distance"], &[]),
    Case("`gate_vetoed=true`", None, &["gate_vetoed == true"], &[]),
    Case(
        "`anchored_top2_mean >= alpha * uniform_mean`",
        None,
        &["anchored_top2_mean >= alpha * uniform_mean"],
        &[],
    ),
    Case("`Δ = anchored_top2 - uniform`", None, &["Δ = anchored_top2 - uniform — Definition"], &[]),
    Case("`x > 0` for at least one config", None, &["at least 1 config: x > 0"], &[]),
    Case("at ≥1 budget", None, &["at ≥1 budget — QuantifiedInProse"], &[]),
    Case("across splits", None, &["across splits — QuantifiedInProse"], &[]),
    Case(
        "Select gate by deterministic rule `max(delta_mean), tie-break by min(p)`.",
        None,
        &["Select gate by deterministic rule `max(delta_mean), tie-break by min(p)` — SelectionRule"],
        &[],
    ),
    Case(
        "If Δ≥+0.02 and p<0.05, mark C0003 proven; otherwise update `docs/plan.md`.",
        None,
        &[
            "If Δ≥+0.02 and p<0.05, mark C0003 proven — ConditionalAction",
            "otherwise update `docs/plan.md` — ConditionalAction",
        ],
        &[],
    ),
    Case(
        "Promote to E0380 only if quick Δ is competitive vs baseline quick (≈+0.01899).",
        None,
        &[
            "Promote to E0380 only if quick Δ is competitive vs baseline quick (≈+0.01899) — ConditionalAction",
        ],
        &[],
    ),
    Case("stop before test402", None, &["stop before test402 — ConditionalAction"], &[]),
];

#[test]
fn forms_of_the_archive_are_read() {
    check(ARCHIVE);
}

#[test]
fn vague_words_are_not_machine_checkable() {
    for (text, why) in [
        ("competitive", Why::Vague),
        ("non-trivial", Why::Vague),
        ("clearly positive", Why::Vague),
        ("small", Why::Vague),
        ("stable across splits", Why::QuantifiedInProse),
        ("trends are monotonic", Why::Trend),
    ] {
        assert_eq!(parse_requirement(text).terms, [Term::NotCheckable(text.to_owned(), why)]);
    }
}

#[test]
fn forms_of_the_one_table_and_the_narrative_ledger_are_read() {
    check(&[
        Case(
            "IoU/Dice/hit-rate + unsupported/overclaim (proxy Table1)",
            None,
            &["IoU/Dice/hit-rate — MetricNames", "unsupported/overclaim — MetricNames"],
            &["proxy Table1 — Prose"],
        ),
        Case("miss≤0.05 + refusal_ece≤0.15", None, &["miss <= 0.05", "refusal_ece <= 0.15"], &[]),
        Case(
            "miss≤0.05 + refusal_ece≤0.15 + refusal_rate≤0.20 + unsupported↓ in ≥4/6 budgets",
            None,
            &[
                "miss≤0.05 — AmbiguousQuantifier",
                "refusal_ece≤0.15 — AmbiguousQuantifier",
                "refusal_rate≤0.20 — AmbiguousQuantifier",
                "unsupported↓ in ≥4/6 budgets — Direction",
            ],
            &[],
        ),
        Case(
            "ΔIoU_union>0 and Holm<0.05 at ≥4/6 budgets",
            None,
            &["at least 4 of 6 budget: delta(metric=IoU_union) > 0 and p_holm < 0.05"],
            &[],
        ),
        Case(
            "ΔIoU_union>0 and Holm<0.05 at ≥4/6 budgets vs both baselines",
            None,
            &["ΔIoU_union>0 and Holm<0.05 at ≥4/6 budgets vs both baselines — UnnamedComparison"],
            &[],
        ),
        Case(
            "ΔIoU_union(orig-omega_perm) Holm<0.05 (non-oracle, with margin)",
            None,
            &["ΔIoU_union(orig-omega_perm) Holm<0.05 — Unparsed"],
            &["non-oracle, with margin — Prose"],
        ),
        Case(
            "mean_normalized_regret CI≤0.15 and better than naive(always_fixed_grid)",
            None,
            &["mean_normalized_regret CI≤0.15 and better than naive(always_fixed_grid) — UnnamedComparison"],
            &[],
        ),
        Case(
            "unsupported↑ (cite_swap) + IoU↓ (no_cite/omega_perm)",
            None,
            &["unsupported↑ — Direction", "IoU↓ — Direction"],
            &["cite_swap — Prose", "no_cite/omega_perm — Prose"],
        ),
        Case(
            "baselines_curve_multiseed.json (dev)",
            None,
            &["exists(\"baselines_curve_multiseed.json\")"],
            &["dev — Prose"],
        ),
        Case("warm_p95_s (report)", None, &["warm_p95_s — MetricNames"], &["report — ReportOnly"]),
        Case("`oracle_accuracy` >= `vovnet_accuracy`", None, &["oracle_accuracy >= vovnet_accuracy"], &[]),
        Case(
            "`action_ratio` ~ [0, 0, 1], highest `avg_cost`",
            None,
            &["action_ratio ~ [0, 0, 1]", "highest `avg_cost` — AcrossRuns"],
            &[],
        ),
        Case(
            "`avg_cost` decreases as lambda increases",
            None,
            &["`avg_cost` decreases as lambda increases — Trend"],
            &[],
        ),
        Case("`accuracy` close to `always_full`", None, &["`accuracy` close to `always_full` — Vague"], &[]),
        Case(
            "cost scales roughly with resolution",
            None,
            &["cost scales roughly with resolution — Trend"],
            &[],
        ),
        Case("ratio shifts from NO toward FULL", None, &["ratio shifts from NO toward FULL — Trend"], &[]),
        Case("runs without CUDA error", None, &["runs without CUDA error — Prose"], &[]),
        Case("Δ0≈0.2240", None, &["Δ0≈0.2240 — Unparsed"], &[]),
    ]);
}

#[test]
fn a_requirement_survives_serialisation() {
    for Case(line, ..) in REQUIRED_METRICS {
        let requirement = parse_requirement(line);
        let json = serde_json::to_string(&requirement).expect("json");
        assert_eq!(serde_json::from_str::<Requirement>(&json).expect("a requirement"), requirement);
    }
}
