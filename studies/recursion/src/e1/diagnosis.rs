//! One diagnosis file.

use std::path::Path;

use isocost_npy::{Array, NpyError, Npz};

use super::E1Error;
use super::late;
use super::reals::Reals;

/// Whether a puzzle was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Correct,
    Wrong,
    /// A label that is neither 1 nor 0: counted in n, and nowhere else.
    Neither,
}

/// What the batch takes from a file, row by row.
#[derive(Debug, Clone)]
pub(crate) struct Diagnosis {
    pub(crate) answers: Vec<Answer>,
    /// Mean of the labels.
    pub(crate) accuracy: f64,
    /// Largest exponent.
    pub(crate) lambda: Reals,
    /// Late drift of the high level, the low level and both.
    pub(crate) late_high: Reals,
    pub(crate) late_low: Reals,
    pub(crate) late_both: Reals,
}

impl Diagnosis {
    pub(crate) fn len(&self) -> usize {
        self.answers.len()
    }

    /// Reads the four arrays that the batch needs; the others in the file are left alone.
    pub(crate) fn read(path: &Path) -> Result<Self, E1Error> {
        let npz = Npz::open(path)?;
        let place = |array: &str| format!("{}: {array}", path.display());
        let labels = npz.array("exact_correct")?;
        let n = match labels.shape() {
            &[n] if n > 0 => n,
            shape => {
                return Err(E1Error::Shape {
                    path: path.to_owned(),
                    array: "exact_correct",
                    shape: shape.to_vec(),
                    wanted: "one dimension and a puzzle at least".to_owned(),
                });
            }
        };
        let labels = labels.to_i64().map_err(|problem| NpyError::at(place("exact_correct"), problem))?;
        let matrix = |name: &'static str| {
            let array = npz.array(name)?;
            let columns = columns(path, name, &array, n)?;
            let values = Reals::of(array).map_err(|problem| NpyError::at(place(name), problem))?;
            Ok::<_, E1Error>((values, columns))
        };
        let (spectrum, exponents) = matrix("lyap_spec")?;
        let (high, segments) = matrix("drift_zH")?;
        let high = late::means(&high, segments);
        let (low, segments) = matrix("drift_zL")?;
        let low = late::means(&low, segments);
        Ok(Self {
            accuracy: labels.iter().map(|&label| label as f64).sum::<f64>() / n as f64,
            answers: labels.into_iter().map(answer).collect(),
            lambda: spectrum.column(exponents),
            late_both: late::logarithms(&late::combined(&high, &low)),
            late_high: late::logarithms(&high),
            late_low: late::logarithms(&low),
        })
    }
}

fn answer(label: i64) -> Answer {
    match label {
        1 => Answer::Correct,
        0 => Answer::Wrong,
        _ => Answer::Neither,
    }
}

fn columns(path: &Path, name: &'static str, array: &Array, n: usize) -> Result<usize, E1Error> {
    match array.shape() {
        &[rows, columns] if rows == n && columns > 0 => Ok(columns),
        shape => Err(E1Error::Shape {
            path: path.to_owned(),
            array: name,
            shape: shape.to_vec(),
            wanted: format!("{n} rows, as many as exact_correct, and a column at least"),
        }),
    }
}
