//! What the documents say is there, and what is there they say.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, ValueEnum};
use gradpass::cli::Cli;
use gradpass::config::{Config, EXAMPLE, Environment, Origin};
use gradpass::report::Exit;
use gradpass::store::Standing;

use crate::world::World;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// All Rust of a folder.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &sources(&path);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            text += &fs::read_to_string(path).unwrap();
        }
    }
    text
}

/// The documents for people: README and everything in `docs`.
fn documents() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let documents = entries.filter(|path| path.extension().is_some_and(|kind| kind == "md"));
    documents.chain([root().join("README.md")]).collect()
}

/// What stands between single backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The rows of the table below a heading, without its head.
fn rows<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let (_, section) = page.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{heading}"));
    let lines = section.lines().skip_while(|line| !line.starts_with('|'));
    lines.take_while(|line| line.starts_with('|')).skip(2).collect()
}

/// The first cell of a row of a table, without its backticks.
fn name(row: &str) -> &str {
    row.trim_start_matches('|').split('|').next().unwrap().trim().trim_matches('`')
}

/// A heading as an address has it behind the `#`.
fn anchor(heading: &str) -> String {
    let kept = heading
        .to_lowercase()
        .chars()
        .filter(|it| it.is_alphanumeric() || " -_".contains(*it))
        .collect::<String>();
    kept.replace(' ', "-")
}

#[test]
fn every_test_named_in_the_docs_exists() {
    let page = text("docs/security.md");
    let named: Vec<_> = quoted(&page).filter(|text| text.contains("::")).collect();
    assert!(named.len() > 30);
    let sources = sources(&root().join("src")) + &sources(&root().join("tests"));
    for test in named {
        let name = test.rsplit("::").next().unwrap();
        assert!(sources.contains(&format!("fn {name}(")), "{test}");
    }
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut links = 0;
    for document in documents() {
        let page = fs::read_to_string(&document).unwrap();
        for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") {
                continue;
            }
            let (path, place) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if path.is_empty() { document.clone() } else { document.parent().unwrap().join(path) };
            assert!(target.exists(), "{}: {link}", document.display());
            if !place.is_empty() {
                let there = fs::read_to_string(&target).unwrap();
                let mut headings = there.lines().filter(|line| line.starts_with('#'));
                let found = headings.any(|line| anchor(line.trim_start_matches('#').trim()) == place);
                assert!(found, "{}: {link}", document.display());
            }
            links += 1;
        }
    }
    assert!(links > 30, "{links}");
}

