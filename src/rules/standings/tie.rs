//! Order among the ranked: the total, then the declared chain, then how it ends.
//!
//! The chain is walked only inside ties, so that a field without ties costs one sort. What separated two
//! neighbours is kept.

use rust_decimal::Decimal;

use super::{
    super::{
        definition::model::{TieEnd, TieKey},
        field::{TieDecision, TieSettledBy},
        result::DecidedBy,
        score::Key,
    },
    end_of,
};

/// Those to be ordered. What is compared lies side by side: a field of a hundred thousand is sorted in the caches.
#[derive(Debug)]
pub(super) struct Pool<'a> {
    totals: Vec<Decimal>,
    /// As many for each as the chain is long.
    keys: Vec<KeyRef<'a>>,
    chain_len: usize,
    names: Vec<&'a str>,
}

/// [`Key`], to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum KeyRef<'a> {
    Decision,
    One(Option<Decimal>),
    Many(&'a [Decimal]),
}

impl<'a> Pool<'a> {
    pub(super) fn with_capacity(len: usize, chain: &Chain) -> Self {
        let chain_len = chain.keys.len();
        Self {
            totals: Vec::with_capacity(len),
            keys: Vec::with_capacity(len * chain_len),
            chain_len,
            names: Vec::with_capacity(len),
        }
    }

    /// In the order of names, by which decisions name them; it settles the order of rows that nothing else does.
    pub(super) fn push(&mut self, total: Decimal, keys: &'a [Key], name: &'a str) {
        self.totals.push(total);
        self.names.push(name);
        let keys = keys.iter().map(|key| match key {
            Key::Decision => KeyRef::Decision,
            Key::One(value) => KeyRef::One(*value),
            Key::Many(values) => KeyRef::Many(values),
        });
        let padding = std::iter::repeat(KeyRef::One(None));
        self.keys.extend(keys.chain(padding).take(self.chain_len));
    }

    pub(super) fn total(&self, at: u32) -> Decimal {
        self.totals[at as usize]
    }

    fn key(&self, of: u32, at: usize) -> KeyRef<'a> {
        self.keys[of as usize * self.chain_len + at]
    }

    fn name(&self, at: u32) -> &'a str {
        self.names[at as usize]
    }
}

/// How ties are settled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain<'a> {
    pub(super) highest_first: bool,
    pub(super) tolerance: Option<Decimal>,
    pub(super) keys: &'a [TieKey],
    pub(super) end: TieEnd,
    pub(super) decisions: &'a [TieDecision],
}

/// Where somebody stands.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    /// Position in the pool.
    pub(super) who: u32,
    /// How many are truly better.
    pub(super) better: u32,
    pub(super) decided_by: Option<DecidedBy>,
}

/// Best first.
pub(super) fn order(chain: &Chain, pool: &Pool) -> Vec<Settled> {
    match whole_numbers(chain, &pool.totals) {
        // Whole numbers sort several times faster than decimals do.
        Some(whole) if chain.tolerance.is_none() => settle(chain, pool, whole),
        _ => {
            let turned = |total: &Decimal| if chain.highest_first { -*total } else { *total };
            settle(chain, pool, pool.totals.iter().map(turned).collect())
        }
    }
}

/// The totals in the smallest unit that serves them all, least first; `None` when one does not fit.
fn whole_numbers(chain: &Chain, totals: &[Decimal]) -> Option<Vec<i64>> {
    let scale = totals.iter().map(Decimal::scale).max().unwrap_or(0);
    let whole = |total: &Decimal| {
        let unit = 10_i128.checked_pow(scale - total.scale())?;
        let whole = i64::try_from(total.mantissa().checked_mul(unit)?).ok()?;
        if chain.highest_first { whole.checked_neg() } else { Some(whole) }
    };
    totals.iter().map(whole).collect()
}

