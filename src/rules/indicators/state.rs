//! What the ledger's entries made of a labor competition: targets by document, figures in all their versions, how far
//! each period is, vetoes in force and released.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    behind::{Basis, HandOf},
    rules::Rules,
    score::Actual,
    table::{FigureSlot, Figures},
    units::{self, ChangeRecord, Life, Revoked, UnitChange},
    veto::{Scope, Severity, Veto},
};
use crate::rules::{
    ledger::{
        Instant,
        entry::Digest,
        indicator::{Document, IndicatorEntry, PublishedRow},
    },
    names::{EntrantId, Id, PersonId, VetoId},
    state::People,
};

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Labor {
    pub(in crate::rules) figures: BTreeMap<FigureSlot, Figure>,
    /// The newest last.
    pub(in crate::rules) targets: BTreeMap<FigureSlot, Vec<Target>>,
    periods: BTreeMap<Id, Progress>,
    /// As last published, over all periods that were.
    pub(in crate::rules) overall: Vec<PublishedRow>,
    /// In the order of their ids.
    pub(in crate::rules) vetoes: BTreeMap<VetoId, VetoRecord>,
    /// In the order in which they were recorded.
    pub(in crate::rules) changes: Vec<ChangeRecord>,
    /// Who withdrew, and the periods that had closed by then: in them they stay as they were.
    pub(in crate::rules) withdrawn: BTreeMap<EntrantId, BTreeSet<Id>>,
}

/// One figure with its history.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// At least one; the newest last.
    pub versions: Vec<Version>,
    pub way: Way,
}

/// How far a figure has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    Reported,
    /// By the department, or revised after the period closed.
    Checked,
    Returned {
        reason: Digest,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub how: How,
    pub actual: Actual,
    pub self_score: Option<Decimal>,
    pub evidence: Vec<Digest>,
    pub reason: Option<Digest>,
    pub by: PersonId,
    /// As what they did it, then.
    pub hand: HandOf,
    pub second: Option<PersonId>,
    pub at: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Reported,
    Checked,
    Revised,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub target: Decimal,
    pub document: Document,
    pub by: PersonId,
    pub at: Instant,
}

