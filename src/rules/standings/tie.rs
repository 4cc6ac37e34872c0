//! Order among the ranked: the total, then the declared chain, then how it ends.
//!
//! The chain is walked only inside ties, so that a field without ties costs one sort. What separated two
//! neighbours is kept.

use std::cmp::Ordering;

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

/// Somebody with a total.
pub(super) trait Contender {
    fn total(&self) -> Decimal;
    /// The values of the chain, in its order; bigger is better.
    fn keys(&self) -> &[Key];
    /// The text by which decisions name them; breaks what nothing else does, in the order of rows only.
    fn name(&self) -> &str;
}

/// How ties are settled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chain<'a> {
    pub(super) highest_first: bool,
    pub(super) tolerance: Option<Decimal>,
    pub(super) keys: &'a [TieKey],
    pub(super) end: TieEnd,
    /// Whether people may settle a tie; a table without an end of its own is settled by sharing.
    pub(super) decisions: &'a [TieDecision],
}

/// Where somebody stands within a sorted group.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    /// How many are truly better.
    pub(super) better: u32,
    pub(super) decided_by: Option<DecidedBy>,
}

/// Sorts contenders best first and says where each stands.
pub(super) fn order<C: Contender>(chain: &Chain, contenders: &mut [C]) -> Vec<Settled> {
    contenders.sort_by(|a, b| by_total(chain, a, b).then_with(|| a.name().cmp(b.name())));
    let mut settled = vec![Settled { better: 0, decided_by: None }; contenders.len()];
    let mut from = 0;
    while from < contenders.len() {
        let leader = contenders[from].total();
        let tied = contenders[from..].iter().take_while(|other| is_tied(chain, leader, other.total())).count();
        // Between neighbours of the group: what separated them; nothing where they share.
        let mut boundaries: Vec<Option<DecidedBy>> = vec![None; tied.saturating_sub(1)];
        if tied > 1 {
            walk(chain, &mut contenders[from..from + tied], 0, &mut boundaries);
        }
        fill(chain, from, &boundaries, &mut settled[from..from + tied]);
        from += tied;
    }
    settled
}

fn by_total<C: Contender>(chain: &Chain, a: &C, b: &C) -> Ordering {
    if chain.highest_first { b.total().cmp(&a.total()) } else { a.total().cmp(&b.total()) }
}

/// Within the tolerance of the best of the group.
fn is_tied(chain: &Chain, leader: Decimal, total: Decimal) -> bool {
    leader == total || chain.tolerance.is_some_and(|tolerance| (leader - total).abs() < tolerance)
}

/// Settles one tied group by the chain from `at` on.
fn walk<C: Contender>(chain: &Chain, tied: &mut [C], at: usize, boundaries: &mut [Option<DecidedBy>]) {
    if tied.len() < 2 {
        return;
    }
    let Some(key) = chain.keys.get(at) else {
        if let Some(decision) = covering(chain, tied, None).filter(|_| chain.end == TieEnd::PeopleDecide) {
            sort_by_decision(tied, decision);
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
        match covering(chain, tied, Some(by)) {
            None => walk(chain, tied, at + 1, boundaries),
            Some(decision) => {
                sort_by_decision(tied, decision);
                boundaries.fill(Some(DecidedBy::Chain(at)));
            }
        }
        return;
    }
    let better = |a: &C, b: &C| b.keys().get(at).cmp(&a.keys().get(at));
    tied.sort_by(better);
    let mut from = 0;
    while from < tied.len() {
        let same = tied[from..].iter().take_while(|other| better(&tied[from], other) == Ordering::Equal).count();
        walk(chain, &mut tied[from..from + same], at + 1, &mut boundaries[from..from + same - 1]);
        from += same;
        if from < tied.len() {
            boundaries[from - 1] = Some(DecidedBy::Chain(at));
        }
    }
}

/// The newest decision that names all of them.
fn covering<'a, C: Contender>(chain: &Chain<'a>, tied: &[C], by: Option<TieSettledBy>) -> Option<&'a TieDecision> {
    let names = |decision: &&TieDecision| tied.iter().all(|one| decision.order.iter().any(|name| name == one.name()));
    chain.decisions.iter().rev().filter(|decision| by.is_none_or(|by| decision.by == by)).find(names)
}

fn sort_by_decision<C: Contender>(tied: &mut [C], decision: &TieDecision) {
    tied.sort_by_key(|one| decision.order.iter().position(|name| name == one.name()));
}

fn fill(chain: &Chain, from: usize, boundaries: &[Option<DecidedBy>], settled: &mut [Settled]) {
    let mut better = 0;
    for at in 0..settled.len() {
        if at > 0 && boundaries[at - 1].is_some() {
            better = at;
        }
        let before = at.checked_sub(1).map(|before| &boundaries[before]);
        let after = boundaries.get(at);
        let shares = matches!(before, Some(None)) || matches!(after, Some(None));
        settled[at].better = u32::try_from(from + better).unwrap_or(u32::MAX);
        settled[at].decided_by = if shares { Some(end_of(chain.end)) } else { before.or(after).cloned().flatten() };
    }
}
