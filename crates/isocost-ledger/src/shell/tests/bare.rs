//! Commands of bare words are read as the full grammar reads them.

use proptest::prelude::*;

use crate::shell::bare::bare_words;
use crate::shell::grammar;
use crate::shell::mask::{Masked, mask};
use crate::shell::segment::Segment;
use crate::shell::walk::Walk;

/// The segments by bare words and by the grammar; `None` if the text is not one of bare words.
fn both(text: &str) -> Option<(Vec<Segment>, Vec<Segment>)> {
    let Masked { text: masked, heredocs, .. } = mask(text);
    let words = bare_words(text, &masked)?;
    let mut bare = Walk::new(text, Vec::new());
    bare.bare(&masked, &words);
    let mut full = Walk::new(text, heredocs);
    full.program(&grammar::parse(&masked).unwrap());
    assert!(full.loops.is_empty() && full.heredocs.is_empty() && full.loop_words.is_empty());
    Some((bare.segments, full.segments))
}

#[test]
fn most_commands_of_a_real_ledger_are_bare_and_read_the_same_either_way() {
    let text = include_str!("../../../../../testdata/seeds/avs-experiment.md");
    let ledger = crate::parse::parse(crate::text::Source::new("l.md", text));
    let commands: Vec<_> = ledger.entries.iter().flat_map(|entry| &entry.commands).collect();
    let mut bare = 0;
    for command in &commands {
        if let Some((words, grammar)) = both(&command.text.raw) {
            assert_eq!(words, grammar, "{}", command.text.raw);
            bare += 1;
        }
    }
    assert!(bare * 2 > commands.len(), "{bare} of {}", commands.len());
}

#[test]
fn what_the_shell_reads_otherwise_is_left_to_the_grammar() {
    for text in [
        "", " ", "a; b", "a\nb", "a 'b'", "a $b", "a > b", "a <b", "for x", "time a", "A+=1 b", "a\tb",
        "a & b", "a # b", "~/a", "a{1,2}", "[ a ]", "! a", "é",
    ] {
        assert!(both(text).is_none(), "{text}");
    }
}

#[test]
fn holes_assignments_and_wrappers_are_bare() {
    for text in ["A=1", "A=<ts>/b B=*.x nohup env C=1 python -m a <x y> --o=3", "export A=1 =b 1=2", " a  b "]
    {
        let (words, grammar) = both(text).unwrap();
        assert_eq!(words, grammar, "{text}");
    }
}

proptest! {
    #[test]
    fn bare_words_and_the_grammar_agree(
        words in proptest::collection::vec("(if|in|env|export|declare|A=|_b1=|--x=|<ts>|<a b>|[a-zA-Z0-9_./:,=@%+*-]{1,5}| )", 1..8)
    ) {
        if let Some((words, grammar)) = both(&words.join(" ")) {
            prop_assert_eq!(words, grammar);
        }
    }
}
