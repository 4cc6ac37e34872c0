//! Where rules of a ladder meet one another, or somebody who means no good; each case worked by hand.

use super::{BEFORE, Hall, at, score};
use crate::rules::{
    command::{Command, Refusal},
    ladder::{self, Act, Bar, Barred, LadderRefusal, Noticed, Outcome, Played, Status, What},
    ledger::{
        entry::Phase,
        ladder::{Aim, Lapsed, LeaveKind},
    },
    names::Id,
    papers,
    view::Audience,
};

const RECORD: &str = "format = \"record\"\npaper = \"daily\"\n";
const DUEL: &str = "format = \"duel\"\npaper = \"daily\"\n";
const NO_REST: &str = "rest = { loser-days = 0, pair-days = 0, winner-days = 0, tries-per-day = 9 }\n";

fn hall() -> Id {
    Id::new("hall")
}

fn record(hall: &mut Hall, who: &str, points: i64) {
    let defence = hall.aims(who, Aim::Defence);
    hall.gets(&defence, who, score(points));
}

fn enters(hall: &mut Hall, who: &str, points: i64) {
    let entry = hall.aims(who, Aim::Entry);
    hall.gets(&entry, who, score(points));
}

fn ill(hall: &mut Hall, who: &str, from: &str, until: &str) {
    let (entrant, leave) = (Some(who.into()), LeaveKind::Sick);
    hall.acts("org", Act::SetLeave { entrant, leave, from: at(from), until: at(until) });
}

fn newest(hall: &Hall) -> What {
    ladder::happened(&hall.state, &self::hall(), &Audience::Public, hall.now, 1).remove(0).what
}

fn stars(hall: &Hall) -> Vec<String> {
    ladder::rewards(&hall.state, hall.now).into_iter().map(|one| one.entrant.to_string()).collect()
}

/// A record of September ends with September whatever its holder does: only a whole month without one is a failure.
#[test]
fn a_holder_who_sets_a_record_in_each_month_never_falls() {
    let rules = format!("{RECORD}records = {{ undefended = \"drop\", drop = 2 }}");
    let mut hall = Hall::new(&rules, "ABC");
    record(&mut hall, "A", 80);
    assert_eq!(hall.clone().on("2026-10-01 00:00").due_kinds(), ["record-expired"]);
    hall.at("2026-10-30 10:00");
    assert_eq!(hall.places(), "ABC", "a month to defend in");
    let told = ladder::notices(&hall.state, &"A".into(), hall.now);
    assert_eq!(
        (told[0].what.clone(), told[0].until),
        (Noticed::Undefended { falls: true }, Some(at("2026-11-01 00:00")))
    );
    record(&mut hall, "A", 10);
    assert_eq!(hall.clone().on("2026-11-30 23:59").places(), "ABC");
    let after = hall.clone().on("2026-12-01 00:00");
    assert_eq!(after.places(), "BCA", "nothing in November");
    assert_eq!(newest(&after), What::Undefended { holder: "A".into() });
    // B, seeded without a record, holds it since the 1st of December.
    assert_eq!(after.clone().on("2026-12-31 23:59").places(), "BCA");
    assert_eq!(after.on("2027-01-01 00:00").places(), "CAB");
    // Ten days of November ill: the first whole month is December.
    ill(&mut hall, "A", "2026-11-10 00:00", "2026-11-20 00:00");
    assert_eq!(hall.clone().on("2026-12-31 23:59").places(), "ABC");
    assert_eq!(hall.on("2027-01-01 00:00").places(), "BCA");
}

#[test]
fn who_does_not_defend_falls_not_before_the_contest_began() {
    let rules = format!("{BEFORE}{RECORD}records = {{ undefended = \"drop\" }}\nidle = {{ days = 21 }}");
    let mut hall = Hall::draft(&rules, "2026-06-01 09:00");
    hall.seeds("ABC");
    hall.at("2026-09-01 09:00");
    hall.begins();
    assert_eq!(hall.clone().on("2026-09-22 08:59").due_kinds(), [] as [&str; 0]);
    // 21 days from the 1st at nine A falls behind B, and B behind A; C is at the bottom.
    let after = hall.on("2026-09-22 09:00");
    assert_eq!((after.due_kinds(), after.places().as_str()), (vec!["idle-dropped", "idle-dropped"], "ABC"));
}

