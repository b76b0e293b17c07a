//! A bounce holds the invitation, its code and the address: nothing of that is printed or logged.

use std::fs;

use super::{about, in_mbox, name, samples, with_bounces};
use crate::world::{Ran, World, code, roster};

#[test]
fn nothing_of_a_bounce_is_printed_or_logged() {
    let samples = samples();
    let world = World::new();
    with_bounces(&world, "address = \"bounces@northfield.example\"\nsource = \"mbox\"");
    world.write("roster.csv", roster(1..=samples.len()).as_bytes());
    world.write("mbox", b"");
    assert_eq!(world.gradpass(&["run", "roster.csv"]).code, 0);
    let mails = world.relay.messages();
    let all = mails
        .iter()
        .zip(&samples)
        .map(|(mail, (_, path))| in_mbox(&about(mail, &name(path)).replace("ABCD-EFGH-JKMN7", &code(mail))));
    let mbox: String = all.collect();
    fs::write(world.path("mbox"), mbox).unwrap();
    let mut said = String::new();
    for command in [
        &["bounces", "mbox"][..],
        &["--json", "run"],
        &["follow-up"],
        &["list", "bounced", "needs-a-person", "complained"],
        &["show", "s0001"],
        &["status"],
    ] {
        let ran = Ran::of(world.command(command).env("RUST_LOG", "trace"));
        assert!([0, 1, 75].contains(&ran.code), "{ran:?}");
        said += &(ran.stdout + &ran.stderr).to_lowercase();
    }
    assert!(said.contains("bounced") && said.contains("s0001"));
    for mail in &mails {
        let token = mail.sender.trim_start_matches("bounces+").split('@').next().unwrap();
        for secret in [code(mail).to_lowercase(), mail.recipient[0].clone(), token.to_owned()] {
            assert!(!said.contains(&secret), "{secret}");
        }
    }
    for raw in ["recipient table", "mx.mailbox.example", "elsewhere@other.example", "confirm your email"] {
        assert!(!said.contains(raw), "{raw}");
    }
}
