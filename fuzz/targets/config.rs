//! A configuration: an error that names the file and holds no secret, or settings that mails and pages can be made with.
#![no_main]

use std::path::Path;

use gradpass::config::Config;
use gradpass::email::Composer;
use gradpass::email::templates::Templates;
use gradpass::redemption::pages::{Page, Pages};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| match Config::parse(text, Path::new("gradpass.toml")) {
    Ok(config) => {
        let _ = Composer::new(Templates::load(None, &config.institution.languages).unwrap(), &config);
        let pages = Pages::load(None, &config.institution, &config.web).unwrap();
        pages.render("en", &Page::Verified).unwrap();
    }
    Err(error) => {
        let error = error.to_string();
        assert!(error.starts_with("configuration gradpass.toml: "), "{error}");
        // the corpus has it as its password
        assert!(!error.contains("hunter2") && !error.contains("20002"), "{error}");
    }
});
