# Every command a contributor needs. `make` alone prints this help.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Set up again whenever what is installed would change.
READY := $(VENV)/.ready

# Compiled modules are kept: a run of the tests starts a hundred processes, and each would compile the product anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): pyproject.toml requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Rollcall needs Python 3.11 or newer; set PYTHON=python3.x")'
	@echo "Fetching the pinned packages: about a gigabyte on disk, some minutes, once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

.PHONY: setup
setup: $(READY) ## Make the virtual environment (the other commands do it for you)

.PHONY: demo
demo: $(READY) ## Open the desk: the demo agency talks to Rollcall in your browser
	$(BIN)/rollcall demo

.PHONY: check
check: $(READY) ## Lint, types, the import contract, what nobody uses, known vulnerabilities
	$(MAKE) --no-print-directory -j 2 $(IN_ONE_PIECE) $(CHECKS)

# Types take as long as all others together, so the others run beside them; each says what it has to say in one piece.
CHECKS := check-types check-lint check-contract check-unused check-known
IN_ONE_PIECE := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: $(CHECKS)
check-types: $(READY)
	$(BIN)/mypy
check-lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
check-contract: $(READY)
	$(BIN)/lint-imports
check-unused: $(READY)
	$(BIN)/vulture
	$(BIN)/vulture .
check-known: $(READY)
	$(BIN)/python -m tests.structure.audit

.PHONY: rules
rules: $(READY) ## The packs, and the tests of the rules and their cases alone
	$(BIN)/rollcall rules check
	$(BIN)/pytest -q -n 2 --dist worksteal tests/unit/test_rules_*.py tests/unit/test_packs_*.py

.PHONY: test
test: check ## The whole bar: check, then every test on SQLite and PostgreSQL
	$(BIN)/pytest -n 4 --dist worksteal

.PHONY: thorough
thorough: $(READY) ## The tests with all their made-up examples; every run has two in ten of them
	HYPOTHESIS_PROFILE=thorough $(BIN)/pytest -n 3 --dist worksteal tests/unit tests/integration tests/scenario

.PHONY: screenshots
screenshots: $(READY) ## Draw the pictures of the desk anew, at three widths (needs Chromium)
	$(BIN)/python -m tests.browser.screenshots

.PHONY: playground
playground: $(READY) ## Draw the cards of Teams in Microsoft's playground, fetched into a temporary folder (needs Node and Chromium)
	there=$$(mktemp -d) && trap 'rm -rf "$$there"' EXIT && \
	npm install --silent --no-audit --no-fund --prefix "$$there" @microsoft/m365agentsplayground@0.2.28 && \
	$(BIN)/python -m tests.browser.playground "$$there" data/playground

.PHONY: bench
bench: $(READY) ## Measure the standing sweep against the plain loop
	$(BIN)/python -m benchmarks.sweep

.PHONY: bench-queues
bench-queues: $(READY) ## Measure a delivery beside Celery and Procrastinate (Celery needs redis-server)
	$(PYTHON) -m venv $(VENV)/queues
	$(VENV)/queues/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/benchmarks.txt
	$(BIN)/python -m benchmarks.queues --python $(VENV)/queues/bin/python

.PHONY: faults
faults: $(READY) ## Kill, pause, cut off and mislead what delivers, twenty ways, on both databases (a quarter of an hour)
	$(BIN)/python -m tests.faults

.PHONY: mutants
mutants: $(READY) ## Break rules, permissions and decisions in small ways and see what no test notices (an hour)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutants.txt
	for each in rules permissions decisions; do $(BIN)/python -m tests.mutants $$each || exit 1; done

.PHONY: pins
pins: $(READY) ## Resolve the pins again from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet pyproject.toml requirements/build.in --output-file requirements/runtime.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --extra dev pyproject.toml requirements/build.in --output-file requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet requirements/mutants.in --constraint requirements/dev.txt --output-file requirements/mutants.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet requirements/benchmarks.in --output-file requirements/benchmarks.txt
