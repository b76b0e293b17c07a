//! Rosters of several types of credentials over one ledger: what SEEK Pass is told of each, what each may withdraw, which words
//! graduates and officers read.

mod details;
mod documents;
mod journey;
mod mistakes;
mod scopes;
mod together;
mod transcripts;
mod words;

use std::path::PathBuf;
use std::time::Duration;

use gradpass::import::{self, Imported};
use gradpass::invitation::key::CodeKey;
use gradpass::roster::RosterSettings;
use gradpass::sandbox::seek::healthy;

use crate::roster::desk::Heard;
use crate::world::{Ran, SeekThread, World, anything_goes, process, text};

pub const AWARDS: &str = "\
student_id,full_name,email,course_name,conferral_year
s1,Mira Tan,mira@mailbox.example,Bachelor of Arts,2023
s2,Ben Okafor,ben@mailbox.example,Master of Science,2024
";

pub const RESULTS: &str = "\
student_id,full_name,email,test_provider,test_name,completion_date,expiry_date,overall_score,overall_scale,cefr_combined,\
cefr_reading,cefr_writing,score_reading,subskills,partner_chain
s1,Mira Y. Tan,mira@mailbox.example,Example Tests Ltd,Example English Test,2025-05-02,2027-05-02,7.5,9,c1,C1,B2+,8.0,\
Grammar: 64; Vocabulary: 70,Example Network; Example Hub
";

pub const COURSES: &str = "\
student_id,full_name,email,microcredential_name,issue_date,assessment_result,issuer_name
s1,Mira Tan,mira@mailbox.example,Data Literacy,2025-03-14,85%,
s3,Suharto,suharto@mailbox.example,First Aid,2025-04-01,,ABC Management Academy
";

/// A world with SEEK Pass in good health.
pub fn world() -> (World, SeekThread) {
    let world = World::new();
    let seek = world.seek_pass(healthy());
    (world, seek)
}

/// The roster as a file, imported by the program with these arguments.
pub fn import(world: &World, roster: &str, arguments: &[&str]) -> Ran {
    world.write("roster.csv", roster.as_bytes());
    world.gradpass(&[&["import", "roster.csv"], arguments].concat())
}

/// The roster imported by the world's clock; what was told of it, mistakes and notes.
pub fn told(world: &World, roster: &str, credential_type: &str) -> (Imported, String) {
    let path = world.write("roster.csv", roster.as_bytes());
    told_of(world, path, credential_type)
}

/// The same of a file that is there.
pub fn told_of(world: &World, path: PathBuf, credential_type: &str) -> (Imported, String) {
    let mut heard = Heard::default();
    let imported = process(async {
        let (config, store, now) = (world.config(), world.open().await.unwrap(), world.clock.now());
        let credential_type = Some(credential_type.parse().unwrap());
        let settings = RosterSettings { credential_type, ..config.roster.clone() };
        let today = now.to_zoned(config.institution.time_zone.clone()).date();
        let key = CodeKey::read(&config.key_file).unwrap();
        let at = (today, now);
        import::import(&store, &[path], &settings, &anything_goes(), &key, at, &mut heard).await.unwrap()
    });
    let Heard(mistakes, notes) = heard;
    (imported, [mistakes, notes].concat().join("\n"))
}

/// The same, without a mistake.
pub fn imported(world: &World, roster: &str, credential_type: &str) -> (Imported, String) {
    let (imported, told) = told(world, roster, credential_type);
    assert_eq!(imported.rejected, 0, "{told}");
    world.clock.advance(Duration::from_mins(1));
    (imported, told)
}

/// Adds these lines to `[roster]` of the configuration; whatever changes is plausible.
pub fn configure(world: &World, lines: &str) {
    let config = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let more = format!("{config}\n[guard]\nremovals = 1.0\nchanges = 1.0\n[roster]\n{lines}\n");
    world.write_private("gradpass.toml", &more);
}

/// Everybody is mailed and adds everything; the ids at SEEK Pass.
pub fn added(world: &World, seek: &SeekThread) -> Vec<String> {
    let before = seek.seek.ids().len();
    let service = world.serve();
    for (_, code) in invite(world) {
        service.visitor().arrive(&code);
    }
    seek.seek.ids().split_off(before)
}

/// The latest mail to an address: its text.
pub fn mail_to(world: &World, address: &str) -> String {
    let mails = world.relay.messages();
    let latest = mails.iter().rfind(|mail| mail.recipient[0].as_str() == address);
    text(latest.unwrap_or_else(|| panic!("no mail to {address}")))
}

/// The codes of everybody who is mailed now, by address.
pub fn invite(world: &World) -> Vec<(String, String)> {
    let before = world.relay.messages().len();
    assert_eq!(world.send().left.waiting, 0);
    let mails = world.relay.messages().split_off(before);
    mails.iter().map(|mail| (mail.recipient[0].as_str().to_owned(), crate::world::code(mail))).collect()
}
