use isocost_study_signals::audio::{BasicAudio, SampleRate};
use isocost_study_signals::learned::{ClipTables, Labels, LearnedMethod, train};
use isocost_study_signals::visual::FeatureTable;

use crate::golden::{floats, json};
use crate::tiny::{SET, wave};
use crate::tiny_set::{Clip, RESOLUTIONS};

fn tables(clip: &Clip, method: &LearnedMethod) -> (FeatureTable, FeatureTable) {
    let audio = BasicAudio::new(SampleRate::SPEECH).features(&wave(clip), 10).unwrap();
    let at = RESOLUTIONS.iter().position(|(resolution, _, _)| *resolution == method.resolution).unwrap();
    (audio, FeatureTable::new(clip.features[at].clone(), 32).unwrap())
}

fn inputs(clips: &[&Clip], method: &LearnedMethod) -> FeatureTable {
    let known: Vec<_> = clips.iter().map(|clip| tables(clip, method)).collect();
    let each = known.iter().map(|(audio, pictures)| ClipTables {
        audio: Some(audio),
        pictures: Some(pictures),
        frame_change: None,
    });
    method.inputs.of_clips(each, 10, method.name).unwrap()
}

fn without_mean(scores: &[f64]) -> Vec<f64> {
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    scores.iter().map(|score| score - mean).collect()
}

#[test]
fn golden_learned_scores_of_the_tiny_set_are_the_references() {
    let Some(wanted) = json("tiny/reference/sweep_clipdiff/eventness_scores.json") else { return };
    let method: LearnedMethod = wanted["eventness_method"].as_str().unwrap().parse().unwrap();
    let trained: Vec<&Clip> = SET[0].iter().collect();
    let labels: Vec<f32> = trained
        .iter()
        .flat_map(|clip| &clip.labels)
        .map(|label| if *label == 0 { 0.0 } else { 1.0 })
        .collect();
    let scorer =
        train(&method.recipe, &inputs(&trained, &method), Labels::Values(&labels), (1, 10), 0).unwrap();
    let mut worst = 0.0_f64;
    for clip in SET.iter().flatten() {
        let found = scorer.scores(&inputs(&[clip], &method), method.reading).unwrap();
        let wanted = floats(&wanted["scores"][&clip.id]);
        for (found, wanted) in without_mean(&found).iter().zip(without_mean(&wanted)) {
            worst = worst.max((found - wanted).abs());
        }
    }
    assert!(worst <= 1e-4, "scores differ by up to {worst}");
}
