//! From a figure to points. Products come before quotients, so that what is exact stays exact until it is rounded.
//!
//! The *completion* (完成率) is a figure against its target. With a target of 0 there is none; meeting it then counts
//! 100 %, missing it the least there is.

use std::{cmp::Ordering, collections::BTreeMap};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::rules::{Band, BandsOf, Between, Direction, EventKind, Indicator, LessBy, Score, Slope, SlopeShort};
use crate::rules::{
    decimal::{Overflow, add, div, mul, round_if, sub},
    definition::model::Rounding,
    names::Id,
};

/// What a unit did in a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actual {
    Is(Decimal),
    /// By kind of event.
    Counts(BTreeMap<Id, Decimal>),
    /// 不适用: neither good nor bad.
    NotApplicable,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Points {
    pub points: Decimal,
    /// Of the target, where it was held against one that is not 0.
    pub percent: Option<Decimal>,
}

/// What a figure is held against.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// That a document set.
    pub target: Option<Decimal>,
    /// The unit's columns of the entrant list.
    pub values: &'a BTreeMap<Id, Decimal>,
    /// Of the group in the period, where somebody in it has a figure.
    pub extremes: Option<Extremes>,
}

/// The worst and the best figure of a group in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extremes {
    pub worst: Decimal,
    pub best: Decimal,
}

/// What keeps a figure from having points. Each of them leaves the unit unranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nothing was reported.
    Figure,
    /// No count of these kinds of events.
    Counts(Vec<Id>),
    /// No document sets one, and the definition neither.
    Target,
    /// The entrant list has no such number.
    Size(Id),
    /// More digits than can be computed.
    Overflow,
}

