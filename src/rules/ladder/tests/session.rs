//! A judged challenge: the two come before the judges under other names, are marked like everybody, and the better
//! one wins.

use rust_decimal::Decimal;

use super::{Hall, ids};
use crate::rules::{
    command::{Command, Refusal},
    field::{Slot, Value},
    ladder::{Act, LadderRefusal, Status, bouts, queue},
    ledger::{
        entry::{MarkValue, Role, SheetKey},
        ladder::Lapsed,
    },
    names::{ChallengeId, Id},
};

const JUDGED: &str = "format = \"judged\"\nstage = \"bench\"\n";

fn open(challenge: &ChallengeId) -> Act {
    Act::OpenSession { challenge: challenge.clone(), challenger_as: "S1".into(), target_as: "S2".into() }
}

fn marks(hall: &mut Hall, entrant: &str, points: i64) {
    gives(hall, entrant, Value::Number(Decimal::from(points)));
}

fn gives(hall: &mut Hall, entrant: &str, value: Value) {
    let slot = Slot { stage: "bench".into(), piece: None, attempt: 1, aspect: "work".into(), value: None, judge: None };
    let value = MarkValue::Is(value);
    hall.does("judge", &Command::GiveMark { entrant: entrant.into(), slot, value });
    let sheet = SheetKey {
        judge: "judge".into(),
        stage: "bench".into(),
        panel: "look".into(),
        entrant: entrant.into(),
        piece: None,
        attempt: 1,
    };
    hall.does("judge", &Command::SubmitSheet { sheet });
}

#[test]
fn judges_decide_on_a_challenge_day() {
    let mut hall = Hall::new(JUDGED, "ABCD");
    let role = Role::Judge { stage: "bench".into(), panel: "look".into(), seat: 1, event: None, group: None };
    hall.does("org", &Command::AssignPerson { person: "judge".into(), role, unit: None });
    let first = hall.challenges("C", "A");
    assert_eq!(hall.refused("org", open(&first)), LadderRefusal::NotAnswered);
    let second = hall.challenges("D", "B");
    hall.answers("B", &second, true);
    hall.at("2026-09-02 09:00");
    hall.answers("A", &first, true);
    let waiting = queue(&hall.state, &Id::new("hall"), hall.now);
    let waiting: Vec<&ChallengeId> = waiting.iter().map(|bout| &bout.id).collect();
    assert_eq!(waiting, [&second, &first], "whose time ends first comes first");

    assert_eq!(hall.refused("org", Act::DecideSession { challenge: first.clone() }), LadderRefusal::SessionNotOpen);
    hall.acts("org", open(&first));
    assert_eq!(hall.refused("org", open(&first)), LadderRefusal::SessionOpen);
    let mut numbers: Vec<u32> = hall.state.by_number.keys().copied().collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2]);
    marks(&mut hall, "S1", 90);
    let decide = Act::DecideSession { challenge: first.clone() };
    assert_eq!(hall.refused("org", decide.clone()), LadderRefusal::SessionIncomplete);
    // The time to play may end while judges mark.
    hall.at("2026-09-20 09:00");
    marks(&mut hall, "S2", 85);
    hall.acts("org", decide);
    assert_eq!(hall.places(), "CABD");
    assert_eq!(ids("CABD")[0].as_str(), "C");
}

/// Before the judges: C, who challenged, as S1 and A as S2.
fn session(rules: &str) -> (Hall, ChallengeId) {
    let mut hall = Hall::new(&format!("{JUDGED}{rules}"), "ABC");
    let role = Role::Judge { stage: "bench".into(), panel: "look".into(), seat: 1, event: None, group: None };
    hall.does("org", &Command::AssignPerson { person: "judge".into(), role, unit: None });
    let challenge = hall.challenges("C", "A");
    hall.answers("A", &challenge, true);
    hall.acts("org", open(&challenge));
    (hall, challenge)
}

#[test]
fn whoever_does_not_come_before_the_judges_has_not_played() {
    let cases = [
        ("lapses = { allowed = 0 }", ["80", "-"], "CAB", Lapsed::Unplayed),
        ("lapses = { allowed = 1 }", ["80", "-"], "ABC", Lapsed::Unplayed),
        ("lapses = { allowed = 0 }", ["-", "80"], "ABC", Lapsed::Unplayed),
        ("lapses = { allowed = 0 }", ["-", "-"], "ABC", Lapsed::NeitherPlayed),
    ];
    for (rules, came, places, why) in cases {
        let (mut hall, challenge) = session(rules);
        for (name, points) in ["S1", "S2"].into_iter().zip(came) {
            gives(&mut hall, name, points.parse().map_or(Value::Absent, Value::Number));
        }
        hall.acts("org", Act::DecideSession { challenge: challenge.clone() });
        assert_eq!(hall.places(), places, "{came:?}");
        let bout = &bouts(&hall.state, &Id::new("hall"), None, hall.now)[0];
        assert_eq!(bout.status, Status::Lapsed { why }, "{came:?}");
    }
}

#[test]
fn what_was_decided_takes_no_more_marks_and_the_challenger_does_not_step_back() {
    let (mut hall, challenge) = session("");
    let withdraw = Act::Answer { challenge: challenge.clone(), entrant: None, accept: false };
    assert_eq!(hall.refused("C", withdraw), LadderRefusal::NothingToAnswer);
    marks(&mut hall, "S1", 90);
    marks(&mut hall, "S2", 85);
    hall.acts("org", Act::DecideSession { challenge });
    let slot = Slot { stage: "bench".into(), piece: None, attempt: 1, aspect: "work".into(), value: None, judge: None };
    let value = MarkValue::Is(Value::Number(Decimal::from(99)));
    let mark = Command::GiveMark { entrant: "S2".into(), slot, value };
    assert_eq!(hall.try_as("judge", &mark).unwrap_err(), Refusal::Ladder(LadderRefusal::ChallengeOver));
}

#[test]
fn without_a_challenge_day_in_time_nobody_is_to_blame() {
    let mut hall = Hall::new(&format!("{JUDGED}lapses = {{ allowed = 0 }}"), "ABC");
    let challenge = hall.challenges("C", "A");
    hall.answers("A", &challenge, true);
    hall.at("2026-09-08 09:00");
    assert_eq!(hall.places(), "ABC");
    assert_eq!(hall.due_kinds(), ["challenge-lapsed"]);
}
