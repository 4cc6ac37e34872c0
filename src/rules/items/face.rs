//! What a browser gets before the paper is closed. Nothing here depends on the key: two items that differ only in
//! what is right have equal faces, byte for byte.

use serde::{Deserialize, Serialize};

use super::item::{Body, Item, ItemKind};
use crate::rules::names::Id;

/// A typed answer is cut short here.
pub const TEXT_CHARACTERS_MAX: usize = 200;
/// Wrong places that may be marked in a text. The same for every text: the number of faults is part of the key.
const CORRECTIONS_MAX: usize = 20;

/// An item without its key, in the order that the paper drew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Face {
    pub item: Id,
    pub stem: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    #[serde(flatten)]
    pub ask: Ask,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Ask {
    Single {
        options: Vec<String>,
    },
    Multiple {
        options: Vec<String>,
    },
    TrueFalse,
    /// The stem shows as many gaps.
    FillIn {
        blanks: usize,
    },
    Number,
    Ordering {
        options: Vec<String>,
    },
    Matching {
        left: Vec<String>,
        right: Vec<String>,
    },
    /// `most`: places that may be marked.
    FindFix {
        text: String,
        most: usize,
    },
    /// `most`: clicks that may be made, by the paper's rule. `description` is the text alternative.
    Hazards {
        description: String,
        most: usize,
    },
}

impl Face {
    /// `order`: positions of the item's options in the order in which they are shown; whatever it lacks follows in the
    /// order of the bank. `clicks`: how many a picture takes.
    pub fn new(item: &Item, order: &[usize], clicks: usize) -> Self {
        let shown =
            |options: &[String]| arranged(order, options.len()).into_iter().map(|at| options[at].clone()).collect();
        let ask = match &item.body {
            Body::Single { options, .. } => Ask::Single { options: shown(options) },
            Body::Multiple { options, .. } => Ask::Multiple { options: shown(options) },
            Body::TrueFalse { .. } => Ask::TrueFalse,
            Body::FillIn { blanks, .. } => Ask::FillIn { blanks: blanks.len() },
            Body::Number { .. } => Ask::Number,
            Body::Ordering { options, .. } => Ask::Ordering { options: shown(options) },
            Body::Matching { pairs } => {
                let rights = rights(pairs);
                Ask::Matching {
                    left: pairs.iter().map(|pair| pair.0.clone()).collect(),
                    right: arranged(order, pairs.len()).into_iter().map(|at| pairs[rights[at]].1.clone()).collect(),
                }
            }
            Body::FindFix { text, .. } => Ask::FindFix { text: text.clone(), most: CORRECTIONS_MAX },
            Body::Hazards { description, .. } => Ask::Hazards { description: description.clone(), most: clicks },
        };
        Self { item: item.id.clone(), stem: item.stem.clone(), picture: item.picture.clone(), ask }
    }

    pub fn kind(&self) -> ItemKind {
        match self.ask {
            Ask::Single { .. } => ItemKind::Single,
            Ask::Multiple { .. } => ItemKind::Multiple,
            Ask::TrueFalse => ItemKind::TrueFalse,
            Ask::FillIn { .. } => ItemKind::FillIn,
            Ask::Number => ItemKind::Number,
            Ask::Ordering { .. } => ItemKind::Ordering,
            Ask::Matching { .. } => ItemKind::Matching,
            Ask::FindFix { .. } => ItemKind::FindFix,
            Ask::Hazards { .. } => ItemKind::Hazards,
        }
    }
}

/// Pairs by the text of their right sides: an order is one of these, so that it says the same whatever belongs to what.
pub(super) fn rights(pairs: &[(String, String)]) -> Vec<usize> {
    let mut rights: Vec<usize> = (0..pairs.len()).collect();
    rights.sort_by(|one, other| pairs[*one].1.cmp(&pairs[*other].1));
    rights
}

/// A permutation of `0..count` that begins as `order` does.
pub(super) fn arranged(order: &[usize], count: usize) -> Vec<usize> {
    let mut all: Vec<usize> = Vec::with_capacity(count);
    for at in order.iter().copied().chain(0..count) {
        if at < count && !all.contains(&at) {
            all.push(at);
        }
    }
    all
}
