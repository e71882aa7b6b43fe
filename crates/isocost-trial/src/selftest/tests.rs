use super::*;

#[test]
fn the_quick_self_test_holds_and_its_contrasts_fail() {
    let found = selftest(&SelftestPlan { effort: Effort::Quick, ..SelftestPlan::default() }).unwrap();
    for row in &found.rows {
        let vouched = row.expectation == Expectation::MustHold;
        assert!(row.holds || !vouched, "{} in {}: {:?}", row.method, row.world, row.false_claims);
    }
    assert!(found.holds);
    let rate = |part: &str, method: &str| {
        let row = found.rows.iter().find(|row| row.part == part && row.method.starts_with(method)).unwrap();
        row.false_claims.share
    };
    assert!(rate("naive protocol", "quick, full") > 0.3);
    assert!(rate("selection", "best on test") > 0.15);
}

#[test]
fn the_same_seed_gives_the_same_result_at_any_number_of_threads() {
    let plan = SelftestPlan { worlds: Some(3), seed: 5, ..SelftestPlan::default() };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| selftest(&plan).unwrap())
    };
    assert_eq!(with(1), with(3));
}
