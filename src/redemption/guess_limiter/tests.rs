#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::Write;
use std::net::Ipv6Addr;
use std::sync::Arc;
use std::thread;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn clock() -> Clock {
    Clock::fixed("2026-12-01T00:00:00Z".parse().unwrap())
}

/// One of many addresses.
fn address(number: u32) -> IpAddr {
    IpAddr::V4(number.into())
}

fn lock(invitation: i64) -> Lock {
    Lock { invitation, unlocked: None }
}

/// How many of so many wrong codes are answered, when each asks first as the service does.
fn answered(guesses: &GuessLimiter, from: IpAddr, tries: usize) -> usize {
    (0..tries).filter(|_| guesses.closed(from).is_none() && guesses.failed(from).is_ok()).count()
}

#[test]
fn an_address_has_sixty_wrong_codes_and_then_six_a_minute() {
    let clock = clock();
    let guesses = GuessLimiter::new(&clock);
    assert_eq!(answered(&guesses, address(1), 1000), 60);
    assert_eq!(guesses.closed(address(1)), Some(10 * SECOND));
    assert_eq!(guesses.failed(address(1)), Err(10 * SECOND));
    clock.advance(4 * SECOND);
    assert_eq!(guesses.closed(address(1)), Some(6 * SECOND));
    clock.advance(6 * SECOND);
    assert_eq!(answered(&guesses, address(1), 1000), 1);

    let in_a_minute: usize = (0..60)
        .map(|_| {
            clock.advance(SECOND);
            answered(&guesses, address(1), 100)
        })
        .sum();
    assert_eq!(in_a_minute, 6);
    clock.advance(600 * SECOND);
    assert_eq!(answered(&guesses, address(1), 1000), 60, "full again after ten minutes");
}

#[test]
fn a_campus_is_not_locked_out_by_a_few_and_others_not_at_all() {
    let guesses = GuessLimiter::new(&clock());
    assert_eq!(answered(&guesses, address(1), 59), 59, "outdated codes of a whole campus");
    assert_eq!(guesses.closed(address(1)), None);
    assert_eq!(answered(&guesses, address(1), 2), 1);
    assert!(guesses.closed(address(1)).is_some());
    assert_eq!(guesses.closed(address(2)), None, "another address is free");
}

#[test]
fn a_botnet_has_three_thousand_and_then_ten_a_second() {
    let clock = clock();
    let guesses = GuessLimiter::new(&clock);
    let botnet = |tries: u32| (0..tries).filter(|it| answered(&guesses, address(*it), 1) == 1).count();
    assert_eq!(botnet(10_000), 3000);
    // whoever has just guessed wrong waits, and those who come to redeem do not
    assert_eq!(guesses.closed(address(9_999)), Some(Duration::from_millis(100)));
    assert_eq!(believed(&guesses, address(99_999), || true), Some(true));
    assert_eq!(
        believed(&guesses, address(99_999), || false),
        None,
        "a wrong one is not told from a closed bucket"
    );
    assert_eq!(believed(&guesses, address(99_999), || true), None);
    let in_ten_seconds: usize = (0..1000)
        .map(|_| {
            clock.advance(Duration::from_millis(10));
            botnet(50)
        })
        .sum();
    assert_eq!(in_ten_seconds, 100);
}

#[test]
fn a_refused_guess_takes_nothing_from_the_others() {
    let guesses = GuessLimiter::new(&clock());
    // all of them found the bucket open, as requests at the same time do
    assert_eq!((0..10_000).filter(|_| guesses.failed(address(1)).is_ok()).count(), 60);
    let others = (2..10_000).filter(|it| guesses.failed(address(*it)).is_ok()).count();
    assert_eq!(others, 3000 - 60, "one address cannot close the bucket for everybody");
}

