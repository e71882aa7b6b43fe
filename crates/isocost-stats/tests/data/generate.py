"""Writes scipy.json: expected values for the conformance tests, from SciPy and statsmodels.

    pip install numpy scipy statsmodels
    python generate.py > scipy.json
"""

import json
import sys

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20240)
out = {"versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__}}

xs = [-37.0, -8.0, -3.0, -1.959963984540054, -0.5, 0.0, 0.1, 1.0, 2.5, 6.0, 12.0, 30.0]
out["normal_sf"] = [[x, stats.norm.sf(x)] for x in xs]
out["normal_cdf"] = [[x, stats.norm.cdf(x)] for x in xs]
ps = [1e-200, 1e-30, 1e-12, 1e-6, 0.001, 0.025, 0.1, 0.3, 0.5, 0.75, 0.975, 0.9999]
out["normal_quantile"] = [[p, stats.norm.ppf(p)] for p in ps]
dfs = [1, 2, 3, 4.5, 9, 30, 401, 10000]
out["t_sf"] = [[t, df, stats.t.sf(t, df)] for df in dfs for t in [-12.0, -2.0, -0.3, 0.0, 1e-6, 0.5, 1.7, 4.0, 20.0]]
out["t_quantile"] = [[p, df, stats.t.ppf(p, df)] for df in dfs for p in [1e-12, 1e-5, 0.00149 / 2, 0.025, 0.2, 0.4999, 0.6, 0.975, 0.9999]]

tests = []
for n, margin in [(2, 0.0), (3, 0.1), (5, 0.02), (10, 0.02), (10, -0.3), (40, 0.05), (402, 0.0)]:
    d = np.round(rng.normal(0.05, 0.2, n), 6)
    row = {"differences": d.tolist(), "margin": margin}
    for name, alternative in [("two_sided", "two-sided"), ("greater", "greater"), ("less", "less")]:
        r = stats.ttest_1samp(d, margin, alternative=alternative)
        row[name] = float(r.pvalue)
        row["t"] = float(r.statistic)
    ci = stats.ttest_1samp(d, 0.0).confidence_interval(0.95)
    row["low"], row["high"] = float(ci.low), float(ci.high)
    tests.append(row)
out["paired_t"] = tests

flips = []
for n in [3, 5, 8, 12]:
    for scale in [1000, 4]:
        d = np.round(rng.normal(0.1, 0.5, n) * scale) / scale
        row = {"differences": d.tolist()}
        for name, alternative in [("two_sided", "two-sided"), ("greater", "greater"), ("less", "less")]:
            r = stats.permutation_test((d,), np.sum, permutation_type="samples", n_resamples=np.inf, alternative=alternative)
            row[name] = float(r.pvalue)
        flips.append(row)
out["sign_flip"] = flips

families = []
for p in [[0.01], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.5], np.round(rng.uniform(0, 1, 12) ** 3, 6).tolist(), [0.02, 0.02, 0.001, 1.0, 0.0]]:
    row = {"raw": p}
    for name, method in [("bonferroni", "bonferroni"), ("holm", "holm"), ("hochberg", "simes-hochberg"), ("benjamini_hochberg", "fdr_bh")]:
        row[name] = multipletests(p, method=method)[1].tolist()
    families.append(row)
out["families"] = families

d = np.round(rng.normal(0.02, 0.1, 120), 6)
b = stats.bootstrap((d,), np.mean, n_resamples=200_000, method="percentile", rng=np.random.default_rng(1))
out["bootstrap"] = {"differences": d.tolist(), "low": float(b.confidence_interval.low), "high": float(b.confidence_interval.high), "se": float(b.standard_error)}
print(json.dumps(out, indent=1))
