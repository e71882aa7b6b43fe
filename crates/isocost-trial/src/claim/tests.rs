use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use isocost_ledger::rule::parse;
use isocost_stats::bootstrap::Resampling;
use isocost_stats::{Stream, Tail};

use super::*;
use crate::Correction;
use crate::chain::{Chain, LookBook, Recorded, VerdictRecord, verify_chain};
use crate::compare::{Selection, TestKind};
use crate::table::OutcomeTable;

const HEADER: &str = "item,seed,arm,budget,cost,cost_unit,split,metric,value,label\n";

/// Cells of two arms whose mean difference is `effect`, with noise of about ±`spread` per cell.
struct World {
    items: usize,
    seeds: usize,
    effect: f64,
    spread: f64,
    cost: [f64; 2],
    budgets: Vec<(&'static str, f64)>,
    stream: u64,
    more: String,
}

impl World {
    fn new(effect: f64, spread: f64) -> Self {
        let (items, seeds, cost) = (60, 5, [100.0, 100.0]);
        Self { items, seeds, effect, spread, cost, budgets: vec![("", 0.0)], stream: 1, more: String::new() }
    }

    fn table(&self) -> OutcomeTable {
        let mut stream = Stream::new(self.stream, 0, 0);
        let mut text = HEADER.to_owned();
        for (budget, extra) in &self.budgets {
            for item in 0..self.items {
                for seed in 0..self.seeds {
                    let base = stream.unit();
                    for (arm, cost) in ["a", "b"].into_iter().zip(self.cost) {
                        let gain = if arm == "a" { self.effect + extra } else { 0.0 };
                        let value = base + gain + self.spread * (stream.unit() - 0.5);
                        writeln!(text, "i{item},{seed},{arm},{budget},{cost},tokens,test,acc,{value},")
                            .unwrap();
                    }
                }
            }
        }
        OutcomeTable::from_csv(Path::new("outcomes.csv"), (text + &self.more).as_bytes()).unwrap()
    }
}

fn claim(id: &str, rule: &str) -> ClaimSpec {
    ClaimSpec {
        compare: Some(("a".into(), "b".into())),
        split: Some("test".into()),
        resampling: Resampling { replicates: 2_000, seed: 1 },
        ..ClaimSpec::new(id, "a beats b", parse(rule).unwrap())
    }
}

fn decide_all(specs: &[ClaimSpec], table: Option<&OutcomeTable>, book: &LookBook) -> Vec<Decision> {
    let input = |spec| ClaimInput { spec, table, artifacts: &NoArtifacts, problems: Vec::new() };
    decide(&specs.iter().map(input).collect::<Vec<_>>(), book)
}

fn verdict(spec: &ClaimSpec, table: &OutcomeTable) -> Verdict {
    decide_all(std::slice::from_ref(spec), Some(table), &LookBook::default()).remove(0).verdict
}

fn kinds(verdict: &Verdict) -> Vec<ReasonKind> {
    verdict.reasons.iter().map(|reason| reason.kind).collect()
}

#[test]
fn a_large_effect_is_supported_against_its_own_threshold() {
    let table = World::new(0.1, 0.2).table();
    let spec = claim("C1", "delta >= 0.02 and p < 0.05");
    let verdict = verdict(&spec, &table);
    assert_eq!(verdict.status, Status::Supported, "{:?}", verdict.reasons);
    let analysis =
        crate::Analysis::new(&table, &Selection::arms("a", "b"), &spec.exclude, spec.plan()).unwrap();
    assert_eq!(verdict.p_raw, analysis.p(0.02, Tail::Greater).unwrap());
    assert_eq!((verdict.n_items, verdict.n_seeds), (Some(60), Some(5)));
}

#[test]
fn an_effect_that_only_differs_from_zero_does_not_support_a_threshold_above_zero() {
    let table = World::new(0.021, 0.2).table();
    let above_zero = verdict(&claim("C1", "delta > 0 and p < 0.05"), &table);
    assert_eq!(above_zero.status, Status::Supported, "{:?}", above_zero.reasons);
    for rule in [
        "delta >= 0.018 and p < 0.05",
        "delta >= 0.018",
        "ci_low > 0.018",
        "mean(a) - mean(b) >= 0.018",
        "mean(a) >= mean(b) + 0.018",
        "0.018 <= delta",
    ] {
        let verdict = verdict(&claim("C1", rule), &table);
        assert_eq!(verdict.status, Status::Inconclusive, "{rule}: {:?}", verdict.reasons);
        assert!(kinds(&verdict).contains(&ReasonKind::NotSignificant), "{rule}");
    }
    let with_margin = ClaimSpec { margin: Some(0.018), ..claim("C1", "delta > 0 and p < 0.05") };
    assert_eq!(verdict(&with_margin, &table).status, Status::Inconclusive);
}

#[test]
fn an_interval_outside_what_is_claimed_refutes() {
    let table = World::new(-0.05, 0.2).table();
    for rule in ["delta >= 0.02 and p < 0.05", "delta > 0", "mean(a) > mean(b)", "abs(delta) <= 0.01"] {
        let verdict = verdict(&claim("C1", rule), &table);
        assert_eq!(verdict.status, Status::Refuted, "{rule}: {:?}", verdict.reasons);
        assert_eq!(verdict.reasons[0].kind, ReasonKind::RegionExcluded);
    }
}

#[test]
fn equivalence_is_shown_by_two_one_sided_tests_and_not_by_a_large_p() {
    let same = World::new(0.0, 0.02).table();
    for rule in ["abs(delta) <= 0.01", "ci_low > -0.01 and ci_high < 0.01", "abs(mean(a) - mean(b)) < 0.01"] {
        let verdict = verdict(&claim("C1", rule), &same);
        assert_eq!(verdict.status, Status::Supported, "{rule}: {:?}", verdict.reasons);
        assert!(verdict.p_raw.is_some());
    }
    let noisy = World::new(0.0, 1.0).table();
    assert_eq!(verdict(&claim("C1", "abs(delta) <= 0.01"), &noisy).status, Status::Inconclusive);
    let large_p = verdict(&claim("C1", "p > 0.05"), &noisy);
    assert_eq!(
        (large_p.status, large_p.reasons[0].kind),
        (Status::Inconclusive, ReasonKind::LargePIsNoEvidence)
    );
}

#[test]
fn three_items_that_agree_support_nothing() {
    let table = World { items: 3, ..World::new(0.5, 0.01) }.table();
    for test in [TestKind::Crossed, TestKind::SignFlip] {
        let verdict = verdict(&ClaimSpec { test, ..claim("C1", "delta > 0 and p < 0.05") }, &table);
        assert_eq!(verdict.status, Status::Inconclusive, "{:?}", verdict.reasons);
        assert_eq!(verdict.interval, None);
    }
}

#[test]
fn a_test_over_seeds_says_that_it_says_nothing_about_items() {
    let table = World::new(0.1, 0.2).table();
    let verdict =
        verdict(&ClaimSpec { test: TestKind::Seeds, ..claim("C1", "delta > 0 and p < 0.05") }, &table);
    assert_eq!(verdict.status, Status::Supported);
    assert!(verdict.reasons.iter().any(|reason| reason.sentence.contains("nothing about new items")));
}

#[test]
fn unequal_cost_invalidates_unless_the_claim_is_about_unequal_arms() {
    let world = World { cost: [110.0, 100.0], ..World::new(0.1, 0.2) };
    let spec = claim("C1", "delta > 0 and p < 0.05");
    let unequal = verdict(&spec, &world.table());
    assert_eq!((unequal.status, unequal.reasons[0].kind), (Status::Invalid, ReasonKind::UnequalCost));
    let stated = ClaimSpec { cost: CostRule::NotRequired, ..spec };
    assert_eq!(verdict(&stated, &world.table()).status, Status::Supported);
    let cheaper = ClaimSpec { rule: parse("delta > 0 and cost_ratio <= 0.9").unwrap(), ..stated };
    assert_eq!(verdict(&cheaper, &world.table()).status, Status::Refuted);
}

#[test]
fn an_item_in_two_splits_invalidates_until_it_is_excluded_by_name() {
    let more = "i7,0,a,,100,tokens,train,acc,1,\n".to_owned();
    let table = World { more, ..World::new(0.1, 0.2) }.table();
    let spec = claim("C1", "delta > 0 and p < 0.05");
    let leaking = verdict(&spec, &table);
    assert_eq!((leaking.status, leaking.reasons[0].kind), (Status::Invalid, ReasonKind::Leak));
    assert!(leaking.reasons[0].sentence.contains("i7"), "{}", leaking.reasons[0].sentence);
    let clean = verdict(&ClaimSpec { exclude: ["i7".into()].into(), ..spec }, &table);
    assert_eq!((clean.status, clean.n_items), (Status::Supported, Some(59)));
    assert!(kinds(&clean).contains(&ReasonKind::ItemsExcluded));
}

#[test]
fn an_item_with_two_labels_invalidates() {
    let more = "i7,0,a,,1,tokens,test,other,1,cat\ni7,0,b,,1,tokens,test,other,1,dog\n".to_owned();
    let table = World { more, ..World::new(0.1, 0.2) }.table();
    let spec = ClaimSpec { metric: Some("acc".into()), ..claim("C1", "delta > 0") };
    let verdict = verdict(&spec, &table);
    assert_eq!((verdict.status, verdict.reasons[0].kind), (Status::Invalid, ReasonKind::LabelConflict));
    assert!(verdict.reasons[0].sentence.contains("cat, dog"));
}

#[test]
fn what_is_missing_leaves_a_claim_unproven() {
    let spec = claim("C1", "delta > 0 and p < 0.05");
    let verdicts = decide_all(std::slice::from_ref(&spec), None, &LookBook::default());
    assert_eq!(verdicts[0].verdict.status, Status::Unproven);
    let absent = ClaimSpec { compare: Some(("a".into(), "c".into())), ..spec };
    let verdict = verdict(&absent, &World::new(0.1, 0.2).table());
    assert_eq!((verdict.status, verdict.reasons[0].kind), (Status::Unproven, ReasonKind::NotComparable));
    assert!(verdict.reasons[0].sentence.contains("arm `c` has no rows"), "{}", verdict.reasons[0].sentence);
}

#[test]
fn quantifiers_count_budgets_at_which_the_claim_is_shown() {
    let budgets = vec![("196", 0.1), ("392", 0.1), ("784", -0.1)];
    let table = World { budgets, ..World::new(0.0, 0.2) }.table();
    let status = |rule: &str| verdict(&claim("C1", rule), &table).status;
    assert_eq!(status("at least 2 of 3 budgets: delta >= 0.02 and p_holm < 0.05"), Status::Supported);
    assert_eq!(status("any budget: delta >= 0.02"), Status::Supported);
    assert_eq!(status("all budgets: delta >= 0.02"), Status::Refuted);
    assert_eq!(status("at least 2 of 4 budgets: delta >= 0.02"), Status::Unproven);
    let at = ClaimSpec { budget: Some("784".into()), ..claim("C1", "delta >= 0.02") };
    assert_eq!(verdict(&at, &table).status, Status::Refuted);
}

#[test]
fn a_family_is_corrected_together_by_holm() {
    let table = World::new(0.021, 0.2).table();
    let named =
        |id: &str, rule: &str, family: &str| ClaimSpec { family: Some(family.into()), ..claim(id, rule) };
    let specs = [
        named("C1", "delta > 0", "main"),
        named("C2", "delta > 0.005", "main"),
        named("C3", "delta > 0", "other"),
    ];
    let decisions = decide_all(&specs, Some(&table), &LookBook::default());
    let p = |index: usize| {
        let verdict = &decisions[index].verdict;
        (verdict.p_raw.unwrap().get(), verdict.p_adjusted.unwrap().get(), verdict.family_size)
    };
    let ((first, first_holm, size), (second, second_holm, _), (alone, alone_holm, one)) = (p(0), p(1), p(2));
    assert!(first < second);
    assert!((first_holm - 2.0 * first).abs() < 1e-12 && second_holm >= second);
    assert_eq!((size, one, alone.to_bits()), (2, 1, alone_holm.to_bits()));
}

#[test]
fn looks_are_recorded_once_and_still_count_when_their_claim_is_dropped() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("looks.jsonl");
    let table = World::new(0.1, 0.2).table();
    let first = decide_all(&[claim("C1", "delta > 0.09")], Some(&table), &LookBook::default());
    let (book, recorded) = LookBook::record(&path, &first[0].looks, "2026-01-01T00:00:00Z", "test").unwrap();
    assert_eq!(recorded, [Recorded::New(1)]);
    let again = decide_all(&[claim("C1", "delta > 0.09")], Some(&table), &book);
    assert_eq!(again[0].verdict, first[0].verdict);
    let (book, recorded) = LookBook::record(&path, &again[0].looks, "2026-01-01T00:00:00Z", "test").unwrap();
    assert_eq!((recorded, book.looks().len()), (vec![Recorded::Repeat(1)], 1));
    let other = decide_all(&[claim("C2", "delta > 0")], Some(&table), &book).remove(0).verdict;
    assert_eq!((other.family_size, other.looks), (2, LookCount { at_split: 2, by_claim: 1 }));
    assert!(other.p_adjusted.unwrap().get() > other.p_raw.unwrap().get());
}

