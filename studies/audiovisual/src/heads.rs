//! Training heads: identical work is done once, on all cores.

use std::collections::BTreeMap;
use std::sync::Arc;

use isocost_study_learn::torch::{HeadShape, HeadTraining, PickedClips, predict, train_head};
use rayon::prelude::*;

use crate::AvResult;
use crate::data::FeatureStore;

/// The rows that the plans of a list of clips pick, with further columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PickedRows {
    /// Numbers of rows of the feature table, second by second.
    pub rows: Vec<u32>,
    /// Further columns, row by row.
    pub extra: Vec<f32>,
    /// Number of further columns.
    pub extra_columns: usize,
}

/// One head to train and to ask.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadJob {
    /// Rows of the training clips.
    pub train: Arc<PickedRows>,
    /// Rows of the evaluated clips. With several, each clip counts in the way in which most of its seconds are right, the first among equals.
    pub eval: Arc<Vec<PickedRows>>,
    /// Sizes of the head.
    pub shape: HeadShape,
    /// How it is trained.
    pub training: HeadTraining,
    /// Its seed.
    pub seed: u64,
}

/// What a head said about the evaluated clips.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// Class of each second.
    pub classes: Vec<usize>,
    /// Which way of looking counts, for each clip.
    pub chosen: Vec<usize>,
}

/// What all heads of a trial share.
#[derive(Debug, Clone, Copy)]
pub struct HeadData<'a> {
    /// The feature table.
    pub features: &'a FeatureStore,
    /// Labels of the training clips, second by second.
    pub train_labels: &'a [usize],
    /// Labels of the evaluated clips.
    pub eval_labels: &'a [usize],
}

impl HeadJob {
    /// Equal for equal work.
    fn key(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for rows in std::iter::once(&*self.train).chain(&*self.eval) {
            hasher.update(&(rows.rows.len() as u64).to_le_bytes());
            hasher.update(&(rows.extra_columns as u64).to_le_bytes());
            for row in &rows.rows {
                hasher.update(&row.to_le_bytes());
            }
            for value in &rows.extra {
                hasher.update(&value.to_bits().to_le_bytes());
            }
        }
        hasher.update(format!("{:?} {:?} {}", self.shape, self.training, self.seed).as_bytes());
        hasher.finalize()
    }
}

/// Answers for each job, in their order; jobs that ask for the same work share them.
pub fn train_all(data: HeadData<'_>, jobs: &[HeadJob]) -> AvResult<Vec<Arc<Answers>>> {
    let keys: Vec<[u8; 32]> = jobs.par_iter().map(|job| *job.key().as_bytes()).collect();
    let mut distinct: BTreeMap<[u8; 32], &HeadJob> = BTreeMap::new();
    for (key, job) in keys.iter().zip(jobs) {
        distinct.entry(*key).or_insert(job);
    }
    let answers: BTreeMap<[u8; 32], Arc<Answers>> = distinct
        .into_par_iter()
        .map(|(key, job)| Ok((key, Arc::new(answer(data, job)?))))
        .collect::<AvResult<_>>()?;
    Ok(keys.iter().filter_map(|key| answers.get(key).cloned()).collect())
}

fn answer(data: HeadData<'_>, job: &HeadJob) -> AvResult<Answers> {
    let clips = picked(data.features, &job.train)?;
    let head = train_head(job.shape, &job.training, &clips, data.train_labels, job.seed)?;
    let seconds = data.features.seconds();
    let mut best: Option<Answers> = None;
    for (way, rows) in job.eval.iter().enumerate() {
        let classes = predict(&head, &picked(data.features, rows)?)?;
        match &mut best {
            None => best = Some(Answers { chosen: vec![0; classes.len() / seconds.max(1)], classes }),
            Some(best) => prefer(best, way, &classes, data.eval_labels, seconds),
        }
    }
    Ok(best.unwrap_or(Answers { classes: Vec::new(), chosen: Vec::new() }))
}

/// Takes over the clips in which this way gets more seconds right.
fn prefer(best: &mut Answers, way: usize, classes: &[usize], labels: &[usize], seconds: usize) {
    let right = |a: &[usize], b: &[usize]| a.iter().zip(b).filter(|(a, b)| a == b).count();
    let clips = best.classes.chunks_exact_mut(seconds).zip(classes.chunks_exact(seconds));
    for (((held, new), labels), chosen) in clips.zip(labels.chunks_exact(seconds)).zip(&mut best.chosen) {
        if right(new, labels) > right(held, labels) {
            held.copy_from_slice(new);
            *chosen = way;
        }
    }
}

fn picked<'a>(features: &'a FeatureStore, rows: &'a PickedRows) -> AvResult<PickedClips<'a>> {
    let clips = PickedClips::new(features.values(), features.columns(), &rows.rows, features.seconds())?;
    Ok(clips.with_extra(&rows.extra, rows.extra_columns)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_way_of_looking_counts_and_the_first_among_equals() {
        let mut best = Answers { classes: vec![0, 1, 0, 0], chosen: vec![0, 0] };
        prefer(&mut best, 1, &[1, 1, 0, 1], &[1, 1, 0, 0], 2);
        assert_eq!(best, Answers { classes: vec![1, 1, 0, 0], chosen: vec![1, 0] });
    }
}
