# 协理 (Xieli). Every target is one command that also works typed by hand.
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup setup-run run check test torture sabotage cover-rules server documents migration lock \
        bench-start bench-search bench-save bench-import bench-rules bench-sync bench-print bench-gui bench-export

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t18

setup:           ## everything, for developing (make run and make test call what they need)
	@sh installer/setup.sh dev

setup-run:
	@sh installer/setup.sh run

run: setup-run   ## open the program; without a display, run the demo day into out/
	@sh installer/run.sh

check: setup     ## format, lint, types, layers, tests — what .ci/run runs
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command as c; c()"
	$(PY) -m pytest -n 2 --dist worksteal -q --ignore tests/ui --ignore tests/journeys
	$(PY) -m pytest -n 2 --dist worksteal -q tests/ui tests/journeys  # windows in processes of their own

test: check      ## the whole gate

torture: setup   ## what takes too long for the gate: eight weeks of a village, links that break, forged bytes
	$(PY) -m pytest torture -q

sabotage: setup  ## take each guard of sync and money away in a copy; its test has to fail (docs/sabotage.md)
	PYTHONPATH=. $(PY) tools/sabotage.py

cover-rules: setup ## every branch of the rules by their own tests (about two minutes)
	@mkdir -p .setup
	$(PY) -m coverage run --data-file=.setup/coverage-rules --branch --source=app/rules -m pytest tests/rules -q
	$(PY) -m coverage report --data-file=.setup/coverage-rules --show-missing --skip-covered --fail-under=100

server: setup-run ## a practice county on loopback, data in .setup/county
	@[ -f .setup/county/county.json ] || $(PY) -m county_server init --data .setup/county --id 459901 --practice
	$(PY) -m county_server serve --data .setup/county

documents: setup-run ## the demo day: every form, export and page into out/
	$(PY) -m app demo out

migration: setup ## write the first revision of the vault's schema again from the models
	PYTHONPATH=. $(PY) tools/first_migration.py

lock:            ## renew requirements/*.txt from requirements/*.in (needs uv)
	for f in run dev; do uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header requirements/$$f.in -o requirements/$$f.txt; done

bench-start: setup  ## the unlock page beside a bare window; today's work with 3,000 households
	$(PY) bench/bench_start.py

bench-search: setup ## each keystroke at 12,000 and 100,000 people, beside LIKE and the bare index
	$(PY) bench/bench_search.py

bench-save: setup   ## one visit saved, beside one bare commit
	$(PY) bench/bench_save.py

bench-import: setup ## a 3,000-household roster, beside reading the sheet alone
	$(PY) bench/bench_import.py

bench-rules: setup  ## the means test: one, 3,000 and 100,000 households, beside OpenFisca-Core
	$(PY) bench/bench_rules.py
	$(PY) bench/bench_talk.py

bench-print: setup  ## 200 two-page forms as PDF, beside Typst, WeasyPrint and LibreOffice where they are
	$(PY) bench/bench_print.py

bench-gui: setup    ## how long the window stands still while a village is printed and a file is checked
	$(PY) bench/bench_gui.py

bench-sync: setup   ## push, pull, a day, a county's month end, beside one COPY and PouchDB
	$(PY) bench/bench_sync.py

bench-export: setup ## 20,000 visits to .xlsx, masked, beside XlsxWriter alone on the same cells
	$(PY) bench/bench_export.py