/// `merit`: the least is best, and of the same order as the totals.
fn settle<M: Ord + Copy>(chain: &Chain, pool: &Pool, merit: Vec<M>) -> Vec<Settled> {
    let mut sorted: Vec<(M, u32)> = merit.into_iter().zip(0..).collect();
    sorted.sort_unstable();
    let mut settled = Vec::with_capacity(sorted.len());
    let mut tied: Vec<u32> = Vec::new();
    // Between neighbours of a group: what separated them; nothing where they share.
    let mut boundaries: Vec<Option<DecidedBy>> = Vec::new();
    let mut from = 0;
    while let Some((best, leader)) = sorted.get(from) {
        let leader_total = pool.total(*leader);
        let is_tied = |(merit, who): &&(M, u32)| merit == best || is_near(chain, leader_total, pool.total(*who));
        let len = 1 + sorted[from + 1..].iter().take_while(is_tied).count();
        if len == 1 {
            settled.push(Settled { who: *leader, better: place(from), decided_by: None });
        } else {
            tied.clear();
            tied.extend(sorted[from..from + len].iter().map(|(_, who)| *who));
            boundaries.clear();
            boundaries.resize(len - 1, None);
            walk(chain, pool, &mut tied, 0, &mut boundaries);
            fill(chain, from, &tied, &boundaries, &mut settled);
        }
        from += len;
    }
    settled
}

/// Within the tolerance of the best of the group.
fn is_near(chain: &Chain, leader: Decimal, total: Decimal) -> bool {
    chain.tolerance.is_some_and(|tolerance| (leader - total).abs() < tolerance)
}

/// Settles one tied group by the chain from `at` on.
fn walk(chain: &Chain, pool: &Pool, tied: &mut [u32], at: usize, boundaries: &mut [Option<DecidedBy>]) {
    if tied.len() < 2 {
        return;
    }
    let Some(key) = chain.keys.get(at) else {
        if let Some(decision) = covering(chain, pool, tied, None).filter(|_| chain.end == TieEnd::PeopleDecide) {
            sort_by_decision(pool, tied, decision);
            boundaries.fill(Some(DecidedBy::People));
        }
        return;
    };
    let by = match key {
        TieKey::PlayOff => Some(TieSettledBy::PlayOff),
        TieKey::Lots => Some(TieSettledBy::Lots),
        _ => None,
    };
    if let Some(by) = by {
        match covering(chain, pool, tied, Some(by)) {
            None => walk(chain, pool, tied, at + 1, boundaries),
            Some(decision) => {
                sort_by_decision(pool, tied, decision);
                boundaries.fill(Some(DecidedBy::Chain(at)));
            }
        }
        return;
    }
    tied.sort_unstable_by(|a, b| pool.key(*b, at).cmp(&pool.key(*a, at)).then(a.cmp(b)));
    let mut from = 0;
    while from < tied.len() {
        let key = pool.key(tied[from], at);
        let same = tied[from..].iter().take_while(|other| pool.key(**other, at) == key).count();
        walk(chain, pool, &mut tied[from..from + same], at + 1, &mut boundaries[from..from + same - 1]);
        from += same;
        if from < tied.len() {
            boundaries[from - 1] = Some(DecidedBy::Chain(at));
        }
    }
}

/// The newest decision that names all of them.
fn covering<'a>(chain: &Chain<'a>, pool: &Pool, tied: &[u32], by: Option<TieSettledBy>) -> Option<&'a TieDecision> {
    let is_named = |decision: &TieDecision, who: u32| decision.order.iter().any(|name| name == pool.name(who));
    let names_all = |decision: &&TieDecision| tied.iter().all(|who| is_named(decision, *who));
    chain.decisions.iter().rev().filter(|decision| by.is_none_or(|by| decision.by == by)).find(names_all)
}

fn sort_by_decision(pool: &Pool, tied: &mut [u32], decision: &TieDecision) {
    tied.sort_by_key(|who| decision.order.iter().position(|name| name == pool.name(*who)));
}

fn fill(chain: &Chain, from: usize, tied: &[u32], boundaries: &[Option<DecidedBy>], settled: &mut Vec<Settled>) {
    let mut better = 0;
    for (at, who) in tied.iter().enumerate() {
        if at > 0 && boundaries[at - 1].is_some() {
            better = at;
        }
        let before = at.checked_sub(1).map(|before| &boundaries[before]);
        let after = boundaries.get(at);
        let shares = matches!(before, Some(None)) || matches!(after, Some(None));
        let decided_by = if shares { Some(end_of(chain.end)) } else { before.or(after).cloned().flatten() };
        settled.push(Settled { who: *who, better: place(from + better), decided_by });
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
