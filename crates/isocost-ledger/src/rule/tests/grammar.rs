use crate::rule::{Alone, Expr, Path, STATISTICS, Step, parse};

fn shown(text: &str) -> String {
    parse(text).unwrap_or_else(|e| panic!("{text}: {e} at {:?}", e.span)).expr.to_string()
}

/// Every form is read as the canonical text beside it.
#[test]
fn forms_are_read_as_their_canonical_text() {
    let cases = [
        ("delta(a, b) >= 0.02 and p < 0.05", "delta(a, b) >= 0.02 and p < 0.05"),
        ("Δ>=+0.02", "delta >= +0.02"),
        ("Δ≥+0.02 and p<0.05", "delta >= +0.02 and p < 0.05"),
        ("ΔIoU_union(a-b) > 0", "delta(a, b, metric=IoU_union) > 0"),
        ("ΔIoU_union(orig-omega_perm) > 0", "delta(orig, omega_perm, metric=IoU_union) > 0"),
        ("Δ(a - b) > 0", "delta(a, b) > 0"),
        ("p(anchored vs uniform) < 0.05", "p(anchored, uniform) < 0.05"),
        ("Holm<0.05", "p_holm < 0.05"),
        ("0 <= x <= 1", "0 <= x <= 1"),
        ("x ≠ 3", "x != 3"),
        ("x = 3", "x == 3"),
        ("x ≈ 0.5", "x ~ 0.5"),
        ("x <= 5%", "x <= 5%"),
        ("delta >= 2.22pp", "delta >= 2.22pp"),
        ("x >= -1.4e-05", "x >= -1.4e-05"),
        ("a - b >= 0", "a - b >= 0"),
        ("a-b >= 0", "a-b >= 0"),
        ("a -b >= 0", "a - b >= 0"),
        ("-(a + b) * 2 < 1", "-(a + b) * 2 < 1"),
        ("a / b > 0.5", "a / b > 0.5"),
        ("x not null", "x"),
        ("x is not null", "x"),
        ("not x", "not x"),
        ("x in [1, \"two\", [3]]", "x in [1, \"two\", [3]]"),
        ("x not in [1]", "not x in [1]"),
        ("tau_grid includes 0.3,0.5,0.7", "tau_grid includes [0.3, 0.5, 0.7]"),
        ("exists(a.b)", "exists(a.b)"),
        ("exists('metrics.json')", "exists(\"metrics.json\")"),
        ("metrics.json: a.b > 0", "metrics.json: a.b > 0"),
        ("E0801/metrics.json: a > 0", "E0801/metrics.json: a > 0"),
        ("E0801@smoke/metrics.json: a > 0", "E0801@smoke/metrics.json: a > 0"),
        ("\"my file.json\": a", "\"my file.json\": a"),
        ("(a.json: x) > (b.json: x)", "(a.json: x) > (b.json: x)"),
        ("all budgets: p < 0.05", "all budget: p < 0.05"),
        ("any seed: x > 0", "any seed: x > 0"),
        ("at least 4 of 6 budgets: x > 0", "at least 4 of 6 budget: x > 0"),
        ("≥4/6 budgets: x > 0", "at least 4 of 6 budget: x > 0"),
        (
            "ΔIoU_union>0 and Holm<0.05 at ≥4/6 budgets",
            "at least 4 of 6 budget: delta(metric=IoU_union) > 0 and p_holm < 0.05",
        ),
        ("x > 0 for at least one config", "at least 1 config: x > 0"),
        ("x in all and y", "x in all and y"),
        ("summary.{a,b}.mean", "summary.{a,b}.mean"),
        ("summary[*].{acc,invalid_rate}", "summary[*].{acc,invalid_rate}"),
        ("summary.*.mean", "summary[*].mean"),
        ("*.mean > 0", "*.mean > 0"),
        ("{a,b}.x", "{a,b}.x"),
        ("summary[\"macro_f1@0.5\"].mean", "summary[\"macro_f1@0.5\"].mean"),
        ("by_delta[\"0\"].x", "by_delta.0.x"),
        ("rows[0].x", "rows[0].x"),
        ("rows[method=uniform].acc > 0.5", "rows[method=\"uniform\"].acc > 0.5"),
        ("$.p < 0.05", "$.p < 0.05"),
        ("$[\"and\"] > 1", "$.and > 1"),
        ("delta.x > 1", "delta.x > 1"),
        ("count(rows[*]) = 18", "count(rows[*]) == 18"),
        ("abs(mean(a) - mean(b)) ~ 0.1", "abs(mean(a) - mean(b)) ~ 0.1"),
        ("argmax(summary.*.mean) = \"a\"", "argmax(summary[*].mean) == \"a\""),
        ("a or b and not c", "a or b and not c"),
        ("(a or b) and c", "(a or b) and c"),
        ("cost_ratio(a, b) <= 1.01", "cost_ratio(a, b) <= 1.01"),
        ("SEEDS>=3", "n_seeds >= 3"),
    ];
    for (text, canonical) in cases {
        assert_eq!(shown(text), canonical, "{text}");
        assert_eq!(shown(canonical), canonical, "the canonical text of {text} is stable");
    }
}

