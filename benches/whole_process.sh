#!/usr/bin/env bash
# Whole-process times of the everyday commands, by hyperfine (Debian), and peak memory by GNU time.
# Needs a release build of isocost.   benches/whole_process.sh
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
isocost=${ISOCOST:-$here/target/release/isocost}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
cp "$here/testdata/seeds/avs-experiment.md" one.md
for _ in $(seq 10); do cat one.md; done > ten.md
printf '# Experiments\n\n## Checklist\n### Run Queue (no-op)\n' > noop.md
for i in $(seq 1 500); do printf -- '- [ ] E%04d: no-op %d\n  - command: `true`\n\n' "$i" "$i"; done >> noop.md
"$isocost" run noop.md --jobs 2 --quiet --durability cache
hyperfine -N --warmup 3 --runs 30 --style basic --export-markdown table.md \
  -n 'version' "$isocost --version" \
  -n 'audit, 642 kB' "$isocost audit one.md --quiet --fail-on never" \
  -n 'audit --json, 642 kB' "$isocost audit one.md --quiet --fail-on never --json" \
  -n 'audit, ten copies' "$isocost audit ten.md --quiet --fail-on never" \
  -n 'status, 500 recorded jobs' "$isocost status noop.md" \
  -n 'run, 500 jobs, nothing to do' "$isocost run noop.md --quiet" >/dev/null
cat table.md
for file in one.md ten.md; do
  /usr/bin/time -f "peak memory of audit $file: %M KiB" "$isocost" audit "$file" --quiet --fail-on never >/dev/null
done