#[test]
fn nobody_plays_in_forbidden_hours() {
    let mut hall =
        Hall::new(&format!("{DUEL}calendar = {{ forbidden = [{{ from = \"22:00\", to = \"06:00\" }}] }}"), "AB");
    let challenge = hall.challenges("B", "A");
    hall.answers("A", &challenge, true);
    let start = Command::Paper(papers::Act::Start {
        paper: "p1".into(),
        of: "daily".into(),
        seed: "00".into(),
        practice: false,
        challenge: Some(challenge),
    });
    hall.at("2026-09-02 03:00");
    let refusal = hall.try_as("B", &start).unwrap_err();
    let Refusal::Ladder(LadderRefusal::Barred(Barred { bar: Bar::Hours, until: Some(until) })) = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!(until.at, at("2026-09-02 06:00"));
    hall.at("2026-09-02 06:00");
    let refusal = hall.try_as("B", &start).unwrap_err();
    assert!(!matches!(refusal, Refusal::Ladder(_)), "this contest has no bank: {refusal:?}");
}

#[test]
fn whoever_has_seen_the_own_result_cannot_step_back() {
    let mut hall = Hall::new(DUEL, "AB");
    let challenge = hall.challenges("B", "A");
    hall.answers("A", &challenge, true);
    hall.gets(&challenge, "B", score(3));
    let withdraw = Act::Answer { challenge, entrant: None, accept: false };
    assert_eq!(hall.refused("B", withdraw), LadderRefusal::NothingToAnswer);
}

#[test]
fn two_who_do_not_play_bear_the_consequence_both() {
    for (consequence, places) in [("drop", "BAC"), ("remove", "B"), ("forfeit", "ABC")] {
        let rules = format!("{DUEL}lapses = {{ allowed = 0, consequence = \"{consequence}\" }}");
        let mut hall = Hall::new(&rules, "ABC");
        let challenge = hall.challenges("C", "A");
        hall.answers("A", &challenge, true);
        hall.at("2026-09-08 09:00");
        assert_eq!(hall.places(), places, "{consequence}");
    }
}

#[test]
fn a_result_without_a_time_is_not_the_fastest() {
    let timed = |points, used_ms| Outcome { used_ms, ..score(points) };
    let cases = [
        (timed(80, 0), timed(80, 1), false),
        (timed(80, 1), timed(80, 0), false),
        (timed(80, 1), timed(80, 2), true),
        (timed(81, 0), timed(80, 1), true),
        (timed(79, 1), timed(80, 0), false),
    ];
    for (one, other, beats) in cases {
        assert_eq!(one.beats(&other), beats, "{one:?} {other:?}");
    }
}

#[test]
fn a_season_is_ended_once() {
    let season =
        "season = { starts = \"2026-09-01\", months = 3, titles = [{ title = \"擂主\", reward = { money = 1 } }] }";
    let mut hall = Hall::new(&format!("{DUEL}{season}"), "AB");
    hall.at("2026-09-05 09:00");
    let end = Act::EndSeason { ladder: self::hall(), season: 1 };
    hall.acts("org", end.clone());
    assert_eq!(hall.refused("org", end), LadderRefusal::SeasonOver { season: 1 });
    assert_eq!(stars(&hall), ["A"]);
}

#[test]
fn what_is_sealed_moves_no_more() {
    let mut hall = Hall::new("format = \"judged\"\nstage = \"bench\"\n", "ABC");
    let challenge = hall.challenges("C", "A");
    hall.answers("A", &challenge, true);
    let mut late = hall.clone();
    hall.does("org", &Command::ReachPhase { phase: Phase::Sealed, until: None });
    let bout = &ladder::bouts(&hall.state, &self::hall(), None, hall.now)[0];
    assert_eq!(bout.status, Status::Lapsed { why: Lapsed::Gone });
    let result = Act::EnterResult { challenge: challenge.clone(), of: "C".into(), outcome: score(9) };
    let refusal = hall.try_as("org", &Command::Ladder(result)).unwrap_err();
    assert_eq!(refusal, Refusal::WrongPhase { now: Phase::Sealed, wants: Phase::Running });
    // Nor by a paper whose time is up afterwards.
    late.state.phase = Phase::Sealed;
    assert_eq!(
        ladder::finished(&late.state, &challenge, &"C".into(), Played::Answered(score(9)), &"C".into(), late.now),
        []
    );
}

