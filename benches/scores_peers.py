"""Scores, fits and text metrics beside their Python peers, in one run on one machine; prints ratios.

    pip install numpy scipy scikit-learn sacrebleu rouge-score
    python3 benches/scores_peers.py

The peers run fewer replicates where a replicate costs milliseconds; their time is scaled and the count is printed.
"""

import os
import subprocess
import time

import numpy as np
import sacrebleu
from rouge_score import rouge_scorer
from scipy.optimize import curve_fit
from scipy.stats import rankdata
from sklearn.metrics import roc_auc_score

ITEMS, REPLICATES = 8192, 10_000


def fraction(i, k):
    return np.mod(i * k, 1.0)


def labelled(digits):
    i = np.arange(ITEMS)
    labels = fraction(i, 0.7548776662466927) < 0.3
    scores = fraction(i, 0.6180339887498949) + 0.3 * labels
    return (np.round(scores * digits) / digits if digits else scores), labels


def timed(work, runs, whole):
    start = time.perf_counter()
    for _ in range(runs):
        work()
    return (time.perf_counter() - start) / runs * whole, runs


def auc_loops(digits):
    scores, labels = labelled(digits)
    rng = np.random.default_rng(0)

    def scikit():
        k = rng.integers(0, ITEMS, ITEMS)
        roc_auc_score(labels[k], scores[k])

    def ranks():
        k = rng.integers(0, ITEMS, ITEMS)
        r, y = rankdata(scores[k]), labels[k]
        n1 = y.sum()
        (r[y].sum() - n1 * (n1 + 1) / 2) / (n1 * (ITEMS - n1))

    return {"scikit-learn roc_auc_score": timed(scikit, 200, REPLICATES), "SciPy rankdata": timed(ranks, 200, REPLICATES)}


def delong():
    scores, labels = labelled(None)

    def matrix():
        k = (scores[labels][:, None] > scores[~labels][None, :]) + 0.5 * (scores[labels][:, None] == scores[~labels][None, :])
        k.mean(axis=1).var(ddof=1), k.mean(axis=0).var(ddof=1)

    return {"NumPy matrix of pairs": timed(matrix, 3, 1)}


def fit_bands():
    b = np.array([8.0, 16, 32, 64, 128, 256])
    i = np.arange(600)
    power = lambda b, p, a, b0, alpha: p - a * np.power(b + b0, -alpha)
    x = (power(b, 0.65, 1.3, 0.5, 0.65)[i % 6] + 0.2 * (fraction(i, 0.6180339887498949) - 0.5)).reshape(100, 6)
    bounds = ([0, 0, 0.1, 0.01], [1, 10, 100, 5])
    point, _ = curve_fit(power, b, x.mean(axis=0), p0=[0.6, 0.1, 1, 0.5], bounds=bounds, max_nfev=10000)
    rng = np.random.default_rng(0)

    def refit():
        y = x[rng.integers(0, 100, 100)].mean(axis=0)
        curve_fit(power, b, y, p0=point, bounds=bounds, max_nfev=10000)

    return {"SciPy curve_fit": timed(refit, 60, 1000)}


def texts():
    candidate, reference = "the left pleural effusion is small " * 40, "a small effusion on the left. " * 40
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)

    def both():
        sacrebleu.sentence_bleu(candidate, [reference], use_effective_order=True)
        scorer.score(reference, candidate)

    return {"sacrebleu + rouge-score": timed(both, 10, 1)}


command = [os.environ.get("CARGO", "cargo"), "run", "--quiet", "--release", "--package", "isocost-stats", "--example", "speed_scores"]
ours = dict(line.split() for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines())
peers = {
    "auc_bootstrap": auc_loops(None),
    "auc_bootstrap_tied": auc_loops(100),
    "delong": delong(),
    "fit_bands": fit_bands(),
    "text_scores": texts(),
}
print(f"{'':20} {'isocost s':>11} {'peer s':>11} {'ratio':>8}  peer")
for name, rows in peers.items():
    own = float(ours[name])
    for peer, (seconds, runs) in rows.items():
        print(f"{name:20} {own:11.6f} {seconds:11.4f} {seconds / own:8.0f}  {peer} ({runs} runs)")
