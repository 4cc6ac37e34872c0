//! Targets that change by a document, and whom they move before they do.

use super::{Office, Place, Refusal, TargetOf, Vetoes, check, dec, figure, open, report, slot, target};
use crate::rules::indicators::effect_of_targets;

#[test]
fn a_target_changes_by_a_document() {
    let mut office = Office::published();
    office.refused("org", &target("B output m1", "75", None), Refusal::NeedsSecondPerson);
    office.does("org", &target("B output m1", "75", Some("org2")));
    // 90 ÷ 75 = 120 %: 72 + 30 + 5.
    assert_eq!(office.table(Vetoes::With), ["1 B 107.00", "2 A 97.00", "Missing C - order@m1"]);
    office.refused("org", &target("B output m1", "75", Some("org2")), Refusal::NothingToDo);
    assert_eq!(figure(&office.state, &slot("B output m1")).1.len(), 2);
}

#[test]
fn whom_other_targets_would_move_is_told_before() {
    let mut office = Office::published();
    let of = |at: &str, target: &str| TargetOf { slot: slot(at), target: dec(target) };
    let told = |office: &Office, targets: &[TargetOf]| -> Vec<String> {
        let one = |period: &crate::rules::names::Id, moved: &crate::rules::indicators::Moved| {
            let place = |place: &Place| place.rank().map_or("-".to_owned(), |rank| rank.to_string());
            let score = |score: Option<rust_decimal::Decimal>| score.map_or("-".to_owned(), |score| score.to_string());
            let (before, after) = (&moved.before, &moved.after);
            format!(
                "{period} {} {} {} -> {} {}",
                moved.entrant,
                place(&before.1),
                score(before.0),
                place(&after.1),
                score(after.0)
            )
        };
        let effect = effect_of_targets(&office.state, targets);
        effect.iter().flat_map(|(period, moved)| moved.iter().map(|moved| one(period, moved))).collect()
    };
    // B 90 ÷ 75 = 120 %: 72 + 30 + 5 = 107, above A's 97.
    assert_eq!(told(&office, &[of("B output m1", "75")]), ["m1 B 2 89.00 -> 1 107.00", "m1 A 1 97.00 -> 2 97.00"]);
    // A 100 ÷ 120: 50 + 27 + 10 = 87, below B's 89.
    assert_eq!(told(&office, &[of("A output m1", "120")]), ["m1 B 2 89.00 -> 1 89.00", "m1 A 1 97.00 -> 2 87.00"]);
    // As it is; of C, who is not ranked for want of another figure; in a month of which nothing is known.
    assert!(told(&office, &[of("A output m1", "100")]).is_empty());
    assert!(told(&office, &[of("C output m1", "50"), of("A output m2", "50")]).is_empty());
    // Nothing was done by looking.
    assert_eq!(figure(&office.state, &slot("B output m1")).1.len(), 1);

    // Of two months, each by itself. In the second A 60 + 27 = 87, and B 54 + 24 = 78, or 72 + 24.
    office.does("org", &open("m2"));
    for (at, is) in [("A output m2", "100"), ("A order m2", "90"), ("B output m2", "90"), ("B order m2", "80")] {
        if at.contains("output") {
            office.does("org", &target(at, "100", None));
        }
        office.does("org", &report(at, is));
        office.does("org", &check(at));
    }
    assert_eq!(
        told(&office, &[of("B output m2", "75"), of("B output m1", "75")]),
        ["m1 B 2 89.00 -> 1 107.00", "m1 A 1 97.00 -> 2 97.00", "m2 B 2 78.00 -> 1 96.00", "m2 A 1 87.00 -> 2 87.00"]
    );
}
