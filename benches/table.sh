#!/usr/bin/env bash
# Ten million rows of an outcome table: read, grouped by arm, two arms compared. isocost beside pandas and polars, in one run.
# Needs `cargo build --release -p isocost` and `cargo build --release -p isocost-trial --examples`; PYTHON with pandas and, if it is there, polars.
#   benches/table.sh [ITEMS]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
release=${RELEASE:-$here/target/release}
python=${PYTHON:-python3}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
"$release/examples/make_table" "$work/t.csv" "${1:-50000}" 10 20
ls -l "$work/t.csv" | awk '{printf "table: %.0f MB\n", $5 / 1e6}'
uptime | sed 's/.*load/load/'

cat > "$work/pandas_table.py" <<'P'
import sys, pandas as pd
t = pd.read_csv(sys.argv[1])
t.groupby("arm")["value"].mean()
two = t[t["arm"].isin(sys.argv[2:4])]
wide = two.pivot(index=["item", "seed"], columns="arm", values="value")
print("pandas", pd.__version__, len(t), round(float((wide[sys.argv[2]] - wide[sys.argv[3]]).mean()), 6))
P
cat > "$work/polars_table.py" <<'P'
import sys, polars as pl
t = pl.read_csv(sys.argv[1])
t.group_by("arm").agg(pl.col("value").mean())
two = t.filter(pl.col("arm").is_in(sys.argv[2:4]))
wide = two.pivot(on="arm", index=["item", "seed"], values="value")
print("polars", pl.__version__, len(t), round(float((wide[sys.argv[2]] - wide[sys.argv[3]]).mean()), 6))
P
# name, command...: prints what it says, and keeps wall seconds, CPU seconds and peak MB.
measure() {
  local name=$1; shift
  if /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" > "$work/out" 2> "$work/err"; then
    awk -v name="$name" '{printf "%s %.2f %.2f %.0f\n", name, $1, $2 + $3, $4 / 1024}' "$work/time" >> "$work/all"
    tail -3 "$work/out" | sed "s/^/  $name: /"
  else
    echo "  $name: not measured ($(tail -1 "$work/err"))"
  fi
}
measure isocost-pair "$release/examples/group_table" "$work/t.csv" arm_03 arm_05 pair
measure isocost-test "$release/examples/group_table" "$work/t.csv" arm_03 arm_05
measure isocost-compare "$release/isocost" compare "$work/t.csv" --arms arm_03,arm_05 --tolerance 10%
measure pandas "$python" "$work/pandas_table.py" "$work/t.csv" arm_03 arm_05
measure polars "$python" "$work/polars_table.py" "$work/t.csv" arm_03 arm_05
echo
awk '{name[NR] = $1; wall[NR] = $2; cpu[NR] = $3; mb[NR] = $4}
  END {
    printf "%-16s %8s %8s %8s   %s\n", "", "wall s", "CPU s", "peak MB", "of isocost-pair: wall, CPU, memory"
    for (i = 1; i <= NR; i++)
      printf "%-16s %8.2f %8.2f %8.0f   %.2f, %.2f, %.2f\n", name[i], wall[i], cpu[i], mb[i], wall[i] / wall[1], cpu[i] / cpu[1], mb[i] / mb[1]
  }' "$work/all"
echo "isocost-pair, pandas and polars read, group, pair and subtract; isocost-test and isocost-compare also run the default test, 10,000 replicates"
