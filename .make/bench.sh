#!/bin/sh
# How fast papers are made, next to krilla (from crates.io) and ReportLab, typst and WeasyPrint (from
# PyPI, in a virtual environment under target/). All in one run; ratios are what counts.
set -eu

packages="reportlab==5.1.0 typst==0.15.2 weasyprint==70.0"
peers=target/bench-peers
if [ "$(cat "$peers/packages" 2>/dev/null)" != "$packages" ]; then
    echo "Installing what is measured beside ours: $packages"
    rm -rf "$peers"
    python3 -m venv "$peers"
    # shellcheck disable=SC2086
    "$peers/bin/pip" install --quiet --disable-pip-version-check $packages
    echo "$packages" >"$peers/packages"
fi
CARGO_TARGET_DIR=target/bench cargo build --quiet --release --locked \
    --manifest-path tests/bench/Cargo.toml
date -u '+Papers, %Y-%m-%d'
uname -srm
grep -m1 'model name' /proc/cpuinfo || true
echo
target/bench/release/hubledger-bench "$peers/bin/python"
