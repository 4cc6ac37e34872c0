//! The tables: a period's scores and ranks, group by group, and those over several periods.
//!
//! Ranks are decided on scores as rounded. Equal scores are decided by the points of the indicators that the definition
//! names, and then share a rank, leaving a gap (1, 2, 2, 4).

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use rust_decimal::Decimal;

use super::{
    accumulate::accumulated,
    group::Compared,
    rules::{Indicator, Period, Rules},
    score::{Actual, Against, Lack, points},
    units::Life,
    veto::{Reach, Veto},
};
use crate::rules::{
    decimal::{Overflow, add, div, mul, round_if},
    names::{EntrantId, Id},
};

/// Where one figure stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FigureSlot {
    pub entrant: EntrantId,
    pub indicator: Id,
    pub period: Id,
}

/// What the tables are made of, as it stands at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    pub actuals: BTreeMap<FigureSlot, Actual>,
    /// Those that a document set; the definition's stand in for the others.
    pub targets: BTreeMap<FigureSlot, Decimal>,
    /// Those in force.
    pub vetoes: Vec<Veto>,
    /// What merged units bring along of periods before them, there or missing. Only over several periods.
    pub carried: BTreeSet<FigureSlot>,
}

/// A unit that takes part.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    pub id: &'a EntrantId,
    pub group: Option<&'a Id>,
    /// Its columns of the entrant list.
    pub values: &'a BTreeMap<Id, Decimal>,
    /// 退出: the periods that had closed before. In them it is as it was, in others it is not, over several not ranked.
    pub withdrawn: Option<&'a BTreeSet<Id>>,
    pub life: Life,
}

impl Unit<'_> {
    /// Whether it is there in a period.
    pub fn stands(&self, period: &Period) -> bool {
        self.life.stands(period) && self.withdrawn.is_none_or(|closed| closed.contains(&period.id))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct GroupTable {
    /// `None` where the contest has no groups.
    pub group: Option<Id>,
    /// The ranked first, then the others as they come.
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub entrant: EntrantId,
    /// In the order of the definition; only what is judged of this unit.
    pub cells: Vec<Cell>,
    /// What the indicators that apply gave together.
    pub got: Decimal,
    /// What they are worth when targets are met.
    pub possible: Decimal,
    /// What all indicators of the unit are worth.
    pub full: Decimal,
    /// `None` where it has none: something is missing, or nothing applies.
    pub score: Option<Decimal>,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub indicator: Id,
    pub judged: Judged,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Judged {
    Points {
        points: Decimal,
        percent: Option<Decimal>,
        /// A veto took points away.
        vetoed: bool,
    },
    NotApplicable,
    /// By period.
    Missing(Vec<(Id, Lack)>),
}

/// Why somebody has a rank or none.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Ranked(u32),
    /// 一票否决.
    Vetoed,
    /// Figures, counts or targets.
    Missing,
    NothingApplies,
    Withdrawn,
    Overflow,
}

impl Place {
    pub fn rank(&self) -> Option<u32> {
        match self {
            Place::Ranked(rank) => Some(*rank),
            _ => None,
        }
    }
}

impl Row {
    pub fn rank(&self) -> Option<u32> {
        self.place.rank()
    }

    /// Everything that is missing, with its period.
    pub fn missing(&self) -> impl Iterator<Item = (&Id, &Id, &Lack)> {
        self.cells.iter().flat_map(|cell| {
            let lacks: &[(Id, Lack)] = match &cell.judged {
                Judged::Missing(lacks) => lacks,
                _ => &[],
            };
            lacks.iter().map(move |(period, lack)| (&cell.indicator, period, lack))
        })
    }

    /// By indicator, of those that have points.
    pub fn points(&self) -> impl Iterator<Item = (&Id, Decimal)> {
        self.cells.iter().filter_map(|cell| match cell.judged {
            Judged::Points { points, .. } => Some((&cell.indicator, points)),
            _ => None,
        })
    }

    fn points_of(&self, indicator: &Id) -> Option<Decimal> {
        self.points().find(|(id, _)| *id == indicator).map(|(_, points)| points)
    }
}

/// One period.
pub fn period_table<'a>(
    rules: &Rules,
    units: impl IntoIterator<Item = Unit<'a>>,
    figures: &Figures,
    period: &Id,
) -> Vec<GroupTable> {
    let known = rules.period(period);
    let stands = |unit: &Unit<'_>| known.is_none_or(|period| unit.stands(period));
    let units: Vec<Unit<'a>> = units.into_iter().filter(stands).collect();
    let compared = Compared::of(rules, &units, figures, &[period]);
    let row = |unit: Unit<'_>| {
        let judged = rules.judged(period, unit.group);
        let cells = judged.map(|indicator| Judging {
            cell: Cell {
                indicator: indicator.id.clone(),
                judged: judged_once(rules, indicator, unit, figures, &compared, period),
            },
            times: Decimal::ONE,
            applied: Decimal::ONE,
            worth: indicator.points,
        });
        let reaches = figures.vetoes.iter().filter_map(|veto| veto.on_period(unit.id, period));
        row(rules, unit, cells.collect(), reaches, false)
    };
    tables(rules, units, row)
}

/// Over these periods, in the order of the definition, of those who are there in the last of them.
pub fn overall_table<'a>(
    rules: &Rules,
    units: impl IntoIterator<Item = Unit<'a>>,
    figures: &Figures,
    periods: &[&Id],
) -> Vec<GroupTable> {
    let units: Vec<Unit<'a>> = units.into_iter().collect();
    let compared = Compared::of(rules, &units, figures, periods);
    let last = periods.iter().filter_map(|id| rules.period(id)).max_by_key(|period| period.to);
    let lives = |unit: &Unit<'_>| last.is_none_or(|last| unit.life.stands(last));
    let row = |unit: Unit<'_>| {
        let cells =
            rules.indicators.iter().filter_map(|one| accumulated(rules, one, unit, figures, &compared, periods));
        let reaches = figures.vetoes.iter().filter_map(|veto| veto.on_contest(unit.id));
        row(rules, unit, cells.collect(), reaches, unit.withdrawn.is_some())
    };
    tables(rules, units.into_iter().filter(lives), row)
}

