use std::collections::BTreeSet;
use std::path::Path;

use isocost_stats::{Stream, Tail};
use proptest::prelude::*;

use super::*;
use crate::table::OutcomeTable;
use crate::{CostUnit, ItemId};

const HEADER: &str = "item,seed,arm,budget,cost,cost_unit,split,metric,value\n";

fn table(rows: &[String]) -> OutcomeTable {
    OutcomeTable::from_csv(Path::new("t.csv"), format!("{HEADER}{}", rows.join("\n")).as_bytes()).unwrap()
}

fn row(item: &str, seed: &str, arm: &str, cost: &str, value: f64) -> String {
    format!("{item},{seed},{arm},,{cost},tokens,test,acc,{value}")
}

/// Values from a stream, both arms, `items` × `seeds`.
fn world(items: usize, seeds: usize, stream: u64) -> Vec<String> {
    let mut stream = Stream::new(stream, 0, 0);
    let mut rows = Vec::new();
    for item in 0..items {
        for seed in 0..seeds {
            for arm in ["a", "b"] {
                rows.push(row(&format!("i{item}"), &seed.to_string(), arm, "10", stream.unit()));
            }
        }
    }
    rows
}

fn plan(kind: TestKind) -> TestPlan {
    TestPlan {
        kind,
        resampling: isocost_stats::bootstrap::Resampling { replicates: 400, seed: 3 },
        ..TestPlan::default()
    }
}

fn analyse(table: &OutcomeTable, selection: &Selection, kind: TestKind) -> Result<Analysis, CompareError> {
    Analysis::new(table, selection, &BTreeSet::new(), plan(kind))
}

fn compare(rows: &[String], kind: TestKind) -> Comparison {
    let analysis = analyse(&table(rows), &Selection::arms("a", "b"), kind).unwrap();
    analysis.comparison(0.0, Tail::TwoSided, CostTolerance::default()).unwrap()
}

#[test]
fn pairs_are_made_by_item_and_seed_and_the_rest_is_named() {
    let rows = [
        row("x", "0", "a", "1", 1.0),
        row("x", "0", "b", "1", 0.25),
        row("y", "0", "a", "1", 1.0),
        row("z", "0", "b", "1", 1.0),
        row("x", "9", "b", "1", 1.0),
    ];
    let result = compare(&rows, TestKind::Crossed);
    assert_eq!((result.n_items, result.seeds_paired), (1, 1));
    assert!((result.delta - 0.75).abs() < 1e-15);
    assert_eq!(result.unpaired.items_only_left.first, ["y"]);
    assert_eq!(result.unpaired.items_only_right.first, ["z"]);
    assert_eq!(result.unpaired.seeds_only_right.first, ["9"]);
    assert!(result.notes.contains(&Note::Unpaired));
}

#[test]
fn an_item_without_a_value_under_one_seed_is_left_out_by_name() {
    let mut rows = world(4, 2, 1);
    rows.pop();
    let result = compare(&rows, TestKind::Crossed);
    assert_eq!(result.n_items, 3);
    assert_eq!(result.unpaired.items_incomplete, Names { count: 1, first: vec!["i3".to_owned()] });
}

#[test]
fn an_arm_without_seeds_is_paired_with_every_seed_of_the_other() {
    let rows = [row("x", "", "a", "1", 1.0), row("x", "0", "b", "1", 0.0), row("x", "1", "b", "1", 0.5)];
    let result = compare(&rows, TestKind::Crossed);
    assert_eq!((result.seeds_paired, result.delta.to_bits()), (2, 0.75_f64.to_bits()));
    assert!(result.replication.left_is_constant && !result.replication.right_is_constant);
}

#[test]
fn seeds_that_change_nothing_are_not_replicates() {
    let mut rows = Vec::new();
    for (item, value) in [("x", 1.0), ("y", 0.0), ("z", 0.5)] {
        for seed in ["0", "1", "2"] {
            rows.push(row(item, seed, "a", "1", value));
            rows.push(row(item, seed, "b", "1", 0.25));
        }
    }
    let result = compare(&rows, TestKind::Seeds);
    assert_eq!((result.n_seeds, result.seeds_paired), (1, 3));
    assert!(
        result.notes.contains(&Note::NotAReplicate) && result.notes.contains(&Note::NothingSaidAboutNewItems)
    );
    assert_eq!(result.p, None);
}

