//! Plans, executors and the attempt store.
//!
//! A ledger and a [`store::Snapshot`] of what was recorded become a [`plan::Plan`], which is pure; [`exec::execute`] runs
//! it and records attempts in the [`store::Store`]; [`status`] and [`verify`] read them back.

pub mod contract;
pub mod exec;
pub mod gate;
pub mod ident;
pub mod plan;
pub mod project;
pub mod status;
pub mod store;
pub mod verify;
