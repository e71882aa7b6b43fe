use super::*;
use crate::bootstrap::Resampling;
use crate::{Alpha, Tail};

/// Two budgets, three candidates; at the second budget all tie.
fn means() -> Means {
    Means::new(3, 2, vec![0.1, 0.5, 0.4, 0.5, 0.2, 0.5]).unwrap()
}

#[test]
fn a_budget_where_all_candidates_tie_is_reported_and_not_counted_as_no_regret() {
    let found = regret(&means(), &Policy::always(0, 2)).unwrap();
    assert_eq!(found.degenerate_budgets(), [1]);
    assert_eq!(found.mean_normalised(), Some(1.0));
    assert!((found.mean_normalised_compat() - 0.5).abs() < 1e-15);
    assert_eq!(found.distinct_oracles(), [1]);
    let all_tie = Means::new(2, 1, vec![0.3, 0.3]).unwrap();
    assert_eq!(regret(&all_tie, &Policy::always(1, 1)).unwrap().mean_normalised(), None);
}

#[test]
fn the_naive_policies_choose_as_defined() {
    assert_eq!(Policy::best_at_last_budget(&means()).choices(), [0, 0], "the first of equals");
    assert_eq!(Policy::best_constant(&means()).choices(), [1, 1]);
}

#[test]
fn policies_that_do_not_fit_the_table_are_refused() {
    assert!(regret(&means(), &Policy::new(vec![0])).is_err());
    assert!(regret(&means(), &Policy::new(vec![0, 3])).is_err());
    assert!(Means::new(2, 2, vec![0.0; 3]).is_err());
    assert!(Scores::new(usize::MAX, 2, 2, vec![0.0]).is_err());
}

fn noisy() -> Scores {
    let wave = |i: usize| ((i * 37 % 101) as f64 / 101.0) - 0.5;
    let values = (0..2 * 2 * 40)
        .map(|i| {
            let (candidate, budget) = (i / 80, i / 40 % 2);
            0.3 * f64::from(u8::from(candidate == budget)) + 0.2 * wave(i)
        })
        .collect();
    Scores::new(2, 2, 40, values).unwrap()
}

#[test]
fn policies_are_compared_on_the_same_draws() {
    let resampling = Resampling { replicates: 500, seed: 3 };
    let (good, bad) = (Policy::new(vec![0, 1]), Policy::new(vec![1, 0]));
    let difference = bootstrap_difference(&noisy(), &bad, &good, resampling).unwrap();
    assert!(difference.replicates.p_against(0.0, Tail::Greater).unwrap().get() < 0.01);
    let itself = bootstrap_difference(&noisy(), &good, &good, resampling).unwrap();
    assert!(itself.replicates.ascending().iter().all(|value| *value == 0.0));
    let both = bootstrap(&noisy(), &[good, bad], resampling).unwrap();
    assert!(
        both[0].regret.replicates.interval(Alpha::FIVE_PERCENT).high
            < both[1].regret.replicates.interval(Alpha::FIVE_PERCENT).low
    );
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let resampling = Resampling { replicates: 300, seed: 9 };
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| bootstrap(&noisy(), &[Policy::always(0, 2)], resampling).unwrap())
    };
    assert_eq!(run(1), run(3));
}
