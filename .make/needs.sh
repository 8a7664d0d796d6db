#!/bin/sh
# Tells at once whether Rust or Node is missing or too old, with the line that mends it.
set -eu

# at_least HAVE WANT: compares versions number by number.
at_least() {
    awk -v have="$1" -v want="$2" 'BEGIN {
        split(have, h, "."); split(want, w, ".")
        for (i = 1; i <= 3; i++) {
            if (h[i] + 0 > w[i] + 0) exit 0
            if (h[i] + 0 < w[i] + 0) exit 1
        }
        exit 0
    }'
}

missing=0
tell() {
    echo "$1" >&2
    echo "    $2" >&2
    missing=1
}

get_rust="curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
get_nvm="curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.40.3/install.sh | bash && . ~/.nvm/nvm.sh && "
get_node="nvm install 22"
[ -s "${NVM_DIR:-$HOME/.nvm}/nvm.sh" ] || get_node="$get_nvm$get_node"

rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
if ! command -v cargo >/dev/null 2>&1; then
    tell "Rust is not here; Hubledger needs $rust or newer. Install it from https://rustup.rs, or:" "$get_rust"
else
    have=$(cargo --version | awk '{ print $2 }')
    if ! at_least "${have%%-*}" "$rust"; then
        if command -v rustup >/dev/null 2>&1; then get_rust="rustup update stable && rustup default stable"; fi
        tell "Rust $have is too old; Hubledger needs $rust or newer:" "$get_rust"
    fi
fi

node=$(sed -n 's/.*"node": ">=\([0-9.]*\)".*/\1/p' ui/package.json)
if ! command -v node >/dev/null 2>&1; then
    tell "Node.js is not here; the UI needs $node or newer. Install it from https://nodejs.org, or:" "$get_node"
else
    have=$(node --version | tr -d v)
    if ! at_least "$have" "$node"; then
        tell "Node.js $have is too old; the UI needs $node or newer. Install it from https://nodejs.org, or:" "$get_node"
    elif ! command -v npm >/dev/null 2>&1; then
        tell "npm is not here; it comes with Node.js from https://nodejs.org, or:" "$get_node"
    fi
fi

exit $missing
