//! Writing back changes only the bytes that are ours, whatever the file looks like.

use crate::fixture::Project;

/// A ledger as an editor might have saved it.
struct Saved {
    indent: &'static str,
    line_end: &'static str,
    before: &'static str,
    last_line_ends: bool,
}

const PLAIN: Saved = Saved { indent: "  ", line_end: "\n", before: "", last_line_ends: true };

impl Saved {
    fn ledger(&self) -> String {
        let indent = self.indent;
        let text = format!(
            "# Ledger  \n\nTräiling blanks, a tab\there, and | a pipe.   \n\n## Checklist\n### Run Queue (Main)\n\
             - [ ] E0001: First – größer\n{indent}- command: `echo '{{\"acc\": 0.75}}' > \"$ISOCOST_OUT/metrics.json\"`\n\
             {indent}- required_metrics:\n{indent}{indent}- `metrics.json`: `acc`\n{indent}- owner: somebody\n\n\
             -   [ ] not an entry\n\n\
             - [ ] E0002: Second\n{indent}- command: `true`\n{indent}- results:\n{indent}- note: kept\n\n\
             - [ ] E0003: Fails\n{indent}- command: `exit 9`\n\n## Results\n\
             | id | status | key_metrics | artifacts | notes |\n| --- | --- | --- | --- | --- |"
        );
        let text = if self.last_line_ends { text + "\n" } else { text };
        format!("{}{}", self.before, text.replace('\n', self.line_end))
    }
}

/// What is left when everything that isocost owns is taken out again.
fn without_ours(text: &str, line_end: &str) -> String {
    let mut rest = text.replace("- [x] E000", "- [ ] E000");
    for row in ["| E0001 |", "| E0002 |", "| E0003 |"] {
        let start =
            rest.find(&format!("{line_end}{row}")).unwrap_or_else(|| panic!("no row {row} in {text}"));
        let after = start + line_end.len();
        let end = rest[after..].find(line_end).map_or(rest.len(), |at| after + at);
        rest.replace_range(start..end, "");
    }
    let mut kept = Vec::new();
    for line in rest.split(line_end) {
        if line.trim_start() == "- results:" || !line.contains("- results:") {
            kept.push(line.to_owned());
        } else if line.contains("/E0002/") {
            // This field was there, without a value.
            kept.push(line.split("- results:").next().unwrap().to_owned() + "- results:");
        }
    }
    kept.join(line_end)
}

fn only_our_bytes_change(saved: &Saved) -> String {
    let project = Project::new();
    let before = saved.ledger();
    project.write("experiments.md", &before);
    project.isocost(&["run", "--keep-going"]).exits(4);
    let dry = project.isocost(&["write-back", "--dry-run"]).exits(0);
    assert!(dry.stdout.contains("+| E0001 | success |"), "{}", dry.stdout);
    assert_eq!(project.read("experiments.md"), before, "a dry run changed the file");

    project.isocost(&["write-back"]).exits(0);
    let after = project.read("experiments.md");
    assert_eq!(without_ours(&after, saved.line_end), before);
    assert!(
        after.contains("- [x] E0001") && after.contains("- [x] E0002") && after.contains("- [ ] E0003"),
        "{after}"
    );
    assert!(after.contains("acc=0.75"), "{after}");
    if saved.line_end == "\r\n" {
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "line ends are mixed");
    }
    assert!(!after.trim_start_matches('\u{feff}').contains('\u{feff}'));

    project.isocost(&["write-back"]).exits(0).says("0 places changed");
    assert_eq!(project.read("experiments.md"), after);
    assert_eq!(project.isocost(&["write-back", "--dry-run"]).exits(0).stdout, "");
    after
}

#[test]
fn in_a_plain_ledger_only_our_bytes_change() {
    only_our_bytes_change(&PLAIN);
}

#[test]
fn windows_line_ends_stay_windows_line_ends() {
    only_our_bytes_change(&Saved { line_end: "\r\n", ..PLAIN });
}

#[test]
fn tabs_stay_tabs_and_our_own_lines_use_them() {
    let after = only_our_bytes_change(&Saved { indent: "\t", ..PLAIN });
    assert!(after.contains("\n\t- results: "), "{after}");
}

#[test]
fn a_byte_order_mark_stays_where_it_is() {
    let after = only_our_bytes_change(&Saved { before: "\u{feff}", ..PLAIN });
    assert!(after.starts_with('\u{feff}'));
}

#[test]
fn a_missing_last_line_end_stays_missing() {
    let after = only_our_bytes_change(&Saved { last_line_ends: false, ..PLAIN });
    assert!(!after.ends_with('\n'));
}

#[test]
fn all_of_it_at_once_is_no_harder() {
    only_our_bytes_change(&Saved {
        indent: "\t",
        line_end: "\r\n",
        before: "\u{feff}",
        last_line_ends: false,
    });
}

#[test]
fn a_run_may_write_back_when_it_ends() {
    let project = Project::with_queue("- [ ] E0001: One\n  - command: `true`\n");
    project.isocost(&["run", "--write-back"]).exits(0);
    assert!(project.read("experiments.md").contains("- [x] E0001"));
    let again = project.isocost(&["write-back", "--json"]).exits(0).json();
    assert_eq!((&again["changed"], &again["diff"]), (&false.into(), &"".into()));
}

#[test]
fn nothing_on_record_writes_nothing_back() {
    let project = Project::with_queue("- [ ] E0001: One\n  - command: `true`\n");
    let before = project.files();
    project.isocost(&["write-back"]).exits(0).says("0 places changed");
    assert_eq!(project.files(), before);
}

#[test]
fn standard_input_cannot_be_written_back() {
    let project = Project::with_queue("- [ ] E0001: One\n  - command: `true`\n");
    project.isocost(&["run"]).exits(0);
    let ledger = project.read("experiments.md");
    project.isocost_reading(&["write-back", "-", "--store", ".isocost"], ledger.as_bytes()).exits(2);
    project.isocost_reading(&["run", "-", "--write-back"], ledger.as_bytes()).exits(2);
    assert!(!project.path("-").exists());
    // To see what would change needs no file.
    let dry = ["write-back", "-", "--store", ".isocost", "--dry-run"];
    project.isocost_reading(&dry, ledger.as_bytes()).exits(0).prints("+- [x] E0001");
}
