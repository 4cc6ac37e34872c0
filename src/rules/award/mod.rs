//! Who gets which prize, computed from the standings: the preview before the ceremony and what is announced.
//!
//! Awards are given in the order of the definition. Those of one *ladder* (就高不就低) exclude one another: an entrant
//! has the first that they reach. A *title* (技术能手) stands beside the prizes. What no rule settles is *undecided*
//! until people decide it, and stays in the list with its candidates. Knows no names, phases or certificates.

mod allot;
mod pool;
mod walk;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    definition::model::{Award, AwardTo, Boundary, Definition},
    field::Field,
    ledger::{Entry, entry::Given},
    names::{EntrantId, Id},
    result::{Standings, Who},
    standings::Prizes,
};

/// What people decided about awards, in the order in which they did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    acts: Vec<Act>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    Decided { award: Id, to: Vec<String> },
    Revoked { award: Id, from: String },
}

/// Every award with its winners, and what an organizer should know before the ceremony.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// In the order of the definition, then of the standings' tables.
    pub awards: Vec<Allotted>,
    pub warnings: Vec<Warning>,
}

/// One award in one scope.
#[derive(Clone, Debug, PartialEq)]
pub struct Allotted {
    pub at: At,
    /// How many there are to give after an upper tier has used some up; `None` without a limit.
    pub quota: Option<u32>,
    /// Best first; equals by their text.
    pub winners: Vec<Given>,
    /// Outside the quota (不占名额), at a place among the winners: shown there, given nothing.
    pub beside: Vec<Given>,
    pub undecided: Vec<Undecided>,
}

/// Some of these, or however many people say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    pub candidates: Vec<String>,
    pub places: u32,
    pub cause: Cause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Tied across the last place, and the definition leaves it to people.
    Boundary,
    /// The ranking itself awaits a decision about this tie.
    RankingOpen,
    /// They wait for a prize above.
    Above,
    /// Tied, of one unit, and the unit's cap has room for fewer.
    UnitCap,
    /// A prize was revoked, and the definition leaves its place to people.
    Revoked,
}

/// An award and the scope it is given in; `None` where the scope spans all events or groups.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub award: Id,
    pub event: Option<Id>,
    pub group: Option<Id>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// More prizes than anybody is there to win.
    QuotaUnreachable {
        at: At,
        quota: u32,
        found: u32,
    },
    /// A percentage that rounds to no prize at all.
    QuotaIsNothing {
        at: At,
    },
    /// A tie across the last place; `policy` is what the definition does about it.
    BoundaryTied {
        at: At,
        tied: Vec<String>,
        places: u32,
        policy: Boundary,
    },
    /// The same, and the ranking awaits a decision about it.
    RankingOpen {
        at: At,
        tied: Vec<String>,
        places: u32,
    },
    /// Tied across the last place by total only: they stand in different tables, where no tie chain compares them.
    NoRule {
        at: At,
        tied: Vec<String>,
        places: u32,
    },
    /// Ties above used up places of this tier.
    Shrunk {
        at: At,
        from: u32,
        to: u32,
    },
    /// People put more on the award than it has places.
    OverQuota {
        at: At,
        quota: u32,
        given: u32,
    },
    /// Somebody is ranked, nobody reaches the line.
    PassLineEmpties {
        at: At,
        line: Decimal,
    },
    /// Passed over because the unit has as many as it may.
    UnitFull {
        at: At,
        who: String,
    },
    NominationMissing {
        award: Id,
    },
    /// Named by people, but holds a prize of the ladder already.
    HoldsPrize {
        award: Id,
        who: String,
    },
    /// Named by people, but neither tied for a place nor nominated.
    DecisionUnused {
        award: Id,
        who: String,
    },
    /// More than one on the stage for the same person, because titles stand beside prizes.
    HoldsSeveral {
        who: String,
        awards: Vec<Id>,
    },
    /// The award is for a table that the standings do not have (no teams, no units).
    NoTable {
        award: Id,
    },
}

/// All awards of a definition over these standings. The order of tables and of tied rows does not matter.
pub fn preview(definition: &Definition, field: &Field, standings: &Standings, decisions: &Decisions) -> Preview {
    let mut round = allot::Round::new(definition, field, standings, decisions);
    for award in &definition.awards {
        round.give(award);
    }
    round.finish()
}

