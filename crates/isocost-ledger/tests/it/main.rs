//! Integration tests: the census and the traps of the four seed ledgers, round trips, write-back.

mod census_q;
mod seeds;