#[test]
fn an_ipv6_network_is_one_guesser() {
    let guesses = GuessLimiter::new(&clock());
    let within = |host: u128| IpAddr::V6(Ipv6Addr::from_bits(0x2001_0db8_0002_0003_u128 << 64 | host));
    let counted = (0..1000).filter(|host| answered(&guesses, within(host << 40), 1) == 1).count();
    assert_eq!(counted, 60);
    assert_eq!(guesses.closed("2001:db8:2:4::1".parse().unwrap()), None, "the neighbour is free");
    assert_eq!(answered(&guesses, "::ffff:192.0.2.1".parse().unwrap(), 100), 60);
    assert!(guesses.closed("192.0.2.1".parse().unwrap()).is_some(), "the same address");
}

#[test]
fn a_forwarded_mail_leaves_five_answers_and_one_an_hour() {
    let clock = clock();
    let guesses = GuessLimiter::new(&clock);
    // from ever new addresses: what is guessed at is one invitation
    let tried =
        |tries: u32| (0..tries).filter(|it| guesses.wrong_answer(address(*it), lock(7)).is_ok()).count();
    assert_eq!(tried(1000), 5);
    assert_eq!(guesses.closed_for(lock(7)), Some(3600 * SECOND));
    assert_eq!(guesses.closed_for(lock(8)), None, "another invitation is free");
    assert_eq!(guesses.closed(address(1)), None, "and so are the addresses");
    clock.advance(3600 * SECOND);
    assert_eq!(guesses.closed_for(lock(7)), None);
    assert_eq!(tried(1000), 1);
    clock.advance(24 * 3600 * SECOND);
    assert_eq!(tried(1000), 5);
}

#[test]
fn a_wrong_answer_costs_the_address_too() {
    let guesses = GuessLimiter::new(&clock());
    assert_eq!((0..1000).filter(|it| guesses.wrong_answer(address(1), lock(*it)).is_ok()).count(), 60);
    assert!(guesses.closed(address(1)).is_some());
    assert_eq!(guesses.closed_for(lock(500)), None, "an answer that was not looked at cost nothing");
}

#[test]
fn guesses_at_the_same_time_never_exceed_the_budgets() {
    let guesses = GuessLimiter::new(&clock());
    let count = |number: u32| (0..2000).filter(|_| guesses.failed(address(number)).is_ok()).count();
    let of_one: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| count(1))).collect();
        threads.into_iter().map(|it| it.join().unwrap()).sum()
    });
    assert_eq!(of_one, 60);
    let of_all: usize = thread::scope(|scope| {
        let mine =
            |thread: u32| (0..2000).filter(|it| guesses.failed(address(thread << 16 | it)).is_ok()).count();
        let threads: Vec<_> = (1..9).map(|it| scope.spawn(move || mine(it))).collect();
        threads.into_iter().map(|it| it.join().unwrap()).sum()
    });
    assert_eq!(of_all, 3000 - 60);
}

/// What the service does with a guess: it asks, looks, and asks again or says that it failed.
fn believed(guesses: &GuessLimiter, from: IpAddr, is_right: impl FnOnce() -> bool) -> Option<bool> {
    guesses.closed(from).is_none().then_some(())?;
    if is_right() {
        guesses.closed(from).is_none().then_some(true)
    } else {
        guesses.failed(from).ok().map(|()| false)
    }
}

#[test]
fn a_right_guess_among_many_at_the_same_time_is_not_believed_past_the_budget() {
    let guesses = GuessLimiter::new(&clock());
    // while it is looked at, others spend what the address has left
    let answer = believed(&guesses, address(1), || {
        assert_eq!(answered(&guesses, address(1), 1000), 60);
        true
    });
    assert_eq!(answer, None);
    assert_eq!(believed(&guesses, address(2), || true), Some(true));
}

#[test]
fn a_long_attack_from_ever_new_addresses_leaves_little_behind() {
    let clock = clock();
    let guesses = GuessLimiter::new(&clock);
    let mut next = 0;
    let mut most = 0;
    // three hours
    for _ in 0..10_800 {
        clock.advance(SECOND);
        for _ in 0..20 {
            next += 1;
            answered(&guesses, address(next), 1);
        }
        most = most.max(guesses.buckets().address.size());
    }
    assert!(most > 1000, "they are remembered at all: {most}");
    // one failure is forgotten after twenty seconds
    assert!(most < 10_000, "{most} of {next} addresses");
    assert_eq!(guesses.buckets().everybody.size(), 2);
}

