//! The efficacy coefficient between the worst and the best of a group.

use std::collections::BTreeSet;

use super::{Field, Unit, figures, rules, shown};
use crate::rules::{
    indicators::{Figures, Rules, Scope, Severity, Veto, period_table},
    names::{EntrantId, Id},
};

fn group(more: &str) -> String {
    format!(
        "[[indicator]]\nid = \"x\"\nowner = \"工会\"\npoints = 20\naccumulate = \"mean\"\n\
         efficacy = {{ passing = \"worst\", excellent = \"best\"{more} }}\n"
    )
}

/// `A=80 B=90`, of January.
fn january(text: &str) -> Figures {
    let line = |one: &str| one.split_once('=').map(|(unit, is)| format!("{unit} x m1 {is}\n")).unwrap();
    figures(&text.split(' ').map(line).collect::<String>())
}

fn table(rules: &Rules, units: &str, figures: &str) -> Vec<String> {
    Field::of(units).in_period(rules, &january(figures), "m1")
}

#[test]
fn between_the_worst_and_the_best() {
    let more = rules(&group(""));
    // B: 60 + 40 × 10 ÷ 20 = 80 %.
    assert_eq!(table(&more, "A B C", "A=80 B=90 C=100"), ["1 C 20.00", "2 B 16.00", "3 A 12.00"]);
    // 60 + 40 ÷ 3 = 73.33… %, of 20.
    assert_eq!(table(&more, "A B C", "A=0 B=1 C=3"), ["1 C 20.00", "2 B 14.67", "3 A 12.00"]);
    assert_eq!(table(&more, "A B C", "A=-10 B=0 C=10"), ["1 C 20.00", "2 B 16.00", "3 A 12.00"]);
    let less = rules(&group("").replace("points = 20", "points = 20\ndirection = \"less\""));
    // B: 60 + 40 × 15 ÷ 20 = 90 %.
    assert_eq!(table(&less, "A B C", "A=80 B=85 C=100"), ["1 A 20.00", "2 B 18.00", "3 C 12.00"]);
}

#[test]
fn equals_get_what_the_definition_says() {
    assert_eq!(table(&rules(&group("")), "A B", "A=5 B=5"), ["1 A 20.00", "1 B 20.00"]);
    assert_eq!(table(&rules(&group(", equal-percent = 80")), "A B", "A=0 B=0"), ["1 A 16.00", "1 B 16.00"]);
    // Where the most is less than 100, that; and whoever is alone is equal to himself.
    assert_eq!(table(&rules(&group(", cap-percent = 90")), "A B", "A=5 B=5"), ["1 A 18.00", "1 B 18.00"]);
    assert_eq!(table(&rules(&group("")), "A B", "A=5"), ["1 A 20.00", "Missing B - x@m1"]);
}

#[test]
fn bounds_hold_here_too() {
    let bounded = rules(&group(", least-percent = 70, cap-percent = 95"));
    // 60 % counts as 70, 100 % as 95; 80 % stays.
    assert_eq!(table(&bounded, "A B C", "A=80 B=90 C=100"), ["1 C 19.00", "2 B 16.00", "3 A 14.00"]);
}

#[test]
fn what_is_missing_or_does_not_apply_is_not_compared() {
    let rules = rules(&group(""));
    assert_eq!(table(&rules, "A B C", "A=80 B=100"), ["1 B 20.00", "2 A 12.00", "Missing C - x@m1"]);
    assert_eq!(table(&rules, "A B C", "A=80 B=100 C=n/a"), ["1 B 20.00", "2 A 12.00", "NothingApplies C -"]);
    // It comes late and is the worst: A 60 + 40 × 20 ÷ 40 = 80 %.
    assert_eq!(table(&rules, "A B C", "A=80 B=100 C=60"), ["1 B 20.00", "2 A 16.00", "3 C 12.00"]);
}

#[test]
fn each_group_has_its_own() {
    let table = table(&rules(&group("")), "A:large B:large C:small D:small", "A=10 B=20 C=100 D=300");
    assert_eq!(table, ["[large]", "1 B 20.00", "2 A 12.00", "[small]", "1 D 20.00", "2 C 12.00"]);
}

#[test]
fn a_vetoed_figure_is_compared_and_that_of_one_who_withdrew_is_not() {
    let rules = rules(&group(""));
    let mut given = january("A=80 B=90 C=100");
    let scope = Scope::Indicator { indicator: "x".into(), period: "m1".into() };
    given.vetoes.push(Veto { entrant: "A".into(), severity: Severity::Zero, scope });
    assert_eq!(Field::of("A B C").in_period(&rules, &given, "m1"), ["1 C 20.00", "2 B 16.00", "3 A 0.00"]);
    let gone: EntrantId = "A".into();
    let field = Field::of("A B C");
    let table = |closed: &BTreeSet<Id>| {
        let units = field.units().map(|unit| Unit { withdrawn: (*unit.id == gone).then_some(closed), ..unit });
        shown(&period_table(&rules, units, &january("A=80 B=90 C=100"), &"m1".into()))
    };
    // B is the worst of those who are left; a month that had closed stays as it was.
    assert_eq!(table(&BTreeSet::new()), ["1 C 20.00", "2 B 12.00"]);
    assert_eq!(table(&BTreeSet::from(["m1".into()])), ["1 C 20.00", "2 B 16.00", "3 A 12.00"]);
}

/// Each month between its own.
#[test]
fn over_periods_each_is_compared_by_itself() {
    let figures = figures("A x m1 80\nB x m1 100\nC x m1 90\nA x m2 100\nB x m2 90\nC x m2 94");
    let over = |accumulate: &str| {
        let rules = rules(&group("").replace("\"mean\"", accumulate));
        Field::of("A B C").over(&rules, &figures, &["m1", "m2"])
    };
    // A 12 and 20, B 20 and 12, C 16 and 60 + 40 × 4 ÷ 10 = 76 %: 15.2.
    assert_eq!(over("\"mean\""), ["1 A 16.00", "1 B 16.00", "3 C 15.60"]);
    assert_eq!(over("\"sum\""), ["1 A 32.00", "1 B 32.00", "3 C 31.20"]);
    assert_eq!(over("\"last\""), ["1 A 20.00", "2 C 15.20", "3 B 12.00"]);
}
