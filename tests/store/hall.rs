//! A welding contest in progress, for tests of the room: judges with seats, entrants, an open stage.

use std::sync::Arc;

use leitai::{
    app::{Actor, App, Clock, Error, Receipt, contests::NewContest},
    rules::{
        command::Command,
        field::{Entrant, Slot, Value},
        ledger::{
            Entry, Instant,
            entry::{MarkValue, Phase, Role},
        },
        names::{ContestId, EntrantId, Id, PersonId},
    },
    store::{Store, ledger::Line, names::EntrantName},
};
use rust_decimal::Decimal;

use crate::support::databases::Database;

pub const JUDGES: u32 = 5;
pub const ENTRANTS: u32 = 20;
const DEFINITION: &str = include_str!("welding.toml");

/// One program on a database.
#[derive(Clone)]
pub struct Hall {
    pub app: App,
    pub clock: Clock,
    pub contest: ContestId,
}

impl Hall {
    /// A contest whose practice stage is open for marks.
    pub async fn begin(database: &Database) -> Self {
        let hall = Self::enter(database).await;
        let new = NewContest {
            id: hall.contest.clone(),
            title: "焊工大赛".into(),
            text: DEFINITION.into(),
            file: Some("welding.toml".into()),
        };
        hall.app.create_contest(&organizer(), new).await.expect("the contest begins");
        let entrants = (1..=ENTRANTS).map(|n| (entrant(n), Entrant::default())).collect();
        let names = (1..=ENTRANTS).map(|n| name(n, &format!("选手{n}"))).collect();
        hall.app.register_entrants(&hall.contest, &organizer(), entrants, names, None, None).await.expect("entrants");
        for seat in 1..=JUDGES {
            let role =
                Role::Judge { stage: Id::new("practice"), panel: Id::new("look"), seat, event: None, group: None };
            hall.does(Command::AssignPerson { person: person(seat), role, unit: None }).await.expect("a seat");
        }
        hall.does(Command::ReachPhase { phase: Phase::Running, until: None }).await.expect("the contest runs");
        hall.does(Command::OpenStage { stage: Id::new("practice"), group: None }).await.expect("the stage opens");
        hall
    }

    /// Another program, or the same after a restart.
    pub async fn enter(database: &Database) -> Self {
        let clock = Clock::by_hand(Instant(1_780_000_000_000));
        let app = App::new(database.open().await, clock.clone(), ".");
        Self { app, clock, contest: ContestId::new("welding-2026") }
    }

    /// The organizer does something.
    pub async fn does(&self, command: Command) -> Result<Receipt, Error> {
        self.app.act(&self.contest, &organizer(), command).await
    }

    /// A judge's tablet sends one mark, once.
    pub async fn sends(&self, judge: u32, entrant: u32, points: i64, operation: &str) -> Result<Receipt, Error> {
        let command = mark(judge, entrant, points);
        let body = format!("{command:?}");
        self.app.act_once(&self.contest, &actor(judge), operation, body.as_bytes(), command).await
    }

    /// … and again until the server has it, as tablets do.
    pub async fn sends_until_received(&self, judge: u32, entrant: u32, points: i64, operation: &str) -> Receipt {
        loop {
            match self.sends(judge, entrant, points, operation).await {
                Ok(receipt) => return receipt,
                Err(Error::Busy { .. } | Error::Store(_)) => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        }
    }

    pub async fn lines(&self) -> Vec<Line> {
        self.app.store().lines_after(&self.contest, 0).await.expect("the ledger is read")
    }

    /// The marks in the ledger: judge, entrant, points, in order.
    pub async fn marks(&self) -> Vec<(PersonId, EntrantId, Decimal)> {
        marks(self.app.store(), &self.contest).await
    }

    /// The newest committed entry.
    pub async fn head(&self) -> u64 {
        self.app.contest(&self.contest).await.expect("the contest").head.seq
    }

    pub async fn follower(&self) -> Arc<leitai::app::Follower> {
        self.app.follower(&self.contest).await.expect("the contest opens")
    }
}

async fn marks(store: &Store, contest: &ContestId) -> Vec<(PersonId, EntrantId, Decimal)> {
    let lines = store.lines_after(contest, 0).await.expect("the ledger is read");
    lines
        .iter()
        .filter_map(|line| match leitai::app::lines::read(line)?.entry.entry {
            Entry::MarkGiven { entrant, value: MarkValue::Is(Value::Number(points)), by, .. } => {
                Some((by, entrant, points))
            }
            _ => None,
        })
        .collect()
}

pub fn mark(judge: u32, number: u32, points: i64) -> Command {
    let slot = Slot {
        stage: Id::new("practice"),
        piece: None,
        attempt: 1,
        aspect: Id::new("face"),
        value: None,
        judge: Some(person(judge)),
    };
    Command::GiveMark { entrant: entrant(number), slot, value: MarkValue::Is(Value::Number(points.into())) }
}

pub fn person(judge: u32) -> PersonId {
    PersonId::new(format!("judge-{judge}"))
}

pub fn entrant(number: u32) -> EntrantId {
    EntrantId::new(format!("W{number:03}"))
}

pub fn name(number: u32, text: &str) -> EntrantName {
    EntrantName {
        entrant: entrant(number),
        name: text.into(),
        number: None,
        birth_date: None,
        gender: None,
        phone: None,
    }
}

pub fn actor(judge: u32) -> Actor {
    Actor { person: person(judge), administrator: false, entrant: None }
}

pub fn organizer() -> Actor {
    Actor { person: PersonId::new("organizer"), administrator: true, entrant: None }
}
