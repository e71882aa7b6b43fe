use serde_json::Value;

use super::{Distance, FRAME_SIDE, FeatureTable, Gray, clip_change, frame_change, luma};
use crate::SignalError;

/// Written by `tests/data/resize.py`.
fn pillow() -> Value {
    serde_json::from_str(include_str!("../../tests/data/resize.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    value.as_array().unwrap().iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect()
}

fn side(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[test]
fn grey_and_smaller_pictures_equal_pillows_to_the_last_bit() {
    for case in pillow()["resize"].as_array().unwrap() {
        let (width, height, to) = (side(&case["width"]), side(&case["height"]), side(&case["to"]));
        let gray = Gray::from_rgb(width, height, &bytes(&case["rgb"])).unwrap();
        assert_eq!(gray.pixels(), bytes(&case["gray"]), "{width}×{height}");
        assert_eq!(gray.resized(to, to).unwrap().pixels(), bytes(&case["small"]), "{width}×{height}");
    }
}

#[test]
fn changes_of_frames_are_those_of_numpy_to_the_last_bit() {
    let given = pillow();
    let gray =
        |pixels: &Value| Gray::new(side(&given["width"]), side(&given["height"]), bytes(pixels)).unwrap();
    let frames: Vec<Gray> = given["frames"].as_array().unwrap().iter().map(gray).collect();
    let wanted: Vec<f64> =
        given["frame_change"].as_array().unwrap().iter().map(|change| change.as_f64().unwrap()).collect();
    assert_eq!(frame_change(&frames, FRAME_SIDE).unwrap(), wanted);
}

#[test]
fn a_still_picture_does_not_change_and_no_frame_gives_no_score() {
    let frame = Gray::new(3, 2, vec![10, 200, 30, 40, 50, 60]).unwrap();
    assert_eq!(frame_change(&[frame.clone(), frame], FRAME_SIDE).unwrap(), [0.0, 0.0]);
    assert_eq!(frame_change(&[], FRAME_SIDE).unwrap(), [0.0; 0]);
}

#[test]
fn white_stays_white_and_black_black() {
    assert_eq!((luma(255, 255, 255), luma(0, 0, 0)), (255, 0));
}

#[test]
fn pictures_of_a_wrong_size_are_refused() {
    assert!(matches!(Gray::new(2, 2, vec![0; 3]), Err(SignalError::Shape { found: 3, wanted: 4, .. })));
    assert!(Gray::new(0, 2, Vec::new()).is_err());
    assert!(Gray::from_rgb(1, 1, &[1, 2]).is_err());
    assert!(Gray::new(1, 1, vec![0]).unwrap().resized(0, 1).is_err());
}

#[test]
fn tables_refuse_rows_that_do_not_fill_and_numbers_that_are_none() {
    assert!(FeatureTable::new(vec![1.0; 5], 2).is_err());
    assert!(FeatureTable::new(Vec::new(), 0).is_err());
    let error = FeatureTable::new(vec![0.0, f32::NAN], 1).unwrap_err();
    assert!(error.to_string().starts_with("feature 1 is NaN"), "{error}");
}

#[test]
fn one_row_has_not_changed_and_rows_of_zeros_are_at_distance_one() {
    let one = FeatureTable::new(vec![3.0, 4.0], 2).unwrap();
    assert_eq!(clip_change(&one, Distance::Cosine), [0.0]);
    let zero = FeatureTable::new(vec![3.0, 4.0, 0.0, 0.0, 3.0, 4.0], 2).unwrap();
    assert_eq!(clip_change(&zero, Distance::Cosine), [0.0, 1.0, 1.0]);
    assert_eq!(clip_change(&zero, Distance::Euclidean), [0.0, 5.0, 5.0]);
}

#[test]
fn tables_side_by_side_need_equally_many_rows() {
    let left = FeatureTable::new(vec![1.0, 2.0, 3.0, 4.0], 2).unwrap();
    let right = FeatureTable::column(vec![5.0, 6.0]).unwrap();
    assert_eq!(left.beside(&right).unwrap().values(), [1.0, 2.0, 5.0, 3.0, 4.0, 6.0]);
    assert!(left.beside(&FeatureTable::column(vec![5.0]).unwrap()).is_err());
}
