//! What holds whatever people do: places stay a permutation, an allowed challenge never errs and a refused one changes
//! nothing, expiry needs no job, and a ledger gives the same ladder on any day.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Hall, score};
use crate::rules::{
    command::{Command, Refusal},
    ladder::{Act, LadderRefusal, board, due, due::current, next_deadline},
    ledger::{
        Instant, Recorded,
        ladder::{Aim, LeaveKind, MoveKind},
    },
    names::{EntrantId, Id},
    state::State,
    view::Audience,
};

const PEOPLE: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

const LADDERS: [(&str, &str); 4] = [
    (
        "format = \"record\"\npaper = \"daily\"\nmovement = \"insert\"\nrecords = { undefended = \"drop\", drop = 2 }\n\
         at-once = { out = 2, in = 3 }\nidle = { days = 14, drop = 2 }",
        "ABCDEF",
    ),
    (
        "format = \"duel\"\npaper = \"daily\"\nmovement = \"swap\"\nrange = { up = 3 }\n\
         lapses = { allowed = 0, consequence = \"drop\", drop = 1 }\n\
         season = { starts = \"2026-08-15\", months = 1, titles = [{ title = \"月擂主\", reward = { points = 1 } }] }",
        "ABCDEF",
    ),
    (
        "format = \"record\"\npaper = \"daily\"\nmovement = \"tiers\"\nseats = [1, 2]\n\
         lapses = { allowed = 0, consequence = \"remove\" }\nidle = { days = 10, top-exempt = 1 }\n\
         calendar = { closed = [{ from = \"2026-09-12\", to = \"2026-09-14\" }], forbidden = [{ from = \"22:00\", to = \"06:00\" }] }",
        "A BC DEF",
    ),
    (
        "format = \"duel\"\npaper = \"daily\"\nmovement = \"tiers\"\nseats = [2, 2]\nrange = { up = 2 }\n\
         lapses = { allowed = 1, walkover = \"one\" }\nrest = { loser-days = 1, pair-days = 2, winner-days = 1 }\n\
         same-pair = { games = 1, days = 20 }\nat-once = { out = 2, in = 2 }",
        "AB CD EF",
    ),
];

#[derive(Clone, Debug)]
enum Does {
    Waits { minutes: i64 },
    Challenges { who: usize, target: usize },
    Defends { who: usize },
    Answers { at: usize, accept: bool },
    Gets { at: usize, challenger: bool, points: i64 },
    Joins { who: usize },
    TakesSeat { who: usize },
    Leaves { who: usize, days: i64 },
    Moves { who: usize, days: i64 },
}

fn does() -> impl Strategy<Value = Does> {
    let who = 0..PEOPLE.len();
    prop_oneof![
        3 => (1_i64..20_000).prop_map(|minutes| Does::Waits { minutes }),
        6 => (who.clone(), who.clone()).prop_map(|(who, target)| Does::Challenges { who, target }),
        2 => who.clone().prop_map(|who| Does::Defends { who }),
        4 => (0_usize..4, prop::bool::weighted(0.7)).prop_map(|(at, accept)| Does::Answers { at, accept }),
        6 => (0_usize..4, any::<bool>(), 0_i64..5).prop_map(|(at, challenger, points)| Does::Gets { at, challenger, points }),
        1 => who.clone().prop_map(|who| Does::Joins { who }),
        1 => who.clone().prop_map(|who| Does::TakesSeat { who }),
        1 => (who.clone(), 1_i64..12).prop_map(|(who, days)| Does::Leaves { who, days }),
        1 => (who, 0_i64..6).prop_map(|(who, days)| Does::Moves { who, days }),
    ]
}

fn id() -> Id {
    Id::new("hall")
}

/// What somebody asks for, as it stands for this hall at this moment.
fn ask(hall: &mut Hall, does: &Does) -> Option<(String, Act)> {
    let ladders = current(&hall.state, hall.now).into_owned();
    let open: Vec<_> = ladders.open.iter().filter_map(|id| ladders.challenges.get_key_value(id)).collect();
    let own = |who: &usize, act: Act| Some((PEOPLE[*who].to_owned(), act));
    let days = |days: i64| Instant(hall.now.0 + days * 86_400_000);
    match does {
        Does::Waits { .. } => None,
        Does::Challenges { who, target } => {
            let aim = Aim::Person(PEOPLE[*target].into());
            let challenge = hall.next_id();
            own(who, Act::Challenge { challenge, ladder: id(), entrant: None, aim })
        }
        Does::Defends { who } => {
            let challenge = hall.next_id();
            own(who, Act::Challenge { challenge, ladder: id(), entrant: None, aim: Aim::Defence })
        }
        Does::Answers { at, accept } => {
            let (id, challenge) = open.get(*at)?;
            let who = challenge.target()?;
            Some((who.to_string(), Act::Answer { challenge: (*id).clone(), entrant: None, accept: *accept }))
        }
        Does::Gets { at, challenger, points } => {
            let (id, challenge) = open.get(*at)?;
            let of = if *challenger { &challenge.challenger } else { challenge.target()? };
            let result = Act::EnterResult { challenge: (*id).clone(), of: of.clone(), outcome: score(*points) };
            Some(("org".to_owned(), result))
        }
        Does::Joins { who } => own(who, Act::Join { ladder: id(), entrant: None }),
        Does::TakesSeat { who } => own(who, Act::TakeSeat { ladder: id(), entrant: None }),
        Does::Leaves { who, days: n } => {
            let (from, until) = (hall.now, days(*n));
            own(who, Act::SetLeave { entrant: None, leave: LeaveKind::Ordinary, from, until })
        }
        Does::Moves { who, days: n } => {
            let entrant = EntrantId::new(PEOPLE[*who]);
            let act = Act::Move { entrant, kind: MoveKind::Left, ladder: None, effective: days(*n) };
            Some(("org".to_owned(), act))
        }
    }
}

