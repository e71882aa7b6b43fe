//! Numbers as Python prints them.

/// `repr(value)`: the shortest digits that read back as the same number; an exponent below 1e-4 and from 1e16.
pub(crate) fn repr(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value == 0.0 || (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return if plain.contains('.') { plain } else { format!("{plain}.0") };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
}

/// `(low, high)`.
pub(crate) fn pair(low: f64, high: f64) -> String {
    format!("({}, {})", repr(low), repr(high))
}

/// `f"{value:+.4f}"`.
pub(crate) fn signed(value: Option<f64>) -> String {
    value.map_or_else(|| "+nan".to_owned(), |value| format!("{value:+.4}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_python_prints_them() {
        for (value, printed) in [
            (0.992_514_7, "0.9925147"),
            (1e-5, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (0.0001, "0.0001"),
            (1e16, "1e+16"),
            (123_456_789_012_345_680.0, "1.2345678901234568e+17"),
            (1e15, "1000000000000000.0"),
            (-2.0, "-2.0"),
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1e-300, "1e-300"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(repr(value), printed);
        }
        assert_eq!(signed(Some(-0.855)), "-0.8550");
        assert_eq!(signed(None), "+nan");
    }
}
