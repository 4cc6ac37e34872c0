//! Each rule with its refusal: what was done before, who wants to challenge whom and when, which rule forbids it, and
//! when that ends. Once it has ended, the same challenge is allowed.

use super::{Hall, at, score};
use crate::rules::{
    command::Command,
    ladder::{Act, Bar, Barred, LadderRefusal, Outcome},
    ledger::ladder::{Aim, Earned, LeaveKind, MoveKind},
    names::ChallengeId,
};

const DUEL: &str = "format = \"duel\"\npaper = \"daily\"\n";
const RECORD: &str = "format = \"record\"\npaper = \"daily\"\n";

struct Case {
    rule: &'static str,
    ladder: String,
    before: fn(&mut Hall),
    who: &'static str,
    target: &'static str,
    when: &'static str,
    bar: Bar,
    until: Option<&'static str>,
}

fn case(rule: &'static str, ladder: &str, bar: Bar, until: Option<&'static str>) -> Case {
    let ladder = format!("{DUEL}{ladder}");
    Case { rule, ladder, before: |_| {}, who: "C", target: "B", when: "2026-09-02 10:00", bar, until }
}

fn cases() -> Vec<Case> {
    let plays = |hall: &mut Hall| hall.duel("C", "B", (50, 60));
    let wins = |hall: &mut Hall| hall.duel("C", "B", (60, 50));
    vec![
        Case { target: "C", ..case("oneself", "", Bar::Oneself, None) },
        Case { target: "D", ..case("not above", "", Bar::NotAbove, None) },
        Case { who: "G", ..case("not on it", "", Bar::NotOn, None) },
        Case { target: "G", ..case("the other is not on it", "", Bar::TargetNotOn, None) },
        Case { who: "Z", ..case("of another post", "for = { eligible = [\"fitter\"] }", Bar::DoesNotFit, None) },
        Case { who: "D", ..case("so many up", "range = { up = 1 }", Bar::OutOfRange { up: 1 }, None) },
        Case {
            who: "E",
            ..case(
                "by place",
                "range = { by-place = [{ from = 2, up = 1 }, { from = 5, up = 2 }] }",
                Bar::OutOfRange { up: 2 },
                None,
            )
        },
        Case {
            before: |hall| leave(hall, "C", "2026-09-09 00:00"),
            ..case("on leave", "", Bar::OnLeave, Some("2026-09-09 00:00"))
        },
        Case {
            before: |hall| leave(hall, "B", "2026-09-09 00:00"),
            ..case("a worker on leave is not a target", "", Bar::TargetOnLeave, Some("2026-09-09 00:00"))
        },
        Case {
            when: "2026-10-03 10:00",
            ..case(
                "a holiday",
                "calendar = { closed = [{ from = \"2026-10-01\", to = \"2026-10-07\" }] }\nanswer = { respond-days = 9 }",
                Bar::Closed,
                Some("2026-10-08 00:00"),
            )
        },
        Case {
            when: "2026-09-02 23:30",
            ..case(
                "forbidden hours",
                "calendar = { forbidden = [{ from = \"22:00\", to = \"06:00\" }] }",
                Bar::Hours,
                Some("2026-09-03 06:00"),
            )
        },
        Case {
            when: "2026-09-02 10:00",
            ..case(
                "before the season",
                "season = { starts = \"2026-09-10\", months = 3 }",
                Bar::BeforeSeason,
                Some("2026-09-10 00:00"),
            )
        },
        Case {
            when: "2026-09-28 10:00",
            ..case(
                "the last days of a season",
                "season = { starts = \"2026-07-01\", months = 3, freeze-days = 3 }",
                Bar::SeasonFreeze,
                Some("2026-10-01 00:00"),
            )
        },
        Case {
            before: plays,
            target: "A",
            when: "2026-09-02 10:00",
            ..case("the loser rests", "", Bar::LoserRests, Some("2026-09-08 09:00"))
        },
        Case {
            before: plays,
            ..case(
                "the same two",
                "rest = { loser-days = 0, pair-days = 14, winner-days = 0 }",
                Bar::PairRests,
                Some("2026-09-15 09:00"),
            )
        },
        Case {
            before: wins,
            who: "D",
            target: "C",
            ..case("the winner is protected", "", Bar::WinnerProtected, Some("2026-09-08 09:00"))
        },
        Case {
            before: |hall| {
                hall.duel("C", "B", (1, 2));
                hall.duel("C", "A", (1, 2));
            },
            when: "2026-09-01 10:00",
            ..case(
                "so many tries a day",
                "rest = { loser-days = 0, pair-days = 0, winner-days = 0, tries-per-day = 2 }",
                Bar::TriesToday { most: 2 },
                Some("2026-09-02 00:00"),
            )
        },
        Case {
            before: |hall| accepted(hall, "C", "A"),
            ..case("so many out", "", Bar::OutMost { most: 1 }, Some("2026-09-08 09:00"))
        },
        Case {
            before: |hall| accepted(hall, "D", "B"),
            ..case(
                "so many in",
                "answer = { play-days = 5, grace-hours = 12 }",
                Bar::InMost { most: 1 },
                Some("2026-09-06 21:00"),
            )
        },
        Case {
            before: |hall| accepted(hall, "C", "B"),
            ..case("the two play already", "at-once = { out = 2, in = 2 }", Bar::PairOpen, Some("2026-09-08 09:00"))
        },
        Case {
            before: |hall| drop(hall.challenges("D", "B")),
            ..case("no end is known before the answer", "", Bar::InMost { most: 1 }, None)
        },
    ]
}

