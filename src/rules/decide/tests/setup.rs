//! Before the day: definition, list, people, lots.

use rust_decimal::Decimal;

use super::{check, not, reach, register};
use crate::rules::{
    command::{Command, Refusal},
    decide::{Actor, decide},
    field::Entrant,
    ledger::{
        Entry,
        entry::{Digest, Phase, Role},
    },
    names::{EntrantId, PersonId},
    trial::{DEFINITION, Trial, reason, seat_on},
};

fn assign(person: &str, role: Role) -> Command {
    Command::AssignPerson { person: person.into(), role, unit: None }
}

fn lots(numbers: &[(&str, u32)]) -> Command {
    let numbers = numbers.iter().map(|(id, number)| (EntrantId::new(id), *number)).collect();
    Command::EnterLots { event: None, group: None, witness: "witness".into(), numbers }
}

#[test]
fn before_a_definition_nothing_is_known() {
    let trial = Trial::nothing();
    check(
        &trial,
        vec![
            ("org", register("W1", Entrant::default()), not("organizer")),
            (
                "org",
                Command::Found { text: "format = 1".into() },
                Refusal::DefinitionInvalid { problems: problems("format = 1") },
            ),
            // Nobody is organizer of what nobody founded.
            ("org", adopt(DEFINITION, None, None), not("organizer")),
            ("org", assign("org", Role::Organizer), not("organizer")),
            ("org", reach(Phase::Running), not("organizer")),
        ],
    );
}

fn adopt(text: &str, reason: Option<Digest>, second: Option<&str>) -> Command {
    Command::AdoptDefinition { text: text.to_owned(), reason, second: second.map(Into::into) }
}

#[test]
fn whoever_founds_a_contest_organizes_it_and_nobody_else() {
    let mut trial = Trial::nothing();
    let entries = trial.try_as("mei", &Command::Found { text: DEFINITION.into() }).unwrap();
    let kinds: Vec<&str> = entries.iter().map(Entry::kind).collect();
    assert_eq!(kinds, ["person-assigned", "definition-adopted"]);
    trial.must("mei", Command::Found { text: DEFINITION.into() });
    let found = Command::Found { text: DEFINITION.into() };
    let release = |who: &str| Command::ReleasePerson { person: who.into(), role: Role::Organizer };
    check(
        &trial,
        vec![
            ("ning", found.clone(), Refusal::NothingToDo),
            ("mei", found, Refusal::NothingToDo),
            ("ning", assign("ning", Role::Organizer), not("organizer")),
            ("ning", register("W1", Entrant::default()), not("organizer")),
            ("mei", release("mei"), Refusal::LastOrganizer),
        ],
    );
    let root = Actor { person: "root".into(), administrator: true, entrant: None };
    let decided = |command: &Command| decide(&trial.state, &root, command, trial.now);
    assert!(decided(&assign("ning", Role::Organizer)).is_ok(), "an administrator may appoint");
    assert!(decided(&release("mei")).is_ok(), "and release the last one");
    trial.must("mei", assign("ning", Role::Organizer));
    trial.must("ning", release("mei"));
}

#[test]
fn a_second_person_is_another_one_with_a_role() {
    let mut trial = Trial::open();
    let renamed = DEFINITION.replace("外观组", "外观评分组");
    let refused = |trial: &Trial, second, refusal| {
        check(trial, vec![("org", adopt(&renamed, Some(reason()), second), refusal)]);
    };
    refused(&trial, Some("org"), Refusal::SecondIsFirst);
    refused(&trial, Some("J1"), Refusal::SecondNotAllowed);
    assert!(trial.try_as("org", &adopt(&renamed, None, None)).is_ok(), "before the first mark one is enough");
    trial.gives("J1", "W1", 50);
    check(&trial, vec![("org", adopt(&renamed, None, Some("chief")), Refusal::DefinitionAfterMarksNeedsReason)]);
    refused(&trial, None, Refusal::NeedsSecondPerson);
    refused(&trial, Some("org"), Refusal::SecondIsFirst);
    refused(&trial, Some("lead"), Refusal::SecondNotAllowed);
    refused(&trial, Some("nobody"), Refusal::SecondNotAllowed);
    check(&trial, vec![("chief", adopt(&renamed, Some(reason()), Some("org")), not("organizer"))]);
    // A helper made on the spot is still the first one's.
    trial.org(assign("puppet", Role::ChiefJudge));
    refused(&trial, Some("puppet"), Refusal::SecondByFirst);
    trial.org(assign("mei", Role::Organizer));
    assert!(trial.try_as("mei", &adopt(&renamed, Some(reason()), Some("puppet"))).is_ok());
    let entries = trial.try_as("org", &adopt(&renamed, Some(reason()), Some("chief"))).unwrap();
    assert_eq!(entries[0].second().map(PersonId::as_str), Some("chief"));
}

fn problems(text: &str) -> usize {
    let problems = crate::rules::definition::read(text).problems.len();
    assert!(problems > 0);
    problems
}

