//! A judged challenge: the two come before the judges under other names, are marked like everybody, and the better
//! one wins.

use rust_decimal::Decimal;

use super::{Hall, ids};
use crate::rules::{
    command::Command,
    field::{Slot, Value},
    ladder::{Act, LadderRefusal, queue},
    ledger::entry::{MarkValue, Role, SheetKey},
    names::{ChallengeId, Id},
};

const JUDGED: &str = "format = \"judged\"\nstage = \"bench\"\n";

fn open(challenge: &ChallengeId) -> Act {
    Act::OpenSession { challenge: challenge.clone(), challenger_as: "S1".into(), target_as: "S2".into() }
}

fn marks(hall: &mut Hall, entrant: &str, points: i64) {
    let slot = Slot { stage: "bench".into(), piece: None, attempt: 1, aspect: "work".into(), value: None, judge: None };
    let value = MarkValue::Is(Value::Number(Decimal::from(points)));
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

#[test]
fn without_a_challenge_day_in_time_nobody_is_to_blame() {
    let mut hall = Hall::new(&format!("{JUDGED}lapses = {{ allowed = 0 }}"), "ABC");
    let challenge = hall.challenges("C", "A");
    hall.answers("A", &challenge, true);
    hall.at("2026-09-08 09:00");
    assert_eq!(hall.places(), "ABC");
    assert_eq!(hall.due_kinds(), ["challenge-lapsed"]);
}
