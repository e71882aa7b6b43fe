//! Numbers as Python's `repr` writes them.

/// The shortest text that reads back as this number, the even one of two that are as close; fixed from 1e-4 to 1e16, with an
/// exponent of two digits outside.
pub(super) fn repr(value: f64) -> String {
    let scientific = even(value);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    if !(-4..16).contains(&exponent) {
        let direction = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{mantissa}e{direction}{:02}", exponent.unsigned_abs());
    }
    let digits = mantissa.replace('.', "");
    let places = usize::try_from(exponent.unsigned_abs()).unwrap_or(0);
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", "0".repeat(places - 1));
    }
    let whole: String = digits.chars().chain(std::iter::repeat('0')).take(places + 1).collect();
    let fraction: String = digits.chars().skip(places + 1).collect();
    format!("{sign}{whole}.{}", if fraction.is_empty() { "0" } else { &fraction })
}

/// Scientific notation with as few digits as read back; of two texts that are equally close Rust takes the larger.
fn even(value: f64) -> String {
    let shortest = format!("{value:e}");
    let digits = shortest.split('e').next().unwrap_or_default().chars().filter(char::is_ascii_digit).count();
    let rounded = format!("{value:.*e}", digits.saturating_sub(1));
    if rounded.parse() == Ok(value) { rounded } else { shortest }
}

#[cfg(test)]
mod tests {
    use super::repr;

    /// Python 3.11.
    #[test]
    fn numbers_are_written_as_python_writes_them() {
        let known = [
            (1960.0, "1960.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (0.0001, "0.0001"),
            (0.000_012_5, "1.25e-05"),
            (1e-12, "1e-12"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (-1.5e300, "-1.5e+300"),
            (-27.631_021_115_928_547, "-27.631021115928547"),
            (-2.765_449_523_925_781_2, "-2.7654495239257812"),
            (123.456, "123.456"),
        ];
        for (value, text) in known {
            assert_eq!(repr(value), text);
        }
    }

    #[test]
    fn every_number_reads_back() {
        let mut value = 1e-9_f64;
        while value < 1e20 {
            assert_eq!(repr(-value).parse(), Ok(-value));
            value *= 1.037;
        }
    }
}
