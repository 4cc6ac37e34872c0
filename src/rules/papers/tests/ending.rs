//! When papers end, and what comes after: windows, time noticed late, sealing, leaving, items taken out and restored.

use rust_decimal::Decimal;

use super::life::{MINUTE_MS, Quiz, START, closed, digest, worker};
use crate::rules::{
    command::{Command, Refusal},
    decide::Actor,
    ledger::{
        Instant,
        entry::Phase,
        paper::{Ending, Restated},
    },
    names::{EntrantId, PaperId, PersonId},
    papers::{self, Act, Closed, PaperRefusal, fixed, place},
};

fn organizer() -> Actor {
    Actor { person: PersonId::new("org"), administrator: true, entrant: None }
}

fn ends(quiz: &Quiz, paper: &PaperId) -> Option<i64> {
    papers::sitting(&quiz.state, paper).unwrap().sat.ends.map(|ends| (ends.0 - START.0) / MINUTE_MS)
}

fn restate(item: &str, rekeyed: Option<&str>, papers: &[(&str, i64)]) -> Command {
    let restated = |(paper, points): &(&str, i64)| Restated {
        paper: PaperId::new(*paper),
        points: Decimal::from(*points),
        right: 3,
    };
    Command::Paper(Act::Restate {
        bank: "safety".into(),
        item: item.into(),
        rekeyed: rekeyed.map(digest),
        papers: papers.iter().map(restated).collect(),
        reason: digest("r"),
    })
}

/// Ten minutes from 09:00; the window closes at 09:05, or another one opens as it closes.
#[test]
fn a_window_ends_what_was_begun_in_it() {
    let window = |opens: &str, closes: &str| {
        format!("[[paper.window]]\nopens = \"2026-09-01T{opens}\"\ncloses = \"2026-09-01T{closes}\"\n")
    };
    for (windows, minutes) in [
        (window("08:00", "09:05"), 5),
        (window("08:00", "12:00"), 10),
        ([window("08:00", "09:05"), window("09:05", "09:08")].concat(), 8),
        ([window("08:00", "09:05"), window("09:06", "12:00")].concat(), 5),
        ([window("08:00", "09:05"), window("08:30", "09:07")].concat(), 7),
    ] {
        let mut quiz = Quiz::begin(&windows);
        let paper = quiz.starts("W1").unwrap();
        assert_eq!(ends(&quiz, &paper), Some(minutes), "{windows}");
    }
    // One without a time of its own ends with its window, too.
    let open = format!("practice = true\n{}", window("08:00", "09:05"));
    let mut quiz = Quiz::begin(&open);
    quiz.later(1);
    let paper = quiz.starts("W1").unwrap();
    assert_eq!(ends(&quiz, &paper), Some(5));
    quiz.later(5);
    quiz.ends("W1", &paper, Ending::TimeUp, 4, 2).unwrap();
    assert_eq!(quiz.counts("W1"), Some((Decimal::from(4), 4 * 60_000)));
    // Practice is bound to no window.
    let (practice, of, seed) = (PaperId::new("x"), "daily".into(), super::seed().to_hex());
    let act = Act::Start { paper: practice.clone(), of, seed, practice: true, challenge: None };
    quiz.does(&worker("W1"), &Command::Paper(act)).unwrap();
    assert_eq!(ends(&quiz, &practice), Some(16));
}

