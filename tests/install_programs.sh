#!/bin/sh
# What the tests use beside Python: a Chromium and a Japanese font, nginx, curl and openssl, Java
# for Spark, LibreOffice, GDAL, R and systemd's checker, which open what the dashboard writes. What
# is not there yet comes from Debian by apt (as root); a Chromium otherwise from Playwright. Tests
# of what could not be had are skipped and say so; where CI is set they fail.
set -eu
python=$1
missing=""
has() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }
need() { has "$1" || missing="$missing $2"; }
install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has chromium || need chromium-headless-shell chromium-headless-shell
fc-list :lang=ja 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk fontconfig"
need nginx nginx-light
need curl curl
need openssl openssl
need java default-jre-headless
need soffice libreoffice-calc-nogui
need ogrinfo gdal-bin
need Rscript r-base-core
need systemd-analyze systemd

if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && has apt-get; then
    apt-get update -qq
    # One by one where they can't all be had: Ubuntu has no chromium-headless-shell.
    # shellcheck disable=SC2086 # names without spaces
    install $missing || for package in $missing; do
        install "$package" || echo "$package cannot be had: what needs it is skipped"
    done
fi
has chromium || has chromium-headless-shell || "$python" -m playwright install chromium
