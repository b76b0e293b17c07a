//! The real program on a disk that is full after so many bytes of a file, for more and more bytes until there is room: it
//! says so and ends with 2, or the system kills it in the middle of a write. Either way the next run makes it good.

use std::process::{Command, Stdio};

use super::beginnings::changed;
use crate::effort::stride;
use crate::scenario::model::{Roster, csv, listing};
use crate::scenario::{Place, Scenario, Step, promises};

/// A page of the write-ahead log, in the blocks of `ulimit`.
const PAGE: usize = 8;

/// The program with these arguments, whose files may have so many blocks of 512 bytes. The system sends it a signal when
/// it writes more; without the signal it gets an error.
fn limited(scenario: &Scenario, blocks: usize, is_killed: bool, arguments: &[&str]) -> (Option<i32>, String) {
    let signal = if is_killed { "" } else { "trap '' XFSZ; " };
    let script = format!("{signal}ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.current_dir(scenario.world.folder.path()).args(["-c", &script, env!("CARGO_BIN_EXE_gradpass")]);
    let output = command.args(arguments).env_remove("RUST_LOG").stdin(Stdio::null()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Tries it with more and more room; returns how many cases ran.
fn sweep(begin: fn() -> Scenario, roster: &Roster, arguments: &[&str], is_killed: bool) -> usize {
    let cases = (1..).step_by(stride(6)).take_while(|pages| {
        let mut scenario = begin();
        scenario.world.write("roster.csv", csv(roster).as_bytes());
        scenario.expects(&Step::Run(roster.clone()));
        let (code, said) = limited(&scenario, pages * PAGE, is_killed, arguments);
        let case = format!("{arguments:?} with room for {pages} pages: {code:?}, {said}");
        if code == Some(0) {
            return false;
        }
        match code {
            Some(code) => {
                assert_eq!(code, 2, "{case}");
                assert!(said.contains("ledger") || said.contains("lock file"), "{case}");
            }
            None => assert!(is_killed, "{case}"),
        }
        promises::fulfilled(&mut scenario);
        true
    });
    cases.count()
}

fn mailed() -> Scenario {
    let mut scenario = Scenario::new(Place::File, 1, "");
    scenario.does(&Step::Import(listing(1..=3)));
    scenario.does(&Step::Send);
    scenario
}

#[test]
fn a_night_on_a_full_disk() {
    let cases = sweep(mailed, &changed(), &["run", "roster.csv"], false);
    println!("{cases} cases");
    assert!(cases >= 3, "only {cases} cases");
}

#[test]
fn a_night_that_is_killed_while_it_writes() {
    let cases = sweep(mailed, &changed(), &["run", "roster.csv"], true);
    println!("{cases} cases");
    assert!(cases >= 3, "only {cases} cases");
}
