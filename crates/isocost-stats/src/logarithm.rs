//! A natural logarithm that is the same on any machine and rounded correctly but for very rare cases.
//!
//! C libraries differ in the last bit of `log`; the best are within 0.52 units in the last place, so a correctly rounded value equals theirs nearly
//! always, while a value within one unit (as the `libm` crate's) does not.

/// Head and tail of a number, the tail at most half a unit in the last place of the head.
#[derive(Clone, Copy)]
struct Double {
    head: f64,
    tail: f64,
}

/// Exact sum (Knuth 1969).
fn two_sum(a: f64, b: f64) -> Double {
    let head = a + b;
    let part = head - a;
    Double { head, tail: (a - (head - part)) + (b - part) }
}

/// Exact product (Dekker 1971), for factors far from overflow.
fn two_product(a: f64, b: f64) -> Double {
    let split = |x: f64| {
        let scaled = 134_217_729.0 * x;
        let high = scaled - (scaled - x);
        (high, x - high)
    };
    let head = a * b;
    let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
    Double { head, tail: ((a_high * b_high - head) + a_high * b_low + a_low * b_high) + a_low * b_low }
}

impl Double {
    fn plus(self, other: Self) -> Self {
        let sum = two_sum(self.head, other.head);
        two_sum(sum.head, sum.tail + self.tail + other.tail)
    }

    fn times(self, other: Self) -> Self {
        let product = two_product(self.head, other.head);
        two_sum(product.head, product.tail + self.head * other.tail + self.tail * other.head)
    }

    fn over(self, divisor: f64) -> Self {
        let head = self.head / divisor;
        let back = two_product(head, divisor);
        two_sum(head, ((self.head - back.head) - back.tail + self.tail) / divisor)
    }
}

/// exp of a number below 0.36 in magnitude: Taylor's series of a 256th part, squared eight times.
fn exp(x: f64) -> Double {
    let part = Double { head: x / 256.0, tail: 0.0 };
    let one = Double { head: 1.0, tail: 0.0 };
    let mut sum = one;
    for divisor in (1..=8).rev() {
        sum = one.plus(sum.times(part).over(f64::from(divisor)));
    }
    for _ in 0..8 {
        sum = sum.times(sum);
    }
    sum
}

const LN_2_HEAD: f64 = 6.931_471_803_691_238e-1;
const LN_2_TAIL: f64 = 1.908_214_929_270_587_7e-10;

/// log(1 + d) for an exact small d: Mercator's series, its first two terms exact.
fn near_one(d: f64) -> f64 {
    let square = two_product(d, d);
    let sum = two_sum(d, -square.head / 2.0);
    let higher = d * square.head * (1.0 / 3.0 - d * (0.25 - d * (0.2 - d / 6.0)));
    sum.head + (sum.tail + (higher - square.tail / 2.0))
}

