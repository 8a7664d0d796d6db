#!/bin/sh
# A small Rust installation comes without Clippy and rustfmt.
set -eu

if cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1; then
    exit 0
fi
if command -v rustup >/dev/null 2>&1; then
    rustup component add clippy rustfmt
else
    echo "Clippy and rustfmt are not here. Install them where your Rust came from, then run this again." >&2
    exit 1
fi
