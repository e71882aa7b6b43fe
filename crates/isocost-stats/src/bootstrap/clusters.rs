//! Items that come in clusters.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::draws::Draws;
use super::{Grid, Replicates, Resampling, domain};
use crate::{StatsError, StatsResult, Stream};

/// Resamples whole clusters of items (all questions about one video, all clips of one speaker) and, independently, seeds.
///
/// `cluster` names the cluster of each item by any number; sizes may differ. A replicate is the mean over all drawn items, however many they
/// are (Davison and Hinkley 1997, §3.8). Items of a cluster may depend on each other in any way. Few clusters are few levels, see
/// [`super`]: one cluster is an error, as no resample differs from the data.
pub fn clustered(grid: &Grid, cluster: &[u32], resampling: Resampling) -> StatsResult<Replicates> {
    resampling.check()?;
    if cluster.len() != grid.items() {
        return Err(StatsError::Shape { rows: grid.items(), columns: 1, found: cluster.len() });
    }
    let mut sums: BTreeMap<u32, (Vec<f64>, f64)> = BTreeMap::new();
    for (row, name) in grid.rows().zip(cluster) {
        let (totals, items) = sums.entry(*name).or_insert_with(|| (vec![0.0; grid.seeds()], 0.0));
        *items += 1.0;
        for (total, value) in totals.iter_mut().zip(row) {
            *total += value;
        }
    }
    let clusters: Vec<(Vec<f64>, f64)> = sums.into_values().collect();
    if clusters.len() < 2 {
        return Err(StatsError::TooFew { what: "a cluster bootstrap", needed: 2, found: clusters.len() });
    }
    let means = resample(&clusters, grid, resampling);
    Ok(Replicates::new(grid.mean(), means))
}

fn resample(clusters: &[(Vec<f64>, f64)], grid: &Grid, resampling: Resampling) -> Vec<f64> {
    let (rows, columns) =
        (Draws::below(u32::try_from(clusters.len()).unwrap_or(grid.items)), Draws::below(grid.seeds));
    (0..resampling.replicates)
        .into_par_iter()
        .map_init(
            || (vec![0; clusters.len()], vec![0; grid.seeds()]),
            |(drawn, seeds), index| {
                let mut stream = Stream::new(resampling.seed, domain::CLUSTERS, index.into());
                columns.fill(&mut stream, seeds);
                rows.fill(&mut stream, drawn);
                let (mut total, mut items) = (0.0, 0.0);
                for (totals, size) in drawn.iter().filter_map(|row| clusters.get(*row as usize)) {
                    items += size;
                    total += seeds.iter().filter_map(|seed| totals.get(*seed as usize)).sum::<f64>();
                }
                total / (items * f64::from(grid.seeds))
            },
        )
        .collect()
}
