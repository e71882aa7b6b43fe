//! What a command reads before it runs trials, and how it writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use isocost_study_learn::torch::HeadTraining;

use crate::config::{BudgetMode, TriadPolicy};
use crate::data::{
    AveIndex, FeatureStore, IdLists, IdSource, LabelMap, LabelRule, MissingClips, Scores, SharedIds,
};
use crate::listen::{ClipFolders, is_shifted, listening_tokens, scores_of};
use crate::method::{Extra, Look, Method};
use crate::metrics::{TrialMetrics, metrics_json, outcome_rows};
use crate::trial::{Ground, Signal, Trial};
use crate::{AvResult, Json, Mode, NotFinite, P0Config};

/// Seconds of a clip.
pub const SECONDS: usize = 10;

/// Where a command finds its data, and what it makes of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sources {
    /// Annotations.
    pub meta: PathBuf,
    /// Processed clips, for signals that listen.
    pub processed: Option<PathBuf>,
    /// Cached features.
    pub caches: PathBuf,
    /// The training clips.
    pub train: IdSource,
    /// The evaluated clips.
    pub eval: IdSource,
    /// Clips without features.
    pub missing: MissingClips,
    /// Clips in both lists.
    pub shared: SharedIds,
    /// Which row of the annotations counts.
    pub labels: LabelRule,
    /// The signal's name.
    pub signal: String,
    /// Its scores; completed if it can be.
    pub scores: Option<PathBuf>,
    /// Whose behaviour is wanted.
    pub mode: Mode,
}

/// Everything that was read.
#[derive(Debug)]
pub struct Session {
    /// Where it came from.
    pub sources: Sources,
    /// The clips.
    pub ids: IdLists,
    /// Labels.
    pub labels: LabelMap,
    classes: usize,
    features: FeatureStore,
    scores: Option<Scores>,
    audio: Option<BTreeMap<String, Vec<f32>>>,
    folders: ClipFolders,
}

impl Session {
    /// Reads what these configurations and methods need.
    pub fn open(sources: Sources, configs: &[&P0Config], methods: &[Method]) -> AvResult<Self> {
        let index = AveIndex::read(&sources.meta)?;
        let lists = (&sources.train, &sources.eval);
        let ids =
            IdLists::read(&index, lists, &sources.caches, (sources.missing, sources.shared), sources.mode)?;
        let labels = LabelMap::new(&index, sources.labels, SECONDS);
        let all = ids.all();
        let features = FeatureStore::read(&sources.caches, &all, &resolutions(configs, methods), SECONDS)?;
        let folders = ClipFolders {
            processed: sources.processed.clone(),
            caches: sources.caches.clone(),
            seconds: SECONDS,
        };
        let listens = methods.iter().any(|method| method.listens());
        let scores = if listens {
            Some(scores_of(&folders, &sources.signal, sources.scores.as_deref(), &all)?)
        } else {
            None
        };
        let hears = methods.iter().any(|method| method.extra() == Extra::Audio);
        let audio = if hears { Some(folders.basic_audio(&all)?) } else { None };
        Ok(Self { sources, ids, labels, classes: index.class_count(), features, scores, audio, folders })
    }

    /// What trials on this data share.
    pub fn ground(&self) -> AvResult<Ground<'_>> {
        let name = &self.sources.signal;
        let tokens = listening_tokens(name, 16)?;
        let signal = self.scores.as_ref();
        let signal = signal.map(|scores| Signal { name, scores, shifted: is_shifted(name), tokens });
        Ok(Ground {
            mode: self.sources.mode,
            ids: &self.ids,
            labels: &self.labels,
            classes: self.classes,
            features: &self.features,
            signal,
            audio: self.audio.as_ref(),
            visual: Some(&self.folders),
        })
    }
}

/// All resolutions that plans of these configurations may pick.
fn resolutions(configs: &[&P0Config], methods: &[Method]) -> Vec<u32> {
    let mut sides = BTreeSet::new();
    let only_base = methods.iter().all(|method| method.look() == Look::Base);
    for config in configs {
        sides.insert(config.base_res);
        if only_base {
            continue;
        }
        sides.extend([config.low_res, config.high_res]);
        if config.triad_policy == TriadPolicy::Tiered {
            sides.extend([config.triad_alt_low_res, config.triad_alt_high_res]);
        }
        if config.budget_mode == BudgetMode::Band {
            sides.extend(config.budget_extra_resolutions.iter().copied());
        }
    }
    sides.into_iter().collect()
}

/// What files write for numbers that JSON cannot hold.
pub fn not_finite(mode: Mode) -> NotFinite {
    match mode {
        Mode::Compat => NotFinite::Bare,
        Mode::Sound => NotFinite::Null,
    }
}

/// Writes a JSON file.
pub fn write_json(path: &Path, json: &Json, mode: Mode) -> AvResult<()> {
    Ok(isocost_fs::write_evidence(path, json.pretty(not_finite(mode)).as_bytes())?)
}

/// Writes `metrics.json` and `outcomes.csv` of a trial into a folder, and gives back its numbers.
pub fn write_trial(session: &Session, trial: &Trial, folder: &Path) -> AvResult<TrialMetrics> {
    let ground = session.ground()?;
    let metrics = TrialMetrics::new(&ground, trial)?;
    isocost_fs::create_dir_all(folder)?;
    write_json(&folder.join("metrics.json"), &metrics_json(&ground, trial, &metrics)?, session.sources.mode)?;
    let rows = outcome_rows(&ground, trial, session.sources.eval.split.name())?;
    isocost_trial::write_csv(&folder.join("outcomes.csv"), &rows)?;
    Ok(metrics)
}

/// The training settings as files carry them.
pub fn training_json(training: &HeadTraining) -> Json {
    Json::map([
        ("epochs", training.epochs.into()),
        ("batch_size", training.batch.into()),
        ("lr", training.rates.learning.into()),
        ("weight_decay", training.rates.decay.into()),
    ])
}

/// A path as files carry it.
pub fn path_json(path: &Path) -> Json {
    path.display().to_string().into()
}