#[test]
fn a_first_score_takes_the_place_of_a_star_but_of_nobody_on_leave() {
    let rules = format!("{RECORD}{NO_REST}entry = {{ by = \"score\" }}");
    let mut hall = Hall::new(&rules, "");
    enters(&mut hall, "A", 80);
    assert_eq!(newest(&hall), What::Joined { entrant: "A".into(), place: Some(1), star: false });
    enters(&mut hall, "B", 70);
    assert_eq!(hall.places(), "AB");
    assert_eq!(stars(&hall), [] as [&str; 0], "the first has taken it from nobody");
    let mut beaten = hall.clone();
    enters(&mut beaten, "C", 81);
    assert_eq!((beaten.places().as_str(), stars(&beaten)), ("CAB", vec!["C".to_owned()]));
    assert_eq!(newest(&beaten), What::Joined { entrant: "C".into(), place: Some(1), star: true });
    // In October no record stands; A, who is ill, could set none.
    ill(&mut hall, "A", "2026-09-20 00:00", "2026-12-01 00:00");
    hall.at("2026-10-02 10:00");
    enters(&mut hall, "C", 10);
    assert_eq!(hall.places(), "ACB");
    assert_eq!(stars(&hall), [] as [&str; 0]);
}

#[test]
fn whoever_comes_back_begins_anew() {
    let rules = format!(
        "{RECORD}{NO_REST}entry = {{ by = \"score\" }}\nrecords = {{ expires = \"year\" }}\n\
         season = {{ starts = \"2026-07-01\", months = 3, seed = \"empty\" }}"
    );
    let mut hall = Hall::new(&rules, "");
    enters(&mut hall, "A", 90);
    hall.at("2026-10-02 10:00");
    assert_eq!(hall.places(), "");
    enters(&mut hall, "A", 70);
    assert_eq!(
        ladder::board(&hall.state, &self::hall(), &Audience::Public, hall.now).unwrap().lines[0].record,
        Some(score(70))
    );

    let rules =
        "range = { up = 1 }\nentry = { free-challenge = true }\nlapses = { allowed = 0, consequence = \"remove\" }\n";
    let mut hall = Hall::new(&format!("{DUEL}{NO_REST}{rules}"), "ABC");
    hall.acts("E", Act::Join { ladder: self::hall(), entrant: None });
    assert!(hall.may("E", "A").unwrap().free);
    let challenge = hall.challenges("E", "C");
    hall.answers("E", &challenge, false);
    assert_eq!(hall.places(), "ABC");
    hall.acts("E", Act::Join { ladder: self::hall(), entrant: None });
    assert_eq!(hall.bar("E", "A"), Some((Bar::OutOfRange { up: 1 }, None)), "a newcomer once");
}

#[test]
fn whoever_is_out_comes_onto_no_ladder_by_an_open_paper() {
    let mut hall = Hall::new(&format!("{RECORD}entry = {{ by = \"score\" }}"), "");
    let entry = hall.aims("C", Aim::Entry);
    hall.state.ladders.sits(&entry, &"C".into(), Some(at("2026-09-01 09:10")));
    hall.does("org", &Command::WithdrawEntrant { entrant: "C".into(), reason: None });
    assert_eq!(
        ladder::finished(&hall.state, &entry, &"C".into(), Played::Answered(score(9)), &"C".into(), hall.now),
        []
    );
}

#[test]
fn a_paper_without_an_end_shields_nobody() {
    let mut hall = Hall::new(RECORD, "ABC");
    let challenge = hall.challenges("C", "A");
    hall.state.ladders.sits(&challenge, &"C".into(), None);
    assert_eq!(hall.bar("B", "A").map(|bar| bar.0), Some(Bar::InMost { most: 1 }));
    // 24 hours to play.
    hall.at("2026-09-02 09:00");
    assert_eq!(hall.due_kinds(), ["challenge-lapsed"]);
    assert_eq!(hall.bar("B", "A"), None);
}

