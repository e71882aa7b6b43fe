//! The ledger, project and store that a verb works on.

use std::path::PathBuf;

use clap::Args;
use isocost_ledger::model::Ledger;
use isocost_run::plan::{PlanError, PlanProblem};
use isocost_run::project::Project;
use isocost_run::store::{Access, Holder, Store, StoreError};

use crate::error::CliError;
use crate::exit::Exit;
use crate::load;

/// Where the ledger, the project and the store are.
#[derive(Debug, Args)]
pub(crate) struct ProjectArgs {
    /// The ledger.
    #[arg(default_value = "experiments.md")]
    pub(crate) ledger: PathBuf,
    /// The directory that commands run in [default: the ledger's].
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// The attempt store [default: .isocost in the root].
    #[arg(long, value_name = "DIR", env = "ISOCOST_STORE")]
    pub(crate) store: Option<PathBuf>,
}

impl ProjectArgs {
    /// The parsed ledger.
    pub(crate) fn ledger(&self) -> Result<Ledger, CliError> {
        load::ledger(&self.ledger)
    }

    /// The project.
    pub(crate) fn project(&self) -> Project {
        Project::new(&self.ledger, self.root.as_deref())
    }

    /// Where the store is.
    pub(crate) fn store_path(&self) -> PathBuf {
        self.store.clone().unwrap_or_else(|| self.project().default_store())
    }

    /// The store, to look at.
    pub(crate) fn open(&self) -> Result<Store, CliError> {
        Store::open(&self.store_path(), Access::Read).map_err(store_error)
    }

    /// The store, to record in.
    pub(crate) fn open_to_run(&self) -> Result<Store, CliError> {
        let command = std::env::args().collect::<Vec<_>>().join(" ");
        Store::open(&self.store_path(), Access::Run(Holder::this_process(&command))).map_err(store_error)
    }
}

/// A store's error with its exit code.
pub(crate) fn store_error(error: StoreError) -> CliError {
    let exit = match &error {
        StoreError::Held { .. } => Exit::Locked,
        StoreError::Newer { .. } | StoreError::Damaged { .. } | StoreError::Io(_) => Exit::Input,
        StoreError::ReadOnly { .. } => Exit::Internal,
    };
    CliError::failed(exit, error)
}

/// A plan's error with its exit code.
pub(crate) fn plan_error(error: &PlanError) -> CliError {
    CliError::failed(Exit::Plan, error)
}

/// The same, from a list of problems.
pub(crate) fn plan_problems(problems: Vec<PlanProblem>) -> CliError {
    plan_error(&PlanError { problems })
}
