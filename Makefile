# SPDX-License-Identifier: Apache-2.0
# `make` alone says what there is.

export PATH := $(PATH):/usr/local/go/bin
# The smallest window toolkit: X11 only, no animations that repaint an idle
# screen, no emoji font. Other flags would build its C parts anew: minutes.
TAGS := x11,migrated_fynedo,no_animations,no_emoji
APP := CC=clang CGO_ENABLED=1 go build -tags $(TAGS)
CLI := CGO_ENABLED=0 go build
GOLANGCI := v2.12.2
LINT := bin/golangci-lint-$(GOLANGCI)
FUZZTIME ?= 60s
# The rooms that need no window; they are tested with the race detector.
ROOMS := ./station/... ./fixtures/... ./labels/... ./migrations/...

.PHONY: help run test build lint bench fuzz install-udev
help: ## say what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: setup-run build ## start the station on a small factory; with no display, run a shift and leave it in out/
	bin/bindery-shift out

build: ## compile bin/bindery and bin/bindery-shift (pure Go) and bin/bindery-station (the desktop app)
	@mkdir -p bin
	$(CLI) -o bin/ ./cmd/bindery ./cmd/bindery-shift
	$(APP) -o bin/bindery-station ./cmd/bindery-station

test: setup-test lint ## everything that must hold: format, lint, tests, a whole shift on a hidden screen
	CC=clang CGO_ENABLED=1 go test -race $(ROOMS)
	CGO_ENABLED=0 go test -tags ci ./cmd/... ./ui/...
	$(MAKE) build
	bin/bindery-shift --headless out

lint: $(LINT) ## formatting, vet and the arrows between the rooms
	@unformatted=$$(gofmt -l cmd fixtures labels migrations station ui); [ -z "$$unformatted" ] || { echo "gofmt -w $$unformatted"; exit 1; }
	CGO_ENABLED=0 go vet -tags ci ./...
	CGO_ENABLED=0 $(LINT) run ./...

$(LINT):
	@mkdir -p bin
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)
	mv bin/golangci-lint $@

bench: setup-run build ## the station's own share of a unit, start and memory, and the ratios of each room
	@echo later

fuzz: ## every fuzz target for FUZZTIME (default 60s) each
	@for p in $$(go list ./station/... ./fixtures/... ./labels/...); do \
		for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz'); do \
			echo "$$p $$f"; go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
		done; \
	done

install-udev: ## keep ModemManager away from the fixtures (as root)
	install -m 644 fixtures/port/70-bindery.rules /etc/udev/rules.d/
	udevadm control --reload && udevadm trigger --subsystem-match=tty

.PHONY: setup-run setup-test
setup-run:
	@.ci/setup run
setup-test:
	@.ci/setup test
