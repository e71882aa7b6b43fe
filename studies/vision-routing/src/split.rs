//! Which images train, which tune and which test: fixed for ever, whatever the seed.

use std::fmt;

use isocost_study_learn::{Seed, Stream};

use crate::{Digits, ItemId};

/// A part of the images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Fits the classifiers.
    Train,
    /// Fits the temperature; read freely.
    Val,
    /// Read only by the full stage.
    Test,
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Train => "train",
            Self::Val => "val",
            Self::Test => "test",
        })
    }
}

/// Images that tune. Like [`TEST`] a multiple of 12, so that budgets in quarters of a full look come out to the token.
const VAL: usize = 360;

/// Images that test.
const TEST: usize = 540;

/// The images of each split, disjoint by construction: cuts of one fixed permutation. Each is in order of its ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splits {
    /// Fits the classifiers.
    pub train: Vec<ItemId>,
    /// Fits the temperature.
    pub val: Vec<ItemId>,
    /// Is read only by the full stage.
    pub test: Vec<ItemId>,
}

impl Splits {
    /// All images: 540 test, 360 tune, the other 897 train.
    pub fn of(digits: &Digits) -> Self {
        let mut order: Vec<ItemId> = digits.iter().map(|digit| digit.id).collect();
        // The permutation is part of the data, not of a replicate: its key is no seed of a run.
        Stream::new(Seed(0), "vision-routing/split/1").shuffle(&mut order);
        let test = order.split_off(order.len().saturating_sub(TEST));
        let val = order.split_off(order.len().saturating_sub(VAL));
        Self { train: sorted(order), val: sorted(val), test: sorted(test) }
    }

    /// At most that many of each split, the first in order of ids. No image changes its split.
    #[must_use]
    pub fn shortened(mut self, train: usize, val: usize, test: usize) -> Self {
        self.train.truncate(train);
        self.val.truncate(val);
        self.test.truncate(test);
        self
    }

    /// The images of one split.
    pub fn get(&self, split: Split) -> &[ItemId] {
        match split {
            Split::Train => &self.train,
            Split::Val => &self.val,
            Split::Test => &self.test,
        }
    }
}

fn sorted(mut ids: Vec<ItemId>) -> Vec<ItemId> {
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn splits() -> Splits {
        Splits::of(&Digits::load().unwrap())
    }

    #[test]
    fn each_image_is_in_exactly_one_split() {
        let Splits { train, val, test } = splits();
        assert_eq!((train.len(), val.len(), test.len()), (897, 360, 540));
        let all: BTreeSet<_> = [train, val, test].concat().into_iter().collect();
        assert_eq!(all.len(), 1797);
    }

    #[test]
    fn a_shortened_split_is_a_part_of_the_whole_one() {
        let (whole, short) = (splits(), splits().shortened(100, 40, 60));
        for split in [Split::Train, Split::Val, Split::Test] {
            assert!(whole.get(split).starts_with(short.get(split)));
        }
        assert_eq!(short.train.len() + short.val.len() + short.test.len(), 200);
    }

    #[test]
    fn every_class_is_in_every_split() {
        let digits = Digits::load().unwrap();
        let splits = splits();
        for split in [Split::Train, Split::Val, Split::Test] {
            let classes: BTreeSet<_> =
                splits.get(split).iter().map(|id| digits.get(*id).unwrap().label).collect();
            assert_eq!(classes.len(), 10, "{split}");
        }
    }
}
