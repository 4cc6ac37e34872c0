//! What the ledger's entries made of papers: banks, papers being sat and finished, what counts, who stands where.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rust_decimal::Decimal;

use super::{
    places::{Places, Standing},
    rules::{Rules, Take},
    uses::Uses,
};
use crate::rules::{
    decimal,
    ledger::{
        Instant,
        entry::Digest,
        paper::{BankedItem, DrawnItem, Finished, PaperEntry},
    },
    names::{ChallengeId, EntrantId, Id, PaperId, UnitPath},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Papers {
    pub(super) banks: BTreeMap<Digest, Arc<Banked>>,
    pub(super) uses: Uses,
    current: BTreeMap<Id, Digest>,
    pub(in crate::rules) by_id: BTreeMap<PaperId, Sat>,
    /// By the moment at which their time is up.
    running: BTreeSet<(Instant, PaperId)>,
    /// In the order of their draw.
    of_entrant: BTreeMap<(Id, EntrantId), Vec<PaperId>>,
    pub(super) counted: BTreeMap<(Id, EntrantId), Counted>,
    places: BTreeMap<Id, Places>,
    /// By item, over all banks.
    restated: BTreeMap<(Id, Id), Mended>,
    pub(in crate::rules) restatements: u32,
    pub(in crate::rules) headcounts: BTreeMap<UnitPath, u32>,
    pub(in crate::rules) prizes: Vec<Prize>,
    windows: BTreeMap<(Id, EntrantId), Vec<(Instant, Instant)>>,
    /// Who withdrew or was disqualified: nothing of theirs counts or wins, whatever is restated later.
    gone: BTreeSet<EntrantId>,
}

/// What became of an item's key.
#[derive(Clone, Debug, Default, PartialEq)]
struct Mended {
    /// The last other key; it stays while the item is void.
    key: Option<Digest>,
    void: bool,
}

/// A bank as it was adopted.
#[derive(Debug, PartialEq)]
pub struct Banked {
    pub bank: Id,
    pub digest: Digest,
    pub items: Vec<BankedItem>,
}

/// One paper of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Sat {
    pub of: Id,
    pub entrant: EntrantId,
    pub attempt: u32,
    pub practice: bool,
    pub challenge: Option<ChallengeId>,
    pub seed: Arc<str>,
    pub bank: Arc<Banked>,
    items: Packed,
    pub starts: Instant,
    pub ends: Option<Instant>,
    /// When it ended: handed in, or its time was up, however late that was noticed.
    pub finished: Option<(Instant, Arc<Finished>)>,
}

/// Drawn items side by side: a contest may have a million papers.
#[derive(Clone, Debug, PartialEq)]
struct Packed(Arc<[u8]>);

/// What of somebody's papers counts.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Counted {
    pub(in crate::rules) value: Decimal,
    pub(in crate::rules) used_ms: u64,
    pub(in crate::rules) at: Instant,
    pub(in crate::rules) right: u32,
    /// Finished papers that count.
    pub(in crate::rules) papers: u32,
    pub(in crate::rules) valid: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Prize {
    pub(in crate::rules) draw: Id,
    pub(in crate::rules) seed: String,
    pub(in crate::rules) of: Id,
    /// Those who could win, in the order of ids.
    pub(in crate::rules) among: Arc<[EntrantId]>,
    pub(in crate::rules) winners: Vec<EntrantId>,
    pub(in crate::rules) at: Instant,
}

impl Packed {
    fn new(items: &[DrawnItem]) -> Self {
        let mut bytes = Vec::with_capacity(items.len() * 12);
        for drawn in items {
            bytes.extend_from_slice(&drawn.item.to_le_bytes());
            bytes.push(drawn.part);
            bytes.push(u8::try_from(drawn.order.len()).unwrap_or(u8::MAX));
            bytes.extend(drawn.order.iter().take(usize::from(u8::MAX)));
        }
        Self(bytes.into())
    }

