//! The turnstile of the server by eight services, in a time of the test's own: never more than the pace in any second, in the order of
//! asking, whatever happens to a service, to the server and to its clock.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use gradpass::store::{Admission, Draw, Leased, Pace, SharedPace, Store};
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

use crate::world::{World, process};

const TICK: Duration = Duration::from_millis(2);

/// A ledger in which so many wait, in the order of their numbers.
struct Waiting {
    world: World,
    address: String,
}

/// A service: what it has taken, and when it does something next.
struct Node {
    pace: SharedPace,
    taken: VecDeque<Leased>,
    asks_at: Timestamp,
    is_frozen_until: Timestamp,
}

/// What happens to them.
#[derive(Default, Clone, Copy)]
struct Faults {
    /// In so many thousandths of all ticks somebody freezes, and dies.
    freezes: u32,
    deaths: u32,
    /// The server begins anew, its clock is set back and set forward.
    server: bool,
}

/// Who was posted when.
type Posts = Vec<(Timestamp, i64)>;

fn pace(per_second: u32) -> Pace {
    Pace { per_second: per_second.try_into().unwrap(), burst: 1.try_into().unwrap() }
}

impl Waiting {
    fn new(count: i64) -> Option<Self> {
        let world = World::new().on_server()?;
        let database = world.database();
        let address = database.split('"').nth(1).unwrap().to_owned();
        let waiting = Self { world, address };
        let ledger = waiting.world.config().database;
        process(async { Store::open(&ledger).await.unwrap() });
        // what a service on a file left behind is another matter
        waiting.change("INSERT INTO pace VALUES ('account', 0, 0, '')");
        waiting.change(&format!(
            "WITH graduates AS (
                 INSERT INTO graduate (student_id, full_name, email)
                 SELECT 's' || number, 'Mira Tan', 'mira@mailbox.example' FROM generate_series(1, {count}) AS number
                 RETURNING id
             ), invitations AS (
                 INSERT INTO invitation (id, graduate_id, state, created_at)
                 SELECT id, id, 'open', 0 FROM graduates
             ), qualifications AS (
                 INSERT INTO qualification (graduate_id, course_key, invitation_id, course_name, awaiting_graduation, majors)
                 SELECT id, 'arts', id, 'Bachelor of Arts', 0, '' FROM graduates
             )
             INSERT INTO submission (
                 id, seek_pass_id, graduate_id, course_key, digest, state, asked_at, due_at,
                 as_full_name, as_email, as_course_name, as_awaiting, as_majors
             )
             SELECT id, 'north-' || id, id, 'arts', '', 'waiting', id, id, '', '', '', 0, '' FROM graduates"
        ));
        Some(waiting)
    }

    fn change(&self, statement: &str) {
        process(async {
            let mut ledger = PgConnection::connect(&self.address).await.unwrap();
            sqlx::query(AssertSqlSafe(statement)).execute(&mut ledger).await.unwrap();
        });
    }

    /// When this one counts as sent, if it does.
    async fn sent_at(&self, id: i64) -> Option<i64> {
        let mut ledger = PgConnection::connect(&self.address).await.unwrap();
        let query = sqlx::query_scalar("SELECT sent_at FROM submission WHERE id = $1").bind(id);
        query.fetch_one(&mut ledger).await.unwrap()
    }

    /// Eight services for so long.
    async fn posts(&self, per_second: u32, span: Duration, faults: Faults, seed: u64) -> Posts {
        let mut rng = StdRng::seed_from_u64(seed);
        let (clock, server) = (World::clock(), World::clock());
        let ledger = self.world.config().database;
        let store = Store::open(&ledger).await.unwrap();
        let mut connection = PgConnection::connect(&self.address).await.unwrap();
        let node = |at| Node {
            pace: store.shared_pace("account", pace(per_second), &clock, Some(server.clone())).unwrap(),
            taken: VecDeque::new(),
            asks_at: at,
            is_frozen_until: at,
        };
        let began = clock.now();
        let mut nodes: Vec<Node> = (0..8).map(|_| node(began)).collect();
        let mut posts = Posts::new();
        let ticks = span.as_millis() / TICK.as_millis();
        for tick in 0..ticks {
            for _ in 0..nodes.len() {
                let one = rng.random_range(0..nodes.len());
                let (now, node) = (clock.now(), &mut nodes[one]);
                if now < node.is_frozen_until {
                    continue;
                }
                let mut posted = Vec::new();
                while let Some(first) = node.taken.front().copied() {
                    if !first.slot.wait(&clock).is_zero() {
                        break;
                    }
                    node.taken.pop_front();
                    if first.slot.is_open(&clock) {
                        posted.push(first.id);
                    } else {
                        node.pace.give_back(&[first]).await.unwrap();
                    }
                }
                posts.extend(posted.iter().map(|id| (now, *id)));
                if !posted.is_empty() {
                    let taken = "UPDATE submission SET state = 'incomplete' WHERE id = ANY ($1)";
                    sqlx::query(taken).bind(posted).execute(&mut connection).await.unwrap();
                }
                let is_soon = |last: &Leased| last.slot.wait(&clock) < Duration::from_millis(60);
                if now >= node.asks_at && node.taken.back().is_none_or(is_soon) {
                    match take(&node.pace, now).await {
                        Draw::Leased(leased) => node.taken.extend(leased),
                        Draw::Later(wait) => node.asks_at = now + wait,
                        Draw::Nothing => node.asks_at = now + Duration::from_secs(1),
                    }
                }
            }
            let one = rng.random_range(0..nodes.len());
            if rng.random_range(0..1000) < faults.freezes {
                nodes[one].is_frozen_until = clock.now() + Duration::from_millis(rng.random_range(20..700));
            }
            if rng.random_range(0..1000) < faults.deaths {
                nodes[one] = node(clock.now() + Duration::from_millis(500));
            }
            if faults.server {
                if tick == ticks / 4 {
                    sqlx::query("UPDATE pace SET epoch = 1").execute(&mut connection).await.unwrap();
                } else if tick == ticks / 2 {
                    server.set(server.now() - SignedDuration::from_hours(3));
                } else if tick == ticks / 4 * 3 {
                    server.advance(Duration::from_hours(1));
                }
            }
            clock.advance(TICK);
            server.advance(TICK);
        }
        posts
    }
}

