# SPDX-License-Identifier: Apache-2.0
# `make` alone says what there is.

export PATH := $(PATH):/usr/local/go/bin
# Only the desktop app and the race detector need C, and clang is quick at it.
export CGO_ENABLED := 0
export CC := clang
# The smallest window toolkit: X11 only, no animations that repaint an idle
# screen, no emoji font. Other flags would build its C parts anew: minutes.
TAGS := x11,migrated_fynedo,no_animations,no_emoji
# The commit goes into the build where git can tell it, whatever GOFLAGS say;
# else the program says unknown.
VCS := -buildvcs=$(shell git status >/dev/null 2>&1 && echo true || echo false)
APP := CGO_ENABLED=1 go build $(VCS) -tags $(TAGS)
GOLANGCI := v2.12.2
LINT := bin/golangci-lint-$(GOLANGCI)
# A cache of this checkout's own: what it remembers names files by their place, and
# findings of another checkout would be told of this one, its exceptions not known.
export GOLANGCI_LINT_CACHE := $(CURDIR)/bin/lint-cache
FUZZTIME ?= 60s
BENCH_UNITS ?= 1000
SOAK ?= 1000
# The rooms that need no window; they are tested with the race detector.
ROOMS := . ./station/... ./fixtures/... ./labels/... ./migrations/...
# SQLite, as Go made from C, maps its memory itself, and the detector watches only
# Go's own: to instrument it finds nothing and makes the record's tests five
# times slower.
RACE := -race $(patsubst %,-gcflags=modernc.org/%=-race=false,sqlite/lib libc memory)

.PHONY: help run test build lint bench fuzz soak install-udev
help: ## say what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: setup-run build ## start the station on a small factory; with no display, run a shift and leave it in out/
	bin/bindery-shift out

build: ## compile bin/bindery and bin/bindery-shift (pure Go) and bin/bindery-station (the desktop app)
	@mkdir -p bin
	go build $(VCS) -o bin/ ./cmd/bindery ./cmd/bindery-shift
	$(APP) -o bin/bindery-station ./cmd/bindery-station

test: setup-test lint ## everything that must hold: format, lint, tests, a whole shift on a hidden screen
	CGO_ENABLED=1 go test $(RACE) -timeout 30m $(ROOMS)
	go test -tags ci ./cmd/... ./ui/...
	$(MAKE) --no-print-directory fuzz FUZZTIME=2s
	$(MAKE) --no-print-directory build
	BINDERY_STATION=$(CURDIR)/bin/bindery-station go test -tags ci -count 1 -run 'AStation(That|Whose)' ./cmd/bindery-station
	bin/bindery-shift --headless out

lint: $(LINT) ## formatting, vet and the arrows between the rooms
	@unformatted=$$(gofmt -l cmd fixtures labels migrations station ui); [ -z "$$unformatted" ] || { echo "gofmt -w $$unformatted"; exit 1; }
	go vet -tags ci ./...
	$(LINT) run ./...

$(LINT):
	@mkdir -p bin
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)
	mv bin/golangci-lint $@

bench: setup-test build ## a unit's own share by step, the ratios of each room, start and memory over BENCH_UNITS units
	go test -run '^$$' -bench Unit -benchtime 200x ./cmd/bindery
	go test -run '^$$' -bench . ./station/... ./fixtures/... ./labels/... | awk -f .ci/ratios.awk
	bin/bindery-shift --size 960x540 --bench $(BENCH_UNITS) out

fuzz: ## every fuzz target, each for FUZZTIME
	@for p in $$(go list ./station/... ./fixtures/... ./labels/...); do \
		for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz'); do \
			echo "$$p $$f"; go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
		done; \
	done

soak: setup-test ## kill stations SOAK times each way, edit a record SOAK times, tamper with records and bundles in every way known, read tables of any size: nothing lost, nothing unseen
	BINDERY_SOAK=$(SOAK) BINDERY_EDITS=$(SOAK) go test -count 1 -v -timeout 0 -run 'However|NoEdit|Tampered|ByteThatChanged|RowByRow' ./station/dhr/... ./station/report/... ./station/table

install-udev: ## keep ModemManager away from the fixtures (as root)
	install -m 644 fixtures/port/70-bindery.rules /etc/udev/rules.d/
	udevadm control --reload && udevadm trigger --subsystem-match=tty

.PHONY: setup-run setup-test
setup-run:
	@.ci/setup run
setup-test:
	@.ci/setup test
