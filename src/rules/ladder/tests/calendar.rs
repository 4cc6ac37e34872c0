use jiff::civil::date;

use super::{at, rules};
use crate::rules::ladder::{
    calendar::{day, days_between, deadline, expiry, open_from, period, season_start},
    rules::{Expires, Period, Rules, Span},
};

const RECORD: &str = "format = \"record\"\npaper = \"daily\"\n";

fn away() -> Rules {
    rules(&format!("{RECORD}calendar = {{ closed = [{{ from = \"2026-10-01\", to = \"2026-10-07\" }}] }}"))
}

fn nights() -> Rules {
    rules(&format!("{RECORD}calendar = {{ forbidden = [{{ from = \"22:00\", to = \"06:00\" }}] }}"))
}

#[test]
fn closed_days_do_not_count() {
    // 29th, 30th, then 8th, 9th, 10th, 11th, 12th.
    assert_eq!(deadline(&away(), at("2026-09-28 10:00"), Span::Days(7)), at("2026-10-12 10:00"));
    // What begins in the shutdown begins after it.
    assert_eq!(deadline(&away(), at("2026-10-03 15:00"), Span::Days(2)), at("2026-10-10 00:00"));
    // 14 hours of the 30th, 10 of the 8th.
    assert_eq!(deadline(&away(), at("2026-09-30 10:00"), Span::Hours(24)), at("2026-10-08 10:00"));
    assert_eq!(deadline(&away(), at("2026-09-01 10:00"), Span::Days(7)), at("2026-09-08 10:00"));
}

#[test]
fn forbidden_hours_do_not_count() {
    // Two hours of the first day, 16 of each further: 2 + 16 + 16 + 14 = 48.
    assert_eq!(deadline(&nights(), at("2026-09-01 20:00"), Span::Hours(48)), at("2026-09-04 20:00"));
    // Nothing ends in them: neither at 23:00 nor at the stroke of ten.
    assert_eq!(deadline(&nights(), at("2026-09-01 23:00"), Span::Days(1)), at("2026-09-03 06:00"));
    assert_eq!(deadline(&nights(), at("2026-09-01 06:00"), Span::Hours(16)), at("2026-09-02 06:00"));
}

#[test]
fn it_opens_when_the_last_of_several_reasons_ends() {
    assert_eq!(open_from(&nights(), at("2026-09-01 21:59")), Ok(()));
    assert_eq!(open_from(&nights(), at("2026-09-01 22:00")), Err(at("2026-09-02 06:00")));
    assert_eq!(open_from(&nights(), at("2026-09-02 05:59")), Err(at("2026-09-02 06:00")));
    let both = rules(&format!(
        "{RECORD}[ladder.calendar]\nclosed = [{{ from = \"2026-10-01\", to = \"2026-10-03\" }}, \
         {{ from = \"2026-10-04\" }}]\nforbidden = [{{ from = \"00:00\", to = \"07:30\" }}]"
    ));
    assert_eq!(open_from(&both, at("2026-10-02 12:00")), Err(at("2026-10-05 07:30")));
}

#[test]
fn a_day_is_a_local_day_even_when_clocks_change() {
    // In Berlin the 25th of October 2026 has 25 hours.
    let mut berlin = away();
    berlin.zone = "Europe/Berlin".to_owned();
    let noon = day(&berlin, date(2026, 10, 24)).0 + 12 * 3_600_000;
    let next = deadline(&berlin, crate::rules::ledger::Instant(noon), Span::Days(1));
    assert_eq!(next.0 - noon, 25 * 3_600_000);
}

#[test]
fn records_end_with_their_period() {
    let rules = away();
    let cases = [
        (Expires::Month, "2026-12-15 10:00", Some("2027-01-01 00:00")),
        (Expires::Quarter, "2026-08-31 23:59", Some("2026-10-01 00:00")),
        (Expires::Quarter, "2026-12-01 00:00", Some("2027-01-01 00:00")),
        (Expires::Year, "2026-01-01 00:00", Some("2027-01-01 00:00")),
        (Expires::Days(3), "2026-09-30 08:00", Some("2026-10-10 08:00")),
        (Expires::Never, "2026-09-30 08:00", None),
    ];
    for (expires, set, ends) in cases {
        assert_eq!(expiry(&rules, at(set), expires), ends.map(at), "{expires:?} of {set}");
    }
}

#[test]
fn periods_and_seasons_have_names_and_beginnings() {
    let rules = rules(&format!("{RECORD}season = {{ starts = \"2026-01-31\", months = 3 }}"));
    let now = at("2026-11-30 23:00");
    let names = [Period::Month, Period::Quarter, Period::Year, Period::Season, Period::Once];
    let names = names.map(|per| period(&rules, now, per, 4));
    assert_eq!(names, ["2026-11", "2026-q4", "2026", "season-4", "once"]);
    let season = rules.season.clone().unwrap();
    assert_eq!(season_start(&rules, &season, 1), Some(at("2026-01-31 00:00")));
    // April has no 31st.
    assert_eq!(season_start(&rules, &season, 2), Some(at("2026-04-30 00:00")));
    assert_eq!(days_between(at("2026-09-01 00:00"), at("2026-09-03 00:00")), 2);
    assert_eq!(days_between(at("2026-09-01 00:00"), at("2026-09-03 00:01")), 3);
}
