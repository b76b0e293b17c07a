//! What somebody types as a code: what is taken once is taken again in its printed form.
#![no_main]

use gradpass::invitation::code::Code;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    if let Ok(code) = Code::parse(typed) {
        let grouped = code.grouped();
        assert_eq!(Code::parse(&grouped).unwrap().grouped(), grouped);
    }
});
