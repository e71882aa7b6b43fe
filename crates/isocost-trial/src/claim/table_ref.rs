//! How a ledger names an outcome table.

use isocost_ledger::model::{Id, Stage};

/// An outcome table as a ledger names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableRef {
    /// `E0003/outcomes.csv`, `E0003@full/outcomes.csv`: what a recorded attempt left.
    Recorded {
        /// The experiment.
        experiment: Id,
        /// Its stage; `None` is its last declared one.
        stage: Option<Stage>,
        /// The file below the attempt's artifacts.
        file: String,
    },
    /// A path from the ledger's directory.
    Path(String),
}

impl TableRef {
    /// Reads a reference.
    pub fn parse(text: &str) -> Self {
        let path = || Self::Path(text.to_owned());
        let Some((owner, file)) = text.split_once('/') else { return path() };
        let (id, stage) = match owner.split_once('@') {
            None => (owner, None),
            Some((id, stage)) => match Stage::from_name(stage) {
                Some(stage) => (id, Some(stage)),
                None => return path(),
            },
        };
        if !is_experiment(id) || file.is_empty() {
            return path();
        }
        Self::Recorded { experiment: Id(id.to_owned()), stage, file: file.to_owned() }
    }
}

/// A letter, four digits and an optional suffix, as in `E0161A`.
fn is_experiment(text: &str) -> bool {
    let id = Id(text.to_owned());
    text.is_ascii()
        && id.letter().is_ascii_uppercase()
        && id.digits().len() == 4
        && id.suffix().chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_experiments_id_in_front_makes_a_table_a_recorded_one() {
        assert_eq!(
            TableRef::parse("runs/E0003/outcomes.csv"),
            TableRef::Path("runs/E0003/outcomes.csv".into())
        );
        assert_eq!(TableRef::parse("outcomes.csv"), TableRef::Path("outcomes.csv".into()));
        assert!(matches!(TableRef::parse("E0161A/o.csv"), TableRef::Recorded { stage: None, .. }));
        let full = TableRef::Recorded {
            experiment: Id("E0003".into()),
            stage: Some(Stage::Full),
            file: "outcomes.csv".into(),
        };
        assert_eq!(TableRef::parse("E0003@full/outcomes.csv"), full);
    }
}
