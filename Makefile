# Setting up, opening, testing. `make` alone says what there is.
# Only Python 3.11 or later and make are needed; everything else goes into .venv.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help lab app setup test coverage lint bench pins texts clean

VENV := .venv
BIN := $(VENV)/bin
# The work folder: the coach's own notebooks, settings and log. Another one: make lab WORK=folder
WORK ?= work
# Arguments handed on, such as: make lab ARGS=--no-browser, or make test PYTEST="-k advice"
ARGS ?=
# Two test files at a time; a worker serves the browser tests it is given from an app of its own.
PYTEST ?= -n 2 --dist loadfile --maxfail 30

PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt

help:
	@echo "make lab     open the notebooks in JupyterLab (sets up the first time)"
	@echo "make app     open them as pages, without code (sets up the first time)"
	@echo "make test    everything that CI runs: lint, types, arrows, tests"
	@echo "make coverage   the tests again, and the lines that none of them comes to"
	@echo "make lint    only the checks that need no test to run"
	@echo "make bench   run every benchmark"
	@echo "make setup   only set up, open nothing"
	@echo "make pins    write constraints.txt anew, with today's versions"
	@echo "make texts   bring the catalogues of other languages up to date with the texts in the code"
	@echo "make clean   remove the set-up and what tools left behind; your work folder stays"

lab: $(VENV)/.ready
	@$(BIN)/interview-coach lab $(WORK) $(ARGS)

app: $(VENV)/.ready
	@$(BIN)/interview-coach app $(WORK) $(ARGS)

setup: $(VENV)/.ready

test: lint
	$(BIN)/python -m pytest $(PYTEST)

# Apart from the tests: counting every line makes them take more than twice as long.
coverage: $(VENV)/.ready-test
	$(BIN)/python -m pytest --cov $(PYTEST)

# Notebooks count as code here; nbstripout holds that no output, which may hold a client, is kept.
lint: $(VENV)/.ready-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb

# Each file is a benchmark that runs by itself, but for helpers (_name.py); a folder is one with a __main__.py.
# One after another: two at once would measure each other.
bench: $(VENV)/.ready-test
	@set -e; for file in $(wildcard benchmarks/[a-z]*.py) $(patsubst %/__main__.py,%,$(wildcard benchmarks/*/__main__.py)); do \
		echo "== $$file"; $(BIN)/python $$file $(ARGS); done

# The newest Python that the kit is tested with, else any that is new enough; make PYTHON=... names one.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	"$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$name"; break; }; done)

# Why no Python was found, in one sentence: none, too old, or without the module that makes environments.
define NO_PYTHON
newest=""; for name in python3.13 python3.12 python3.11 python3 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { newest="$$name"; break; }; done; \
if [ -n "$$newest" ]; then \
	echo "Interview Coach needs Python's venv module, and $$newest has none: install it (on Debian and Ubuntu: sudo apt install $$newest-venv), then run make again."; \
else \
	found=$$(python3 --version 2>/dev/null || python --version 2>/dev/null || echo "no Python"); \
	echo "Interview Coach needs Python 3.11 or later, and this machine has $$found: install it from python.org, then run make again."; \
fi >&2; exit 1
endef

# Made anew when the Python beneath it has gone: the link then leads nowhere.
$(BIN)/python:
	@python="$(PYTHON)"; [ -n "$$python" ] || { $(NO_PYTHON); }; \
	echo "Setting up Interview Coach in $(VENV). This happens once and takes a few minutes."; \
	"$$python" -m venv --clear $(VENV)

$(VENV)/.ready: $(BIN)/python pyproject.toml constraints.txt
	$(PIP_INSTALL) --editable .
	@# The kernel that the notebooks ask for, bound to this Python whatever else is on the path.
	@$(BIN)/python -m ipykernel install --sys-prefix --name python3 --display-name "Interview Coach" >/dev/null
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	$(PIP_INSTALL) --editable '.[test,postgres,pdf,encryption,scale]'
	@touch $@

pins:
	@python="$(PYTHON)"; [ -n "$$python" ] || { $(NO_PYTHON); }; "$$python" -m venv --clear .venv-pins
	.venv-pins/bin/python -m pip install --disable-pip-version-check '.[test,postgres,pdf,encryption,scale]'
	@{ sed -n '/^#/p' constraints.txt; .venv-pins/bin/python -m pip freeze --exclude interview-coach; } > .venv-pins/constraints.txt
	@mv .venv-pins/constraints.txt constraints.txt && rm -rf .venv-pins
	@echo "constraints.txt is new: run make test, then commit it."

# Run after a text was added or changed; then translate what it names (docs/translating.md).
texts: $(VENV)/.ready-test
	$(BIN)/python -m tools.texts

clean:
	rm -rf $(VENV) .venv-pins .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
