use isocost_study_budget::anchors::shift_scores;
use isocost_study_signals::audio::{
    BasicAudio, Strides, Waveform, energy, energy_change, stride_max_pool, strongest_stride,
};
use isocost_study_signals::decode::wav_pcm16;
use isocost_study_signals::scores::{ANY_SHIFT, LATER_SHIFT, best_shift};
use isocost_study_signals::visual::{Distance, FeatureTable, clip_change};
use serde_json::Value;

use crate::golden::{bytes, floats, lines, table};

const SECONDS: usize = 10;

fn clips() -> impl Iterator<Item = (Waveform, Value)> {
    lines("audio.jsonl").into_iter().filter_map(|case| {
        let wave = wav_pcm16(&bytes(case["in"].as_str().unwrap())?).unwrap();
        Some((wave, case["out"].clone()))
    })
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

#[test]
fn golden_energies_are_the_references_to_the_last_bit() {
    for (wave, wanted) in clips() {
        let energies = energy(&wave, SECONDS).unwrap();
        assert_eq!(bits(&energies), bits(&floats(&wanted["energy"])));
        assert_eq!(bits(&energy_change(&energies)), bits(&floats(&wanted["delta"])));
        let dense = Strides::default().energies(&wave).unwrap();
        assert_eq!(bits(&dense), bits(&floats(&wanted["stride_0.2_0.4"])));
        let strongest = strongest_stride(&wave, SECONDS, Strides::default()).unwrap();
        assert_eq!(bits(&strongest), bits(&floats(&wanted["stride_max"])));
    }
}

#[test]
fn golden_audio_features_are_the_references() {
    for (wave, wanted) in clips() {
        let features = BasicAudio::new(wave.rate()).features(&wave, SECONDS).unwrap();
        let (wanted, width) = table(&wanted["basic"]);
        assert_eq!((features.rows(), features.width()), (SECONDS, width));
        for (at, (found, wanted)) in features.values().iter().zip(&wanted).enumerate() {
            assert!(
                (found - wanted).abs() <= 1e-5 * wanted.abs(),
                "feature {}: {found}, not {wanted}",
                at % width
            );
        }
    }
}

#[test]
fn golden_changes_of_clip_features_are_the_references() {
    for case in lines("clipdiff.jsonl") {
        let (values, width) = table(&case["in"]);
        let features = FeatureTable::new(values, width).unwrap();
        for (name, distance) in [("cosine", Distance::Cosine), ("l2", Distance::Euclidean)] {
            let found = clip_change(&features, distance);
            let wanted = floats(&case["out"][name]);
            assert_eq!(found.len(), wanted.len());
            for (found, wanted) in found.iter().zip(&wanted) {
                assert!(
                    (found - wanted).abs() <= 1e-6 * wanted.abs().max(1.0),
                    "{name}: {found}, not {wanted}"
                );
            }
        }
    }
}

#[test]
fn golden_best_shifts_are_the_references() {
    for (line, case) in lines("best_shift.jsonl").iter().enumerate() {
        let (moved, fixed) = (floats(&case["in"][0]), floats(&case["in"][1]));
        for (name, shifts) in [("sym", ANY_SHIFT), ("pos", LATER_SHIFT)] {
            let found = best_shift(&moved, &fixed, shifts).unwrap();
            assert_eq!(Some(found), case["out"][name].as_i64(), "line {line}, {name}");
        }
    }
}

#[test]
fn golden_pooled_scores_are_the_references_to_the_last_bit() {
    let strides = Strides { stride: 0.2, window: 0.6 };
    for case in lines("confidence_utils.jsonl") {
        let scores = floats(&case["in"]);
        let found = stride_max_pool(&scores, strides).unwrap();
        assert_eq!(bits(&found), bits(&floats(&case["out"]["stride_pool"])), "{case}");
    }
}

#[test]
fn golden_a_delayed_score_lags_by_its_delay() {
    let scores = [0.0, 0.0, 1.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0];
    assert_eq!(best_shift(&scores, &shift_scores(&scores, 1), ANY_SHIFT), Ok(1));
}
