//! Whether the day is long enough.

use rust_decimal::Decimal;

use super::{Findings, Path};
use crate::rules::definition::{model::Definition, problem::Fact};

/// Entrants go through the stations in batches; the last batch may be small and takes as long.
pub(super) fn check(definition: &Definition, findings: &mut Findings<'_>) {
    let Some(timetable) = &definition.timetable else { return };
    let path = Path::of("timetable").key("hours");
    if timetable.hours <= Decimal::ZERO {
        return findings.error(&path, Fact::NegativeMax { max: timetable.hours });
    }
    let batches = timetable.entrants.div_ceil(timetable.stations);
    let minutes = Decimal::from(batches) * Decimal::from(timetable.minutes_each);
    let needed_h = (minutes / Decimal::from(60)).round_dp(1).normalize();
    if minutes > timetable.hours * Decimal::from(60) {
        findings.warn(&path, Fact::TimetableTooLong { needed_h, hours: timetable.hours });
    }
}
