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

rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
if ! command -v cargo >/dev/null 2>&1; then
    tell "Rust is not here; Hubledger needs $rust or newer. Install it from https://rustup.rs:" \
        "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
else
    have=$(cargo --version | awk '{ print $2 }')
    if ! at_least "${have%%-*}" "$rust"; then
        if command -v rustup >/dev/null 2>&1; then mend="rustup update stable && rustup default stable"
        else mend="curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"; fi
        tell "Rust $have is too old; Hubledger needs $rust or newer:" "$mend"
    fi
fi

node=$(sed -n 's/.*"node": ">=\([0-9.]*\)".*/\1/p' ui/package.json)
if ! command -v node >/dev/null 2>&1; then
    tell "Node.js is not here; the UI needs $node or newer. Install it from https://nodejs.org, or:" \
        "curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.40.3/install.sh | bash && . ~/.nvm/nvm.sh && nvm install 22"
else
    have=$(node --version | tr -d v)
    if ! at_least "$have" "$node"; then
        if command -v nvm >/dev/null 2>&1 || [ -s "${NVM_DIR:-$HOME/.nvm}/nvm.sh" ]; then mend="nvm install 22"
        else mend="install a newer one from https://nodejs.org"; fi
        tell "Node.js $have is too old; the UI needs $node or newer:" "$mend"
    fi
    if ! command -v npm >/dev/null 2>&1; then
        tell "npm is not here; it comes with Node.js:" "install Node.js from https://nodejs.org"
    fi
fi

exit $missing
