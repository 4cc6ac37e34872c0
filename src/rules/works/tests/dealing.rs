//! Dealing: exactly so many judges, never of the own unit, and as even as can be.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::rules::{
    draw::{Chance, Seed},
    ledger::works::Dealt,
};

fn chance(label: &str) -> Chance {
    Chance::new(&Seed::new(std::array::from_fn(|at| u8::try_from(at).unwrap())), label)
}

fn work(at: usize, unit: usize) -> Undealt {
    let unit = Some(format!("集团/{unit}").as_str().into());
    Undealt { work: WorkId::new(format!("w{at}")), unit, code: None, keeps: Vec::new() }
}

fn judge(at: usize, unit: Option<usize>) -> Judge {
    let unit = unit.map(|unit| format!("集团/{unit}").as_str().into());
    Judge { person: PersonId::new(format!("J{at}")), unit, load: 0 }
}

fn loads(dealt: &[Dealt], judges: &[Judge]) -> Vec<usize> {
    let mut loads: BTreeMap<&PersonId, usize> = judges.iter().map(|judge| (&judge.person, judge.load)).collect();
    for person in dealt.iter().flat_map(|dealt| &dealt.judges) {
        *loads.get_mut(person).unwrap() += 1;
    }
    loads.into_values().collect()
}

/// J0 may take only unit 1's works; J1 and J2 are free. Four works of unit 0, two of unit 1, one judge each: two each.
#[test]
fn whoever_may_take_little_takes_it() {
    let works: Vec<Undealt> = (0..6).map(|at| work(at, usize::from(at >= 4))).collect();
    let judges = [judge(0, Some(0)), judge(1, None), judge(2, None)];
    for label in ["a", "b", "c", "d", "e"] {
        let dealt = deal(&mut chance(label), &works, &judges, 1, 0).unwrap();
        assert_eq!(loads(&dealt, &judges), [2, 2, 2], "{label}");
        let mut codes: Vec<u32> = dealt.iter().map(|dealt| dealt.code).collect();
        codes.sort_unstable();
        assert_eq!(codes, [1, 2, 3, 4, 5, 6]);
    }
}

#[test]
fn who_has_more_gets_less() {
    let works: Vec<Undealt> = (0..4).map(|at| work(at, 9)).collect();
    let judges = [Judge { load: 3, ..judge(0, None) }, judge(1, None), judge(2, None)];
    let dealt = deal(&mut chance("x"), &works, &judges, 1, 7).unwrap();
    // 3 stand already, 4 come: 3, 2, 2.
    assert_eq!(loads(&dealt, &judges), [3, 2, 2]);
    assert_eq!(dealt.iter().map(|dealt| dealt.code).min(), Some(8), "codes go on");
}

/// J1 keeps it and J0 is of its unit: the second seat is J2's, under the code that it had; the new one gets the next.
#[test]
fn a_lacking_seat_goes_to_somebody_else() {
    let before = Undealt { code: Some(3), keeps: vec!["J1".into()], ..work(0, 0) };
    let judges = [judge(0, Some(0)), judge(1, None), judge(2, None)];
    let dealt = deal(&mut chance("x"), &[before.clone(), work(1, 9)], &judges, 2, 3).unwrap();
    let of = |id: &str| dealt.iter().find(|dealt| dealt.work.as_str() == id).unwrap();
    assert_eq!((of("w0").code, &of("w0").judges), (3, &vec!["J1".into(), "J2".into()]));
    assert_eq!((of("w1").code, of("w1").judges.len()), (4, 2));
    assert_eq!(deal(&mut chance("x"), &[before], &judges, 3, 3), Err(TooFew { works: 1, most: 2 }));
}

#[test]
fn without_enough_judges_of_other_units_nothing_is_dealt() {
    let works = [work(0, 0), work(1, 1)];
    let judges = [judge(0, Some(0)), judge(1, Some(0)), judge(2, None)];
    assert_eq!(deal(&mut chance("x"), &works, &judges, 2, 0), Err(TooFew { works: 1, most: 1 }));
    // A judge of the company above is of the unit too.
    let above = Judge { unit: Some("集团".into()), ..judge(0, None) };
    assert_eq!(deal(&mut chance("x"), &works, &[above], 1, 0), Err(TooFew { works: 2, most: 0 }));
}

/// Whether every work can have `each` judges with nobody above `most`: works one by one, chains of who gives way to
/// whom (a second algorithm, by places in place of loads).
fn possible(works: &[Undealt], judges: &[Judge], each: usize, most: usize) -> bool {
    fn place(work: usize, fit: &[Vec<usize>], held: &mut Vec<Vec<usize>>, most: usize, seen: &mut Vec<bool>) -> bool {
        for judge in fit[work].clone() {
            if seen[judge] || held[judge].contains(&work) {
                continue;
            }
            seen[judge] = true;
            if held[judge].len() < most {
                held[judge].push(work);
                return true;
            }
            for at in 0..held[judge].len() {
                let other = held[judge][at];
                if place(other, fit, held, most, seen) {
                    held[judge][at] = work;
                    return true;
                }
            }
        }
        false
    }
    let apart = |judge: &Judge, work: &Undealt| judge.unit.is_none() || judge.unit != work.unit;
    let fit: Vec<Vec<usize>> =
        works.iter().map(|work| (0..judges.len()).filter(|at| apart(&judges[*at], work)).collect()).collect();
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); judges.len()];
    (0..works.len()).all(|work| {
        (0..each).all(|_| {
            let mut seen = vec![false; judges.len()];
            place(work, &fit, &mut held, most, &mut seen)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_deal_is_fair(
        works in prop::collection::vec(0_usize..4, 1..30),
        judges in prop::collection::vec(prop::option::of(0_usize..4), 1..8),
        each in 1_u32..4,
        label in "[a-z]{1,6}",
    ) {
        let works: Vec<Undealt> = works.into_iter().enumerate().map(|(at, unit)| work(at, unit)).collect();
        let judges: Vec<Judge> = judges.into_iter().enumerate().map(|(at, unit)| judge(at, unit)).collect();
        let apart = |judge: &Judge, work: &Undealt| judge.unit.is_none() || judge.unit != work.unit;
        let enough = works.iter().all(|work| judges.iter().filter(|judge| apart(judge, work)).count() >= each as usize);
        let dealt = deal(&mut chance(&label), &works, &judges, each, 0);
        prop_assert_eq!(dealt.is_ok(), enough);
        let Ok(dealt) = dealt else { return Ok(()) };
        prop_assert_eq!(&dealt, &deal(&mut chance(&label), &works, &judges, each, 0).unwrap(), "a seed repeats");
        prop_assert_eq!(dealt.len(), works.len());
        for one in &dealt {
            let own = works.iter().find(|work| work.work == one.work).unwrap();
            prop_assert_eq!(one.judges.len(), each as usize, "exactly so many, each another");
            prop_assert!(one.judges.windows(2).all(|pair| pair[0] < pair[1]));
            for person in &one.judges {
                let judge = judges.iter().find(|judge| judge.person == *person).unwrap();
                prop_assert!(apart(judge, own), "never of the own unit");
            }
        }
        let loads = loads(&dealt, &judges);
        let (most, least) = (*loads.iter().max().unwrap(), *loads.iter().min().unwrap());
        if judges.iter().all(|judge| judge.unit.is_none()) {
            prop_assert!(most - least <= 1, "{loads:?}");
        }
        // Whatever the units are: nobody could have had less at most.
        prop_assert!(most == 0 || !possible(&works, &judges, each as usize, most - 1), "{loads:?}");
    }
}
