//! Moments as the contest's own clocks show them, and days as offices count them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Weekday},
    tz::TimeZone,
};

use crate::rules::{ledger::Instant, view::Heading};

/// The zone of a contest; UTC when the program does not know it.
#[derive(Clone, Debug)]
pub(in crate::web) struct Zone(TimeZone);

impl Zone {
    pub(in crate::web) fn of(heading: &Heading) -> Self {
        Self(TimeZone::get(&heading.timezone).unwrap_or(TimeZone::UTC))
    }

    /// `2026-05-01 14:30:05`
    pub(in crate::web) fn second(&self, at: Instant) -> String {
        self.written(at, "%Y-%m-%d %H:%M:%S")
    }

    /// `2026-05-01 14:30`
    pub(in crate::web) fn minute(&self, at: Instant) -> String {
        self.written(at, "%Y-%m-%d %H:%M")
    }

    /// A minute as browsers send it, `2026-05-01T14:30`, with seconds or without. `None` when it cannot be read, or the
    /// clocks never show it.
    pub(super) fn read_minute(&self, text: &str) -> Option<Instant> {
        let at: DateTime = text.trim().parse().ok()?;
        let zoned = self.0.to_ambiguous_zoned(at).unambiguous().ok()?;
        Some(Instant(zoned.timestamp().as_millisecond()))
    }

    pub(in crate::web) fn day(&self, at: Instant) -> Option<Date> {
        let at = Timestamp::from_millisecond(at.0).ok()?;
        Some(at.to_zoned(self.0.clone()).date())
    }

    /// The last millisecond of a day.
    pub(in crate::web) fn end_of(&self, day: Date) -> Option<Instant> {
        let next = day.tomorrow().ok()?.to_zoned(self.0.clone()).ok()?;
        Some(Instant(next.timestamp().as_millisecond() - 1))
    }

    fn written(&self, at: Instant, form: &str) -> String {
        match Timestamp::from_millisecond(at.0) {
            Ok(at) => at.to_zoned(self.0.clone()).strftime(form).to_string(),
            Err(_) => String::new(),
        }
    }
}

/// A day as browsers send it, or as people write it: `2026-10-01`, `2026/10/1`, `2026年10月1日`.
pub(in crate::web) fn read_day(text: &str) -> Option<Date> {
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let year = parts.next()?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() { None } else { Date::new(year, month, day).ok() }
}

/// The last day of a notice that begins on `from` and lasts so many working days (工作日): the days after it count, Saturdays
/// and Sundays do not. Holidays and days worked instead are decreed each year; people correct for them.
pub(super) fn working_days_after(from: Date, days: u32) -> Option<Date> {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        day = day.tomorrow().ok()?;
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn working_days_leave_out_the_weekend() {
        // 8 May 2026 is a Friday.
        assert_eq!(working_days_after(date(2026, 5, 8), 5), Some(date(2026, 5, 15)));
        assert_eq!(working_days_after(date(2026, 5, 9), 1), Some(date(2026, 5, 11)));
        assert_eq!(working_days_after(date(2026, 5, 6), 7), Some(date(2026, 5, 15)));
    }

    #[test]
    fn a_day_ends_by_the_contests_clock() {
        let zone = Zone::of(&Heading { timezone: "Asia/Shanghai".to_owned(), ..Heading::default() });
        // 2026-05-15 24:00 in Shanghai is 16:00 in UTC: 1778860800 s.
        let end = zone.end_of(date(2026, 5, 15)).unwrap();
        assert_eq!(end, Instant(1_778_860_799_999));
        assert_eq!(zone.second(end), "2026-05-15 23:59:59");
        assert_eq!(zone.day(end), Some(date(2026, 5, 15)));
        let minute = zone.read_minute("2026-05-15T23:59");
        assert_eq!((minute, zone.read_minute("15.5.2026")), (Some(Instant(1_778_860_740_000)), None));
    }
}
