//! What the ledger's entries made of collections: every work with its versions, checks and marks, and what counts.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{PointLine, Rules, points};
use crate::rules::{
    definition::model::WorksRead,
    ledger::{
        Instant,
        entry::Digest,
        works::{Content, Outcome, WorkEntry},
    },
    names::{EntrantId, Id, PersonId, WorkId},
    panel::{self, Given},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Works {
    pub(in crate::rules) by_id: BTreeMap<WorkId, Work>,
    /// In the order in which they were handed in.
    of_entrant: BTreeMap<(Id, EntrantId), Vec<WorkId>>,
    of_collection: BTreeMap<Id, Vec<WorkId>>,
    with_judge: BTreeMap<PersonId, Vec<WorkId>>,
    counted: BTreeMap<(Id, EntrantId), Counted>,
    closed: BTreeMap<Id, Instant>,
}

/// One work of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    pub collection: Id,
    /// From 1 in its collection, in the order of arrival.
    pub number: u32,
    pub entrant: EntrantId,
    /// At least one; the newest last.
    pub versions: Vec<Version>,
    /// When it was handed in first.
    pub at: Instant,
    pub stand: Stand,
    /// The newest last, returns among them.
    pub checks: Vec<Check>,
    /// What judges know it by, from 1 in its collection.
    pub code: Option<u32>,
    /// The newest last.
    pub erasures: Vec<Erasure>,
    /// Who has it to mark, in the order of ids, with what they gave.
    pub marks: BTreeMap<PersonId, Option<(Decimal, Instant)>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// For its checker.
    Waiting,
    /// For its author.
    Returned,
    Checked,
    Withdrawn,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub content: Content,
    pub at: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub outcome: Outcome,
    pub reason: Option<Digest>,
    pub by: PersonId,
    pub at: Instant,
}

/// What was erased of a work, by whom and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub erased: Vec<Digest>,
    pub reason: Digest,
    pub by: PersonId,
    pub second: PersonId,
    pub at: Instant,
}

/// What of somebody's works counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Counted {
    pub(in crate::rules) points: Decimal,
    pub(in crate::rules) submitted: u32,
    pub(in crate::rules) accepted: u32,
    /// Of the best one; none before the collection is closed.
    pub(in crate::rules) mark: Option<Decimal>,
}

impl Counted {
    pub(in crate::rules) fn read(&self, reads: WorksRead) -> Option<Decimal> {
        match reads {
            WorksRead::Points => Some(self.points),
            WorksRead::Accepted => Some(Decimal::from(self.accepted)),
            WorksRead::Submitted => Some(Decimal::from(self.submitted)),
            WorksRead::Mark => self.mark,
        }
    }
}

impl Work {
    /// What its checker said last; none while it waits or is with its author.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.checks.last().filter(|_| self.stand == Stand::Checked).map(|check| &check.outcome)
    }

    pub fn is_accepted(&self) -> bool {
        matches!(self.outcome(), Some(Outcome::Accepted { .. }))
    }

    /// The newest version.
    pub fn content(&self) -> Option<&Content> {
        self.versions.last().map(|version| &version.content)
    }

    /// Whether a text or a picture of it was erased.
    pub fn is_erased(&self, digest: &Digest) -> bool {
        self.erasures.iter().any(|one| one.erased.contains(digest))
    }

    /// Of its judges together; none before one has marked it. Who has not is not waited for: a collection is closed
    /// only when nobody is missing but those who were released.
    pub(super) fn mark(&self, rules: &Rules) -> Option<Decimal> {
        let judging = rules.judging.as_ref().filter(|_| self.is_accepted())?;
        let given = self.marks.values().flatten().zip(1..);
        let given: Vec<Given> = given.map(|((value, _), seat)| Given { seat, value: *value }).collect();
        let excused = u32::try_from(self.marks.len() - given.len()).unwrap_or(u32::MAX);
        let of = panel::Aspect { max: Some(judging.max), excused, ..panel::Aspect::default() };
        panel::judge(&judging.panel, &of, &given).ok().map(|verdict| verdict.number)
    }
}

