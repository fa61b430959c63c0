#!/bin/sh
# Restart the processes one after the other, each only when the one before serves an edition.
# Usage, as root: sh deploy/rolling_restart.sh 8511 8512
# Below a path: KYODO_BASE_PATH=/kyodo-geo sh deploy/rolling_restart.sh 8511 8512
set -eu
[ "$#" -gt 0 ] || { echo "usage: $0 PORT..." >&2; exit 2; }

is_ready() { curl -fsS -m 2 -o /dev/null "http://127.0.0.1:$1${KYODO_BASE_PATH:-}/kyodo/ready"; }

for port in "$@"; do
    systemctl restart "kyodo-geo@$port"
    tries=0
    until is_ready "$port" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -ge "${KYODO_WAIT_S:-60}" ]; then
            echo "kyodo-geo@$port does not get ready; the others were left as they are" >&2
            is_ready "$port"
            exit 1
        fi
        sleep 1
    done
    echo "kyodo-geo@$port is ready"
done
