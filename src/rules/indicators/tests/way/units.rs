//! Units that merge, split and are renamed by a document, from a day on. March is the third month.

use super::{
    DEFINITION, Office, Refusal, Vetoes, check, close, collect, document, not, open, publish, report, revise, sign,
    target,
};
use crate::rules::{
    command::Command,
    field::Entrant,
    indicators::{
        Act, Counting, HandOf, How, IndicatorRefusal as No, Place, UnitChange, UnitsEffect, behind, effect_of_units,
        grid, is_as_published, missing, overall, published, standing, tests::shown, unit_changes,
    },
    ledger::{
        entry::{Digest, Role},
        indicator::PublishedRow,
    },
    names::EntrantId,
    result::Who,
    state::Side,
    view::Audience,
};

/// Output is accumulated by ratio, so that it can be added; order is a sheet, and cannot.
fn office() -> Office {
    let text = DEFINITION.replacen("linear = {}", "accumulate = \"ratio\"\nlinear = {}", 1)
        + "[[period]]\nid = \"m3\"\nfrom = \"2026-03-01\"\nto = \"2026-03-31\"\n";
    let mut office = Office::with(&text);
    let new = |id: &str| (id.into(), Entrant { unit: Some("集团/四厂".into()), ..Entrant::default() });
    office.must("org", &Command::RegisterEntrants { entrants: vec![new("N"), new("P")], reason: None, second: None });
    office
}

fn day(month: i8, day: i8) -> jiff::civil::Date {
    jiff::civil::date(2026, month, day)
}

fn ids(text: &str) -> Vec<EntrantId> {
    text.split(' ').map(Into::into).collect()
}

fn merged(units: &str, into: &str) -> UnitChange {
    UnitChange::Merged { units: ids(units), into: into.into() }
}

fn split(unit: &str, into: &str) -> UnitChange {
    UnitChange::Split { unit: unit.into(), into: ids(into) }
}

fn change(what: UnitChange, from: jiff::civil::Date) -> Act {
    Act::ChangeUnits { what, from, document: document(9) }
}

fn revoke(number: u32) -> Act {
    Act::RevokeChange { number, document: document(10) }
}

impl Office {
    /// `A 100 90`: output of a target of 100, and order.
    fn month(&mut self, period: &str, figures: &[&str]) {
        self.does("org", &open(period));
        for line in figures {
            let words: Vec<&str> = line.split(' ').collect();
            let at = |indicator: &str| format!("{} {indicator} {period}", words[0]);
            if period != "m1" || !["A", "B", "C"].contains(&words[0]) {
                self.does("org", &target(&at("output"), "100", None));
            }
            let mut given = vec![(at("output"), words[1]), (at("order"), words[2])];
            if period == "m1" {
                given.push((at("hazards"), "verified=2,false=0"));
            }
            for (at, is) in given {
                self.does("org", &report(&at, is));
                self.does("org", &check(&at));
            }
        }
    }

    fn published_month(&mut self, period: &str, figures: &[&str]) {
        self.month(period, figures);
        for (person, act) in
            [("org", close(period)), ("org", collect(period)), ("boss", sign(period)), ("org", publish(period))]
        {
            self.does(person, &act);
        }
    }

    fn of(&self, period: &str) -> Vec<String> {
        shown(&standing(&self.state, &period.into(), Counting::Checked, Vetoes::With))
    }

    fn over_all(&self) -> Vec<String> {
        shown(&overall(&self.state, Counting::Checked, Vetoes::With))
    }

    fn board(&self) -> Vec<String> {
        let standings = self.state.standings(Side::Staff);
        let rows = standings.tables.iter().flat_map(|table| &table.rows);
        let name = |who: &Who| match who {
            Who::Entrant(id) => id.to_string(),
            other => format!("{other:?}"),
        };
        rows.map(|row| format!("{} {}", row.rank.map_or("-".to_owned(), |rank| rank.to_string()), name(&row.who)))
            .collect()
    }
}

