//! Logarithms to base 10 that are the same on any machine, and those of the GNU C library before 2.42, which the published results were computed with.

/// Inverse of the middle of each sixteenth of an octave, and its natural logarithm, as bits.
///
/// Tables and polynomial of `logf` in ARM's Optimized Routines (Copyright 2017-2018 Arm Limited, MIT licence), which is the GNU C library's since 2.27.
const TABLE: [(u64, u64); 16] = [
    (0x3ff6_61ec_79f8_f3be, 0xbfd5_7bf7_808c_aade),
    (0x3ff5_71ed_4aaf_883d, 0xbfd2_bef0_a7c0_6ddb),
    (0x3ff4_9539_f0f0_10b0, 0xbfd0_1eae_7f51_3a67),
    (0x3ff3_c995_b0b8_0385, 0xbfcb_31d8_a682_24e9),
    (0x3ff3_0d19_0c88_64a5, 0xbfc6_574f_0ac0_7758),
    (0x3ff2_5e22_7b0b_8ea0, 0xbfc1_aa2b_c79c_8100),
    (0x3ff1_bb4a_4a1a_343f, 0xbfba_4e76_ce8c_0e5e),
    (0x3ff1_2358_f08a_e5ba, 0xbfb1_973c_5a61_1ccc),
    (0x3ff0_953f_4199_00a7, 0xbfa2_52f4_38e1_0c1e),
    (0x3ff0_0000_0000_0000, 0x0000_0000_0000_0000),
    (0x3fee_608c_fd9a_47ac, 0x3faa_a5aa_5df2_5984),
    (0x3fec_a4b3_1f02_6aa0, 0x3fbc_5e53_aa36_2eb4),
    (0x3feb_2036_576a_fce6, 0x3fc5_26e5_7720_db08),
    (0x3fe9_c2d1_63a1_aa2d, 0x3fcb_c286_0d22_4770),
    (0x3fe8_86e6_0378_41ed, 0x3fd1_058b_c8a0_7ee1),
    (0x3fe7_67dc_f553_4862, 0x3fd4_0430_57b6_ee09),
];
const POLYNOMIAL: [f64; 3] = [
    f64::from_bits(0xbfd0_0ea3_48b8_8334),
    f64::from_bits(0x3fd5_575b_0be0_0b6a),
    f64::from_bits(0xbfdf_fffe_f20a_4123),
];

/// Natural logarithm of a positive normal number.
#[expect(clippy::cast_possible_truncation, reason = "rounding once at the end is the method")]
fn ln_f32(x: f32) -> f32 {
    let bits = x.to_bits();
    let offset = bits.wrapping_sub(0x3f33_0000);
    let exponent = offset.cast_signed() >> 23;
    let mantissa = f64::from(f32::from_bits(bits.wrapping_sub(offset & 0xff80_0000)));
    let (inverse, logarithm) = TABLE[(offset >> 19 & 15) as usize];
    let r = mantissa * f64::from_bits(inverse) - 1.0;
    let base = f64::from_bits(logarithm) + f64::from(exponent) * std::f64::consts::LN_2;
    let square = r * r;
    let tail = POLYNOMIAL[0] * square + (POLYNOMIAL[1] * r + POLYNOMIAL[2]);
    (tail * square + (base + r)) as f32
}

/// `log10f` of the GNU C library before 2.42 (fdlibm's formula), bit for bit for normal numbers; infinite or NaN where the logarithm is, subnormal numbers count as 0.
pub(crate) fn log10_f32(x: f32) -> f32 {
    if x.is_nan() || x < 0.0 {
        return f32::NAN;
    }
    if x < f32::MIN_POSITIVE {
        return f32::NEG_INFINITY;
    }
    if x == f32::INFINITY {
        return x;
    }
    let bits = x.to_bits().cast_signed();
    let exponent = (bits >> 23) - 127;
    let below_one = i32::from(exponent < 0);
    let mantissa = f32::from_bits(((bits & 0x007f_ffff) | (0x7f - below_one) << 23).cast_unsigned());
    let y = (exponent + below_one) as f32;
    let z = y * 7.903_415e-7 + std::f32::consts::LOG10_E * ln_f32(mantissa);
    z + y * 0.301_029_2
}

