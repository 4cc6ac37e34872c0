//! Seasons on real databases: sources that are contests of their own, reported as they move, and the table at every
//! instant of the season's past against what the sources were then.

use std::collections::BTreeMap;

use leitai::{
    app::{
        Actor, App, Clock, Error,
        contests::NewContest,
        lines,
        season::{Agreed, REPORT_EVERY_MS, Told},
    },
    rules::{
        command::{Command, Refusal},
        field::{Entrant, Slot, Value},
        ledger::{
            Entry, Instant,
            entry::{MarkValue, Phase},
            leaf,
            season::SeasonEntry,
            tree,
        },
        names::{ContestId, EntrantId, Id},
        season::{self, SeasonRefusal},
        state::State,
        view::{self, Audience},
    },
    store::names::EntrantName,
};
use rust_decimal::Decimal;

use crate::{
    hall::{name, organizer},
    support::databases::Database,
};

crate::on_both_databases!(
    a_season_follows_its_sources_and_its_past_stands,
    what_must_not_be_a_source_is_none,
    a_seal_takes_what_sources_show_in_that_moment,
    two_programs_close_no_circle,
    numbers_find_persons,
);

const QUIZ: &str = r#"
format = 1
[contest]
id = "quiz"
title = "安全知识竞赛"
board = "names"
[[stage]]
id = "theory"
[[stage.aspect]]
id = "paper"
kind = "imported"
max = 100
[ranking]
ties = ["shared"]
"#;

const YEAR: &str = r#"
format = 1
[contest]
id = "year"
title = "年度积分"
board = "names"
[[source]]
id = "quiz"
weight = "0.4"
missing = "zero"
[[source]]
id = "skills"
by = "rank"
points-per-rank = [10, 8]
missing = "zero"
[ranking]
ties = ["shared"]
"#;

/// 2026-09-01 09:00 in Shanghai.
const START: Instant = Instant(1_788_224_400_000);

struct Year {
    app: App,
    clock: Clock,
}

impl Year {
    async fn begin(database: &Database) -> Self {
        let clock = Clock::by_hand(START);
        let year = Self { app: App::new(database.open().await, clock.clone(), "."), clock };
        for (id, text) in [("quiz-2026", QUIZ), ("skills-2026", QUIZ), ("year-2026", YEAR)] {
            year.create(id, text).await;
        }
        for id in ["quiz-2026", "skills-2026"] {
            year.does(id, Command::ReachPhase { phase: Phase::Running, until: None }).await;
            year.does(id, Command::OpenStage { stage: "theory".into(), group: None }).await;
        }
        year
    }

    async fn create(&self, id: &str, text: &str) {
        let new = NewContest { id: id.into(), title: id.to_owned(), text: text.to_owned(), file: None };
        self.app.create_contest(&organizer(), new).await.expect("the contest begins");
        let entrants = (1..=3).map(|n| (team(n), in_unit(n))).collect();
        let names = (1..=3).map(|n| EntrantName {
            entrant: team(n),
            number: Some(format!("N-{n}")),
            ..name(n, &format!("{n}班"))
        });
        let id = id.into();
        self.app.register_entrants(&id, &organizer(), entrants, names.collect(), None, None).await.expect("entrants");
    }

    async fn does(&self, contest: &str, command: Command) {
        let contest = contest.into();
        let receipt = self.app.act(&contest, &organizer(), command).await.expect("allowed");
        self.app.wait_for(&contest, receipt.version).await.expect("shown");
    }

    async fn marks(&self, contest: &str, n: u32, mark: i64) {
        let slot =
            Slot { stage: "theory".into(), piece: None, attempt: 1, aspect: "paper".into(), value: None, judge: None };
        let value = MarkValue::Is(Value::Number(mark.into()));
        self.does(contest, Command::GiveMark { entrant: team(n), slot, value }).await;
    }

    async fn binds(&self, season: &str, source: &str, contest: &str) -> Result<(), Refusal> {
        match self.app.bind_source(&season.into(), &organizer(), &source.into(), &contest.into()).await {
            Ok(_) => Ok(()),
            Err(Error::Refused(refusal)) => Err(refusal),
            Err(error) => panic!("{error}"),
        }
    }

    async fn reports(&self, source: &str) -> Told {
        self.app.report_source(&"year-2026".into(), &source.into()).await.expect("looked")
    }

