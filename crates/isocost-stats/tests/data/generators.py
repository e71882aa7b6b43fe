#!/usr/bin/env python3
"""Vectors of other programs' generators, percentiles and Otsu thresholds. usage: generators.py > generators.json"""
import json
import platform
import random
import sys

import numpy as np

GOLDEN = 0x9E3779B97F4A7C15


def generator(seed):
    r = np.random.default_rng(seed)
    out = {"seed": seed}
    out["raw"] = [int(x) for x in r.bit_generator.random_raw(4)]
    out["below_10"] = r.integers(0, 10, 11).tolist()
    out["below_2048"] = r.integers(0, 2048, 7).tolist()
    out["random_between"] = r.random(2).tolist()
    out["below_3000000019"] = r.integers(0, 3000000019, 9).tolist()
    out["below_2_32"] = r.integers(0, 1 << 32, 5).tolist()
    out["below_2_32_5"] = r.integers(0, (1 << 32) + 5, 5).tolist()
    out["wide"] = r.integers(-(1 << 62), (1 << 62) + 12345, 6).tolist()
    out["below_1"] = r.integers(0, 1, 3).tolist()
    out["random_f32"] = [float(x) for x in r.random(5, dtype=np.float32)]
    out["uniform"] = r.uniform(-3, 2.5, 4).tolist()
    out["permutation"] = r.permutation(23).tolist()
    out["choice_floyd"] = r.choice(100, 12, replace=False).tolist()
    out["choice_all"] = r.choice(9, 9, replace=False).tolist()
    out["choice_tail"] = r.choice(10001, 300, replace=False).tolist()
    out["choice_large_floyd"] = r.choice(20000, 30, replace=False).tolist()
    out["standard_normal"] = r.standard_normal(2000).tolist()
    out["normal"] = r.normal(5, 0.25, 3).tolist()
    out["last"] = int(r.bit_generator.random_raw())
    return out


def state(seed):
    r = np.random.RandomState(seed)
    out = {"seed": seed}
    out["random_sample"] = r.random_sample(4).tolist()
    out["randint_0_7"] = r.randint(0, 7, 12).tolist()
    out["randint_wide"] = r.randint(-5, 1 << 40, 6).tolist()
    out["randint_one"] = r.randint(3, 4, 2).tolist()
    out["permutation"] = r.permutation(17).tolist()
    shuffled = np.arange(11)
    r.shuffle(shuffled)
    out["shuffle"] = shuffled.tolist()
    out["choice"] = r.choice(50, 6, replace=False).tolist()
    out["randn"] = r.randn(501).tolist()
    out["uniform"] = r.uniform(-1, 4, 3).tolist()
    out["normal"] = r.normal(2, 3, 4).tolist()
    out["last"] = r.randint(0, 1 << 32, 1).tolist()[0]
    return out


def python(seed):
    r = random.Random(seed)
    out = {"seed": str(seed)}
    out["random"] = [r.random() for _ in range(4)]
    out["getrandbits"] = [[k, r.getrandbits(k)] for k in (1, 7, 31, 32, 33, 63, 64)]
    out["randrange"] = [[a, b, s, r.randrange(a, b, s)] for a, b, s in ((0, 10, 1), (-7, 100, 3), (50, -50, -7), (0, 1 << 40, 1))]
    out["randint"] = [r.randint(-3, 3) for _ in range(8)]
    items = list(range(13))
    r.shuffle(items)
    out["shuffle"] = items
    out["sample_pool"] = r.sample(range(60), 20)
    out["sample_set"] = r.sample(range(10000), 20)
    out["sample_small"] = r.sample(range(22), 3)
    out["choice"] = [r.choice(range(7)) for _ in range(6)]
    out["uniform"] = [r.uniform(-2, 9) for _ in range(3)]
    out["gauss"] = [r.gauss(1, 2) for _ in range(25)]
    out["last"] = r.getrandbits(32)
    return out


def percentiles():
    r = np.random.default_rng(11)
    rows = []
    for width in ("f4", "f8"):
        for n in (1, 2, 3, 5, 17, 40, 40, 41, 64, 127):
            values = r.normal(size=n).astype(width)
            if n == 40:
                values = np.round(values, 1).astype(width)
            qs = [0, 2.5, 10, 33.3, 45, 50, 75, 97.5, 100]
            rows.append({"width": width, "values": values.astype("f8").tolist(),
                         "percentiles": [[q, float(np.percentile(values, q))] for q in qs],
                         "median": float(np.median(values))})
    return rows


def otsu(x, nbins=256):
    h, e = np.histogram(x, bins=nbins)
    c = (e[:-1] + e[1:]) / 2
    p = h / h.sum()
    om, mu = np.cumsum(p), np.cumsum(p * c)
    den = om * (1 - om)
    den[den <= 0] = np.nan
    return float(c[np.nanargmax((mu[-1] * om - mu) ** 2 / den)])


def thresholds():
    r = np.random.default_rng(12)
    rows = []
    for width in ("f4", "f8"):
        for k in range(24):
            n = int(r.integers(2, 90))
            values = np.concatenate([r.normal(0, 0.2, n), r.normal(r.uniform(0, 4), 0.5, n)])
            values = (values * 10.0 ** r.uniform(-3, 3)).astype(width)
            if k % 4 == 0:
                values = np.round(values, 1).astype(width)
            if values.min() == values.max():
                continue
            rows.append({"width": width, "values": values.astype("f8").tolist(), "threshold": otsu(values)})
    return rows


def children():
    root = np.random.SeedSequence(5)
    first, second = root.spawn(2)
    deep = second.spawn(1)[0]
    return [[int(x) for x in s.generate_state(3, np.uint64)] for s in (root, first, second, deep)]


json.dump({
    "numpy": np.__version__,
    "python": platform.python_version(),
    "generators": [generator(s) for s in (0, 7, 20260602, GOLDEN)],
    "list_seed": {"seed": [1, 0, GOLDEN, 4, 5], "raw": [int(x) for x in np.random.default_rng([1, 0, GOLDEN, 4, 5]).bit_generator.random_raw(3)]},
    "large_seed": {"seed": str(GOLDEN ** 2), "raw": [int(x) for x in np.random.default_rng(GOLDEN ** 2).bit_generator.random_raw(3)]},
    "children": children(),
    "states": [state(s) for s in (0, 42, (1 << 32) - 1)],
    "key_state": {"key": [1, 2, 3], "random_sample": np.random.RandomState([1, 2, 3]).random_sample(3).tolist()},
    "randoms": [python(s) for s in (0, 1, -1042, 1 << 40)],
    "percentiles": percentiles(),
    "thresholds": thresholds(),
}, sys.stdout, indent=None, separators=(",", ":"))
