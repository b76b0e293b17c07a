//! Nothing personal is printed or logged, at the noisiest levels there are, whatever goes wrong; and no code is
//! readable on the disk.

use std::sync::Arc;
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::invitation::key::CodeKey;
use gradpass::sandbox::relay::{Act, Delivered, Step, script};
use reqwest::Method;

use crate::world::{Ran, World, code};

/// Names and addresses that stand nowhere else in the program's words.
const PEOPLE: [(&str, &str, &str); 7] = [
    ("s1", "Zaphod Quillfeather", "zaphod.quillfeather@mailbox.example"),
    ("s2", "Brünhilde Öxenstråle", "brunhilde.ox@mailbox.example"),
    ("s3", "Nguyễn Khướp", "khuop.ng@mailbox.example"),
    ("s4", "Jedediah O'Vortigern", "vortigern99@mailbox.example"),
    ("s5", "Wilhelmina Xanthippe", "w.xanthippe@mailbox.example"),
    ("s6", "Ottokar Yggdrasil", "ottokar.ygg@mailbox.example"),
    ("s7", "Clementine Farquhar", "c.farquhar@mailbox.example"),
];

/// A row with a mistake, and one that shares an address: what is in them is as personal as the rest.
const REJECTED: [(&str, &str); 2] = [
    ("Perpetua Unreachable", "perpetua at mailbox.example"),
    ("Theophilus Sharer", "ottokar.ygg@mailbox.example"),
];

/// A relay that spoils something for most, and repeats the address in every answer as relays like to.
fn spoiling() -> World {
    World::with_login(script(|moment| {
        let at = moment.argument;
        match moment.step {
            Step::Recipient if at.starts_with("zaphod") => {
                Act::Reply(format!("550 5.1.1 <{at}>: no such user"))
            }
            Step::Recipient if at.starts_with("brunhilde") => {
                Act::Reply(format!("451 4.2.1 {at} is greylisted"))
            }
            Step::Content if at.starts_with("khuop") => Act::HangUpAfterAccepting,
            Step::Content if at.starts_with("vortigern") => Act::Reply(format!("554 5.7.1 spam for {at}")),
            Step::Recipient if at.starts_with("w.xan") => Act::Reply(format!("421 4.3.2 {at}: closing")),
            _ => Act::Accept,
        }
    }))
}

fn roster() -> String {
    let header = "student_id,full_name,email,course_name,conferral_year,date_of_birth";
    let row =
        |(student_id, name, email)| format!("{student_id},{name},{email},Bachelor of Arts,2024,1999-12-28");
    let rejected = ["r1", "r2"].into_iter().zip(REJECTED).map(|(id, (name, email))| (id, name, email));
    let rows = PEOPLE.into_iter().chain(rejected).map(row);
    std::iter::once(header.to_owned()).chain(rows).collect::<Vec<_>>().join("\n") + "\n"
}

/// Everything that must not be seen, in lower case.
fn secrets(mails: &[Arc<Delivered>]) -> Vec<String> {
    let words =
        |name: &str| name.split([' ', '\'']).filter(|it| it.chars().count() > 3).map(str::to_owned).collect();
    let mut secrets: Vec<String> = Vec::new();
    let people = PEOPLE.map(|(_, name, email)| (name, email)).into_iter().chain(REJECTED);
    for (name, email) in people {
        let words: Vec<String> = words(name);
        secrets.extend(words);
        secrets.extend([name.to_owned(), email.to_owned()]);
        secrets.push(email.split(['@', ' ']).next().unwrap().to_owned());
    }
    for mail in mails {
        let code = code(mail);
        secrets.extend([code.replace('-', ""), code.split('-').next_back().unwrap().to_owned(), code]);
    }
    // the last is user name and password as AUTH PLAIN carries them
    secrets.extend(
        ["right-password", "AGdyYWR1YXRpb25zAHJpZ2h0LXBhc3N3b3Jk", "1999-12-28", "/r/"].map(str::to_owned),
    );
    secrets.iter().map(|secret| secret.to_lowercase()).collect()
}

