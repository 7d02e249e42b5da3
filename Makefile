SHELL := bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -q

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Of all that pip tells, its mistakes and one line for each package.
install = set -o pipefail; $(BIN)/python -m pip install --progress-bar off -c constraints.txt \
	-e "$(1)" | awk '/(Downloading|Using cached|Processing) .*\.(whl|tar\.gz)( |$$)/ { sub(/^ *[A-Z][a-z]+( cached)? (.*\/)?/, ""); \
	sub(/-(py|cp)[0-9][^ ]*\.whl/, ""); sub(/ \(from .*/, ""); print "  " $$0; fflush() }'

.PHONY: help setup demo test acceptance lint check bench format

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.ready-dev ## Install everything, for running and for developing
	@echo "Ready: make demo, make test, make check"

demo: $(VENV)/.ready ## Try the bot in a browser, with a sample company and no token (PORT=8000)
	@$(BIN)/salesbot demo --port $(PORT)

test: $(VENV)/.ready-dev ## Run the tests
	@$(PYTEST) -n auto -m "not acceptance"

acceptance: $(VENV)/.ready-dev ## Run the bot against stand-ins of the platforms
	@$(PYTEST) -n 3 -m acceptance

lint: $(VENV)/.ready-dev ## Check form, types and layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test acceptance ## Check everything, the tests too

bench: $(VENV)/.ready-dev ## Measure
	@$(BIN)/python -m tests.benchmarks

format: $(VENV)/.ready-dev ## Put the code in form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

$(BIN)/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$python --version)"; \
			$$python -m venv $(VENV) && exit 0; \
			rm -rf $(VENV); \
			echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv" >&2; \
			exit 1; \
		fi; \
	done; \
	echo "Salesbot needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(VENV)/.ready: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what the bot needs"
	@$(call install,.)
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "Installing what the tests need"
	@$(call install,.[dev])
	@touch $@
