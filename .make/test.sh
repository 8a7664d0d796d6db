#!/bin/sh
# `make test`: every check, quickest first. Ends in one line that counts the tests by what their
# runners said themselves.
set -eu
export NO_COLOR=1
# `cargo test` alone kills less often, and lives through fewer months.
export HUBLEDGER_KILLS="${HUBLEDGER_KILLS:-1000}"
export HUBLEDGER_MONTHS="${HUBLEDGER_MONTHS:-3000}"

logs=target/test-logs
mkdir -p "$logs"
rm -f "$logs"/*

# Sums "test result: ok. 3 passed; 1 failed" of Cargo and "Tests  1 failed | 3 passed" of Vitest.
count() {
    cat "$logs"/*.log | awk -v "what=$1" '
        /^test result:/ || /^ *Tests  / {
            for (i = 2; i <= NF; i++) if ($i ~ "^" what "[;,]?$") sum += $(i - 1)
        }
        END { print sum + 0 }'
}

# step NAME TARGET: runs a make target, shows what it says and keeps it.
step() {
    echo
    echo "== $1"
    begun=$(date +%s)
    # A pipe would swallow the exit code, so it is handed on in a file.
    { "${MAKE:-make}" --no-print-directory "$2" 2>&1 || echo $? >"$logs/$2.failed"; } | tee "$logs/$2.log"
    if [ -e "$logs/$2.failed" ]; then
        echo
        echo "$1: failed. Run it alone with: make $2"
        # A check that is no test, such as Clippy, counts as one.
        failed=$(count failed)
        if [ "$failed" = 0 ]; then failed=1; fi
        echo "$(count passed) passed, $failed failed"
        exit 1
    fi
    echo "== $1: good, $(($(date +%s) - begun)) s"
}

step "Set-up" setup-test
step "Rust format" fmt-check
step "UI types" ui-check
step "UI tests" ui-test
step "Clippy" lint
step "Rust tests" rust-test
if [ "$(uname)" = Linux ]; then
    step "The real window" window-test
else
    echo
    echo "The test in the real window runs on Linux only: no other system's web view has a driver."
fi

echo
echo "Hubledger works: every check passed."
echo "$(count passed) passed, $(count failed) failed"
