# What a developer can do. `make` alone lists it.

# One target folder outside the tree: fresh clones and worktrees share the compiled dependencies.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/leitai/target

CARGO ?= cargo
NEXTEST := $(shell command -v cargo-nextest 2>/dev/null)
NPX := $(shell command -v npx 2>/dev/null)

.PHONY: help install demo serve test lint types fmt bench release

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: ## put the Debian packages in place that tests and certificates need (quick when nothing is missing)
	@scripts/install

demo: ## run the demonstration: contests in progress, simulated judges, log-in codes (ARGS="--listen 0.0.0.0:8080")
	@scripts/install --for demo
	$(CARGO) build
	LEITAI_DATA=$${LEITAI_DATA:-data/demo} $(CARGO) run --quiet -- demo $(ARGS)

serve: ## run the service on ./data (ARGS="--listen 0.0.0.0:8080")
	$(CARGO) run --quiet -- serve $(ARGS)

test: install ## all tests, with a real Chromium and a real PostgreSQL
ifdef NEXTEST
	$(CARGO) nextest run --lib --bins --tests --no-fail-fast
else
	$(CARGO) test --lib --bins --tests --no-fail-fast
endif
	$(CARGO) test --doc --quiet

lint: types ## formatting, clippy, documentation, script types; warnings are errors
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets --quiet -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --document-private-items --quiet

types: ## check the types of the browser's scripts (needs npx; TypeScript is a tool only, nothing of it is shipped)
ifdef NPX
	npx --yes --package typescript@5 tsc --project jsconfig.json
else
	@echo "make types: skipped, npx is not installed"
endif

fmt: ## format the sources
	$(CARGO) fmt

bench: ## the benchmarks, each beside what it is compared with (release build)
	$(CARGO) bench

release: ## build the program for delivery
	$(CARGO) build --release
	@echo "$(CARGO_TARGET_DIR)/release/leitai"
