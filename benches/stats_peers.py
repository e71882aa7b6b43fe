"""Statistics of isocost-stats beside NumPy's and SciPy's, on the same values, machine and run.

    pip install numpy scipy
    python benches/stats_peers.py

Builds and runs crates/isocost-stats/examples/speed.rs, then prints for each case the peer's time, ours and their ratio (best of several runs, wall
time). To add a case: time it under a name in speed.rs, and add a function of the same name to PEERS.
"""

import json
import os
import platform
import subprocess
import time
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

ROOT = Path(__file__).resolve().parent.parent
ITEMS, SEEDS, REPLICATES, FLIPS = 402, 10, 10_000, 99_999


def values(n):
    """The same numbers as value(i) in speed.rs."""
    return np.sin(1.0 + np.arange(n) * 12.9898) * 0.3 + 0.01


GRID = values(ITEMS * SEEDS).reshape(ITEMS, SEEDS)
DIFFERENCES = values(ITEMS)
BINARY = np.where(np.abs(DIFFERENCES) < 0.2, 0.0, np.sign(DIFFERENCES))


def counts(rng, levels):
    """How often each level is drawn, one row a replicate: the fastest way found in NumPy (one bincount for all rows)."""
    drawn = rng.integers(0, levels, (REPLICATES, levels), dtype=np.uint32)
    drawn = drawn + (np.arange(REPLICATES, dtype=np.uint32) * levels)[:, None]
    return np.bincount(drawn.ravel(), minlength=REPLICATES * levels).reshape(REPLICATES, levels).astype(float)


def crossed_bootstrap():
    rng = np.random.default_rng(0)
    means = ((counts(rng, ITEMS) @ GRID) * counts(rng, SEEDS)).sum(1) / GRID.size
    return np.quantile(means, [0.025, 0.975])


def sign_flip():
    return stats.permutation_test((DIFFERENCES,), lambda x, axis: x.mean(axis), permutation_type="samples", vectorized=True, n_resamples=FLIPS, batch=10_000, rng=np.random.default_rng(0))


def wilcoxon():
    return stats.wilcoxon(DIFFERENCES)


def bca():
    return stats.bootstrap((DIFFERENCES,), np.mean, n_resamples=REPLICATES, method="BCa", vectorized=True, rng=np.random.default_rng(0))


def binary_bootstrap():
    rng = np.random.default_rng(0)
    shares = [(BINARY > 0).mean(), (BINARY < 0).mean(), (BINARY == 0).mean()]
    drawn = rng.multinomial(ITEMS, shares, REPLICATES)
    return np.quantile((drawn[:, 0] - drawn[:, 1]) / ITEMS, [0.025, 0.975])


PEERS = {
    "crossed_bootstrap": (crossed_bootstrap, "NumPy, counts by bincount and one matrix product"),
    "sign_flip": (sign_flip, "SciPy permutation_test, vectorized"),
    "wilcoxon": (wilcoxon, "SciPy wilcoxon; ours adds estimate and interval"),
    "bca": (bca, "SciPy bootstrap, BCa, vectorized"),
    "binary_bootstrap": (binary_bootstrap, "NumPy multinomial"),
}


def best(run, least_runs=3, least_seconds=1.0):
    times = []
    while len(times) < least_runs or sum(times) < least_seconds:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    cargo = os.environ.get("CARGO", "cargo")
    subprocess.run([cargo, "build", "--release", "-q", "-p", "isocost-stats", "--example", "speed"], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    ours = json.loads(subprocess.run([target / "release" / "examples" / "speed"], check=True, capture_output=True, text=True).stdout)
    print(f"{platform.machine()}, {os.cpu_count()} cores, {ours['threads']} threads; NumPy {np.__version__}, SciPy {scipy.__version__}")
    print(f"{'case':<22}{'peer ms':>10}{'ours ms':>10}{'ratio':>8}  peer")
    for name, timed in ours["cases"].items():
        if name not in PEERS:
            print(f"{name:<22}{'':>10}{timed['best'] * 1e3:>10.3f}{'':>8}  none")
            continue
        run, what = PEERS[name]
        peer = best(run)
        print(f"{name:<22}{peer * 1e3:>10.2f}{timed['best'] * 1e3:>10.3f}{peer / timed['best']:>8.1f}  {what}")


if __name__ == "__main__":
    main()