/// A storm from more networks than are remembered keeps everybody out while it lasts, and nobody after it.
#[test]
fn a_storm_of_many_networks_is_forgotten_after_ten_minutes() {
    let clock = clock();
    let guesses = GuessLimiter::new(&clock);
    let storm = |from: u32, networks: u32| {
        for it in from..from + networks {
            answered(&guesses, address(it), 1);
        }
    };
    storm(0, 3000);
    storm(10_000, 100_001);
    assert!(guesses.closed(address(1_000_000)).is_some(), "more than can be remembered");
    // a few more keep the bucket of all closed, and ten minutes later the many are forgotten
    clock.advance(660 * SECOND);
    storm(2_000_000, 3500);
    assert!(guesses.closed(address(2_000_000 + 3400)).is_some());
    assert_eq!(believed(&guesses, address(1_000_000), || true), Some(true));
}

#[test]
fn pruning_opens_no_door() {
    let clock = clock();
    let guesses = GuessLimiter::new(&clock);
    assert_eq!(answered(&guesses, address(0), 100), 60);
    assert_eq!(answered(&guesses, address(1), 50), 50);
    clock.advance(5 * SECOND);
    // enough others for a pruning or two
    assert_eq!((2..2500).filter(|it| answered(&guesses, address(*it), 1) == 1).count(), 2498);
    assert_eq!(guesses.closed(address(0)), Some(5 * SECOND));
    assert_eq!(answered(&guesses, address(1), 100), 10);
}

#[test]
fn a_year_at_the_global_limit_finds_no_code() {
    let year = f64::from(EVERYBODY.at_once.get()) + 365.0 * 86_400.0 / EVERYBODY.then_every.as_secs_f64();
    let odds = year * 100_000.0 / 2_f64.powi(60);
    assert!((1.0 / odds - 36_558.0).abs() < 1.0, "1 in {}", 1.0 / odds);
}

/// What is logged meanwhile.
fn logged(work: impl FnOnce()) -> String {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let writer = Arc::clone(&lines);
    let subscriber =
        tracing_subscriber::fmt().with_ansi(false).with_writer(move || Lines(Arc::clone(&writer))).finish();
    tracing::subscriber::with_default(subscriber, work);
    let bytes = lines.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_attack_is_one_line_without_the_address() {
    let clock = clock();
    let guesses = GuessLimiter::new(&clock);
    let hour = || {
        for _ in 0..3600 {
            clock.advance(SECOND);
            answered(&guesses, "203.0.113.77".parse().unwrap(), 10);
        }
    };
    let log = logged(hour);
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(log.contains("WARN") && log.contains("one address") && log.contains("at_once=60"), "{log}");
    assert!(!log.contains("203"), "{log}");
    clock.advance(1200 * SECOND);
    assert_eq!(logged(hour).lines().count(), 1, "after a calm it is news again");
}

#[test]
fn in_a_storm_a_whole_ipv6_site_has_one_guess_in_ten_minutes() {
    let clock = clock();
    let guesses = GuessLimiter::new(&clock);
    let site =
        |number: u128| IpAddr::V6(std::net::Ipv6Addr::from_bits(0x2001_0db8_0001 << 80 | number << 64));
    // the storm blows all the time, from elsewhere
    let storm = |from: u32| (from..from + 4000).filter(|it| guesses.failed(address(*it)).is_ok()).count();
    assert_eq!(storm(0), 3000);
    assert_eq!(believed(&guesses, site(1), || false), None);
    for minute in 0..12 {
        assert!(storm(10_000 * (minute + 1)) <= 600);
        let is_open = guesses.closed(site(u128::from(minute) + 2)).is_none();
        assert_eq!(is_open, minute >= 10, "minute {minute}");
        clock.advance(Duration::from_mins(1));
    }
}
