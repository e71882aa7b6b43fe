//! Printing an unmodified ledger gives its source back, byte for byte; all spans lie where they may.

use isocost_ledger::model::{Entry, FieldValue, Item, Ledger};
use isocost_ledger::text::{Span, Text};
use proptest::prelude::*;

use crate::seeds::{N, Q, S, T, ledger};

fn check(text: &str) {
    let ledger = ledger(text);
    assert_eq!(ledger.print(), text);
    let mut at = 0;
    for block in &ledger.blocks {
        assert_eq!(block.span.start, at, "blocks are a partition");
        assert!(block.span.end > block.span.start);
        at = block.span.end;
    }
    assert_eq!(at as usize, text.len());
    let whole = Span::new(0, text.len());
    for section in &ledger.sections {
        inside(text, whole, section.span);
    }
    ledger.entries.iter().for_each(|entry| check_entry(text, &ledger, entry));
    for claim in &ledger.claims {
        same(text, claim.span, &claim.statement);
        inside(text, claim.span, claim.box_span);
    }
    ledger.mentions.iter().for_each(|mention| assert_eq!(&text[mention.span.range()], mention.id.0));
}

fn inside(text: &str, parent: Span, child: Span) {
    assert!(parent.contains(child), "{child:?} in {parent:?}");
    assert!(text.get(child.range()).is_some(), "{child:?} falls on character boundaries");
}

fn same(text: &str, parent: Span, part: &Text) {
    inside(text, parent, part.span);
    assert_eq!(&text[part.span.range()], part.raw);
}

fn check_entry(text: &str, ledger: &Ledger, entry: &Entry) {
    let parent = entry.span;
    inside(text, Span::new(0, text.len()), parent);
    assert!(entry.section < ledger.sections.len());
    assert_eq!(&text[entry.id_span.range()], entry.id.0);
    same(text, parent, &entry.title);
    for field in &entry.fields {
        inside(text, parent, field.span);
        match &field.value {
            FieldValue::Inline(value) => same(text, field.span, value),
            FieldValue::Nested(items) => items.iter().for_each(|item| check_item(text, field.span, item)),
            FieldValue::Fence { body, .. } => same(text, field.span, body),
        }
    }
    for command in &entry.commands {
        same(text, parent, &command.text);
    }
    for statement in entry.results.given().into_iter().flatten() {
        same(text, parent, &statement.text);
        for measurement in &statement.measurements {
            same(text, statement.text.span, &measurement.text);
        }
    }
    entry.artifacts_recorded.iter().for_each(|artifact| same(text, parent, &artifact.path));
    entry.decisions.iter().for_each(|decision| same(text, parent, &decision.text));
    if let Some(tick) = entry.statuses.closed_span {
        inside(text, parent, tick);
        assert_eq!(tick.len(), 1);
    }
}

fn check_item(text: &str, parent: Span, item: &Item) {
    inside(text, parent, item.span);
    same(text, item.span, &item.text);
    item.items.iter().for_each(|nested| check_item(text, item.span, nested));
}

#[test]
fn each_seed_is_printed_as_it_was_read() {
    [Q, T, N, S].into_iter().for_each(check);
}

#[test]
fn carriage_returns_marks_tabs_and_a_missing_newline_survive() {
    for seed in [Q, T, N, S] {
        let crlf = seed.replace('\n', "\r\n");
        check(&crlf);
        check(&format!("\u{feff}{seed}"));
        check(&seed.replace("  - ", "\t- "));
        check(seed.trim_end_matches('\n'));
        assert_eq!(ledger(&crlf).entries.len(), ledger(seed).entries.len());
        assert_eq!(ledger(&format!("\u{feff}{seed}")).entries.len(), ledger(seed).entries.len());
    }
}

