//! What each arm reaches for what it costs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::table::OutcomeTable;
use crate::{Arm, Budget, CostUnit, Metric, Split};

/// An arm at a budget, over all its rows of one metric and split that have a value and a measured cost.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ArmPoint {
    /// The arm.
    pub arm: Arm,
    /// The budget; empty if there is none.
    pub budget: Budget,
    /// Mean measured cost.
    pub cost: f64,
    /// Its unit.
    pub cost_unit: CostUnit,
    /// Mean value.
    pub value: f64,
    /// Rows.
    pub rows: usize,
    /// Whether no other point costs at most as much and reaches at least as much, one of them strictly.
    /// Larger values count as better. Points of different units are not compared.
    pub on_front: bool,
}

#[derive(Default)]
struct Sums {
    cost: f64,
    value: f64,
    rows: usize,
}

/// The points of one metric and split, by arm and budget. Rows without value or cost are left out.
pub fn frontier(table: &OutcomeTable, metric: &Metric, split: &Split) -> Vec<ArmPoint> {
    let mut sums: BTreeMap<(&str, &str, &str), Sums> = BTreeMap::new();
    for row in table.rows().filter(|row| row.metric() == metric.as_str() && row.split() == split.as_str()) {
        if let (Some(value), Some(cost)) = (row.value(), row.cost()) {
            let sum = sums.entry((row.arm(), row.budget(), row.cost_unit())).or_default();
            sum.cost += cost;
            sum.value += value;
            sum.rows += 1;
        }
    }
    let mut points: Vec<ArmPoint> = sums
        .into_iter()
        .map(|((arm, budget, unit), sum)| ArmPoint {
            arm: arm.into(),
            budget: budget.into(),
            cost: sum.cost / sum.rows as f64,
            cost_unit: unit.into(),
            value: sum.value / sum.rows as f64,
            rows: sum.rows,
            on_front: false,
        })
        .collect();
    let on_front: Vec<bool> =
        points.iter().map(|point| !points.iter().any(|other| dominates(other, point))).collect();
    points.iter_mut().zip(on_front).for_each(|(point, on_front)| point.on_front = on_front);
    points
}

fn dominates(a: &ArmPoint, b: &ArmPoint) -> bool {
    a.cost_unit == b.cost_unit
        && a.cost <= b.cost
        && a.value >= b.value
        && (a.cost < b.cost || a.value > b.value)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_point_that_costs_more_and_reaches_less_is_not_on_the_front() {
        let csv = "item,seed,arm,budget,cost,cost_unit,split,metric,value\n\
                   i,0,cheap,,1,tokens,test,acc,0.5\nj,0,cheap,,1,tokens,test,acc,0.7\n\
                   i,0,bad,,2,tokens,test,acc,0.1\ni,0,good,,2,tokens,test,acc,0.9\n";
        let table = OutcomeTable::from_csv(Path::new("t.csv"), csv.as_bytes()).unwrap();
        let points = frontier(&table, &"acc".into(), &"test".into());
        let seen: Vec<_> = points.iter().map(|p| (p.arm.as_str(), p.rows, p.on_front)).collect();
        assert_eq!(seen, [("bad", 1, false), ("cheap", 2, true), ("good", 1, true)]);
        assert!((points[1].value - 0.6).abs() < 1e-12);
    }
}
