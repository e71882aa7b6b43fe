use proptest::prelude::*;

use crate::rule::{
    Argument, ArithOp, CompareOp, Existence, Expr, JsonScope, Number, Path, Quantifier, Step, eval, parse,
    parse_requirement,
};

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,5}",
        "[a-z]{1,3}-[a-z0-9]{1,3}",
        "[0-9]{1,3}",
        Just("and".to_owned()),
        Just("p".to_owned()),
        Just("Δx".to_owned()),
        Just("mean".to_owned()),
        "[ -~]{1,6}",
        "\\PC{1,4}",
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => key().prop_map(Step::Key),
        1 => any::<u16>().prop_map(|n| Step::Index(usize::from(n))),
        1 => Just(Step::Every),
        1 => prop::collection::vec(key(), 1..3).prop_map(Step::Each),
        1 => (key(), key()).prop_map(|(key, value)| Step::Where { key, value }),
    ]
}

fn path() -> impl Strategy<Value = Path> {
    prop::collection::vec(step(), 0..4).prop_map(|steps| Path { steps })
}

fn number() -> impl Strategy<Value = Expr> {
    prop_oneof!["[+-]?[0-9]{1,3}(\\.[0-9]{1,3})?", "[0-9]e-[0-9]", "[0-9]{1,2}%", "[0-9]\\.[0-9]pp"].prop_map(
        |text| {
            let unit = if text.ends_with(['%', 'p']) { 100.0 } else { 1.0 };
            let digits: f64 = text.trim_end_matches(['%', 'p']).parse().expect("a number");
            Expr::Number(Number { text, value: digits / unit })
        },
    )
}

fn value() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        number(),
        path().prop_map(Expr::Path),
        any::<bool>().prop_map(Expr::Bool),
        Just(Expr::Null),
        "\\PC{0,5}".prop_map(Expr::Text),
        Just(Expr::Call { name: "p".to_owned(), args: Vec::new() }),
        (path(), path()).prop_map(|(a, b)| Expr::Call {
            name: "delta".to_owned(),
            args: vec![
                Argument { name: None, value: Expr::Path(a) },
                Argument { name: Some("metric".to_owned()), value: Expr::Path(b) },
            ],
        }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let product = prop_oneof![Just(ArithOp::Multiply), Just(ArithOp::Divide)];
        let sum = prop_oneof![Just(ArithOp::Add), Just(ArithOp::Subtract)];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Expr::List),
            inner.clone().prop_map(|x| Expr::Negate(Box::new(x))),
            (inner.clone(), prop::collection::vec((sum, inner.clone()), 1..3))
                .prop_map(|(first, rest)| Expr::Arith { first: Box::new(first), rest }),
            (inner.clone(), prop::collection::vec((product, inner.clone()), 1..3))
                .prop_map(|(first, rest)| Expr::Arith { first: Box::new(first), rest }),
            inner.clone().prop_map(|value| Expr::Call {
                name: "max".to_owned(),
                args: vec![Argument { name: None, value }]
            }),
            inner.prop_map(|body| Expr::InFile {
                file: "E0801@smoke/m.json".to_owned(),
                body: Box::new(body)
            }),
        ]
    })
}

fn condition() -> impl Strategy<Value = Expr> {
    let op = prop_oneof![
        Just(CompareOp::Equal),
        Just(CompareOp::NotEqual),
        Just(CompareOp::Greater),
        Just(CompareOp::GreaterOrEqual),
        Just(CompareOp::Less),
        Just(CompareOp::LessOrEqual),
        Just(CompareOp::About),
    ];
    let leaf = prop_oneof![
        path().prop_map(Expr::Path),
        path().prop_map(|path| Expr::Exists(Existence::Path(path))),
        "\\PC{0,5}".prop_map(|file| Expr::Exists(Existence::File(file))),
        (value(), prop::collection::vec((op, value()), 1..3))
            .prop_map(|(first, rest)| Expr::Compare { first: Box::new(first), rest }),
        (value(), value()).prop_map(|(item, list)| Expr::In { item: Box::new(item), list: Box::new(list) }),
        (value(), value())
            .prop_map(|(list, items)| Expr::Includes { list: Box::new(list), items: Box::new(items) }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let quantifier = prop_oneof![
            Just(Quantifier::All),
            Just(Quantifier::Any),
            (0_u32..9, prop::option::of(0_u32..9)).prop_map(|(count, of)| Quantifier::AtLeast { count, of }),
        ];
        prop_oneof![
            inner.clone().prop_map(|x| Expr::Not(Box::new(x))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::Or),
            (quantifier, inner.clone()).prop_map(|(quantifier, body)| Expr::For {
                quantifier,
                axis: "budget".to_owned(),
                body: Box::new(body)
            }),
            inner.prop_map(|body| Expr::InFile { file: "my file".to_owned(), body: Box::new(body) }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_printed_form_parses_back_to_the_same_expression(expr in condition()) {
        let text = expr.to_string();
        // A difference of two bare names that a bare statistic equals is refused as a definition.
        match parse(&text) {
            Ok(rule) => prop_assert_eq!(rule.expr, expr, "{}", text),
            Err(error) => prop_assert!(error.message.contains("defines a statistic"), "{}: {} at {:?}", text, error, error.span),
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,60}") {
        let _ = parse(&text);
        let _ = parse_requirement(&text);
    }

    #[test]
    fn no_mixture_of_tokens_makes_it_panic(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "a", "p", "Δ", "Δ0", "0.5", "(", ")", "[", "]", "{", "}", ",", ".", "*", "-", "+", "/", ">=", "≥", "=", "~", "and", "or", "not",
            "in", "includes", "all", "at", "least", "4/6", "budgets", ":", "m.json", "\"", "'", "`", "$", " ", "is", "null", "report", "if", ";",
        ]), 0..24)
    ) {
        let text = tokens.concat();
        if let Ok(rule) = parse(&text) {
            let printed = rule.expr.to_string();
            let again = parse(&printed).map(|rule| rule.expr);
            prop_assert_eq!(again.as_ref(), Ok(&rule.expr), "{} printed as {}", text, printed);
            let _ = eval(&rule, &JsonScope::single("m.json", serde_json::json!({"a": [1, 2]})));
        }
        let _ = parse_requirement(&text);
    }

    #[test]
    fn error_spans_lie_on_character_boundaries(text in "[aΔp(){}≥é.\\[\\]\"=<, -]{0,30}") {
        if let Err(error) = parse(&text) {
            prop_assert!(text.get(error.span.clone()).is_some(), "{:?} of {:?}", error.span, text);
        }
    }
}
