//! `leitai export`: the results of a contest as files, for paper and for other programs.

use std::{
    fs,
    io::IsTerminal as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use leitai::{
    app::{App, Clock, start::OldTables},
    files::{
        certificates::{self, Order},
        documents::{self, Fonts, Listing, Output, Paper, Problem},
        lists,
        prizes::{self, Names},
    },
    rules::{
        names::ContestId,
        view::{
            Audience, Prizes,
            prizes::{Holds, Issued},
        },
    },
    settings::Settings,
    words::Language,
};

use super::serve;

#[derive(clap::Args)]
pub(super) struct Export {
    /// The contest, as its address names it
    contest: String,
    /// The folder for the files; created when missing
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// The service's public address, to which the codes on certificates lead
    #[arg(long, value_name = "URL", default_value = "http://localhost:8080")]
    site: String,
    /// Of the documents: zh or en
    #[arg(long, value_name = "LANGUAGE", default_value = "zh")]
    language: String,
    #[command(flatten)]
    settings: Settings,
}

impl Export {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        serve::runtime()?.block_on(async {
            let app = serve::start(&self.settings, OldTables::Refuse, Clock::system()).await?;
            let done = self.export(&app).await;
            app.close().await;
            done
        })
    }

    async fn export(&self, app: &App) -> anyhow::Result<ExitCode> {
        let language = Language::parse(&self.language).context("--language is zh or en")?;
        let contest = ContestId::new(&self.contest);
        let (all, names) = app.prizes(&contest).await.with_context(|| format!("contest {contest}"))?;
        let names: Names = names.into_iter().collect();
        fs::create_dir_all(&self.to).with_context(|| self.to.display().to_string())?;

        let paper = prizes::paper(language, &all, "");
        self.listing(&paper, "awards", &prizes::award_list(&paper, &all, &names), &["xlsx", "csv", "pdf"])?;
        self.listing(&paper, "receipts", &prizes::receipts(&paper, &all, &names), &["xlsx", "pdf"])?;
        if all.awards.iter().any(|award| award.proposal) {
            self.listing(&paper, "proposals", &prizes::proposals(&paper, &all, &names), &["xlsx", "csv", "pdf"])?;
        }
        for (at, table) in app.summary(&contest).await?.iter().enumerate() {
            let name = format!("summary-{}", at + 1);
            self.listing(&paper, &name, &prizes::summary(&paper, table, &names), &["xlsx", "csv", "pdf"])?;
        }
        let (board, _) = app.board(&contest, &Audience::Staff, &mut leitai::app::boards::Names::default()).await?;
        self.write("standings.json", &serde_json::to_vec_pretty(&board)?)?;
        self.certificates(app, &all, &names, language)?;
        Ok(ExitCode::SUCCESS)
    }

    fn listing(&self, paper: &Paper<'_>, name: &str, listing: &Listing, kinds: &[&str]) -> anyhow::Result<()> {
        for kind in kinds {
            let bytes = match *kind {
                "xlsx" => lists::xlsx(paper, listing)?,
                "csv" => lists::csv(paper, listing),
                _ => {
                    let fonts = Fonts::system().map_err(|problem| said(paper.language, &[problem]))?;
                    documents::listing(fonts, paper, listing).map_err(|problems| said(paper.language, &problems))?
                }
            };
            self.write(&format!("{name}.{kind}"), &bytes)?;
        }
        Ok(())
    }

    /// Those that hold or wait for the end of the public notice; without any, nothing is written.
    fn certificates(&self, app: &App, all: &Prizes, names: &Names, language: Language) -> anyhow::Result<()> {
        let holds = |one: &&Issued| matches!(one.holds, Holds::Valid | Holds::Notice { .. });
        let issued: Vec<_> = all.certificates.iter().filter(holds).collect();
        if issued.is_empty() || !all.identities_open {
            return Ok(());
        }
        let set = prizes::certificates(all, names, issued.iter().copied(), self.site.trim_end_matches('/'));
        let template = |at: usize| all.award(&issued[at].award).and_then(|award| award.template.clone());
        let orders = set.into_iter().enumerate();
        let orders = orders.map(|(at, certificate)| Order { template: template(at), certificate }).collect();
        let bar = bar(issued.len());
        let fonts = Fonts::system().map_err(|problem| said(language, &[problem]))?;
        let progress = |done: usize, _: usize| bar.set_position(done as u64);
        let printed = certificates::print(fonts, app.contests_folder(), orders, Output::Each, &progress);
        bar.finish_and_clear();
        let printed = printed.map_err(|problems| said(language, &problems))?;
        self.write(&format!("certificates.{}", printed.kind.extension()), &printed.bytes)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path: PathBuf = Path::new(&self.to).join(name);
        fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        super::tell(&path.display().to_string());
        Ok(())
    }
}

/// On a terminal; elsewhere nothing moves.
fn bar(all: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} PDF").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(all as u64).with_style(style)
}

fn said(language: Language, problems: &[Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(|problem| problem.say(language)).collect();
    anyhow::anyhow!(lines.join("\n"))
}
