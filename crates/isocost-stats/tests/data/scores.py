"""Writes scores.json and porter.json: expected values for the conformance tests of scores, fits and text metrics.

    pip install numpy scipy scikit-learn sacrebleu rouge-score
    python3 scores.py

What no library has (DeLong, the grounding bootstraps, regret intervals) is computed here from its definition, by whole matrices and loops,
not by the fast methods under test.
"""

import json
import math
import pathlib
import random
import sys

import nltk
import numpy as np
import sacrebleu
import scipy
import sklearn
from rouge_score import rouge_scorer, tokenizers
from scipy.optimize import curve_fit
from scipy.stats import linregress, norm, t as student
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(77)
words = random.Random(77)
versions = {
    "python": sys.version.split()[0],
    "numpy": np.__version__,
    "scipy": scipy.__version__,
    "scikit-learn": sklearn.__version__,
    "sacrebleu": sacrebleu.__version__,
    "rouge-score": "0.1.2",
    "nltk": nltk.__version__,
}
out = {"versions": versions}


def kernel(scores, labels):
    return (scores[labels][:, None] > scores[~labels][None, :]) + 0.5 * (scores[labels][:, None] == scores[~labels][None, :])


def delong(scores, labels):
    k = kernel(scores, labels)
    return k.mean(), k.mean(axis=1), k.mean(axis=0)


rows = []
for n, levels in [(4, 3), (7, 0), (12, 4), (40, 5), (40, 0), (200, 12), (300, 0), (301, 40)]:
    labels = rng.random(n) < 0.4
    labels[:4] = [True, True, False, False]
    a, b = rng.normal(size=n) + labels, rng.normal(size=n) + 0.4 * labels
    if levels:
        a, b = np.round(a * levels / 6) / levels, np.round(b * levels / 6) / levels
    auc_a, pos_a, neg_a = delong(a, labels)
    auc_b, pos_b, neg_b = delong(b, labels)
    var = lambda p, q: p.var(ddof=1) / len(p) + q.var(ddof=1) / len(q)
    se = math.sqrt(var(pos_a, neg_a))
    se_diff = math.sqrt(var(pos_a - pos_b, neg_a - neg_b))
    assert abs(auc_a - roc_auc_score(labels, a)) < 1e-12
    p_hat = 1 / (1 + np.exp(-a))
    z = (auc_a - auc_b) / se_diff if se_diff > 0 else None
    rows.append({
        "a": a.tolist(), "b": b.tolist(), "labels": labels.tolist(),
        "auc": float(roc_auc_score(labels, a)), "average_precision": float(average_precision_score(labels, a)),
        "se": se, "low": max(auc_a - norm.ppf(0.975) * se, 0.0), "high": min(auc_a + norm.ppf(0.975) * se, 1.0),
        "difference": float(auc_a - auc_b), "se_difference": se_diff,
        "p": None if z is None else float(2 * norm.sf(abs(z))),
        "probabilities": p_hat.tolist(), "brier": float(brier_score_loss(labels, p_hat)), "log_loss": float(log_loss(labels, p_hat)),
    })
out["scores"] = rows

rows = []
for n, bins, digits in [(30, 10, 2), (200, 15, 6), (200, 7, 1), (12, 5, 1)]:
    conf = np.round(rng.random(n), digits)
    good = rng.random(n) < conf
    row = {"confidences": conf.tolist(), "correct": good.tolist(), "bins": bins}
    edges = np.linspace(0, 1, bins + 1)
    for name, index in [("left", np.minimum(np.digitize(conf, edges, right=False) - 1, bins - 1)), ("right", np.digitize(conf, edges, right=True) - 1)]:
        gaps = [(np.mean(index == k), abs(conf[index == k].mean() - good[index == k].mean())) for k in range(bins) if (index == k).any()]
        row[name] = {"ece": float(sum(w * g for w, g in gaps)), "mce": float(max(g for _, g in gaps))}
    order = np.argsort(-conf, kind="stable")
    points = [np.mean(~good[conf >= c]) for c in conf[order]]
    row["aurc"] = float(np.mean(points))
    rows.append(row)
out["calibration"] = rows

# Scaling fits, as the grounding experiments call SciPy.
def power(b, p, a, b0, alpha):
    return p - a * np.power(b + b0, -alpha)


def logsat(b, c0, c1, b0):
    return np.clip(c0 + c1 * np.log(b + b0), 0, 1)


def criteria(y, fitted, k):
    n, sse = len(y), float(np.sum((y - fitted) ** 2))
    lnl = -n / 2 * (np.log(2 * np.pi) + np.log(sse / n) + 1)
    sst = float(np.sum((y - y.mean()) ** 2))
    return {"sse": sse, "aic": 2 * k - 2 * lnl, "bic": k * np.log(n) - 2 * lnl, "r2": 1 - sse / sst if sst > 0 else 0.0, "sd": float(np.std(y - fitted))}


