use super::{
    ClipTables, Inputs, Labels, LearnedMethod, Learner, Reading, Scorer, Teacher, accuracy_flips, loss_gains,
    nearest_resolution, preferred_resolution, train, visual_gains,
};
use crate::SignalError;
use crate::visual::FeatureTable;
use isocost_study_learn::torch::TorchRng;

const SECONDS: usize = 10;

/// Clips of two features of which the first tells the event, and the second the class.
fn clips(count: usize, seed: u64) -> (FeatureTable, Vec<usize>) {
    let mut rng = TorchRng::new(seed);
    let (mut values, mut labels) = (Vec::new(), Vec::new());
    for _ in 0..count * SECONDS {
        let label = rng.integer(0, 3);
        let noise = rng.uniform(-0.3, 0.3);
        values.extend([if label == 0 { -1.0 } else { 1.0 } + noise, label as f32 + noise]);
        labels.push(label as usize);
    }
    (FeatureTable::new(values, 2).unwrap(), labels)
}

fn events(labels: &[usize]) -> Vec<f32> {
    labels.iter().map(|label| if *label == 0 { 0.0 } else { 1.0 }).collect()
}

/// The share of pairs of one event and one other second in which the event scores higher.
fn ordered(scores: &[f64], labels: &[usize]) -> f64 {
    let (mut right, mut all) = (0_usize, 0_usize);
    for (clip, labels) in scores.chunks(SECONDS).zip(labels.chunks(SECONDS)) {
        for (score, _) in clip.iter().zip(labels).filter(|(_, label)| **label != 0) {
            for (other, _) in clip.iter().zip(labels).filter(|(_, label)| **label == 0) {
                right += usize::from(score > other);
                all += 1;
            }
        }
    }
    right as f64 / all as f64
}

fn trained(learner: Learner, reading: Reading) -> (Scorer, Vec<f64>, Vec<usize>) {
    let ((features, labels), (fresh, fresh_labels)) = (clips(60, 1), clips(20, 2));
    let targets = events(&labels);
    let recipe = learner.recipe().batch(if learner.takes_clips() { 16 } else { 64 });
    let (given, classes) =
        if reading == Reading::Logit { (Labels::Values(&targets), 1) } else { (Labels::Classes(&labels), 3) };
    let scorer = train(&recipe, &features, given, (classes, SECONDS), 0).unwrap();
    assert_eq!(scorer, train(&recipe, &features, given, (classes, SECONDS), 0).unwrap());
    let scores = scorer.scores(&fresh, reading).unwrap();
    (scorer, scores, fresh_labels)
}

#[test]
fn every_learner_ranks_events_of_new_clips_higher() {
    let learners =
        [Learner::Logistic, Learner::Mlp, Learner::Temporal, Learner::MultipleInstance, Learner::Regression];
    for learner in learners {
        let (_, scores, labels) = trained(learner, Reading::Logit);
        assert!(ordered(&scores, &labels) > 0.95, "{learner:?}: {}", ordered(&scores, &labels));
    }
    for learner in [Learner::Classes, Learner::Teacher] {
        for reading in [Reading::NotBackground, Reading::EventMargin] {
            let (_, scores, labels) = trained(learner, reading);
            assert!(ordered(&scores, &labels) > 0.95, "{learner:?}: {}", ordered(&scores, &labels));
        }
    }
}

#[test]
fn readings_of_classes_follow_the_outputs() {
    let (scorer, _, _) = trained(Learner::Classes, Reading::EventMargin);
    let (features, _) = clips(1, 3);
    let outputs = scorer.outputs(&features).unwrap();
    let sum = |class: usize| outputs.iter().map(|row| row[class]).sum::<f32>();
    let class = if sum(2) > sum(1) { 2 } else { 1 };
    let scores = |reading| scorer.scores(&features, reading).unwrap();
    for (second, row) in outputs.iter().enumerate() {
        let close = |found: f64, wanted: f32| assert!((found - f64::from(wanted)).abs() < 1e-6);
        close(scores(Reading::EventMargin)[second], row[1].max(row[2]) - row[0]);
        close(scores(Reading::ClassLogit)[second], row[class]);
        close(scores(Reading::ClassMargin)[second], row[class] - row[0]);
        let mass: f32 = row.iter().map(|logit| logit.exp()).sum();
        close(scores(Reading::NotBackground)[second], 1.0 - row[0].exp() / mass);
    }
    assert!(matches!(scorer.scores(&features, Reading::Logit), Err(SignalError::Shape { .. })));
}

#[test]
fn labels_and_shapes_that_do_not_fit_are_refused() {
    let (features, labels) = clips(2, 1);
    let targets = events(&labels);
    let (recipe, classes) = (Learner::Mlp.recipe(), Learner::Classes.recipe());
    let fails = |result: Result<Scorer, SignalError>, word: &str| {
        let error = result.unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    };
    fails(train(&recipe, &features, Labels::Values(&targets[1..]), (1, SECONDS), 0), "labels");
    fails(train(&recipe, &features, Labels::Values(&targets), (1, 7), 0), "whole clip");
    fails(train(&recipe, &features, Labels::Classes(&labels), (3, SECONDS), 0), "a number");
    fails(train(&classes, &features, Labels::Values(&targets), (3, SECONDS), 0), "a class");
    fails(train(&classes, &features, Labels::Classes(&labels), (2, SECONDS), 0), "label 2");
    fails(train(&recipe.batch(0), &features, Labels::Values(&targets), (1, SECONDS), 0), "empty");
    fails(train(&recipe.hidden(0), &features, Labels::Values(&targets), (1, SECONDS), 0), "at least 1");
    let mut bad = targets.clone();
    bad[3] = f32::NAN;
    fails(train(&recipe, &features, Labels::Values(&bad), (1, SECONDS), 0), "label 3 is NaN");
    let none = FeatureTable::new(Vec::new(), 2).unwrap();
    fails(train(&recipe, &none, Labels::Values(&[]), (1, SECONDS), 0), "empty");
    let scorer = train(&recipe.epochs(1), &features, Labels::Values(&targets), (1, SECONDS), 0).unwrap();
    let narrow = FeatureTable::new(vec![0.0; SECONDS], 1).unwrap();
    assert!(scorer.scores(&narrow, Reading::Logit).is_err());
}

