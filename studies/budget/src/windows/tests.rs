use proptest::prelude::*;

use super::*;

fn config(name: &str, fps: f64, resolution: u32) -> VisualConfig {
    VisualConfig { name: name.to_owned(), fps, resolution, r_keep: 1.0 }
}

fn ladder() -> Vec<VisualConfig> {
    vec![config("a", 0.5, 224), config("b", 1.0, 224), config("c", 1.0, 336), config("d", 2.0, 336)]
}

fn problem(durations: &[f64], weights: &[f64], budget: f64) -> Problem {
    let mut start = 0.0;
    let windows = durations.iter().map(|duration| {
        let window = TimeWindow::new(start, start + duration).unwrap();
        start += duration;
        window
    });
    Problem::new(windows.collect(), weights.to_vec(), ladder(), budget, 16).unwrap()
}

/// The best utility of all choices within the budget, by going through all of them.
fn best_of_all(problem: &Problem, dropping: Dropping) -> Option<f64> {
    let options: Vec<Option<usize>> = match dropping {
        Dropping::Allowed => std::iter::once(None).chain((0..problem.configs.len()).map(Some)).collect(),
        Dropping::Forbidden => (0..problem.configs.len()).map(Some).collect(),
    };
    let windows = problem.windows.len();
    let mut best: Option<f64> = None;
    for way in 0..options.len().pow(u32::try_from(windows).unwrap()) {
        let chosen: Vec<Option<usize>> = (0..windows)
            .map(|window| options[way / options.len().pow(u32::try_from(window).unwrap()) % options.len()])
            .collect();
        let cost: f64 = chosen.iter().enumerate().map(|(window, choice)| problem.cost(window, *choice)).sum();
        let worth: f64 =
            chosen.iter().enumerate().map(|(window, choice)| problem.worth(window, *choice)).sum();
        if cost <= problem.budget + 1e-6 {
            best = Some(best.map_or(worth, |best| best.max(worth)));
        }
    }
    best
}

#[test]
fn a_budget_that_cannot_be_kept_is_said_and_not_hidden() {
    let problem = problem(&[1.0, 2.0], &[0.5, 0.7], 10.0);
    assert!(!greedy(&problem, Dropping::Forbidden).ok);
    assert!(!lagrangian(&problem, Dropping::Forbidden, Search::default()).ok);
    assert!(matches!(exact(&problem, Dropping::Forbidden), Err(WindowError::Infeasible { .. })));
    let dropped = exact(&problem, Dropping::Allowed).unwrap();
    assert!(dropped.ok && dropped.allocations.iter().all(|allocation| allocation.dropped));
}

#[test]
fn bad_input_is_named() {
    let make = |weights: Vec<f64>, configs, budget| {
        Problem::new(vec![TimeWindow { start_s: 0.0, end_s: 1.0 }], weights, configs, budget, 16)
    };
    assert!(matches!(make(vec![], ladder(), 1.0), Err(WindowError::WeightCount { windows: 1, weights: 0 })));
    assert!(matches!(make(vec![f64::NAN], ladder(), 1.0), Err(WindowError::BadWeight { index: 0, .. })));
    assert!(matches!(make(vec![1.0], vec![], 1.0), Err(WindowError::NoConfigs)));
    assert!(matches!(make(vec![1.0], ladder(), -1.0), Err(WindowError::BadBudget { .. })));
    assert!(matches!(make(vec![1.0], vec![config("z", 0.0, 224)], 1.0), Err(WindowError::BadConfig { .. })));
    assert!(matches!(make(vec![1.0], vec![config("z", 1.0, 225)], 1.0), Err(WindowError::Cost(_))));
    assert!(TimeWindow::new(2.0, 1.0).is_err());
    assert!(split_anchor_budget(10.0, 1.5).is_err());
    assert_eq!(split_anchor_budget(10.0, 0.25), Ok((7.5, 2.5)));
}

#[test]
fn three_hours_of_seconds_are_solved_exactly() {
    let seconds = 10_800;
    let weights: Vec<f64> = (0..seconds).map(|second| f64::from(second * 7919 % 10_007) / 10_007.0).collect();
    let problem = problem(&vec![1.0; weights.len()], &weights, 196.0 * f64::from(seconds));
    let best = exact(&problem, Dropping::Allowed).unwrap();
    let priced = lagrangian(&problem, Dropping::Allowed, Search::default());
    assert!(best.ok && best.utility(&problem) >= priced.utility(&problem) - 1e-9);
}

proptest! {
    #[test]
    fn the_exact_solver_finds_what_going_through_all_finds(
        windows in prop::collection::vec((0.0..3.0_f64, 0.0..1.0_f64), 1..5), budget in 0.0..4000.0_f64,
        whole in any::<bool>(),
    ) {
        let durations: Vec<f64> = windows.iter().map(|(d, _)| if whole { d.round() } else { *d }).collect();
        let weights: Vec<f64> = windows.iter().map(|(_, w)| *w).collect();
        let problem = problem(&durations, &weights, budget);
        for dropping in [Dropping::Allowed, Dropping::Forbidden] {
            match (exact(&problem, dropping), best_of_all(&problem, dropping)) {
                (Ok(report), Some(best)) => {
                    prop_assert!(report.ok);
                    prop_assert!((report.utility(&problem) - best).abs() < 1e-9, "{} {best}", report.utility(&problem));
                }
                (Err(WindowError::Infeasible { .. }), None) => {}
                (found, wanted) => prop_assert!(false, "{found:?} {wanted:?}"),
            }
        }
    }

    #[test]
    fn the_exact_solver_is_never_beaten(
        windows in prop::collection::vec((0.1..3.0_f64, 0.0..1.0_f64), 1..60), share in 0.0..1.2_f64,
    ) {
        let (durations, weights): (Vec<f64>, Vec<f64>) = windows.into_iter().unzip();
        let budget = share * 441.0 * durations.iter().sum::<f64>();
        let problem = problem(&durations, &weights, budget);
        let best = exact(&problem, Dropping::Allowed).unwrap();
        prop_assert!(best.total_cost <= budget + 1e-6);
        let others = [greedy(&problem, Dropping::Allowed), lagrangian(&problem, Dropping::Allowed, Search::default())];
        for other in others {
            prop_assert!(other.ok, "dropping keeps every budget");
            prop_assert!(other.utility(&problem) <= best.utility(&problem) + 1e-9);
        }
        prop_assert_eq!(&exact(&problem, Dropping::Allowed).unwrap(), &best);
    }
}