impl Works {
    /// Takes in an entry; gives whose counted result it changed.
    pub(in crate::rules) fn apply(
        &mut self,
        entry: &WorkEntry,
        at: Instant,
        rules: Option<&[Rules]>,
    ) -> Vec<(Id, EntrantId)> {
        let changed = match entry {
            WorkEntry::WorkSubmitted { work, collection, entrant, content, by: _ } => {
                let all = self.of_collection.entry(collection.clone()).or_default();
                all.push(work.clone());
                let fresh = Work {
                    collection: collection.clone(),
                    number: u32::try_from(all.len()).unwrap_or(u32::MAX),
                    entrant: entrant.clone(),
                    versions: vec![Version { content: content.clone(), at }],
                    at,
                    stand: Stand::Waiting,
                    checks: Vec::new(),
                    code: None,
                    erasures: Vec::new(),
                    marks: BTreeMap::new(),
                };
                let key = (collection.clone(), entrant.clone());
                self.of_entrant.entry(key.clone()).or_default().push(work.clone());
                self.by_id.insert(work.clone(), fresh);
                vec![key]
            }
            WorkEntry::WorkMended { work, content, by: _ } => self.change(work, |work| {
                work.versions.push(Version { content: content.clone(), at });
                work.stand = Stand::Waiting;
            }),
            WorkEntry::WorkWithdrawn { work, by: _ } => self.change(work, |work| work.stand = Stand::Withdrawn),
            WorkEntry::WorkChecked { work, outcome, reason, by } => self.change(work, |work| {
                work.stand = if *outcome == Outcome::Returned { Stand::Returned } else { Stand::Checked };
                work.checks.push(Check { outcome: outcome.clone(), reason: reason.clone(), by: by.clone(), at });
            }),
            WorkEntry::WorksDealt { works, .. } => {
                let mut replaced: BTreeMap<PersonId, BTreeSet<WorkId>> = BTreeMap::new();
                for dealt in works {
                    let Some(work) = self.by_id.get_mut(&dealt.work) else { continue };
                    work.code = Some(dealt.code);
                    // Whoever was replaced has it no more.
                    work.marks.retain(|judge, mark| {
                        let stays = mark.is_some() || dealt.judges.contains(judge);
                        if !stays {
                            replaced.entry(judge.clone()).or_default().insert(dealt.work.clone());
                        }
                        stays
                    });
                    for judge in &dealt.judges {
                        if !work.marks.contains_key(judge) {
                            work.marks.insert(judge.clone(), None);
                            self.with_judge.entry(judge.clone()).or_default().push(dealt.work.clone());
                        }
                    }
                }
                for (judge, gone) in replaced {
                    self.with_judge.entry(judge).or_default().retain(|held| !gone.contains(held));
                }
                Vec::new()
            }
            WorkEntry::WorkMarked { work, mark, by } => self.change(work, |work| {
                work.marks.insert(by.clone(), Some((*mark, at)));
            }),
            WorkEntry::WorkErased { work, erased, reason, by, second } => self.change(work, |work| {
                let (reason, by, second) = (reason.clone(), by.clone(), second.clone());
                work.erasures.push(Erasure { erased: erased.clone(), reason, by, second, at });
            }),
            WorkEntry::CollectionClosed { collection, by: _ } => {
                self.closed.insert(collection.clone(), at);
                self.authors(collection)
            }
            WorkEntry::CollectionReopened { collection, .. } => {
                self.closed.remove(collection);
                self.authors(collection)
            }
        };
        self.count(changed, rules)
    }

    fn change(&mut self, work: &WorkId, act: impl FnOnce(&mut Work)) -> Vec<(Id, EntrantId)> {
        let Some(work) = self.by_id.get_mut(work) else { return Vec::new() };
        act(work);
        vec![(work.collection.clone(), work.entrant.clone())]
    }