fn leave(hall: &mut Hall, who: &str, until: &str) {
    let (from, until) = (hall.now, at(until));
    hall.acts(who, Act::SetLeave { entrant: None, leave: LeaveKind::Ordinary, from, until });
}

fn accepted(hall: &mut Hall, who: &str, target: &str) {
    let challenge = hall.challenges(who, target);
    hall.answers(target, &challenge, true);
}

#[test]
fn each_rule_refuses_by_its_name_and_until_its_end() {
    for case in cases() {
        let mut hall = Hall::new(&case.ladder, "ABCDEF");
        (case.before)(&mut hall);
        hall.at(case.when);
        let until = case.until.map(at);
        assert_eq!(hall.bar(case.who, case.target), Some((case.bar, until)), "{}", case.rule);
        // Deciding says the same.
        let aim = Aim::Person(case.target.into());
        let act = Act::Challenge { challenge: "x".into(), ladder: "hall".into(), entrant: None, aim };
        let LadderRefusal::Barred(barred) = hall.refused(case.who, act) else { panic!("{}", case.rule) };
        assert_eq!((barred.bar, barred.until.map(|until| until.at)), (case.bar, until), "{}", case.rule);
        if let Some(until) = until {
            hall.now = crate::rules::ledger::Instant(until.0 - 1);
            assert_eq!(hall.bar(case.who, case.target).map(|bar| bar.0), Some(case.bar), "{} to the end", case.rule);
            hall.now = until;
            let after = hall.bar(case.who, case.target).map(|bar| bar.0);
            assert_ne!(after, Some(case.bar), "{} has ended", case.rule);
        }
    }
}

#[test]
fn tiers_seats_and_records() {
    let tiers = format!("{RECORD}movement = \"tiers\"\nseats = [1, 2]\n");
    let hall = Hall::new(&tiers, "A BC DE");
    assert_eq!(hall.bar("D", "A"), Some((Bar::OutOfTiers { up: 1 }, None)));
    assert_eq!(hall.bar("B", "C"), Some((Bar::NotAbove, None)), "places of a tier are equal");
    let seat = |who: &str, hall: &Hall| hall.refused(who, Act::TakeSeat { ladder: "hall".into(), entrant: None });
    let barred = |refusal| match refusal {
        LadderRefusal::Barred(barred) => barred.bar,
        other => panic!("{other:?}"),
    };
    assert_eq!(barred(seat("D", &hall)), Bar::NoRecord);
    let mut hall = Hall::new(&tiers, "A B CDE");
    for who in ["C", "D"] {
        let defence = hall.aims(who, Aim::Defence);
        hall.gets(&defence, who, score(70));
    }
    hall.acts("C", Act::TakeSeat { ladder: "hall".into(), entrant: None });
    assert_eq!(hall.places(), "A BC DE");
    assert_eq!(barred(seat("D", &hall)), Bar::NoFreeSeat);
    let plain = Hall::new(RECORD, "AB");
    assert_eq!(seat("B", &plain), LadderRefusal::NotThisFormat);
}

