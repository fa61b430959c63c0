#!/bin/sh
# A Chromium and a Japanese font for the browser tests: what is there already, else
# Debian's by apt (as root), else Playwright's own.
set -eu
python=$1
has() { command -v "$1" >/dev/null 2>&1; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq fonts-noto-cjk "$1" >/dev/null; }

if has chromium-headless-shell && fc-list :lang=ja 2>/dev/null | grep -q .; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && has apt-get; then
    apt-get update -qq
    install chromium-headless-shell || install chromium
    exit 0
fi
has chromium || "$python" -m playwright install chromium