    fn items(&self) -> Vec<DrawnItem> {
        let mut rest = &*self.0;
        let mut items = Vec::new();
        while let [a, b, c, d, part, count, after @ ..] = rest {
            let count = usize::from(*count).min(after.len());
            let (order, later) = after.split_at(count);
            items.push(DrawnItem { item: u32::from_le_bytes([*a, *b, *c, *d]), part: *part, order: order.to_vec() });
            rest = later;
        }
        items
    }
}

impl Sat {
    /// In the order in which they are shown.
    pub fn items(&self) -> Vec<DrawnItem> {
        self.items.items()
    }

    /// As the bank lists it.
    pub fn banked(&self, drawn: &DrawnItem) -> Option<&BankedItem> {
        self.bank.items.get(usize::try_from(drawn.item).ok()?)
    }

    pub fn is_over(&self, now: Instant) -> bool {
        self.finished.is_some() || self.ends.is_some_and(|ends| now >= ends)
    }

    /// Counts among attempts: neither practice nor somebody's challenge.
    pub fn counts(&self) -> bool {
        !self.practice && self.challenge.is_none()
    }

    fn asks(&self, bank: &Id, item: &Id) -> bool {
        self.bank.bank == *bank
            && self.items().iter().any(|drawn| self.banked(drawn).is_some_and(|known| known.id == *item))
    }
}

impl Papers {
    /// Takes in an entry; gives whose counted result it changed.
    pub(in crate::rules) fn apply(
        &mut self,
        entry: &PaperEntry,
        at: Instant,
        rules: Option<&[Rules]>,
    ) -> Vec<(Id, EntrantId)> {
        match entry {
            PaperEntry::BankAdopted { bank, digest, items, by: _ } => {
                let banked = Banked { bank: bank.clone(), digest: digest.clone(), items: items.clone() };
                self.banks.insert(digest.clone(), Arc::new(banked));
                self.current.insert(bank.clone(), digest.clone());
                Vec::new()
            }
            PaperEntry::PaperDrawn {
                paper,
                of,
                entrant,
                attempt,
                practice,
                challenge,
                seed,
                bank,
                items,
                ends,
                by: _,
            } => {
                let Some(bank) = self.banks.get(bank).cloned() else { return Vec::new() };
                self.uses.draw(&bank.digest, items);
                let sat = Sat {
                    of: of.clone(),
                    entrant: entrant.clone(),
                    attempt: *attempt,
                    practice: *practice,
                    challenge: challenge.clone(),
                    seed: seed.as_str().into(),
                    bank,
                    items: Packed::new(items),
                    starts: at,
                    ends: *ends,
                    finished: None,
                };
                self.of_entrant.entry((of.clone(), entrant.clone())).or_default().push(paper.clone());
                if let Some(ends) = ends {
                    self.running.insert((*ends, paper.clone()));
                }
                self.by_id.insert(paper.clone(), sat);
                Vec::new()
            }
            PaperEntry::PaperFinished { paper, finished, by: _ } => {
                let Some(sat) = self.by_id.get_mut(paper) else { return Vec::new() };
                let ended = sat.ends.map_or(at, |ends| at.min(ends));
                sat.finished = Some((ended, Arc::new(finished.clone())));
                if let Some(ends) = sat.ends {
                    self.running.remove(&(ends, paper.clone()));
                }
                let key = (sat.of.clone(), sat.entrant.clone());
                if sat.counts() { self.count(vec![key], rules) } else { Vec::new() }
            }
            PaperEntry::ItemRestated { bank, item, rekeyed, papers, .. } => {
                let mended = self.restated.entry((bank.clone(), item.clone())).or_default();
                match rekeyed {
                    Some(key) => *mended = Mended { key: Some(key.clone()), void: false },
                    None => mended.void = true,
                }
                self.restatements += 1;
                let mut changed = BTreeSet::new();
                for restated in papers {
                    let Some(sat) = self.by_id.get_mut(&restated.paper) else { continue };
                    let Some((_, finished)) = &mut sat.finished else { continue };
                    let finished = Arc::make_mut(finished);
                    finished.points = restated.points;
                    finished.right = restated.right;
                    if sat.counts() {
                        changed.insert((sat.of.clone(), sat.entrant.clone()));
                    }
                }
                self.count(changed.into_iter().collect(), rules)
            }
            PaperEntry::HeadcountsFrozen { counts, by: _ } => {
                self.headcounts = counts.iter().cloned().collect();
                Vec::new()
            }
            PaperEntry::PrizesDrawn { draw, seed, of, winners, by: _ } => {
                let among = self.valid(of).into();
                let (draw, seed, of, winners) = (draw.clone(), seed.clone(), of.clone(), winners.clone());
                self.prizes.push(Prize { draw, seed, of, among, winners, at });
                Vec::new()
            }
            PaperEntry::WindowGranted { of, entrant, from, until, .. } => {
                self.windows.entry((of.clone(), entrant.clone())).or_default().push((*from, *until));
                Vec::new()
            }
        }
    }

