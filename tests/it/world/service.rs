//! The redemption service on a thread of its own, and somebody who visits it.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::Result;
use gradpass::app;
use gradpass::invitation::code::Code;
use gradpass::invitation::key::CodeKey;
use gradpass::outbox::queue::Queue;
use gradpass::redemption;
use gradpass::seek::{SeekPass, Timeouts};
use gradpass::shutdown::{Shutdown, Trigger};
use gradpass::store::{NewSubmission, Store, Submitted, Told};
use rand::SeedableRng;
use rand::rngs::StdRng;
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use super::{World, app_of, process, runtime};

/// A running service; it finishes what is in hand when it is dropped.
pub struct Service {
    pub address: SocketAddr,
    trigger: Option<Trigger>,
    kill: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A queue that goes on only when it is told to.
pub struct WaitingQueue {
    runtime: Runtime,
    queue: Queue,
    store: Store,
    numbers: Vec<i64>,
    /// The ids at SEEK Pass, in the order in which they were asked for.
    pub ids: Vec<String>,
}

impl WaitingQueue {
    /// Sends what may go now, and waits for the answers.
    pub fn drain(&self) {
        self.runtime.block_on(self.queue.drain()).unwrap();
    }

    /// The links that are there.
    pub fn links(&self) -> Vec<String> {
        self.runtime.block_on(async {
            let mut links = Vec::new();
            for number in &self.numbers {
                let latest = self.store.latest_submission(*number).await.unwrap().unwrap();
                links.extend(latest.link.map(|link| link.as_str().to_owned()));
            }
            links
        })
    }
}

impl World {
    /// Presses the button for all of these codes at once, and lets the queue go on until every one has its link.
    pub fn redeem_all(&self, codes: &[String]) -> Vec<String> {
        let queue = self.queue(codes);
        for _ in 0..100 {
            queue.drain();
            let links = queue.links();
            if links.len() == codes.len() {
                return links;
            }
            self.clock.advance(Duration::from_secs(1));
        }
        panic!("only {} of {} have a link", queue.links().len(), codes.len());
    }

    /// A queue by the world's clock, in which all of these codes were asked for in this order.
    pub fn queue(&self, codes: &[String]) -> WaitingQueue {
        let runtime = runtime();
        let config = self.config();
        let settings = config.seek_pass.as_ref().unwrap();
        let seed = self.next_seed();
        let (queue, store, numbers, ids) = runtime.block_on(async {
            let store = Store::open(&config.database).await.unwrap();
            let writer = store.writer().await.unwrap();
            let key = CodeKey::read(&config.key_file).unwrap();
            let seek_pass = SeekPass::new(settings, &self.clock, Timeouts::USUAL).unwrap();
            let rng = (&self.clock, StdRng::seed_from_u64(seed));
            let ledger = (store.clone(), writer.clone());
            let queue = Queue::new(ledger, seek_pass, settings, &config.institution, rng);
            let (mut numbers, mut ids) = (Vec::new(), Vec::new());
            for code in codes {
                let now = self.clock.now();
                let hash = key.hash(&Code::parse(code).unwrap());
                let redeemable = store.redeemable(&hash, now).await.unwrap().unwrap();
                let award = &redeemable.awards[0];
                let credential = queue.credential(&redeemable.name, &award.qualification).unwrap();
                let new = NewSubmission {
                    graduate_id: redeemable.graduate_id,
                    course_key: award.course_key.clone(),
                    seek_pass_id: queue.new_id(),
                    digest: credential.digest().to_vec(),
                    told: Told::new(&redeemable.name, &award.qualification, queue.today()),
                    asked_at: now,
                    due_at: now,
                    instead_of: None,
                };
                let submitted = writer.submit(redeemable.invitation_id, new).await.unwrap();
                let Submitted::Submission { id, seek_pass_id } = submitted else { panic!("it is open") };
                numbers.push(id);
                ids.push(seek_pass_id);
            }
            (queue, store, numbers, ids)
        });
        WaitingQueue { runtime, queue, store, numbers, ids }
    }

    /// The service as a part of this process: visited by `visit`, then told to stop.
    pub async fn served<T>(&self, store: &Store, visit: impl AsyncFnOnce(Visitor) -> T) -> Result<T> {
        let state = app::service(&self.app(), store).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let visitor = Visitor::at(&listener.local_addr().unwrap().to_string());
        let (trigger, shutdown) = Shutdown::by_hand();
        let clock = self.clock.clone();
        let serving = tokio::spawn(async move { redemption::serve(listener, state, &clock, shutdown).await });
        let visited = visit(visitor).await;
        trigger.stop();
        serving.await.unwrap();
        Ok(visited)
    }