/// Nobody twice, nobody lost, no tier with more people than seats.
fn holds(hall: &Hall) -> Result<(), TestCaseError> {
    let ladders = current(&hall.state, hall.now);
    let own = ladders.ladder(&id()).unwrap();
    let all: Vec<&EntrantId> = own.places.all().collect();
    let set: BTreeSet<&EntrantId> = all.iter().copied().collect();
    prop_assert_eq!(all.len(), set.len(), "somebody stands twice");
    let rules = &hall.state.rules().unwrap().definition.ladders[0];
    for (tier, people) in own.places.tiers().iter().enumerate() {
        if let Some(seats) = rules.seats(tier) {
            prop_assert!(people.len() <= seats as usize, "tier {} holds {}", tier, people.len());
        }
    }
    let reigning: BTreeSet<&EntrantId> =
        own.reigns.iter().filter(|reign| reign.until.is_none()).map(|reign| &reign.holder).collect();
    let top = own.places.top(rules.has_tiers());
    prop_assert_eq!(reigning, top.iter().collect(), "who stands at the top reigns");
    Ok(())
}

/// Appends everything in the very moment in which it is due, as a clerk would.
fn wait_punctually(hall: &mut Hall, then: Instant) {
    while let Some(next) = next_deadline(&hall.state, hall.now).filter(|next| *next <= then) {
        hall.now = next.max(hall.now);
        let entries = due(&hall.state, hall.now);
        assert!(!entries.is_empty(), "a deadline without anything due");
        for entry in entries {
            hall.append(entry);
        }
    }
    hall.now = then;
}

fn run((ladder, people): (&str, &str), story: &[Does]) -> Result<(), TestCaseError> {
    let mut lazy = Hall::new(ladder, people);
    let mut punctual = lazy.clone();
    for does in story {
        if let Does::Waits { minutes } = does {
            let then = Instant(lazy.now.0 + minutes * 60_000);
            lazy.now = then;
            wait_punctually(&mut punctual, then);
        }
        if let Some((who, act)) = ask(&mut lazy, does) {
            ask(&mut punctual, does);
            let before = lazy.state.clone();
            let command = Command::Ladder(act.clone());
            let answer = lazy.try_as(&who, &command);
            prop_assert_eq!(&before, &lazy.state, "deciding changes nothing");
            if let Act::Challenge { aim: Aim::Person(target), .. } = &act {
                let may = lazy.may(&who, target.as_str());
                match (&may, &answer) {
                    (Ok(_), Ok(_)) => {}
                    (Err(why), Err(Refusal::Ladder(LadderRefusal::Barred(said)))) => prop_assert_eq!(why, said),
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            let same = punctual.try_as(&who, &command);
            prop_assert_eq!(answer.is_ok(), same.is_ok(), "{:?}: {:?} and {:?}", act, answer, same);
            answer.into_iter().flatten().for_each(|entry| lazy.append(entry));
            same.into_iter().flatten().for_each(|entry| punctual.append(entry));
        }
        holds(&lazy)?;
        prop_assert_eq!(current(&lazy.state, lazy.now), current(&punctual.state, punctual.now));
    }
    // Read again, on this day or another: in one piece, or in two.
    let again = State::fold(&lazy.entries);
    prop_assert_eq!(&again, &lazy.state);
    let later = Instant(lazy.now.0 + 400 * 86_400_000);
    let seen = board(&lazy.state, &id(), &Audience::Entrant("C".into()), later);
    prop_assert_eq!(&seen, &board(&again, &id(), &Audience::Entrant("C".into()), later));
    let written = |hall: &Hall| -> Vec<Recorded> { hall.entries.clone() };
    wait_punctually(&mut punctual, later);
    let all = State::fold(&written(&punctual));
    prop_assert_eq!(current(&all, later), current(&lazy.state, later));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_do(which in 0..LADDERS.len(), story in prop::collection::vec(does(), 1..60)) {
        run(LADDERS[which], &story)?;
    }
}
