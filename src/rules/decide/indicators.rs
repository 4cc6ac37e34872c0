//! In a labor competition: targets, figures on their way, periods, vetoes.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Case;
use crate::rules::{
    command::Refusal,
    indicators::{
        self, Act, Actual, Counting, FigureSlot, IndicatorRefusal as No, PeriodStage, Scope, Veto, Vetoes, Way,
        rules::{Indicator, Rules, Score},
    },
    ledger::{
        Entry,
        entry::{Digest, Phase, Role},
        indicator::{Document, IndicatorEntry, PublishedRow, TargetOf},
    },
    names::{EntrantId, Id, PersonId, VetoId},
};

pub(super) type Decided = Result<Vec<Entry>, Refusal>;

pub(super) fn refuse<T>(refusal: No) -> Result<T, Refusal> {
    Err(Refusal::Indicator(refusal))
}

#[expect(clippy::unnecessary_wraps, reason = "every decision ends with it")]
pub(super) fn one(entry: IndicatorEntry) -> Decided {
    Ok(vec![Entry::Indicator(entry)])
}

impl Case<'_> {
    pub(super) fn on_indicators(&self, act: &Act) -> Decided {
        match act {
            Act::SetTargets { targets, document, second } => self.set_targets(targets, document, second.as_ref()),
            Act::Report { slot, actual, self_score, evidence } => self.report(slot, actual, *self_score, evidence),
            Act::Expect { slot, versions } => {
                self.expect_versions(slot, *versions)?;
                Err(Refusal::NothingToDo)
            }
            Act::Check { slot, found } => self.check_figure(slot, found.as_ref()),
            Act::Return { slot, reason } => self.return_figure(slot, reason),
            Act::Revise { slot, actual, evidence, reason, second } => {
                self.revise(slot, actual, evidence, reason, second.as_ref())
            }
            Act::OpenPeriod { period } => {
                self.office(period, PeriodStage::Planned)?;
                one(IndicatorEntry::PeriodOpened { period: period.clone(), by: self.by() })
            }
            Act::ClosePeriod { period } => {
                self.office(period, PeriodStage::Open)?;
                one(IndicatorEntry::PeriodClosed { period: period.clone(), by: self.by() })
            }
            Act::CollectPeriod { period } => self.collect(period),
            Act::SignPeriod { period } => {
                if !self.state.people.has(&self.actor.person, &Role::LeadingGroup) {
                    return Err(Refusal::NotAllowed { role: "leading-group" });
                }
                self.at_stage(period, PeriodStage::Collected)?;
                one(IndicatorEntry::PeriodSigned { period: period.clone(), by: self.by() })
            }
            Act::PublishPeriod { period } => self.publish(period),
            Act::SetVeto { veto, what, document, second } => self.set_veto(veto, what, document, second),
            Act::ReleaseVeto { veto, document, second } => self.release_veto(veto, document, second),
            Act::ChangeUnits { what, from, document } => self.change_units(what, *from, document),
            Act::RevokeChange { number, document } => self.revoke_change(*number, document),
        }
    }

    pub(super) fn indicator_rules(&self) -> Result<&Rules, Refusal> {
        Ok(&self.rules()?.definition.indicators)
    }

    pub(super) fn known_indicator(&self, id: &Id) -> Result<&Indicator, Refusal> {
        let found = self.indicator_rules()?.indicator(id);
        found.ok_or_else(|| Refusal::Indicator(No::UnknownIndicator(id.clone())))
    }

    fn known_period(&self, id: &Id) -> Result<(), Refusal> {
        match self.indicator_rules()?.period(id) {
            Some(_) => Ok(()),
            None => refuse(No::UnknownPeriod(id.clone())),
        }
    }

    /// The indicator, when it is judged of this unit in this period.
    fn judged(&self, slot: &FigureSlot) -> Result<&Indicator, Refusal> {
        let indicator = self.known_indicator(&slot.indicator)?;
        self.known_period(&slot.period)?;
        // Whoever withdrew later counts in periods that were closed before, and is put right there.
        let counted = self.state.labor.withdrawn.get(&slot.entrant).is_some_and(|closed| closed.contains(&slot.period));
        let entrant = if counted { self.entrant(&slot.entrant)? } else { self.entrant_in(&slot.entrant)? };
        let period = self.indicator_rules()?.period(&slot.period);
        let life = indicators::unit_life(self.state, &slot.entrant);
        if period.is_some_and(|period| !life.stands(period)) {
            return refuse(No::UnitNotThere { entrant: slot.entrant.clone(), period: slot.period.clone() });
        }
        if indicator.is_judged(&slot.period, entrant.group.as_ref()) {
            return Ok(indicator);
        }
        let FigureSlot { entrant, indicator, period } = slot.clone();
        refuse(No::NotJudged { entrant, indicator, period })
    }

    fn at_stage(&self, period: &Id, wants: PeriodStage) -> Result<(), Refusal> {
        self.phase(Phase::Running)?;
        self.known_period(period)?;
        let now = self.state.labor.stage(period);
        if now == wants { Ok(()) } else { refuse(No::WrongStage { period: period.clone(), now, wants }) }
    }

    /// 竞赛办.
    fn office(&self, period: &Id, wants: PeriodStage) -> Result<(), Refusal> {
        self.organizer()?;
        self.at_stage(period, wants)
    }

    fn owns(&self, indicator: &Id) -> bool {
        let role = Role::IndicatorOwner { indicator: indicator.clone() };
        self.is_organizer() || self.state.people.has(&self.actor.person, &role)
    }

    fn owner(&self, indicator: &Id) -> Result<(), Refusal> {
        if self.owns(indicator) { Ok(()) } else { Err(Refusal::NotAllowed { role: "indicator-owner" }) }
    }

    /// The unit itself, or its liaison.
    fn is_of_unit(&self, slot: &FigureSlot) -> bool {
        if self.actor.entrant.as_ref() == Some(&slot.entrant) {
            return true;
        }
        let people = &self.state.people;
        let unit = self.state.entrant(&slot.entrant).and_then(|entrant| entrant.unit.as_ref());
        people.has(&self.actor.person, &Role::Liaison)
            && unit.zip(people.unit(&self.actor.person)).is_some_and(|(unit, branch)| unit.is_within(branch))
    }

    /// Needed once one of the periods is signed; whoever is named must be able to agree.
    fn second_after_signing<'p>(
        &self,
        periods: impl Iterator<Item = &'p Id>,
        second: Option<&PersonId>,
    ) -> Result<(), Refusal> {
        let mut periods = periods;
        let signed = periods.any(|period| self.state.labor.stage(period) >= PeriodStage::Signed);
        match second {
            None if signed => Err(Refusal::NeedsSecondPerson),
            None => Ok(()),
            Some(second) => self.second(second),
        }
    }

    fn set_targets(&self, targets: &[TargetOf], document: &Document, second: Option<&PersonId>) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        if targets.is_empty() {
            return refuse(No::NoTargets);
        }
        let mut seen = BTreeSet::new();
        for one in targets {
            let indicator = self.judged(&one.slot)?;
            if !indicator.score.reads_target() {
                return refuse(No::NoTarget(indicator.id.clone()));
            }
            if !seen.insert(&one.slot) {
                return refuse(No::TargetTwice);
            }
        }
        self.second_after_signing(targets.iter().map(|one| &one.slot.period), second)?;
        let changes = |one: &TargetOf| self.state.labor.target(&one.slot) != Some(one.target);
        if !targets.iter().any(changes) {
            return Err(Refusal::NothingToDo);
        }
        one(IndicatorEntry::TargetsSet {
            targets: targets.to_vec(),
            document: document.clone(),
            by: self.by(),
            second: second.cloned(),
        })
    }

    fn report(&self, slot: &FigureSlot, actual: &Actual, self_score: Option<Decimal>, evidence: &[Digest]) -> Decided {
        let owns = self.owns(&slot.indicator);
        if !owns && !self.is_of_unit(slot) {
            return Err(Refusal::NotAllowed { role: "figure-reporter" });
        }
        fits(self.judged(slot)?, actual)?;
        match self.state.labor.stage(&slot.period) {
            PeriodStage::Planned | PeriodStage::Open => self.at_stage(&slot.period, PeriodStage::Open)?,
            _ => return refuse(No::NeedsRevision(slot.period.clone())),
        }
        // What the department found is not the unit's to change.
        let figure = self.state.labor.figures.get(slot);
        if figure.is_some_and(|figure| figure.way == Way::Checked) && !owns {
            return refuse(No::AlreadyChecked);
        }
        let stands =
            figure.filter(|figure| !matches!(figure.way, Way::Returned { .. })).and_then(|figure| figure.latest());
        if stands.is_some_and(|now| now.actual == *actual && now.self_score == self_score && now.evidence == evidence) {
            return Err(Refusal::NothingToDo);
        }
        one(IndicatorEntry::FigureReported {
            slot: slot.clone(),
            actual: actual.clone(),
            self_score,
            evidence: evidence.to_vec(),
            by: self.by(),
        })
    }

    pub(super) fn expect_versions(&self, slot: &FigureSlot, versions: usize) -> Result<(), Refusal> {
        let now = self.state.labor.figures.get(slot).map_or(0, |figure| figure.versions.len());
        if now == versions { Ok(()) } else { refuse(No::Changed(slot.clone())) }
    }

    /// Before the office has collected the period.
    fn checking(&self, slot: &FigureSlot) -> Result<&indicators::Figure, Refusal> {
        self.owner(&slot.indicator)?;
        self.judged(slot)?;
        match self.state.labor.stage(&slot.period) {
            PeriodStage::Closed => self.phase(Phase::Running)?,
            PeriodStage::Planned | PeriodStage::Open => self.at_stage(&slot.period, PeriodStage::Open)?,
            _ => return refuse(No::NeedsRevision(slot.period.clone())),
        }
        let Some(figure) = self.state.labor.figures.get(slot) else { return refuse(No::NoFigure) };
        match figure.way {
            Way::Returned { .. } => refuse(No::Returned),
            Way::Reported | Way::Checked => Ok(figure),
        }
    }

    fn check_figure(&self, slot: &FigureSlot, found: Option<&Actual>) -> Decided {
        let figure = self.checking(slot)?;
        let Some(latest) = figure.latest() else { return refuse(No::NoFigure) };
        let actual = found.unwrap_or(&latest.actual);
        if figure.way == Way::Checked && *actual == latest.actual {
            return refuse(No::AlreadyChecked);
        }
        fits(self.judged(slot)?, actual)?;
        one(IndicatorEntry::FigureChecked { slot: slot.clone(), actual: actual.clone(), by: self.by() })
    }

    fn return_figure(&self, slot: &FigureSlot, reason: &Digest) -> Decided {
        self.checking(slot)?;
        one(IndicatorEntry::FigureReturned { slot: slot.clone(), reason: reason.clone(), by: self.by() })
    }

    fn revise(
        &self,
        slot: &FigureSlot,
        actual: &Actual,
        evidence: &[Digest],
        reason: &Digest,
        second: Option<&PersonId>,
    ) -> Decided {
        self.owner(&slot.indicator)?;
        self.phase(Phase::Running)?;
        fits(self.judged(slot)?, actual)?;
        if self.state.labor.stage(&slot.period) < PeriodStage::Closed {
            return refuse(No::NotClosed(slot.period.clone()));
        }
        self.second_after_signing(std::iter::once(&slot.period), second)?;
        let figure = self.state.labor.figures.get(slot);
        let stands = figure.filter(|figure| figure.way == Way::Checked).and_then(|figure| figure.latest());
        if stands.is_some_and(|latest| latest.actual == *actual) {
            return Err(Refusal::NothingToDo);
        }
        one(IndicatorEntry::FigureRevised {
            slot: slot.clone(),
            actual: actual.clone(),
            evidence: evidence.to_vec(),
            reason: reason.clone(),
            by: self.by(),
            second: second.cloned(),
        })
    }

    fn collect(&self, period: &Id) -> Decided {
        self.office(period, PeriodStage::Closed)?;
        let labor = &self.state.labor;
        let (lives, known) = (labor.lives(), self.indicator_rules()?.period(period));
        // Figures of whoever is not there by now count nowhere, and nobody can check them.
        let there = |unit: &EntrantId| {
            let withdrawn = labor.withdrawn.get(unit);
            withdrawn.is_none_or(|closed| closed.contains(period))
                && lives.get(unit).zip(known).is_none_or(|(life, known)| life.stands(known))
        };
        let waits =
            |(slot, figure): &(&FigureSlot, &indicators::Figure)| figure.way == Way::Reported && there(&slot.entrant);
        let count = labor.of_period(period).filter(waits).count();
        if count > 0 {
            return refuse(No::Unchecked { count });
        }
        one(IndicatorEntry::PeriodCollected { period: period.clone(), by: self.by() })
    }

    /// With every other published period that stands otherwise by now: the table over the periods would tell it.
    fn publish(&self, period: &Id) -> Decided {
        self.organizer()?;
        let labor = &self.state.labor;
        let is_published = |period: &Id| labor.stage(period) == PeriodStage::Published;
        self.at_stage(period, if is_published(period) { PeriodStage::Published } else { PeriodStage::Signed })?;
        let overall = indicators::published_rows(&indicators::overall_with(self.state, period));
        let figures = labor.counted(Counting::Checked, Vetoes::With);
        let periods = self.indicator_rules()?.periods.iter().map(|known| &known.id);
        let entries = periods.filter(|known| *known == period || is_published(known)).filter_map(|known| {
            let rows: Vec<PublishedRow> = indicators::published_rows(&indicators::with(self.state, known, &figures));
            let before = labor.progress(known).and_then(|progress| progress.published.last());
            let stands = before.is_some_and(|before| indicators::is_as_published(before, &rows))
                && (known != period || indicators::is_as_published(&labor.overall, &overall));
            if stands {
                return None;
            }
            let (period, overall, by) = (known.clone(), overall.clone(), self.by());
            Some(Entry::Indicator(IndicatorEntry::PeriodPublished { period, rows, overall, by }))
        });
        let entries: Vec<Entry> = entries.collect();
        if entries.is_empty() { Err(Refusal::NothingToDo) } else { Ok(entries) }
    }

    fn set_veto(&self, veto: &VetoId, what: &Veto, document: &Document, second: &PersonId) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        self.second(second)?;
        self.entrant(&what.entrant)?;
        match &what.scope {
            Scope::Indicator { indicator, period } => {
                let (entrant, indicator, period) = (what.entrant.clone(), indicator.clone(), period.clone());
                self.judged(&FigureSlot { entrant, indicator, period })?;
            }
            Scope::Period { period } => self.known_period(period)?,
            Scope::Award { award } => {
                if !self.rules()?.definition.awards.iter().any(|known| known.id == *award) {
                    return Err(Refusal::UnknownAward(award.clone()));
                }
            }
            Scope::Contest => {}
        }
        if self.state.labor.vetoes.contains_key(veto) {
            return refuse(No::VetoTwice(veto.clone()));
        }
        one(IndicatorEntry::VetoSet {
            veto: veto.clone(),
            what: what.clone(),
            document: document.clone(),
            by: self.by(),
            second: second.clone(),
        })
    }

    fn release_veto(&self, veto: &VetoId, document: &Document, second: &PersonId) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        self.second(second)?;
        match self.state.labor.vetoes.get(veto) {
            None => refuse(No::UnknownVeto(veto.clone())),
            Some(record) if record.released.is_some() => refuse(No::VetoOver),
            Some(_) => one(IndicatorEntry::VetoReleased {
                veto: veto.clone(),
                document: document.clone(),
                by: self.by(),
                second: second.clone(),
            }),
        }
    }
}

/// A number where one is measured, a count of each kind where events are counted.
fn fits(indicator: &Indicator, actual: &Actual) -> Result<(), Refusal> {
    let kinds: BTreeSet<&Id> = indicator.kinds().iter().map(|kind| &kind.id).collect();
    let fits = match actual {
        Actual::NotApplicable => true,
        Actual::Is(_) => kinds.is_empty(),
        Actual::Counts(counts) => {
            let whole = |count: &Decimal| *count >= Decimal::ZERO && count.fract().is_zero();
            !kinds.is_empty() && counts.keys().collect::<BTreeSet<_>>() == kinds && counts.values().all(whole)
        }
    };
    if !fits {
        return refuse(No::Unfit { kinds: kinds.into_iter().cloned().collect() });
    }
    match (actual, &indicator.score) {
        (Actual::Is(points), Score::Sheet { full }) if *points < Decimal::ZERO || points > full => {
            refuse(No::OutsideSheet { full: *full })
        }
        _ => Ok(()),
    }
}
