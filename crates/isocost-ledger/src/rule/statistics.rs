/// What a statistic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Two arms on the same items: `delta(a, b)`, or of the comparison at hand where it stands without arms.
    Comparison,
    /// One arm over its cells: `mean(a)`.
    Arm,
    /// One arm over its items, with a second column: `auc(a, label=is_lesion)`, `pearson(a, with=cost)`.
    Items,
    /// Arms across their budgets: `slope(a)`, `dominates(a, b)`.
    Budgets,
}

/// Whether a name means its statistic without parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// `p` is the statistic; a field of that name is written `$.p`.
    Statistic,
    /// Without parentheses it is a field of a file.
    Field,
}

/// A statistic that a rule can name.
#[derive(Debug, Clone, Copy)]
pub struct Statistic {
    /// Its canonical name, under which it is handed to a [`Scope`](super::Scope).
    pub name: &'static str,
    /// Other spellings.
    pub aliases: &'static [&'static str],
    /// What it is about.
    pub about: About,
    /// Whether the bare name means it.
    pub alone: Alone,
    /// What it is, in a few words.
    pub meaning: &'static str,
}

const fn bare(name: &'static str, aliases: &'static [&'static str], meaning: &'static str) -> Statistic {
    Statistic { name, aliases, about: About::Comparison, alone: Alone::Statistic, meaning }
}

const fn called(name: &'static str, about: About, meaning: &'static str) -> Statistic {
    Statistic { name, aliases: &[], about, alone: Alone::Field, meaning }
}

/// Every statistic of the rule language.
pub const STATISTICS: &[Statistic] = &[
    bare("p", &[], "p against what the rule claims, uncorrected"),
    bare("p_raw", &[], "the same"),
    bare("p_adjusted", &[], "p after the correction that the claim declares"),
    bare("p_holm", &["Holm", "holm"], "p after Holm's correction over the family"),
    bare("p_bonferroni", &["Bonferroni", "bonferroni"], "p times the size of the family"),
    bare("p_hochberg", &["Hochberg", "hochberg"], "p after Hochberg's correction over the family"),
    bare("p_bh", &["BH"], "p after Benjamini and Hochberg: the false discovery rate"),
    bare("p_by", &["BY"], "p after Benjamini and Yekutieli: the same under any dependence"),
    bare("p_maxt", &[], "p by the largest of all comparisons under joint sign flips"),
    bare("p_boot", &[], "p of the crossed bootstrap, whatever the declared test"),
    bare("delta", &["Δ", "∆"], "mean paired difference, left − right"),
    bare("ci_low", &[], "lower end of delta's interval"),
    bare("ci_high", &[], "upper end of delta's interval"),
    bare("cost_ratio", &[], "mean cost, left over right"),
    bare("n_items", &[], "paired items"),
    bare("n_seeds", &["SEEDS"], "paired seeds that are replicates"),
    bare("n_looks", &[], "looks at the split so far"),
    called("win_rate", About::Comparison, "share of items with a gain, ties counted half"),
    called("effect_size", About::Comparison, "delta over the standard deviation of the items' differences"),
    called("mde", About::Comparison, "smallest effect that this design shows with power 0.8"),
    called("mean", About::Arm, "mean of all cells"),
    called("median", About::Arm, "median of all cells"),
    called("std", About::Arm, "standard deviation of all cells"),
    called("quantile", About::Arm, "`quantile(arm, 0.9)`"),
    called("value", About::Arm, "the only value"),
    called("cost", About::Arm, "mean measured cost"),
    called("max_cost", About::Arm, "largest measured cost"),
    called("wilson_low", About::Items, "lower end of Wilson's interval of a share"),
    called("wilson_high", About::Items, "upper end of Wilson's interval of a share"),
    called("cp_low", About::Items, "lower end of Clopper and Pearson's interval of a share"),
    called("cp_high", About::Items, "upper end of Clopper and Pearson's interval of a share"),
    called("auc", About::Items, "area under the ROC curve, `label=METRIC` 0 or 1"),
    called("auprc", About::Items, "area under the precision-recall curve, `label=METRIC` 0 or 1"),
    called("ece", About::Items, "expected calibration error, `label=METRIC` 0 or 1"),
    called("brier", About::Items, "Brier score, `label=METRIC` 0 or 1"),
    called("pearson", About::Items, "Pearson's correlation, `with=METRIC`"),
    called("spearman", About::Items, "Spearman's rank correlation, `with=METRIC`"),
    called("kendall", About::Items, "Kendall's τ-b, `with=METRIC`"),
    called("slope", About::Budgets, "least-squares slope of the mean over the cost"),
    called("regret", About::Budgets, "mean loss against the best arm at each budget"),
    called("hypervolume", About::Budgets, "area that the arm's points dominate, cost up to `up_to=COST`"),
    called(
        "dominates",
        About::Budgets,
        "whether the arm is nowhere worse nor dearer than the other, and somewhere better",
    ),
];

/// Functions of values: `mean` is also a statistic and is asked of the scope first.
pub const FUNCTIONS: &[&str] = &["abs", "min", "max", "mean", "count", "len", "sum", "argmax"];

/// The statistic of a name, in any of its spellings.
pub fn statistic(name: &str) -> Option<&'static Statistic> {
    STATISTICS.iter().find(|statistic| statistic.name == name || statistic.aliases.contains(&name))
}

