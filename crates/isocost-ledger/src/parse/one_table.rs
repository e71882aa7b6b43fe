//! Dialect T: one table, a row per experiment (spec §2).

use super::command::{Around, command};
use super::lex::code::{bare, code_spans};
use super::lex::ids::leading_id;
use super::lex::list::{outside_code, parenthesis, presence, split_outside};
use super::lex::seeds::seeds_at;
use super::line::Line;
use super::results_table::fields;
use super::table::{Table, cells};
use super::{archive, engine, entry, title};
use crate::model::{ClaimLink, Entry, Id, Presence, Role, Stage, StageSource};
use crate::text::Piece;

/// Whether a table is such a ledger.
pub(super) fn is_ledger(table: &Table<'_>) -> bool {
    table.column("id") == Some(0) && table.column("smoke").is_some() && table.column("full").is_some()
}

/// The entry of one row; none if its first cell is not an id.
pub(super) fn entry(table: &Table<'_>, line: &Line<'_>, section: usize) -> Option<Entry> {
    let row = cells(line.body);
    let (id, rest) = leading_id(*row.first()?)?;
    if !rest.is_empty() {
        return None;
    }
    let mut entry = entry::blank(id, Role::Row, section, line.full.span());
    for (name, value) in table.header.iter().zip(&row).skip(1) {
        read(&mut entry, name.as_str(), *value);
    }
    let cell = |wanted: &str| {
        let column =
            table.header.iter().position(|name| name.as_str().to_ascii_lowercase().starts_with(wanted));
        column.and_then(|column| row.get(column)).copied().filter(|cell| !cell.is_empty())
    };
    commands(&mut entry, cell("1gpu"), cell("multi-gpu"));
    entry.fields = fields(table, &row);
    Some(entry)
}

fn read(entry: &mut Entry, name: &str, value: Piece<'_>) {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "smoke" => entry.statuses.smoke = archive::tick(value),
        "full" => entry.statuses.full = archive::tick(value),
        name if name.starts_with("goal") => goal(entry, name, value),
        name if name.starts_with("model") => entry.model = entry::inheritable(value),
        name if name.starts_with("code") => {
            entry.code_paths.extend(code_spans(value).map(|span| span.inner.to_text()));
        }
        name if name.starts_with("config") => params(entry, value),
        name if name.starts_with("metrics") => metrics(entry, value),
        name if name.starts_with("gpu") => {
            entry.resources.gpus = gpus(value.as_str());
            entry.resources.vram = entry::inheritable(value);
        }
        name if name.starts_with("time") => entry.resources.total_time = entry::inheritable(value),
        _ => {}
    }
}

fn goal(entry: &mut Entry, field: &str, value: Piece<'_>) {
    let title = match claims(value, field) {
        Some((links, title)) => {
            entry.claims.extend(links);
            title
        }
        None => value,
    };
    entry.objective = Some(value.to_text());
    entry.title = title.to_text();
    entry.title_facts = title::facts(title);
}

/// `C0003 (stronger): text`, `C0001,C0002: text`: the links, and the text after the colon.
fn claims<'a>(value: Piece<'a>, field: &str) -> Option<(Vec<ClaimLink>, Piece<'a>)> {
    let colon =
        outside_code(value).find(|&(_, byte, depth)| byte == b':' && depth == 0).map(|(at, ..)| at)?;
    let mut links = Vec::new();
    for part in split_outside(value.take(colon), b",") {
        let (id, rest) = leading_id(part.trim())?;
        if !matches!(id.as_str().as_bytes().first(), Some(b'C' | b'P')) {
            return None;
        }
        let note = parenthesis(rest.trim_start()).map(|(note, _)| note.trim().to_text());
        if note.is_none() && !rest.trim().is_empty() {
            return None;
        }
        links.push(ClaimLink {
            id: Id(id.as_str().to_owned()),
            note,
            field: field.to_owned(),
            span: id.span(),
        });
    }
    Some((links, value.skip(colon + 1).trim()))
}

fn params(entry: &mut Entry, value: Piece<'_>) {
    entry.params = entry::params(value);
    let seeds = entry.params.iter().find(|param| param.name.eq_ignore_ascii_case("seeds"));
    if let Some(seeds) = seeds.and_then(|param| param.value.as_deref()).and_then(seeds_at) {
        entry.seeds = Presence::Given(seeds);
    }
}

fn metrics(entry: &mut Entry, value: Piece<'_>) {
    entry.claims.extend(entry::claim_links(value, "Metrics"));
    entry.metrics_required = entry::map_presence(presence(value), |value| {
        archive::sentences(value).into_iter().map(engine::requirement).collect()
    });
}

/// `CPU ok` is 0, `1xA6000` is 1.
fn gpus(text: &str) -> Option<u32> {
    if text.starts_with("CPU") {
        return Some(0);
    }
    text.split_once(['x', '×']).and_then(|(count, _)| count.trim().parse().ok())
}

/// The columns drift (spec §2): two equal cells are one command; of two different ones the first is the smoke run.
fn commands(entry: &mut Entry, single: Option<Piece<'_>>, multi: Option<Piece<'_>>) {
    let (single, multi) = (single.map(bare), multi.map(bare));
    let equal = single.zip(multi).is_some_and(|(a, b)| a.as_str() == b.as_str());
    let different = single.is_some() && multi.is_some() && !equal;
    let stage = |stage| different.then_some((stage, StageSource::FieldName));
    if let Some(text) = single {
        let around = Around { field: "1GPU script", stage: stage(Stage::Smoke), ..Around::default() };
        let mut first = command(text, &around, 0);
        if super::command::stage_of_text(text.as_str()).is_some() {
            first.stage_source = StageSource::Command;
        }
        entry.commands.push(first);
    }
    if let Some(text) = multi.filter(|_| !equal) {
        let around = Around { field: "Multi-GPU script", stage: stage(Stage::Full), ..Around::default() };
        entry.commands.push(command(text, &around, entry.commands.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_stand_before_the_colon() {
        let read = |text| {
            claims(Piece::new(text), "Goal").map(|(links, title)| {
                let links = links.into_iter().map(|l| (l.id.0, l.note.map(|n| n.raw))).collect::<Vec<_>>();
                (links, title.as_str().to_owned())
            })
        };
        assert_eq!(
            read("C0003 (optional stronger): omega"),
            Some((vec![("C0003".to_owned(), Some("optional stronger".to_owned()))], "omega".to_owned()))
        );
        assert_eq!(read("P0015,C0006: x").map(|(links, _)| links.len()), Some(2));
        assert_eq!(read("E0161(dev): x"), None);
        assert_eq!(read("LLM Grid: x"), None);
    }

    #[test]
    fn a_gpu_cell_gives_a_count() {
        assert_eq!(["CPU ok", "1xA6000", "8×H100", "some"].map(gpus), [Some(0), Some(1), Some(8), None]);
    }
}