/// fdlibm's formula in 64 bits over a correctly rounded logarithm: within one unit in the last place of the GNU C library's, and equal for nearly all values.
pub(crate) fn log10_f64(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x < f64::MIN_POSITIVE {
        return f64::NEG_INFINITY;
    }
    if x == f64::INFINITY {
        return x;
    }
    let bits = x.to_bits().cast_signed();
    let exponent = (bits >> 52) - 1023;
    let below_one = i64::from(exponent < 0);
    let mantissa =
        f64::from_bits(((bits & 0x000f_ffff_ffff_ffff) | (0x3ff - below_one) << 52).cast_unsigned());
    let y = (exponent + below_one) as f64;
    let z =
        y * 3.694_239_077_158_931e-13 + std::f64::consts::LOG10_E * isocost_stats::logarithm::ln(mantissa);
    z + y * 0.301_029_995_663_611_77
}

#[cfg(test)]
mod tests {
    use isocost_stats::percentile::Real;
    use proptest::prelude::*;

    use super::*;

    /// Computed by `log10f` and `log10` of the GNU C library 2.36, called through Python's `ctypes`.
    #[test]
    fn logarithms_equal_those_of_the_gnu_c_library() {
        let narrow: [(u32, u32); 16] = [
            (0x46ca_af01, 0x408d_3fb9),
            (0x398c_c571, 0xc064_8c2e),
            (0x421d_6259, 0x3fcc_25b8),
            (0x3f43_36ea, 0xbdf1_1b50),
            (0x3f9a_b109, 0x3da8_7627),
            (0x4047_a2c0, 0x3efc_f536),
            (0x3b15_f75d, 0xc028_fdba),
            (0x403b_0227, 0x3eee_6dc2),
            (0x3f45_79ad, 0xbde6_dd84),
            (0x402d_6e79, 0x3edd_ab5f),
            (0x3f88_f879, 0x3cf0_fcb7),
            (0x3f66_4d1e, 0xbd3c_2f74),
            (0x3f6b_4894, 0xbd16_1cb7),
            (0x3f51_8222, 0xbdb2_4155),
            (0x3f3a_8999, 0xbe0c_c5f1),
            (0x3f63_add9, 0xbd50_8e26),
        ];
        for (x, expected) in narrow {
            assert_eq!(log10_f32(f32::from_bits(x)).to_bits(), expected, "{x:#x}");
        }
        let wide = [
            (3.0, 0.477_121_254_719_662_44),
            (0.1, -1.0),
            (7.5, 0.875_061_263_391_700_1),
            (123.456, 2.091_512_201_627_771_6),
            (1e-05, -5.0),
            (18.5, 1.267_171_728_403_013_7),
            (0.96, -0.017_728_766_960_431_602),
        ];
        for (x, expected) in wide {
            assert_eq!(log10_f64(x).to_bits(), f64::to_bits(expected), "{x}");
        }
    }

    #[test]
    fn the_edges_are_infinite_or_nan() {
        assert!(log10_f32(f32::NAN).is_nan() && log10_f64(-1.0).is_nan());
        assert!(log10_f32(0.0) == f32::NEG_INFINITY && log10_f64(f64::INFINITY) == f64::INFINITY);
        assert_eq!((log10_f32(1e-12), log10_f64(1e-12)), (-12.0, -12.0));
    }

    proptest! {
        #[test]
        fn a_logarithm_is_within_two_units_of_the_true_one(x in 1e-30_f64..1e30) {
            let narrow = f32::rounded(x);
            let found = f64::from(log10_f32(narrow));
            let exact = libm::log10(f64::from(narrow));
            prop_assert!((found - exact).abs() <= 2.5e-7 * exact.abs().max(0.05));
            prop_assert!((log10_f64(x) - libm::log10(x)).abs() <= 5e-16 * libm::log10(x).abs().max(0.3));
        }
    }
}
