//! Deciding a ledger's claims, and what is on record of earlier decisions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use isocost_ledger::model::{Claim, Ledger};
use isocost_trial::chain::{Chain, ChainError, Recorded, read_chain};
use isocost_trial::claim::{ClaimInput, DeclaredClaim, SpecProblem, TableRef, decide};
use isocost_trial::{Decision, Family, Look, LookBook, Verdict, VerdictRecord};

use crate::error::CliError;
use crate::evidence::{ClaimTables, Evidence};
use crate::exit::Exit;

/// Where looks and verdicts are recorded in a store.
pub(crate) struct Records {
    looks: PathBuf,
    verdicts: PathBuf,
}

impl Records {
    pub(crate) fn of(store: &Path) -> Self {
        Self { looks: store.join("looks.jsonl"), verdicts: store.join("verdicts.jsonl") }
    }

    /// All looks on record. Looks that a verdict knew and that are gone are tampering: the chain alone cannot show that its end
    /// was cut off.
    pub(crate) fn book(&self) -> Result<LookBook, CliError> {
        let stored = read_chain::<Look>(&self.looks).map_err(chain_error)?;
        let known: BTreeSet<&str> = stored.iter().map(|stored| stored.hash.as_str()).collect();
        let verdicts = read_chain::<VerdictRecord>(&self.verdicts).map_err(chain_error)?;
        let heads = verdicts.iter().map(|stored| stored.record.looks_head.as_str());
        if heads.filter(|head| head.bytes().any(|byte| byte != b'0')).any(|head| !known.contains(head)) {
            return Err(CliError::failed(
                Exit::Tampered,
                format!(
                    "{}: looks that a recorded verdict knew are missing; restore the file from a backup or version control",
                    self.looks.display()
                ),
            ));
        }
        LookBook::read(&self.looks).map_err(chain_error)
    }

    /// The latest verdict of each claim, in the order in which they were given.
    pub(crate) fn verdicts(&self) -> Result<Vec<VerdictRecord>, CliError> {
        let stored = read_chain::<VerdictRecord>(&self.verdicts).map_err(chain_error)?;
        let mut latest: Vec<VerdictRecord> = Vec::new();
        for stored in stored {
            latest.retain(|record| record.verdict.claim != stored.record.verdict.claim);
            latest.push(stored.record);
        }
        Ok(latest)
    }

    /// Records looks first, then verdicts that are not on record already. Says how many looks were new.
    pub(crate) fn record(&self, decisions: &[Decision], time: &str, holder: &str) -> Result<usize, CliError> {
        if let Some(dir) = self.looks.parent() {
            isocost_fs::create_dir_all(dir)?;
        }
        let drafts: Vec<_> = decisions.iter().flat_map(|decision| decision.looks.clone()).collect();
        let (book, recorded) = LookBook::record(&self.looks, &drafts, time, holder).map_err(chain_error)?;
        let (mut chain, stored) =
            Chain::<VerdictRecord>::open(&self.verdicts, holder).map_err(chain_error)?;
        for decision in decisions {
            let last =
                stored.iter().rev().find(|stored| stored.record.verdict.claim == decision.verdict.claim);
            if last.is_none_or(|stored| stored.record.verdict != decision.verdict) {
                let record = VerdictRecord::new(decision.verdict.clone(), time, book.head());
                chain.append(&record).map_err(chain_error)?;
            }
        }
        Ok(recorded.iter().filter(|recorded| matches!(recorded, Recorded::New(_))).count())
    }
}

/// A chain's error with its exit code.
fn chain_error(error: ChainError) -> CliError {
    let exit = match &error {
        ChainError::Broken { .. } => Exit::Tampered,
        ChainError::Locked(_) => Exit::Locked,
        ChainError::Io(_) | ChainError::Unreadable { .. } => Exit::Input,
        ChainError::Unwritable(_) => Exit::Internal,
    };
    CliError::failed(exit, error)
}

/// One claim of the ledger: decided, or why it cannot be.
pub(crate) enum Judged {
    /// Decided on its evidence.
    Decided(Box<Decision>),
    /// Its declaration does not allow it.
    Undecidable(Box<Claim>, Vec<SpecProblem>),
}

/// Decides the claims that `asked` names (all, if it is empty) together with all claims of their families, because those
/// are corrected for each other. In the ledger's order.
pub(crate) fn judge(
    ledger: &Ledger,
    asked: &BTreeSet<String>,
    evidence: &Evidence<'_>,
    book: &LookBook,
) -> Result<Vec<Judged>, CliError> {
    let read: Vec<(&Claim, Result<DeclaredClaim, Vec<SpecProblem>>)> =
        ledger.claims.iter().map(|claim| (claim, DeclaredClaim::from_ledger(claim))).collect();
    let is_asked = |claim: &Claim| asked.is_empty() || asked.contains(claim.id.as_ref());
    let families: BTreeSet<Family> = read
        .iter()
        .filter(|(claim, _)| is_asked(claim))
        .filter_map(|(_, declared)| declared.as_ref().ok().map(|declared| declared.spec.family_name()))
        .collect();
    let mut judged = Vec::new();
    let mut together: Vec<(DeclaredClaim, ClaimTables)> = Vec::new();
    for (claim, declared) in read {
        match declared {
            Ok(declared) if families.contains(&declared.spec.family_name()) => {
                let tables = evidence.tables(&table_refs(&declared))?;
                together.push((declared, tables));
            }
            Err(problems) if is_asked(claim) => {
                judged.push(Judged::Undecidable(Box::new(claim.clone()), problems));
            }
            Ok(_) | Err(_) => {}
        }
    }
    let inputs: Vec<ClaimInput<'_>> = together
        .iter()
        .map(|(declared, tables)| ClaimInput {
            spec: &declared.spec,
            table: tables.table.as_ref(),
            artifacts: evidence,
            problems: tables.problems.clone(),
        })
        .collect();
    judged.extend(decide(&inputs, book).into_iter().map(|decision| Judged::Decided(Box::new(decision))));
    let place = |judged: &Judged| {
        let id = judged.id();
        ledger.claims.iter().position(|claim| claim.id.as_ref() == id)
    };
    judged.sort_by_key(place);
    Ok(judged)
}

/// The tables that a claim is decided on; several are separated by commas and read as one.
pub(crate) fn table_refs(declared: &DeclaredClaim) -> Vec<TableRef> {
    let names = declared.table.iter().flat_map(|names| names.split(','));
    names.map(|name| TableRef::parse(name.trim().trim_matches('`'))).collect()
}

impl Judged {
    /// The claim's id.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Decided(decision) => decision.verdict.claim.as_str(),
            Self::Undecidable(claim, _) => claim.id.as_ref(),
        }
    }

    /// The decision, if there is one.
    pub(crate) fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Decided(decision) => Some(decision),
            Self::Undecidable(..) => None,
        }
    }

    /// The verdict, if there is one.
    pub(crate) fn verdict(&self) -> Option<&Verdict> {
        self.decision().map(|decision| &decision.verdict)
    }
}