    /// All results anew, under another definition.
    pub(in crate::rules) fn recount(&mut self, rules: &[Rules]) -> Vec<(Id, EntrantId)> {
        let all = self.of_entrant.keys().cloned().collect();
        self.count(all, Some(rules))
    }

    /// Takes somebody out of the order for good, when they leave the contest.
    pub(in crate::rules) fn leave(&mut self, entrant: &EntrantId) {
        self.gone.insert(entrant.clone());
        for (of, places) in &mut self.places {
            if let Some(counted) = self.counted.remove(&(of.clone(), entrant.clone())) {
                places.remove(&counted.standing(entrant));
            }
        }
    }

    fn count(&mut self, mut keys: Vec<(Id, EntrantId)>, rules: Option<&[Rules]>) -> Vec<(Id, EntrantId)> {
        keys.retain(|(_, entrant)| !self.gone.contains(entrant));
        for key in &keys {
            let Some(rules) = rules.and_then(|all| all.iter().find(|one| one.id == key.0)) else { continue };
            let new = self.counted_of(rules, key);
            let places = self.places.entry(key.0.clone()).or_default();
            if let Some(old) = self.counted.remove(key) {
                places.remove(&old.standing(&key.1));
            }
            if let Some(new) = new {
                places.insert(new.standing(&key.1));
                self.counted.insert(key.clone(), new);
            }
        }
        keys
    }

    fn counted_of(&self, rules: &Rules, key: &(Id, EntrantId)) -> Option<Counted> {
        let sat: Vec<&Sat> = self
            .of_entrant
            .get(key)?
            .iter()
            .filter_map(|id| self.by_id.get(id).filter(|sat| sat.counts() && sat.finished.is_some()))
            .collect();
        let done: Vec<(Instant, &Finished)> =
            sat.iter().filter_map(|sat| sat.finished.as_ref().map(|(at, finished)| (*at, &**finished))).collect();
        let is_valid = |finished: &Finished| rules.right_at_least.is_none_or(|least| finished.right >= least);
        let valid: Vec<&Sat> = sat
            .iter()
            .copied()
            .filter(|sat| sat.finished.as_ref().is_some_and(|(_, finished)| is_valid(finished)))
            .collect();
        let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
        let of_one = |(at, finished): &(Instant, &Finished)| Counted {
            value: finished.points,
            used_ms: finished.used_ms,
            at: *at,
            right: finished.right,
            papers: count(done.len()),
            valid: count(valid.len()),
        };
        let last = done.last()?;
        let of_all = |value: Decimal| Counted {
            value,
            used_ms: done.iter().map(|(_, finished)| finished.used_ms).sum(),
            right: done.iter().map(|(_, finished)| finished.right).sum(),
            ..of_one(last)
        };
        let points: Vec<Decimal> = done.iter().map(|(_, finished)| finished.points).collect();
        Some(match rules.attempts.take {
            Take::Best => {
                let better = |(at, one): &&(Instant, &Finished)| (std::cmp::Reverse(one.points), one.used_ms, *at);
                of_one(done.iter().min_by_key(better)?)
            }
            Take::Last => of_one(last),
            Take::First => of_one(done.first()?),
            Take::Mean => of_all(decimal::mean(&points).ok()??),
            Take::Sum => of_all(decimal::sum(points).ok()?),
            Take::ValidPapers => of_all(Decimal::from(valid.len())),
            Take::ValidDays => {
                // The day on which it was begun, as for the attempts of a day.
                let days: BTreeSet<_> = valid.iter().map(|sat| super::may::day(rules, sat.starts)).collect();
                of_all(Decimal::from(days.len()))
            }
        })
    }

