//! One P0 trial: methods by seeds on the same clips.
//!
//! Source: `listen_core` section 10. A trial is prepared, its heads are trained together with those of other trials, and its results are put together.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use isocost_study_budget::plan::Plan;
use isocost_study_learn::torch::{HeadShape, HeadTraining};

use crate::config::ResFeature;
use crate::data::{FeatureStore, IdLists, LabelMap, Scores};
use crate::heads::{Answers, HeadData, HeadJob, PickedRows, train_all};
use crate::method::{Extra, Look, Method};
use crate::planner::{AnchoredPlan, Planner};
use crate::policy::{Listening, Selections, VisualScores, select_anchors};
use crate::{AvError, AvResult, Mode, P0Config};

/// The signal that is listened to.
#[derive(Clone, Copy)]
pub struct Signal<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its scores.
    pub scores: &'a Scores,
    /// Whether its scores are shifted already, so that anchors are not.
    pub shifted: bool,
    /// Tokens that it spends on pictures, per second.
    pub tokens: u64,
}

/// What trials on the same clips share.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Whether the reference's defects are kept.
    pub mode: Mode,
    /// The clips.
    pub ids: &'a IdLists,
    /// Labels by id.
    pub labels: &'a LabelMap,
    /// Number of classes with background.
    pub classes: usize,
    /// Cached features.
    pub features: &'a FeatureStore,
    /// The signal, if there is one.
    pub signal: Option<Signal<'a>>,
    /// Basic audio features by clip, ten a second.
    pub audio: Option<&'a BTreeMap<String, Vec<f32>>>,
    /// The visual fallback's source of scores.
    pub visual: Option<&'a dyn VisualScores>,
}

impl std::fmt::Debug for Ground<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ground")
            .field("mode", &self.mode)
            .field("classes", &self.classes)
            .finish_non_exhaustive()
    }
}

/// What is to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialRequest {
    /// The settings.
    pub config: P0Config,
    /// The methods, in the order of the files.
    pub methods: Vec<Method>,
    /// The seeds.
    pub seeds: Vec<u64>,
    /// How heads are trained.
    pub training: HeadTraining,
}

/// The plans of one method, and of one seed where chance draws them.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodPlans {
    /// Of the training clips.
    pub train: Vec<Plan>,
    /// Of the evaluated clips, in one way or several.
    pub eval: Vec<Vec<Plan>>,
}

/// A trial whose heads are not trained yet.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What is compared.
    pub request: TrialRequest,
    /// The anchors.
    pub selections: Selections,
    /// The anchored plans of evaluated clips.
    pub anchored: Vec<AnchoredPlan>,
    /// Plans by seed and method, in the order of the request.
    pub plans: Vec<Vec<Arc<MethodPlans>>>,
    /// Heads in the same order.
    pub jobs: Vec<Vec<HeadJob>>,
    /// What could not be done.
    pub notes: Vec<String>,
}

/// A finished trial.
#[derive(Debug, Clone)]
pub struct Trial {
    /// What was prepared.
    pub prepared: Prepared,
    /// Answers by seed and method.
    pub answers: Vec<Vec<Arc<Answers>>>,
}

/// Prepares a trial: anchors, plans and heads.
pub fn prepare(ground: &Ground<'_>, request: TrialRequest) -> AvResult<Prepared> {
    check(ground, &request)?;
    let (selections, notes) = listen(ground, &request)?;
    let mut prepared =
        Prepared { request, selections, anchored: Vec::new(), plans: Vec::new(), jobs: Vec::new(), notes };
    let mut anchored = None;
    if prepared.request.methods.iter().any(|method| method.look() == Look::Anchored) {
        let (train, eval) = anchored_plans(ground, &prepared)?;
        let plans = |of: &[AnchoredPlan]| of.iter().map(|planned| planned.plan.clone()).collect::<Vec<_>>();
        anchored = Some(Arc::new(MethodPlans { train: plans(&train), eval: vec![plans(&eval)] }));
        prepared.anchored = eval;
    }
    let fixed = fixed_plans(ground, &prepared.request, anchored.as_ref())?;
    let mut picked: BTreeMap<Method, Rows> = BTreeMap::new();
    for seed in prepared.request.seeds.clone() {
        let mut plans = Vec::new();
        let mut jobs = Vec::new();
        for method in prepared.request.methods.clone() {
            let (of_method, rows) = if let Some(of_method) = fixed.get(&method) {
                let rows = match picked.entry(method) {
                    Entry::Occupied(rows) => rows.get().clone(),
                    Entry::Vacant(slot) => {
                        slot.insert(rows_of(ground, &prepared.request.config, method, of_method)?).clone()
                    }
                };
                (of_method.clone(), rows)
            } else {
                let drawn = Arc::new(random_plans(ground, &prepared.request, seed)?);
                let rows = rows_of(ground, &prepared.request.config, method, &drawn)?;
                (drawn, rows)
            };
            jobs.push(job(ground, &prepared.request, rows, seed));
            plans.push(of_method);
        }
        prepared.plans.push(plans);
        prepared.jobs.push(jobs);
    }
    Ok(prepared)
}