#[test]
fn setting_up_is_the_organizers() {
    let trial = Trial::drawn();
    let no_unit = Entrant::default();
    let strange = Entrant { event: Some("plumbing".into()), ..Entrant::default() };
    let grouped = Entrant { group: Some("students".into()), ..Entrant::default() };
    let valued = Entrant { values: [("height".into(), Decimal::ONE)].into(), ..Entrant::default() };
    let leader = Role::Leader { stage: "practice".into(), panel: "nowhere".into() };
    check(
        &trial,
        vec![
            ("J1", adopt(DEFINITION, None, None), not("organizer")),
            ("org", adopt(DEFINITION, None, None), Refusal::NothingToDo),
            ("chief", register("W9", no_unit), not("organizer")),
            ("org", register("W9", strange), Refusal::UnknownEvent("plumbing".into())),
            ("org", register("W9", grouped), Refusal::UnknownGroup("students".into())),
            ("org", register("W9", valued), Refusal::UnknownValue("height".into())),
            ("org", Command::SetUnits { units: vec!["集团/二厂".into()] }, Refusal::UnknownUnit("集团/一厂".into())),
            ("J1", assign("J4", seat_on(1)), not("organizer")),
            ("org", assign("J4", seat_on(1)), Refusal::SeatTaken { seat: 1 }),
            ("org", assign("J1", seat_on(3)), Refusal::AlreadySeated { seat: 1 }),
            ("org", assign("J4", seat_on(4)), Refusal::SeatOutOfRange { seats: 3 }),
            ("org", assign("J4", leader), Refusal::UnknownPanel("nowhere".into())),
            ("chief", assign("x", Role::Organizer), not("organizer")),
            (
                "org",
                Command::ReleasePerson { person: "nobody".into(), role: Role::ChiefJudge },
                Refusal::UnknownPerson("nobody".into()),
            ),
            (
                "org",
                Command::WithdrawEntrant { entrant: "W9".into(), reason: None },
                Refusal::UnknownEntrant("W9".into()),
            ),
        ],
    );
}

#[test]
fn names_are_put_right_at_any_time_and_facts_of_the_marked_with_a_reason() {
    let rename = |id: &str, reason, second: Option<&str>| Command::RenameEntrants {
        entrants: vec![id.into()],
        reason,
        second: second.map(PersonId::new),
    };
    let mut trial = Trial::drawn();
    check(
        &trial,
        vec![
            ("J1", rename("W1", None, None), not("organizer")),
            ("org", rename("W9", None, None), Refusal::UnknownEntrant("W9".into())),
            ("org", Command::RenameEntrants { entrants: vec![], reason: None, second: None }, Refusal::NothingToDo),
        ],
    );
    trial.org(rename("W1", None, None));

    let mut trial = Trial::signed();
    let moved = Entrant { unit: Some("集团/二厂".into()), ..Entrant::default() };
    check(&trial, vec![("org", register("W1", moved.clone()), Refusal::ReasonMissing)]);
    trial.org(Command::RegisterEntrants { entrants: vec![("W1".into(), moved)], reason: Some(reason()), second: None });
    trial.org(reach(Phase::Sealed));
    check(
        &trial,
        vec![
            ("org", rename("W1", None, Some("chief")), Refusal::ReasonMissing),
            ("org", rename("W1", Some(reason()), None), Refusal::NeedsSecondPerson),
            ("org", rename("W1", Some(reason()), Some("org")), Refusal::SecondIsFirst),
            ("org", rename("W1", Some(reason()), Some("J1")), Refusal::SecondNotAllowed),
        ],
    );
    trial.org(rename("W1", Some(reason()), Some("chief")));
}

#[test]
fn lots_are_drawn_from_a_committed_seed_or_whole_by_hand() {
    let mut trial = Trial::drawn();
    let seed = "11".repeat(32);
    let draw = |seed: &str| Command::DrawLots { event: None, group: None, draw: "lots".into(), seed: seed.into() };
    check(
        &trial,
        vec![
            ("org", draw(&seed), Refusal::SeedNotCommitted),
            ("J1", draw(&seed), not("organizer")),
            ("org", lots(&[("W1", 1), ("W2", 2)]), Refusal::LotsIncomplete { missing: 1 }),
            ("org", lots(&[("W1", 1), ("W2", 2), ("W3", 2)]), Refusal::LotTwice(2)),
            ("org", lots(&[("W1", 1), ("W2", 2), ("W3", 0)]), Refusal::LotTwice(0)),
            ("org", lots(&[("W1", 1), ("W2", 2), ("W9", 3)]), Refusal::UnknownEntrant("W9".into())),
        ],
    );
    // printf '\x11%.0s' $(seq 32) | sha256sum
    let digest = "02d449a31fbb267c8f352e9968a79e3e5fc95c1bbeaa502fd6454ebde5a4bedc";
    trial.org(Command::CommitSeed { draw: "lots".into(), digest: Digest(digest.into()) });
    check(
        &trial,
        vec![
            ("org", Command::CommitSeed { draw: "lots".into(), digest: Digest("0".into()) }, Refusal::NothingToDo),
            ("org", draw(&"22".repeat(32)), Refusal::SeedDiffers),
            ("org", draw("not hex"), Refusal::SeedDiffers),
        ],
    );
    trial.org(draw(&seed));
    let mut numbers: Vec<u32> = trial.state.numbers.values().copied().collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3]);

    let mut trial = Trial::open();
    trial.theory("W1", 50);
    trial.org(lots(&[("W1", 1), ("W2", 2), ("W3", 3)]));
    trial.gives("J1", "W1", 50);
    check(&trial, vec![("org", lots(&[("W1", 3), ("W2", 2), ("W3", 1)]), Refusal::LotsAfterMarks)]);
}

#[test]
fn before_the_first_mark_a_new_text_replaces_the_old() {
    let trial = Trial::open();
    let dropped = DEFINITION.replace("\"face\"", "\"front\"");
    assert!(trial.try_as("org", &adopt(&dropped, None, None)).is_ok());
}
