use super::{ids, rules};
use crate::rules::{
    ladder::{
        Places, Rules,
        movement::{dropped, joined, seat_steps, walkover, won},
    },
    ledger::ladder::Step,
    names::EntrantId,
};

fn people(tiers: &str) -> Places {
    Places::new(&tiers.split(' ').map(ids).collect::<Vec<_>>())
}

fn shown(places: &Places) -> String {
    let tier = |people: &Vec<EntrantId>| people.iter().map(EntrantId::as_str).collect::<String>();
    places.tiers().iter().map(tier).collect::<Vec<_>>().join(" ")
}

fn with(movement: &str) -> Rules {
    rules(&format!("format = \"duel\"\npaper = \"daily\"\n{movement}"))
}

fn id(name: &str) -> EntrantId {
    EntrantId::new(name)
}

#[track_caller]
fn check(before: &str, steps: &[Step], after: &str) {
    assert_eq!(shown(&people(before).after(steps)), after, "{steps:?}");
}

#[test]
fn winning_moves_by_the_custom() {
    let cases = [
        ("movement = \"swap\"", "ABCDE", "E", "B", "AECDB"),
        ("movement = \"insert\"", "ABCDE", "E", "B", "AEBCD"),
        ("movement = \"swap-or-insert\"", "ABCDE", "C", "B", "ACBDE"),
        ("movement = \"swap-or-insert\"", "ABCDE", "D", "A", "DABCE"),
        // C is the lowest of the second tier and goes down; nobody else leaves a tier.
        ("movement = \"tiers\"\nseats = [1, 2]", "A BC DE", "D", "B", "A DB CE"),
        ("movement = \"tiers\"\nseats = [1, 2]", "A BC DE", "E", "C", "A BE CD"),
        // Two tiers up: A goes down one, and pushes C.
        ("movement = \"tiers\"\nseats = [1, 2]", "A BC DE", "D", "A", "D AB CE"),
        // A free seat beside B: nobody goes down.
        ("movement = \"tiers\"\nseats = [1, 2]", "A B DE", "D", "B", "A DB E"),
        // Has risen above in the meantime.
        ("movement = \"insert\"", "ABCDE", "A", "C", "ABCDE"),
    ];
    for (movement, before, challenger, target, after) in cases {
        check(before, &won(&with(movement), &people(before), &id(challenger), &id(target)), after);
    }
}

#[test]
fn a_walkover_is_full_or_one_place() {
    let full = with("");
    check("ABCDE", &walkover(&full, &people("ABCDE"), &id("D"), &id("A")), "DABCE");
    // D rises one place, to the third, and A drops below.
    let one = with("lapses = { walkover = \"one\" }");
    check("ABCDE", &walkover(&one, &people("ABCDE"), &id("D"), &id("A")), "BCDAE");
    check("ABCDE", &walkover(&one, &people("ABCDE"), &id("B"), &id("A")), "BACDE");
}

#[test]
fn dropping_ends_at_the_bottom() {
    let plain = with("");
    check("ABCDE", &dropped(&plain, &people("ABCDE"), &id("A"), 2), "BCADE");
    check("ABCDE", &dropped(&plain, &people("ABCDE"), &id("D"), 9), "ABCED");
    assert_eq!(dropped(&plain, &people("ABCDE"), &id("E"), 1), []);
    let tiers = with("movement = \"tiers\"\nseats = [1, 2]");
    // To the head of the tier below, whose lowest makes room.
    check("A BC DE", &dropped(&tiers, &people("A BC DE"), &id("A"), 1), " AB CDE");
    assert_eq!(dropped(&tiers, &people("A BC DE"), &id("E"), 1), []);
}

#[test]
fn newcomers_and_free_seats() {
    let plain = with("");
    check("AB", &joined(&plain, &people("AB"), &id("C")), "ABC");
    let tiers = with("movement = \"tiers\"\nseats = [1, 2]");
    check("A B C", &joined(&tiers, &people("A B C"), &id("D")), "A B CD");
    check("A B CD", &seat_steps(&tiers, &people("A B CD"), &id("D")).unwrap(), "A BD C");
    assert_eq!(seat_steps(&tiers, &people("A BC D"), &id("D")), None, "both seats are taken");
    assert_eq!(seat_steps(&tiers, &people("A B C"), &id("A")), None, "there is no tier above");
}

#[test]
fn nobody_stands_twice_whatever_the_steps() {
    let twice = [ids("AB"), ids("BA")];
    assert_eq!(shown(&Places::new(&twice)), "AB");
    let far = Step::Put { entrant: id("A"), tier: 3, at: 99 };
    check("AB", &[far.clone(), far], "B   A");
}
