//! `leitai serve` and `leitai migrate`.

use std::{
    fs::{File, TryLockError},
    process::ExitCode,
};

use anyhow::Context as _;
use leitai::{
    app::{
        App, Clock,
        start::{Database, OldTables},
    },
    files::documents::Fonts,
    settings::Settings,
    web::serve::{asked_to_stop, serve},
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[derive(clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    settings: Settings,
}

#[derive(clap::Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        log();
        runtime()?.block_on(async {
            let app = start(&self.settings, OldTables::Refuse, Clock::system()).await?;
            let _alone = alone(&self.settings)?;
            let listen = self.settings.listen;
            let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
            let address = listener.local_addr()?;
            super::tell(&format!("http://{address}"));
            let contests = &self.settings.contests;
            if !contests.is_dir() {
                let folder = contests.display().to_string();
                super::tell(&super::language(None).say_with("serve-no-contests", &[("folder", folder.into())]));
            }
            if let Some(token) = app.set_up_token().await? {
                // Whoever sees this terminal may make the first account.
                let lang = super::language(None);
                let set_up = format!("http://{address}/setup/{token}");
                super::tell(&lang.say_with("login-set-up-here", &[("address", set_up.into())]));
            }
            serve(app, listener, asked_to_stop()).await?;
            Ok(ExitCode::SUCCESS)
        })
    }
}

impl Migrate {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        log();
        runtime()?.block_on(async {
            start(&self.settings, OldTables::Migrate, Clock::system()).await?.close().await;
            super::tell("the database is up to date");
            Ok(ExitCode::SUCCESS)
        })
    }
}

pub(super) async fn start(settings: &Settings, old: OldTables, clock: Clock) -> anyhow::Result<App> {
    Fonts::also_in(settings.data.join("fonts"));
    let database = match &settings.database {
        Some(url) => Database::Url(url.clone()),
        None => Database::File(settings.database_file()),
    };
    let app = App::start(&database, old, clock, &settings.contests).await?;
    app.hold_seeds_in(settings.data.join("seeds"));
    Ok(app)
}

/// Two programs that serve one SQLite file would wait for each other's writes; PostgreSQL is for several. Held as long
/// as the file is open; the system lets go of it when the program ends in whatever way.
fn alone(settings: &Settings) -> anyhow::Result<Option<File>> {
    if settings.database.is_some() {
        return Ok(None);
    }
    let path = settings.data.join("serving.lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => {
            let folder = settings.data.display().to_string();
            anyhow::bail!(super::language(None).say_with("serve-served-already", &[("folder", folder.into())]))
        }
        Err(TryLockError::Error(problem)) => Err(problem).with_context(|| format!("cannot lock {}", path.display())),
    }
}

pub(super) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// To standard error, as much as `RUST_LOG` asks for; warnings and our own notes when it is silent.
pub(super) fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,leitai=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