#[test]
fn coming_onto_the_ladder() {
    let join = |hall: &Hall, who: &str| hall.refused(who, Act::Join { ladder: "hall".into(), entrant: None });
    let bar = |refusal| if let LadderRefusal::Barred(barred) = refusal { barred.bar } else { panic!("{refusal:?}") };
    let mut hall = Hall::new(&format!("{RECORD}for = {{ eligible = [\"fitter\"] }}"), "AB");
    assert_eq!(join(&hall, "A"), LadderRefusal::AlreadyOn("A".into()));
    assert_eq!(bar(join(&hall, "Z")), Bar::DoesNotFit);
    let enter = Act::Challenge { challenge: "x".into(), ladder: "hall".into(), entrant: None, aim: Aim::Entry };
    assert_eq!(bar(hall.refused("C", enter.clone())), Bar::AtBottom);
    hall.acts("C", Act::Join { ladder: "hall".into(), entrant: None });
    assert_eq!(hall.places(), "ABC");
    let mut hall = Hall::new(&format!("{RECORD}entry = {{ by = \"score\" }}"), "AB");
    assert_eq!(bar(join(&hall, "C")), Bar::ByScore);
    assert_eq!(hall.refused("A", enter), LadderRefusal::AlreadyOn("A".into()));
    let defence = hall.aims("A", Aim::Defence);
    hall.gets(&defence, "A", score(80));
    for (who, points, places) in [("C", 70, "ACB"), ("D", 90, "DACB"), ("E", 70, "DACEB")] {
        let entry = hall.aims(who, Aim::Entry);
        hall.gets(&entry, who, score(points));
        assert_eq!(hall.places(), places, "an equal record came first, and B has none");
    }
}

#[test]
fn a_newcomers_free_challenge_goes_to_anybody_once() {
    let rules = "range = { up = 1 }\nentry = { free-challenge = true }\nrest = { loser-days = 0 }";
    let mut hall = Hall::new(&format!("{DUEL}{rules}"), "ABCD");
    hall.acts("E", Act::Join { ladder: "hall".into(), entrant: None });
    assert!(hall.may("E", "A").unwrap().free);
    assert!(!hall.may("E", "D").unwrap().free, "within the range it is kept");
    hall.duel("E", "A", (1, 2));
    assert_eq!(hall.bar("E", "B"), Some((Bar::OutOfRange { up: 1 }, None)));
}