/// January as it was, with both; from February on one in their place, that brings along what can be added.
#[test]
fn two_become_one_from_a_day_on() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100"]);
    // N and P are on the list, and nobody reported for them.
    let january = ["1 A 97.00", "2 C 88.00", "3 B 64.00"];
    assert_eq!(office.of("m1")[..3], january);
    office.does("org", &change(split("C", "C P"), day(2, 15)));
    office.does("org", &change(merged("A B", "N"), day(2, 28)));
    assert_eq!(office.of("m1"), january, "N and P were not there in January");
    assert_eq!(
        office.of("m2"),
        ["Missing C - output@m2 order@m2", "Missing N - output@m2 order@m2", "Missing P - output@m2 order@m2"]
    );
    assert!(missing(&office.state, &"m2".into()).iter().all(|one| !["A", "B"].contains(&one.slot.entrant.as_str())));
    assert_eq!(grid(&office.state, &"output".into(), &"m2".into()).len(), 3);
    office.does("org", &open("m2"));
    office.no("org", &report("A output m2", "1"), No::UnitNotThere { entrant: "A".into(), period: "m2".into() });
    office.no("org", &target("A output m2", "1", None), No::UnitNotThere { entrant: "A".into(), period: "m2".into() });

    let mut office = self::office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100"]);
    office.does("org", &change(merged("A B", "N"), day(2, 1)));
    office.does("org", &change(split("C", "C P"), day(2, 1)));
    // Before February is published, January alone says who stands where.
    assert_eq!(office.over_all(), january);
    office.published_month("m2", &["N 105 90", "C 100 100", "P 90 80"]);
    assert_eq!(office.of("m1"), january);
    // N 63 + 27, C 60 + 30, P 54 + 24, each of 90.
    assert_eq!(office.of("m2"), ["1 C 90.00", "1 N 90.00", "3 P 78.00"]);
    // Output of N: 150 + 105 of 200 + 100, 85 %: 51. Order: February alone, 27. Hazards were counted by the mean, and
    // are not applicable: 78 of 90, of 100 86.67. C: 180 of 200, 54, order 30, hazards 10: 94. P: 78 of 90, 86.67.
    assert_eq!(office.over_all(), ["1 C 94.00", "2 N 86.67", "2 P 86.67"]);
    assert_eq!(office.board(), ["1 C", "2 N", "2 P"]);
}

/// A takes B in, and keeps its own of what cannot be added.
#[test]
fn one_takes_another_in() {
    let mut office = office();
    office.must("org", &Command::WithdrawEntrant { entrant: "P".into(), reason: None });
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100", "N 100 100"]);
    office.does("org", &change(merged("A B", "A"), day(2, 1)));
    office.published_month("m2", &["A 120 80", "C 100 100", "N 100 100"]);
    // A: 150 + 120 of 300: 54; order (27 + 24) ÷ 2 = 25.5; hazards 10.
    assert_eq!(office.over_all()[..3], ["1 N 100.00", "2 C 94.00", "3 A 89.50"]);
}

/// Whatever is missing of one of them is missing of both.
#[test]
fn what_a_merged_unit_brings_along_may_be_missing_or_not_apply() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B n/a 80", "C 80 100"]);
    office.does("org", &change(merged("A B", "N"), day(2, 1)));
    office.does("org", &change(split("C", "C P"), day(2, 1)));
    office.published_month("m2", &["N 80 90", "C 100 100", "P 90 80"]);
    // Output: 100 + 80 of 200, B's did not apply: 54 + 27 = 81 of 90.
    assert_eq!(office.over_all(), ["1 C 94.00", "2 N 90.00", "3 P 86.67"]);

    let mut office = self::office();
    office.month("m1", &["A 100 90", "C 80 100"]);
    for act in [close("m1"), change(merged("A B", "N"), day(2, 1)), change(split("C", "C P"), day(2, 1))] {
        office.does("org", &act);
    }
    office.month("m2", &["N 80 90", "C 100 100", "P 90 80"]);
    office.does("org", &close("m2"));
    assert_eq!(office.over_all(), ["1 C 94.00", "2 P 86.67", "Missing N - output@m1"]);
}

#[test]
fn what_it_does_to_open_months_is_told_before() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100"]);
    office.month("m2", &["A 100 90"]);
    let effect = effect_of_units(&office.state, &merged("A B", "N"), day(2, 28));
    let of = |period: &str, figures| UnitsEffect {
        period: period.into(),
        leaves: vec![("A".into(), figures), ("B".into(), 0)],
        joins: ids("N"),
    };
    assert_eq!(effect, [of("m2", 2), of("m3", 0)]);
    assert_eq!(effect_of_units(&office.state, &merged("A B", "N"), day(3, 1)), [of("m3", 0)]);
    // Figures of A stay in the ledger, and count for nobody.
    office.does("org", &change(merged("A B", "N"), day(2, 28)));
    assert!(office.of("m2").iter().all(|row| !row.contains(" A ")), "{:?}", office.of("m2"));
    // Until it is revoked.
    office.does("org", &revoke(1));
    assert_eq!(office.of("m2")[0], "1 A 87.00");
    assert!(unit_changes(&office.state)[0].revoked.is_some());
    office.no("org", &revoke(1), No::ChangeOver { number: 1 });
}

