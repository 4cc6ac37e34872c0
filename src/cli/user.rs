//! `leitai user`: accounts, on the same database as the service, which may be running.

use std::{
    io::{BufRead as _, Write as _},
    process::ExitCode,
};

use leitai::{
    app::{App, Clock, Error, people::Admin, start::OldTables},
    settings::Settings,
    web,
    words::Language,
};

use super::{
    complain, language,
    serve::{runtime, start},
    tell,
};

#[derive(clap::Args)]
pub(super) struct User {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Make an account; the password is read from standard input
    Add {
        /// What is typed to log in
        login: String,
        /// The person's name; the login when left out
        #[arg(long)]
        name: Option<String>,
        /// May do everything on this server
        #[arg(long)]
        admin: bool,
        #[command(flatten)]
        settings: Settings,
    },
    /// Give an account another password, read from standard input
    Password {
        login: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Remove an account; what the person did stays in the records
    Remove {
        login: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// List the accounts
    List {
        #[command(flatten)]
        settings: Settings,
    },
}

impl User {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let lang = language(None);
        runtime()?.block_on(async {
            let (Action::Add { settings, .. }
            | Action::Password { settings, .. }
            | Action::Remove { settings, .. }
            | Action::List { settings }) = &self.action;
            let app = start(settings, OldTables::Refuse, Clock::system()).await?;
            let done = self.action.perform(&app, lang).await;
            app.close().await;
            done
        })
    }
}

impl Action {
    async fn perform(&self, app: &App, lang: Language) -> anyhow::Result<ExitCode> {
        let (login, done) = match self {
            Action::Add { login, name, admin, .. } => {
                let password = ask_password(lang, login)?;
                let admin = if *admin { Admin::Yes } else { Admin::No };
                let made = app.create_account(login, &password, name.as_deref().unwrap_or(login), admin).await;
                (login, made.map(|_| "user-added"))
            }
            Action::Password { login, .. } => {
                let password = ask_password(lang, login)?;
                (login, app.change_password(login, &password).await.map(|()| "user-password-set"))
            }
            Action::Remove { login, .. } => (login, app.remove_account(login).await.map(|()| "user-removed")),
            Action::List { .. } => {
                list(app, lang).await?;
                return Ok(ExitCode::SUCCESS);
            }
        };
        let values = [("login", login.as_str().into())];
        match done {
            Ok(key) => {
                tell(&lang.say_with(key, &values));
                Ok(ExitCode::SUCCESS)
            }
            Err(Error::NotFound) => {
                complain(&lang.say_with("user-unknown", &values));
                Ok(ExitCode::FAILURE)
            }
            Err(error @ (Error::Taken | Error::PasswordShort { .. } | Error::TextRefused { .. })) => {
                complain(&web::Error::App(error).words(lang).1);
                Ok(ExitCode::FAILURE)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// One per line: the login, the name, whether it is an administrator's.
async fn list(app: &App, lang: Language) -> anyhow::Result<()> {
    let accounts = app.accounts().await?;
    if accounts.is_empty() {
        tell(&lang.say("user-none"));
    }
    let ids: Vec<_> = accounts.iter().map(|account| account.person.clone()).collect();
    let people = app.people(&ids).await?;
    for account in accounts {
        let name = people.iter().find(|person| person.id == account.person).map_or("", |person| person.name.as_str());
        let admin = if account.admin { lang.say("user-admin") } else { "".into() };
        tell(&format!("{}\t{name}\t{admin}", account.login));
    }
    Ok(())
}

/// The first line of standard input, so that scripts can send it and it never stands in a process list.
fn ask_password(lang: Language, login: &str) -> anyhow::Result<String> {
    let mut terminal = std::io::stderr().lock();
    write!(terminal, "{} ", lang.say_with("user-password", &[("login", login.into())]))?;
    terminal.flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