/// Who won which prizes and titles, for team and unit tables that count them.
pub fn prizes_by_entrant(preview: &Preview, definition: &Definition) -> Prizes {
    let personal = |award: &Award| matches!(award.to, AwardTo::Entrants | AwardTo::Table(_));
    let mut prizes = Prizes::new();
    for given in preview.given() {
        if definition.awards.iter().any(|award| award.id == given.award && personal(award)) {
            prizes.entry(EntrantId::new(&given.to)).or_default().push(given.award.clone());
        }
    }
    prizes
}

impl Preview {
    /// All prizes as they would be announced, in order.
    pub fn given(&self) -> impl Iterator<Item = &Given> {
        self.awards.iter().flat_map(|allotted| &allotted.winners)
    }

    /// The first award that awaits people, and blocks an announcement.
    pub fn first_undecided(&self) -> Option<&Allotted> {
        self.awards.iter().find(|allotted| !allotted.undecided.is_empty())
    }
}

impl Decisions {
    /// From a ledger, in its order; other entries change nothing.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut decisions = Self::default();
        entries.into_iter().for_each(|entry| decisions.apply(entry));
        decisions
    }

    pub fn apply(&mut self, entry: &Entry) {
        match entry {
            Entry::AwardDecided { award, to, .. } => self.decide(award.clone(), to.clone()),
            Entry::AwardRevoked { award, from, .. } => self.revoke(award.clone(), from.clone()),
            _ => {}
        }
    }

    /// People put these on the award. For a tie: those of the tied who get it, the others do not; nobody at all
    /// decides every tie of the award against all of them. For a nomination: further nominees.
    pub fn decide(&mut self, award: Id, to: Vec<String>) {
        self.acts.push(Act::Decided { award, to });
    }

    /// Takes a prize back. Its former holder gets no other of the same ladder, unless people put them there.
    pub fn revoke(&mut self, award: Id, from: String) {
        self.acts.push(Act::Revoked { award, from });
    }

    /// Those whose `award` was revoked and not given back since, each with how many acts came before.
    fn revoked_from(&self, award: &Id) -> BTreeMap<&str, usize> {
        let mut revoked = BTreeMap::new();
        for (at, act) in self.acts.iter().enumerate() {
            match act {
                Act::Revoked { award: of, from } if of == award => {
                    revoked.entry(from.as_str()).or_insert(at);
                }
                Act::Decided { award: of, to } if of == award => to.iter().for_each(|who| {
                    revoked.remove(who.as_str());
                }),
                _ => {}
            }
        }
        revoked
    }

    /// Lists of names that people put on the award, newest first, from the act `since` on.
    fn decided(&self, award: &Id, since: usize) -> impl Iterator<Item = &[String]> {
        self.acts.iter().skip(since).rev().filter_map(move |act| match act {
            Act::Decided { award: of, to } if of == award => Some(to.as_slice()),
            _ => None,
        })
    }

    /// Nominees in the order in which they were named, without those revoked since.
    fn nominees(&self, award: &Id) -> Vec<&str> {
        let revoked = self.revoked_from(award);
        let mut nominees: Vec<&str> = Vec::new();
        for act in &self.acts {
            if let Act::Decided { award: of, to } = act
                && of == award
            {
                for who in to {
                    if !revoked.contains_key(who.as_str()) && !nominees.contains(&who.as_str()) {
                        nominees.push(who);
                    }
                }
            }
        }
        nominees
    }

    /// Everybody who was ever put on an award and not taken off it since.
    fn named(&self) -> impl Iterator<Item = (&Id, &str)> {
        self.acts.iter().enumerate().flat_map(move |(at, act)| {
            let (award, to) = match act {
                Act::Decided { award, to } => (award, to.as_slice()),
                Act::Revoked { award, .. } => (award, [].as_slice()),
            };
            let still = move |who: &&String| {
                !self.acts[at..]
                    .iter()
                    .any(|later| matches!(later, Act::Revoked { award: of, from } if of == award && from == *who))
            };
            to.iter().filter(still).map(move |who| (award, who.as_str()))
        })
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Keeps a team called W01 apart from the entrant W01.
type Key = (u8, String);

/// Of somebody whom a decision or a list of winners names by text.
fn key_of(to: &AwardTo, text: &str) -> Key {
    let kind = match to {
        AwardTo::Entrants | AwardTo::Table(_) => 0,
        AwardTo::Teams => 1,
        AwardTo::Units(_) => 2,
    };
    (kind, text.to_owned())
}

fn key(who: &Who) -> Key {
    let kind = match who {
        Who::Entrant(_) => 0,
        Who::Team(_) => 1,
        Who::Unit(_) => 2,
    };
    (kind, who.as_str().to_owned())
}
