//! The day: marks, sheets, spreads, signing, sealing, announcing.

use rust_decimal::Decimal;

use super::{check, close, not, open, reach, register, wrong};
use crate::rules::{
    command::{Command, Refusal},
    field::{Entrant, Slot, TieDecision, TieSettledBy, Value, ViolationSlot},
    ledger::{
        Instant,
        entry::{MarkValue, Phase},
    },
    trial::{
        DEFINITION, START, Trial, correct, face, face_panel, is, mark_of, reason, seat_on, sheet_of, sign, violation,
    },
};

#[test]
fn a_mark_has_its_judge_its_place_and_its_limits() {
    let trial = Trial::open();
    let at = |slot: Slot, value: MarkValue| Command::GiveMark { entrant: "W1".into(), slot, value };
    let half = MarkValue::Is(Value::Number(Decimal::new(803, 1)));
    let own = || Refusal::NotThisJudges { stage: "practice".into(), panel: "look".into() };
    check(
        &trial,
        vec![
            ("J1", mark_of("W1", -1), Refusal::BelowMin { min: Decimal::ZERO }),
            ("J1", mark_of("W1", 101), Refusal::AboveMax { max: Decimal::from(100) }),
            ("J1", at(face(), half), Refusal::NotAStep { min: Decimal::ZERO, step: Decimal::new(5, 1) }),
            ("J1", mark_of("W9", 50), Refusal::UnknownEntrant("W9".into())),
            ("J1", at(Slot { aspect: "shine".into(), ..face() }, is(1)), Refusal::UnknownAspect("shine".into())),
            ("J1", at(Slot { attempt: 2, ..face() }, is(1)), Refusal::UnknownAspect("face".into())),
            ("J1", at(Slot { piece: Some("plate".into()), ..face() }, is(1)), Refusal::UnknownAspect("face".into())),
            ("J1", at(Slot { stage: "final".into(), ..face() }, is(1)), Refusal::UnknownStage("final".into())),
            ("J1", at(Slot { judge: Some("J2".into()), ..face() }, is(1)), own()),
            ("J9", mark_of("W1", 50), own()),
            ("chief", mark_of("W1", 50), own()),
            ("J1", at(Slot { stage: "theory".into(), aspect: "paper".into(), ..face() }, is(1)), not("organizer")),
            (
                "org",
                at(Slot { stage: "theory".into(), aspect: "paper".into(), ..face() }, is(101)),
                Refusal::AboveMax { max: Decimal::from(100) },
            ),
        ],
    );
}

#[test]
fn a_judge_of_the_entrants_unit_is_refused_above_and_below() {
    let mut trial = Trial::open();
    for (unit, refused) in [("集团/二厂", true), ("集团/二厂/一班", true), ("集团", true), ("集团/二", false)]
    {
        trial.org(Command::AssignPerson { person: "J3".into(), role: seat_on(3), unit: Some(unit.into()) });
        let answer = trial.try_as("J3", &mark_of("W3", 50));
        let expected = Refusal::OwnUnit { unit: unit.into() };
        assert_eq!(answer.err(), refused.then_some(expected), "{unit}");
    }
}

#[test]
fn where_nothing_is_open_nothing_is_marked() {
    let trial = Trial::drawn();
    check(
        &trial,
        vec![
            ("J1", mark_of("W1", 50), wrong(Phase::Draft, Phase::Running)),
            ("org", open("practice"), wrong(Phase::Draft, Phase::Running)),
            ("org", Command::Freeze, wrong(Phase::Draft, Phase::Running)),
            ("J1", reach(Phase::Running), not("organizer")),
            ("org", reach(Phase::Sealed), wrong(Phase::Draft, Phase::Running)),
        ],
    );
    let mut trial = Trial::drawn();
    trial.org(reach(Phase::Running));
    check(
        &trial,
        vec![
            ("J1", mark_of("W1", 50), Refusal::StageClosed("practice".into())),
            ("J1", open("practice"), not("organizer")),
            ("org", open("final"), Refusal::UnknownStage("final".into())),
            ("org", close("practice"), Refusal::NothingToDo),
            ("chief", sign(), Refusal::StageClosed("practice".into())),
        ],
    );
}