#[test]
fn nothing_personal_is_printed_or_logged() {
    let noisy: [(&[&str], Option<&str>); 4] = [
        (&["-vv"], None),
        (&["-vv", "--log-format", "json"], None),
        (&[], Some("trace")),
        (&["--log-format", "json", "--json"], Some("trace")),
    ];
    for (arguments, level) in noisy {
        let world = spoiling();
        world.write("roster.csv", roster().as_bytes());
        let mut said = Vec::new();
        for (command, ends) in [
            (&["check"][..], 0),
            (&["import", "roster.csv", "--rejects", "rejects.csv"], 1),
            (&["send"], 1),
            (&["run", "roster.csv"], 1),
            (&["retry"], 1),
            (&["status"], 0),
        ] {
            let mut program = world.command(&[arguments, command].concat());
            if let Some(level) = level {
                program.env("RUST_LOG", level);
            }
            let ran = Ran::of(&mut program);
            assert_eq!(ran.code, ends, "{command:?}");
            said.push(ran);
        }
        let mails = world.relay.messages();
        assert_eq!(mails.len(), 3, "one sent, one in doubt twice");
        let all: String = said.iter().flat_map(|ran| [ran.stdout.as_str(), ran.stderr.as_str()]).collect();
        let all = all.to_lowercase();
        assert!(
            all.contains("s1") && all.contains("in doubt"),
            "the logs do tell what happened, and to whom"
        );
        // the message names only the place of a leak, a failing test is no leak itself
        for (number, secret) in secrets(&mails).iter().enumerate() {
            assert!(!all.contains(secret), "{arguments:?} {level:?} tells secret number {number}: {secret}");
        }
    }
}

#[test]
fn no_code_is_readable_on_the_disk() {
    let world = spoiling();
    let roster = world.write("roster.csv", roster().as_bytes());
    assert_eq!(world.gradpass(&["import", "roster.csv"]).code, 1);
    assert_eq!(world.gradpass(&["send"]).code, 1);
    assert_eq!(world.gradpass(&["retry"]).code, 1);
    std::fs::remove_file(roster).unwrap();
    let mails = world.relay.messages();
    assert_eq!(mails.len(), 3);

    let mut bytes = Vec::new();
    for file in std::fs::read_dir(world.folder.path()).unwrap() {
        bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let disk = String::from_utf8_lossy(&bytes).to_lowercase();
    assert!(disk.contains("zaphod quillfeather"), "what is looked at is the ledger");
    for mail in &mails {
        let code = code(mail).to_lowercase();
        assert!(!disk.contains(&code) && !disk.contains(&code.replace('-', "")));
    }
    // the relay's words are kept, the addresses in them are not
    assert!(world.count("SELECT count(*) FROM attempt WHERE reply LIKE '550 5.1.1 <…> no such user'") > 0);
    assert_eq!(world.count("SELECT count(*) FROM attempt WHERE reply LIKE '%mailbox%'"), 0);
}

#[test]
fn reminders_tell_nothing_personal_either() {
    let mut world = World::new();
    // the program runs by the system's clock
    world.clock = Clock::fixed(Clock::system().now() - Duration::from_hours(24 * 8));
    let text = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private(
        "gradpass.toml",
        &format!("{text}\n[reminders]\nafter_days = [7]\nlist_unsubscribe = true\n"),
    );
    world.invite(&roster().split_inclusive('\n').take(1 + PEOPLE.len()).collect::<String>());
    let mut all = String::new();
    for command in [
        &["check"][..],
        &["run", "--dry-run"],
        &["send", "--dry-run"],
        &["-vv", "follow-up"],
        &["status"],
        &["audit"],
    ] {
        let ran = Ran::of(world.command(command).env("RUST_LOG", "trace"));
        all += &(ran.stdout + &ran.stderr).to_lowercase();
    }
    let mails = world.relay.messages();
    assert_eq!(mails.len(), 2 * PEOPLE.len());
    assert!(all.contains("s1") && all.contains("7 reminders of those sent"), "{all}");
    let mut secrets = secrets(&mails);
    secrets.push("/opt-out/".to_owned());
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!all.contains(secret), "secret number {number}: {secret}");
    }
}

