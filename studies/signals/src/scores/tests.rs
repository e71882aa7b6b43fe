use super::{ANY_SHIFT, CheapMethod, ClipSignals, Fusion, best_shift, fuse};
use crate::SignalError;
use crate::audio::{SampleRate, Waveform};

#[test]
fn fusion_fills_up_with_zero_and_cuts() {
    assert_eq!(fuse(Fusion::Max, &[-1.0, 2.0], &[3.0], 2), [3.0, 2.0]);
    assert_eq!(fuse(Fusion::Product, &[2.0, 2.0, 9.0], &[3.0], 2), [6.0, 0.0]);
}

#[test]
fn a_flat_score_does_not_shift_and_ties_go_to_no_shift() {
    assert_eq!(best_shift(&[1.0; 5], &[1.0, 2.0, 3.0, 4.0, 5.0], ANY_SHIFT), Ok(0));
    assert_eq!(best_shift(&[1.0], &[2.0], ANY_SHIFT), Ok(0));
    assert_eq!(best_shift(&[1.0, 2.0], &[2.0, 1.0], &[9, -9]), Ok(-9));
    assert_eq!(best_shift(&[1.0, 2.0], &[1.0, 2.0], &[]), Ok(0));
}

#[test]
fn scores_of_different_length_or_without_value_do_not_compare() {
    assert!(best_shift(&[1.0, 2.0], &[1.0], ANY_SHIFT).is_err());
    assert!(best_shift(&[1.0, f64::NAN], &[1.0, 2.0], ANY_SHIFT).is_err());
}

fn sound() -> Waveform {
    let samples =
        [0.1, 0.9, 0.2, 0.3].into_iter().flat_map(|loud| [loud, -loud, loud, -loud, loud]).collect();
    Waveform::new(samples, SampleRate::new(5).unwrap()).unwrap()
}

#[test]
fn every_method_is_found_by_its_name_and_scores_every_second() {
    let (sound, change, speech) = (sound(), [0.0, 1.0, 0.5, 0.2], [0.0, 0.5, 1.0, 0.0]);
    let clip = ClipSignals {
        seconds: 4,
        sound: Some(&sound),
        frame_change: Some(&change),
        clip_change: Some(&change),
        speech: Some(&speech),
    };
    for method in CheapMethod::ALL {
        assert_eq!(method.name().parse(), Ok(method));
        let scores = method.score(&clip).unwrap();
        assert!(scores.len() == 4 && scores.iter().all(|score| score.is_finite()), "{method:?}: {scores:?}");
    }
    let lone = CheapMethod::NotSpeech.score(&clip).unwrap();
    assert!(lone[2] == 0.0 && lone[1] > 0.0);
    assert!("loudness".parse::<CheapMethod>().unwrap_err().to_string().contains("energy_stride_max"));
}

#[test]
fn a_missing_or_short_signal_is_named() {
    let sound = sound();
    let clip = ClipSignals { seconds: 4, sound: Some(&sound), ..ClipSignals::default() };
    let error = CheapMethod::ClipChange.score(&clip).unwrap_err();
    assert!(error.to_string().contains("`vision_clipdiff` needs cached picture features"), "{error}");
    let short = ClipSignals { clip_change: Some(&[0.0]), ..clip };
    assert!(matches!(
        CheapMethod::ClipChange.score(&short),
        Err(SignalError::Shape { found: 1, wanted: 4, .. })
    ));
    let bad = ClipSignals { clip_change: Some(&[0.0, f64::NAN, 0.0, 0.0]), ..clip };
    assert!(CheapMethod::ClipChange.score(&bad).is_err());
    assert!(CheapMethod::Energy.score(&ClipSignals { seconds: 0, ..clip }).is_err());
    assert!(CheapMethod::Energy.score(&ClipSignals { sound: None, ..clip }).is_err());
}

#[test]
fn without_frames_the_fused_score_is_that_of_the_sound() {
    let sound = sound();
    let clip = ClipSignals { seconds: 4, sound: Some(&sound), ..ClipSignals::default() };
    let fused = CheapMethod::SoundAndFrames(Fusion::Max).score(&clip).unwrap();
    assert_eq!(fused[1].to_bits(), 3.5_f64.to_bits());
    assert_eq!(CheapMethod::SoundAndFrames(Fusion::Product).score(&clip).unwrap(), [0.0; 4]);
}

#[test]
fn flat_energy_gives_way_to_the_pictures() {
    let (sound, change) = (sound(), [0.0, 0.0, 1.0, 0.5]);
    let clip =
        ClipSignals { seconds: 4, sound: Some(&sound), clip_change: Some(&change), ..ClipSignals::default() };
    let picture = CheapMethod::EitherEnergyOrClip { flat_below: 100.0 }.score(&clip).unwrap();
    assert_eq!(picture, [0.0, 0.0, 3.5, 1.75]);
    let sound = CheapMethod::EitherEnergyOrClip { flat_below: 0.0 }.score(&clip).unwrap();
    assert_eq!(sound, CheapMethod::Energy.score(&clip).unwrap());
}
