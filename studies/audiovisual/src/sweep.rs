//! A sweep: every candidate of a set on the same clips, and the best one.
//!
//! Source: `listen_core` section 12.

use std::path::PathBuf;

use isocost_study_learn::torch::HeadTraining;

use crate::candidates::{Candidate, candidate_set};
use crate::session::{Session, Sources, path_json, training_json, write_json, write_trial};
use crate::trial::{TrialRequest, prepare, run};
use crate::{AvError, AvResult, Json, Method, Mode};

/// The methods of sweeps and runs.
pub const SWEPT: [Method; 3] = [Method::Uniform, Method::RandomTop2, Method::AnchoredTop2];

/// What to sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepOptions {
    /// The data.
    pub sources: Sources,
    /// The name of the candidate set.
    pub set: String,
    /// The seeds, at least two.
    pub seeds: Vec<u64>,
    /// How heads are trained.
    pub training: HeadTraining,
    /// Only candidates with a smaller p are chosen from, if there are any; 0 or less is off.
    pub p_filter: f64,
    /// The folder for the outputs.
    pub out: PathBuf,
}

/// One candidate with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The candidate.
    pub candidate: Candidate,
    /// Its metric file.
    pub metrics: PathBuf,
    /// Mean gain of `anchored_top2` over `uniform`.
    pub gain: Option<f64>,
    /// Its p over seeds; `None` where it is undefined.
    pub p: Option<f64>,
}

/// A finished sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// Candidates in the order of the set.
    pub entries: Vec<Entry>,
    /// Places of the candidates, best first.
    pub order: Vec<usize>,
    /// Place of the chosen one.
    pub best: usize,
    /// What could not be done, by candidate.
    pub notes: Vec<String>,
}

/// Runs a sweep and writes its files.
pub fn sweep(options: &SweepOptions) -> AvResult<Sweep> {
    if options.seeds.len() < 2 {
        return Err(AvError::options("a sweep needs two seeds", "give --seeds 0,1,2"));
    }
    let candidates = candidate_set(&options.set)?;
    let configs: Vec<_> = candidates.iter().map(|candidate| &candidate.config).collect();
    let session = Session::open(options.sources.clone(), &configs, &SWEPT)?;
    let ground = session.ground()?;
    let request = |candidate: &Candidate| TrialRequest {
        config: candidate.config.clone(),
        methods: SWEPT.to_vec(),
        seeds: options.seeds.clone(),
        training: options.training,
    };
    let prepared = candidates.iter().map(|candidate| {
        prepare(&ground, request(candidate)).map_err(|error| {
            AvError::options(format!("{}: {error}", candidate.name), "leave the set or repair the data")
        })
    });
    let trials = run(&ground, prepared.collect::<AvResult<_>>()?)?;
    let mut entries = Vec::with_capacity(candidates.len());
    let mut notes = Vec::new();
    for (candidate, trial) in candidates.into_iter().zip(&trials) {
        let folder = options.out.join(&candidate.name);
        isocost_fs::create_dir_all(&folder)?;
        let config = candidate.config.to_json(&candidate.name);
        write_json(&folder.join("config.json"), &config, options.sources.mode)?;
        let metrics = write_trial(&session, trial, &folder)?;
        notes.extend(trial.prepared.notes.iter().map(|note| format!("{}: {note}", candidate.name)));
        entries.push(Entry {
            gain: metrics.gain(Method::Uniform, Method::AnchoredTop2),
            p: metrics
                .p("anchored_vs_uniform")
                .filter(|p| options.sources.mode == Mode::Compat || p.is_finite()),
            metrics: folder.join("metrics.json"),
            candidate,
        });
    }
    let order = ranking(&entries, options.sources.mode);
    let best = choose(&entries, &order, options.p_filter);
    let sweep = Sweep { entries, order, best, notes };
    write_summary(options, &session, &sweep)?;
    Ok(sweep)
}

/// Best gain first, stable. A missing gain comes last; so does a gain of exactly 0 in compat mode (section 15, D2).
fn ranking(entries: &[Entry], mode: Mode) -> Vec<usize> {
    let gain = |at: &usize| {
        let gain = entries.get(*at).and_then(|entry| entry.gain);
        gain.filter(|gain| mode == Mode::Sound || *gain != 0.0).unwrap_or(f64::NEG_INFINITY)
    };
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    order
}

