//! How a panel's marks of one aspect become one number.
//!
//! Marks are rounded, missing judges stood in for or left out, extremes dropped (one instance only of a tied
//! extreme), the rest aggregated, the spread measured, and the number rounded. A *fate* says what became of each
//! mark. Knows neither aspects nor entrants, and never decides what happens after a spread: it reports a [`SpreadFinding`].

use rust_decimal::Decimal;

use super::{
    decimal::{self, Overflow},
    definition::model::{Aggregate, MissingJudge, Panel, Spread, SpreadAction, SpreadLimit, SpreadMeasure, Trim},
};

/// One judge's mark. Seats count from 1 and matter only where judges have weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub seat: u32,
    pub value: Decimal,
}

/// What is known about one aspect beside its marks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Aspect<'a> {
    /// Of one mark; percentages of a spread are of this.
    pub max: Option<Decimal>,
    /// Judges who do not mark this entrant here (不适用); nobody waits for them.
    pub excused: u32,
    /// The chief's number after a spread.
    pub resolved: Option<Decimal>,
    pub bands: Option<Banded>,
    /// What is recorded is measured, not judged.
    pub measured: bool,
    /// Seats that were found extreme on their whole sheets, where the panel looks at sheets.
    pub extreme_sheets: Option<&'a ExtremeSheets>,
}

/// Described bands: points = `max` × sum / (`top` × marks).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Banded {
    pub max: Decimal,
    pub top: u32,
}

/// Seats whose sheets are dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtremeSheets {
    pub high: Vec<u32>,
    pub low: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// After all rounding.
    pub number: Decimal,
    /// Before the panel's rounding.
    pub exact: Decimal,
    /// In the order given; those who stand in follow.
    pub marks: Vec<Weighed>,
    pub spread: Option<SpreadFinding>,
    /// The spread was too large and the mean of all marks took the place of the number.
    pub mean_of_all: bool,
    pub resolved: bool,
}

/// One mark in the panel's arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    pub seat: u32,
    /// As rounded for use.
    pub value: Decimal,
    /// The mean of the given marks, for a judge who is missing.
    pub stands_in: bool,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Counted,
    DroppedHigh,
    DroppedLow,
}

/// The marks lie farther apart than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpreadFinding {
    pub measured: Decimal,
    pub limit: Decimal,
    pub action: SpreadAction,
}

/// Why a panel has no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoNumber {
    /// Somebody has not marked yet.
    Missing { given: u32, judges: u32 },
    /// More marks than the panel has judges.
    TooMany { given: u32, judges: u32 },
    /// Fewer would remain after dropping than the definition demands.
    TooFew { remain: u32, needed: u32 },
    /// Two people entered different values.
    Disagree,
    /// The weights of those who marked add up to nothing.
    Weightless,
    /// A number outgrew 28 digits.
    Overflow,
}

impl From<Overflow> for NoNumber {
    fn from(_: Overflow) -> Self {
        NoNumber::Overflow
    }
}

/// One aspect's number. `given` in the order of seats.
pub fn judge(panel: &Panel, aspect: &Aspect, given: &[Given]) -> Result<Verdict, NoNumber> {
    let mut marks = weigh(panel, given);
    let rounding = if aspect.measured { panel.measured_rounding } else { panel.rounding };
    if let Some(number) = aspect.resolved {
        let rounded = decimal::round_if(number, rounding);
        return Ok(Verdict { number: rounded, exact: number, marks, spread: None, mean_of_all: false, resolved: true });
    }
    complete(panel, aspect.excused, &mut marks)?;
    if panel.aggregate == Aggregate::Agree && aspect.excused > 0 {
        // Nobody confirmed what the other one entered.
        return Err(NoNumber::Disagree);
    }
    if panel.aggregate == Aggregate::Agree && marks.iter().any(|mark| mark.value != marks[0].value) {
        return Err(NoNumber::Disagree);
    }
    match aspect.extreme_sheets {
        Some(sheets) => drop_sheets(sheets, &mut marks),
        None => drop_extremes(&panel.trim, &mut marks),
    }
    let remain = count(kept(&marks).count());
    let needed = panel.remain.max(1);
    if remain < needed {
        return Err(NoNumber::TooFew { remain, needed });
    }

    let mut exact = match aspect.bands {
        Some(banded) => banded_points(banded, &marks)?,
        None => aggregate(&panel.aggregate, &marks)?,
    };
    let mut number = decimal::round_if(exact, rounding);
    let spread = panel.spread.as_ref().map(|rule| spread(rule, aspect.max, number, &marks)).transpose()?.flatten();
    let mean_of_all = spread.is_some_and(|found| found.action == SpreadAction::MeanOfAll);
    if mean_of_all {
        for mark in &mut marks {
            mark.fate = Fate::Counted;
        }
        exact = match aspect.bands {
            Some(banded) => banded_points(banded, &marks)?,
            None => aggregate(&Aggregate::Mean, &marks)?,
        };
        number = decimal::round_if(exact, rounding);
    }
    Ok(Verdict { number, exact, marks, spread, mean_of_all, resolved: false })
}

