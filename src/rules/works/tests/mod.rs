//! A small collection with its people: points worked by hand, and against a second way of counting.
//!
//! A1 and A2 are of 集团/一厂, B1 is of 集团/二厂. `chk` checks everything, `chk1` 一厂 only. J1 is of 一厂, J2 of 二厂, J3
//! and J4 of no unit.

mod dealing;
mod desk;
mod next;
mod points;
mod way;

use rust_decimal::Decimal;

use super::*;
use crate::rules::{
    command::{Command, Refusal},
    decide::{Actor, decide},
    field::Entrant,
    ledger::{
        Instant, Recorded,
        entry::{Digest, Phase, Role},
        works::{Content, Outcome},
    },
    names::{EntrantId, Id, PersonId, WorkId},
    state::State,
};

const HEAD: &str = r#"
format = 1
[contest]
id = "reports"
title = "隐患随手拍"
timezone = "Asia/Shanghai"
board = "names"
[[stage]]
id = "reports"
floor = "none"
[[stage.aspect]]
id = "points"
kind = "measurement"
collection = "hazards"
[[stage.aspect]]
id = "accepted"
kind = "value"
collection = "hazards"
works = "accepted"
[total]
floor = "none"
[ranking]
ties = ["shared"]
[[collection]]
id = "hazards"
kind = "hazard"
opens = "2026-01-01T08:00"
closes = "2027-01-01T00:00"
points = { submitted = 1, accepted = 5, declined = 0, duplicate = 0, false = -3 }
"#;

const JUDGED: &str = r"
[collection.judging]
judges = 2
max = 10
step = '0.5'
";

/// 2026-01-01T08:00 in Shanghai.
const START: i64 = 1_767_225_600_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

struct Office {
    state: State,
    now: Instant,
}

impl Office {
    /// Running; `keys` go on with the collection.
    fn new(keys: &str) -> Self {
        Self::of(&format!("{HEAD}{keys}"))
    }

    fn of(text: &str) -> Self {
        let mut office = Self { state: State::empty(), now: Instant(START - DAY) };
        office.org(Command::Found { text: text.to_owned() });
        let of = |unit: &str| Entrant { unit: Some(unit.into()), ..Entrant::default() };
        let entrants = [("A1", "集团/一厂"), ("A2", "集团/一厂"), ("B1", "集团/二厂")];
        let entrants = entrants.map(|(id, unit)| (EntrantId::new(id), of(unit)));
        office.org(Command::RegisterEntrants { entrants: entrants.into(), reason: None, second: None });
        let hazards = || Id::new("hazards");
        let assign = |person: &str, role, unit: Option<&str>| Command::AssignPerson {
            person: person.into(),
            role,
            unit: unit.map(Into::into),
        };
        office.org(assign("chk", Role::Checker { collection: hazards(), branch: None }, None));
        let branch = Some("集团/一厂".into());
        office.org(assign("chk1", Role::Checker { collection: hazards(), branch }, None));
        for (judge, unit) in [("J1", Some("集团/一厂")), ("J2", Some("集团/二厂")), ("J3", None), ("J4", None)]
        {
            office.org(assign(judge, Role::WorkJudge { collection: hazards() }, unit));
        }
        office.org(Command::ReachPhase { phase: Phase::Running, until: None });
        office.now = Instant(START);
        office
    }

    #[expect(clippy::needless_pass_by_value, reason = "asked for once")]
    fn org(&mut self, command: Command) {
        self.asks("org", &command).unwrap();
    }

    /// People who take part are known by their entrant's id.
    fn asks(&mut self, person: &str, command: &Command) -> Result<(), Refusal> {
        let entrant = self.state.entrant(&person.into()).map(|_| EntrantId::new(person));
        let actor = Actor { person: PersonId::new(person), administrator: false, entrant };
        for entry in decide(&self.state, &actor, command, self.now)? {
            let version = self.state.version();
            let at = self.now.max(self.state.at());
            self.state.apply(&Recorded { seq: version.seq + 1, epoch: 0, at, entry });
        }
        Ok(())
    }

    fn does(&mut self, person: &str, act: Act) {
        self.asks(person, &Command::Work(act)).unwrap();
    }

    fn no(&mut self, person: &str, act: Act, refusal: WorkRefusal) {
        self.refused(person, act, Refusal::Work(refusal));
    }

    fn refused(&mut self, person: &str, act: Act, refusal: Refusal) {
        assert_eq!(self.asks(person, &Command::Work(act)), Err(refusal));
    }

    /// Handed in and, with an outcome, checked by `chk`.
    fn reports(&mut self, entrant: &str, work: &str, outcome: Option<Outcome>) {
        self.does(entrant, submit(work));
        if let Some(outcome) = outcome {
            self.does("chk", check(work, outcome, Some("r")));
        }
    }

    fn points(&self, entrant: &str) -> Option<Decimal> {
        let now = points_now(&self.state, &"hazards".into());
        now.into_iter().find(|(id, _)| id.as_str() == entrant).map(|(_, points)| points)
    }

    fn lines(&self, entrant: &str) -> Vec<PointLine> {
        points_of(&self.state, &"hazards".into(), &entrant.into())
    }

    fn work(&self, id: &str) -> Work {
        self.state.works.by_id[id].clone()
    }
}

fn content(text: &str) -> Content {
    Content { text: Digest(text.to_owned()), pictures: vec![Digest("p".to_owned())] }
}

fn submit(work: &str) -> Act {
    Act::Submit { work: work.into(), collection: "hazards".into(), content: content(work) }
}

fn check(work: &str, outcome: Outcome, reason: Option<&str>) -> Act {
    Act::Check { work: work.into(), outcome, reason: reason.map(|text| Digest(text.to_owned())) }
}

fn accepted() -> Outcome {
    Outcome::Accepted { grade: None }
}

fn mark(work: &str, tenths: i64) -> Act {
    Act::Mark { work: work.into(), mark: Decimal::new(tenths, 1) }
}

#[expect(clippy::unnecessary_wraps, reason = "compared with what may be missing")]
fn number(whole: i64) -> Option<Decimal> {
    Some(Decimal::from(whole))
}
