//! A report with one of everything, and text that tries to break out of every format.

use isocost_report::model::{
    ClaimView, ComparisonView, CostVerdict, FindingCount, Interval, LedgerFacts, LogLink, LookKind,
    LookSummary, LookView, ParetoPoint, ParetoSeries, Report, RunOutcome, RunView, SeverityView, VerdictKind,
};

/// Text that would be markup, a cell end, a command or an escape sequence if it were not escaped.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script> & \"q\" | `x` $y_1$ \u{1b}[31m 100%";

pub(crate) fn report() -> Report {
    Report {
        title: "Audio-visual budgets".into(),
        generated: None,
        version: "0.1.0".into(),
        ledger: LedgerFacts {
            file: "ledgers/audio visual.md".into(),
            dialect: "queue".into(),
            entries: 412,
            claims: 3,
            hash: "9f2c7d0e51".into(),
        },
        alpha: Some(0.05),
        claims: claims(),
        comparisons: comparisons(),
        looks: looks(),
        look_summaries: vec![LookSummary {
            claim: "C0003".into(),
            split: "test402".into(),
            decided_by: "E0980".into(),
            full: 10,
            quick: 12,
            sweeps: 2,
            other: 0,
            p_raw: Some(0.00149),
            p_bonferroni: Some(0.0358),
            p_holm: Some(0.0343),
            effect: Some(0.0202),
            interval: Some(Interval { low: 0.0101, high: 0.0302 }),
            threshold: Some(0.02),
            p_threshold: Some(0.37),
        }],
        pareto: vec![pareto()],
        runs: runs(),
        findings: vec![
            FindingCount {
                code: "IC033".into(),
                name: "uncorrected-looks".into(),
                severity: SeverityView::Error,
                count: 3,
                first_place: "ledgers/audio visual.md:1204".into(),
            },
            FindingCount {
                code: "IC021".into(),
                name: "seeds-disagree".into(),
                severity: SeverityView::Warning,
                count: 1,
                first_place: "ledgers/audio visual.md:88".into(),
            },
        ],
        blind_spots: vec![
            "The split lists of `val402` were not given, so leaks into it are not checked.".into(),
        ],
    }
}

pub(crate) fn claims() -> Vec<ClaimView> {
    vec![
        ClaimView {
            id: "C0001".into(),
            statement: "Anchored resolution beats uniform sampling at the same token budget.".into(),
            rule: "delta(anchored_top2, uniform) >= +0.02 and p < 0.05".into(),
            verdict: VerdictKind::Inconclusive,
            reasons: vec![
                "The interval [+0.0101, +0.0302] contains values below the threshold +0.02.".into(),
                "One-sided p against +0.02 is 0.37; the claim asks for p < 0.05.".into(),
            ],
            effect: Some(0.0202),
            interval: Some(Interval { low: 0.0101, high: 0.0302 }),
            level: Some(0.95),
            threshold: Some(0.02),
            p_raw: Some(0.37),
            p_adjusted: Some(0.74),
            family: Some("Holm, 4 comparisons".into()),
            method: vec!["test: crossed (default)".into(), "correction: holm (default)".into()],
            n_items: Some(402),
            n_seeds: Some(10),
            looks_at_split: Some(24),
        },
        ClaimView {
            id: "C0002".into(),
            statement: "Routing spends half of what always-full spends, at no loss above one point.".into(),
            rule: "delta(router, always_full) >= -0.01".into(),
            verdict: VerdictKind::Supported,
            reasons: vec!["The lower end of the interval, -0.0042, lies above -0.01.".into()],
            effect: Some(0.0013),
            interval: Some(Interval { low: -0.0042, high: 0.0068 }),
            level: Some(0.95),
            threshold: Some(-0.01),
            p_raw: Some(3.2e-6),
            p_adjusted: Some(6.4e-6),
            family: None,
            method: Vec::new(),
            n_items: Some(402),
            n_seeds: Some(10),
            looks_at_split: Some(2),
        },
        ClaimView {
            id: "C0003".into(),
            statement: HOSTILE.into(),
            rule: String::new(),
            verdict: VerdictKind::Invalid,
            reasons: vec!["8 test ids also stand in the training list.".into()],
            ..ClaimView::default()
        },
    ]
}

