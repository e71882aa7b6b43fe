//! What the program says about itself.

use std::fmt::Write;

use crate::fixture::{Outcome, Project, isocost, snapshot};

/// Every verb, as `--help` lists them.
fn verbs() -> Vec<String> {
    let help = Project::new().isocost(&["--help"]).exits(0).stdout;
    let listed = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn is_help(verb: &str) -> bool {
    verb == "help"
}

#[test]
fn help_lists_every_verb_and_every_exit_code() {
    let help = Project::new().isocost(&["--help"]).exits(0);
    snapshot!("help", help.stdout);
    let book = std::fs::read_to_string(crate::fixture::repository("docs/machine-interface.md")).unwrap();
    let rows = book.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let codes: Vec<(&str, &str)> = rows.filter(|(code, _)| code.parse::<u8>().is_ok()).collect();
    assert_eq!(codes.len(), 10);
    for (code, meaning) in codes {
        let row = format!("  {code:>2}  {meaning}");
        assert!(help.stdout.lines().any(|line| line == row), "the book and --help differ: {row}");
    }
}

#[test]
fn every_verb_explains_its_flags() {
    let mut all = String::new();
    for verb in verbs().iter().filter(|verb| !is_help(verb)) {
        let help = Project::new().isocost(&[verb, "--help"]).exits(0);
        assert_eq!(help.stderr, "");
        writeln!(all, "$ isocost {verb} --help\n{}", help.stdout).unwrap();
    }
    let study = ["study", "vision-routing", "quickstart", "--help"];
    write!(all, "$ isocost {}\n{}", study.join(" "), Project::new().isocost(&study).exits(0).stdout).unwrap();
    snapshot!("help_of_verbs", all);
}

#[test]
fn an_unknown_flag_or_verb_is_a_usage_error_with_a_hint() {
    let project = Project::new();
    project.isocost(&["audit", "--jsn", "x.md"]).exits(2).says("--json");
    project.isocost(&["adit", "x.md"]).exits(2).says("audit");
    project.isocost(&[]).exits(2).says("Usage:");
}

#[test]
fn explain_lists_every_kind_and_shows_the_page_of_one() {
    let project = Project::new();
    let list = project.isocost(&["explain"]).exits(0).stdout;
    snapshot!("explain", list);
    snapshot!("explain_one", project.isocost(&["explain", "IC009"]).exits(0).stdout);
    let by_name = project.isocost(&["explain", "unexpanded-glob"]).exits(0).stdout;
    assert_eq!(by_name, project.isocost(&["explain", "ic009"]).exits(0).stdout);
    for line in list.lines() {
        let code = line.split_whitespace().next().unwrap();
        project.isocost(&["explain", code]).exits(0).prints(code);
    }
    project.isocost(&["explain", "IC999"]).exits(2).says("isocost explain");
}

#[test]
fn the_page_for_agents_ends_with_the_exit_codes() {
    let project = Project::new();
    let page = project.isocost(&["agent"]).exits(0).stdout;
    snapshot!("agent", page);
    assert_eq!(project.isocost(&["agent", "--json"]).exits(0).json()["markdown"], page.as_str());
}

#[test]
fn completions_name_every_verb_and_shells_accept_them() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = project.isocost(&["completions", shell]).exits(0).stdout;
        for verb in verbs() {
            assert!(script.contains(&verb), "{shell} does not know {verb}");
        }
        project.write(shell, script);
        // Shells that are not installed cannot object.
        if let Ok(checked) = std::process::Command::new(shell).arg("-n").arg(project.path(shell)).output() {
            assert!(checked.status.success(), "{shell}: {}", String::from_utf8_lossy(&checked.stderr));
        }
    }
    project.isocost(&["completions", "csh"]).exits(2);
}

#[test]
fn a_man_page_is_there_for_the_program_and_each_verb() {
    let project = Project::new();
    let page = project.isocost(&["man"]).exits(0).stdout;
    assert!(page.contains(".TH isocost 1"), "{page}");
    for verb in verbs().iter().filter(|verb| !is_help(verb)) {
        let page = project.isocost(&["man", verb]).exits(0).stdout;
        assert!(page.contains(&format!(".TH isocost-{verb} 1")), "{page}");
    }
    project.isocost(&["man", "nothing"]).exits(2).says("there is no verb nothing");
}

#[test]
fn version_is_printed() {
    let version = Outcome::of(&isocost(std::env::temp_dir().as_path(), &["--version"]).output().unwrap());
    assert_eq!(version.exits(0).stdout, format!("isocost {}\n", env!("CARGO_PKG_VERSION")));
}
