//! Files that are broken, and files that are made to harm.

use isocost_npy::{Array, Compression, Data, Limits, Npz, Problem, npy_bytes, npz_bytes, parse_npy};
use proptest::prelude::*;

use crate::bytes;

/// Reads everything there is; all that counts is that it ends, within the limits.
fn read_all(bytes: Vec<u8>, limits: Limits) {
    if let Ok(npz) = Npz::from_bytes("memory", bytes, limits) {
        for name in npz.names() {
            if let Ok(array) = npz.array(name) {
                assert!(array.data().len() as u64 <= limits.max_bytes);
            }
        }
    }
}

fn headed(header: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(payload);
    bytes
}

fn refused(header: &str) -> Problem {
    parse_npy(&headed(header, &[0; 64]), Limits::of_bytes(1 << 20)).unwrap_err()
}

#[test]
fn keys_may_stand_in_any_order_with_any_blanks_and_either_quotes() {
    for header in [
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n",
        "{ \"shape\":(3 ,),'fortran_order':False ,'descr':'<f4'}",
        "{'fortran_order': True, 'shape': (3L,), 'descr': 'f4'}   \n",
    ] {
        let array = parse_npy(&headed(header, &[0; 12]), Limits::default()).unwrap();
        assert_eq!(array.data(), &Data::F32(vec![0.0; 3]), "{header}");
    }
}

#[test]
fn malformed_headers_are_named() {
    for header in [
        "",
        "{",
        "{'descr'}",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'x': 1}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3,)}",
        "{'descr': '<f4', 'fortran_order': No, 'shape': (3,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-3,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} import os",
        "{'descr': '<f4', 'fortran_order: False, 'shape': (3,)}",
    ] {
        assert!(matches!(refused(header), Problem::Header(_)), "{header}: {}", refused(header));
    }
}

#[test]
fn sizes_beyond_the_limit_the_memory_or_the_file_are_refused_before_memory_is_taken() {
    let with = |descr: &str, shape: &str| {
        refused(&format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}}}"))
    };
    assert!(matches!(with("<f8", "(18446744073709551615, 2)"), Problem::TooLarge { .. }));
    assert!(matches!(with("<f8", "(4294967296, 4294967296)"), Problem::TooLarge { .. }));
    assert!(matches!(with("<f8", "(1000000,)"), Problem::TooLarge { .. }));
    assert!(matches!(with("<U0", "(99999999999,)"), Problem::TooLarge { .. }));
    assert!(matches!(with("<U99999999999", "(9,)"), Problem::TooLarge { .. }));
    assert!(matches!(with("<f8", "(100,)"), Problem::Truncated { needed: 800, .. }));
    assert!(matches!(with("<f8", "(99999999999999999999999,)"), Problem::Header(_)));
}

#[test]
fn surrogates_and_broken_utf8_are_no_text() {
    let text = "{'descr': '<U1', 'fortran_order': False, 'shape': (1,)}";
    let found = parse_npy(&headed(text, &[0, 0xd8, 0, 0]), Limits::default());
    assert!(matches!(found, Err(Problem::Text(0))));
    let raw = "{'descr': '|S2', 'fortran_order': False, 'shape': (1,)}";
    assert!(matches!(parse_npy(&headed(raw, &[0xff, 0]), Limits::default()), Err(Problem::Text(0))));
}

#[test]
fn an_archive_that_unpacks_beyond_the_limit_is_refused() {
    let zeros = Array::vector(Data::U8(vec![0; 4 << 20]));
    let bomb = npz_bytes(&[("zeros", &zeros)], Compression::Deflated).unwrap();
    assert!(bomb.len() < 1 << 14);
    let error = Npz::from_bytes("bomb.npz", bomb.clone(), Limits::of_bytes(1 << 20)).unwrap_err();
    assert!(matches!(error.problem, Problem::TooLarge { limit: 1_048_576, .. }), "{error}");
    assert_eq!(Npz::from_bytes("bomb.npz", bomb, Limits::default()).unwrap().array("zeros").unwrap(), zeros);
}

