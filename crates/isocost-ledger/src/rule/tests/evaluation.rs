use serde_json::{Value as Json, json};

use crate::rule::{Arg, Failure, JsonScope, Lookup, Outcome, Path, Scope, Value, eval, parse};

fn decide(rule: &str, json: &Json) -> Outcome {
    eval(&parse(rule).unwrap_or_else(|e| panic!("{rule}: {e}")), &JsonScope::single("m.json", json.clone()))
}

fn failures(outcome: Outcome) -> Vec<Failure> {
    match outcome {
        Outcome::Fails(failures) => failures,
        other => panic!("{other:?}"),
    }
}

/// A scope with two arms at three budgets; the statistics are those of the budget.
struct Arms {
    budget: Option<usize>,
}

const DELTAS: [f64; 3] = [0.03, 0.01, f64::NAN];

impl Scope for Arms {
    fn path(&self, _file: Option<&str>, _path: &Path) -> Lookup {
        Lookup::Missing("no files".to_owned())
    }

    fn call(&self, name: &str, args: &[Arg]) -> Lookup {
        let budget = self.budget.unwrap_or(0);
        match (name, args) {
            ("delta", []) => Lookup::Values(vec![Value::Number(DELTAS[budget])]),
            ("mean", [Arg::Name(arm)]) if arm == "a" => Lookup::Values(vec![Value::Number(0.73)]),
            ("mean", [Arg::Name(arm)]) if arm == "b" => Lookup::Values(vec![Value::Number(0.71)]),
            ("mean", _) => Lookup::Missing("there is no such arm".to_owned()),
            _ => Lookup::NotApplicable(format!("`{name}` is not known")),
        }
    }

    fn axis(&self, axis: &str) -> Option<Vec<String>> {
        (axis == "budget").then(|| vec!["0".to_owned(), "1".to_owned(), "2".to_owned()])
    }

    fn restrict(&self, _axis: &str, value: &str) -> Option<Box<dyn Scope + '_>> {
        Some(Box::new(Self { budget: value.parse().ok() }))
    }
}

fn arms(rule: &str) -> Outcome {
    eval(&parse(rule).unwrap_or_else(|e| panic!("{rule}: {e}")), &Arms { budget: None })
}

#[test]
fn a_failure_says_what_was_found_and_by_how_much() {
    let found = failures(decide("a.b >= 0.75", &json!({"a": {"b": 0.5}})));
    assert_eq!(found, [Failure { rule: "a.b >= 0.75".into(), found: "a.b = 0.5".into(), gap: Some(0.25) }]);
}

#[test]
fn every_neighbouring_pair_of_a_chain_must_hold() {
    let data = json!({"x": 0.5});
    assert_eq!(decide("0 <= x <= 1", &data), Outcome::Holds);
    assert_eq!(failures(decide("0 <= x <= 0.25", &data))[0].gap, Some(0.25));
}

#[test]
fn a_wildcard_must_hold_for_every_expansion() {
    let data = json!({"s": {"u": {"acc": 0.5}, "v": {"acc": 0.9}}});
    assert_eq!(decide("s[*].acc > 0.4", &data), Outcome::Holds);
    let found = failures(decide("s[*].acc > 0.6", &data));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].found, "s.u.acc = 0.5");
    assert!(matches!(decide("s[*].acc > s[*].acc", &data), Outcome::Unknown(_)), "which belong together?");
}

#[test]
fn a_path_alone_requires_a_value_that_is_not_null() {
    let data = json!({"a": null, "b": false, "c": {"d": 1}, "e": []});
    assert_eq!(decide("b", &data), Outcome::Holds);
    assert_eq!(decide("c.d", &data), Outcome::Holds);
    assert_eq!(failures(decide("a", &data))[0].found, "it is null");
    assert_eq!(failures(decide("c.x", &data))[0].found, "`c` has no `x`");
    assert_eq!(failures(decide("c.{d,x}", &data)).len(), 1);
    assert_eq!(failures(decide("e[*]", &data))[0].found, "`e` has nothing that matches `*`");
    assert_eq!(decide("exists(a)", &data), Outcome::Holds);
    assert_eq!(decide("not exists(z)", &data), Outcome::Holds);
}