impl From<Overflow> for Lack {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// `None`: not applicable.
pub fn points(
    indicator: &Indicator,
    actual: &Actual,
    against: Against<'_>,
    rounding: Option<Rounding>,
) -> Result<Option<Points>, Lack> {
    let exact = match (actual, &indicator.score) {
        (Actual::NotApplicable, _) => return Ok(None),
        (Actual::Counts(counts), Score::Events { starts_at, least, most, kinds }) => {
            (of_events(counts, *starts_at, *least, *most, kinds)?, None)
        }
        // Counts of what is no event, and a number where events are counted, are figures of another definition.
        (Actual::Counts(_), _) => return Err(Lack::Figure),
        (Actual::Is(_), Score::Events { kinds, .. }) => {
            return Err(Lack::Counts(kinds.iter().map(|kind| kind.id.clone()).collect()));
        }
        (Actual::Is(actual), _) => of_number(indicator, *actual, against)?,
    };
    let (points, percent) = exact;
    Ok(Some(Points { points: round_if(points, rounding), percent }))
}

fn of_number(indicator: &Indicator, actual: Decimal, against: Against<'_>) -> Result<(Decimal, Option<Decimal>), Lack> {
    let worth = indicator.points;
    match &indicator.score {
        Score::Efficacy { between, least_percent, cap_percent } => {
            let (passing, excellent) = match (*between, against.extremes) {
                (Between::Fixed { passing, excellent }, _) => (passing, excellent),
                (Between::Group { equal_percent }, Some(Extremes { worst, best })) if worst == best => {
                    return Ok((percent_of(worth, equal_percent)?, None));
                }
                (Between::Group { .. }, Some(Extremes { worst, best })) => (worst, best),
                (Between::Group { .. }, None) => return Err(Lack::Figure),
            };
            let span = sub(excellent, passing)?;
            let reached = sub(actual, passing)?;
            let num = add(mul(Decimal::from(60), span)?, mul(Decimal::from(40), reached)?)?;
            // Both turned around where less is better, so that the divisor is above 0.
            let sign = if span.is_sign_negative() { -Decimal::ONE } else { Decimal::ONE };
            let share = Share { num: mul(num, sign)?, den: mul(span.abs(), Decimal::ONE_HUNDRED)? };
            Ok((share.of(worth, *least_percent, *cap_percent)?, None))
        }
        Score::Inside { low, high, each, loses } => {
            let outside = sub(*low, actual)?.max(sub(actual, *high)?).max(Decimal::ZERO);
            let lost = quotient(mul(*loses, outside)?, *each)?;
            Ok((sub(worth, lost)?.max(Decimal::ZERO), None))
        }
        Score::Sheet { full } => {
            let got = actual.clamp(Decimal::ZERO, *full);
            Ok((quotient(mul(worth, got)?, *full)?, None))
        }
        Score::Bands { of: BandsOf::Value, rows } => Ok((band(rows, |from| Ok(actual >= from))?, None)),
        Score::Events { .. } => Err(Lack::Figure),
        Score::Linear { .. } | Score::Slope(_) | Score::Met { .. } | Score::Bands { .. } => {
            let target = against.target.or(indicator.target).ok_or(Lack::Target)?;
            let completion = completion(indicator.direction, actual, target)?;
            let points = match &indicator.score {
                Score::Linear { least_percent, cap_percent } => {
                    linear(worth, completion, *least_percent, *cap_percent)?
                }
                Score::Slope(slope) => of_slope(worth, slope, completion, target, against.values)?,
                Score::Bands { rows, .. } => of_bands(rows, completion)?,
                Score::Met { otherwise } if is_met(indicator.direction, actual, target) => worth.max(*otherwise),
                Score::Met { otherwise } => *otherwise,
                _ => return Err(Lack::Figure),
            };
            Ok((points, completion.percent()?))
        }
    }
}

fn is_met(direction: Direction, actual: Decimal, target: Decimal) -> bool {
    match direction {
        Direction::More => actual >= target,
        Direction::Less(_) => actual <= target,
    }
}

/// A figure against its target.
#[derive(Clone, Copy, Debug)]
enum Completion {
    Share(Share),
    /// Nothing at all was used of what should be little.
    Boundless,
    /// The target is 0: `Greater` is better than it, `Less` missed it.
    ZeroTarget(Ordering),
}

/// `num` ÷ `den`; the divisor is above 0.
#[derive(Clone, Copy, Debug)]
struct Share {
    num: Decimal,
    den: Decimal,
}

impl Completion {
    fn percent(self) -> Result<Option<Decimal>, Overflow> {
        match self {
            Self::Share(Share { num, den }) => div(mul(num, Decimal::ONE_HUNDRED)?, den),
            Self::Boundless | Self::ZeroTarget(_) => Ok(None),
        }
    }
}

impl Share {
    /// This share of `worth`, between two percentages of it.
    fn of(self, worth: Decimal, least_percent: Decimal, cap_percent: Decimal) -> Result<Decimal, Overflow> {
        if !self.is_at_least(least_percent)? {
            return percent_of(worth, least_percent);
        }
        if self.is_at_least(cap_percent)? {
            return percent_of(worth, cap_percent);
        }
        quotient(mul(worth, self.num)?, self.den)
    }

