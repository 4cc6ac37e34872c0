//! `leitai explain`: the rules of a contest as a person would say them.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use leitai::{
    rules::definition::read,
    words::{explain, problem},
};

#[derive(clap::Args)]
pub(super) struct Explain {
    /// The definition file
    file: PathBuf,
    /// Language: zh or en; the shell's otherwise
    #[arg(long, value_parser = super::known_language)]
    lang: Option<String>,
}

impl Explain {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let language = super::language(self.lang.as_deref());
        let name = self.file.display().to_string();
        let text = fs::read_to_string(&self.file).with_context(|| name.clone())?;
        let read = read(&text);
        let Some(definition) = read.definition else {
            for found in &read.problems {
                super::print_error(&problem::line(language, &name, found));
            }
            return Ok(ExitCode::from(1));
        };
        let sections = explain::explain(language, &definition, &read.problems);
        super::tell(explain::plain(&sections).trim_end());
        Ok(ExitCode::SUCCESS)
    }
}
