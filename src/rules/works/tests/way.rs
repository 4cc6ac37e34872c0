//! The way of a work: who may what and when, and what judges and authors see.

use super::*;
use crate::rules::{
    command::{Dropped, Part},
    draw::Seed,
};

fn seed() -> Seed {
    Seed::new([7; 32])
}

impl Office {
    pub(super) fn deals(&mut self) {
        self.deals_as("deal-1");
    }

    pub(super) fn deals_as(&mut self, draw: &str) {
        let (draw, digest) = (Id::new(draw), seed().commitment());
        self.org(Command::CommitSeed { draw: draw.clone(), digest });
        self.does("org", Act::Deal { collection: "hazards".into(), draw, seed: seed().to_hex() });
    }
}

#[test]
fn works_are_taken_while_it_is_open() {
    let mut office = Office::new("limits = { per-day = 2 }\n");
    office.now = Instant(START - 1);
    office.no("A1", submit("a0"), WorkRefusal::NotOpenYet { opens: "2026-01-01 08:00".to_owned() });
    office.now = Instant(START);
    office.no("org", submit("o1"), WorkRefusal::NoEntrant);
    let lost = Act::Submit { work: "a1".into(), collection: "hazrads".into(), content: content("a1") };
    office.no("A1", lost, WorkRefusal::UnknownCollection("hazrads".into()));
    let mut many = content("a1");
    many.pictures = (0..4).map(|at| Digest(at.to_string())).collect();
    let many = Act::Submit { work: "a1".into(), collection: "hazards".into(), content: many };
    office.no("A1", many, WorkRefusal::TooManyPictures { most: 3 });
    office.does("A1", submit("a1"));
    office.no("A1", submit("a1"), WorkRefusal::WorkTwice);
    // A withdrawn one is one of the day's.
    office.does("A1", Act::Withdraw { work: "a1".into() });
    office.does("A1", submit("a2"));
    office.no("A1", submit("a3"), WorkRefusal::DayFull { most: 2 });
    office.does("B1", submit("b1"));
    // 15:59 more: still the same day in Shanghai; at midnight the next one begins.
    office.now = Instant(START + 16 * HOUR - 1);
    office.no("A1", submit("a3"), WorkRefusal::DayFull { most: 2 });
    office.now = Instant(START + 16 * HOUR);
    office.does("A1", submit("a3"));
    office.now = Instant(START + 365 * DAY - 8 * HOUR);
    office.no("A1", submit("a4"), WorkRefusal::Over { closed: "2027-01-01 00:00".to_owned() });
}

#[test]
fn a_draft_has_what_is_asked() {
    use rules::{Draft, FieldName};
    let office = Office::new("");
    let rules = &office.state.rules().unwrap().definition.collections[0];
    let fits = |title, text, place, pictures| rules.fits(&Draft { title, text, place, pictures });
    assert_eq!(fits("", "灭火器过期", "二号库", 0), Ok(()));
    assert_eq!(fits("", " \n", "二号库", 0), Err(WorkRefusal::FieldEmpty { field: FieldName::Text }));
    assert_eq!(fits("", "灭火器过期", "", 0), Err(WorkRefusal::FieldEmpty { field: FieldName::Place }));
    assert_eq!(fits("标题", "x", "y", 0), Err(WorkRefusal::FieldNotAsked { field: FieldName::Title }));
    let long = "长".repeat(501);
    assert_eq!(fits("", &long, "y", 0), Err(WorkRefusal::FieldTooLong { field: FieldName::Text, most: 500 }));
    assert_eq!(fits("", &long[3..], "y", 0), Ok(()));
    assert_eq!(fits("", "x", "y", 4), Err(WorkRefusal::TooManyPictures { most: 3 }));
}

