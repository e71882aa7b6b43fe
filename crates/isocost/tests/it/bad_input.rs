//! Files that are no ledgers, and ledgers that are too much.

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::fixture::{DOCUMENTED, Outcome, Project, Random, isocost, seeds};

/// Verbs that read a document and need nothing else.
const READERS: [&[&str]; 6] = [
    &["audit", "--all"],
    &["show"],
    &["looks"],
    &["plan"],
    &["status", "--json"],
    &["audit", "--format", "sarif"],
];

#[track_caller]
fn ends_as_documented(project: &Project, args: &[&str], file: &str) {
    let args = [args, &[file]].concat();
    let outcome = project.isocost(&args);
    assert!(DOCUMENTED.contains(&outcome.code), "{args:?}: {} {}", outcome.code, outcome.stderr);
}

#[test]
fn random_bytes_end_as_documented() {
    let project = Project::new();
    let mut random = Random::seeded(1);
    for round in 0..100 {
        let length = random.below(400);
        project.write("bytes.md", (0..length).map(|_| random.byte()).collect::<Vec<u8>>());
        ends_as_documented(&project, READERS[round % READERS.len()], "bytes.md");
    }
}

#[test]
fn random_pieces_of_ledgers_end_as_documented() {
    const PIECES: [&str; 40] = [
        "- [ ] ",
        "- [x] ",
        "E0001",
        "E0002: ",
        "C0001: ",
        "\n",
        "\n\n",
        "  - ",
        "\t- ",
        "command: ",
        "command (smoke): ",
        "`",
        "``",
        "```\n",
        "| ",
        " |\n",
        "| --- | --- |\n",
        "## Claims\n",
        "## Results\n",
        "### Run Queue (x; sequential)\n",
        "required_artifacts:\n",
        "required_metrics:\n",
        "metrics.json",
        ": ",
        "rule: ",
        "delta(a, b) >= 0.02",
        "runs/E0001_*/x.json",
        "Δ",
        "p=0.00",
        "../",
        "$ISOCOST_IN_E0002/",
        "needs: E0001",
        "timeout: 9999999999999h",
        "seeds: [0, 1, -",
        "{a,b",
        "\u{feff}",
        "\r\n",
        "🦀",
        "test402 (SEEDS=0..99999999999)",
        "gate (full): ",
    ];
    let project = Project::new();
    let mut random = Random::seeded(2);
    for round in 0..150 {
        let length = random.below(120);
        let text: String = (0..length).map(|_| PIECES[random.below(PIECES.len())]).collect();
        project.write("soup.md", text);
        ends_as_documented(&project, READERS[round % READERS.len()], "soup.md");
    }
}

#[test]
fn real_ledgers_cut_off_anywhere_end_as_documented() {
    let project = Project::new();
    let mut random = Random::seeded(3);
    for seed in
        ["avs-experiment.md", "provetok-experiment.md", "vovnet-experiments.md", "e1_offline_batch.py.txt"]
    {
        let bytes = std::fs::read(seeds().join(seed)).unwrap();
        for round in 0..5 {
            project.write("cut.md", &bytes[..random.below(bytes.len())]);
            ends_as_documented(&project, READERS[(round * 5) % READERS.len()], "cut.md");
        }
    }
}

