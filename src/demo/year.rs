//! A year: hazard reports by months, checked one after the other, and the 安康杯 table over these and the demonstration's
//! other contests, with the stars of the quarters that are over. Lived through at a clock that is set back meanwhile.

use std::fmt::Write as _;

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};

use super::{
    Result, crowd,
    dice::Dice,
    labor,
    reports::{Album, PROPOSALS, Told},
    roster,
    stage::Staging,
};
use crate::{
    app::{Actor, App, Clock, workers::person_of, works::HandedIn},
    rules::{
        ledger::{Instant, entry::Role, works::Outcome},
        names::{ContestId, EntrantId, Id, WorkId},
        view,
    },
};

pub(super) const HAZARDS: &str = "hazard-reports";
pub(super) const SEASON: &str = "ankang-year";
/// A skills contest of last winter, which is over.
pub(super) const TRIAL: &str = "skills-trial";

const DAY_MS: i64 = 24 * crowd::HOUR_MS;
/// Of the year that ends with this month.
const MONTHS: i32 = 12;
/// Workers who may report; the last is nobody's: a newcomer logs in as them.
const WORKERS: u32 = 40;
/// Of the whole year.
const REPORTS: usize = 96;
/// The newest, which nobody has looked at yet.
const WAITING: usize = 5;
const TRIAL_AFTER_DAYS: i64 = 40;

/// One welder of each workshop; sealed, opened and announced.
pub(super) async fn trial(app: &App, clock: &Clock, admin: &Actor, dice: Dice) -> Result<()> {
    clock.set(Instant(begins(app.now()).0 + TRIAL_AFTER_DAYS * DAY_MS));
    let changes = [
        ("id = \"skills-welding\"", format!("id = \"{TRIAL}\"")),
        ("2026年职工焊工技能大赛", "焊工技能选拔赛".to_owned()),
    ];
    let workshops = u32::try_from(workshops().len()).unwrap_or(0);
    let mut trial = Staging::begin(app, "skills-welding.toml", &changes, admin, workshops, dice).await?;
    trial.start().await?;
    for stage in ["theory", "practice"] {
        trial.open(&Id::new(stage)).await?;
    }
    trial.values().await?;
    trial.mark(u32::MAX).await?;
    trial.settle().await?;
    trial.publish().await
}

/// The reports and the table.
pub(super) async fn year(app: &App, clock: &Clock, admin: &Actor, album: &Album, dice: Dice) -> Result<()> {
    let now = app.now();
    let begins = begins(now);
    clock.set(begins);
    let hazards = Staging::found(app, "hazard-reports.toml", &hazard_changes(now), admin, dice.of("hazards")).await?;
    let season = Staging::found(app, "ankang-year.toml", &season_changes(now), admin, dice.of("season")).await?;
    let mut year = Year { admin, checker: admin.clone(), hazards, season, handed_in: Vec::new() };
    year.people().await?;
    year.bind("hazards", HAZARDS).await?;
    let planned = year.planned(begins, now, album).await?;
    let mut steps: Vec<(i64, Step)> = vec![(begins.0 + (TRIAL_AFTER_DAYS + 1) * DAY_MS, Step::Trial)];
    for (at, plan) in planned.iter().enumerate() {
        steps.push((plan.at, Step::HandIn(at)));
        steps.extend(plan.verdict.as_ref().map(|_| (plan.checked_at, Step::Check(at))));
    }
    let quarters = year.season.definition.indicators.periods.iter();
    // The morning after.
    let over = |last: Date| instant(last.tomorrow().unwrap_or(last), 9).0;
    steps.extend(quarters.map(|quarter| (over(quarter.to), Step::Stars(quarter.id.clone()))));
    steps.retain(|(at, _)| *at < now.0);
    steps.sort_by_key(|(at, _)| *at);
    for (at, step) in &steps {
        clock.set(Instant(*at));
        match step {
            Step::Trial => year.bind("skills", TRIAL).await?,
            Step::HandIn(at) => year.hand_in(*at, &planned[*at]).await?,
            Step::Check(at) => year.check(*at, &planned[*at]).await?,
            Step::Stars(quarter) => year.stars(quarter).await?,
        }
    }
    clock.let_go();
    year.bind("quiz", crowd::QUIZ).await?;
    year.bind("labor", labor::LABOR).await
}

