#!/bin/sh
# What the book has withstood, with seeds, counts and times. Longer runs by variables:
#   HUBLEDGER_KILLS=10000 HUBLEDGER_KILL_SEED=1 HUBLEDGER_FLIPS=10000 HUBLEDGER_POWER_SEED=2 make faults
set -eu
export HUBLEDGER_KILLS="${HUBLEDGER_KILLS:-1000}"

cargo test --quiet -p hubledger-tests --test faults --no-run
told=$(mktemp)
trap 'rm -f "$told"' EXIT
date -u '+Faults, %Y-%m-%d'
status=0
cargo test -p hubledger-tests --test faults -- --nocapture --test-threads 2 >"$told" 2>&1 || status=$?
grep -E '^FAULTS|^test result' "$told" | sed 's/^FAULTS //'
[ "$status" = 0 ] || { cat "$told" >&2; exit "$status"; }
