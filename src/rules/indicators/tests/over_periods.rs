//! Several periods: sum, mean, last, and ratio.

use super::{Field, figures, rules};

const ALL: [&str; 3] = ["m1", "m2", "m3"];

fn one(accumulate: &str, more: &str) -> String {
    format!("[[indicator]]\nid = \"x\"\nowner = \"生产部\"\npoints = 20\naccumulate = \"{accumulate}\"\n{more}\n")
}

/// Linear to 120 %: 20, 10 and 24 points of 100, 50 and 200 of 100; over the year 350 of 400.
const YEAR: &str = "A x m1 100 100\nA x m2 50 100\nA x m3 400 200";

#[test]
fn the_four_ways() {
    let field = Field::of("A");
    // 54; 54 ÷ 3; 24; 550 ÷ 400 is above the cap.
    for (accumulate, score) in [("sum", "54.00"), ("mean", "18.00"), ("last", "24.00"), ("ratio", "24.00")] {
        let table = field.over(&rules(&one(accumulate, "linear = {}")), &figures(YEAR), &ALL);
        assert_eq!(table, [format!("1 A {score}")], "{accumulate}");
    }
    // The first two months: 30; 15; 10; 150 ÷ 200.
    for (accumulate, score) in [("sum", "30.00"), ("mean", "15.00"), ("last", "10.00"), ("ratio", "15.00")] {
        let table = field.over(&rules(&one(accumulate, "linear = {}")), &figures(YEAR), &ALL[..2]);
        assert_eq!(table, [format!("1 A {score}")], "{accumulate}");
    }
}

/// A month at 150 % makes up for one at 50 %, though each month by itself is capped.
#[test]
fn a_ratio_is_scored_once() {
    let figures = figures("A x m1 150 100\nA x m2 50 100\nA x m3 100 100");
    let field = Field::of("A");
    assert_eq!(field.over(&rules(&one("ratio", "linear = {}")), &figures, &ALL), ["1 A 20.00"]);
    // 24 + 10 + 20.
    assert_eq!(field.over(&rules(&one("mean", "linear = {}")), &figures, &ALL), ["1 A 18.00"]);
}

#[test]
fn a_month_that_does_not_apply_is_left_out() {
    let figures = figures("A x m1 100 100\nA x m2 n/a\nA x m3 50 100");
    let field = Field::of("A");
    // 30 of 40, scaled up to 60; 30 ÷ 2; 150 ÷ 200 × 20.
    for (accumulate, score) in [("sum", "45.00"), ("mean", "15.00"), ("last", "10.00"), ("ratio", "15.00")] {
        let table = field.over(&rules(&one(accumulate, "linear = {}")), &figures, &ALL);
        assert_eq!(table, [format!("1 A {score}")], "{accumulate}");
    }
    assert_eq!(field.over(&rules(&one("last", "linear = {}")), &figures, &ALL[..2]), ["NothingApplies A -"]);
}

#[test]
fn a_missing_month_is_said() {
    let figures = figures("A x m1 100 100\nA x m2 100\nB x m1 100 100\nB x m2 90 100\nB x m3 80 100");
    let table = Field::of("A B").over(&rules(&one("ratio", "linear = {}")), &figures, &ALL);
    // 270 of 300.
    assert_eq!(table, ["1 B 18.00", "Missing A - x@m2:Target x@m3"]);
    // Only the last month counts.
    let table = Field::of("A B").over(&rules(&one("last", "linear = {}")), &figures, &ALL);
    assert_eq!(table, ["1 B 16.00", "Missing A - x@m3"]);
}

#[test]
fn each_indicator_in_its_own_way() {
    let text = one("ratio", "linear = {}")
        + "[[indicator]]\nid = \"order\"\nowner = \"安全部\"\npoints = 80\nperiods = [\"m3\"]\nsheet = {}\n";
    let figures = figures("A x m1 90 100\nA x m2 110 100\nA x m3 100 100\nA order m3 95");
    assert_eq!(Field::of("A").over(&rules(&text), &figures, &ALL), ["1 A 96.00"]);
}
