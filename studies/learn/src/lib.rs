//! Small classifiers shared by the studies.
