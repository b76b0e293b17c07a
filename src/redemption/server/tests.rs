#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use axum::body::Bytes;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::*;
use crate::shutdown::Trigger;

/// Nothing here should take so long, however busy the machine is.
const AT_MOST: Duration = Duration::from_secs(20);

/// A limit that a test waits for.
const SHORT: Duration = Duration::from_millis(200);

/// More than the system takes off a server's hands for a client that does not read.
const LARGE: usize = 64 * 1024 * 1024;

/// A running service with one page of each kind.
struct Service {
    address: SocketAddr,
    trigger: Trigger,
    serving: JoinHandle<()>,
    /// One permit for each request to `/slow` that has arrived.
    arrived: Arc<Semaphore>,
    /// One permit lets one of them be answered.
    answer: Arc<Semaphore>,
}

impl Service {
    async fn start(limits: Limits) -> Self {
        let (arrived, answer) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let gate = (Arc::clone(&arrived), Arc::clone(&answer));
        let slow = async move || {
            gate.0.add_permits(1);
            gate.1.acquire().await.unwrap().forget();
            "slow but whole"
        };
        let router = Router::new()
            .route("/", get(async || "hello"))
            .route("/who", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()))
            .route("/length", post(async |body: Bytes| body.len().to_string()))
            .route("/large", get(async || vec![b'x'; LARGE]))
            .route("/slow", get(slow));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (trigger, shutdown) = Shutdown::by_hand();
        let serving = tokio::spawn(async move {
            serve(listener, bounded(router, &limits), &limits, &Clock::system(), shutdown).await;
        });
        Self { address, trigger, serving, arrived, answer }
    }

    async fn connect(&self) -> Client {
        Client(TcpStream::connect(self.address).await.unwrap())
    }

    /// The whole answer to one request on a connection of its own.
    async fn ask(&self, request: &str) -> String {
        let mut client = self.connect().await;
        client.send(request).await;
        client.rest().await
    }

    /// Waits until a request to `/slow` is in hand.
    async fn in_flight(&self) {
        timeout(AT_MOST, self.arrived.acquire()).await.unwrap().unwrap().forget();
    }

    /// Waits until it has stopped.
    async fn stopped(self) {
        timeout(AT_MOST, self.serving).await.unwrap().unwrap();
    }
}

struct Client(TcpStream);

impl Client {
    async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// Reads an answer that ends so.
    async fn until(&mut self, end: &str) -> String {
        let mut answer = Vec::new();
        while !answer.ends_with(end.as_bytes()) {
            answer.push(timeout(AT_MOST, self.0.read_u8()).await.unwrap().unwrap());
        }
        String::from_utf8(answer).unwrap()
    }

