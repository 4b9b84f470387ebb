# Two commands do all the set-up: `make chat` and `make test`. Both are quick when called again.
VENV   := .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
PIP     = $(BIN)/python -m pip --disable-pip-version-check install --quiet
ARTICLES ?= seeds

.PHONY: chat test test-all check format lock install clean

chat: $(VENV)/.installed  ## ask the articles in a chat window: make chat ARTICLES=path/to/folder
	$(BIN)/parley chat --articles "$(ARTICLES)"

test: check  ## formatting, lint, types and the tests
	$(BIN)/python -m pytest -m "not slow"

test-all: check  ## the long tests too
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

install: $(VENV)/.installed  ## the environment alone

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Parley needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked dependencies into $(VENV) (a minute or two, once) ..."
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

LOCK = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header --upgrade pyproject.toml
lock: $(VENV)/bin/python  ## resolve the dependencies anew
	$(PIP) uv
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group dev --output-file requirements-dev.lock

clean:
	rm -rf $(VENV)
