//! What stands behind published points: the figure as it counted when its period was published, what it was held against,
//! by which document, and who entered and checked it. Nothing that came later, and nothing that is not published.
//!
//! Points are worked anew from the figure by the rules of today. Where that gives other points than were published, the
//! rules have changed since, and only the points and the figure are told.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{
    group::Compared,
    public,
    rules::{Indicator, Rules, Score},
    score::{Actual, Against, Extremes, points},
    state::{Figure, How, Labor, Target, Version, Way},
    table::{FigureSlot, Figures, Unit, slot},
    units::Life,
    veto::Veto,
};
use crate::rules::{
    ledger::{
        Instant,
        entry::{Digest, Role},
        indicator::PublishedRow,
    },
    names::{EntrantId, Id, PersonId, VetoId},
    state::{People, State},
    view::{Audience, Shows, shows},
};

/// What counted when a period was published: how many versions of each figure and each target there were, and the vetoes
/// in force. Figures that were not checked are not in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Basis {
    figures: BTreeMap<FigureSlot, usize>,
    targets: BTreeMap<FigureSlot, usize>,
    pub(super) vetoes: BTreeMap<VetoId, Veto>,
    /// What it said of all periods published by then.
    pub(super) overall: Vec<PublishedRow>,
}

/// One indicator of a unit in a published period.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    pub indicator: Indicator,
    /// As published; `None`: none were.
    pub points: Option<Decimal>,
    /// `None`: it was missing.
    pub figure: Option<Counted>,
    /// By document; without one the definition's.
    pub target: Option<Target>,
    /// Of its group, where the indicator compares.
    pub extremes: Option<Extremes>,
    /// Of the target.
    pub percent: Option<Decimal>,
    /// Of the unit, where a column of the list stands for the target's size.
    pub size: Option<Decimal>,
    /// By the rules of today, before a veto.
    pub given: Option<Decimal>,
    /// Whether the rules of today give these points.
    pub agrees: bool,
    /// A veto took points away.
    pub vetoed: bool,
}

/// A figure as it counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    pub actual: Actual,
    /// Papers and files, by digest.
    pub evidence: Vec<Digest>,
    /// Who entered it, and who checked or revised it, in the order of time.
    pub hands: Vec<Hand>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    pub how: How,
    pub by: PersonId,
    pub role: HandOf,
    pub at: Instant,
}

/// As what somebody had a figure in hand, without saying who.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOf {
    Unit,
    Liaison,
    Department,
    Office,
}

impl HandOf {
    /// By the roles that somebody has at that moment. Whoever checks or revises without one is an administrator, for the
    /// office; whoever reports without one is of the unit.
    pub(super) fn of(people: &People, person: &PersonId, indicator: &Id, how: How) -> Self {
        let has = |role: &Role| people.has(person, role);
        if has(&Role::IndicatorOwner { indicator: indicator.clone() }) {
            Self::Department
        } else if has(&Role::Organizer) || how != How::Reported {
            Self::Office
        } else if has(&Role::Liaison) {
            Self::Liaison
        } else {
            Self::Unit
        }
    }
}

impl Basis {
    pub(super) fn of(labor: &Labor, period: &Id) -> Self {
        let checked = labor.of_period(period).filter(|(_, figure)| figure.way == Way::Checked);
        let targets = labor.targets.iter().filter(|(slot, _)| slot.period == *period);
        let in_force = labor.vetoes.iter().filter(|(_, veto)| veto.released.is_none());
        Self {
            figures: checked.map(|(slot, figure)| (slot.clone(), figure.versions.len())).collect(),
            targets: targets.map(|(slot, all)| (slot.clone(), all.len())).collect(),
            vetoes: in_force.map(|(id, veto)| (id.clone(), veto.what.clone())).collect(),
            overall: labor.overall.clone(),
        }
    }

