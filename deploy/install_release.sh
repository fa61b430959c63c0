#!/bin/sh
# Put a version of the program beside the one that runs, in a folder with packages of its own, and
# let `current` lead to it. Nothing that runs notices: processes stay in the folder they were
# started from until rolling_restart.sh restarts them.
# Usage, as root:  git archive -o kyodo-geo.tar TAG
#                  sh deploy/install_release.sh VERSION kyodo-geo.tar
# Packages are those of the lock, by their hashes; what differs is refused.
# Without internet: on a machine that has it, of the same system and Python,
#                  python3 -m pip download --require-hashes -r requirements.txt -d packages
#                  and here PIP_NO_INDEX=1 PIP_FIND_LINKS=/path/to/packages sh deploy/install_release.sh …
set -eu
root=${KYODO_ROOT:-/opt/kyodo-geo}
case "$#:${1:-}" in
    2:[A-Za-z0-9]*) ;;
    *) echo "usage: $0 VERSION ARCHIVE.tar" >&2; exit 2 ;;
esac
release=$root/releases/$1
umask 022  # to be read and not written by the user of the service

mkdir -p "$root/releases"
mkdir "$release"  # refuses a version that is there: processes may run from it
trap 'rm -rf "$release"' EXIT
tar -xf "$2" -C "$release" --no-same-owner --no-same-permissions
python3 -m venv "$release/.venv"
"$release/.venv/bin/python" -m pip install --quiet --require-hashes \
    -r "$release/requirements.txt"
trap - EXIT

ln -sfnT "releases/$1" "$root/current.new"
mv -T "$root/current.new" "$root/current"
echo "$root/current leads to $1; now restart the processes (deploy/rolling_restart.sh)"
