//! From marks to a total, worked out by hand: what is missing, absent or not applicable, deductions, pieces, attempts.

use crate::support::{contest, definition, table};

/// Theory (imported, of 120 scaled to 100) and practice (three judges' mean and a deduction).
const TWO_STAGES: &str = r#"
[[stage]]
id = "theory"
weight = "0.3"
absent = "zero"
[[stage.aspect]]
id = "paper"
kind = "imported"
max = 100
from-max = 120
[[stage]]
id = "practice"
weight = "0.7"
[[stage.panel]]
id = "look"
judges = 2
[[stage.aspect]]
id = "face"
max = 40
[[stage.aspect]]
id = "safety"
kind = "deduction"
max = 10
[[stage.violation]]
id = "untidy"
points = -4
[[stage.violation]]
id = "unsafe"
effect = "zero-stage"
[[stage.violation]]
id = "late"
points = -5
from = "total"
[[stage.violation]]
id = "cheating"
effect = "disqualify"
[ranking]
ties = ["shared"]
"#;

#[test]
fn weights_after_rescaling() {
    // Theory 90 / 120 × 100 = 75. Practice 35 + 10 = 45 of 50: 90. 0.3 × 75 + 0.7 × 90 = 85.5
    let whole = "A theory paper 90
                 A practice face J1 34
                 A practice face J2 36";
    let rules = definition(TWO_STAGES);
    let with = |more: &str| table(&contest(&rules, "", &format!("{whole}\n{more}")));
    assert_eq!(with(""), "1 A 85.50");
    // Two times −4 leave 2 of the allotment: 37 of 50 is 74; a third time finds only 2: 35 of 50 is 70.
    assert_eq!(with("A practice untidy 2"), "1 A 74.30");
    assert_eq!(with("A practice untidy 3"), "1 A 71.50");
    assert_eq!(with("A practice untidy 9"), "1 A 71.50");
    // Recorded as none: nothing.
    assert_eq!(with("A practice untidy 0"), "1 A 85.50");
    assert_eq!(with("A practice unsafe 1"), "1 A 22.50");
    assert_eq!(with("A practice late 2"), "1 A 75.50");
    assert_eq!(with("A practice cheating 1"), r#"– A Disqualified { violation: "cheating" }"#);
}

#[test]
fn missing_absent_and_zero_are_three_things() {
    let rules = definition(TWO_STAGES);
    let marks = "A theory paper 0
                 A practice face J1 0
                 A practice face J2 0
                 B theory paper 60
                 B practice face J1 40
                 C theory paper absent
                 C practice face J1 40
                 C practice face J2 40
                 D theory paper 120
                 D practice face J1 absent
                 E theory paper 120";
    // A: practice 10 of 50 is 20, 0.7 × 20. C: theory counts 0, practice is full.
    assert_eq!(table(&contest(&rules, "", marks)), "1 C 70.00, 2 A 14.00, – B Incomplete, – E Incomplete, – D Absent");
}

#[test]
fn what_is_not_applicable_is_scaled_up() {
    let rules = definition(
        r#"
[[stage]]
id = "check"
max = 100
[[stage.aspect]]
id = "order"
kind = "measurement"
max = 60
[[stage.aspect]]
id = "cranes"
kind = "measurement"
max = 40
[ranking]
ties = ["shared"]
"#,
    );
    let marks = "A check order 45
                 A check cranes n/a
                 B check order 45
                 B check cranes 20
                 C check order 45";
    // 45 ÷ 60 × 100; a missing figure is neither zero nor scaled.
    assert_eq!(table(&contest(&rules, "", marks)), "1 A 75.00, 2 B 65.00, – C Incomplete");
}

#[test]
fn a_judge_who_does_not_mark_here_is_not_waited_for() {
    let rules = definition(
        r#"
[[stage]]
id = "dance"
[[stage.panel]]
id = "jury"
judges = 4
drop-high = 1
drop-low = 1
[[stage.aspect]]
id = "show"
max = 10
[ranking]
ties = ["shared"]
"#,
    );
    let marks = "A dance show J1 7
                 A dance show J2 n/a
                 A dance show J3 9
                 A dance show J4 10
                 B dance show J1 7
                 B dance show J3 9
                 B dance show J4 10";
    assert_eq!(table(&contest(&rules, "", marks)), "1 A 9.00, – B Incomplete");
}

#[test]
fn pieces_with_factors_floors_and_faults() {
    let rules = definition(
        r#"
[[stage]]
id = "practice"
[[stage.piece]]
id = "one"
factor = "0.125"
[[stage.piece]]
id = "two"
factor = "0.875"
[[stage.aspect]]
id = "size"
kind = "measurement"
max = 100
[[stage.violation]]
id = "scratch"
points = -30
from = "piece"
[[stage.violation]]
id = "swapped"
effect = "zero-piece"
[ranking]
ties = ["shared"]
"#,
    );
    let of = |marks: &str| table(&contest(&rules, "", marks));
    // 83 × 0.125 = 10.375 → 10.38 and 51 × 0.875 = 44.625 → 44.63: rounded piece by piece, as printed.
    assert_eq!(of("A practice/one size 83\nA practice/two size 51"), "1 A 55.01");
    // 20 − 30 is held at 0.
    assert_eq!(of("A practice/one size 20\nA practice/two size 80\nA practice/one scratch 1"), "1 A 70.00");
    // A piece that scores zero needs no marks.
    assert_eq!(of("A practice/one size 80\nA practice/two swapped 1"), "1 A 10.00");
    assert_eq!(of("A practice/one size 80"), "– A Incomplete");
}

#[test]
fn attempts() {
    let rules = |take: &str| {
        definition(&format!(
            r#"
[[stage]]
id = "jump"
attempts = {{ count = 3, {take} }}
[[stage.aspect]]
id = "length"
kind = "measurement"
[ranking]
ties = ["attempts:jump", "shared"]
"#
        ))
    };
    let marks = "A jump#1 length 5
                 A jump#2 length 7
                 A jump#3 length 6
                 B jump#1 length 7
                 B jump#2 length 4
                 B jump#3 length 6.5
                 C jump#1 length 7.5";
    let of = |take: &str| table(&contest(&rules(take), "", marks));
    // A and B share 7; the next best, 6.5 against 6, is B's. C's one attempt counts.
    assert_eq!(of(r#"take = "best""#), "1 C 7.50, 2 B 7.00 (Chain(0)), 3 A 7.00 (Chain(0))");
    assert_eq!(of(r#"take = "best-of", best = 2"#), "1 B 13.50, 2 A 13.00, – C Incomplete");
    assert_eq!(of(r#"take = "sum""#), "1 A 18.00, 2 B 17.50, – C Incomplete");
    assert_eq!(of(r#"take = "mean""#), "1 A 6.00, 2 B 5.83, – C Incomplete");
    assert_eq!(of(r#"take = "last""#), "1 C 7.50, 2 B 6.50, 3 A 6.00");
}

#[test]
fn formulas_name_values_panels_aspects_and_columns() {
    // Diving (World Aquatics): two highest and two lowest of seven go, the sum of the rest times the difficulty.
    let rules = definition(
        r#"
[entrants]
values = [{ id = "start-value" }]
[[stage]]
id = "dive"
formula = "dive_points + start_value"
[[stage.panel]]
id = "judges"
judges = 7
aggregate = "sum"
drop-high = 2
drop-low = 2
marks = ["execution"]
[[stage.aspect]]
id = "difficulty"
kind = "value"
[[stage.aspect]]
id = "execution"
max = 10
step = "0.5"
factor = "difficulty"
[[stage.aspect]]
id = "dive-points"
kind = "measurement"
values = [{ id = "height" }]
formula = "if height > 0 { execution / height } else { execution }"
[ranking]
ties = ["shared"]
"#,
    );
    let marks = |height: &str, difficulty: &str| {
        let scores = ["7.0", "8.5", "7.5", "8.0", "7.5", "8.0", "7.0"];
        let judged = scores.iter().zip(1..).map(|(mark, at)| format!("A dive execution J{at} {mark}\n"));
        format!("{}A dive difficulty {difficulty}\nA dive dive-points.height {height}", judged.collect::<String>())
    };
    let entrants = "entrant,name,start-value\nA,甲,1.5\n";
    // 7.5 + 7.5 + 8.0 = 23; 23 × 3.2 = 73.6.
    assert_eq!(table(&contest(&rules, entrants, &marks("0", "3.2"))), "1 A 75.10");
    assert_eq!(table(&contest(&rules, entrants, &marks("2", "3.2"))), "1 A 38.30");
    // Without the column there is no score, and no zero.
    assert_eq!(table(&contest(&rules, "entrant,name\nA,甲\n", &marks("0", "3.2"))), "– A Incomplete");
    let rules = definition(
        r#"
[[stage]]
id = "s"
[[stage.aspect]]
id = "ratio"
kind = "measurement"
values = [{ id = "done" }, { id = "planned" }]
formula = "done / planned * 100"
[ranking]
ties = ["shared"]
"#,
    );
    let marks = "A s ratio.done 1\nA s ratio.planned 3\nB s ratio.done 1\nB s ratio.planned 0";
    assert_eq!(table(&contest(&rules, "", marks)), "1 A 33.33, – B Failed");
}

#[test]
fn rank_order_needs_all_and_is_settled_with_all() {
    let rules = definition(
        r#"
[[stage]]
id = "race"
[[stage.aspect]]
id = "lap"
kind = "time"
rank-order = { points = [10, 6, 3, 1] }
limit-s = 100
[ranking]
ties = ["shared"]
"#,
    );
    let marks = "A race lap 62.5
                 B race lap 60.1
                 C race lap 62.5
                 D race lap 90
                 E race lap 100.5";
    // A and C share the second place, D is fourth; E is over the time.
    assert_eq!(
        table(&contest(&rules, "", marks)),
        "1 B 10.00, 2 A 6.00 (Shared), 2 C 6.00 (Shared), 4 D 1.00, 5 E 0.00"
    );
}

#[test]
fn harsh_and_lenient_panels_are_evened_out() {
    let rules = definition(
        r#"
[[stage]]
id = "s"
standardise = { method = "median-mad", by = "station" }
[[stage.aspect]]
id = "points"
kind = "measurement"
[ranking]
ties = ["shared"]
"#,
    );
    let entrants = "entrant,name,station\nA,,1\nB,,1\nC,,1\nD,,2\nE,,2\nF,,2\n";
    let marks = "A s points 50
                 B s points 60
                 C s points 80
                 D s points 80
                 E s points 80
                 F s points 80";
    // Station 1: median 60, distances 10 0 20, MAD 10: 700 + 30 × 20 / 14.826 = 740.469…, 700, 700 − 30 × 10 / 14.826 = 679.765…
    // Station 2: MAD 0 gives everybody 700.
    assert_eq!(
        table(&contest(&rules, entrants, marks)),
        "1 C 740.47, 2 B 700.00 (Shared), 2 D 700.00 (Shared), 2 E 700.00 (Shared), 2 F 700.00 (Shared), 6 A 679.77"
    );
}
