//! Cost models and budget allocators.
