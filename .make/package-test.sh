#!/bin/sh
# `make package-test`: builds the packages, installs the deb as a person would, looks at what it put
# where, drives the installed window, removes it, and shows that nothing is left but the books. The rpm
# is installed into a folder of its own, driven from there and removed.
#
# By default it packs the app that the tests were built with, which takes a minute; with
# PROFILE=release it builds what is released. It changes the system, so it is no part of `make test`.
set -eu

say() { echo "== $*"; }
fail() { echo "package-test: $*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail "installing a package takes root: sudo make package-test"
command -v apt-get >/dev/null 2>&1 || fail "a deb is installed on Debian and its like only"
! dpkg-query -W -f '${db:Status-Status}' hubledger 2>/dev/null | grep -qx installed ||
    fail "hubledger is installed already; remove it first: apt-get remove hubledger"
missing=
for package in desktop-file-utils shared-mime-info rpm; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
# shellcheck disable=SC2086
[ -z "$missing" ] || DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null

target=${CARGO_TARGET_DIR:-target}
tauri=ui/node_modules/.bin/tauri
if [ "${PROFILE:-}" = release ]; then
    say "Building the released packages"
    "$tauri" build --bundles deb,rpm -- -p hubledger
    built=$target/release
else
    say "Packing the app that the tests have"
    # The workspace as a whole, as every test builds it: alone, it would be built with other features.
    cargo build --quiet --workspace --bin hubledger
    "$tauri" bundle --debug --bundles deb,rpm
    built=$target/debug
fi
cargo build --quiet --workspace --bin hubl
deb=$(find "$built/bundle/deb" -maxdepth 1 -name '*.deb' | sort | tail -n 1)
rpm=$(find "$built/bundle/rpm" -maxdepth 1 -name '*.rpm' | sort | tail -n 1)
[ -n "$deb" ] || fail "no deb was made"
[ -n "$rpm" ] || fail "no rpm was made"

say "The rpm holds the same files"
rpm -qlp "$rpm" 2>/dev/null | sort
dpkg-deb --contents "$deb" | awk '$1 !~ /^d/ { print $NF }' | sed 's/^\.//; s/^\([^/]\)/\/\1/' | sort >"$built/deb-files"
rpm -qlp "$rpm" 2>/dev/null | sort >"$built/rpm-files"
diff "$built/deb-files" "$built/rpm-files" || fail "the deb and the rpm differ"

say "Installing $deb"
work=$(mktemp -d)
book=$work/books/nordlicht.hubbook
mkdir "$work/books"
removed=
clean_up() {
    [ -n "$removed" ] || apt-get remove -y -q hubledger >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap clean_up EXIT
touch "$work/before"
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$(realpath "$deb")"
dpkg-query -L hubledger | sort >"$work/installed"
while read -r file; do
    [ -d "$file" ] || echo "$file"
done <"$work/installed" >"$work/files"
cat "$work/files"

say "Looking at what it put where"
entry=$(grep '^/usr/share/applications/.*\.desktop$' "$work/files") || fail "there is no entry for the menu"
desktop-file-validate "$entry"
grep -qx 'Exec=hubledger %f' "$entry" || fail "a double click would not hand over the file: $(grep ^Exec "$entry")"
icon=$(sed -n 's/^Icon=//p' "$entry")
for size in 32x32 128x128; do
    grep -q "/hicolor/$size/apps/$icon.png" "$work/files" || fail "there is no icon of $size"
done
grep -q "application/x-hubbook=.*$(basename "$entry")" /usr/share/applications/mimeinfo.cache || fail "a book would not open with it"
grep -q '\*\.hubbook' /usr/share/mime/globs2 || fail "a .hubbook is no type of its own"
[ -x /usr/bin/hubledger ] || fail "there is no program"
# Nothing that it needs is left to chance.
! ldd /usr/bin/hubledger | grep 'not found' || fail "a library is missing"

say "Driving the installed window"
hubl() { "$target/debug/hubl" -b "$book" --today 2026-10-05 "$@" >/dev/null; }
hubl new "$book" --owner partner --name "Nordlicht GmbH" --country DE --vat-id DE999999995
hubl hub add --id NrdE7kPA --name "Nordlicht EUR" --model partner-paid --currency EUR --plan growth --since 2026-09-01 --first-month 2026-10 --opening 120.00
hubl top-up --hub NrdE7kPA --amount 500.00 --on 2026-10-02
# The type that the system gives the book, and the program that it opens that type with.
if command -v xdg-mime >/dev/null 2>&1; then
    [ "$(xdg-mime query filetype "$book")" = application/x-hubbook ] || fail "the system does not know the book's type"
fi
drive() {
    HUBLEDGER_APP="$1" HUBLEDGER_BOOK="$book" cargo test --quiet --workspace --test window -- \
        --ignored --exact installed::the_installed_app_opens_a_book_that_is_clicked_and_drives_like_any_other
}
drive /usr/bin/hubledger

say "Removing it"
apt-get remove -y -q hubledger
removed=yes
while read -r file; do
    [ ! -e "$file" ] || fail "$file is left"
done <"$work/files"
! grep -q hubbook /usr/share/applications/mimeinfo.cache /usr/share/mime/globs2 || fail "the system still knows of it"
left=$(find /usr /etc /opt /var/lib -xdev -newer "$work/before" \( -iname '*hubledger*' -o -iname '*hubbook*' \) ! -path '/var/lib/dpkg/*' 2>/dev/null || true)
[ -z "$left" ] || fail "left behind: $left"

say "Installing the rpm into a folder, driving it from there and removing it"
root=$work/root
mkdir "$root"
rpm --root "$root" --initdb
rpm --root "$root" --nodeps -i "$(realpath "$rpm")" 2>/dev/null || fail "the rpm can't be installed"
drive "$root/usr/bin/hubledger"
rpm --root "$root" -e hubledger 2>/dev/null || fail "the rpm can't be removed"
left=$(find "$root" -iname '*hubledger*' ! -path '*/lib/rpm/*' ! -path '*/lib/sysimage/*')
[ -z "$left" ] || fail "the rpm left behind: $left"

hubl check
[ -s "$book" ] || fail "the book is gone"
echo "It worked: $(basename "$deb") and $(basename "$rpm") were installed, driven and removed; nothing is left but the book."
