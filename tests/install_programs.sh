#!/bin/sh
# What the tests use beside Python: a Chromium and a Japanese font, nginx and curl. What is there
# already, else Debian's by apt (as root); a Chromium otherwise from Playwright. Tests of what
# could not be had are skipped and say so.
set -eu
python=$1
has() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null; }

if has chromium-headless-shell && has nginx && has curl && fc-list :lang=ja 2>/dev/null | grep -q .; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && has apt-get; then
    apt-get update -qq
    install fonts-noto-cjk chromium-headless-shell || install fonts-noto-cjk chromium
    install nginx-light curl || echo "no nginx or curl: their tests are skipped"
    exit 0
fi
has chromium || "$python" -m playwright install chromium
