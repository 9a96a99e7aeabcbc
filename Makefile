# Everything that is done to this repository more than once. `make` lists it.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-builtin-rules
.DEFAULT_GOAL := help

TOOL     := go tool -modfile=.ci/tools.mod
EXAMPLE  := testdata/deployment.yaml

FUZZTIME ?= 20s
FUZZ     ?= .
BENCH    ?= .
COUNT    ?= 6
ROUNDS   ?= 15
SOAK     ?= 1
VULNDB   ?= $(if $(wildcard ../shared/vulndb),file://$(abspath ../shared/vulndb))

# The race detector needs a C compiler; where there is none, the tests run without.
RACE = $$(command -v $$(go env CC) >/dev/null && [ "$$(go env CGO_ENABLED)" = 1 ] && echo -race || echo "without -race: no C compiler" >&2)

# A program tells the commit that it was made of, where git tells it.
STAMP = $$(git status >/dev/null 2>&1 && echo true || echo false)

.PHONY: help
help: ## list what make can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

.PHONY: build
build: ## build bin/coder
	@CGO_ENABLED=0 go build -trimpath -buildvcs=$(STAMP) -o bin/ ./cmd/coder

.PHONY: size
size: ## tell what the bytes of a release are
	@CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -trimpath -o bin/size/coder ./cmd/coder
	@go -C .ci/supply run . -C ../.. size ../../bin/size/coder

# The demonstration reads to the end of each output and never cuts a pipe: a
# closed standard output is an error of the program, as it should be. It runs
# in an empty environment, so that it shows the same on every machine.
CLEAN := env -i HOME="$$HOME" PATH="$$PATH"

.PHONY: run
run: build ## build, then show help, check and written configuration of an example file
	@say() { printf '\n\033[1m$$ %s\033[0m\n' "$$*"; }; [ -t 1 ] || say() { printf '\n$$ %s\n' "$$*"; }; \
	cut() { sed -n "1,$$1p; $$(($$1+1))s/.*/  […]/p"; }; \
	say 'bin/coder server --help'; \
	$(CLEAN) bin/coder server --help | cut 30; \
	say 'bin/coder config check -c $(EXAMPLE)'; \
	$(CLEAN) bin/coder config check -c $(EXAMPLE); \
	say 'bin/coder server -c $(EXAMPLE) --write-config'; \
	$(CLEAN) bin/coder server -c $(EXAMPLE) --write-config 2>&1 | cut 40; \
	printf '\nRun next:\n'; \
	printf '  %-58s %s\n' \
		'bin/coder server --http-address 127.0.0.1:3000' 'start it, then GET /healthz' \
		'bin/coder server --help-all' 'every option, hidden ones too' \
		'bin/coder config reference' 'a file with every option, commented out' \
		'bin/coder config check -c FILE --excerpt' 'what is wrong with your file, and where'

# What tests need beside Go.
.PHONY: needs
needs:
	@.ci/need gcc; .ci/need strace; .ci/need groff groff-base; .ci/need zsh; .ci/need fish; .ci/need postgres postgresql; .ci/need chromium; .ci/need curl
	@.ci/npm editor >/dev/null || :; .ci/npm powershell >/dev/null || :
	@go build -o bin/ ./internal/testsum

# NOSKIP=1 makes a skipped test a failure, as in .ci/run.
.PHONY: test
test: needs ## run every test under the race detector; list what was skipped and why
	@race=$(RACE); { failed=0; go test $$race -json -timeout 20m ./... || failed=1; go -C .ci/supply test -count=1 -json ./... || failed=1; exit $$failed; } | \
		bin/testsum $(if $(NOSKIP),-noskip)

# "make -k check" goes on after one of them has failed.
.PHONY: check format vet static tidy vulns openapi
check: format vet static tidy vulns openapi ## format, vet, staticcheck, tidy, known vulnerabilities, the OpenAPI document

format:
	@echo gofumpt; unformatted=$$($(TOOL) gofumpt -l .); [ -z "$$unformatted" ] || { \
		printf 'not formatted, mend with: $(TOOL) gofumpt -w .\n%s\n' "$$unformatted"; exit 1; }

vet:
	@echo go vet; go vet ./...; go -C .ci/supply vet ./...

static:
	@echo staticcheck; $(TOOL) staticcheck -checks all,ST1000,ST1020,ST1021,ST1022 ./...
	@cd .ci/supply; go tool -modfile=../tools.mod staticcheck -checks all,ST1000,ST1020,ST1021,ST1022 ./...

tidy:
	@echo go mod tidy; go mod tidy -diff || { echo 'mend with: go mod tidy'; exit 1; }
	@go -C .ci/supply mod tidy -diff || { echo 'mend with: go -C .ci/supply mod tidy'; exit 1; }

vulns:
	@echo govulncheck; $(if $(VULNDB),.ci/vulns '$(VULNDB)', \
		echo 'no vulnerability database: nothing was looked up; name one with VULNDB=https://…')

openapi:
	@NOSKIP='$(NOSKIP)' .ci/openapi/lint testdata/golden/openapi.json

.PHONY: update
update: ## rewrite the golden files and what pages show, then show which changed
	@packages=$$(grep -rlE --include='*_test.go' --exclude-dir=.ci --exclude-dir=bench 'internal/golden"|UPDATE_GOLDEN' . | xargs -r -n 1 dirname | sort -u); \
	[ -n "$$packages" ] || { echo 'no package has goldens'; exit 0; }; \
	UPDATE_GOLDEN=1 go test -count=1 $$packages; UPDATE_GOLDEN=1 go -C .ci/supply test -count=1 -run TestDependencies .; \
	git status --short -- '*testdata*' '*.md'

.PHONY: bench
bench: ## measure us beside other libraries, and write docs/performance.md (ROUNDS=samples)
	@cd bench && go run . -rounds $(ROUNDS)

.PHONY: peers
peers: ## vet and test bench, the module with the other libraries
	@cd bench && { go vet ./... || { echo 'if it asks for go.mod or go.sum, mend with: cd bench && go mod tidy'; exit 1; }; }
	@cd bench && go tool -modfile=../.ci/tools.mod staticcheck -checks all,ST1000,ST1020,ST1021,ST1022 ./... && go test ./...

.PHONY: micro
micro: ## run benchmarks (BENCH=pattern, COUNT=runs) into bin/bench.txt, then sum them up
	@mkdir -p bin; go test -run '^$$' -bench '$(BENCH)' -benchmem -count $(COUNT) ./... | tee bin/bench.txt
	@$(TOOL) benchstat bin/bench.txt

.PHONY: fuzz
fuzz: ## run every fuzz target for FUZZTIME each (FUZZ=pattern)
	@.ci/fuzz '$(FUZZTIME)' '$(FUZZ)'

# The packages whose tests should notice, beside those of PKG itself.
WITH_option            = ./option/kind
WITH_internal/yamltree = ./yamlgen

.PHONY: mutate
mutate: ## make mistakes in PKG and list those that no test notices (SAMPLE=n: one of n; GUARDS=1: lose each guard instead)
	@go build -o bin/ ./internal/mutate
	@nice -n 10 bin/mutate $(if $(GUARDS),-guards,-sample $(or $(SAMPLE),1) -with '$(WITH_$(PKG))' $(PKG))

.PHONY: soak
soak: needs ## run the long tests and tell their figures, in about an hour on two processors (SOAK=n: n times the draws)
	@RACE=$(RACE) .ci/soak $(SOAK) | tee bin/soak.json | bin/testsum -figures