    /// Starts the service of the configuration on a free port.
    pub fn serve(&self) -> Service {
        let (config, clock, seed) = (self.config(), self.clock.clone(), self.next_seed());
        let (trigger, shutdown) = Shutdown::by_hand();
        let (ready, started) = mpsc::channel();
        let (kill, killed) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            let runtime = runtime();
            let serving = async move {
                let app = app_of(config, clock, seed);
                let store = app.open().await.unwrap();
                let state = app::service(&app, &store).await.unwrap();
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send(listener.local_addr().unwrap()).unwrap();
                redemption::serve(listener, state, &app.clock, shutdown).await;
            };
            let killed = async {
                // a service that is dropped ends by itself
                if killed.await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            runtime.block_on(async {
                tokio::select! {
                    () = serving => {}
                    () = killed => {}
                }
            });
            runtime.shutdown_background();
        });
        let address = started.recv().unwrap();
        Service { address, trigger: Some(trigger), kill: Some(kill), thread: Some(thread) }
    }
}

impl Service {
    /// Ends it as SIGKILL does: nothing is finished.
    pub fn kill(mut self) {
        self.kill.take().unwrap().send(()).unwrap();
        self.trigger = None;
        self.thread.take().unwrap().join().unwrap();
    }

    /// Somebody at this service.
    pub fn visitor(&self) -> Visitor {
        Visitor::at(&self.address.to_string())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(trigger) = self.trigger.take() {
            trigger.stop();
        }
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || thread::panicking());
        }
    }
}

/// A browser without a memory, which follows nothing by itself.
#[derive(Clone)]
pub struct Visitor {
    base: String,
    pub headers: HeaderMap,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Visitor {
    pub fn at(address: &str) -> Self {
        Self { base: format!("http://{address}"), headers: HeaderMap::new() }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    pub fn get(&self, path: &str) -> Answer {
        process(self.ask(Method::GET, path, None))
    }

    pub fn method(&self, method: Method, path: &str) -> Answer {
        process(self.ask(method, path, None))
    }

    /// Presses the button.
    pub fn press(&self, code: &str) -> Answer {
        self.submit(&[("code", code)])
    }

    /// Presses the button and, as a browser does, follows the waiting page until the way leads on to SEEK Pass.
    pub fn arrive(&self, code: &str) -> String {
        self.arrive_with(&[("code", code)])
    }

    pub fn arrive_with(&self, fields: &[(&str, &str)]) -> String {
        process(self.arriving(fields))
    }

    pub async fn arriving(&self, fields: &[(&str, &str)]) -> String {
        self.following(fields).await.link().to_owned()
    }

    /// The same, wherever the way leads.
    pub fn follow(&self, code: &str) -> Answer {
        process(self.following(&[("code", code)]))
    }

    pub fn follow_with(&self, fields: &[(&str, &str)]) -> Answer {
        process(self.following(fields))
    }

    pub async fn following(&self, fields: &[(&str, &str)]) -> Answer {
        let mut answer = self.ask(Method::POST, "/redeem", Some(fields)).await;
        for _ in 0..2000 {
            if !answer.headers.contains_key("refresh") {
                break;
            }
            answer = self.ask(Method::GET, &answer.waiting_path(), None).await;
        }
        answer
    }

    pub fn submit(&self, fields: &[(&str, &str)]) -> Answer {
        process(self.ask(Method::POST, "/redeem", Some(fields)))
    }

    pub async fn ask(&self, method: Method, path: &str, form: Option<&[(&str, &str)]>) -> Answer {
        let client =
            Client::builder().tls_certs_only([]).redirect(Policy::none()).timeout(Duration::from_mins(1));
        let mut request = client.build().unwrap().request(method, format!("{}{path}", self.base));
        request = request.headers(self.headers.clone());
        if let Some(form) = form {
            request = request.form(form);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, body: response.text().await.unwrap() }
    }
}

impl Answer {
    /// Where it sends the graduate on to.
    pub fn link(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers["location"].to_str().unwrap()
    }

    /// The address of the waiting page that it shows, as its refresh names it.
    pub fn waiting_path(&self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        let refresh =
            self.body.split("http-equiv=\"refresh\"").nth(1).unwrap_or_else(|| panic!("{}", self.body));
        let url = refresh.split("url=").nth(1).unwrap().split('"').next().unwrap();
        url.replace("&#x2f;", "/")
    }
}
