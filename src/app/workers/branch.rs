//! A branch as its liaison (联络员) looks after it: who of its people has answered, and who is to be reminded.

use std::collections::HashMap;

use crate::{
    app::{Actor, App, Result, entrants::EntrantName},
    rules::{
        command::Refusal,
        ledger::entry::Role,
        names::{ContestId, EntrantId, UnitPath},
        view::{self, BranchLine, Named},
    },
};

/// As whom somebody looks at a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// At the whole contest, or the branch asked for.
    Organizer,
    /// At this branch only.
    Liaison(UnitPath),
}

/// The people of a branch.
#[derive(Clone, Debug)]
pub struct Branch {
    pub looked: Looked,
    /// `None`: everybody.
    pub unit: Option<UnitPath>,
    pub heading: view::Heading,
    /// What there is to answer: each paper, or else the marks.
    pub tasks: Vec<Named>,
    /// Every unit of the branch with entrants of its own or below, in order.
    pub units: Vec<UnitCount>,
    /// By unit, then by entrant.
    pub people: Vec<Branched>,
}

/// Somebody of the branch.
#[derive(Clone, Debug)]
pub struct Branched {
    pub line: BranchLine,
    /// Empty when erased.
    pub name: String,
    pub number: Option<String>,
    pub phone: Option<String>,
    pub has_pin: bool,
}

/// Participation (参与率) of a unit with everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCount {
    pub unit: UnitPath,
    pub people: usize,
    /// Who have answered at least one task.
    pub answered: usize,
}

impl Branched {
    /// At least one task.
    pub fn has_answered(&self) -> bool {
        self.line.answered.iter().any(|count| *count > 0)
    }
}

impl App {
    /// As whom this actor may look after people of a contest: a liaison at the branch named in the assignment, an
    /// organizer at all.
    pub async fn looks_after(&self, contest: &ContestId, actor: &Actor) -> Result<Looked> {
        let look = |state: &_| (view::roles(state, &actor.person), view::unit_of_person(state, &actor.person));
        let (roles, unit) = self.read(contest, look).await?;
        if actor.administrator || roles.contains(&Role::Organizer) {
            return Ok(Looked::Organizer);
        }
        match unit {
            Some(unit) if roles.contains(&Role::Liaison) => Ok(Looked::Liaison(unit)),
            _ => Err(Refusal::NotAllowed { role: "liaison" }.into()),
        }
    }

    /// The people of a branch: the liaison's own, whatever else is asked for, if it does not lie within it.
    pub async fn branch(&self, contest: &ContestId, actor: &Actor, asked: Option<&UnitPath>) -> Result<Branch> {
        let looked = self.looks_after(contest, actor).await?;
        let unit = match &looked {
            Looked::Organizer => asked.cloned(),
            Looked::Liaison(own) => {
                if asked.is_some_and(|asked| !asked.is_within(own)) {
                    return Err(Refusal::NotAllowed { role: "liaison" }.into());
                }
                Some(asked.unwrap_or(own).clone())
            }
        };
        let seen = self.read(contest, |state| view::branch(state, unit.as_ref())).await?;
        let names = self.entrant_names(contest).await?;
        let mut names: HashMap<EntrantId, EntrantName> =
            names.into_iter().map(|name| (name.entrant.clone(), name)).collect();
        let workers = self.store().workers(contest).await?;
        let has_pin: std::collections::HashSet<EntrantId> =
            workers.into_iter().filter(|worker| worker.pin.is_some()).map(|worker| worker.entrant).collect();
        let people: Vec<Branched> = seen
            .people
            .into_iter()
            .map(|line| {
                let name = names.remove(&line.entrant);
                let has_pin = has_pin.contains(&line.entrant);
                let (name, number, phone) = name.map(|name| (name.name, name.number, name.phone)).unwrap_or_default();
                Branched { line, name, number, phone, has_pin }
            })
            .collect();
        let units = counts(&people, unit.as_ref());
        Ok(Branch { looked, unit, heading: seen.heading, tasks: seen.tasks, units, people })
    }

    /// A one-time PIN for somebody of the branch, shown once.
    pub async fn reset_pin_of(&self, contest: &ContestId, actor: &Actor, entrant: &EntrantId) -> Result<String> {
        if let Looked::Liaison(own) = self.looks_after(contest, actor).await? {
            let unit = self.read(contest, |state| view::unit_of(state, entrant)).await?;
            // Somebody of another branch and somebody who is not there are the same to a liaison.
            if !unit.is_some_and(|unit| unit.is_within(&own)) {
                return Err(Refusal::NotAllowed { role: "liaison" }.into());
            }
        }
        self.reset_pin(contest, entrant).await
    }
}

/// Each unit below `top` that has people, and everything above it down from `top`.
fn counts(people: &[Branched], top: Option<&UnitPath>) -> Vec<UnitCount> {
    let mut counts: std::collections::BTreeMap<UnitPath, (usize, usize)> = std::collections::BTreeMap::new();
    for one in people {
        let Some(unit) = &one.line.unit else { continue };
        let levels = unit.as_str().split('/').count();
        for level in 1..=levels {
            let Some(above) = unit.at_level(level) else { continue };
            if top.is_none_or(|top| above.is_within(top)) {
                let count = counts.entry(above).or_default();
                count.0 += 1;
                count.1 += usize::from(one.has_answered());
            }
        }
    }
    counts.into_iter().map(|(unit, (people, answered))| UnitCount { unit, people, answered }).collect()
}