    fn versions<'f>(&self, labor: &'f Labor, at: &FigureSlot) -> &'f [Version] {
        let versions = labor.figures.get(at).map(|figure: &Figure| figure.versions.as_slice()).unwrap_or_default();
        self.figures.get(at).and_then(|count| versions.get(..*count)).unwrap_or_default()
    }

    fn target<'f>(&self, labor: &'f Labor, at: &FigureSlot) -> Option<&'f Target> {
        labor.targets.get(at)?.get(self.targets.get(at)?.checked_sub(1)?)
    }

    /// Indicators whose points could still move when these rows were published.
    pub(super) fn provisional(&self, rules: &Rules, period: &Id, rows: &[PublishedRow]) -> Vec<Id> {
        let groups: BTreeSet<Option<&Id>> = rows.iter().map(|row| row.group.as_ref()).collect();
        let waits = |indicator: &&Indicator| {
            let open = |group: Option<&Id>| {
                let own = rows.iter().filter(|row| row.group.as_ref() == group && indicator.is_judged(period, group));
                let mut there = own.map(|row| self.figures.contains_key(&at(row, indicator, period)));
                there.clone().any(|is| is) && there.any(|is| !is)
            };
            groups.iter().copied().any(open)
        };
        let reads = rules.indicators.iter().filter(|one| one.score.reads_group());
        reads.filter(waits).map(|one| one.id.clone()).collect()
    }
}

fn at(row: &PublishedRow, indicator: &Indicator, period: &Id) -> FigureSlot {
    FigureSlot { entrant: row.entrant.clone(), indicator: indicator.id.clone(), period: period.clone() }
}

/// Every indicator of a unit in a period, as it was published last for this audience. `None`: nothing was.
pub fn behind(state: &State, audience: &Audience, period: &Id, entrant: &EntrantId) -> Option<Vec<Behind>> {
    let definition = &state.rules()?.definition;
    if shows(state, definition, audience) == Shows::Nothing {
        return None;
    }
    let rules = &definition.indicators;
    let until = state.frozen.as_ref().map(|frozen| frozen.since).filter(|_| *audience != Audience::Staff);
    let published = public::periods(state, rules, until).into_iter().find(|one| one.period.id == *period)?;
    let row = published.row(entrant)?;
    let basis = state.labor.progress(period)?.bases.get(published.again.len())?;
    let none = BTreeMap::new();
    let units: Vec<Unit<'_>> = published
        .rows
        .iter()
        .map(|row| Unit {
            id: &row.entrant,
            group: row.group.as_ref(),
            values: state.entrant(&row.entrant).map_or(&none, |known| &known.values),
            withdrawn: None,
            life: Life::default(),
        })
        .collect();
    let own = units.iter().find(|unit| unit.id == entrant)?;
    let mut figures = Figures::default();
    for (at, count) in &basis.figures {
        if let Some(version) = state.labor.figures.get(at).and_then(|figure| figure.versions.get(count.checked_sub(1)?))
        {
            figures.actuals.insert(at.clone(), version.actual.clone());
        }
    }
    let compared = Compared::of(rules, &units, &figures, &[period]);
    let one = |indicator: &Indicator| {
        let at = slot(*own, indicator, period);
        let published = row.points.get(&indicator.id).copied();
        let target = basis.target(&state.labor, &at).cloned();
        let extremes = compared.extremes(indicator, period, row.group.as_ref());
        let actual = figures.actuals.get(&at);
        let against = Against { target: target.as_ref().map(|set| set.target), values: own.values, extremes };
        let worked = actual.and_then(|actual| points(indicator, actual, against, rules.points_rounding).ok().flatten());
        let vetoed = basis.vetoes.values().any(|veto| veto.takes(entrant, &indicator.id, period));
        let gives = worked.map(|given| if vetoed { given.points.min(Decimal::ZERO) } else { given.points });
        Behind {
            indicator: indicator.clone(),
            points: published,
            figure: counted(basis.versions(&state.labor, &at)),
            target,
            extremes,
            percent: worked.and_then(|given| given.percent),
            size: size(indicator, own.values),
            given: worked.map(|given| given.points),
            agrees: gives == published,
            vetoed,
        }
    };
    Some(rules.judged(period, row.group.as_ref()).map(one).collect())
}

fn size(indicator: &Indicator, values: &BTreeMap<Id, Decimal>) -> Option<Decimal> {
    let Score::Slope(slope) = &indicator.score else { return None };
    values.get(slope.size.as_ref()?).copied()
}

/// The last report, and what came of it.
fn counted(versions: &[Version]) -> Option<Counted> {
    let newest = versions.last()?;
    let report = versions.iter().rposition(|version| version.how == How::Reported).unwrap_or_default();
    let hand =
        |version: &Version| Hand { how: version.how, by: version.by.clone(), role: version.hand, at: version.at };
    let hands = versions[report..].iter().map(hand).collect();
    Some(Counted { actual: newest.actual.clone(), evidence: newest.evidence.clone(), hands })
}