#[test]
fn clips_without_any_event_train_to_finite_scores() {
    let (features, _) = clips(2, 1);
    let none = vec![0.0; 2 * SECONDS];
    for learner in [Learner::Mlp, Learner::MultipleInstance, Learner::Regression] {
        let scorer = train(&learner.recipe(), &features, Labels::Values(&none), (1, SECONDS), 0).unwrap();
        assert!(scorer.scores(&features, Reading::Logit).unwrap().iter().all(|score| score.is_finite()));
    }
}

#[test]
fn inputs_stand_side_by_side_and_what_is_missing_is_named() {
    let audio = FeatureTable::new(vec![1.0, 2.0, 3.0, 4.0], 2).unwrap();
    let pictures = FeatureTable::new(vec![1.0, 0.0, 0.0, 2.0], 2).unwrap();
    let clip = ClipTables { audio: Some(&audio), pictures: Some(&pictures), frame_change: Some(&[0.0, 0.5]) };
    let rows = |inputs: Inputs| inputs.of_clip(&clip, "test").unwrap().values().to_vec();
    assert_eq!(rows(Inputs::AudioAndChange), [1.0, 2.0, 0.0, 3.0, 4.0, 1.0]);
    assert_eq!(rows(Inputs::AudioAndFrameChange), [1.0, 2.0, 0.0, 3.0, 4.0, 0.5]);
    assert_eq!(rows(Inputs::AudioAndChangeAndFrameChange), [1.0, 2.0, 0.0, 0.0, 3.0, 4.0, 1.0, 1.0]);
    assert_eq!(rows(Inputs::AudioAndDifference), [1.0, 2.0, 0.0, 0.0, 3.0, 4.0, -1.0, 1.0]);
    assert_eq!(rows(Inputs::AudioAndPictures), [1.0, 2.0, 1.0, 0.0, 3.0, 4.0, 0.0, 1.0]);
    assert_eq!(rows(Inputs::Pictures), pictures.values());
    let deaf = ClipTables { audio: None, ..clip };
    let error = Inputs::Audio.of_clip(&deaf, "audio_basic_lr").unwrap_err();
    assert!(error.to_string().contains("`audio_basic_lr` needs features of the sound"), "{error}");
    assert!(Inputs::Audio.of_clips([clip, clip], 3, "test").is_err());
    assert_eq!(Inputs::Audio.of_clips([clip, clip], 2, "test").unwrap().rows(), 4);
    assert!(Inputs::Audio.of_clips([], 2, "test").is_err());
}

#[test]
fn methods_are_found_by_their_names() {
    for method in LearnedMethod::ALL {
        assert_eq!(method.name.parse(), Ok(method));
    }
    assert!("ast".parse::<LearnedMethod>().unwrap_err().to_string().contains("av_clipdiff_mlp"));
}

#[test]
fn resolutions_fall_back_as_the_reference_does() {
    assert_eq!(preferred_resolution(&[112, 160], 160), Some(160));
    assert_eq!(preferred_resolution(&[448, 112], 160), Some(112));
    assert_eq!(preferred_resolution(&[448, 224], 160), Some(224));
    assert_eq!(preferred_resolution(&[], 160), None);
    assert_eq!(nearest_resolution(&[208, 240], 224), Some(208));
}

#[test]
fn teachers_value_seconds_that_only_high_resolution_tells() {
    let (high, labels) = clips(40, 5);
    // At the base resolution nothing can be seen.
    let base = FeatureTable::new(vec![0.5; high.values().len()], 2).unwrap();
    let recipe = Learner::Teacher.recipe().epochs(60).batch(8);
    let near = Teacher::new(&recipe, &high, &labels, SECONDS).unwrap();
    let far = Teacher::new(&recipe, &base, &labels, SECONDS).unwrap();
    let flips = accuracy_flips((&far, &base), (&near, &high), &labels).unwrap();
    let share = |values: &[f32], event: bool| {
        let picked = values.iter().zip(&labels).filter(|(_, label)| (**label != 0) == event);
        let (sum, count) = picked.fold((0.0, 0), |(sum, count), (value, _)| (sum + value, count + 1));
        sum / count as f32
    };
    assert!(share(&flips, true) > 0.4 && share(&flips, false) == 0.0);
    let gains = loss_gains(&near, &base, &high, &labels, SECONDS).unwrap();
    assert!(share(&gains, true) > 0.3 && share(&gains, false) == 0.0);
    assert!(gains.iter().all(|gain| (0.0..=1.0).contains(gain)));
    let apart = visual_gains(&base, &high, &labels).unwrap();
    assert!(share(&apart, true) > 0.0 && share(&apart, false) == 0.0);
    assert!(loss_gains(&near, &base, &high, &labels, 0).is_err());
    assert!(visual_gains(&base, &high, &labels[1..]).is_err());
}
