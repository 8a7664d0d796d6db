#!/bin/sh
# A small book of the schema that the code has now, for the tests that open books of every released
# schema: tests/data/books/schema-NNNN.hubbook. One that lies there is never written again.
set -eu

number=$(ls src-tauri/store/src/schema | sed -n 's/^\([0-9]*\)_.*/\1/p' | sort | tail -n 1)
book=tests/data/books/schema-$number.hubbook
if [ -e "$book" ]; then
    echo "$book is there already: what was released stays as it is."
    exit 0
fi
mkdir -p tests/data/books
usage=$(mktemp)
trap 'rm -f "$usage"' EXIT
cat >"$usage" <<'ROWS'
date,channel_id,country,category,quantity
2026-07-20,kaiR01CH,DE,marketing,1000
2026-07-21,kaiR01CH,DE,utility,500
2026-08-03,kaiR01CH,FR,marketing,200
ROWS

cargo build -q --workspace --bin hubl
hubl() { "${CARGO_TARGET_DIR:-target}/debug/hubl" -b "$book" --today 2026-09-02 "$@" >/dev/null; }
hubl new "$book" --owner partner --name "Nordlicht GmbH" --country DE --vat-id DE999999995
hubl hub add --id NrdE7kPA --name "Nordlicht EUR" --model partner-paid --currency EUR --plan growth --since 2026-06-01 --first-month 2026-07 --opening 120.00
hubl client add --hub NrdE7kPA --id kaiN01CL --name "Kaiserhof Möbel GmbH"
hubl channel add --client kaiN01CL --id kaiR01CH --phone "+49 40 5550 1410" --started 2026-07-17
hubl top-up --hub NrdE7kPA --amount 500.00 --on 2026-07-18
hubl import usage "$usage"
hubl close --hub NrdE7kPA --month 2026-07
hubl refund --hub NrdE7kPA --amount 10.00 --on 2026-08-30 --to balance
hubl check
# What was made before the import and the close.
rm -rf "${book%.hubbook} backups"
echo "Made $book."