#[test]
fn a_claim_changed_after_its_first_look_is_invalid_under_its_old_id() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("looks.jsonl");
    let table = World::new(0.1, 0.2).table();
    let spec = claim("C1", "delta >= 0.02 and p < 0.05");
    let decision = decide_all(std::slice::from_ref(&spec), Some(&table), &LookBook::default()).remove(0);
    let (book, _) = LookBook::record(&path, &decision.looks, "2026-01-01T00:00:00Z", "test").unwrap();
    let status = |spec: ClaimSpec| decide_all(&[spec], Some(&table), &book).remove(0).verdict;
    assert_eq!(
        status(ClaimSpec { statement: " a  beats\nb ".to_owned(), ..spec.clone() }).status,
        Status::Supported
    );
    let reworded = status(ClaimSpec { statement: "a is not worse than b".to_owned(), ..spec.clone() });
    assert_eq!((reworded.status, reworded.reasons[0].kind), (Status::Invalid, ReasonKind::ChangedAfterLook));
    let softened = status(ClaimSpec { rule: parse("delta >= 0.01 and p < 0.05").unwrap(), ..spec.clone() });
    assert!(softened.reasons[0].sentence.contains("rule then: `delta >= 0.02 and p < 0.05`"));
    assert_eq!(status(ClaimSpec { test: TestKind::Items, ..spec.clone() }).status, Status::Invalid);
    assert_eq!(
        status(ClaimSpec { id: "C2".into(), test: TestKind::Items, ..spec }).status,
        Status::Supported
    );
}

