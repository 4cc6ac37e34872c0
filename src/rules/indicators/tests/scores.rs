//! One figure, one score: a table of cases for each way.

use std::collections::BTreeMap;

use super::{Lack, actual, dec, rules};
use crate::rules::indicators::{Against, points};

/// Each case is `figure target points`; a target of `-` is none, points of `n/a` are none because it does not apply.
fn check(section: &str, cases: &[&str]) {
    check_with(section, &[], cases);
}

fn check_with(section: &str, values: &[(&str, &str)], cases: &[&str]) {
    let rules = rules(&format!("[[indicator]]\nid = \"one\"\nowner = \"生产部\"\n{section}\n"));
    let values: BTreeMap<_, _> = values.iter().map(|(id, value)| ((*id).into(), dec(value))).collect();
    for case in cases {
        let parts: Vec<&str> = case.split_whitespace().collect();
        let target = (parts[1] != "-").then(|| dec(parts[1]));
        let against = Against { target, values: &values, extremes: None };
        let given = points(&rules.indicators[0], &actual(parts[0]), against, rules.points_rounding);
        let said = match given {
            Ok(Some(given)) => given.points.to_string(),
            Ok(None) => "n/a".to_owned(),
            Err(lack) => format!("{lack:?}").replace(' ', ""),
        };
        assert_eq!(said, parts[2], "{section}: {case}");
    }
}

#[test]
fn linear_with_a_cap() {
    check(
        "points = 20\nlinear = {}",
        &[
            "100 100 20.00",
            // 20 × 1.15.
            "115 100 23.00",
            "120 100 24.00",
            "130 100 24.00",
            "50 100 10.00",
            "0 100 0.00",
            "-10 100 0.00",
            // 20 / 3 = 6.666…
            "1 3 6.67",
            // A loss of 100 was planned: 1 + 20/100; 1 − 50/100; 1 + 130/100, capped.
            "-80 -100 24.00",
            "-150 -100 10.00",
            "30 -100 24.00",
            // Nothing was planned.
            "0 0 20.00",
            "5 0 20.00",
            "-1 0 0.00",
            "n/a 100 n/a",
            "n/a - n/a",
            "100 - Target",
            "a=1 100 Figure",
        ],
    );
    check(
        "points = 20\ntarget = 50\nlinear = { least-percent = 60, cap-percent = 110 }",
        &[
            "50 - 20.00",
            "54 - 21.60",
            "60 - 22.00",
            "30 - 12.00",
            "10 - 12.00",
            // A document set another target.
            "60 60 20.00",
            "-1 0 12.00",
        ],
    );
}

/// 0.015 × 1/3 is 0.005, which is rounded up; 0.3333 × 0.015 would not be.
#[test]
fn what_is_exact_stays_exact() {
    check("points = \"0.015\"\nlinear = {}", &["1 3 0.01"]);
}

#[test]
fn less_is_better() {
    check(
        "points = 10\ndirection = \"less\"\nlinear = {}",
        &[
            "5 5 10.00",
            // 2 − 4/5.
            "4 5 12.00",
            "10 5 0.00",
            "7 5 6.00",
            "12 5 0.00",
            // 200 %, capped.
            "0 5 12.00",
            "-3 5 12.00",
            "0 0 10.00",
            "-1 0 10.00",
            "1 0 0.00",
            // 1 + 2/10; 1 − 5/10.
            "-12 -10 12.00",
            "-5 -10 5.00",
        ],
    );
    check(
        "points = 10\ndirection = \"less\"\nless-by = \"quotient\"\nlinear = {}",
        &[
            "5 5 10.00",
            // 5/4 is above the cap.
            "4 5 12.00",
            // 9/8.
            "8 9 11.25",
            "10 5 5.00",
            "0 5 12.00",
            "-1 5 12.00",
            "0 0 10.00",
            "1 0 0.00",
        ],
    );
}

#[test]
fn bands_of_percentages_and_of_figures() {
    let rows = "[{ from = 90, points = 5 }, { from = 100, points = 10 }]";
    check(
        &format!("points = 10\nbands = {{ rows = {rows} }}"),
        // 89.995 %; 90 %.
        &[
            "179.99 200 0.00",
            "180 200 5.00",
            "199.99 200 5.00",
            "200 200 10.00",
            "900 200 10.00",
            "0 0 10.00",
            "-1 0 0.00",
        ],
    );
    check(
        &format!("points = 10\ndirection = \"less\"\nless-by = \"quotient\"\nbands = {{ rows = {rows} }}"),
        // Nothing used at all; 10/11 = 90.9 %; 10/12 = 83.3 %.
        &["0 10 10.00", "11 10 5.00", "12 10 0.00"],
    );
    check(
        "points = 10\nbands = { of = \"value\", rows = [{ from = 0, points = 10 }, { from = 1, points = 5 }, \
         { from = 3, points = -2 }] }",
        &["0 - 10.00", "0.5 - 10.00", "1 - 5.00", "2 - 5.00", "3 - -2.00", "-1 - 0.00"],
    );
}

