//! `leitai tally`: standings from files.

use std::{fs, io::IsTerminal as _, path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use leitai::{
    files::tally::{self, Format, Source, Tally},
    rules::definition,
    words::{Language, problem, why},
};

/// Compute standings from a definition and two files, without a database.
#[derive(clap::Args)]
pub(super) struct Command {
    /// The contest's definition
    definition: PathBuf,
    /// What was recorded: entrant,stage,aspect,judge,value and optionally attempt and piece
    #[arg(long, value_name = "MARKS.CSV", required_unless_present = "figures")]
    marks: Option<PathBuf>,
    /// Of a labor competition: entrant,period,indicator,value and optionally target; needs `--entrants`
    #[arg(long, value_name = "FIGURES.CSV", requires = "entrants", conflicts_with_all = ["marks", "why"])]
    figures: Option<PathBuf>,
    /// Who takes part: entrant,name and any of unit,team,event,group,station,birth-date,gender,quota and the
    /// definition's own columns; without it, everybody who has marks
    #[arg(long, value_name = "ENTRANTS.CSV")]
    entrants: Option<PathBuf>,
    /// Heads of units as they were frozen: unit,heads; without it, and for units it does not name, the list counts
    #[arg(long, value_name = "HEADCOUNTS.CSV", conflicts_with = "figures")]
    headcounts: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "table")]
    format: Output,
    /// Explain one entrant's score instead
    #[arg(long, value_name = "ENTRANT")]
    why: Option<String>,
    /// Language of titles and messages: zh or en; the shell's otherwise
    #[arg(long, value_parser = super::known_language)]
    lang: Option<String>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Output {
    Table,
    Json,
    Csv,
}

impl Command {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let language = super::language(self.lang.as_deref());
        let read = |path: &PathBuf| fs::read(path).with_context(|| path.display().to_string());
        let text = String::from_utf8(read(&self.definition)?).with_context(|| self.definition.display().to_string())?;
        let read_definition = definition::read(&text);
        let Some(definition) = read_definition.definition else {
            let name = self.definition.display().to_string();
            for found in &read_definition.problems {
                super::print_error(&problem::line(language, &name, found));
            }
            return Ok(ExitCode::from(1));
        };
        let digest = definition::digest(&text).0;
        if let (Some(figures), Some(entrants)) = (&self.figures, &self.entrants) {
            let names = (entrants.display().to_string(), figures.display().to_string());
            let (entrants, figures) = (read(entrants)?, read(figures)?);
            let entrants = Source { name: &names.0, bytes: &entrants };
            let labor = tally::labor(definition, entrants, Source { name: &names.1, bytes: &figures });
            return Ok(match labor {
                Ok(labor) => {
                    super::tell(tally::write_labor(&labor, &digest, self.format(), language).trim_end());
                    ExitCode::SUCCESS
                }
                Err(problems) => refuse(&problems, language),
            });
        }
        let Some(marks_path) = &self.marks else { return Ok(ExitCode::from(2)) };
        let marks = read(marks_path)?;
        let entrants = self.entrants.as_ref().map(|path| Ok::<_, anyhow::Error>((path, read(path)?))).transpose()?;
        let marks_name = marks_path.display().to_string();
        let entrants_name = entrants.as_ref().map(|(path, _)| path.display().to_string()).unwrap_or_default();
        let heads = self.headcounts.as_ref().map(|path| Ok::<_, anyhow::Error>((path, read(path)?))).transpose()?;
        let heads_name = heads.as_ref().map(|(path, _)| path.display().to_string()).unwrap_or_default();
        let bar = bar(marks.len());
        let tallied = tally::tally_with_heads(
            Arc::new(definition),
            entrants.as_ref().map(|(_, bytes)| Source { name: &entrants_name, bytes }),
            Source { name: &marks_name, bytes: &marks },
            heads.as_ref().map(|(_, bytes)| Source { name: &heads_name, bytes }),
            &|bytes| bar.set_position(bytes as u64),
        );
        bar.finish_and_clear();
        match tallied {
            Ok(tallied) => Ok(self.print(&tallied, &digest, language)),
            Err(problems) => Ok(refuse(&problems, language)),
        }
    }

    fn format(&self) -> Format {
        match self.format {
            Output::Table => Format::Table,
            Output::Json => Format::Json,
            Output::Csv => Format::Csv,
        }
    }

    fn print(&self, tallied: &Tally, digest: &str, language: Language) -> ExitCode {
        let Some(entrant) = &self.why else {
            super::tell(tally::write(tallied, digest, self.format(), language).trim_end());
            return ExitCode::SUCCESS;
        };
        let Some(explained) = tallied.why(entrant) else {
            let no_such = language.say_with("tally-no-such-entrant", &[("entrant", entrant.as_str().into())]);
            super::complain(&no_such);
            return ExitCode::from(1);
        };
        super::tell(why::text(&explained, tallied.definition(), language).trim_end());
        ExitCode::SUCCESS
    }
}

fn refuse(problems: &[tally::Problem], language: Language) -> ExitCode {
    for problem in problems {
        super::print_error(&problem.say(language));
    }
    ExitCode::from(1)
}

/// Progress, on a terminal only.
fn bar(bytes: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(bytes as u64);
    let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}
