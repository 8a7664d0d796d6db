#!/bin/sh
# How fast papers are made, next to krilla (from crates.io) and ReportLab, typst and WeasyPrint (from
# PyPI, in a virtual environment under target/); and how fast a book takes in usage and answers, next
# to tackler, ledger, hledger, beancount and bare SQLite. All in one run; ratios are what counts.
#   sh .make/bench.sh papers      sh .make/bench.sh books [rows, 1000000 if not told] [rounds, 3]
#   WITHOUT_PEERS=1 sh .make/bench.sh books 10000000 1      the book alone, as the ledgers need tens of GB
set -eu

peers=target/bench-peers
what=${1:-all}

# Python programs by name, in a virtual environment that is made anew when the list changes.
python_peers() {
    packages="reportlab==5.1.0 typst==0.15.2 weasyprint==70.0 beancount==3.2.0"
    if [ "$(cat "$peers/packages" 2>/dev/null)" = "$packages" ]; then return; fi
    echo "Installing what is measured beside ours: $packages"
    rm -rf "$peers"
    python3 -m venv "$peers"
    # shellcheck disable=SC2086
    "$peers/bin/pip" install --quiet --disable-pip-version-check $packages
    echo "$packages" >"$peers/packages"
}

system_peers() {
    missing=
    for package in hledger ledger sqlite3 time; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
    [ -z "$missing" ] || { echo "Installing$missing"; apt-get install -y -q --no-install-recommends $missing; }
    [ -x "$peers/bin/tackler" ] || cargo install --quiet --locked tackler --version 26.10.1 --root "$peers"
}

build() {
    CARGO_TARGET_DIR=target/bench cargo build --quiet --release --locked --manifest-path tests/bench/Cargo.toml
}

about() {
    date -u "+$1, %Y-%m-%d"
    uname -srm
    grep -m1 'model name' /proc/cpuinfo || true
    echo
}

[ -n "${WITHOUT_PEERS:-}" ] || python_peers
build
if [ "$what" != books ]; then
    about Papers
    target/bench/release/hubledger-bench "$peers/bin/python"
fi
if [ "$what" != papers ]; then
    [ -n "${WITHOUT_PEERS:-}" ] || system_peers
    CARGO_TARGET_DIR=target/bench cargo build --quiet --release --locked -p hubledger-cli
    about Books
    target/bench/release/hubledger-bench-books compare "$PWD/target/bench/release/hubl" "$PWD/$peers" \
        "$PWD/target/bench-books" "${2:-1000000}" "${3:-3}"
fi