FAMILIES = {
    "power_law": (power, lambda y: [y.max(), 0.1, 1.0, 0.5], ([0, 0, 0.1, 0.01], [1, 10, 100, 5])),
    "log_saturation": (logsat, lambda y: [y.min(), 0.1, 1.0], ([-1, 0, 0.1], [1, 1, 100])),
}
fits = []
for i in range(60):
    b = np.array([2.0 ** k for k in range(3, 3 + rng.integers(4, 9))]) if i % 4 else np.arange(2, 2 + rng.integers(4, 8)) * 1e6
    kind = i % 3
    noise = 0.01 * rng.normal(size=len(b)) * (i % 5 > 0)
    if kind == 0:
        y = power(b, rng.uniform(0.3, 0.9), rng.uniform(0.2, 2), rng.uniform(0.2, 10), rng.uniform(0.2, 1.2)) + noise
    elif kind == 1:
        y = logsat(b, rng.uniform(-0.2, 0.2), rng.uniform(0.005, 0.12), rng.uniform(0.2, 10)) + noise
    else:
        y = rng.uniform(0.05, 0.6) + 0.02 * rng.normal(size=len(b))
    y = np.clip(y, 0.0, 1.0)
    row = {"budgets": b.tolist(), "values": y.tolist(), "families": {}}
    for name, (f, start, bounds) in FAMILIES.items():
        try:
            p, _ = curve_fit(f, b, y, p0=start(y), bounds=bounds, max_nfev=10000)
        except (RuntimeError, ValueError) as error:
            row["families"][name] = {"error": str(error)}
            continue
        row["families"][name] = {"predictions": f(b, *p).tolist(), **criteria(y, f(b, *p), len(p))}
    fits.append(row)
out["fits"] = fits

rows = []
for n in [3, 5, 9]:
    x, y = 10.0 ** rng.uniform(0, 4, n), 10.0 ** rng.uniform(-2, 1, n)
    r = linregress(np.log(x), np.log(y))
    half = student.ppf(0.975, n - 2) * r.stderr
    rows.append({"x": x.tolist(), "y": y.tolist(), "slope": r.slope, "intercept": r.intercept, "se": r.stderr, "low": r.slope - half, "high": r.slope + half})
out["log_log"] = rows

# The grounding bootstraps on NumPy's legacy stream.
def shares(m):
    return float(np.mean(m <= 0)), float(np.mean(m >= 0))


def interval(m):
    return [float(np.quantile(m, 0.025)), float(np.quantile(m, 0.975))]


boots = []
for n, seed in [(1, 3), (9, 0), (40, 5), (300, 11)]:
    a, b = np.round(rng.random(n), 3), np.round(rng.random(n) - 0.05, 3)
    d = a - b
    m = d[np.random.RandomState(seed).randint(0, n, (500, n))].mean(axis=1)
    le, ge = shares(m)
    q = np.quantile(a[np.random.RandomState(seed).randint(0, n, (500, n))], 0.95, axis=1)
    boots.append({"a": a.tolist(), "b": b.tolist(), "seed": seed, "mean": float(d.mean()), "interval": interval(m), "p": min(1.0, 2 * min(le, ge)), "p_greater": le, "p95": [float(np.quantile(a, 0.95)), *interval(q)]})
out["grounding_bootstrap"] = boots

pooled = []
for sizes, seed in [([4], 1), ([6, 6, 6], 2), ([10, 3, 150], 1003)]:
    rows = [np.round(rng.normal(0.05, 0.3, n), 4) for n in sizes]
    state, means = np.random.RandomState(seed), []
    for _ in range(300):
        drawn = state.randint(0, len(rows), len(rows))
        means.append(np.mean([rows[s][state.randint(0, len(rows[s]), len(rows[s]))].mean() for s in drawn]))
    le, ge = shares(np.array(means))
    pooled.append({"rows": [r.tolist() for r in rows], "seed": seed, "mean": float(np.mean([r.mean() for r in rows])), "interval": interval(np.array(means)), "p_two": min(1.0, 2 * min(le, ge)), "p_one": le})
out["pooled_bootstrap"] = pooled

regrets = []
for shape, policies, seed in [((2, 3, 20), [[0, 1, 1], [0, 0, 0]], 0), ((4, 2, 150), [[3, 1], [2, 2], [0, 3]], 8)]:
    x = np.round(rng.random(shape), 3)
    x[:, 1] = x[0, 1] if seed == 0 else x[:, 1]

    def score(means, policy):
        best, worst = means.max(axis=0), means.min(axis=0)
        lost = best - means[policy, np.arange(len(policy))]
        return lost.mean(), (lost / np.maximum(best - worst, 1e-12)).mean()

    state = np.random.RandomState(seed)
    draws = [[] for _ in policies]
    for _ in range(200):
        for policy, kept in zip(policies, draws):
            kept.append(score(x[:, :, state.randint(0, shape[2], shape[2])].mean(axis=2), policy))
    regrets.append({"shape": shape, "values": x.ravel().tolist(), "policies": policies, "seed": seed, "found": [
        {"regret": [float(score(x.mean(axis=2), p)[0]), *interval(np.array(k)[:, 0])], "normalised": [float(score(x.mean(axis=2), p)[1]), *interval(np.array(k)[:, 1])]}
        for p, k in zip(policies, draws)]})