/// From 09:00 to 09:10, noticed at 11:00: an hour later is 10:10, and the day is that of the beginning.
#[test]
fn time_up_is_when_it_was_not_when_somebody_noticed() {
    let keys = "attempts = { take = \"valid-days\", delay-minutes = 60 }\n";
    let mut quiz = Quiz::begin(keys);
    let paper = quiz.starts("W1").unwrap();
    quiz.later(65);
    let until = closed(quiz.starts("W1"));
    assert!(matches!(until, Closed::Wait { until } if until.strftime("%H:%M").to_string() == "10:10"));
    quiz.later(55);
    quiz.ends("W1", &paper, Ending::TimeUp, 4, 2).unwrap();
    let sat = papers::sitting(&quiz.state, &paper).unwrap().sat;
    assert_eq!(sat.finished.unwrap().0, Instant(START.0 + 10 * MINUTE_MS));
    // 23:55 to 00:05 is the first day, 10:00 the second.
    quiz.now = Instant(START.0 + (14 * 60 + 55) * MINUTE_MS);
    quiz.sits("W1", 4, 2, 10);
    assert_eq!(quiz.counts("W1").unwrap().0, Decimal::ONE);
    quiz.later(10 * 60);
    quiz.sits("W1", 4, 2, 1);
    assert_eq!(quiz.counts("W1").unwrap().0, Decimal::TWO);
}

#[test]
fn nothing_is_sealed_while_somebody_answers_and_nothing_counts_after() {
    let mut quiz = Quiz::begin("practice = true\n");
    let paper = quiz.starts("W1").unwrap();
    for reach in [
        Command::OpenStage { stage: "quiz".into(), group: None },
        Command::CloseStage { stage: "quiz".into(), group: None },
    ] {
        quiz.org(&reach);
    }
    let seal = Command::ReachPhase { phase: Phase::Sealed, until: None };
    let open = Err(Refusal::Paper(PaperRefusal::StillOpen { count: 1 }));
    assert_eq!(quiz.does(&organizer(), &seal), open);
    // Its time is up, and nobody marked it yet.
    quiz.later(11);
    assert_eq!(quiz.does(&organizer(), &seal), open);
    quiz.ends("W1", &paper, Ending::TimeUp, 7, 3).unwrap();
    quiz.org(&seal);
    assert!(matches!(closed(quiz.starts("W2")), Closed::NotRunning { now: Phase::Sealed }));
}

/// Without a time limit a paper may be open for ever: it does not keep a contest from being sealed, and comes too late.
#[test]
fn what_is_handed_in_after_sealing_is_refused() {
    let mut quiz = Quiz::begin("");
    let unlimited = super::text("", super::PARTS).replace("minutes = 10\n", "");
    quiz.org(&Command::AdoptDefinition { text: unlimited, reason: None, second: None });
    let paper = quiz.starts("W1").unwrap();
    assert_eq!(ends(&quiz, &paper), None);
    quiz.org(&Command::OpenStage { stage: "quiz".into(), group: None });
    quiz.org(&Command::CloseStage { stage: "quiz".into(), group: None });
    quiz.org(&Command::ReachPhase { phase: Phase::Sealed, until: None });
    let late = quiz.ends("W1", &paper, Ending::HandedIn, 10, 4);
    assert_eq!(late, Err(Refusal::Paper(PaperRefusal::Sealed)));
    assert_eq!(quiz.counts("W1"), None);
}

#[test]
fn who_left_does_not_come_back_by_a_restatement() {
    let mut quiz = Quiz::begin("");
    quiz.sits("W1", 9, 4, 2);
    quiz.sits("W2", 8, 3, 2);
    let running = quiz.starts("W3").unwrap();
    for who in ["W1", "W3"] {
        quiz.org(&Command::WithdrawEntrant { entrant: who.into(), reason: None });
    }
    let alone = |quiz: &Quiz| {
        assert_eq!(place(&quiz.state, &"daily".into(), &"W2".into()), Some((1, 1)));
        assert_eq!(papers::valid(&quiz.state, &"daily".into()), [EntrantId::new("W2")]);
    };
    alone(&quiz);
    quiz.org(&restate("s1", None, &[("p1", 9), ("p2", 8)]));
    alone(&quiz);
    quiz.later(11);
    quiz.ends("W2", &running, Ending::TimeUp, 10, 4).unwrap();
    alone(&quiz);
}

