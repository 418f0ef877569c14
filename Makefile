# Two commands are all a new user needs: make run, make test.
PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9

.PHONY: help run test walk check format bench simulate library study findings coverage checked screenshots clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: .venv/app  ## start Lactascope on http://localhost:8501
	$(BIN)/streamlit run app.py

test: .venv/dev check  ## lint, format and type check and all tests (BROWSER_TESTS=skip leaves the browser out)
	$(BIN)/python -m tests.browser
	$(BIN)/pytest -rs --numprocesses auto --dist loadfile --no-loadscope-reorder

walk: .venv/dev  ## a reader without a plan on all screens (SEED=, SECONDS=600; a new seed each time)
	$(BIN)/python -m tests.walk $(if $(SEED),--seed $(SEED)) --seconds $(or $(SECONDS),600)

check: .venv/dev  ## lint, format and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright

format: .venv/dev  ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev  ## loading, recovery and rerun times, beside a bare Streamlit page
	$(BIN)/python -m tests.bench

simulate: .venv/dev  ## how often each test errs where nothing differs (METHOD=wilcoxon, REPETITIONS=500)
	$(BIN)/python -m tests.simulate $(METHOD) $(if $(REPETITIONS),--repetitions $(REPETITIONS))

library: .venv/app  ## write study folders from data/_digest (--check shows what would change: make library CHECK=1)
	$(BIN)/python -m analysis.digest $(if $(CHECK),--check) $(if $(ADOPT),--adopt $(ADOPT))

study: .venv/app  ## what is wrong with a study folder, left unsaid, or found by the rules (ID=)
	$(BIN)/python -m tests.study $(ID)

findings: .venv/dev  ## renew the list of what the rules find on the library; each new line wants to be read beside its source
	$(BIN)/python -m tests.findings

coverage: .venv/app  ## how many comparisons have an effect, by outcome (SINCE=<commit> beside an earlier library)
	$(BIN)/python -m tests.coverage $(SINCE)

checked: .venv/app  ## published meta-analyses recomputed from the library
	$(BIN)/python -m tests.checked

screenshots: .venv/dev  ## pictures of every screen, in both themes and languages and three sizes (ONLY=bias takes some)
	$(BIN)/python -m tests.screenshots $(ONLY)

clean:  ## forget the virtual environment
	rm -rf .venv

.venv/uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Lactascope needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make run PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/app: .venv/uv requirements.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.txt
	@touch $@

.venv/dev: .venv/app requirements-dev.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements-dev.txt
	@touch $@
