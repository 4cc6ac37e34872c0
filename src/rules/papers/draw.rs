//! Drawing a paper: which items, and in what order, from a seed.
//!
//! For each part, in the order of the definition, the bank's positions that fit it and were not drawn before are
//! shuffled under the label `part/N` (N from 0) and its first `count` are taken. Where items are shuffled, all of them
//! together are then shuffled under `items`. Where options are, each item's are under `options/ID`.

use crate::rules::{
    draw::{Chance, Seed},
    items::{Difficulty, ItemKind},
    ledger::paper::{BankedItem, DrawnItem},
    names::Id,
};

use super::rules::{Part, Rules};

/// The bank has too few items for a part (from 0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    pub part: usize,
    pub wants: u32,
    pub has: u32,
}

impl Part {
    /// Whether an item may be asked in it.
    pub fn fits(&self, kind: ItemKind, subject: Option<&str>, difficulty: Difficulty) -> bool {
        self.kind.is_none_or(|own| own == kind)
            && self.subject.as_deref().is_none_or(|own| Some(own) == subject)
            && self.difficulty.is_none_or(|own| own == difficulty)
    }
}

/// `is_void`: items that are asked no more.
pub fn drawn(
    rules: &Rules,
    bank: &[BankedItem],
    is_void: impl Fn(&Id) -> bool,
    seed: &Seed,
) -> Result<Vec<DrawnItem>, Lacking> {
    let mut free: Vec<bool> = bank.iter().map(|item| !is_void(&item.id)).collect();
    let mut picked: Vec<(usize, usize)> = Vec::new();
    for (at, part) in rules.parts.iter().enumerate() {
        let fits = |item: &BankedItem| part.fits(item.kind, item.subject.as_deref(), item.difficulty);
        let mut pool: Vec<usize> = (0..bank.len()).filter(|place| free[*place] && fits(&bank[*place])).collect();
        let wants = usize::try_from(part.count).unwrap_or(usize::MAX);
        if pool.len() < wants {
            let has = u32::try_from(pool.len()).unwrap_or(u32::MAX);
            return Err(Lacking { part: at, wants: part.count, has });
        }
        Chance::new(seed, &format!("part/{at}")).shuffle(&mut pool);
        for place in pool.into_iter().take(wants) {
            free[place] = false;
            picked.push((at, place));
        }
    }
    if rules.shuffle_items {
        Chance::new(seed, "items").shuffle(&mut picked);
    }
    Ok(picked.into_iter().map(|(part, place)| drawn_item(rules, &bank[place], part, place, seed)).collect())
}

fn drawn_item(rules: &Rules, item: &BankedItem, part: usize, place: usize, seed: &Seed) -> DrawnItem {
    // No item has as many options as a byte counts.
    let mut order: Vec<u8> = (0..u8::try_from(item.options).unwrap_or(u8::MAX)).collect();
    // A matching or an ordering in the order of the bank would show its key.
    if rules.shuffle_options || matches!(item.kind, ItemKind::Matching | ItemKind::Ordering) {
        Chance::new(seed, &format!("options/{}", item.id)).shuffle(&mut order);
    }
    let part = u8::try_from(part).unwrap_or(u8::MAX);
    DrawnItem { item: u32::try_from(place).unwrap_or(u32::MAX), part, order }
}