enum Step {
    Trial,
    HandIn(usize),
    Check(usize),
    Stars(Id),
}

/// A work of the year.
struct Plan {
    collection: Id,
    author: EntrantId,
    handed_in: HandedIn,
    at: i64,
    checked_at: i64,
    /// None: it waits.
    verdict: Option<Verdict>,
}

enum Verdict {
    Accepted(Option<&'static str>),
    Duplicate(usize),
    Declined,
    Returned,
    False,
}

struct Year<'a> {
    admin: &'a Actor,
    checker: Actor,
    hazards: Staging<'a>,
    season: Staging<'a>,
    /// By the place of its plan, in the order of time.
    handed_in: Vec<(usize, WorkId)>,
}

impl Year<'_> {
    async fn people(&mut self) -> Result<()> {
        let hazards = &mut self.hazards;
        hazards.organizer = hazards.person("安委办 冯立新", Role::Organizer).await?;
        hazards.units().await?;
        let list = roster::workers(WORKERS, &mut hazards.dice);
        hazards.register(&list).await?;
        let checks = |collection: &str| Role::Checker { collection: Id::new(collection), branch: None };
        self.checker = hazards.person("核实人 宋晓东", checks("hazards")).await?;
        hazards.appoint(&self.checker.person, checks("proposals")).await?;
        hazards.start().await?;
        hazards.open(&Id::new("reports")).await?;
        let season = &mut self.season;
        season.organizer = season.person("集团工会 沈静", Role::Organizer).await?;
        season.units().await?;
        let mut list = "编号,姓名,单位\n".to_owned();
        for (unit, number) in workshops().into_iter().zip(1..) {
            let _ = writeln!(list, "T{number:02},{},{unit}", unit.rsplit('/').next().unwrap_or(&unit));
        }
        season.register(&list).await?;
        season.start().await
    }

    async fn bind(&self, source: &str, contest: &str) -> Result<()> {
        let (source, contest) = (Id::new(source), ContestId::new(contest));
        self.season.app.bind_source(&self.season.contest, self.admin, &source, &contest).await?;
        Ok(())
    }

    /// What is handed in, in no order: most are accepted, some repeat others, some are untrue; the newest wait.
    async fn planned(&mut self, begins: Instant, now: Instant, album: &Album) -> Result<Vec<Plan>> {
        let lines = self.hazards.app.read(&self.hazards.contest, |state| view::organizer(state).entrants).await?;
        let mut workers: Vec<_> = lines
            .into_iter()
            .filter_map(|line| Some((line.entrant, line.facts.unit.as_ref()?.leaf().to_owned())))
            .collect();
        workers.sort();
        workers.pop();
        let dice = &mut self.hazards.dice;
        let slot = (now.0 - begins.0 - crowd::HOUR_MS) / i64::try_from(REPORTS).unwrap_or(1);
        let mut plans: Vec<Plan> = Vec::new();
        let mut told: Vec<Told> = Vec::new();
        for count in 0..REPORTS {
            // Some report often.
            let who = dice.roll(workers.len() as u64).min(dice.roll(workers.len() as u64));
            let (author, workshop) = workers[usize::try_from(who).unwrap_or(0)].clone();
            let ago = i64::try_from(REPORTS - count).unwrap_or(0) * slot;
            let at = now.0 - ago + i64::try_from(dice.roll(1_000)).unwrap_or(0) * slot / 1_000;
            // People report by day.
            let minutes = i64::try_from(7 * 60 + dice.roll(11 * 60)).unwrap_or(0);
            let day = instant(crowd::date(Instant(at), 0), 0).0;
            let at = (day + minutes * crowd::HOUR_MS / 60).min(now.0 - crowd::HOUR_MS / 2);
            let checked_at = at + i64::try_from(1 + dice.roll(30)).unwrap_or(1) * crowd::HOUR_MS;
            // Spread evenly over the year: 7 has no part in common with 20.
            let verdict = match count * 7 % 20 {
                _ if count + WAITING >= REPORTS => None,
                0..=2 => original(&plans, at, dice).map(Verdict::Duplicate),
                3 | 4 => Some(Verdict::False),
                5 => Some(Verdict::Declined),
                6 => Some(Verdict::Returned),
                7 | 8 => Some(Verdict::Accepted(Some("major"))),
                _ => Some(Verdict::Accepted(Some("minor"))),
            };
            told.push(Told::somewhere(&workshop, dice));
            let handed_in = match verdict {
                Some(Verdict::Duplicate(of)) => told[of].again(album),
                _ => told[count].first(album),
            };
            // What was said before anybody could repeat it is accepted.
            let waits = count + WAITING >= REPORTS;
            let verdict = verdict.or_else(|| (!waits).then_some(Verdict::Accepted(Some("minor"))));
            plans.push(Plan { collection: Id::new("hazards"), author, handed_in, at, checked_at, verdict });
        }
        let apart = (now.0 - begins.0) / i64::try_from(PROPOSALS.len() + 1).unwrap_or(1);
        for ((title, text), count) in PROPOSALS.iter().zip(1..) {
            let at = begins.0 + count * apart + i64::try_from(dice.roll(20)).unwrap_or(0) * crowd::HOUR_MS;
            let (author, _) = workers[usize::try_from(dice.roll(workers.len() as u64)).unwrap_or(0)].clone();
            let handed_in = HandedIn { title: (*title).into(), text: (*text).into(), ..HandedIn::default() };
            let verdict = if count % 4 == 0 { Verdict::Declined } else { Verdict::Accepted(None) };
            let (collection, checked_at) = (Id::new("proposals"), at + 3 * DAY_MS);
            plans.push(Plan { collection, author, handed_in, at, checked_at, verdict: Some(verdict) });
        }
        Ok(plans)
    }

    async fn hand_in(&mut self, at: usize, plan: &Plan) -> Result<()> {
        let (app, contest) = (self.hazards.app, &self.hazards.contest);
        let person = person_of(contest, &plan.author);
        let actor = Actor { person, administrator: false, entrant: Some(plan.author.clone()) };
        let operation = format!("year-{at}");
        let (work, _) = app.submit_work(contest, &actor, &plan.collection, &plan.handed_in, &operation).await?;
        self.handed_in.push((at, work));
        Ok(())
    }

    fn work(&self, at: usize) -> Option<&WorkId> {
        self.handed_in.iter().find(|(plan, _)| *plan == at).map(|(_, work)| work)
    }

    async fn check(&self, at: usize, plan: &Plan) -> Result<()> {
        let (Some(work), Some(verdict)) = (self.work(at), &plan.verdict) else { return Ok(()) };
        let (outcome, reason) = match verdict {
            Verdict::Accepted(grade) => (Outcome::Accepted { grade: grade.map(Id::new) }, ""),
            Verdict::Duplicate(of) => match self.work(*of) {
                Some(of) => (Outcome::Duplicate { of: of.clone() }, ""),
                None => return Ok(()),
            },
            Verdict::Declined => (Outcome::Declined, "已列入检修计划"),
            Verdict::Returned => (Outcome::Returned, "请补充具体位置和设备编号"),
            Verdict::False => (Outcome::Untrue, "现场查看没有发现所述情况，照片与地点不符"),
        };
        self.hazards.app.check_work(&self.hazards.contest, &self.checker, work, outcome, reason).await?;
        Ok(())
    }

    async fn stars(&self, quarter: &Id) -> Result<()> {
        let (app, season) = (self.season.app, &self.season.contest);
        let receipt = app.decide_stars(season, &self.season.organizer, quarter).await?;
        Ok(app.wait_for(season, receipt.version).await?)
    }
}