/// Both papers ask s1: it gets another key, is void, and is restored with the key that it had.
#[test]
fn a_void_item_is_restored_with_its_key() {
    let mut quiz = Quiz::begin("");
    quiz.sits("W1", 7, 3, 2);
    let item = |quiz: &Quiz| fixed(&quiz.state, &"safety".into())["s1"].clone();
    quiz.org(&restate("s1", Some("other-key"), &[("p1", 5)]));
    quiz.org(&restate("s1", None, &[("p1", 7)]));
    assert!(item(&quiz).void);
    assert_eq!(item(&quiz).digest, digest("other-key"));
    let again = quiz.does(&organizer(), &restate("s1", None, &[("p1", 7)]));
    assert_eq!(again, Err(Refusal::NothingToDo));
    quiz.org(&restate("s1", Some("other-key"), &[("p1", 5)]));
    assert!(!item(&quiz).void);
    assert_eq!(quiz.counts("W1").unwrap().0, Decimal::from(5));
    let paper = quiz.starts("W2").unwrap();
    let asked = papers::asked(&quiz.state, &papers::sitting(&quiz.state, &paper).unwrap().sat);
    assert!(asked.iter().any(|one| one.item.as_str() == "s1" && one.digest == digest("other-key") && !one.void));
}

/// The bank was adopted without s1 since; the paper that asks it is restated all the same.
#[test]
fn an_item_that_left_the_bank_can_be_void() {
    let mut quiz = Quiz::begin("");
    quiz.sits("W1", 7, 3, 2);
    let items = super::banked(&super::bank(0)).into_iter().filter(|item| item.id.as_str() != "s1").collect();
    quiz.org(&Command::Paper(Act::AdoptBank { bank: "safety".into(), digest: digest("b2"), items }));
    quiz.org(&restate("s1", None, &[("p1", 9)]));
    assert_eq!(quiz.counts("W1").unwrap().0, Decimal::from(9));
    let unknown = quiz.does(&organizer(), &restate("nobody", None, &[]));
    assert_eq!(unknown, Err(Refusal::Paper(PaperRefusal::UnknownItem("nobody".into()))));
}

/// Without windows the stage is what the organizer stops a quiz with: who answers finishes, nobody begins, all is sealed.
#[test]
fn a_closed_stage_lets_nobody_begin() {
    let mut quiz = Quiz::begin("practice = true\n");
    // Nobody has to open it for papers to begin.
    let begun = quiz.starts("W1").unwrap();
    quiz.org(&Command::OpenStage { stage: "quiz".into(), group: None });
    quiz.org(&Command::CloseStage { stage: "quiz".into(), group: None });
    assert_eq!(closed(quiz.starts("W2")), Closed::StageClosed { stage: "quiz".to_owned() });
    let offers = papers::offers(&quiz.state, &EntrantId::new("W2"), quiz.now);
    assert_eq!(offers[0].next, Err(Closed::StageClosed { stage: "quiz".to_owned() }));
    assert!(offers[0].practice);
    let (practice, of, seed) = (PaperId::new("x"), "daily".into(), super::seed().to_hex());
    let act = Act::Start { paper: practice, of, seed, practice: true, challenge: None };
    quiz.does(&worker("W2"), &Command::Paper(act)).unwrap();

    quiz.later(3);
    quiz.ends("W1", &begun, Ending::HandedIn, 7, 3).unwrap();
    assert_eq!(quiz.counts("W1"), Some((Decimal::from(7), 3 * 60_000)));
    quiz.org(&Command::OpenStage { stage: "quiz".into(), group: None });
    let late = quiz.starts("W3").unwrap();
    quiz.org(&Command::CloseStage { stage: "quiz".into(), group: None });
    quiz.later(11);
    quiz.ends("W3", &late, Ending::TimeUp, 4, 2).unwrap();
    // The practice of W2 keeps nothing open.
    quiz.org(&Command::ReachPhase { phase: Phase::Sealed, until: None });
}
