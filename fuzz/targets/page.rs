//! Bytes on a connection to the redemption service: it answers or hangs up, and no answer is a fault of ours.
#![no_main]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use gradpass::clock::Clock;
use gradpass::config::{Config, EXAMPLE};
use gradpass::invitation::key::CodeKey;
use gradpass::redemption::{self, AppState};
use gradpass::shutdown::Shutdown;
use gradpass::store::Store;
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

static SERVICE: LazyLock<(Runtime, SocketAddr)> = LazyLock::new(|| {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let address = runtime.block_on(async {
        let folder = tempfile::tempdir_in("/dev/shm").unwrap();
        let seek_pass = "[seek_pass]\nbase_url = \"http://127.0.0.1:9\"\nclient_id = \"a\"\nclient_secret = \"b\"\n";
        let text = format!("{EXAMPLE}\n{seek_pass}")
            .replace("# question = \"none\"", "question = \"date_of_birth\"")
            .replace("# trusted_proxies", "trusted_proxies");
        let config = Arc::new(Config::parse(&text, Path::new("gradpass.toml")).unwrap());
        let store = Store::open(&folder.keep().join("gradpass.db").into()).await.unwrap();
        let ledger = (store.clone(), store.writer().await.unwrap());
        let clock = Clock::fixed("2026-11-23T15:00:00Z".parse::<Timestamp>().unwrap());
        let random = (&clock, StdRng::seed_from_u64(1));
        let key = CodeKey::new([7; 32]);
        let app =
            Arc::new(AppState::new(ledger, key, &config, config.seek_pass.as_ref().unwrap(), random).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (trigger, shutdown) = Shutdown::by_hand();
            redemption::serve(listener, app, &clock, shutdown).await;
            drop(trigger);
        });
        address
    });
    (runtime, address)
});

fuzz_target!(|request: &[u8]| {
    let (runtime, address) = &*SERVICE;
    let answer = runtime.block_on(async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let _ = stream.write_all(request).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        answer
    });
    let answer = String::from_utf8_lossy(&answer);
    assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
    if answer.contains("<!doctype html>") {
        assert!(answer.contains("content-security-policy: default-src 'none'"), "{answer}");
        assert!(!answer.contains("<script"), "{answer}");
    }
});