    fn authors(&self, collection: &Id) -> Vec<(Id, EntrantId)> {
        self.of_entrant.keys().filter(|(own, _)| own == collection).cloned().collect()
    }

    /// All results anew, under another definition.
    pub(in crate::rules) fn recount(&mut self, rules: &[Rules]) -> Vec<(Id, EntrantId)> {
        let all = self.of_entrant.keys().cloned().collect();
        self.count(all, Some(rules))
    }

    fn count(&mut self, keys: Vec<(Id, EntrantId)>, rules: Option<&[Rules]>) -> Vec<(Id, EntrantId)> {
        for key in &keys {
            let Some(rules) = rules.and_then(|all| all.iter().find(|one| one.id == key.0)) else { continue };
            match self.counted_of(rules, key) {
                Some(counted) => self.counted.insert(key.clone(), counted),
                None => self.counted.remove(key),
            };
        }
        keys
    }

    /// `None` when nothing stands of what was handed in.
    fn counted_of(&self, rules: &Rules, key: &(Id, EntrantId)) -> Option<Counted> {
        let standing = || self.of(&key.0, &key.1).map(|(_, work)| work).filter(|work| work.stand != Stand::Withdrawn);
        let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
        let submitted = count(standing().count());
        let closed = self.is_closed(&key.0);
        (submitted > 0).then(|| Counted {
            points: points::sum(&points::lines(rules, self.of(&key.0, &key.1))),
            submitted,
            accepted: count(standing().filter(|work| work.is_accepted()).count()),
            mark: standing().filter(|_| closed).filter_map(|work| work.mark(rules)).max(),
        })
    }

    pub(in crate::rules) fn lines(&self, rules: &Rules, entrant: &EntrantId) -> Vec<PointLine> {
        points::lines(rules, self.of(&rules.id, entrant))
    }

    pub(in crate::rules) fn counted(&self, collection: &Id, entrant: &EntrantId) -> Option<&Counted> {
        self.counted.get(&(collection.clone(), entrant.clone()))
    }

    pub(in crate::rules) fn of(&self, collection: &Id, entrant: &EntrantId) -> impl Iterator<Item = (&WorkId, &Work)> {
        let ids = self.of_entrant.get(&(collection.clone(), entrant.clone())).into_iter().flatten();
        ids.filter_map(|id| self.by_id.get_key_value(id))
    }

    /// In the order of their numbers.
    pub(in crate::rules) fn of_collection(&self, collection: &Id) -> impl Iterator<Item = (&WorkId, &Work)> {
        let ids = self.of_collection.get(collection).into_iter().flatten();
        ids.filter_map(|id| self.by_id.get_key_value(id))
    }

    /// In the order in which they were dealt.
    pub(in crate::rules) fn with_judge(&self, judge: &PersonId) -> impl Iterator<Item = (&WorkId, &Work)> {
        let ids = self.with_judge.get(judge).into_iter().flatten();
        ids.filter_map(|id| self.by_id.get_key_value(id))
    }

    pub(in crate::rules) fn is_closed(&self, collection: &Id) -> bool {
        self.closed.contains_key(collection)
    }

    /// Collections and grades that works name.
    pub(in crate::rules) fn named(&self) -> BTreeSet<(Id, Option<Id>)> {
        let grade = |work: &Work| match work.checks.last().map(|check| &check.outcome) {
            Some(Outcome::Accepted { grade }) => grade.clone(),
            _ => None,
        };
        self.by_id.values().map(|work| (work.collection.clone(), grade(work))).collect()
    }

    /// The last code that was given in a collection; 0 before the first.
    pub(in crate::rules) fn last_code(&self, collection: &Id) -> u32 {
        self.of_collection(collection).filter_map(|(_, work)| work.code).max().unwrap_or(0)
    }
}
