//! The demonstration: one contest that is finished and one in full swing, with simulated judges.
//!
//! Made-up people, real rules: everything goes through the functions that people's pages use, and the judges who
//! go on marking are clients of the API like any tablet. Repeatable by its seed; writes nothing outside the data
//! folder. Whatever is already in the data folder is left as it is.

mod dice;
mod judge;
mod roster;
mod stage;

use std::{io, path::PathBuf};

use rust_decimal::Decimal;

use crate::{
    app::{self, Actor, App, people::Admin},
    rules::names::{ContestId, Id},
};

use dice::Dice;
use stage::Staging;

pub type Result<T> = std::result::Result<T, Error>;

/// The account that may do everything on the demonstration's server.
const ADMIN: &str = "admin";
/// Numbers that were marked before the newcomer opens the page.
const HEAD_START: u32 = 14;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    App(#[from] app::Error),
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error("the shipped {0} cannot be read by this program")]
    Definition(String),
    #[error("a simulated judge cannot log in: {0}")]
    Judge(#[from] reqwest::Error),
}

/// One role's way in.
#[derive(Clone, Debug)]
pub struct Login {
    pub contest: ContestId,
    /// `organizer`, `chief`, `judge-appearance-3`.
    pub role: String,
    pub address: String,
    /// To type at the log-in.
    pub code: String,
    part: Part,
}

impl Login {
    /// The role with its contest: `skills-welding/judge-appearance-3`.
    pub fn name(&self) -> String {
        let contest = self.contest.as_str();
        if contest.is_empty() { self.role.clone() } else { format!("{contest}/{}", self.role) }
    }
}

/// What a simulated person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Watches,
    Marks,
    /// Reads instruments beside a colleague: both read the same.
    Measures,
}

/// Puts the contests in place that are missing, and gives everybody a new card. `server` is the address that
/// people open, such as `http://127.0.0.1:8080`.
pub async fn prepare(app: &App, server: &str, seed: u64) -> Result<Vec<Login>> {
    let dice = Dice::new(seed);
    let (admin, password) = admin(app, &dice).await?;
    let there = app.contests().await?;
    let is_there = |id: &str| there.iter().any(|contest| contest.id.as_str() == id);
    if !is_there("speech") {
        let mut speech = Staging::begin(app, "speech.toml", &admin, 30, dice.of("speech")).await?;
        speech.start().await?;
        speech.open(&Id::new("speech")).await?;
        speech.mark(u32::MAX).await?;
        speech.settle().await?;
        speech.publish().await?;
    }
    if !is_there("skills-welding") {
        let mut welding = Staging::begin(app, "skills-welding.toml", &admin, 40, dice.of("welding")).await?;
        welding.start().await?;
        welding.open(&Id::new("theory")).await?;
        welding.open(&Id::new("practice")).await?;
        welding.values().await?;
        welding.mark(HEAD_START).await?;
    }
    let mut logins = vec![Login {
        contest: ContestId::new(""),
        role: ADMIN.to_owned(),
        address: format!("{server}/organizer"),
        code: format!("{ADMIN} / {password}"),
        part: Part::Watches,
    }];
    for contest in app.contests().await? {
        logins.extend(Staging::cards(app, &contest.id, &admin, server).await?);
    }
    Ok(logins)
}

/// Lets the simulated judges of the open contests mark, for as long as the future lives.
pub async fn play(server: String, logins: Vec<Login>, seed: u64) -> Result<()> {
    let dice = Dice::new(seed);
    let mut judges = tokio::task::JoinSet::new();
    for login in logins.into_iter().filter(|login| login.part != Part::Watches) {
        let taste = (login.part == Part::Marks).then(|| dice.of(&login.role));
        let judge = judge::Judge::log_in(&server, &login, taste).await?;
        judges.spawn(judge.work());
    }
    judges.join_all().await;
    Ok(())
}

async fn admin(app: &App, dice: &Dice) -> Result<(Actor, String)> {
    let password = format!("leitai-{:06}", dice.of("password").roll(1_000_000));
    let known = app.accounts().await?.into_iter().find(|account| account.login == ADMIN);
    let person = match known {
        Some(account) => {
            app.change_password(ADMIN, &password).await?;
            account.person
        }
        None => app.create_account(ADMIN, &password, "系统管理员", Admin::Yes).await?,
    };
    Ok((Actor { person, administrator: true, entrant: None }, password))
}

/// What a judge thinks of an entrant here: an ability that all judges see alike, and a little taste, if any.
fn opinion(
    min: Option<Decimal>,
    max: Option<Decimal>,
    step: Option<Decimal>,
    aspect: &str,
    number: u32,
    taste: Option<&mut Dice>,
) -> Decimal {
    let min = min.unwrap_or_default();
    let max = max.unwrap_or(min + Decimal::from(10));
    let step = step.filter(|step| !step.is_zero()).unwrap_or(Decimal::ONE);
    let steps = u64::try_from(((max - min) / step).trunc()).unwrap_or(0);
    let mut ability = Dice::new(u64::from(number)).of(aspect);
    let share = match taste {
        Some(taste) => (66 + ability.roll(30) + taste.roll(6)).min(100),
        // Good work measures little: no undercut, a low reinforcement somewhat above the plate.
        None if min < Decimal::ZERO => 26 + ability.roll(14),
        None if ability.roll(3) == 0 => ability.roll(8),
        None => 0,
    };
    min + step * Decimal::from(steps * share / 100)
}
