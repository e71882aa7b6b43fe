//! Colour, quiet, and readers that go away.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::fixture::{DOCUMENTED, Outcome, Project, isocost, seeds};

const ESCAPE: char = '\u{1b}';
const AUDIT: [&str; 2] = ["audit", "vovnet-experiments.md"];

fn audit(flags: &[&str], environment: &[(&str, &str)]) -> Outcome {
    let mut command = isocost(&seeds(), &[&AUDIT[..], flags].concat());
    Outcome::of(&command.envs(environment.iter().copied()).output().unwrap())
}

#[test]
fn colour_is_used_only_where_it_was_asked_for() {
    for (flags, environment, coloured) in [
        (&[][..], &[][..], false),
        (&["--color", "always"], &[], true),
        (&["--color", "never"], &[("CLICOLOR_FORCE", "1")], false),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&[], &[("NO_COLOR", "1")], false),
        (&[], &[("TERM", "dumb")], false),
    ] {
        let shown = audit(flags, environment).stdout;
        assert_eq!(shown.contains(ESCAPE), coloured, "{flags:?} {environment:?}");
    }
}

#[test]
fn colour_changes_no_letter() {
    let plain = audit(&["--color", "never"], &[]).stdout;
    let mut coloured = String::new();
    let mut in_escape = false;
    for character in audit(&["--color", "always"], &[]).stdout.chars() {
        match (in_escape, character) {
            (false, ESCAPE) => in_escape = true,
            (true, 'm') => in_escape = false,
            (true, _) => {}
            (false, character) => coloured.push(character),
        }
    }
    assert_eq!(coloured, plain);
}

#[test]
fn json_is_never_coloured() {
    let json = audit(&["--json", "--color", "always"], &[]);
    assert!(!json.stdout.contains(ESCAPE));
    json.json();
}

#[test]
fn an_error_is_coloured_only_where_it_was_asked_for() {
    let project = Project::new();
    assert!(!project.isocost(&["audit", "none.md"]).exits(7).stderr.contains(ESCAPE));
    assert!(project.isocost(&["audit", "none.md", "--color", "always"]).exits(7).stderr.contains(ESCAPE));
}

#[test]
fn quiet_leaves_data_and_errors() {
    let loud = audit(&[], &[]);
    let quiet = audit(&["--quiet"], &[]);
    assert!(!loud.stderr.is_empty());
    assert_eq!((quiet.stdout, quiet.stderr.as_str(), quiet.code), (loud.stdout, "", loud.code));
    let project = Project::with_queue("- [ ] E0001: One\n  - command: `false`\n");
    assert_eq!(project.isocost(&["run", "-q"]).exits(4).stderr, "");
    assert!(!project.isocost(&["audit", "none.md", "-q"]).exits(7).stderr.is_empty());
}

#[test]
fn a_reader_that_goes_away_ends_the_output_without_a_panic() {
    for flags in [&["--all"][..], &["--json"], &["--format", "sarif"]] {
        let mut child = isocost(&seeds(), &[&["audit", "avs-experiment.md"], flags].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let outcome = Outcome::of(&child.wait_with_output().unwrap());
        assert!(DOCUMENTED.contains(&outcome.code), "{flags:?}: {}", outcome.code);
    }
}

#[test]
fn stderr_that_takes_nothing_ends_nothing() {
    let full = || Stdio::from(OpenOptions::new().write(true).open("/dev/full").unwrap());
    let status = isocost(&seeds(), &AUDIT).stdout(Stdio::null()).stderr(full()).status().unwrap();
    assert_eq!(status.code(), Some(1));
    let project = Project::with_queue("- [ ] E0001: One\n  - command: `touch ran`\n");
    let status = project.command(&["run"]).stderr(full()).status().unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(project.path("ran").exists());
    let status = project.command(&["audit", "none.md"]).stderr(full()).status().unwrap();
    assert_eq!(status.code(), Some(7));
}

#[test]
fn data_that_cannot_be_written_is_an_error() {
    let full = Stdio::from(OpenOptions::new().write(true).open("/dev/full").unwrap());
    let project = Project::with_queue("- [ ] E0001: One\n  - command: `true`\n");
    let outcome = Outcome::of(
        &project.command(&["show", "experiments.md"]).stdout(full).stderr(Stdio::piped()).output().unwrap(),
    );
    outcome.exits(7).says("standard output");
}
