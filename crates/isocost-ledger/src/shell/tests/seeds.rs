use super::seed;
use crate::shell::{Analysis, GlobPlace, Runnable, SubstitutionKind, analyse};

/// Commands of the run queues: code spans under `command`, labels excluded, with the id of their entry.
fn queue_commands(text: &str) -> Vec<(String, String)> {
    let mut commands = Vec::new();
    let (mut id, mut inside) = (String::new(), false);
    for line in text.lines() {
        if let Some(entry) = line.strip_prefix("- [x] ") {
            entry.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().clone_into(&mut id);
            inside = false;
        } else if line.starts_with("  - ") || line.starts_with('#') {
            inside = line.starts_with("  - command");
        }
        if inside {
            // A label is prose that ends in a colon; its command stands one level deeper.
            let spans = line.split('`').skip(1).step_by(2);
            commands.extend(spans.map(|span| (id.clone(), span.to_owned())));
        }
        if line.starts_with("## Results") {
            break;
        }
    }
    commands
}

/// Code spans of the command cells of the archive.
fn archive_commands(text: &str) -> Vec<String> {
    let cells = ["| Smoke cmd |", "| Full cmd |", "| Alt Full cmd"];
    text.lines()
        .filter(|line| cells.iter().any(|cell| line.starts_with(cell)))
        .flat_map(|line| line.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn the_census_of_the_queue_commands_is_reproduced() {
    let seed = seed("avs-experiment.md");
    let commands = queue_commands(&seed);
    assert_eq!(commands.len(), 205);
    let analyses: Vec<(&String, Analysis)> = commands.iter().map(|(id, text)| (id, analyse(text))).collect();
    for ((_, text), (_, a)) in commands.iter().zip(&analyses) {
        assert_eq!(a.runnable, Runnable::Yes, "{text}");
    }
    let count = |test: &dyn Fn(&Analysis) -> bool| analyses.iter().filter(|(_, a)| test(a)).count();
    let starts_with_assignment = |a: &Analysis| a.segments.first().is_some_and(|s| !s.assignments.is_empty());
    assert_eq!(count(&starts_with_assignment), 198);
    assert_eq!(count(&|a| a.substitutions.iter().any(|s| s.kind == SubstitutionKind::Date)), 124);
    assert_eq!(count(&|a| a.segments.iter().any(|s| s.joiner == crate::shell::Joiner::And)), 8);
    let globbed = |a: &Analysis| a.globs.iter().any(|glob| matches!(glob.place, GlobPlace::Assignment(_)));
    assert_eq!(count(&globbed), 117);
    let mut entries: Vec<&String> = analyses.iter().filter(|(_, a)| globbed(a)).map(|(id, _)| *id).collect();
    entries.dedup();
    assert_eq!(entries.len(), 70);
}

#[test]
fn archive_commands_that_do_not_run_say_why() {
    let seed = seed("avs-experiment.md");
    let newest = seed
        .lines()
        .filter(|line| line.starts_with("| Smoke cmd |") || line.starts_with("| Full cmd |"))
        .filter(|line| {
            line.split('`').skip(1).step_by(2).any(|span| {
                analyse(span).substitutions.iter().any(|s| matches!(s.kind, SubstitutionKind::NewestFile(_)))
            })
        })
        .count();
    assert_eq!(newest, 16, "cells that pick the newest file");
    for text in archive_commands(&seed) {
        let a = analyse(&text);
        let open = text.contains("...") || text.contains('<');
        match a.runnable {
            Runnable::Yes => assert!(!open, "{text}"),
            Runnable::No(_) => assert!(open, "{text}"),
            Runnable::Unknown => panic!("{text}: {:?}", a.problem),
        }
    }
}

#[test]
fn every_word_of_the_seeds_lies_where_its_span_says() {
    let seed = seed("avs-experiment.md");
    let mut texts = archive_commands(&seed);
    texts.extend(queue_commands(&seed).into_iter().map(|(_, text)| text));
    for text in texts {
        for segment in analyse(&text).segments {
            for word in &segment.args {
                let typed = &text[word.span.clone()];
                assert_eq!(typed.trim(), typed);
                assert!(word.flags.quoted || typed == word.text, "{typed} is not {}", word.text);
            }
            for assignment in &segment.assignments {
                let typed = &text[assignment.span.clone()];
                assert!(typed.starts_with(&format!("{}=", assignment.name)), "{typed}");
            }
        }
    }
}
