#!/bin/sh
# What the book has withstood, with seeds, counts and times. Longer runs by variables:
#   HUBLEDGER_KILLS=10000 HUBLEDGER_KILL_SEED=1 HUBLEDGER_FLIPS=10000 HUBLEDGER_POWER_SEED=2 make faults
#   HUBLEDGER_MONTHS=100000 HUBLEDGER_MONTH_SEED=2 HUBLEDGER_UNDO_BOOKS=100 HUBLEDGER_UNDO_SEED=2 make faults
#   HUBLEDGER_TAMPERINGS=10000 HUBLEDGER_SEED=2 HUBLEDGER_BYTES=10000 HUBLEDGER_BYTE_SEED=2 make faults
set -eu
export HUBLEDGER_KILLS="${HUBLEDGER_KILLS:-1000}"
export HUBLEDGER_MONTHS="${HUBLEDGER_MONTHS:-10000}"
export HUBLEDGER_UNDO_BOOKS="${HUBLEDGER_UNDO_BOOKS:-20}"
export HUBLEDGER_BYTES="${HUBLEDGER_BYTES:-1000}"
export HUBLEDGER_ANY_TAMPERINGS="${HUBLEDGER_ANY_TAMPERINGS:-1000}"
export HUBLEDGER_ENCRYPTED_BYTES="${HUBLEDGER_ENCRYPTED_BYTES:-1000}"

cargo test --quiet --workspace --test faults --test trust --no-run
told=$(mktemp)
trap 'rm -f "$told"' EXIT
date -u '+Faults, %Y-%m-%d'
for tests in faults trust; do
    status=0
    cargo test --workspace --test "$tests" -- --nocapture --test-threads 2 >"$told" 2>&1 || status=$?
    grep -E '^FAULTS|^test result' "$told" | sed 's/^FAULTS //'
    [ "$status" = 0 ] || { cat "$told" >&2; exit "$status"; }
done