/// The seats that are extreme on their whole sheets. `sheets` are seats with the sums of their marks, whole sheets only.
pub fn extreme_sheets(panel: &Panel, sheets: &[Given]) -> ExtremeSheets {
    let mut marks: Vec<Weighed> = sheets.iter().map(|sheet| counted(sheet.seat, sheet.value)).collect();
    drop_extremes(&panel.trim, &mut marks);
    let with = |fate| marks.iter().filter(|mark| mark.fate == fate).map(|mark| mark.seat).collect();
    ExtremeSheets { high: with(Fate::DroppedHigh), low: with(Fate::DroppedLow) }
}

fn counted(seat: u32, value: Decimal) -> Weighed {
    Weighed { seat, value, stands_in: false, fate: Fate::Counted }
}

fn weigh(panel: &Panel, given: &[Given]) -> Vec<Weighed> {
    let mut marks = Vec::with_capacity(given.len().max(panel.judges as usize));
    marks.extend(given.iter().map(|mark| counted(mark.seat, decimal::round_if(mark.value, panel.mark_rounding))));
    marks
}

/// Deals with judges who are missing.
fn complete(panel: &Panel, excused: u32, marks: &mut Vec<Weighed>) -> Result<(), NoNumber> {
    let given = count(marks.len());
    let judges = panel.judges.saturating_sub(excused);
    if given > panel.judges {
        return Err(NoNumber::TooMany { given, judges: panel.judges });
    }
    if given >= judges && given > 0 {
        return Ok(());
    }
    let missing = NoNumber::Missing { given, judges };
    match panel.missing {
        _ if given == 0 => Err(missing),
        MissingJudge::Wait => Err(missing),
        MissingJudge::Smaller => Ok(()),
        MissingJudge::MeanStandsIn => {
            let values: Vec<Decimal> = marks.iter().map(|mark| mark.value).collect();
            let mean = decimal::mean(&values)?.ok_or(missing)?;
            let empty: Vec<u32> =
                (1..=panel.judges).filter(|seat| marks.iter().all(|mark| mark.seat != *seat)).collect();
            for seat in empty.into_iter().take((judges - given) as usize) {
                marks.push(Weighed { seat, value: mean, stands_in: true, fate: Fate::Counted });
            }
            Ok(())
        }
    }
}

fn drop_extremes(trim: &Trim, marks: &mut [Weighed]) {
    let (high, low) = match trim {
        Trim::Fixed { high, low } => (*high, *low),
        Trim::BySize(rows) => {
            rows.iter().rfind(|row| row.from as usize <= marks.len()).map_or((0, 0), |row| (row.high, row.low))
        }
    };
    // The first of tied lowest and the last of tied highest go, so that no mark is dropped twice.
    for _ in 0..low {
        if let Some(lowest) = extreme(marks, |mark, best| mark.value < best.value) {
            marks[lowest].fate = Fate::DroppedLow;
        }
    }
    for _ in 0..high {
        if let Some(highest) = extreme(marks, |mark, best| mark.value >= best.value) {
            marks[highest].fate = Fate::DroppedHigh;
        }
    }
}