#[test]
fn what_is_refused() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100"]);
    let merge = || merged("A B", "N");
    office.refused("prod", &change(merge(), day(2, 1)), not("organizer"));
    let closed = |from| No::ChangeInClosed { period: "m1".into(), from, ended: day(1, 31) };
    office.no("org", &change(merge(), day(1, 31)), closed(day(1, 31)));
    office.no("org", &change(merge(), day(1, 1)), closed(day(1, 1)));
    office.no("org", &change(merged("A", "N"), day(2, 1)), No::TooFewUnits);
    office.no("org", &change(merged("A A", "N"), day(2, 1)), No::TooFewUnits);
    office.no("org", &change(merged("A B A", "N"), day(2, 1)), No::UnitTwice);
    office.no("org", &change(split("A", "N"), day(2, 1)), No::TooFewUnits);
    office.refused("org", &change(merged("A Z", "N"), day(2, 1)), Refusal::UnknownEntrant("Z".into()));
    // C has a January of its own: it would have to take the others in.
    office.no("org", &change(merged("A B", "C"), day(2, 1)), No::UnitHasPast { entrant: "C".into() });
    office.no("org", &revoke(1), No::UnknownChange { number: 1 });
    let name = |name: &str| Digest(name.to_owned());
    let renamed = |to: &str| UnitChange::Renamed { unit: "C".into(), was: name("old"), name: name(to) };
    office.refused("org", &change(renamed("old"), day(2, 1)), Refusal::NothingToDo);

    office.does("org", &change(merge(), day(3, 1)));
    // Neither one that ended, nor a circle back, nor one that came of another change.
    let ended = |entrant: &str| No::UnitEnded { entrant: entrant.into(), since: day(3, 1) };
    office.no("org", &change(merged("A C", "P"), day(3, 15)), ended("A"));
    office.no("org", &change(split("N", "A P"), day(3, 15)), ended("A"));
    office.no("org", &change(split("C", "C N"), day(3, 15)), No::UnitBegunAlready { entrant: "N".into() });
    office.no("org", &change(merged("C N", "P"), day(2, 1)), No::ChangedLater { number: 1, from: day(3, 1) });
    // What was built upon a change is revoked before it.
    office.does("org", &change(merged("C N", "P"), day(3, 15)));
    office.no("org", &revoke(1), No::ChangedLater { number: 2, from: day(3, 15) });
    office.does("org", &revoke(2));
    office.does("org", &revoke(1));
    // A change that a closed month counted stays.
    office.does("org", &change(merge(), day(2, 1)));
    for act in [open("m2"), close("m2")] {
        office.does("org", &act);
    }
    let closed = No::ChangeInClosed { period: "m2".into(), from: day(2, 1), ended: day(2, 28) };
    office.no("org", &revoke(3), closed);
    // An old name goes as it came.
    office.does("org", &change(renamed("new"), day(3, 1)));
    office.does("org", &revoke(4));
}

#[test]
fn groups_are_not_mixed() {
    let text = DEFINITION.to_owned()
        + "[[period]]\nid = \"m3\"\nfrom = \"2026-03-01\"\nto = \"2026-03-31\"\n[[group]]\nid = \"large\"\n[[group]]\nid = \"small\"\n";
    let mut office = Office::with_groups(&text, &[("A", "large"), ("B", "small"), ("C", "large")]);
    let across = No::UnitsOfGroups { one: "B".into(), other: "C".into() };
    office.no("org", &change(merged("A B C", "C"), day(2, 1)), across);
    office.does("org", &change(merged("A C", "C"), day(2, 1)));
}

