use super::*;
use crate::rules::definition::model::{Extremes, Rounding, RoundingMode, SpreadBand, TrimRow};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn panel(judges: u32, aggregate: Aggregate, high: u32, low: u32) -> Panel {
    Panel {
        id: "p".into(),
        title: String::new(),
        judges,
        marks: vec![],
        aggregate,
        trim: Trim::Fixed { high, low },
        extremes: Extremes::Aspect,
        mark_rounding: None,
        measured_rounding: None,
        rounding: Some(Rounding { digits: 2, mode: RoundingMode::HalfUp }),
        spread: None,
        missing: MissingJudge::Wait,
        remain: 1,
    }
}

fn given(marks: &str) -> Vec<Given> {
    marks.split_whitespace().zip(1..).map(|(mark, seat)| Given { seat, value: dec(mark) }).collect()
}

fn number(panel: &Panel, marks: &str) -> Result<String, NoNumber> {
    judge(panel, &Aspect::default(), &given(marks)).map(|verdict| verdict.number.to_string())
}

#[test]
fn ski_jumping_sums_the_middle_three_of_five() {
    // FIS International Competition Rules: highest and lowest of five style marks are dropped, the rest added.
    let mut style = panel(5, Aggregate::Sum, 1, 1);
    style.rounding = Some(Rounding { digits: 1, mode: RoundingMode::HalfUp });
    assert_eq!(number(&style, "18.0 18.5 17.5 18.5 19.0"), Ok("55.0".into()));
    assert_eq!(number(&style, "18 18 18 18 18"), Ok("54.0".into()));
}

#[test]
fn skating_components_average_the_middle_seven_of_nine() {
    // ISU Special Regulations: 8.25+8+7.75+7.5+8+8+8.5+8+8.25, without 7.5 and 8.5: 56.25 / 7 = 8.0357…
    assert_eq!(number(&panel(9, Aggregate::Mean, 1, 1), "8.25 8.0 7.75 7.5 8.0 8.0 8.5 8.0 8.25"), Ok("8.04".into()));
}

#[test]
fn diving_sums_the_middle_three_of_seven() {
    // World Aquatics: two highest and two lowest of seven go; 7.5 + 7.5 + 8.0 = 23.
    let dive = panel(7, Aggregate::Sum, 2, 2);
    let verdict = judge(&dive, &Aspect::default(), &given("7.0 8.5 7.5 8.0 7.5 8.0 7.0")).unwrap();
    assert_eq!(verdict.number, dec("23"));
    assert_eq!(verdict.marks.iter().filter(|mark| mark.fate == Fate::DroppedHigh).count(), 2);
    assert_eq!(verdict.marks.iter().filter(|mark| mark.fate == Fate::DroppedLow).count(), 2);
}

#[test]
fn aerobic_gymnastics_truncates() {
    // FIG Code of Points, aerobics: the mean of the counted marks, cut to three decimals.
    let mut artistry = panel(6, Aggregate::Mean, 2, 2);
    artistry.trim = Trim::BySize(vec![TrimRow { from: 4, high: 1, low: 1 }, TrimRow { from: 6, high: 2, low: 2 }]);
    artistry.rounding = Some(Rounding { digits: 3, mode: RoundingMode::Truncate });
    artistry.missing = MissingJudge::Smaller;
    // Six: 8.1 8.2 | 8.3 8.4 | 8.5 8.6 → 8.35. Four: 8.0 | 8.1 8.4 | 8.9 → 8.25.
    assert_eq!(number(&artistry, "8.6 8.1 8.4 8.3 8.2 8.5"), Ok("8.350".into()));
    assert_eq!(number(&artistry, "8.9 8.1 8.0 8.4"), Ok("8.250".into()));
    // Three marks, none dropped: 26 / 3 = 8.6666… is cut, not rounded.
    assert_eq!(number(&artistry, "8.6 8.7 8.7"), Ok("8.666".into()));
}