/// One that was accepted before, for a repetition.
fn original(plans: &[Plan], at: i64, dice: &mut Dice) -> Option<usize> {
    let accepted =
        |(_, plan): &(usize, &Plan)| plan.checked_at < at && matches!(plan.verdict, Some(Verdict::Accepted(_)));
    let known: Vec<usize> = plans.iter().enumerate().filter(accepted).map(|(at, _)| at).collect();
    // Of the newest: nobody repeats what was mended long ago.
    let newest = &known[known.len().saturating_sub(6)..];
    newest.get(usize::try_from(dice.roll(newest.len().max(1) as u64)).unwrap_or(0)).copied()
}

/// Everything that takes part in the year, as paths.
fn workshops() -> Vec<String> {
    roster::units().into_iter().filter(|unit| unit.split('/').count() == 3).collect()
}

fn first_month(now: Instant) -> Date {
    let first = crowd::date(now, 0).first_of_month();
    first.checked_sub((MONTHS - 1).months()).unwrap_or(first)
}

fn begins(now: Instant) -> Instant {
    instant(first_month(now), 8)
}

fn instant(day: Date, hour: i8) -> Instant {
    let zone = TimeZone::get(crowd::ZONE).unwrap_or(TimeZone::UTC);
    let local = day.at(hour, 0, 0, 0).to_zoned(zone);
    Instant(local.map(|local| local.timestamp().as_millisecond()).unwrap_or_default())
}

