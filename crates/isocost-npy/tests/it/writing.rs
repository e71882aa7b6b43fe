//! What is written is what is read again, and has the form that `NumPy` gives it.

use isocost_npy::{Array, Compression, Data, Limits, Npz, npy_bytes, npz_bytes, parse_npy, save_npz};
use proptest::prelude::*;

use crate::bytes;

#[test]
fn an_array_is_written_byte_for_byte_as_numpy_writes_it() {
    let array = Array::vector(Data::F32(vec![0.0, 1.0, 2.0, 3.0, 4.0]));
    assert_eq!(npy_bytes(&array), bytes("version1.npy"));
}

#[test]
fn shapes_are_written_as_python_prints_tuples() {
    for (shape, printed) in [(vec![], "()"), (vec![1], "(1,)"), (vec![1, 1], "(1, 1)")] {
        let array = Array::new(shape, Data::U8(vec![7])).unwrap();
        let written = npy_bytes(&array);
        let header = String::from_utf8_lossy(&written[10..128]).into_owned();
        assert!(header.contains(&format!("'shape': {printed}, }}")), "{header}");
        assert!(written.len() == 129, "{}", written.len());
        assert_eq!(parse_npy(&written, Limits::default()).unwrap(), array);
    }
}

#[test]
fn a_saved_file_is_read_again_and_the_same_arrays_give_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (
        Array::new(vec![2, 2], Data::F64(vec![0.5, -0.0, f64::NAN, 1e300])).unwrap(),
        Array::vector(Data::Text(vec!["é".to_owned(), String::new()])),
    );
    for compression in [Compression::Stored, Compression::Deflated] {
        let path = dir.path().join("a.npz");
        save_npz(&path, &[("a", &a), ("b", &b)], compression).unwrap();
        let npz = Npz::open(&path).unwrap();
        assert_eq!(npz.names(), ["a", "b"]);
        assert_eq!(npz.array("b").unwrap(), b);
        let read = npz.array("a").unwrap().to_f64().unwrap();
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&read), bits(&a.to_f64().unwrap()));
        let again = npz_bytes(&[("a", &a), ("b", &b)], compression).unwrap();
        assert_eq!(isocost_fs::read(&path).unwrap(), again);
    }
}

fn arrays() -> impl Strategy<Value = Array> {
    let data = prop_oneof![
        proptest::collection::vec(any::<bool>(), 0..40).prop_map(Data::Bool),
        proptest::collection::vec(any::<i8>(), 0..40).prop_map(Data::I8),
        proptest::collection::vec(any::<i16>(), 0..40).prop_map(Data::I16),
        proptest::collection::vec(any::<u32>(), 0..40).prop_map(Data::U32),
        proptest::collection::vec(any::<u64>(), 0..40).prop_map(Data::U64),
        proptest::collection::vec(-1e9_f32..1e9, 0..40).prop_map(Data::F32),
        proptest::collection::vec(-1e9_f64..1e9, 0..40).prop_map(Data::F64),
        proptest::collection::vec("[a-zé€𝕊]{0,5}", 0..10).prop_map(Data::Text),
    ];
    data.prop_map(|data| {
        let shape = if data.len() % 2 == 0 { vec![data.len() / 2, 2] } else { vec![data.len()] };
        Array::new(shape, data).unwrap()
    })
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(array in arrays(), deflated in any::<bool>()) {
        let compression = if deflated { Compression::Deflated } else { Compression::Stored };
        let written = npz_bytes(&[("x", &array)], compression).unwrap();
        let npz = Npz::from_bytes("memory", written, Limits::default()).unwrap();
        prop_assert_eq!(npz.array("x").unwrap(), array);
    }
}
