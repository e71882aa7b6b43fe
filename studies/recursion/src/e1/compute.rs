//! From files to values.

use std::collections::BTreeMap;
use std::path::Path;

use isocost_stats::generators::numpy::Generator;
use isocost_stats::otsu::otsu;
use isocost_stats::percentile::{median, percentile, percentile_of_sorted};

use super::auc::Ranking;
use super::bound::{after_no_event, clopper_pearson};
use super::diagnosis::{Answer, Diagnosis};
use super::median::ClassMedian;
use super::reals::{Drift, Reals};
use super::resample::{Request, Target, resample};
use super::share::SettledShare;
use super::statistic::Counted;
use super::values::{
    Bootstrap, Cells, FileValues, HrmValues, Quantity, Settling, Share, SpectrumValues, Threshold, TrmValues,
    Values,
};
use super::{Config, E1Error, Source};

const NO_WRONG: &str = "no puzzle is wrong";
const NO_CORRECT: &str = "no puzzle is correct";

/// Reads the files and computes everything. `threads` changes the time, not the values.
pub fn compute(root: &Path, config: &Config, threads: usize) -> Result<Values, E1Error> {
    let trm = required(root, &config.trm)?;
    let hrm = required(root, &config.hrm)?;
    let percent = config.strict_percentile;
    let mut files = BTreeMap::new();
    let mut warnings = Vec::new();
    let mut note = |source: &Source, diagnosis: &Diagnosis| {
        if diagnosis.len() as u64 != source.n {
            warnings.push(format!(
                "{}: {} puzzles, the published run has {}",
                source.path,
                diagnosis.len(),
                source.n
            ));
        }
        let values = file_values(diagnosis, percent);
        files.insert(source.path.clone(), values.clone());
        values
    };
    let trm_values = note(&config.trm, &trm);
    let hrm_values = note(&config.hrm, &hrm);
    let mut spectrum = Vec::new();
    for source in &config.spectrum {
        let diagnosis = optional(root, source)?;
        if let Some(diagnosis) = &diagnosis {
            note(source, diagnosis);
        }
        let (label, path) = (source.label.clone(), source.path.clone());
        spectrum.push(SpectrumValues { label, path, found: diagnosis.is_some() });
    }
    let (trm, hrm) = batch(&trm, &trm_values, &hrm, &hrm_values, config, threads);
    warnings.extend(contradictions(&trm, &hrm, config));
    Ok(Values {
        schema: "isocost/recursion-e1/1".to_owned(),
        replicates: config.replicates,
        seed: config.seed,
        trm,
        hrm,
        spectrum,
        files,
        warnings,
    })
}

fn optional(root: &Path, source: &Source) -> Result<Option<Diagnosis>, E1Error> {
    let path = root.join(&source.path);
    if isocost_fs::exists(&path) { Diagnosis::read(&path).map(Some) } else { Ok(None) }
}

fn required(root: &Path, source: &Source) -> Result<Diagnosis, E1Error> {
    optional(root, source)?.ok_or_else(|| E1Error::Missing(root.join(&source.path)))
}

fn file_values(diagnosis: &Diagnosis, percent: f64) -> FileValues {
    let answers = &diagnosis.answers;
    let count = |wanted| answers.iter().filter(|&&answer| answer == wanted).count() as u64;
    let (n_correct, n_wrong) = (count(Answer::Correct), count(Answer::Wrong));
    let lambda = &diagnosis.lambda;
    let class = |class, reason: &str| match finite(lambda) {
        Err(reason) => Quantity::none(reason),
        Ok(()) => Quantity::or(median_where(lambda, answers, |_, answer| answer == class), reason),
    };
    let settling = |late| settling(late, lambda, answers, percent);
    let z_h = settling(&diagnosis.late_high);
    let strict_settled_wrong = match z_h.get() {
        Ok(found) => Quantity::Known(strictly_settled(diagnosis, found.strict_percentile).1),
        Err(reason) => Quantity::none(reason),
    };
    FileValues {
        n: answers.len() as u64,
        n_correct,
        n_wrong,
        accuracy: diagnosis.accuracy,
        auc: area(diagnosis),
        median_lambda_wrong: class(Answer::Wrong, NO_WRONG),
        median_lambda_correct: class(Answer::Correct, NO_CORRECT),
        z_h,
        z_l: settling(&diagnosis.late_low),
        combined: settling(&diagnosis.late_both),
        strict_settled_wrong,
    }
}

/// Why the exponents cannot be ranked.
fn finite(lambda: &Reals) -> Result<(), String> {
    let bad = match lambda {
        Reals::Narrow(values) => values.iter().position(|value| !value.is_finite()),
        Reals::Wide(values) => values.iter().position(|value| !value.is_finite()),
    };
    bad.map_or(Ok(()), |row| Err(format!("the exponent of row {row} is not a finite number")))
}

