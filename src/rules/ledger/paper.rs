//! The kinds of entries that papers make. A drawn paper names its items by their place in the bank that was adopted;
//! answers are rows beside the ledger, chained, and the head of the chain is in the entry that ends the paper.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Instant, entry::Digest};
use crate::rules::{
    items::{Difficulty, ItemKind},
    names::{ChallengeId, EntrantId, Id, PaperId, PersonId, UnitPath},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum PaperEntry {
    BankAdopted {
        bank: Id,
        /// Of the whole bank.
        digest: Digest,
        items: Vec<BankedItem>,
        by: PersonId,
    },
    PaperDrawn {
        paper: PaperId,
        /// As the definition calls it.
        of: Id,
        entrant: EntrantId,
        /// From 1, practice and challenges apart.
        attempt: u32,
        practice: bool,
        challenge: Option<ChallengeId>,
        seed: String,
        bank: Digest,
        items: Vec<DrawnItem>,
        ends: Option<Instant>,
        by: PersonId,
    },
    PaperFinished {
        paper: PaperId,
        finished: Finished,
        by: PersonId,
    },
    /// `rekeyed`: the item's new digest; without, it is void.
    ItemRestated {
        bank: Id,
        item: Id,
        rekeyed: Option<Digest>,
        papers: Vec<Restated>,
        reason: Digest,
        by: PersonId,
    },
    HeadcountsFrozen {
        counts: Vec<(UnitPath, u32)>,
        by: PersonId,
    },
    PrizesDrawn {
        draw: Id,
        seed: String,
        of: Id,
        winners: Vec<EntrantId>,
        by: PersonId,
    },
    WindowGranted {
        of: Id,
        entrant: EntrantId,
        from: Instant,
        until: Instant,
        reason: Digest,
        by: PersonId,
    },
}

/// What drawing reads of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct BankedItem {
    pub id: Id,
    pub digest: Digest,
    pub kind: ItemKind,
    pub subject: Option<String>,
    pub difficulty: Difficulty,
    /// How many are put into an order.
    pub options: u32,
}

/// `item`: position in the adopted bank; `part`: of the definition, from 0; `order`: of its options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DrawnItem {
    pub item: u32,
    pub part: u8,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Finished {
    pub how: Ending,
    /// Head of the chain of saved answers, and their number.
    pub head: Digest,
    pub answers: u32,
    pub points: Decimal,
    /// Items entirely right.
    pub right: u32,
    /// From the draw to the end, at most the time allowed.
    pub used_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    HandedIn,
    TimeUp,
}

/// A finished paper as it counts from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Restated {
    pub paper: PaperId,
    pub points: Decimal,
    pub right: u32,
}

impl PaperEntry {
    pub const KINDS: [&str; 7] = [
        "bank-adopted",
        "paper-drawn",
        "paper-finished",
        "item-restated",
        "headcounts-frozen",
        "prizes-drawn",
        "window-granted",
    ];

    /// As the ledger names it. Never changed.
    pub fn kind(&self) -> &'static str {
        match self {
            PaperEntry::BankAdopted { .. } => "bank-adopted",
            PaperEntry::PaperDrawn { .. } => "paper-drawn",
            PaperEntry::PaperFinished { .. } => "paper-finished",
            PaperEntry::ItemRestated { .. } => "item-restated",
            PaperEntry::HeadcountsFrozen { .. } => "headcounts-frozen",
            PaperEntry::PrizesDrawn { .. } => "prizes-drawn",
            PaperEntry::WindowGranted { .. } => "window-granted",
        }
    }

    pub fn by(&self) -> &PersonId {
        match self {
            PaperEntry::BankAdopted { by, .. }
            | PaperEntry::PaperDrawn { by, .. }
            | PaperEntry::PaperFinished { by, .. }
            | PaperEntry::ItemRestated { by, .. }
            | PaperEntry::HeadcountsFrozen { by, .. }
            | PaperEntry::PrizesDrawn { by, .. }
            | PaperEntry::WindowGranted { by, .. } => by,
        }
    }
}
