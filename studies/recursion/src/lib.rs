//! Recursive models (HRM, TRM): when one is wrong, did its state settle on a wrong point, or never settle?
//!
//! [`puzzles`] makes and rates the puzzles. [`e1`] is the offline batch over diagnosis files: late drift, settled and unsettled cells, the exponent as a
//! predictor of success, with bootstrap intervals.

pub mod e1;
mod log10;

pub mod puzzles;