#[test]
fn a_sheet_is_submitted_whole_by_its_judge_and_then_stands() {
    let mut trial = Trial::open();
    let submit = |judge: &str| Command::SubmitSheet { sheet: sheet_of(judge, "W1") };
    check(
        &trial,
        vec![
            ("J1", submit("J1"), Refusal::SheetIncomplete { missing: vec!["face".into()] }),
            ("J2", submit("J1"), Refusal::NotThisJudges { stage: "practice".into(), panel: "look".into() }),
            ("lead", correct("J1", "W1", 60, None), Refusal::SheetNotSubmitted),
            (
                "lead",
                Command::ReturnSheet { sheet: sheet_of("J1", "W1"), reason: reason() },
                Refusal::SheetNotSubmitted,
            ),
        ],
    );
    trial.gives("J1", "W1", 50);
    trial.gives("J1", "W1", 55);
    trial.submits("J1", "W1");
    check(
        &trial,
        vec![
            ("J1", mark_of("W1", 60), Refusal::SheetSubmitted),
            ("J1", submit("J1"), Refusal::SheetSubmitted),
            ("J1", violation("W1", "no-goggles", 1), Refusal::SheetSubmitted),
            ("J2", correct("J1", "W1", 60, None), not("leader")),
            ("lead", correct("J1", "W1", 55, None), Refusal::NothingToDo),
            ("lead", correct("J1", "W1", 101, None), Refusal::AboveMax { max: Decimal::from(100) }),
            ("J1", Command::ReturnSheet { sheet: sheet_of("J1", "W1"), reason: reason() }, not("leader")),
            ("lead", violation("W1", "no-goggles", 1), Refusal::ReasonMissing),
        ],
    );
    trial.must("lead", Command::ReturnSheet { sheet: sheet_of("J1", "W1"), reason: reason() });
    trial.gives("J1", "W1", 60);
    trial.submits("J1", "W1");
}

#[test]
fn violations_are_counted_as_the_definition_says() {
    let trial = Trial::open();
    let elsewhere = Command::RecordViolation {
        entrant: "W1".into(),
        slot: ViolationSlot { stage: "practice".into(), piece: None, attempt: 2, violation: "unsafe".into() },
        count: 1,
        reason: None,
    };
    check(
        &trial,
        vec![
            ("J1", violation("W1", "spitting", 1), Refusal::UnknownViolation("spitting".into())),
            ("J1", violation("W1", "no-goggles", 4), Refusal::AboveMax { max: Decimal::from(3) }),
            ("J1", violation("W1", "no-goggles", 0), Refusal::NothingToDo),
            ("J1", violation("W1", "unsafe", 10_001), Refusal::AboveMax { max: Decimal::from(10_000) }),
            ("J9", violation("W1", "no-goggles", 1), not("judge")),
            ("J1", elsewhere, Refusal::NotInStage { entrant: "W1".into(), stage: "practice".into() }),
        ],
    );
}

/// Several judges would count one fault several times: where no panel is named, only leaders and the chief record it.
#[test]
fn a_violation_of_no_panel_is_the_leaders() {
    let mut trial = Trial::open_with(&DEFINITION.replace("most = 3\npanel = \"look\"", "most = 3"));
    let refusal = Refusal::LeaderRecords { violation: "no-goggles".into() };
    check(&trial, vec![("J1", violation("W1", "no-goggles", 1), refusal)]);
    trial.must("J1", violation("W1", "unsafe", 1));
    trial.must("lead", violation("W1", "no-goggles", 1));
    trial.must("chief", violation("W1", "no-goggles", 2));
}

/// A fault of the stage has no piece: else it would count once for each.
#[test]
fn a_violation_stands_in_one_place() {
    let pieces = DEFINITION.replace("[[stage.panel]]", "[[stage.piece]]\nid = \"plate\"\n[[stage.panel]]");
    let trial = Trial::open_with(&pieces);
    let of_a_piece = Command::RecordViolation {
        entrant: "W1".into(),
        slot: ViolationSlot {
            stage: "practice".into(),
            piece: Some("plate".into()),
            attempt: 1,
            violation: "unsafe".into(),
        },
        count: 1,
        reason: None,
    };
    check(&trial, vec![("J1", of_a_piece, Refusal::NotInStage { entrant: "W1".into(), stage: "practice".into() })]);
}

#[test]
fn a_disqualification_is_reported_then_confirmed_by_the_chief() {
    let mut trial = Trial::open();
    let confirm = Command::ConfirmDisqualification { entrant: "W1".into(), violation: "unsafe".into() };
    check(&trial, vec![("chief", confirm.clone(), Refusal::NothingToDo)]);
    trial.must("J1", violation("W1", "unsafe", 1));
    check(&trial, vec![("lead", confirm.clone(), not("chief-judge")), ("org", confirm.clone(), not("chief-judge"))]);
    trial.must("chief", confirm.clone());
    check(
        &trial,
        vec![
            ("chief", confirm, Refusal::EntrantOut("W1".into())),
            ("J1", mark_of("W1", 50), Refusal::EntrantOut("W1".into())),
        ],
    );
}

