# What this project does often. `just` lists it.

# List what there is
_default:
    @just --list --unsorted

# All that continuous integration runs
ci:
    bash .ci/run

# Build the program
build:
    cargo build --release

# Write the demonstration site to public/
site:
    cargo run --release -- build

# Look for mistakes in the demonstration site
check:
    cargo run --release -- check --strict

# Run the tests, or those whose name has FILTER in it
test FILTER="":
    cargo test {{ FILTER }}

# Make COUNT mistakes of each kind in the demonstration site, and write down in docs/mutations.md how they were found
mutate COUNT="24":
    BACKSITE_MUTANTS={{ COUNT }} cargo test --release --test mutation

# Try the laws on COUNT made-up sites each, others each time
laws COUNT="200":
    PROPTEST_RNG_SEED=$RANDOM$RANDOM PROPTEST_CASES={{ COUNT }} cargo test --release --test laws

# Measure whole builds of made-up sites; with HUGO=FILE, those of Hugo too
bench PAGES="1000,10000" RUNS="3":
    cargo bench --bench whole -- --pages {{ PAGES }} --runs {{ RUNS }}

# Read every page in a browser, as checkers and as people do; pictures go to tests/browser/out/pictures
browser:
    cargo build --release
    cd tests/browser && npm ci --no-audit --no-fund && npm test

# Write the code in the project's form
fmt:
    cargo fmt --all

# Look for mistakes that the compiler lets pass
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# Take what the program says now as what the cases and transcripts of the tests expect; look at the difference afterwards
bless:
    BACKSITE_BLESS=1 TRYCMD=overwrite cargo test

# Check licences and advisories of the dependencies
deny:
    cargo deny check