/// Trains the heads of several trials together; identical ones once.
pub fn run(ground: &Ground<'_>, prepared: Vec<Prepared>) -> AvResult<Vec<Trial>> {
    let train_labels = ground.labels.of_all(&ground.ids.train)?;
    let eval_labels = ground.labels.of_all(&ground.ids.eval)?;
    let data = HeadData { features: ground.features, train_labels: &train_labels, eval_labels: &eval_labels };
    let jobs: Vec<HeadJob> = prepared.iter().flat_map(|one| one.jobs.iter().flatten().cloned()).collect();
    let mut answers = train_all(data, &jobs)?.into_iter();
    let finish = |prepared: Prepared| {
        let answers =
            prepared.jobs.iter().map(|of_seed| answers.by_ref().take(of_seed.len()).collect()).collect();
        Trial { prepared, answers }
    };
    Ok(prepared.into_iter().map(finish).collect())
}

fn check(ground: &Ground<'_>, request: &TrialRequest) -> AvResult<()> {
    if request.seeds.is_empty() || request.methods.is_empty() {
        return Err(AvError::options("a trial needs a method and a seed", "name at least one of each"));
    }
    for method in &request.methods {
        if method.listens() && ground.signal.is_none() {
            return Err(AvError::options(
                format!("{method} needs a signal, and there are no scores"),
                "give a scores file, or the folder of processed clips",
            ));
        }
        if method.extra() == Extra::Audio && ground.audio.is_none() {
            return Err(AvError::options(
                format!("{method} needs audio features"),
                "give the folder of processed clips",
            ));
        }
        if method.extra() == Extra::Score && ground.signal.is_some_and(|signal| signal.tokens > 0) {
            return Err(AvError::options(
                format!("{method} may only read what was heard, and the signal reads pictures"),
                "use a signal that is audio alone",
            ));
        }
    }
    Ok(())
}

fn listen(ground: &Ground<'_>, request: &TrialRequest) -> AvResult<(Selections, Vec<String>)> {
    let Some(signal) = ground.signal.filter(|_| request.methods.iter().any(|method| method.listens())) else {
        return Ok((Selections::new(), Vec::new()));
    };
    let listening = Listening {
        config: &request.config,
        mode: ground.mode,
        scores: signal.scores,
        labels: ground.labels,
        train: &ground.ids.train,
        visual: ground.visual,
        shift: if signal.shifted { 0 } else { request.config.anchor_shift },
    };
    select_anchors(&listening, &ground.ids.all())
}

fn planner<'a>(ground: &Ground<'a>, config: &'a P0Config) -> Planner<'a> {
    Planner { config, mode: ground.mode, labels: ground.labels }
}

fn anchored_plans(
    ground: &Ground<'_>,
    prepared: &Prepared,
) -> AvResult<(Vec<AnchoredPlan>, Vec<AnchoredPlan>)> {
    let planner = planner(ground, &prepared.request.config);
    let scores = ground.signal.map(|signal| signal.scores);
    let scores = scores.ok_or_else(|| AvError::options("there are no scores", "give a scores file"))?;
    let plans = |ids: &[String]| planner.anchored(ids, &prepared.selections, scores);
    Ok((plans(&ground.ids.train)?, plans(&ground.ids.eval)?))
}

