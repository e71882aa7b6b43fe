use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::shell::{Runnable, analyse, split_fence};

#[test]
fn deep_nesting_is_not_understood_and_overflows_nothing() {
    for (open, close) in [
        ("(", ")"),
        ("( ", " )"),
        ("$(", ")"),
        ("\"$(echo ", ")\""),
        ("${x:-", "}"),
        ("$((", "))"),
        ("((", "))"),
        ("{ ", "; }"),
        ("`", "`"),
        ("if ", "; then b; fi"),
        ("while ", "; do b; done"),
        ("for i in 1; do ", "; done"),
        ("case a in a) ", ";; esac"),
        ("f() ", ""),
        ("coproc ", ""),
        ("! ", ""),
        ("[[ ! ", " ]]"),
        ("<(a ", ")"),
        ("[[ a && ", " ]]"),
        ("m[${a[i}", ""),
        ("m[${a[i]}", "]=1"),
        ("m[_\"$(+(*((((", "))))))\"]"),
    ] {
        for depth in [12, 60, 200, 5_000] {
            for text in [
                format!("echo {}a{}", open.repeat(depth), close.repeat(depth)),
                open.repeat(depth),
                format!("{}a", open.repeat(depth)),
            ] {
                let start = Instant::now();
                let _ = analyse(&text);
                assert!(start.elapsed() < Duration::from_secs(5), "{open} × {depth}");
                let _ = split_fence(&text);
            }
        }
    }
}

#[test]
fn a_long_chain_of_tests_is_dropped_without_recursion() {
    let text = format!("[[ {} a ]]", "a && ".repeat(100_000));
    assert_eq!(analyse(&text).runnable, Runnable::Unknown);
    let text = format!("[[ {} a ]]", "! ".repeat(100_000));
    assert_eq!(analyse(&text).runnable, Runnable::Unknown);
}

#[test]
fn a_megabyte_is_read_in_seconds_and_more_is_refused() {
    let piece = "A=1 bash s.sh {a,b [x <y $z 'q' && ";
    let text = piece.repeat((1 << 20) / piece.len() - 1) + "true";
    let start = Instant::now();
    let _ = analyse(&text);
    let _ = split_fence(&text);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    let longer = "a".repeat((1 << 20) + 1);
    assert_eq!(analyse(&longer).runnable, Runnable::Unknown);
}

/// Each of these keeps the tokenizer of the shell parser busy for ever, or makes it panic, unless it is kept from it.
#[test]
fn malformed_here_documents_come_to_an_end() {
    for text in [
        "<<X$( a",
        "a<<'X'$(\t b",
        "<<<}<<X$(\\\n\t<<'X'",
        "<<'X'$(\r\n))>A=)\r\n||}\t\n",
        "\"$(cat <<X$( \"",
        "a \"<<X$( \" b",
        "echo $((1<<2))",
        "a # <<X$( \nb",
        "<<2$( a",
        "`<<X$( `",
        "${x:-<<X$( }",
        "${T\\\\\\<<<-\r \n<v\n\n/}\r",
        "\\<<<-$( a",
    ] {
        let _ = analyse(text);
    }
    assert_eq!(analyse("jq '.a<<X$( ' f.json").runnable, Runnable::Yes, "quoted");
}

#[test]
fn a_number_that_is_no_descriptor_is_not_understood() {
    assert_eq!(analyse("99999999999>x").runnable, Runnable::Unknown);
    assert_eq!(analyse("echo 99999999999 >x").runnable, Runnable::Yes);
}

#[test]
fn variables_that_double_do_not_grow_without_end() {
    use std::fmt::Write as _;
    let mut text = "A0=xxxxxxxx/y".to_owned();
    for i in 0..60 {
        let _ = write!(text, "; A{}=$A{i}$A{i}", i + 1);
    }
    text.push_str("; cat $A60");
    let a = analyse(&text);
    assert!(a.inputs.iter().all(|input| input.normalised.len() < 1 << 18));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        let _ = analyse(&text);
        let _ = split_fence(&text);
    }

    #[test]
    fn no_mixture_of_tokens_makes_it_panic(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "a", "A=1", "A=", "runs/E0801_x", "é", " ", " ", "\n", "\\", "\\\n", "'", "\"", "`", "$(", ")", "${", "}", "$A", "$", "(", "((", "))",
            "{", "&&", "||", "|", "&", ";", ";;", ">", ">>", "<", "<<X", "<<'X'", "<<<", "X", "2>&1", "#", "<ts>", "...", "*", "[", "]", "for i in",
            "do", "done", "if", "then", "fi", "case", "esac", "\r\n", "\t", "--out", "--seeds", "0..3", "date", "ls -t", "=", "\u{0}",
        ]), 0..30)
    ) {
        let text = tokens.concat();
        let a = analyse(&text);
        for segment in &a.segments {
            for word in &segment.args {
                prop_assert!(text.get(word.span.clone()).is_some(), "{:?} of {:?}", word.span, text);
            }
        }
        for path in a.outputs.iter().chain(&a.inputs) {
            prop_assert!(text.get(path.span.clone()).is_some(), "{:?} of {:?}", path.span, text);
        }
        for command in split_fence(&text) {
            prop_assert_eq!(text.get(command.span.clone()), Some(command.text.as_str()));
        }
    }
}