/// Files of the program, as documents and comments name them: as they stand, or from `src` or `sql/queries` on.
#[test]
fn every_file_that_a_document_names_exists() {
    let is_file = |word: &&str| {
        let ending = Path::new(word).extension().unwrap_or_default();
        ["rs", "sql", "toml"].iter().any(|known| ending == *known)
            && word.contains('/')
            && !word.starts_with('/')
            && !word.contains(['*', ' ', '…', '<', '$'])
    };
    // parts of the path that stand for something
    let is_shape =
        |word: &&str| word.split(['/', '.']).any(|part| ["TYPE", "NAME", "TAG", "KIND"].contains(&part));
    let mut missing = Vec::new();
    let decisions = fs::read_dir(root().join("docs/decisions")).unwrap().map(|entry| entry.unwrap().path());
    for path in documents().into_iter().chain(decisions).chain([root().join("CONTRIBUTING.md")]) {
        let page = fs::read_to_string(&path).unwrap();
        for word in quoted(&page).filter(is_file).filter(|word| !is_shape(word)) {
            if !["", "src", "tests/it"].iter().any(|folder| root().join(folder).join(word).exists()) {
                missing.push(format!("{}: {word}", path.file_name().unwrap().display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_exit_code_stands_in_the_runbook() {
    let page = text("docs/runbook.md");
    let codes: Vec<_> =
        rows(&page, "## Exit codes").iter().map(|row| name(row).parse::<u8>().unwrap()).collect();
    let there_are = [Exit::Done, Exit::NeedsPerson, Exit::CouldNotRun, Exit::Later].map(|exit| exit as u8);
    assert_eq!(codes, there_are);
}

#[test]
fn every_command_and_every_list_stands_in_the_runbook() {
    let page = text("docs/runbook.md");
    let (_, tables) = page.split_once("\n## Commands\n").unwrap();
    let commands: Vec<_> = Cli::command().get_subcommands().map(|it| it.get_name().to_owned()).collect();
    assert!(commands.len() > 20);
    for command in &commands {
        let is_there = quoted(tables).any(|it| it.split(' ').next() == Some(command));
        assert!(is_there, "`{command}` is not in the tables of docs/runbook.md");
    }
    let lists: Vec<_> = rows(&page, "### Lists").into_iter().map(name).collect();
    let there_are: Vec<_> = Standing::value_variants()
        .iter()
        .map(|it| it.to_possible_value().unwrap().get_name().to_owned())
        .collect();
    assert_eq!(lists, there_are);
    // and nobody is sent for a command that there is not
    for document in documents() {
        let page = fs::read_to_string(&document).unwrap();
        for line in quoted(&page).filter_map(|it| it.strip_prefix("gradpass ")) {
            let first = line.split([' ', '\n']).find(|word| !word.starts_with('-')).unwrap_or_default();
            let is_command = first.chars().all(|it| it.is_ascii_lowercase() || it == '-');
            assert!(
                !is_command || commands.iter().any(|it| it == first),
                "{}: gradpass {line}",
                document.display()
            );
        }
    }
}

/// What the runbook quotes is what the program says: a text that was changed has to be changed there.
#[test]
fn every_message_of_the_runbook_is_one_of_the_program() {
    let page = text("docs/runbook.md");
    // as it is put together from several lines of the source
    let said =
        sources(&root().join("src")).replace("\\\n", "").split_whitespace().collect::<Vec<_>>().join(" ");
    let rows = rows(&page, "## What it says, and what to do");
    assert!(rows.len() > 20);
    for row in rows {
        assert!(said.contains(name(row)), "{}", name(row));
    }
}

#[test]
fn every_key_of_the_configuration_is_documented_with_what_is_usual() {
    let world = World::new();
    let account =
        "[seek_pass]\nbase_url = \"https://seek-pass.example\"\nclient_id = \"x\"\nclient_secret = \"x\"\n";
    let tables = "[roster.columns]\nstudent_id = \"Id\"\n[roster.honours]\nHD = true\n[roster.hold]\nS = [\"D\"]\n[roster.transcript_columns]\nsubject = \"S\"\n";
    let oauth = "[mail.oauth]\ntoken_url = \"https://login.example/token\"\nclient_id = \"x\"\nclient_secret = \"x\"\n";
    let example = EXAMPLE.replace("# username", "username");
    world.write_private("all.toml", &format!("{example}\n{account}{tables}{oauth}"));
    let settings = Config::settings(&world.path("all.toml"), &Environment::default()).unwrap();
    let page = text("docs/configuration.md");
    let documented: Vec<_> = rows(&page, "## Every key").into_iter().map(name).collect();
    // the tables of a roster have keys of the university's
    let parts = |key: &str| if key.starts_with("roster.") { 2 } else { key.len() };
    let mut keys: Vec<_> = settings
        .iter()
        .map(|it| it.key.split('.').take(parts(&it.key)).collect::<Vec<_>>().join("."))
        .collect();
    keys.dedup();
    for key in &keys {
        assert!(documented.contains(&key.as_str()), "{key} is not in docs/configuration.md");
    }
    let shortest = Config::settings(&world.path("gradpass.toml"), &Environment::default()).unwrap();
    for setting in shortest.iter().filter(|it| it.origin == Origin::Default) {
        let row = rows(&page, "## Every key").into_iter().find(|row| name(row) == setting.key).unwrap();
        let usual = row.split('|').nth(2).unwrap().trim();
        let value = setting.value.as_deref().unwrap();
        assert!(
            usual == format!("`{value}`") || usual == format!("`{}`", value.trim_matches('"')),
            "{row}: {value}"
        );
    }
    for key in &documented {
        assert!(keys.iter().any(|it| it == key), "{key} of docs/configuration.md does not exist");
    }
}

#[test]
fn every_alert_stands_in_the_runbook_and_asks_for_metrics_that_there_are() {
    let (alerts, page) = (text("packaging/prometheus-alerts.yml"), text("docs/runbook.md"));
    let named: Vec<_> = alerts.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    let documented: Vec<_> = rows(&page, "## Alerts").into_iter().map(name).collect();
    assert_eq!(documented, named);
    let metrics: Vec<_> =
        rows(&page, "## Metrics").into_iter().map(|row| name(row).split('{').next().unwrap()).collect();
    let source = text("src/redemption/metrics.rs");
    let exported: Vec<_> = source.split('"').filter(|it| it.starts_with("gradpass_")).collect();
    for metric in &exported {
        assert!(metrics.contains(metric), "{metric} is not in the runbook");
    }
    let word = |character: char| !character.is_ascii_alphanumeric() && character != '_';
    for metric in metrics.iter().copied().chain(alerts.split(word).filter(|it| it.starts_with("gradpass_"))) {
        assert!(exported.contains(&metric), "{metric} is not exported");
    }
}

/// The files of Rust below a folder, each with its path from there.
fn files(folder: &Path, below: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, below));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let name = path.strip_prefix(below).unwrap().to_str().unwrap().to_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// The program of a file, without its comments and its own tests.
fn program(source: &str) -> String {
    let source = source.split_once("#[cfg(test)]").map_or(source, |(before, _)| before);
    source
        .lines()
        .map(|line| line.split_once("//").map_or(line, |(before, _)| before))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A circle cannot be there, either.
#[test]
fn each_module_uses_only_what_stands_above_it() {
    let page = text("src/lib.rs");
    let order: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("//! | "))
        .skip(1)
        .flat_map(|row| quoted(row.split(" | ").next().unwrap()).collect::<Vec<_>>())
        .collect();
    let place = |module: &str| order.iter().position(|other| *other == module);
    for line in page.lines() {
        if let Some((_, module)) =
            line.split_once("mod ").filter(|(before, _)| matches!(*before, "" | "pub "))
        {
            let module = module.trim_end_matches(';');
            assert!(place(module).is_some(), "{module} is not in the table of src/lib.rs");
        }
    }
    let src = root().join("src");
    let mut wrong = Vec::new();
    for (name, source) in files(&src, &src) {
        let module = name.split('/').next().unwrap().trim_end_matches(".rs");
        let Some(own) = place(module).filter(|_| !name.contains("/tests")) else { continue };
        for used in program(&source).split("crate::").skip(1) {
            assert!(!used.starts_with('{'), "{name}: one line for each module that is used");
            let used = used
                .split(|character: char| !character.is_alphanumeric() && character != '_')
                .next()
                .unwrap();
            let place = place(used).unwrap_or_else(|| panic!("{name} uses {used}, which is no module"));
            if place > own {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "these stand below: {wrong:#?}");
}
