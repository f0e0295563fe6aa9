# Every documented command. Only python3 (3.11 or newer, with venv) is expected on the machine.
VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest
PLUGINS := calendly exelare interviewplanner lever trakstar
UV_VERSION := 0.13.8
SETUP := $(VENV)/.set-up

.PHONY: help install demo test coverage check types lint walls format deep bench schemas facts profiles reference contracts rules picture lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(SETUP) ## Install everything into .venv, from the hash-pinned lock

$(SETUP): requirements.lock core/pyproject.toml $(foreach p,$(PLUGINS),plugins/$(p)/pyproject.toml)
	python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	$(VENV)/bin/uv pip install --quiet --python $(PY) --no-deps -e core $(foreach p,$(PLUGINS),-e plugins/$(p))
	@touch $@

demo: install ## Schedule a panel under each profile, on the embedded Zoom
	$(VENV)/bin/greenroom demo

test: install check ## Everything at quick depth: lint, types, walls, tests
	$(PYTEST) -n 3 --dist worksteal

coverage: install ## The tests again, counting which lines and branches they reach
	$(PYTEST) -n 2 --dist worksteal --cov --cov-report=term

check: install lint types walls ## Lint, types, walls

lint: install
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	@! grep -nE 'https?://' requirements.lock || (echo "requirements.lock names a host" && false)

types: install
	$(VENV)/bin/mypy core/greenroom $(foreach p,$(PLUGINS),plugins/$(p)/greenroom_$(p)) examples

walls: install
	$(VENV)/bin/lint-imports

format: install ## Format the code
	$(VENV)/bin/ruff check --fix --quiet .
	$(VENV)/bin/ruff format .

deep: install ## Everything long; writes docs/evidence
	$(PY) -m benchmarks.evidence

bench: install ## Measure start-up, decisions, Zoom client, sandbox, conformance
	$(PY) -m benchmarks.start
	$(PY) -m benchmarks.decide
	$(PY) -m benchmarks.client
	$(PY) -m benchmarks.sandbox
	$(PY) -m benchmarks.conformance

schemas: install ## Write the JSON Schemas of what commands print
	$(PY) -m greenroom.cli.schema_files docs/schemas

facts: install ## Write the page of the facts of Zoom
	$(PY) -m tests.zoom_facts.page docs/zoom-facts.md

profiles: install ## Write the page of each profile
	$(PY) -m greenroom.cli.profile_pages docs/profiles

reference: install ## Write the reference of hooks, values and files
	$(PY) -m greenroom.reference docs/reference

contracts: install ## Judge the faulty profiles and write the pages of the contracts
	$(PY) -m tests.contract_pages docs

rules: install ## Write the page of the lint rules
	$(PY) -m greenroom.lint.rule_page docs/lint.md

picture: install ## Draw what the demo, a scenario and choosing print
	PATH=$(abspath $(VENV)/bin):$$PATH $(PY) docs/pictures/draw.py docs/pictures/demo.svg greenroom demo
	PATH=$(abspath $(VENV)/bin):$$PATH $(PY) docs/pictures/draw.py docs/pictures/whatif.svg \
		greenroom whatif examples/scenarios/another-address-at-zoom.yaml
	PATH=$(abspath $(VENV)/bin):$$PATH $(PY) docs/pictures/draw.py docs/pictures/compare.svg \
		greenroom profiles compare trakstar calendly
	PATH=$(abspath $(VENV)/bin):$$PATH $(PY) docs/pictures/draw.py docs/pictures/choose.svg \
		greenroom profiles choose --answers examples/answers/small-team.yaml

lock: ## Resolve dependencies anew; the lock names versions and hashes, no host
	$(VENV)/bin/uv lock --quiet
	$(VENV)/bin/uv export --quiet --no-emit-index-url --no-emit-workspace --no-header --all-groups --all-extras \
		--format requirements.txt -o requirements.lock

clean: ## Remove what was made here
	rm -rf $(VENV) .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis demo-out