#[test]
fn tabs_nest_like_spaces() {
    let tabs =
        Q.replace("\n      - ", "\n\t\t\t- ").replace("\n    - ", "\n\t\t- ").replace("\n  - ", "\n\t- ");
    let count = |text: &str| {
        ledger(text).entries.iter().map(|e| (e.fields.len(), e.commands.len())).collect::<Vec<_>>()
    };
    assert_eq!(count(&tabs), count(Q));
}

#[test]
fn a_long_line_and_many_entries_take_linear_time() {
    let line = "`|a=0.1 (E0001; Δ=+0.2) → ".repeat(400_000);
    check(&format!("- [ ] E0001: {line}\n  - results: {line}\n"));
    check(&format!("| id | status | key_metrics |\n|---|---|---|\n| E0001 | ok | {line} |\n"));
    let many: Vec<String> =
        (0..100_000).map(|n| format!("- [ ] E{:04}: t\n  - command: `x`\n\n", n % 10_000)).collect();
    let many = many.concat();
    assert_eq!(ledger(&many).entries.len(), 100_000);
    let deep: Vec<String> = (0..2_000).map(|n| format!("{}- x:\n", " ".repeat(n))).collect();
    let deep = deep.concat();
    check(&format!("- [ ] E0001: t\n{deep}"));
}

const SNIPPETS: &[&str] = &[
    "# Experiments\n",
    "## Checklist\n",
    "### Run Queue (a; b)\n",
    "- [x] E0001 (real; ppl): t — quick test402 (SEEDS=0..2)\n",
    "  - command: `A=1 bash s.sh`\n",
    "\t- command (smoke):\n",
    "    - `x | y`\n",
    "  - results: `runs/E1_20260101-000000/m.json` a=0.1 vs b=0.2 (Δ=-0.1; p≈0.5) → not promoted.\n",
    "  - seeds: [0, 1]\n",
    "\n",
    "\r\n",
    "```bash\n",
    "```\n",
    "# c\n",
    "| id | status | key_metrics | artifacts | notes |\n",
    "|---|---|---|---|---|\n",
    "| E0001 | success | a=0.1 `|` | `x` | n |\n",
    "### E0002: title\n",
    "| Field | Value |\n",
    "| --- | --- |\n",
    "| Full cmd | `a | b` |\n",
    "| Results | |\n",
    "- [ ] C0001: claim\n",
    "  - rule: `p < 0.05`\n",
    "## A. Chapter - **Must Do**\n",
    "### A1. Title\n",
    "**Command (n)**: x\n",
    "- Δ（全角）：`é\n",
    "\u{feff}",
    "1) step D1-D4\n",
    "---\n",
    "text `` ` ``` unclosed",
    "| ID | Goal/Claim | Smoke | Full |\n",
    "\"\"\"E1 batch: x\"\"\" ",
    "  - fence:\n    ```\n    b\n    ```\n",
    "…",
    "**",
    "(",
    "| E0003 | C0001: x | [x] | [ ] |\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_mixture_of_snippets_round_trips(picks in prop::collection::vec(0..SNIPPETS.len(), 0..24)) {
        let text: String = picks.into_iter().map(|pick| SNIPPETS[pick]).collect();
        check(&text);
    }

    #[test]
    fn a_damaged_seed_round_trips(
        which in 0..4usize,
        from in any::<prop::sample::Index>(),
        length in 0..4000usize,
        at in any::<prop::sample::Index>(),
        cut in 0..200usize,
        insert in "\\PC{0,3}|[`|()\\[\\]#*\n\t-]{1,4}",
    ) {
        let seed = [Q, T, N, S][which];
        let start = boundary(seed, from.index(seed.len()));
        let mut text = seed[start..boundary(seed, start + length)].to_owned();
        let place = boundary(&text, at.index(text.len() + 1));
        text.replace_range(place..boundary(&text, place + cut), &insert);
        check(&text);
    }
}

/// The character boundary at or after a byte, at most the end.
fn boundary(text: &str, byte: usize) -> usize {
    (byte..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}
