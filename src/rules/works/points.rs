//! Points of one person's works, line by line.
//!
//! Each event of a work is a line: handed in, and what its checker said. Days and months are those in which a work was
//! handed in, so that a slow checker moves no point into another month. Of a day and a month the first works earn;
//! beyond that, and beyond the points of a month, a line earns nothing and says why. What is taken away is taken away
//! in full. A withdrawn work has no lines and uses up nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Rules, Stand, Work, calendar};
use crate::rules::{
    ledger::{Instant, works::Outcome},
    names::WorkId,
};

/// What made a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Submitted,
    /// Never [`Outcome::Returned`], which has no points.
    Checked(Outcome),
}

#[derive(Clone, Debug, PartialEq)]
pub struct PointLine {
    pub work: WorkId,
    /// Its number in the collection, for people.
    pub number: u32,
    pub event: Event,
    pub at: Instant,
    /// By the rules.
    pub points: Decimal,
    /// What of it counts.
    pub counted: Decimal,
    /// Why it is less.
    pub uncounted: Option<Uncounted>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncounted {
    /// So many works of that day had been handed in before it.
    Day {
        most: u32,
    },
    Month {
        most: u32,
    },
    /// The month has all its points.
    MonthPoints {
        most: Decimal,
    },
}

#[derive(Default)]
struct Month {
    works: u32,
    earned: Decimal,
}

/// `works`: of one person in one collection, in the order in which they were handed in.
pub(super) fn lines<'w>(rules: &Rules, works: impl IntoIterator<Item = (&'w WorkId, &'w Work)>) -> Vec<PointLine> {
    let mut days: BTreeMap<Date, u32> = BTreeMap::new();
    let mut months: BTreeMap<(i16, i8), Month> = BTreeMap::new();
    let mut lines = Vec::new();
    for (id, work) in works {
        if work.stand == Stand::Withdrawn {
            continue;
        }
        let day = calendar::day(rules, work.at);
        let of_day = days.entry(day).or_default();
        *of_day += 1;
        let month = months.entry((day.year(), day.month())).or_default();
        month.works += 1;
        let beyond = |most: Option<u32>, used: u32| most.filter(|most| used > *most);
        let late = beyond(rules.limits.counted_per_day, *of_day).map(|most| Uncounted::Day { most });
        let late = late.or(beyond(rules.limits.counted_per_month, month.works).map(|most| Uncounted::Month { most }));
        let submitted = Some((Event::Submitted, work.at, rules.points.submitted));
        for (event, at, points) in submitted.into_iter().chain(checked(rules, work)) {
            let (counted, uncounted) = count(rules, month, points, late);
            lines.push(PointLine { work: id.clone(), number: work.number, event, at, points, counted, uncounted });
        }
    }
    lines
}

fn checked(rules: &Rules, work: &Work) -> Option<(Event, Instant, Decimal)> {
    let check = work.checks.last()?;
    let points = match &check.outcome {
        Outcome::Accepted { grade: Some(grade) } => {
            rules.grade(grade).map_or(rules.points.accepted, |grade| grade.points)
        }
        Outcome::Accepted { grade: None } => rules.points.accepted,
        Outcome::Declined => rules.points.declined,
        Outcome::Duplicate { .. } => rules.points.duplicate,
        Outcome::Untrue => rules.points.untrue,
        Outcome::Returned => return None,
    };
    Some((Event::Checked(check.outcome.clone()), check.at, points))
}

fn count(rules: &Rules, month: &mut Month, points: Decimal, late: Option<Uncounted>) -> (Decimal, Option<Uncounted>) {
    if points <= Decimal::ZERO {
        return (points, None);
    }
    if late.is_some() {
        return (Decimal::ZERO, late);
    }
    let Some(most) = rules.limits.points_per_month else { return (points, None) };
    let counted = points.min(most.saturating_sub(month.earned)).max(Decimal::ZERO);
    month.earned = month.earned.saturating_add(counted);
    (counted, (counted < points).then_some(Uncounted::MonthPoints { most }))
}

/// What the lines are worth together.
pub(super) fn sum(lines: &[PointLine]) -> Decimal {
    lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.counted))
}
