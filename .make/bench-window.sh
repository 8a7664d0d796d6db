#!/bin/sh
# `make bench-window`: the real window under Xvfb, on a book of a million charges, beside an empty
# window with the same settings; the median of five runs. It prints figures and judges none.
#   BOOK=a.hubbook   another book (its charges are what is filtered, sorted and scrolled)
#   TODAY=2026-07-31 a day of the month that its charges are of
#   ROUNDS=5         how often
#   PROFILE=debug    the app that the tests have, to see that the measuring works
#   HUBLEDGER_APP=, HUBLEDGER_EMPTY=   programs that were built before
set -eu

target=${CARGO_TARGET_DIR:-target}
rounds=${ROUNDS:-5}
case "${PROFILE:-release}" in
    debug) built=debug; flag= ;;
    # As it is packaged; a folder of its own, so that the tests' one stays as it is.
    *) built=release; flag=--release; export CARGO_TARGET_DIR="$target/bench" ;;
esac
folder=${CARGO_TARGET_DIR:-$target}

if [ -z "${HUBLEDGER_APP:-}" ] || [ -z "${HUBLEDGER_EMPTY:-}" ]; then
    # The whole workspace at once: alone, each would be built with other features.
    # shellcheck disable=SC2086
    cargo build --quiet --locked --workspace $flag --bin hubledger --bin hubl --example empty-window --features empty-window
fi
app=${HUBLEDGER_APP:-$folder/$built/hubledger}
empty=${HUBLEDGER_EMPTY:-$folder/$built/examples/empty-window}

book=${BOOK:-}
if [ -z "$book" ]; then
    # The book that `make bench` measures imports with: a million rows of one month.
    books=$target/bench-books
    book=$books/bench.hubbook
    if [ ! -s "$book" ]; then
        CARGO_TARGET_DIR="$target/bench" cargo build --quiet --release --locked --manifest-path tests/bench/Cargo.toml
        "$target/bench/release/hubledger-bench-books" book "$folder/$built/hubl" "$PWD/$books" 1000000
    fi
fi

date -u '+The window, %Y-%m-%d'
uname -srm
grep -m1 'model name' /proc/cpuinfo || true
echo "$(basename "$book"), $(du -h "$book" | cut -f 1), $rounds rounds, $built"
echo
CARGO_TARGET_DIR="$target" HUBLEDGER_TODAY="${TODAY:-2026-07-31}" HUBLEDGER_APP="$(realpath "$app")" HUBLEDGER_EMPTY="$(realpath "$empty")" \
    HUBLEDGER_BOOK="$(realpath "$book")" HUBLEDGER_ROUNDS="$rounds" \
    cargo test --quiet --workspace --test window -- --ignored --exact --nocapture bench::how_it_feels | grep '^|'
whole=0
for file in ui/dist/assets/*.js; do
    whole=$((whole + $(gzip -9 -c "$file" | wc -c)))
done
echo "| all the JavaScript, KB gzipped | $(awk "BEGIN { printf \"%.1f\", $whole / 1000 }") | | | | 150 |"
