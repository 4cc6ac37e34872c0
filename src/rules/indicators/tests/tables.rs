//! A period's table: sums, scaling up, missing figures, groups, ranks.

use super::{Field, figures, rules};
use crate::rules::indicators::period_table;

const THREE: &str = r#"
[indicators]
ties = ["safety"]
[[indicator]]
id = "output"
owner = "生产部"
points = 60
target = 100
linear = {}
[[indicator]]
id = "safety"
owner = "安全部"
points = 30
sheet = {}
[[indicator]]
id = "projects"
owner = "工会"
points = 10
met = {}
"#;

/// Everything else is as it should be.
fn outputs(of: &[(&str, u32)]) -> String {
    let lines = of
        .iter()
        .map(|(unit, output)| format!("{unit} output m1 {output}\n{unit} safety m1 100\n{unit} projects m1 1 1\n"));
    lines.collect()
}

#[test]
fn sums_and_ranks() {
    let figures = figures(
        "A output m1 100
         A safety m1 90
         A projects m1 3 3
         B output m1 110
         B safety m1 70
         B projects m1 3 3
         C output m1 95
         C safety m1 100
         C projects m1 3 3
         D output m1 50
         D safety m1 80
         D projects m1 2 3",
    );
    // A 60 + 27 + 10; B 66 + 21 + 10; C 57 + 30 + 10; all three 97: by safety C, A, B. D 30 + 24 + 0.
    let table = Field::of("A B C D").in_period(&rules(THREE), &figures, "m1");
    assert_eq!(table, ["1 C 97.00", "2 A 97.00", "3 B 97.00", "4 D 54.00"]);
}

#[test]
fn equal_scores_share_a_rank_and_leave_a_gap() {
    let all = outputs(&[("A", 100), ("B", 90), ("C", 90), ("D", 80)]);
    let table = Field::of("D C B A").in_period(&rules(THREE), &figures(&all), "m1");
    // Nothing but the list orders B and C.
    assert_eq!(table, ["1 A 100.00", "2 C 94.00", "2 B 94.00", "4 D 88.00"]);
}

#[test]
fn what_is_missing_leaves_unranked_and_is_said() {
    let figures = figures(
        "A output m1 100
         A safety m1 0
         B output m1 100
         B safety m1 90
         B projects m1 3
         C output m1 20
         C safety m1 0
         C projects m1 0 1",
    );
    // A's 0 of safety is a figure, and its projects were not reported; B has no target; C has 12 + 0 + 0.
    let table = Field::of("A B C").in_period(&rules(THREE), &figures, "m1");
    assert_eq!(table, ["1 C 12.00", "Missing A - projects@m1", "Missing B - projects@m1:Target"]);
}

#[test]
fn not_applicable_scales_the_rest_up() {
    let given = figures(
        "A output m1 100
         A safety m1 80
         A projects m1 n/a
         B output m1 n/a
         B safety m1 n/a
         B projects m1 n/a
         C output m1 120
         C safety m1 100
         C projects m1 1 1",
    );
    // A: 60 + 24 = 84 of 90; 84 ÷ 90 × 100 = 93.33. C: 72 + 30 + 10.
    let field = Field::of("A B C");
    let scaled = rules(THREE);
    assert_eq!(field.in_period(&scaled, &given, "m1"), ["1 C 112.00", "2 A 93.33", "NothingApplies B -"]);
    let row = &period_table(&scaled, field.units(), &given, &"m1".into())[0].rows[1];
    assert_eq!([row.got, row.possible, row.full].map(|sum| sum.normalize().to_string()), ["84", "90", "100"]);
    let plain = rules(&THREE.replace("[indicators]", "[indicators]\nscale-up = false"));
    assert_eq!(field.in_period(&plain, &given, "m1"), ["1 C 112.00", "2 A 84.00", "NothingApplies B -"]);
}

#[test]
fn groups_are_ranked_apart_by_their_own_indicators() {
    let text = THREE.replace("points = 60", "points = 60\ngroups = [\"large\"]");
    let figures = figures(
        "A output m1 90
         A safety m1 100
         A projects m1 1 1
         B safety m1 90
         B projects m1 1 1
         C safety m1 n/a
         C projects m1 1 1",
    );
    // Small units have 40 points in all: B 27 + 10; C 10 of 10, scaled up to 40.
    let table = Field::of("B:small A:large C:small").in_period(&rules(&text), &figures, "m1");
    assert_eq!(table, ["[small]", "1 C 40.00", "2 B 37.00", "[large]", "1 A 94.00"]);
}

#[test]
fn what_is_not_judged_in_a_period_is_not_missed() {
    let text = THREE.replace("points = 10", "points = 10\nperiods = [\"m3\"]");
    let figures = figures("A output m1 100\nA safety m1 100\nA output m3 100\nA safety m3 100");
    let field = Field::of("A");
    assert_eq!(field.in_period(&rules(&text), &figures, "m1"), ["1 A 90.00"]);
    assert_eq!(field.in_period(&rules(&text), &figures, "m3"), ["Missing A - projects@m3"]);
}

/// Whatever the order of the list, the same ranks.
#[test]
fn the_order_of_the_list_moves_nobody() {
    let all = outputs(&[("A", 71), ("B", 103), ("C", 103), ("D", 80), ("E", 55)]);
    let (rules, figures) = (rules(THREE), figures(&all));
    let ranks = |order: &str| {
        let mut lines = Field::of(order).in_period(&rules, &figures, "m1");
        lines.sort();
        lines
    };
    let first = ranks("A B C D E");
    for order in ["E D C B A", "C A E B D", "B C A D E"] {
        assert_eq!(ranks(order), first, "{order}");
    }
    assert_eq!(first, ["1 B 101.80", "1 C 101.80", "3 D 88.00", "4 A 82.60", "5 E 73.00"]);
}
