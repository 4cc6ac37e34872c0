//! Points that others may still move.

use super::{DEFINITION, Office, Vetoes, check, report};
use crate::rules::indicators::provisional;

#[test]
fn points_between_the_worst_and_the_best_are_provisional_while_one_misses() {
    let group = DEFINITION.replacen("sheet = {}", "efficacy = { passing = \"worst\", excellent = \"best\" }", 1);
    let titles = |office: &Office| {
        provisional(&office.state, &"m1".into()).into_iter().map(|one| one.id.to_string()).collect::<Vec<_>>()
    };
    assert!(titles(&Office::with(&group)).is_empty(), "nothing is there that could move");
    let mut office = Office::with(&group).fill();
    // A 60 + 18 + 10 and B 54 + 30 + 5; C's order is not there.
    assert_eq!(office.table(Vetoes::With), ["1 B 89.00", "2 A 88.00", "Missing C - order@m1"]);
    assert_eq!(titles(&office), ["order"]);
    office.does("safe", &report("C order m1", "80"));
    assert_eq!(titles(&office), ["order"], "not checked yet");
    office.does("safe", &check("C order m1"));
    // A stands half way now: 80 % of 30.
    assert_eq!(office.table(Vetoes::With), ["1 A 94.00", "1 C 94.00", "3 B 89.00"]);
    assert!(titles(&office).is_empty());
    // Against a target, or on a sheet, nobody waits for the others.
    assert!(titles(&Office::filled()).is_empty());
}
