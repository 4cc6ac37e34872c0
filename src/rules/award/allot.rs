//! The awards of a definition, one after the other: how many there are of each, and what is kept between the tiers
//! of a ladder (who holds a prize, how many places ties used up, who waits).

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::rules::{
    decimal,
    definition::model::{Award, AwardScope, AwardTo, Definition, FieldSize, PercentOf, Quota, Revoked, Rounding},
    field::Field,
    ledger::entry::Given,
    names::Id,
    result::Standings,
};

use super::{
    Allotted, At, Cause, Decisions, Key, Preview, Undecided, Warning, count, key, key_of,
    pool::{Pool, Runner, pools},
    walk::{Filter, Walk},
};

/// Where prizes exclude one another and places are carried from tier to tier: a ladder in one scope.
pub(super) type Rung = (Id, Option<Id>, Option<Id>);

/// Equals of whom some will fall to the next tier, and how many.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub who: BTreeSet<Key>,
    pub places: u32,
}

pub(super) struct Round<'a> {
    definition: &'a Definition,
    field: &'a Field,
    standings: &'a Standings,
    decisions: &'a Decisions,
    awards: Vec<Allotted>,
    pub(super) warnings: Vec<Warning>,
    holders: BTreeMap<Id, BTreeSet<Key>>,
    beside: BTreeMap<Id, BTreeSet<Key>>,
    pub(super) overflow: BTreeMap<Rung, u32>,
    pub(super) pending: BTreeMap<Rung, Vec<Pending>>,
    /// Names of decisions that did something.
    pub(super) consulted: BTreeSet<(Id, String)>,
}

impl<'a> Round<'a> {
    pub(super) fn new(
        definition: &'a Definition,
        field: &'a Field,
        standings: &'a Standings,
        decisions: &'a Decisions,
    ) -> Self {
        Round {
            definition,
            field,
            standings,
            decisions,
            awards: Vec::new(),
            warnings: Vec::new(),
            holders: BTreeMap::new(),
            beside: BTreeMap::new(),
            overflow: BTreeMap::new(),
            pending: BTreeMap::new(),
            consulted: BTreeSet::new(),
        }
    }

    pub(super) fn give(&mut self, award: &'a Award) {
        if award.quota == Quota::Nominated {
            return self.nominate(award);
        }
        let pools = self.pools(award, award.scope);
        if pools.is_empty() && award.to != AwardTo::Entrants {
            self.warnings.push(Warning::NoTable { award: award.id.clone() });
        }
        for pool in &pools {
            self.give_in(award, pool);
        }
    }

    pub(super) fn finish(mut self) -> Preview {
        let mut prizes: BTreeMap<Key, Vec<Id>> = BTreeMap::new();
        let mut winners: BTreeSet<(&Id, &str)> = BTreeSet::new();
        for allotted in &self.awards {
            let kind = self.definition.awards.iter().find(|award| award.id == allotted.at.award).map(|award| &award.to);
            let kind = kind.unwrap_or(&AwardTo::Entrants);
            for given in &allotted.winners {
                prizes.entry(key_of(kind, &given.to)).or_default().push(given.award.clone());
                winners.insert((&given.award, &given.to));
            }
        }
        let mut unused: BTreeSet<(&Id, &str)> = BTreeSet::new();
        for (award, who) in self.decisions.named() {
            let used = winners.contains(&(award, who)) || self.consulted.contains(&(award.clone(), who.to_owned()));
            if !used {
                unused.insert((award, who));
            }
        }
        let unused = unused.into_iter();
        self.warnings
            .extend(unused.map(|(award, who)| Warning::DecisionUnused { award: award.clone(), who: who.to_owned() }));
        let several = prizes.into_iter().filter(|(_, awards)| awards.len() > 1);
        self.warnings.extend(several.map(|((_, who), awards)| Warning::HoldsSeveral { who, awards }));
        Preview { awards: self.awards, warnings: self.warnings }
    }

