//! The program `leitai`; its commands are in [`cli`].

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