/// A cell, and how often it counts.
pub(super) struct Judging {
    pub(super) cell: Cell,
    /// How many times its worth it can bring: more than once only where periods are added up.
    pub(super) times: Decimal,
    /// … of which it applied.
    pub(super) applied: Decimal,
    pub(super) worth: Decimal,
}

/// What one figure is worth.
pub(super) fn judged_once(
    rules: &Rules,
    indicator: &Indicator,
    unit: Unit<'_>,
    figures: &Figures,
    compared: &Compared<'_>,
    period: &Id,
) -> Judged {
    let slot = slot(unit, indicator, period);
    let Some(actual) = figures.actuals.get(&slot) else {
        return Judged::Missing(vec![(period.clone(), Lack::Figure)]);
    };
    let against = Against {
        target: figures.targets.get(&slot).copied(),
        values: unit.values,
        extremes: compared.extremes(indicator, period, unit.group),
    };
    match points(indicator, actual, against, rules.points_rounding) {
        Err(lack) => Judged::Missing(vec![(period.clone(), lack)]),
        Ok(None) => Judged::NotApplicable,
        Ok(Some(given)) => {
            let vetoed = figures.vetoes.iter().any(|veto| veto.takes(unit.id, &indicator.id, period));
            // What was lost already stays lost.
            let points = if vetoed { given.points.min(Decimal::ZERO) } else { given.points };
            Judged::Points { points, percent: given.percent, vetoed }
        }
    }
}

pub(super) fn slot(unit: Unit<'_>, indicator: &Indicator, period: &Id) -> FigureSlot {
    FigureSlot { entrant: unit.id.clone(), indicator: indicator.id.clone(), period: period.clone() }
}

fn row(
    rules: &Rules,
    unit: Unit<'_>,
    judged: Vec<Judging>,
    reaches: impl Iterator<Item = Reach>,
    withdrawn: bool,
) -> Row {
    let reach = reaches.max();
    let sums = sums(rules, &judged);
    let cells: Vec<Cell> = judged.into_iter().map(|one| one.cell).collect();
    let missing = cells.iter().any(|cell| matches!(cell.judged, Judged::Missing(_)));
    let Ok((got, possible, full, scaled)) = sums else {
        let (got, possible, full) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        return Row { entrant: unit.id.clone(), cells, got, possible, full, score: None, place: Place::Overflow };
    };
    let score = scaled.filter(|_| !missing).map(|score| {
        let score = if reach == Some(Reach::Zero) { score.min(Decimal::ZERO) } else { score };
        round_if(score, rules.score_rounding)
    });
    let place = match score {
        _ if withdrawn => Place::Withdrawn,
        _ if reach == Some(Reach::Unranked) => Place::Vetoed,
        _ if missing => Place::Missing,
        None => Place::NothingApplies,
        // Given below, beside the others.
        Some(_) => Place::Ranked(0),
    };
    Row { entrant: unit.id.clone(), cells, got, possible, full, score, place }
}

type Sums = (Decimal, Decimal, Decimal, Option<Decimal>);

/// Got, possible, full, and the score before it is rounded; none where nothing applies.
fn sums(rules: &Rules, judged: &[Judging]) -> Result<Sums, Overflow> {
    let (mut got, mut possible, mut full) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    for one in judged {
        full = add(full, mul(one.worth, one.times)?)?;
        if let Judged::Points { points, .. } = one.cell.judged {
            got = add(got, points)?;
            possible = add(possible, mul(one.worth, one.applied)?)?;
        }
    }
    let scaled = if possible.is_zero() {
        None
    } else if rules.scale_up && possible != full {
        div(mul(got, full)?, possible)?
    } else {
        Some(got)
    };
    Ok((got, possible, full, scaled))
}

/// Rows by group, in the order in which groups first come.
fn tables<'a>(
    rules: &Rules,
    units: impl IntoIterator<Item = Unit<'a>>,
    row: impl Fn(Unit<'a>) -> Row,
) -> Vec<GroupTable> {
    let mut tables: Vec<GroupTable> = Vec::new();
    for unit in units {
        let own = row(unit);
        match tables.iter_mut().find(|table| table.group.as_ref() == unit.group) {
            Some(table) => table.rows.push(own),
            None => tables.push(GroupTable { group: unit.group.cloned(), rows: vec![own] }),
        }
    }
    for table in &mut tables {
        rank(rules, &mut table.rows);
    }
    tables
}

fn rank(rules: &Rules, rows: &mut [Row]) {
    let key = |row: &Row| {
        let ties: Vec<Option<Decimal>> = rules.ties.iter().map(|id| row.points_of(id)).collect();
        (row.rank().and(row.score), ties)
    };
    // Stable: the unranked stay as they come.
    rows.sort_by_cached_key(|row| Reverse(row.rank().map(|_| key(row))));
    let keys: Vec<_> = rows.iter().map(key).collect();
    let mut rank = 0;
    for (at, row) in rows.iter_mut().enumerate() {
        if row.rank().is_none() {
            continue;
        }
        if at == 0 || keys[at] != keys[at - 1] {
            rank = u32::try_from(at + 1).unwrap_or(u32::MAX);
        }
        row.place = Place::Ranked(rank);
    }
}