/// Who was there when a month closed stays in it, however often it is published again.
#[test]
fn a_withdrawal_leaves_the_months_that_were_closed() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100", "N 100 80", "P 10 10"]);
    let january = office.last_published();
    assert_eq!(january[0], "Ranked(1) A 97.00");
    office.does("org", &open("m2"));
    office.must("org", &Command::WithdrawEntrant { entrant: "A".into(), reason: None });
    assert_eq!(office.of("m1")[0], "1 A 97.00");
    assert!(office.of("m2").iter().all(|row| !row.contains(" A ")), "{:?}", office.of("m2"));
    // B is put right: 100 instead of 80 on its sheet, 70.
    office.does("safe", &revise("B order m1", "100", Some("boss")));
    office.does("org", &publish("m1"));
    let again = office.last_published();
    assert_eq!((again[0].as_str(), again.len()), ("Ranked(1) A 97.00", 5));
    assert!(again.contains(&"Ranked(4) B 70.00".to_owned()), "{again:?}");
    let seen = published(&office.state, &Audience::Public).unwrap();
    assert_eq!(seen.held[0].by.iter().map(|holder| holder.entrant.as_str()).collect::<Vec<_>>(), ["A"]);
    // Over the months nobody who withdrew is ranked.
    assert!(office.over_all().contains(&"Withdrawn A 97.00".to_owned()), "{:?}", office.over_all());
    assert_eq!(office.board().last().map(String::as_str), Some("- A"));
}

/// Nobody can check the figure of a unit that went before the month was closed: it holds nothing up.
#[test]
fn a_figure_of_a_unit_that_went_holds_no_month_up() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100", "N 100 80", "P 10 10"]);
    office.does("org", &open("m2"));
    office.does("prod", &report("A output m2", "100"));
    office.does("prod", &report("P output m2", "100"));
    office.does("prod", &report("B output m2", "100"));
    office.does("org", &change(merged("A B", "A"), day(2, 15)));
    office.must("org", &Command::WithdrawEntrant { entrant: "P".into(), reason: None });
    office.does("prod", &check("A output m2"));
    office.does("org", &close("m2"));
    office.does("org", &collect("m2"));
}

/// A merger of February is none in January's table over the periods, published again or not.
#[test]
fn a_merger_to_come_moves_nobody_before_its_day() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100", "N 100 80", "P 10 10"]);
    let before = shown(&overall(&office.state, Counting::Checked, Vetoes::With));
    office.does("org", &change(merged("A B", "A"), day(2, 1)));
    assert_eq!(shown(&overall(&office.state, Counting::Checked, Vetoes::With)), before);
    office.refused("org", &publish("m1"), Refusal::NothingToDo);
}

/// A unit that withdrew stays in January: its figure there can be put right, and nothing later.
#[test]
fn a_figure_of_a_unit_that_withdrew_is_put_right_where_it_counts() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100", "N 100 80", "P 10 10"]);
    office.does("org", &open("m2"));
    office.must("org", &Command::WithdrawEntrant { entrant: "A".into(), reason: None });
    office.refused("prod", &report("A output m2", "100"), Refusal::EntrantOut("A".into()));
    // 60 × 50/100 + 30 × 90/100 + 10.
    office.does("prod", &revise("A output m1", "50", Some("boss")));
    office.does("org", &publish("m1"));
    assert!(office.last_published().contains(&"Ranked(3) A 67.00".to_owned()), "{:?}", office.last_published());
}

/// Programs before this one listed whoever withdrew.
#[test]
fn who_withdrew_is_no_part_of_what_was_published() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100", "N 100 80", "P 10 10"]);
    let now = office.state.labor.progress(&"m1".into()).unwrap().published.last().unwrap().clone();
    let gone = PublishedRow { entrant: "X".into(), place: Place::Withdrawn, score: None, ..now[0].clone() };
    assert!(is_as_published(&[now.clone(), vec![gone]].concat(), &now));
    let mut other = now.clone();
    other[0].score = None;
    assert!(!is_as_published(&other, &now));
}

/// What somebody was when they had a figure in hand, not what they are today.
#[test]
fn hands_are_told_as_they_were() {
    let mut office = office();
    office.published_month("m1", &["A 100 90", "B 50 80", "C 80 100", "N 100 80", "P 10 10"]);
    let hands = |office: &Office| -> Vec<(How, HandOf)> {
        let points = behind(&office.state, &Audience::Public, &"m1".into(), &"A".into()).unwrap();
        let figure = points[0].figure.as_ref().unwrap();
        figure.hands.iter().map(|hand| (hand.how, hand.role)).collect()
    };
    // The office filled it in.
    let office_s = [(How::Reported, HandOf::Office), (How::Checked, HandOf::Office)];
    assert_eq!(hands(&office), office_s);
    office.must("org2", &Command::ReleasePerson { person: "org".into(), role: Role::Organizer });
    let liaison =
        Command::AssignPerson { person: "org".into(), role: Role::Liaison, unit: Some("集团/一厂".into()) };
    office.must("org2", &liaison);
    assert_eq!(hands(&office), office_s);
}
