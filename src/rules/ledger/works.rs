//! The kinds of entries that collections make. Texts, places and pictures are rows beside the ledger, named by salted
//! digests.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::entry::Digest;
use crate::rules::names::{EntrantId, Id, PersonId, WorkId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum WorkEntry {
    WorkSubmitted {
        work: WorkId,
        collection: Id,
        entrant: EntrantId,
        content: Content,
        by: PersonId,
    },
    /// 补充: after it was returned.
    WorkMended {
        work: WorkId,
        content: Content,
        by: PersonId,
    },
    WorkWithdrawn {
        work: WorkId,
        by: PersonId,
    },
    /// 核实. Anew, with a reason, when it is checked again.
    WorkChecked {
        work: WorkId,
        outcome: Outcome,
        reason: Option<Digest>,
        by: PersonId,
    },
    /// 分发, from the seed that was committed as `draw`.
    WorksDealt {
        collection: Id,
        draw: Id,
        seed: String,
        works: Vec<Dealt>,
        by: PersonId,
    },
    /// 评分, by a judge; a later one takes the place of an earlier one.
    WorkMarked {
        work: WorkId,
        mark: Decimal,
        by: PersonId,
    },
    /// 清除: the rows that these digests name are gone. The digests stay, with who erased and why.
    WorkErased {
        work: WorkId,
        /// Of texts and pictures of any of its versions.
        erased: Vec<Digest>,
        reason: Digest,
        by: PersonId,
        second: PersonId,
    },
    CollectionClosed {
        collection: Id,
        by: PersonId,
    },
    CollectionReopened {
        collection: Id,
        reason: Digest,
        by: PersonId,
    },
}

/// What was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Content {
    /// Of the row with title, text and place.
    pub text: Digest,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Digest>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Outcome {
    /// 采纳, in a grade where the collection has grades.
    Accepted {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grade: Option<Id>,
    },
    /// 未采纳.
    Declined,
    /// 重复.
    Duplicate { of: WorkId },
    /// 不实.
    #[serde(rename = "false")]
    Untrue,
    /// 退回补充.
    Returned,
}

/// One work with all its judges; those who had it before and are not among them have it no more, unless they marked it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Dealt {
    pub work: WorkId,
    pub code: u32,
    /// In the order of ids.
    pub judges: Vec<PersonId>,
}

impl WorkEntry {
    pub const KINDS: [&str; 9] = [
        "work-submitted",
        "work-mended",
        "work-withdrawn",
        "work-checked",
        "works-dealt",
        "work-marked",
        "collection-closed",
        "collection-reopened",
        "work-erased",
    ];

    /// As the ledger names it. Never changed.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::WorkSubmitted { .. } => "work-submitted",
            Self::WorkMended { .. } => "work-mended",
            Self::WorkWithdrawn { .. } => "work-withdrawn",
            Self::WorkChecked { .. } => "work-checked",
            Self::WorksDealt { .. } => "works-dealt",
            Self::WorkMarked { .. } => "work-marked",
            Self::WorkErased { .. } => "work-erased",
            Self::CollectionClosed { .. } => "collection-closed",
            Self::CollectionReopened { .. } => "collection-reopened",
        }
    }

    pub fn by(&self) -> &PersonId {
        match self {
            Self::WorkSubmitted { by, .. }
            | Self::WorkMended { by, .. }
            | Self::WorkWithdrawn { by, .. }
            | Self::WorkChecked { by, .. }
            | Self::WorksDealt { by, .. }
            | Self::WorkMarked { by, .. }
            | Self::WorkErased { by, .. }
            | Self::CollectionClosed { by, .. }
            | Self::CollectionReopened { by, .. } => by,
        }
    }

    /// The author, where the entry names one.
    pub fn entrant(&self) -> Option<&EntrantId> {
        match self {
            Self::WorkSubmitted { entrant, .. } => Some(entrant),
            _ => None,
        }
    }

    pub fn reason(&self) -> Option<&Digest> {
        match self {
            Self::WorkChecked { reason, .. } => reason.as_ref(),
            Self::CollectionReopened { reason, .. } | Self::WorkErased { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// Whether the public board can change by it: judges' marks show only once the collection is closed.
    pub fn may_be_noticed(&self) -> bool {
        !matches!(
            self,
            Self::WorksDealt { .. } | Self::WorkMarked { .. } | Self::WorkMended { .. } | Self::WorkErased { .. }
        )
    }
}
