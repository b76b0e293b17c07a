//! What was purged cannot be read in the ledger's files any more.

use std::fs;

use gradpass::sandbox::relay::healthy;
use gradpass::sandbox::seek;

use super::{ROSTER, counts, eventful, pass, purge, world_with};
use crate::world::World;

/// The ledger and everything beside it, as bytes.
fn disk(world: &World) -> Vec<u8> {
    let mut bytes = Vec::new();
    for file in fs::read_dir(world.folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("gradpass.db") {
            // a connection that is just being closed takes its log with it
            bytes.extend(fs::read(path).unwrap_or_default());
        }
    }
    bytes
}

fn holds(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

#[test]
fn nothing_of_a_purged_graduate_is_left_in_the_files() {
    let (world, seek) = eventful();
    // an address that the ledger has forgotten already
    world.import(&ROSTER.replace("vortigern@", "vortigern.old.friend@"));
    world.import(ROSTER);
    assert_eq!(world.send().left.waiting, 0);
    let mut needles: Vec<String> =
        ROSTER.lines().skip(1).flat_map(|line| line.split(',')).map(str::to_owned).collect();
    // years are too short to be found nowhere by chance
    needles.retain(|needle| needle.len() > 4 || needle.starts_with("QQX"));
    let forgotten = "vortigern.old.friend";
    needles.extend(["Needleless", "north-", forgotten].map(str::to_owned));
    needles.extend(seek.seek.ids().iter().map(|id| id.trim_start_matches("north-").to_owned()));
    let before = disk(&world);
    for needle in &needles {
        assert!(holds(&before, needle) || needle == forgotten, "{needle} is looked for in vain");
    }
    pass(&world, 1000);
    let counted = counts(&world);
    let serving = world.serving(&[], None);
    assert_eq!(purge(&world), 4);
    let after = disk(&world);
    for needle in &needles {
        assert!(!holds(&after, needle), "{needle} is still there");
    }
    assert_eq!(serving.terminate().code, 0);
    assert_eq!(counts(&world), counted);
    assert_eq!(purge(&world), 0, "nothing is left to do");
    assert_eq!(world.count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(counts(&world), counted);
}

/// Pages that were split and merged, rows in no order: copies of cells lie where nobody would look.
#[test]
fn neither_of_many_whose_pages_were_split_and_moved() {
    let world = world_with(healthy());
    let name = |number: usize| format!("Q{:05}Z", number * 7919 % 100_003);
    for part in [0, 1, 2] {
        let mut text = "student_id,full_name,email,course_name,conferral_year\n".to_owned();
        // the last roster lists nobody of the first ones, and has longer names
        for number in (part..1500).step_by(3) {
            let key = name(number);
            let row = format!("{key},Ada {key},{key}@mailbox.example,Bachelor of {key},2024\n");
            text.push_str(&row);
        }
        world.write("roster.csv", text.as_bytes());
        let ran = world.gradpass(&["import", "roster.csv", "--allow-removals"]);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    pass(&world, 1000);
    // the last third waits to be mailed
    assert_eq!(purge(&world), 1000);
    let bytes = disk(&world).to_ascii_lowercase();
    let is_there = |number: usize| {
        let key = name(number).to_ascii_lowercase();
        holds(&bytes, &key)
    };
    let left: Vec<_> =
        (0..1500).filter(|number| number % 3 != 2 && number % 7 == 0 && is_there(*number)).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(is_there(2));
}

#[test]
fn neither_a_document_nor_a_transcript_is_left() {
    let world = world_with(healthy());
    let seek = world.seek_pass(seek::healthy());
    let config = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let roster =
        "[roster]\ndocument_domains = [\"files.northfield.example\"]\ntranscripts = \"subjects.csv\"\n";
    world.write_private("gradpass.toml", &(config + roster));
    let subjects = "student_id,subject,code,grade,completion_date,issuance_date\n\
                    Needle01,Strawology,QQS1,Haystack,2022,2023-11-30\n";
    world.write("subjects.csv", subjects.as_bytes());
    let codes = world.invite(
        "student_id,full_name,email,course_name,conferral_year,document_url\n\
         Needle01,Zaphod Quill,zaphod@mailbox.example,Bachelor of Arts,2023,https://files.northfield.example/Needle9f3e.pdf\n",
    );
    world.serve().visitor().arrive(&codes[0]);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let needles = ["Needle9f3e", "Strawology", "QQS1"];
    assert!(needles.iter().all(|needle| holds(&disk(&world), needle)));
    pass(&world, 1000);
    assert_eq!(purge(&world), 1);
    assert!(!needles.iter().any(|needle| holds(&disk(&world), needle)));
}
