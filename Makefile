# Everything a newcomer types. Each target makes the virtual environment that it needs, in .venv.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CODE := src graph extractors
CORPORA := ../shared/corpora

# The version that constraints.txt was made with comes first.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

.DEFAULT_GOAL := help
.PHONY: help demo test gate model format docs questions notebooks clean FORCE

help: ## say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/installed ## the bundled articles, all the way: a graph, three questions, a page to explore
	$(BIN)/quoth demo -o demo

test: $(VENV)/installed-dev ## style, types, docstrings and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p quoth
	$(BIN)/interrogate $(CODE)
	$(BIN)/python -m pytest

gate: $(VENV)/installed-dev ## accuracy on the corpora beside the checkout: it must not fall
	$(BIN)/python benchmarks/gate.py

model: $(VENV)/installed-dev ## train the model anew from the corpora beside the checkout (hours on a CPU)
	$(PIP) install -c constraints.txt -e '.[training]' --no-build-isolation \
		--config-settings editable_mode=strict
	$(BIN)/python training/fit_model.py $(CORPORA) --keep checkpoints

format: $(VENV)/installed-dev ## put the code into the house's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/installed-dev ## write docs/cli.md and docs/questions.md anew
	$(BIN)/python docs/cli_reference.py > docs/cli.md
	$(BIN)/python docs/questions_reference.py > docs/questions.md

questions: $(VENV)/installed-dev ## translate the named questions to SQL anew, after a change to one
	$(BIN)/python -m quoth.graph.translated_questions > graph/questions.part
	mv graph/questions.part graph/translated_questions.json

notebooks: $(VENV)/installed-dev ## run the notebooks and store what they show
	$(BIN)/python notebooks/execute.py

clean: ## remove what the other targets made
	rm -rf $(VENV) build demo quoth.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/made:
	@test -n "$(PYTHON)" || { \
		echo "quoth needs Python 3.11 or newer; say where: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Type checkers follow an editable install only in strict mode, and that one links the files that
# exist when it is made: a new or removed file calls for another install.
$(VENV)/files: FORCE | $(VENV)/made
	@find $(CODE) -name __pycache__ -prune -o -type f -print | sort > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

INSTALL = $(PIP) install -c constraints.txt --no-build-isolation --config-settings editable_mode=strict
NEEDED = pyproject.toml constraints.txt $(VENV)/files

$(VENV)/installed: $(NEEDED)
	$(PIP) install -c constraints.txt setuptools
	$(INSTALL) -e .
	@touch $@

$(VENV)/installed-dev: $(NEEDED)
	$(PIP) install -c constraints.txt setuptools
	$(INSTALL) -e '.[dev,spark]'
	@touch $@ $(VENV)/installed
