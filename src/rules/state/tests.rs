//! Properties of the fold, over contests in which people do anything they may.

use proptest::prelude::*;

use crate::rules::{
    command::Command,
    ledger::{Entry, Recorded, entry::Phase},
    names::{EntrantId, UnitPath},
    state::State,
    trial::{Trial, correct, face_panel, mark_of, reason, sheet_of, sign, violation},
    view::{Audience, Board, board, chief_board, organizer, summary},
};

const ENTRANTS: [&str; 3] = ["W1", "W2", "W3"];
const JUDGES: [&str; 3] = ["J1", "J2", "J3"];

/// Somebody tries something; whether they may is for the rules.
fn act() -> impl Strategy<Value = (&'static str, Command)> {
    let judge = proptest::sample::select(&JUDGES[..]);
    let entrant = proptest::sample::select(&ENTRANTS[..]);
    let mark = 60_i64..80;
    let marks = (judge.clone(), entrant.clone(), mark.clone())
        .prop_map(|(judge, entrant, mark)| (judge, mark_of(entrant, mark)));
    let submits = (judge.clone(), entrant.clone())
        .prop_map(|(judge, entrant)| (judge, Command::SubmitSheet { sheet: sheet_of(judge, entrant) }));
    let corrects = (judge.clone(), entrant.clone(), mark)
        .prop_map(|(judge, entrant, mark)| ("chief", correct(judge, entrant, mark, Some("chief2"))));
    let returns = (judge.clone(), entrant.clone()).prop_map(|(judge, entrant)| {
        ("lead", Command::ReturnSheet { sheet: sheet_of(judge, entrant), reason: reason() })
    });
    let again = entrant
        .clone()
        .prop_map(|entrant| ("lead", Command::OrderReMark { entrant: entrant.into(), slot: face_panel() }));
    let resolves = entrant.clone().prop_map(|entrant| {
        let (entrant, slot) = (entrant.into(), face_panel());
        ("chief", Command::ResolveSpread { entrant, slot, points: None, reason: reason() })
    });
    let violates = (judge, entrant.clone(), 0_u32..3)
        .prop_map(|(judge, entrant, count)| (judge, violation(entrant, "no-goggles", count)));
    let withdraws =
        entrant.prop_map(|entrant| ("org", Command::WithdrawEntrant { entrant: entrant.into(), reason: None }));
    prop_oneof![
        20 => marks,
        20 => submits,
        3 => corrects,
        2 => returns,
        3 => again,
        2 => resolves,
        3 => violates,
        1 => withdraws,
        1 => Just(("chief", sign())),
        1 => Just(("org", Command::Freeze)),
        1 => Just(("org", Command::Unfreeze)),
    ]
}

fn acts() -> impl Strategy<Value = Vec<(&'static str, Command)>> {
    proptest::collection::vec(act(), 0..80)
}