#[test]
fn a_comparison_with_something_missing_is_unknown() {
    let data = json!({"a": 1});
    assert_eq!(decide("z > 0", &data), Outcome::Unknown(vec!["the document has no `z`".into()]));
    assert!(matches!(decide("a > 0 and z > 0", &data), Outcome::Unknown(_)));
    assert!(matches!(decide("a > 1 and z > 0", &data), Outcome::Fails(_)), "one failure decides");
    assert_eq!(decide("a > 0 or z > 0", &data), Outcome::Holds, "one part that holds decides");
    assert!(matches!(decide("not z > 0", &data), Outcome::Unknown(_)));
}

#[test]
fn three_valued_tables_are_those_of_kleene() {
    let unknown = || Outcome::Unknown(vec!["?".into()]);
    let fails = || Outcome::Fails(vec![]);
    assert_eq!(Outcome::all([Outcome::Holds, unknown()]), unknown());
    assert_eq!(Outcome::any([Outcome::Holds, unknown()]), Outcome::Holds);
    assert_eq!(Outcome::any([fails(), unknown()]), unknown());
    assert_eq!(Outcome::any([fails(), fails()]), fails());
    assert_eq!(Outcome::all([]), Outcome::Holds);
}

#[test]
fn equality_reads_lists_texts_and_truth_values() {
    let data = json!({"ok": true, "m": [], "r": [112, 160], "t": "grid", "n": null});
    for rule in
        ["ok=true", "m=[]", "r=[112,160]", "t = \"grid\"", "n = null", "r includes 160", "112 in r", "t != 3"]
    {
        assert_eq!(decide(rule, &data), Outcome::Holds, "{rule}");
    }
    for rule in ["ok=false", "r=[160,112]", "r includes 1,112", "t = 3", "n != null", "5 in r"] {
        assert!(matches!(decide(rule, &data), Outcome::Fails(_)), "{rule}");
    }
    assert!(matches!(decide("t > 3", &data), Outcome::Unknown(_)), "texts and numbers have no order");
    assert!(matches!(decide("t != grid", &data), Outcome::Unknown(_)), "a bare word is a path, not a text");
}

#[test]
fn functions_reduce_expansions_lists_and_arguments() {
    let data = json!({"s": {"u": {"m": 1.0}, "v": {"m": 3.0}}, "l": [1, 2, 6], "o": {"x": 1, "y": 2}});
    for rule in [
        "count(s[*].m) = 2",
        "mean(l) = 3",
        "max(s[*].m) = 3",
        "min(l) = 1",
        "sum(l) = 9",
        "len(l) = 3",
        "len(o) = 2",
        "abs(-2) = 2",
        "max(1, l) = 6",
        "argmax(s.*.m) = \"v\"",
        "argmax(o) = \"y\"",
    ] {
        assert_eq!(decide(rule, &data), Outcome::Holds, "{rule}");
    }
    assert!(matches!(decide("max(o) > 1", &data), Outcome::Unknown(_)));
    assert!(matches!(decide("argmax([1, 1]) = \"0\"", &data), Outcome::Unknown(_)));
}

#[test]
fn arithmetic_may_lose_its_last_digits_and_data_may_not() {
    // 0.3 - 0.1 is 0.19999999999999998 in binary.
    let data = json!({"a": 0.3, "b": 0.1, "c": 0.199_999_999_999_999_98});
    assert_eq!(decide("a - b >= 0.2", &data), Outcome::Holds);
    assert_eq!(decide("a - b = 0.2", &data), Outcome::Holds);
    assert!(matches!(decide("a - b > 0.2", &data), Outcome::Fails(_)));
    assert!(matches!(decide("a - b < 0.2", &data), Outcome::Fails(_)));
    assert!(matches!(decide("c >= 0.2", &data), Outcome::Fails(_)));
    assert!(matches!(decide("a / (b - b) > 1", &data), Outcome::Unknown(_)), "division by zero");
}

