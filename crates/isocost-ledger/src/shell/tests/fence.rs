use super::seed;
use crate::shell::{HereDocTarget, Runnable, analyse, split_fence};

/// Contents of the fenced blocks of a document.
fn fences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        match (&mut open, line.starts_with("```")) {
            (None, true) => open = Some(String::new()),
            (Some(body), true) => {
                found.push(std::mem::take(body));
                open = None;
            }
            (Some(body), false) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, false) => {}
        }
    }
    found
}

#[test]
fn the_census_of_the_narrative_ledger_is_reproduced() {
    let fences = fences(&seed("vovnet-experiments.md"));
    assert_eq!(fences.len(), 27);
    let sizes: Vec<usize> = fences.iter().map(|fence| split_fence(fence).len()).collect();
    for (commands, count) in [(1, 17), (2, 7), (4, 1), (6, 1), (8, 1)] {
        assert_eq!(
            sizes.iter().filter(|size| **size == commands).count(),
            count,
            "fences with {commands} commands"
        );
    }
    let commands: Vec<_> = fences.iter().flat_map(|fence| split_fence(fence)).collect();
    assert_eq!(commands.len(), 49);
    let analyses: Vec<_> = commands.iter().map(|command| analyse(&command.text)).collect();
    assert!(analyses.iter().all(|a| a.runnable == Runnable::Yes));
    let heredocs = |tag: &str| analyses.iter().flat_map(|a| &a.heredocs).filter(|doc| doc.tag == tag).count();
    assert_eq!((heredocs("YAML"), heredocs("PY")), (12, 3));
    let to_files = analyses
        .iter()
        .flat_map(|a| &a.heredocs)
        .filter(|doc| matches!(doc.target, HereDocTarget::File(_)))
        .count();
    assert_eq!(to_files, 12);
    let background: Vec<_> = analyses.iter().filter(|a| a.background).collect();
    assert_eq!(background.len(), 36);
    assert!(background.iter().all(|a| a.segments.iter().any(|s| s.wrappers == ["nohup"])));
    assert_eq!(analyses.iter().filter(|a| a.segments.iter().any(|s| !s.assignments.is_empty())).count(), 30);
    let continued =
        commands.iter().flat_map(|command| command.text.lines()).filter(|line| line.ends_with('\\')).count();
    assert_eq!(continued, 266);
    let comments: usize =
        commands.iter().filter_map(|c| c.comment_before.as_ref()).map(|c| c.lines().count()).sum();
    assert_eq!(comments, 8);
}

#[test]
fn spans_give_the_text_back_and_do_not_overlap() {
    for fence in fences(&seed("vovnet-experiments.md")) {
        let mut end = 0;
        for command in split_fence(&fence) {
            assert_eq!(fence.get(command.span.clone()), Some(command.text.as_str()));
            assert!(command.span.start >= end);
            end = command.span.end;
        }
    }
}

#[test]
fn continued_lines_quotes_here_documents_and_loops_belong_to_one_command() {
    let fence = "# one\n# two\na \\\n  b\n\n# lost\n\ncat <<-X > f\n\tx # no comment\n\n\tX\nfor i in 1 2; do\n  echo $i\ndone\necho 'a\n# b'\nlast";
    let commands = split_fence(fence);
    let texts: Vec<&str> = commands.iter().map(|command| command.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "a \\\n  b",
            "cat <<-X > f\n\tx # no comment\n\n\tX",
            "for i in 1 2; do\n  echo $i\ndone",
            "echo 'a\n# b'",
            "last"
        ]
    );
    assert_eq!(commands[0].comment_before.as_deref(), Some("one\ntwo"));
    assert_eq!(commands[1].comment_before, None);
}

#[test]
fn a_here_document_that_does_not_end_ends_with_the_block() {
    let commands = split_fence("cat <<X\nabc\n");
    assert_eq!(commands.len(), 1);
    assert_eq!(commands[0].text, "cat <<X\nabc");
}

#[test]
fn windows_line_ends_are_read() {
    let commands = split_fence("a \\\r\n  b\r\nc\r\n");
    assert_eq!(commands.len(), 2);
}
