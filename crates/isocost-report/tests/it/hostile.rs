//! Any text and any numbers: nothing panics, nothing breaks out.

use isocost_audit::{Finding, Location, Severity};
use isocost_ledger::text::{Source, Span};
use isocost_report::diagnostics::{self, Options};
use isocost_report::model::{ClaimView, Interval, Report};
use isocost_report::text::{self, Layout, Paint, Width};
use isocost_report::{github, html, junit, latex, markdown, number, sarif, svg};
use proptest::prelude::*;

use crate::example;
use crate::pages::unbalanced;

/// Text in which the characters that matter to some format are common.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[<>&\"'`|*_\\\\\\[\\]#$%~^{}]",
        2 => "[\r\n\t\u{0}\u{1b}\u{85}\u{ad}\u{200b}\u{202e}\u{feff}]",
        2 => "[aΔ本é\u{301}😀]",
        1 => "\\PC{0,8}",
        1 => Just("</script>".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn report(words: &str, number: f64) -> Report {
    let mut report = example::report();
    let words = || words.to_owned();
    report.title = words();
    report.blind_spots = vec![words()];
    report.claims.push(ClaimView {
        id: words(),
        statement: words(),
        rule: words(),
        reasons: vec![words()],
        effect: Some(number),
        interval: Some(Interval { low: number, high: -number }),
        ..ClaimView::default()
    });
    let comparison = &mut report.comparisons[0];
    (comparison.left, comparison.metric, comparison.warnings) = (words(), words(), vec![words()]);
    (comparison.delta, comparison.low, comparison.right_cost) = (number, -number, Some(number));
    let look = &mut report.looks[0];
    (look.time, look.split, look.delta, look.p) = (words(), words(), Some(number), Some(number));
    let point = &mut report.pareto[0].points[0];
    (point.arm, point.cost, point.value) = (words(), number, number);
    (report.runs[0].id, report.runs[0].seconds) = (words(), Some(number));
    report.runs[0].logs[0].path = words();
    report
}

proptest! {
    #[test]
    fn any_report_is_a_balanced_page(words in nasty(), number in any::<f64>()) {
        let report = report(&words, number);
        let page = html::page(&report);
        prop_assert_eq!(unbalanced(&page), Vec::<String>::new());
        prop_assert!(!page.contains("<script") && !page.contains("NaN"));
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        let markdown = markdown::page(&report);
        for table in markdown.split("\n\n").filter(|block| block.starts_with("| ")) {
            let counts: Vec<usize> = table.lines().map(bars).collect();
            prop_assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "{}", table);
        }
        let tests = junit::document(&report.claims, &report.runs);
        prop_assert_eq!(unbalanced(&tests), Vec::<String>::new());
        let figure = svg::pareto(&report.pareto[0]);
        prop_assert!(figure.is_none_or(|figure| unbalanced(&figure).is_empty()));
    }

    #[test]
    fn any_text_stays_in_its_latex_cell(words in nasty()) {
        let claims = vec![ClaimView { id: words.clone(), statement: words, ..ClaimView::default() }];
        let table = latex::claims(&claims);
        let row = table.lines().skip_while(|line| *line != "\\midrule").nth(1).unwrap_or_default();
        prop_assert!(row.ends_with(" \\\\"), "{}", table);
        let separators = row.replace("\\&", "").matches('&').count();
        let wanted = table.lines().nth(6).map_or(0, |head| head.matches('&').count());
        prop_assert_eq!(separators, wanted, "{}", table);
    }

    #[test]
    fn any_claim_is_one_row_without_control_characters(words in nasty(), columns in 0usize..200) {
        let claims = vec![ClaimView { id: words.clone(), reasons: vec![words.clone()], ..ClaimView::default() }];
        let table = text::verdicts(&claims, Layout::default());
        prop_assert_eq!(table.lines().count(), 2);
        let table = text::verdicts(&claims, Layout { width: Width::Columns(columns), paint: Paint::Plain });
        prop_assert!(table.chars().all(|c| c == '\n' || !c.is_control()));
    }

    #[test]
    fn any_place_of_any_text_is_shown(
        words in nasty(), lines in nasty(), start in 0u32..60, length in 0u32..60, width in 0usize..120,
    ) {
        let source = Source::new("l.md", format!("{lines}{words}\n{words}{lines}"));
        let span = Span { start, end: start + length };
        let location = Location { file: "l.md".into(), span, place: source.place(start), label: words.clone() };
        let other = Location { span: Span { start: start + length, end: start + 2 * length }, ..location.clone() };
        let finding = Finding {
            code: "IC001", name: "x", severity: Severity::Error, entry: None,
            what: words.clone(), why: words.clone(), help: words, locations: vec![location.clone(), other, location],
        };
        let sources = |_: &str| Some(&source);
        let rendered = diagnostics::render(std::slice::from_ref(&finding), &sources, Options { paint: Paint::Plain, width });
        prop_assert!(rendered.starts_with("error[IC001]"));
        prop_assert!(rendered.chars().all(|c| c == '\n' || !c.is_control()));
        prop_assert_eq!(github::annotations(std::slice::from_ref(&finding)).lines().count(), 1);
        let log = sarif::document(&[finding], &[], &sources, &sarif::Tool { version: String::new() });
        prop_assert_eq!(log.runs[0].results.len(), 1);
    }

    #[test]
    fn any_number_has_a_text(value in any::<f64>(), digits in 0usize..20) {
        let texts = [
            number::significant(value, digits), number::fixed(value, digits), number::signed(value, digits),
            number::p_value(value), number::percent(value), number::duration(value), number::cost(value),
        ];
        prop_assert!(texts.iter().all(|text| !text.is_empty() && !text.contains("NaN") && !text.contains("inf")));
    }
}
