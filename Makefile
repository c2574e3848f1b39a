# Everything a fresh machine needs is made by the targets themselves. `make help` lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup browser demo screenshots test long bench peers chaos check contracts diagrams up down status \
	lock clean

PYTHON := .venv/bin/python
COMPILE := .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
# More arguments for pytest, as in: make test ARGS="tests/deploy -x", or ARGS="-n 0" one at a time
ARGS :=

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv and node_modules as locked (every target that needs them does so by itself)
	@deploy/local/bootstrap.sh

browser: ## find or install Chromium and a Chinese font, for tests of pages and screenshots
	@deploy/local/browser.sh

demo: up ## play the first batch through the portal's API and leave everything running
	@$(PYTHON) -m examples.first_batch.play

screenshots: demo browser ## photograph the main pages of the demo into docs/screenshots
	@$(PYTHON) -m examples.first_batch.screenshots

test: setup peers browser ## run the tests, four at a time since they wait a lot, on private servers of their own
	@.venv/bin/pytest --numprocesses 4 --dist loadscope --no-loadscope-reorder -m "not long" $(ARGS)

long: setup ## run the tests that take minutes each
	@.venv/bin/pytest -m long $(ARGS)

chaos: setup ## kill and freeze every process under load, 40 times (ARGS="--faults 80 --seed 7")
	$(PYTHON) -m tests.chaos.campaign $(ARGS)

bench: setup peers ## measure beside peers and limits, a quarter of an hour (ARGS="--only relay")
	@$(PYTHON) -m benchmarks $(ARGS)

peers: setup ## install what `make bench` measures against
	@$(PYTHON) -c 'import eventsourcing' 2> /dev/null || $(PYTHON) -m pip --disable-pip-version-check \
		install --quiet --no-deps --require-hashes -r requirements/bench.txt

check: setup ## lint, format, types, layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) -m shared.contracts.publication check

contracts: setup ## write docs/contracts from shared/contracts
	@$(PYTHON) -m shared.contracts.publication write

diagrams: setup ## write docs/diagrams, the state diagrams of every transition table
	@$(PYTHON) -m tests.services.diagrams

up: setup ## start PostgreSQL, RabbitMQ and all services, or heal them
	@$(PYTHON) -m deploy.local up

down: ## stop all that was started
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m deploy.local down; \
	else echo "Nothing was started here: there is no .venv."; fi

status: setup ## show what runs and how far each log is
	@.venv/bin/jiandu status

lock: setup ## compile requirements/*.in into locked and hashed *.txt
	$(COMPILE) --output-file=requirements/base.txt requirements/base.in
	$(COMPILE) --output-file=requirements/dev.txt requirements/dev.in
	$(COMPILE) --output-file=requirements/bench.txt requirements/bench.in

clean: ## stop everything; delete .venv, node_modules, .run with ALL its data, caches
	@# Tests and benchmarks have run folders of their own below .run.
	@if [ -x $(PYTHON) ]; then for pids in .run/*/pids .run/pids; do \
		[ ! -d $$pids ] || $(PYTHON) -m deploy.local down --erase --run-dir $${pids%/pids} || exit; \
		done; fi
	rm -rf .venv node_modules .run build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
