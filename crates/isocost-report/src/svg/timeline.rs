//! Looks at a split, one after the other.

use super::figure::Figure;
use super::frame::Area;
use super::scale::{PScale, Scale, drawable};
use super::shapes::{Anchor, colour, line, mark, text, text_width};
use crate::markup::Element;
use crate::model::{LookKind, LookView};
use crate::number;

const WIDTH: f64 = 920.0;
const EFFECTS: Area = Area { left: 60.0, right: 900.0, top: 56.0, bottom: 200.0 };
/// Fewer looks with a number are better read in the table.
const FEWEST: usize = 2;
const P_VALUES: Area = Area { left: 60.0, right: 900.0, top: 250.0, bottom: 420.0 };

/// Two panels above each other: the effects read, and the p-values, raw and adjusted, on a logarithmic axis.
pub(crate) fn timeline_figure(looks: &[&LookView], alpha: Option<f64>, key: &str) -> Option<Figure> {
    let last = looks.last()?;
    if looks.iter().filter(|look| look.delta.or(look.p).is_some()).count() < FEWEST {
        return None;
    }
    let counts = looks.iter().map(|look| look.cumulative as f64);
    let x = Scale::counts(counts, (EFFECTS.left, EFFECTS.right), 10.0);
    let mut shapes = legend(looks);
    shapes.extend(effects(looks, &x));
    shapes.extend(p_values(looks, &x, alpha));
    shapes.extend(P_VALUES.x_axis(&x, &format!("looks at {} so far", last.split)));
    shapes.extend(dates(looks, &x));
    Some(Figure {
        key: key.to_owned(),
        width: WIDTH,
        height: P_VALUES.bottom + 46.0,
        title: format!("Looks at {}", last.split),
        description: described(looks, last),
        shapes,
    })
}

fn effects(looks: &[&LookView], x: &Scale) -> Vec<Element> {
    let deltas = looks.iter().filter_map(|look| look.delta);
    let y = Scale::around(deltas.chain([0.0]), (EFFECTS.bottom, EFFECTS.top), 4.0);
    let mut out = EFFECTS.y_axis(&y, "Δ read");
    out.push(line((EFFECTS.left, y.at(0.0)), (EFFECTS.right, y.at(0.0))).with("stroke-opacity", "0.5"));
    for look in looks {
        let at = x.at(look.cumulative as f64);
        out.push(match look.delta.filter(|&delta| drawable(delta)) {
            Some(delta) => point(look, (at, y.at(delta)), 4.0),
            None => line((at, EFFECTS.bottom - 5.0), (at, EFFECTS.bottom))
                .with("stroke-opacity", "0.5")
                .child(Element::new("title").text(named(look))),
        });
    }
    out
}

fn p_values(looks: &[&LookView], x: &Scale, alpha: Option<f64>) -> Vec<Element> {
    let all = looks.iter().flat_map(|look| [look.p, look.p_bonferroni, look.p_holm]).flatten();
    let y = PScale::around(all.chain(alpha), P_VALUES.bottom, P_VALUES.top);
    let mut out =
        P_VALUES.p_axis(&y, "p read (filled), times the looks so far (bar), Holm over all looks (ring)");
    if let Some(alpha) = alpha.filter(|a| (0.0..=1.0).contains(a)) {
        let at = y.at(alpha);
        out.push(line((P_VALUES.left, at), (P_VALUES.right, at)).with("stroke-dasharray", "5 4"));
        let words = format!("α = {alpha}");
        out.push(text((P_VALUES.right, at - 5.0), Anchor::End, words).with("font-size", "11"));
    }
    for look in looks {
        let at = x.at(look.cumulative as f64);
        let Some(p) = look.p.filter(|p| (0.0..=1.0).contains(p)) else { continue };
        if let Some(adjusted) = look.p_bonferroni {
            let bar = line((at - 4.0, y.at(adjusted)), (at + 4.0, y.at(adjusted))).with("stroke-width", "2");
            let stem = line((at, y.at(p)), (at, y.at(adjusted))).with("stroke-opacity", "0.2");
            out.extend([stem, bar.with("stroke-opacity", "0.7")]);
        }
        // Rings at one would lie on each other along the axis; the line down to it says the same.
        if let Some(adjusted) = look.p_holm.filter(|&p| p < 1.0) {
            let ring = mark(0, (at, y.at(adjusted)), 3.5).with("fill", "none").with("stroke", "currentColor");
            out.push(ring.with("stroke-opacity", "0.45"));
        }
        out.push(point(look, (at, y.at(p)), 4.0));
    }
    out
}

