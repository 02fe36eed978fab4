# The README's commands. Everything is installed into .venv, pinned by requirements.lock.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
TREEBANK ?= ../shared/treebank
FROM ?= ../shared
TORCH := 2.13.0

.PHONY: demo test install bench lock english train measure lint

demo: install
	$(BIN)/policytrack demo

test: install
	$(BIN)/python -m pytest

install: .venv/.installed

# The CPU build of torch: where pip finds it first, else on PyTorch's own index; macOS has one build only.
.venv/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	if [ "$$(uname)" = Darwin ]; then $(BIN)/pip install -q --no-deps torch==$(TORCH); \
	else $(BIN)/pip install -q --no-deps torch==$(TORCH)+cpu 2>/dev/null || \
	  $(BIN)/pip install -q --no-deps --index-url https://download.pytorch.org/whl/cpu torch==$(TORCH)+cpu; fi
	$(BIN)/pip install -q --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

bench: install
	$(BIN)/python bench/build.py --from $(FROM)

measure: install
	$(BIN)/policytrack measure --from $(FROM)

train: install
	$(BIN)/policytrack train --from $(FROM)

lint: install
	$(BIN)/ruff check src tests corpus bench

# The pins and hashes; torch apart, since its CPU build stands under another version.
lock:
	$(BIN)/pip install -q pip-tools
	$(BIN)/pip-compile -q --extra test --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-annotate --no-header --unsafe-package torch -o requirements.lock pyproject.toml

# The compact English pipeline, from UD English EWT: about 30 CPU minutes.
english: install
	mkdir -p .cache/english
	for part in train dev test; do $(BIN)/python -m spacy convert $(TREEBANK)/ewt-$$part.conllu .cache/english -c conllu -n 10; done
	OMP_NUM_THREADS=1 $(BIN)/python -m spacy train pipelines/english/training.cfg --output .cache/english/out \
	  --paths.train .cache/english/ewt-train.spacy --paths.dev .cache/english/ewt-dev.spacy
	$(BIN)/python -m spacy evaluate .cache/english/out/model-best .cache/english/ewt-test.spacy --output .cache/english/scores.json
	cp -r .cache/english/out/model-best/. pipelines/english/
	cp .cache/english/scores.json pipelines/english/scores.json
