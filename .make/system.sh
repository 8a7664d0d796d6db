#!/bin/sh
# The system's packages: `run` for building and opening the app, `test` for driving its window too.
# Installs what is missing where it may, else prints the one line to run.
set -eu

what=$1

# Encryption is built from source (SQLCipher, OpenSSL): that takes a C compiler, and perl with the
# modules that OpenSSL's configure script names.
has_cc() { command -v cc >/dev/null 2>&1; }
has_perl() { perl -MFindBin -MIPC::Cmd -MFile::Compare -MFile::Copy -MPod::Usage -e 1 >/dev/null 2>&1; }

if [ "$(uname)" = Darwin ]; then
    exit 0 # The web view is part of macOS, and its tools come with Xcode.
fi

if command -v apt-get >/dev/null 2>&1; then
    packages="libwebkit2gtk-4.1-dev pkg-config"
    has_cc || packages="$packages gcc libc6-dev"
    has_perl || packages="$packages perl"
    [ "$what" = run ] || packages="$packages webkit2gtk-driver xvfb openbox xdotool dbus fonts-dejavu-core poppler-utils qpdf python3-venv valgrind"
    have() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }
    refresh="apt-get update -q"
    install="apt-get install -y -q --no-install-recommends"
elif command -v dnf >/dev/null 2>&1; then
    packages="webkit2gtk4.1-devel pkgconf-pkg-config"
    has_cc || packages="$packages gcc"
    has_perl || packages="$packages perl-core"
    # Named by what they bring, as the packages' names differ from release to release.
    [ "$what" = run ] || packages="$packages /usr/bin/WebKitWebDriver /usr/bin/Xvfb /usr/bin/openbox /usr/bin/xdotool /usr/bin/dbus-daemon /usr/bin/pdftotext /usr/bin/qpdf dejavu-sans-fonts valgrind"
    have() { rpm -q --whatprovides "$1" >/dev/null 2>&1; }
    refresh=true
    install="dnf install -y"
elif command -v pacman >/dev/null 2>&1; then
    packages="webkit2gtk-4.1 pkgconf"
    has_cc || packages="$packages gcc"
    has_perl || packages="$packages perl"
    [ "$what" = run ] || packages="$packages xorg-server-xvfb openbox xdotool dbus ttf-dejavu poppler qpdf valgrind"
    have() { pacman -Qq "$1" >/dev/null 2>&1; }
    refresh=true
    install="pacman -S --needed --noconfirm"
else
    if pkg-config --exists webkit2gtk-4.1 2>/dev/null && has_cc && has_perl; then exit 0; fi
    echo "Hubledger needs the development files of WebKitGTK 4.1 (webkit2gtk-4.1), a C compiler and perl. Install them, then run this again." >&2
    exit 1
fi

missing=
for package in $packages; do
    have "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root=sudo
else
    echo "Some packages of the system are missing. Run this once, then the same command again:" >&2
    if [ "$refresh" = true ]; then echo "    sudo $install$missing" >&2
    else echo "    sudo $refresh && sudo $install$missing" >&2; fi
    exit 1
fi
echo "Installing$missing"
# The lists of packages may be old; without them anew, installing may still work.
$as_root $refresh || true
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive $install $missing
