//! Persons with their roles and units, and who has which seat on which panel.
//!
//! A judge who is released keeps the seat for the sheets that were submitted: a panel of the morning does not lose a
//! judge because another one sits there in the afternoon.

use std::collections::BTreeMap;

use crate::rules::{
    field::Entrant,
    ledger::entry::Role,
    names::{Id, PersonId, UnitPath},
    score::Seats,
};

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct People {
    roles: BTreeMap<PersonId, Vec<Role>>,
    units: BTreeMap<PersonId, UnitPath>,
    seats: BTreeMap<(Id, Id), Vec<Holder>>,
    /// Roles that were given since the contest began: to whom, which, by whom.
    late: Vec<(PersonId, Role, PersonId)>,
}

/// Somebody on a seat, now or earlier.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Holder {
    pub(in crate::rules) person: PersonId,
    pub(in crate::rules) seat: u32,
    pub(in crate::rules) event: Option<Id>,
    pub(in crate::rules) group: Option<Id>,
    pub(in crate::rules) current: bool,
}

impl Holder {
    pub(in crate::rules) fn marks(&self, entrant: &Entrant) -> bool {
        fits(self.event.as_ref(), entrant.event.as_ref()) && fits(self.group.as_ref(), entrant.group.as_ref())
    }

    /// Some entrant could be marked by both.
    pub(in crate::rules) fn meets(&self, event: Option<&Id>, group: Option<&Id>) -> bool {
        meet(self.event.as_ref(), event) && meet(self.group.as_ref(), group)
    }
}

fn fits(limit: Option<&Id>, own: Option<&Id>) -> bool {
    limit.is_none() || limit == own
}

fn meet(one: Option<&Id>, other: Option<&Id>) -> bool {
    one.is_none() || other.is_none() || one == other
}

impl People {
    pub(super) fn assign(&mut self, person: &PersonId, role: &Role, unit: Option<&UnitPath>) {
        if let Some(unit) = unit {
            self.units.insert(person.clone(), unit.clone());
        }
        let roles = self.roles.entry(person.clone()).or_default();
        if !roles.contains(role) {
            roles.push(role.clone());
        }
        if let Role::Judge { stage, panel, seat, event, group } = role {
            let holders = self.seats.entry((stage.clone(), panel.clone())).or_default();
            let known = holders.iter_mut().find(|holder| {
                holder.person == *person && holder.seat == *seat && holder.event == *event && holder.group == *group
            });
            match known {
                Some(holder) => holder.current = true,
                None => holders.push(Holder {
                    person: person.clone(),
                    seat: *seat,
                    event: event.clone(),
                    group: group.clone(),
                    current: true,
                }),
            }
        }
    }

    /// [`People::assign`] while the contest runs.
    pub(super) fn assign_late(&mut self, person: &PersonId, role: &Role, unit: Option<&UnitPath>, by: &PersonId) {
        if !self.has(person, role) {
            self.late.push((person.clone(), role.clone(), by.clone()));
        }
        self.assign(person, role, unit);
    }

    /// The newest appointment to this role since the contest began was by `by`.
    pub(in crate::rules) fn was_appointed_by(&self, person: &PersonId, role: &Role, by: &PersonId) -> bool {
        let newest = self.late.iter().rev().find(|(one, held, _)| one == person && held == role);
        newest.is_some_and(|(_, _, appointed_by)| appointed_by == by)
    }

    pub(super) fn release(&mut self, person: &PersonId, role: &Role) {
        if let Some(roles) = self.roles.get_mut(person) {
            roles.retain(|held| held != role);
        }
        if let Role::Judge { stage, panel, seat, event, group } = role
            && let Some(holders) = self.seats.get_mut(&(stage.clone(), panel.clone()))
        {
            for holder in holders {
                if holder.person == *person && holder.seat == *seat && holder.event == *event && holder.group == *group
                {
                    holder.current = false;
                }
            }
        }
    }

    pub(in crate::rules) fn roles(&self, person: &PersonId) -> &[Role] {
        self.roles.get(person).map_or(&[], Vec::as_slice)
    }

    pub(in crate::rules) fn has(&self, person: &PersonId, role: &Role) -> bool {
        self.roles(person).contains(role)
    }

    pub(in crate::rules) fn leads(&self, person: &PersonId, stage: &Id, panel: &Id) -> bool {
        let leads = |role: &Role| matches!(role, Role::Leader { stage: s, panel: p } if s == stage && p == panel);
        self.roles(person).iter().any(leads)
    }

    pub(in crate::rules) fn unit(&self, person: &PersonId) -> Option<&UnitPath> {
        self.units.get(person)
    }

    pub(in crate::rules) fn all(&self) -> impl Iterator<Item = (&PersonId, &[Role])> {
        self.roles.iter().map(|(person, roles)| (person, roles.as_slice()))
    }

    /// Everybody who sits or sat on a panel, in the order in which they came.
    pub(in crate::rules) fn holders(&self, stage: &Id, panel: &Id) -> &[Holder] {
        // Keys are pairs of owned ids; there are few panels.
        self.seats.iter().find(|((s, p), _)| s == stage && p == panel).map_or(&[], |(_, holders)| holders.as_slice())
    }

    /// Panels on which the person sits now.
    pub(in crate::rules) fn panels_of<'a>(
        &'a self,
        person: &'a PersonId,
    ) -> impl Iterator<Item = (&'a Id, &'a Id, &'a Holder)> {
        self.seats.iter().flat_map(move |((stage, panel), holders)| {
            let own = holders.iter().filter(move |holder| holder.current && holder.person == *person);
            own.map(move |holder| (stage, panel, holder))
        })
    }

    /// 执裁回避: the judge's unit holds the entrant's, or lies within it.
    pub(in crate::rules) fn own_unit(&self, person: &PersonId, entrant: &Entrant) -> Option<&UnitPath> {
        let (judges, entrants) = (self.unit(person)?, entrant.unit.as_ref()?);
        (judges.is_within(entrants) || entrants.is_within(judges)).then_some(judges)
    }

    /// For scoring.
    pub(in crate::rules) fn seats_for_scoring(&self) -> Seats {
        let mut seats = Seats::default();
        for ((stage, panel), holders) in &self.seats {
            for holder in holders {
                seats.set(stage.clone(), panel.clone(), holder.person.clone(), holder.seat);
            }
        }
        seats
    }
}
