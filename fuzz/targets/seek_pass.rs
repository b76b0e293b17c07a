//! What SEEK Pass answers, from the status line on, to a call for a token, a link or statuses: always an outcome.
#![no_main]

use std::path::Path;
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::config::{Config, EXAMPLE};
use gradpass::credential::{Conferral, Credential, Details, Qualification};
use gradpass::graduate::PersonName;
use gradpass::seek::{Failure, Outcome, SeekPass, Timeouts};
use jiff::{Timestamp, civil::date};
use libfuzzer_sys::fuzz_target;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

const TOKEN: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"access_token\":\"a\"}";
const NO_TOKEN: &[u8] = b"HTTP/1.1 401 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
const SPAN: Duration = Duration::from_secs(2);

/// The call whose answer is the input: 0 for the token, else any other; and the input.
static ANSWER: Mutex<(u8, Vec<u8>)> = Mutex::new((0, Vec::new()));

static WORLD: LazyLock<(Runtime, SeekPass, Credential)> = LazyLock::new(|| {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    let account = format!("base_url = \"http://{address}\"\nclient_id = \"a\"\nclient_secret = \"b\"\n");
    let config = Config::parse(&format!("{EXAMPLE}\n[seek_pass]\n{account}"), Path::new("gradpass.toml")).unwrap();
    let clock = Clock::fixed("2026-11-23T15:00:00Z".parse::<Timestamp>().unwrap());
    let timeouts = Timeouts { connect: SPAN, headers: SPAN, body: SPAN };
    let client = SeekPass::new(config.seek_pass.as_ref().unwrap(), &clock, timeouts).unwrap();
    let award = Qualification {
        course_code: None,
        course_name: "Bachelor of Arts".into(),
        conferral: Conferral { year: Some(2024), date: None, awaiting_graduation: false },
        majors: Vec::new(),
        honours: None,
        details: Details::Education,
        attached: None,
    };
    let name = PersonName::parse("Zaphod Quillfeather").unwrap();
    let today = date(2026, 11, 23);
    (runtime, client, Credential::of(&name, "Northfield University", &award, today).unwrap())
});

async fn answer(mut stream: TcpStream) {
    let mut request = vec![0; 4096];
    let mut length = 0;
    while let Ok(count @ 1..) = stream.read(&mut request[length..]).await {
        length += count;
        // our JSON ends so, and so does the scope in our form
        if request[..length].ends_with(b"}") || request[..length].ends_with(b"write.education") {
            break;
        }
    }
    let wants_token = request.windows(5).any(|it| it == b"oauth");
    let (call, input) = ANSWER.lock().unwrap().clone();
    let bytes = match (wants_token, call) {
        (true, 0) | (false, 1..) => input,
        (true, 1..) => TOKEN.to_vec(),
        // so that it asks for a token again
        (false, 0) => NO_TOKEN.to_vec(),
    };
    let _ = stream.write_all(&bytes).await;
}

fn told<T>(outcome: &Outcome<T>) {
    if let Outcome::TryLater(Failure { words, .. })
    | Outcome::Refused(Failure { words, .. })
    | Outcome::Unknown(Failure { words, .. }) = outcome
    {
        assert!(words.len() < 2000 && !words.contains(char::is_control), "{words}");
        assert!(!words.to_lowercase().contains("zaphod"), "{words}");
    }
}

fuzz_target!(|input: (u8, &[u8])| {
    let (runtime, client, credential) = &*WORLD;
    let call = input.0 % 3;
    *ANSWER.lock().unwrap() = (call, input.1.to_vec());
    runtime.block_on(async {
        if call == 2 {
            told(&client.statuses(&["north-1".to_owned()]).await);
        } else {
            told(&client.add("north-1", credential).await);
        }
    });
});