fn ranking(diagnosis: &Diagnosis) -> Result<Ranking, String> {
    finite(&diagnosis.lambda)?;
    Ok(Ranking::by_exponent(&diagnosis.lambda.wide(), &diagnosis.answers))
}

fn area(diagnosis: &Diagnosis) -> Quantity<f64> {
    match ranking(diagnosis) {
        Ok(ranking) => Quantity::or(ranking.area(), missing_class(diagnosis)),
        Err(reason) => Quantity::none(reason),
    }
}

fn missing_class(diagnosis: &Diagnosis) -> &'static str {
    if diagnosis.answers.contains(&Answer::Wrong) { NO_CORRECT } else { NO_WRONG }
}

/// Median of the exponents of some rows, in their own width.
fn median_where(lambda: &Reals, answers: &[Answer], keep: impl Fn(usize, Answer) -> bool) -> Option<f64> {
    fn of<T: Drift>(values: &[T], answers: &[Answer], keep: impl Fn(usize, Answer) -> bool) -> Option<f64> {
        let rows = values.iter().zip(answers).enumerate();
        let kept = rows.filter(|&(row, (_, &answer))| keep(row, answer)).map(|(_, (&value, _))| value);
        median(&kept.collect::<Vec<T>>()).ok().map(T::wide)
    }
    match lambda {
        Reals::Narrow(values) => of(values, answers, keep),
        Reals::Wide(values) => of(values, answers, keep),
    }
}

fn settling(late: &Reals, lambda: &Reals, answers: &[Answer], percent: f64) -> Quantity<Settling> {
    match late {
        Reals::Narrow(values) => settling_of(values, lambda, answers, percent),
        Reals::Wide(values) => settling_of(values, lambda, answers, percent),
    }
}

fn settling_of<T: Drift>(late: &[T], lambda: &Reals, answers: &[Answer], percent: f64) -> Quantity<Settling> {
    if let Some(row) = late.iter().position(|value| !value.wide().is_finite()) {
        return Quantity::none(format!("the late drift of row {row} is not a finite number"));
    }
    let Ok(strict) = percentile(late, percent) else { return Quantity::none("there is no puzzle") };
    let wide = late.iter().map(|value| value.wide());
    let threshold = match otsu(late) {
        Ok(split) => {
            let tau = split.threshold.wide();
            let settled = |row: usize, tau: f64| late.get(row).is_some_and(|value| value.wide() < tau);
            let median = |cell: Answer, inside: bool, name: &str| {
                let keep = |row, answer| answer == cell && settled(row, tau) == inside;
                match finite(lambda) {
                    Ok(()) => Quantity::or(median_where(lambda, answers, keep), name),
                    Err(reason) => Quantity::none(reason),
                }
            };
            Quantity::Known(Threshold {
                tau,
                gap_midpoint: split.midpoint(),
                cells: cells(answers, |row| settled(row, tau)),
                cells_at_midpoint: cells(answers, |row| settled(row, split.midpoint())),
                median_lambda_a: median(Answer::Correct, true, "cell A is empty"),
                median_lambda_d: median(Answer::Wrong, false, "cell D is empty"),
            })
        }
        Err(error) => Quantity::none(error.to_string()),
    };
    Quantity::Known(Settling {
        dtype: T::NAME.to_owned(),
        min: wide.clone().fold(f64::INFINITY, f64::min),
        max: wide.fold(f64::NEG_INFINITY, f64::max),
        strict_percentile: strict.wide(),
        threshold,
    })
}

fn cells(answers: &[Answer], settled: impl Fn(usize) -> bool) -> Cells {
    let mut cells = Cells::default();
    for (row, answer) in answers.iter().enumerate() {
        let cell = match (answer, settled(row)) {
            (Answer::Correct, true) => &mut cells.A,
            (Answer::Wrong, true) => &mut cells.B,
            (Answer::Correct, false) => &mut cells.C,
            (Answer::Wrong, false) => &mut cells.D,
            (Answer::Neither, _) => continue,
        };
        *cell += 1;
    }
    cells
}

/// Which rows lie strictly below the threshold on high-level late drift, and how many of them are wrong.
fn strictly_settled(diagnosis: &Diagnosis, tau: f64) -> (Vec<bool>, u64) {
    let settled: Vec<bool> = diagnosis.late_high.wide().into_iter().map(|late| late < tau).collect();
    let wrong = settled
        .iter()
        .zip(&diagnosis.answers)
        .filter(|&(&settled, &answer)| settled && answer == Answer::Wrong);
    let count = wrong.count() as u64;
    (settled, count)
}

