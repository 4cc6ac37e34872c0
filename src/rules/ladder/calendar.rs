//! The ladder's calendar: open days and hours, deadlines, and the names of periods, all in the ladder's zone.
//!
//! A *closed* day counts for nothing. *Forbidden* hours are closed on every day. A span in days ends at the same
//! local time that many open days later; one in hours is that much open time. Neither ends while it is closed: it
//! goes on to the next open moment.

use jiff::{
    Timestamp, ToSpan, Zoned,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::rules::{Expires, Hours, Period, Rules, Season, Span};
use crate::rules::ledger::Instant;

const DAY_MS: i64 = 86_400_000;
/// Further than this no calendar goes: one that is closed for longer never opens.
const DAYS_MAX: usize = 4_000;

pub(super) fn zone(rules: &Rules) -> TimeZone {
    TimeZone::get(&rules.zone).unwrap_or(TimeZone::UTC)
}

/// As somebody there reads it on the wall.
pub(super) fn local(rules: &Rules, at: Instant) -> Zoned {
    Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone(rules))
}

fn instant(rules: &Rules, at: DateTime) -> Instant {
    // A local time that the clocks leap over is read after the leap; every zone of the library converts.
    zone(rules).to_zoned(at).map_or(Instant::default(), |at| Instant(at.timestamp().as_millisecond()))
}

/// The beginning of a local day.
pub fn day(rules: &Rules, date: Date) -> Instant {
    instant(rules, date.at(0, 0, 0, 0))
}

/// The local day of a moment.
pub fn date(rules: &Rules, at: Instant) -> Date {
    local(rules, at).date()
}

fn is_closed(rules: &Rules, date: Date) -> bool {
    rules.calendar.closed.iter().any(|closed| (closed.from..=closed.to).contains(&date))
}

/// The day after the last of the closed days around this one.
fn next_open(rules: &Rules, mut date: Date) -> Date {
    for _ in 0..DAYS_MAX {
        if !is_closed(rules, date) {
            break;
        }
        date = date.tomorrow().unwrap_or(Date::MAX);
    }
    date
}

fn forbids(hours: &Hours, time: Time) -> bool {
    if hours.from <= hours.to { hours.from <= time && time < hours.to } else { time >= hours.from || time < hours.to }
}

/// Whether the whole of this local day is closed.
pub fn is_closed_day(rules: &Rules, at: Instant) -> bool {
    is_closed(rules, date(rules, at))
}

/// Whether one may challenge and play at this moment; else from when on.
pub fn open_from(rules: &Rules, at: Instant) -> Result<(), Instant> {
    let then = first_open(rules, at);
    if then == at { Ok(()) } else { Err(then) }
}

/// This moment, or the next open one.
fn first_open(rules: &Rules, at: Instant) -> Instant {
    let mut now = at;
    for _ in 0..DAYS_MAX {
        let there = local(rules, now);
        let (date, time) = (there.date(), there.time());
        if is_closed(rules, date) {
            now = day(rules, next_open(rules, date));
        } else if let Some(hours) = rules.calendar.forbidden.iter().find(|hours| forbids(hours, time)) {
            let end = if hours.from > hours.to && time >= hours.from { date.tomorrow().unwrap_or(date) } else { date };
            let then = instant(rules, end.to_datetime(hours.to));
            // A leap of the clocks may swallow the end.
            now = Instant(then.0.max(now.0 + 60_000));
        } else {
            return now;
        }
    }
    now
}

/// The next moment at which it closes; `at` is open.
fn closes_at(rules: &Rules, at: Instant, until: Instant) -> Instant {
    let there = local(rules, at);
    let mut ends = until;
    for hours in &rules.calendar.forbidden {
        let today = there.date().to_datetime(hours.from);
        let start = if there.time() < hours.from {
            today
        } else {
            there.date().tomorrow().unwrap_or(Date::MAX).to_datetime(hours.from)
        };
        ends = ends.min(instant(rules, start));
    }
    for closed in &rules.calendar.closed {
        let start = day(rules, closed.from);
        if start > at {
            ends = ends.min(start);
        }
    }
    ends
}

