//! Starting, finishing, what counts, restating, prizes: through decide and the fold.

use rust_decimal::Decimal;

use super::{PARTS, bank, banked, seed, text};
use crate::rules::{
    command::{Command, Refusal},
    decide::{Actor, decide},
    field::{Entrant, Slot, Value},
    ledger::{
        Instant, Recorded,
        entry::{Digest, MarkValue, Phase, Role},
        paper::{Ending, Finished, Restated},
    },
    names::{EntrantId, Id, PaperId, PersonId},
    papers::{self, Act, Closed, PaperRefusal, attempts, place},
    state::State,
};

/// 2026-09-01 09:00 in Shanghai.
pub(super) const START: Instant = Instant(1_788_224_400_000);
pub(super) const MINUTE_MS: i64 = 60_000;

pub(super) struct Quiz {
    pub(super) state: State,
    pub(super) now: Instant,
    made: u32,
}

pub(super) fn digest(text: &str) -> Digest {
    Digest(text.to_owned())
}

impl Quiz {
    /// Running, with W1 and W2 of 一厂 and W3 of 二厂.
    pub(super) fn begin(keys: &str) -> Self {
        let mut quiz = Self { state: State::empty(), now: START, made: 0 };
        quiz.org(&Command::Found { text: text(keys, PARTS) });
        quiz.org(&Command::AssignPerson { person: "chief".into(), role: Role::ChiefJudge, unit: None });
        let entrants = [("W1", "一厂"), ("W2", "一厂"), ("W3", "二厂")]
            .map(|(id, unit)| (EntrantId::new(id), Entrant { unit: Some(unit.into()), ..Entrant::default() }));
        quiz.org(&Command::RegisterEntrants { entrants: entrants.into(), reason: None, second: None });
        let items = banked(&bank(0));
        quiz.org(&Command::Paper(Act::AdoptBank { bank: "safety".into(), digest: digest("b1"), items }));
        quiz.org(&Command::ReachPhase { phase: Phase::Running, until: None });
        quiz
    }

    pub(super) fn does(&mut self, actor: &Actor, command: &Command) -> Result<(), Refusal> {
        for entry in decide(&self.state, actor, command, self.now)? {
            let seq = self.state.version().seq + 1;
            self.state.apply(&Recorded { seq, epoch: 1, at: self.now, entry });
        }
        Ok(())
    }

    pub(super) fn org(&mut self, command: &Command) {
        let actor = Actor { person: PersonId::new("org"), administrator: true, entrant: None };
        self.does(&actor, command).unwrap();
    }

    pub(super) fn starts(&mut self, who: &str) -> Result<PaperId, Refusal> {
        self.made += 1;
        let paper = PaperId::new(format!("p{}", self.made));
        let act = Act::Start {
            paper: paper.clone(),
            of: "daily".into(),
            seed: seed().to_hex(),
            practice: false,
            challenge: None,
        };
        self.does(&worker(who), &Command::Paper(act)).map(|()| paper)
    }

    pub(super) fn ends(
        &mut self,
        who: &str,
        paper: &PaperId,
        how: Ending,
        points: i64,
        right: u32,
    ) -> Result<(), Refusal> {
        let finished =
            Finished { how, head: digest("h"), answers: 4, points: Decimal::from(points), right, used_ms: 0 };
        let restatements = self.state.papers.restatements;
        self.does(&worker(who), &Command::Paper(Act::Finish { paper: paper.clone(), finished, restatements }))
    }

    /// A whole paper that takes so many minutes.
    pub(super) fn sits(&mut self, who: &str, points: i64, right: u32, minutes: i64) {
        let paper = self.starts(who).unwrap();
        self.later(minutes);
        self.ends(who, &paper, Ending::HandedIn, points, right).unwrap();
    }

    pub(super) fn later(&mut self, minutes: i64) {
        self.now.0 += minutes * MINUTE_MS;
    }

    pub(super) fn counts(&self, who: &str) -> Option<(Decimal, u64)> {
        let counted = self.state.papers.counted(&"daily".into(), &who.into())?;
        Some((counted.value, counted.used_ms))
    }
}

pub(super) fn worker(who: &str) -> Actor {
    Actor { person: PersonId::new(format!("person-{who}")), administrator: false, entrant: Some(who.into()) }
}

