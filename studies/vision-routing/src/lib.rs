//! Vision per question: none, coarse or full.
