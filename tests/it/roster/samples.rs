//! The sample folder does what its README says.

use gradpass::config::{Config, Question};

use super::desk::{Desk, sample};

const FILES: [&str; 13] = [
    "README.md",
    "courses.csv",
    "english-results.csv",
    "gradpass.toml",
    "graduates-tab.tsv",
    "graduates-utf16be.csv",
    "graduates-utf16le.csv",
    "graduates-utf8-bom.csv",
    "graduates-windows-1252.csv",
    "graduates.csv",
    "graduates.xlsx",
    "mistakes.csv",
    "subjects.csv",
];

#[test]
fn the_readme_names_every_file_and_its_commands_work() {
    let mut names: Vec<_> = std::fs::read_dir(sample(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, FILES);
    let readme = std::fs::read_to_string(sample("README.md")).unwrap();
    let desk = Desk::new();
    std::fs::remove_file(desk.path("code.key")).unwrap();
    for name in FILES {
        assert!(name == "README.md" || readme.contains(&format!("| `{name}` |")), "{name}");
        std::fs::copy(sample(name), desk.path(name)).unwrap();
    }
    let commands: Vec<_> = readme.lines().filter_map(|line| line.strip_prefix("    gradpass ")).collect();
    for (command, code) in commands.iter().zip([0, 0, 0, 0, 1]) {
        let ran = desk.gradpass(&command.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.code, code, "{command}: {}", ran.stderr);
    }
    assert_eq!(commands.len(), 5);
    let index = std::fs::read_to_string(desk.path("preview/index.html")).unwrap();
    assert!(index.contains("with a transcript of 3 subjects") && desk.path("rejects.csv").exists());
}

#[test]
fn the_configuration_is_read_whole() {
    let config = Config::read(&sample("gradpass.toml")).unwrap();
    assert_eq!(config.database.file(), Some(sample("gradpass.db").as_path()));
    assert_eq!(config.roster.headers.len(), 2);
    assert_eq!(config.mail.per_day.map(u32::from), Some(10_000));
    assert_eq!(config.web.trusted_proxies.len(), 2);
    assert_eq!(config.web.question, Question::DateOfBirth);
    assert!(config.seek_pass.is_some());
}
