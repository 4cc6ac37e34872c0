use super::*;

const START: i64 = 1_780_000_000_000;

fn at(second: i64) -> Instant {
    Instant(START + second * 1_000)
}

fn account() -> Subject {
    Subject::account("zhanghua", There::Is)
}

/// Fails once: `None` when the try was looked at, else how many seconds from now the next may come.
fn fails(tries: &mut Tries, subject: &Subject, device: Option<&str>, second: i64) -> Option<i64> {
    tries.begin(subject, device, at(second)).err().map(|next| (next.0 - at(second).0) / 1_000)
}

#[test]
fn waits_double_up_to_the_longest() {
    let seconds = |policy: Policy, failures: u32| policy.wait_ms(failures) / 1_000;
    let cases = [(0, 0, 0), (4, 0, 0), (5, 5, 30), (6, 10, 60), (7, 20, 120), (8, 40, 240), (9, 80, 480)];
    for (failures, password, pin) in cases {
        assert_eq!((seconds(PASSWORD, failures), seconds(PIN, failures)), (password, pin), "{failures}");
    }
    let far = [(10, 160, 960), (11, 300, 1_920), (12, 300, 3_600), (u32::MAX, 300, 3_600)];
    for (failures, password, pin) in far {
        assert_eq!((seconds(PASSWORD, failures), seconds(PIN, failures)), (password, pin), "{failures}");
    }
}

#[test]
fn after_the_free_failures_each_has_to_wait() {
    let mut tries = Tries::default();
    // (second, what the try is told)
    let story = [
        (0, None),
        (0, None),
        (0, None),
        (0, None),
        (0, None),
        // The fifth failure was at 0, so the next may come at 5; asking early does not put it off.
        (0, Some(5)),
        (4, Some(1)),
        (5, None),
        (5, Some(10)),
        (15, None),
        (16, Some(19)),
    ];
    for (second, told) in story {
        assert_eq!(fails(&mut tries, &account(), None, second), told, "at {second}");
    }
    let other = Subject::account("lisi", There::Is);
    assert_eq!(fails(&mut tries, &other, None, 16), None, "another account is another account");
}

#[test]
fn a_known_device_has_an_allowance_of_its_own() {
    let mut tries = Tries::default();
    for _ in 0..5 {
        assert_eq!(fails(&mut tries, &account(), None, 0), None);
    }
    assert_eq!(fails(&mut tries, &account(), None, 0), Some(5), "strangers wait");
    let own = tries.begin(&account(), Some("tablet"), at(0)).expect("the owner does not");
    tries.succeeded(own);
    assert_eq!(fails(&mut tries, &account(), None, 0), Some(5), "and strangers still wait");
    for _ in 0..5 {
        assert_eq!(fails(&mut tries, &account(), Some("tablet"), 0), None);
    }
    assert_eq!(fails(&mut tries, &account(), Some("tablet"), 0), Some(5), "its allowance is as large, not endless");
    assert_eq!(fails(&mut tries, &account(), Some("desk"), 0), None, "another device has another");
    let late = tries.begin(&account(), Some("tablet"), at(5)).expect("it waited");
    tries.succeeded(late);
    assert_eq!(fails(&mut tries, &account(), Some("tablet"), 5), None, "coming in clears its failures");
}

#[test]
fn the_right_password_of_a_stranger_costs_nothing_and_clears_nothing() {
    let mut tries = Tries::default();
    for _ in 0..4 {
        assert_eq!(fails(&mut tries, &account(), None, 0), None);
    }
    for _ in 0..10 {
        let right = tries.begin(&account(), None, at(0)).expect("four failures are free");
        tries.succeeded(right);
    }
    assert_eq!(fails(&mut tries, &account(), None, 0), None);
    assert_eq!(fails(&mut tries, &account(), None, 0), Some(5));
}

#[test]
fn tries_at_the_same_time_count_before_they_are_answered() {
    let mut tries = Tries::default();
    let begun: Vec<Try> = (0..1_000).filter_map(|_| tries.begin(&account(), None, at(0)).ok()).collect();
    assert_eq!(begun.len(), 5);
    for one in begun {
        tries.give_back(one);
    }
    assert_eq!(fails(&mut tries, &account(), None, 0), None);
}

