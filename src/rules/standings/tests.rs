use super::{
    tie::{self, Chain, Pool},
    *,
};
use crate::rules::{
    definition::model::TieKey,
    field::{TieDecision, TieSettledBy},
    score::Key,
};

fn decision(order: &str, by: TieSettledBy) -> TieDecision {
    TieDecision { order: order.split_whitespace().map(str::to_owned).collect(), by }
}

/// `1 B Chain(0), 2 A Chain(0)`
fn order(names: &str, end: TieEnd, decisions: &[TieDecision]) -> String {
    let keys = [TieKey::PlayOff, TieKey::Lots];
    let chain = Chain { highest_first: true, tolerance: None, keys: &keys, end, decisions };
    let mut pool = Pool::with_capacity(3, &chain);
    let undecided = [Key::Decision, Key::Decision];
    let names: Vec<&str> = names.split_whitespace().collect();
    for name in &names {
        pool.push(Decimal::TEN, &undecided, name);
    }
    let rows = tie::order(&chain, &pool).into_iter().map(|settled| {
        let by = settled.decided_by.map(|by| format!("{by:?}")).unwrap_or_default();
        format!("{} {} {by}", settled.better + 1, names[settled.who as usize])
    });
    rows.collect::<Vec<_>>().join(", ")
}

#[test]
fn play_off_before_lots_before_people() {
    use TieSettledBy::{Lots, People, PlayOff};
    let people = decision("B A", People);
    let lots = decision("A B", Lots);
    let play_off = decision("B A", PlayOff);
    assert_eq!(order("A B", TieEnd::PeopleDecide, &[]), "1 A Open, 1 B Open");
    assert_eq!(order("A B", TieEnd::PeopleDecide, std::slice::from_ref(&people)), "1 B People, 2 A People");
    assert_eq!(order("A B", TieEnd::PeopleDecide, &[people.clone(), lots.clone()]), "1 A Chain(1), 2 B Chain(1)");
    assert_eq!(order("A B", TieEnd::PeopleDecide, &[play_off, lots, people]), "1 B Chain(0), 2 A Chain(0)");
}

#[test]
fn a_decision_must_name_everybody_in_the_tie() {
    use TieSettledBy::People;
    let of_two = decision("B A", People);
    assert_eq!(order("A B C", TieEnd::PeopleDecide, std::slice::from_ref(&of_two)), "1 A Open, 1 B Open, 1 C Open");
    // A wider one holds when some have left the tie since; the newest counts.
    let of_three = decision("C A B", People);
    assert_eq!(order("A B", TieEnd::PeopleDecide, &[of_two, of_three]), "1 A People, 2 B People");
}

#[test]
fn where_ranks_are_shared_people_have_no_say() {
    let people = decision("B A", TieSettledBy::People);
    assert_eq!(order("A B", TieEnd::Shared, &[people]), "1 A Shared, 1 B Shared");
}
