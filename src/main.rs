//! The program: reads the command line, carries it out, ends with the exit code.

use std::process::ExitCode;

use clap::Parser;
use gradpass::cli::Cli;
use gradpass::clock::Clock;
use gradpass::config::Environment;
use gradpass::report::Conclusion;
use gradpass::{command, logging, operator};
use tokio::runtime::Builder;

fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| {
        if std::env::args_os().any(|argument| argument == "--json") {
            command::tell_misuse(&error);
        }
        error.exit()
    });
    #[expect(clippy::disallowed_methods, reason = "the environment comes in here, and nowhere else")]
    let wanted = std::env::var("RUST_LOG").ok();
    let environment = Environment::of(std::env::vars_os());
    logging::init(cli.log_format, cli.verbose, wanted.as_deref());
    // reqwest's TLS asks for it; a second provider, in a test, keeps the first
    let _ = rustls::crypto::ring::default_provider().install_default();
    // sending and redeeming are chains of short steps: more threads would spend their time waking each other
    match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => {
            let done = command::execute(cli, Clock::system(), operator::login_name(), environment);
            ExitCode::from(runtime.block_on(done) as u8)
        }
        Err(error) => {
            tracing::error!("the program could not be started: {error}");
            ExitCode::from(Conclusion::COULD_NOT_RUN.exit() as u8)
        }
    }
}
