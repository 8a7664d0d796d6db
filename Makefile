# Two commands matter: `make run` opens the app, `make test` checks everything. Both set up what
# they need. Works with the make of Debian and of macOS, so no newer words than version 3.81 has.

.NOTPARALLEL:

NPM := ui/node_modules/.package-lock.json
UI_FILES := $(shell find ui -mindepth 1 -name node_modules -prune -o -path ui/dist -prune -o -print)
BOOK =
ROUTES = \#/
LANGUAGE =
PROFILE =
ROUNDS =
TODAY =

.PHONY: help run test setup setup-run setup-test ui bindings fmt fmt-check lint rust-test
.PHONY: faults bench ui-check ui-test window-test shots screenshots fixture-book dev package package-test bench-window clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: ## Set up, build and open the app; without a display, close the sample book on the command line
	@MAKE="$(MAKE)" sh .make/run.sh

test: ## Set up and check everything, the real window included
	@MAKE="$(MAKE)" sh .make/test.sh

setup: setup-test ## Only the set-up: system packages and UI packages

setup-run: needs system-run $(NPM)

setup-test: needs rust-tools system-test validators $(NPM)

ui: ui/dist/index.html ## Build the UI

bindings: ui ## Write ui/src/api/bindings.ts from the commands
	HUBLEDGER_WRITE_BINDINGS=1 cargo test --workspace --lib the_bindings_of_the_ui

fmt: ## Bring the Rust into its form
	cargo fmt --all

fmt-check: ## Check that form
	cargo fmt --all -- --check

lint: ui ## Clippy, the desktop shell included
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy --workspace --test window -- -D warnings

rust-test: ui ## The Rust tests, tidy and the bindings among them
	cargo test --workspace --no-fail-fast

ui-check: $(NPM) ## Check the types of the UI
	cd ui && npm run --silent check

ui-test: $(NPM) ## The unit tests of the UI
	cd ui && npm run --silent test

window-test: ui ## Drive the built window (Linux)
	cargo test --workspace --test window

shots: ui ## Take pictures: make shots BOOK=a.hubbook ROUTES="#/ #/charges"
	HUBLEDGER_BOOK="$(BOOK)" HUBLEDGER_ROUTES="$(ROUTES)" \
		cargo test --workspace --test window -- --ignored --exact shots::shots
	@echo "The pictures are in target/window."

screenshots: ui ## Take pictures of every screen, both themes, two sizes, into .readme/screens (LANGUAGE=de)
	HUBLEDGER_LANGUAGE="$(LANGUAGE)" cargo test --workspace --test window -- --ignored --exact screens::screenshots
	@mkdir -p .readme/screens
	@cp target/window/*-light-1[04]??.png target/window/*-dark-1[04]??.png .readme/screens/
	@if command -v pngquant >/dev/null; then pngquant --force --ext .png --skip-if-larger --strip .readme/screens/*.png || [ $$? = 98 ]; fi
	@echo "The pictures are in .readme/screens."

faults: ## Kill it, break its disk, cut its power, damage its files, and print what came of it
	@sh .make/faults.sh

bench: ## Time papers and books next to the programs that do the like (Linux)
	@sh .make/bench.sh

fixture-book: ## Keep a small book of today's schema, for the tests that open every released one
	@sh .make/fixture-book.sh

dev: $(NPM) ## Open the app with a UI that follows your edits
	ui/node_modules/.bin/tauri dev -- -p hubledger

package: $(NPM) ## Build the deb and rpm packages
	ui/node_modules/.bin/tauri build --bundles deb,rpm -- -p hubledger

package-test: ui ## Install the deb, drive the installed window, remove it (Debian, as root): make package-test [PROFILE=release]
	@PROFILE="$(PROFILE)" sh .make/package-test.sh

bench-window: ui ## Measure the real window beside an empty one: make bench-window [BOOK=a.hubbook ROUNDS=5]
	@BOOK="$(BOOK)" TODAY="$(TODAY)" ROUNDS="$(ROUNDS)" PROFILE="$(PROFILE)" sh .make/bench-window.sh

clean: ## Remove everything that was built
	cargo clean
	rm -rf ui/dist ui/node_modules

.PHONY: needs rust-tools system-run system-test validators
needs:
	@sh .make/needs.sh

rust-tools: needs
	@sh .make/rust-tools.sh

system-run: needs
	@sh .make/system.sh run

system-test: needs
	@sh .make/system.sh test

validators: system-test
	@sh .make/validators.sh

# npm writes this file when it is done; `needs` is looked at first, but makes nothing new.
$(NPM): ui/package.json ui/package-lock.json | needs
	cd ui && npm ci --no-audit --no-fund
	@touch $@

# A build rewrites every file, so that Cargo builds the app anew: only when something changed.
ui/dist/index.html: $(NPM) $(UI_FILES)
	cd ui && npm run --silent build
	@touch $@
