//! What a work is worth, and how far it counts.

use proptest::prelude::*;

use super::*;
use crate::rules::{
    field::Value,
    view::{Audience, board},
};

/// Handed in 1, accepted 5: 6. Untrue −3: −2. A duplicate: 1. Waiting: 1. Withdrawn: nothing.
#[test]
fn each_event_has_its_points() {
    let mut office = Office::new("");
    assert_eq!(office.points("A1"), None, "nothing is not 0");
    office.reports("A1", "a1", None);
    assert_eq!(office.points("A1"), number(1));
    office.does("chk", check("a1", accepted(), None));
    assert_eq!(office.points("A1"), number(6));
    office.reports("A1", "a2", Some(Outcome::Untrue));
    assert_eq!(office.points("A1"), number(4));
    office.reports("A1", "a3", Some(Outcome::Duplicate { of: "a1".into() }));
    office.reports("A1", "a4", None);
    assert_eq!(office.points("A1"), number(6));
    office.does("A1", Act::Withdraw { work: "a4".into() });
    assert_eq!(office.points("A1"), number(5));
    office.reports("B1", "b1", Some(Outcome::Untrue));
    assert_eq!(office.points("B1"), number(-2));

    let units = unit_points(&office.state, &"hazards".into());
    let units: Vec<_> = units.iter().map(|(unit, points)| (unit.as_str(), *points)).collect();
    assert_eq!(units, [("集团", Decimal::from(3)), ("集团/一厂", Decimal::from(5)), ("集团/二厂", Decimal::from(-2))]);

    let lines = office.lines("A1");
    let lines: Vec<_> = lines.iter().map(|line| (line.work.as_str(), line.number, line.counted)).collect();
    let one = |work, number, points: i64| (work, number, Decimal::from(points));
    let expected =
        [one("a1", 1, 1), one("a1", 1, 5), one("a2", 2, 1), one("a2", 2, -3), one("a3", 3, 1), one("a3", 3, 0)];
    assert_eq!(lines, expected);
}

/// The board needs nothing of its own: A1 has 6 points and one accepted report, B1 −2, A2 nothing.
#[test]
fn points_stand_in_the_field_and_on_the_board() {
    let mut office = Office::new("");
    office.org(Command::OpenStage { stage: "reports".into(), group: None });
    office.reports("A1", "a1", Some(accepted()));
    office.reports("B1", "b1", Some(Outcome::Untrue));
    let values = &office.state.field.marks[&EntrantId::new("A1")].values;
    let values: Vec<_> = values.iter().map(|(slot, value)| (slot.aspect.as_str(), *value)).collect();
    assert_eq!(values, [("accepted", Value::Number(Decimal::ONE)), ("points", Value::Number(Decimal::from(6)))]);
    let board = board(&office.state, &Audience::Public, office.now);
    let rows: Vec<_> = board.tables[0].rows.iter().map(|row| (row.rank, row.total)).collect();
    let normal = |total: Option<Decimal>| total.map(|total| total.normalize());
    let rows: Vec<_> = rows.into_iter().map(|(rank, total)| (rank, normal(total))).collect();
    assert_eq!(rows, [(Some(1), number(6)), (Some(2), number(-2)), (None, None)]);

    // Nobody enters them by hand.
    let slot = office.state.field.marks[&EntrantId::new("A1")].values.keys().last().unwrap().clone();
    let value = crate::rules::ledger::entry::MarkValue::Is(Value::Number(Decimal::TEN));
    let by_hand = Command::GiveMark { entrant: "A1".into(), slot, value };
    assert_eq!(office.asks("org", &by_hand), Err(Refusal::FromWorks("points".into())));
}

#[test]
fn who_has_no_work_may_be_at_0() {
    let mut office = Office::new("none-is = \"zero\"\n");
    office.org(Command::OpenStage { stage: "reports".into(), group: None });
    office.reports("B1", "b1", Some(Outcome::Untrue));
    assert_eq!([office.points("A1"), office.points("B1")], [number(0), number(-2)]);
    let board = board(&office.state, &Audience::Public, office.now);
    let rows = board.tables[0].rows.iter();
    let rows: Vec<_> = rows.map(|row| (row.who.clone(), row.rank, row.total.map(|total| total.normalize()))).collect();
    let rows: Vec<_> = rows.iter().map(|(who, rank, total)| (who.key(), *rank, *total)).collect();
    let row = |id: &str, rank: u32, points: i64| (id.to_owned(), Some(rank), number(points));
    assert_eq!(rows, [row("A1", 1, 0), row("A2", 1, 0), row("B1", 3, -2)]);
}

/// Two a day and three a month earn: the third of a day and the fourth of a month earn nothing, and still lose.
#[test]
fn beyond_a_limit_points_are_only_lost() {
    let limits = "limits = { counted-per-day = 2, counted-per-month = 3 }\n";
    let mut office = Office::new(limits);
    for work in ["d1", "d2", "d3"] {
        office.reports("A1", work, Some(accepted()));
    }
    assert_eq!(office.points("A1"), number(12));
    assert_eq!(office.lines("A1")[4].uncounted, Some(Uncounted::Day { most: 2 }));
    office.does("chk", check("d3", Outcome::Untrue, Some("r")));
    assert_eq!(office.points("A1"), number(9));
    // The third one of the day used up the month's third place; the next day's is the fourth.
    office.now = Instant(START + DAY);
    office.reports("A1", "e1", Some(accepted()));
    assert_eq!(office.points("A1"), number(9));
    assert_eq!(office.lines("A1").last().unwrap().uncounted, Some(Uncounted::Month { most: 3 }));
    // In February everything begins anew.
    office.now = Instant(START + 31 * DAY);
    office.reports("A1", "f1", Some(accepted()));
    assert_eq!(office.points("A1"), number(15));
}

