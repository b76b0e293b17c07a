//! What the package has beside the program and is made from it: man pages, completions of the shells, the built-in texts of
//! mails and pages to look at, and the configuration to fill in. `cargo run --example manual -- FOLDER`

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;
use gradpass::cli::Cli;
use gradpass::command;
use gradpass::config::EXAMPLE;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("give the folder to write into")?);
    let man = folder.join("man");
    fs::create_dir_all(&man)?;
    clap_mangen::generate_to(Cli::command(), &man)?;
    let completions = folder.join("completions");
    fs::create_dir_all(&completions)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut Cli::command(), "gradpass", &completions)?;
    }
    for (name, text) in command::built_in() {
        let path = folder.join("templates").join(name);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, text)?;
    }
    fs::write(folder.join("gradpass.toml"), configuration())?;
    Ok(())
}

/// The commented example, with what gradpass writes in the folder of its user; what the administrator writes is beside the
/// configuration.
fn configuration() -> String {
    let theirs = ["gradpass.db", "code.key", "bounces-for-a-person"];
    theirs.into_iter().fold(EXAMPLE.to_owned(), |text, file| {
        text.replace(&format!("\"{file}\""), &format!("\"/var/lib/gradpass/{file}\""))
    })
}
