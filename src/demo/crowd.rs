//! Contests of workers: their people and bank are put in place, and they have a past of some days, so that a newcomer
//! finds boards that say something. The past is lived through at a clock that is set back meanwhile.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::try_join_all;
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use rust_decimal::Decimal;
use tokio::time::Duration;

use super::{
    Error, Login, Part, Result,
    dice::Dice,
    knowledge::Knowledge,
    reports::Album,
    roster,
    stage::Staging,
    worker::{Cast, Purpose},
    year::HAZARDS,
};
use crate::{
    app::{Actor, App, Clock, banks::ItemPicture, devices::Device, papers::NotSaved, workers::person_of},
    files::items::{self, Known},
    rules::{
        command::Command,
        items::{Face, Item},
        ledger::{Instant, ladder::Aim},
        names::{ContestId, EntrantId, Id, PaperId, UnitPath},
        papers::Act,
        view::{self, Audience},
    },
    words::Language,
};

const MINUTE_MS: i64 = 60_000;
pub(super) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(super) const ZONE: &str = "Asia/Shanghai";
/// Workers of each contest. The last one is nobody's: a newcomer logs in as them.
pub(super) const WORKERS: u32 = 64;
/// Those who have a past, in groups that sit down together.
const GROUPS: usize = 3;
const GROUP: usize = 8;
/// Challenges of the past, one after the other.
const CHALLENGES: i64 = 9;
/// Those who come by themselves come one after the other, a paper that counts every so many seconds.
const QUIZ_EVERY_S: u64 = 50;
const LADDER_EVERY_S: u64 = 30;
const REPORT_EVERY_S: u64 = 75;
/// Those who report hazards by themselves: one of each workshop.
const REPORTERS: usize = 8;

pub(super) const QUIZ: &str = "safety-quiz";
pub(super) const STAR: &str = "star-ladder";
const LADDER: &str = "star";

/// What a demonstration on any day changes of a shipped text: what is there, and what stands there instead.
pub(super) type Changes = Vec<(&'static str, String)>;

/// A contest of workers while it gets its past.
struct Crowd<'a> {
    staging: Staging<'a>,
    clock: &'a Clock,
    knowledge: Knowledge,
    workers: Vec<EntrantId>,
}

/// Somebody at a paper.
struct Sitter {
    actor: Actor,
    entrant: EntrantId,
    skill: u64,
    dice: Dice,
    /// For the whole paper.
    takes_ms: i64,
}

/// The safety contest: a third of them have answered, the last group some hours ago.
pub(super) async fn quiz(app: &App, clock: &Clock, admin: &Actor, dice: Dice) -> Result<()> {
    let now = app.now();
    let begins = Instant(now.0 - 50 * HOUR_MS);
    let day = |days: i64, time: &str| format!("\"{}T{time}\"", date(now, days));
    let changes = vec![
        // The shipped text leaves its windows to whoever begins a contest from it.
        ("# [[paper.window]]", "[[paper.window]]".to_owned()),
        ("# opens = \"2026-06-01T08:00\"", format!("opens = {}", day(-4, "08:00"))),
        ("# closes = \"2026-06-16T20:00\"", format!("closes = {}", day(12, "20:00"))),
        ("# opens = \"2026-06-20T08:00\"", format!("opens = {}", day(16, "08:00"))),
        ("# closes = \"2026-06-30T20:00\"", format!("closes = {}", day(26, "20:00"))),
    ];
    clock.set(begins);
    let crowd = Crowd::begin(app, clock, "safety-quiz.toml", changes, admin, dice).await?;
    crowd.staging.start().await?;
    for (group, hours) in (0..GROUPS).zip([26, 24, 3]) {
        let start = Instant(now.0 - hours * HOUR_MS);
        clock.set(start);
        // Of every workshop some, of none all.
        let who = (0..GROUP).map(|at| group * GROUP + at).filter(|at| at % 9 != 4);
        let mut sitters: Vec<Sitter> = who.map(|at| crowd.sitter(at, 12_000, 14_000)).collect();
        let paper = Id::new("safety");
        let starts =
            sitters.iter().map(|sitter| app.start_paper(&crowd.staging.contest, &sitter.actor, &paper, false, None));
        let papers = try_join_all(starts).await?;
        crowd.sit(start, &mut sitters, &papers).await?;
    }
    Ok(())
}

