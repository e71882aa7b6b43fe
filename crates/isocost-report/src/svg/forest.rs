//! Intervals against a threshold.

use super::figure::Figure;
use super::frame::Area;
use super::scale::{Scale, drawable};
use super::shapes::{Anchor, clipped, colour, line, mark, text};
use crate::markup::Element;
use crate::model::{ComparisonView, CostVerdict};
use crate::{number, tables};

const WIDTH: f64 = 920.0;
const ROW: f64 = 34.0;
const TOP: f64 = 34.0;
/// Where the plot's inside begins and ends; names stand left of it, numbers right.
const INSIDE: (f64, f64) = (320.0, 700.0);
/// Columns for the name of a comparison.
const NAME: usize = 46;

/// One row a comparison; comparisons without a drawable difference are left out.
pub(crate) fn forest_figure(comparisons: &[&ComparisonView], key: &str) -> Option<Figure> {
    let rows: Vec<&ComparisonView> = comparisons.iter().copied().filter(|c| drawable(c.delta)).collect();
    let metric = &rows.first()?.metric;
    let values = rows.iter().flat_map(|c| [c.delta, c.low, c.high, c.threshold.unwrap_or(0.0)]).chain([0.0]);
    let scale = Scale::around(values, INSIDE, 6.0);
    let area = Area { left: INSIDE.0, right: INSIDE.1, top: TOP, bottom: TOP + ROW * rows.len() as f64 };
    let mut shapes = area.x_axis(&scale, &format!("Δ {metric} (left − right)"));
    let zero = scale.at(0.0);
    shapes.push(line((zero, area.top - 6.0), (zero, area.bottom)).with("stroke-opacity", "0.55"));
    shapes.extend(threshold_line(&rows, &scale, &area));
    for (view, index) in rows.iter().zip(0u32..) {
        shapes.push(row(view, &scale, TOP + ROW * (f64::from(index) + 0.5)));
    }
    shapes.push(head(INSIDE.1 + 16.0, Anchor::Start, "Δ and its interval"));
    Some(Figure {
        key: key.to_owned(),
        width: WIDTH,
        height: area.bottom + 46.0,
        title: format!("Comparisons of {metric}"),
        description: rows.iter().map(|view| described(view)).collect::<Vec<_>>().join(" "),
        shapes,
    })
}

fn head(x: f64, anchor: Anchor, words: &str) -> Element {
    text((x, TOP - 12.0), anchor, words).with("font-size", "11").with("opacity", "0.75")
}

/// One dashed line if all thresholds are the same; otherwise each row carries its own.
fn threshold_line(rows: &[&ComparisonView], scale: &Scale, area: &Area) -> Vec<Element> {
    let Some(value) = common_threshold(rows) else { return Vec::new() };
    let x = scale.at(value);
    let dashed = line((x, area.top - 6.0), (x, area.bottom))
        .with("stroke-dasharray", "5 4")
        .with("stroke-width", "1.5");
    let words = format!("threshold {}", tables::threshold(Some(value)));
    vec![dashed, head(x, Anchor::Middle, &words)]
}

fn common_threshold(rows: &[&ComparisonView]) -> Option<f64> {
    let value = rows.first()?.threshold.filter(|&t| drawable(t))?;
    let same = |view: &&ComparisonView| view.threshold.is_some_and(|t| t.total_cmp(&value).is_eq());
    (value.abs() > 0.0 && rows.iter().all(same)).then_some(value)
}

fn row(view: &ComparisonView, scale: &Scale, y: f64) -> Element {
    let decimals = number::shared_decimals(&[view.delta, view.low, view.high]);
    let shown = |value| number::signed(value, decimals);
    let second = [view.claim.as_deref().unwrap_or_default(), &view.split, &view.budget];
    let second: Vec<&str> = second.into_iter().filter(|part| !part.is_empty()).collect();
    let right = INSIDE.1 + 16.0;
    let mut group = Element::new("g")
        .child(Element::new("title").text(described(view)))
        .child(text((0.0, y - 2.0), Anchor::Start, clipped(&format!("{} − {}", view.left, view.right), NAME)))
        .child(small((0.0, y + 12.0), &clipped(&second.join(" · "), NAME)))
        .child(text(
            (right, y - 2.0),
            Anchor::Start,
            format!("{} [{}, {}]", shown(view.delta), shown(view.low), shown(view.high)),
        ));
    let p = view.p.map(|p| format!("p {}", spaced_p(p))).unwrap_or_default();
    let cost = if view.cost_verdict == CostVerdict::Unequal { "unequal cost" } else { "" };
    let notes: Vec<&str> = [p.as_str(), cost].into_iter().filter(|part| !part.is_empty()).collect();
    group = group.child(small((right, y + 12.0), &notes.join(" · ")));
    let x = scale.at(view.delta);
    if !view.low.is_nan() && !view.high.is_nan() {
        let (from, to) = (scale.at(view.low), scale.at(view.high));
        group = group.child(line((from, y), (to, y)).with("stroke-width", "2"));
        let ends = [(view.low, from), (view.high, to)].into_iter().filter(|(value, _)| value.is_finite());
        for (_, end) in ends {
            group = group.child(line((end, y - 5.0), (end, y + 5.0)).with("stroke-width", "2"));
        }
    }
    if let Some(threshold) = view.threshold.filter(|&t| drawable(t) && t.abs() > 0.0) {
        let x = scale.at(threshold);
        group = group.child(line((x, y - 11.0), (x, y + 11.0)).with("stroke-dasharray", "3 2"));
    }
    let square = mark(1, (x, y), 5.5).with("stroke", colour(0)).with("stroke-width", "2");
    let fill = if view.cost_verdict == CostVerdict::Unequal { "none" } else { colour(0) };
    group.child(square.with("fill", fill))
}

fn small(at: (f64, f64), words: &str) -> Element {
    text(at, Anchor::Start, words).with("font-size", "11").with("opacity", "0.7")
}

fn spaced_p(p: f64) -> String {
    let shown = number::p_value(p);
    if shown.starts_with(['<', '>']) { shown } else { format!("= {shown}") }
}

fn described(view: &ComparisonView) -> String {
    let decimals = number::shared_decimals(&[view.delta, view.low, view.high]);
    let shown = |value| number::signed(value, decimals);
    let against = view.threshold.map_or_else(String::new, |t| format!(", threshold {}", shown(t)));
    format!(
        "{} minus {}: {} from {} to {}{against}.",
        view.left,
        view.right,
        shown(view.delta),
        shown(view.low),
        shown(view.high)
    )
}
