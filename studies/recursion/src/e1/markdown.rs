//! The report for readers.

use std::fmt::Write as _;

use super::python::signed;
use super::values::{Bootstrap, FileValues, Quantity, Settling, Values};
use super::{Config, Source};

/// The report, with a newline at its end.
pub(crate) fn render(values: &Values, config: &Config) -> String {
    let mut out = String::from("# E1: do wrong answers settle?\n");
    headline(&mut out, values, config);
    cells(&mut out, values, config);
    matched(&mut out, values);
    notes(&mut out, values);
    out
}

/// Writing to a string cannot fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
    out.push('\n');
}

fn headline(out: &mut String, values: &Values, config: &Config) {
    let (trm, hrm) = (&values.trm, &values.hrm);
    line(out, format_args!("\n## Intervals\n"));
    line(
        out,
        format_args!(
            "95 % bootstrap percentile intervals, {} resamples of the puzzles, seed {}.\n",
            values.replicates, values.seed
        ),
    );
    line(out, format_args!("| file | quantity | value | interval or bound |\n| --- | --- | --- | --- |"));
    let mut row = |source: &Source, name: &str, value: String, interval: String| {
        line(out, format_args!("| {} | {name} | {value} | {interval} |", source.label));
    };
    let share = |events: &Quantity<u64>, of: u64, share: &Quantity<f64>| match (events.get(), share.get()) {
        (Ok(events), Ok(share)) => format!("{events} of {of} ({share:.4})"),
        (Ok(events), Err(reason)) => format!("{events} of {of} ({reason})"),
        (Err(reason), _) => format!("undefined: {reason}"),
    };
    let settled = &trm.settled_wrong;
    let bound = text(&settled.upper_bound, |bound| format!("at most {bound:.4} (one-sided, exact)"));
    row(
        &config.trm,
        "settled among wrong (zH, Otsu)",
        share(&settled.events, settled.of, &settled.share),
        bound,
    );
    let file = |source: &Source| values.files.get(&source.path);
    let auc = |source: &Source| {
        file(source).map_or_else(String::new, |file| text(&file.auc, |auc| format!("{auc:.4}")))
    };
    row(&config.trm, "AUC(−λ₁ → correct)", auc(&config.trm), ends(&trm.auc_interval));
    if let Some(file) = file(&config.trm) {
        let median = |median: &Quantity<f64>| text(median, |median| format!("{median:+.5}"));
        let wrong = median(&file.median_lambda_wrong);
        row(&config.trm, "median λ₁ of wrong", wrong, ends(&trm.median_wrong_interval));
        let correct = median(&file.median_lambda_correct);
        row(&config.trm, "median λ₁ of correct", correct, ends(&trm.median_correct_interval));
    }
    let strict = &hrm.strict;
    let name = format!("strictly settled among wrong (zH below percentile {})", config.strict_percentile);
    row(&config.hrm, &name, share(&strict.events, strict.of, &strict.share), ends(&hrm.strict_interval));
    row(&config.hrm, "AUC(−λ₁ → correct)", auc(&config.hrm), ends(&hrm.auc_interval));
}

fn cells(out: &mut String, values: &Values, config: &Config) {
    line(out, format_args!("\n## Cells under three definitions of late drift\n"));
    line(
        out,
        format_args!(
            "A settled and correct, B settled and wrong, C unsettled and correct, D unsettled and wrong; settled means strictly below τ. Otsu's τ is the \
             first best bin and can lie inside the settled group, so the cells at the middle of the gap stand beside.\n"
        ),
    );
    line(
        out,
        format_args!(
            "| file | drift | τ | A | B | C | D | gap middle | A, B, C, D there |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
        ),
    );
    for source in [&config.trm, &config.hrm] {
        let Some(file) = values.files.get(&source.path) else { continue };
        for (name, settling) in [("zH", &file.z_h), ("zL", &file.z_l), ("both", &file.combined)] {
            let row = cell_row(settling);
            line(out, format_args!("| {} (n = {}) | {name} | {row} |", source.label, file.n));
        }
    }
}

fn cell_row(settling: &Quantity<Settling>) -> String {
    match settling.get().and_then(|settling| settling.threshold.get()) {
        Ok(found) => {
            let (at, there) = (found.cells, found.cells_at_midpoint);
            format!(
                "{:.3} | {} | {} | {} | {} | {:.3} | {}, {}, {}, {}",
                found.tau, at.A, at.B, at.C, at.D, found.gap_midpoint, there.A, there.B, there.C, there.D
            )
        }
        Err(reason) => format!("undefined: {reason} | | | | | |"),
    }
}

fn matched(out: &mut String, values: &Values) {
    line(out, format_args!("\n## Matched runs\n"));
    line(
        out,
        format_args!(
            "| run | n | accuracy | A | B | C | D | D of all | D of wrong | median λ₁ in D | in A |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
        ),
    );
    for row in &values.spectrum {
        let result = match values.files.get(&row.path).filter(|_| row.found) {
            Some(file) => matched_row(file),
            None => format!("the file {} is missing | | | | | | | | |", row.path),
        };
        line(out, format_args!("| {} | {result} |", row.label));
    }
}

fn matched_row(file: &FileValues) -> String {
    let head = format!("{} | {:.3}", file.n, file.accuracy);
    match file.z_h.get().and_then(|settling| settling.threshold.get()) {
        Ok(found) => {
            let cells = found.cells;
            let of_wrong = if file.n_wrong == 0 {
                "none wrong".to_owned()
            } else {
                format!("{:.3}", cells.D as f64 / file.n_wrong as f64)
            };
            let median = |median: &Quantity<f64>| text(median, |&median| signed(Some(median)));
            format!(
                "{head} | {} | {} | {} | {} | {:.3} | {of_wrong} | {} | {}",
                cells.A,
                cells.B,
                cells.C,
                cells.D,
                cells.D as f64 / file.n as f64,
                median(&found.median_lambda_d),
                median(&found.median_lambda_a)
            )
        }
        Err(reason) => format!("{head} | undefined: {reason} | | | | | | |"),
    }
}

fn notes(out: &mut String, values: &Values) {
    line(out, format_args!("\n## Notes\n"));
    for warning in &values.warnings {
        line(out, format_args!("- {warning}"));
    }
    line(
        out,
        format_args!(
            "- Intervals resample puzzles, not training runs: they say nothing about another checkpoint or seed.\n\
             - Exponents of different estimators or normalisers are not comparable across files.\n\
             - Drift has a floor set by the arithmetic it was recorded in; a threshold near that floor separates rounding, not behaviour."
        ),
    );
}

fn ends(interval: &Quantity<Bootstrap>) -> String {
    text(interval, |interval| format!("{:.6} to {:.6}", interval.low, interval.high))
}

fn text<T>(quantity: &Quantity<T>, show: impl Fn(&T) -> String) -> String {
    match quantity.get() {
        Ok(value) => show(value),
        Err(reason) => format!("undefined: {reason}"),
    }
}
