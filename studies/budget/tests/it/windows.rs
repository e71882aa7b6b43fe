use isocost_study_budget::windows::{
    Dropping, Problem, Report, Search, TimeWindow, VisualConfig, exact, greedy, lagrangian,
};
use serde_json::Value;

use crate::golden::{floats, lines, side};

fn problem(given: &Value) -> Problem {
    let window = |ends: &Value| {
        let ends = floats(ends);
        TimeWindow::new(ends[0], ends[1]).unwrap()
    };
    let config = |config: &Value| VisualConfig {
        name: config["name"].as_str().unwrap().to_owned(),
        fps: config["fps"].as_f64().unwrap(),
        resolution: side(&config["resolution"]),
        r_keep: config["r_keep"].as_f64().unwrap(),
    };
    let windows = given["windows"].as_array().unwrap().iter().map(window).collect();
    let configs = given["configs"].as_array().unwrap().iter().map(config).collect();
    let budget = given["budget"].as_f64().unwrap();
    let patch = given.get("patch_size").map_or(16, side);
    Problem::new(windows, floats(&given["weights"]), configs, budget, patch).unwrap()
}

fn check(case: &Value, name: &str, report: &Report) {
    let wanted = &case["out"][name];
    let chosen: Vec<Value> = report
        .allocations
        .iter()
        .map(|allocation| allocation.cfg.as_ref().map_or(Value::Null, |config| config.name.clone().into()))
        .collect();
    assert_eq!(wanted["choice"], Value::Array(chosen), "{name}: {case}");
    assert_eq!(wanted["ok"], report.ok, "{name}: {case}");
    let total = wanted["total_cost"].as_f64().unwrap();
    assert!(
        (total - report.total_cost).abs() <= 1e-9 * total.abs().max(1.0),
        "{name}: {total} {}",
        report.total_cost
    );
}

#[test]
fn golden_window_allocations_are_the_references() {
    for case in lines("allocators.jsonl") {
        let problem = problem(&case["in"]);
        check(&case, "greedy", &greedy(&problem, Dropping::Allowed));
        check(&case, "greedy_nodrop", &greedy(&problem, Dropping::Forbidden));
        check(&case, "lagr", &lagrangian(&problem, Dropping::Allowed, Search::default()));
        check(&case, "lagr_nodrop", &lagrangian(&problem, Dropping::Forbidden, Search::default()));
    }
}

#[test]
fn golden_window_problems_are_solved_at_least_as_well_exactly() {
    for case in lines("allocators.jsonl") {
        let problem = problem(&case["in"]);
        let best = exact(&problem, Dropping::Allowed).unwrap();
        assert!(best.ok);
        for other in
            [greedy(&problem, Dropping::Allowed), lagrangian(&problem, Dropping::Allowed, Search::default())]
        {
            assert!(!other.ok || other.utility(&problem) <= best.utility(&problem) + 1e-9, "{case}");
        }
    }
}

#[test]
fn golden_costs_and_usefulness_of_settings() {
    for case in lines("token_cost.jsonl") {
        let given = floats(&case["in"]);
        let resolution = side(&case["in"][1]);
        let config = VisualConfig { name: String::new(), fps: given[0], resolution, r_keep: given[2] };
        assert_eq!(
            config.cost(given[3], 16).unwrap().to_bits(),
            case["out"]["cost"].as_f64().unwrap().to_bits()
        );
        assert!((config.usefulness().unwrap() - case["out"]["h"].as_f64().unwrap()).abs() < 1e-14);
    }
}