    pub(in crate::rules) fn bank(&self, bank: &Id) -> Option<&Arc<Banked>> {
        self.banks.get(self.current.get(bank)?)
    }

    pub(in crate::rules) fn is_void(&self, bank: &Id, item: &Id) -> bool {
        self.restated.get(&(bank.clone(), item.clone())).is_some_and(|mended| mended.void)
    }

    pub(in crate::rules) fn rekeyed(&self, bank: &Id, item: &Id) -> Option<&Digest> {
        self.restated.get(&(bank.clone(), item.clone()))?.key.as_ref()
    }

    /// Papers whose time runs, or was up without anybody noticing yet; practice apart.
    pub(in crate::rules) fn running(&self) -> impl Iterator<Item = &Sat> {
        let sat = self.running.iter().filter_map(|(_, paper)| self.by_id.get(paper));
        sat.filter(|sat| !sat.practice)
    }

    pub(in crate::rules) fn of(&self, of: &Id, entrant: &EntrantId) -> impl Iterator<Item = (&PaperId, &Sat)> {
        let ids = self.of_entrant.get(&(of.clone(), entrant.clone())).into_iter().flatten();
        ids.filter_map(|id| self.by_id.get_key_value(id))
    }

    pub(in crate::rules) fn windows(&self, of: &Id, entrant: &EntrantId) -> &[(Instant, Instant)] {
        self.windows.get(&(of.clone(), entrant.clone())).map_or(&[], Vec::as_slice)
    }

    /// Windows of one's own for a paper, by person.
    pub(super) fn all_windows<'p>(
        &'p self,
        of: &'p Id,
    ) -> impl Iterator<Item = (&'p EntrantId, &'p [(Instant, Instant)])> {
        let some = self.windows.iter().filter(move |((own, _), _)| own == of);
        some.map(|((_, entrant), windows)| (entrant, windows.as_slice()))
    }

    pub(in crate::rules) fn counted(&self, of: &Id, entrant: &EntrantId) -> Option<&Counted> {
        self.counted.get(&(of.clone(), entrant.clone()))
    }

    /// Everybody with a valid paper, in the order of ids.
    pub(in crate::rules) fn valid(&self, of: &Id) -> Vec<EntrantId> {
        let some = self.counted.iter().filter(|((own, _), counted)| own == of && counted.valid > 0);
        some.map(|((_, entrant), _)| entrant.clone()).collect()
    }

    /// From 1, and how many there are.
    pub(super) fn place(&self, of: &Id, entrant: &EntrantId) -> Option<(usize, usize)> {
        let counted = self.counted(of, entrant)?;
        let places = self.places.get(of)?;
        Some((places.place(&counted.standing(entrant))?, places.len()))
    }

    pub(super) fn overdue(&self, before: Instant) -> Vec<PaperId> {
        self.running.iter().take_while(|(ends, _)| *ends < before).map(|(_, paper)| paper.clone()).collect()
    }

    /// The finished papers that ask this item.
    pub(in crate::rules) fn asking<'p>(
        &'p self,
        bank: &'p Id,
        item: &'p Id,
    ) -> impl Iterator<Item = (&'p PaperId, &'p Sat)> {
        self.by_id.iter().filter(move |(_, sat)| sat.finished.is_some() && sat.asks(bank, item))
    }
}

impl Counted {
    fn standing(&self, entrant: &EntrantId) -> Standing {
        Standing::new(self.value, self.used_ms, self.at, entrant.clone())
    }
}
