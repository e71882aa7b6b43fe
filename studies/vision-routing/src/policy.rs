//! Policies: which image is looked at how. No policy but the oracle is given a label.

use isocost_study_budget::Mix;
use isocost_study_learn::Stream;

use crate::Path;

/// Looks fully as well at the `escalated` images whose coarse answer is least certain.
///
/// Of equally uncertain images the earlier goes first; NaN counts as most uncertain.
pub fn escalate_most_uncertain(uncertainty: &[f64], escalated: usize) -> Vec<Path> {
    let mut order: Vec<(usize, f64)> = uncertainty.iter().copied().enumerate().collect();
    let rank = |value: f64| if value.is_nan() { f64::INFINITY } else { value };
    order.sort_by(|a, b| rank(b.1).total_cmp(&rank(a.1)).then(a.0.cmp(&b.0)));
    assign(uncertainty.len(), order.iter().take(escalated).map(|(index, _)| (*index, Path::Both)))
}

/// Looks fully, at once, at a random subset; `mix` says at how many, and how many more look twice to spend the rest.
pub fn look_at_random(items: usize, mix: Mix, mut stream: Stream) -> Vec<Path> {
    let mut order: Vec<usize> = (0..items).collect();
    stream.shuffle(&mut order);
    let paths = std::iter::repeat_n(Path::Full, mix.direct).chain(std::iter::repeat_n(Path::Both, mix.both));
    assign(items, order.into_iter().zip(paths))
}

/// Looks fully as well at up to `escalated` images, first those where that turns a wrong answer into a right one.
///
/// What is left of the budget goes to images whose answer is right either way or wrong either way, so that the oracle
/// spends as much as the policies it is compared with; never to one where a full look would do harm.
pub fn escalate_where_it_helps(coarse_right: &[bool], full_right: &[bool], escalated: usize) -> Vec<Path> {
    let both = || coarse_right.iter().zip(full_right).enumerate();
    let helped = both().filter(|(_, (coarse, full))| !**coarse && **full);
    let harmless = both().filter(|(_, (coarse, full))| coarse == full);
    let chosen = helped.chain(harmless).take(escalated).map(|(index, _)| (index, Path::Both));
    assign(coarse_right.len(), chosen)
}

fn assign(items: usize, chosen: impl Iterator<Item = (usize, Path)>) -> Vec<Path> {
    let mut paths = vec![Path::Coarse; items];
    for (index, path) in chosen {
        if let Some(slot) = paths.get_mut(index) {
            *slot = path;
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use isocost_study_budget::Tokens;
    use isocost_study_learn::Seed;
    use proptest::prelude::*;

    use super::*;
    use crate::vision::prices;

    #[test]
    fn the_least_certain_go_first_and_of_equals_the_earlier() {
        let paths = escalate_most_uncertain(&[0.1, 0.9, 0.5, 0.5, f64::NAN], 3);
        assert_eq!(paths, [Path::Coarse, Path::Both, Path::Both, Path::Coarse, Path::Both]);
    }

    #[test]
    fn the_oracle_repairs_first_and_never_harms() {
        let coarse = [true, false, false, true, false];
        let full = [false, false, true, true, true];
        let paths = |escalated| escalate_where_it_helps(&coarse, &full, escalated);
        assert_eq!(paths(1), [Path::Coarse, Path::Coarse, Path::Both, Path::Coarse, Path::Coarse]);
        assert_eq!(paths(3), [Path::Coarse, Path::Both, Path::Both, Path::Coarse, Path::Both]);
        assert_eq!(paths(5), [Path::Coarse, Path::Both, Path::Both, Path::Both, Path::Both]);
    }

    proptest! {
        #[test]
        fn all_three_policies_spend_the_same_to_the_token(
            seen in prop::collection::vec((0.0_f64..2.3, any::<bool>(), any::<bool>()), 1..200), draw: usize, seed: u64,
        ) {
            let prices = prices().unwrap();
            let uncertainty: Vec<f64> = seen.iter().map(|item| item.0).collect();
            let coarse: Vec<bool> = seen.iter().map(|item| item.1).collect();
            let full: Vec<bool> = seen.iter().map(|item| item.2).collect();
            let harmful = seen.iter().filter(|item| item.1 && !item.2).count();
            let escalated = draw % (seen.len() - harmful + 1);
            let target = prices.total(seen.len(), escalated).unwrap();
            let mix = prices.mix_that_spends(seen.len(), target).unwrap();
            let bill = |paths: Vec<Path>| Tokens::total(paths.iter().map(|path| path.tokens(prices).unwrap()));
            prop_assert_eq!(bill(escalate_most_uncertain(&uncertainty, escalated)), Ok(target));
            prop_assert_eq!(bill(look_at_random(seen.len(), mix, Stream::new(Seed(seed), "random"))), Ok(target));
            prop_assert_eq!(bill(escalate_where_it_helps(&coarse, &full, escalated)), Ok(target));
        }

        #[test]
        fn no_choice_of_as_many_escalations_beats_the_oracle(
            seen in prop::collection::vec((0.0_f64..2.3, any::<bool>(), any::<bool>()), 1..200), draw: usize,
        ) {
            let uncertainty: Vec<f64> = seen.iter().map(|item| item.0).collect();
            let coarse: Vec<bool> = seen.iter().map(|item| item.1).collect();
            let full: Vec<bool> = seen.iter().map(|item| item.2).collect();
            let escalated = draw % (seen.len() + 1);
            let right = |paths: Vec<Path>| {
                let answers = paths.iter().zip(coarse.iter().zip(&full));
                answers.filter(|(path, (coarse, full))| if **path == Path::Both { **full } else { **coarse }).count()
            };
            prop_assert!(
                right(escalate_where_it_helps(&coarse, &full, escalated))
                    >= right(escalate_most_uncertain(&uncertainty, escalated))
            );
        }
    }
}