/// The position of the counted mark that beats all before it.
fn extreme(marks: &[Weighed], beats: impl Fn(&Weighed, &Weighed) -> bool) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (at, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.fate == Fate::Counted) {
        if best.is_none_or(|best| beats(mark, &marks[best])) {
            best = Some(at);
        }
    }
    best
}

fn drop_sheets(sheets: &ExtremeSheets, marks: &mut [Weighed]) {
    for mark in marks {
        if sheets.high.contains(&mark.seat) {
            mark.fate = Fate::DroppedHigh;
        } else if sheets.low.contains(&mark.seat) {
            mark.fate = Fate::DroppedLow;
        }
    }
}

fn kept(marks: &[Weighed]) -> impl Iterator<Item = &Weighed> {
    marks.iter().filter(|mark| mark.fate == Fate::Counted)
}

fn aggregate(rule: &Aggregate, marks: &[Weighed]) -> Result<Decimal, NoNumber> {
    let values = || kept(marks).map(|mark| mark.value);
    let number = match rule {
        Aggregate::Mean => decimal::div(decimal::sum(values())?, Decimal::from(values().count()))?,
        Aggregate::Sum => Some(decimal::sum(values())?),
        Aggregate::Median => decimal::median(&ascending(values()))?,
        Aggregate::Minimum => values().min(),
        Aggregate::Maximum => values().max(),
        Aggregate::Agree => values().next(),
        Aggregate::Weighted(weights) => {
            let weight = |mark: &Weighed| weights.get(mark.seat as usize - 1).copied().unwrap_or(Decimal::ONE);
            let mut sum = Decimal::ZERO;
            for mark in kept(marks) {
                sum = decimal::add(sum, decimal::mul(weight(mark), mark.value)?)?;
            }
            decimal::div(sum, decimal::sum(kept(marks).map(weight))?)?
        }
    };
    number.ok_or(NoNumber::Weightless)
}

fn banded_points(banded: Banded, marks: &[Weighed]) -> Result<Decimal, NoNumber> {
    let sum = decimal::sum(kept(marks).map(|mark| mark.value))?;
    let possible = Decimal::from(banded.top) * Decimal::from(kept(marks).count());
    decimal::div(decimal::mul(banded.max, sum)?, possible)?.ok_or(NoNumber::Weightless)
}

fn spread(
    rule: &Spread,
    max: Option<Decimal>,
    number: Decimal,
    marks: &[Weighed],
) -> Result<Option<SpreadFinding>, NoNumber> {
    let given = marks.iter().filter(|mark| !mark.stands_in);
    let looked_at = given.filter(|mark| !rule.after_trimming || mark.fate == Fate::Counted);
    let values = ascending(looked_at.map(|mark| mark.value));
    let (Some(lowest), Some(highest)) = (values.first(), values.last()) else { return Ok(None) };
    let measured = match rule.measure {
        SpreadMeasure::Range => decimal::sub(*highest, *lowest)?,
        SpreadMeasure::ToMedian => {
            let median = decimal::median(&values)?.unwrap_or(*lowest);
            decimal::sub(*highest, median)?.max(decimal::sub(median, *lowest)?)
        }
    };
    let limit = match &rule.limit {
        SpreadLimit::Points(points) => Some(*points),
        SpreadLimit::Percent(percent) => {
            max.map(|max| decimal::mul(max, *percent).map(|of| of / Decimal::ONE_HUNDRED)).transpose()?
        }
        SpreadLimit::Bands(bands) => bands.iter().find(|band| band.from <= number).map(|band| band.max),
    };
    let measured = decimal::settled(measured);
    Ok(limit.filter(|limit| measured > decimal::settled(*limit)).map(|limit| SpreadFinding {
        measured,
        limit,
        action: rule.action,
    }))
}

fn ascending(values: impl Iterator<Item = Decimal>) -> Vec<Decimal> {
    let mut values: Vec<Decimal> = values.collect();
    values.sort_unstable();
    values
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
