//! What is published: the standings of the contest, its awards, and honours that move from period to period.

use super::{Office, close, collect, dec, document, open, publish, report, revise, sign, target, veto};
use crate::rules::{
    award,
    command::Refusal,
    indicators::{Act, Holder, Place, Scope, published, published_rows},
    ledger::indicator::IndicatorEntry,
    result::{Row, Status, TableKey, Who},
    state::Side,
    view::{self, Audience},
};

fn standings(office: &Office) -> Vec<(String, Option<u32>, Option<String>, Status)> {
    let standings = office.state.standings(Side::Staff);
    assert_eq!(standings.tables.len(), 1);
    assert_eq!(standings.tables[0].key, TableKey::Field { event: None, group: None });
    let line = |row: &Row| {
        let Who::Entrant(id) = &row.who else { panic!("{row:?}") };
        (id.to_string(), row.rank, row.total.map(|total| total.normalize().to_string()), row.status.clone())
    };
    standings.tables[0].rows.iter().map(line).collect()
}

fn ranked(lines: &[(&str, u32, &str)]) -> Vec<(String, Option<u32>, Option<String>, Status)> {
    let line = |(id, rank, total): &(&str, u32, &str)| {
        ((*id).to_owned(), Some(*rank), Some((*total).to_owned()), Status::Ranked)
    };
    lines.iter().map(line).collect()
}

fn winner(office: &Office) -> Option<String> {
    let rules = office.state.rules().unwrap();
    let standings = office.state.standings(Side::Staff);
    let preview = award::preview(&rules.definition, &office.state.field, &standings, &office.state.awards);
    preview.given().find(|given| given.award.as_str() == "prize").map(|given| given.to.clone())
}

fn flags(office: &Office) -> Vec<(String, Vec<Holder>)> {
    published(&office.state, &Audience::Staff)
        .unwrap()
        .held
        .into_iter()
        .map(|held| (held.period.to_string(), held.by))
        .collect()
}

fn holds(unit: &str, running: u32) -> Vec<Holder> {
    vec![Holder { entrant: unit.into(), running }]
}

/// C misses a figure, which comes late: A 97, B 89; then C 66 + 24 + 10 = 100.
fn late() -> Office {
    let mut office = Office::published();
    office.does("safe", &revise("C order m1", "80", Some("boss")));
    office
}

#[test]
fn the_standings_are_what_was_published_until_it_is_published_again() {
    let incomplete = |id: &str| (id.to_owned(), None, None, Status::Incomplete);
    assert_eq!(standings(&Office::filled()), ["A", "B", "C"].map(incomplete));
    let mut office = late();
    let mut first = ranked(&[("A", 1, "97"), ("B", 2, "89")]);
    first.push(incomplete("C"));
    assert_eq!(standings(&office), first);
    office.does("org", &publish("m1"));
    assert_eq!(standings(&office), ranked(&[("C", 1, "100"), ("A", 2, "97"), ("B", 3, "89")]));

    let board = view::board(&office.state, &Audience::Staff, office.now);
    let columns: Vec<&str> = board.tables[0].columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(columns, ["产量", "order", "hazards"]);
    let points: Vec<_> = board.tables[0].rows[0].stages.iter().map(|points| points.unwrap().normalize()).collect();
    assert_eq!(points, ["66", "24", "10"].map(dec));
}

#[test]
fn months_add_up_when_each_is_published_and_a_banner_moves() {
    let mut office = late();
    assert_eq!(flags(&office), [("m1".to_owned(), holds("A", 1))], "89 and nothing are not enough");
    office.does("org", &publish("m1"));
    assert_eq!(flags(&office), [("m1".to_owned(), holds("C", 1))], "as it was published last");

    for unit in ["A", "B", "C"] {
        office.does("org", &target(&format!("{unit} output m2"), "100", None));
    }
    office.does("org", &open("m2"));
    for (at, figure) in [
        ("A output m2", "100"),
        ("A order m2", "100"),
        ("B output m2", "90"),
        ("B order m2", "90"),
        ("C output m2", "110"),
        ("C order m2", "100"),
    ] {
        let owner = if at.contains("output") { "prod" } else { "safe" };
        office.does(owner, &report(at, figure));
        office.does(owner, &super::check(at));
    }
    for (person, act) in [("org", close("m2")), ("org", collect("m2")), ("boss", sign("m2"))] {
        office.does(person, &act);
    }
    assert_eq!(standings(&office)[0].2.as_deref(), Some("100"), "signed is not published");
    office.does("org", &publish("m2"));
    // C 66 + (24 + 30)/2 + 10, A 60 + (27 + 30)/2 + 10, B 54 + (30 + 27)/2 + 5.
    assert_eq!(standings(&office), ranked(&[("C", 1, "103"), ("A", 2, "98.5"), ("B", 3, "87.5")]));
    assert_eq!(flags(&office), [("m1".to_owned(), holds("C", 1)), ("m2".to_owned(), holds("C", 2))]);

    // A veto of a month takes its banner once the month is published again: what was published stands.
    let what = super::Veto {
        entrant: "C".into(),
        severity: super::Severity::Unranked,
        scope: Scope::Period { period: "m2".into() },
    };
    office.does("org", &Act::SetVeto { veto: "c".into(), what, document: document(20), second: "boss".into() });
    assert_eq!(flags(&office)[1].1, holds("C", 2));
    office.does("org", &publish("m2"));
    assert_eq!(flags(&office)[1].1, holds("A", 1), "published without it, 90 of 90");
    let rows = office.state.labor.progress(&"m2".into()).unwrap().published.last().unwrap();
    assert_eq!(rows.iter().find(|row| row.entrant.as_str() == "C").unwrap().place, Place::Vetoed);
}