    fn is_at_least(self, percent: Decimal) -> Result<bool, Overflow> {
        Ok(mul(self.num, Decimal::ONE_HUNDRED)? >= mul(percent, self.den)?)
    }
}

fn percent_of(worth: Decimal, percent: Decimal) -> Result<Decimal, Overflow> {
    quotient(mul(worth, percent)?, Decimal::ONE_HUNDRED)
}

/// By a divisor that the definition holds above 0.
fn quotient(num: Decimal, den: Decimal) -> Result<Decimal, Overflow> {
    div(num, den)?.ok_or(Overflow)
}

fn completion(direction: Direction, actual: Decimal, target: Decimal) -> Result<Completion, Overflow> {
    if target.is_zero() {
        return Ok(Completion::ZeroTarget(match direction {
            Direction::More => actual.cmp(&target),
            Direction::Less(_) => target.cmp(&actual),
        }));
    }
    let (den, more) = (target.abs(), sub(actual, target)?);
    let num = match direction {
        Direction::More => add(den, more)?,
        Direction::Less(LessBy::Quotient) if target > Decimal::ZERO => {
            return Ok(if actual > Decimal::ZERO {
                Completion::Share(Share { num: target, den: actual })
            } else {
                Completion::Boundless
            });
        }
        Direction::Less(_) => sub(den, more)?,
    };
    Ok(Completion::Share(Share { num, den }))
}

fn linear(worth: Decimal, completion: Completion, least: Decimal, cap: Decimal) -> Result<Decimal, Overflow> {
    match completion {
        Completion::Share(share) => share.of(worth, least, cap),
        Completion::Boundless => percent_of(worth, cap),
        Completion::ZeroTarget(Ordering::Less) => percent_of(worth, least),
        Completion::ZeroTarget(_) => percent_of(worth, Decimal::ONE_HUNDRED.clamp(least, cap)),
    }
}

fn of_bands(rows: &[Band], completion: Completion) -> Result<Decimal, Overflow> {
    match completion {
        Completion::Share(share) => band(rows, |from| share.is_at_least(from)),
        Completion::Boundless => band(rows, |_| Ok(true)),
        Completion::ZeroTarget(Ordering::Less) => band(rows, |from| Ok(Decimal::ZERO >= from)),
        Completion::ZeroTarget(_) => band(rows, |from| Ok(Decimal::ONE_HUNDRED >= from)),
    }
}

/// Points of the last row that is reached.
fn band(rows: &[Band], reached: impl Fn(Decimal) -> Result<bool, Overflow>) -> Result<Decimal, Overflow> {
    let mut points = Decimal::ZERO;
    for row in rows {
        if reached(row.from)? {
            points = row.points;
        }
    }
    Ok(points)
}

fn of_slope(
    worth: Decimal,
    slope: &Slope,
    completion: Completion,
    target: Decimal,
    values: &BTreeMap<Id, Decimal>,
) -> Result<Decimal, Lack> {
    let size = match &slope.size {
        Some(id) => *values.get(id).ok_or_else(|| Lack::Size(id.clone()))?,
        None => target.abs(),
    };
    let row = slope.rows.iter().find(|row| row.up_to.is_none_or(|up_to| size <= up_to));
    let each = row.map_or(Decimal::ZERO, |row| row.each_percent);
    let most = slope.bonus_percent.map(|percent| percent_of(worth, percent)).transpose()?;
    let with_bonus = |bonus: Decimal| add(worth, most.map_or(bonus, |most| bonus.min(most)));
    // So many points for that many percent, of which perhaps only the whole ones count.
    let per_percent = |distance: Decimal, den: Decimal| -> Result<Decimal, Overflow> {
        let hundredfold = mul(distance, Decimal::ONE_HUNDRED)?;
        if slope.whole_percents {
            mul(each, quotient(hundredfold, den)?.trunc())
        } else {
            quotient(mul(each, hundredfold)?, den)
        }
    };
    Ok(match completion {
        Completion::Share(Share { num, den }) if num >= den => with_bonus(per_percent(sub(num, den)?, den)?)?,
        Completion::Share(share @ Share { num, den }) => match slope.short {
            SlopeShort::Ratio => share.of(worth, Decimal::ZERO, Decimal::ONE_HUNDRED)?,
            SlopeShort::Slope => sub(worth, per_percent(sub(den, num)?, den)?)?.max(Decimal::ZERO),
        },
        Completion::Boundless | Completion::ZeroTarget(Ordering::Greater) => {
            with_bonus(percent_of(worth, slope.zero_target_percent)?)?
        }
        Completion::ZeroTarget(Ordering::Equal) => worth,
        Completion::ZeroTarget(Ordering::Less) => Decimal::ZERO,
    })
}

fn of_events(
    counts: &BTreeMap<Id, Decimal>,
    starts_at: Decimal,
    least: Option<Decimal>,
    most: Option<Decimal>,
    kinds: &[EventKind],
) -> Result<Decimal, Lack> {
    let missing: Vec<Id> = kinds.iter().map(|kind| &kind.id).filter(|id| !counts.contains_key(*id)).cloned().collect();
    if !missing.is_empty() {
        return Err(Lack::Counts(missing));
    }
    let mut points = starts_at;
    for kind in kinds {
        let count = counts.get(&kind.id).copied().unwrap_or_default();
        points = add(points, mul(count, kind.points)?)?;
    }
    let points = least.map_or(points, |least| points.max(least));
    Ok(most.map_or(points, |most| points.min(most)))
}
