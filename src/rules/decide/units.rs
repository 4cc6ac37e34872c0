//! In a labor competition: units that merge, split or are renamed by a document, from a day on.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Case,
    indicators::{Decided, one, refuse},
};
use crate::rules::{
    command::Refusal,
    indicators::{ChangeRecord, IndicatorRefusal as No, Life, PeriodStage, UnitChange},
    ledger::indicator::{Document, IndicatorEntry},
    names::EntrantId,
};

impl Case<'_> {
    pub(super) fn change_units(&self, what: &UnitChange, from: Date, document: &Document) -> Decided {
        self.may_change_units(what, from)?;
        one(IndicatorEntry::UnitsChanged { what: what.clone(), from, document: document.clone(), by: self.by() })
    }

    /// Everything but that a document says it: so that a page tells it before somebody confirms.
    pub(super) fn may_change_units(&self, what: &UnitChange, from: Date) -> Result<(), Refusal> {
        self.organizer()?;
        self.before_sealing()?;
        self.indicator_rules()?;
        well_formed(what)?;
        for unit in what.units() {
            self.entrant_in(unit)?;
        }
        self.touches_nothing_closed(from)?;
        self.changes_nothing_later(what, from, None)?;
        let lives = self.state.labor.lives();
        let life = |unit: &EntrantId| lives.get(unit).copied().unwrap_or_default();
        let begins = what.begins();
        for unit in what.units() {
            let Life { from: since, until } = life(unit);
            if let Some(since) = until {
                return refuse(No::UnitEnded { entrant: unit.clone(), since });
            }
            match since {
                Some(_) if begins.contains(&unit) => return refuse(No::UnitBegunAlready { entrant: unit.clone() }),
                Some(since) if since > from => return refuse(No::UnitNotBegun { entrant: unit.clone(), since }),
                _ => {}
            }
        }
        for unit in begins {
            self.has_no_past(unit, from)?;
        }
        if let UnitChange::Merged { units, into } = what {
            let group = |unit: &EntrantId| self.state.entrant(unit).and_then(|known| known.group.clone());
            let own = group(into);
            if let Some(other) = units.iter().find(|unit| group(unit) != own) {
                return refuse(No::UnitsOfGroups { one: other.clone(), other: into.clone() });
            }
        }
        Ok(())
    }

    pub(super) fn revoke_change(&self, number: u32, document: &Document) -> Decided {
        self.organizer()?;
        self.before_sealing()?;
        let record = self.change(number)?;
        self.touches_nothing_closed(record.from)?;
        self.changes_nothing_later(&record.what, record.from, Some(number))?;
        one(IndicatorEntry::UnitsChangeRevoked { number, document: document.clone(), by: self.by() })
    }

    fn change(&self, number: u32) -> Result<&ChangeRecord, Refusal> {
        let known = self.state.labor.changes.iter().find(|known| known.number == number);
        match known {
            None => refuse(No::UnknownChange { number }),
            Some(record) if record.revoked.is_some() => refuse(No::ChangeOver { number }),
            Some(record) => Ok(record),
        }
    }

    /// Periods that are closed stay as they are.
    fn touches_nothing_closed(&self, from: Date) -> Result<(), Refusal> {
        let closed = |id| self.state.labor.stage(id) >= PeriodStage::Closed;
        let periods = self.indicator_rules()?.periods.iter();
        match periods.filter(|period| closed(&period.id)).max_by_key(|period| period.to) {
            Some(period) if period.to >= from => {
                refuse(No::ChangeInClosed { period: period.id.clone(), from, ended: period.to })
            }
            _ => Ok(()),
        }
    }

    /// What was built upon it goes first: changes of the same units from a later day on, or recorded after this one.
    fn changes_nothing_later(&self, what: &UnitChange, from: Date, number: Option<u32>) -> Result<(), Refusal> {
        let units = what.units();
        let later = |known: &&ChangeRecord| match number {
            None => known.from > from,
            Some(number) => known.number > number,
        };
        let in_force = self.state.labor.changes.iter().filter(|known| known.revoked.is_none());
        let mut later = in_force.filter(later).filter(|known| !known.what.units().is_disjoint(&units));
        match later.next() {
            Some(known) => refuse(No::ChangedLater { number: known.number, from: known.from }),
            None => Ok(()),
        }
    }

    /// Whoever begins has no figures of periods before.
    fn has_no_past(&self, unit: &EntrantId, from: Date) -> Result<(), Refusal> {
        let periods = self.indicator_rules()?.periods.iter().filter(|period| period.to < from);
        let before: BTreeSet<_> = periods.map(|period| &period.id).collect();
        let mut figures = self.state.labor.figures.keys();
        if figures.any(|slot| slot.entrant == *unit && before.contains(&slot.period)) {
            return refuse(No::UnitHasPast { entrant: unit.clone() });
        }
        Ok(())
    }
}

fn well_formed(what: &UnitChange) -> Result<(), Refusal> {
    let several = match what {
        UnitChange::Merged { units, .. } => units,
        UnitChange::Split { into, .. } => into,
        UnitChange::Renamed { was, name, .. } if was == name => return Err(Refusal::NothingToDo),
        UnitChange::Renamed { .. } => return Ok(()),
    };
    let each: BTreeSet<&EntrantId> = several.iter().collect();
    if each.len() < 2 {
        return refuse(No::TooFewUnits);
    }
    if each.len() < several.len() { refuse(No::UnitTwice) } else { Ok(()) }
}