/// Tries all; gives how many were done.
fn play(trial: &mut Trial, acts: &[(&'static str, Command)]) -> usize {
    acts.iter().filter(|(person, command)| trial.does(person, command).is_ok()).count()
}

fn public(trial: &Trial) -> Board {
    board(&trial.state, &Audience::Public, trial.now)
}

/// All that anybody can see.
fn everything(state: &State) -> impl PartialEq + std::fmt::Debug + use<> {
    let at = state.at();
    (
        board(state, &Audience::Public, at),
        board(state, &Audience::Staff, at),
        chief_board(state, &"chief".into()),
        organizer(state),
        summary(state),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_fold_in_pieces_is_the_fold_at_once(acts in acts(), cut in any::<prop::sample::Index>()) {
        let mut trial = Trial::open();
        play(&mut trial, &acts);
        let cut = cut.index(trial.entries.len() + 1);
        let mut pieces = State::fold(&trial.entries[..cut]);
        // Somebody looks in between, so that scores are kept.
        everything(&pieces);
        trial.entries[cut..].iter().for_each(|entry| pieces.apply(entry));
        let whole = State::fold(&trial.entries);
        prop_assert_eq!(&pieces, &whole);
        prop_assert_eq!(&whole, &trial.state);
        prop_assert!(everything(&pieces) == everything(&whole));
    }

    #[test]
    fn what_is_refused_changes_nothing_and_what_is_decided_is_recorded(acts in acts()) {
        let mut trial = Trial::open();
        for (person, command) in &acts {
            let (before, count) = (trial.state.clone(), trial.entries.len());
            if trial.does(person, command).is_err() {
                prop_assert_eq!(&before, &trial.state);
                prop_assert_eq!(count, trial.entries.len());
            } else {
                prop_assert!(trial.entries.len() > count);
            }
        }
        for recorded in &trial.entries {
            let (kind, version, payload) = recorded.entry.write();
            prop_assert_eq!(Entry::read(kind, version, &payload), Ok(recorded.entry.clone()));
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(marks in proptest::collection::vec(0_i64..100, 9), order in Just((0..9).collect::<Vec<usize>>()).prop_shuffle()) {
        let standings = |order: &[usize]| {
            let mut trial = Trial::open();
            for &at in order {
                let (judge, entrant) = (JUDGES[at % 3], ENTRANTS[at / 3]);
                trial.gives(judge, entrant, marks[at]);
                trial.submits(judge, entrant);
            }
            (trial.state.standings(super::Side::Staff), trial.state.standings(super::Side::Public))
        };
        prop_assert_eq!(standings(&order), standings(&(0..9).collect::<Vec<_>>()));
    }

    #[test]
    fn a_frozen_board_stands_still(before in acts(), after in acts()) {
        let still = |acts: Vec<(&'static str, Command)>| -> Vec<_> {
            acts.into_iter().filter(|(_, command)| !matches!(command, Command::Freeze | Command::Unfreeze)).collect()
        };
        let mut trial = Trial::open();
        play(&mut trial, &still(before));
        let running = public(&trial);
        trial.org(Command::Freeze);
        let frozen = public(&trial);
        prop_assert_eq!(&frozen.tables, &running.tables);
        play(&mut trial, &still(after));
        prop_assert_eq!(public(&trial), frozen);
        trial.org(Command::Unfreeze);
        prop_assert_eq!(&public(&trial).tables, &board(&State::fold(&trial.entries), &Audience::Public, trial.now).tables);
    }

    /// Two contests with the same numbers, marks and sheets: other people behind the numbers, and in one of them drafts
    /// that nobody has handed in.
    #[test]
    fn who_is_behind_a_number_and_what_is_not_handed_in_stays_hidden(
        submitted in proptest::collection::vec((0_usize..9, 0_i64..100), 0..9),
        drafts in proptest::collection::vec((0_usize..9, 0_i64..100), 0..9),
    ) {
        let mut one = Trial::open();
        for (at, mark) in &submitted {
            let (judge, entrant) = (JUDGES[at % 3], ENTRANTS[at / 3]);
            let _ = one.does(judge, &mark_of(entrant, *mark));
            let _ = one.does(judge, &Command::SubmitSheet { sheet: sheet_of(judge, entrant) });
        }
        let mut other = Trial { state: State::empty(), ..one.clone() };
        // The names on the list are given to others, so that its order is another one too.
        other.entries = one.entries.iter().map(renamed).collect();
        other.state = State::fold(&other.entries);
        for (at, mark) in &drafts {
            let (judge, entrant) = (JUDGES[at % 3], NAMES[at / 3]);
            let _ = other.does(judge, &mark_of(entrant, *mark));
        }
        other.now = one.now;
        prop_assert_eq!(public(&one), public(&other));
    }
}

/// W1, W2, W3 under other names, in another order.
const NAMES: [&str; 3] = ["Z9", "A1", "M5"];

fn renamed(recorded: &Recorded) -> Recorded {
    let (kind, version, payload) = recorded.entry.write();
    let mut text = String::from_utf8(payload).unwrap();
    for (old, new) in ENTRANTS.iter().zip(NAMES) {
        text = text.replace(&format!("\"{old}\""), &format!("\"{new}\""));
    }
    let mut entry = Entry::read(kind, version, text.as_bytes()).unwrap();
    if let Entry::EntrantRegistered { facts, .. } = &mut entry {
        facts.unit = Some(UnitPath::new("集团/九厂"));
    }
    Recorded { entry, ..recorded.clone() }
}

#[test]
fn renaming_renames() {
    let trial = Trial::open();
    let entries: Vec<Recorded> = trial.entries.iter().map(renamed).collect();
    let state = State::fold(&entries);
    assert_eq!(state.by_number[&3], EntrantId::new("Z9"));
    assert!(state.entrant(&"W1".into()).is_none());
    assert_eq!(state.phase, Phase::Running);
}

#[test]
fn what_nobody_knows_is_passed_over() {
    let mut state = State::empty();
    let trial = Trial::signed();
    // Without the definition and the list: nothing fits, and nothing fails.
    for recorded in trial.entries.iter().filter(|recorded| !matches!(recorded.entry, Entry::DefinitionAdopted { .. })) {
        state.apply(recorded);
    }
    assert!(board(&state, &Audience::Staff, trial.now).tables.is_empty());
    assert!(organizer(&state).definition.is_none());
}
