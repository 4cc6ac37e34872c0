//! A small contest for tests, with the verbs of the people in it.
//!
//! Theory is imported; practice is marked by three judges on `look` (mean, re-mark when they lie more than 3 apart).
//! W1 and W2 come from 一厂, W3 from 二厂; judge J3 belongs to 二厂. Numbers are drawn by hand: W1 is 3, W2 is 1, W3 is 2.

use rust_decimal::Decimal;

use super::{
    command::{Command, Refusal},
    decide::{Actor, decide},
    field::{Entrant, PanelSlot, Slot, Value, ViolationSlot},
    ledger::{
        Entry, Instant, Recorded,
        entry::{Digest, MarkValue, Phase, Role, SheetKey},
    },
    names::{EntrantId, Id, PersonId},
    state::State,
};

pub(super) const DEFINITION: &str = r#"
format = 1

[contest]
id = "trial"
title = "试赛"
timezone = "Asia/Shanghai"
board = "numbers"

[[stage]]
id = "theory"
title = "理论"
weight = "0.3"
[[stage.aspect]]
id = "paper"
title = "试卷"
kind = "imported"
max = 100

[[stage]]
id = "practice"
title = "实操"
weight = "0.7"
max = 100
[[stage.panel]]
id = "look"
title = "外观组"
judges = 3
marks = ["face"]
spread = { max = 3, action = "re-mark" }
missing = "wait"
[[stage.aspect]]
id = "face"
title = "外观"
max = 100
step = "0.5"
[[stage.violation]]
id = "no-goggles"
title = "未戴护目镜"
points = -5
from = "stage"
most = 3
panel = "look"
[[stage.violation]]
id = "unsafe"
title = "严重违章"
effect = "disqualify"
panel = "look"

[ranking]
ties = ["practice", "people-decide"]

[[award]]
id = "first"
title = "一等奖"
count = 1
boundary = "people-decide"
"#;

/// A contest and all that was recorded in it.
#[derive(Clone)]
pub(super) struct Trial {
    pub(super) state: State,
    pub(super) entries: Vec<Recorded>,
    pub(super) now: Instant,
}

pub(super) const START: Instant = Instant(1_767_225_600_000);

impl Trial {
    pub(super) fn nothing() -> Self {
        Self { state: State::empty(), entries: Vec::new(), now: START }
    }

    /// Set up and drawn, not started.
    pub(super) fn drawn() -> Self {
        Self::drawn_with(DEFINITION)
    }

    fn drawn_with(definition: &str) -> Self {
        let mut trial = Self::nothing();
        trial.org(Command::Found { text: definition.to_owned() });
        for (person, role) in [("chief", Role::ChiefJudge), ("chief2", Role::ChiefJudge)] {
            trial.org(Command::AssignPerson { person: person.into(), role, unit: None });
        }
        trial.org(Command::AssignPerson {
            person: "lead".into(),
            role: Role::Leader { stage: "practice".into(), panel: "look".into() },
            unit: None,
        });
        for (judge, seat, unit) in [("J1", 1, None), ("J2", 2, None), ("J3", 3, Some("集团/三厂"))] {
            trial.org(Command::AssignPerson { person: judge.into(), role: seat_on(seat), unit: unit.map(Into::into) });
        }
        let entrants = [("W1", "集团/一厂"), ("W2", "集团/一厂"), ("W3", "集团/二厂")];
        let entrants =
            entrants.map(|(id, unit)| (EntrantId::new(id), Entrant { unit: Some(unit.into()), ..Entrant::default() }));
        trial.org(Command::RegisterEntrants { entrants: entrants.into(), reason: None, second: None });
        trial.org(Command::EnterLots {
            event: None,
            group: None,
            witness: "witness".into(),
            numbers: vec![("W1".into(), 3), ("W2".into(), 1), ("W3".into(), 2)],
        });
        trial
    }

    /// Running, all stages open.
    pub(super) fn open() -> Self {
        Self::open_with(DEFINITION)
    }

    /// The same contest by other rules.
    pub(super) fn open_with(definition: &str) -> Self {
        let mut trial = Self::drawn_with(definition);
        trial.org(Command::ReachPhase { phase: Phase::Running, until: None });
        for stage in ["theory", "practice"] {
            trial.org(Command::OpenStage { stage: stage.into(), group: None });
        }
        trial
    }

    /// Everybody marked and submitted: W1 90, W2 80, W3 70 in practice, 100 each in theory; all closed and signed.
    pub(super) fn signed() -> Self {
        let mut trial = Self::open();
        for (entrant, mark) in [("W1", 90), ("W2", 80), ("W3", 70)] {
            trial.theory(entrant, 100);
            for judge in ["J1", "J2", "J3"] {
                trial.gives(judge, entrant, mark);
                trial.submits(judge, entrant);
            }
        }
        for stage in ["theory", "practice"] {
            trial.org(Command::CloseStage { stage: stage.into(), group: None });
        }
        trial.must("chief", sign());
        trial
    }