pub(crate) fn comparisons() -> Vec<ComparisonView> {
    let base = ComparisonView {
        claim: Some("C0001".into()),
        left: "anchored_top2".into(),
        right: "uniform".into(),
        metric: "accuracy".into(),
        split: "test402".into(),
        budget: "1,960 tokens".into(),
        delta: 0.0202,
        low: 0.0101,
        high: 0.0302,
        threshold: Some(0.02),
        p: Some(0.37),
        left_mean: 0.7361,
        right_mean: 0.7159,
        left_cost: Some(1960.0),
        right_cost: Some(1960.0),
        cost_unit: "tokens".into(),
        cost_verdict: CostVerdict::Equal,
        unpaired: 0,
        warnings: vec![],
    };
    let unequal = ComparisonView {
        right: "a_very_long_arm_name_that_has_to_be_cut_somewhere_in_the_plot".into(),
        budget: "980 tokens".into(),
        delta: -0.0061,
        low: -0.0204,
        high: 0.0083,
        p: Some(0.000_02),
        left_cost: Some(980.0),
        right_cost: Some(1111.5),
        cost_verdict: CostVerdict::Unequal,
        unpaired: 12,
        warnings: vec!["Costs differ by 13%, more than the tolerance of 1%.".into()],
        ..base.clone()
    };
    let loss = ComparisonView {
        claim: Some("C0002".into()),
        left: "router".into(),
        right: "always_full".into(),
        metric: "loss".into(),
        delta: 12.5,
        low: f64::NEG_INFINITY,
        high: 31.25,
        threshold: None,
        p: None,
        left_mean: 1234.5,
        right_mean: 1222.0,
        left_cost: None,
        right_cost: None,
        cost_verdict: CostVerdict::Unknown,
        ..base.clone()
    };
    vec![base, unequal, loss]
}

pub(crate) fn looks() -> Vec<LookView> {
    (1..=24u32)
        .map(|n| {
            let x = f64::from(n);
            let p = if n == 22 { 0.00149 } else { 0.02 + 0.9 * ((x * 0.618).fract()) };
            LookView {
                order: n.into(),
                time: format!("2026-02-{:02} 10:00", 3 + n / 4),
                experiment: format!("E{:04}", 800 + 8 * n),
                claim: Some("C0003".into()),
                split: "test402".into(),
                run: format!("runs/E{:04}_full_test402", 800 + 8 * n),
                seeds: if n % 3 == 0 { "0..2".into() } else { "0..9".into() },
                delta: (n != 7).then_some(if n == 22 { 0.0202 } else { 0.03 * ((x * 0.37).fract()) - 0.012 }),
                p: (n != 7).then_some(p),
                p_bonferroni: (n != 7).then_some((p * x).min(1.0)),
                p_holm: (n != 7).then_some((p * 23.0).min(1.0)),
                kind: match n {
                    3 | 4 => LookKind::Sweep,
                    n if n % 3 == 0 => LookKind::Quick,
                    _ => LookKind::Full,
                },
                cumulative: n.into(),
            }
        })
        .collect()
}

pub(crate) fn pareto() -> ParetoSeries {
    let point = |arm: &str, cost: f64, value: f64, on_front| ParetoPoint {
        arm: arm.into(),
        budget: format!("{cost}"),
        cost,
        value,
        interval: Some(Interval { low: value - 0.012, high: value + 0.012 }),
        on_front,
    };
    ParetoSeries {
        metric: "accuracy".into(),
        split: "test402".into(),
        cost_unit: "tokens".into(),
        points: vec![
            point("uniform", 490.0, 0.655, true),
            point("uniform", 980.0, 0.69, false),
            point("uniform", 1960.0, 0.716, false),
            point("anchored_top2", 980.0, 0.7, false),
            point("anchored_top2", 1960.0, 0.736, false),
            point("random_matched", 980.0, 0.676, false),
            point("random_matched", 1960.0, 0.715, false),
            point("oracle", 980.0, 0.72, true),
            point("oracle", 1960.0, 0.738, true),
        ],
    }
}

pub(crate) fn runs() -> Vec<RunView> {
    let run = RunView {
        id: "E0801".into(),
        stage: "full".into(),
        attempt: "E0801-full-3".into(),
        outcome: RunOutcome::Succeeded,
        started: "2026-02-03 10:00:00".into(),
        seconds: Some(3725.0),
        why: String::new(),
        logs: vec![LogLink { text: "stdout.log".into(), path: "attempts/E0801 full#3/stdout.log".into() }],
        artifacts: vec!["attempts/E0801 full#3/metrics.json".into()],
    };
    let failed = RunView {
        id: "E0802".into(),
        attempt: "E0802-full-1".into(),
        outcome: RunOutcome::ContractViolated,
        seconds: Some(12.25),
        why: "metrics.json lacks `summary.uniform.mean`".into(),
        logs: vec![LogLink { text: "javascript".into(), path: "javascript:alert(1)".into() }],
        artifacts: vec![],
        ..run.clone()
    };
    vec![run, failed]
}
