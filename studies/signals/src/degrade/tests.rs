use isocost_stats::generators::numpy::Generator;
use proptest::prelude::*;

use super::{Condition, Draws, Grid, noised, shifted, silenced};
use crate::audio::{SampleRate, Strides, Waveform};
use crate::scores::CheapMethod;

fn ramp() -> Waveform {
    let samples = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8].to_vec();
    Waveform::new(samples, SampleRate::new(4).unwrap()).unwrap()
}

/// `listen_qa` section 17; NumPy 2.4.
#[test]
fn golden_spoiled_ramps_are_the_references() {
    assert_eq!(shifted(&ramp(), 0.5).unwrap().samples(), [0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
    assert_eq!(shifted(&ramp(), -0.5).unwrap().samples(), [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.0, 0.0]);
    let mut draws = Generator::new(5);
    let noisy = noised(&ramp(), 10.0, &mut draws).unwrap();
    let wanted = [
        -0.028_058_2,
        -0.011_483_2,
        0.260_339_9,
        0.467_139_7,
        0.681_412_1,
        0.617_518_7,
        0.611_749_3,
        0.674_680_7,
    ];
    for (found, wanted) in noisy.samples().iter().zip(wanted) {
        assert!((found - wanted).abs() < 1e-6, "{found}, not {wanted}");
    }
    let silent = silenced(&ramp(), 0.5, &mut draws).unwrap();
    assert_eq!(silent.samples(), [0.0, 0.0, 0.0, 0.0, 0.5, 0.6, 0.7, 0.8]);
}

#[test]
fn golden_spoiled_scores_are_the_references() {
    let base = [0.05, 0.1, 0.2, 0.9, 0.95, 0.6, 0.2, 0.1, 0.05, 0.02];
    let cases = [
        (
            (0.5, 10.0, 0.5),
            [0.0, 0.003_143, 0.0, 0.561_176, 0.738_035, 0.0, 0.0, 0.055_884, 0.258_064, 0.157_67],
        ),
        (
            (-0.5, 20.0, 0.0),
            [0.0545, 0.18933, 0.960_943, 1.0, 0.59495, 0.206_193, 0.054_658, 0.060_472, 0.115_432, 0.0],
        ),
        (
            (0.0, 0.0, 0.0),
            [0.0, 0.379_485, 0.662_219, 0.003_744, 0.675_229, 0.0, 0.984_951, 0.211_684, 0.0, 0.33376],
        ),
    ];
    for ((shift_s, snr_db, silence), wanted) in cases {
        let condition = Condition { shift_s, snr_db, silence };
        let mut draws = Generator::new(u64::try_from(condition.seed(Grid::Suite)).unwrap());
        let found = condition.apply_to_scores(&base, &mut draws).unwrap();
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-6, "{condition:?}: {found}, not {wanted}");
        }
    }
}

#[test]
fn golden_the_grid_has_eighteen_conditions_with_the_references_seeds() {
    let grid = Condition::grid();
    let seeds: Vec<i64> = grid.iter().map(|condition| condition.seed(Grid::Suite)).collect();
    assert_eq!((seeds.len(), seeds.first(), seeds.last()), (18, Some(&10_700), Some(&11_550)));
    assert_eq!(grid[0].seed(Grid::Toy), 1_700);
}

/// The toy: a 0.2 s pulse at 1 s of 4 s, found if its start lies within half a second of the loudest window's middle. Each
/// condition counts three times there.
#[test]
fn golden_the_toy_finds_its_pulse_in_33_of_54_rows() {
    let rate = 16_000_u32;
    let pulse = |sample: u32| {
        let time = f64::from(sample) / f64::from(rate);
        let loud = if (1.0..1.2).contains(&time) { 0.9 } else { 0.0 };
        crate::numeric::narrow(loud * (2.0 * std::f64::consts::PI * 440.0 * time).sin())
    };
    let wave = Waveform::new((0..4 * rate).map(pulse).collect(), SampleRate::SPEECH).unwrap();
    let hits = Condition::grid().into_iter().filter(|condition| {
        let mut draws = Draws::shared(*condition, Grid::Toy).unwrap();
        let scores = Strides::default().energies(&draws.apply(*condition, "toy", &wave).unwrap()).unwrap();
        let best = isocost_study_budget::anchors::local_maxima(&scores, 1, 1).unwrap();
        let centre = Strides::default().centre(best[0]);
        (centre - 0.5..=centre + 0.5).contains(&1.0)
    });
    assert_eq!(3 * hits.count(), 33);
}

#[test]
fn streams_per_clip_do_not_depend_on_the_clips_before() {
    let condition = Condition { shift_s: 0.5, snr_db: 10.0, silence: 0.5 };
    let mut alone = Draws::per_clip(condition, Grid::Suite).unwrap();
    let mut after = alone.clone();
    after.apply(condition, "first", &ramp()).unwrap();
    assert_eq!(alone.apply(condition, "second", &ramp()), after.apply(condition, "second", &ramp()));
    assert_ne!(after.apply(condition, "first", &ramp()), after.apply(condition, "second", &ramp()));
    let mut shared = Draws::shared(condition, Grid::Suite).unwrap();
    let mut skipped = shared.clone();
    shared.apply(condition, "first", &ramp()).unwrap();
    assert_ne!(shared.apply(condition, "second", &ramp()), skipped.apply(condition, "second", &ramp()));
}

#[test]
fn settings_out_of_range_are_refused_by_name() {
    let mut draws = Generator::new(0);
    let says = |error: crate::SignalError, word: &str| assert!(error.to_string().contains(word), "{error}");
    says(shifted(&ramp(), f64::NAN).unwrap_err(), "shift");
    says(noised(&ramp(), f64::INFINITY, &mut draws).unwrap_err(), "signal-to-noise");
    says(silenced(&ramp(), f64::NAN, &mut draws).unwrap_err(), "silence");
    let early = Condition { shift_s: -50.0, snr_db: 0.0, silence: 0.0 };
    says(Draws::shared(early, Grid::Suite).unwrap_err(), "seed");
}

#[test]
fn sound_without_a_sample_stays_so() {
    let empty = Waveform::new(Vec::new(), SampleRate::SPEECH).unwrap();
    let condition = Condition { shift_s: 0.5, snr_db: 10.0, silence: 0.5 };
    assert_eq!(condition.apply(&empty, &mut Generator::new(0)).unwrap(), empty);
}

proptest! {
    #[test]
    fn spoiled_sound_keeps_its_length_and_is_scored(
        samples in prop::collection::vec(-1.0_f32..1.0, 1..200),
        shift_s in -3.0..3.0_f64, snr_db in -20.0..40.0_f64, silence in -0.5..1.5_f64,
    ) {
        let wave = Waveform::new(samples, SampleRate::new(50).unwrap()).unwrap();
        let condition = Condition { shift_s, snr_db, silence };
        let spoiled = condition.apply(&wave, &mut Generator::new(1)).unwrap();
        prop_assert_eq!(spoiled.samples().len(), wave.samples().len());
        let clip = crate::scores::ClipSignals { seconds: 3, sound: Some(&spoiled), ..Default::default() };
        let scores = CheapMethod::Energy.score(&clip).unwrap();
        prop_assert!(scores.len() == 3 && scores.iter().all(|score| score.is_finite()));
    }
}