#[test]
fn about_means_within_five_per_cent_of_the_largest_magnitude() {
    let data = json!({"x": 1.04, "y": 1.06, "v": [0.02, 0.0, 0.99], "w": [0.2, 0.0, 0.9], "z": 0.0});
    assert_eq!(decide("x ~ 1", &data), Outcome::Holds);
    assert!(matches!(decide("y ~ 1", &data), Outcome::Fails(_)));
    assert_eq!(decide("v ~ [0, 0, 1]", &data), Outcome::Holds);
    assert!(matches!(decide("w ~ [0, 0, 1]", &data), Outcome::Fails(_)));
    assert!(matches!(decide("x ~ 0", &data), Outcome::Unknown(_)), "zero has no scale");
    assert_eq!(decide("z ~ 0", &data), Outcome::Holds);
    assert!(matches!(decide("v ~ [0, 1]", &data), Outcome::Unknown(_)));
}

#[test]
fn statistics_come_from_the_scope() {
    assert_eq!(arms("delta >= 0.03"), Outcome::Holds);
    assert_eq!(arms("mean(a) - mean(b) >= 0.02"), Outcome::Holds);
    assert!(matches!(arms("mean(c) > 0"), Outcome::Unknown(_)));
    assert!(matches!(arms("p < 0.05"), Outcome::Unknown(_)));
    let Outcome::Unknown(why) = decide("p < 0.05", &json!({"p": 0.01})) else {
        panic!("a field is no statistic")
    };
    assert!(why[0].contains("$.p"), "{why:?}");
    assert_eq!(decide("$.p < 0.05", &json!({"p": 0.01})), Outcome::Holds);
}

#[test]
fn quantifiers_count_the_values_of_an_axis() {
    assert_eq!(arms("at least 1 of 3 budgets: delta >= 0.02"), Outcome::Holds);
    assert_eq!(arms("any budget: delta >= 0.02"), Outcome::Holds);
    let found = failures(arms("all budgets: delta >= 0.02"));
    assert_eq!(found[0].found, "at budget=1: delta = 0.01");
    assert!(
        matches!(arms("at least 2 of 3 budgets: delta >= 0.02"), Outcome::Unknown(_)),
        "NaN may still hold"
    );
    let found = failures(arms("at least 3 of 3 budgets: delta >= 0.02"));
    assert_eq!(found[0].found, "it holds for 1 of 3, and 3 are needed");
    assert_eq!(found[0].gap, Some(2.0));
    assert!(
        matches!(arms("at least 1 of 6 budgets: delta >= 0.02"), Outcome::Unknown(_)),
        "three are not six"
    );
    assert!(matches!(arms("all seeds: delta >= 0.02"), Outcome::Unknown(_)), "no such axis");
}

#[test]
fn a_comparison_with_nan_is_unknown() {
    for rule in ["delta >= 0", "delta < 0", "delta = 0", "delta != 0", "delta ~ 1", "delta in [1]"] {
        let outcome = eval(&parse(rule).expect(rule), &Arms { budget: Some(2) });
        assert!(matches!(outcome, Outcome::Unknown(_)), "{rule}: {outcome:?}");
    }
}

#[test]
fn files_are_told_apart() {
    let files = [("a.json".to_owned(), json!({"x": 1})), ("b.json".to_owned(), json!({"x": 2}))];
    let scope = JsonScope::new(files.into());
    let run = |rule: &str| eval(&parse(rule).expect(rule), &scope);
    assert_eq!(run("(b.json: x) > (a.json: x)"), Outcome::Holds);
    assert_eq!(run("a.json: x = 1 and b.json: x = 2"), Outcome::Holds);
    assert!(matches!(run("x = 1"), Outcome::Unknown(_)), "which file?");
    assert!(matches!(run("exists(\"c.json\")"), Outcome::Fails(_)));
    assert_eq!(run("exists(\"a.json\")"), Outcome::Holds);
}

#[test]
fn elements_of_a_list_are_found_by_a_field() {
    let data = json!({"rows": [{"m": "u", "acc": 0.5}, {"m": "v", "acc": 0.9}, {"m": 3, "acc": 0.1}]});
    assert_eq!(decide("rows[m=u].acc = 0.5", &data), Outcome::Holds);
    assert_eq!(decide("rows[m=3].acc = 0.1", &data), Outcome::Holds);
    assert_eq!(decide("rows[1].acc = 0.9", &data), Outcome::Holds);
    assert!(matches!(decide("rows[m=w].acc", &data), Outcome::Fails(_)));
}
