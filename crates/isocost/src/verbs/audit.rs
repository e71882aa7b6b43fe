//! `isocost audit`: what is wrong with ledgers, on their text alone.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use isocost_audit::{Audit, Finding, Severity, kinds};
use isocost_ledger::history;
use isocost_ledger::model::Ledger;
use isocost_ledger::parse::parse;
use isocost_ledger::text::Source;
use isocost_report::{diagnostics, github, sarif, text};

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{Form, Ui};
use crate::{git, load, view};

/// Find what is wrong with ledgers, on their text alone.
///
/// Reads Markdown ledgers and their plan documents together; nothing is run or looked up on disk.
#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    /// The ledgers and their plan documents; `-` is standard input.
    #[arg(required = true)]
    ledgers: Vec<PathBuf>,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The severity from which on the exit code is 1.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Show only these kinds, by code or name.
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    select: Vec<String>,
    /// Leave out these kinds.
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    ignore: Vec<String>,
    /// Findings of one kind that are shown as text; the rest is counted.
    #[arg(long, default_value_t = 3, value_name = "N")]
    limit: usize,
    /// Show all findings as text.
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Earlier snapshots of a plan document, oldest first: wording changed after a look is a finding.
    #[arg(long, num_args = 1.., value_name = "SNAPSHOT")]
    history: Vec<PathBuf>,
    /// Take the earlier snapshots of every document from git.
    #[arg(long, conflicts_with = "history")]
    git: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// Diagnostics with source lines; one JSON document with `--json`.
    #[default]
    Text,
    /// SARIF 2.1.0.
    Sarif,
    /// GitHub workflow annotations.
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// Nothing.
    Never,
}

impl FailOn {
    fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

pub(crate) fn run(args: &AuditArgs, ui: Ui) -> Result<Exit, CliError> {
    let wanted = Selection::new(args)?;
    let mut ledgers = load::ledgers(&args.ledgers)?;
    attach_history(args, &mut ledgers)?;
    let mut audit = isocost_audit::audit(&ledgers);
    audit.findings.retain(|finding| wanted.has(finding));
    show(args, &ledgers, &audit, ui)?;
    let fails = args.fail_on.least().is_some_and(|least| audit.findings.iter().any(|f| f.severity >= least));
    Ok(if fails { Exit::No } else { Exit::Yes })
}

struct Selection {
    select: Vec<&'static str>,
    ignore: Vec<&'static str>,
}

impl Selection {
    fn new(args: &AuditArgs) -> Result<Self, CliError> {
        let codes = |names: &[String]| {
            let code = |name: &String| {
                isocost_audit::find_kind(name).map(|kind| kind.code).ok_or_else(|| {
                    CliError::Usage(format!("there is no finding {name}; `isocost explain` lists all"))
                })
            };
            names.iter().map(code).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self { select: codes(&args.select)?, ignore: codes(&args.ignore)? })
    }

    fn has(&self, finding: &Finding) -> bool {
        (self.select.is_empty() || self.select.contains(&finding.code))
            && !self.ignore.contains(&finding.code)
    }
}

/// Gives each claim its wordings, from snapshots named on the command line or from git.
fn attach_history(args: &AuditArgs, ledgers: &mut [Ledger]) -> Result<(), CliError> {
    if !args.history.is_empty() {
        let snapshots = load::ledgers(&args.history)?;
        for ledger in ledgers.iter_mut() {
            attach(ledger, snapshots.clone());
        }
    }
    if args.git {
        for (ledger, path) in ledgers.iter_mut().zip(&args.ledgers) {
            let mut snapshots = Vec::new();
            for (name, bytes) in git::history(path)? {
                snapshots.push(parse(Source::from_bytes(name, bytes)?));
            }
            attach(ledger, snapshots);
        }
    }
    Ok(())
}

/// The ledger is the last of its own snapshots.
fn attach(ledger: &mut Ledger, snapshots: Vec<Ledger>) {
    let named = |ledger: Ledger| (ledger.source.name().to_owned(), ledger);
    let mut all: Vec<(String, Ledger)> = snapshots.into_iter().map(named).collect();
    all.push(named(ledger.clone()));
    history::attach(&mut all);
    if let Some((_, with_history)) = all.pop() {
        *ledger = with_history;
    }
}

fn show(args: &AuditArgs, ledgers: &[Ledger], audit: &Audit, ui: Ui) -> Result<(), CliError> {
    let sources =
        |name: &str| ledgers.iter().map(|ledger| &ledger.source).find(|source| source.name() == name);
    match (args.format, ui.form()) {
        (Format::Sarif, _) => {
            let tool = sarif::Tool { version: env!("CARGO_PKG_VERSION").to_owned() };
            let log = sarif::document(&audit.findings, &rule_docs(), &sources, &tool);
            ui.json(&log)?;
        }
        (Format::Github, _) => ui.data(&github::annotations(&audit.findings))?,
        (Format::Text, Form::Json) => ui.json(audit)?,
        (Format::Text, Form::Text) => {
            let shown =
                if args.all { audit.findings.clone() } else { first_of_each(&audit.findings, args.limit) };
            ui.data(&diagnostics::render(&shown, &sources, ui.diagnostics()))?;
            ui.data(&text::findings(&audit.findings, ui.layout()))?;
            for summary in &audit.summaries {
                ui.data(&format!("\n{}", view::story(summary)))?;
            }
            ui.note(&format!("\n{}", diagnostics::summary_line(&audit.findings)));
            if shown.len() < audit.findings.len() {
                let hidden = audit.findings.len() - shown.len();
                ui.note(&format!("{hidden} more of the same kinds are not shown; --all shows them, `isocost explain CODE` says what a kind means"));
            }
        }
    }
    Ok(())
}

fn first_of_each(findings: &[Finding], limit: usize) -> Vec<Finding> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut below = |finding: &&Finding| {
        let count = seen.entry(finding.code).or_default();
        *count += 1;
        *count <= limit
    };
    findings.iter().filter(|finding| below(finding)).cloned().collect()
}

fn rule_docs() -> Vec<sarif::RuleDoc> {
    let doc = |kind: &isocost_audit::Kind| sarif::RuleDoc {
        code: kind.code.to_owned(),
        summary: kind.summary.to_owned(),
        page: kind.page.to_owned(),
    };
    kinds().map(doc).collect()
}
