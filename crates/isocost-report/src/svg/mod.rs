//! Figures as SVG.
//!
//! Lines and words take the colour of the text around them, so that a figure reads on light and dark pages alike;
//! series differ by shape as well as by colour.

mod figure;
mod forest;
mod frame;
mod labels;
mod pareto;
mod scale;
mod shapes;
mod timeline;

use crate::model::{ComparisonView, LookView, ParetoSeries};

pub(crate) use figure::Figure;
pub(crate) use forest::forest_figure;
pub(crate) use pareto::pareto_figure;
pub(crate) use timeline::timeline_figure;

/// A forest plot: the interval of each comparison against its threshold and zero. All should be of one metric.
/// None if there is nothing to draw.
pub fn forest(comparisons: &[&ComparisonView]) -> Option<String> {
    forest_figure(comparisons, "forest").map(|figure| figure.standalone())
}

/// Looks over time: the effect and the p-values read, raw and adjusted, against `alpha`. All should be at one split.
/// None if there is nothing to draw.
pub fn timeline(looks: &[&LookView], alpha: Option<f64>) -> Option<String> {
    timeline_figure(looks, alpha, "timeline").map(|figure| figure.standalone())
}

/// A metric against cost: each arm's budgets connected, the front drawn. None if there is nothing to draw.
pub fn pareto(series: &ParetoSeries) -> Option<String> {
    pareto_figure(series, "pareto").map(|figure| figure.standalone())
}
