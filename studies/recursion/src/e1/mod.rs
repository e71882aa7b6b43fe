//! The offline batch E1: are wrong answers settled, and does the exponent tell them from right ones?

mod auc;
mod bound;
mod compute;
mod config;
mod diagnosis;
mod error;
mod late;
mod markdown;
mod median;
mod python;
mod reals;
mod resample;
mod run;
mod seed_style;
mod share;
mod statistic;
mod values;

pub use compute::compute;
pub use config::{Config, Literals, Source};
pub use error::E1Error;
pub use run::{Options, Style, Summary, Threads, render, run};
pub use values::{
    Bootstrap, Cells, FileValues, HrmValues, Quantity, Settling, Share, SpectrumValues, Threshold, TrmValues,
    Values,
};
