//! Commands of fields and cells.

use super::engine;
use super::lex::code::code_spans;
use crate::model::{Command, Stage, StageSource};
use crate::text::Piece;

/// Options and variables whose value is where a command writes.
const OUTPUTS: &[&str] = &["OUT_DIR", "RUN_ROOT", "--output-dir", "--output_dir", "--out-dir", "--out"];
/// Programs that start most commands; code with a blank that runs none of them is hardly a command.
const PROGRAMS: &[&str] =
    &["bash", "sh", "python", "python3", "torchrun", "nohup", "jq", "make", "uv", "cargo", "srun", "sbatch"];

/// Whether code in prose is a command: more than one word, one of which is a program or a script.
pub(super) fn looks_like_command(code: &str) -> bool {
    let mut words = code.split_ascii_whitespace();
    let program = words.clone().find(|word| !is_assignment(word));
    words.nth(1).is_some() && program.is_some_and(|word| PROGRAMS.contains(&word) || is_script(word))
}

fn is_script(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "sh" | "py"))
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// The stage that a command itself tells: a `--smoke` flag, or `smoke` in the name of its output directory.
pub(super) fn stage_of_text(command: &str) -> Option<Stage> {
    let mut output_follows = false;
    for word in command.split_ascii_whitespace() {
        let value = match word.split_once('=') {
            Some((name, value)) if OUTPUTS.contains(&name) => Some(value),
            _ => Some(word).filter(|_| output_follows),
        };
        if word == "--smoke" || value.is_some_and(is_smoke_directory) {
            return Some(Stage::Smoke);
        }
        output_follows = word.starts_with("--") && OUTPUTS.contains(&word);
    }
    None
}

fn is_smoke_directory(value: &str) -> bool {
    let last = value.trim_end_matches(['/', ';', '"']).rsplit('/').next().unwrap_or(value);
    last.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.eq_ignore_ascii_case("smoke"))
}

/// Where a command stands and what is said around it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'a> {
    pub(super) field: &'a str,
    pub(super) note: Option<Piece<'a>>,
    pub(super) label: Option<Piece<'a>>,
    pub(super) trailing: Option<Piece<'a>>,
    /// The stage that field, note or title give, and which of them.
    pub(super) stage: Option<(Stage, StageSource)>,
}

/// One command. A stage told by a note or a field's name wins over the command's own words, those over a title.
pub(super) fn command(text: Piece<'_>, around: &Around<'_>, ordinal: usize) -> Command {
    let own = stage_of_text(text.as_str()).map(|stage| (stage, StageSource::Command));
    let declared = |strong: bool| {
        around
            .stage
            .filter(|(_, source)| matches!(source, StageSource::Note | StageSource::FieldName) == strong)
    };
    let (stage, stage_source) =
        declared(true).or(own).or_else(|| declared(false)).unwrap_or((Stage::Full, StageSource::Default));
    let some = |piece: Option<Piece<'_>>| piece.filter(|piece| !piece.is_empty()).map(Piece::to_text);
    Command {
        text: text.to_text(),
        stage,
        stage_source,
        field: around.field.to_owned(),
        label: some(around.label),
        note: some(around.note),
        trailing: some(around.trailing),
        ordinal,
        shell: engine::unread(),
    }
}

/// The commands of a value: the code span that it begins with, later ones that look like commands, and all of a
/// value without code if `plain` allows it.
pub(super) fn in_value<'a>(value: Piece<'a>, around: &Around<'a>, plain: Plain, commands: &mut Vec<Command>) {
    let value = value.trim();
    let mut spans = code_spans(value).peekable();
    if spans.peek().is_none() {
        if plain == Plain::IsCommand
            && !value.is_empty()
            && value.as_str() != "[]"
            && !value.as_str().starts_with("N/A")
        {
            commands.push(command(value, around, commands.len()));
        }
        return;
    }
    while let Some(span) = spans.next() {
        let leads = span.outer.start() == value.start();
        if !leads && !looks_like_command(span.inner.as_str()) {
            continue;
        }
        let stop = spans
            .peek()
            .filter(|next| looks_like_command(next.inner.as_str()))
            .map(|next| next.outer.start());
        let after = value.cut(span.outer.end() - value.start(), stop.unwrap_or(value.end()) - value.start());
        let trailing = Some(after.trim());
        commands.push(command(span.inner, &Around { trailing, ..*around }, commands.len()));
    }
}

/// Whether a value without code spans is a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// It is: `command: make all`.
    IsCommand,
    /// It is prose: `See the checklist entry`.
    IsProse,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoke_is_told_by_a_flag_or_the_output_directory() {
        assert_eq!(stage_of_text("python -m x --smoke --output-dir o/E1"), Some(Stage::Smoke));
        assert_eq!(stage_of_text("python -m x --output-dir ./outputs/E0161-smoke-dev"), Some(Stage::Smoke));
        assert_eq!(stage_of_text("OUT_DIR=runs/E0333_smoke_x bash s.sh"), Some(Stage::Smoke));
        assert_eq!(stage_of_text("python -m avs.smoke x --in runs/a_smoke"), None);
    }

    #[test]
    fn a_condition_after_a_command_is_kept() {
        let mut commands = Vec::new();
        in_value(
            Piece::new("`A=1 bash s.sh` (then rerun with `SEEDS=0..9`)"),
            &Around::default(),
            Plain::IsProse,
            &mut commands,
        );
        assert_eq!(commands.len(), 1);
        assert_eq!(commands[0].trailing.as_ref().unwrap().raw, "(then rerun with `SEEDS=0..9`)");
        in_value(
            Piece::new("See the checklist entry (`E0001`)"),
            &Around::default(),
            Plain::IsProse,
            &mut commands,
        );
        assert_eq!(commands.len(), 1);
    }
}
