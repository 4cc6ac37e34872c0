//! Ladders under test: people A, B, C … on one ladder, with the verbs of those who use it. Times are local, in
//! Shanghai; figures are worked by hand.

mod calendar;
mod corners;
mod games;
mod life;
mod movement;
mod properties;
mod refusals;
mod session;

use rust_decimal::Decimal;

use super::{Act, Bar, Barred, LadderRefusal, Outcome, due, due::current, may_challenge, rules::Rules};
use crate::rules::{
    command::{Command, Refusal},
    decide::{Actor, decide},
    definition,
    field::Entrant,
    ledger::{
        Entry, Instant, Recorded,
        entry::Phase,
        ladder::{Aim, LadderEntry},
    },
    names::{ChallengeId, EntrantId, Id},
    state::State,
};

pub(super) const BEFORE: &str = r#"
format = 1

[contest]
id = "trial"
title = "擂台赛"

[entrants]
eligibility = [{ id = "fitter", title = "钳工" }]

[[stage]]
id = "bench"
title = "实操"
weight = 1
max = 100
[[stage.panel]]
id = "look"
judges = 1
marks = ["work"]
[[stage.aspect]]
id = "work"
max = 100

[ranking]
ties = ["people-decide"]

[[paper]]
id = "daily"
title = "每日一答"
bank = "safety"
[[paper.part]]
count = 2
points = 5

[[ladder]]
id = "hall"
title = "钳工擂台"
"#;

/// A local moment: `2026-09-01 09:00`.
pub(super) fn at(text: &str) -> Instant {
    let there: jiff::civil::DateTime = text.replace(' ', "T").parse().unwrap();
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    Instant(zone.to_zoned(there).unwrap().timestamp().as_millisecond())
}

pub(super) fn rules(ladder: &str) -> Rules {
    let read = definition::read(&format!("{BEFORE}{ladder}"));
    read.definition.unwrap_or_else(|| panic!("{:?}", read.problems)).ladders.remove(0)
}

pub(super) fn ids(names: &str) -> Vec<EntrantId> {
    names.chars().map(|name| EntrantId::new(name.to_string())).collect()
}

pub(super) fn score(points: i64) -> Outcome {
    Outcome { score: Decimal::from(points), used_ms: 600_000 }
}

/// A contest with one ladder, running since 2026-09-01 09:00; `org` organizes, `fit` is false for Z alone.
#[derive(Clone)]
pub(super) struct Hall {
    pub(super) state: State,
    pub(super) entries: Vec<Recorded>,
    pub(super) now: Instant,
    made: u32,
}

impl Hall {
    /// Tiers from the top: `"A BC DE"`; without tiers, one word.
    pub(super) fn new(ladder: &str, tiers: &str) -> Self {
        let mut hall = Self::draft(&format!("{BEFORE}{ladder}"), "2026-09-01 09:00");
        hall.begins();
        hall.seeds(tiers);
        hall
    }

    /// Before it runs, with everybody registered and nobody on the ladder.
    pub(super) fn draft(text: &str, moment: &str) -> Self {
        let mut hall = Self { state: State::empty(), entries: Vec::new(), now: at(moment), made: 0 };
        hall.org(Command::Found { text: text.to_owned() });
        let facts =
            |fits| Entrant { eligibilities: if fits { vec!["fitter".into()] } else { vec![] }, ..Entrant::default() };
        let people = ids("ABCDEFGHZ").into_iter().map(|one| (one.clone(), facts(one.as_str() != "Z")));
        hall.org(Command::RegisterEntrants { entrants: people.collect(), reason: None, second: None });
        hall
    }

    pub(super) fn begins(&mut self) {
        self.org(Command::ReachPhase { phase: Phase::Running, until: None });
    }

    pub(super) fn seeds(&mut self, tiers: &str) {
        let tiers = tiers.split(' ').map(ids).collect();
        self.org(Command::Ladder(Act::Seed { ladder: "hall".into(), tiers }));
    }

    pub(super) fn on(mut self, moment: &str) -> Self {
        self.at(moment);
        self
    }

    pub(super) fn at(&mut self, moment: &str) {
        let then = at(moment);
        assert!(then >= self.now, "time goes forward");
        self.now = then;
    }

