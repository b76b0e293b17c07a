# The front door; `just` alone lists it.
_list:
    @just --list --unsorted

# Walk the whole way on this machine with stand-ins; --once does it unattended
demo *ARGS:
    cargo run -- demo {{ARGS}}

# Write the emails of a roster into target/preview, with the sample configuration; nothing is sent or stored
preview ROSTER="sample-data/graduates.csv":
    cargo run -- --config sample-data/gradpass.toml init
    cargo run -- --config sample-data/gradpass.toml run --dry-run --preview target/preview {{ROSTER}}

# Run all tests
test:
    cargo test

# Every fault at every moment with every kind of relay, and a thousand random walks, where `cargo test` tries a part: for a night
soak-tests:
    SWEEP_ALL=1 WALKS=1000 cargo test --test it -- faults:: walk:: doubt:: send::sweep::

# Format, clippy, docs, tests and the demo: what must hold before a change lands
check:
    bash .ci/run

# Describe the statements of PostgreSQL anew, after a change of one or of its tables; needs Debian's postgresql
describe:
    .ci/describe

# Counts by state of a ledger
status CONFIG="gradpass.toml":
    cargo run -- --config {{CONFIG}} status

# Feed a parser with ever new bytes until it breaks; needs a nightly toolchain and cargo-fuzz
fuzz TARGET *ARGS:
    cargo +nightly fuzz run -s none {{TARGET}} -- {{ARGS}}

# Measure against limits and peers on this machine: rows of docs/performance.md, such as `just bench 1 13`; all without a number
bench *ROWS:
    cargo build --release --features bench --benches --bins
    python3 benches/rows.py {{ROWS}}

# Bounces by a real Postfix on this machine's loopback; needs root and Debian's postfix
bounces:
    cargo build
    python3 tests/by_hand/bounces.py

# Bounces in a mailbox of a real Dovecot on this machine's loopback; needs Debian's dovecot-imapd and openssl
imap:
    cargo build
    tests/by_hand/imap.py

# The Debian package into target/debian; needs cargo-deb
package:
    cargo run --example manual -- target/manual
    cargo deb

# A program that runs on any Linux, without a library of the system; needs musl-tools and `rustup target add x86_64-unknown-linux-musl`
static:
    CC_x86_64_unknown_linux_musl=musl-gcc cargo build --release --target x86_64-unknown-linux-musl

# The package in an empty Debian, with systemd's, nginx's, Caddy's and Prometheus's own checkers; needs root and debootstrap
install-package *ARGS:
    tests/by_hand/packaging.sh {{ARGS}}

# The pictures of README; needs chromium
pictures:
    cargo build
    docs/pictures/make.py

# kill -9 of import, run and serve at random moments, 200 times
deaths:
    cargo build
    python3 tests/by_hand/deaths.py

# Everything that a stranger may try on the page, on the real program
attack *ARGS:
    cargo build --release
    python3 tests/by_hand/attack.py {{ARGS}}

# What is left of a run into real mail servers, well and with limits, and how fast beside smtp-source; needs root and Debian
relays *CASES:
    cargo build --release
    python3 tests/by_hand/relays {{CASES}}

# The pages in a real browser at twice the size of letters: is anything cut? Needs chromium
zoom:
    python3 tests/by_hand/zoom.py

# Pictures of every mail and page in every language at the width of a phone; needs chromium and its fonts
languages FOLDER="target/languages":
    cargo build
    tests/by_hand/languages.py target/debug/gradpass {{FOLDER}}

# Half an hour of redemptions against a SEEK Pass with faults, with an import and a send in the middle
soak *ARGS:
    cargo build --release
    python3 tests/by_hand/soak.py {{ARGS}}
