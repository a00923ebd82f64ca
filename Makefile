# Two commands are enough: `make run` and `make test`. Everything else is part of them.
.PHONY: help bench band mutants run setup setup-test lint format types contracts tests test test-shared drill fuzz lock

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: setup ## the whole portal with its data, on http://127.0.0.1:8000/ (PORT=8001 elsewhere); Ctrl-C stops it
	@exec .venv/bin/python manage.py run

test: setup-test lint types contracts tests ## every check and every test

setup: ## what `make run` needs: system packages, .venv, front end, fonts
	@deploy/setup.sh run

setup-test: ## the same, and what only the tests need
	@deploy/setup.sh test

mutants: ## take every permission check out in turn and see that the matrix notices (tests/security/mutate.py)
	MUTANTS=all .venv/bin/pytest -o faulthandler_timeout=0 tests/security/test_mutants.py -q -p no:cacheprovider

lint: ## style of code and templates
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	git ls-files -z -- 'templates/*.html' | xargs -0r .venv/bin/djade --check --target-version 5.2

format: ## makes style right where a tool can
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	git ls-files -z -- 'templates/*.html' | xargs -0r .venv/bin/djade --target-version 5.2

types: ## mypy
	.venv/bin/mypy

contracts: ## who may import whom
	.venv/bin/lint-imports

tests: ## pytest on both cores: real PostgreSQL, Valkey, Celery and Chromium
	.venv/bin/pytest -n 2 --no-loadscope-reorder tests --ignore tests/shared_data

test-shared: setup-test ## the tests on real texts and registers, which are not part of the source: SHARED=DIRECTORY
	.venv/bin/pytest tests/shared_data

drill: setup-test ## breaks a running portal on purpose and holds it against what it acknowledged: minutes; FULL=1 hours
	.venv/bin/python -m tests.drills

bench: setup-test ## the portal beside floors and a peer: SIZES="10k 100k 1M" ROUNDS=5 SECONDS=4 SEED=1 ONLY="queue case"
	@.venv/bin/python -m bench

band: setup-test ## fails when a page costs more CPU, in multiples of a floor, than it did; BAND=write keeps new figures
	@.venv/bin/python -m bench band

CALLS ?= 400

fuzz: setup-test ## the attacks of the tests with many more values: CALLS=NUMBER for each operation and caller
	FUZZ_CALLS=$(CALLS) HYPOTHESIS_PROFILE=fuzz .venv/bin/pytest -o faulthandler_timeout=0 -n 2 tests/under_fire tests/casework/test_machine.py

lock: ## new versions of all dependencies
	cd requirements && for name in uv base dev; do \
	  ../.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-header --no-emit-index-url --generate-hashes --no-annotate $$name.in -o $$name.txt; \
	done
