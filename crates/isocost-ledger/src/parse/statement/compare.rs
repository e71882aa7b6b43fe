//! Which numbers are compared with which (spec §9, form 1).

use crate::model::{Comparison, Measurement};
use crate::text::{Piece, Span};

/// How many means before a difference are candidates for its two sides.
const NEARBY: usize = 8;
/// Longest text between numbers of one comparison.
const LONGEST_GAP: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Delta,
    P,
    Mean,
    Other,
}

/// The comparisons that a statement's numbers form.
pub(super) fn comparisons(text: Piece<'_>, numbers: &[Measurement]) -> Vec<Comparison> {
    let mut reader = Reader { text, numbers, means: Vec::new(), found: Vec::new() };
    for at in 0..numbers.len() {
        reader.read(at);
    }
    reader.flush();
    reader.found
}

struct Reader<'a> {
    text: Piece<'a>,
    numbers: &'a [Measurement],
    /// Means not yet part of a comparison.
    means: Vec<usize>,
    found: Vec<Comparison>,
}

impl Reader<'_> {
    fn read(&mut self, at: usize) {
        let Some(number) = self.numbers.get(at) else { return };
        match kind(number) {
            Kind::Mean => {
                let apart = self.means.last().is_some_and(|&last| self.new_sentence(last, at));
                if apart {
                    self.flush();
                }
                self.means.push(at);
            }
            Kind::Delta => self.delta(at),
            Kind::P => self.p(at),
            Kind::Other => {}
        }
    }

    fn delta(&mut self, at: usize) {
        let near = self.means.last().is_some_and(|&last| !self.new_sentence(last, at));
        if !near {
            self.flush();
        }
        let sides = self.numbers.get(at).and_then(|delta| self.sides(delta));
        if sides.is_none() {
            self.flush();
        }
        self.push(sides, Some(at), None);
        self.means.clear();
    }

    fn p(&mut self, at: usize) {
        let previous = at.checked_sub(1).and_then(|i| self.numbers.get(i));
        let follows_delta =
            previous.is_some_and(|m| kind(m) == Kind::Delta) && !self.new_sentence(at - 1, at);
        let p = self.numbers.get(at).cloned();
        if follows_delta && let Some(last) = self.found.last_mut().filter(|last| last.p.is_none()) {
            last.span.end = p.as_ref().map_or(last.span.end, |p| p.text.span.end);
            last.p = p;
            return;
        }
        let sides = p.as_ref().and_then(|p| self.named_sides(&p.subject)).or_else(|| self.linked_sides());
        self.push(sides, None, Some(at));
        self.means.clear();
    }

    /// Means that nothing was said about any more: those set against each other are comparisons without Δ.
    fn flush(&mut self) {
        if let Some(sides) = self.linked_sides() {
            self.push(Some(sides), None, None);
        }
        self.means.clear();
    }

    fn push(&mut self, sides: Option<(usize, usize)>, delta: Option<usize>, p: Option<usize>) {
        let get = |at: Option<usize>| at.and_then(|at| self.numbers.get(at)).cloned();
        let comparison = Comparison {
            left: get(sides.map(|(left, _)| left)),
            right: get(sides.map(|(_, right)| right)),
            delta: get(delta),
            p: get(p),
            span: Span::default(),
        };
        let parts = [&comparison.left, &comparison.right, &comparison.delta, &comparison.p];
        let spans: Vec<Span> = parts.into_iter().flatten().map(|m| m.text.span).collect();
        let span = Span {
            start: spans.iter().map(|s| s.start).min().unwrap_or_default(),
            end: spans.iter().map(|s| s.end).max().unwrap_or_default(),
        };
        self.found.push(Comparison { span, ..comparison });
    }

    /// The two means whose difference this is: a pair that agrees with it, arm against baseline first; else the two
    /// means right before it, if they are set against each other.
    fn sides(&self, delta: &Measurement) -> Option<(usize, usize)> {
        let near: Vec<usize> = self.means.iter().rev().take(NEARBY).copied().collect();
        let mut best: Option<(u32, usize, usize)> = None;
        for &left in &near {
            for &right in &near {
                let (Some(l), Some(r)) = (self.numbers.get(left), self.numbers.get(right)) else { continue };
                if left == right || !agrees(l, r, delta) {
                    continue;
                }
                let rank = u32::from(is_baseline(r)) * 4
                    + u32::from(!is_baseline(l)) * 2
                    + u32::from(near.first() == Some(&left));
                if best.is_none_or(|(known, ..)| rank > known) {
                    best = Some((rank, left, right));
                }
            }
        }
        best.filter(|&(rank, ..)| rank >= 2)
            .map(|(_, l, r)| (l, r))
            .or_else(|| self.linked_sides())
            .or_else(|| self.listed_sides())
    }

    /// The last two means, if `vs`, `>` or `<` stands between them.
    fn linked_sides(&self) -> Option<(usize, usize)> {
        let [.., a, b] = self.means.as_slice() else { return None };
        let between = self.between(*a, *b)?.as_str();
        let linked = [" vs ", " > ", " < ", ">", "<"].iter().any(|link| between.contains(link));
        linked.then(|| self.oriented(*a, *b))
    }

    /// `uniform=…, anchored=…, Δ=…`: the last two means with exactly one baseline, next to each other.
    fn listed_sides(&self) -> Option<(usize, usize)> {
        let [.., a, b] = self.means.as_slice() else { return None };
        let between = self.between(*a, *b)?.as_str();
        let (first, second) = (self.numbers.get(*a)?, self.numbers.get(*b)?);
        (between.trim() == "," && is_baseline(first) != is_baseline(second)).then(|| self.oriented(*a, *b))
    }

    fn oriented(&self, a: usize, b: usize) -> (usize, usize) {
        let baseline = |at: usize| self.numbers.get(at).is_some_and(is_baseline);
        if baseline(a) && !baseline(b) { (b, a) } else { (a, b) }
    }

    /// `p(anchored vs uniform)`: the means of those names.
    fn named_sides(&self, subject: &str) -> Option<(usize, usize)> {
        let (left, right) = subject.strip_prefix("p(")?.strip_suffix(')')?.split_once(" vs ")?;
        let named = |name: &str| {
            self.means.iter().copied().find(|&at| {
                self.numbers.get(at).is_some_and(|m| m.subject.split(['.', ' ']).any(|w| w == name))
            })
        };
        Some((named(left)?, named(right)?))
    }

    fn between(&self, a: usize, b: usize) -> Option<Piece<'_>> {
        let base = self.text.start();
        let from = self.numbers.get(a)?.text.span.end as usize;
        let to = self.numbers.get(b)?.text.span.start as usize;
        Some(self.text.cut(from.checked_sub(base)?, to.checked_sub(base)?))
    }

    fn new_sentence(&self, a: usize, b: usize) -> bool {
        self.between(a, b).is_none_or(|gap| gap.len() > LONGEST_GAP || gap.as_str().contains(". "))
    }
}

