//! The relay behind TLS, from the first byte or after STARTTLS, with and without a certificate of ours: by the real program, which
//! trusts what the system trusts. The certificates are of an authority made for these tests, whose key is lost.

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread;

use gradpass::sandbox::relay::healthy;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::world::{Ran, World, process, roster};

const AUTHORITY: &str = include_str!("certificates/authority.pem");

/// How the stand-in relay is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Front {
    Tls,
    StartTls,
    /// It says something in clear behind its answer to STARTTLS.
    Injected,
    /// It does not offer STARTTLS.
    Bare,
}

/// Puts TLS in front of a relay; where it is to be found then.
fn front(relay: SocketAddr, kind: Front, asks_for_certificate: bool) -> SocketAddr {
    let chain = vec![CertificateDer::from_pem_slice(include_bytes!("certificates/relay.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("certificates/relay.key")).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(AUTHORITY.as_bytes()).unwrap()).unwrap();
    let config = ServerConfig::builder();
    let config = if asks_for_certificate {
        config.with_client_cert_verifier(WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap())
    } else {
        config.with_no_client_auth()
    };
    let acceptor = TlsAcceptor::from(Arc::new(config.with_single_cert(chain, key).unwrap()));
    let (ready, started) = mpsc::channel();
    // it ends with the test
    thread::spawn(move || {
        process(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            ready.send(listener.local_addr().unwrap()).unwrap();
            loop {
                let (client, _) = listener.accept().await.unwrap();
                // a client that leaves is no failure of the front
                let _ = through(client, relay, kind, &acceptor).await;
            }
        });
    });
    started.recv().unwrap()
}

async fn through(
    mut client: TcpStream,
    relay: SocketAddr,
    kind: Front,
    acceptor: &TlsAcceptor,
) -> std::io::Result<()> {
    let mut relay = BufReader::new(TcpStream::connect(relay).await?);
    if kind != Front::Tls {
        let mut line = String::new();
        relay.read_line(&mut line).await?;
        let mut clear = BufReader::new(&mut client);
        clear.write_all(line.as_bytes()).await?;
        clear.read_line(&mut line).await?;
        let offer = if kind == Front::Bare { "250 DSN\r\n" } else { "250 STARTTLS\r\n" };
        clear.write_all(format!("250-front.example\r\n{offer}").as_bytes()).await?;
        line.clear();
        clear.read_line(&mut line).await?;
        assert!(kind != Front::Bare || !line.starts_with("MAIL"), "nothing is sent in clear");
        let behind = if kind == Front::Injected { "250 front.example\r\n" } else { "" };
        clear.write_all(format!("220 go ahead\r\n{behind}").as_bytes()).await?;
    }
    let mut client = acceptor.accept(client).await?;
    copy_bidirectional(&mut client, &mut relay).await?;
    Ok(())
}

/// A world with a relay behind such a front, and the program's answer to `run`.
struct Protected(World);

impl Protected {
    fn new(kind: Front, asks_for_certificate: bool, lines: &str) -> Self {
        let world = World::new();
        let address = front(world.relay.address(), kind, asks_for_certificate);
        world.mail(lines);
        let scheme = if kind == Front::Tls { "smtps" } else { "smtp+starttls" };
        let text = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
        let text =
            text.replace(&format!("smtp://{}", world.relay.address()), &format!("{scheme}://{address}"));
        world.write_private("gradpass.toml", &text);
        world.write("authority.pem", AUTHORITY.as_bytes());
        world.write("client.pem", include_bytes!("certificates/client.pem"));
        world.write_private("client.key", include_str!("certificates/client.key"));
        world.write("roster.csv", roster(1..=3).as_bytes());
        Self(world)
    }

    fn run(&self, trusted: bool) -> Ran {
        let mut command = self.0.command(&["run", "roster.csv"]);
        if trusted {
            command.env("SSL_CERT_FILE", "authority.pem");
        }
        Ran::of(&mut command)
    }
}

const WITH_CERTIFICATE: &str = "client_certificate = \"client.pem\"\nclient_key_file = \"client.key\"";

#[test]
fn mails_go_under_tls_to_a_relay_that_the_system_trusts_and_to_no_other() {
    for kind in [Front::Tls, Front::StartTls] {
        let protected = Protected::new(kind, false, "connections = 2");
        let ran = protected.run(false);
        assert_eq!(ran.code, 75, "{kind:?}: {ran:?}");
        assert!(ran.stdout.contains("certificate"), "{kind:?}: {}", ran.stdout);
        assert_eq!(protected.0.relay.messages().len(), 0, "{kind:?}");
        let ran = protected.run(true);
        assert_eq!(ran.code, 0, "{kind:?}: {ran:?}");
        assert_eq!(protected.0.relay.messages().len(), 3, "{kind:?}");
    }
}

#[test]
fn nothing_goes_in_clear_where_it_should_not() {
    for (kind, told) in [
        (Front::Bare, "STARTTLS failed: the relay does not offer it"),
        (Front::Injected, "STARTTLS failed: the relay says something in clear behind it"),
    ] {
        let protected = Protected::new(kind, false, "connections = 1");
        let ran = protected.run(true);
        assert_eq!(ran.code, 75, "{kind:?}: {ran:?}");
        assert!(ran.stdout.contains(told), "{kind:?}: {}", ran.stdout);
        assert_eq!(protected.0.relay.messages().len(), 0, "{kind:?}");
    }
}

#[test]
fn a_certificate_of_ours_is_shown_to_a_relay_that_wants_it() {
    for kind in [Front::Tls, Front::StartTls] {
        let without = Protected::new(kind, true, "connections = 1");
        assert_eq!((without.run(true).code, without.0.relay.messages().len()), (75, 0), "{kind:?}");
        let with = Protected::new(kind, true, WITH_CERTIFICATE);
        let ran = with.run(true);
        assert_eq!((ran.code, with.0.relay.messages().len()), (0, 3), "{kind:?}: {ran:?}");
    }
}

#[test]
fn what_is_wrong_with_a_certificate_is_told_before_anything_is_done() {
    let key = include_str!("certificates/relay.key");
    for (file, text, told) in [
        (
            "client.pem",
            None,
            "mail.client_certificate: client.pem cannot be read: No such file or directory (os error 2)",
        ),
        ("client.pem", Some("nonsense"), "mail.client_certificate: client.pem holds no certificate in PEM"),
        (
            "client.key",
            None,
            "mail.client_key_file: cannot read client.key: No such file or directory (os error 2)",
        ),
        (
            "client.key",
            Some(AUTHORITY),
            "mail.client_key_file holds no private key in PEM that needs no password",
        ),
        ("client.key", Some(key), "mail.client_certificate does not fit mail.client_key_file: "),
    ] {
        let protected = Protected::new(Front::Tls, true, WITH_CERTIFICATE);
        match text {
            Some(text) => protected.0.write_private(file, text),
            None => std::fs::remove_file(protected.0.path(file)).unwrap(),
        }
        let ran = protected.run(true);
        assert!(ran.code == 2 && ran.stderr.contains(told), "{told}: {ran:?}");
    }
    let world = World::at(gradpass::sandbox::relay::Settings::default(), healthy());
    for (lines, told) in [
        (
            WITH_CERTIFICATE,
            "mail.client_certificate: a certificate is shown only where the connection is protected",
        ),
        (
            "client_certificate = \"client.pem\"",
            "mail.client_certificate: has no mail.client_key_file beside it",
        ),
        (
            "client_key_file = \"client.key\"",
            "mail.client_key_file: has no mail.client_certificate beside it",
        ),
    ] {
        world.mail(lines);
        let ran = world.gradpass(&["status"]);
        assert!(ran.code == 2 && ran.stderr.contains(told), "{told}: {ran:?}");
    }
}
