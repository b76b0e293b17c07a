#!/bin/bash
# lettre (0.11.23): a reply that is the code alone is no reply. RFC 5321 §4.2 has Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code
# [ SP textstring ] CRLF, so that `250` and a line end is one; aiosmtpd handlers and small relays send it. lettre's parser wants the space, also in the
# last line of several. Behind DATA that is an error after the relay has the message, and a client that believes it sends twice.
# Seen:   "250 ok" true    "250 " true    "250" false    "250-x / 250" false
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"; cd "$folder"
cat > Cargo.toml <<'END'
[package]
name = "finding"
version = "0.0.0"
edition = "2024"
[dependencies]
lettre = { version = "=0.11.23", default-features = false, features = ["smtp-transport"] }
END
cat > src/main.rs <<'END'
use lettre::transport::smtp::response::Response;
fn main() {
    for reply in ["250 ok\r\n", "250 \r\n", "250\r\n", "250-x\r\n250\r\n"] {
        print!("{} ", reply.parse::<Response>().is_ok());
    }
}
END
seen=$(cargo run -q)
echo "lettre 0.11.23: $seen"
[ "$seen" = "true true false false " ] || { echo "replies are read otherwise"; exit 1; }
