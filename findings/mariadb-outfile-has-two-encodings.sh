#!/bin/bash
# MariaDB (10.11.19): SELECT … INTO OUTFILE without CHARACTER SET converts nothing. Each column comes in the encoding that it is stored in, so a table
# with a utf8mb4 name and a latin1 course gives one file in two encodings, line by line: valid in neither, whatever the client's character set. A reader
# that falls back to Windows-1252 for the whole file damages every name; one that drops the bad lines drops courses with accents. Needs Debian's
# mariadb-server; the server has no network.
# Seen (cat -A):   JosM-CM-) GarcM-CM--a^ILicence M-hs lettres$      é of the name is C3 A9, è of the course is E8
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
CREATE TABLE graduate (name varchar(50) CHARACTER SET utf8mb4, course varchar(50) CHARACTER SET latin1);
INSERT INTO graduate VALUES ('José García', 'Licence ès lettres');
SELECT name, course FROM graduate INTO OUTFILE '$folder/out/plain';
SELECT name, course FROM graduate INTO OUTFILE '$folder/out/utf8' CHARACTER SET utf8mb4;
SQL
cat -A "$folder/out/plain" "$folder/out/utf8"
[ "$(xxd -p "$folder/out/plain" | tr -d '\n')" = "4a6f73c3a92047617263c3ad61094c6963656e636520e873206c6574747265730a" ] || { echo "it is in one encoding now"; exit 1; }
iconv -f UTF-8 -t UTF-8 "$folder/out/utf8" >/dev/null || { echo "CHARACTER SET does not help"; exit 1; }
