//! The reference's 56 sets of candidates, by rule.
//!
//! Source: `listen_core` section 13. Each set is checked against the hash of the reference's own list.

mod adaptive;
mod confidence;
mod energy;
mod gini;
mod top1med;
mod top1med_rules;
mod top1med_second;

use crate::{AvError, AvResult, P0Config};

/// A configuration with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its name; also the name of its folder.
    pub name: String,
    /// The settings.
    pub config: P0Config,
}

type Rule = fn(&mut Set);
/// Sets with their names.
type Sets = &'static [(&'static str, Rule)];

const GROUPS: [Sets; 7] = [
    energy::SETS,
    gini::SETS,
    confidence::SETS,
    adaptive::SETS,
    top1med::SETS,
    top1med_rules::SETS,
    top1med_second::SETS,
];

/// The candidates of a set, in order.
pub fn candidate_set(name: &str) -> AvResult<Vec<Candidate>> {
    let mut sets = GROUPS.iter().flat_map(|sets| sets.iter());
    let (_, rule) = sets.find(|(known, _)| *known == name).ok_or_else(|| {
        let known = set_names().join(", ");
        AvError::options(format!("`{name}` is no candidate set; there are {known}"), "check its spelling")
    })?;
    let mut set = Set::default();
    rule(&mut set);
    Ok(set.candidates)
}

/// The names of all sets.
pub fn set_names() -> Vec<&'static str> {
    GROUPS.iter().flat_map(|sets| sets.iter().map(|(name, _)| *name)).collect()
}

/// A set that is being put together.
#[derive(Default)]
struct Set {
    candidates: Vec<Candidate>,
    common: Option<fn(&mut P0Config)>,
}

impl Set {
    /// Changes that all following candidates share.
    fn common(&mut self, change: fn(&mut P0Config)) {
        self.common = Some(change);
    }

    fn add(&mut self, name: impl Into<String>, change: impl FnOnce(&mut P0Config)) {
        let mut config = base();
        if let Some(common) = self.common {
            common(&mut config);
        }
        change(&mut config);
        self.candidates.push(Candidate { name: name.into(), config });
    }
}

/// What all candidates start from.
fn base() -> P0Config {
    P0Config {
        low_res: 160,
        high_res: 352,
        head: crate::config::HeadName::TemporalConv,
        anchor_nms_radius: 2,
        ..P0Config::default()
    }
}

/// Low 112, high 448.
fn extreme(config: &mut P0Config) {
    (config.low_res, config.high_res) = (112, 448);
}

fn alloc(config: &mut P0Config, name: &str) {
    name.clone_into(&mut config.anchor_base_alloc);
}

/// The shortest decimal with a `p` for the point.
fn p(value: f64) -> String {
    format!("{value:?}").replace('.', "p")
}

/// Every pair, the first one slowest.
fn pairs<A: Copy, B: Copy>(first: &[A], second: &[B]) -> Vec<(A, B)> {
    first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b))).collect()
}

#[cfg(test)]
mod tests;
