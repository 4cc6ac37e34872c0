//! Records beaten and defended, duels, walkovers; stars, their rewards and reigns.

use rust_decimal::Decimal;

use super::{Hall, at, score};
use crate::rules::{
    ladder::{self, Bar, Noticed, Outcome, Played, Status, What},
    ledger::ladder::{Aim, Earned, Lapsed},
    names::{ChallengeId, Id},
    view::Audience,
};

const RECORD: &str = "format = \"record\"\npaper = \"daily\"\nrest = { loser-days = 0, pair-days = 0, winner-days = 0, tries-per-day = 9 }\n";
const DUEL: &str = "format = \"duel\"\npaper = \"daily\"\nrest = { loser-days = 0, pair-days = 0, winner-days = 0, tries-per-day = 9 }\n";

fn hall() -> Id {
    Id::new("hall")
}

fn record(hall: &mut Hall, who: &str, points: i64) {
    let defence = hall.aims(who, Aim::Defence);
    hall.gets(&defence, who, score(points));
}

fn attack(hall: &mut Hall, who: &str, target: &str, outcome: Outcome) {
    let challenge = hall.challenges(who, target);
    hall.gets(&challenge, who, outcome);
}

#[test]
fn a_record_is_beaten_by_score_then_by_time_and_a_full_tie_keeps_the_holder() {
    let faster = Outcome { used_ms: 599_999, ..score(80) };
    let slower = Outcome { used_ms: 600_001, ..score(80) };
    for (outcome, places) in
        [(score(79), "ABC"), (slower, "ABC"), (score(80), "ABC"), (faster, "CAB"), (score(81), "CAB")]
    {
        let mut hall = Hall::new(RECORD, "ABC");
        record(&mut hall, "A", 80);
        attack(&mut hall, "C", "A", outcome);
        assert_eq!(hall.places(), places, "{outcome:?}");
    }
}

#[test]
fn a_star_is_rewarded_once_in_a_period_and_reigns() {
    let mut hall = Hall::new(&format!("{RECORD}star = {{ per = \"month\", reward = {{ money = 500 }} }}"), "ABC");
    record(&mut hall, "A", 80);
    attack(&mut hall, "B", "A", score(85));
    hall.at("2026-09-03 08:00");
    attack(&mut hall, "A", "B", score(90));
    hall.at("2026-09-05 09:00");
    attack(&mut hall, "C", "A", score(89));
    attack(&mut hall, "B", "A", score(91));
    hall.at("2026-10-01 09:00");
    let owed: Vec<_> = ladder::rewards(&hall.state, hall.now);
    let owed: Vec<_> = owed.iter().map(|one| (one.entrant.as_str(), one.period.as_str(), one.title.as_str())).collect();
    assert_eq!(owed, [("B", "2026-09", "新科明星"), ("A", "2026-09", "新科明星")], "B was a star twice in September");
    let reigns = ladder::reigns(&hall.state, &self::hall(), &Audience::Public, hall.now);
    let reigns: Vec<_> = reigns.iter().map(|one| (one.holder.as_str(), one.days, one.defences)).collect();
    // B since the 5th at nine: 26 days to the 1st at nine. A from the 3rd at eight to the 5th at nine: begun days.
    // The first reign ended in the minute in which it began.
    assert_eq!(reigns, [("B", 26, 0), ("A", 3, 1), ("B", 2, 0), ("A", 0, 1)]);
    // A new month, a new reward; the records of September are gone, and any score takes the place.
    attack(&mut hall, "A", "B", score(1));
    assert_eq!(hall.places(), "ABC");
    assert_eq!(ladder::rewards(&hall.state, hall.now).len(), 3);
    hall.acts(
        "org",
        ladder::Act::GiveReward {
            ladder: self::hall(),
            entrant: "A".into(),
            what: Earned::Star,
            period: "2026-09".into(),
        },
    );
    let given = ladder::rewards(&hall.state, hall.now);
    assert_eq!(given.iter().filter(|one| one.given.is_some()).count(), 1);
}