#[test]
fn a_spread_is_marked_again_once_then_the_chief_decides() {
    let mut trial = Trial::open();
    let order = Command::OrderReMark { entrant: "W1".into(), slot: face_panel() };
    let resolve = |points: Option<i64>| Command::ResolveSpread {
        entrant: "W1".into(),
        slot: face_panel(),
        points: points.map(Decimal::from),
        reason: reason(),
    };
    trial.all_mark("W1", [70, 72, 73]);
    // 73 − 70 is 3: at the limit, not beyond it.
    check(&trial, vec![("lead", order.clone(), Refusal::NoSpread), ("chief", resolve(None), Refusal::NoSpread)]);
    trial.all_mark("W2", [70, 72, 74]);
    let order = Command::OrderReMark { entrant: "W2".into(), slot: face_panel() };
    let resolve = |points: Option<i64>| Command::ResolveSpread {
        entrant: "W2".into(),
        slot: face_panel(),
        points: points.map(Decimal::from),
        reason: reason(),
    };
    check(&trial, vec![("J1", order.clone(), not("leader")), ("chief", resolve(Some(72)), Refusal::ReMarkFirst)]);
    trial.must("lead", order.clone());
    check(
        &trial,
        vec![
            ("lead", order.clone(), Refusal::ReMarkRunning),
            ("chief", resolve(Some(72)), Refusal::ReMarkRunning),
            (
                "J1",
                Command::SubmitSheet { sheet: sheet_of("J1", "W2") },
                Refusal::SheetIncomplete { missing: vec!["face".into()] },
            ),
            ("lead", correct("J1", "W2", 60, None), Refusal::ReMarkRunning),
        ],
    );
    trial.all_mark("W2", [70, 72, 75]);
    check(
        &trial,
        vec![
            ("lead", order, Refusal::ReMarkOnce),
            ("lead", resolve(Some(72)), not("chief-judge")),
            ("chief", resolve(Some(101)), Refusal::AboveMax { max: Decimal::from(100) }),
            ("chief", resolve(Some(-1)), Refusal::BelowMin { min: Decimal::ZERO }),
            ("chief", sign(), Refusal::PanelNotReady { missing: 3, spreads: 1 }),
        ],
    );
    trial.must("chief", resolve(Some(72)));
}

/// Whoever could take a submitted mark away could let a panel of three count as two.
fn cleared() -> Command {
    let Command::CorrectMark { entrant, slot, reason, .. } = correct("J1", "W1", 0, None) else { unreachable!() };
    Command::CorrectMark { entrant, slot, value: MarkValue::Cleared, reason, second: Some("chief2".into()) }
}

#[test]
fn a_signed_panel_needs_two_people() {
    let trial = Trial::signed();
    check(
        &trial,
        vec![
            ("J1", mark_of("W1", 50), Refusal::PanelSigned),
            ("chief", correct("J1", "W1", 50, None), Refusal::NeedsSecondPerson),
            ("chief", correct("J1", "W1", 50, Some("chief")), Refusal::SecondIsFirst),
            ("chief", cleared(), Refusal::CorrectionClears),
            ("chief", correct("J1", "W1", 50, Some("lead")), Refusal::SecondNotAllowed),
            ("chief", Command::ReturnSheet { sheet: sheet_of("J1", "W1"), reason: reason() }, Refusal::PanelSigned),
            ("chief", violation("W1", "no-goggles", 1), Refusal::PanelSigned),
            ("chief", sign(), Refusal::PanelSigned),
            ("org", open("practice"), Refusal::PanelSigned),
            (
                "lead",
                Command::ReopenPanel { stage: "practice".into(), panel: "look".into(), group: None, reason: reason() },
                not("chief-judge"),
            ),
        ],
    );
    assert!(trial.try_as("chief", &correct("J1", "W1", 50, Some("chief2"))).is_ok());
    assert!(trial.try_as("lead", &correct("J1", "W1", 50, Some("org"))).is_ok());
}