/// Plans that no seed changes.
fn fixed_plans(
    ground: &Ground<'_>,
    request: &TrialRequest,
    anchored: Option<&Arc<MethodPlans>>,
) -> AvResult<BTreeMap<Method, Arc<MethodPlans>>> {
    let planner = planner(ground, &request.config);
    let (train, eval) = (&ground.ids.train, &ground.ids.eval);
    let flat = |side: u32| -> AvResult<MethodPlans> {
        Ok(MethodPlans { train: planner.flat(train, side)?, eval: vec![planner.flat(eval, side)?] })
    };
    let mut plans = BTreeMap::new();
    for method in &request.methods {
        let of_method = match (method.look(), ground.mode) {
            (Look::Base, _) => Arc::new(flat(request.config.base_res)?),
            (Look::Low, _) => Arc::new(flat(request.config.low_res)?),
            (Look::Random, _) => continue,
            (Look::Anchored, _) => match anchored {
                Some(anchored) => anchored.clone(),
                None => continue,
            },
            (Look::Oracle, Mode::Compat) => Arc::new(MethodPlans {
                train: planner.first_events(train)?,
                eval: vec![planner.first_events(eval)?],
            }),
            // The best choice in hindsight: an upper bound of what this head can make of any choice (section 15, D4).
            (Look::Oracle, Mode::Sound) => Arc::new(MethodPlans {
                train: planner.first_events(train)?,
                eval: planner.every_choice(eval)?,
            }),
        };
        plans.insert(*method, of_method);
    }
    Ok(plans)
}

fn random_plans(ground: &Ground<'_>, request: &TrialRequest, seed: u64) -> AvResult<MethodPlans> {
    let lists = (&ground.ids.train[..], &ground.ids.eval[..]);
    let (train, eval) = planner(ground, &request.config).random(lists, seed)?;
    Ok(MethodPlans { train, eval: vec![eval] })
}

type Rows = (Arc<PickedRows>, Arc<Vec<PickedRows>>);

fn rows_of(ground: &Ground<'_>, config: &P0Config, method: Method, plans: &MethodPlans) -> AvResult<Rows> {
    let train = pick(ground, config, method, &ground.ids.train, &plans.train)?;
    let eval = plans.eval.iter().map(|plans| pick(ground, config, method, &ground.ids.eval, plans));
    Ok((Arc::new(train), Arc::new(eval.collect::<AvResult<_>>()?)))
}

/// The rows of plans, with the columns that the settings and the method add.
fn pick(
    ground: &Ground<'_>,
    config: &P0Config,
    method: Method,
    ids: &[String],
    plans: &[Plan],
) -> AvResult<PickedRows> {
    let mut picked = PickedRows { extra_columns: extra_columns(config, method), ..PickedRows::default() };
    for (id, plan) in ids.iter().zip(plans) {
        for (second, side) in plan.resolutions.iter().enumerate() {
            picked.rows.push(ground.features.row(id, *side, second)?);
            if config.res_feature == ResFeature::Scalar {
                picked.extra.push(relative(side.get(), config.base_res));
            }
            match method.extra() {
                Extra::None => {}
                Extra::Score => picked.extra.push(score(ground, id, second)?),
                Extra::Audio => picked.extra.extend(audio(ground, id, second)?),
            }
        }
    }
    Ok(picked)
}

const AUDIO_COLUMNS: usize = 10;

fn extra_columns(config: &P0Config, method: Method) -> usize {
    let scalar = usize::from(config.res_feature == ResFeature::Scalar);
    scalar
        + match method.extra() {
            Extra::None => 0,
            Extra::Score => 1,
            Extra::Audio => AUDIO_COLUMNS,
        }
}

#[expect(clippy::cast_possible_truncation, reason = "features are single precision")]
fn relative(side: u32, base: u32) -> f32 {
    ((f64::from(side) - f64::from(base)) / f64::from(base.max(1))) as f32
}

#[expect(clippy::cast_possible_truncation, reason = "features are single precision")]
fn score(ground: &Ground<'_>, id: &str, second: usize) -> AvResult<f32> {
    let scores = ground.signal.and_then(|signal| signal.scores.get(id));
    let score = scores.and_then(|scores| scores.get(second)).map(|score| *score as f32);
    score.ok_or_else(|| AvError::clip(id, format!("second {second} has no score")))
}

fn audio<'a>(ground: &Ground<'a>, id: &str, second: usize) -> AvResult<&'a [f32]> {
    let start = second * AUDIO_COLUMNS;
    let features = ground.audio.and_then(|audio| audio.get(id)?.get(start..start + AUDIO_COLUMNS));
    features.ok_or_else(|| AvError::clip(id, format!("second {second} has no audio features")))
}

fn job(ground: &Ground<'_>, request: &TrialRequest, (train, eval): Rows, seed: u64) -> HeadJob {
    let shape = HeadShape {
        kind: request.config.head_kind(),
        inputs: ground.features.columns() + train.extra_columns,
        hidden: request.config.head_hidden_dim,
        classes: ground.classes,
        dropout: request.config.head_dropout,
    };
    HeadJob { train, eval, shape, training: request.training, seed }
}
