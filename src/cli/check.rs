//! `leitai check`: problems to standard error, one line each; what is sound to standard output.

use std::{fs, path::PathBuf, process::ExitCode};

use leitai::{
    rules::definition::read,
    words::{Language, problem},
};

#[derive(clap::Args)]
pub(super) struct Check {
    /// Definition files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Language of the messages: zh or en; the shell's otherwise
    #[arg(long, value_parser = super::known_language)]
    lang: Option<String>,
}

impl Check {
    pub(super) fn run(&self) -> ExitCode {
        let language = super::language(self.lang.as_deref());
        let mut sound = true;
        for file in &self.files {
            sound &= one(language, file);
        }
        if sound { ExitCode::SUCCESS } else { ExitCode::from(1) }
    }
}

/// Whether the file can be used.
fn one(language: Language, file: &std::path::Path) -> bool {
    let name = file.display().to_string();
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            let values = [("file", name.into()), ("reason", error.to_string().into())];
            super::print_error(&language.say_with("command-unreadable", &values));
            return false;
        }
    };
    let read = read(&text);
    for found in &read.problems {
        super::print_error(&problem::line(language, &name, found));
    }
    let Some(definition) = read.definition else { return false };
    super::tell(&language.say_with("command-ok", &[("file", name.into()), ("title", definition.title.into())]));
    true
}
