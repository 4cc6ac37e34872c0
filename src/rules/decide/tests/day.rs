//! A whole day by the verbs of its people, and what comes of it by hand.

use rust_decimal::Decimal;

use crate::rules::{
    command::Command,
    ledger::entry::Phase,
    result::Status,
    trial::{Trial, correct, reason, seat_on, sign},
    view::{Audience, BoardRow, Seen, Shows, board},
};

fn row(trial: &Trial, audience: &Audience, key: &str) -> BoardRow {
    let board = board(&trial.state, audience, trial.now);
    let row = board.tables[0].rows.iter().find(|row| row.who.key() == key);
    row.unwrap_or_else(|| panic!("no {key} in {board:?}")).clone()
}

#[test]
fn from_marks_to_a_winner() {
    let mut trial = Trial::signed();
    // 0.3 × 100 + 0.7 × 90 = 93, 0.7 × 80 = 56 makes 86, 0.7 × 70 = 49 makes 79.
    for (key, rank, total) in [("3", 1, 93), ("1", 2, 86), ("2", 3, 79)] {
        let row = row(&trial, &Audience::Public, key);
        assert_eq!((row.rank, row.total), (Some(rank), Some(Decimal::from(total))), "{key}");
    }
    let sheet = board(&trial.state, &Audience::Public, trial.now);
    assert_eq!((sheet.shows, sheet.heading.sealed), (Shows::Numbers, false));
    assert_eq!((sheet.progress.done, sheet.progress.expected), (9, 9));

    trial.org(Command::ReachPhase { phase: Phase::Sealed, until: None });
    trial.must("chief", Command::OpenIdentities { second: "org".into() });
    trial.org(Command::AnnounceAwards);
    assert_eq!(trial.state.announced.len(), 1);
    assert_eq!(trial.state.announced[0].to, "W1");
    let first = row(&trial, &Audience::Public, "W1");
    assert_eq!(
        first.who,
        Seen::Entrant { id: "W1".into(), number: Some(3), unit: Some("集团/一厂".into()), team: None }
    );
    let (award, from, reason) = ("first".into(), "W1".to_owned(), reason());
    trial.org(Command::RevokeAward { award, from, reason });
    assert!(trial.state.announced.is_empty());
}

#[test]
fn a_correction_after_signing_moves_ranks() {
    let mut trial = Trial::signed();
    for judge in ["J1", "J2", "J3"] {
        trial.must("chief", correct(judge, "W3", 100, Some("chief2")));
    }
    // 0.3 × 100 + 0.7 × 100 = 100.
    let row = row(&trial, &Audience::Public, "2");
    assert_eq!((row.rank, row.total), (Some(1), Some(Decimal::from(100))));
}

#[test]
fn a_judge_who_may_not_mark_is_not_waited_for() {
    let mut trial = Trial::open();
    trial.org(Command::AssignPerson { person: "J3".into(), role: seat_on(3), unit: Some("集团/二厂".into()) });
    for (entrant, mark) in [("W1", 90), ("W2", 80)] {
        trial.theory(entrant, 100);
        trial.all_mark(entrant, [mark; 3]);
    }
    trial.theory("W3", 100);
    for judge in ["J1", "J2"] {
        trial.gives(judge, "W3", 60);
        trial.submits(judge, "W3");
    }
    // The mean of two: 60. 0.3 × 100 + 0.7 × 60 = 72.
    assert_eq!(row(&trial, &Audience::Public, "2").total, Some(Decimal::from(72)));
    trial.must("chief", sign());
}

#[test]
fn the_public_waits_for_the_whole_panel() {
    let mut trial = Trial::open();
    trial.theory("W1", 100);
    trial.gives("J1", "W1", 90);
    trial.submits("J1", "W1");
    trial.gives("J2", "W1", 90);
    trial.submits("J2", "W1");
    trial.gives("J3", "W1", 90);
    let waits = row(&trial, &Audience::Public, "3");
    assert_eq!((waits.total, waits.status), (None, Status::Incomplete));
    let staff = row(&trial, &Audience::Staff, "W1");
    assert_eq!((staff.total, staff.provisional), (Some(Decimal::from(93)), true));
    trial.submits("J3", "W1");
    assert_eq!(row(&trial, &Audience::Public, "3").total, Some(Decimal::from(93)));
    assert!(!row(&trial, &Audience::Staff, "W1").provisional);
}
