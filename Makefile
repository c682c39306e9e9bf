# Everything runs in .venv, made from the lock file: nothing but make and Python 3.11 or newer is needed.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo try test bench lint types check docs screenshots catalogues transcripts lock clean

demo: $(STAMP)
	$(BIN)/tiltaksvakt demo

# Stops with Ctrl+C.
try: $(STAMP)
	$(BIN)/tiltaksvakt try

test: $(STAMP)
	$(BIN)/pytest -q

# BENCH="--quick updates tick" measures some of it, in less time.
bench: $(STAMP)
	$(BIN)/python -m benchmarks $(BENCH)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

check: lint types test

docs: $(STAMP)
	$(BIN)/python -m tests.cli_reference
	$(BIN)/python -m tests.command_reference

# Needs Chromium, its Norwegian texts, and a typeface with the signs of the statuses (tests/screenshots.py).
screenshots: $(STAMP)
	$(BIN)/python -m tests.screenshots
# The sentences of every language: what is new is to be translated in templates/catalogues/<language>/LC_MESSAGES/*.po.
catalogues: $(STAMP)
	$(BIN)/python -m tests.catalogues

# The usual conversations in every language, to be read before they are committed.
transcripts: $(STAMP)
	$(BIN)/python -m tests.transcripts

# Needs uv; a lock names versions and hashes, and no address to fetch them from. The service's has no tools in it.
COMPILE := uv pip compile --universal --generate-hashes --python-version 3.11 --no-header -q
lock:
	$(COMPILE) --extra dev -o requirements.lock pyproject.toml
	$(COMPILE) -c requirements.lock -o requirements.service.lock pyproject.toml

clean:
	rm -rf $(VENV)

$(STAMP): requirements.lock pyproject.toml
	@python=; \
	for candidate in python3 python3.11 python3.12 python3.13 python3.14 python; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python=$$candidate; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Tiltaksvakt needs Python 3.11 or newer, and none was found. Install it and run make again." >&2; \
		exit 1; \
	fi; \
	$$python -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; \
		exit 1; \
	}; \
	$$python -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $(STAMP)
