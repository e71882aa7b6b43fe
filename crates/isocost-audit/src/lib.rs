//! What is wrong with a ledger, found on its text alone.
