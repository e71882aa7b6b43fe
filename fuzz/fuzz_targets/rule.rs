//! Any text is a rule or an error; a rule's printed form parses back to it; evaluation ends.
#![no_main]

use isocost_ledger::rule::{JsonScope, eval, parse, parse_requirement};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = parse_requirement(text);
    match parse(text) {
        Ok(rule) => {
            let printed = rule.expr.to_string();
            // A printed form may be longer or deeper than the text, and so beyond a limit.
            if let Ok(again) = parse(&printed) {
                assert_eq!(again.expr, rule.expr, "{printed}");
            }
            let json = serde_json::json!({"a": [1, 2.5, null], "b": {"c": "x", "d": true}});
            let _ = eval(&rule, &JsonScope::single("m.json", json));
        }
        Err(error) => assert!(text.get(error.span.clone()).is_some(), "{error}"),
    }
});
