//! `isocost study audiovisual`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use isocost_study_audiovisual::anchors::{AnchorOptions, anchors};
use isocost_study_audiovisual::data::{IdSource, LabelRule, MissingClips, SharedIds, Split};
use isocost_study_audiovisual::diagnose::{DiagnoseOptions, diagnose};
use isocost_study_audiovisual::fusion::{FUSED, fusion_config};
use isocost_study_audiovisual::listen::ClipFolders;
use isocost_study_audiovisual::metrics::TrialMetrics;
use isocost_study_audiovisual::oracle::{OracleOptions, default_configs, oracle, read_configs};
use isocost_study_audiovisual::session::{SECONDS, Sources};
use isocost_study_audiovisual::single::{SingleOptions, single};
use isocost_study_audiovisual::sweep::{SWEPT, SweepOptions, sweep};
use isocost_study_audiovisual::{AvError, Method, Mode, NotFinite, P0Config};
use isocost_study_learn::torch::{AdamRates, HeadTraining};
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};

#[derive(Debug, Subcommand)]
pub(super) enum Audiovisual {
    /// One trial of one configuration, all methods unless named.
    P0(P0Args),
    /// Every candidate of a set, and the best one.
    Sweep(SweepArgs),
    /// The trial of a configuration that a sweep chose.
    Run(RunArgs),
    /// What plans that know the events could gain.
    Oracle(OracleArgs),
    /// The signal as a feature, as a guide, and as both.
    Fusion(RunArgs),
    /// Do anchors fall on events?
    Anchors(AnchorArgs),
    /// Where a trial's gain comes from.
    Diagnose(DiagnoseArgs),
}