    pub(super) fn try_as(&self, person: &str, command: &Command) -> Result<Vec<Entry>, Refusal> {
        decide(&self.state, &Actor { person: person.into(), administrator: false, entrant: None }, command, self.now)
    }

    /// Decides and records; a refused command changes nothing.
    pub(super) fn does(&mut self, person: &str, command: &Command) -> Result<(), Refusal> {
        for entry in self.try_as(person, command)? {
            self.now = Instant(self.now.0 + 1_000);
            let seq = self.entries.len() as u64 + 1;
            let recorded = Recorded { seq, epoch: 1, at: self.now, entry };
            self.state.apply(&recorded);
            self.entries.push(recorded);
        }
        Ok(())
    }

    #[expect(clippy::needless_pass_by_value, reason = "a test reads better without an ampersand before each command")]
    #[track_caller]
    pub(super) fn must(&mut self, person: &str, command: Command) {
        if let Err(refusal) = self.does(person, &command) {
            panic!("{person} may not {command:?}: {refusal:?}");
        }
    }

    #[track_caller]
    pub(super) fn refused(&self, person: &str, command: &Command) -> Refusal {
        match self.try_as(person, command) {
            Err(refusal) => refusal,
            Ok(entries) => panic!("{person} may {command:?}: {entries:?}"),
        }
    }

    #[track_caller]
    pub(super) fn org(&mut self, command: Command) {
        self.must("org", command);
    }

    #[track_caller]
    pub(super) fn gives(&mut self, judge: &str, entrant: &str, mark: i64) {
        self.must(judge, mark_of(entrant, mark));
    }

    #[track_caller]
    pub(super) fn submits(&mut self, judge: &str, entrant: &str) {
        self.must(judge, Command::SubmitSheet { sheet: sheet_of(judge, entrant) });
    }

    #[track_caller]
    pub(super) fn theory(&mut self, entrant: &str, mark: i64) {
        let slot = Slot { stage: "theory".into(), aspect: "paper".into(), ..face() };
        self.org(Command::GiveMark { entrant: entrant.into(), slot, value: is(mark) });
    }

    #[track_caller]
    pub(super) fn all_mark(&mut self, entrant: &str, marks: [i64; 3]) {
        for (judge, mark) in ["J1", "J2", "J3"].into_iter().zip(marks) {
            self.gives(judge, entrant, mark);
            self.submits(judge, entrant);
        }
    }
}

pub(super) fn seat_on(seat: u32) -> Role {
    Role::Judge { stage: "practice".into(), panel: "look".into(), seat, event: None, group: None }
}

pub(super) fn is(mark: i64) -> MarkValue {
    MarkValue::Is(Value::Number(Decimal::from(mark)))
}

pub(super) fn face() -> Slot {
    Slot { stage: "practice".into(), piece: None, attempt: 1, aspect: "face".into(), value: None, judge: None }
}

pub(super) fn face_by(judge: &str) -> Slot {
    Slot { judge: Some(judge.into()), ..face() }
}

pub(super) fn face_panel() -> PanelSlot {
    PanelSlot { stage: "practice".into(), piece: None, attempt: 1, aspect: "face".into() }
}

pub(super) fn mark_of(entrant: &str, mark: i64) -> Command {
    Command::GiveMark { entrant: entrant.into(), slot: face(), value: is(mark) }
}

pub(super) fn sheet_of(judge: &str, entrant: &str) -> SheetKey {
    SheetKey {
        judge: PersonId::new(judge),
        stage: "practice".into(),
        panel: "look".into(),
        entrant: entrant.into(),
        piece: None,
        attempt: 1,
    }
}

pub(super) fn sign() -> Command {
    Command::SignPanel { stage: "practice".into(), panel: "look".into(), group: None }
}

pub(super) fn violation(entrant: &str, id: &str, count: u32) -> Command {
    let slot = ViolationSlot { stage: "practice".into(), piece: None, attempt: 1, violation: Id::new(id) };
    Command::RecordViolation { entrant: entrant.into(), slot, count, reason: None }
}

pub(super) fn reason() -> Digest {
    Digest("00".repeat(32))
}

pub(super) fn correct(judge: &str, entrant: &str, mark: i64, second: Option<&str>) -> Command {
    Command::CorrectMark {
        entrant: entrant.into(),
        slot: face_by(judge),
        value: is(mark),
        reason: reason(),
        second: second.map(Into::into),
    }
}