#[test]
fn real_ledgers_with_lines_in_another_order_end_as_documented() {
    let project = Project::new();
    let mut random = Random::seeded(4);
    let text = std::fs::read_to_string(seeds().join("provetok-experiment.md")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for args in READERS {
        let start = random.below(lines.len() / 2);
        let mut some: Vec<&str> = lines.iter().skip(start).take(400).copied().collect();
        for at in 0..some.len() {
            let with = random.below(some.len());
            some.swap(at, with);
        }
        project.write("mixed.md", some.join("\n"));
        ends_as_documented(&project, args, "mixed.md");
    }
}

#[test]
fn a_hundred_thousand_entries_are_audited_in_seconds() {
    let mut queue = String::new();
    for n in 0..100_000 {
        writeln!(
            queue,
            "- [ ] E{n:06}: Entry {n}\n  - command: `python train.py --seed {n} --out runs/E{n:06}`"
        )
        .unwrap();
    }
    let project = Project::with_queue(&queue);
    let start = Instant::now();
    let outcome = project.isocost(&["audit", "experiments.md"]);
    assert!(DOCUMENTED.contains(&outcome.code));
    assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
}

#[test]
fn a_line_of_ten_megabytes_is_read_in_seconds() {
    let long = "word ".repeat(2_000_000);
    let project = Project::with_queue(&format!(
        "- [ ] E0001: {long}\n  - command: `true`\n- [ ] E0002: Short\n  - command: `echo {long}`\n"
    ));
    let start = Instant::now();
    let outcome = project.isocost(&["audit", "experiments.md"]);
    assert!(DOCUMENTED.contains(&outcome.code));
    assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
}

#[test]
fn deep_nesting_is_no_deep_recursion() {
    let project = Project::new();
    let mut nested = String::new();
    for depth in 0..3000 {
        writeln!(nested, "{}- item", "  ".repeat(depth)).unwrap();
    }
    let rule = format!("{}delta(a, b){} > 0", "(".repeat(30_000), ")".repeat(30_000));
    project.write(
        "deep.md",
        format!("# T\n\n## Claims\n- [ ] C0001: Deep.\n  - rule: `{rule}`\n\n## Checklist\n- [ ] E0001: Deep\n{nested}"),
    );
    for args in READERS {
        ends_as_documented(&project, args, "deep.md");
    }
    let shell = format!("{}echo x{}", "$(".repeat(5_000), ")".repeat(5_000));
    project.write("shell.md", crate::fixture::queue(&format!("- [ ] E0001: Deep\n  - command: `{shell}`\n")));
    for args in READERS {
        ends_as_documented(&project, args, "shell.md");
    }
}

#[test]
fn an_empty_file_and_nul_bytes_are_no_ledger() {
    let project = Project::new();
    for (name, bytes) in [
        ("empty.md", &b""[..]),
        ("blank.md", b"\n \n\t\n"),
        ("nul.md", b"\0\0\0"),
        ("bom.md", b"\xef\xbb\xbf"),
    ] {
        project.write(name, bytes);
        project.isocost(&["audit", name]).exits(7).says(name).says("isocost init");
    }
    project.write("nul_in_it.md", crate::fixture::queue("- [ ] E0001: a\0b\n  - command: `true`\n"));
    ends_as_documented(&project, &["audit"], "nul_in_it.md");
    ends_as_documented(&project, &["run"], "nul_in_it.md");
}

#[test]
fn a_nul_in_a_command_is_refused_not_run() {
    let project = Project::with_queue("- [ ] E0001: Nul\n  - command: `touch ran; echo a\0b`\n");
    let outcome = project.isocost(&["run"]);
    assert!([4, 8].contains(&outcome.code), "{}: {}", outcome.code, outcome.stderr);
    assert!(!project.path("ran").exists());
}

#[test]
fn standard_input_is_a_document_like_any_other() {
    let project = Project::new();
    let bytes = std::fs::read(seeds().join("vovnet-experiments.md")).unwrap();
    let piped = project.isocost_reading(&["audit", "-", "--json"], &bytes).exits(1);
    let read =
        Outcome::of(&isocost(&seeds(), &["audit", "vovnet-experiments.md", "--json"]).output().unwrap());
    assert_eq!(piped.stdout.replace("<stdin>", "vovnet-experiments.md"), read.stdout);
    project.isocost_reading(&["show", "-"], b"\xff").exits(7).says("<stdin>:1:");
    project.isocost_reading(&["audit", "-"], b"").exits(7).says("<stdin>");
}