    pub(super) fn append(&mut self, entry: Entry) {
        let recorded = Recorded { seq: self.entries.len() as u64 + 1, epoch: 1, at: self.now, entry };
        self.state.apply(&recorded);
        self.entries.push(recorded);
    }

    pub(super) fn try_as(&self, who: &str, command: &Command) -> Result<Vec<Entry>, Refusal> {
        let entrant = (who.len() == 1).then(|| EntrantId::new(who));
        let actor = Actor { person: who.into(), administrator: false, entrant };
        decide(&self.state, &actor, command, self.now)
    }

    #[track_caller]
    pub(super) fn does(&mut self, who: &str, command: &Command) {
        let entries = self.try_as(who, command).unwrap_or_else(|refusal| panic!("{who} {command:?}: {refusal:?}"));
        for entry in entries {
            self.append(entry);
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "a test reads better without an ampersand before each command")]
    #[track_caller]
    fn org(&mut self, command: Command) {
        self.does("org", &command);
    }

    #[track_caller]
    pub(super) fn acts(&mut self, who: &str, act: Act) {
        self.does(who, &Command::Ladder(act));
    }

    pub(super) fn refused(&self, who: &str, act: Act) -> LadderRefusal {
        match self.try_as(who, &Command::Ladder(act)) {
            Err(Refusal::Ladder(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn next_id(&mut self) -> ChallengeId {
        self.made += 1;
        ChallengeId::new(format!("c{}", self.made))
    }

    #[track_caller]
    pub(super) fn challenges(&mut self, who: &str, target: &str) -> ChallengeId {
        self.aims(who, Aim::Person(target.into()))
    }

    #[track_caller]
    pub(super) fn aims(&mut self, who: &str, aim: Aim) -> ChallengeId {
        let challenge = self.next_id();
        self.acts(who, Act::Challenge { challenge: challenge.clone(), ladder: "hall".into(), entrant: None, aim });
        challenge
    }

    #[track_caller]
    pub(super) fn answers(&mut self, who: &str, challenge: &ChallengeId, accept: bool) {
        self.acts(who, Act::Answer { challenge: challenge.clone(), entrant: None, accept });
    }

    #[track_caller]
    pub(super) fn gets(&mut self, challenge: &ChallengeId, of: &str, outcome: Outcome) {
        self.acts("org", Act::EnterResult { challenge: challenge.clone(), of: of.into(), outcome });
    }

    /// Challenges, accepts and plays on the spot.
    #[track_caller]
    pub(super) fn duel(&mut self, who: &str, target: &str, points: (i64, i64)) {
        let challenge = self.challenges(who, target);
        self.answers(target, &challenge, true);
        self.gets(&challenge, who, score(points.0));
        self.gets(&challenge, target, score(points.1));
    }

    /// As it stands now, with everything that is due: tiers with spaces between.
    pub(super) fn places(&self) -> String {
        let ladders = current(&self.state, self.now);
        let tiers = ladders.ladder(&Id::new("hall")).unwrap().places.tiers();
        let tier = |people: &Vec<EntrantId>| people.iter().map(EntrantId::as_str).collect::<String>();
        tiers.iter().map(tier).collect::<Vec<_>>().join(" ").trim_end().to_owned()
    }

    pub(super) fn may(&self, who: &str, target: &str) -> Result<super::Terms, Barred> {
        may_challenge(&self.state, &"hall".into(), &who.into(), &target.into(), self.now)
    }

    pub(super) fn bar(&self, who: &str, target: &str) -> Option<(Bar, Option<Instant>)> {
        self.may(who, target).err().map(|barred| (barred.bar, barred.until.map(|until| until.at)))
    }

    pub(super) fn due_kinds(&self) -> Vec<&'static str> {
        due(&self.state, self.now).iter().map(Entry::kind).collect()
    }

    pub(super) fn last(&self, kind: &str) -> Option<&LadderEntry> {
        self.entries.iter().rev().find_map(|recorded| match &recorded.entry {
            Entry::Ladder(entry) if entry.kind() == kind => Some(entry),
            _ => None,
        })
    }
}
