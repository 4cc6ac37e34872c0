//! A second implementation of the whole standing, in whole numbers and written without looking at the first, on
//! random small contests; and the order of rows.

use std::fmt::Write as _;

use leitai::rules::{
    definition::model::{Aggregate, Extremes, MissingJudge, Panel, Trim},
    panel::{self, Given},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{contest, definition, table};

/// A small contest: theory out of 100 counts 30 %, practice with judged aspects of 20 points 70 %.
#[derive(Clone, Debug)]
struct Small {
    judges: usize,
    high: usize,
    low: usize,
    aspects: usize,
    people: Vec<One>,
}

#[derive(Clone, Debug)]
struct One {
    /// Whole points; `None` when absent.
    theory: Option<u32>,
    /// In halves, by aspect and judge; `None` when not marked.
    halves: Vec<Vec<Option<u32>>>,
    faults: u32,
}

fn small() -> impl Strategy<Value = Small> {
    (3_usize..=7, 0_usize..=2, 0_usize..=2, 1_usize..=3)
        .prop_filter("something remains", |(judges, high, low, _)| high + low < *judges)
        .prop_flat_map(|(judges, high, low, aspects)| {
            // Few different marks, so that ties happen.
            let mark = prop_oneof![60 => (30_u32..=36).prop_map(Some), 1 => Just(None)];
            let halves = prop::collection::vec(prop::collection::vec(mark, judges), aspects);
            let theory = prop_oneof![20 => (78_u32..=82).prop_map(Some), 1 => Just(None)];
            let one = (theory, halves, prop_oneof![4 => Just(0_u32), 1 => 1_u32..=30]);
            let one = one.prop_map(|(theory, halves, faults)| One { theory, halves, faults });
            prop::collection::vec(one, 1..=8).prop_map(move |people| Small { judges, high, low, aspects, people })
        })
}

fn rules(small: &Small) -> String {
    let mut text = format!(
        r#"
[[stage]]
id = "theory"
weight = "0.3"
[[stage.aspect]]
id = "paper"
kind = "imported"
max = 100
[[stage]]
id = "practice"
weight = "0.7"
[[stage.panel]]
id = "look"
judges = {}
drop-high = {}
drop-low = {}
"#,
        small.judges, small.high, small.low
    );
    for aspect in 0..small.aspects {
        write!(text, "[[stage.aspect]]\nid = \"a{aspect}\"\nmax = 20\nstep = \"0.5\"\n").unwrap();
    }
    text + "[[stage.violation]]\nid = \"fault\"\npoints = \"-1.5\"\n[ranking]\nties = [\"practice\", \"shared\"]\n"
}

fn marks(small: &Small) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, one) in small.people.iter().enumerate() {
        let theory = one.theory.map_or("absent".to_owned(), |theory| theory.to_string());
        lines.push(format!("E{at} theory paper {theory}"));
        for (aspect, halves) in one.halves.iter().enumerate() {
            for (judge, half) in halves.iter().enumerate() {
                if let Some(half) = half {
                    lines.push(format!("E{at} practice a{aspect} J{judge} {}.{}", half / 2, half % 2 * 5));
                }
            }
        }
        lines.push(format!("E{at} practice fault {}", one.faults));
    }
    lines
}

/// `numerator / denominator`, halves up; nothing is negative here.
fn rounded(numerator: u64, denominator: u64) -> u64 {
    (2 * numerator + denominator) / (2 * denominator)
}

/// Practice in hundredths, or nothing when a mark is missing.
fn practice(small: &Small, one: &One) -> Option<u64> {
    let mut sum = 0;
    for halves in &one.halves {
        let mut halves: Vec<u64> = halves.iter().map(|half| half.map(u64::from)).collect::<Option<_>>()?;
        halves.sort_unstable();
        let kept = &halves[small.low..halves.len() - small.high];
        sum += rounded(kept.iter().sum::<u64>() * 50, kept.len() as u64);
    }
    let left = sum.saturating_sub(150 * u64::from(one.faults));
    Some(rounded(left * 100, 20 * small.aspects as u64))
}

/// The table as text, as [`table`] writes it.
fn naive(small: &Small) -> String {
    // Total and practice, or why there is none.
    type Score = Option<(u64, u64)>;
    let scored: Vec<(usize, Score, &str)> = (small.people.iter().enumerate())
        .map(|(at, one)| match (one.theory, practice(small, one)) {
            (None, _) => (at, None, "Absent"),
            (_, None) => (at, None, "Incomplete"),
            (Some(theory), Some(practice)) => {
                let total = rounded(3 * u64::from(theory) * 100 + 7 * practice, 10);
                (at, Some((total, practice)), "")
            }
        })
        .collect();
    let mut rows: Vec<(usize, usize, String)> = Vec::new();
    for (at, score, status) in &scored {
        let Some((total, own)) = score else {
            let last = if *status == "Incomplete" { 1000 } else { 2000 };
            rows.push((last, *at, format!("– E{at} {status}")));
            continue;
        };
        let others =
            scored.iter().filter(|(other, ..)| other != at).filter_map(|(other, score, _)| Some((*other, (*score)?)));
        let better = others.clone().filter(|(_, other)| *other > (*total, *own)).count();
        let same = others.clone().any(|(_, other)| other == (*total, *own));
        let same_total = others.clone().any(|(_, other)| other.0 == *total);
        let decided = match (same, same_total) {
            (true, _) => " (Shared)",
            (false, true) => " (Chain(0))",
            (false, false) => "",
        };
        rows.push((better, *at, format!("{} E{at} {}.{:02}{decided}", better + 1, total / 100, total % 100)));
    }
    rows.sort();
    rows.into_iter().map(|(_, _, row)| row).collect::<Vec<_>>().join(", ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_whole_standing_agrees_with_a_second_implementation(small in small()) {
        let rules = definition(&rules(&small));
        prop_assert_eq!(table(&contest(&rules, "", &marks(&small).join("\n"))), naive(&small));
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(small in small(), seed in any::<u64>()) {
        let rules = definition(&rules(&small));
        let mut lines = marks(&small);
        let ordered = table(&contest(&rules, "", &lines.join("\n")));
        let len = lines.len();
        let mut state = seed;
        for at in (1..len).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let other = usize::try_from(state >> 33).unwrap() % (at + 1);
            lines.swap(at, other);
        }
        prop_assert_eq!(table(&contest(&rules, "", &lines.join("\n"))), ordered);
    }

    #[test]
    fn trimming_is_sorting_and_cutting(
        marks in prop::collection::vec(0_i64..=40, 1..=12),
        high in 0_usize..=3,
        low in 0_usize..=3,
    ) {
        let panel = Panel {
            id: "p".into(),
            title: String::new(),
            judges: 12,
            marks: vec![],
            aggregate: Aggregate::Sum,
            trim: Trim::Fixed { high: high.try_into().unwrap(), low: low.try_into().unwrap() },
            extremes: Extremes::Aspect,
            mark_rounding: None,
            measured_rounding: None,
            rounding: None,
            spread: None,
            missing: MissingJudge::Smaller,
            remain: 1,
        };
        let given: Vec<Given> = marks.iter().zip(1..).map(|(mark, seat)| Given { seat, value: Decimal::from(*mark) }).collect();
        let number = panel::judge(&panel, &panel::Aspect::default(), &given).ok().map(|verdict| verdict.number);
        let mut sorted = marks.clone();
        sorted.sort_unstable();
        let kept = (low + high < sorted.len()).then(|| sorted[low..sorted.len() - high].iter().sum::<i64>());
        prop_assert_eq!(number, kept.map(Decimal::from));
    }
}