#[test]
fn a_contract_violation_invalidates_whatever_the_numbers() {
    let table = World::new(0.1, 0.2).table();
    let spec = claim("C1", "delta > 0");
    let problems = vec![Reason::new(ReasonKind::ContractViolated, "summary.json is missing")];
    let input = ClaimInput { spec: &spec, table: Some(&table), artifacts: &NoArtifacts, problems };
    let verdict = decide(&[input], &LookBook::default()).remove(0).verdict;
    assert_eq!((verdict.status, verdict.reasons[0].kind), (Status::Invalid, ReasonKind::ContractViolated));
}

struct Files(BTreeMap<&'static str, Arc<serde_json::Value>>);

impl Artifacts for Files {
    fn json(&self, file: Option<&str>) -> Result<Arc<serde_json::Value>, String> {
        let file = file.unwrap_or("metrics.json");
        self.0.get(file).cloned().ok_or_else(|| format!("there is no `{file}`"))
    }
}

#[test]
fn a_claim_on_metric_artifacts_is_decided_by_its_numbers_and_says_that_nothing_was_tested() {
    let files = Files(BTreeMap::from([("metrics.json", Arc::new(serde_json::json!({"miss": 0.03})))]));
    let decided = |rule: &str| {
        let spec = ClaimSpec::new("C1", "few misses", parse(rule).unwrap());
        let input = ClaimInput { spec: &spec, table: None, artifacts: &files, problems: Vec::new() };
        decide(&[input], &LookBook::default()).remove(0)
    };
    let low = decided("metrics.json: miss <= 0.05");
    assert_eq!(low.verdict.status, Status::Supported);
    assert!(kinds(&low.verdict).contains(&ReasonKind::NoTest) && low.looks.is_empty());
    assert_eq!(decided("metrics.json: miss <= 0.01").verdict.status, Status::Refuted);
    assert_eq!(decided("metrics.json: refusals <= 0.01").verdict.status, Status::Unproven);
    assert_eq!(decided("other.json: miss").verdict.status, Status::Unproven);
}

#[test]
fn a_verdict_survives_its_record() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("verdicts.jsonl");
    let verdict = verdict(&claim("C1", "delta > 0 and n_seeds >= 9"), &World::new(0.1, 0.2).table());
    assert_eq!(verdict.status, Status::Inconclusive);
    let (mut chain, _) = Chain::<VerdictRecord>::open(&path, "test").unwrap();
    let record = VerdictRecord::new(verdict, "2026-01-01T00:00:00Z", LookBook::default().head());
    chain.append(&record).unwrap();
    drop(chain);
    let stored = crate::chain::read_chain::<VerdictRecord>(&path).unwrap();
    assert_eq!(stored[0].record, record);
    assert_eq!(verify_chain(&path).unwrap().head, stored[0].hash);
    assert!(schemars::schema_for!(Verdict).as_value().pointer("/properties/status").is_some());
}