/// The star ladder: some came onto it days ago, and some challenges were played since.
pub(super) async fn ladder(app: &App, clock: &Clock, admin: &Actor, dice: Dice) -> Result<()> {
    let now = app.now();
    let begins = Instant(now.0 - 60 * HOUR_MS);
    let starts = format!("starts = \"{}\"", date(begins, 0).first_of_month());
    let changes = vec![
        // Whoever looks on sees somebody play at any hour, again and again.
        ("forbidden = [{ from = \"23:00\", to = \"06:00\" }]", String::new()),
        ("closed = [{ from = \"2026-10-01\", to = \"2026-10-07\", title = \"国庆\" }]", String::new()),
        (
            "loser-days = 3, pair-days = 5, winner-days = 1, tries-per-day = 3",
            "loser-days = 0, pair-days = 1, winner-days = 0, tries-per-day = 8".to_owned(),
        ),
        ("starts = \"2026-01-01\"", starts),
    ];
    clock.set(begins);
    let mut crowd = Crowd::begin(app, clock, "star-ladder.toml", changes, admin, dice).await?;
    crowd.staging.start().await?;
    let id = Id::new(LADDER);
    let guest = crowd.workers.len() - 1;
    for group in 0..GROUPS {
        let start = Instant(begins.0 + (1 + i64::try_from(group).unwrap_or(0)) * HOUR_MS);
        clock.set(start);
        let mut who: Vec<usize> = (0..GROUP).map(|at| group * GROUP + at).collect();
        who.extend((group == 1).then_some(guest));
        let mut sitters: Vec<Sitter> = who.into_iter().map(|at| crowd.sitter(at, 9_000, 15_000)).collect();
        let contest = &crowd.staging.contest;
        let entering =
            sitters.iter().map(|sitter| app.challenge_and_play(contest, &sitter.actor, &id, Aim::Entry, None));
        let sent = try_join_all(entering).await?;
        let papers: Vec<PaperId> = sent.into_iter().filter_map(|sent| sent.paper).collect();
        crowd.sit(start, &mut sitters, &papers).await?;
    }
    for game in 0..CHALLENGES {
        let start = Instant(begins.0 + (6 + game * 6) * HOUR_MS - 25 * MINUTE_MS);
        clock.set(start);
        crowd.past_challenge(&id, start).await?;
    }
    Ok(())
}

/// Everybody of these contests has a PIN from now on; the last one's is to be told.
pub(super) async fn casts(app: &App, server: &str, album: &Arc<Album>, dice: &Dice) -> Result<(Vec<Login>, Vec<Cast>)> {
    let (mut logins, mut casts) = (Vec::new(), Vec::new());
    let bank = read_bank(app)?;
    let knowledge = Arc::new(Knowledge::new(&bank.0));
    for (contest, every_s) in [(QUIZ, QUIZ_EVERY_S), (STAR, LADDER_EVERY_S), (HAZARDS, REPORT_EVERY_S)] {
        let contest = ContestId::new(contest);
        let purpose = match contest.as_str() {
            QUIZ => Purpose::Answer { paper: Id::new("safety") },
            HAZARDS => Purpose::Report { collection: Id::new("hazards"), album: album.clone() },
            _ => Purpose::Challenge { ladder: Id::new(LADDER) },
        };
        let mut names = app.entrant_names(&contest).await?;
        names.sort_by(|one, other| one.entrant.cmp(&other.entrant));
        if contest.as_str() == HAZARDS && names.len() > REPORTERS {
            names.drain(REPORTERS..names.len() - 1);
        }
        let known = app.workers(&contest).await?;
        let lines = app.read(&contest, |state| view::organizer(state).entrants).await?;
        let leaf = |unit: Option<UnitPath>| unit.map(|unit| unit.leaf().to_owned()).unwrap_or_default();
        let units: BTreeMap<EntrantId, String> =
            lines.into_iter().map(|line| (line.entrant, leaf(line.facts.unit))).collect();
        let setting = names.iter().filter(|name| name.phone.as_deref().is_some_and(roster::is_made_up)).map(|name| {
            let has = known.iter().any(|worker| worker.entrant == name.entrant && worker.pin.is_some());
            let pin = format!("{}", 100_000 + dice.of(name.entrant.as_str()).of("pin").roll(900_000));
            let contest = &contest;
            async move {
                let number = name.number.clone().unwrap_or_default();
                if has {
                    app.reset_pin(contest, &name.entrant).await?;
                    app.change_pin(contest, &name.entrant, ("", &pin), &Device::default()).await?;
                } else {
                    let phone = name.phone.as_deref().unwrap_or_default();
                    let proof = phone.get(phone.len().saturating_sub(4)..).unwrap_or_default();
                    app.log_in_first(contest, &number, proof, &pin, &Device::default()).await?;
                }
                Ok::<_, Error>((name.entrant.clone(), number, pin))
            }
        });
        let mut people = try_join_all(setting).await?;
        if let Some((_, number, pin)) = people.pop() {
            logins.push(Login {
                contest: contest.clone(),
                role: "worker".to_owned(),
                address: format!("{server}/contests/{contest}/log-in"),
                code: format!("{number} / {pin}"),
                part: Part::Watches,
            });
        }
        // Those who have not come yet come first to the paper; on the ladder, old and new take turns.
        if contest.as_str() != HAZARDS {
            let past = (GROUPS * GROUP).min(people.len());
            people.rotate_left(past);
        }
        if contest.as_str() == STAR {
            let late = people.split_off(people.len() / 2);
            people = late.into_iter().zip(people).flat_map(|(one, other)| [one, other]).collect();
        }
        casts.extend(people.into_iter().zip(0..).map(|((entrant, number, pin), at)| Cast {
            contest: contest.clone(),
            unit: units.get(&entrant).cloned().unwrap_or_default(),
            number,
            pin,
            purpose: purpose.clone(),
            skill: skill(&entrant),
            knowledge: knowledge.clone(),
            after: Duration::from_secs(3 + at * every_s),
        }));
    }
    Ok((logins, casts))
}

