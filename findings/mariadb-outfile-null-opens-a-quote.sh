#!/bin/bash
# MariaDB (10.11.19): SELECT … INTO OUTFILE with ESCAPED BY '"', the usual advice for quotes that are doubled as CSV wants them, writes NULL as "N: the
# escape character and an N, outside any quotes. For a reader of CSV that opens a quote, which swallows the rest of the line and the lines behind it up
# to the next such cell. Without ESCAPED BY, NULL is \N, and quotes are \".
# Needs Debian's mariadb-server; the server has no network.
# Seen:   "s1","Ada Quill","N,"ada@post.example"
set -euo pipefail
command -v mariadbd >/dev/null || apt-get install -y -qq --no-install-recommends mariadb-server >/dev/null
folder=$(mktemp -d)
chmod 755 "$folder"
server=
trap 'if [ -n "$server" ]; then kill "$server"; wait "$server" || true; fi; rm -rf "$folder"' EXIT
mkdir -m 777 "$folder/out"
mariadb-install-db --no-defaults --datadir="$folder/data" --user=mysql --auth-root-authentication-method=normal >/dev/null 2>&1
chown mysql "$folder"
mariadbd --no-defaults --datadir="$folder/data" --socket="$folder/socket" --pid-file="$folder/pid" --skip-networking --user=mysql >/dev/null 2>&1 &
server=$!
for _ in $(seq 150); do [ -S "$folder/socket" ] && break; sleep 0.2; done
mariadb --version
mariadb --no-defaults --socket="$folder/socket" -u root --default-character-set=utf8mb4 <<SQL
CREATE DATABASE registry; USE registry;
CREATE TABLE graduate (id varchar(9), name varchar(50), honours varchar(20), email varchar(50));
INSERT INTO graduate VALUES ('s1', 'Ada Quill', NULL, 'ada@post.example'), ('s2', 'Robert "Bob" King', NULL, 'bob@post.example');
SELECT * FROM graduate INTO OUTFILE '$folder/out/csv' FIELDS TERMINATED BY ',' ENCLOSED BY '"' ESCAPED BY '"';
SQL
cat "$folder/out/csv"
expected='"s1","Ada Quill","N,"ada@post.example"
"s2","Robert ""Bob"" King","N,"bob@post.example"'
[ "$(cat "$folder/out/csv")" = "$expected" ] || { echo "NULL is written otherwise"; exit 1; }
