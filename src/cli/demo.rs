//! `leitai demo`: the service with made-up contests, in which simulated judges and workers go on.

use std::process::ExitCode;

use anyhow::Context as _;
use leitai::{
    app::{Clock, start::OldTables},
    demo,
    settings::Settings,
    web::serve::{asked_to_stop, serve},
};
use tokio::net::TcpListener;

use super::serve::{log, runtime, start};

#[derive(clap::Args)]
pub(super) struct Demo {
    #[command(flatten)]
    settings: Settings,
    /// Nobody marks, answers or challenges by themselves
    #[arg(long)]
    quiet: bool,
    /// The same seed makes the same people and marks
    #[arg(long, value_name = "N", default_value_t = 2026)]
    seed: u64,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        log();
        runtime()?.block_on(async {
            let clock = Clock::staged();
            let app = start(&self.settings, OldTables::Refuse, clock.clone()).await?;
            let listen = self.settings.listen;
            let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
            let server = format!("http://{}", listener.local_addr()?);
            let cast = demo::prepare(&app, &clock, &server, self.seed).await?;
            let logins = &cast.logins;
            let widest = |part: fn(&demo::Login) -> usize| logins.iter().map(part).max().unwrap_or(0);
            let (name, address) = (widest(|login| login.name().len()), widest(|login| login.address.len()));
            super::tell(&format!("{:<name$}  {server}/", "public"));
            for login in logins {
                let line = format!("{:<name$}  {:<address$}  {}", login.name(), login.address, login.code);
                super::tell(line.trim_end());
            }
            if !self.quiet {
                let (server, seed) = (server.clone(), self.seed);
                tokio::spawn(async move {
                    if let Err(error) = demo::play(server, cast, seed).await {
                        tracing::warn!(%error, "the simulated people stay away");
                    }
                });
            }
            serve(app, listener, asked_to_stop()).await?;
            Ok(ExitCode::SUCCESS)
        })
    }
}
