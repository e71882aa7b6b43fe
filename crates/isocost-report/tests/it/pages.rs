//! HTML, Markdown, LaTeX and SVG.

use isocost_report::model::Report;
use isocost_report::{html, latex, markdown, svg};

use crate::example;

/// Void elements have no end tag.
const VOID: [&str; 3] = ["meta", "br", "hr"];

/// Names of tags that are opened and not closed in order; a small checker, independent of the writer.
pub(crate) fn unbalanced(markup: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag that ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with(['!', '?']) || tag.ends_with('/') {
            continue;
        }
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default().to_owned();
        if tag.starts_with('/') {
            if open.pop().as_deref() != Some(&name) {
                return vec![name];
            }
        } else if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    open
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let page = html::page(&example::report());
    for forbidden in
        ["<script", "<link", "src=", "url(", "@import", "onload", "href=\"javascript", "http-equiv=\"refresh"]
    {
        assert!(!page.contains(forbidden), "found {forbidden}");
    }
    assert_eq!(page.matches("http").count(), page.matches("http://www.w3.org/2000/svg").count() + 1);
}

#[test]
fn tags_are_balanced_whatever_the_ledger_says() {
    let mut report = example::report();
    report.title = example::HOSTILE.into();
    report.pareto[0].points[0].arm = example::HOSTILE.into();
    report.comparisons[0].left = example::HOSTILE.into();
    let page = html::page(&report);
    assert_eq!(unbalanced(&page), Vec::<String>::new());
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"));
}

#[test]
fn ids_are_unique_and_every_jump_has_a_target() {
    let page = html::page(&example::report());
    let after = |marker: &str| -> Vec<String> {
        page.split(marker).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
    };
    let mut ids = after(" id=\"");
    for jump in after("href=\"#") {
        assert!(ids.contains(&jump), "{jump} leads nowhere");
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn logs_are_linked_by_encoded_relative_paths() {
    let page = html::page(&example::report());
    assert!(page.contains("href=\"attempts/E0801%20full%233/stdout.log\""));
    assert!(page.contains("href=\"./javascript:alert(1)\""));
}

#[test]
fn an_empty_report_still_says_what_it_cannot_see() {
    let report = Report::default();
    for page in [html::page(&report), markdown::page(&report)] {
        assert!(page.contains("What this report cannot see"));
        assert!(!page.contains("Comparisons"));
    }
}

#[test]
fn what_the_caller_cannot_see_is_added_to_what_no_report_can() {
    let page = markdown::page(&example::report());
    let at = page.find("What this report cannot see").expect("the section");
    assert!(page[at..].contains("notebook") && page[at..].contains("val402"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let (a, b) = (example::report(), example::report());
    assert_eq!(html::page(&a), html::page(&b));
    assert_eq!(markdown::page(&a), markdown::page(&b));
}

#[test]
fn the_page_reads_like_this() {
    insta::assert_snapshot!(html::page(&example::report()));
}

#[test]
fn the_markdown_reads_like_this() {
    insta::assert_snapshot!(markdown::page(&example::report()));
}

#[test]
fn every_markdown_table_row_has_as_many_cells_as_its_head() {
    let page = markdown::page(&example::report());
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut head = None;
    for line in page.lines() {
        if line.starts_with('|') {
            assert_eq!(bars(line), *head.get_or_insert(bars(line)), "{line}");
        } else {
            head = None;
        }
    }
}

#[test]
fn the_latex_tables_read_like_this() {
    insta::assert_snapshot!(latex::claims(&example::claims()) + &latex::comparisons(&example::comparisons()));
}

#[test]
fn figures_are_balanced_xml_with_a_title_and_a_description() {
    let report = example::report();
    let comparisons: Vec<_> = report.comparisons.iter().collect();
    let looks: Vec<_> = report.looks.iter().collect();
    let figures =
        [svg::forest(&comparisons), svg::timeline(&looks, report.alpha), svg::pareto(&report.pareto[0])];
    for figure in figures {
        let figure = figure.expect("something to draw");
        assert_eq!(unbalanced(&figure), Vec::<String>::new());
        assert!(figure.contains("<title id=") && figure.contains("<desc id=") && !figure.contains("NaN"));
    }
}

#[test]
fn numbers_that_cannot_be_drawn_are_left_out() {
    let mut report = example::report();
    for point in &mut report.pareto[0].points {
        point.value = f64::NAN;
    }
    for comparison in &mut report.comparisons {
        comparison.delta = f64::INFINITY;
    }
    for look in &mut report.looks {
        (look.delta, look.p) = (Some(f64::NAN), Some(f64::NAN));
    }
    let comparisons: Vec<_> = report.comparisons.iter().collect();
    let looks: Vec<_> = report.looks.iter().collect();
    assert_eq!(
        (svg::forest(&comparisons), svg::pareto(&report.pareto[0]), svg::timeline(&[], None)),
        (None, None, None)
    );
    assert!(!svg::timeline(&looks, Some(f64::NAN)).expect("looks are drawn as ticks").contains("NaN"));
}
