//! What a win, a walkover, a drop or an entry moves, as steps that an entry records.
//!
//! The customs are those of club ladders: *swap*, *insert*, and *tiers* with seats, where whoever is promoted pushes
//! the lowest of a full tier down, and that one perhaps another. Swapping when adjacent and inserting otherwise
//! moves the same people as inserting.

use super::{
    places::{Places, Spot},
    rules::{Movement, Rules, Walkover},
};
use crate::rules::{ledger::ladder::Step, names::EntrantId};

/// The challenger has won against somebody above. Nothing moves when they are not above any more.
pub(in crate::rules) fn won(rules: &Rules, places: &Places, challenger: &EntrantId, target: &EntrantId) -> Vec<Step> {
    let (Some(from), Some(to)) = (places.spot(challenger), places.spot(target)) else { return Vec::new() };
    if (to.tier, to.at) >= (from.tier, from.at) {
        return Vec::new();
    }
    match rules.movement {
        Movement::Swap => {
            vec![put(challenger, to), put(target, from)]
        }
        Movement::Insert | Movement::SwapOrInsert => vec![put(challenger, to)],
        Movement::Tiers(_) => into_tier(rules, places, challenger, to),
    }
}

/// The defender has forfeited.
pub(super) fn walkover(rules: &Rules, places: &Places, challenger: &EntrantId, target: &EntrantId) -> Vec<Step> {
    let (Some(from), Some(to)) = (places.spot(challenger), places.spot(target)) else { return Vec::new() };
    if rules.lapses.walkover == Walkover::Full || rules.has_tiers() {
        return won(rules, places, challenger, target);
    }
    if to.at >= from.at {
        return Vec::new();
    }
    // Without the defender above, the challenger is one place up; the defender comes right below.
    vec![put(target, from)]
}

/// So many places down, or tiers; nothing moves at the bottom.
pub(super) fn dropped(rules: &Rules, places: &Places, entrant: &EntrantId, by: u32) -> Vec<Step> {
    let Some(from) = places.spot(entrant) else { return Vec::new() };
    let by = usize::try_from(by).unwrap_or(usize::MAX);
    if rules.has_tiers() {
        let tier = from.tier.saturating_add(by).min(rules.tiers() - 1);
        return if tier == from.tier { Vec::new() } else { into_tier(rules, places, entrant, Spot { tier, at: 0 }) };
    }
    let last = places.len(from.tier) - 1;
    let at = from.at.saturating_add(by).min(last);
    if at == from.at { Vec::new() } else { vec![put(entrant, Spot { tier: from.tier, at })] }
}

/// A newcomer, at the bottom.
pub(in crate::rules) fn joined(rules: &Rules, places: &Places, entrant: &EntrantId) -> Vec<Step> {
    let tier = rules.tiers() - 1;
    vec![put(entrant, Spot { tier, at: places.len(tier) })]
}

/// A newcomer with a first score: in the lowest tier, before the first whom it passes.
pub(super) fn by_score(
    rules: &Rules,
    places: &Places,
    entrant: &EntrantId,
    passes: impl Fn(&EntrantId) -> bool,
) -> Vec<Step> {
    let tier = rules.tiers() - 1;
    let people = places.tiers().get(tier).map_or(&[][..], Vec::as_slice);
    let before = people.iter().position(passes);
    vec![put(entrant, Spot { tier, at: before.unwrap_or(people.len()) })]
}

/// The free seat in the tier above, if there is one.
pub(in crate::rules) fn seat_steps(rules: &Rules, places: &Places, entrant: &EntrantId) -> Option<Vec<Step>> {
    let tier = places.spot(entrant)?.tier.checked_sub(1)?;
    let at = places.len(tier);
    let free = rules.seats(tier).is_some_and(|seats| at < usize::try_from(seats).unwrap_or(usize::MAX));
    free.then(|| vec![put(entrant, Spot { tier, at })])
}

/// Puts somebody into a tier; each tier that is too full after it gives its lowest to the one below.
fn into_tier(rules: &Rules, places: &Places, entrant: &EntrantId, to: Spot) -> Vec<Step> {
    let mut steps = vec![put(entrant, to)];
    let mut after = places.after(&steps);
    for tier in to.tier..rules.tiers() {
        let Some(seats) = rules.seats(tier) else { break };
        if after.len(tier) <= usize::try_from(seats).unwrap_or(usize::MAX) {
            break;
        }
        let Some(lowest) = after.last(tier).cloned() else { break };
        let step = put(&lowest, Spot { tier: tier + 1, at: 0 });
        after.take(&step);
        steps.push(step);
    }
    steps
}

fn put(entrant: &EntrantId, to: Spot) -> Step {
    Step::Put { entrant: entrant.clone(), tier: to.tier, at: to.at }
}