/// How far a period is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodStage {
    #[default]
    Planned,
    Open,
    Closed,
    Collected,
    Signed,
    Published,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    pub stage: PeriodStage,
    /// Who brought it there, and when.
    pub steps: Vec<(PeriodStage, PersonId, Instant)>,
    /// The newest last; the first is what was published, each further one a revision.
    pub published: Vec<Vec<PublishedRow>>,
    /// What each of them was made of.
    pub(super) bases: Vec<Basis>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct VetoRecord {
    pub what: Veto,
    pub document: Document,
    pub by: PersonId,
    pub second: PersonId,
    pub at: Instant,
    pub released: Option<Released>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Released {
    pub document: Document,
    pub by: PersonId,
    pub second: PersonId,
    pub at: Instant,
}

/// Which figures count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// All that stand, checked or not.
    Reported,
    Checked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vetoes {
    With,
    Without,
}

impl Figure {
    /// The newest version.
    pub fn latest(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// Whoever checked it had entered it too, and nobody agreed.
    pub(super) fn is_of_one(&self) -> bool {
        let entered = self.versions.iter().rev().find(|version| version.how != How::Checked);
        let (Some(entered), Some(latest)) = (entered, self.latest()) else { return false };
        self.way == Way::Checked && entered.by == latest.by && latest.second.is_none()
    }

    /// What counts; none while it is returned.
    pub(super) fn actual(&self, counting: Counting) -> Option<&Actual> {
        let stands = match (&self.way, counting) {
            (Way::Checked, _) | (Way::Reported, Counting::Reported) => true,
            (Way::Reported, Counting::Checked) | (Way::Returned { .. }, _) => false,
        };
        self.latest().filter(|_| stands).map(|version| &version.actual)
    }
}

impl Labor {
    pub(in crate::rules) fn stage(&self, period: &Id) -> PeriodStage {
        self.periods.get(period).map_or(PeriodStage::Planned, |progress| progress.stage)
    }

    pub(in crate::rules) fn progress(&self, period: &Id) -> Option<&Progress> {
        self.periods.get(period)
    }

    /// How far the furthest period is that has a figure of this unit; none without figures.
    pub(in crate::rules) fn furthest(&self, entrant: &EntrantId) -> Option<PeriodStage> {
        let (indicator, period) = (Id::new(""), Id::new(""));
        let first = FigureSlot { entrant: entrant.clone(), indicator, period };
        let own = self.figures.range(first..).take_while(|(slot, _)| slot.entrant == *entrant);
        own.map(|(slot, _)| self.stage(&slot.period)).max()
    }

    /// Of a period, in the order of slots.
    pub(in crate::rules) fn of_period(&self, period: &Id) -> impl Iterator<Item = (&FigureSlot, &Figure)> {
        self.figures.iter().filter(move |(slot, _)| slot.period == *period)
    }

    pub(in crate::rules) fn target(&self, slot: &FigureSlot) -> Option<Decimal> {
        self.targets.get(slot)?.last().map(|set| set.target)
    }

    /// What tables are made of.
    pub(in crate::rules) fn counted(&self, counting: Counting, vetoes: Vetoes) -> Figures {
        let actuals = self.figures.iter();
        let actuals = actuals.filter_map(|(slot, figure)| Some((slot.clone(), figure.actual(counting)?.clone())));
        let targets = self.targets.keys().filter_map(|slot| Some((slot.clone(), self.target(slot)?)));
        let in_force = self.vetoes.values().filter(|veto| veto.released.is_none());
        Figures {
            actuals: actuals.collect(),
            targets: targets.collect(),
            vetoes: match vetoes {
                Vetoes::With => in_force.map(|veto| veto.what.clone()).collect(),
                Vetoes::Without => Vec::new(),
            },
            carried: BTreeSet::new(),
        }
    }

    /// The same for tables over several periods up to a day, with what units bring along that merged by then.
    pub(in crate::rules) fn counted_over(
        &self,
        rules: &Rules,
        counting: Counting,
        vetoes: Vetoes,
        last: Option<Date>,
    ) -> Figures {
        let mut figures = self.counted(counting, vetoes);
        let by_then = self.in_force().filter(|(_, from)| last.is_some_and(|last| *from <= last));
        let mut changes: Vec<(&UnitChange, Date)> = by_then.collect();
        // Stable: of one day, as they were recorded.
        changes.sort_by_key(|(_, from)| *from);
        units::carry(rules, changes.into_iter(), &self.lives(), &mut figures);
        figures
    }

    fn in_force(&self) -> impl Iterator<Item = (&UnitChange, Date)> {
        let in_force = self.changes.iter().filter(|known| known.revoked.is_none());
        in_force.map(|known| (&known.what, known.from))
    }

    /// Of those who begin or end by a document.
    pub(in crate::rules) fn lives(&self) -> BTreeMap<EntrantId, Life> {
        units::lives(self.in_force())
    }

    /// 退出. In periods that are closed it stays as it was.
    pub(in crate::rules) fn leave(&mut self, entrant: &EntrantId) {
        let closed = self.periods.iter().filter(|(_, progress)| progress.stage >= PeriodStage::Closed);
        let closed = closed.map(|(period, _)| period.clone()).collect();
        self.withdrawn.entry(entrant.clone()).or_insert(closed);
    }

    pub(in crate::rules) fn apply(&mut self, entry: &IndicatorEntry, at: Instant, people: &People) {
        let hand = |by: &PersonId, slot: &FigureSlot, how: How| HandOf::of(people, by, &slot.indicator, how);
        match entry {
            IndicatorEntry::TargetsSet { targets, document, by, second: _ } => {
                for one in targets {
                    let set = Target { target: one.target, document: document.clone(), by: by.clone(), at };
                    self.targets.entry(one.slot.clone()).or_default().push(set);
                }
            }
            IndicatorEntry::FigureReported { slot, actual, self_score, evidence, by } => {
                let version = Version {
                    self_score: *self_score,
                    evidence: evidence.clone(),
                    ..Version::new(How::Reported, actual, by, hand(by, slot, How::Reported), at)
                };
                self.take(slot, version, Way::Reported);
            }
            IndicatorEntry::FigureChecked { slot, actual, by } => {
                // What the unit handed in stays beside what was found.
                let before = self.figures.get(slot).and_then(Figure::latest);
                let version = Version {
                    self_score: before.and_then(|before| before.self_score),
                    evidence: before.map(|before| before.evidence.clone()).unwrap_or_default(),
                    ..Version::new(How::Checked, actual, by, hand(by, slot, How::Checked), at)
                };
                self.take(slot, version, Way::Checked);
            }
            IndicatorEntry::FigureReturned { slot, reason, by: _ } => {
                if let Some(figure) = self.figures.get_mut(slot) {
                    figure.way = Way::Returned { reason: reason.clone() };
                }
            }
            IndicatorEntry::FigureRevised { slot, actual, evidence, reason, by, second } => {
                let before = self.figures.get(slot).and_then(Figure::latest);
                let version = Version {
                    self_score: before.and_then(|before| before.self_score),
                    evidence: evidence.clone(),
                    reason: Some(reason.clone()),
                    second: second.clone(),
                    ..Version::new(How::Revised, actual, by, hand(by, slot, How::Revised), at)
                };
                self.take(slot, version, Way::Checked);
            }
            IndicatorEntry::PeriodOpened { period, by } => self.reach(period, PeriodStage::Open, by, at),
            IndicatorEntry::PeriodClosed { period, by } => self.reach(period, PeriodStage::Closed, by, at),
            IndicatorEntry::PeriodCollected { period, by } => self.reach(period, PeriodStage::Collected, by, at),
            IndicatorEntry::PeriodSigned { period, by } => self.reach(period, PeriodStage::Signed, by, at),
            IndicatorEntry::PeriodPublished { period, rows, overall, by } => {
                self.reach(period, PeriodStage::Published, by, at);
                self.overall.clone_from(overall);
                let basis = Basis::of(self, period);
                if let Some(progress) = self.periods.get_mut(period) {
                    progress.published.push(rows.clone());
                    progress.bases.push(basis);
                }
            }
            IndicatorEntry::VetoSet { veto, what, document, by, second } => {
                let record = VetoRecord {
                    what: what.clone(),
                    document: document.clone(),
                    by: by.clone(),
                    second: second.clone(),
                    at,
                    released: None,
                };
                self.vetoes.insert(veto.clone(), record);
            }
            IndicatorEntry::VetoReleased { veto, document, by, second } => {
                if let Some(record) = self.vetoes.get_mut(veto) {
                    let (document, by, second) = (document.clone(), by.clone(), second.clone());
                    record.released = Some(Released { document, by, second, at });
                }
            }
            IndicatorEntry::UnitsChanged { what, from, document, by } => {
                let number = u32::try_from(self.changes.len() + 1).unwrap_or(u32::MAX);
                let (what, document, by) = (what.clone(), document.clone(), by.clone());
                self.changes.push(ChangeRecord { number, what, from: *from, document, by, at, revoked: None });
            }
            IndicatorEntry::UnitsChangeRevoked { number, document, by } => {
                if let Some(record) = self.changes.iter_mut().find(|known| known.number == *number) {
                    record.revoked = Some(Revoked { document: document.clone(), by: by.clone(), at });
                }
            }
        }
    }

    /// By vetoes in force on an award, or on the whole contest.
    pub(in crate::rules) fn barred(&self) -> BTreeSet<(EntrantId, Option<Id>)> {
        let in_force = self.vetoes.values().filter(|veto| veto.released.is_none());
        let bars = |record: &VetoRecord| match &record.what.scope {
            _ if record.what.severity == Severity::Noted => None,
            Scope::Award { award } => Some((record.what.entrant.clone(), Some(award.clone()))),
            Scope::Contest => Some((record.what.entrant.clone(), None)),
            Scope::Indicator { .. } | Scope::Period { .. } => None,
        };
        in_force.filter_map(bars).collect()
    }

    fn take(&mut self, slot: &FigureSlot, version: Version, way: Way) {
        let fresh = || Figure { versions: Vec::new(), way: Way::Reported };
        let figure = self.figures.entry(slot.clone()).or_insert_with(fresh);
        figure.versions.push(version);
        figure.way = way;
    }

    fn reach(&mut self, period: &Id, stage: PeriodStage, by: &PersonId, at: Instant) {
        let progress = self.periods.entry(period.clone()).or_default();
        progress.stage = stage;
        progress.steps.push((stage, by.clone(), at));
    }
}

impl Version {
    fn new(how: How, actual: &Actual, by: &PersonId, hand: HandOf, at: Instant) -> Self {
        Self {
            how,
            actual: actual.clone(),
            self_score: None,
            evidence: Vec::new(),
            reason: None,
            by: by.clone(),
            hand,
            second: None,
            at,
        }
    }
}
