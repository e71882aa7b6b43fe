//! One cell as its file has it.

use std::fmt::Write as _;

use super::error::{Column, TableProblem};

/// A cell before it is a name or a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Datum<'a> {
    /// Text without blanks around it.
    Text(&'a str),
    /// A number of a format that has numbers.
    Float(f64),
    /// A whole number of a format that has them.
    Whole(i128),
}

impl Default for Datum<'_> {
    fn default() -> Self {
        Self::Text("")
    }
}

impl<'a> Datum<'a> {
    /// The cell as a name; numbers are written into `buffer`.
    pub(super) fn name<'b>(self, buffer: &'b mut String) -> &'b str
    where
        'a: 'b,
    {
        if let Self::Text(text) = self {
            return text;
        }
        buffer.clear();
        // Writing into a string cannot fail.
        let _ = match self {
            Self::Float(number) if number.is_nan() => Ok(()),
            Self::Float(number) if number.fract() == 0.0 && number.abs() < 1e16 => {
                write!(buffer, "{number:.1}")
            }
            Self::Float(number) => write!(buffer, "{number}"),
            Self::Whole(number) => write!(buffer, "{number}"),
            Self::Text(_) => Ok(()),
        };
        buffer
    }

    /// The cell as a value: finite, or NaN where there is none.
    pub(super) fn value(self) -> Result<f64, TableProblem> {
        let wanted = "a finite number (leave it empty where there is no value)";
        self.number(Column::Value, f64::is_finite, wanted)
    }

    /// The cell as a cost: finite and at least 0, or NaN where it was not measured.
    pub(super) fn cost(self) -> Result<f64, TableProblem> {
        let wanted = "a finite number of at least 0 (leave it empty where it was not measured)";
        self.number(Column::Cost, |cost| cost.is_finite() && cost >= 0.0, wanted)
    }

    #[inline]
    fn number(
        self,
        column: Column,
        fits: impl Fn(f64) -> bool,
        wanted: &'static str,
    ) -> Result<f64, TableProblem> {
        let number = match self {
            Self::Text(text) if is_absent(text) => return Ok(f64::NAN),
            Self::Text(text) => parse(text),
            Self::Float(number) if number.is_nan() => return Ok(f64::NAN),
            Self::Float(number) => Some(number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "a value beyond 2^53 is rounded like any number read from text"
            )]
            Self::Whole(number) => Some(number as f64),
        };
        number.filter(|number| fits(*number)).ok_or_else(|| {
            let text = self.name(&mut String::new()).to_owned();
            TableProblem::NotANumber { column, text, wanted }
        })
    }
}

#[inline]
fn parse(text: &str) -> Option<f64> {
    match text.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(f64::from(digit - b'0')),
        _ => text.parse().ok(),
    }
}

#[inline]
fn is_absent(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(b'n' | b'N') => ["nan", "na", "null", "none"].iter().any(|word| text.eq_ignore_ascii_case(word)),
        Some(_) => false,
    }
}
