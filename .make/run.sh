#!/bin/sh
# `make run`: the app where there is a display, else the main job on the command line.
set -eu

if [ "$(uname)" = Darwin ] || [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
    "${MAKE:-make}" --no-print-directory setup-run
    "${MAKE:-make}" --no-print-directory ui
    echo "Building Hubledger. The first time takes some minutes."
    cargo build --profile desktop -p hubledger
    app=${CARGO_TARGET_DIR:-target}/desktop/hubledger
    echo "Opening $app. Close its window to come back here."
    # Says "Hubledger is open." once its window shows.
    if "$app"; then
        echo "It worked: Hubledger was open, and you have closed it."
        exit 0
    fi
    echo "Hubledger ended with an error. If the display \"${DISPLAY:-}${WAYLAND_DISPLAY:-}\" is not really there, run:" >&2
    echo "    env -u DISPLAY -u WAYLAND_DISPLAY make run" >&2
    exit 1
fi

echo "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open."
echo "Building hubl, the command line tool, to do the main job without one."
sh .make/needs.sh
cargo build --profile desktop -p hubledger-cli
to=${CARGO_TARGET_DIR:-target}/demo
rm -rf "$to"
"${CARGO_TARGET_DIR:-target}/desktop/hubl" demo --to "$to"
count=$(find "$to" -name '*.pdf' | wc -l | tr -d ' ')
if [ "$count" = 0 ]; then
    echo "hubl demo wrote no PDF." >&2
    exit 1
fi
echo "It worked: the sample book and its $count PDF invoices lie in $(cd "$to" && pwd)."
