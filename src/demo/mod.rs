//! The demonstration: a contest that is finished, one in full swing with simulated judges, a knowledge contest and a
//! star ladder with simulated workers, a quarter's labor competition, a year of hazard reports with a simulated checker,
//! and the year's table over them.
//!
//! Made-up people, real rules: everything goes through the functions that people's pages use, and the judges and
//! workers who go on are clients of the API like any tablet or phone. Repeatable by its seed, but for the papers, which
//! are drawn as always; writes nothing outside the data folder. Whatever is already in the data folder is left as it is.

mod checker;
mod client;
mod crowd;
mod dice;
mod judge;
mod knowledge;
mod labor;
mod reports;
mod roster;
mod scene;
mod stage;
mod worker;
mod year;

use std::{io, path::PathBuf, sync::Arc};

use rust_decimal::Decimal;

use crate::{
    app::{self, Actor, App, Clock, people::Admin},
    rules::{
        items::Unfit,
        ladder,
        names::{ContestId, Id},
        season,
    },
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
    /// A shipped file that does not fit the program; `problems` in words.
    #[error("this program cannot take {file}: {problems}")]
    Unreadable { file: String, problems: String },
    #[error("a made-up answer to {item} is none: {unfit:?}")]
    Unfit { item: Id, unfit: Unfit },
    #[error("a picture cannot be drawn: {0}")]
    Picture(#[from] image::ImageError),
    #[error("a simulated judge cannot log in: {0}")]
    Judge(#[from] reqwest::Error),
}

/// Everybody of the demonstration.
pub struct Cast {
    /// In the order in which a newcomer tries them.
    pub logins: Vec<Login>,
    workers: Vec<worker::Cast>,
}

/// One role's way in.
#[derive(Clone, Debug)]
pub struct Login {
    pub contest: ContestId,
    /// `board`, `hall`, `organizer`, `chief`, `worker`, `judge-appearance-3`.
    pub role: String,
    pub address: String,
    /// To type at the log-in; empty where everybody may look.
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
    /// Says what becomes of reports.
    Checks,
}

/// Puts the contests in place that are missing, and gives everybody a new card or PIN. `server` is the address that
/// people open, such as `http://127.0.0.1:8080`; `clock` is the app's, [staged](Clock::staged), so that contests of
/// workers have a past.
pub async fn prepare(app: &App, clock: &Clock, server: &str, seed: u64) -> Result<Cast> {
    let dice = Dice::new(seed);
    let (admin, password) = admin(app, &dice).await?;
    let there = app.contests().await?;
    let is_there = |id: &str| there.iter().any(|contest| contest.id.as_str() == id);
    if !is_there("speech") {
        let mut speech = Staging::begin(app, "speech.toml", &[], &admin, 30, dice.of("speech")).await?;
        speech.start().await?;
        speech.open(&Id::new("speech")).await?;
        speech.mark(u32::MAX).await?;
        speech.settle().await?;
        speech.publish().await?;
    }
    if !is_there("skills-welding") {
        let mut welding = Staging::begin(app, "skills-welding.toml", &[], &admin, 40, dice.of("welding")).await?;
        welding.start().await?;
        welding.open(&Id::new("theory")).await?;
        welding.open(&Id::new("practice")).await?;
        welding.values().await?;
        welding.mark(HEAD_START).await?;
    }
    if !is_there(crowd::QUIZ) {
        let staged = crowd::quiz(app, clock, &admin, dice.of("quiz")).await;
        clock.let_go();
        staged?;
    }
    if !is_there(crowd::STAR) {
        let staged = crowd::ladder(app, clock, &admin, dice.of("star")).await;
        clock.let_go();
        staged?;
    }
    if !is_there(labor::LABOR) {
        labor::quarter(app, &admin, dice.of("labor")).await?;
    }
    if !is_there(year::TRIAL) {
        let staged = year::trial(app, clock, &admin, dice.of("trial")).await;
        clock.let_go();
        staged?;
    }
    let album = Arc::new(reports::Album::drawn()?);
    if !is_there(year::HAZARDS) && !is_there(year::SEASON) {
        let staged = year::year(app, clock, &admin, &album, dice.of("year")).await;
        clock.let_go();
        staged?;
    }
    let mut logins = vec![Login {
        contest: ContestId::new(""),
        role: ADMIN.to_owned(),
        address: format!("{server}/organizer"),
        code: format!("{ADMIN} / {password}"),
        part: Part::Watches,
    }];
    let (workers_logins, workers) = crowd::casts(app, server, &album, &dice).await?;
    for contest in app.contests().await? {
        logins.extend(open_to_all(app, &contest.id, server).await?);
        logins.extend(workers_logins.iter().filter(|login| login.contest == contest.id).cloned());
        logins.extend(Staging::cards(app, &contest.id, &admin, server).await?);
    }
    Ok(Cast { logins, workers })
}

/// The pages of a contest that need no code.
async fn open_to_all(app: &App, contest: &ContestId, server: &str) -> Result<Vec<Login>> {
    let at = |role: String, path: String| Login {
        contest: contest.clone(),
        role,
        address: format!("{server}/contests/{contest}{path}"),
        code: String::new(),
        part: Part::Watches,
    };
    let mut pages = vec![at("board".to_owned(), String::new())];
    for ladder in app.read(contest, ladder::ladders).await? {
        pages.push(at(format!("ladder-{}", ladder.id), format!("/ladders/{}", ladder.id)));
    }
    let has_stars = |state: &_| season::rules_of(state).is_some_and(|rules| rules.stars.is_some());
    if app.read(contest, has_stars).await? {
        pages.push(at("stars".to_owned(), "/stars".to_owned()));
        pages.push(at("stars-hall".to_owned(), "/stars/screen".to_owned()));
    }
    pages.push(at("hall".to_owned(), "/screen".to_owned()));
    Ok(pages)
}

/// Lets the simulated judges of the open contests mark, the simulated workers answer, challenge and report, and the
/// checker check, for as long as the future lives.
pub async fn play(server: String, cast: Cast, seed: u64) -> Result<()> {
    let (dice, http) = (Dice::new(seed), reqwest::Client::new());
    let mut people = tokio::task::JoinSet::new();
    for worker in cast.workers {
        let dice = dice.of(worker.contest.as_str()).of(&worker.number);
        people.spawn(worker.live(http.clone(), server.clone(), dice));
    }
    for login in cast.logins.into_iter().filter(|login| login.part != Part::Watches) {
        if login.part == Part::Checks {
            people.spawn(checker::Checker::log_in(http.clone(), &server, &login).await?.work());
            continue;
        }
        let taste = (login.part == Part::Marks).then(|| dice.of(&login.role));
        let judge = judge::Judge::log_in(http.clone(), &server, &login, taste).await?;
        people.spawn(judge.work());
    }
    people.join_all().await;
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