async fn take(pace: &SharedPace, now: Timestamp) -> Draw {
    let admit = |_: &str| Admission { most: usize::MAX, health: String::new() };
    pace.take(now, admit).await.unwrap().0
}

/// The most in any second.
fn most(posts: &Posts) -> usize {
    let within = |(index, (at, _)): (usize, &(Timestamp, i64))| {
        posts[index..].iter().take_while(|(later, _)| *later < *at + Duration::from_secs(1)).count()
    };
    posts.iter().enumerate().map(within).max().unwrap_or(0)
}

#[test]
fn eight_services_use_nearly_all_of_the_pace_and_keep_the_order_of_arrival() {
    for (per_second, seconds) in [(20, 40), (500, 8_u32)] {
        let Some(waiting) = Waiting::new(5000) else { return };
        let span = Duration::from_secs(u64::from(seconds));
        let posts = process(waiting.posts(per_second, span, Faults::default(), 1));
        let limit = usize::try_from(per_second).unwrap();
        assert!(most(&posts) <= limit, "{} in a second, of {limit}", most(&posts));
        // in order, but for those whose slots are in one step of the test's time
        for (place, (_, id)) in (1..).zip(&posts) {
            let moved = u64::from(per_second) / 80;
            assert!(
                id.abs_diff(place) <= moved,
                "number {id} came as number {place} of {per_second} a second"
            );
        }
        // after the first second, which is silent
        let possible = f64::from(per_second) * (f64::from(seconds) - 1.05);
        let used = f64::from(u32::try_from(posts.len()).unwrap()) / possible;
        assert!(used >= 0.9, "{used:.3} of {per_second} a second");
    }
}

#[test]
fn no_second_holds_more_than_the_pace_whatever_happens() {
    for (per_second, seed) in [(20, 1), (20, 2), (500, 3), (500, 4), (7, 5)] {
        let Some(waiting) = Waiting::new(6000) else { return };
        let faults = Faults { freezes: 20, deaths: 2, server: true };
        let posts = process(waiting.posts(per_second, Duration::from_secs(12), faults, seed));
        let limit = usize::try_from(per_second).unwrap();
        assert!(most(&posts) <= limit, "{} in a second, of {limit}; seed {seed}", most(&posts));
        // four silent seconds, and what the dead and the frozen had taken
        let used = f64::from(u32::try_from(posts.len()).unwrap()) / (f64::from(per_second) * 8.0);
        assert!(used >= 0.6, "{used:.3} of {per_second} a second; seed {seed}");
        let ids: BTreeSet<_> = posts.iter().map(|(_, id)| *id).collect();
        assert_eq!(
            ids.len(),
            posts.len(),
            "whoever froze had missed the slot before the lease was over; seed {seed}"
        );
    }
}

#[test]
fn what_a_dead_service_had_taken_is_tried_by_another_once_its_lease_is_over() {
    let Some(waiting) = Waiting::new(2) else { return };
    let (clock, ledger) = (World::clock(), waiting.world.config().database);
    process(async {
        let store = Store::open(&ledger).await.unwrap();
        let node = || store.shared_pace("account", pace(20), &clock, Some(clock.clone())).unwrap();
        let (dying, other, third) = (node(), node(), node());
        let silent = take(&dying, clock.now()).await;
        let Draw::Later(wait) = silent else { panic!("{silent:?}") };
        clock.advance(wait);
        let Draw::Leased(first) = take(&dying, clock.now()).await else { panic!("a slot is free") };
        drop(dying);
        clock.advance(Duration::from_secs(1));
        let Draw::Leased(second) = take(&other, clock.now()).await else { panic!("a slot is free") };
        assert_eq!((first[0].id, second[0].id), (1, 2));
        clock.advance(Duration::from_secs(18));
        assert_eq!(take(&third, clock.now()).await, Draw::Nothing, "both have a lease");
        // one that is given back is anybody's at once, and was never sent
        other.give_back(&second).await.unwrap();
        let Draw::Leased(again) = take(&third, clock.now()).await else { panic!("it is free") };
        assert_eq!((again[0].id, waiting.sent_at(2).await), (2, None));
        clock.advance(Duration::from_secs(1));
        let Draw::Leased(taken_over) = take(&third, clock.now()).await else { panic!("the lease is over") };
        assert_eq!(taken_over[0].id, 1);
        // nobody knows whether the dead one had sent it: it counts from when it was due
        assert_eq!(waiting.sent_at(1).await, Some(1));
        // whoever held it before cannot give back what is another's now
        other.give_back(&first).await.unwrap();
        clock.advance(Duration::from_secs(1));
        assert_eq!(take(&other, clock.now()).await, Draw::Nothing);
    });
}
