//! The program: reads the command line, carries it out, ends with the exit code.

use std::process::ExitCode;

use clap::Parser;
use gradpass::cli::Cli;
use gradpass::clock::Clock;
use gradpass::{command, logging};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    #[expect(
        clippy::disallowed_methods,
        reason = "RUST_LOG is the one setting that comes from the environment"
    )]
    let wanted = std::env::var("RUST_LOG").ok();
    logging::init(cli.log_format, cli.verbose, wanted.as_deref());
    // lettre's TLS asks for it; a second provider, in a test, keeps the first
    let _ = rustls::crypto::ring::default_provider().install_default();
    let exit = command::execute(cli, Clock::system()).await;
    ExitCode::from(exit as u8)
}
