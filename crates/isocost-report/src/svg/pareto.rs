//! A metric against its cost.

use super::figure::Figure;
use super::frame::Area;
use super::labels::{Place, spread};
use super::scale::{Scale, drawable};
use super::shapes::{Anchor, clipped, colour, line, mark, polyline, text, text_width};
use crate::markup::Element;
use crate::model::{ParetoPoint, ParetoSeries};
use crate::number;

const WIDTH: f64 = 920.0;
const AREA: Area = Area { left: 64.0, right: 740.0, top: 34.0, bottom: 380.0 };
/// Columns for the name of an arm.
const NAME: usize = 26;

/// Each arm's points by cost, connected; the points of the front by a broad line behind them.
pub(crate) fn pareto_figure(series: &ParetoSeries, key: &str) -> Option<Figure> {
    let arms = arms_of(series);
    let points = || arms.iter().flat_map(|(_, points)| points.iter().copied());
    points().next()?;
    let x = Scale::from_zero(points().map(|p| p.cost), (AREA.left, AREA.right), 8.0);
    let values = points().flat_map(|p| p.interval.map_or([p.value; 3], |i| [p.value, i.low, i.high]));
    let y = Scale::around(values, (AREA.bottom, AREA.top), 6.0);
    let mut shapes = AREA.y_axis(&y, &series.metric);
    shapes.extend(AREA.x_axis(&x, &format!("mean cost ({})", series.cost_unit)));
    shapes.extend(front(points(), &x, &y));
    for (index, (_, points)) in arms.iter().enumerate() {
        let aside = 3.0 * (index as f64 - (arms.len() as f64 - 1.0) / 2.0);
        shapes.extend(arm_shapes(index, points, aside, &x, &y));
    }
    shapes.extend(arm_labels(&arms, &x, &y));
    Some(Figure {
        key: key.to_owned(),
        width: WIDTH,
        height: AREA.bottom + 46.0,
        title: format!("{} against cost in {}", series.metric, series.cost_unit),
        description: described(points().filter(|p| p.on_front)),
        shapes,
    })
}

type Arm<'a> = (&'a str, Vec<&'a ParetoPoint>);

/// Arms in the order of their first point, each by cost.
fn arms_of(series: &ParetoSeries) -> Vec<Arm<'_>> {
    let mut arms: Vec<Arm<'_>> = Vec::new();
    for point in series.points.iter().filter(|p| drawable(p.cost) && drawable(p.value)) {
        match arms.iter_mut().find(|(name, _)| *name == point.arm) {
            Some((_, points)) => points.push(point),
            None => arms.push((&point.arm, vec![point])),
        }
    }
    for (_, points) in &mut arms {
        points.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    }
    arms
}

fn front<'a>(points: impl Iterator<Item = &'a ParetoPoint>, x: &Scale, y: &Scale) -> Option<Element> {
    let mut points: Vec<&ParetoPoint> = points.filter(|p| p.on_front).collect();
    points.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.value.total_cmp(&b.value)));
    let mut line: Vec<(f64, f64)> = Vec::new();
    for at in points.iter().map(|p| (x.at(p.cost), y.at(p.value))) {
        // Between two points only the cheaper one can be bought, hence steps.
        if let Some(&(_, level)) = line.last() {
            line.push((at.0, level));
        }
        line.push(at);
    }
    (line.len() > 1).then(|| {
        let wide = polyline(&line).with("stroke", "currentColor").with("stroke-opacity", "0.16");
        wide.with("stroke-width", "9").with("stroke-linejoin", "round").with("stroke-linecap", "round")
    })
}

/// Whiskers stand `aside` of their marks, so that those of arms at one cost can be told apart.
fn arm_shapes(index: usize, points: &[&ParetoPoint], aside: f64, x: &Scale, y: &Scale) -> Vec<Element> {
    let path: Vec<(f64, f64)> = points.iter().map(|p| (x.at(p.cost), y.at(p.value))).collect();
    let mut out = Vec::new();
    if path.len() > 1 {
        out.push(polyline(&path).with("stroke", colour(index)).with("stroke-width", "1.5"));
    }
    for point in points {
        let at = (x.at(point.cost), y.at(point.value));
        let mut group = Element::new("g").child(Element::new("title").text(described_point(point)));
        if let Some(interval) = point.interval.filter(|i| !i.low.is_nan() && !i.high.is_nan()) {
            let whisker = line((at.0 + aside, y.at(interval.low)), (at.0 + aside, y.at(interval.high)));
            group = group.child(
                whisker.with("style", format!("stroke:{}", colour(index))).with("stroke-opacity", "0.6"),
            );
        }
        let radius = if point.on_front { 5.5 } else { 4.0 };
        out.push(group.child(mark(index, at, radius).with("fill", colour(index))));
    }
    out
}

/// Each arm's name right of its dearest point.
fn arm_labels(arms: &[Arm<'_>], x: &Scale, y: &Scale) -> Vec<Element> {
    let anchors: Vec<(f64, f64, String)> = arms
        .iter()
        .filter_map(|(name, points)| {
            points.last().map(|p| (x.at(p.cost), y.at(p.value), clipped(name, NAME)))
        })
        .collect();
    let wanted: Vec<Place> = anchors
        .iter()
        .map(|(x, y, name)| Place { x: x + 10.0, y: y - 8.0, width: text_width(name), height: 16.0 })
        .collect();
    let marks = arms.iter().flat_map(|(_, points)| points);
    let taken: Vec<Place> = marks
        .map(|p| Place { x: x.at(p.cost) - 5.0, y: y.at(p.value) - 5.0, width: 10.0, height: 10.0 })
        .collect();
    let placed = spread(&wanted, &taken, AREA.top, AREA.bottom);
    let mut out = Vec::new();
    for (index, ((at_x, at_y, name), place)) in anchors.into_iter().zip(placed).enumerate() {
        let middle = place.y + 8.0;
        if (middle - at_y).abs() > 12.0 {
            out.push(line((at_x + 6.0, at_y), (place.x - 1.0, middle)).with("stroke-opacity", "0.35"));
        }
        out.push(
            text((place.x, place.y + 12.0), Anchor::Start, name)
                .with("style", format!("fill:{}", colour(index))),
        );
    }
    out
}

fn described_point(point: &ParetoPoint) -> String {
    let budget = if point.budget.is_empty() { String::new() } else { format!(" at {}", point.budget) };
    format!("{}{budget}: {} for {}", point.arm, number::significant(point.value, 4), number::cost(point.cost))
}

fn described<'a>(front: impl Iterator<Item = &'a ParetoPoint>) -> String {
    let points: Vec<String> = front.map(described_point).collect();
    if points.is_empty() {
        "No point is marked as lying on the front.".to_owned()
    } else {
        format!("On the front: {}.", points.join("; "))
    }
}