#[test]
fn a_veto_keeps_an_award_from_its_unit_until_it_is_released() {
    let mut office = Office::published();
    assert_eq!(winner(&office).as_deref(), Some("A"));
    office.does("org", &veto(Scope::Award { award: "prize".into() }));
    assert_eq!(standings(&office)[0].0, "A", "ranks stand");
    assert_eq!(winner(&office).as_deref(), Some("B"));
    office.does("org", &Act::ReleaseVeto { veto: "v".into(), document: document(25), second: "boss".into() });
    assert_eq!(winner(&office).as_deref(), Some("A"));
    // The whole contest: no award at once, no rank when it is published.
    let what = super::Veto { entrant: "A".into(), severity: super::Severity::Unranked, scope: Scope::Contest };
    office.does("org", &Act::SetVeto { veto: "w".into(), what, document: document(26), second: "boss".into() });
    assert_eq!(winner(&office).as_deref(), Some("B"));
    office.does("org", &publish("m1"));
    let vetoed = standings(&office).into_iter().find(|line| line.0 == "A").unwrap();
    assert_eq!((vetoed.1, vetoed.2, vetoed.3), (None, None, Status::Vetoed));
}

#[test]
fn what_is_published_says_the_points_of_each_indicator() {
    let office = Office::published();
    let rows = office.state.labor.progress(&"m1".into()).unwrap().published.last().unwrap();
    let points: Vec<(String, String)> =
        rows[0].points.iter().map(|(id, points)| (id.to_string(), points.normalize().to_string())).collect();
    let expected = [("hazards", "10"), ("order", "27"), ("output", "60")];
    assert_eq!(points, expected.map(|(id, points)| (id.to_owned(), points.to_owned())));
    assert_eq!(
        published_rows(&super::standing(&office.state, &"m1".into(), super::Counting::Checked, super::Vetoes::With)),
        *rows
    );
}

/// C's late figure stands, unpublished. February's table over the months would tell it, so January is published with it.
#[test]
fn revised_months_are_published_with_the_next() {
    let mut office = late();
    office.does("org", &open("m2"));
    for person_act in [("org", close("m2")), ("org", collect("m2")), ("boss", sign("m2"))] {
        office.does(person_act.0, &person_act.1);
    }
    let entries = office.ask("org", &super::Command::Indicator(publish("m2"))).unwrap();
    let said: Vec<(String, usize)> = entries
        .iter()
        .map(|entry| match entry {
            super::Entry::Indicator(IndicatorEntry::PeriodPublished { period, rows, .. }) => {
                (period.to_string(), rows.iter().filter(|row| row.place.rank().is_some()).count())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(said, [("m1".to_owned(), 3), ("m2".to_owned(), 0)], "C is ranked in January; February has no figures");
}

/// Each of its own: what is judged of a unit is signed with the unit's group and size.
#[test]
fn a_unit_with_figures_changes_with_a_reason_and_once_signed_with_a_second_person() {
    let change = |unit: &str, reason: Option<&str>, second: Option<&str>| super::Command::RegisterEntrants {
        entrants: vec![("A".into(), super::Entrant { unit: Some(unit.into()), ..Default::default() })],
        reason: reason.map(|reason| super::Digest(reason.to_owned())),
        second: second.map(Into::into),
    };
    let mut office = Office::new();
    office.must("org", &change("集团/一厂", None, None));
    office.does("org", &open("m1"));
    office.does("prod", &report("A output m1", "100"));
    let asked = |office: &Office, reason, second| office.ask("org", &change("集团/一厂/三车间", reason, second));
    assert_eq!(asked(&office, None, None), Err(Refusal::ReasonMissing));
    assert!(asked(&office, Some("moved"), None).is_ok());

    let office = Office::published();
    assert_eq!(asked(&office, Some("moved"), None), Err(Refusal::NeedsSecondPerson));
    assert_eq!(asked(&office, Some("moved"), Some("org")), Err(Refusal::SecondIsFirst));
    let entries = asked(&office, Some("moved"), Some("org2")).unwrap();
    assert_eq!(entries[0].second(), Some(&"org2".into()));
}

#[test]
fn figures_of_one_person_are_known() {
    let mut office = Office::filled();
    let alone = |office: &Office| -> Vec<String> {
        let period = "m1".into();
        super::alone(&office.state, &period).map(|slot| format!("{} {}", slot.entrant, slot.indicator)).collect()
    };
    // Each was entered by its department.
    assert_eq!(alone(&office).len(), 8);
    office.does("prod", &Act::Return { slot: super::slot("A output m1"), reason: super::Digest("again".to_owned()) });
    office.does("a", &report("A output m1", "90"));
    assert_eq!(alone(&office).len(), 7, "reported, not checked");
    office.does("prod", &super::check("A output m1"));
    assert!(!alone(&office).contains(&"A output".to_owned()));
    for (person, act) in [("org", close("m1")), ("org", collect("m1")), ("boss", sign("m1"))] {
        office.does(person, &act);
    }
    office.does("prod", &revise("A output m1", "95", Some("boss")));
    assert!(!alone(&office).contains(&"A output".to_owned()), "somebody agreed");
}
