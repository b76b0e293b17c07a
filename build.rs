//! Lets `sqlx` check every statement at build time, on a fresh clone, with no database at hand: describes each by a throw-away
//! ledger, and points the macros at the descriptions (`build/statements.rs`).
//!
//! Holds the built-in languages against English and against the templates: a text that is missing, or that nobody uses, is a
//! build error.

#[path = "src/wording/agreement.rs"]
mod agreement;
#[path = "build/statements.rs"]
mod statements;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script where to write through the environment, and people which server to ask"
)]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=sql");
    for folder in TEMPLATES.iter().chain([&LANGUAGES]) {
        println!("cargo:rerun-if-changed={folder}");
    }
    println!("cargo:rerun-if-changed=src/wording/agreement.rs");

    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let tags = tags()?;
    fs::write(out.join("languages.rs"), languages(&tags)?)?;
    let list = format!("/// Their tags.\npub(crate) const BUILT_IN: [&str; {}] = {tags:?};\n", tags.len());
    fs::write(out.join("language_tags.rs"), list)?;

    let described = out.join("statements");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    println!("cargo:rerun-if-env-changed={}", statements::SERVER);
    let server = std::env::var(statements::SERVER).ok();
    let macros = out.join("postgres_statements.rs");
    for problem in runtime.block_on(statements::describe(&described, &macros, server.as_deref()))? {
        println!("cargo::error={problem}");
    }
    println!("cargo:rustc-env=SQLX_OFFLINE_DIR={}", described.display());
    println!("cargo:rustc-env=SQLX_OFFLINE=true");
    Ok(())
}

/// One file a language, named by its tag.
const LANGUAGES: &str = "src/wording/languages";

/// Where the templates are.
const TEMPLATES: [&str; 3] = ["src/email/templates", "src/email/templates/reminder", "src/redemption/pages"];

/// Texts that no template asks for, but the program.
const OF_THE_PROGRAM: [&str; 3] = ["language", "moment", "time-of-day"];

/// The tags of the built-in languages.
fn tags() -> Result<Vec<String>, Box<dyn Error>> {
    let stems = files(LANGUAGES)?
        .into_iter()
        .map(|path| path.file_stem().map(|tag| tag.to_string_lossy().into_owned()));
    Ok(stems.flatten().collect())
}

/// The source of the list of built-in languages, which agree with each other.
fn languages(tags: &[String]) -> Result<String, Box<dyn Error>> {
    let file = |tag: &str| format!("{LANGUAGES}/{tag}.ftl");
    let english = fs::read_to_string(file("en"))?;
    let mut wrong = unused(&english)?;
    let mut list = String::new();
    for tag in tags {
        let file = file(tag);
        for fault in agreement::faults(&english, &fs::read_to_string(&file)?, true) {
            let line = fault.line.map(|line| format!(":{line}")).unwrap_or_default();
            wrong.push(format!("{file}{line}: {}", fault.problem));
        }
        write!(
            list,
            "({tag:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))), ",
            format!("/{file}")
        )?;
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    Ok(format!(
        "/// The built-in languages: tag and texts.\n\
         pub(crate) const BUILT_IN: [(&str, &str); {}] = [{list}];\n\
         const ENGLISH: &str = include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{LANGUAGES}/en.ftl\"));\n",
        tags.len()
    ))
}

/// What templates ask for and English lacks, and the other way round.
fn unused(english: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let (there, within) = agreement::ids(english);
    let mut used: BTreeSet<String> = OF_THE_PROGRAM.map(str::to_owned).into_iter().chain(within).collect();
    let mut wrong = Vec::new();
    for path in TEMPLATES.iter().map(|folder| files(folder)).collect::<Result<Vec<_>, _>>()?.concat() {
        let source = fs::read_to_string(&path)?;
        let calls =
            source.match_indices("t(\"").filter(|(at, _)| !source[..*at].ends_with(char::is_alphanumeric));
        for asked in calls.filter_map(|(at, call)| source[at + call.len()..].split('"').next()) {
            if !there.contains(asked) {
                wrong.push(format!("{}: there is no text {asked} in {LANGUAGES}/en.ftl", path.display()));
            }
            used.insert(asked.to_owned());
        }
    }
    wrong.extend(there.difference(&used).map(|id| format!("{LANGUAGES}/en.ftl: nobody asks for {id}")));
    Ok(wrong)
}

/// Templates or texts in a folder, in their order.
fn files(folder: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "j2" || kind == "ftl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
