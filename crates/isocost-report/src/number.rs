//! How numbers are written, everywhere.
//!
//! NaN and missing values are an em dash, infinities are `∞`. A value that rounds to zero carries no sign. The decimal
//! sign is a point, thousands are separated by commas, and minus is the ASCII hyphen so that numbers can be pasted.

/// What stands where there is no number.
pub const MISSING: &str = "—";

/// Where plain notation gives way to powers of ten: below `1e-6` and from `1e15` on.
const PLAIN_EXPONENTS: std::ops::Range<i32> = -6..15;

/// The number with `digits` significant digits; digits before the point are never rounded away.
pub fn significant(value: f64, digits: usize) -> String {
    let Some(exponent) = exponent(value, digits) else { return special(value) };
    if PLAIN_EXPONENTS.contains(&exponent) {
        fixed(value, decimals_at(exponent, digits))
    } else {
        format!("{value:.*e}", digits.saturating_sub(1))
    }
}

/// A cost: whole numbers as they are, others with four significant digits.
pub fn cost(value: f64) -> String {
    if value.fract().abs() > 0.0 { significant(value, 4) } else { fixed(value, 0) }
}

/// The number with a fixed count of decimals and thousands separated.
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return special(value);
    }
    if value.abs() >= 1e15 {
        return format!("{value:.3e}");
    }
    let digits = format!("{:.*}", decimals, value.abs());
    let is_zero = !digits.contains(|c: char| ('1'..='9').contains(&c));
    let sign = if value < 0.0 && !is_zero { "-" } else { "" };
    format!("{sign}{}", group_thousands(&digits))
}

/// As [`fixed`], with a `+` in front of positive numbers.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let is_zero = !text.contains(|c: char| ('1'..='9').contains(&c) || c == '∞');
    if value > 0.0 && !is_zero { format!("+{text}") } else { text }
}

/// A whole number with thousands separated.
pub fn count(value: u64) -> String {
    group_thousands(&value.to_string())
}

/// A p-value: three significant digits, `< 0.0001` below that, `> 0.999` close to one; [`MISSING`] outside 0..=1.
pub fn p_value(p: f64) -> String {
    match p {
        p if !(0.0..=1.0).contains(&p) => MISSING.to_owned(),
        p if p < 0.0001 => "< 0.0001".to_owned(),
        p if p >= 1.0 => "1.000".to_owned(),
        p if p > 0.999 => "> 0.999".to_owned(),
        p if p >= 0.1 => fixed(p, 3),
        p => significant(p, 3),
    }
}

/// A confidence level or another share of one: `95%`, `99.5%`.
pub fn percent(share: f64) -> String {
    let text = fixed(share * 100.0, 2);
    if !text.contains('.') || text.contains('e') {
        return text;
    }
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A span of time given in seconds: `12 ms`, `3.2 s`, `4 min 05 s`, `2 h 03 min`; [`MISSING`] if negative or NaN.
pub fn duration(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        return MISSING.to_owned();
    }
    if seconds < 0.9995 {
        return format!("{:.0} ms", seconds * 1e3);
    }
    if seconds < 59.95 {
        return format!("{seconds:.1} s");
    }
    if seconds < 3599.5 {
        let whole = seconds.round();
        return format!("{:.0} min {:02.0} s", (whole / 60.0).floor(), whole % 60.0);
    }
    let minutes = (seconds / 60.0).round();
    format!("{} h {:02.0} min", fixed((minutes / 60.0).floor(), 0), minutes % 60.0)
}

/// The decimals that an effect and the ends of its interval share: those that give the largest of `values` three
/// significant digits, but four for the common range from 0.001 up, and at most six. Four if no value is finite and
/// non-zero.
pub fn shared_decimals(values: &[f64]) -> usize {
    let largest = values.iter().copied().filter(|v| v.is_finite()).map(f64::abs).fold(0.0, f64::max);
    match exponent(largest, 3) {
        Some(exponent) if largest > 0.0 && exponent < -3 => decimals_at(exponent, 3).min(6),
        Some(exponent) if largest > 0.0 => decimals_at(exponent, 3).min(4),
        _ => 4,
    }
}

