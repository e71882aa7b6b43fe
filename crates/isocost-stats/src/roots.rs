//! Roots of monotone functions in a bracket.

/// Steps after which the best point so far is returned; each halves the bracket at least every third time.
const STEPS: usize = 300;

/// The x in `low..=high` where the increasing (or decreasing) `f` crosses 0, to a bracket of `4ε·max(|x|, floor)`.
///
/// Illinois variant of the false position method (Dowell and Jarratt 1971), with a bisection at every third step. If f does not change
/// sign, the end nearer to 0 is returned. f must not return NaN.
pub(crate) fn solve(low: f64, high: f64, floor: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    let (mut at_low, mut at_high) = (f(low), f(high));
    if at_low == 0.0 || (at_low > 0.0) == (at_high > 0.0) {
        return if at_low.abs() <= at_high.abs() { low } else { high };
    }
    let mut kept_low = None;
    for step in 0..STEPS {
        let chord = (low * at_high - high * at_low) / (at_high - at_low);
        let inside = chord > low && chord < high && step % 3 != 2;
        let x = if inside { chord } else { f64::midpoint(low, high) };
        if high - low <= 4.0 * f64::EPSILON * x.abs().max(floor) || x <= low || x >= high {
            return x;
        }
        let at = f(x);
        if at == 0.0 {
            return x;
        }
        if (at > 0.0) == (at_low > 0.0) {
            (low, at_low) = (x, at);
            if kept_low == Some(false) {
                at_high *= 0.5;
            }
            kept_low = Some(false);
        } else {
            (high, at_high) = (x, at);
            if kept_low == Some(true) {
                at_low *= 0.5;
            }
            kept_low = Some(true);
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_of_rising_and_falling_functions_are_found_to_the_last_digits() {
        let two = solve(0.0, 9.0, 1.0, |x| x * x * x - 8.0);
        assert!((two - 2.0).abs() < 1e-14, "{two}");
        let falling = solve(-50.0, 50.0, 1.0, |x| (-x).exp() - 1e-3);
        assert!((falling - 1000.0_f64.ln()).abs() < 1e-13, "{falling}");
    }

    #[test]
    fn without_a_change_of_sign_the_nearer_end_is_returned() {
        assert_eq!(solve(1.0, 2.0, 1.0, |x| x).to_bits(), 1.0_f64.to_bits());
        assert_eq!(solve(1.0, 2.0, 1.0, |x| x - 3.0).to_bits(), 2.0_f64.to_bits());
    }
}