out["regret"] = regrets

sums = []
for n in [1, 7, 8, 15, 16, 127, 128, 129, 136, 137, 255, 256, 257, 1000, 4099]:
    x = rng.normal(size=n) * 10.0 ** rng.integers(-3, 4, n)
    sums.append([n, x.tolist() if n < 140 else None, float(np.sum(x))])
out["pairwise"] = [row for row in sums if row[1]]

# Texts.
VOCABULARY = "there is a an left right pleural effusion nodule nodules no pneumothorax in the of RUL lobe 3-5mm 3.5 12,5 1,000 mild severely calcified calcification (stable) unchanged; suspicious? A.B. e.g. can't co-operate -3 5- -- ... , . & &amp; &lt;b&gt; &quot;x&quot; <skipped> naïve Größe СТ 結節 ½ x² ﬁbrosis İstanbul K\u212a \u00a0 \u2003 [ref] {q} a/b $5 50% #1 @home ~2 _x_ `y` ^z | = + * \\ : ' \"".split(" ")
ODD = ["", " ", ".", ",", "...", "1.", ".1", "1.2.3", "1,,2", ",,,", ".,.,a", "a.,b", "5-", "5--6", "-5-6-", "a-\nb", "a -\n b", "a\nb\n", "&amp;lt;", "&amp;amp;quot;", "<skipped>", "<skip<skipped>ped>", "\u001c", "a\u001cb\u001fc", "\u0085x\u2028y", "\u200bzero width", "\ufeffbom", "é", "e\u0301", "١٢.٣", "１２.３", "a" * 60, "yyyy yyy", "0", "the", "the the the the the the", "THE the The", "..a", "a..", "1 - 2", "don't", "’quoted’", "\t tab\ttab ", "😀 smile. 😀, ok"]


def sentence(least, most):
    return " ".join(words.choice(VOCABULARY) for _ in range(words.randint(least, most)))


pairs = [(a, b) for a in ODD for b in [a, words.choice(ODD), "the cat sat on the mat, 3.5 x 2-3."]]
for _ in range(160):
    reference = sentence(1, 25)
    kept = [w for w in reference.split(" ") if words.random() < 0.75] + [words.choice(VOCABULARY) for _ in range(words.randint(0, 4))]
    pairs.append((" ".join(kept) if words.random() < 0.8 else sentence(1, 25), reference))
scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
tokenize = sacrebleu.BLEU(effective_order=True).tokenizer
texts = []
for candidate, reference in pairs:
    bleu = sacrebleu.sentence_bleu(candidate, [reference], use_effective_order=True)
    rouge = scorer.score(reference, candidate)
    texts.append({"candidate": candidate, "reference": reference, "bleu": bleu.score / 100, "tokens": tokenize(candidate.rstrip()).split(),
                  **{name: [s.precision, s.recall, s.fmeasure] for name, s in rouge.items()}})
out["texts"] = texts
(HERE / "scores.json").write_text("{\n" + ",\n".join(f"{json.dumps(k)}: " + (json.dumps(v) if isinstance(v, dict) else "[\n" + ",\n".join(json.dumps(r) for r in v) + "\n]") for k, v in out.items()) + "\n}\n")

# Stems: roots with every suffix that a rule names, doubled letters, y in all places, digits.
ROOTS = "rel cond val hes dig conform rad diff vil anal viet pred oper feud dec hop call form sens tripl electr good rev all inf airl gyr adj def irr repl dep ad homol comm act eff bowd prob rat ceas contr roll fil fail hiss fizz tann bl pl sk d l t fl cr enj happ s arch ge the phil syz yy ay ya oy 3 5mm p2 a o ee owe exc proc succ canning inn out how sing motor feed agr plaster trouble siz ab".split()
SUFFIXES = "s es ies ss sses ed ied eed ing y ly ational tional enci anci izer bli abli alli entli eli ousli ization ation ator alism iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent sion tion ion ou ism ate iti ous ive ize e ll lle at bl iz ating bling izing lling pping ssed zzed ying yed ey ally ologi eed".split()
stemmer = tokenizers.DefaultTokenizer(True)._stemmer
listed = {r + s for r in ROOTS for s in SUFFIXES} | {"skies", "dying", "lying", "tying", "news", "innings", "outings", "cannings", "howe", "proceed", "exceed", "succeed", "sky", "dies", "died", "ties", "tied"}
listed |= {"".join(words.choice("aeiouybcdlmnrstgz") for _ in range(words.randint(1, 12))) + words.choice(SUFFIXES + [""]) for _ in range(1500)}
chosen = sorted(words.sample(sorted(listed), 4000))
(HERE / "porter.json").write_text(json.dumps({"versions": versions, "stems": [" ".join(f"{w}:{stemmer.stem(w)}" for w in chosen[i : i + 25]) for i in range(0, len(chosen), 25)]}, indent=0) + "\n")