/// Natural logarithm; NaN for negative numbers and NaN, an infinity for 0 and infinity.
///
/// The series near 1; elsewhere one Newton step in twice the working precision from the `libm` crate's value.
pub fn ln(x: f64) -> f64 {
    if !(x > 0.0 && x < f64::INFINITY) {
        return libm::log(x);
    }
    if (x - 1.0).abs() < 1.0 / 4096.0 {
        return near_one(x - 1.0);
    }
    let (mut mantissa, mut exponent) = libm::frexp(x);
    if mantissa < std::f64::consts::FRAC_1_SQRT_2 {
        (mantissa, exponent) = (mantissa * 2.0, exponent - 1);
    }
    let guess = libm::log(mantissa);
    let back = exp(guess);
    // log m = g + log(m / e^g), and m / e^g - 1 is tiny.
    let rest = ((mantissa - back.head) - back.tail) / mantissa;
    let exponent = f64::from(exponent);
    let sum = two_sum(exponent * LN_2_HEAD, guess);
    sum.head + (sum.tail + (rest + exponent * LN_2_TAIL))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounded from 60 digits computed by mpmath 1.4.
    #[test]
    fn logarithms_are_rounded_correctly() {
        for (x, expected) in [
            (0x4000_0000_0000_0000, 0x3fe6_2e42_fefa_39ef),
            (0x3fe0_0000_0000_0000, 0xbfe6_2e42_fefa_39ef),
            (0x3d71_9799_812d_ea11, 0xc03b_a18a_998f_ffa0),
            (0x4008_0000_0000_0000, 0x3ff1_93ea_7aad_030b),
            (0x0000_0000_0000_0001, 0xc087_4385_446d_71c3),
            (0x7fef_ffff_ffff_ffff, 0x4086_2e42_fefa_39ef),
            (0x3ff0_0000_0000_0001, 0x3caf_ffff_ffff_ffff),
            (0x3fef_ffff_ffff_ffff, 0xbca0_0000_0000_0000),
            (0x3fe6_a09e_667f_3bcc, 0xbfd6_2e42_fefa_39f1),
            (0x3fe6_a09e_667f_3bcd, 0xbfd6_2e42_fefa_39ee),
            (0x3fc6_816e_8e7d_70cb, 0xbffb_cff0_6d54_7a1c),
            (0x3fd0_d081_9e47_dadd, 0xbff5_62e3_8db2_5a57),
            (0x3fd0_687a_988e_3264, 0xbff5_c717_d3fa_71f6),
            (0x3fe6_837a_1c24_82bd, 0xbfd6_80e5_23e3_7685),
            (0x3fb9_5869_d3ac_a124, 0xc002_802a_c571_08ed),
            (0x3fea_7dec_9ab0_781f, 0xbfc8_2dc8_87be_a798),
            (0x3fd8_92b9_1b99_1898, 0xbfee_a19f_30ae_5f48),
            (0x4003_8d21_ed8a_b980, 0x3fec_985f_6a3f_2976),
            (0x4004_d3ea_e695_6a00, 0x3fee_9e7e_1915_76cc),
            (0x4010_1880_40f4_517b, 0x3ff6_46b0_909b_d3f9),
            (0x4001_3c06_7596_eb87, 0x3fe8_8f1d_7b8c_c62d),
            (0x3fee_58e5_d05e_2bcb, 0xbfab_26b8_1af4_0260),
            (0x4002_e6c1_93c0_54cb, 0x3feb_836e_aef9_f79f),
            (0x4012_0679_1ae3_3ec7, 0x3ff8_1673_68b6_9b1c),
            (0x3fea_0ae0_537c_a97f, 0xbfca_5e6c_f8d5_5110),
            (0x3fdb_122c_45b3_7df6, 0xbfeb_8890_8849_e66d),
            (0x3fd0_6100_6601_f1c0, 0xbff5_ce64_13ab_13d5),
            (0x3fe2_e8ad_18ee_422e, 0xbfe0_d5d7_54cc_bca3),
            (0x3fe3_5632_daae_658f, 0xbfe0_1e8f_227f_b965),
            (0x3fe4_b30f_9aec_1d69, 0xbfdb_e156_1d13_9892),
            (0x3fed_29d4_db20_e002, 0xbfb7_c322_5966_4454),
            (0x3fc3_39f4_3144_9aa0, 0xbffe_54fa_a5b0_af1f),
            (0x3fd7_c4ce_84b4_3038, 0xbfef_b242_a168_7cbe),
            (0x3fd2_3739_7a78_0a02, 0xbff4_1b06_971d_0f20),
            (0x3f91_2f50_7792_b720, 0xc010_598b_413e_bfcb),
            (0x3fc7_3d28_cfb7_6b18, 0xbffb_4c9a_fc78_9acd),
            (0x3fd9_4240_025b_eaf8, 0xbfed_c02c_e18c_d19f),
            (0x3fd9_2c00_af3f_2fec, 0xbfed_dc68_a5c3_a3d6),
            (0x3fe3_bc3c_3df8_3c6b, 0xbfde_eed5_90ce_5be2),
            (0x3fdc_f1ef_4f98_d590, 0xbfe9_6437_bbf4_87cc),
        ] {
            assert_eq!(ln(f64::from_bits(x)).to_bits(), expected, "{x:#x}");
        }
    }

    #[test]
    fn the_edges_are_infinite_or_nan() {
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
        assert!(ln(0.0) == f64::NEG_INFINITY && ln(f64::INFINITY) == f64::INFINITY);
        assert_eq!(ln(1.0).to_bits(), 0.0_f64.to_bits());
    }
}
