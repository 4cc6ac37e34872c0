//! The command line: one file per command. Errors go to standard error; exit code 1 says the input is wrong, 2 the
//! usage.

mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Leitai (擂台): labor competitions and skills contests.
#[derive(Parser)]
#[command(version, about, arg_required_else_help = true)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service
    Serve(serve::Serve),
    /// Bring the database of an older program up to date; make a backup first
    Migrate(serve::Migrate),
}

pub(crate) fn run() -> ExitCode {
    let done = match Line::parse().command {
        Command::Serve(command) => command.run(),
        Command::Migrate(command) => command.run(),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

#[expect(clippy::print_stderr, reason = "standard error is where a command line complains")]
fn complain(text: &str) {
    eprintln!("leitai: {text}");
}

#[expect(clippy::print_stdout, reason = "what a command says is its output")]
fn tell(text: &str) {
    println!("{text}");
}
