# The two commands: `make demo` and `make test`. Everything else is a part of them, or a benchmark.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --constraints constraints.txt --build-constraints constraints.txt
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site demo test tests test-long test-faults test-mutants lint types imports browser bench bench-scale bench-waits bench-api bench-mapping bench-identity bench-widgets bench-reader bench-sandbox bench-strangers bench-budget bench-fleet constraints docs clean help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(VENV)/.uv: constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	@touch $@

$(VENV)/.run: $(VENV)/.uv pyproject.toml
	@echo "installing migkit and what it needs into $(VENV) …"
	@$(UV) --compile-bytecode --editable '.[demo]'
	@touch $@

$(VENV)/.test: $(VENV)/.uv pyproject.toml  # not compiled: tests import an eighth of what is installed, and keep that compiled
	@echo "installing migkit, and the tools that the tests need, into $(VENV) …"
	@$(UV) --editable '.[test]'
	@touch $(VENV)/.run $@

$(VENV)/.bench: $(VENV)/.test
	@$(UV) --editable '.[bench]' && touch $@ || echo "dlt and polars could not be installed: the benchmark says so in their rows"

demo: $(VENV)/.run  ## a made-up practice moves into a local Pipedrive, start to finish
	@$(BIN)/migkit demo --dir demo

test: $(VENV)/.test browser  ## everything that the project checks about itself
	@$(MAKE) --no-print-directory --jobs=2 lint types imports tests

tests: $(VENV)/.test  # begun while mypy, which has one core, is still at work
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not long"

test-long: $(VENV)/.test browser  ## the slow ones: thousands of generated requests, 2,000 patients
	@$(BIN)/python -m pytest -m long

test-faults: $(VENV)/.test  ## what goes wrong between us and Pipedrive, counted: TRIES=25
	@$(BIN)/python -m tests.load.table $(or $(TRIES),25)

test-mutants: $(VENV)/.test  ## plant defects and count those that the tests find: ROOMS="compare load" SAMPLE=0.25 (hours for all)
	@$(BIN)/python bench/mutants.py --sample $(or $(SAMPLE),1.0) $(ROOMS)

lint: $(VENV)/.test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/deptry migkit 2>/dev/null && echo "lint: clean"

types: $(VENV)/.test
	@$(BIN)/mypy migkit

imports: $(VENV)/.test
	@$(BIN)/lint-imports

browser:  # the widgets' tests drive Debian's Chromium, the handover is printed with Pango; install them where we may
	@ldconfig -p 2>/dev/null | grep -q libpangoft2 || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 >/dev/null; } \
	  || echo "no Pango here and none could be installed: the test of the printed handover will fail"
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	  || echo "no Chromium here and none could be installed: the browser tests will be skipped"

bench: bench-fleet bench-api bench-mapping bench-identity bench-widgets bench-reader bench-sandbox bench-strangers bench-budget bench-waits bench-scale  ## all benchmarks, as ratios measured side by side

bench-fleet bench-api bench-mapping bench-identity bench-widgets bench-reader bench-sandbox bench-strangers bench-budget bench-waits bench-scale: bench-%: $(VENV)/.test
	@$(BIN)/python bench/$*.py

bench-scale: $(VENV)/.bench

docs: $(VENV)/.run  ## the pages that follow from the code: messages, commands, policies
	@$(BIN)/python docs/make_reference.py

site: $(VENV)/.test  ## the documentation as a site: site/index.html
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs site && echo "site/index.html"

constraints: $(VENV)/.uv  # compiled without index addresses
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra test --extra bench --universal --no-header --no-annotate --no-emit-index-url -o constraints.txt

clean:  ## remove the demo and the environment
	rm -rf demo site $(VENV)
