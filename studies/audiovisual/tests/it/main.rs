//! Trials on the reference's miniature data set, against what the reference wrote for it.

mod compare;
mod golden;
mod sound;
mod synth;