/// The one spelling under which a statistic is handed to a scope.
pub(super) fn canonical(name: &str) -> &str {
    statistic(name).map_or(name, |statistic| statistic.name)
}

pub(super) fn stands_alone(name: &str) -> bool {
    statistic(name).is_some_and(|statistic| statistic.alone == Alone::Statistic)
}

pub(super) fn may_be_called(name: &str) -> bool {
    statistic(name).is_some() || FUNCTIONS.contains(&name)
}

/// The statistic or function that was probably meant by a name that is none.
pub fn did_you_mean(name: &str) -> Option<&'static str> {
    let known = STATISTICS.iter().map(|statistic| statistic.name).chain(FUNCTIONS.iter().copied());
    nearest(name, known)
}

/// The nearest of some names, if it is near: at most one edit for up to five letters, two beyond. An edit changes, adds, drops or swaps neighbouring
/// letters; capitals do not matter. Ties go to the first.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let name = name.to_lowercase();
    let allowed = match name.chars().count() {
        3..=5 => 1,
        6..=64 => 2,
        _ => return None,
    };
    let distances = known.into_iter().map(|known| (edits(&name, &known.to_lowercase()), known));
    distances
        .filter(|(edits, _)| (1..=allowed).contains(edits))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, known)| known)
}

/// Optimal string alignment distance, row by row.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut least =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_spelling_means_one_statistic() {
        let spellings: Vec<&str> = STATISTICS
            .iter()
            .flat_map(|s| std::iter::once(s.name).chain(s.aliases.iter().copied()))
            .collect();
        assert_eq!(spellings.iter().collect::<BTreeSet<_>>().len(), spellings.len());
        assert_eq!((canonical("Δ"), canonical("Holm"), canonical("x")), ("delta", "p_holm", "x"));
    }

    #[test]
    fn a_slip_of_the_pen_is_recognised_and_another_word_is_not() {
        assert_eq!(did_you_mean("p_homl"), Some("p_holm"));
        assert_eq!(did_you_mean("detla"), Some("delta"));
        assert_eq!(did_you_mean("ci-low"), Some("ci_low"));
        assert_eq!(did_you_mean("accuracy"), None);
        assert_eq!(did_you_mean("p"), None);
        assert_eq!(did_you_mean("delta"), None);
    }

    #[test]
    fn fields_of_files_keep_their_names() {
        for field in ["auc", "ece", "brier", "win_rate", "slope", "mean", "mde"] {
            assert!(!stands_alone(field) && may_be_called(field), "{field}");
        }
    }
}
