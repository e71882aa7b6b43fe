use proptest::prelude::*;

use super::*;
use crate::model::{Id, Ledger};
use crate::parse::parse;
use crate::text::{Source, Span};

const LEDGER: &str = "\
## Claims
- [ ] C0001: c
## Checklist
- [ ] E0001: a
  - command: `x`
  - seeds: []

* [x] E0002: b
\t* results: old
- [ ] E0003: bare

## Results
| id | status | key_metrics | artifacts | notes |
|---|---|---|---|---|
| E0002 | failed | | `x` | n |

end
";

fn ledger(text: &str) -> Ledger {
    parse(Source::new("l.md", text))
}

fn change(id: &str, tick: Tick, results: Option<&str>, metrics: Option<&str>) -> EntryChange {
    EntryChange {
        id: Id(id.to_owned()),
        tick,
        results: results.map(str::to_owned),
        row: metrics.map(|metrics| ResultRow {
            status: Some("success".to_owned()),
            key_metrics: Some(metrics.to_owned()),
            ..ResultRow::default()
        }),
    }
}

fn write(text: &str, changes: &[EntryChange]) -> String {
    let ledger = ledger(text);
    apply(&ledger.source, &plan_edits(&ledger, changes)).unwrap()
}

#[test]
fn a_box_is_one_byte() {
    let text =
        write(LEDGER, &[change("E0001", Tick::Tick, None, None), change("E0002", Tick::Untick, None, None)]);
    assert_eq!(text, LEDGER.replace("[ ] E0001", "[x] E0001").replace("[x] E0002", "[ ] E0002"));
}

#[test]
fn results_are_set_where_they_are_or_after_the_last_field() {
    let text = write(
        LEDGER,
        &[
            change("E0001", Tick::Keep, Some("a=1\n b"), None),
            change("E0002", Tick::Keep, Some("new"), None),
            change("E0003", Tick::Keep, Some("z"), None),
        ],
    );
    let expected = LEDGER
        .replace("  - seeds: []\n", "  - seeds: []\n  - results: a=1  b\n")
        .replace("results: old", "results: new")
        .replace("E0003: bare\n", "E0003: bare\n  - results: z\n");
    assert_eq!(text, expected);
}

#[test]
fn a_row_is_changed_cell_by_cell_or_appended() {
    let text = write(
        LEDGER,
        &[
            change("E0002", Tick::Keep, None, Some("a|b `c|d` `e")),
            change("E0001", Tick::Keep, None, Some("Δ=+0.1")),
            change("E0003", Tick::Keep, None, Some("")),
        ],
    );
    let expected = LEDGER.replace(
        "| E0002 | failed | | `x` | n |\n",
        "\
| E0002 | success | a\\|b `c\\|d` 'e | `x` | n |
| E0001 | success | Δ=+0.1 |  |  |
| E0003 | success |  |  |  |
",
    );
    assert_eq!(text, expected);
}

#[test]
fn nested_results_and_missing_newlines_are_replaced() {
    let nested = "- [ ] E0001: a\r\n  - results (full):\r\n    - x\r\n    - y\r\n  - seeds: []\r\n";
    let text = write(nested, &[change("E0001", Tick::Keep, Some("v"), None)]);
    assert_eq!(text, "- [ ] E0001: a\r\n  - results (full): v\r\n  - seeds: []\r\n");
    assert_eq!(
        write("- [ ] E0001: a", &[change("E0001", Tick::Keep, Some("v"), None)]),
        "- [ ] E0001: a\n  - results: v"
    );
    let crlf = "- [ ] E0001: a\r\n  - seeds: []";
    assert_eq!(
        write(crlf, &[change("E0001", Tick::Tick, Some("v"), None)]),
        "- [x] E0001: a\r\n  - seeds: []\r\n  - results: v"
    );
}

#[test]
fn nothing_is_created_without_a_results_table() {
    let text = "- [ ] E0001: a\n";
    assert_eq!(write(text, &[change("E0001", Tick::Keep, None, Some("m"))]), text);
    assert_eq!(write(text, &[change("E0009", Tick::Tick, Some("m"), None)]), text);
}

#[test]
fn a_claims_box_is_set() {
    let ledger = ledger(LEDGER);
    let edits = plan_claims(&ledger, &[ClaimChange { id: Id("C0001".into()), tick: Tick::Tick }]);
    assert_eq!(apply(&ledger.source, &edits).unwrap(), LEDGER.replace("[ ] C0001", "[x] C0001"));
}

#[test]
fn overlapping_and_foreign_edits_are_refused() {
    let source = Source::new("l.md", "aΔb\n");
    let edit = |start, end| Edit { span: Span { start, end }, replacement: "x".to_owned() };
    assert!(matches!(apply(&source, &[edit(0, 3), edit(1, 4)]), Err(EditError::Overlap { line: 1, .. })));
    assert!(matches!(apply(&source, &[edit(2, 3)]), Err(EditError::Outside { .. })));
    assert!(matches!(apply(&source, &[edit(0, 99)]), Err(EditError::Outside { .. })));
    assert_eq!(apply(&source, &[edit(3, 3), edit(0, 1)]).unwrap(), "xΔxb\n");
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zΔ=0-9|`\\\\ (),.:→*#\n-]{0,24}", "\\PC{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn writing_twice_changes_nothing_and_other_entries_stay(
        which in 1..4u32, tick in 0..3u8, results in prop::option::of(value()),
        metrics in prop::option::of(value()), notes in prop::option::of(value()), crlf in any::<bool>(), cut in any::<bool>(),
    ) {
        let mut text = if crlf { LEDGER.replace('\n', "\r\n") } else { LEDGER.to_owned() };
        if cut { text = text.trim_end().trim_end_matches("end").trim_end().to_owned(); }
        let change = EntryChange {
            id: Id(format!("E000{which}")),
            tick: [Tick::Keep, Tick::Tick, Tick::Untick][usize::from(tick)],
            results,
            row: (metrics.is_some() || notes.is_some()).then(|| ResultRow {
                status: Some("success".to_owned()), key_metrics: metrics, artifacts: None, notes,
            }),
        };
        let once = write(&text, std::slice::from_ref(&change));
        let twice = write(&once, std::slice::from_ref(&change));
        prop_assert_eq!(&once, &twice);
        let (before, after) = (ledger(&text), ledger(&once));
        for entry in before.entries.iter().filter(|entry| entry.id != change.id) {
            let same = after.entries.iter().find(|other| other.id == entry.id && other.role == entry.role).unwrap();
            prop_assert_eq!(before.source.slice(entry.span).trim_end(), after.source.slice(same.span).trim_end());
        }
    }
}
