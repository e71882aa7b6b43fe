//! Integration tests: the census and the traps of the four seed ledgers, round trips, write-back.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod canonical;
mod census_n;
mod census_q;
mod census_s;
mod census_t;
mod results;
mod round_trip;
mod seeds;
mod traps;