/// Whether left − right is Δ within what printing all three may have rounded away.
fn agrees(left: &Measurement, right: &Measurement, delta: &Measurement) -> bool {
    let half = |m: &Measurement| 0.5 * 10f64.powi(-i32::try_from(m.decimals).unwrap_or(0));
    let slack = half(left) + half(right) + half(delta) + 1e-9;
    (left.value - right.value - delta.value).abs() <= slack
}

fn kind(number: &Measurement) -> Kind {
    let subject = number.subject.as_str();
    let last = subject.rsplit(' ').next().unwrap_or(subject);
    if is_difference(subject) {
        return Kind::Delta;
    }
    if matches!(last, "p" | "p-value" | "p_value" | "pvalue" | "p_boot") || subject.starts_with("p(") {
        return Kind::P;
    }
    let parameter = || {
        let last = last.to_ascii_lowercase();
        PARAMETERS.iter().any(|name| last.contains(name))
    };
    if number.decimals >= 2 && number.value.abs() <= 1e3 && !parameter() { Kind::Mean } else { Kind::Other }
}

/// Parts of names that are settings or shares, not results of an arm.
const PARAMETERS: &[&str] = &[
    "fallback", "frac", "rate", "thr", "shift", "std", "margin", "tau", "gap", "alpha", "weight", "epochs",
    "lr", "wd", "temp", "α",
];