#[test]
fn aerobic_spread_bands_look_at_the_counted_marks() {
    let band = |from, max| SpreadBand { from: dec(from), max: dec(max) };
    let mut execution = panel(4, Aggregate::Mean, 1, 1);
    execution.spread = Some(Spread {
        measure: SpreadMeasure::Range,
        after_trimming: true,
        limit: SpreadLimit::Bands(vec![band("8", "0.3"), band("7", "0.4"), band("6", "0.5"), band("0", "0.6")]),
        action: SpreadAction::ChiefDecides,
    });
    for (marks, limit) in [
        ("9.0 8.2 8.5 7.0", None),          // 8.35: 0.3 apart
        ("9.0 8.2 8.6 7.0", Some("0.3")),   // 8.4: 0.4 apart
        ("9.0 7.2 7.6 7.0", None),          // 7.4: 0.4 apart
        ("9.0 7.2 7.7 7.0", Some("0.4")),   // 7.45: 0.5 apart
        ("9.0 6.2 6.7 6.0", None),          // 6.45: 0.5 apart
        ("9.0 6.2 6.8 6.0", Some("0.5")),   // 6.5: 0.6 apart
        ("9.0 5.0 5.6 4.0", None),          // 5.3: 0.6 apart
        ("9.0 5.0 5.7 4.0", Some("0.6")),   // 5.35: 0.7 apart
        ("9.0 7.85 8.14 7.0", None),        // 7.995 is 8.00 as rounded: 0.29 apart
        ("9.0 7.82 8.17 7.0", Some("0.3")), // 7.995 is 8.00 as rounded: 0.35 apart, and 7.99's 0.4 does not help
    ] {
        let found = judge(&execution, &Aspect::default(), &given(marks)).unwrap().spread.map(|found| found.limit);
        assert_eq!(found, limit.map(dec), "{marks}");
    }
}

#[test]
fn only_one_of_a_tied_extreme_is_dropped() {
    assert_eq!(number(&panel(5, Aggregate::Mean, 1, 1), "9 9 8 7 7"), Ok("8.00".into()));
    assert_eq!(number(&panel(3, Aggregate::Mean, 1, 1), "9 9 9"), Ok("9.00".into()));
}

#[test]
fn a_missing_judge() {
    let mut five = panel(5, Aggregate::Mean, 1, 1);
    assert_eq!(number(&five, "9 8 7 6"), Err(NoNumber::Missing { given: 4, judges: 5 }));
    five.missing = MissingJudge::Smaller;
    assert_eq!(number(&five, "9 8 6.5 6"), Ok("7.25".into()));
    // The mean 7.375 stands in: 9 8 7.375 6.5 6 → (8 + 7.375 + 6.5) / 3 = 7.2916…
    five.missing = MissingJudge::MeanStandsIn;
    assert_eq!(number(&five, "9 8 6.5 6"), Ok("7.29".into()));
    assert_eq!(number(&five, ""), Err(NoNumber::Missing { given: 0, judges: 5 }));
    five.missing = MissingJudge::Smaller;
    five.remain = 3;
    assert_eq!(number(&five, "9 8 7 6"), Err(NoNumber::TooFew { remain: 2, needed: 3 }));
    assert_eq!(number(&five, "9 8 7 6 5 4"), Err(NoNumber::TooMany { given: 6, judges: 5 }));
}

#[test]
fn nobody_waits_for_an_excused_judge() {
    let excused = Aspect { excused: 1, ..Aspect::default() };
    let verdict = judge(&panel(5, Aggregate::Mean, 1, 1), &excused, &given("9 8 7 6")).unwrap();
    assert_eq!(verdict.number, dec("7.5"));
}