/// When a span that begins now is over.
pub fn deadline(rules: &Rules, from: Instant, span: Span) -> Instant {
    match span {
        Span::Days(days) => {
            let there = local(rules, from);
            let mut date = there.date();
            let mut time = there.time();
            if is_closed(rules, date) {
                date = next_open(rules, date);
                time = Time::midnight();
            }
            for _ in 0..days {
                date = next_open(rules, date.tomorrow().unwrap_or(Date::MAX));
            }
            first_open(rules, instant(rules, date.to_datetime(time)))
        }
        Span::Hours(hours) => {
            let mut left_ms = i64::from(hours) * 3_600_000;
            let mut now = first_open(rules, from);
            for _ in 0..DAYS_MAX {
                let closes = closes_at(rules, now, Instant(now.0 + left_ms));
                left_ms -= closes.0 - now.0;
                now = closes;
                if left_ms <= 0 {
                    break;
                }
                now = first_open(rules, now);
            }
            first_open(rules, now)
        }
    }
}

/// So many times 24 hours.
pub fn plus_days(at: Instant, days: u32) -> Instant {
    Instant(at.0.saturating_add(i64::from(days) * DAY_MS))
}

/// The first moment after a record of now.
pub fn expiry(rules: &Rules, now: Instant, expires: Expires) -> Option<Instant> {
    let today = date(rules, now);
    let first = today.first_of_month();
    let next = match expires {
        Expires::Never => return None,
        Expires::Days(days) => return Some(deadline(rules, now, Span::Days(days))),
        Expires::Month => first.checked_add(1.month()),
        Expires::Quarter => first.checked_add((3 - (first.month() - 1) % 3).months()),
        Expires::Year => first.checked_add((13 - first.month()).months()),
    };
    next.ok().map(|next| day(rules, next))
}

/// The end of the first whole period from a moment on; `None` where records do not end with periods.
pub fn period_served(rules: &Rules, since: Instant, expires: Expires) -> Option<Instant> {
    if !matches!(expires, Expires::Month | Expires::Quarter | Expires::Year) {
        return None;
    }
    let begins = expiry(rules, Instant(since.0 - 1), expires)?;
    // The moment itself is the first of a period, or the next period is the first whole one.
    let first = if begins == since { since } else { expiry(rules, since, expires)? };
    expiry(rules, first, expires)
}

/// How a period is called in the ledger; `season` is the one that runs.
pub fn period(rules: &Rules, now: Instant, per: Period, season: u32) -> String {
    let today = date(rules, now);
    match per {
        Period::Month => format!("{:04}-{:02}", today.year(), today.month()),
        Period::Quarter => format!("{:04}-q{}", today.year(), (today.month() - 1) / 3 + 1),
        Period::Year => format!("{:04}", today.year()),
        Period::Season => format!("season-{season}"),
        Period::Once => "once".to_owned(),
    }
}

/// The first moment of a season, from 1.
pub fn season_start(rules: &Rules, season: &Season, number: u32) -> Option<Instant> {
    let months = i64::from(season.months) * i64::from(number.saturating_sub(1));
    season.starts.checked_add(jiff::Span::new().try_months(months).ok()?).ok().map(|date| day(rules, date))
}

/// The first moment of the next local day.
pub fn tomorrow(rules: &Rules, now: Instant) -> Instant {
    day(rules, date(rules, now).tomorrow().unwrap_or(Date::MAX))
}

/// Whole days of a time, counted up.
pub fn days_between(from: Instant, until: Instant) -> u32 {
    let ms = until.0.saturating_sub(from.0).max(0);
    u32::try_from(ms.div_euclid(DAY_MS) + i64::from(ms % DAY_MS > 0)).unwrap_or(u32::MAX)
}