#[test]
fn the_hall_hears_of_it_and_so_do_the_two() {
    let mut hall = Hall::new(RECORD, "ABC");
    record(&mut hall, "A", 80);
    attack(&mut hall, "C", "A", score(85));
    let heard = ladder::happened(&hall.state, &self::hall(), &Audience::Public, hall.now, 2);
    let (winner, loser) = ("C".into(), "A".into());
    assert_eq!(heard[0].what, What::Won { winner, loser, place: Some(1), star: true });
    assert_eq!(heard[1].what, What::Challenged { challenger: "C".into(), target: "A".into() });
    let told: Vec<Noticed> =
        ladder::notices(&hall.state, &"A".into(), hall.now).into_iter().map(|one| one.what).collect();
    assert_eq!(told, [Noticed::Lost { to: "C".into() }]);
    let told: Vec<Noticed> =
        ladder::notices(&hall.state, &"C".into(), hall.now).into_iter().map(|one| one.what).collect();
    assert!(told.contains(&Noticed::Won { over: "A".into() }), "{told:?}");
    assert!(told.contains(&Noticed::Reward { what: Earned::Star, title: "新科明星".into() }), "{told:?}");
    let hall = hall.on("2026-09-29 10:00");
    let told = ladder::notices(&hall.state, &"C".into(), hall.now);
    assert_eq!(
        (told[0].what.clone(), told[0].until),
        (Noticed::Defend { record: score(85), renews: false }, Some(at("2026-10-01 00:00")))
    );
}

#[test]
fn a_challenge_is_held_to_the_record_it_was_made_against() {
    let mut hall = Hall::new(&format!("{RECORD}at-once = {{ in = 2 }}"), "ABCD");
    record(&mut hall, "A", 80);
    hall.at("2026-09-30 23:50");
    assert_eq!(hall.may("C", "A").unwrap().to_beat, Some(score(80)));
    let (first, second) = (hall.challenges("C", "A"), hall.challenges("D", "A"));
    // The record expires while the two sit; 79 does not beat it all the same.
    hall.at("2026-10-01 00:20");
    hall.gets(&first, "C", score(79));
    assert_eq!(hall.places(), "ABCD");
    hall.gets(&second, "D", score(81));
    assert_eq!(hall.places(), "DABC");
    assert_eq!(hall.may("B", "A").unwrap().to_beat, None);
}

#[test]
fn a_better_record_stays_and_an_equal_one_lasts_longer() {
    let mut hall = Hall::new(&format!("{RECORD}records = {{ days = 10 }}"), "AB");
    record(&mut hall, "A", 80);
    hall.at("2026-09-05 09:00");
    record(&mut hall, "A", 70);
    assert_eq!(hall.may("B", "A").unwrap().to_beat, Some(score(80)));
    record(&mut hall, "A", 80);
    hall.at("2026-09-12 09:00");
    assert_eq!(hall.may("B", "A").unwrap().to_beat, Some(score(80)), "set anew on the 5th, it ends on the 15th");
    hall.at("2026-09-15 09:00");
    assert_eq!(hall.may("B", "A").unwrap().to_beat, None);
    assert_eq!(hall.due_kinds(), ["record-expired"]);
}

#[test]
fn a_duel_is_won_by_the_better_paper() {
    for ((challenger, target), places) in [((60, 50), "ACB"), ((50, 60), "ABC"), ((50, 50), "ABC")] {
        let mut hall = Hall::new(DUEL, "ABC");
        hall.duel("C", "B", (challenger, target));
        assert_eq!(hall.places(), places);
    }
    let mut hall = Hall::new(DUEL, "ABC");
    let challenge = hall.challenges("C", "B");
    hall.answers("B", &challenge, true);
    // Whoever is asked plays first just as well.
    hall.gets(&challenge, "B", score(50));
    hall.gets(&challenge, "C", score(51));
    assert_eq!(hall.places(), "ACB");
    let bout = &ladder::bouts(&hall.state, &self::hall(), None, hall.now)[0];
    assert_eq!(bout.status, Status::Decided { winner: "C".into() });
}

#[test]
fn nobody_sees_a_result_before_the_end() {
    let mut hall = Hall::new(DUEL, "ABC");
    let challenge = hall.challenges("C", "B");
    hall.answers("B", &challenge, true);
    hall.gets(&challenge, "C", score(99));
    let board = ladder::board(&hall.state, &self::hall(), &Audience::Entrant("B".into()), hall.now).unwrap();
    assert_eq!((board.bouts[0].results.len(), board.bouts[0].played.len()), (0, 1));
}