#[test]
fn what_a_hidden_board_does_not_show_is_told_nowhere() {
    let text =
        format!("{BEFORE}{RECORD}{NO_REST}").replace("title = \"擂台赛\"", "title = \"擂台赛\"\nboard = \"off\"");
    let mut hall = Hall::draft(&text, "2026-09-01 09:00");
    hall.begins();
    hall.seeds("ABC");
    record(&mut hall, "A", 80);
    hall.challenges("C", "A");
    for (viewer, bouts, reigns) in [("A", 1, 1), ("B", 0, 0), ("C", 1, 0)] {
        let audience = Audience::Entrant(viewer.into());
        let board = ladder::board(&hall.state, &self::hall(), &audience, hall.now).unwrap();
        assert_eq!(board.bouts.len(), bouts, "{viewer}");
        assert_eq!(ladder::happened(&hall.state, &self::hall(), &audience, hall.now, 9), []);
        assert_eq!(ladder::reigns(&hall.state, &self::hall(), &audience, hall.now).len(), reigns, "{viewer}");
    }
}

#[test]
fn before_it_runs_the_organizer_fills_the_ladder() {
    let hall = Hall::draft(&format!("{BEFORE}{RECORD}entry = {{ by = \"score\" }}"), "2026-09-01 09:00");
    let join = Command::Ladder(Act::Join { ladder: self::hall(), entrant: None });
    assert_eq!(hall.try_as("A", &join).unwrap_err(), Refusal::NotAllowed { role: "organizer" });
    let fits = Hall::draft(&format!("{BEFORE}{DUEL}for = {{ eligible = [\"fitter\"] }}"), "2026-09-01 09:00");
    let refusal = fits.refused("org", Act::Seed { ladder: self::hall(), tiers: vec![super::ids("AZ")] });
    assert_eq!(refusal, LadderRefusal::Barred(Barred { bar: Bar::DoesNotFit, until: None }));
}

#[test]
fn a_worse_defence_is_none() {
    let mut hall = Hall::new(&format!("{RECORD}{NO_REST}"), "AB");
    record(&mut hall, "A", 80);
    assert_eq!(newest(&hall), What::Renewed { entrant: "A".into(), outcome: score(80), holds: true });
    record(&mut hall, "A", 35);
    let stands = What::Stands { entrant: "A".into(), outcome: score(35), record: score(80) };
    assert_eq!(newest(&hall), stands);
    record(&mut hall, "B", 20);
    assert_eq!(newest(&hall), What::Renewed { entrant: "B".into(), outcome: score(20), holds: false });
    let reigns = ladder::reigns(&hall.state, &self::hall(), &Audience::Public, hall.now);
    assert_eq!(reigns[0].defences, 1);
}

#[test]
fn a_game_that_moves_nobody_names_no_place() {
    let mut hall = Hall::new(&format!("{DUEL}{NO_REST}same-pair = {{ games = 1, days = 30 }}"), "AB");
    hall.duel("B", "A", (1, 2));
    hall.duel("B", "A", (2, 1));
    assert_eq!(newest(&hall), What::Won { winner: "B".into(), loser: "A".into(), place: None, star: false });
}

#[test]
fn a_holder_without_a_record_is_told() {
    let mut hall = Hall::new(&format!("{RECORD}records = {{ days = 10 }}"), "AB");
    let told = |hall: &Hall, who: &str| {
        let all = ladder::notices(&hall.state, &who.into(), hall.now);
        all.into_iter().map(|one| one.what).collect::<Vec<_>>()
    };
    assert_eq!(told(&hall, "A"), [Noticed::Undefended { falls: false }]);
    assert_eq!(told(&hall, "B"), []);
    record(&mut hall, "A", 80);
    hall.at("2026-09-05 10:00");
    assert_eq!(told(&hall, "A"), [Noticed::Defend { record: score(80), renews: true }]);
    hall.at("2026-09-11 09:00");
    assert_eq!(told(&hall, "A"), [Noticed::Undefended { falls: false }]);
}
