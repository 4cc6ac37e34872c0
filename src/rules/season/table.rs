//! From what a source reported to an entrant's points: converted, weighted, capped, rounded, in this order.

use rust_decimal::Decimal;

use super::rules::{By, Missing, Rules, Source};
use crate::rules::{
    decimal::{Overflow, add, div, mul, round_if, settled},
    names::Id,
};

/// A source's result of somebody, as its board shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Raw {
    pub total: Option<Decimal>,
    pub rank: Option<u32>,
}

/// One source of one entrant.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub source: Id,
    /// `None`: the source does not list them, or was not reported yet.
    pub raw: Option<Raw>,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    Counted(Counted),
    /// Missing, and that counts as 0.
    Zero,
    /// Missing; `got` of `possible` points elsewhere, in proportion.
    Scaled {
        points: Decimal,
        got: Decimal,
        possible: Decimal,
    },
    /// Missing, and nobody is ranked without it.
    Missing,
    /// More digits than there are.
    Overflow,
}

/// A result that became points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// Points of the total or of the rank, or a percentage.
    pub converted: Decimal,
    pub weighted: Decimal,
    /// What it was held to, where it was more: the source's cap, or the most it can be worth.
    pub capped_at: Option<Decimal>,
    /// Rounded.
    pub points: Decimal,
}

impl Outcome {
    /// What stands in the field.
    pub fn points(&self) -> Option<Decimal> {
        match self {
            Self::Counted(counted) => Some(counted.points),
            Self::Zero => Some(Decimal::ZERO),
            Self::Scaled { points, .. } => Some(*points),
            Self::Missing | Self::Overflow => None,
        }
    }
}

/// An entrant's points, in the order of the sources. `raw` gives what a source reported of them and the best total that
/// it showed of anybody.
pub fn lines<'r>(rules: &Rules, raw: impl Fn(&Source) -> (Option<&'r Raw>, Option<Decimal>)) -> Vec<Line> {
    let mut lines: Vec<Line> = rules.sources.iter().map(|source| line(source, raw(source))).collect();
    let scaled =
        |source: &Source, line: &Line| source.missing == Missing::Scaled && matches!(line.outcome, Outcome::Missing);
    let pairs = || rules.sources.iter().zip(&lines);
    if !pairs().any(|(source, line)| scaled(source, line)) {
        return lines;
    }
    let present = || pairs().filter(|(_, line)| line.outcome.points().is_some());
    let got = total(present().filter_map(|(_, line)| line.outcome.points()));
    let possible = total(present().filter_map(|(source, _)| source.full()));
    let scale: Vec<Option<Outcome>> =
        pairs().map(|(source, line)| scaled(source, line).then(|| in_proportion(source, got, possible))).collect();
    for (line, outcome) in lines.iter_mut().zip(scale) {
        line.outcome = outcome.unwrap_or(line.outcome);
    }
    lines
}

fn total(mut values: impl Iterator<Item = Decimal>) -> Result<Decimal, Overflow> {
    values.try_fold(Decimal::ZERO, add)
}

fn in_proportion(source: &Source, got: Result<Decimal, Overflow>, possible: Result<Decimal, Overflow>) -> Outcome {
    let Some(full) = source.full() else { return Outcome::Missing };
    let (Ok(got), Ok(possible)) = (got, possible) else { return Outcome::Overflow };
    match mul(got, full).and_then(|product| div(product, possible)) {
        Err(Overflow) => Outcome::Overflow,
        // Nothing is there that it could be in proportion to.
        Ok(None) => Outcome::Missing,
        Ok(Some(points)) => {
            let points = round_if(settled(points).min(full), source.rounding).min(full);
            Outcome::Scaled { points, got, possible }
        }
    }
}

fn line(source: &Source, (raw, best): (Option<&Raw>, Option<Decimal>)) -> Line {
    let outcome = match raw.map(|raw| converted(source, *raw, best)) {
        Some(Ok(Some(converted))) => counted(source, converted),
        Some(Err(Overflow)) => Outcome::Overflow,
        None | Some(Ok(None)) if source.missing == Missing::Zero => Outcome::Zero,
        None | Some(Ok(None)) => Outcome::Missing,
    };
    Line { source: source.id.clone(), raw: raw.copied(), outcome }
}

/// What a row is worth before weight and cap; `None`: nothing, or nothing that can be computed.
pub(super) fn worth(source: &Source, raw: Raw, best: Option<Decimal>) -> Option<Decimal> {
    converted(source, raw, best).ok().flatten()
}

/// `None`: no result of the kind that is asked for.
fn converted(source: &Source, raw: Raw, best: Option<Decimal>) -> Result<Option<Decimal>, Overflow> {
    match &source.by {
        By::Points { .. } => Ok(raw.total),
        By::Percentage { full } => {
            let Some((total, of)) = raw.total.zip(full.or(best)) else { return Ok(None) };
            // Where the best has nothing, or less, there is nothing to have a part of.
            if of <= Decimal::ZERO {
                return Ok(Some(Decimal::ZERO));
            }
            let percent = div(mul(total, Decimal::ONE_HUNDRED)?, of)?.unwrap_or_default();
            Ok(Some(settled(percent)))
        }
        By::Rank { points, further } => Ok(raw.rank.map(|rank| {
            let at = usize::try_from(rank).ok().and_then(|rank| rank.checked_sub(1));
            at.and_then(|at| points.get(at)).copied().unwrap_or(*further)
        })),
    }
}

fn counted(source: &Source, converted: Decimal) -> Outcome {
    let Ok(weighted) = mul(converted, source.weight).map(settled) else { return Outcome::Overflow };
    // The board holds a source to its most: said here, so that both say the same.
    let most = source.most();
    let capped_at = most.filter(|most| weighted > *most);
    let points = round_if(capped_at.unwrap_or(weighted), source.rounding);
    let points = most.map_or(points, |most| points.min(most));
    Outcome::Counted(Counted { converted, weighted, capped_at, points })
}
