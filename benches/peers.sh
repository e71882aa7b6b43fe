#!/usr/bin/env bash
# N no-op experiments: isocost against GNU parallel, Snakemake and DVC, one after the other in one run on two slots.
# Needs: parallel (Debian), snakemake and dvc (PyPI; set PEERS to their bin folder), a release build of isocost.
#   benches/peers.sh [N]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
N=${1:-1000}
isocost=${ISOCOST:-$here/target/release/isocost}
[ -n "${PEERS:-}" ] && PATH="$PEERS:$PATH"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"

seconds() { # label command...
  local label=$1 start end; shift
  start=$(date +%s.%N)
  if ! "$@" >"$work/out.log" 2>&1; then tail -5 "$work/out.log" >&2; echo "$label failed" >&2; return 1; fi
  end=$(date +%s.%N)
  awk -v l="$label" -v a="$start" -v b="$end" -v n="$N" 'BEGIN{printf "%-34s %9.3f s  %8.3f ms each\n", l, b-a, (b-a)*1000/n}'
}

ledger() { # count
  printf '# Experiments\n\n## Checklist\n### Run Queue (no-op)\n'
  for i in $(seq 1 "$1"); do printf -- '- [ ] E%04d: no-op %d\n  - command: `true`\n\n' "$i" "$i"; done
}

mkdir bare && cd bare
printf 'import subprocess\nfor _ in range(%d): subprocess.run(["sh","-c","true"])\n' "$N" > spawn.py
seconds "bare spawn (python, one by one)" python3 spawn.py
if command -v parallel >/dev/null; then
  seq "$N" > list
  seconds "GNU parallel -j2" sh -c 'parallel -j2 true < list'
  seconds "GNU parallel -j2 --joblog --results" sh -c 'parallel -j2 --joblog log --results res true < list'
fi
cd ..

mkdir iso && cd iso; ledger "$N" > experiments.md
seconds "isocost run --jobs 2 (durable)" "$isocost" run experiments.md --jobs 2 --quiet
seconds "isocost run, nothing to do" "$isocost" run experiments.md --jobs 2 --quiet
cd ..; mkdir iso2 && cd iso2; ledger "$N" > experiments.md
seconds "isocost run --jobs 2 (cache)" "$isocost" run experiments.md --jobs 2 --quiet --durability cache
cd ..

if command -v snakemake >/dev/null; then
  mkdir snake && cd snake
  printf 'rule all:\n    input: expand("out/{i}", i=range(%d))\nrule one:\n    output: touch("out/{i}")\n    shell: "true"\n' "$N" > Snakefile
  seconds "snakemake --cores 2" snakemake --cores 2 --quiet all
  seconds "snakemake, nothing to do" snakemake --cores 2 --quiet all
  cd ..
fi
if command -v dvc >/dev/null; then
  mkdir dvc && cd dvc && git init -q . && dvc init -q && dvc config core.analytics false
  { echo 'stages:'; for i in $(seq 1 "$N"); do printf '  s%d:\n    cmd: "true > o%d"\n    outs: [o%d]\n' "$i" "$i" "$i"; done; } > dvc.yaml
  seconds "dvc repro" dvc repro -q
  seconds "dvc repro, nothing to do" dvc repro -q
  cd ..
fi
