#!/bin/sh
# sqlx 0.9.0 reads sslmode from a PostgreSQL address as libpq does, and means something else twice. Over a Unix-domain socket libpq
# ignores it ("sslmode is ignored for Unix domain socket communication"); sqlx asks for TLS there, which no server
# offers, and refuses with sslmode=require. And `allow`, which for libpq is "without TLS first, and with it if the server wants that", is for
# sqlx the same as `disable`: a server whose pg_hba.conf has only hostssl lines takes psql, and not sqlx.
# So an address that works in psql may not work in a Rust program, and the other way round never.
# Output when written (PostgreSQL 15.18):
#   psql, socket, require: 1
#   psql, hostssl, allow: t
#   sqlx, socket, require: error occurred while attempting to establish a TLS connection: server does not support TLS
#   sqlx, hostssl, allow: error returned from database: no pg_hba.conf entry for host "127.0.0.1", … no encryption …
# Needs cargo, openssl and Debian's postgresql; run as root. Exits 1 when the behaviour changes.
set -eu
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
dir=$(mktemp -d); chmod 755 "$dir"; mkdir "$dir/server"; chown postgres "$dir/server"; cd "$dir"
as_postgres() { (cd / && runuser -u postgres -- "$@"); }
trap 'as_postgres "$programs/pg_ctl" -D "$dir/server/data" -m immediate stop >/dev/null 2>&1; rm -rf "$dir"' EXIT
as_postgres "$programs/initdb" -D "$dir/server/data" -U postgres --auth trust --no-sync >/dev/null
openssl req -new -x509 -nodes -subj /CN=localhost -keyout server/data/server.key -out server/data/server.crt 2>openssl.txt
chown postgres server/data/server.*; chmod 600 server/data/server.key
printf 'local all all trust\nhostssl all all 127.0.0.1/32 trust\n' > server/data/pg_hba.conf
as_postgres "$programs/pg_ctl" -D "$dir/server/data" -l "$dir/server/log" -w start \
    -o "-c port=54329 -c ssl=on -c unix_socket_directories=$dir/server" >/dev/null
echo "psql, socket, require: $(psql "postgres://postgres@/postgres?host=$dir/server&port=54329&sslmode=require" -Atc 'SELECT 1')" | tee psql.txt
encrypted='SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'
echo "psql, hostssl, allow: $(psql 'postgres://postgres@127.0.0.1:54329/postgres?sslmode=allow' -Atc "$encrypted")" | tee -a psql.txt
cargo init -q --name probe probe && cd probe
cat >> Cargo.toml <<'TOML'
sqlx = { version = "=0.9.0", default-features = false, features = ["postgres", "runtime-tokio", "tls-rustls-ring-native-roots"] }
tokio = { version = "1", features = ["rt", "macros"] }
TOML
cat > src/main.rs <<'RS'
use sqlx::Connection;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let [socket, allow] = [1, 2].map(|at| std::env::args().nth(at).unwrap());
    for (what, address) in [("socket, require", socket), ("hostssl, allow", allow)] {
        match sqlx::PgConnection::connect(&address).await {
            Ok(_) => println!("sqlx, {what}: connected"),
            Err(error) => println!("sqlx, {what}: {error}"),
        }
    }
}
RS
cargo run -q -- "postgres://postgres@localhost:54329/postgres?host=$dir/server&sslmode=require" \
    'postgres://postgres@127.0.0.1:54329/postgres?sslmode=allow' | tee ../sqlx.txt
cd .. && grep -q 'psql, socket, require: 1' psql.txt && grep -q 'psql, hostssl, allow: t' psql.txt
grep -q 'sqlx, socket, require: .*TLS' sqlx.txt && grep -q 'sqlx, hostssl, allow: .*no encryption' sqlx.txt
