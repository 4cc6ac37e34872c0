//! Before the day: the definition, the units, the list of entrants, the people.

use super::Case;
use crate::rules::{
    command::Refusal,
    definition::{self, Definition},
    field::Entrant,
    indicators::PeriodStage,
    ledger::{
        Entry,
        entry::{Digest, Phase, Role},
    },
    names::{EntrantId, Id, PersonId, UnitPath},
};

impl Case<'_> {
    /// Nothing stands in the ledger yet. From its first entry on a contest has an organizer.
    pub(super) fn found(&self, text: &str) -> Result<Vec<Entry>, Refusal> {
        if self.state.version().seq > 0 {
            return Err(Refusal::NothingToDo);
        }
        valid(text)?;
        let (person, role, digest) = (self.by(), Role::Organizer, definition::digest(text));
        Ok(vec![
            Entry::PersonAssigned { person, role, unit: None, by: self.by() },
            Entry::DefinitionAdopted { text: text.to_owned(), digest, by: self.by(), reason: None, second: None },
        ])
    }

    pub(super) fn adopt(
        &self,
        text: &str,
        reason: Option<&Digest>,
        second: Option<&PersonId>,
    ) -> Result<Vec<Entry>, Refusal> {
        self.organizer()?;
        self.before_sealing()?;
        let new = valid(text)?;
        let digest = definition::digest(text);
        if self.state.adopted.as_ref().is_some_and(|adopted| adopted.digest == digest) {
            return Err(Refusal::NothingToDo);
        }
        if self.state.has_marks {
            if reason.is_none() {
                return Err(Refusal::DefinitionAfterMarksNeedsReason);
            }
            let dropped = self.state.dropped_by(&new);
            if !dropped.is_empty() {
                return Err(Refusal::DefinitionDropsMarked { dropped });
            }
            if second.is_none() {
                return Err(Refusal::NeedsSecondPerson);
            }
        }
        if let Some(second) = second {
            self.second(second)?;
        }
        // A source that is gone is no contest any more: nobody could release it later.
        let gone = self.state.bound_without(&new.season).into_iter();
        let mut entries: Vec<Entry> = gone.map(|source| Entry::Season(self.released(source, None, None))).collect();
        let (text, by) = (text.to_owned(), self.by());
        let (reason, second) = (reason.cloned(), second.cloned());
        entries.push(Entry::DefinitionAdopted { text, digest, by, reason, second });
        Ok(entries)
    }

    pub(super) fn set_units(&self, units: &[UnitPath]) -> Result<Entry, Refusal> {
        self.organizer()?;
        self.before_sealing()?;
        let tree = Tree(units);
        let used = self.state.field.entrants.values().filter_map(|entrant| entrant.unit.as_ref());
        if let Some(lost) = used.into_iter().find(|unit| !tree.holds(unit)) {
            return Err(Refusal::UnknownUnit(lost.clone()));
        }
        Ok(Entry::UnitsSet { units: units.to_vec(), by: self.by() })
    }

    pub(super) fn register(
        &self,
        entrants: &[(EntrantId, Entrant)],
        reason: Option<&Digest>,
        second: Option<&PersonId>,
    ) -> Result<Vec<Entry>, Refusal> {
        self.organizer()?;
        self.before_sealing()?;
        if let Some(second) = second {
            self.second(second)?;
        }
        let definition = &self.rules()?.definition;
        let mut entries = Vec::with_capacity(entrants.len());
        for (id, facts) in entrants {
            self.check_facts(definition, facts)?;
            let (entrant, facts, by) = (id.clone(), facts.clone(), self.by());
            match self.state.entrant(id) {
                None => entries.push(Entry::EntrantRegistered { entrant, facts, by }),
                Some(known) if Entrant { standing: facts.standing.clone(), ..known.clone() } == facts => {}
                Some(known) => {
                    let moves = known.event != facts.event || known.group != facts.group;
                    let furthest = self.state.labor.furthest(id);
                    let marks = self.state.field.marks.get(id);
                    let marked = marks.is_some_and(|marks| !marks.values.is_empty()) || furthest.is_some();
                    if moves && marked {
                        return Err(Refusal::EntrantHasMarks(entrant));
                    }
                    // Units, quotas and values decide about teams, tables and awards.
                    if marked && reason.is_none() {
                        return Err(Refusal::ReasonMissing);
                    }
                    // As a figure that was signed.
                    if furthest >= Some(PeriodStage::Signed) && second.is_none() {
                        return Err(Refusal::NeedsSecondPerson);
                    }
                    let (reason, second) = (reason.cloned(), second.cloned());
                    entries.push(Entry::EntrantChanged { entrant, facts, by, reason, second });
                }
            }
        }
        if entries.is_empty() { Err(Refusal::NothingToDo) } else { Ok(entries) }
    }

    /// At any time: a certificate may show a name that was written wrong. From the seal on a name says whose the prize is.
    pub(super) fn rename(
        &self,
        entrants: &[EntrantId],
        reason: Option<&Digest>,
        second: Option<&PersonId>,
    ) -> Result<Vec<Entry>, Refusal> {
        self.organizer()?;
        if entrants.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let sealed = self.state.phase >= Phase::Sealed;
        if sealed && reason.is_none() {
            return Err(Refusal::ReasonMissing);
        }
        match second {
            Some(second) => self.second(second)?,
            None if sealed => return Err(Refusal::NeedsSecondPerson),
            None => {}
        }
        let entry = |id: &EntrantId| {
            self.state.entrant(id).ok_or_else(|| Refusal::UnknownEntrant(id.clone()))?;
            let (entrant, by) = (id.clone(), self.by());
            Ok(Entry::EntrantRenamed { entrant, by, reason: reason.cloned(), second: second.cloned() })
        };
        entrants.iter().map(entry).collect()
    }

    fn check_facts(&self, definition: &Definition, facts: &Entrant) -> Result<(), Refusal> {
        self.known_event(facts.event.as_ref())?;
        self.known_group(facts.group.as_ref())?;
        // Where there are events or groups, everybody belongs to one: nobody is ranked beside them all.
        if facts.event.is_none() && !definition.events.is_empty() {
            return Err(Refusal::UnknownEvent(String::new()));
        }
        if facts.group.is_none() && !definition.groups.is_empty() {
            return Err(Refusal::UnknownGroup(String::new()));
        }
        self.known_unit(facts.unit.as_ref())?;
        let known = |id: &&Id| !definition.entrants.values.iter().any(|value| value.id == **id);
        if let Some(value) = facts.values.keys().find(known) {
            return Err(Refusal::UnknownValue(value.clone()));
        }
        let known = |id: &&Id| !definition.entrants.eligibilities.iter().any(|eligibility| eligibility.id == **id);
        match facts.eligibilities.iter().find(known) {
            Some(eligibility) => Err(Refusal::UnknownValue(eligibility.clone())),
            None => Ok(()),
        }
    }

    /// Where there is a tree of units, it is chosen from, never typed.
    fn known_unit(&self, unit: Option<&UnitPath>) -> Result<(), Refusal> {
        match unit {
            Some(unit) if !self.state.units.is_empty() && !Tree(&self.state.units).holds(unit) => {
                Err(Refusal::UnknownUnit(unit.clone()))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn withdraw(&self, id: &EntrantId, reason: Option<&Digest>) -> Result<Entry, Refusal> {
        self.chief_or_organizer()?;
        self.before_sealing()?;
        self.entrant_in(id)?;
        Ok(Entry::EntrantWithdrawn { entrant: id.clone(), by: self.by(), reason: reason.cloned() })
    }

    /// Who gives a role takes it too.
    fn appoints(&self, role: &Role) -> Result<(), Refusal> {
        match role {
            Role::Judge { .. } | Role::Leader { .. } => self.chief_or_organizer(),
            Role::Organizer
            | Role::ChiefJudge
            | Role::Liaison
            | Role::IndicatorOwner { .. }
            | Role::Checker { .. }
            | Role::WorkJudge { .. }
            | Role::LeadingGroup => self.organizer(),
        }
    }

    pub(super) fn assign(&self, person: &PersonId, role: &Role, unit: Option<&UnitPath>) -> Result<Entry, Refusal> {
        self.appoints(role)?;
        match role {
            Role::Liaison if unit.is_none() && self.state.people.unit(person).is_none() => {
                return Err(Refusal::LiaisonNeedsUnit);
            }
            Role::Leader { stage, panel } => {
                self.panel(stage, panel)?;
            }
            Role::Judge { stage, panel, seat, event, group } => {
                self.before_sealing()?;
                self.known_event(event.as_ref())?;
                self.known_group(group.as_ref())?;
                self.free_seat(person, stage, panel, *seat, event.as_ref(), group.as_ref())?;
            }
            Role::IndicatorOwner { indicator } => {
                self.known_indicator(indicator)?;
            }
            Role::Checker { collection, branch } => {
                self.collection(collection)?;
                self.known_unit(branch.as_ref())?;
            }
            Role::WorkJudge { collection } => {
                self.before_sealing()?;
                self.collection(collection)?;
            }
            Role::Organizer | Role::ChiefJudge | Role::Liaison | Role::LeadingGroup => {}
        }
        self.known_unit(unit)?;
        let same_unit = unit.is_none() || self.state.people.unit(person) == unit;
        if self.state.people.has(person, role) && same_unit {
            return Err(Refusal::NothingToDo);
        }
        Ok(Entry::PersonAssigned { person: person.clone(), role: role.clone(), unit: unit.cloned(), by: self.by() })
    }

    fn free_seat(
        &self,
        person: &PersonId,
        stage: &Id,
        panel: &Id,
        seat: u32,
        event: Option<&Id>,
        group: Option<&Id>,
    ) -> Result<(), Refusal> {
        let (_, rule) = self.panel(stage, panel)?;
        if seat == 0 || seat > rule.judges {
            return Err(Refusal::SeatOutOfRange { seats: rule.judges });
        }
        let holders = self.state.people.holders(stage, panel).iter();
        for holder in holders.filter(|holder| holder.current && holder.meets(event, group)) {
            if holder.seat == seat && holder.person != *person {
                return Err(Refusal::SeatTaken { seat });
            }
            if holder.seat != seat && holder.person == *person {
                return Err(Refusal::AlreadySeated { seat: holder.seat });
            }
        }
        Ok(())
    }

    pub(super) fn release(&self, person: &PersonId, role: &Role) -> Result<Entry, Refusal> {
        self.appoints(role)?;
        if !self.state.people.has(person, role) {
            return Err(Refusal::UnknownPerson(person.clone()));
        }
        let others = || self.state.people.all().filter(|(known, roles)| *known != person && roles.contains(role));
        if *role == Role::Organizer && !self.actor.administrator && others().next().is_none() {
            return Err(Refusal::LastOrganizer);
        }
        Ok(Entry::PersonReleased { person: person.clone(), role: role.clone(), by: self.by() })
    }
}

fn valid(text: &str) -> Result<Definition, Refusal> {
    let read = definition::read(text);
    let problems = read.problems.len();
    read.definition.ok_or(Refusal::DefinitionInvalid { problems })
}

/// A tree as a list of paths: each path and everything above it.
struct Tree<'a>(&'a [UnitPath]);

impl Tree<'_> {
    fn holds(&self, unit: &UnitPath) -> bool {
        self.0.iter().any(|known| known.is_within(unit))
    }
}