/// `Δ`, `mean Δ`, `ΔmAP`, `delta`; not the tolerances `Δ0`, `Δ1` (spec §1.4).
fn is_difference(subject: &str) -> bool {
    let last = subject.rsplit(' ').next().unwrap_or(subject);
    let symbol =
        last.split_once('Δ').is_some_and(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_digit()));
    symbol || last.eq_ignore_ascii_case("delta")
}

/// Whether an arm is one that others are compared with.
fn is_baseline(number: &Measurement) -> bool {
    let subject = number.subject.to_ascii_lowercase();
    ["uniform", "random", "baseline", "rand"]
        .iter()
        .any(|name| subject.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == *name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::statement::measure::measurements;

    type Read = (Option<String>, Option<String>, Option<f64>, Option<f64>);

    fn read(text: &str) -> Vec<Read> {
        let text = Piece::new(text);
        comparisons(text, &measurements(text))
            .into_iter()
            .map(|c| {
                (
                    c.left.map(|m| m.subject),
                    c.right.map(|m| m.subject),
                    c.delta.map(|m| m.value),
                    c.p.map(|m| m.value),
                )
            })
            .collect()
    }

    fn sides(left: &str, right: &str, delta: Option<f64>, p: Option<f64>) -> Read {
        (Some(left.to_owned()), Some(right.to_owned()), delta, p)
    }

    #[test]
    fn both_orders_give_the_arm_against_its_baseline() {
        let expected = [sides("anchored", "uniform", Some(0.02169), Some(0.00149))];
        assert_eq!(read("anchored=0.73791 vs uniform=0.71622 (Δ=+0.02169; p=0.00149)"), expected);
        assert_eq!(
            read("(uniform=0.71622, anchored=0.73791, Δ=+0.02169, p≈0.00149; fallback≈0.348)"),
            expected
        );
    }

    #[test]
    fn a_difference_that_does_not_fit_its_two_means_is_kept_with_them() {
        assert_eq!(
            read("anchored=0.73 vs uniform=0.70 (Δ=+0.10)"),
            [sides("anchored", "uniform", Some(0.10), None)]
        );
    }

    #[test]
    fn a_list_of_arms_gives_the_pair_that_fits() {
        assert_eq!(
            read(
                "uniform acc=0.9447; ql2l_clap acc=0.9486; cheap acc=0.9526; ql2l_clip acc=0.9368 (Δ=-0.0079)"
            ),
            [sides("ql2l_clip acc", "uniform acc", Some(-0.0079), None)]
        );
        assert!(read("uniform acc=0.5859; ql2l_clap acc=0.5352").is_empty());
    }

    #[test]
    fn a_chain_with_a_named_p_compares_the_named_arms() {
        assert_eq!(
            read("(anchored=0.7457 > uniform=0.7402 > random=0.7268; p(anchored vs uniform)=0.239)"),
            [sides("anchored", "uniform", None, Some(0.239))]
        );
    }

    #[test]
    fn a_tolerance_is_no_difference() {
        assert!(read("Δ0≈0.2240 (min≈0.2174, max≈0.2307), Δ1≈0.4767").iter().all(|c| c.2.is_none()));
    }

    #[test]
    fn a_difference_alone_keeps_its_p() {
        assert_eq!(
            read("best=`x`: anchored-uniform Δ=+0.00648; p=0.0355"),
            [(None, None, Some(0.00648), Some(0.0355))]
        );
    }
}
