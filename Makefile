# Unionhall. `make` lists what there is to do. All stays inside this folder, unless CI=true or SYSTEM_PACKAGES=1.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
BENCH := var/build/bench
PORT ?= 8000

# uv installs into our environment and no other, with the Python we have, keeps what it fetched beside it, and trusts
# the certificates that the machine trusts, where it has a list of them.
export UV_CACHE_DIR ?= $(CURDIR)/var/cache/uv
export PIP_CACHE_DIR ?= $(CURDIR)/var/cache/pip
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS ?= $(shell test -s /etc/ssl/certs/ca-certificates.crt && echo 1 || echo 0)
export PYTHONUTF8 := 1
unexport VIRTUAL_ENV PYTHONHOME
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python

.PHONY: help run setup demo test check bench messages migrations slice docs verifier lock clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s  %s\n", $$1, $$2}'

run: setup ## The demo at http://localhost:8000, with the worker; a second start needs no network
	@DEMO=$${DEMO:-1} BASE_URL=$${BASE_URL:-http://localhost:$(PORT)} $(BIN)/unionhall run --port $(PORT)

setup: $(VENV)/.runtime ## Environment, languages, fonts: all that running needs

demo: setup ## Build the invented local anew
	@DEMO=1 $(BIN)/unionhall demo --reset

test: $(VENV)/.dev ## The everyday tests, in under five minutes; TESTS=tests/roster for some of them
	@sh tools/system_packages.sh
	@$(BIN)/python -m pytest -n auto $(TESTS)

check: $(VENV)/.dev ## Format, lint, types, contracts, shape, migrations, translations, docs
	@$(BIN)/python tools/check.py $(STEPS)

bench: $(VENV)/.dev $(BENCH)/.done ## The table of docs/reference/benchmarks.md, measured here
	@$(BIN)/unionhall bench $(NAMES)

messages: $(VENV)/.dev ## Collect the texts to translate and compile the catalogues
	@$(BIN)/python tools/messages.py

migrations: $(VENV)/.dev ## Write the migrations that are missing and name the last of each app
	@DJANGO_SETTINGS_MODULE=unionhall.config.settings.test $(BIN)/python -m django makemigrations
	@$(BIN)/python tools/migrations.py --write

slice: $(VENV)/.dev ## Make the next slice: make slice name=grievances [storey=contract]
	@$(BIN)/python tools/new_slice.py "$(name)" $(if $(storey),--storey "$(storey)")

docs: $(VENV)/.dev ## Write docs/reference anew from the code
	@$(BIN)/python tools/reference.py --write

verifier: ## The independent verifier in one file, var/build/unionhall-verify.pyz, the same bytes each time
	@$(PYTHON) tools/verifier.py

lock: $(VENV)/.uv ## Resolve requirements/*.in anew into locks with hashes
	@cd requirements && for f in installer base redis dev bench; do case $$f in redis|dev|bench) base="-c base.lock";; *) base=;; esac; \
	../$(BIN)/uv pip compile $$f.in -o $$f.lock $$base --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet; done

clean: ## Remove the environment and everything built (the database in var/ stays)
	@rm -rf $(VENV) var/build var/cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/.uv: requirements/installer.lock
	@test -n "$(PYTHON)" || { echo "Unionhall needs Python 3.11, 3.12 or 3.13: none was found."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python lacks its venv module. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.lock
	@touch $@

$(VENV)/.runtime: requirements/base.lock pyproject.toml $(VENV)/.uv $(shell find src tools/catalogues.py -name '*.po' -o -name 'catalogues.py' 2>/dev/null)
	@$(INSTALL) --require-hashes -r requirements/base.lock
	@$(INSTALL) --no-build-isolation --no-deps -e .
	@$(BIN)/python tools/build.py
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.runtime
	@echo "Adding what tests and checks need ..."
	@$(INSTALL) --require-hashes -r requirements/dev.lock
	@touch $@

# The programs that benches P5 and P6 compare us with stay out of our own environment.
$(BENCH)/.done: requirements/bench.lock $(VENV)/.uv
	@echo "Adding what benches are measured against in $(BENCH) ..."
	@$(PYTHON) -m venv --without-pip $(BENCH)
	@$(BIN)/uv pip install --quiet --python $(BENCH)/bin/python --require-hashes -r requirements/bench.lock
	@touch $@
