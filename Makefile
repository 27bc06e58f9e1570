# The commands of this repository; `make help` lists them.

PYTHON := .venv/bin/python

.SILENT:
.PHONY: help run test check proof mutants stripe-check format lock

help: ## list these commands
	sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | sort | expand -t 15

run: ## serve the shop; makes what is missing first
	requirements/install run
	exec $(PYTHON) -m shop run

test: ## pass every test, on SQLite and on PostgreSQL
	requirements/install dev
	exec $(PYTHON) -m tests.support.both_databases

check: ## style, types, direction of imports, templates, spelling, migrations in step
	requirements/install dev
	exec $(PYTHON) -m tests.support.checks

proof: ## the long tests: histories, races and crashes
	requirements/install dev
	exec $(PYTHON) -m tests.support.both_databases -m proof

mutants: ## change the code about money in small ways and see what the tests notice (hours; SAMPLE=500: a part)
	requirements/install dev
	requirements/install mutants
	exec nice -n 10 $(PYTHON) -m tests.mutants $(if $(SAMPLE),--sample $(SAMPLE))

stripe-check: ## the sandbox beside the real Stripe: STRIPE_CHECK_KEY=sk_test_... make stripe-check
	requirements/install run
	exec $(PYTHON) -m shop.sandbox.stripe_check

format: ## write all Python the way `make check` wants it
	requirements/install dev
	$(PYTHON) -m ruff check --quiet --fix-only .
	$(PYTHON) -m ruff format --quiet .

# uv resolves for every platform at once; pip cannot.
lock: export UV_CUSTOM_COMPILE_COMMAND = make lock
lock: ## pin the newest allowed packages again, with hashes (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		pyproject.toml --output-file requirements/run.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		pyproject.toml --group dev --constraints requirements/run.lock --output-file requirements/dev.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		pyproject.toml --group mutants --constraints requirements/dev.lock --output-file requirements/mutants.lock
