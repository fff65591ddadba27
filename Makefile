# make run: the site on http://127.0.0.1:8000 (PORT=). make test, make lint: what CI runs. Nothing to install by hand.
PYTHON ?= python3
PORT ?= 8000
# What is installed: requirements.lock takes only files with known digests (docs/decisions/0028-parts.md).
REQUIREMENTS ?= requirements.txt
BIN := .venv/bin
# As many at a time as there are processors, five at most; those that start processes of the site share what they start from.
CORES := $(shell getconf _NPROCESSORS_ONLN 2> /dev/null || echo 2)
AT_ONCE := -n $(shell echo $$(( $(CORES) < 5 ? $(CORES) : 5 ))) --dist loadgroup
# A Python for the newest Django: what lies on the path may be a shim that names no interpreter, so each is tried.
NEWEST_PYTHON = $(shell for one in python3.13 $(HOME)/.pyenv/versions/3.13*/bin/python3.13; do "$$one" -c '' 2> /dev/null && echo "$$one" && break; done)
export PORT
.PHONY: help run test test-fast test-sqlite test-postgresql test-newest lint format browser pango

help:
	@grep '^#' Makefile

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed. Name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv > /dev/null 2>&1 || { rm -rf .venv; echo "Python cannot make a virtual environment yet. Type: sudo apt-get install python3-venv"; exit 1; }
	@touch $@

.venv/site: requirements.txt .venv/made
	@echo "Installing what the site runs with ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(REQUIREMENTS)
	@touch $@

.venv/tools: requirements-dev.txt requirements-s3.txt .venv/site
	@echo "Installing tools for developing ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: .venv/site
	@$(BIN)/python -m carsite.server
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(BIN)/python manage.py set_up
	@exec $(BIN)/gunicorn --config carsite/server.py carsite.wsgi

# All tests on SQLite. On PostgreSQL and on the newest Django, of those that reach the database, all of what differs there
# and a few of each other file, without the browser's and what is slow; `make nightly` runs the others there too, but the browser's
# and, on the newest Django, what is slow.
test: test-sqlite test-postgresql test-newest

# For daily work, within a minute: on SQLite, without the browser and what is slow, the tests first that a change since
# main touches most; what was not begun by then is left out, and counted.
test-fast: .venv/tools
	@DATABASE_URL= $(BIN)/python -m pytest $(AT_ONCE) -m "not browser and not slow" --changed-first --seconds 35 $(ARGS)

# One more at once: the browser's tests wait for much of their time.
test-sqlite: .venv/tools browser pango
	@echo "On SQLite:"
	@DATABASE_URL= $(BIN)/python -m pytest -n $(shell echo $$(( $(CORES) < 5 ? $(CORES) + 1 : 6 ))) --dist loadgroup $(ARGS)

test-postgresql: .venv/tools pango
	@echo "On PostgreSQL, what reaches the database:"
	@$(BIN)/python -m carsite.tests.postgres $(BIN)/python -m pytest $(AT_ONCE) -m "not browser and not slow" --reaching-database --of-each 4 databases $(ARGS)

test-newest:
	@if [ -n "$(NEWEST_PYTHON)" ]; then $(MAKE) --no-print-directory newest; \
	elif [ "$$CI" = true ]; then echo "CI needs Python 3.13 for the newest Django, and there is none here."; exit 1; \
	else echo "The tests on the newest Django are skipped: there is no Python 3.13 here."; fi

.PHONY: newest
newest: .venv-newest/made pango
	@echo "On $$(.venv-newest/bin/python -c 'import sys, django; print("Django", django.__version__, "and Python", sys.version.split()[0])'):"
	@DATABASE_URL= .venv-newest/bin/python -m pytest $(AT_ONCE) -m "not browser and not slow" --reaching-database --of-each 2 djangos $(ARGS)

.venv-newest/made: requirements.txt requirements-newest.txt
	@echo "Installing the newest Django ..."
	@rm -rf .venv-newest
	@$(NEWEST_PYTHON) -m venv .venv-newest
	@grep -v '^django==' requirements.txt | .venv-newest/bin/python -m pip install --quiet --disable-pip-version-check -r /dev/stdin -r requirements-newest.txt
	@touch $@

# A real browser for the browser tests: Debian's Chromium where this may be installed, never left out in CI.
browser:
	@command -v chromium > /dev/null || command -v chromium-browser > /dev/null || command -v google-chrome > /dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		echo "Installing Chromium for the browser tests ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core > /dev/null; \
	elif [ "$$CI" = true ]; then echo "CI needs Chromium, and may not install it here."; exit 1; \
	else echo "The browser tests are skipped: Chromium is not installed (sudo apt-get install chromium)."; fi

# What prints guides needs of the system: Debian's Pango where this may be installed, never left out in CI.
pango: .venv/tools
	@why="$$($(BIN)/python carsite/reader/parts.py)"; if [ -z "$$why" ]; then true; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		echo "Installing what prints guides ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$why > /dev/null; \
	elif [ "$$CI" = true ]; then echo "CI needs $$why, and may not install them here."; exit 1; \
	else echo "The tests of printed guides are skipped: sudo apt-get install $$why"; fi

lint: .venv/tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python manage.py makemigrations --check --dry-run --verbosity 0 || { echo "A model changed without its migration: run .venv/bin/python manage.py makemigrations"; exit 1; }
	@SITE_URL=https://guides.example.org SECRET_KEY=for-the-check-only-2f9d8c7b6a5e4f3d2c1b0a998877665544332211 $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/tools
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Speed beside the limit and Wagtail, and the server beside slow clients: bench/README.md tells how to read it. Takes a while.
.PHONY: bench
bench: .venv/site
	@$(BIN)/python bench/limits.py
	@$(BIN)/python bench/run.py $(ARGS)
	@$(BIN)/python bench/warm.py 1000
	@$(BIN)/python bench/health.py 1000
	@$(BIN)/python bench/servers.py
	@$(BIN)/python bench/choosing.py
	@$(BIN)/python bench/memory.py
	@$(BIN)/python bench/publish.py

# The pictures of docs/staff.md, of a site in a temporary folder: look at each before you commit it.
.PHONY: pictures
pictures: .venv/tools browser
	@$(BIN)/python -m carsite.tests.pictures

# What is too slow or too noisy for each change: all tests in an order drawn from the day, and the limits of time.
.PHONY: nightly
nightly: .venv/tools browser pango
	@NIGHTLY=1 DATABASE_URL= $(BIN)/python -m pytest $(AT_ONCE) --shuffled $$(date +%Y%m%d)
	@[ ! -x .venv-newest/bin/python ] || NIGHTLY=1 DATABASE_URL= .venv-newest/bin/python -m pytest $(AT_ONCE) -m "not browser and not slow" --reaching-database
	@NIGHTLY=1 $(BIN)/python -m carsite.tests.postgres $(BIN)/python -m pytest $(AT_ONCE) -m "not browser" --reaching-database
	@$(BIN)/python bench/limits.py
	@$(MAKE) --no-print-directory drills

# What must hold when something breaks, tried on real processes: one line each. ARGS="backup_killed" runs one alone.
.PHONY: drills
drills: .venv/tools
	@$(BIN)/python -m bench.drills $(ARGS)

# A small site of this release, for the tests of all later ones: once, before it is tagged.
.PHONY: release
release: .venv/tools
	@$(BIN)/python -m bench.drills.stored

# The digests of what requirements.txt pins, for every system and Python: after each change of it.
.PHONY: lock
lock: .venv/tools
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.8
	@for one in requirements requirements-s3; do $(BIN)/uv pip compile $$one.txt --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --output-file $$one.lock; done
