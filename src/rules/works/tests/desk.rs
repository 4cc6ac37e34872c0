//! What the organizer's desk says before a deal and before closing; and what two people erase.

use super::*;

impl Office {
    fn dealt_to(&mut self, work: &str) -> Vec<PersonId> {
        self.deals();
        self.work(work).marks.keys().cloned().collect()
    }

    fn dealing(&self) -> Dealing {
        dealing(&self.state, &"hazards".into()).unwrap()
    }

    fn appoints(&mut self, by: &str, person: &str, role: Role, unit: Option<&str>) {
        let unit = unit.map(Into::into);
        self.asks(by, &Command::AssignPerson { person: person.into(), role, unit }).unwrap();
    }
}

/// Of the four judges one is of 一厂 and one of 二厂: three others each, and four are asked for.
#[test]
fn what_cannot_be_dealt_is_told_by_unit() {
    let mut office = Office::new(&JUDGED.replace("judges = 2", "judges = 4"));
    for (author, work) in [("A1", "a1"), ("B1", "b1"), ("A2", "a2")] {
        office.reports(author, work, Some(accepted()));
    }
    office.reports("A1", "a3", None);
    let seen = office.dealing();
    assert_eq!((seen.each, seen.undealt), (4, 3));
    let lacking = |unit: &str, works| Lacking { unit: Some(unit.into()), works, judges: 3 };
    assert_eq!(seen.lacking, [lacking("集团/一厂", 2), lacking("集团/二厂", 1)]);
    assert_eq!(waits(&office.state, &"hazards".into()), Waits { unchecked: 1, undealt: 3, ..Waits::default() });
    assert_eq!(dealing(&Office::new("").state, &"hazards".into()), None, "nobody judges");
}

/// 一厂's work goes to two of J2, J3 and J4. One marks it 6, the other comes to 一厂, the third gets the seat and marks it 8:
/// (6 + 8) / 2 = 7. The mark of a judge who was released afterwards stands.
#[test]
fn a_seat_that_got_empty_is_dealt_again() {
    let mut office = Office::new(JUDGED);
    office.reports("A1", "a1", Some(accepted()));
    let judges = office.dealt_to("a1");
    let hazards = Id::new("hazards");
    office.does(judges[0].as_str(), mark("a1", 60));
    assert_eq!(waits(&office.state, &hazards), Waits { unmarked: 1, ..Waits::default() });
    let role = Role::WorkJudge { collection: hazards.clone() };
    office.appoints("org", judges[1].as_str(), role, Some("集团/一厂"));
    let unit = "集团/一厂".into();
    office.refused(judges[1].as_str(), mark("a1", 70), Refusal::OwnUnit { unit });
    assert!(to_judge(&office.state, &judges[1])[0].works[0].own_unit);
    let load = |office: &Office, person: &PersonId| {
        let seen = office.dealing();
        let load = seen.judges.into_iter().find(|load| load.person == *person).unwrap();
        (load.released, load.dealt, load.marked, load.excused)
    };
    assert_eq!(load(&office, &judges[0]), (false, 1, 1, 0));
    assert_eq!(load(&office, &judges[1]), (false, 1, 0, 1));
    assert_eq!(waits(&office.state, &hazards), Waits { lacking: 1, ..Waits::default() });
    let close = || Act::Close { collection: hazards.clone() };
    office.no("org", close(), WorkRefusal::Lacking { count: 1, judges: 2 });
    let role = Role::WorkJudge { collection: hazards.clone() };
    office.org(Command::ReleasePerson { person: judges[0].clone(), role });
    assert_eq!(load(&office, &judges[0]), (true, 1, 1, 0), "still shown: there is a mark");
    assert_eq!(office.dealing().undealt, 1);
    office.deals_as("deal-2");
    let after: Vec<PersonId> = office.work("a1").marks.keys().cloned().collect();
    assert_eq!((after.len(), office.work("a1").code), (2, Some(1)), "the code stays");
    assert!(after.contains(&judges[0]) && !after.contains(&judges[1]));
    assert!(to_judge(&office.state, &judges[1])[0].works.is_empty());
    let third = after.iter().find(|one| **one != judges[0]).unwrap();
    office.no(judges[1].as_str(), mark("a1", 70), WorkRefusal::NotDealt);
    office.no("org", close(), WorkRefusal::Unmarked { count: 1 });
    office.does(third.as_str(), mark("a1", 80));
    office.does("org", close());
    assert_eq!(office.state.works.counted(&hazards, &"A1".into()).unwrap().mark, number(7));
}

#[test]
fn two_people_erase_what_a_work_says() {
    let mut office = Office::new("");
    office.reports("A1", "a1", Some(Outcome::Returned));
    office.does("A1", Act::Mend { work: "a1".into(), content: content("mended") });
    office.reports("A2", "a2", None);
    // `one` was appointed by `org`, `two` by `one`.
    office.appoints("org", "one", Role::Organizer, None);
    office.appoints("one", "two", Role::Organizer, None);
    let erase = |digest: &str, second: &str| Act::Erase {
        work: "a1".into(),
        what: vec![Digest(digest.to_owned())],
        reason: Digest("r".to_owned()),
        second: second.into(),
    };
    office.refused("chk", erase("a1", "two"), Refusal::NotAllowed { role: "organizer" });
    office.refused("org", erase("a1", "org"), Refusal::SecondIsFirst);
    office.refused("org", erase("a1", "chk"), Refusal::SecondNotAllowed);
    office.refused("org", erase("a1", "one"), Refusal::SecondByFirst);
    office.no("org", erase("a2", "two"), WorkRefusal::NotItsContent);
    // The first version's text; the newest one stands.
    office.does("org", erase("a1", "two"));
    let work = office.work("a1");
    assert!(work.is_erased(&Digest("a1".to_owned())) && !work.is_erased(&Digest("mended".to_owned())));
    assert_eq!((work.versions.len(), work.erasures.len()), (2, 1));
    assert_eq!((work.erasures[0].by.as_str(), work.erasures[0].second.as_str()), ("org", "two"));
    office.refused("org", erase("a1", "two"), Refusal::NothingToDo);
    assert_eq!(office.points("A1"), number(1), "handed in; nothing is taken away");
}

#[test]
fn nobody_checks_what_they_handed_in() {
    let mut office = Office::new("");
    office.does("A1", submit("a1"));
    office.appoints("org", "A1", Role::Checker { collection: "hazards".into(), branch: None }, None);
    office.no("A1", check("a1", accepted(), None), WorkRefusal::OwnWork);
    office.does("chk", check("a1", accepted(), None));
}

#[test]
fn what_another_repeats_is_not_withdrawn() {
    let mut office = Office::new("");
    office.does("A1", submit("a1"));
    office.reports("A2", "a2", Some(Outcome::Duplicate { of: "a1".into() }));
    office.no("A1", Act::Withdraw { work: "a1".into() }, WorkRefusal::IsOriginal);
    // Once it is none any more.
    office.does("chk", check("a2", accepted(), Some("r")));
    office.does("A1", Act::Withdraw { work: "a1".into() });
}
