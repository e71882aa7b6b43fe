"""Writes inference.json: expected values of tests and intervals, from SciPy and statsmodels, or by another way of computing.

    pip install numpy scipy statsmodels
    python inference.py > inference.json
"""

import json
import sys

import numpy as np
import scipy
import statsmodels
from scipy import integrate, optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

rng = np.random.default_rng(20241)
ALTERNATIVES = [("two_sided", "two-sided"), ("greater", "greater"), ("less", "less")]
out = {"versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}}


def crossed_t():
    """The Cochran-Cox test from its definition, with SciPy's quantiles and Brent's method."""
    rows = []
    for n, k, seed_sd, margin in [(5, 1, 0.1, 0.0), (12, 2, 0.05, 0.01), (40, 3, 0.3, 0.0), (402, 5, 0.01, 0.02), (30, 10, 1.0, -0.1)]:
        d = np.round(rng.normal(0.03, 0.3, (n, 1)) + rng.normal(0, seed_sd, (1, k)) + rng.normal(0, 0.1, (n, k)), 6)
        v_i = d.mean(1).var(ddof=1) / n
        v_s = d.mean(0).var(ddof=1) / k if k > 1 else 0.0
        se = np.sqrt(v_i + v_s)
        t = (d.mean() - margin) / se

        def critical(a):
            seeds = stats.t.isf(a, k - 1) if k > 1 else 0.0
            return (v_i * stats.t.isf(a, n - 1) + v_s * seeds) / (v_i + v_s)

        ln = optimize.brentq(lambda ln: critical(np.exp(ln)) - abs(t), -200.0, np.log(0.5), xtol=1e-14, rtol=1e-15)
        one = float(np.exp(ln))
        half = critical(0.025) * se
        rows.append({"items": n, "seeds": k, "values": d.ravel().tolist(), "margin": margin, "t": float(t), "two_sided": 2 * one,
                     "greater": one if t >= 0 else 1 - one, "less": one if t <= 0 else 1 - one, "low": float(d.mean() - half), "high": float(d.mean() + half)})
    return rows


def wilcoxon():
    rows = []
    for n, scale in [(3, 1e6), (8, 1e6), (25, 1e6), (50, 1e6), (60, 1e6), (402, 1e6), (20, 5), (80, 4), (402, 10)]:
        d = np.round(rng.normal(0.1, 0.5, n) * scale) / scale
        row = {"differences": d.tolist(), "untied": bool(scale == 1e6)}
        for zeros in ["wilcox", "pratt"]:
            for name, alternative in ALTERNATIVES:
                for correction in [False, True]:
                    p = stats.wilcoxon(d, zero_method=zeros, correction=correction, alternative=alternative, method="asymptotic").pvalue
                    row[f"{zeros}_{'corrected' if correction else 'plain'}_{name}"] = float(p)
                if scale == 1e6 and n <= 50:
                    row[f"{zeros}_exact_{name}"] = float(stats.wilcoxon(d, zero_method=zeros, alternative=alternative, method="exact").pvalue)
        i, j = np.triu_indices(n)
        row["estimate"] = float(np.median((d[i] + d[j]) / 2))
        rows.append(row)
    return rows


def wilcoxon_ties():
    """All sign patterns of tied differences, by SciPy's permutation method."""
    rows = []
    for n in [5, 9, 12]:
        d = np.round(rng.normal(0.2, 1.0, n) * 2) / 2
        for zeros in ["wilcox", "pratt"]:
            row = {"differences": d.tolist(), "zeros": zeros}
            for name, alternative in ALTERNATIVES:
                if zeros == "wilcox":
                    used = d[d != 0]
                    r = stats.rankdata(np.abs(used))
                else:
                    r = stats.rankdata(np.abs(d))[d != 0]
                    used = d[d != 0]
                signed = np.sign(used) * r
                p = stats.permutation_test((signed,), lambda x, axis: np.where(x > 0, x, 0).sum(axis), permutation_type="samples", n_resamples=np.inf, alternative=alternative, vectorized=True).pvalue
                row[name] = float(p)
            rows.append(row)
    return rows


def mcnemars():
    rows = []
    for wins, losses in [(5, 0), (1, 9), (10, 10), (30, 12), (250, 200), (1200, 1000), (7, 3)]:
        row = {"wins": wins, "losses": losses, "two_sided": float(mcnemar([[0, wins], [losses, 0]], exact=True).pvalue)}
        n = wins + losses
        for name, k in [("greater", wins), ("less", losses)]:
            row[name] = float(stats.binomtest(k, n, 0.5, alternative="greater").pvalue)
            row[f"mid_{name}"] = row[name] - 0.5 * float(stats.binom.pmf(k, n, 0.5))
        row["mid_two_sided"] = 2 * min(row["mid_greater"], row["mid_less"])
        rows.append(row)
    return rows


def proportions():
    rows = []
    for x, n in [(0, 10), (10, 10), (3, 10), (1, 402), (21, 3894), (0, 54), (200, 402), (99999, 1000000)]:
        for level in [0.95, 0.99]:
            row = {"successes": x, "trials": n, "alpha": 1 - level}
            for sides, alternative in [("both", "two-sided"), ("lower", "greater"), ("upper", "less")]:
                test = stats.binomtest(x, n, alternative=alternative)
                for method in ["exact", "wilson", "wilsoncc"]:
                    ci = test.proportion_ci(level, method)
                    row[f"{method}_{sides}"] = [float(ci.low), float(ci.high)]
            rows.append(row)
    return rows


def correlations():
    rows = []
    for n, scale in [(4, 1e6), (6, 1e6), (12, 1e6), (40, 1e6), (402, 1e6), (15, 2), (60, 3), (402, 2)]:
        x = rng.normal(0, 1, n)
        y = 0.4 * x + rng.normal(0, 1, n)
        x, y = np.round(x * scale) / scale, np.round(y * scale) / scale
        row = {"x": x.tolist(), "y": y.tolist()}
        tied = len(set(x)) < n or len(set(y)) < n
        for name, alternative in ALTERNATIVES:
            r = stats.pearsonr(x, y, alternative=alternative)
            row["pearson"], row[f"pearson_{name}"] = float(r.statistic), float(r.pvalue)
            r = stats.spearmanr(x, y, alternative=alternative)
            row["spearman"], row[f"spearman_{name}"] = float(r.statistic), float(r.pvalue)
            r = stats.kendalltau(x, y, alternative=alternative, method="exact" if n <= 50 and not tied else "asymptotic")
            row["kendall"], row[f"kendall_{name}"] = float(r.statistic), float(r.pvalue)
        ci = stats.pearsonr(x, y).confidence_interval(0.95)
        row["low"], row["high"] = float(ci.low), float(ci.high)
        rows.append(row)
    return rows


def by():
    rows = []
    for p in [[0.01], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.5], np.round(rng.uniform(0, 1, 12) ** 3, 6).tolist(), [0.02, 0.02, 0.001, 1.0, 0.0]]:
        rows.append({"raw": p, "adjusted": multipletests(p, method="fdr_by")[1].tolist()})
    return rows


