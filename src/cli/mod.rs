//! The command line: one file per command. Errors go to standard error; exit code 1 says the input is wrong, 2 the
//! usage.

mod check;
mod demo;
mod explain;
mod export;
mod schema;
mod serve;
mod tally;
mod user;

use std::{io::Write as _, process::ExitCode};

use clap::{Parser, Subcommand};
use leitai::words::Language;

/// Leitai (擂台): labor competitions and skills contests.
#[derive(Parser)]
#[command(version, about, arg_required_else_help = true)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check contest definitions and tell every problem with its place
    Check(check::Check),
    /// Tell the rules of a contest in words, and what will hurt on the day
    Explain(explain::Explain),
    /// Print the JSON Schema of definitions, for editors
    Schema,
    /// Run the service
    Serve(serve::Serve),
    /// Run a demonstration: made-up contests, simulated judges, log-in codes for every role
    Demo(demo::Demo),
    /// Write the results of a contest: award list, receipts, summary, certificates, standings
    Export(export::Export),
    /// Bring the database of an older program up to date; make a backup first
    Migrate(serve::Migrate),
    /// Compute standings from files, without a database
    Tally(tally::Command),
    /// Add, change, remove and list accounts
    User(user::User),
}

pub(crate) fn run() -> ExitCode {
    let done = match Line::parse().command {
        Command::Check(command) => Ok(command.run()),
        Command::Explain(command) => command.run(),
        Command::Schema => schema::run(),
        Command::Serve(command) => command.run(),
        Command::Demo(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Migrate(command) => command.run(),
        Command::Tally(command) => command.run(),
        Command::User(command) => command.run(),
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

/// A line of its own, such as `file:line:column: …`, that tools read.
#[expect(clippy::print_stderr, reason = "standard error is where problems of the input go")]
fn print_error(text: &str) {
    eprintln!("{text}");
}

/// What a command says is its output. Whoever reads it may have seen enough (`leitai schema | head`).
fn tell(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// The language asked for, or the shell's, or Chinese.
fn language(asked: Option<&str>) -> Language {
    let shell = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    asked.or(shell.as_deref()).and_then(Language::parse).unwrap_or_default()
}

/// `zh` or `en`, as an option.
fn known_language(text: &str) -> Result<String, String> {
    Language::parse(text).map(|_| text.to_owned()).ok_or_else(|| "zh, en".to_owned())
}