/// A number that may be missing, by any of the functions above.
pub fn optional(value: Option<f64>, show: impl FnOnce(f64) -> String) -> String {
    value.map_or_else(|| MISSING.to_owned(), show)
}

/// The power of ten of the number as it is printed with `digits` significant digits; none for NaN and infinities.
fn exponent(value: f64, digits: usize) -> Option<i32> {
    if !value.is_finite() {
        return None;
    }
    format!("{value:.*e}", digits.saturating_sub(1)).split_once('e').and_then(|(_, power)| power.parse().ok())
}

fn decimals_at(exponent: i32, digits: usize) -> usize {
    let digits = i32::try_from(digits).unwrap_or(i32::MAX);
    usize::try_from(digits.saturating_sub(1).saturating_sub(exponent)).unwrap_or(0)
}

fn special(value: f64) -> String {
    match value {
        v if v == f64::INFINITY => "∞".to_owned(),
        v if v == f64::NEG_INFINITY => "-∞".to_owned(),
        _ => MISSING.to_owned(),
    }
}

fn group_thousands(digits: &str) -> String {
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let mut out = String::with_capacity(digits.len() + whole.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn significant_digits_count_from_the_first_digit_after_rounding() {
        assert_eq!(significant(0.001_489_6, 3), "0.00149");
        assert_eq!(significant(9.9996, 4), "10.00");
        assert_eq!(significant(1_234_567.0, 3), "1,234,567");
        assert_eq!(significant(2.5e-9, 2), "2.5e-9");
        assert_eq!(significant(0.0, 3), "0.00");
    }

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        assert_eq!((signed(-0.000_01, 3).as_str(), signed(0.000_01, 3).as_str()), ("0.000", "0.000"));
        assert_eq!((signed(0.0202, 4).as_str(), signed(-12345.6, 1).as_str()), ("+0.0202", "-12,345.6"));
    }

    #[test]
    fn numbers_that_are_none_are_dashes_and_infinities_keep_their_sign() {
        assert_eq!(
            (fixed(f64::NAN, 2), p_value(f64::NAN), duration(-1.0)),
            ("—".into(), "—".into(), "—".into())
        );
        assert_eq!((signed(f64::INFINITY, 2), signed(f64::NEG_INFINITY, 2)), ("+∞".into(), "-∞".into()));
    }

    #[test]
    fn p_values_are_never_printed_as_zero_nor_rounded_up_to_one() {
        let shown = [0.0, 3e-7, 0.00149, 0.0371, 0.214, 0.9999, 1.0, 1.5].map(p_value);
        assert_eq!(shown, ["< 0.0001", "< 0.0001", "0.00149", "0.0371", "0.214", "> 0.999", "1.000", "—"]);
    }

    #[test]
    fn durations_never_show_sixty_of_a_unit() {
        let shown = [0.0123, 0.9996, 59.96, 119.7, 3599.7, 7384.0].map(duration);
        assert_eq!(shown, ["12 ms", "1.0 s", "1 min 00 s", "2 min 00 s", "1 h 00 min", "2 h 03 min"]);
    }

    #[test]
    fn an_effect_and_its_interval_share_their_decimals() {
        assert_eq!(
            [&[0.0123, -0.001, f64::NAN], &[0.0068; 3], &[0.000_68; 3]].map(|v| shared_decimals(v)),
            [4, 4, 6]
        );
        assert_eq!((shared_decimals(&[12.3, 0.1]), shared_decimals(&[]), shared_decimals(&[5e6])), (1, 4, 0));
    }

    #[test]
    fn whole_costs_carry_no_decimals() {
        let shown = [1960.0, 0.0, 12.3456, 98_765.4, f64::NAN].map(cost);
        assert_eq!(shown, ["1,960", "0", "12.35", "98,765", "—"]);
    }

    #[test]
    fn levels_drop_needless_zeros() {
        assert_eq!([0.95, 0.995, 1.0].map(percent), ["95%", "99.5%", "100%"]);
    }
}