#[test]
fn nothing_is_sealed_that_is_not_finished() {
    let mut trial = Trial::open();
    let not_ready = |stage: &str, missing| Refusal::StageNotReady { stage: stage.into(), missing };
    let second = Command::OpenIdentities { second: "chief2".into() };
    check(
        &trial,
        vec![
            ("org", close("theory"), not_ready("theory", 3)),
            ("org", close("practice"), not_ready("practice", 9)),
            ("chief", sign(), Refusal::PanelNotReady { missing: 9, spreads: 0 }),
            ("org", reach(Phase::Sealed), Refusal::StageStillOpen("theory".into())),
            ("chief", second.clone(), Refusal::StageStillOpen("theory".into())),
        ],
    );
    for entrant in ["W1", "W2", "W3"] {
        trial.theory(entrant, 90);
        trial.all_mark(entrant, [80, 80, 80]);
    }
    trial.org(close("theory"));
    trial.org(close("practice"));
    check(
        &trial,
        vec![
            ("chief", reach(Phase::Sealed), Refusal::PanelsUnsigned { count: 1 }),
            ("J1", reach(Phase::Sealed), not("chief-judge")),
        ],
    );
    trial.must("chief", sign());
    let tie = |order: &[&str]| Command::DecideTie {
        decision: TieDecision { order: order.iter().map(|id| (*id).to_owned()).collect(), by: TieSettledBy::People },
        reason: reason(),
    };
    check(
        &trial,
        vec![
            ("org", reach(Phase::Sealed), Refusal::TiesOpen { count: 1 }),
            ("org", tie(&["W1", "W2"]), Refusal::NotTied),
            ("J1", tie(&["W1", "W2", "W3"]), not("organizer")),
            ("org", Command::OpenIdentities { second: "org".into() }, Refusal::SecondIsFirst),
            ("org", Command::OpenIdentities { second: "J1".into() }, Refusal::SecondNotAllowed),
        ],
    );
    trial.must("chief", tie(&["W2", "W1", "W3"]));
    trial.must("org", reach(Phase::Sealed));
    check(
        &trial,
        vec![
            ("J1", mark_of("W1", 50), wrong(Phase::Sealed, Phase::Running)),
            ("chief", correct("J1", "W1", 50, Some("chief2")), wrong(Phase::Sealed, Phase::Running)),
            ("org", reach(Phase::Running), wrong(Phase::Sealed, Phase::Draft)),
            ("org", Command::AnnounceAwards, Refusal::IdentitiesClosed),
            ("org", Command::Freeze, wrong(Phase::Sealed, Phase::Running)),
            ("org", register("W9", Entrant::default()), wrong(Phase::Sealed, Phase::Running)),
            ("org", reach(Phase::Notice), wrong(Phase::Sealed, Phase::Announced)),
        ],
    );
}

#[test]
fn an_open_disqualification_blocks_sealing() {
    let mut trial = Trial::open();
    for (entrant, mark) in [("W1", 80), ("W2", 70), ("W3", 60)] {
        trial.theory(entrant, 90);
        if entrant == "W3" {
            trial.must("J1", violation("W3", "unsafe", 1));
        }
        trial.all_mark(entrant, [mark; 3]);
    }
    trial.org(close("theory"));
    trial.org(close("practice"));
    trial.must("chief", sign());
    check(&trial, vec![("org", reach(Phase::Sealed), Refusal::DisqualificationsOpen { count: 1 })]);
}

#[test]
fn what_is_announced_has_winners_an_end_and_certificates() {
    let mut trial = Trial::signed();
    let certificate = |to: &str, serial: &str| Command::IssueCertificates {
        serials: vec![("first".into(), to.to_owned(), serial.to_owned())],
    };
    trial.org(reach(Phase::Sealed));
    trial.must("chief", Command::OpenIdentities { second: "org".into() });
    check(
        &trial,
        vec![
            ("J1", Command::AnnounceAwards, not("organizer")),
            ("org", certificate("W1", "A1"), wrong(Phase::Sealed, Phase::Announced)),
            ("org", Command::OpenIdentities { second: "chief".into() }, Refusal::NothingToDo),
        ],
    );
    trial.org(Command::AnnounceAwards);
    let notice = |until| Command::ReachPhase { phase: Phase::Notice, until };
    let past = Some(Instant(START.0 - 1));
    let until = Instant(trial.now.0 + 1_000_000);
    check(
        &trial,
        vec![
            ("org", Command::AnnounceAwards, Refusal::NothingToDo),
            ("org", certificate("W2", "A1"), Refusal::NotAWinner("W2".into())),
            (
                "org",
                Command::RevokeAward { award: "first".into(), from: "W3".into(), reason: reason() },
                Refusal::NotAWinner("W3".into()),
            ),
            (
                "org",
                Command::RevokeAward { award: "last".into(), from: "W1".into(), reason: reason() },
                Refusal::UnknownAward("last".into()),
            ),
            ("org", notice(None), Refusal::NoticeNeedsEnd),
            ("org", notice(past), Refusal::NoticeNeedsEnd),
        ],
    );
    trial.org(certificate("W1", "A1"));
    check(&trial, vec![("org", certificate("W1", "A1"), Refusal::NothingToDo)]);
    trial.org(notice(Some(until)));
    check(&trial, vec![("org", reach(Phase::Final), Refusal::NoticeRunning { until })]);
    trial.now = until;
    trial.org(reach(Phase::Final));
}

#[test]
fn a_board_is_frozen_once() {
    let mut trial = Trial::open();
    check(&trial, vec![("org", Command::Unfreeze, Refusal::NotFrozen), ("J1", Command::Freeze, not("organizer"))]);
    trial.org(Command::Freeze);
    check(&trial, vec![("org", Command::Freeze, Refusal::AlreadyFrozen)]);
    trial.org(Command::Unfreeze);
}
