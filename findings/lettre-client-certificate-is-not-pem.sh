#!/bin/bash
# lettre (0.11.23) with rustls: Identity::from_pem takes the key in PEM and the certificate in DER, although both are called PEM and the same call with
# native-tls takes both in PEM. It says nothing; building the TLS parameters fails with InvalidCertificate(BadEncoding). A chain cannot be given at all.
# Needs openssl.
# Seen:   certificate in PEM: false    in DER: true
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"; cd "$folder"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=client -keyout key.pem -out certificate.pem 2>/dev/null
openssl x509 -in certificate.pem -outform DER -out certificate.der
cat > Cargo.toml <<'END'
[package]
name = "finding"
version = "0.0.0"
edition = "2024"
[dependencies]
lettre = { version = "=0.11.23", default-features = false, features = ["smtp-transport", "rustls", "ring", "webpki-roots"] }
END
cat > src/main.rs <<'END'
use lettre::transport::smtp::client::{Identity, TlsParameters};
fn main() {
    for name in ["certificate.pem", "certificate.der"] {
        let identity = Identity::from_pem(&std::fs::read(name).unwrap(), &std::fs::read("key.pem").unwrap()).unwrap();
        print!("{} ", TlsParameters::builder("relay.example".into()).identify_with(identity).build().is_ok());
    }
}
END
seen=$(cargo run -q)
echo "lettre 0.11.23: $seen"
[ "$seen" = "false true " ] || { echo "certificates are taken otherwise"; exit 1; }
