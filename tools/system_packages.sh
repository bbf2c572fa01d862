#!/bin/sh
# What running, testing and translating want beside Python, from Debian's own packages. Installs only where CI=true or
# SYSTEM_PACKAGES=1, as root; otherwise names the one line that would.
set -eu

missing=""
need() { # need PACKAGE PROGRAM...: one of the programs must be there
    package=$1
    shift
    for program in "$@"; do
        if command -v "$program" >/dev/null 2>&1; then return; fi
    done
    missing="$missing $package"
}

need make make
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
need chromium chromium chromium-browser google-chrome google-chrome-stable
need belenios-tool belenios-tool
need gettext msgfmt
[ -n "$missing" ] || exit 0

line="apt-get install --yes --no-install-recommends$missing"
if [ "${CI:-}" != true ] && [ "${SYSTEM_PACKAGES:-}" != 1 ]; then
    echo "Not on this machine:$missing. Tests that need one of them are skipped and counted at the end."
    echo "To have them: sudo $line"
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Cannot install$missing: that wants root on Debian or Ubuntu. The line is: sudo $line" >&2
    exit 1
fi
echo "Installing from this machine's Debian sources:$missing"
apt-get update -qq
# shellcheck disable=SC2086  # the words of the line are meant to be split
DEBIAN_FRONTEND=noninteractive $line