    /// Reported now, or by the task that looks every few seconds.
    async fn moves(&self, source: &str) {
        let told = self.reports(source).await;
        assert!(matches!(told, Told::Reported | Told::Unchanged), "{told:?}");
    }

    fn passes(&self, ms: i64) {
        self.clock.set(Instant(self.app.now().0 + ms));
    }

    /// `1 T1 36.00, …` of the season.
    async fn table(&self) -> String {
        let now = self.app.now();
        let board = self.app.read(&"year-2026".into(), |state| view::board(state, &Audience::Public, now)).await;
        shown(&board.expect("the board"))
    }

    async fn ledger(&self, contest: &str) -> Vec<lines::Bound> {
        let lines = self.app.store().lines_after(&contest.into(), 0).await.expect("lines");
        lines.iter().map(|line| lines::read(line).expect("as written")).collect()
    }
}

fn team(n: u32) -> EntrantId {
    EntrantId::new(format!("T{n}"))
}

fn in_unit(n: u32) -> Entrant {
    Entrant { unit: Some(format!("集团/{n}班").as_str().into()), ..Entrant::default() }
}

fn shown(board: &view::Board) -> String {
    let row = |row: &view::BoardRow| {
        let rank = row.rank.map_or("-".to_owned(), |rank| rank.to_string());
        format!("{rank} {} {}", row.who.key(), row.total.map_or("-".to_owned(), |total| total.to_string()))
    };
    board.tables[0].rows.iter().map(row).collect::<Vec<_>>().join(", ")
}

async fn a_season_follows_its_sources_and_its_past_stands(database: Database) {
    let year = Year::begin(&database).await;
    year.binds("year-2026", "quiz", "quiz-2026").await.expect("bound");
    year.binds("year-2026", "skills", "skills-2026").await.expect("bound");
    // Bound is reported at once: nobody has anything, and everybody 0 for it.
    assert_eq!(year.table().await, "1 T1 0.00, 1 T2 0.00, 1 T3 0.00");
    assert_eq!(year.reports("quiz").await, Told::Unchanged);
    year.marks("quiz-2026", 1, 90).await;
    // A minute has to pass between two reports.
    assert_eq!(year.reports("quiz").await, Told::Later);
    year.passes(REPORT_EVERY_MS);
    year.moves("quiz").await;
    assert_eq!(year.reports("quiz").await, Told::Unchanged);
    assert_eq!(year.table().await, "1 T1 36.00, 2 T2 0.00, 2 T3 0.00");

    year.marks("skills-2026", 2, 70).await;
    year.marks("skills-2026", 1, 60).await;
    year.passes(REPORT_EVERY_MS);
    year.moves("skills").await;
    // 36 + 8, 0 + 10.
    assert_eq!(year.table().await, "1 T1 44.00, 2 T2 10.00, 3 T3 0.00");

    // What a frozen board does not show is not reported.
    year.does("quiz-2026", Command::Freeze).await;
    year.marks("quiz-2026", 3, 100).await;
    year.passes(REPORT_EVERY_MS);
    assert_eq!(year.reports("quiz").await, Told::Unchanged);
    year.does("quiz-2026", Command::Unfreeze).await;
    year.moves("quiz").await;
    assert_eq!(year.table().await, "1 T1 44.00, 2 T3 40.00, 3 T2 10.00");

    year.marks("quiz-2026", 2, 50).await;
    // A phase is reported at once, within the minute.
    year.does("quiz-2026", Command::CloseStage { stage: "theory".into(), group: None }).await;
    year.does("quiz-2026", Command::ReachPhase { phase: Phase::Sealed, until: None }).await;
    year.moves("quiz").await;

    every_instant(&year).await;
}