/// The declared sizes stand in the central directory, 20 and 24 bytes behind its signature.
fn lie_about_size(mut archive: Vec<u8>, size: u32) -> Vec<u8> {
    let at = archive.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    archive[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
    archive
}

#[test]
fn a_member_that_lies_about_its_size_is_refused() {
    let array = Array::vector(Data::U8((0..200).collect()));
    for compression in [Compression::Stored, Compression::Deflated] {
        let honest = npz_bytes(&[("x", &array)], compression).unwrap();
        for size in [0, 50, 10_000, u32::MAX - 1] {
            let lied = lie_about_size(honest.clone(), size);
            let read = Npz::from_bytes("lie.npz", lied, Limits::default()).and_then(|npz| npz.array("x"));
            assert!(read.is_err(), "{size}");
        }
    }
}

#[test]
fn two_members_of_one_name_are_refused() {
    let (a, b) = (Array::vector(Data::U8(vec![1])), Array::vector(Data::U8(vec![2])));
    let archive = npz_bytes(&[("x", &a), ("x", &b)], Compression::Stored).unwrap();
    let npz = Npz::from_bytes("twice.npz", archive, Limits::default()).unwrap();
    assert!(matches!(npz.array("x").unwrap_err().problem, Problem::Duplicate));
}

#[test]
fn what_is_no_archive_is_named_and_a_missing_file_too() {
    let error = Npz::from_bytes("a.npz", b"hello".to_vec(), Limits::default()).unwrap_err();
    assert!(matches!(error.problem, Problem::NotZip(_)), "{error}");
    let error = Npz::open(std::path::Path::new("/nowhere/a.npz")).unwrap_err();
    assert!(error.to_string().contains("no such file"), "{error}");
    assert!(matches!(parse_npy(b"hello", Limits::default()), Err(Problem::NotNpy)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn truncated_archives_end_in_an_error(part in 0.0_f64..1.0, deflated in any::<bool>()) {
        let all = bytes(if deflated { "deflated.npz" } else { "stored.npz" });
        let kept = (part * all.len() as f64).floor().to_string().parse().unwrap();
        prop_assert!(Npz::from_bytes("memory", all[..kept].to_vec(), Limits::default()).is_err());
    }

    #[test]
    fn flipped_bytes_never_panic_or_break_the_limit(
        flips in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
        which in 0_usize..3,
    ) {
        let mut all = bytes(["deflated.npz", "stored.npz", "refused.npz"][which]);
        for (at, value) in flips {
            let at = at.index(all.len());
            all[at] = value;
        }
        read_all(all, Limits::of_bytes(1 << 16));
    }

    #[test]
    fn a_flipped_directory_never_panics(
        flips in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let array = Array::vector(Data::U8(vec![3; 5]));
        let mut all = npz_bytes(&[("x", &array)], Compression::Deflated).unwrap();
        for (at, value) in flips {
            let at = at.index(all.len());
            all[at] = value;
        }
        read_all(all, Limits::of_bytes(1 << 16));
    }

    #[test]
    fn a_flipped_header_never_panics_or_breaks_the_limit(
        flips in proptest::collection::vec((0_usize..128, any::<u8>()), 1..6),
    ) {
        let mut all = npy_bytes(&Array::new(vec![2, 3], Data::F32(vec![1.0; 6])).unwrap());
        for (at, value) in flips {
            all[at] = value;
        }
        if let Ok(array) = parse_npy(&all, Limits::of_bytes(1 << 10)) {
            prop_assert!(array.data().len() <= 1 << 10);
        }
    }

    #[test]
    fn any_bytes_are_an_error_or_an_array(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse_npy(&noise, Limits::of_bytes(1 << 10));
        read_all(noise, Limits::of_bytes(1 << 10));
    }
}