/// Under "no effect" a claim is supported at most as often as alpha says: of 200 worlds at 5 %, 99.9 % of Binomial(200, 0.05) lies at or below 21.
#[test]
fn a_false_claim_is_rarely_supported() {
    let spec = ClaimSpec {
        resampling: Resampling { replicates: 499, seed: 1 },
        ..claim("C1", "delta > 0 and p < 0.05")
    };
    let supported = (0..200).filter(|&stream| {
        let table = World { items: 40, seeds: 6, stream, ..World::new(0.0, 0.5) }.table();
        verdict(&spec, &table).status == Status::Supported
    });
    let supported = supported.count();
    assert!(supported <= 21, "{supported} of 200");
}

fn ledger_claim(fields: &str) -> isocost_ledger::model::Claim {
    let text = format!(
        "## Claims\n- [ ] C0001: a beats b.\n{fields}\n## Checklist\n### Run Queue\n- [ ] E0001: x\n  - command: `x`\n"
    );
    isocost_ledger::parse::parse(isocost_ledger::text::Source::new("ledger.md", text)).claims.remove(0)
}

#[test]
fn a_claim_of_a_ledger_is_read_with_its_defaults() {
    let claim =
        ledger_claim("  - rule: `delta(a, b) >= 0.02 and p < 0.05`\n  - table: `E0001/outcomes.csv`\n");
    let declared = DeclaredClaim::from_ledger(&claim).unwrap();
    let rule = parse("delta(a, b) >= 0.02 and p < 0.05").unwrap();
    let written = ["rule".to_owned(), "table".to_owned()].into();
    let expected = ClaimSpec { written, ..ClaimSpec::new("C0001", "a beats b.", rule) };
    assert_eq!(declared, DeclaredClaim { spec: expected, table: Some("E0001/outcomes.csv".to_owned()) });
    let selection = declared.spec.selection().unwrap();
    assert_eq!((selection.left.as_str(), selection.right.as_str()), ("a", "b"));
    assert_eq!(declared.spec.family_name().as_str(), "main");
}