/// Some are better than others, here as everywhere.
fn skill(entrant: &EntrantId) -> u64 {
    50 + Dice::new(0).of(entrant.as_str()).roll(36)
}

/// The local day, so many days later.
pub(super) fn date(at: Instant, days: i64) -> Date {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let timestamp = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    let today = timestamp.to_zoned(zone).date();
    today.checked_add(days.days()).unwrap_or(today)
}

/// The shipped bank, and its pictures.
fn read_bank(app: &App) -> Result<(Vec<Item>, Vec<ItemPicture>)> {
    let path = app.contests_folder().join("banks").join("safety.csv");
    let read =
        |path: &std::path::Path| std::fs::read(path).map_err(|error| Error::File { path: path.to_owned(), error });
    let unreadable = |problems: String| Error::Unreadable { file: path.display().to_string(), problems };
    let folder = path.with_extension("");
    let listed = std::fs::read_dir(&folder).map_err(|error| Error::File { path: folder.clone(), error })?;
    let (mut pictures, mut ratios) = (Vec::new(), BTreeMap::<String, Decimal>::new());
    for file in listed.flatten() {
        let (name, bytes) = (file.file_name().to_string_lossy().into_owned(), read(&file.path())?);
        let picture = items::picture(&name, &bytes).map_err(|harm| unreadable(harm.say(Language::En)))?;
        ratios.insert(name, picture.ratio);
        let (name, media, ratio) = (picture.name, picture.media.to_owned(), picture.ratio.to_string());
        pictures.push(ItemPicture { name, media, ratio, bytes });
    }
    let imported = items::read(&read(&path)?, Known { bank: &[], pictures: &ratios });
    let imported = imported.map_err(|problem| unreadable(problem.say(Language::En)))?;
    if !imported.problems.is_empty() {
        let problems: Vec<String> = imported.problems.iter().map(|problem| problem.say(Language::En)).collect();
        return Err(unreadable(problems.join("; ")));
    }
    Ok((imported.take().unwrap_or_default(), pictures))
}

impl<'a> Crowd<'a> {
    /// With units, workers, heads and a bank in use.
    async fn begin(
        app: &'a App,
        clock: &'a Clock,
        file: &str,
        changes: Changes,
        admin: &Actor,
        mut dice: Dice,
    ) -> Result<Self> {
        let list = roster::workers(WORKERS, &mut dice);
        let mut staging = Staging::found(app, file, &changes, admin, dice).await?;
        staging.people().await?;
        staging.units().await?;
        staging.register(&list).await?;
        let units: Vec<UnitPath> = roster::units().iter().map(UnitPath::new).collect();
        let lines = app.read(&staging.contest, |state| view::organizer(state).entrants).await?;
        let mut workers: Vec<EntrantId> = lines.into_iter().map(|line| line.entrant).collect();
        workers.sort();
        staging.act(&staging.organizer, Command::Paper(Act::FreezeHeadcounts { counts: heads(&units) })).await?;
        let (bank, pictures) = read_bank(app)?;
        for picture in pictures {
            app.put_item_picture(&staging.contest, &staging.organizer, &[], picture).await?;
        }
        let receipt = app.adopt_bank(&staging.contest, &staging.organizer, &Id::new("safety"), &bank).await?;
        app.wait_for(&staging.contest, receipt.version).await?;
        let knowledge = Knowledge::new(&bank);
        Ok(Self { staging, clock, knowledge, workers })
    }

