//! The report in the order and with the formats of the original script, so that every number can be compared with its output token by token.

use super::python::{pair, signed};
use super::values::{Bootstrap, FileValues, Quantity, Settling, Threshold, Values};
use super::{Config, Source};

const TITLE: &str = "# E1 offline batch — bootstrap CIs, settling robustness, TRM multi4 pair";

const PROVENANCE: &str = "## hrm_multi4 provenance (E6a)
- diag_hrm_multi4_step_{20832,23436,26040}_512.npz step grid matches HRM pretrain numbering;
  multi4_eval_compare/logs should contain the eval invocations — checked manually below.
- ACTION: if the hrm_multi4 run is pretrain-pipeline (ACT-streaming + perturbation), then the
  May-28 multi4 vs righteous baseline comparison IS matched-pipeline and Sec 3.4's caveat is
  narrower than written; step9 E-vs-F pair (queued) covers the fixed-unroll objective regardless.";

/// The report, without a newline at its end.
pub(crate) fn render(values: &Values, config: &Config) -> String {
    [
        TITLE.to_owned(),
        trm(values, config),
        hrm(values, config),
        robustness(values, config),
        spectrum(values, config),
        PROVENANCE.to_owned(),
    ]
    .join("\n\n")
}

fn trm(values: &Values, config: &Config) -> String {
    let trm = &values.trm;
    let share = &trm.settled_wrong;
    let observed = text(&share.events, u64::to_string);
    let bound =
        text(&trm.bound_after_no_event, |bound| format!("{bound:.4} ({:.2}% of failures)", bound * 100.0));
    [
        format!("## Bootstrap / exact CIs ({}, n={})", config.trm.label, config.trm.n),
        format!("- settled-wrong fraction: observed {observed}/{}; exact 95% upper bound {bound}", share.of),
        auc_line(values, &config.trm, &trm.auc_interval),
        format!("- lam1(wrong) median 95% CI {}", ends(&trm.median_wrong_interval)),
        format!("- lam1(correct) median 95% CI {}", ends(&trm.median_correct_interval)),
    ]
    .join("\n")
}

fn hrm(values: &Values, config: &Config) -> String {
    let hrm = &values.hrm;
    let share = text(&hrm.strict.share, |share| format!("{share:.4}"));
    [
        format!("## Bootstrap CIs ({}, n={}, strict band)", config.hrm.label, config.hrm.n),
        format!(
            "- strict settled-wrong fraction of failures: observed {share}, bootstrap 95% CI {}",
            ends(&hrm.strict_interval)
        ),
        auc_line(values, &config.hrm, &hrm.auc_interval),
    ]
    .join("\n")
}

fn auc_line(values: &Values, source: &Source, interval: &Quantity<Bootstrap>) -> String {
    let auc = values.files.get(&source.path).and_then(|file| file.auc.known());
    let auc = auc.map_or_else(|| "nan".to_owned(), |auc| format!("{auc:.4}"));
    format!("- AUC(-lam1->correct) = {auc}, bootstrap 95% CI {}", ends(interval))
}

fn robustness(values: &Values, config: &Config) -> String {
    let mut lines = vec![
        "## Settling-criterion robustness (B-cell counts under alternative drift definitions)".to_owned(),
    ];
    for source in [&config.trm, &config.hrm] {
        // The part of the label that names the model, without the step.
        let name = source.label.split(" @").next().unwrap_or(&source.label);
        let mut row = vec![format!("- {name} n={}", source.n)];
        if let Some(file) = values.files.get(&source.path) {
            for (name, settling) in [("zH", &file.z_h), ("zL", &file.z_l), ("combined", &file.combined)] {
                row.push(format!("{name}: {}", cells(settling)));
            }
        }
        lines.push(row.join(" | "));
    }
    lines.join("\n")
}

fn cells(settling: &Quantity<Settling>) -> String {
    match settling.get().and_then(|settling| settling.threshold.get()) {
        Ok(Threshold { tau, cells, .. }) => format!("B={}/A={} (tau={tau:.2})", cells.B, cells.A),
        Err(reason) => undefined(reason),
    }
}

fn spectrum(values: &Values, config: &Config) -> String {
    let n = config.spectrum.first().map_or(0, |source| source.n);
    let mut lines =
        vec![format!("## TRM official-pipeline multi4 vs baseline (matched objective, n={n} each)")];
    for row in &values.spectrum {
        let result = match values.files.get(&row.path).filter(|_| row.found) {
            Some(file) => spectrum_row(file),
            None => "npz missing".to_owned(),
        };
        lines.push(format!("- {}: {result}", row.label));
    }
    lines.join("\n")
}

fn spectrum_row(file: &FileValues) -> String {
    let threshold = match file.z_h.get().and_then(|settling| settling.threshold.get()) {
        Ok(threshold) => threshold,
        Err(reason) => return format!("acc={:.3}; A/B/C/D {}", file.accuracy, undefined(reason)),
    };
    let cells = threshold.cells;
    format!(
        "acc={:.3}; A/B/C/D={}/{}/{}/{}; fD={:.3}; lam1(D)={}; lam1(A)={}",
        file.accuracy,
        cells.A,
        cells.B,
        cells.C,
        cells.D,
        cells.D as f64 / file.n as f64,
        signed(threshold.median_lambda_d.known().copied()),
        signed(threshold.median_lambda_a.known().copied()),
    )
}

fn ends(interval: &Quantity<Bootstrap>) -> String {
    text(interval, |interval| pair(interval.low, interval.high))
}

fn text<T>(quantity: &Quantity<T>, show: impl Fn(&T) -> String) -> String {
    quantity.get().map_or_else(undefined, show)
}

fn undefined(reason: &str) -> String {
    format!("undefined: {reason}")
}