#[test]
fn every_field_of_a_claim_is_read() {
    let claim = ledger_claim(concat!(
        "  - rule: `delta > 0`\n  - compare: `a` vs `b`\n  - metric: acc\n  - split: `test`\n  - budget: 0.5\n",
        "  - test: seeds\n  - family: other\n  - margin: 2%\n  - alpha: 0.01\n  - cost: equal within 2.5%, per cell within 10%\n  - exclude: `i1`, i2\n",
        "  - cost_unit: tokens\n  - correction: hochberg\n  - looks: 4\n",
    ));
    let spec = DeclaredClaim::from_ledger(&claim).unwrap().spec;
    assert_eq!(spec.compare, Some(("a".into(), "b".into())));
    assert_eq!(
        (spec.metric, spec.split, spec.budget),
        (Some("acc".into()), Some("test".into()), Some("0.5".into()))
    );
    assert_eq!((spec.test, spec.family, spec.margin), (TestKind::Seeds, Some("other".into()), Some(0.02)));
    assert_eq!(
        (spec.alpha.get(), spec.cost_tolerance.get(), spec.cost),
        (0.01, 0.025, CostRule::EqualRequired)
    );
    assert_eq!(spec.exclude, ["i1".into(), "i2".into()].into());
    assert_eq!((spec.cost_cells.unwrap().get(), spec.cost_unit), (0.1, Some("tokens".into())));
    assert_eq!((spec.correction, spec.looks), (crate::Correction::Hochberg, PlannedLooks::new(4).ok()));
    let any = ledger_claim("  - rule: `delta > 0`\n  - cost: any\n");
    assert_eq!(DeclaredClaim::from_ledger(&any).unwrap().spec.cost, CostRule::NotRequired);
}

