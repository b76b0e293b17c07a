//! The report for the dean: its numbers, what does not stand in it, and the files that it is.

mod bounds;
mod files;
mod numbers;

use std::path::Path;

use gradpass::sandbox::relay::{Act, Step, script};
use gradpass::sandbox::seek::healthy;

use crate::world::{SeekThread, World, code};

/// Seven graduates, of whom one has two qualifications and a domain of her own.
const ROSTER: &str = "\
student_id,full_name,email,course_code,course_name,conferral_year
s0001,Zaphod Quillfeather,zaphod@mailbox.example,BA,Bachelor of Arts,2024
s0002,Brunhilde Oxenstrale,brunhilde@mailbox.example,BA,Bachelor of Arts,2024
s0003,Jedediah Vortigern,jedediah@mailbox.example,BA,Bachelor of Arts,2024
s0004,Wilhelmina Xanthippe,wilhelmina@mailbox.example,BA,Bachelor of Arts,2024
s0005,Ottokar Yggdrasil,ottokar@mailbox.example,BA,Bachelor of Arts,2024
00006,Perpetua Unreachable,perpetua@mailbox.example,BA,Bachelor of Arts,2024
s0007,Clementine Farquhar,clementine@farquhar.example,MSC,Master of R&D,2024
s0007,Clementine Farquhar,clementine@farquhar.example,HS,Home Studies,2024
";

/// One is verified, one submitted, one has used her code, one was refused by the relay; the others were only mailed.
fn eventful() -> (World, SeekThread) {
    let world = World::with(script(|moment| match (moment.step, moment.argument) {
        (Step::Recipient, "perpetua@mailbox.example") => Act::Reply("550 5.1.1 unknown".into()),
        _ => Act::Accept,
    }));
    let seek = world.seek_pass(healthy());
    world.invite(ROSTER);
    let mails = world.relay.messages();
    let code_of = |name: &str| {
        let mail = mails.iter().find(|mail| mail.recipient.iter().any(|address| address.starts_with(name)));
        code(mail.unwrap())
    };
    let service = world.serve();
    for name in ["zaphod", "brunhilde"] {
        service.visitor().arrive(&code_of(name));
    }
    service.visitor().press(&code_of("clementine"));
    drop(service);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    let asked = world.gradpass(&["follow-up"]);
    assert!(asked.code == 1 && asked.stdout.contains("1 verified"), "somebody needs a person: {asked:?}");
    // the program asked by the system's clock; half past midnight of the 24th in Melbourne
    world.change(
        "UPDATE submission SET ended_at = strftime('%s', '2026-11-23T13:30:00') * 1000 WHERE state = 'verified'",
    );
    // a roster is refused for it today; a ledger may hold it from before
    world.change("UPDATE qualification SET course_name = '+Home Studies' WHERE course_code = 'HS'");
    (world, seek)
}

/// A table of the report, without its byte order mark.
fn table(folder: &Path, name: &str) -> String {
    let text = std::fs::read_to_string(folder.join(format!("gradpass-{name}.csv"))).unwrap();
    text.strip_prefix('\u{feff}').unwrap().replace("\r\n", "\n")
}