#[test]
fn lapses_are_allowed_until_they_have_their_consequence() {
    let lapses = [
        ("forfeit", "lapses = { consequence = \"forfeit\" }", "CAB"),
        ("one place", "lapses = { walkover = \"one\" }", "BCA"),
        ("drop", "lapses = { consequence = \"drop\", drop = 2 }", "BCA"),
        ("removal", "lapses = { consequence = \"remove\" }", "BC"),
    ];
    for (name, rules, places) in lapses {
        let mut hall = Hall::new(&format!("{DUEL}{rules}"), "ABC");
        let first = hall.challenges("B", "A");
        hall.answers("A", &first, false);
        assert_eq!(hall.places(), "ABC", "{name}: one lapse is allowed");
        let second = hall.challenges("C", "A");
        // Seven days after the 1st at nine.
        hall.at("2026-09-08 08:59");
        assert_eq!(hall.places(), "ABC", "{name}");
        hall.at("2026-09-08 09:00");
        assert_eq!(hall.places(), places, "{name}: not answered in time");
        let bouts = ladder::bouts(&hall.state, &self::hall(), None, hall.now);
        let bout = bouts.iter().find(|bout| bout.id == second).unwrap();
        assert_eq!(bout.status, Status::Lapsed { why: Lapsed::Unanswered });
    }
}

#[test]
fn a_lapse_outside_the_window_is_forgotten() {
    let mut hall = Hall::new(&format!("{DUEL}lapses = {{ window-days = 30 }}"), "ABC");
    let first = hall.challenges("B", "A");
    hall.answers("A", &first, false);
    hall.at("2026-10-01 10:00");
    let second = hall.challenges("C", "A");
    hall.answers("A", &second, false);
    assert_eq!(hall.places(), "ABC");
    let third = hall.challenges("B", "A");
    hall.answers("A", &third, false);
    assert_eq!(hall.places(), "BAC", "the second within thirty days");
}

#[test]
fn whoever_does_not_play_lapses() {
    let rules = format!("{DUEL}lapses = {{ allowed = 0 }}");
    let plays = |played: &[&str]| {
        let mut hall = Hall::new(&rules, "ABC");
        let challenge = hall.challenges("C", "A");
        hall.answers("A", &challenge, true);
        for who in played {
            hall.gets(&challenge, who, score(10));
        }
        hall.at("2026-09-08 09:00");
        hall
    };
    assert_eq!(plays(&["C"]).places(), "CAB");
    assert_eq!(plays(&["A"]).places(), "ABC");
    assert_eq!(plays(&[]).places(), "ABC", "neither played: it ends without a winner");
    let told = |who: &str, played: &[&str]| {
        let hall = plays(played);
        let notices = ladder::notices(&hall.state, &who.into(), hall.now);
        notices.into_iter().any(|one| matches!(one.what, Noticed::Lapsed { own: true, .. }))
    };
    assert!(told("A", &["C"]) && !told("C", &["C"]));
    assert!(told("A", &[]) && told("C", &[]));
}

#[test]
fn a_challenger_may_take_it_back_and_lapses_by_it() {
    let mut hall =
        Hall::new(&format!("{DUEL}lapses = {{ allowed = 0 }}\n").replace("loser-days = 0", "loser-days = 7"), "ABC");
    let challenge = hall.challenges("C", "A");
    hall.answers("C", &challenge, false);
    assert_eq!(hall.places(), "ABC");
    assert_eq!(hall.bar("C", "A").map(|bar| bar.0), Some(Bar::LoserRests));
}

#[test]
fn repeated_games_of_the_same_two_move_nobody() {
    let mut hall = Hall::new(&format!("{DUEL}same-pair = {{ games = 2, days = 30 }}"), "AB");
    hall.duel("B", "A", (2, 1));
    hall.at("2026-09-02 09:00");
    hall.duel("A", "B", (2, 1));
    assert_eq!(hall.places(), "AB");
    hall.at("2026-09-03 09:00");
    assert!(!hall.may("B", "A").unwrap().counts);
    hall.duel("B", "A", (2, 1));
    assert_eq!(hall.places(), "AB", "it was the third");
    assert_eq!(ladder::rewards(&hall.state, hall.now).len(), 2);
    hall.at("2026-10-01 10:00");
    assert!(!hall.may("B", "A").unwrap().counts, "the second and the third are within thirty days");
    hall.at("2026-10-02 10:00");
    assert!(hall.may("B", "A").unwrap().counts);
}

