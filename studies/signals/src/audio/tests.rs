use proptest::prelude::*;

use super::{
    BasicAudio, SampleRate, Strides, Waveform, energy, energy_change, stride_max_pool, strongest_stride,
};

fn wave(samples: Vec<f32>) -> Waveform {
    Waveform::new(samples, SampleRate::new(10).unwrap()).unwrap()
}

#[test]
fn silence_has_the_energy_of_the_floor() {
    assert_eq!(energy(&wave(Vec::new()), 2).unwrap(), [-27.631_021_115_928_547; 2]);
}

#[test]
fn short_sound_is_filled_up_and_long_sound_is_cut() {
    let half = wave(vec![1.0; 5]);
    // Half a second of ones: a mean square of 1/2.
    assert!((energy(&half, 1).unwrap()[0] - 0.5_f64.ln()).abs() < 1e-11);
    assert_eq!(energy(&wave(vec![1.0; 35]), 2).unwrap().len(), 2);
    assert_eq!(half.fitted(2).unwrap().samples().len(), 20);
}

#[test]
fn the_first_second_has_not_changed() {
    assert_eq!(energy_change(&[-3.0, -1.0, -4.0]), [0.0, 2.0, 3.0]);
    assert_eq!(energy_change(&[]), [0.0; 0]);
}

#[test]
fn seconds_without_a_window_take_the_least_of_the_others() {
    let strides = Strides { stride: 2.0, window: 1.0 };
    // Middles at 0.5, 2.5, 4.5: seconds 1 and 3 have none, and the third window lies outside.
    assert_eq!(strides.max_per_second(&[5.0, 7.0, 9.0], 4), [5.0, 5.0, 7.0, 5.0]);
    assert_eq!(strides.max_per_second(&[], 2), [0.0, 0.0]);
}

#[test]
fn sound_shorter_than_a_window_is_one_window() {
    let strides = Strides { stride: 1.0, window: 2.0 };
    assert_eq!(strides.energies(&wave(vec![1.0; 5])).unwrap().len(), 2);
    let scores = strides.energies(&wave(vec![1.0; 20])).unwrap();
    assert!(scores[0].abs() < 1e-11, "{scores:?}");
}

#[test]
fn a_stride_that_holds_no_sample_is_refused() {
    let error = Strides { stride: 0.01, window: 0.4 }.energies(&wave(vec![1.0; 5])).unwrap_err();
    assert_eq!(error.to_string(), "a stride of 0.01 s holds no sample at 10 Hz (use at least 0.1 s)");
    assert!(Strides { stride: 0.2, window: f64::NAN }.energies(&wave(vec![1.0; 5])).is_err());
    assert!(stride_max_pool(&[1.0, 2.0], Strides { stride: 0.0, window: 0.6 }).is_err());
    assert!(stride_max_pool(&[1.0, 2.0], Strides { stride: -0.2, window: 0.6 }).is_err());
    assert!(stride_max_pool(&[1.0, 2.0], Strides { stride: 1e-300, window: 0.6 }).is_err());
}

#[test]
fn bad_rates_and_samples_are_refused_by_name() {
    assert!(SampleRate::new(0).is_err());
    let error = Waveform::new(vec![0.0, f32::INFINITY], SampleRate::SPEECH).unwrap_err();
    assert!(error.to_string().contains("audio sample 1 is inf"), "{error}");
    let error = BasicAudio::new(SampleRate::SPEECH).features(&wave(vec![0.0]), 1).unwrap_err();
    assert!(error.to_string().contains("resample"), "{error}");
    assert!(wave(vec![0.0]).fitted(usize::MAX).is_err());
}

#[test]
fn a_tone_has_its_centroid_and_roll_off_at_its_pitch() {
    let rate = 400_u32;
    let tone = |sample: u32| {
        let turns = 50.0 * f64::from(sample) / f64::from(rate);
        crate::numeric::narrow((2.0 * std::f64::consts::PI * turns).sin())
    };
    let wave = Waveform::new((0..rate).map(tone).collect(), SampleRate::new(rate).unwrap()).unwrap();
    let features = BasicAudio::new(wave.rate()).features(&wave, 1).unwrap();
    assert!((features.values()[4] - 0.25).abs() < 1e-6 && (features.values()[5] - 0.25).abs() < 1e-6);
    // Power (rate / 2)² in the lowest band, none above.
    assert!((f64::from(features.values()[6]) - 40_000_f64.ln()).abs() < 1e-5);
    let silent = Waveform::new(Vec::new(), wave.rate()).unwrap();
    let features = BasicAudio::new(wave.rate()).features(&silent, 1).unwrap();
    assert_eq!(features.values()[3..6], [0.0, 0.0, 0.0]);
}

/// `listen_qa` section 17, with single-precision noise.
#[test]
fn golden_pooling_takes_the_neighbourhoods_peak() {
    let scores = [0.0, 1.0, 0.0, 0.0, 3.0, 2.0, 0.0, 0.0, 1.0, 0.5];
    let wanted = [1.0, 1.0, 0.2, 3.0, 3.0, 2.2, 0.4, 1.0, 1.0, 0.6];
    let found = stride_max_pool(&scores, Strides { stride: 0.2, window: 0.6 }).unwrap();
    assert!(found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-5), "{found:?}");
}

proptest! {
    #[test]
    fn pooled_scores_are_never_below_the_seconds_own(scores in prop::collection::vec(-5.0..5.0_f64, 0..30)) {
        let pooled = stride_max_pool(&scores, Strides { stride: 0.2, window: 0.6 }).unwrap();
        prop_assert_eq!(pooled.len(), scores.len());
        for (pooled, score) in pooled.iter().zip(&scores) {
            prop_assert!(*pooled >= score - 1e-4, "{} below {}", pooled, score);
        }
    }

    #[test]
    fn louder_sound_scores_higher_in_every_second(samples in prop::collection::vec(-0.5_f32..0.5, 1..60)) {
        let loud = wave(samples.iter().map(|sample| sample * 2.0).collect());
        let quiet = wave(samples);
        for score in [energy, |wave: &Waveform, seconds| strongest_stride(wave, seconds, Strides::default())] {
            let pairs = score(&quiet, 6).unwrap().into_iter().zip(score(&loud, 6).unwrap());
            for (quiet, loud) in pairs {
                prop_assert!(loud >= quiet);
            }
        }
    }
}
