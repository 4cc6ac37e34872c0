//! Team star rating (班组星级): at the end of a period one star up when the next threshold is reached, one down when the
//! own is missed.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use rust_decimal::Decimal;

use super::rules::{Stars, StarsRead};
use crate::rules::{
    decimal::sub,
    ledger::{Instant, season::StarRow},
    names::EntrantId,
};

/// What a period's end makes of everybody, by id. `before`: the newest row of whoever has one. Somebody without a total
/// stays where they are.
pub(in crate::rules) fn decided(
    rules: &Stars,
    totals: &BTreeMap<EntrantId, Option<Decimal>>,
    before: impl Fn(&EntrantId) -> Option<StarRow>,
) -> Vec<StarRow> {
    let row = |(entrant, total): (&EntrantId, &Option<Decimal>)| {
        let before = before(entrant);
        let from = before.as_ref().map_or(rules.starts_at, |before| before.to);
        let earlier = before.and_then(|before| before.total);
        let score = match rules.reads {
            StarsRead::Total => *total,
            StarsRead::Gained => total.and_then(|total| sub(total, earlier.unwrap_or_default()).ok()),
        };
        let to = score.map_or(from, |score| moved(rules, from, score));
        // Who has no total now is measured from the one before.
        StarRow { entrant: entrant.clone(), total: total.or(earlier), score, from, to }
    };
    totals.iter().map(row).collect()
}

/// When a last day is over, in the contest's zone.
pub(in crate::rules) fn over(zone: &str, last: Date) -> Instant {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let next = last.tomorrow().unwrap_or(Date::MAX).at(0, 0, 0, 0);
    // Every zone of the library converts; a local time that the clocks leap over is read after the leap.
    zone.to_zoned(next).map_or(Instant(i64::MAX), |at| Instant(at.timestamp().as_millisecond()))
}

fn moved(rules: &Stars, from: u32, score: Decimal) -> u32 {
    if rules.level(from + 1).is_some_and(|next| score >= next.at_least) {
        return from + 1;
    }
    if rules.level(from).is_some_and(|own| score < own.at_least) { from - 1 } else { from }
}
