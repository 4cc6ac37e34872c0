//! Rounds, the ranking, and what a file says once: dates, zone, floors.

use rust_decimal::Decimal;

use super::{Findings, Path};
use crate::rules::definition::{
    model::{CutRule, Definition, EligibilityTest},
    problem::Fact,
    structure::shown,
};

pub(super) fn check(definition: &Definition, findings: &mut Findings<'_>) {
    if jiff::tz::TimeZone::get(&definition.timezone).is_err() {
        let text = shown(&definition.timezone);
        findings.error(&Path::of("contest").key("timezone"), Fact::BadTimezone { text });
    }
    for (at, one) in definition.entrants.eligibilities.iter().enumerate() {
        if let EligibilityTest::Under { date, .. } = &one.test
            && (date.len() != DATE_CHARS || date.parse::<jiff::civil::Date>().is_err())
        {
            let place = Path::of("entrants").item("eligibility", at).key("under").key("on");
            findings.error(&place, Fact::BadDate { text: shown(date) });
        }
    }
    for (at, round) in definition.rounds.iter().enumerate() {
        let Some(cut) = &round.cut else { continue };
        let path = Path::default().item("round", at).key("cut");
        if let (CutRule::Top(top), Some(timetable)) = (cut.rule, &definition.timetable)
            && top > timetable.entrants
        {
            findings.warn(&path.key("top"), Fact::CutAboveEntrants { top, entrants: timetable.entrants });
        }
        if at + 1 == definition.rounds.len() {
            findings.error(&path, Fact::CutInLastRound { round: round.id.to_string() });
        }
    }
    if let Some(tolerance) = definition.ranking.tolerance.filter(|tolerance| *tolerance < Decimal::ZERO) {
        findings.error(&Path::of("ranking").key("tolerance"), Fact::NegativeMax { max: tolerance });
    }
}

/// `2026-06-30`: other ISO forms would be read differently by a person.
const DATE_CHARS: usize = 10;