pub(super) fn closed(result: Result<PaperId, Refusal>) -> Closed {
    match result {
        Err(Refusal::Paper(PaperRefusal::Closed(closed))) => closed,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_at_a_time_and_no_more_than_allowed() {
    let mut quiz = Quiz::begin("attempts = { most = 3, per-day = 2, delay-minutes = 5 }\n");
    let first = quiz.starts("W1").unwrap();
    assert_eq!(closed(quiz.starts("W1")), Closed::Sitting { paper: first.clone() });
    quiz.later(3);
    quiz.ends("W1", &first, Ending::HandedIn, 4, 2).unwrap();
    quiz.later(4);
    assert!(
        matches!(closed(quiz.starts("W1")), Closed::Wait { until } if until.strftime("%H:%M").to_string() == "09:08")
    );
    quiz.later(1);
    quiz.sits("W1", 5, 2, 1);
    quiz.later(60);
    let today = closed(quiz.starts("W1"));
    assert!(
        matches!(today, Closed::Today { most: 2, next } if next.strftime("%F %H:%M").to_string() == "2026-09-02 00:00")
    );
    quiz.later(24 * 60);
    quiz.sits("W1", 3, 1, 1);
    quiz.later(24 * 60);
    assert_eq!(closed(quiz.starts("W1")), Closed::Used { most: 3 });
    assert_eq!(attempts(&quiz.state, &"daily".into(), &"W1".into()).len(), 3);
}

#[test]
fn windows_are_local_and_may_be_ones_own() {
    let keys = "[[paper.window]]\nopens = \"2026-09-02T08:00\"\ncloses = \"2026-09-02T10:00\"\nunit = \"一厂\"\n";
    let mut quiz = Quiz::begin(keys);
    let opens = closed(quiz.starts("W1"));
    assert!(matches!(opens, Closed::Before { opens } if opens.strftime("%F %H:%M").to_string() == "2026-09-02 08:00"));
    assert_eq!(closed(quiz.starts("W3")), Closed::NotForYou);
    let (of, from) = (Id::new("daily"), quiz.now);
    let until = Instant(from.0 + 60 * MINUTE_MS);
    let grant = Act::GrantWindow { of, entrant: "W3".into(), from, until, reason: digest("r") };
    quiz.org(&Command::Paper(grant));
    quiz.starts("W3").unwrap();
    quiz.later(23 * 60);
    quiz.starts("W1").unwrap();
    quiz.later(3 * 60);
    assert!(
        matches!(closed(quiz.starts("W2")), Closed::After { closed } if closed.strftime("%H:%M").to_string() == "10:00")
    );
}

#[test]
fn time_is_the_servers_and_a_paper_ends_once() {
    let mut quiz = Quiz::begin("");
    let paper = quiz.starts("W1").unwrap();
    // Nobody hands in for somebody else, and time is not up.
    assert_eq!(quiz.ends("W2", &paper, Ending::HandedIn, 1, 1), Err(Refusal::Paper(PaperRefusal::NotYours)));
    let running = quiz.ends("W2", &paper, Ending::TimeUp, 1, 1);
    assert!(matches!(running, Err(Refusal::Paper(PaperRefusal::StillRunning { .. }))));
    assert_eq!(papers::overdue(&quiz.state, quiz.now), []);
    quiz.later(11);
    assert_eq!(papers::overdue(&quiz.state, quiz.now), std::slice::from_ref(&paper));
    quiz.ends("W2", &paper, Ending::TimeUp, 7, 3).unwrap();
    // Ten minutes at most, however late it is noticed.
    assert_eq!(quiz.counts("W1"), Some((Decimal::from(7), 600_000)));
    assert_eq!(quiz.ends("W1", &paper, Ending::HandedIn, 10, 4), Err(Refusal::Paper(PaperRefusal::Over)));
    assert_eq!(papers::overdue(&quiz.state, quiz.now), []);
}

/// 4 points in 5 minutes, 6 in 3, 6 in 2 (the next day), of which those with at least 3 right are valid.
#[test]
fn what_counts_is_what_the_definition_says() {
    for (take, value, minutes) in [
        ("best", "6", 2),
        ("last", "6", 2),
        ("first", "4", 5),
        // 16 / 3, with all the time.
        ("mean", "5.333333", 10),
        ("sum", "16", 10),
        ("valid-papers", "2", 10),
        ("valid-days", "2", 10),
    ] {
        let mut quiz = Quiz::begin(&format!("right-at-least = 3\nattempts = {{ take = \"{take}\" }}\n"));
        quiz.sits("W1", 4, 2, 5);
        quiz.sits("W1", 6, 3, 3);
        quiz.later(24 * 60);
        quiz.sits("W1", 6, 3, 2);
        let (counted, used_ms) = quiz.counts("W1").unwrap();
        assert_eq!(counted.round_dp(6).to_string(), value, "{take}");
        assert_eq!(used_ms, minutes * 60_000, "{take}");
    }
}

#[test]
fn a_result_is_a_recorded_value_like_any_other() {
    let mut quiz = Quiz::begin("");
    quiz.sits("W1", 7, 3, 2);
    quiz.sits("W2", 7, 3, 1);
    let marks = &quiz.state.field.marks[&EntrantId::new("W1")].values;
    let values: Vec<String> = marks.iter().map(|(slot, value)| format!("{} {value:?}", slot.aspect)).collect();
    assert_eq!(values, ["points Number(7)", "time Number(120.000)"]);
    // Of equal points less time is better.
    assert_eq!(place(&quiz.state, &"daily".into(), &"W1".into()), Some((2, 2)));
    assert_eq!(place(&quiz.state, &"daily".into(), &"W2".into()), Some((1, 2)));
    assert_eq!(place(&quiz.state, &"daily".into(), &"W3".into()), None);
    quiz.org(&Command::WithdrawEntrant { entrant: "W2".into(), reason: None });
    assert_eq!(place(&quiz.state, &"daily".into(), &"W1".into()), Some((1, 1)));
}

#[test]
fn a_void_item_restates_every_paper_that_asks_it() {
    let mut quiz = Quiz::begin("");
    quiz.sits("W1", 7, 3, 2);
    quiz.sits("W2", 5, 2, 1);
    let restate = |papers: Vec<Restated>| {
        Command::Paper(Act::Restate {
            bank: "safety".into(),
            item: "s1".into(),
            rekeyed: None,
            papers,
            reason: digest("r"),
        })
    };
    let restated = |paper: &str, points: i64| Restated { paper: paper.into(), points: Decimal::from(points), right: 3 };
    let org = Actor { person: PersonId::new("org"), administrator: true, entrant: None };
    let half = quiz.does(&org, &restate(vec![restated("p1", 9)]));
    assert_eq!(half, Err(Refusal::Paper(PaperRefusal::RestatementIncomplete { missing: 1 })));
    // A paper that runs meanwhile was marked by the old key.
    let running = quiz.starts("W3").unwrap();
    quiz.org(&restate(vec![restated("p1", 7), restated("p2", 8)]));
    assert_eq!(quiz.counts("W2"), Some((Decimal::from(8), 60_000)));
    assert_eq!(place(&quiz.state, &"daily".into(), &"W2".into()), Some((1, 2)));
    let finished =
        Finished { how: Ending::HandedIn, head: digest("h"), answers: 0, points: Decimal::ONE, right: 0, used_ms: 0 };
    let old = Command::Paper(Act::Finish { paper: running.clone(), finished, restatements: 0 });
    assert_eq!(quiz.does(&worker("W3"), &old), Err(Refusal::Paper(PaperRefusal::KeysChanged)));
    quiz.ends("W3", &running, Ending::HandedIn, 1, 0).unwrap();
    // It is asked no more.
    let again = quiz.starts("W3").unwrap();
    let asked = papers::asked(&quiz.state, &papers::sitting(&quiz.state, &again).unwrap().sat);
    assert!(asked.iter().all(|one| one.item.as_str() != "s1"));
}

#[test]
fn prizes_fall_among_valid_papers_by_a_committed_seed() {
    let mut quiz = Quiz::begin("right-at-least = 3\n");
    quiz.sits("W1", 7, 3, 2);
    quiz.sits("W2", 5, 2, 1);
    quiz.sits("W3", 8, 4, 1);
    let org = Actor { person: PersonId::new("org"), administrator: true, entrant: None };
    let draw = |count| {
        let (draw, of) = (Id::new("d1"), Id::new("daily"));
        Command::Paper(Act::DrawPrizes { draw, seed: seed().to_hex(), of, count })
    };
    assert_eq!(quiz.does(&org, &draw(5)), Err(Refusal::SeedNotCommitted));
    quiz.org(&Command::CommitSeed { draw: "d1".into(), digest: seed().commitment() });
    quiz.org(&draw(5));
    let mut winners = quiz.state.papers.prizes[0].winners.clone();
    winners.sort();
    assert_eq!(winners, [EntrantId::new("W1"), EntrantId::new("W3")]);
}

/// Folding what was recorded gives the same, also under a definition that counts otherwise.
#[test]
fn another_definition_counts_anew() {
    let mut quiz = Quiz::begin("");
    quiz.sits("W1", 4, 2, 5);
    quiz.sits("W1", 6, 3, 3);
    assert_eq!(quiz.counts("W1").unwrap().0, Decimal::from(6));
    let text = text("attempts = { take = \"first\" }\n", PARTS);
    quiz.org(&Command::AdoptDefinition { text, reason: Some(digest("r")), second: Some("chief".into()) });
    assert_eq!(quiz.counts("W1").unwrap().0, Decimal::from(4));
}

#[test]
fn nobody_enters_by_hand_what_papers_give() {
    let mut quiz = Quiz::begin("");
    let org = Actor { person: PersonId::new("org"), administrator: true, entrant: None };
    let slot =
        Slot { stage: "quiz".into(), piece: None, attempt: 1, aspect: "points".into(), value: None, judge: None };
    let by_hand = Command::GiveMark { entrant: "W1".into(), slot, value: MarkValue::Is(Value::Number(Decimal::TEN)) };
    assert_eq!(quiz.does(&org, &by_hand), Err(Refusal::FromPapers("points".into())));
    assert_eq!(quiz.counts("W1"), None);
}