/// Every prefix of the season's ledger shows what its sources showed at the entries that it names; the roots are those
/// of the trees over the sources' leaves.
async fn every_instant(year: &Year) {
    let own = year.ledger("year-2026").await;
    let mut compared = 0;
    for end in 1..=own.len() {
        let then = State::fold(own[..end].iter().map(|bound| &bound.entry));
        let mut expected: Vec<Decimal> = vec![Decimal::ZERO; 3];
        let mut newest: BTreeMap<Id, (ContestId, u64)> = BTreeMap::new();
        for entry in own[..end].iter().map(|bound| &bound.entry.entry) {
            if let Entry::Season(SeasonEntry::SourceReported(report)) = entry {
                let theirs = year.ledger(report.contest.as_str()).await;
                let leaves: Vec<leaf::Hash> = theirs.iter().map(|bound| bound.leaf).collect();
                let prefix = usize::try_from(report.sequence).unwrap();
                assert_eq!(report.root.0, leaf::hex(&tree::root(&leaves[..prefix])));
                newest.insert(report.source.clone(), (report.contest.clone(), report.sequence));
            }
        }
        if newest.is_empty() {
            continue;
        }
        for (source, (contest, sequence)) in &newest {
            // The marks of the prefix by themselves.
            let mut marks = [None, None, None];
            for bound in year.ledger(contest.as_str()).await.iter().take(usize::try_from(*sequence).unwrap()) {
                if let Entry::MarkGiven { entrant, value: MarkValue::Is(Value::Number(mark)), .. } = &bound.entry.entry
                {
                    let at: usize = entrant.as_str()[1..].parse().unwrap();
                    marks[at - 1] = Some(*mark);
                }
            }
            for (at, mark) in marks.iter().enumerate() {
                let Some(mark) = mark else { continue };
                expected[at] += if source.as_str() == "quiz" {
                    *mark * Decimal::new(4, 1)
                } else {
                    let better = marks.iter().flatten().filter(|other| *other > mark).count();
                    [Decimal::TEN, Decimal::from(8)].get(better).copied().unwrap_or_default()
                };
            }
        }
        for (at, expected) in expected.iter().enumerate() {
            let id = team(u32::try_from(at).unwrap() + 1);
            let trail = season::trail(&then, &id, &Audience::Public).expect("an entrant");
            assert_eq!(trail.total, Some(*expected), "{id} after {end}");
            let board = view::board(&then, &Audience::Public, Instant(0));
            let row = board.tables[0].rows.iter().find(|row| row.who.key() == id.as_str()).unwrap();
            assert_eq!(row.total, Some(*expected), "{id} after {end}");
            compared += 1;
        }
    }
    assert!(compared >= 15, "{compared}");
}

async fn what_must_not_be_a_source_is_none(database: Database) {
    let year = Year::begin(&database).await;
    let season = |refusal| Err(Refusal::Season(refusal));
    let none = SeasonRefusal::UnknownContest("nothing".into());
    assert_eq!(year.binds("year-2026", "quiz", "nothing").await, season(none));
    let path = ["year-2026", "year-2026"].map(Into::into).to_vec();
    assert_eq!(year.binds("year-2026", "quiz", "year-2026").await, season(SeasonRefusal::Circle { path }));
    // Over another table, which is bound already.
    year.create("group-2026", &YEAR.replace("\"year\"", "\"group\"")).await;
    year.binds("group-2026", "quiz", "year-2026").await.expect("bound");
    let path = ["year-2026", "group-2026", "year-2026"].map(Into::into).to_vec();
    assert_eq!(year.binds("year-2026", "skills", "group-2026").await, season(SeasonRefusal::Circle { path }));
    let role = leitai::rules::ledger::entry::Role::Organizer;
    year.does("group-2026", Command::AssignPerson { person: "org2".into(), role, unit: None }).await;
    // It has reported already.
    let agreed = Agreed { reason: "接错了竞赛".to_owned(), second: Some("org2".into()) };
    let id = ContestId::new("group-2026");
    let receipt = year.app.release_source_agreed(&id, &organizer(), &"quiz".into(), &agreed).await.expect("released");
    year.app.wait_for(&"group-2026".into(), receipt.version).await.expect("shown");
    year.binds("year-2026", "skills", "group-2026").await.expect("no circle any more");

    // Somebody who organizes this one alone.
    let other = Actor { person: "other".into(), administrator: false, entrant: None };
    let role = leitai::rules::ledger::entry::Role::Organizer;
    year.does("year-2026", Command::AssignPerson { person: "other".into(), role, unit: None }).await;
    let refused = year.app.bind_source(&"year-2026".into(), &other, &"quiz".into(), &"quiz-2026".into()).await;
    let Err(Error::Refused(Refusal::Season(refusal))) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal, SeasonRefusal::NotOrganizerThere { contest: "quiz-2026".into() });

    // Where the lowest leads, totals are no points.
    year.create("race-2026", &QUIZ.replace("[ranking]", "[ranking]\nfirst = \"lowest\"")).await;
    year.does("race-2026", Command::ReachPhase { phase: Phase::Running, until: None }).await;
    let lowest = SeasonRefusal::LowestFirst { contest: "race-2026".into() };
    assert_eq!(year.binds("year-2026", "quiz", "race-2026").await, season(lowest));
    // A board of draw numbers tells nobody who they are.
    year.create("blind-2026", &QUIZ.replace("board = \"names\"", "board = \"numbers\"")).await;
    year.binds("year-2026", "quiz", "blind-2026").await.expect("bound");
    assert_eq!(year.reports("quiz").await, Told::NotPublic(season::NotPublic::NumbersOnly));
}

