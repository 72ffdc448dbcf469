# Recipes people and CI share. `make demo` and `make test` are all a newcomer needs.
PYTHON ?= python3
BIN := .venv/bin
SERVE ?= 1
READY := .venv/.ready

.PHONY: demo test lint types layers migrations translations messages lock bench

$(READY): requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing packages (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $(READY)

catalogues: $(READY)
	@$(BIN)/python tools/messages.py compile

demo: catalogues ## Nanhai scenario on the embedded PostgreSQL, then serve on 127.0.0.1:8000 (SERVE=0 stops after the totals)
	@$(BIN)/python manage.py demo $(if $(filter 0,$(SERVE)),--no-serve)

test: catalogues ## the whole suite, in parallel
	@$(BIN)/python -m pytest -q -n auto --dist loadgroup

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy unionbenefits

layers: $(READY)
	@$(BIN)/lint-imports

migrations: $(READY)
	@$(BIN)/python manage.py makemigrations --check --dry-run

translations: $(READY) ## needs GNU gettext
	@$(BIN)/python tools/messages.py check

messages: $(READY) ## extracts new strings into the catalogues (needs GNU gettext)
	@$(BIN)/python tools/messages.py extract

lock: $(READY) ## compiles requirements/*.txt from pyproject.toml
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --no-header pyproject.toml -o requirements/base.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --no-header --extra dev pyproject.toml -o requirements/dev.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --no-header --extra bench -c requirements/base.txt pyproject.toml -o requirements/bench.txt