/// Months later.
fn later(day: Date, months: i32) -> Date {
    day.checked_add(months.months()).unwrap_or(day)
}

/// The year ends after this month, and its units are workshops of companies.
fn hazard_changes(now: Instant) -> crowd::Changes {
    let first = first_month(now);
    let closes = format!("closes = \"{}T00:00\"", later(first, MONTHS + 1));
    vec![
        ("opens = \"2026-01-01T00:00\"", format!("opens = \"{first}T00:00\"")),
        ("closes = \"2027-01-01T00:00\"", closes.clone()),
        ("closes = \"2026-12-01T00:00\"", closes),
        // Whoever follows a workshop's points finds its people.
        ("board-rows = 20", "board-rows = 50".to_owned()),
    ]
}

/// Entrants are workshops: the demonstration's contests have a table of these. Thresholds are for a year of which the
/// quiz and the labor competition come at the end.
fn season_changes(now: Instant) -> crowd::Changes {
    let mut changes = vec![
        ("table = \"teams-of-works\"", "table = \"workshops\"".to_owned()),
        ("title = \"隐患随手拍\"", "title = \"隐患随手拍\"\ntable = \"workshops\"".to_owned()),
        ("missing = \"scaled\"", "missing = \"zero\"".to_owned()),
        (
            "[[table]]\nid = \"workshops\"\ntitle = \"车间平均分\"\nof = \"units\"\nlevel = 3\nscore = \"mean\"\n",
            String::new(),
        ),
        ("优胜班组", "优胜车间".to_owned()),
        ("先进班组", "先进车间".to_owned()),
        ("星班组", "星车间".to_owned()),
    ];
    let thresholds = [
        ("at-least = 30", 10),
        ("at-least = 45", 20),
        ("at-least = 60", 52),
        ("at-least = 70", 64),
        ("at-least = 80", 80),
    ];
    changes.extend(thresholds.map(|(old, new)| (old, format!("at-least = {new}"))));
    let quarters = [
        "title = \"第一季度\"\nfrom = \"2026-01-01\"\nto = \"2026-03-31\"",
        "title = \"第二季度\"\nfrom = \"2026-04-01\"\nto = \"2026-06-30\"",
        "title = \"第三季度\"\nfrom = \"2026-07-01\"\nto = \"2026-09-30\"",
        "title = \"第四季度\"\nfrom = \"2026-10-01\"\nto = \"2026-12-31\"",
    ];
    let first = first_month(now);
    for ((quarter, at), title) in quarters.into_iter().zip(0..).zip(["第一期", "第二期", "第三期", "第四期"])
    {
        let (from, next) = (later(first, at * 3), later(first, at * 3 + 3));
        let to = next.yesterday().unwrap_or(next);
        changes.push((quarter, format!("title = \"{title}\"\nfrom = \"{from}\"\nto = \"{to}\"")));
    }
    changes
}