/// What has no single meaning, or none at all, is an error with its place.
#[test]
fn errors_say_where() {
    let cases = [
        ("Δ0 >= 0.2", 0..3, "tolerance"),
        ("0.02", 0..4, "a value, not a condition"),
        ("a - b", 0..5, "a value, not a condition"),
        ("a > (b and c)", 4..13, "a condition, not a value"),
        ("a, b", 1..2, "did not expect `,`"),
        ("a > 0 && b", 6..7, "did not expect `&`"),
        ("summary.*.mean/std > 0", 0..18, "can mean a quotient"),
        ("Δ = a - b", 0..10, "defines a statistic"),
        ("foo(a) > 1", 0..3, "no function `foo`"),
        ("delta(a + b) > 1", 0..12, "takes names of arms"),
        ("x > 0.02x", 4..9, "neither a number nor a name"),
        ("x > 0..2", 4..5, "ranges are not values"),
        ("x-0.5 > 1", 0..3, "belongs to the name"),
        ("", 0..0, "ends where a value should follow"),
        ("x >", 3..3, "ends where a value should follow"),
        ("x > 1 vs both baselines", 6..8, "did not expect `vs`"),
        ("(x > 1", 6..6, "expected `)`"),
        ("x = \"open", 4..9, "does not end"),
        ("x > 1e999", 4..9, "too large"),
        ("x and and y", 6..9, "the word `and`"),
        ("x => 1", 2..3, "did not expect `=`"),
        ("a..b", 1..2, "must follow the dot"),
        ("a[b", 3..3, "expected `]`"),
    ];
    for (text, span, message) in cases {
        let error = parse(text).expect_err(text);
        assert!(error.message.contains(message), "{text}: {}", error.message);
        assert_eq!(error.span, span, "{text}: {}", error.message);
    }
}

#[test]
fn a_bare_statistic_is_a_call_and_a_longer_path_is_not() {
    for name in STATISTICS.iter().filter(|s| s.alone == Alone::Statistic).map(|s| &s.name) {
        let rule = parse(&format!("{name} > 0")).expect(name);
        let Expr::Compare { first, .. } = rule.expr else { panic!("{name}") };
        assert_eq!(*first, Expr::Call { name: (*name).to_owned(), args: Vec::new() });
    }
    let steps = vec![Step::Key("p".to_owned()), Step::Key("q".to_owned())];
    assert_eq!(parse("p.q").expect("a path").expr, Expr::Path(Path { steps }));
}

#[test]
fn numbers_keep_the_text_they_were_typed_with() {
    let rule = parse("x >= +0.0200").expect("a rule");
    let Expr::Compare { rest, .. } = rule.expr else { panic!("a comparison") };
    let Some((_, Expr::Number(number))) = rest.into_iter().next() else { panic!("a number") };
    assert_eq!((number.text.as_str(), number.value), ("+0.0200", 0.02));
}

#[test]
fn deep_nesting_is_an_error_and_not_an_overflow() {
    for (open, close) in
        [("(", ")"), ("not ", ""), ("-", ""), ("[", "]"), ("abs(", ")"), ("a.json: ", ""), ("all x: ", "")]
    {
        let deep = format!("{}x{} > 1", open.repeat(5_000), close.repeat(5_000));
        let error = parse(&deep).expect_err(open);
        assert!(
            error.message.contains("nested") || error.message.contains("not a"),
            "{open}: {}",
            error.message
        );
    }
    let allowed = format!("{}x{} > 1", "(".repeat(100), ")".repeat(100));
    assert!(parse(&allowed).is_ok());
}

#[test]
fn flat_rules_may_be_as_long_as_the_limit() {
    let flat = format!("x > 0{}", " and x > 0".repeat(6_000));
    assert!(parse(&flat).is_ok());
    let sum = format!("x{} > 0", " + x".repeat(15_000));
    assert!(parse(&sum).is_ok());
    assert!(parse(&" ".repeat(70_000)).expect_err("too long").message.contains("bytes"));
}

#[test]
fn rules_are_serialised_as_their_text() {
    let rule = parse(" delta >= +0.02 ").expect("a rule");
    let json = serde_json::to_string(&rule).expect("json");
    assert_eq!(json, "\"delta >= +0.02\"");
    assert_eq!(serde_json::from_str::<crate::rule::Rule>(&json).expect("a rule"), rule);
    assert!(serde_json::from_str::<crate::rule::Rule>("\"delta >\"").is_err());
}