#[test]
fn the_efficacy_coefficient() {
    check(
        "points = 20\nefficacy = { passing = 60, excellent = 95 }",
        &[
            "60 - 12.00",
            "95 - 20.00",
            // 60 + 40 × 20/35 = 82.857…; of 20.
            "80 - 16.57",
            // 60 − 40 × 10/35 = 48.571…
            "50 - 9.71",
            // 60 + 40 × (−60)/35 = −8.57: never below 0.
            "0 - 0.00",
            "99 - 20.00",
        ],
    );
    check(
        "points = 10\ndirection = \"less\"\nefficacy = { passing = 10, excellent = 5, least-percent = 40, cap-percent = 110 }",
        &[
            "10 - 6.00",
            "5 - 10.00",
            "7.5 - 8.00",
            // 60 + 40 × (−6)/(−5) = 108.
            "4 - 10.80",
            "0 - 11.00",
            // 60 + 40 × 2/(−5) = 44; 60 − 40 = 20, at least 40.
            "12 - 4.40",
            "15 - 4.00",
        ],
    );
}

/// Per +1 % over the target +0.1 up to 100,000 yuan, +0.2 to 1 million, +0.5 to 10 million, +1 above.
const ROWS: &str = "rows = [{ up-to = 100000, each-percent = \"0.1\" }, { up-to = 1000000, each-percent = \"0.2\" }, \
                    { up-to = 10000000, each-percent = \"0.5\" }, { each-percent = 1 }]";

#[test]
fn the_size_banded_slope() {
    check(
        &format!("points = 20\nslope = {{ {ROWS} }}"),
        &[
            // 5 % over, each time.
            "105000 100000 20.50",
            "210000 200000 21.00",
            "1050000 1000000 21.00",
            "2100000 2000000 22.50",
            "21000000 20000000 25.00",
            "200000 200000 20.00",
            // 75 %.
            "150000 200000 15.00",
            "-1 200000 0.00",
            // Nothing was planned: half of the points, however much it was.
            "500 0 30.00",
            "5000000 0 30.00",
            "0 0 20.00",
            "-1 0 0.00",
            "100 - Target",
            // 1.9 % at 0.1.
            "1019 1000 20.19",
            // A planned loss of 1,000, half of it lost: 150 %, 50 × 0.1.
            "-500 -1000 25.00",
            "-2500 -1000 0.00",
        ],
    );
}

#[test]
fn slopes_of_other_customs() {
    check(
        &format!("points = 20\nslope = {{ {ROWS}, whole-percents = true, short = \"slope\", bonus-percent = 50 }}"),
        &[
            "1019 1000 20.10",
            "1009 1000 20.00",
            // 5 % short at 0.1; 5.9 % short are 5.
            "950 1000 19.50",
            "941 1000 19.50",
            // 100 % short at 1 would be −80.
            "0 20000000 0.00",
            // 400 % at 0.1 are 40, of which 10 count.
            "5000 1000 30.00",
            // 9 % at 0.1 count whole.
            "1090 1000 20.90",
            "7 0 30.00",
        ],
    );
    let by_volume = format!("points = 20\nslope = {{ {ROWS}, size = \"volume\", zero-target-percent = 25 }}");
    // 10 % at 0.5; with target 0 a quarter.
    check_with(&by_volume, &[("volume", "5000000")], &["110 100 25.00", "3 0 25.00"]);
    check(&by_volume, &["110 100 Size(\"volume\")"]);
    // Less is better: 10 % under the target.
    check(
        "points = 20\ndirection = \"less\"\nslope = { rows = [{ each-percent = \"0.3\" }] }",
        &["90 100 23.00", "100 100 20.00", "110 100 18.00"],
    );
}

#[test]
fn points_per_event() {
    let kinds = "[[indicator.events.kind]]\nid = \"reported\"\npoints = 1\n[[indicator.events.kind]]\nid = \"verified\"\n\
                 points = 5\n[[indicator.events.kind]]\nid = \"false\"\npoints = -3\n";
    check(
        &format!("points = 10\n[indicator.events]\n{kinds}"),
        &[
            // 4 + 5 − 6.
            "reported=4,verified=1,false=2 - 3.00",
            "reported=0,verified=0,false=0 - 0.00",
            // −9; 20.
            "reported=0,verified=0,false=3 - 0.00",
            "reported=0,verified=4,false=0 - 10.00",
            // What was not counted is not 0.
            "reported=4,verified=1 - Counts([\"false\"])",
            "none - Counts([\"reported\",\"verified\",\"false\"])",
            "7 - Counts([\"reported\",\"verified\",\"false\"])",
            "n/a - n/a",
        ],
    );
    check(
        &format!("points = 10\n[indicator.events]\nstarts-at = 2\nleast = \"none\"\nmost = \"none\"\n{kinds}"),
        &["reported=1,verified=0,false=3 - -6.00", "reported=0,verified=4,false=0 - 22.00"],
    );
}

#[test]
fn ranges_milestones_and_sheets() {
    check(
        "points = 5\ninside = { low = 95, high = 105, each = 1, loses = \"0.5\" }",
        &["100 - 5.00", "95 - 5.00", "105 - 5.00", "93 - 4.00", "105.5 - 4.75", "300 - 0.00", "-5 - 0.00"],
    );
    check("points = 3\nmet = { otherwise = 1 }", &["10 10 3.00", "9.99 10 1.00", "0 0 3.00", "10 - Target"]);
    check("points = 3\ndirection = \"less\"\nmet = {}", &["10 10 3.00", "10.01 10 0.00"]);
    check("points = 2\nsheet = { full = 50 }", &["40 - 1.60", "50 - 2.00", "60 - 2.00", "-5 - 0.00"]);
}

#[test]
fn too_many_digits_are_no_score() {
    // The product has 30 digits before it is divided.
    check("points = 999999999999999\nsheet = { full = 999999999999999 }", &["999999999999999 - Overflow"]);
    assert_eq!(Lack::from(crate::rules::decimal::Overflow), Lack::Overflow);
}
