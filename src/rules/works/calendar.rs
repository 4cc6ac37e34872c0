//! Local days and months of a collection, and whether it takes works now.

use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::Rules;
use crate::rules::ledger::Instant;

/// Why nothing is taken now; moments as people read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closedness {
    NotYet { opens: String },
    Over { closed: String },
}

fn zone(rules: &Rules) -> TimeZone {
    // Checked when the definition was read.
    TimeZone::get(&rules.zone).unwrap_or(TimeZone::UTC)
}

fn local(zone: TimeZone, at: Instant) -> Zoned {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone)
}

/// The local day of a moment.
pub fn day(rules: &Rules, at: Instant) -> Date {
    local(zone(rules), at).date()
}

/// By its dates alone.
pub(in crate::rules) fn openness(rules: &Rules, now: Instant) -> Result<(), Closedness> {
    let zone = zone(rules);
    let instant = |at: DateTime| {
        at.to_zoned(zone.clone()).map_or(Instant(i64::MAX), |zoned| Instant(zoned.timestamp().as_millisecond()))
    };
    let said = |at: DateTime| at.strftime("%Y-%m-%d %H:%M").to_string();
    match (rules.opens, rules.closes) {
        (Some(opens), _) if now < instant(opens) => Err(Closedness::NotYet { opens: said(opens) }),
        (_, Some(closes)) if now >= instant(closes) => Err(Closedness::Over { closed: said(closes) }),
        _ => Ok(()),
    }
}