#[test]
fn who_checks_what() {
    let mut office = Office::new("");
    office.does("A1", submit("a1"));
    office.does("B1", submit("b1"));
    office.refused("J1", check("a1", accepted(), None), Refusal::NotAllowed { role: "checker" });
    office.refused("A1", check("a1", accepted(), None), Refusal::NotAllowed { role: "checker" });
    office.no("chk1", check("b1", accepted(), None), WorkRefusal::OtherBranch);
    office.no("chk", check("zz", accepted(), None), WorkRefusal::UnknownWork("zz".into()));
    for outcome in [Outcome::Untrue, Outcome::Declined, Outcome::Returned] {
        office.refused("chk", check("a1", outcome, None), Refusal::ReasonMissing);
    }
    for of in ["a1", "zz"] {
        let outcome = Outcome::Duplicate { of: of.into() };
        let refusal = if of == "a1" { WorkRefusal::NotAnOriginal } else { WorkRefusal::UnknownWork("zz".into()) };
        office.no("chk", check("a1", outcome, None), refusal);
    }
    office.does("chk1", check("a1", accepted(), None));
    // Again only with a reason, and not the same.
    office.refused("chk1", check("a1", accepted(), Some("r")), Refusal::NothingToDo);
    office.refused("chk1", check("a1", Outcome::Duplicate { of: "b1".into() }, None), Refusal::ReasonMissing);
    office.does("chk1", check("a1", Outcome::Duplicate { of: "b1".into() }, Some("r")));
    office.no("org", check("b1", Outcome::Duplicate { of: "a1".into() }, None), WorkRefusal::NotAnOriginal);
    assert_eq!(office.work("a1").checks.len(), 2, "what was said first is kept");
}

#[test]
fn a_returned_work_is_mended_by_its_author() {
    let mut office = Office::new("");
    office.does("A1", submit("a1"));
    let mend = || Act::Mend { work: "a1".into(), content: content("more") };
    office.no("A1", mend(), WorkRefusal::NotReturned);
    office.does("chk", check("a1", Outcome::Returned, Some("where?")));
    office.no("A2", mend(), WorkRefusal::NotYours);
    office.does("A1", mend());
    let work = office.work("a1");
    assert_eq!((work.stand, work.versions.len(), work.content()), (Stand::Waiting, 2, Some(&content("more"))));
    office.does("chk", check("a1", accepted(), None));
    office.no("A1", mend(), WorkRefusal::Fixed);
    office.no("A1", Act::Withdraw { work: "a1".into() }, WorkRefusal::Fixed);
    office.does("A1", submit("a2"));
    office.does("A1", Act::Withdraw { work: "a2".into() });
    office.no("chk", check("a2", accepted(), None), WorkRefusal::Withdrawn);
    office.no("chk", check("a1", Outcome::Duplicate { of: "a2".into() }, Some("r")), WorkRefusal::NotAnOriginal);
}

