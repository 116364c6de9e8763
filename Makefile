# Everything a day needs, on a machine with Python 3.11+, make and pip. `make` alone lists it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null)
app ?=
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(max(2, os.cpu_count() or 2))')
PYTEST := $(PY) -m pytest

# uv is some ten times quicker; pip is the promise. Both check every hash and build nothing.
define install
	@test -x $(PY) || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 ...")'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { echo "No venv module: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }
	@{ test -n "$(UV)" && $(UV) pip install -q --python $(PY) --require-hashes --only-binary :all: -r $(1); } || \
	  $(PY) -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r $(1)
	@touch $@
endef

.PHONY: help setup run demo test test-pg lint format check bench shape messages lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.run: requirements/run.lock
	$(call install,requirements/run.lock)

$(VENV)/.dev: requirements/dev.lock
	$(call install,requirements/dev.lock)
	@touch $(VENV)/.run

setup: $(VENV)/.dev  ## everything needed to run, test and check

run: $(VENV)/.run  ## the demo city at http://localhost:8000 (PORT=… for another port)
	PENDAMPING_DEMO=1 $(PY) -m pendamping run

demo: $(VENV)/.run  ## fill an empty database with the demo city
	$(PY) -m pendamping migrate --verbosity 0
	PENDAMPING_DEMO=1 $(PY) -m pendamping demo

test: $(VENV)/.dev  ## the tests; app=needs for one app
	$(PYTEST) $(if $(app),pendamping/$(app) -n 0,-n $(WORKERS) --dist worksteal)

test-pg: $(VENV)/.dev  ## the tests that touch the database, on PostgreSQL (its own from pip, or DATABASE_URL)
	PENDAMPING_TEST_DB=postgres $(PYTEST) -m "not browser" $(if $(app),pendamping/$(app) -n 0,-n $(WORKERS) --dist worksteal)

lint: $(VENV)/.dev  ## style, types and layers, without the tests
	$(PY) -m tools.check format lint types imports

format: $(VENV)/.dev  ## put the code into its form
	$(PY) -m ruff format . && $(PY) -m ruff check --fix .

check: $(VENV)/.dev  ## what CI runs, every step named
	$(PY) -m tools.check

bench: $(VENV)/.dev  ## measure; figures go to benchmarks/results (only=voices for one question)
	$(PY) -m benchmarks $(only)

shape: $(VENV)/.dev  ## the ten longest files and functions
	$(PY) -m tools.shape

messages: $(VENV)/.dev  ## gather the words to translate, then say which are missing
	$(PY) -m tools.messages update && $(PY) -m tools.messages check

lock: $(VENV)/.dev  ## choose the newest allowed versions anew (needs uv)
	uv pip compile pyproject.toml --extra postgres --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --upgrade -o requirements/run.lock -q
	uv pip compile pyproject.toml --extra postgres --group dev --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --upgrade -o requirements/dev.lock -q

clean:  ## remove what can be made again (not your data)
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis .coverage htmlcov build *.egg-info
	find pendamping tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +
	find pendamping -name '*.mo' -delete
