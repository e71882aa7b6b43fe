//! `metrics.json`.
//!
//! Source: `listen_core` section 10.6; what sound mode adds stands under `sound`.

use std::collections::BTreeMap;

use isocost_study_budget::plan::Plan;

use super::accuracy::MethodScore;
use super::clip_level::clip_level;
use super::paired::{PAIRS, SeedTest, mean_and_spread, paired_over_seeds};
use super::story::stories;
use crate::method::{Look, Method};
use crate::trial::{Ground, Trial};
use crate::{AvResult, Json, Mode};

/// The numbers of a finished trial.
#[derive(Debug, Clone)]
pub struct TrialMetrics {
    /// Scores by seed and method, in the order of the request.
    pub scores: Vec<Vec<MethodScore>>,
    /// Mean and standard deviation over seeds, by method.
    pub summary: BTreeMap<Method, (f64, f64)>,
    /// Tests by key; in sound mode without p where there is no scatter. `None` for one seed.
    pub paired: Option<BTreeMap<&'static str, SeedTest>>,
}

impl TrialMetrics {
    /// Computes them.
    pub fn new(ground: &Ground<'_>, trial: &Trial) -> AvResult<Self> {
        let labels = ground.labels.of_all(&ground.ids.eval)?;
        let seconds = ground.labels.seconds();
        let score =
            |answers: &std::sync::Arc<crate::heads::Answers>| MethodScore::new(answers, &labels, seconds);
        let scores: Vec<Vec<MethodScore>> =
            trial.answers.iter().map(|of_seed| of_seed.iter().map(score).collect()).collect();
        let methods = &trial.prepared.request.methods;
        let mut metrics = Self { scores, summary: BTreeMap::new(), paired: None };
        for (at, method) in methods.iter().enumerate() {
            let accuracies: Vec<f64> = metrics.of(at).map(|score| accuracy(score, ground.mode)).collect();
            metrics.summary.insert(*method, mean_and_spread(&accuracies));
        }
        if trial.prepared.request.seeds.len() > 1 {
            let mut tests = BTreeMap::new();
            for (key, first, second) in pairs_of(methods) {
                tests.insert(key, metrics.test(first, second, ground.mode)?);
            }
            metrics.paired = Some(tests);
        }
        Ok(metrics)
    }

    /// The scores of one method, by seed.
    fn of(&self, method: usize) -> impl Iterator<Item = &MethodScore> {
        self.scores.iter().filter_map(move |of_seed| of_seed.get(method))
    }

    fn test(&self, first: usize, second: usize, mode: Mode) -> AvResult<SeedTest> {
        let pairs: Vec<(&MethodScore, &MethodScore)> = self.of(first).zip(self.of(second)).collect();
        let differences: Vec<f64> =
            pairs.iter().map(|(x, y)| accuracy(y, mode) - accuracy(x, mode)).collect();
        let test = paired_over_seeds(&differences)?;
        // Whole counts say for certain whether there is any scatter (section 15, D11).
        let gains = || pairs.iter().map(|(x, y)| y.right().cast_signed() - x.right().cast_signed());
        let constant = gains().all(|gain| gains().next() == Some(gain));
        if mode == Mode::Compat || !constant {
            return Ok(test);
        }
        let none = gains().next() == Some(0);
        Ok(SeedTest { t: f64::NAN, p: if none { 1.0 } else { f64::NAN } })
    }

    /// Mean gain of one method over another; `None` if either is missing.
    pub fn gain(&self, over: Method, of: Method) -> Option<f64> {
        Some(self.summary.get(&of)?.0 - self.summary.get(&over)?.0)
    }

    /// p of a comparison over seeds; `None` if it was not made or is undefined.
    pub fn p(&self, key: &str) -> Option<f64> {
        self.paired.as_ref()?.get(key).map(|test| test.p)
    }
}

fn accuracy(score: &MethodScore, mode: Mode) -> f64 {
    match mode {
        Mode::Compat => score.accuracy(),
        Mode::Sound => score.exact_accuracy(),
    }
}

/// The comparisons that these methods allow, with the places of both.
fn pairs_of(methods: &[Method]) -> Vec<(&'static str, usize, usize)> {
    let place = |method: Method| methods.iter().position(|known| *known == method);
    let uniform = place(Method::Uniform).is_some();
    let kept = PAIRS.into_iter().filter(|(_, _, _, needs_uniform)| uniform || !needs_uniform);
    kept.filter_map(|(key, first, second, _)| Some((key, place(first)?, place(second)?))).collect()
}

/// The file of a trial.
pub fn metrics_json(ground: &Ground<'_>, trial: &Trial, metrics: &TrialMetrics) -> AvResult<Json> {
    let request = &trial.prepared.request;
    let mut fields: BTreeMap<String, Json> = BTreeMap::new();
    let mut put = |key: &str, value: Json| drop(fields.insert(key.to_owned(), value));
    put("baselines", Json::list(request.methods.iter().map(|method| method.name())));
    put("seeds", Json::list(request.seeds.iter().copied()));
    let budget = request.config.triad().budget(ground.labels.seconds())?;
    put("token_budget", budget.get().into());
    put("token_usage", usage(trial));
    put("results_by_seed", results(trial, metrics, ground.mode));
    put("summary", summary(metrics));
    put("paired_ttest", paired(metrics));
    if ground.signal.is_some() && request.methods.contains(&Method::AnchoredTop2) {
        put("debug_eval", Json::map([(Method::AnchoredTop2.name(), stories(ground, &trial.prepared))]));
        put("debug_eval_clip_ids", Json::list(ground.ids.eval.iter().cloned()));
    }
    if ground.mode == Mode::Sound {
        put("sound", additions(ground, trial, metrics)?);
    }
    Ok(Json::Map(fields))
}

