//! How much better the plans that know the events are: `oracle`.
//!
//! Source: `listen_core` section 14.3. In compat mode the oracle looks at the first event seconds, which is no upper bound; in sound mode every choice of anchors
//! is tried and the best one counts, clip by clip.

use std::path::{Path, PathBuf};

use isocost_study_learn::torch::HeadTraining;

use crate::candidates::Candidate;
use crate::config::HeadName;
use crate::metrics::TrialMetrics;
use crate::session::{Session, Sources, path_json, training_json, write_json, write_trial};
use crate::trial::{TrialRequest, prepare, run};
use crate::{AvError, AvResult, Json, Method, P0Config};

const METHODS: [Method; 2] = [Method::Uniform, Method::OracleTop2];

/// What to run.
#[derive(Debug, Clone, PartialEq)]
pub struct OracleOptions {
    /// The data.
    pub sources: Sources,
    /// The configurations.
    pub configs: Vec<Candidate>,
    /// The seeds.
    pub seeds: Vec<u64>,
    /// How heads are trained.
    pub training: HeadTraining,
    /// The folder for the outputs.
    pub out: PathBuf,
}

/// The reference's six configurations.
pub fn default_configs() -> Vec<Candidate> {
    let (wide, narrow) = ((112, 448), (160, 352));
    let list = [
        ("112_224_448_mlp", wide, HeadName::Mlp, 3, None),
        ("112_224_448_temporal_k3", wide, HeadName::TemporalConv, 3, None),
        ("112_224_448_temporal_k3_max1", wide, HeadName::TemporalConv, 3, Some(1)),
        ("160_224_352_mlp", narrow, HeadName::Mlp, 3, None),
        ("160_224_352_temporal_k3", narrow, HeadName::TemporalConv, 3, None),
        ("160_224_352_temporal_k5", narrow, HeadName::TemporalConv, 5, None),
    ];
    let candidate =
        |(name, (low_res, high_res), head, temporal_kernel_size, max_high_anchors): (&str, _, _, _, _)| {
            let config = P0Config {
                low_res,
                high_res,
                max_high_anchors,
                head,
                temporal_kernel_size,
                ..P0Config::default()
            };
            Candidate { name: name.to_owned(), config }
        };
    list.into_iter().map(candidate).collect()
}

/// Reads configurations: a list of objects with a name and settings.
pub fn read_configs(path: &Path) -> AvResult<Vec<Candidate>> {
    let hint = "write a list of objects with name, low_res, base_res and high_res";
    let text = isocost_fs::read_to_string(path)?;
    let wrong = |what: String| AvError::file(path, what, hint);
    let list: Vec<serde_json::Value> =
        serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let candidate = |value: serde_json::Value| {
        let name = value.get("name").and_then(serde_json::Value::as_str).map(str::to_owned);
        let name = name
            .filter(|name| is_folder_name(name))
            .ok_or_else(|| wrong("a name is missing or is no folder name".to_owned()))?;
        let config = serde_json::from_value(value).map_err(|error| wrong(format!("{name}: {error}")))?;
        Ok(Candidate { name, config })
    };
    list.into_iter().map(candidate).collect()
}

fn is_folder_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\'])
}

/// Runs every configuration; writes `<name>/metrics.json` and `oracle_ceiling.json`; gives back the gains by name.
pub fn oracle(options: &OracleOptions) -> AvResult<Vec<(String, Option<f64>)>> {
    let configs: Vec<&P0Config> = options.configs.iter().map(|candidate| &candidate.config).collect();
    let session = Session::open(options.sources.clone(), &configs, &METHODS)?;
    let ground = session.ground()?;
    let prepare = |candidate: &Candidate| {
        let request = TrialRequest {
            config: candidate.config.clone(),
            methods: METHODS.to_vec(),
            seeds: options.seeds.clone(),
            training: options.training,
        };
        prepare(&ground, request)
    };
    let trials = run(&ground, options.configs.iter().map(prepare).collect::<AvResult<_>>()?)?;
    let mut results = Vec::new();
    let mut gains = Vec::new();
    for (candidate, trial) in options.configs.iter().zip(&trials) {
        let folder = options.out.join(&candidate.name);
        let metrics = write_trial(&session, trial, &folder)?;
        results.push(result(candidate, &metrics, &folder.join("metrics.json")));
        gains.push((candidate.name.clone(), metrics.gain(Method::Uniform, Method::OracleTop2)));
    }
    let sources = &options.sources;
    let summary = Json::map([
        ("ok", true.into()),
        ("meta_dir", path_json(&sources.meta)),
        ("caches_dir", path_json(&sources.caches)),
        ("split_train", sources.train.split.name().into()),
        ("split_eval", sources.eval.split.name().into()),
        ("num_train_ids", session.ids.train.len().into()),
        ("num_eval_ids", session.ids.eval.len().into()),
        ("seeds", Json::list(options.seeds.iter().copied())),
        ("train_cfg", training_json(&options.training)),
        ("results", Json::List(results)),
    ]);
    write_json(&options.out.join("oracle_ceiling.json"), &summary, sources.mode)?;
    Ok(gains)
}

fn result(candidate: &Candidate, metrics: &TrialMetrics, path: &Path) -> Json {
    let config = &candidate.config;
    let of_method = |method: Method| match metrics.summary.get(&method) {
        Some((mean, spread)) => Json::map([("mean", (*mean).into()), ("std", (*spread).into())]),
        None => Json::Null,
    };
    let test = metrics.paired.as_ref().and_then(|tests| tests.get("oracle_vs_uniform"));
    let test = test.map_or(Json::Null, |test| Json::map([("t", test.t.into()), ("p", test.p.into())]));
    Json::map([
        (
            "config",
            Json::map([
                ("name", candidate.name.as_str().into()),
                ("low_res", config.low_res.into()),
                ("base_res", config.base_res.into()),
                ("high_res", config.high_res.into()),
                ("head", Json::from(serde_json::to_value(config.head).unwrap_or_default())),
                ("head_hidden_dim", config.head_hidden_dim.into()),
                ("head_dropout", config.head_dropout.into()),
                ("temporal_kernel_size", config.temporal_kernel_size.into()),
                ("max_high_anchors", config.max_high_anchors.into()),
            ]),
        ),
        ("metrics_path", path_json(path)),
        ("uniform", of_method(Method::Uniform)),
        ("oracle_top2", of_method(Method::OracleTop2)),
        ("paired_ttest", Json::map([("oracle_vs_uniform", test)])),
        ("oracle_minus_uniform_mean", metrics.gain(Method::Uniform, Method::OracleTop2).into()),
    ])
}
