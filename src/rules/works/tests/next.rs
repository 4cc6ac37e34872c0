//! What the organizer of a collection is told to do next.

use super::*;
use crate::rules::view::{Block, Named, Todo, organizer};

fn hazards() -> Named {
    Named { id: "hazards".into(), title: "hazards".to_owned() }
}

fn release(office: &mut Office, person: &str, role: Role) {
    office.org(Command::ReleasePerson { person: person.into(), role });
}

fn of_works(office: &Office) -> Vec<Todo> {
    let mut next = organizer(&office.state).next;
    assert!(!next.contains(&Todo::AssignChief), "nobody judges in a stage: {next:?}");
    next.retain(|todo| {
        matches!(todo, Todo::AppointChecker { .. } | Todo::AppointWorkJudges { .. } | Todo::CheckWorks { .. })
    });
    next
}

#[test]
fn checkers_and_checks_are_asked_for_and_no_chief_judge() {
    let mut office = Office::new("");
    assert_eq!(of_works(&office), []);
    office.reports("A1", "a1", None);
    office.reports("B1", "b1", None);
    assert_eq!(of_works(&office), [Todo::CheckWorks { collection: hazards(), count: 2 }]);
    office.does("chk", check("a1", accepted(), None));
    release(&mut office, "chk", Role::Checker { collection: "hazards".into(), branch: None });
    assert_eq!(of_works(&office), [Todo::CheckWorks { collection: hazards(), count: 1 }], "a branch has one still");
    release(&mut office, "chk1", Role::Checker { collection: "hazards".into(), branch: Some("集团/一厂".into()) });
    let expected =
        [Todo::AppointChecker { collection: hazards() }, Todo::CheckWorks { collection: hazards(), count: 1 }];
    assert_eq!(of_works(&office), expected);
}

/// Two of J1 to J4 are needed.
#[test]
fn judges_of_works_are_asked_for_where_works_are_judged() {
    let mut office = Office::new(JUDGED);
    assert_eq!(of_works(&office), []);
    for judge in ["J1", "J2", "J3"] {
        release(&mut office, judge, Role::WorkJudge { collection: "hazards".into() });
    }
    assert_eq!(of_works(&office), [Todo::AppointWorkJudges { collection: hazards(), missing: 1 }]);
}

/// All three have 0 at first. Then A1 and B1 have 6 each, and A2 nothing: only they are equal in something.
#[test]
fn who_has_no_points_yet_is_not_tied() {
    let text = format!("{HEAD}none-is = \"zero\"\n").replace("ties = [\"shared\"]", "ties = [\"people-decide\"]");
    let mut office = Office::of(&text);
    let ties = |office: &Office| {
        let blocks = organizer(&office.state).blocks;
        let count = |block: &Block| if let Block::TiesOpen { count } = block { Some(*count) } else { None };
        blocks.iter().find_map(count)
    };
    assert_eq!(ties(&office), None);
    office.reports("A1", "a1", Some(accepted()));
    office.reports("B1", "b1", Some(accepted()));
    assert_eq!(ties(&office), Some(1));
}
