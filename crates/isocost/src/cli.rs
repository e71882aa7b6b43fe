//! Flags and verbs.

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::error::CliError;
use crate::exit::Exit;
use crate::ui::{ColorChoice, Form, Quiet, Ui};
use crate::verbs;

/// Decide whether adaptive inference earns its cost.
///
/// isocost reads a Markdown ledger of experiments and claims, audits it on text alone, runs it, checks that every arm
/// cost the same, counts every look at a test set, and decides every claim by the rule written before the run.
#[derive(Debug, Parser)]
#[command(name = "isocost", version, propagate_version = true, after_long_help = exit_codes())]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Args)]
struct Common {
    /// Print one JSON document on stdout.
    #[arg(long, global = true)]
    json: bool,
    /// When to colour.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorChoice,
    /// Print errors only, beside the data.
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Find what is wrong with ledgers, on their text alone.
    Audit(verbs::audit::AuditArgs),
    /// Say what a kind of finding means.
    Explain(verbs::explain::ExplainArgs),
    /// List every evaluation on a protected split, and what the number of looks does to p.
    Looks(verbs::looks::LooksArgs),
    /// Print what isocost reads in a document, as JSON.
    Show(verbs::show::ShowArgs),
    /// Compare two arms, item by item, without a ledger.
    Compare(verbs::compare::CompareArgs),
    /// Write logs of other tools as an outcome table.
    Import(verbs::import::ImportArgs),
    /// Write a starter ledger that runs as it is.
    Init(verbs::init::InitArgs),
    /// Show what would run, in which order, and why.
    Plan(verbs::plan::PlanArgs),
    /// Run what is open, from smoke to full.
    Run(verbs::run::RunArgs),
    /// Say what has run, what is running and what is outstanding.
    Status(verbs::status::StatusArgs),
    /// Check every contract against what is on disk, without running anything.
    Verify(verbs::verify::VerifyArgs),
    /// Decide claims by their written rules, and count the looks.
    Prove(verbs::prove::ProveArgs),
    /// Compare every arm of an outcome table with a baseline, at every budget, corrected together.
    Trial(verbs::trial::TrialArgs),
    /// Simulate worlds, decide claims on them, and count the false ones.
    Selftest(verbs::selftest::SelftestArgs),
    /// Write one page with claims, comparisons, looks and runs.
    Report(verbs::report::ReportArgs),
    /// Write recorded results back into the ledger: boxes, `results` fields, Results rows.
    WriteBack(verbs::write_back::WriteBackArgs),
    /// Run one of the studies that ship with isocost.
    Study(verbs::study::StudyArgs),
    /// Print one page that tells a coding agent how to work with a ledger.
    Agent,
    /// Print the JSON Schema of one of isocost's documents.
    Schema(verbs::schema::SchemaArgs),
    /// Print completions for a shell.
    Completions(verbs::completions::CompletionsArgs),
    /// Print the man page, or that of one verb.
    Man(verbs::completions::ManArgs),
}

fn exit_codes() -> String {
    let rows: Vec<String> =
        Exit::TABLE.iter().map(|(_, code, meaning)| format!("  {code:>2}  {meaning}")).collect();
    format!("Exit codes:\n{}", rows.join("\n"))
}

/// Parses the command line, runs the verb, prints its error.
pub(crate) fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Yes };
        }
    };
    let form = if cli.common.json { Form::Json } else { Form::Text };
    let quiet = if cli.common.quiet { Quiet::Yes } else { Quiet::No };
    let ui = Ui::new(form, cli.common.color, quiet);
    match dispatch(&cli.verb, ui) {
        Ok(exit) => exit,
        Err(error) => {
            ui.error(&error);
            error.exit()
        }
    }
}

fn dispatch(verb: &Verb, ui: Ui) -> Result<Exit, CliError> {
    match verb {
        Verb::Audit(args) => verbs::audit::run(args, ui),
        Verb::Explain(args) => verbs::explain::run(args, ui),
        Verb::Looks(args) => verbs::looks::run(args, ui),
        Verb::Show(args) => verbs::show::run(args, ui),
        Verb::Compare(args) => verbs::compare::run(args, ui),
        Verb::Import(args) => verbs::import::run(args, ui),
        Verb::Init(args) => verbs::init::run(args, ui),
        Verb::Plan(args) => verbs::plan::run(args, ui),
        Verb::Run(args) => verbs::run::run(args, ui),
        Verb::Status(args) => verbs::status::run(args, ui),
        Verb::Verify(args) => verbs::verify::run(args, ui),
        Verb::Prove(args) => verbs::prove::run(args, ui),
        Verb::Trial(args) => verbs::trial::run(args, ui),
        Verb::Selftest(args) => verbs::selftest::run(args, ui),
        Verb::Report(args) => verbs::report::run(args, ui),
        Verb::WriteBack(args) => verbs::write_back::run(args, ui),
        Verb::Study(args) => verbs::study::run(args, ui),
        Verb::Agent => verbs::agent::run(ui),
        Verb::Schema(args) => verbs::schema::run(args, ui),
        Verb::Completions(args) => verbs::completions::completions(args, Cli::command(), ui),
        Verb::Man(args) => verbs::completions::man(args, Cli::command(), ui),
    }
}
