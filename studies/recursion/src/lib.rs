//! Recursive models.
