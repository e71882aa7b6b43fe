use super::*;

#[test]
fn the_quick_self_test_holds_and_the_naive_protocol_does_not() {
    let found = selftest(&SelftestPlan { effort: Effort::Quick, ..SelftestPlan::default() }).unwrap();
    for row in &found.rows {
        let vouched = row.expectation == Expectation::MustHold;
        assert!(row.holds || !vouched, "{} in {}: {:?}", row.method, row.world, row.false_claims);
    }
    assert!(found.holds);
    let naive = found.rows.iter().find(|row| row.method.starts_with("quick, full")).unwrap();
    assert!(naive.false_claims.share > 0.3 && !naive.holds, "{:?}", naive.false_claims);
    assert!(found.rows.iter().filter_map(|row| row.power).all(|power| power.rate.share > 0.1));
}

#[test]
fn the_same_seed_gives_the_same_result_at_any_number_of_threads() {
    let plan = SelftestPlan { worlds: Some(2), seed: 5, ..SelftestPlan::default() };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| selftest(&plan).unwrap())
    };
    assert_eq!(with(1), with(3));
}