fn point(look: &LookView, at: (f64, f64), r: f64) -> Element {
    let kind = kind_index(look.kind);
    mark(kind, at, r).with("fill", colour(kind)).child(Element::new("title").text(named(look)))
}

fn kind_index(kind: LookKind) -> usize {
    LookKind::ALL.iter().position(|&other| other == kind).unwrap_or_default()
}

/// The marks of the kinds that occur.
fn legend(looks: &[&LookView]) -> Vec<Element> {
    let mut x = EFFECTS.left + 6.0;
    let mut out = Vec::new();
    let occurs = |kind| looks.iter().any(|look| look.kind == kind);
    for (index, kind) in LookKind::ALL.into_iter().enumerate().filter(|&(_, kind)| occurs(kind)) {
        out.push(mark(index, (x, 14.0), 4.5).with("fill", colour(index)));
        out.push(text((x + 10.0, 18.0), Anchor::Start, kind.word()));
        x += 34.0 + text_width(kind.word());
    }
    out
}

/// The day above the first look of each day, where there is room.
fn dates(looks: &[&LookView], x: &Scale) -> Vec<Element> {
    let mut out = Vec::new();
    let mut free_from = f64::NEG_INFINITY;
    let mut previous = String::new();
    for look in looks {
        let day = day(&look.time);
        let at = x.at(look.cumulative as f64);
        if day.is_empty() || day == previous {
            continue;
        }
        previous.clone_from(&day);
        let tick = line((at, EFFECTS.bottom + 2.0), (at, EFFECTS.bottom + 8.0)).with("stroke-opacity", "0.6");
        out.push(tick);
        if at >= free_from && at + text_width(&day) <= EFFECTS.right + 10.0 {
            let width = text_width(&day);
            let words = text((at + 3.0, EFFECTS.bottom + 18.0), Anchor::Start, day);
            out.push(words.with("font-size", "10").with("opacity", "0.75"));
            free_from = at + width + 6.0;
        }
    }
    out
}

/// The day of a time: of `20260201-102030` and `2026-02-01T10:20:30` it is `2026-02-01`.
fn day(time: &str) -> String {
    let digits = time.get(..8).filter(|start| start.bytes().all(|b| b.is_ascii_digit()));
    match digits.map(|digits| (digits.get(..4), digits.get(4..6), digits.get(6..))) {
        Some((Some(year), Some(month), Some(day))) => format!("{year}-{month}-{day}"),
        _ => time.chars().take(10).collect(),
    }
}

fn named(look: &LookView) -> String {
    let delta = number::optional(look.delta, |v| number::signed(v, 4));
    let p = number::optional(look.p, number::p_value);
    format!("look {}: {} ({}), Δ {delta}, p {p}", look.cumulative, look.experiment, look.kind.word())
}

fn described(looks: &[&LookView], last: &LookView) -> String {
    let best = looks
        .iter()
        .filter(|look| look.p.is_some_and(|p| p >= 0.0))
        .min_by(|a, b| a.p.unwrap_or(f64::NAN).total_cmp(&b.p.unwrap_or(f64::NAN)));
    let smallest = best.map_or_else(String::new, |look| {
        let adjusted = number::optional(look.p_holm, number::p_value);
        let p = number::optional(look.p, number::p_value);
        format!(
            " The smallest p read was {p} at look {} ({}); Holm: {adjusted}.",
            look.cumulative, look.experiment
        )
    });
    format!("{} looks at {}.{smallest}", number::count(last.cumulative), last.split)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_from_both_spellings_of_a_time() {
        assert_eq!([day("20260201-102030"), day("2026-02-01T10:20:30")], ["2026-02-01", "2026-02-01"]);
        assert_eq!((day(""), day("week 5")), (String::new(), "week 5".to_owned()));
    }
}
