# `make run` and `make test` do all the set-up on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
QUICK := test_architecture.py test_docs.py auth filters geo guideline machine_readability maps measures scripts tabular

# What is compiled once is kept, also where the environment says otherwise: servers and workers of
# the tests would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test quick durations lint audit bench lock clean

run: $(VENV)/.run-ready
	$(BIN)/python -m kyodo_geo serve

test: $(VENV)/.test-ready lint audit
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

# Pure functions, small editions and what holds the plan together: for the time between.
quick: $(VENV)/.test-ready
	$(BIN)/python -m pytest -n 2 -m "not browser" $(addprefix tests/,$(QUICK))

# Runs all tests and keeps how long each file took: the longest are started first from then on.
durations: $(VENV)/.test-ready
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder -o junit_family=xunit1 --junitxml=.durations.xml
	$(BIN)/python tests/durations.py .durations.xml
	rm .durations.xml

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/oxlint -c tests/oxlint.jsonc --deny-warnings kyodo_geo tests
	$(BIN)/sqlfluff lint kyodo_geo benchmarks

audit: $(VENV)/.test-ready
	$(BIN)/python tests/audit.py

bench: $(VENV)/.bench-ready
	$(BIN)/python -m benchmarks.run

# Derives the locked closures from pyproject.toml and shows what changed; `make lock NEWER="a b"`
# lets a and b move to newer versions.
lock: $(VENV)/.test-ready
	sh tests/lock.sh $(BIN)/uv $(NEWER)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.test-ready: tests/requirements.txt tests/install_programs.sh | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	sh tests/install_programs.sh $(BIN)/python
	touch $@ $(VENV)/.run-ready

$(VENV)/.bench-ready: benchmarks/requirements.txt $(VENV)/.test-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.txt
	touch $@