/// One work of 一厂: J1 is of it, so two of J2, J3, J4 have it. They give 8 and 7.5: the mean is 7.75.
#[test]
fn judges_mark_what_was_dealt_to_them() {
    let mut office = Office::new(JUDGED);
    office.reports("A1", "a1", Some(accepted()));
    office.reports("A2", "a2", Some(Outcome::Declined));
    let close = || Act::Close { collection: "hazards".into() };
    office.no("org", close(), WorkRefusal::Undealt { count: 1 });
    let deal = Act::Deal { collection: "hazards".into(), draw: "deal-1".into(), seed: seed().to_hex() };
    office.refused("org", deal.clone(), Refusal::SeedNotCommitted);
    office.refused("chk", deal.clone(), Refusal::NotAllowed { role: "organizer" });
    office.deals();
    office.refused("org", deal, Refusal::SeedNotCommitted);
    let work = office.work("a1");
    let judges: Vec<String> = work.marks.keys().map(ToString::to_string).collect();
    assert_eq!((judges.len(), work.code), (2, Some(1)));
    assert!(!judges.contains(&"J1".to_owned()), "of the author's unit");
    assert_eq!(office.work("a2").code, None, "only what was accepted");

    let (one, two) = (judges[0].as_str(), judges[1].as_str());
    office.no("J1", mark("a1", 80), WorkRefusal::NotDealt);
    office.refused(one, mark("a1", 105), Refusal::AboveMax { max: Decimal::TEN });
    office.refused(one, mark("a1", -5), Refusal::BelowMin { min: Decimal::ZERO });
    let half = Decimal::new(5, 1);
    office.refused(one, mark("a1", 83), Refusal::NotAStep { min: Decimal::ZERO, step: half });
    office.does(one, mark("a1", 60));
    office.does(one, mark("a1", 80));
    office.no("org", close(), WorkRefusal::Unmarked { count: 1 });

    let seen = to_judge(&office.state, &two.into());
    assert_eq!((seen[0].works.len(), seen[0].works[0].code), (1, 1));
    assert_eq!((&seen[0].works[0].author, seen[0].works[0].mark), (&None, None), "blind, and only one's own mark");
    office.does(two, mark("a1", 75));
    let hazards = Id::new("hazards");
    let own = |office: &Office| own_collections(&office.state, &"A1".into(), office.now)[0].works[0].mark;
    assert_eq!(own(&office), None, "not before it is closed");
    office.does("org", close());
    let counted = office.state.works.counted(&hazards, &"A1".into()).unwrap().mark;
    assert_eq!((counted, own(&office)), (Some(Decimal::new(775, 2)), Some(Decimal::new(775, 2))));
    office.no(two, mark("a1", 70), WorkRefusal::Closed(hazards.clone()));
    office.no("A1", submit("a3"), WorkRefusal::Closed(hazards.clone()));
    office.does("org", Act::Reopen { collection: hazards.clone(), reason: Digest("r".to_owned()) });
    assert_eq!(office.state.works.counted(&hazards, &"A1".into()).unwrap().mark, None);
    office.no(
        "org",
        Act::Reopen { collection: hazards.clone(), reason: Digest("r".to_owned()) },
        WorkRefusal::NotClosed(hazards),
    );
}

#[test]
fn closing_waits_for_the_checker() {
    let mut office = Office::new("");
    office.does("A1", submit("a1"));
    let close = || Act::Close { collection: "hazards".into() };
    office.refused("chk", close(), Refusal::NotAllowed { role: "organizer" });
    office.no("org", close(), WorkRefusal::Unchecked { count: 1 });
    office.does("chk", check("a1", Outcome::Returned, Some("r")));
    office.does("org", close());
    office.no("org", close(), WorkRefusal::Closed("hazards".into()));
    office.no("chk", check("a1", accepted(), Some("r")), WorkRefusal::Closed("hazards".into()));
    let deal = Act::Deal { collection: "hazards".into(), draw: "d".into(), seed: String::new() };
    office.no("org", deal, WorkRefusal::Closed("hazards".into()));
}

#[test]
fn a_definition_keeps_what_has_works() {
    let mut office = Office::new("");
    office.reports("A1", "a1", None);
    let text = HEAD.replace("hazards", "reports");
    let asked = Command::AdoptDefinition { text, reason: Some(Digest("r".to_owned())), second: None };
    let dropped = vec![Dropped { part: Part::Collection, stage: None, id: "hazards".into() }];
    assert_eq!(office.asks("org", &asked), Err(Refusal::DefinitionDropsMarked { dropped }));
    // Other points count from the moment at which they are adopted.
    let text = HEAD.replace("submitted = 1", "submitted = 2");
    let second = Some(PersonId::new("chief"));
    office.org(Command::AssignPerson { person: "chief".into(), role: Role::ChiefJudge, unit: None });
    let asked = Command::AdoptDefinition { text, reason: Some(Digest("r".to_owned())), second };
    assert_eq!(office.asks("org", &asked), Err(Refusal::SecondByFirst));
}
