//! The lexical layer that all dialects share (spec §1).

pub(crate) mod code;
pub(crate) mod ids;
pub(crate) mod list;
pub(crate) mod number;
pub(crate) mod seeds;
pub(crate) mod split;
