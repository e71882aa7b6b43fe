//! Archives made by `tests/data/arrays.py`.

use isocost_npy::{Array, Data, Limits, Npz, Problem, parse_npy};

use crate::{bytes, data};

const ARCHIVES: [&str; 2] = ["stored.npz", "deflated.npz"];

#[test]
fn every_number_type_in_both_byte_orders_is_read() {
    for archive in ARCHIVES {
        let npz = Npz::open(&data(archive)).unwrap();
        for kind in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"] {
            for order in ["le", "be"] {
                let array = npz.array(&format!("{kind}{order}")).unwrap();
                assert_eq!(array.shape(), [2, 3]);
                assert_eq!(array.to_f64().unwrap(), [0.0, 3.0, 6.0, 9.0, 12.0, 15.0], "{kind}{order}");
                assert_eq!(array.to_f32().unwrap(), [0.0, 3.0, 6.0, 9.0, 12.0, 15.0]);
                assert_eq!(array.to_i64().unwrap(), [0, 3, 6, 9, 12, 15]);
            }
        }
        assert!(matches!(npz.array("f2be").unwrap().data(), Data::F32(_)));
    }
}

#[test]
fn fortran_order_scalars_empty_arrays_booleans_and_text_are_read() {
    for archive in ARCHIVES {
        let npz = Npz::open(&data(archive)).unwrap();
        let fortran = npz.array("fortran").unwrap();
        assert_eq!(fortran.shape(), [2, 3, 4]);
        assert_eq!(fortran.to_f64().unwrap(), (0..24).map(f64::from).collect::<Vec<_>>());
        let scalar = npz.array("scalar").unwrap();
        assert_eq!((scalar.shape(), scalar.data()), (&[] as &[usize], &Data::F64(vec![2.5])));
        assert_eq!(npz.array("empty").unwrap().shape(), [0, 7]);
        assert_eq!(npz.array("bool").unwrap().data(), &Data::Bool(vec![true, false, true]));
        assert_eq!(npz.array("text").unwrap().to_text().unwrap(), ["a", "", "Grüße", "𝕊"]);
        assert_eq!(npz.array("text_be").unwrap().to_text().unwrap(), ["a", "bc"]);
        assert_eq!(npz.array("bytes").unwrap().to_text().unwrap(), ["xy", "z"]);
    }
}

#[test]
fn the_three_versions_of_the_format_are_read() {
    for version in ["version1.npy", "version2.npy", "version3.npy"] {
        let array = parse_npy(&bytes(version), Limits::default()).unwrap();
        assert_eq!(array.data(), &Data::F32(vec![0.0, 1.0, 2.0, 3.0, 4.0]));
    }
}

#[test]
fn objects_and_types_without_a_number_are_refused_by_name() {
    let npz = Npz::open(&data("refused.npz")).unwrap();
    let objects = npz.array("objects").unwrap_err();
    assert!(matches!(objects.problem, Problem::Objects));
    assert!(objects.to_string().contains("refused.npz: objects: an array of Python objects"), "{objects}");
    for name in ["complex", "record", "date"] {
        let error = npz.array(name).unwrap_err();
        assert!(matches!(error.problem, Problem::Unsupported(_)), "{error}");
    }
    let missing = npz.array("nothing").unwrap_err().to_string();
    assert!(missing.contains("complex, date, objects, record"), "{missing}");
}

#[test]
fn conversions_say_what_they_cannot_do() {
    let text = Array::vector(Data::Text(vec!["a".to_owned()]));
    assert!(matches!(text.to_f64(), Err(Problem::Kind { found: "text", .. })));
    let numbers = Array::vector(Data::F64(vec![0.9, -1.7]));
    assert_eq!(numbers.to_i64().unwrap(), [0, -1]);
    assert!(matches!(numbers.to_text(), Err(Problem::Kind { .. })));
    for value in [f64::NAN, 1e19, f64::NEG_INFINITY] {
        let array = Array::vector(Data::F64(vec![1.0, value]));
        assert!(matches!(array.to_i64(), Err(Problem::NotInteger { index: 1, .. })));
    }
    assert!(Array::new(vec![usize::MAX, 2], Data::U8(vec![])).is_err());
}
