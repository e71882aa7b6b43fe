//! `isocost report`: one page with claims, comparisons, looks and runs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use isocost_ledger::model::Ledger;
use isocost_report::model::{FindingCount, LedgerFacts, Report};
use isocost_report::{html, json, junit, latex, markdown};
use isocost_run::store::Store;
use isocost_trial::VerdictRecord;

use crate::clock;
use crate::error::CliError;
use crate::evidence::Evidence;
use crate::exit::Exit;
use crate::judgement::Records;
use crate::project::ProjectArgs;
use crate::ui::Ui;
use crate::view;

/// Write one page with claims, comparisons, looks and runs.
///
/// Shows the verdicts on record; it decides nothing and is no look. The page needs no network. Without --out, the page goes to
/// standard output.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// The file to write; may be given more than once. The ending tells the form: .html, .md, .tex, .json, .xml (JUnit).
    #[arg(long, short, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// The form, where the file's ending does not tell.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Leave out the time of making: the same evidence gives the same bytes.
    #[arg(long)]
    reproducible: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One self-contained page.
    Html,
    /// The same as Markdown.
    Markdown,
    /// Tables for a paper.
    Latex,
    /// The data behind the page.
    Json,
    /// JUnit XML of claims and runs.
    Junit,
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "html" | "htm" => Some(Self::Html),
            "md" => Some(Self::Markdown),
            "tex" => Some(Self::Latex),
            "json" => Some(Self::Json),
            "xml" => Some(Self::Junit),
            _ => None,
        }
    }
}

pub(crate) fn run(args: &ReportArgs, ui: Ui) -> Result<Exit, CliError> {
    let ledger = args.project.ledger()?;
    let store = args.project.open()?;
    if args.out.is_empty() {
        let place = std::env::current_dir().unwrap_or_default();
        let report = build(args, &ledger, &store, &place)?;
        ui.data(&render(&report, args.format.unwrap_or(Format::Markdown))?)?;
    }
    for out in &args.out {
        let format = args.format.or_else(|| Format::of(out)).ok_or_else(|| {
            CliError::Usage(format!("the ending of {} tells no form; name one with --format", out.display()))
        })?;
        let absolute = std::path::absolute(out).unwrap_or_else(|_| out.clone());
        let place = absolute.parent().map(Path::to_owned).unwrap_or_default();
        let report = build(args, &ledger, &store, &place)?;
        isocost_fs::write_cache(out, render(&report, format)?.as_bytes())?;
        ui.note(&format!("wrote {}", out.display()));
    }
    Ok(Exit::Yes)
}

fn render(report: &Report, format: Format) -> Result<String, CliError> {
    Ok(match format {
        Format::Html => html::page(report),
        Format::Markdown => markdown::page(report),
        Format::Latex => latex::claims(&report.claims) + "\n" + &latex::comparisons(&report.comparisons),
        Format::Json => json::report(report)?,
        Format::Junit => junit::document(&report.claims, &report.runs),
    })
}

/// Gathers what is on record. Links are relative to `place`, where the page will be.
fn build(args: &ReportArgs, ledger: &Ledger, store: &Store, place: &Path) -> Result<Report, CliError> {
    let records = Records::of(&args.project.store_path());
    let verdicts = records.verdicts()?;
    let evidence = Evidence::new(ledger, args.project.project(), store)?;
    let audit = isocost_audit::audit(std::slice::from_ref(ledger));
    let of_claim = |id: &str| verdicts.iter().find(|record| record.verdict.claim.as_str() == id);
    let known: Vec<&VerdictRecord> =
        ledger.claims.iter().filter_map(|claim| of_claim(claim.id.as_ref())).collect();
    let title = ledger.title.as_ref().map_or("Experiments", |title| title.trimmed()).to_owned();
    let (recorded, textual) = (view::recorded_looks(&records.book()?), view::text_looks(&audit.looks));
    Ok(Report {
        title,
        generated: (!args.reproducible).then(clock::now),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ledger: facts(ledger),
        alpha: known.first().map(|record| record.verdict.alpha.get()),
        claims: ledger
            .claims
            .iter()
            .map(|claim| view::on_record(claim, of_claim(claim.id.as_ref())))
            .collect(),
        comparisons: view::comparisons(ledger, &known),
        looks: if recorded.is_empty() { textual } else { recorded },
        look_summaries: audit.summaries.iter().map(view::look_summary).collect(),
        pareto: view::pareto(ledger, &known, &evidence)?,
        runs: view::runs(store, place),
        findings: FindingCount::tally(&audit.findings),
        blind_spots: blind_spots(ledger, &known),
    })
}

fn facts(ledger: &Ledger) -> LedgerFacts {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let dialect = serde_json::to_value(ledger.dialect).ok();
    LedgerFacts {
        file: ledger.source.name().to_owned(),
        dialect: dialect.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default(),
        entries: count(ledger.entries.len()),
        claims: count(ledger.claims.len()),
        hash: blake3::hash(ledger.source.text().as_bytes()).to_hex().to_string(),
    }
}

fn blind_spots(ledger: &Ledger, known: &[&VerdictRecord]) -> Vec<String> {
    let undecided = ledger.claims.len().saturating_sub(known.len());
    if undecided == 0 {
        return Vec::new();
    }
    vec![format!(
        "{undecided} of {} claims have no verdict on record; `isocost prove` decides them.",
        ledger.claims.len()
    )]
}