/// SEEK Pass that stumbles over the first calls, so that what is logged of failures is seen as well.
fn stumbling() -> gradpass::sandbox::seek::Script {
    use gradpass::sandbox::seek::{Endpoint, Fault, script};
    script(|endpoint, count| match (endpoint, count) {
        (Endpoint::Add, 1) => Fault::DropAfterReading,
        (Endpoint::Add, 3) => Fault::Status(422, None),
        (Endpoint::Add, 5) => Fault::Status(429, Some("1".into())),
        _ => Fault::None,
    })
}

const LINK: &str = "https://files.northfield.example/c/Quibblefile";

const SUBJECTS: &str =
    "student_id,subject,code,grade,completion_date,issuance_date\ns1,Strawology,Q1,A,2022,2024-11-30\n";

#[test]
fn the_service_tells_nothing_personal_either() {
    for (arguments, level) in
        [(&["-vv"][..], None), (&[], Some("trace")), (&["--log-format", "json"], Some("trace"))]
    {
        let world = World::new();
        let seek = world.seek_pass(stumbling());
        let web = "listen = \"127.0.0.1:0\"\nquestion = \"date_of_birth\"\ntrusted_proxies = [\"127.0.0.1\"]";
        let roster =
            "[roster]\ndocument_domains = [\"files.northfield.example\"]\ntranscripts = \"subjects.csv\"";
        world.seek_pass_at(&seek.seek.base_url(), web, roster);
        // the program runs by the system's clock, and so must SEEK Pass
        let people = PEOPLE.map(|(id, name, email)| {
            format!("{id},{name},{email},Bachelor of Arts,2024,1999-12-28,{LINK}-{id}.pdf\n")
        });
        let header = "student_id,full_name,email,course_name,conferral_year,date_of_birth,document_url\n";
        world.write("subjects.csv", SUBJECTS.as_bytes());
        world.write("roster.csv", (header.to_owned() + &people.concat()).as_bytes());
        let imported =
            Ran::of(world.command(&["run", "roster.csv"]).env("RUST_LOG", level.unwrap_or("debug")));
        assert_eq!(imported.code, 0, "{}", imported.stderr);
        let mails = world.relay.messages();

        let serving = world.serving(arguments, level);
        let visitor = serving.visitor().with("x-forwarded-for", "203.0.113.77");
        let mut links = Vec::new();
        for mail in &mails {
            let code = code(mail);
            let born = |answer: &'static str| [("code", code.clone()), ("answer", answer.to_owned())];
            assert_eq!(visitor.get(&format!("/r/{code}")).status, 200);
            let submit = |answer| {
                let fields = born(answer);
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                visitor.submit(&fields)
            };
            assert_eq!(submit("1-1-1999").status, 404);
            let answer = submit("28/12/1999");
            links.extend(answer.headers.get("location").map(|link| link.to_str().unwrap().to_owned()));
        }
        visitor.press("typo");
        visitor.get("/wait/1-forged");
        let token = CodeKey::new([7; 32]).opt_out_token(1);
        for method in [Method::GET, Method::POST] {
            assert_eq!(visitor.method(method, &format!("/opt-out/{token}")).status, 200);
        }
        assert!(links.len() >= 2, "some were redeemed at once");
        let ran = serving.terminate();
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let shown = world.gradpass(&["show", "s1"]);
        assert!(shown.stdout.contains("with a transcript of 1 subject and a PDF"), "{}", shown.stdout);
        let said = [&imported, &ran, &shown].map(|ran| [ran.stdout.as_str(), &ran.stderr].concat());
        let all = said.concat();
        let all = all.to_lowercase();
        assert!(
            all.contains("redeemed") && all.contains("s1"),
            "the logs do tell what happened, and to whom"
        );
        let mut secrets = secrets(&mails);
        // what a link is known by
        secrets.extend(links.iter().map(|link| link.split("content=").nth(1).unwrap().to_lowercase()));
        secrets.push(token);
        secrets.extend(
            ["sandbox-secret", "eyjhbgci", "203.0.113.77", "28/12/1999", "quibblefile", "strawology"]
                .map(str::to_owned),
        );
        for (number, secret) in secrets.iter().enumerate() {
            assert!(!all.contains(secret), "{arguments:?} {level:?} tells secret number {number}: {secret}");
        }
    }
}
