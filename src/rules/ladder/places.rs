//! Who stands where: tiers from the top, and in each the people in order. A ladder without tiers has one.
//!
//! Whatever steps come, nobody stands in two places, and nobody is lost who was not put out.

use std::collections::BTreeMap;

use crate::rules::{ledger::ladder::Step, names::EntrantId};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    tiers: Vec<Vec<EntrantId>>,
}

/// From 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) struct Spot {
    pub(in crate::rules) tier: usize,
    pub(in crate::rules) at: usize,
}

impl Places {
    /// Each person once; a second place of somebody is passed over.
    pub(in crate::rules) fn new(tiers: &[Vec<EntrantId>]) -> Self {
        let mut places = Self::default();
        for (tier, people) in tiers.iter().enumerate() {
            for entrant in people {
                if places.spot(entrant).is_none() {
                    let at = places.len(tier);
                    places.put(entrant, tier, at);
                }
            }
        }
        places
    }

    pub fn tiers(&self) -> &[Vec<EntrantId>] {
        &self.tiers
    }

    /// From the top.
    pub fn all(&self) -> impl Iterator<Item = &EntrantId> {
        self.tiers.iter().flatten()
    }

    pub fn is_empty(&self) -> bool {
        self.tiers.iter().all(Vec::is_empty)
    }

    /// From 1, as if there were no tiers.
    pub fn place(&self, entrant: &EntrantId) -> Option<usize> {
        self.all().position(|one| one == entrant).map(|at| at + 1)
    }

    /// Everybody's place.
    pub(in crate::rules) fn index(&self) -> BTreeMap<&EntrantId, Spot> {
        let tiers = self.tiers.iter().enumerate();
        tiers
            .flat_map(|(tier, people)| people.iter().enumerate().map(move |(at, one)| (one, Spot { tier, at })))
            .collect()
    }

    pub(in crate::rules) fn spot(&self, entrant: &EntrantId) -> Option<Spot> {
        self.tiers
            .iter()
            .enumerate()
            .find_map(|(tier, people)| people.iter().position(|one| one == entrant).map(|at| Spot { tier, at }))
    }

    pub(in crate::rules) fn len(&self, tier: usize) -> usize {
        self.tiers.get(tier).map_or(0, Vec::len)
    }

    pub(in crate::rules) fn last(&self, tier: usize) -> Option<&EntrantId> {
        self.tiers.get(tier)?.last()
    }

    /// Who stands at the top: the first, or everybody of the first tier.
    pub(in crate::rules) fn top(&self, tiers: bool) -> Vec<EntrantId> {
        let first = self.tiers.first().map_or(&[][..], Vec::as_slice);
        let most = if tiers { first.len() } else { 1 };
        first.iter().take(most).cloned().collect()
    }

    pub(in crate::rules) fn take(&mut self, step: &Step) {
        match step {
            Step::Out { entrant } => self.out(entrant),
            Step::Put { entrant, tier, at } => self.put(entrant, *tier, *at),
        }
    }

    pub(in crate::rules) fn after(&self, steps: &[Step]) -> Self {
        let mut places = self.clone();
        for step in steps {
            places.take(step);
        }
        places
    }

    fn out(&mut self, entrant: &EntrantId) {
        if let Some(spot) = self.spot(entrant) {
            self.tiers[spot.tier].remove(spot.at);
        }
    }

    fn put(&mut self, entrant: &EntrantId, tier: usize, at: usize) {
        self.out(entrant);
        if self.tiers.len() <= tier {
            self.tiers.resize(tier + 1, Vec::new());
        }
        let people = &mut self.tiers[tier];
        people.insert(at.min(people.len()), entrant.clone());
    }
}