def boundary_plans():
    """Boundaries by Simpson's rule on the sum scale (1,601 points a look) and Brent's method."""
    rows = []
    for fractions in [[0.2, 0.4, 0.6, 0.8, 1.0], [0.1, 0.35, 0.4, 0.9, 1.0], [0.5, 0.52, 1.0], [1.0]]:
        for spending in ["obrien-fleming", "pocock"]:
            for sides, alpha in [(2, 0.05), (1, 0.025), (1, 0.1)]:
                one = alpha / sides
                if spending == "pocock":
                    spent = [one * np.log(1 + (np.e - 1) * t) for t in fractions]
                else:
                    spent = [2 * stats.norm.sf(stats.norm.isf(one / 2) / np.sqrt(t)) for t in fractions]
                increments = np.diff([0.0, *spent])
                z, density, grid = [], None, None
                for k, (t, side) in enumerate(zip(fractions, increments)):
                    if k == 0:
                        c = stats.norm.isf(side)
                    else:
                        step = np.sqrt(t - fractions[k - 1])
                        tail = lambda c: np.log(1e-300 + integrate.simpson(density * stats.norm.sf((c * np.sqrt(t) - grid) / step), x=grid) / side)
                        c = optimize.brentq(tail, -5, 12, xtol=1e-12)
                    z.append(float(c))
                    top = min(c, 8.5) * np.sqrt(t)
                    new = np.linspace(-top if sides == 2 else -8.5 * np.sqrt(t), top, 1601)
                    if k == 0:
                        density = stats.norm.pdf(new / np.sqrt(t)) / np.sqrt(t)
                    else:
                        kernel = stats.norm.pdf((new[:, None] - grid[None, :]) / step) / step
                        density = integrate.simpson(kernel * density[None, :], x=grid, axis=1)
                    grid = new
                rows.append({"fractions": fractions, "spending": spending, "sides": sides, "alpha": alpha, "z": z})
    return rows


def bootstraps():
    """BCa, percentile and basic intervals of a mean with 200,000 resamples: two bootstraps differ by their draws only."""
    rows = []
    for n, scale in [(30, 1.0), (120, 0.1)]:
        d = np.round(rng.lognormal(0, 1, n) * scale, 6)
        row = {"values": d.tolist(), "se": float(d.std(ddof=0) / np.sqrt(n))}
        for method in ["BCa", "percentile", "basic"]:
            ci = stats.bootstrap((d,), np.mean, n_resamples=200_000, method=method, rng=np.random.default_rng(3), vectorized=True, batch=2000).confidence_interval
            row[method] = [float(ci.low), float(ci.high)]
        few = stats.bootstrap((d,), np.mean, n_resamples=199, method="BCa", rng=np.random.default_rng(4))
        row["few"] = few.bootstrap_distribution.tolist()
        row["few_BCa"] = [float(few.confidence_interval.low), float(few.confidence_interval.high)]
        rows.append(row)
    return rows


def powers():
    rows = []
    for effect, n, alpha in [(0.3, 40, 0.05), (0.05, 402, 0.05), (1.0, 5, 0.05), (0.1, 1000, 0.01), (2.0, 3, 0.1), (0.0, 10, 0.05)]:
        row = {"effect": effect, "n": n, "alpha": alpha}
        for name, alternative in [("two_sided", "two-sided"), ("greater", "larger")]:
            row[name] = float(TTestPower().power(effect, n, alpha, alternative=alternative))
            rough = TTestPower().solve_power(nobs=n, alpha=alpha, power=0.8, alternative=alternative)
            exact = optimize.brentq(lambda e: TTestPower().power(e, n, alpha, alternative=alternative) - 0.8, 0.9 * rough, 1.1 * rough, xtol=1e-13)
            row[f"detectable_{name}"] = float(exact)
            if effect > 0:
                row[f"items_{name}"] = float(TTestPower().solve_power(effect_size=effect, alpha=alpha, power=0.8, alternative=alternative))
        rows.append(row)
    return rows


out["crossed_t"] = crossed_t()
out["wilcoxon"] = wilcoxon()
out["wilcoxon_ties"] = wilcoxon_ties()
out["mcnemar"] = mcnemars()
out["proportion"] = proportions()
out["correlation"] = correlations()
out["benjamini_yekutieli"] = by()
out["boundaries"] = boundary_plans()
out["bootstrap"] = bootstraps()
out["power"] = powers()
print(json.dumps(out, indent=1))
