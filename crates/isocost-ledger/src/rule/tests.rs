use super::*;
use serde_json::json;

fn holds(rule: &str, json: serde_json::Value) -> Outcome {
    eval(&parse(rule).unwrap(), &JsonScope::single("m.json", json))
}

#[test]
fn a_comparison_of_two_paths_is_decided() {
    let data = json!({"metrics": {"by_delta": {"0": {"ours": 0.5, "random": 0.25}}}});
    assert_eq!(
        holds(r#"metrics.by_delta["0"].ours > metrics.by_delta["0"].random"#, data.clone()),
        Outcome::Holds
    );
    let Outcome::Fails(failures) = holds("m.json: metrics.by_delta.0.ours >= 0.75", data) else { panic!() };
    assert_eq!(failures[0].gap, Some(0.25));
}
