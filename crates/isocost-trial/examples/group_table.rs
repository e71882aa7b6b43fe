//! Reads a whole outcome table, groups it by arm and compares two arms by the default test: `group_table TABLE LEFT RIGHT`; with a further
//! argument it only pairs and subtracts them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use isocost_stats::Tail;
use isocost_trial::compare::Pairing;
use isocost_trial::{Analysis, CostTolerance, OutcomeTable, Selection, TestPlan};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, left, right, pair_only @ ..] = arguments.as_slice() else {
        return Err("name a table and two arms".into());
    };
    let start = Instant::now();
    let table = OutcomeTable::read(&PathBuf::from(path))?;
    let read = start.elapsed();
    let mut groups: BTreeMap<&str, (f64, u32)> = BTreeMap::new();
    for row in table.rows() {
        if let Some(value) = row.value() {
            let group = groups.entry(row.arm()).or_default();
            *group = (group.0 + value, group.1 + 1);
        }
    }
    let grouped = start.elapsed();
    let selection = Selection::arms(left.as_str(), right.as_str());
    let mut out = std::io::stdout().lock();
    if !pair_only.is_empty() {
        let pairing = Pairing::new(&table, &selection, &BTreeSet::new())?;
        writeln!(out, "{} rows, delta {:.6}", table.len(), pairing.differences()?.mean())?;
        return Ok(());
    }
    let analysis = Analysis::new(&table, &selection, &BTreeSet::new(), TestPlan::default())?;
    let result = analysis.comparison(0.0, Tail::TwoSided, CostTolerance::default())?;
    let compared = start.elapsed();
    for (arm, (sum, count)) in groups.iter().take(3) {
        writeln!(out, "{arm} {:.6} over {count}", sum / f64::from(*count))?;
    }
    writeln!(out, "{} rows, delta {:.6}, {:?}", table.len(), result.delta, result.interval)?;
    writeln!(
        out,
        "read {:.2} s, grouped {:.2} s, compared {:.2} s",
        read.as_secs_f64(),
        grouped.saturating_sub(read).as_secs_f64(),
        compared.saturating_sub(grouped).as_secs_f64()
    )?;
    Ok(())
}
