//! Which items of a bank papers were drawn with. Such an item is *fixed*: its text changes by a new key only.

use std::collections::BTreeMap;

use crate::rules::{
    ledger::{entry::Digest, paper::DrawnItem},
    names::Id,
    state::State,
};

/// How often each item of each adopted bank was drawn, by its place there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Uses(BTreeMap<Digest, Vec<u32>>);

/// An item that papers were drawn with, or that has another key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// As it is asked now.
    pub digest: Digest,
    /// Papers, practice and open ones too.
    pub times: u32,
    pub void: bool,
}

impl Uses {
    pub(super) fn draw(&mut self, bank: &Digest, items: &[DrawnItem]) {
        let Some(most) = items.iter().map(|item| item.item).max() else { return };
        let Ok(length) = usize::try_from(most).map(|most| most + 1) else { return };
        let times = self.0.entry(bank.clone()).or_default();
        if times.len() < length {
            times.resize(length, 0);
        }
        for item in items {
            if let Some(times) = usize::try_from(item.item).ok().and_then(|at| times.get_mut(at)) {
                *times += 1;
            }
        }
    }

    fn of(&self, bank: &Digest) -> &[u32] {
        self.0.get(bank).map_or(&[], Vec::as_slice)
    }
}

/// The fixed items of a bank, by id.
pub fn fixed(state: &State, bank: &Id) -> BTreeMap<Id, Fixed> {
    let papers = &state.papers;
    let mut fixed: BTreeMap<Id, Fixed> = BTreeMap::new();
    for banked in papers.banks.values().filter(|banked| banked.bank == *bank) {
        let uses = papers.uses.of(&banked.digest);
        for (at, item) in banked.items.iter().enumerate() {
            let times = uses.get(at).copied().unwrap_or(0);
            let rekeyed = papers.rekeyed(bank, &item.id);
            let void = papers.is_void(bank, &item.id);
            if times == 0 && rekeyed.is_none() && !void {
                continue;
            }
            let digest = rekeyed.unwrap_or(&item.digest).clone();
            fixed.entry(item.id.clone()).or_insert(Fixed { digest, times: 0, void }).times += times;
        }
    }
    fixed
}