/// The first in order among the significant gains, else among the gains, else of all.
fn choose(entries: &[Entry], order: &[usize], p_filter: f64) -> usize {
    let first = order.first().copied().unwrap_or(0);
    if p_filter <= 0.0 {
        return first;
    }
    let entry = |at: &&usize| entries.get(**at);
    let gains = |at: &&usize| entry(at).and_then(|entry| entry.gain).is_some_and(|gain| gain > 0.0);
    let sure = |at: &&usize| gains(at) && entry(at).and_then(|entry| entry.p).is_some_and(|p| p < p_filter);
    order.iter().find(sure).or_else(|| order.iter().find(gains)).copied().unwrap_or(first)
}

fn write_summary(options: &SweepOptions, session: &Session, sweep: &Sweep) -> AvResult<()> {
    let sources = &options.sources;
    let entry = |at: &usize| sweep.entries.get(*at).map_or(Json::Null, entry_json);
    let summary = Json::map([
        ("ok", true.into()),
        ("meta_dir", path_json(&sources.meta)),
        ("processed_dir", sources.processed.as_deref().map_or(Json::Null, path_json)),
        ("caches_dir", path_json(&sources.caches)),
        ("split_train", sources.train.split.name().into()),
        ("split_eval", sources.eval.split.name().into()),
        ("num_train_ids", session.ids.train.len().into()),
        ("num_eval_ids", session.ids.eval.len().into()),
        ("seeds", Json::list(options.seeds.iter().copied())),
        ("train_cfg", training_json(&options.training)),
        ("candidate_set", options.set.as_str().into()),
        ("eventness_method", sources.signal.as_str().into()),
        ("scores_json", sources.scores.as_deref().map_or(Json::Null, path_json)),
        ("audio_device", "cpu".into()),
        ("train_device", "cpu".into()),
        ("p_filter", options.p_filter.into()),
        ("candidates", Json::list(sweep.entries.iter().map(entry_json))),
        ("best", entry(&sweep.best)),
        ("top3", Json::list(sweep.order.iter().take(3).map(entry))),
    ]);
    write_json(&options.out.join("sweep_summary.json"), &summary, sources.mode)?;
    if let Some(best) = sweep.entries.get(sweep.best) {
        let config = best.candidate.config.to_json(&best.candidate.name);
        write_json(&options.out.join("best_config.json"), &config, sources.mode)?;
    }
    Ok(())
}

fn entry_json(entry: &Entry) -> Json {
    Json::map([
        ("candidate", entry.candidate.config.to_json(&entry.candidate.name)),
        ("metrics_path", path_json(&entry.metrics)),
        ("anchored_minus_uniform_mean", entry.gain.into()),
        ("anchored_vs_uniform_p", entry.p.into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::P0Config;

    fn entries(numbers: &[(Option<f64>, Option<f64>)]) -> Vec<Entry> {
        let entry = |(gain, p): &(Option<f64>, Option<f64>)| Entry {
            candidate: Candidate { name: String::new(), config: P0Config::default() },
            metrics: PathBuf::new(),
            gain: *gain,
            p: *p,
        };
        numbers.iter().map(entry).collect()
    }

    #[test]
    fn a_gain_of_zero_is_worse_than_a_loss_only_in_compat_mode() {
        let listed = entries(&[(Some(0.0), None), (Some(-0.1), None), (None, None), (Some(0.2), None)]);
        assert_eq!(ranking(&listed, Mode::Sound), [3, 0, 1, 2]);
        assert_eq!(ranking(&listed, Mode::Compat), [3, 1, 0, 2]);
    }

    #[test]
    fn significant_gains_come_before_gains_and_gains_before_all() {
        let listed = entries(&[(Some(0.1), Some(0.05)), (Some(0.3), Some(0.5)), (Some(-0.1), Some(0.01))]);
        let order = ranking(&listed, Mode::Sound);
        assert_eq!(choose(&listed, &order, 0.1), 0);
        assert_eq!(choose(&listed, &order, 0.01), 1);
        assert_eq!(choose(&listed, &order, 0.0), 1);
        let losses = entries(&[(Some(-0.3), Some(0.01)), (Some(-0.1), None)]);
        assert_eq!(choose(&losses, &ranking(&losses, Mode::Sound), 0.1), 1);
    }
}
