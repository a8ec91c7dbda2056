# Everything starts from here: `make run` shows the programme, `make test` proves that it works. Both set up what they need in .venv.
VENV := .venv
PEERS := .venv-peers
ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := $(VENV)/Scripts
else
PYTHON ?= python3
BIN := $(VENV)/bin
endif
PO := $(wildcard cbfa/locale/*/LC_MESSAGES/*.po)

.PHONY: run test check soak coverage mutants audit bench bench-peers docs examples messages clean

run: $(VENV)/installed
	@$(BIN)/cbfa status

test: check
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --platform $(if $(filter Windows_NT,$(OS)),linux,win32) --cache-dir .mypy_cache/elsewhere

# Measures how much the tests prove of the files that pyproject.toml names.
PROVEN := tests/core tests/store/journal/test_append.py tests/store/journal/test_reader.py tests/store/yaml/test_document.py tests/store/yaml/test_reader.py tests/views/test_clean.py tests/broken
coverage: $(VENV)/proofs
	$(BIN)/python -m pytest $(PROVEN) --cov --cov-report=term-missing

mutants: $(VENV)/proofs
	CI=1 $(BIN)/python -m tests.mutants

# Runs the proofs of safety at the size for a release; for a part of them: `.venv/bin/python -m tests.soak --help`.
soak: $(VENV)/installed
	$(BIN)/python -m tests.soak

# Looks up the installed packages among the known vulnerabilities; needs the network.
audit: $(VENV)/proofs
	$(BIN)/python -m pip_audit --local --skip-editable --progress-spinner off

# Measures speed and memory and writes benchmarks/RESULTS.md; `.venv/bin/python -m benchmarks --quick` is a short trial.
bench: $(VENV)/installed
	$(BIN)/python -m benchmarks

# The programs that cbfa is compared with, in an environment of their own.
bench-peers:
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/$(notdir $(BIN))/python -m pip install --quiet --disable-pip-version-check todoman beancount beanquery

# Writes what is made from the code: the JSON Schemas, the command reference and the data format.
docs: $(VENV)/installed
	$(BIN)/python docs/generate.py

# Writes a file of every kind into build/examples; the PDF needs LibreOffice.
EXAMPLES := build/examples
examples: $(VENV)/installed
	@mkdir -p $(EXAMPLES)
	$(BIN)/cbfa report --agency SNgV --as-of 2013-06-30 --lang vi --force -o $(EXAMPLES)/so-ngoai-vu.docx
	$(BIN)/cbfa report --kind annual --year 2012 --lang vi --force -o $(EXAMPLES)/nam-2012.docx
	$(BIN)/cbfa report --kind midterm --as-of 2013-06-30 --lang vi --force -o $(EXAMPLES)/so-ket.docx
	$(BIN)/cbfa report --kind final --as-of 2015-12-31 --lang vi --force -o $(EXAMPLES)/tong-ket.docx
	$(BIN)/cbfa report --kind annual --year 2012 --lang en --force -o $(EXAMPLES)/year-2012.docx
	-$(BIN)/cbfa report --kind annual --year 2012 --lang vi --force -o $(EXAMPLES)/nam-2012.pdf
	$(BIN)/cbfa export --as-of 2013-06-30 --lang vi --force -o $(EXAMPLES)/chuong-trinh.xlsx
	$(BIN)/cbfa export --as-of 2013-06-30 --force -o $(EXAMPLES)/programme.sqlite
	$(BIN)/cbfa dashboard --as-of 2013-06-30 --lang vi --force -o $(EXAMPLES)/trang.html
	$(BIN)/cbfa timeline --as-of 2013-06-30 --lang vi --force -o $(EXAMPLES)/tien-do.svg
	$(BIN)/cbfa timeline --as-of 2013-06-30 --lang vi --force -o $(EXAMPLES)/tien-do.md
	$(BIN)/cbfa upcoming --days 365 --as-of 2013-06-30 --lang vi --force -o $(EXAMPLES)/thoi-han.ics
	$(BIN)/cbfa overdue --as-of 2013-06-30 --lang vi --force -o $(EXAMPLES)/qua-han.csv

# Collects the messages of the code into the Vietnamese catalogue; translate what is new, then `make test`.
messages: $(VENV)/installed
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k Message:1 -k Plural:1,2 -k N_ --no-location --sort-output -o build/cbfa.pot cbfa
	$(BIN)/pybabel -q update -D cbfa -d cbfa/locale -i build/cbfa.pot --no-fuzzy-matching --ignore-pot-creation-date -w 120
	$(BIN)/pybabel -q compile -D cbfa -d cbfa/locale

$(VENV)/installed: pyproject.toml hatch_build.py $(PO)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

$(VENV)/proofs: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group proofs
	@touch $@

clean:
	rm -rf mutants .coverage $(VENV) $(PEERS) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
