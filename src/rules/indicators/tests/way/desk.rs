//! What the organizer is told to do next: figures to come in, steps to take, tables to publish again.

use super::{Office, check, close, collect, open, publish, report, revise, sign, veto};
use crate::rules::{
    indicators::{PeriodStage, Scope},
    view::{Named, Todo, organizer},
};

fn named(period: &str) -> Named {
    Named { id: period.into(), title: period.to_owned() }
}

fn moves(period: &str, stage: PeriodStage) -> Todo {
    Todo::MovePeriod { period: named(period), stage }
}

/// Of periods alone.
fn next(office: &Office) -> Vec<Todo> {
    let mut next = organizer(&office.state).next;
    next.retain(|todo| matches!(todo, Todo::FillPeriod { .. } | Todo::MovePeriod { .. } | Todo::PublishAgain { .. }));
    next
}

/// A and B are complete, C lacks its order of m1. m2 may open as soon as m1 is not open any more.
#[test]
fn an_open_period_says_what_it_lacks_and_each_further_stage_what_comes_next() {
    let mut office = Office::new();
    assert_eq!(next(&office), [moves("m1", PeriodStage::Planned)]);
    office = office.fill();
    let due = jiff::civil::date(2026, 2, 5);
    let fill = || Todo::FillPeriod { period: named("m1"), count: 1, due };
    assert_eq!(next(&office), [fill()]);
    office.does("safe", &report("C order m1", "80"));
    assert_eq!(next(&office), [fill()], "reported, and not checked");
    office.does("safe", &check("C order m1"));
    assert_eq!(next(&office), [moves("m1", PeriodStage::Open)]);
    let then = |stage| vec![moves("m1", stage), moves("m2", PeriodStage::Planned)];
    office.does("org", &close("m1"));
    assert_eq!(next(&office), then(PeriodStage::Closed));
    office.does("org", &collect("m1"));
    assert_eq!(next(&office), then(PeriodStage::Collected));
    office.does("boss", &sign("m1"));
    assert_eq!(next(&office), then(PeriodStage::Signed));
    office.does("org", &publish("m1"));
    assert_eq!(next(&office), [moves("m2", PeriodStage::Planned)]);
}

#[test]
fn what_stands_otherwise_than_it_was_published_is_published_again() {
    let again = || Todo::PublishAgain { period: named("m1") };
    let mut office = Office::published();
    office.does("org", &open("m2"));
    let open_m2 = next(&office);
    assert!(matches!(open_m2[..], [Todo::FillPeriod { .. }]), "{open_m2:?}");
    office.does("safe", &revise("C order m1", "80", Some("boss")));
    assert_eq!(next(&office)[0], again());
    office.does("org", &publish("m1"));
    assert_eq!(next(&office), open_m2);
    office.does("org", &veto(Scope::Period { period: "m1".into() }));
    assert_eq!(next(&office)[0], again());
}