    /// Takes from `least_ms` to `most_ms` for each item.
    fn sitter(&self, at: usize, least_ms: i64, most_ms: i64) -> Sitter {
        let entrant = self.workers[at].clone();
        let mut dice = self.staging.dice.of(entrant.as_str());
        let actor = Actor {
            person: person_of(&self.staging.contest, &entrant),
            administrator: false,
            entrant: Some(entrant.clone()),
        };
        let more = i64::try_from(dice.roll(1_000)).unwrap_or(0) * (most_ms - least_ms) / 1_000;
        // Records of the past are there to be broken.
        let skill = skill(&entrant) * 9 / 10;
        Sitter { actor, skill, entrant, dice, takes_ms: least_ms + more }
    }

    /// Everybody answers item by item and hands in when they are through.
    async fn sit(&self, start: Instant, sitters: &mut [Sitter], papers: &[PaperId]) -> Result<()> {
        let (app, contest) = (self.staging.app, &self.staging.contest);
        let sheets = sitters.iter().zip(papers).map(|(sitter, paper)| app.paper(contest, &sitter.entrant, paper));
        let faces: Vec<Vec<Face>> = try_join_all(sheets).await?.into_iter().map(|sheet| sheet.faces).collect();
        let least = sitters.iter().map(|sitter| sitter.takes_ms).min().unwrap_or(0);
        let rounds = faces.iter().map(Vec::len).max().unwrap_or(0);
        for round in 0..rounds {
            self.clock.set(Instant(start.0 + i64::try_from(round).unwrap_or(0) * least));
            let saves = sitters.iter_mut().zip(papers).zip(&faces).filter_map(|((sitter, paper), faces)| {
                let face = faces.get(round)?;
                let answer = self.knowledge.answer(face, sitter.skill, &mut sitter.dice)?;
                let entrant = &sitter.entrant;
                Some(async move {
                    let operation = format!("past-{round}");
                    let saved = app.save_answer(contest, entrant, paper, &face.item, Some(&answer), &operation).await;
                    saved.map_err(|error| match error {
                        NotSaved::App(error) => Error::App(error),
                        NotSaved::Unfit(unfit) => Error::Unfit { item: face.item.clone(), unfit },
                    })
                })
            });
            try_join_all(saves.collect::<Vec<_>>()).await?;
        }
        let mut ends: Vec<(i64, &Sitter, &PaperId)> = sitters
            .iter()
            .zip(papers)
            .zip(&faces)
            .map(|((sitter, paper), faces)| (sitter.takes_ms * i64::try_from(faces.len()).unwrap_or(0), sitter, paper))
            .collect();
        ends.sort_by_key(|(takes, ..)| *takes);
        for (takes, sitter, paper) in ends {
            self.clock.set(Instant(start.0 + takes));
            app.hand_in(contest, &sitter.actor, paper).await?;
        }
        Ok(())
    }

    /// Somebody of the ladder challenges one of those above whom it allows.
    async fn past_challenge(&mut self, id: &Id, start: Instant) -> Result<()> {
        let (app, contest) = (self.staging.app, self.staging.contest.clone());
        // From the last two thirds, never the newcomer's own.
        let at = GROUP + usize::try_from(self.staging.dice.roll((GROUPS as u64 - 1) * GROUP as u64)).unwrap_or(0);
        let mut sitter = self.sitter(at, 8_000, 12_000);
        // A good day.
        sitter.skill = sitter.skill.max(76);
        let seen = app.ladder(&contest, id, &Audience::Entrant(sitter.entrant.clone())).await?;
        let target = seen.board.lines.iter().find(|line| line.may.as_ref().is_some_and(std::result::Result::is_ok));
        let Some(target) = target else { return Ok(()) };
        let aim = Aim::Person(target.entrant.clone());
        let sent = app.challenge_and_play(&contest, &sitter.actor, id, aim, None).await?;
        let papers: Vec<PaperId> = sent.paper.into_iter().collect();
        self.sit(start, &mut [sitter], &papers).await
    }
}

/// Some workshops have more heads than people on the list: participation is a figure of its own.
fn heads(units: &[UnitPath]) -> Vec<(UnitPath, u32)> {
    let workshops = units.iter().filter(|unit| unit.as_str().split('/').count() == 3);
    let each = WORKERS / u32::try_from(workshops.clone().count()).unwrap_or(1).max(1);
    let counted: Vec<(UnitPath, u32)> = workshops.zip(0..).map(|(unit, at)| (unit.clone(), each + at % 3)).collect();
    let of = |unit: &UnitPath| counted.iter().filter(|(below, _)| below.is_within(unit)).map(|(_, heads)| heads).sum();
    units.iter().map(|unit| (unit.clone(), of(unit))).collect()
}