#[test]
fn acts_that_do_not_fit_are_refused() {
    let hall_id = || "hall".into();
    let mut hall = Hall::new(DUEL, "ABCD");
    let challenge = hall.challenges("C", "B");
    let result = |of: &str| Act::EnterResult { challenge: challenge.clone(), of: of.into(), outcome: score(1) };
    let answer = |accept| Act::Answer { challenge: challenge.clone(), entrant: None, accept };
    let again = |aim| Act::Challenge { challenge: challenge.clone(), ladder: hall_id(), entrant: None, aim };
    let leave = |from: &str, until: &str| Act::SetLeave {
        entrant: None,
        leave: LeaveKind::Ordinary,
        from: at(from),
        until: at(until),
    };
    let unknown = ChallengeId::new("nobody's");
    let cases = vec![
        ("A", Act::Join { ladder: "yard".into(), entrant: None }, LadderRefusal::UnknownLadder("yard".into())),
        ("org", Act::Join { ladder: hall_id(), entrant: None }, LadderRefusal::NoEntrant),
        ("org", Act::Seed { ladder: hall_id(), tiers: vec![] }, LadderRefusal::SeedTooLate),
        ("D", again(Aim::Person("A".into())), LadderRefusal::ChallengeTwice(challenge.clone())),
        (
            "D",
            Act::Challenge { challenge: "x".into(), ladder: hall_id(), entrant: None, aim: Aim::Defence },
            LadderRefusal::NotThisFormat,
        ),
        (
            "A",
            Act::Answer { challenge: unknown.clone(), entrant: None, accept: true },
            LadderRefusal::UnknownChallenge(unknown),
        ),
        ("A", answer(true), LadderRefusal::NotYours),
        ("C", answer(true), LadderRefusal::NothingToAnswer),
        ("org", result("C"), LadderRefusal::NotAnswered),
        ("A", Act::Waive { ladder: hall_id(), entrant: None }, LadderRefusal::NotProtected),
        ("A", leave("2026-09-03 00:00", "2026-09-02 00:00"), LadderRefusal::LeaveBackwards),
        ("A", leave("2026-08-03 00:00", "2026-08-20 00:00"), LadderRefusal::LeaveBackwards),
        // However long: who is not on it has no place to keep.
        (
            "E",
            leave("2026-09-03 00:00", "2026-12-20 00:00"),
            LadderRefusal::Barred(Barred { bar: Bar::NotOn, until: None }),
        ),
        ("A", Act::EndLeave { entrant: None }, LadderRefusal::NotOnLeave),
        ("org", Act::EndSeason { ladder: hall_id(), season: 1 }, LadderRefusal::NoSeason),
        (
            "org",
            Act::GiveReward { ladder: hall_id(), entrant: "A".into(), what: Earned::Star, period: "2026".into() },
            LadderRefusal::NoSuchReward,
        ),
        ("org", Act::DecideSession { challenge: challenge.clone() }, LadderRefusal::NotThisFormat),
    ];
    for (who, act, refusal) in cases {
        assert_eq!(hall.refused(who, act.clone()), refusal, "{who} {act:?}");
    }
    hall.answers("B", &challenge, true);
    assert_eq!(hall.refused("B", answer(false)), LadderRefusal::NothingToAnswer, "it was accepted");
    assert_eq!(hall.refused("org", result("A")), LadderRefusal::NotPlaying("A".into()));
    hall.gets(&challenge, "C", score(5));
    assert_eq!(hall.refused("org", result("C")), LadderRefusal::ResultTwice);
    hall.gets(&challenge, "B", Outcome { used_ms: 1, ..score(5) });
    assert_eq!(hall.refused("org", result("B")), LadderRefusal::ChallengeOver);
    assert_eq!(hall.places(), "ABCD");
}

#[test]
fn what_is_the_organizers_is_no_workers() {
    let hall = Hall::new(DUEL, "ABCD");
    let ladder = || "hall".into();
    let (from, until) = (hall.now, at("2026-12-01 00:00"));
    let acts = [
        Act::Seed { ladder: ladder(), tiers: vec![] },
        Act::Join { ladder: ladder(), entrant: Some("E".into()) },
        Act::SetLeave { entrant: None, leave: LeaveKind::Sick, from, until },
        Act::Move { entrant: "A".into(), kind: MoveKind::Left, ladder: None, effective: until },
        Act::EndSeason { ladder: ladder(), season: 1 },
        Act::GiveReward { ladder: ladder(), entrant: "A".into(), what: Earned::Star, period: "2026".into() },
    ];
    for act in acts {
        let refusal = hall.try_as("A", &Command::Ladder(act.clone())).unwrap_err();
        let wants = crate::rules::command::Refusal::NotAllowed { role: "organizer" };
        assert_eq!(refusal, wants, "{act:?}");
    }
}

#[test]
fn a_first_order_fits_the_seats() {
    let seed = |ladder: &str, tiers: &str| {
        let hall = Hall::new(ladder, "");
        let tiers = tiers.split(' ').map(super::ids).collect();
        hall.refused("org", Act::Seed { ladder: "hall".into(), tiers })
    };
    let tiers = format!("{DUEL}movement = \"tiers\"\nseats = [1, 2]");
    assert_eq!(seed(&tiers, "AB CD"), LadderRefusal::SeedUnfit { tier: 0 });
    assert_eq!(seed(&tiers, "A BC D E"), LadderRefusal::SeedUnfit { tier: 3 });
    assert_eq!(seed(&tiers, "A BA"), LadderRefusal::SeedUnfit { tier: 1 });
    assert_eq!(seed(DUEL, "A B"), LadderRefusal::SeedUnfit { tier: 1 });
}