#[test]
fn a_winner_may_waive_the_protection() {
    let mut hall = Hall::new(&DUEL.replace("winner-days = 0", "winner-days = 7"), "ABC");
    hall.duel("B", "A", (2, 1));
    assert_eq!(hall.bar("C", "B"), Some((Bar::WinnerProtected, Some(at("2026-09-08 09:00")))));
    hall.acts("B", ladder::Act::Waive { ladder: self::hall(), entrant: None });
    assert_eq!(hall.bar("C", "B"), None);
    hall.duel("C", "B", (1, 2));
    assert_eq!(hall.bar("A", "B").map(|bar| bar.0), Some(Bar::WinnerProtected), "a new win protects anew");
}

#[test]
fn a_paper_of_a_challenge_decides_it_and_nobody_sits_for_the_record() {
    let mut hall = Hall::new(RECORD, "ABC");
    record(&mut hall, "A", 80);
    let challenge = hall.challenges("C", "A");
    let may = |hall: &Hall, who: &str, of: &str| ladder::may_sit(&hall.state, &challenge, &who.into(), &of.into());
    assert!(may(&hall, "C", "daily"));
    assert!(!may(&hall, "C", "weekly"), "another paper");
    assert!(
        !may(&hall, "A", "daily"),
        "the record stands for its holder, who could lose on purpose, or win by nothing"
    );
    let by = "C".into();
    let over =
        |hall: &Hall, who: &str, played| ladder::finished(&hall.state, &challenge, &who.into(), played, &by, hall.now);
    assert_eq!(over(&hall, "A", Played::Answered(score(0))), []);
    // While the paper runs, the time to play may end.
    hall.state.ladders.sits(&challenge, &"C".into(), Some(at("2026-09-02 10:00")));
    hall.at("2026-09-02 09:30");
    assert_eq!(hall.due_kinds(), [] as [&str; 0]);
    let entries = over(&hall, "C", Played::Answered(score(81)));
    let kinds: Vec<&str> = entries.iter().map(crate::rules::ledger::Entry::kind).collect();
    assert_eq!(kinds, ["result-given", "record-set", "challenge-decided", "reward-earned"]);
    let mut left = hall.clone();
    left.state.ladders.sat(&challenge, &"C".into());
    assert_eq!(left.due_kinds(), ["challenge-lapsed"], "it was left unanswered");
    for entry in entries {
        hall.append(entry);
    }
    assert_eq!(hall.places(), "CAB");
    assert!(!may(&hall, "C", "daily"), "it is over");
}

#[test]
fn a_blank_paper_loses_at_once_and_sets_nothing() {
    let mut hall = Hall::new(&format!("{RECORD}entry = {{ by = \"score\" }}"), "AB");
    let over = |hall: &mut Hall, who: &str, challenge: &ChallengeId| {
        let nothing = Played::Blank(Decimal::ZERO);
        let entries = ladder::finished(&hall.state, challenge, &who.into(), nothing, &who.into(), hall.now);
        let kinds: Vec<&str> = entries.iter().map(crate::rules::ledger::Entry::kind).collect();
        for entry in entries {
            hall.append(entry);
        }
        kinds
    };
    // A has no record: any score would be enough, and nothing is none.
    let against = hall.challenges("B", "A");
    assert_eq!(over(&mut hall, "B", &against), ["result-given", "challenge-decided"]);
    let ladder = &hall.state.ladders.by_id[&self::hall()];
    assert_eq!((hall.places().as_str(), ladder.records.len()), ("AB", 0));
    assert_eq!(ladder.member(&"B".into()).and_then(|member| member.lost_at), Some(hall.now));
    for (who, aim) in [("A", Aim::Defence), ("C", Aim::Entry)] {
        let own = hall.aims(who, aim);
        assert_eq!(over(&mut hall, who, &own), ["result-given", "challenge-lapsed"]);
    }
    let ladder = &hall.state.ladders.by_id[&self::hall()];
    assert_eq!((hall.places().as_str(), ladder.records.len()), ("AB", 0), "no record, and nobody came onto it");
    assert!(ladder.members.values().all(|member| member.lapses.is_empty()), "nobody's lapse");
    assert!(hall.state.ladders.open.is_empty(), "nothing hangs");
    // A duel: both blank is a tie, however soon the challenger gave up.
    let mut duel = Hall::new(DUEL, "AB");
    let challenge = duel.challenges("B", "A");
    duel.answers("A", &challenge, true);
    assert_eq!(over(&mut duel, "A", &challenge), ["result-given"]);
    assert_eq!(over(&mut duel, "B", &challenge), ["result-given", "challenge-decided"]);
    assert_eq!(duel.places(), "AB");
}