/// 2026-01-31T23:59 in Shanghai is January there, and 15:59 in UTC; a minute later it is February.
#[test]
fn months_are_those_of_the_contest() {
    let mut office = Office::new("limits = { points-per-month = 8 }\n");
    office.now = Instant(START + 31 * DAY - 8 * HOUR - 60_000);
    office.reports("A1", "j1", Some(accepted()));
    office.reports("A1", "j2", Some(accepted()));
    // 6, then 1 and 1 of 5.
    assert_eq!(office.points("A1"), number(8));
    let last = office.lines("A1").pop().unwrap();
    assert_eq!((last.points, last.counted), (Decimal::from(5), Decimal::ONE));
    assert_eq!(last.uncounted, Some(Uncounted::MonthPoints { most: Decimal::from(8) }));
    office.now = Instant(office.now.0 + 60_000);
    office.reports("A1", "f1", Some(accepted()));
    assert_eq!(office.points("A1"), number(14));
    // What is taken away is taken away in full: 8 − 3, and 6.
    office.reports("A1", "f2", Some(Outcome::Untrue));
    assert_eq!(office.points("A1"), number(14 + 1 - 3));
}

#[test]
fn a_grade_is_worth_its_own() {
    let grades = r#"
[[collection.grade]]
id = "minor"
points = 5
[[collection.grade]]
id = "major"
points = 20
"#;
    let mut office = Office::of(&format!("{}{grades}", HEAD.replace(", accepted = 5", "")));
    office.does("A1", submit("a1"));
    let known = vec!["minor".into(), "major".into()];
    office.no("chk", check("a1", accepted(), None), WorkRefusal::GradeNeeded { known });
    let graded = |grade: &str| Outcome::Accepted { grade: Some(grade.into()) };
    office.no("chk", check("a1", graded("huge"), None), WorkRefusal::UnknownGrade("huge".into()));
    office.does("chk", check("a1", graded("major"), None));
    assert_eq!(office.points("A1"), number(21));
}

/// A second way to count: by month, whatever earns in the order of numbers, cut at the month's points.
fn by_hand(office: &Office, entrant: &str, day: u32, month: usize, most: i64) -> i64 {
    use std::collections::BTreeMap;
    let mut days: BTreeMap<i64, u32> = BTreeMap::new();
    let mut months: BTreeMap<i64, (usize, i64, i64)> = BTreeMap::new();
    let mut own: Vec<Work> =
        office.state.works.by_id.values().filter(|work| work.entrant.as_str() == entrant).cloned().collect();
    own.sort_by_key(|work| work.number);
    for work in own.iter().filter(|work| work.stand != Stand::Withdrawn) {
        // START is 08:00; all works are of January (days 0 to 30) or February.
        let at = (work.at.0 - START + 8 * HOUR) / DAY;
        let of_day = days.entry(at).or_default();
        *of_day += 1;
        let of_month = months.entry(i64::from(at >= 31)).or_default();
        of_month.0 += 1;
        let earns = *of_day <= day && of_month.0 <= month;
        let outcome = match work.outcome() {
            Some(Outcome::Accepted { .. }) => 5,
            Some(Outcome::Untrue) => -3,
            _ => 0,
        };
        of_month.1 += if earns { 1 + outcome.max(0) } else { 0 };
        of_month.2 += outcome.min(0);
    }
    months.values().map(|(_, earned, lost)| (*earned).min(most) + lost).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Points are always those of a count anew, and the sum of their lines; a fold anew gives the same.
    #[test]
    fn points_equal_a_recomputation(
        steps in prop::collection::vec((0_i64..20, 0_usize..2, 0_u8..6), 1..40),
        day in 1_u32..4, month in 2_usize..9, most in 1_i64..40,
    ) {
        let month = month.min(day as usize * 31);
        let limits = format!(
            "limits = {{ counted-per-day = {day}, counted-per-month = {month}, points-per-month = {most} }}\n"
        );
        let mut office = Office::new(&limits);
        for (at, (hours, who, act)) in steps.into_iter().enumerate() {
            office.now = Instant(office.now.0 + hours * HOUR);
            let (who, work) = (["A1", "B1"][who], format!("w{at}"));
            office.reports(who, &work, None);
            match act {
                0 => office.does("chk", check(&work, accepted(), None)),
                1 => office.does("chk", check(&work, Outcome::Untrue, Some("r"))),
                2 => office.does("chk", check(&work, Outcome::Returned, Some("r"))),
                3 => office.does(who, Act::Withdraw { work: work.as_str().into() }),
                4 => {
                    office.does("chk", check(&work, Outcome::Untrue, Some("r")));
                    office.does("chk", check(&work, accepted(), Some("looked again")));
                }
                _ => {}
            }
        }
        for who in ["A1", "B1"] {
            let points = office.points(who);
            let lines: Decimal = office.lines(who).iter().map(|line| line.counted).sum();
            prop_assert_eq!(points.unwrap_or_default(), lines);
            prop_assert_eq!(points.unwrap_or_default(), Decimal::from(by_hand(&office, who, day, month, most)));
        }
        let total: Decimal = points_now(&office.state, &"hazards".into()).iter().map(|(_, points)| *points).sum();
        let root = unit_points(&office.state, &"hazards".into()).get("集团").copied();
        prop_assert_eq!(root.unwrap_or_default(), total);
    }
}
