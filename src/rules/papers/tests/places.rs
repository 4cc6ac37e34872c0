//! The order of many against a sorted list.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::places::{Places, Standing};
use crate::rules::{ledger::Instant, names::EntrantId};

fn standing(value: i64, used_ms: u64, who: u32) -> Standing {
    Standing::new(Decimal::from(value), used_ms, Instant(i64::from(who % 7)), EntrantId::new(format!("W{who}")))
}

proptest! {
    /// Coming and going in any order, everybody has the place that a sorted list gives them.
    #[test]
    fn as_a_sorted_list(steps in prop::collection::vec((any::<bool>(), 0_i64..20, 0_u64..5, 0_u32..60), 0..400)) {
        let mut places = Places::default();
        let mut list: Vec<Standing> = Vec::new();
        for (comes, value, used_ms, who) in steps {
            let one = standing(value, used_ms, who);
            if comes {
                places.insert(one.clone());
                if !list.contains(&one) {
                    list.push(one);
                }
            } else {
                places.remove(&one);
                list.retain(|other| *other != one);
            }
        }
        list.sort();
        prop_assert_eq!(places.len(), list.len());
        for (at, one) in list.iter().enumerate() {
            prop_assert_eq!(places.place(one), Some(at + 1));
        }
    }
}

/// More than fit into one run.
#[test]
fn many() {
    let mut places = Places::default();
    for who in 0..5_000_u32 {
        places.insert(standing(i64::from(who * 7_919 % 5_000), 0, who));
    }
    assert_eq!(places.len(), 5_000);
    // The one with 4,999 points is first, whoever has k is at 5,000 − k.
    for who in [0, 1, 17, 4_999] {
        let value = i64::from(who * 7_919 % 5_000);
        assert_eq!(places.place(&standing(value, 0, who)), Some(usize::try_from(5_000 - value).unwrap()));
    }
    assert_eq!(places.first(2).count(), 2);
    assert_eq!(places.place(&standing(3, 1, 1)), None);
}
