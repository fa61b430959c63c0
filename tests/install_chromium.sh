#!/bin/sh
# A Chromium and a Japanese font for the browser tests: what is there already, else
# Debian's by apt (as root), else Playwright's own.
set -eu
python=$1
if command -v chromium >/dev/null 2>&1 && fc-list :lang=ja 2>/dev/null | grep -q .; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null
    exit 0
fi
command -v chromium >/dev/null 2>&1 || "$python" -m playwright install chromium