#[test]
fn other_aggregates() {
    assert_eq!(number(&panel(4, Aggregate::Median, 0, 0), "9 1 4 6"), Ok("5.00".into()));
    assert_eq!(number(&panel(3, Aggregate::Minimum, 0, 0), "9 1 4"), Ok("1.00".into()));
    assert_eq!(number(&panel(3, Aggregate::Maximum, 0, 0), "9 1 4"), Ok("9.00".into()));
    // (2×9 + 1×6 + 1×4) / 4 = 7
    let weights = Aggregate::Weighted(vec![dec("2"), dec("1"), dec("1")]);
    assert_eq!(number(&panel(3, weights, 0, 0), "9 6 4"), Ok("7.00".into()));
    assert_eq!(number(&panel(2, Aggregate::Agree, 0, 0), "12.5 12.50"), Ok("12.50".into()));
    assert_eq!(number(&panel(2, Aggregate::Agree, 0, 0), "12.5 12.4"), Err(NoNumber::Disagree));
}

#[test]
fn described_bands_share_the_maximum() {
    // WorldSkills judgement: 2 × (3 + 2 + 2) / 9 = 1.5555…
    let aspect = Aspect { bands: Some(Banded { max: dec("2"), top: 3 }), ..Aspect::default() };
    let verdict = judge(&panel(3, Aggregate::Mean, 0, 0), &aspect, &given("3 2 2")).unwrap();
    assert_eq!(verdict.number, dec("1.56"));
}

#[test]
fn spreads() {
    let rule = |measure, limit, action| Some(Spread { measure, after_trimming: false, limit, action });
    let mut five = panel(5, Aggregate::Mean, 1, 1);
    five.spread = rule(SpreadMeasure::Range, SpreadLimit::Points(dec("2")), SpreadAction::ReMark);
    let find = |panel: &Panel, marks: &str| {
        judge(panel, &Aspect { max: Some(dec("30")), ..Aspect::default() }, &given(marks)).unwrap().spread
    };
    assert_eq!(find(&five, "20 21 22 20 21"), None);
    assert_eq!(find(&five, "20 21 22.5 20 21").map(|found| found.measured), Some(dec("2.5")));
    // Ten percent of 30 is 3; the median of 20 20 21 21 24 is 21, and 24 is exactly 3 away.
    five.spread = rule(SpreadMeasure::ToMedian, SpreadLimit::Percent(dec("10")), SpreadAction::Warn);
    assert_eq!(find(&five, "20 21 24 20 21"), None);
    assert_eq!(find(&five, "20 21 24.5 20 21").map(|found| found.measured), Some(dec("3.5")));
    // Too far apart: the mean of all five, 106.5 / 5, instead of (20 + 21 + 21) / 3.
    five.spread = rule(SpreadMeasure::Range, SpreadLimit::Points(dec("2")), SpreadAction::MeanOfAll);
    assert_eq!(number(&five, "20 21 24.5 20 21"), Ok("21.30".into()));
}

#[test]
fn the_chief_decides_in_place_of_the_panel() {
    let aspect = Aspect { resolved: Some(dec("22.5")), ..Aspect::default() };
    let verdict = judge(&panel(5, Aggregate::Mean, 1, 1), &aspect, &given("20 21 24.5 20")).unwrap();
    assert_eq!((verdict.number.to_string().as_str(), verdict.resolved), ("22.50", true));
}

#[test]
fn whole_sheets_can_be_extreme() {
    let five = panel(5, Aggregate::Mean, 1, 1);
    let sheets = extreme_sheets(&five, &given("80 85 90 82 90"));
    assert_eq!(sheets, ExtremeSheets { high: vec![5], low: vec![1] });
    let aspect = Aspect { extreme_sheets: Some(&sheets), ..Aspect::default() };
    // Seats 2, 3 and 4 count, whatever they gave here: (10 + 2 + 6) / 3.
    let verdict = judge(&five, &aspect, &given("5 10 2 6 5")).unwrap();
    assert_eq!(verdict.number, dec("6"));
}

#[test]
fn each_mark_is_rounded_first_where_the_definition_says() {
    let mut two = panel(2, Aggregate::Mean, 0, 0);
    two.mark_rounding = Some(Rounding { digits: 0, mode: RoundingMode::HalfUp });
    // 8.4 → 8 and 9.5 → 10: 9, not 8.95.
    assert_eq!(number(&two, "8.4 9.5"), Ok("9.00".into()));
}