#[test]
fn costs_within_the_tolerance_are_equal_and_beyond_it_are_not() {
    let priced = |cost: &str| [row("x", "0", "a", cost, 1.0), row("x", "0", "b", "100", 1.0)];
    assert_eq!(compare(&priced("101"), TestKind::Crossed).cost, CostCheck::Equal { by: 1.0 / 101.0 });
    assert_eq!(
        compare(&priced("102"), TestKind::Crossed).cost,
        CostCheck::Unequal { by: 2.0 / 102.0, tolerance: 0.01 }
    );
    assert_eq!(
        compare(&priced(""), TestKind::Crossed).cost,
        CostCheck::NotMeasured { left: 1, right: 0, cells: 1 }
    );
    let units = [row("x", "0", "a", "5", 1.0), row("x", "0", "b", "5", 1.0).replace("tokens", "flops")];
    let mismatch = CostCheck::UnitMismatch {
        left: vec![CostUnit::from("tokens")],
        right: vec![CostUnit::from("flops")],
    };
    assert_eq!(compare(&units, TestKind::Crossed).cost, mismatch);
}

#[test]
fn a_split_metric_or_budget_that_is_not_unique_must_be_named() {
    let mut rows = world(3, 1, 1);
    rows.push("i0,0,a,,1,tokens,val,acc,1".to_owned());
    let both = table(&rows);
    let named = Selection { split: Some("test".into()), ..Selection::arms("a", "b") };
    let error = analyse(&both, &Selection::arms("a", "b"), TestKind::Crossed).unwrap_err();
    assert_eq!(error.to_string(), "split is not named and the table has several: `test`, `val`");
    assert!(analyse(&both, &named, TestKind::Crossed).is_ok());
    let error = analyse(&both, &Selection { right: "c".into(), ..named }, TestKind::Crossed).unwrap_err();
    assert!(
        error.to_string().contains("arm `c` has no rows") && error.to_string().contains("`b`"),
        "{error}"
    );
}

#[test]
fn an_arm_without_budget_takes_part_at_every_budget() {
    let rows =
        ["x,0,a,4,1,t,test,acc,1", "x,0,a,8,1,t,test,acc,0.5", "x,0,b,,1,t,test,acc,0"].map(str::to_owned);
    let table = table(&rows);
    let at = |budget: &str| {
        let selection = Selection { budget: Some(budget.into()), ..Selection::arms("a", "b") };
        analyse(&table, &selection, TestKind::Crossed).map(|analysis| analysis.delta())
    };
    assert_eq!((at("4"), at("8")), (Ok(1.0), Ok(0.5)));
    assert!(at("16").is_err());
}

#[test]
fn excluded_items_take_no_part() {
    let table = table(&world(5, 1, 1));
    let excluded = BTreeSet::from([ItemId::from("i1"), ItemId::from("absent")]);
    let analysis =
        Analysis::new(&table, &Selection::arms("a", "b"), &excluded, plan(TestKind::Items)).unwrap();
    assert_eq!(analysis.differences().items(), 4);
    assert_eq!(analysis.pairing().unpaired.items_excluded.first, ["i1"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_rows_does_not_matter(stream in 0..1000_u64, rotation in 0..40_usize) {
        let rows = world(10, 2, stream);
        let mut shuffled = rows.clone();
        shuffled.rotate_left(rotation);
        shuffled.swap(3, 17);
        for kind in [TestKind::Crossed, TestKind::Items, TestKind::Seeds, TestKind::SignFlip] {
            prop_assert_eq!(compare(&rows, kind), compare(&shuffled, kind));
        }
    }

    #[test]
    fn swapped_arms_negate_the_effect_and_mirror_the_interval(stream in 0..1000_u64) {
        let table = table(&world(8, 3, stream));
        for kind in [TestKind::Crossed, TestKind::Items, TestKind::Seeds, TestKind::SignFlip] {
            let forth = analyse(&table, &Selection::arms("a", "b"), kind).unwrap();
            let back = analyse(&table, &Selection::arms("b", "a"), kind).unwrap();
            prop_assert!((forth.delta() + back.delta()).abs() < 1e-12);
            let alpha = isocost_stats::Alpha::FIVE_PERCENT;
            let (f, b) = (forth.interval(alpha).unwrap().unwrap(), back.interval(alpha).unwrap().unwrap());
            prop_assert!((f.low + b.high).abs() < 1e-12 && (f.high + b.low).abs() < 1e-12);
            let greater = forth.p(0.02, Tail::Greater).unwrap().unwrap().get();
            let less = back.p(-0.02, Tail::Less).unwrap().unwrap().get();
            prop_assert!((greater - less).abs() < 1e-9, "{} {}", greater, less);
            prop_assert!((0.0..=1.0).contains(&greater));
        }
    }
}
