#!/usr/bin/env bash
# The E1 batch: isocost against the original script, on the same generated files of the published sizes, one after the other in one run.
# Processor time (user and system) of both, their ratio, where our time goes, and whether both reports are the same.
# Needs: python3 with numpy (set PYTHON to another), release builds of isocost and of the example e1_timings.
#   benches/e1_peer.sh [CASE]    CASE: paper (default), ties or edge
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
case=${1:-paper}
python=${PYTHON:-python3}
isocost=${ISOCOST:-$here/target/release/isocost}
timings=${TIMINGS:-$here/target/release/examples/e1_timings}
golden=$here/testdata/golden/recursion
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

"$python" "$golden/gen_inputs.py" "$work/root" --case "$case" >/dev/null
# The script finds its inputs and its outputs relative to itself.
"$python" "$golden/reformat.py" "$here/testdata/seeds/e1_offline_batch.py.txt" "$work/root/analysis_2x2/e1_offline_batch.py" >/dev/null

cpu() { # label file command...: user + system seconds of the command
  local label=$1 file=$2; shift 2
  TIMEFORMAT='%U %S %R'
  { time "$@" >"$work/log" 2>"$work/err"; } 2>"$work/time" || { cat "$work/err" >&2; return 1; }
  awk -v l="$label" '{printf "%-44s %9.3f s processor, %9.3f s wall\n", l, $1+$2, $3}' "$work/time"
  awk '{print $1+$2}' "$work/time" >"$file"
}

cpu "original script ($("$python" -c 'import numpy, platform; print("Python", platform.python_version() + ", NumPy", numpy.__version__)'))" "$work/theirs" \
  "$python" "$work/root/analysis_2x2/e1_offline_batch.py"
for run in 1 2 3 4 5; do
  cpu "isocost, one thread, run $run" "$work/ours.$run" \
    "$isocost" study recursion e1 --root "$work/root" --out "$work/out" --style seed --threads 1
done
cpu "isocost, all cores" "$work/ours.all" \
  "$isocost" study recursion e1 --root "$work/root" --out "$work/out" --style seed
median=$(cat "$work"/ours.[1-5] | sort -g | sed -n 3p)
awk -v t="$(cat "$work/theirs")" -v o="$median" \
  'BEGIN{printf "ratio of processor time, median of 5 (one thread): %.0f\n", t/o}'
[ -x "$timings" ] && "$timings" "$work/root"
if diff "$work/root/analysis_2x2/offline_followups/phase1_e1.md" "$work/out/phase1_e1.md" >"$work/diff"; then
  echo "both reports are the same, byte for byte"
else
  # Which logarithm NumPy uses depends on the machine: late drift can differ in its last bits.
  echo "the reports differ:"; cat "$work/diff"
fi
