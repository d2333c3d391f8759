# Two commands: `make run` shows the product, `make test` runs everything that CI runs.
PYTHON ?= python3
BIN := .venv/bin
# a file's tests stay together, so that what they share (a server, a demo) is started once; they wait more than they
# compute: three on two cores
SIDE_BY_SIDE := --numprocesses 3 --dist loadfile
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup run test test-quick test-all check docs format screenshots bench bench-full soak lock sbom clean
# CHECKED=1 checks every file that is installed against the lock's hashes (README, docs/threat_model.md)
LOCK := $(if $(CHECKED),--require-hashes -r requirements-hashed.lock,-r requirements.lock)

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk 'BEGIN {FS = ":.*## "} {printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/ready ## Install what running needs into .venv

run: setup ## Show it: crawl the sample web, index, serve the page, print a sign-in (ARGS="--port 8000")
	$(BIN)/opportune demo $(ARGS)

test: .venv/ready-to-test check docs ## Run everything that CI runs (at most 20 minutes on two cores)
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not long" $(ARGS)

test-quick: .venv/ready-to-test ## Run the tests that take seconds
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not long and not slow and not browser" $(ARGS)

test-all: .venv/ready-to-test check ## Run the long counts too: all seeds, both engines throughout
	$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)

check: .venv/ready-to-test ## Format, lint, types, import contracts, page types, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m operations.documentation
	sh web/check.sh

docs: .venv/ready .venv/docs/ready ## Build the documentation as a site into build/site, strictly
	$(BIN)/python -m operations.handbook.gathering
	NO_MKDOCS_2_WARNING=1 .venv/docs/bin/mkdocs build --quiet --strict
	$(BIN)/python -m operations.handbook.looking

format: .venv/ready-to-test ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: .venv/ready-to-test ## Draw every view of the page, light, dark and narrow, into build/screenshots
	OPPORTUNE_SCREENSHOTS=build/screenshots $(BIN)/pytest -q tests/web/screenshots.py $(ARGS)

bench: .venv/ready-to-bench ## Measure API, start, search, digests, embedding, crawls, files beside peers (at most 15 minutes)
	$(BIN)/python -m bench.run bench $(ARGS)

bench-full: .venv/ready-to-bench ## The same larger, with a million calls, a night's crawl and how all grows (3 hours, 6 GB)
	$(BIN)/python -m bench.run bench-full $(ARGS)

soak: .venv/ready-to-test ## Ten minutes of everything at once, with faults in all of it (ARGS="--minutes 3 --postgres")
	$(BIN)/python -m bench.soak $(ARGS)

lock: .venv/ready-to-test ## Pin every dependency anew after a change in pyproject.toml
	sh deploy/lock.sh

sbom: .venv/ready ## List what is installed to run, as CycloneDX JSON, into build/sbom.json
	@test -x .venv/sbom/bin/cyclonedx-py || { $(PYTHON) -m venv .venv/sbom && .venv/sbom/bin/pip install --quiet -r requirements-sbom.lock; }
	mkdir -p build
	sh deploy/sbom.sh build/sbom.json

clean: ## Remove what set-up and runs have made
	rm -rf .venv build data web/node_modules web/vendor

.venv/made:
	$(PYTHON) -c 'import sys, venv; sys.exit("Opportune needs Python 3.11 or newer; set PYTHON=…") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	@touch $@

# torch is asked for as a CPU build first: the plain one brings gigabytes of CUDA on Linux.
.venv/ready: .venv/made requirements.lock pyproject.toml web/package-lock.json
	@$(BIN)/python -c 'import torch' 2>/dev/null || $(BIN)/pip install --quiet "torch==2.13.0+cpu" 2>/dev/null \
	  || echo "pip finds no CPU build of torch 2.13.0; the plain one follows (README, Two commands, says how to get the small one)"
	$(BIN)/pip install --quiet $(LOCK)
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	sh web/install.sh
	@touch $@

# in an environment of its own: the service needs none of it
.venv/docs/ready: .venv/made requirements-docs.lock
	$(PYTHON) -m venv .venv/docs
	.venv/docs/bin/pip install --quiet -r requirements-docs.lock
	@touch $@

.venv/ready-to-test: .venv/ready requirements-test.lock
	$(BIN)/pip install --quiet -r requirements-test.lock
	@touch $@

# in a folder of their own: some of them change how a server or a test runs where they are installed
.venv/ready-to-bench: .venv/ready-to-test requirements-bench.lock
	$(BIN)/pip install --quiet --no-deps --upgrade --target .venv/peers -r requirements-bench.lock \
	  || echo "not every peer could be installed; the table names those that are missing"
	@touch $@