/// The five intervals share one generator in this order.
fn batch(
    trm: &Diagnosis,
    trm_values: &FileValues,
    hrm: &Diagnosis,
    hrm_values: &FileValues,
    config: &Config,
    threads: usize,
) -> (TrmValues, HrmValues) {
    let trm_ranking = ranking(trm);
    let trm_wrong = class_median(trm, Answer::Wrong);
    let trm_correct = class_median(trm, Answer::Correct);
    let hrm_ranking = ranking(hrm);
    let tau_strict = match hrm_values.z_h.get() {
        Ok(settling) => Quantity::Known(settling.strict_percentile),
        Err(reason) => Quantity::none(reason),
    };
    let share = tau_strict.known().map(|&tau| SettledShare::new(&hrm.answers, &strictly_settled(hrm, tau).0));
    let requests = [
        Request { n: trm.len(), target: counted(trm_ranking.as_ref().ok().map(|r| r as &dyn Counted)) },
        Request { n: trm.len(), target: counted(trm_wrong.as_deref()) },
        Request { n: trm.len(), target: counted(trm_correct.as_deref()) },
        Request { n: hrm.len(), target: share.as_ref().map_or(Target::Undefined, Target::Share) },
        Request { n: hrm.len(), target: counted(hrm_ranking.as_ref().ok().map(|r| r as &dyn Counted)) },
    ];
    let values = resample(Generator::new(config.seed), &requests, config.replicates, threads);
    let mut intervals = values.into_iter().map(interval);
    let mut next = |undefined: Option<&str>| match (undefined, intervals.next().flatten()) {
        (None, Some(found)) => Quantity::Known(found),
        (Some(reason), _) => Quantity::none(reason),
        (None, None) => Quantity::none("it is undefined in every resample"),
    };
    let trm = TrmValues {
        auc_interval: next(trm_values.auc.get().err()),
        median_wrong_interval: next(trm_values.median_lambda_wrong.get().err()),
        median_correct_interval: next(trm_values.median_lambda_correct.get().err()),
        settled_wrong: share_of(settled_wrong(trm_values), trm_values.n_wrong),
        bound_after_no_event: Quantity::or(after_no_event(trm_values.n_wrong), NO_WRONG),
    };
    let no_wrong = (hrm_values.n_wrong == 0).then_some(NO_WRONG);
    let hrm = HrmValues {
        strict_interval: next(tau_strict.get().err().or(no_wrong)),
        auc_interval: next(hrm_values.auc.get().err()),
        strict: share_of(hrm_values.strict_settled_wrong.clone(), hrm_values.n_wrong),
        tau_strict,
    };
    (trm, hrm)
}

fn counted(statistic: Option<&dyn Counted>) -> Target<'_> {
    statistic.map_or(Target::Undefined, Target::Counted)
}

fn class_median(diagnosis: &Diagnosis, class: Answer) -> Option<Box<dyn Counted>> {
    finite(&diagnosis.lambda).ok()?;
    Some(match &diagnosis.lambda {
        Reals::Narrow(values) => Box::new(ClassMedian::new(values, &diagnosis.answers, class)),
        Reals::Wide(values) => Box::new(ClassMedian::new(values, &diagnosis.answers, class)),
    })
}

fn settled_wrong(values: &FileValues) -> Quantity<u64> {
    match values.z_h.get().and_then(|settling| settling.threshold.get()) {
        Ok(threshold) => Quantity::Known(threshold.cells.B),
        Err(reason) => Quantity::none(reason),
    }
}

fn share_of(events: Quantity<u64>, of: u64) -> Share {
    let (share, upper_bound) = match events.get() {
        Err(reason) => (Quantity::none(reason), Quantity::none(reason)),
        Ok(_) if of == 0 => (Quantity::none(NO_WRONG), Quantity::none(NO_WRONG)),
        Ok(&events) => (
            Quantity::Known(events as f64 / of as f64),
            Quantity::or(clopper_pearson(events, of), "more events than puzzles"),
        ),
    };
    Share { events, of, share, upper_bound }
}

fn interval(mut values: Vec<f64>) -> Option<Bootstrap> {
    values.sort_unstable_by(f64::total_cmp);
    let end = |percent| percentile_of_sorted(&values, percent).ok();
    Some(Bootstrap { low: end(2.5)?, high: end(97.5)?, replicates: values.len() as u64 })
}

fn contradictions(trm: &TrmValues, hrm: &HrmValues, config: &Config) -> Vec<String> {
    let literals = config.literals;
    let mut found = Vec::new();
    if let Some(&events) =
        trm.settled_wrong.events.known().filter(|&&events| events != literals.settled_wrong)
    {
        found.push(format!(
            "{}: {events} of {} wrong puzzles are settled; the original script prints {} without computing it, and its bound holds for 0 only",
            config.trm.path, trm.settled_wrong.of, literals.settled_wrong
        ));
    }
    let published = (literals.strict_settled_wrong, literals.strict_wrong);
    if let Some(&events) = hrm.strict.events.known().filter(|&&events| (events, hrm.strict.of) != published) {
        found.push(format!(
            "{}: {events} of {} wrong puzzles are strictly settled; the original script prints {} of {} without computing it",
            config.hrm.path, hrm.strict.of, published.0, published.1
        ));
    }
    found
}
