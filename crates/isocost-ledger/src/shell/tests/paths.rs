use crate::shell::{normalise, owner};

#[test]
fn equal_paths_are_written_alike() {
    for (typed, normal) in [
        ("./outputs/E0122", "outputs/E0122"),
        ("outputs//E0122/", "outputs/E0122"),
        ("././a", "a"),
        ("/", "/"),
        ("//a", "/a"),
        (".", "."),
        ("./", "."),
        ("../a", "../a"),
        ("a/./b", "a/./b"),
        ("", ""),
    ] {
        assert_eq!(normalise(typed), normal, "{typed}");
    }
}

#[test]
fn the_owner_is_the_first_id_that_stands_free() {
    for (path, id) in [
        ("runs/E0801_x/y.json", Some("E0801")),
        ("outputs/E0161A-smoke/x", Some("E0161A")),
        ("runs/E0400b_x", Some("E0400b")),
        ("scripts/e0801_x.sh", None),
        ("runs/E08012/x", None),
        ("runs/xE0801/x", None),
        ("runs/_E0801/x", None),
        ("runs/E08xx/x", None),
        ("E0801", Some("E0801")),
        ("runs/E0801é", None),
        ("runs/E0160P/E0161", Some("E0160P")),
        ("runs/REAL_AVE_OFFICIAL_20260201-124535", None),
    ] {
        assert_eq!(owner(path).as_deref(), id, "{path}");
    }
}