#[test]
fn every_bad_field_of_a_claim_is_named_with_its_place() {
    let claim =
        ledger_claim("  - rule: `delta >`\n  - compare: a\n  - test: welch\n  - alpha: 2\n  - cost: cheap\n");
    let problems = DeclaredClaim::from_ledger(&claim).unwrap_err();
    assert!(problems[0].message.contains("the rule cannot be read"), "{problems:?}");
    let claim = ledger_claim(
        "  - rule: `delta > 0`\n  - compare: a\n  - test: welch\n  - alpha: 2\n  - cost: cheap\n",
    );
    let problems = DeclaredClaim::from_ledger(&claim).unwrap_err();
    for (problem, word) in problems.iter().zip(["left vs right", "`welch`", "alpha is 2", "equal within 2%"])
    {
        assert!(problem.message.contains(word) && !problem.span.is_empty(), "{problem:?}");
    }
    assert_eq!(problems.len(), 4);
}

#[test]
fn fields_that_do_not_go_together_and_slips_of_the_pen_are_named() {
    let wrong = |fields: &str| {
        let claim = ledger_claim(&format!("  - rule: `delta(a, b) > 0`\n{fields}"));
        let problems = DeclaredClaim::from_ledger(&claim).unwrap_err();
        problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; ")
    };
    for (fields, word) in [
        ("  - test: cluster\n", "cluster: COLUMN"),
        ("  - cluster: video\n", "test: cluster"),
        ("  - test: equivalence\n", "positive `margin`"),
        ("  - bounds: 0, 1\n", "test: always-valid"),
        ("  - test: always-valid\n  - bounds: 1, 0\n", "above the lower one"),
        ("  - looks: 1\n", "2 to 100"),
        ("  - test: wilcoxn\n", "did you mean `wilcoxon`?"),
        ("  - correction: holms\n", "did you mean `holm`?"),
        ("  - corection: holm\n", "did you mean `correction`?"),
    ] {
        let found = wrong(fields);
        assert!(found.contains(word), "{fields}: {found}");
    }
}

#[test]
fn a_rule_that_reads_single_arms_only_is_a_look_too() {
    let table = World::new(0.1, 0.2).table();
    let spec = ClaimSpec { compare: None, ..claim("C1", "mean(a) >= 0.5 and median(b) >= 0.1") };
    let first = decide_all(std::slice::from_ref(&spec), Some(&table), &LookBook::default()).remove(0);
    let seen: Vec<(&str, &str)> =
        first.looks.iter().map(|look| (look.comparison.left.as_str(), look.split.as_str())).collect();
    assert_eq!(seen, [("a", "test"), ("b", "test")]);
    assert!(first.looks.iter().all(|look| look.p.is_none() && look.comparison.right.as_str().is_empty()));
    assert_eq!(first.verdict.looks.at_split, 2);
    assert!(kinds(&first.verdict).contains(&ReasonKind::NoTest));
}

#[test]
fn the_method_of_a_verdict_says_what_was_declared_and_what_is_a_default() {
    let table = World::new(0.1, 0.2).table();
    let spec = ClaimSpec {
        test: TestKind::Items,
        written: ["test".to_owned()].into(),
        ..claim("C1", "delta > 0 and p < 0.05")
    };
    let verdict = verdict(&spec, &table);
    let term = |name: &str| verdict.method.iter().find(|term| term.name == name).unwrap().clone();
    assert_eq!((term("test").value.as_str(), term("test").source), ("items", TermSource::Declared));
    let correction = term("correction");
    assert_eq!((correction.value.as_str(), correction.source), ("holm over 1", TermSource::Default));
    assert_eq!(term("cost").value, "equal within 1 %");
}