    /// All that is left until the server closes the connection.
    async fn rest(&mut self) -> String {
        let mut answer = Vec::new();
        // a server that closes on what it has not read resets the connection; what it said before counts
        let _ = timeout(AT_MOST, self.0.read_to_end(&mut answer)).await.expect("the server closes");
        String::from_utf8(answer).unwrap()
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("no answer")
}

const HELLO: &str = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";
const SLOW: &str = "GET /slow HTTP/1.1\r\nHost: t\r\n\r\n";

#[tokio::test]
async fn a_connection_serves_one_request_after_another() {
    let service = Service::start(Limits::default()).await;
    let mut client = service.connect().await;
    for _ in 0..3 {
        client.send(HELLO).await;
        assert_eq!(status(&client.until("hello").await), "200");
    }
    let own = client.0.local_addr().unwrap().to_string();
    client.send("GET /who HTTP/1.1\r\nHost: t\r\n\r\n").await;
    assert!(client.until(&own).await.starts_with("HTTP/1.1 200"), "a request knows who holds the connection");
}

#[tokio::test]
async fn headers_that_come_by_the_byte_are_cut_off() {
    let service = Service::start(Limits { header: SHORT, ..Limits::default() }).await;
    let mut client = service.connect().await;
    client.send("GET / HTTP/1.1\r\nX: ").await;
    let mut byte = [0];
    let is_cut = async {
        // a byte whenever a quarter of the limit has gone by; the end of the connection ends it
        while timeout(SHORT / 4, client.0.read(&mut byte)).await.is_err() {
            if client.0.write_all(b"x").await.is_err() {
                break;
            }
        }
    };
    timeout(AT_MOST, is_cut).await.expect("the server closes");
}

#[tokio::test]
async fn an_idle_connection_is_closed_before_and_after_a_request() {
    let service = Service::start(Limits { header: SHORT, ..Limits::default() }).await;
    let mut silent = service.connect().await;
    assert_eq!(silent.rest().await, "");
    let mut client = service.connect().await;
    client.send(HELLO).await;
    assert!(client.rest().await.ends_with("hello"));
    let mut dripping = service.connect().await;
    dripping.send(HELLO).await;
    dripping.until("hello").await;
    dripping.send("GET").await;
    dripping.rest().await;
}

#[tokio::test]
async fn headers_have_a_largest_size() {
    let service = Service::start(Limits::default()).await;
    let with = |length: usize| {
        format!("GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\nX: {}\r\n\r\n", "x".repeat(length))
    };
    assert_eq!(status(&service.ask(&with(12 * 1024)).await), "200");
    assert_eq!(status(&service.ask(&with(17 * 1024)).await), "431");
    let many = format!("GET / HTTP/1.1\r\nHost: t\r\n{}\r\n", "X: x\r\n".repeat(200));
    assert_eq!(status(&service.ask(&many).await), "431");
    assert_eq!(status(&service.ask("what is this\r\n\r\n").await), "400");
}

#[tokio::test]
async fn a_body_has_a_largest_size() {
    let service = Service::start(Limits::default()).await;
    let head = "POST /length HTTP/1.1\r\nHost: t\r\nConnection: close\r\n";
    let plain = |length: usize| format!("{head}Content-Length: {length}\r\n\r\n{}", "x".repeat(length));
    assert!(service.ask(&plain(8 * 1024)).await.ends_with("8192"));
    assert_eq!(status(&service.ask(&plain(8 * 1024 + 1)).await), "413");
    // one that is told of and never comes; one whose size is not told
    let told = "POST /length HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\n";
    assert_eq!(status(&service.ask(told).await), "413");
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(3));
    assert_eq!(status(&service.ask(&chunked).await), "413");
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_answered_so() {
    let service = Service::start(Limits { request: SHORT, ..Limits::default() }).await;
    let body = "POST /length HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nhalf of";
    assert_eq!(
        status(&service.ask(body).await),
        "408",
        "and the connection is closed, as its rest is unread"
    );
    let mut client = service.connect().await;
    client.send(SLOW).await;
    assert_eq!(status(&client.until("\r\n\r\n").await), "408");
}

#[tokio::test]
async fn at_the_limit_the_next_is_served_when_one_leaves() {
    let service = Service::start(Limits { connections: 2, ..Limits::default() }).await;
    let mut first = service.connect().await;
    let mut second = service.connect().await;
    for client in [&mut first, &mut second] {
        client.send(HELLO).await;
        client.until("hello").await;
    }
    let mut third = service.connect().await;
    third.send(HELLO).await;
    let early = timeout(SHORT, third.0.read_u8()).await;
    assert!(early.is_err(), "there is no room for a third");
    drop(first);
    assert_eq!(status(&third.until("hello").await), "200");
    second.send(HELLO).await;
    assert_eq!(status(&second.until("hello").await), "200", "who was there stays");
}

#[tokio::test]
async fn a_client_that_does_not_take_its_answer_is_cut() {
    let service = Service::start(Limits { connections: 1, answer: SHORT, ..Limits::default() }).await;
    let mut deaf = service.connect().await;
    deaf.send("GET /large HTTP/1.1\r\nHost: t\r\n\r\n").await;
    let next = service.ask(&HELLO.replace("Host", "Connection: close\r\nHost")).await;
    assert_eq!(status(&next), "200", "the only place is free again");
}

#[tokio::test]
async fn a_client_that_takes_its_answer_by_the_byte_is_cut() {
    let service = Service::start(Limits { connections: 1, answer: SHORT, ..Limits::default() }).await;
    let mut slow = service.connect().await;
    slow.send("GET /large HTTP/1.1\r\nHost: t\r\n\r\n").await;
    let mut next = service.connect().await;
    next.send(HELLO).await;
    let mut some = vec![0; 256 * 1024];
    let is_served = async {
        let mut byte = [0];
        while timeout(SHORT / 4, next.0.read(&mut byte)).await.is_err() {
            // so much that the server has room to write again
            let _ = slow.0.read(&mut some).await;
        }
    };
    timeout(AT_MOST, is_served).await.expect("the only place is free again");
}

#[tokio::test]
async fn a_client_that_takes_its_answer_slowly_enough_gets_all_of_it() {
    let service = Service::start(Limits { header: SHORT, ..Limits::default() }).await;
    let mut client = service.connect().await;
    client.send("GET /large HTTP/1.1\r\nHost: t\r\n\r\n").await;
    Clock::system().sleep(2 * SHORT).await;
    assert!(client.rest().await.len() > LARGE, "the time for headers does not run while it reads");
}

#[tokio::test]
async fn stopping_finishes_what_is_in_hand_and_takes_nothing_new() {
    let service = Service::start(Limits::default()).await;
    let mut idle = service.connect().await;
    idle.send(HELLO).await;
    idle.until("hello").await;
    let mut busy = service.connect().await;
    busy.send(SLOW).await;
    service.in_flight().await;

    service.trigger.stop();
    assert_eq!(idle.rest().await, "", "an idle connection is closed");
    let is_refused = async {
        while TcpStream::connect(service.address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    timeout(AT_MOST, is_refused).await.expect("nothing new is taken");
    assert!(!service.serving.is_finished(), "a request is in hand");

    service.answer.add_permits(1);
    let answer = busy.rest().await;
    assert!(answer.ends_with("slow but whole"), "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
    service.stopped().await;
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let service = Service::start(Limits { last: SHORT, ..Limits::default() }).await;
    let mut stuck = service.connect().await;
    stuck.send(SLOW).await;
    service.in_flight().await;
    service.trigger.stop();
    service.stopped().await;
    assert_eq!(stuck.rest().await, "", "it is cut");
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_its_place() {
    let service = Service::start(Limits { connections: 1, ..Limits::default() }).await;
    let mut gone = service.connect().await;
    gone.send(SLOW).await;
    service.in_flight().await;
    drop(gone);
    let next = service.ask(&HELLO.replace("Host", "Connection: close\r\nHost")).await;
    assert_eq!(status(&next), "200");
}

#[test]
fn the_limit_of_connections_leaves_files_for_the_rest() {
    assert_eq!(Limits::within(1024).connections, 924);
    assert_eq!(Limits::within(usize::MAX).connections, 10_000);
    assert_eq!(Limits::within(64).connections, 32, "where there are few, half of them");
    assert_eq!(Limits::within(0).connections, 1);
    let files = raise_file_limit();
    assert!(files >= 64);
    assert_eq!(raise_file_limit(), files, "there is no more to have");
}