/// Where the data is, and how heads are trained.
#[derive(Debug, Args)]
struct DataArgs {
    /// The folder of trainSet.txt, valSet.txt and testSet.txt.
    #[arg(long, value_name = "DIR")]
    meta_dir: PathBuf,
    /// The folder of processed clips: ID/audio.wav.
    #[arg(long, value_name = "DIR")]
    processed_dir: Option<PathBuf>,
    /// The folder of cached features: ID.npz.
    #[arg(long, value_name = "DIR")]
    caches_dir: PathBuf,
    /// Training clips, one id per line [default: the split].
    #[arg(long, value_name = "FILE")]
    train_ids_file: Option<PathBuf>,
    /// Evaluated clips, one id per line [default: the split].
    #[arg(long, value_name = "FILE")]
    eval_ids_file: Option<PathBuf>,
    /// The split that trains.
    #[arg(long, default_value = "train", value_parser = split)]
    split_train: Split,
    /// The split that is evaluated; test is a look at the test set [default: val, or test for fusion].
    #[arg(long, value_parser = split)]
    split_eval: Option<Split>,
    /// At most so many training clips.
    #[arg(long)]
    limit_train: Option<usize>,
    /// At most so many evaluated clips.
    #[arg(long)]
    limit_eval: Option<usize>,
    /// Leave out clips without cached features, by name.
    #[arg(long)]
    allow_missing: bool,
    /// Leave clips that are evaluated out of training, by name.
    #[arg(long)]
    drop_shared: bool,
    /// The signal.
    #[arg(long, default_value = "energy", value_name = "NAME")]
    eventness_method: String,
    /// Scores of the signal; completed and written if it can be computed.
    #[arg(long, value_name = "FILE")]
    scores_json: Option<PathBuf>,
    /// The seeds, as 0,1,2.
    #[arg(long, env = "ISOCOST_SEEDS", value_delimiter = ',')]
    seeds: Vec<u64>,
    /// Passes over the training clips.
    #[arg(long)]
    epochs: Option<u32>,
    /// Clips of a batch.
    #[arg(long)]
    batch_size: Option<usize>,
    /// Learning rate.
    #[arg(long, default_value_t = 2e-3)]
    lr: f64,
    /// Weight decay.
    #[arg(long, default_value_t = 0.0)]
    weight_decay: f64,
    /// sound: what the method's author meant; compat: the reference's numbers, defects included.
    #[arg(long, default_value = "sound", value_parser = mode)]
    mode: Mode,
    /// The directory for the outputs.
    #[arg(long, env = "ISOCOST_OUT", value_name = "DIR")]
    out_dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct P0Args {
    #[command(flatten)]
    data: DataArgs,
    /// Settings: the best configuration of a sweep, or a file like it [default: the study's].
    #[arg(long, value_name = "FILE")]
    config_json: Option<PathBuf>,
    /// The methods, separated by commas [default: all].
    #[arg(long, value_delimiter = ',', value_parser = method)]
    methods: Vec<Method>,
}

#[derive(Debug, Args)]
pub(super) struct SweepArgs {
    #[command(flatten)]
    data: DataArgs,
    /// The candidate set.
    #[arg(long, default_value = "energy_v1", value_name = "NAME")]
    candidate_set: String,
    /// Choose among candidates with a smaller p, if there are any; 0 is off.
    #[arg(long, default_value_t = 0.1)]
    p_filter: f64,
}

#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Settings: the best configuration of a sweep, or a file like it.
    #[arg(long, value_name = "FILE")]
    config_json: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct OracleArgs {
    #[command(flatten)]
    data: DataArgs,
    /// A list of configurations [default: six].
    #[arg(long, value_name = "FILE")]
    configs_json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct AnchorArgs {
    /// The folder of trainSet.txt, valSet.txt and testSet.txt.
    #[arg(long, value_name = "DIR")]
    meta_dir: PathBuf,
    /// The folder of processed clips: ID/audio.wav.
    #[arg(long, value_name = "DIR")]
    processed_dir: Option<PathBuf>,
    /// The folder of cached features: ID.npz.
    #[arg(long, value_name = "DIR")]
    caches_dir: PathBuf,
    /// The split.
    #[arg(long, default_value = "val", value_parser = split)]
    split: Split,
    /// The signal.
    #[arg(long, default_value = "energy", value_name = "NAME")]
    method: String,
    /// Scores of the signal; completed and written if it can be computed.
    #[arg(long, value_name = "FILE")]
    scores_json: Option<PathBuf>,
    /// Settings of the anchors: the best configuration of a sweep, or a file like it [default: the study's].
    #[arg(long, value_name = "FILE")]
    config_json: Option<PathBuf>,
    /// Seconds around an anchor that count as found.
    #[arg(long, value_delimiter = ',', default_value = "0,1,2")]
    deltas: Vec<usize>,
    /// Seed of the random control.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// sound or compat.
    #[arg(long, default_value = "sound", value_parser = mode)]
    mode: Mode,
    /// The directory for the outputs.
    #[arg(long, env = "ISOCOST_OUT", value_name = "DIR")]
    out_dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct DiagnoseArgs {
    /// The metric file of a trial that compared anchored with uniform plans.
    #[arg(long, value_name = "FILE")]
    metrics: PathBuf,
    /// The folder of trainSet.txt, valSet.txt and testSet.txt.
    #[arg(long, value_name = "DIR")]
    meta_dir: PathBuf,
    /// Seconds around an anchor that count as found.
    #[arg(long, value_delimiter = ',', default_value = "0,1,2")]
    deltas: Vec<usize>,
    /// Clips to list at either end.
    #[arg(long, default_value_t = 20)]
    top_n: usize,
    /// sound writes null where compat writes NaN.
    #[arg(long, default_value = "sound", value_parser = mode)]
    mode: Mode,
    /// The directory for the outputs.
    #[arg(long, env = "ISOCOST_OUT", value_name = "DIR")]
    out_dir: PathBuf,
}

fn split(text: &str) -> Result<Split, String> {
    text.parse::<Split>().map_err(|error| error.to_string())
}

fn mode(text: &str) -> Result<Mode, String> {
    text.parse::<Mode>().map_err(|error| error.to_string())
}

fn method(text: &str) -> Result<Method, String> {
    text.parse::<Method>().map_err(|error| error.to_string())
}

/// What a command uses where nothing is said.
struct Usual {
    eval: Split,
    epochs: u32,
    batch: usize,
    seeds: &'static [u64],
    labels: fn(Split, Split) -> LabelRule,
}

const TEN: &[u64] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const SWEEP: Usual =
    Usual { eval: Split::Val, epochs: 20, batch: 16, seeds: TEN, labels: |_, _| LabelRule::LastOfAll };
const FUSION: Usual = Usual { eval: Split::Test, ..SWEEP };
const ORACLE: Usual = Usual { batch: 32, ..SWEEP };
const P0: Usual = Usual {
    epochs: 5,
    batch: 32,
    seeds: &[0, 1, 2],
    labels: |train, eval| LabelRule::LastOfSplits { train, eval },
    ..SWEEP
};

impl DataArgs {
    fn sources(&self, usual: &Usual) -> Sources {
        let eval = self.split_eval.unwrap_or(usual.eval);
        let source = |split, file: &Option<PathBuf>, limit| IdSource { split, file: file.clone(), limit };
        Sources {
            meta: self.meta_dir.clone(),
            processed: self.processed_dir.clone(),
            caches: self.caches_dir.clone(),
            train: source(self.split_train, &self.train_ids_file, self.limit_train),
            eval: source(eval, &self.eval_ids_file, self.limit_eval),
            missing: if self.allow_missing { MissingClips::LeaveOut } else { MissingClips::Refuse },
            shared: if self.drop_shared { SharedIds::LeaveOut } else { SharedIds::Refuse },
            labels: (usual.labels)(self.split_train, eval),
            signal: self.eventness_method.clone(),
            scores: self.scores_json.clone(),
            mode: self.mode,
        }
    }

    fn training(&self, usual: &Usual) -> HeadTraining {
        HeadTraining {
            epochs: self.epochs.unwrap_or(usual.epochs),
            batch: self.batch_size.unwrap_or(usual.batch),
            rates: AdamRates { learning: self.lr, decay: self.weight_decay },
        }
    }

    fn seeds(&self, usual: &Usual) -> Vec<u64> {
        if self.seeds.is_empty() { usual.seeds.to_vec() } else { self.seeds.clone() }
    }
}

pub(super) fn run(study: &Audiovisual, ui: Ui) -> Result<Exit, CliError> {
    match study {
        Audiovisual::P0(args) => p0(args, ui),
        Audiovisual::Sweep(args) => run_sweep(args, ui),
        Audiovisual::Run(args) => run_config(args, &SWEEP, &SWEPT, |config, _| config, ui),
        Audiovisual::Oracle(args) => run_oracle(args, ui),
        Audiovisual::Fusion(args) => run_config(args, &FUSION, &FUSED, fusion_config, ui),
        Audiovisual::Anchors(args) => run_anchors(args, ui),
        Audiovisual::Diagnose(args) => run_diagnose(args, ui),
    }
}

fn p0(args: &P0Args, ui: Ui) -> Result<Exit, CliError> {
    let config = match &args.config_json {
        Some(path) => P0Config::read(path, args.data.mode).map_err(failed)?,
        None => P0Config::default(),
    };
    let methods = if args.methods.is_empty() { Method::ALL.to_vec() } else { args.methods.clone() };
    trial(&args.data, &P0, config, methods, ui)
}

fn run_config(
    args: &RunArgs,
    usual: &Usual,
    methods: &[Method],
    adapt: fn(P0Config, Mode) -> P0Config,
    ui: Ui,
) -> Result<Exit, CliError> {
    let config = P0Config::read(&args.config_json, args.data.mode).map_err(failed)?;
    trial(&args.data, usual, adapt(config, args.data.mode), methods.to_vec(), ui)
}

fn trial(
    data: &DataArgs,
    usual: &Usual,
    config: P0Config,
    methods: Vec<Method>,
    ui: Ui,
) -> Result<Exit, CliError> {
    let options = SingleOptions {
        sources: data.sources(usual),
        config,
        methods,
        seeds: data.seeds(usual),
        training: data.training(usual),
        out: data.out_dir.clone(),
    };
    let (metrics, notes) = single(options).map_err(failed)?;
    for note in &notes {
        ui.note(note);
    }
    let lines = summary_lines(&metrics);
    match ui.form() {
        Form::Json => ui.json(&lines)?,
        Form::Text => {
            let line = |line: &Line| format!("{:<34} {:.5} ± {:.5}\n", line.arm, line.mean, line.std);
            ui.data(&format!("{}{}", lines.iter().map(line).collect::<String>(), written(&data.out_dir)))?;
        }
    }
    Ok(Exit::Yes)
}

#[derive(Debug, Serialize)]
struct Line {
    arm: &'static str,
    mean: f64,
    std: f64,
}

fn summary_lines(metrics: &TrialMetrics) -> Vec<Line> {
    metrics
        .summary
        .iter()
        .map(|(method, (mean, std))| Line { arm: method.name(), mean: *mean, std: *std })
        .collect()
}

#[derive(Debug, Serialize)]
struct Compared {
    name: String,
    gain: Option<f64>,
    p: Option<f64>,
}

fn run_sweep(args: &SweepArgs, ui: Ui) -> Result<Exit, CliError> {
    let data = &args.data;
    let swept = sweep(&SweepOptions {
        sources: data.sources(&SWEEP),
        set: args.candidate_set.clone(),
        seeds: data.seeds(&SWEEP),
        training: data.training(&SWEEP),
        p_filter: args.p_filter,
        out: data.out_dir.clone(),
    })
    .map_err(failed)?;
    for note in &swept.notes {
        ui.note(note);
    }
    let entries = swept.order.iter().filter_map(|at| swept.entries.get(*at));
    let gains: Vec<Compared> = entries
        .map(|entry| Compared { name: entry.candidate.name.clone(), gain: entry.gain, p: entry.p })
        .collect();
    let best = swept.entries.get(swept.best).map(|entry| entry.candidate.name.as_str()).unwrap_or_default();
    match ui.form() {
        Form::Json => ui.json(&serde_json::json!({ "best": best, "candidates": gains }))?,
        Form::Text => ui.data(&format!("{}best: {best}\n{}", table(&gains), written(&data.out_dir)))?,
    }
    Ok(Exit::Yes)
}

fn run_oracle(args: &OracleArgs, ui: Ui) -> Result<Exit, CliError> {
    let data = &args.data;
    let configs =
        args.configs_json.as_deref().map_or_else(|| Ok(default_configs()), read_configs).map_err(failed)?;
    let options = OracleOptions {
        sources: data.sources(&ORACLE),
        configs,
        seeds: data.seeds(&ORACLE),
        training: data.training(&ORACLE),
        out: data.out_dir.clone(),
    };
    let gains = oracle(&options).map_err(failed)?;
    let gains: Vec<Compared> =
        gains.into_iter().map(|(name, gain)| Compared { name, gain, p: None }).collect();
    match ui.form() {
        Form::Json => ui.json(&gains)?,
        Form::Text => ui.data(&format!("{}{}", table(&gains), written(&data.out_dir)))?,
    }
    Ok(Exit::Yes)
}

fn run_anchors(args: &AnchorArgs, ui: Ui) -> Result<Exit, CliError> {
    let config = match &args.config_json {
        Some(path) => P0Config::read(path, args.mode).map_err(failed)?,
        None => P0Config::default(),
    };
    let folders = ClipFolders {
        processed: args.processed_dir.clone(),
        caches: args.caches_dir.clone(),
        seconds: SECONDS,
    };
    let recalls = anchors(&AnchorOptions {
        meta: args.meta_dir.clone(),
        folders,
        split: args.split,
        signal: args.method.clone(),
        scores: args.scores_json.clone(),
        config,
        deltas: args.deltas.clone(),
        seed: args.seed,
        mode: args.mode,
        out: args.out_dir.clone(),
    })
    .map_err(failed)?;
    let lines: Vec<Recall> = recalls
        .iter()
        .map(|one| Recall { delta: one.delta, anchors: one.ours, random: one.random, clips: one.clips })
        .collect();
    match ui.form() {
        Form::Json => ui.json(&lines)?,
        Form::Text => {
            let line = |one: &Recall| {
                format!(
                    "within {} s: anchors {:.4}, random {:.4} of {} clips\n",
                    one.delta, one.anchors, one.random, one.clips
                )
            };
            ui.data(&format!("{}{}", lines.iter().map(line).collect::<String>(), written(&args.out_dir)))?;
        }
    }
    Ok(Exit::Yes)
}

#[derive(Debug, Serialize)]
struct Recall {
    delta: usize,
    anchors: f64,
    random: f64,
    clips: usize,
}

fn run_diagnose(args: &DiagnoseArgs, ui: Ui) -> Result<Exit, CliError> {
    let json = diagnose(&DiagnoseOptions {
        metrics: args.metrics.clone(),
        meta: args.meta_dir.clone(),
        deltas: args.deltas.clone(),
        top: args.top_n,
        mode: args.mode,
        out: args.out_dir.clone(),
    })
    .map_err(failed)?;
    match ui.form() {
        Form::Json => ui.data(&json.pretty(NotFinite::Null))?,
        Form::Text => ui.data(&written(&args.out_dir))?,
    }
    Ok(Exit::Yes)
}

fn table(gains: &[Compared]) -> String {
    let number = |value: Option<f64>, digits: usize| match value {
        Some(value) => format!("{value:+.digits$}"),
        None => "-".to_owned(),
    };
    let line = |gain: &Compared| {
        format!("{:<52} {:>10}  p over seeds {:>9}\n", gain.name, number(gain.gain, 5), number(gain.p, 4))
    };
    gains.iter().map(line).collect()
}

fn written(folder: &Path) -> String {
    format!("written to {}\n", folder.display())
}

fn failed(error: AvError) -> CliError {
    match error {
        AvError::Options { .. } => CliError::Usage(error.to_string()),
        other => CliError::failed(Exit::Input, other),
    }
}
