//! Plans, executors and the attempt store.
