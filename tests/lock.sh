#!/bin/sh
# Derive the locked closures from pyproject.toml, each whole in itself, and show what changed.
# `sh tests/lock.sh UV [PACKAGE…]`: with packages only these may move to newer versions than
# those that are locked, else nothing moves that pyproject.toml does not ask for.
set -eu
uv=$1; shift
cd "$(dirname "$0")/.."
upgrade=""
for package in "$@"; do upgrade="$upgrade --upgrade-package $package"; done
lock() {
    # shellcheck disable=SC2086 # options without spaces
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate --no-emit-index-url $upgrade pyproject.toml "$@"
}
lock -o requirements.txt
lock --group test -o tests/requirements.txt
lock --group bench -o benchmarks/requirements.txt
lock --group spark -o deploy/requirements-spark.txt
git diff --unified=0 -- requirements.txt tests/requirements.txt benchmarks/requirements.txt \
    deploy/requirements-spark.txt | grep '^[-+][A-Za-z0-9]' || echo "no version has changed"
