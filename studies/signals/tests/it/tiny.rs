use std::sync::LazyLock;

use isocost_stats::generators::cpython::Random;
use isocost_study_budget::anchors::Selector;
use isocost_study_signals::audio::{SampleRate, Waveform};
use isocost_study_signals::recall_at_k;
use isocost_study_signals::scores::{CheapMethod, ClipSignals};
use serde_json::Value;

use crate::golden::{floats, json};
use crate::tiny_set::{Clip, clips};

pub(crate) static SET: LazyLock<[Vec<Clip>; 3]> = LazyLock::new(clips);

pub(crate) fn wave(clip: &Clip) -> Waveform {
    let samples = clip.pcm.iter().map(|sample| f32::from(*sample) / 32768.0).collect();
    Waveform::new(samples, SampleRate::SPEECH).unwrap()
}

fn scores(method: CheapMethod, clip: &Clip) -> Vec<f64> {
    method.score(&ClipSignals { seconds: 10, sound: Some(&wave(clip)), ..ClipSignals::default() }).unwrap()
}

const METHODS: [(CheapMethod, &str); 2] =
    [(CheapMethod::Energy, "energy_v1"), (CheapMethod::StrongestStride, "stride")];

#[test]
fn golden_scores_of_the_tiny_set_are_the_references_up_to_a_last_bit_that_glibc_misrounds() {
    let (mut differ, mut all) = (0, 0);
    for (method, sweep) in METHODS {
        let Some(run) = json(&format!("tiny/reference/sweep_{sweep}/base_160_224_352_topk/metrics.json"))
        else {
            continue;
        };
        for clip in &SET[1] {
            let wanted = floats(&run["debug_eval"]["anchored_top2"][&clip.id]["scores"]);
            for (found, wanted) in scores(method, clip).iter().zip(&wanted) {
                let apart = found.to_bits().abs_diff(wanted.to_bits());
                assert!(apart <= 1, "{} of {}: {found}, not {wanted}", method.name(), clip.id);
                differ += apart;
                all += 1;
            }
        }
    }
    assert!(differ * 100 <= all, "{differ} of {all} scores differ");
}

/// Mean recall over the clips with an event.
fn mean_recall(chosen: &[(Vec<usize>, Vec<usize>)], reach: usize) -> f64 {
    let shares = chosen.iter().map(|(truth, anchors)| recall_at_k(truth, anchors, reach, 10).share);
    shares.sum::<f64>() / chosen.len() as f64
}

fn close(found: f64, wanted: &Value) -> bool {
    (found - wanted.as_f64().unwrap()).abs() <= 1e-12
}

#[test]
fn golden_anchors_of_the_tiny_set_find_as_many_events_as_the_references() {
    for method in [CheapMethod::Energy, CheapMethod::StrongestStride] {
        let Some(wanted) = json(&format!("tiny/reference/anchor_{}/anchors_metrics.json", method.name()))
        else {
            continue;
        };
        let mut random = Random::new(0);
        let anchors = |clip| Selector::TopK.pick(&scores(method, clip), 2).unwrap();
        let ours: Vec<_> = SET[1].iter().map(|clip| (clip.events(), anchors(clip))).collect();
        let drawn: Vec<_> =
            SET[1].iter().map(|clip| (clip.events(), random.sample(10, 2).unwrap())).collect();
        for reach in 0..3 {
            let wanted = &wanted["metrics"]["by_delta"][reach.to_string()];
            assert!(close(mean_recall(&ours, reach), &wanted["ours_mean_recall"]), "{}", method.name());
            assert!(close(mean_recall(&drawn, reach), &wanted["random_mean_recall"]), "{}", method.name());
        }
    }
}
