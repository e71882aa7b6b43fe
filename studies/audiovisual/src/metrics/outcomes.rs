//! The outcome table: one row a second, seed and method.

use std::collections::BTreeMap;

use isocost_study_budget::patch_tokens;
use isocost_trial::OutcomeRow;

use crate::trial::{Ground, Trial};
use crate::{AvResult, Mode};

/// The rows of a trial. Items are `clip/second`; a clip that is listed again in compat mode is `clip#2`. `budget` is the token budget of a clip, `cost`
/// what the second took: its patches and, in sound mode, the patches that listening looked at.
pub fn outcome_rows(ground: &Ground<'_>, trial: &Trial, split: &str) -> AvResult<Vec<OutcomeRow>> {
    let request = &trial.prepared.request;
    let budget = request.config.triad().budget(ground.labels.seconds())?.get().to_string();
    let clips = names(&ground.ids.eval);
    let mut rows = Vec::new();
    for ((seed, plans), answers) in request.seeds.iter().zip(&trial.prepared.plans).zip(&trial.answers) {
        for ((method, plans), answers) in request.methods.iter().zip(plans).zip(answers) {
            let listening =
                match ground.signal.filter(|_| ground.mode == Mode::Sound && method.pays_for_listening()) {
                    Some(signal) => signal.tokens as f64,
                    None => 0.0,
                };
            for (at, (clip, id)) in clips.iter().zip(&ground.ids.eval).enumerate() {
                let way = answers.chosen.get(at).copied().unwrap_or(0);
                let Some(plan) = plans.eval.get(way).and_then(|plans| plans.get(at)) else { continue };
                let labels = ground.labels.get(id)?;
                let start = at * labels.len();
                let classes = answers.classes.get(start..start + labels.len()).unwrap_or_default();
                for (second, ((class, label), side)) in
                    classes.iter().zip(labels).zip(&plan.resolutions).enumerate()
                {
                    let tokens = patch_tokens(side.get(), plan.patch_size)?.get() as f64;
                    rows.push(OutcomeRow {
                        item: format!("{clip}/{second}").into(),
                        seed: seed.to_string().into(),
                        arm: method.name().into(),
                        budget: budget.as_str().into(),
                        cost: Some(tokens + listening),
                        cost_unit: "tokens".into(),
                        split: split.into(),
                        metric: "accuracy".into(),
                        value: Some(if class == label { 1.0 } else { 0.0 }),
                        extra: BTreeMap::from([("clip".to_owned(), clip.clone())]),
                    });
                }
            }
        }
    }
    Ok(rows)
}

/// Ids, those that come again numbered.
fn names(ids: &[String]) -> Vec<String> {
    let mut seen: BTreeMap<&String, usize> = BTreeMap::new();
    let mut name = |id| {
        let times = seen.entry(id).or_default();
        *times += 1;
        if *times == 1 { id.clone() } else { format!("{id}#{times}") }
    };
    ids.iter().map(&mut name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clip_that_is_listed_again_gets_a_name_of_its_own() {
        assert_eq!(names(&["a".into(), "b".into(), "a".into()]), ["a", "b", "a#2"]);
    }
}