    fn pools(&self, award: &'a Award, scope: AwardScope) -> Vec<Pool<'a>> {
        pools(self.definition, self.field, self.standings, &award.id, &award.to, scope)
    }

    /// People name them; no line, cap or eligibility is asked. Somebody who is in no table (a judge, a unit without
    /// entrants) is as good a nominee.
    fn nominate(&mut self, award: &'a Award) {
        let nominees = self.decisions.nominees(&award.id);
        if nominees.is_empty() {
            self.warnings.push(Warning::NominationMissing { award: award.id.clone() });
        }
        let pools = self.pools(award, AwardScope::Group);
        let mut winners = Vec::new();
        for who in nominees {
            self.consulted.insert((award.id.clone(), who.to_owned()));
            let runner = pools.iter().flat_map(|pool| &pool.all).find(|runner| runner.text() == who);
            if let (Some(runner), Some(ladder)) = (runner, &award.ladder)
                && !self.holders.entry(ladder.clone()).or_default().insert(key(runner.who))
            {
                self.warnings.push(Warning::HoldsPrize { award: award.id.clone(), who: who.to_owned() });
                continue;
            }
            winners.push(runner.map_or_else(|| unranked(&award.id, who), |runner| runner.given(&award.id)));
        }
        let at = At { award: award.id.clone(), event: None, group: None };
        self.awards.push(Allotted { at, quota: None, winners, beside: Vec::new(), undecided: Vec::new() });
    }

    fn give_in(&mut self, award: &'a Award, pool: &Pool<'a>) {
        let rung = award.ladder.clone().map(|ladder| (ladder, pool.at.event.clone(), pool.at.group.clone()));
        let revoked = self.decisions.revoked_from(&award.id);
        let filter = Filter {
            only: &award.only,
            line: award.at_least,
            highest_first: self.definition.ranking.highest_first,
            held: award.ladder.as_ref().and_then(|ladder| self.holders.get(ladder)).cloned().unwrap_or_default(),
            barred: self.barred(award),
            // The places of these are not filled by those behind them.
            keeps_place: match award.revoked {
                Revoked::NextMovesUp => BTreeSet::new(),
                Revoked::StaysEmpty | Revoked::PeopleDecide => revoked.keys().map(|who| (*who).to_owned()).collect(),
            },
        };
        let full = self.quota(award, pool, &filter, rung.as_ref());
        let quota = self.shrunk(award, pool, full, rung.as_ref());
        let empty = count(pool.all.iter().filter(|runner| filter.keeps_place.contains(runner.text())).count());
        let left = quota.map(|quota| quota.saturating_sub(empty));

        let mut walk = Walk::new(self, self.decisions, award, pool, &filter, rung.clone(), left);
        walk.run();
        let (mut winners, mut undecided) = (walk.winners, walk.undecided);
        let (unfilled, closed, last) = (walk.left, walk.closed, walk.last_group);

        if award.revoked == Revoked::PeopleDecide {
            self.fill_revoked(award, pool, &filter, &revoked, &mut winners, &mut undecided);
        }
        if let Some(ladder) = &award.ladder {
            self.holders.entry(ladder.clone()).or_default().extend(winners.iter().map(|runner| key(runner.who)));
        }
        self.warn_of_numbers(
            award,
            pool,
            &filter,
            (left, unfilled),
            closed,
            winners.is_empty() && undecided.is_empty(),
        );
        let beside = self.beside(award, pool, &filter, last);
        self.awards.push(Allotted {
            at: pool.at.clone(),
            quota,
            winners: winners.iter().map(|runner| runner.given(&award.id)).collect(),
            beside,
            undecided,
        });
    }

    /// Those who may not have this award because of a veto, or because it, or another of its ladder, was taken from them.
    fn barred(&self, award: &Award) -> BTreeSet<Key> {
        let vetoed = self.field.barred.iter().filter(|(_, of)| of.as_ref().is_none_or(|of| *of == award.id));
        // A veto is about an entrant: a team or a unit of the same name is somebody else.
        let mut barred: BTreeSet<Key> =
            vetoed.map(|(entrant, _)| key_of(&AwardTo::Entrants, entrant.as_str())).collect();
        for other in &self.definition.awards {
            let same_ladder = other.ladder.is_some() && other.ladder == award.ladder;
            if other.id == award.id || same_ladder {
                for (who, since) in self.decisions.revoked_from(&other.id) {
                    let put_here = self.decisions.decided(&award.id, since).flatten().any(|named| named == who);
                    if !put_here {
                        barred.insert(key_of(&other.to, who));
                    }
                }
            }
        }
        barred
    }

    /// `None`: as many as there are.
    fn quota(&self, award: &Award, pool: &Pool<'_>, filter: &Filter<'_>, rung: Option<&Rung>) -> Option<u32> {
        let open_to = |runner: &&Runner<'_>| !runner.outside() && runner.meets(filter.only);
        let ranked = || pool.groups.iter().flat_map(|group| &group.members).filter(open_to);
        match &award.quota {
            Quota::Count(count) => Some(*count),
            Quota::Percent { percent, of, mode } => {
                let base = match of {
                    PercentOf::Registered => pool.all.iter().filter(open_to).count(),
                    PercentOf::Ranked => ranked().count(),
                    PercentOf::Qualified => ranked().filter(|runner| filter.reaches(runner)).count(),
                };
                let exact = decimal::mul(Decimal::from(base), *percent).unwrap_or(Decimal::MAX) / Decimal::ONE_HUNDRED;
                let whole = decimal::round(exact, Rounding { digits: 0, mode: *mode });
                Some(u32::try_from(whole).unwrap_or(u32::MAX))
            }
            Quota::ByFieldSize(rows) => Some(by_field_size(rows, count(ranked().count()))),
            Quota::UpperHalf => {
                let without = ranked().filter(|runner| !filter.held.contains(&key(runner.who))).count();
                // Of those who wait for a prize above, some will hold one.
                let waiting = rung.and_then(|rung| self.pending.get(rung)).into_iter().flatten();
                let taken: u32 = waiting.map(|group| count(group.who.len()).saturating_sub(group.places)).sum();
                Some(count(without).saturating_sub(taken).div_ceil(2))
            }
            Quota::Top(_) | Quota::Everyone | Quota::Nominated => None,
        }
    }

    /// Ties above use up places of a tier with a number of its own; what is more than its places goes on.
    fn shrunk(&mut self, award: &Award, pool: &Pool<'_>, full: Option<u32>, rung: Option<&Rung>) -> Option<u32> {
        let (Some(full), Some(rung)) = (full, rung) else { return full };
        if award.quota == Quota::UpperHalf {
            return Some(full);
        }
        let over = self.overflow.remove(rung).unwrap_or(0);
        let used = over.min(full);
        if over > used {
            self.overflow.insert(rung.clone(), over - used);
        }
        if used > 0 {
            self.warnings.push(Warning::Shrunk { at: pool.at.clone(), from: full, to: full - used });
        }
        Some(full - used)
    }

    /// Places of revoked prizes that people fill: with those they named since, or with nobody.
    fn fill_revoked(
        &mut self,
        award: &Award,
        pool: &Pool<'a>,
        filter: &Filter<'_>,
        revoked: &BTreeMap<&str, usize>,
        winners: &mut Vec<Runner<'a>>,
        undecided: &mut Vec<Undecided>,
    ) {
        let here: Vec<usize> = pool.all.iter().filter_map(|runner| revoked.get(runner.text()).copied()).collect();
        let Some(since) = here.iter().min() else { return };
        let free = |runner: &Runner<'a>, winners: &[Runner<'a>]| {
            filter.lets(runner) && !winners.iter().any(|winner| winner.who == runner.who)
        };
        let mut answered = false;
        for list in self.decisions.decided(&award.id, *since) {
            answered |= list.is_empty();
            for runner in pool.groups.iter().flat_map(|group| &group.members) {
                let named = list.iter().any(|who| who == runner.text());
                if named && free(runner, winners) {
                    self.consulted.insert((award.id.clone(), runner.text().to_owned()));
                    winners.push(runner.clone());
                    answered = true;
                }
            }
        }
        winners.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.who.cmp(b.who)));
        if !answered {
            let waits =
                |runner: &Runner<'_>| undecided.iter().any(|one| one.candidates.iter().any(|who| who == runner.text()));
            let next = pool.groups.iter().find_map(|group| {
                let next: Vec<String> = group
                    .members
                    .iter()
                    .filter(|runner| free(runner, winners) && !waits(runner))
                    .map(|runner| runner.text().to_owned())
                    .collect();
                (!next.is_empty()).then_some(next)
            });
            let candidates = next.unwrap_or_default();
            undecided.push(Undecided { candidates, places: count(here.len()), cause: Cause::Revoked });
        }
    }

    fn warn_of_numbers(
        &mut self,
        award: &Award,
        pool: &Pool<'_>,
        filter: &Filter<'_>,
        (quota, unfilled): (Option<u32>, Option<u32>),
        closed: bool,
        nobody: bool,
    ) {
        let at = || pool.at.clone();
        let ranked = pool.groups.iter().flat_map(|group| &group.members);
        let below = ranked.clone().any(|runner| filter.lets_but_for_line(runner) && !filter.reaches(runner));
        if let (true, true, false, Some(line)) = (nobody, below, quota == Some(0), award.at_least) {
            self.warnings.push(Warning::PassLineEmpties { at: at(), line });
            return;
        }
        match (&award.quota, quota, unfilled) {
            (Quota::Percent { .. }, Some(0), _) if ranked.count() > 0 && !self.shrank(&pool.at) => {
                self.warnings.push(Warning::QuotaIsNothing { at: at() });
            }
            (Quota::Count(_) | Quota::Percent { .. } | Quota::ByFieldSize(_), Some(quota), Some(unfilled))
                if unfilled > 0 && !closed =>
            {
                self.warnings.push(Warning::QuotaUnreachable { at: at(), quota, found: quota - unfilled });
            }
            _ => {}
        }
    }

    fn shrank(&self, at: &At) -> bool {
        self.warnings.iter().any(|warning| matches!(warning, Warning::Shrunk { at: of, .. } if of == at))
    }

    /// Those outside the quota up to the last place that got the award, who did not stand beside a better one.
    fn beside(&mut self, award: &Award, pool: &Pool<'_>, filter: &Filter<'_>, last: Option<usize>) -> Vec<Given> {
        let Some(last) = last else { return Vec::new() };
        let seen = award.ladder.as_ref().map(|ladder| self.beside.entry(ladder.clone()).or_default());
        let mut fresh: Vec<&Runner<'_>> = pool.groups[..=last]
            .iter()
            .flat_map(|group| &group.members)
            .filter(|runner| runner.outside() && runner.meets(filter.only) && filter.reaches(runner))
            .collect();
        if let Some(seen) = seen {
            fresh.retain(|runner| seen.insert(key(runner.who)));
        }
        fresh.iter().map(|runner| runner.given(&award.id)).collect()
    }
}

fn unranked(award: &Id, who: &str) -> Given {
    Given { award: award.clone(), to: who.to_owned(), rank: None, total: None, event: None, group: None }
}

/// The last row whose `from` is at most the field.
fn by_field_size(rows: &[FieldSize], field: u32) -> u32 {
    rows.iter().rev().find(|row| row.from <= field).map_or(0, |row| row.count)
}