#[test]
fn failures_are_forgotten_and_forgiven() {
    let mut tries = Tries::default();
    let twelve_hours = 12 * 3_600;
    for _ in 0..5 {
        assert_eq!(fails(&mut tries, &account(), None, 0), None);
    }
    for _ in 0..5 {
        assert_eq!(fails(&mut tries, &account(), None, twelve_hours), None, "all free again");
    }
    assert_eq!(fails(&mut tries, &account(), None, twelve_hours), Some(5));
    tries.forgive(&account());
    assert_eq!(fails(&mut tries, &account(), None, twelve_hours), None);
}

#[test]
fn a_clock_set_back_makes_nobody_wait_for_longer() {
    let mut tries = Tries::default();
    for _ in 0..5 {
        assert_eq!(fails(&mut tries, &account(), None, 3_600), None);
    }
    assert_eq!(fails(&mut tries, &account(), None, 0), Some(5));
    assert_eq!(fails(&mut tries, &account(), None, 5), None);
}

/// One guess at each of 20,000 employee numbers, and everybody's own log-in, all from one address: an address is
/// not even an argument.
#[test]
fn twenty_thousand_people_do_not_hinder_one_another() {
    let mut tries = Tries::default();
    let contest = ContestId::new("quiz");
    for number in 0..20_000 {
        let subject = Subject::number(&contest, &format!("{number:05}"), There::Is);
        assert_eq!(fails(&mut tries, &subject, None, number / 40), None);
        let right = tries.begin(&subject, None, at(number / 40)).expect("free");
        tries.succeeded(right);
    }
    assert!(tries.begin(&Subject::code(), None, at(500)).is_ok());
}

#[test]
fn made_up_names_are_bounded_and_push_out_no_real_one() {
    let mut tries = Tries::default();
    for _ in 0..5 {
        assert_eq!(fails(&mut tries, &account(), None, 0), None);
    }
    let flood = 3 * i64::try_from(MADE_UP_MAX).expect("it fits");
    for number in 0..flood {
        let made_up = Subject::account(&number.to_string(), There::MadeUp);
        assert_eq!(fails(&mut tries, &made_up, None, number / 100_000), None);
        assert!(tries.made_up.failed.len() <= MADE_UP_MAX);
    }
    assert_eq!(fails(&mut tries, &account(), None, 1), Some(4));
}

#[test]
fn a_full_shelf_keeps_the_newer_half() {
    let mut shelf = Shelf::of(4);
    for second in 0..4 {
        let key = key("x", &[&second.to_string()]);
        assert!(shelf.begin(key, PASSWORD, at(second)).is_ok());
    }
    assert!(shelf.begin(key("x", &["new"]), PASSWORD, at(9)).is_ok());
    let mut kept: Vec<i64> = shelf.failed.values().map(|failed| (failed.last.0 - START) / 1_000).collect();
    kept.sort_unstable();
    // Of 0, 1, 2, 3 the middle one is 2: it and those before it go.
    assert_eq!(kept, [3, 9]);
}

#[test]
fn wrong_codes_share_one_allowance_that_comes_back() {
    let mut tries = Tries::default();
    let code = Subject::code();
    for _ in 0..CODES_AT_ONCE {
        assert!(tries.begin(&code, None, at(0)).is_ok());
    }
    assert_eq!(tries.begin(&code, None, at(0)).err(), Some(Instant(START + 100)));
    assert_eq!(tries.begin(&code, None, Instant(START + 99)).err(), Some(Instant(START + 100)));
    let right = tries.begin(&code, None, Instant(START + 100)).expect("one came back");
    assert!(tries.begin(&code, None, Instant(START + 199)).is_err());
    tries.succeeded(right);
    assert!(tries.begin(&code, None, Instant(START + 199)).is_ok(), "a right one costs nothing");
    assert!(tries.begin(&code, Some("tablet"), Instant(START + 199)).is_ok(), "a known tablet is not in the flood");
    assert_eq!((0..50).filter(|_| tries.begin(&code, None, at(2)).is_ok()).count(), 19, "ten a second");
}
