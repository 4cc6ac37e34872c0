//! The seven rules of multiple choice. Four points; options A to E, of which A, B, C are right: P = 4, K = 3, W = 2.

use super::*;

const RULES: [ChoiceRule; 7] = [
    ChoiceRule::Exact,
    ChoiceRule::SubsetFixed { share: Decimal::from_parts(5, 0, 0, false, 1) },
    ChoiceRule::SubsetProportional,
    ChoiceRule::PerOption { points: Decimal::ONE },
    ChoiceRule::RightMinusWrong,
    ChoiceRule::PerOptionPenalty,
    ChoiceRule::EveryOption,
];

/// Points by each rule in the order above, to two digits.
///
/// 1 exact · 2 half of 4 · 3 4·c/3 · 4 one each · 5 4(c−w)/3 · 6 4(c−w)/5 · 7 4(c+2−w)/5
const CASES: &[(&[usize], [&str; 7])] = &[
    // Blank: nothing by every rule; by 7 it would else be 4·2/5 = 1.6.
    (&[], ["0", "0", "0", "0", "0", "0", "0"]),
    // c=1: 4/3, 1, 4/3, 4/5, 4·3/5 = 2.4
    (&[0], ["0", "2", "1.33", "1", "1.33", "0.8", "2.4"]),
    // c=2: 8/3, 2, 8/3, 8/5, 4·4/5 = 3.2
    (&[0, 2], ["0", "2", "2.67", "2", "2.67", "1.6", "3.2"]),
    // All right: 6 gives 12/5 by its letter.
    (&[0, 1, 2], ["4", "4", "4", "4", "4", "2.4", "4"]),
    // Over-ticked, c=3 w=1: 4·2/3, 4·2/5, 4·4/5
    (&[0, 1, 2, 3], ["0", "0", "0", "0", "2.67", "1.6", "3.2"]),
    // All ticked, c=3 w=2: 4·1/3, 4·1/5, 4·3/5
    (&[0, 1, 2, 3, 4], ["0", "0", "0", "0", "1.33", "0.8", "2.4"]),
    // c=1 w=1: 0, 0, 4·2/5
    (&[0, 3], ["0", "0", "0", "0", "0", "0", "1.6"]),
    // c=2 w=1: 4/3, 4/5, 4·3/5
    (&[0, 1, 4], ["0", "0", "0", "0", "1.33", "0.8", "2.4"]),
    // c=0 w=1: below nothing is nothing; 4·1/5
    (&[3], ["0", "0", "0", "0", "0", "0", "0.8"]),
    // c=0 w=2: 4·0/5
    (&[3, 4], ["0", "0", "0", "0", "0", "0", "0"]),
];

fn body() -> Body {
    Body::Multiple { options: texts(&["甲", "乙", "丙", "丁", "戊"]), right: vec![0, 1, 2] }
}

#[test]
fn each_rule_gives_what_its_formula_says() {
    for (ticks, expected) in CASES {
        for (rule, expected) in RULES.into_iter().zip(expected) {
            let answer = Answer::Multiple(ticks.iter().copied().collect());
            let worth = Worth { choice: rule, step: Some(number("0.01")), ..worth("4") };
            let marked = marked(body(), &answer, &worth);
            assert_eq!(marked.points, number(expected), "{rule:?} {ticks:?}");
            assert_eq!(marked.right, *ticks == [0, 1, 2], "{rule:?} {ticks:?}");
            assert_eq!(marked.blank, ticks.is_empty(), "{rule:?} {ticks:?}");
        }
    }
}

/// Half of 3 is 1.5; in whole points 2 half-up, 1 down, 2 up; half of 2.5 is 1.25, in halves 1.5, 1, 1.5.
#[test]
fn a_share_is_rounded_once_to_the_step() {
    for (points, step, expected) in [("3", "1", ["2", "1", "2"]), ("2.5", "0.5", ["1.5", "1", "1.5"])] {
        for (mode, expected) in [StepMode::HalfUp, StepMode::Down, StepMode::Up].into_iter().zip(expected) {
            let choice = ChoiceRule::SubsetFixed { share: number("0.5") };
            let worth = Worth { choice, mode, step: Some(number(step)), ..worth(points) };
            let marked = marked(body(), &Answer::Multiple([0, 1].into()), &worth);
            assert_eq!(marked.points, number(expected), "{points} {step} {mode:?}");
        }
    }
}

/// 4/3 in steps of 0.5 is 2.67 steps: 3 half-up.
#[test]
fn a_third_is_not_rounded_twice() {
    let worth = Worth { choice: ChoiceRule::SubsetProportional, step: Some(number("0.5")), ..worth("4") };
    assert_eq!(marked(body(), &Answer::Multiple([1].into()), &worth).points, number("1.5"));
}

#[test]
fn more_than_the_item_is_worth_is_not_given() {
    let worth = Worth { choice: ChoiceRule::PerOption { points: number("3") }, ..worth("4") };
    assert_eq!(marked(body(), &Answer::Multiple([0, 1].into()), &worth).points, number("4"));
}

/// Shown as 戊 丙 甲 丁 乙: the right ones stand at 1, 2 and 4.
#[test]
fn places_are_those_of_the_face() {
    let marked = mark(&item(body()), &[4, 2, 0, 3, 1], Some(&Answer::Multiple([1, 2, 4].into())), &worth("4")).unwrap();
    assert!(marked.right);
}
