//! A contest of three, marked as [`Trial::signed`] says: theory 100 each, practice 90, 80 and 70.

use rust_decimal::Decimal;

use super::{Move, Place, correction, effect};
use crate::rules::{
    command::{Command, Dropped, Part, Refusal},
    definition,
    field::Value,
    ledger::entry::MarkValue,
    result::Status,
    trial::{DEFINITION, Trial, face_by, reason, violation},
    view::Effect,
};

fn place(rank: u32, total: i64) -> Place {
    Place { rank: Some(rank), total: Some(Decimal::from(total)), status: Status::Ranked }
}

fn moved(who: &str, before: Place, after: Place) -> Move {
    Move { who: who.into(), before: Some(before), after: Some(after) }
}

/// W1 has theory 60, W2 and W3 have 100; practice as signed.
fn uneven() -> Trial {
    marked([("W1", 60, 90), ("W2", 100, 80), ("W3", 100, 70)])
}

/// Entrant, theory, practice.
fn marked(marks: [(&str, i64, i64); 3]) -> Trial {
    let mut trial = Trial::open();
    for (entrant, theory, practice) in marks {
        trial.theory(entrant, theory);
        trial.all_mark(entrant, [practice; 3]);
    }
    trial
}

fn of(trial: &Trial, text: &str) -> Effect {
    effect(&trial.state, text).unwrap_or_else(|| panic!("{:?}", definition::read(text).problems))
}

#[test]
fn other_weights_move_ranks_and_the_prize() {
    // Before: W1 0.3 × 60 + 0.7 × 90 = 81; W2 30 + 56 = 86; W3 30 + 49 = 79.
    // With 0.1 and 0.9: W1 6 + 81 = 87; W2 10 + 72 = 82; W3 10 + 63 = 73.
    let text = DEFINITION.replace("\"0.3\"", "\"0.1\"").replace("\"0.7\"", "\"0.9\"");
    let effect = of(&uneven(), &text);
    assert_eq!(effect.dropped, []);
    assert_eq!(effect.tables.len(), 1);
    assert_eq!(
        effect.tables[0].moves,
        [
            moved("W1", place(2, 81), place(1, 87)),
            moved("W2", place(1, 86), place(2, 82)),
            moved("W3", place(3, 79), place(3, 73)),
        ]
    );
    assert_eq!(effect.tables[0].same, 0);
    assert_eq!(effect.awards.len(), 1);
    let first = &effect.awards[0];
    assert_eq!(
        (first.award.title.as_str(), &first.gained[..], &first.lost[..]),
        ("一等奖", &["W1".to_owned()][..], &["W2".to_owned()][..])
    );
    assert!(!effect.is_nothing());
}

#[test]
fn a_correction_tells_whom_it_moves() {
    // W3 has 30 + 0.7 × 70 = 79; with 100 from one of three judges its practice is 80: 30 + 56 = 86, as W2, and before W1.
    let trial = uneven();
    let (slot, value) = (face_by("J1"), MarkValue::Is(Value::Number(Decimal::from(100))));
    let effect = correction(&trial.state, &"W3".into(), &slot, value);
    assert_eq!(
        effect.tables[0].moves,
        [moved("W3", place(3, 79), place(1, 86)), moved("W1", place(2, 81), place(3, 81))]
    );
    assert_eq!((effect.tables[0].same, effect.open_ties), (1, (0, 1)));
}

#[test]
fn another_title_moves_nobody() {
    let effect = of(&uneven(), &DEFINITION.replace("外观组", "外观评分组"));
    assert_eq!(effect, Effect::default());
    assert!(effect.is_nothing());
}

#[test]
fn another_prize_and_a_tie_are_told() {
    // Before: W1 18 + 63 = 81, W2 30 + 56 = 86, W3 24 + 70 = 94. By halves: W1 75, W2 and W3 90 each; practice parts them.
    let trial = marked([("W1", 60, 90), ("W2", 100, 80), ("W3", 80, 100)]);
    let text = DEFINITION.replace("\"0.3\"", "\"0.5\"").replace("\"0.7\"", "\"0.5\"");
    let untied = of(&trial, &text);
    assert_eq!((untied.open_ties, untied.undecided, untied.awards.len()), ((0, 0), (0, 0), 0));
    let text = text.replace("ties = [\"practice\", \"people-decide\"]", "ties = [\"people-decide\"]");
    let tied = of(&trial, &text);
    assert_eq!(tied.open_ties, (0, 1));
    assert_eq!(tied.undecided, (0, 1));
    // Nobody has the prize until people decide: W3 loses it.
    assert_eq!(
        tied.awards.iter().map(|award| (award.gained.len(), &award.lost[..])).collect::<Vec<_>>(),
        [(0, &["W3".to_owned()][..])]
    );
}

#[test]
fn marks_beyond_the_new_limits_are_named() {
    let text = DEFINITION.replacen("title = \"外观\"\nmax = 100", "title = \"外观\"\nmax = 85", 1);
    assert_ne!(text, DEFINITION);
    let effect = of(&uneven(), &text);
    let outside: Vec<_> =
        effect.outside.iter().map(|one| (one.entrant.as_str(), one.number, one.aspect.title.as_str())).collect();
    // Three judges gave W1 90; W1 drew number 3.
    assert_eq!(outside, [("W1", Some(3), "外观"); 3]);
}

#[test]
fn a_text_with_errors_has_no_effect() {
    assert_eq!(effect(&uneven().state, "format = 1"), None);
}

#[test]
fn what_has_marks_may_not_go() {
    let mut trial = uneven();
    trial.must("chief", Command::ReturnSheet { sheet: crate::rules::trial::sheet_of("J1", "W1"), reason: reason() });
    trial.must("J1", violation("W1", "no-goggles", 1));
    let dropped = |part, id: &str| Dropped { part, stage: Some("practice".into()), id: id.into() };
    let aspect = DEFINITION.replace("\"face\"", "\"front\"");
    let panel = DEFINITION.replace("\"look\"", "\"sight\"");
    let violation = DEFINITION.replace("\"no-goggles\"", "\"no-glasses\"");
    let unpanelled = {
        let from = DEFINITION.find("[[stage.panel]]").expect("a panel");
        let to = from + DEFINITION[from..].find("[[stage.aspect]]").expect("its aspect");
        let loose = DEFINITION[to..].replacen("max = 100\nstep = \"0.5\"", "kind = \"imported\"\nmax = 100", 1);
        format!("{}{}", &DEFINITION[..from], loose.replace("panel = \"look\"\n", ""))
    };
    for (text, expected) in [
        (aspect, vec![dropped(Part::Aspect, "face")]),
        (panel, vec![dropped(Part::Panel, "look")]),
        (violation, vec![dropped(Part::Violation, "no-goggles")]),
        // Marks of judges have no place where one person enters a value.
        (unpanelled, vec![dropped(Part::Panel, "look"), dropped(Part::Aspect, "face")]),
        (
            DEFINITION.replace("\"practice\"", "\"welding\""),
            vec![Dropped { part: Part::Stage, stage: None, id: "practice".into() }],
        ),
    ] {
        assert_eq!(of(&trial, &text).dropped, expected, "{text}");
        let second = Some("chief".into());
        let refusal = trial.refused("org", &Command::AdoptDefinition { text, reason: Some(reason()), second });
        assert_eq!(refusal, Refusal::DefinitionDropsMarked { dropped: expected });
    }
}
