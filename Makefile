# The two commands: `make demo` shows the whole product in the browser, `make test` checks everything.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := bot storage commands tests deploy
COMPILE := $(BIN)/python -m compileall -q bot storage commands

.PHONY: install built demo test lint types unit coverage hunt bench catalogues manifests lock clean

install: .venv/installed

.venv/installed: deploy/requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Fil rouge needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement deploy/requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(COMPILE)
	touch $@

# The bytecode too, where the environment keeps imports from writing it: it is a quarter of the time to the first answer.
built: catalogues
	@$(COMPILE)

demo: built
	$(BIN)/filrouge demo

catalogues: install
	@$(BIN)/python deploy/hatch_build.py >/dev/null

# After a command was added or renamed.
manifests: catalogues
	PYTHONPATH=. $(BIN)/python deploy/slack_manifests.py

lint: install
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: install
	$(BIN)/mypy

unit: built
	$(BIN)/python -m pytest -n auto

# The branches that the tests take; slower, so not a part of every `make test`.
coverage: built
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

# Thousands of random examples for each test that takes any; what it finds becomes an example of its own.
hunt: built
	$(BIN)/python -m pytest -n auto -m hypothesis --hypothesis-profile=hunt

test: lint types unit

bench: built
	$(BIN)/python -m tests.bench

# Raise the pins deliberately: `make lock UPGRADE=--upgrade`, then read the difference.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra meaning --group dev --no-header \
	  --no-emit-index-url --no-emit-find-links $(UPGRADE) pyproject.toml deploy/build.in --output-file deploy/requirements.lock
	# The same pins without what only tests need, for the container.
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra meaning --no-header \
	  --no-emit-index-url --no-emit-find-links --constraint deploy/requirements.lock pyproject.toml deploy/build.in \
	  --output-file deploy/requirements.run.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