async fn a_seal_takes_what_sources_show_in_that_moment(database: Database) {
    let year = Year::begin(&database).await;
    year.does("year-2026", Command::ReachPhase { phase: Phase::Running, until: None }).await;
    year.binds("year-2026", "quiz", "quiz-2026").await.expect("bound");
    year.marks("quiz-2026", 1, 90).await;
    year.passes(REPORT_EVERY_MS);
    year.moves("quiz").await;
    // Twenty seconds later a mark is put right, and twenty after that the season is sealed.
    year.passes(20_000);
    year.marks("quiz-2026", 1, 80).await;
    assert_eq!(year.reports("quiz").await, Told::Later);
    year.passes(20_000);
    year.does("year-2026", Command::ReachPhase { phase: Phase::Sealed, until: None }).await;
    // 80 × 0.4.
    assert_eq!(year.table().await, "1 T1 32.00, 2 T2 0.00, 2 T3 0.00");
    assert_eq!(year.reports("quiz").await, Told::Over);
}

/// Each sees no circle before its commit; whoever closed one takes it back.
async fn two_programs_close_no_circle(database: Database) {
    let year = Year::begin(&database).await;
    let other = Year { app: App::new(database.open().await, year.clock.clone(), "."), clock: year.clock.clone() };
    for round in 0..4 {
        let [a, b] = ["a", "b"].map(|side| format!("{side}{round}-2026"));
        year.create(&a, &YEAR.replace("\"year\"", "\"a\"")).await;
        year.create(&b, &YEAR.replace("\"year\"", "\"b\"")).await;
        let (one, two) = tokio::join!(year.binds(&a, "quiz", &b), other.binds(&b, "quiz", &a));
        let refusals = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert!(!refusals.is_empty());
        let circle = |refusal: &Refusal| matches!(refusal, Refusal::Season(SeasonRefusal::Circle { .. }));
        assert!(refusals.iter().all(circle), "{refusals:?}");
        let bindings = year.app.bindings().await.expect("read");
        let [a, b] = [a, b].map(|id| bindings.get(&ContestId::new(id)).map_or(0, BTreeMap::len));
        assert!(a + b <= 1, "{bindings:?}");
    }
}

async fn numbers_find_persons(database: Database) {
    let year = Year::begin(&database).await;
    let text = YEAR.replace("[[source]]\nid = \"quiz\"", "[season]\nmatch = \"number\"\n[[source]]\nid = \"quiz\"");
    let text = text.replace("\"year\"", "\"stars\"");
    let new = NewContest { id: "stars-2026".into(), title: "明星".into(), text, file: None };
    year.app.create_contest(&organizer(), new).await.expect("the contest begins");
    // The same people under other ids, in no unit.
    let entrants = vec![(EntrantId::new("P7"), Entrant::default()), (EntrantId::new("P8"), Entrant::default())];
    let names = [("P7", Some("N-2")), ("P8", None)].map(|(id, number)| EntrantName {
        entrant: id.into(),
        number: number.map(str::to_owned),
        ..name(1, id)
    });
    let id = "stars-2026".into();
    year.app.register_entrants(&id, &organizer(), entrants, names.into(), None, None).await.expect("entrants");
    year.marks("quiz-2026", 2, 50).await;
    year.binds("stars-2026", "quiz", "quiz-2026").await.expect("bound");
    let now = year.app.now();
    let board = year.app.read(&id, |state| view::board(state, &Audience::Public, now)).await.expect("the board");
    assert_eq!(shown(&board), "1 P7 20.00, 2 P8 0.00");
}