/// What one comparison over seeds cannot say: clips, costs of listening, and what was left out.
fn additions(ground: &Ground<'_>, trial: &Trial, metrics: &TrialMetrics) -> AvResult<Json> {
    let methods = &trial.prepared.request.methods;
    let mut clips = BTreeMap::new();
    for (key, first, second) in pairs_of(methods) {
        let (x, y): (Vec<_>, Vec<_>) = (metrics.of(first).collect(), metrics.of(second).collect());
        let Some(level) = clip_level(&ground.ids.eval, &x, &y)? else { continue };
        let fields = [
            ("clips", level.clips.into()),
            ("mean", level.mean.into()),
            ("t", level.t.into()),
            ("p", level.p.into()),
            ("interval_95", Json::list([level.interval.0, level.interval.1])),
        ];
        clips.insert(key.to_owned(), Json::map(fields));
    }
    let left_out = ground.ids.left_out.iter();
    let left_out = left_out.map(|(id, why)| Json::map([("clip", id.clone().into()), ("why", (*why).into())]));
    Ok(Json::map([
        ("schema", "isocost/audiovisual-metrics/1".into()),
        ("clip_level", Json::Map(clips)),
        ("listening_tokens_per_second", ground.signal.map(|signal| signal.tokens).into()),
        ("left_out", Json::List(left_out.collect())),
        ("notes", Json::list(trial.prepared.notes.iter().cloned())),
    ]))
}

fn usage(trial: &Trial) -> Json {
    let methods = &trial.prepared.request.methods;
    let first_seed = trial.prepared.plans.first();
    let of_method = |(at, method): (usize, &Method)| {
        let plans = first_seed.and_then(|of_seed| of_seed.get(at))?;
        let eval = plans.eval.first().map(Vec::as_slice).unwrap_or_default();
        Some((method.name().to_owned(), Json::map([("train", spent(&plans.train)), ("eval", spent(eval))])))
    };
    Json::Map(methods.iter().enumerate().filter_map(of_method).collect())
}

fn spent(plans: &[Plan]) -> Json {
    let totals: Vec<u64> = plans.iter().map(|plan| plan.total_tokens.get()).collect();
    let values: Vec<f64> = totals.iter().map(|total| *total as f64).collect();
    let (mean, spread) = mean_and_spread(&values);
    Json::map([
        ("n", totals.len().into()),
        ("mean", mean.into()),
        ("std", spread.into()),
        ("min", totals.iter().min().copied().into()),
        ("max", totals.iter().max().copied().into()),
    ])
}

fn results(trial: &Trial, metrics: &TrialMetrics, mode: Mode) -> Json {
    let request = &trial.prepared.request;
    let of_seed = |(at, seed): (usize, &u64)| {
        let scores = metrics.scores.get(at).map(Vec::as_slice).unwrap_or_default();
        let plans = trial.prepared.plans.get(at).map(Vec::as_slice).unwrap_or_default();
        let baselines = request.methods.iter().zip(scores).zip(plans).map(|((method, score), plans)| {
            let budget = plans.train.first().map(|plan| plan.total_tokens.get());
            let clips = || score.clips.iter();
            let fields = [
                ("val_acc", accuracy(score, mode).into()),
                ("val_acc_event", score.event_accuracy().into()),
                ("val_acc_by_sample", Json::list(clips().map(|clip| clip.accuracy()))),
                ("val_acc_event_by_sample", Json::list(clips().map(|clip| clip.event_accuracy()))),
                ("token_budget", budget.into()),
            ];
            (method.name().to_owned(), Json::map(fields))
        });
        Json::map([("seed", (*seed).into()), ("baselines", Json::Map(baselines.collect()))])
    };
    Json::List(request.seeds.iter().enumerate().map(of_seed).collect())
}

fn summary(metrics: &TrialMetrics) -> Json {
    let entry = |(method, (mean, spread)): (&Method, &(f64, f64))| {
        (method.name().to_owned(), Json::map([("mean", (*mean).into()), ("std", (*spread).into())]))
    };
    Json::Map(metrics.summary.iter().map(entry).collect())
}

fn paired(metrics: &TrialMetrics) -> Json {
    let Some(tests) = &metrics.paired else { return Json::Null };
    let entry = |(key, test): (&&str, &SeedTest)| {
        ((*key).to_owned(), Json::map([("t", test.t.into()), ("p", test.p.into())]))
    };
    Json::Map(tests.iter().map(entry).collect())
}

impl Method {
    /// Whether its plans spend tokens on listening.
    pub(crate) fn pays_for_listening(self) -> bool {
        self.look() == Look::Anchored || self.extra() == crate::method::Extra::Score
    }
}
