//! Numbers as people print them (spec §1.4).

/// A printed number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Its value; percent and percentage points are divided by 100.
    pub(crate) value: f64,
    /// Decimals of the value, as printed.
    pub(crate) decimals: u32,
    /// What follows `±`.
    pub(crate) spread: Option<f64>,
    /// Bytes read.
    pub(crate) length: usize,
}

/// Longest number read; anything longer is no measurement.
const LONGEST: usize = 40;

/// The number at the start of `text`.
pub(crate) fn number_at(text: &str) -> Option<Number> {
    let plain = plain_at(text)?;
    let mut number = plain;
    if let Some(rest) = text.get(plain.length..).and_then(|rest| rest.strip_prefix('±'))
        && let Some(spread) = plain_at(rest)
    {
        number.spread = Some(spread.value);
        number.length += '±'.len_utf8() + spread.length;
    }
    let rest = text.get(number.length..).unwrap_or_default();
    let unit = if rest.starts_with("pp") { 2 } else { usize::from(rest.starts_with('%')) };
    if unit > 0 {
        number.length += unit;
        number.value /= 100.0;
        number.spread = number.spread.map(|spread| spread / 100.0);
        number.decimals += 2;
    }
    Some(number)
}

fn plain_at(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let digits_from =
        |at: usize| bytes.iter().skip(at).take(LONGEST).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits_from(sign);
    let mut at = sign + whole;
    let mut decimals = 0;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits_from(at + 1);
        if fraction > 0 {
            at += 1 + fraction;
            decimals = fraction;
        }
    }
    if whole == 0 && decimals == 0 {
        return None;
    }
    let mut places = i64::try_from(decimals).ok()?;
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits_from(at + 1 + signed);
        if exponent > 0 && exponent <= 4 {
            let end = at + 1 + signed + exponent;
            places -= text.get(at + 1..end)?.parse::<i64>().ok()?;
            at = end;
        }
    }
    if at > LONGEST {
        return None;
    }
    let value: f64 = text.get(..at)?.parse().ok()?;
    let decimals = u32::try_from(places.clamp(0, 400)).unwrap_or(0);
    value.is_finite().then_some(Number { value, decimals, spread: None, length: at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_precision_is_kept() {
        let read = |text| number_at(text).map(|n| (n.value, n.decimals, n.length));
        assert_eq!(read("0.73791 vs"), Some((0.73791, 5, 7)));
        assert_eq!(read("8.999e-04)"), Some((8.999e-4, 7, 9)));
        assert_eq!(read("+2e6.."), Some((2e6, 0, 4)));
        assert_eq!(read("73%"), Some((0.73, 2, 3)));
        assert_eq!(read("+2.22pp"), Some((0.0222, 4, 7)));
        assert_eq!(read(".5"), Some((0.5, 1, 2)));
        assert_eq!(read("1."), Some((1.0, 0, 1)));
        assert_eq!((read("-"), read("e5"), read("")), (None, None, None));
    }

    #[test]
    fn a_spread_follows_its_mean() {
        let number = number_at("0.4028±0.0048`").unwrap();
        assert_eq!((number.value, number.spread, number.length), (0.4028, Some(0.0048), 14));
    }
}
