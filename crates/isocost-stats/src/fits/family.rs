//! The families of curves, their bounds and values.

/// A family of scaling curves for scores in 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// P(B) = P∞ − a (B + b₀)^−α with 0 ≤ P∞ ≤ 1, 0 ≤ a ≤ 10, 0.1 ≤ b₀ ≤ 100, 0.01 ≤ α ≤ 5.
    PowerLaw,
    /// P(B) = c₀ + c₁ ln(B + b₀), cut at 0 and 1, with −1 ≤ c₀ ≤ 1, 0 ≤ c₁ ≤ 1, 0.1 ≤ b₀ ≤ 100.
    LogSaturation,
    /// P(B) = P∞ − a exp(−B / s) with 0 ≤ P∞ ≤ 1, 0 ≤ a ≤ 10, e⁻¹⁰ ≤ s ≤ e⁴⁰. Fitted as ln s, so that budgets of any unit do.
    SaturatingExponential,
}

impl Family {
    /// All, in the order in which ties are decided.
    pub const ALL: [Self; 3] = [Self::PowerLaw, Self::LogSaturation, Self::SaturatingExponential];
    /// The two of the grounding reports.
    pub const REFERENCE: [Self; 2] = [Self::PowerLaw, Self::LogSaturation];

    /// Number of parameters.
    pub fn parameters(self) -> usize {
        self.low().len()
    }

    /// Names of the parameters, in order.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::PowerLaw => &["P_inf", "a", "b_0", "alpha"],
            Self::LogSaturation => &["c_0", "c_1", "b_0"],
            Self::SaturatingExponential => &["P_inf", "a", "ln_scale"],
        }
    }

    pub(super) fn low(self) -> &'static [f64] {
        match self {
            Self::PowerLaw => &[0.0, 0.0, 0.1, 0.01],
            Self::LogSaturation => &[-1.0, 0.0, 0.1],
            Self::SaturatingExponential => &[0.0, 0.0, -10.0],
        }
    }

    pub(super) fn high(self) -> &'static [f64] {
        match self {
            Self::PowerLaw => &[1.0, 10.0, 100.0, 5.0],
            Self::LogSaturation => &[1.0, 1.0, 100.0],
            Self::SaturatingExponential => &[1.0, 10.0, 40.0],
        }
    }

    /// The value at a budget; NaN if there are too few parameters.
    pub(super) fn value(self, parameters: &[f64], budget: f64) -> f64 {
        match (self, parameters) {
            (Self::PowerLaw, [limit, a, offset, exponent]) => {
                limit - a * libm::pow(budget + offset, -exponent)
            }
            // The cut keeps NaN, as numpy's does.
            (Self::LogSaturation, [c0, c1, offset]) => (c0 + c1 * libm::log(budget + offset)).clamp(0.0, 1.0),
            (Self::SaturatingExponential, [limit, a, ln_scale]) => {
                limit - a * libm::exp(-budget / libm::exp(*ln_scale))
            }
            _ => f64::NAN,
        }
    }
}

/// A fitted curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    family: Family,
    parameters: Vec<f64>,
}

impl Curve {
    pub(super) fn new(family: Family, parameters: Vec<f64>) -> Self {
        Self { family, parameters }
    }

    /// Its family.
    pub fn family(&self) -> Family {
        self.family
    }

    /// Its parameters, named by [`Family::names`]. Several parameter sets may give nearly the same curve: compare predictions, not these.
    pub fn parameters(&self) -> &[f64] {
        &self.parameters
    }

    /// Its value at a budget of 0 or more; NaN for NaN.
    pub fn at(&self, budget: f64) -> f64 {
        self.family.value(&self.parameters, budget)
    }

    /// The first whole budget b in 1..=1000 where (P(b + 0.1) − P(b)) / 0.1 falls below 0.01, else 1000: the grounding reports' "diminishing point".
    ///
    /// It is in units of the budget, so for budgets in FLOPs it says nothing.
    pub fn diminishing_point(&self) -> u32 {
        let gain = |budget: f64| (self.at(budget + 0.1) - self.at(budget)) / 0.1;
        (1..=1000).find(|budget| gain(f64::from(*budget)) < 0.01).unwrap_or(1000)
    }
}