#[test]
fn a_name_that_is_nearly_a_statistic_is_recognised() {
    let table = World::new(0.1, 0.2).table();
    let verdict = verdict(&claim("C1", "delta > 0 and p_homl < 0.05"), &table);
    assert_eq!(verdict.status, Status::Unproven);
    assert!(verdict.reasons[0].sentence.contains("did you mean `p_holm`?"), "{:?}", verdict.reasons);
}

#[test]
fn each_correction_decides_where_it_is_declared() {
    let table = World::new(0.021, 0.2).table();
    let p = |correction: Correction| {
        let named = |id: &str, rule: &str| ClaimSpec { correction, ..claim(id, rule) };
        let specs = [named("C1", "delta > 0.01"), named("C2", "delta > 0.008"), named("C3", "delta > 0.3")];
        let decisions = decide_all(&specs, Some(&table), &LookBook::default());
        let raw: Vec<_> = decisions.iter().map(|decision| decision.verdict.p_raw.unwrap()).collect();
        let adjusted: Vec<_> =
            decisions.iter().map(|decision| decision.verdict.p_adjusted.unwrap()).collect();
        (raw, adjusted)
    };
    for correction in
        [Correction::Holm, Correction::Bonferroni, Correction::Hochberg, Correction::Bh, Correction::By]
    {
        let (raw, adjusted) = p(correction);
        assert_eq!(adjusted, correction.adjust(&raw), "{correction}");
    }
}

#[test]
fn unequal_cost_is_reported_with_who_overspends_and_what_would_match() {
    let rows: Vec<String> =
        (0..60).map(|item| format!("i{item},0,cheap,,50,tokens,test,acc,0.5,\n")).collect();
    let more = rows.concat();
    let world = World { cost: [110.0, 100.0], more, ..World::new(0.1, 0.2) };
    let verdict = verdict(&claim("C1", "delta > 0 and p < 0.05"), &world.table());
    let report = verdict.comparisons[0].budget_report.as_ref().unwrap();
    assert_eq!((report.overspender.as_str(), report.other.as_str()), ("a", "b"));
    assert!((report.mean - 110.0).abs() < 1e-9 && (report.target - 100.0).abs() < 1e-9);
    // 110 − x·(110 − 50) = 100
    let Some(crate::compare::Remedy::Mixture { arm, share, .. }) = report.remedies.first() else {
        panic!("{report:?}")
    };
    assert_eq!(arm.as_str(), "cheap");
    assert!((share - 1.0 / 6.0).abs() < 1e-12);
    assert!(verdict.reasons.iter().any(|reason| reason.kind == ReasonKind::BudgetMatch));
}

/// A p of any name is a test: it is corrected, and when it is large it refutes nothing.
#[test]
fn every_name_of_p_is_tested_and_refutes_nothing() {
    let table = World { items: 20, seeds: 2, ..World::new(0.0, 1.0) }.table();
    for name in ["p", "p_raw", "p_adjusted", "p_holm", "p_bonferroni", "p_hochberg", "p_bh", "p_by", "p_maxt"]
    {
        let found = verdict(&claim("C1", &format!("{name} < 1e-9")), &table);
        assert!(
            found.status != Status::Refuted && found.comparisons.len() == 1,
            "{name}: {:?}",
            found.reasons
        );
    }
}

#[test]
fn tests_that_do_not_fit_the_data_are_inconclusive_and_say_why() {
    let table = World { items: 20, seeds: 2, ..World::new(0.3, 0.1) }.table();
    let decided = |spec: ClaimSpec| verdict(&spec, &table);
    let with = |test: TestKind| ClaimSpec { test, ..claim("C1", "delta > 0 and p < 0.05") };
    for (spec, word) in
        [(with(TestKind::McNemar), "2 seeds"), (with(TestKind::AlwaysValid), "outside the bounds 0, 1")]
    {
        let found = decided(spec);
        assert_eq!(found.status, Status::Inconclusive, "{:?}", found.reasons);
        assert!(found.reasons.iter().any(|reason| reason.sentence.contains(word)), "{:?}", found.reasons);
    }
    let no_column = decided(ClaimSpec { cluster: Some("video".to_owned()), ..with(TestKind::Cluster) });
    assert_eq!(no_column.status, Status::Unproven);
    assert!(no_column.reasons[0].sentence.contains("no free column `video`"), "{:?}", no_column.reasons);
}
