//! Findings with their source lines.

use isocost_audit::{Finding, Location, Severity};
use isocost_ledger::model::Id;
use isocost_ledger::text::{Source, Span};
use isocost_report::diagnostics::{self, Options};
use isocost_report::text::{self, Layout, Paint};

/// A ledger with carriage returns, tabs, wide characters and a line of ten thousand characters.
pub(crate) fn ledger() -> Source {
    let row = format!("| E0002 | 本{} | Δ=+0.0202 (p=0.00149) | {} |", "x ".repeat(2500), "y".repeat(5000));
    Source::new(
        "my ledger.md",
        format!(
            "# Experiments\r\n\t- seeds: [0, 1, 2]\r\n  - command: `SEEDS=0..9 bash run.sh`\r\n{row}\r\n"
        ),
    )
}

fn at(source: &Source, needle: &str, label: &str) -> Location {
    let start = source.text().find(needle).expect("the needle");
    let span = Span::new(start, start + needle.len());
    Location { file: source.name().into(), span, place: source.place(span.start), label: label.into() }
}

pub(crate) fn findings() -> Vec<Finding> {
    let ledger = ledger();
    let mut elsewhere = at(&ledger, "# Experiments", "the claim");
    elsewhere.file = "/plans/plan.md".into();
    vec![
        Finding {
            code: "IC021",
            name: "seeds-disagree",
            severity: Severity::Warning,
            entry: Some(Id("E0001".into())),
            what: "E0001 declares seeds 0, 1, 2 but its command runs 0..9".into(),
            why: "a reader of the field counts three replicates where there are ten".into(),
            help: "make both say the same".into(),
            locations: vec![at(&ledger, "[0, 1, 2]", "declared here"), at(&ledger, "0..9", "run here")],
        },
        Finding {
            code: "IC034",
            name: "threshold-not-tested",
            severity: Severity::Error,
            entry: Some(Id("E0002".into())),
            what: "p = 0.00149 tests `≠ 0`, the claim says `≥ +0.02`".into(),
            why: "the one-sided p against +0.02 is 0.37".into(),
            help: "test against the value claimed: 100% of it, not zero".into(),
            locations: vec![
                at(&ledger, "p=0.00149", "this p"),
                elsewhere,
                at(&ledger, "Δ=+0.0202", "for this effect"),
            ],
        },
        Finding {
            code: "IC008",
            name: "numbering-gap",
            severity: Severity::Info,
            entry: None,
            what: "E0003 to E0005 do not exist".into(),
            why: String::new(),
            help: String::new(),
            locations: vec![],
        },
    ]
}

fn rendered(paint: Paint) -> String {
    let ledger = ledger();
    let sources = |name: &str| (name == ledger.name()).then_some(&ledger);
    diagnostics::render(&findings(), &sources, Options { paint, width: 90 })
}

#[test]
fn diagnostics_read_like_a_compilers() {
    insta::assert_snapshot!(rendered(Paint::Plain));
}

#[test]
fn no_line_is_much_longer_than_was_asked_for() {
    let longest = rendered(Paint::Plain).lines().map(|line| line.chars().count()).max();
    assert!(longest.is_some_and(|n| n <= 92), "{longest:?}");
}

#[test]
fn colours_are_only_where_they_are_asked_for() {
    assert!(rendered(Paint::Coloured).contains("\u{1b}[") && !rendered(Paint::Plain).contains('\u{1b}'));
}

#[test]
fn related_places_beyond_five_are_counted() {
    let ledger = ledger();
    let mut finding = findings().remove(0);
    finding.locations = vec![at(&ledger, "seeds", ""); 9];
    let text = diagnostics::render(&[finding], &|_| None, Options::default());
    assert_eq!(text.matches("my ledger.md:2:").count(), 6);
    assert!(text.contains("and 3 more places"));
}

#[test]
fn the_summary_counts_by_severity_and_by_code() {
    let mut findings = findings();
    findings.push(findings[0].clone());
    findings.push(findings[1].clone());
    findings[4].severity = Severity::Warning;
    assert_eq!(diagnostics::summary_line(&findings), "1 error, 3 warnings, 1 note in 2 documents");
    assert_eq!(diagnostics::summary_line(&[]), "no findings");
    insta::assert_snapshot!(text::findings(&findings, Layout::default()));
}
